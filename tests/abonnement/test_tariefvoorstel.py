"""Proposals: the table of the paper, coverage, participation, and inhabitants that catalogus gives."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import psycopg
import pytest
from abonnement_api.tariefvoorstel.rules import Budget, afgerond, voorstel
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.test_vast import voer_uit
from tests.abonnement.wereld import G4
from tests.cbs import gemeenten_op, inwoners

INWONERS_2016 = 16_979_120
"""CBS, 1 January 2016, the last figure that there was on 30 November 2016. The paper names none. With this one all
its figures come out, and with that of 2017 (17.081.507) Kindertelefoon would be 22 cents, not 23."""
MET_LUISTEREND_OOR = 15_760_000
"""€ 3,94 mln ÷ 25 cents: what the paper's own price says of the gemeenten that take it. It does not print a number, and without
all four of the G4 (14.656.935 inhabitants) that price would be 27 cents."""
BUDGETTEN = [
    {"dienst": "vertrouwenswerk", "bedragCent": 750_000_000},
    {"dienst": "kindertelefoon", "bedragCent": 383_000_000},
    {"dienst": "luisterend-oor", "bedragCent": 394_000_000},
    {"dienst": "beheer-en-betaling", "bedragCent": 5_000_000, "decimalen": 4},
]
ZONDER = [{"dienst": "luisterend-oor", "inwoners": INWONERS_2016 - MET_LUISTEREND_OOR}]


def vraag(**anders) -> dict:
    return {
        "jaar": 2018,
        "prijspeil": 2017,
        "omschrijving": "Prijs per inwoner vanaf 2018",
        "bronvermelding": "VNG, BALV 30-11-2016, voorstel D",
        "budgetten": BUDGETTEN,
        "inwoners": INWONERS_2016,
        "uitzonderingen": ZONDER,
        "besloten": "0.90",
        **anders,
    }


PEILDATUM = {"inwoners": None, "peildatum": "2016-01-01"}
G4_ZONDER = [{"dienst": "luisterend-oor", "gemeentecodes": list(G4)}]


def test_tabel_van_de_balv(wereld):
    """44, 23, 25 and 0,29 cents add up to 92,29; all budgets together are 90 cents per inhabitant; without Luisterend Oor 67."""
    antwoord = wereld.post("/v1/tariefvoorstellen", vraag(), status=201)
    gemaakt = antwoord.json()
    assert wereld.get(antwoord.headers["location"]) == gemaakt and gemaakt["status"] == "voorgesteld"
    uit = gemaakt["uitkomst"]
    assert {deel["dienst"]: deel["tarief"] for deel in uit["onderdelen"]} == {
        "vertrouwenswerk": "0.44",
        "kindertelefoon": "0.23",
        "luisterend-oor": "0.25",
        "beheer-en-betaling": "0.0029",
    }
    assert (uit["som"], uit["voorgesteld"], uit["prijs"], uit["verschil"]) == ("0.9229", "0.90", "0.90", "-0.0229")
    assert uit["budgetCent"] == 1_532_000_000 and uit["kostprijs"].startswith("0.902284688")
    assert [(een["zonder"], een["tarief"]) for een in uit["pakketten"]] == [("luisterend-oor", "0.67")]
    verschil = {deel["dienst"]: Decimal(deel["verschil"]) for deel in uit["onderdelen"]}
    assert sum(verschil.values()) == pytest.approx(Decimal("-0.0229"), abs=Decimal("1e-11"))
    assert verschil["luisterend-oor"] == pytest.approx(Decimal("-0.01853786"), abs=Decimal("1e-8"))
    # 90 cents do not cover it, since who does not take Luisterend Oor does not pay for it.
    per_dienst = {deel["dienst"]: deel for deel in uit["onderdelen"]}
    assert per_dienst["luisterend-oor"]["inwoners"] == MET_LUISTEREND_OOR
    assert per_dienst["luisterend-oor"]["opbrengstCent"] == round(Fraction(90 * 394, 1532) * MET_LUISTEREND_OOR)
    assert per_dienst["vertrouwenswerk"]["dekkingCent"] == round(Fraction(90 * 750, 1532) * INWONERS_2016) - 750_000_000
    assert uit["dekkingCent"] == uit["opbrengstCent"] - uit["budgetCent"] == sum(d["dekkingCent"] for d in uit["onderdelen"]) < 0
    assert uit["dekkingPromille"] == 979


def test_deelname_bepaalt_wat_een_prijs_dekt(wereld):
    """The price rests on 100 % participation: what a hundred gemeenten that did not sign would have cost the others."""
    alle = wereld.post("/v1/tariefvoorstellen", vraag(uitzonderingen=[]), status=201).json()["uitkomst"]
    driekwart = vraag(uitzonderingen=[], deelnamePromille=750, besloten=None)
    minder = wereld.post("/v1/tariefvoorstellen", driekwart, status=201).json()["uitkomst"]
    assert alle["dekkingPromille"] == 997 and minder["dekkingPromille"] == 748
    assert minder["prijs"] == minder["voorgesteld"] == "0.90"
    assert Decimal(minder["kostendekkend"]) == pytest.approx(Decimal(alle["kostendekkend"]) * 4 / 3, abs=Decimal("1e-11"))
    assert alle["kostendekkend"] == alle["kostprijs"]


budgetten = st.lists(st.integers(1, 10**10), min_size=1, max_size=4).map(
    lambda centen: [Budget(f"d{nummer}", cent, nummer) for nummer, cent in enumerate(centen)]
)


@given(budgetten, st.integers(2, 20_000_000), st.data(), st.integers(1, 1000), st.integers(0, 4))
def test_kostendekkende_prijs_dekt_de_budgetten(gegeven, aantal, data, promille, decimalen):
    zonder = {een.dienst: data.draw(st.integers(0, aantal - 1)) for een in gegeven}
    uit = voorstel(gegeven, aantal, zonder, deelname_promille=promille, decimalen=decimalen)
    totaal = sum(een.cent for een in gegeven)
    opbrengst = sum(
        uit.kostendekkend * Fraction(een.cent, totaal) * (aantal - zonder[een.dienst]) * Fraction(promille, 1000) * 100
        for een in gegeven
    )
    assert opbrengst == totaal and uit.kostendekkend >= uit.kostprijs
    assert sum(deel.aandeel for deel in uit.onderdelen) == Fraction(uit.prijs)
    assert uit.verschil == uit.prijs - sum(deel.tarief for deel in uit.onderdelen)
    assert abs(uit.voorgesteld - afgerond(uit.kostprijs, 4)) <= Decimal(1) / 10**decimalen
    assert {een.zonder for een in uit.pakketten} == {dienst for dienst, minder in zonder.items() if minder}
    for deel in uit.onderdelen:
        assert deel.exact * deel.inwoners * 100 == deel.budget_cent


def test_inwoners_van_de_peildatum_komen_uit_de_catalogus(wereld, outway):
    """The real gemeenten of 1 January 2016: the same table, but for Luisterend Oor with all of the G4 out of it."""
    outway.gemeenten = gemeenten_op("2016-01-01")
    antwoord = wereld.post("/v1/tariefvoorstellen", vraag(**PEILDATUM, uitzonderingen=G4_ZONDER), status=202)
    assert (antwoord.json()["status"], antwoord.json()["uitkomst"]) == ("aangevraagd", None)
    wereld.jobs()
    gemaakt = wereld.get(antwoord.headers["location"])
    uit, aantallen = gemaakt["uitkomst"], inwoners("2016-01-01")
    assert gemaakt["status"] == "voorgesteld" and uit["inwoners"] == INWONERS_2016 == sum(aantallen.values())
    assert gemaakt["uitzonderingen"][0]["inwoners"] == sum(aantallen[code] for code in G4) == 2_322_185
    assert [deel["tarief"] for deel in uit["onderdelen"]] == ["0.44", "0.23", "0.27", "0.0029"] and uit["som"] == "0.9429"
    assert wereld.get("/v1/tariefvoorstellen?jaar=2018&status=voorgesteld")["count"] == 1
    assert wereld.get("/v1/tariefvoorstellen?status=mislukt")["count"] == 0


def test_voorstel_zonder_bruikbare_inwoners_mislukt_met_de_reden(wereld, klein, clock):
    def gevraagd(**anders) -> dict:
        antwoord = wereld.post("/v1/tariefvoorstellen", vraag(**PEILDATUM, **anders), status=202)
        wereld.jobs()
        return wereld.get(antwoord.headers["location"])

    een = gevraagd(uitzonderingen=[])  # catalogus answers with figures of 2018
    assert een["probleem"]["type"] == "inwoners-onbekend" and len(een["probleem"]["gemeentecodes"]) == 7
    klein.gemeenten = [{**g, "inwoners": {**g["inwoners"], "peildatum": "2016-01-01"}} for g in klein.gemeenten]
    twee = gevraagd(uitzonderingen=[{"dienst": "luisterend-oor", "gemeentecodes": ["GM9999"]}])
    assert twee["probleem"]["gemeentecodes"] == ["GM9999"]
    alle = [g["code"] for g in klein.gemeenten]
    assert (
        "Niemand neemt luisterend-oor"
        in gevraagd(uitzonderingen=[{"dienst": "luisterend-oor", "gemeentecodes": alle}])["probleem"]["detail"]
    )
    klein.gemeenten = []
    assert gevraagd(uitzonderingen=[])["status"] == "mislukt"
    klein.storing["catalogus"] = 503
    wacht = gevraagd(uitzonderingen=[])
    for _ in range(9):
        wereld.later(clock, minuten=10)
    assert wereld.get(f"/v1/tariefvoorstellen/{wacht['id']}")["probleem"]["type"] == "bron-onbereikbaar"


def test_voorstel_dat_zichzelf_tegenspreekt_wordt_geweigerd_met_alles_wat_niet_klopt(wereld):
    fout = vraag(
        prijspeil=2019,
        besloten="0.0000",
        peildatum="2016-01-01",
        budgetten=[*BUDGETTEN, BUDGETTEN[0]],
        uitzonderingen=[
            {"dienst": "x", "inwoners": INWONERS_2016},
            {"dienst": "x", "gemeentecodes": ["GM0363", "GM0363"]},
        ],
    )
    detail = wereld.post("/v1/tariefvoorstellen", fout, status=409).json()["detail"]
    for wat in (
        "geef inwoners, of een peildatum",
        "het prijspeil (2019) ligt na het jaar (2018)",
        "het besloten tarief is nul",
        "dienst vertrouwenswerk heeft meer dan één budget",
        "dienst x is meer dan één keer uitgezonderd",
        "dienst x is uitgezonderd, maar heeft geen budget",
        "noemt bij een peildatum gemeenten, en geen inwoners",
        "niemand neemt x af",
        "de uitzondering van x noemt GM0363 twee keer",
    ):
        assert wat in detail, detail
    zonder = wereld.post("/v1/tariefvoorstellen", vraag(uitzonderingen=G4_ZONDER), status=409).json()["detail"]
    assert "noemt zonder peildatum inwoners, en geen gemeenten" in zonder
    onbekend = wereld.post("/v1/tariefvoorstellen", vraag(budgetten=[{"dienst": "x", "bedragCent": 1}], uitzonderingen=[]))
    assert onbekend.status_code == 409 and onbekend.json()["type"].endswith("/onbekende-dienst")
    ver = wereld.post("/v1/tariefvoorstellen", vraag(inwoners=None, peildatum="2099-01-01", uitzonderingen=[]), status=409).json()
    assert ver["type"].endswith("/datum-te-ver-vooruit")
    assert wereld.get("/v1/tariefvoorstellen")["count"] == 0
    for kop in (wereld.gemeente("GM0344"), wereld.fiatteur()):
        wereld.post("/v1/tariefvoorstellen", vraag(), status=403, headers=kop)
    wereld.get("/v1/tariefvoorstellen", wereld.gemeente("GM0344"), status=403)
    wereld.get("/v1/tariefvoorstellen", wereld.fiatteur())


def test_wat_is_voorgesteld_verandert_niet_meer(wereld, database):
    wereld.post("/v1/tariefvoorstellen", vraag(), status=201)
    for opdracht in ("UPDATE tariefvoorstel SET inwoners = 1", "UPDATE tariefvoorstel SET status = 'mislukt', probleem = '{}'"):
        with pytest.raises(errors.IntegrityError):
            voer_uit(database.url, opdracht)
    with pytest.raises(errors.InsufficientPrivilege):
        voer_uit(database.url, "UPDATE tariefvoorstel SET budgetten = '[]'")
    for opdracht in ("DELETE FROM tariefvoorstel", "TRUNCATE tariefvoorstel"):
        with pytest.raises(errors.IntegrityConstraintViolation, match="veranderen nooit"):
            voer_uit(database.owner_url, opdracht)
    with psycopg.connect(database.url) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM tariefvoorstel").fetchone() == (1,)

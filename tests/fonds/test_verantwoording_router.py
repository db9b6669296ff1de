"""Reports over HTTP: every figure is what the ledger has, by the links that it carries; who may see them; and their forms."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from fonds_api.app import api
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from gemeengoed_kit.audit import Actor
from sqlalchemy import event

from tests.fonds.begrotingen import CSV, gedekt, tabel, vraag
from tests.fonds.verslagen import JAAR, boek, gevuld, losse, neem_aan

GGU = "/v1/fondsen/ggu"
VERSLAG = f"{GGU}/realisatie?jaar=2020&peildatum=2020-12-31"


@pytest.fixture
def vraag_om(client, als):
    def doe(pad: str, rol: str = "fondsbeheerder", status: int = 200, **eigenschappen: str):
        antwoord = client.get(pad, headers=als(rol, **eigenschappen))
        assert antwoord.status_code == status, antwoord.text
        return antwoord

    return doe


@pytest.fixture
def saldi(vraag_om):
    """Balances at the end of a day, debet less credit, asked once."""
    bekend: dict[str, dict[str, int]] = {}

    def op(dag: date) -> dict[str, int]:
        if (datum := str(dag)) not in bekend:
            rijen = losse(vraag_om(f"{GGU}/saldibalans?datum={datum}").json()["rekeningen"])
            bekend[datum] = {rij["nummer"]: rij["saldoCent"] for rij in rijen}
        return bekend[datum]

    return op


@pytest.fixture
def beweging(vraag_om, saldi):
    """What moved on the account of a statement: by following its link where the API has statements, and always from the
    balances before and after it."""
    bekend: dict[str, int] = {}

    def van(pad: str) -> int:
        if pad in bekend:
            return bekend[pad]
        weg, _, periode = pad.partition("?")
        assert weg.startswith(f"{GGU}/rekeningen/") and weg.endswith("/afschrift")
        nummer = weg.split("/")[5]
        vanaf, tot = (date.fromisoformat(deel.partition("=")[2]) - timedelta(days=1) for deel in periode.split("&"))
        bekend[pad] = saldi(tot)[nummer] - saldi(vanaf)[nummer]
        if "/fondsen/{code}/rekeningen/{nummer}/afschrift" in api.openapi()["paths"]:
            afschrift = vraag_om(pad).json()
            assert afschrift["eindsaldoCent"] - afschrift["beginsaldoCent"] == bekend[pad]
            assert sum(een["bedragCent"] for een in afschrift["results"]) == bekend[pad]
        return bekend[pad]

    return van


def test_elk_bedrag_is_uit_het_grootboek_na_te_rekenen(client, context, als, vraag_om, saldi, beweging):
    gevuld(client, context, als)
    verslag = vraag_om(VERSLAG).json()
    nagerekend = 0
    for teken, rijen, wat in ((1, verslag["regels"], "besteedCent"), (-1, verslag["herkomst"], "ontvangenCent")):
        for rij in rijen:
            assert rij[wat] == sum(een["bedragCent"] for een in rij["kwartalen"])
            for bedrag, paden in (
                (rij[wat], rij["herleiding"]),
                *((een["bedragCent"], een["herleiding"]) for een in rij["kwartalen"]),
            ):
                assert bedrag == teken * sum(beweging(pad) for pad in paden)
                nagerekend += len(paden)
    assert nagerekend > 500
    eind, begin = saldi(date(2020, 12, 31)), saldi(date(2019, 12, 31))
    totaal = sum(eind[nummer] - begin[nummer] for nummer in eind if nummer[0] == "4")
    assert verslag["regels"][-1]["besteedCent"] == totaal == 958_845_778
    assert verslag["herkomst"][-1]["ontvangenCent"] == 5_255_000_000
    assert verslag["resultaatCent"] == 5_255_000_000 - totaal


def test_begroot_is_wat_op_de_peildatum_was_vastgesteld(client, context, als, vraag_om):
    assert vraag_om(VERSLAG).json()["begroting"] is None
    neem_aan(client, context, als)
    verslag = vraag_om(VERSLAG).json()
    per = {(rij["soort"], rij["prioriteit"], rij["budgetsoort"]): rij for rij in verslag["regels"]}
    assert per["post", "C2", "meerjarig"]["begrootCent"] == 225_000_000
    assert per["prioriteit", "C2", None]["begrootCent"] == 350_000_000, "what the lines add up to, not what the paper says"
    assert per["groep", "A", None]["begrootCent"] == 1_503_000_000 and per["btw", None, None]["begrootCent"] == 1_128_700_000
    assert verslag["regels"][-1]["begrootCent"] == 6_497_600_000 and per["post", "C2", "meerjarig"]["vrijCent"] == 225_000_000
    assert vraag_om(f"{GGU}/realisatie?jaar=2020&peildatum=2017-11-28").json()["begroting"] is None, "decided a day later"
    assert vraag_om(f"{GGU}/realisatie?jaar=2020&peildatum=2017-11-29").json()["begroting"]["versie"] == 1
    assert vraag_om(f"{GGU}/realisatie?jaar=2020").json()["begroting"]["versie"] == 1


def test_jaarplan_vervangt_de_kaderbegroting_en_dekking_is_herkomst(client, context, als, vraag_om):
    neem_aan(client, context, als, gedekt(10_000, btw=2_100))
    neem_aan(client, context, als, gedekt(20_000, btw=4_200), soort="jaarplan")
    verslag = vraag_om(VERSLAG).json()
    assert verslag["begroting"]["soort"] == "jaarplan" and verslag["regels"][-1]["begrootCent"] == 2_420_000_000
    assert [(rij["omschrijving"], rij["begrootCent"]) for rij in verslag["herkomst"]] == [
        ("Bijdragen gemeenten", 100_000_000),
        ("Derde geldstromen", 2_320_000_000),
        ("Totaal", 2_420_000_000),
    ]


def test_peildatum_midden_in_een_kwartaal_telt_tot_en_met_die_dag(client, context, als, vraag_om):
    boek(context, JAAR)
    for peildatum, besteed, kwartalen in (
        ("2020-03-30", 0, 1),
        ("2020-03-31", 181_500_000, 1),
        ("2020-04-01", 193_845_678, 2),
        ("2020-06-29", 193_845_678, 2),
        ("2019-12-31", 0, 0),
        ("2021-01-01", 958_845_778, 4),
    ):
        verslag = vraag_om(f"{GGU}/realisatie?jaar=2020&peildatum={peildatum}").json()
        assert (verslag["regels"][-1]["besteedCent"], len(verslag["kwartalen"])) == (besteed, kwartalen), peildatum
    assert vraag_om(f"{GGU}/realisatie?jaar=2020&peildatum=2020-04-01").json()["kwartalen"][-1]["tot"] == "2020-04-02"


def test_boeking_die_het_jaar_afsluit_telt_niet_mee(context, vraag_om):
    boek(context, JAAR)
    paden = (f"{GGU}/realisatie?jaar=2020&peildatum=2020-12-31", f"{GGU}/jaarrekening?jaar=2020", f"{GGU}/jaarrekening?jaar=2021")
    eerst, rekening, later = (vraag_om(pad).json() for pad in paden)
    regels = [Regel("4101", -600_000_000), Regel("8100", 25_000_000), Regel("0900", 575_000_000)]
    post = EigenBoeking("ggu", date(2020, 12, 31), "Afsluiting (test)", "/v1/jaarafsluitingen/ggu-2020", regels)
    with context.work(Actor()) as work:
        (id,) = boeken_eigen(work, [post])
    assert vraag_om(paden[0]).json() == {**eerst, "afsluiting": f"/v1/boekingen/{id}"} and eerst["afsluiting"] is None
    for pad, voor in ((paden[1], rekening), (paden[2], later)):
        na = vraag_om(pad).json()
        anders = {naam for naam in voor if na[naam] != voor[naam]}
        assert anders <= {"balans", "aantalBoekingen"} and "balans" in anders
        stand = "bedragCent" if pad is paden[1] else "vorigCent"
        per = {een["rekening"]: een[stand] for een in na["balans"]["passiva"]}
        assert per["0900"] == -575_000_000 and sum(per.values()) == sum(een[stand] for een in na["balans"]["activa"])


def test_wie_verslagen_ziet(client, context, als, vraag_om):
    boek(context, JAAR)
    for rol in ("fondsbeheerder", "bestuur", "ledenvergadering", "accountant"):
        vraag_om(VERSLAG, rol)
    vraag_om(VERSLAG, "administratie", 404)
    vraag_om("/v1/fondsen/derdengelden/realisatie?jaar=2020", "administratie")
    vraag_om(VERSLAG, "gemeente", 403)
    vraag_om(VERSLAG, "gemeente", 404, gemeentecode="GM0344")
    neem_aan(client, context, als)
    eigen = {"gemeentecode": "GM0344"}
    assert vraag_om(VERSLAG, "gemeente", **eigen).json() == vraag_om(VERSLAG).json()
    vraag_om("/v1/fondsen/derdengelden/realisatie?jaar=2020", "gemeente", 404, **eigen)
    for vorm in ("realisatie.csv", "herkomst.csv", "realisatie.xlsx", "realisatie.svg", "herkomst.svg", "jaarrekening.html"):
        vraag_om(f"{GGU}/{vorm}?jaar=2020", "gemeente", **eigen)
    for vorm in ("auditfile.xaf?jaar=2020", "journaal.csv?vanaf=2020-01-01&tot=2021-01-01"):
        vraag_om(f"{GGU}/{vorm}", "gemeente", 403, **eigen)
    for fout in ("", "?jaar=1999", "?jaar=2020&peildatum=31-12-2020", "?jaar=2020&kwartaal=1"):
        vraag_om(f"{GGU}/realisatie{fout}", status=400)
    vraag_om("/v1/fondsen/geen/realisatie?jaar=2020", status=404)
    assert client.get(VERSLAG).status_code == 401


def test_tabellen_tonen_wat_het_verslag_toont(client, context, als, vraag_om):
    gevuld(client, context, als)
    verslag = vraag_om(VERSLAG).json()
    for pad, rijen, namen in (
        ("realisatie", verslag["regels"], ("begroot", "verplicht", "besteed", "vrij")),
        ("herkomst", verslag["herkomst"], ("begroot", "ontvangen", "verschil")),
    ):
        antwoord = vraag_om(f"{GGU}/{pad}.csv?jaar=2020&peildatum=2020-12-31")
        assert antwoord.headers["content-disposition"] == f'attachment; filename="{pad}-ggu-2020-2020-12-31.csv"'
        gelezen = list(csv.DictReader(io.StringIO(antwoord.text)))
        assert len(gelezen) == len(rijen)
        for tekst, rij in zip(gelezen, rijen, strict=True):
            assert {naam: int(tekst[f"{naam}Cent"]) for naam in namen} == {naam: rij[f"{naam}Cent"] for naam in namen}
            assert [int(tekst[f"kwartaal{een['nummer']}Cent"]) for een in rij["kwartalen"]] == [
                een["bedragCent"] for een in rij["kwartalen"]
            ]
            assert tekst["herleiding"].split() == rij["herleiding"]
    boek_ = openpyxl.load_workbook(io.BytesIO(vraag_om(f"{GGU}/realisatie.xlsx?jaar=2020&peildatum=2020-12-31").content))
    assert boek_.sheetnames == ["Realisatie", "Herkomst", "Toelichting"]
    kop, *gezien = boek_["Realisatie"].iter_rows(values_only=True)
    assert round(100 * gezien[-1][kop.index("besteed")]) == verslag["regels"][-1]["besteedCent"] and len(gezien) == len(
        verslag["regels"]
    )
    assert boek_["Realisatie"].cell(2, 5).number_format.startswith("#,##0.00")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝"])
def test_tekst_wordt_in_een_rekenblad_geen_formule(client, context, als, vraag_om, begin):
    formule = f'{begin}HYPERLINK("http://x.example","a")'
    rij = 'regel,A1,structureel,"' + formule.replace('"', '""') + '",5,'
    neem_aan(client, context, als, tabel(rij, "bijdrage,,,Bijdragen (test),5,"), titel=formule)
    gelezen = list(csv.DictReader(io.StringIO(vraag_om(f"{GGU}/realisatie.csv?jaar=2020").text)))
    assert gelezen[0]["omschrijving"] == f"'{formule}"
    boek_ = openpyxl.load_workbook(io.BytesIO(vraag_om(f"{GGU}/realisatie.xlsx?jaar=2020").content))
    cellen = [cel for blad in boek_ for regel in blad.iter_rows() for cel in regel if cel.value is not None]
    assert any(cel.value == formule for cel in cellen) and {cel.data_type for cel in cellen} <= {"s", "n"}


def test_aantal_opdrachten_hangt_niet_van_het_aantal_boekingen_af(client, context, als, vraag_om):
    gevuld(client, context, als)
    paden = (
        VERSLAG,
        f"{GGU}/jaarrekening?jaar=2020",
        f"{GGU}/auditfile.xaf?jaar=2020",
        f"{GGU}/journaal.csv?vanaf=2020-01-01&tot=2021-01-01",
    )

    def geteld(pad: str) -> int:
        gedaan: list[str] = []
        event.listen(context.reading, "before_cursor_execute", merk := lambda *wat: gedaan.append(wat[2]))
        vraag_om(pad)
        event.remove(context.reading, "before_cursor_execute", merk)
        return len(gedaan)

    eerst = [geteld(pad) for pad in paden]
    boek(context, [*JAAR, *JAAR, *(("2020-05-05", (f"40{n}1", n), ("1600", -n)) for n in range(1, 10))])
    assert [geteld(pad) for pad in paden] == eerst and max(eerst) <= 14


def test_niet_vastgestelde_begroting_telt_niet(client, als, vraag_om):
    pad = f"/v1/begrotingen?{vraag()}"
    assert client.post(pad, content=gedekt(), headers={**als("fondsbeheerder"), "Content-Type": CSV}).status_code == 201
    assert vraag_om(VERSLAG).json()["begroting"] is None

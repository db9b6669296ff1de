"""Reports: participation, what came in against budgets, and ageing; in every form, and as pictures that can be read."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import psycopg
import pytest
from abonnement_api.rapportage import rules
from abonnement_api.rapportage.rules import Post
from gemeengoed_kit import charts
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from tests.abonnement.test_verantwoordingsstuk import KIND, SENSOOR, dien_in, stel_vast
from tests.abonnement.wereld import AANMELDING, KLEIN, post

RAPPORTEN = ("deelname", "inning?jaar=2018", "ouderdom")


def vormen(wereld, rapport: str, kop: dict[str, str] | None = None) -> dict[str, bytes]:
    naam, _, vraag = rapport.partition("?")
    gevonden = {}
    for vorm in ("csv", "xlsx", "svg"):
        antwoord = wereld.client.get(f"/v1/rapportages/{naam}.{vorm}?{vraag}", headers=kop or wereld.administratie())
        assert antwoord.status_code == 200, antwoord.text
        gevonden[vorm] = antwoord.content
    assert antwoord.headers["content-security-policy"] == charts.CSP
    return gevonden


def tabel(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode())))


def gepeild(wereld, dag: str = "2018-01-01") -> None:
    pad = wereld.post("/v1/gemeentepeilingen", {"peildatum": dag}, status=202).headers["location"]
    wereld.jobs()
    assert wereld.get(pad)["status"] == "gereed"


def test_deelname_tegenover_alle_gemeenten(wereld, klein):
    assert (
        wereld.client.get("/v1/rapportages/deelname", headers=wereld.administratie())
        .json()["type"]
        .endswith("/geen-gemeentepeiling")
    )
    alle = klein.gemeenten
    klein.gemeenten = alle[:-2]
    wereld.aangemeld({**AANMELDING, "uitzonderingen": []})
    klein.gemeenten = [*alle[1:], {**alle[0], "code": "GM9999", "naam": "=1+1", "inwoners": None}]
    gepeild(wereld)
    van = wereld.get("/v1/rapportages/deelname?peildatum=2018-01-01")
    assert van == wereld.get("/v1/rapportages/deelname")
    assert (van["aantalGemeenten"], van["aantalDeelnemers"]) == (len(KLEIN), len(KLEIN) - 3)
    assert [een["gemeentecode"] for een in van["ontbrekend"]] == [*(g["code"] for g in alle[-2:]), "GM9999"]
    assert van["nietInPeiling"] == [alle[0]["code"]] and van["aantalZonderInwonertal"] == 1
    assert van["inwoners"] == sum(g["inwoners"]["aantal"] for g in alle[1:])
    assert van["inwonersDeelnemers"] == sum(een["inwoners"] for een in van["pakketten"])
    assert van["percentageGemeenten"] == "57.1"
    vorm = vormen(wereld, "deelname")
    rijen = tabel(vorm["csv"])
    assert [een["neemtDeel"] for een in rijen] == ["nee"] * 3 + ["ja"] * (len(KLEIN) - 3)
    assert rijen[2]["gemeentenaam"] == "'=1+1"
    werkblad = load_workbook(io.BytesIO(vorm["xlsx"]))["Deelname"]
    assert werkblad.max_row == len(KLEIN) + 1 and werkblad.cell(4, 2).data_type == "s"
    assert "57,1" in vorm["svg"].decode()
    for wie in (wereld.gemeente("GM0344"), wereld.aanbieder(KIND), wereld.commissie()):
        assert wereld.client.get("/v1/rapportages/deelname.csv", headers=wie).status_code == 403


def test_een_peiling_wordt_bewaard_zoals_zij_was(wereld, klein, database):
    klein.storing["catalogus"] = 409
    pad = wereld.post("/v1/gemeentepeilingen", {"peildatum": "2018-01-01"}, status=202).headers["location"]
    wereld.jobs()
    assert wereld.get(pad)["status"] == "mislukt" and wereld.get(pad)["probleem"]["type"].endswith("bron-weigert")
    klein.storing.clear()
    gepeild(wereld)
    aantal = wereld.get("/v1/rapportages/deelname")["aantalGemeenten"]
    klein.gemeenten = klein.gemeenten[:2]
    assert wereld.get("/v1/rapportages/deelname")["aantalGemeenten"] == aantal == len(KLEIN)
    gepeild(wereld)
    assert wereld.get("/v1/rapportages/deelname")["aantalGemeenten"] == 2
    assert wereld.get("/v1/gemeentepeilingen?status=mislukt")["count"] == 1
    ver = wereld.post("/v1/gemeentepeilingen", {"peildatum": "2099-01-01"})
    assert ver.status_code == 409
    for opdracht in (
        "UPDATE gemeentepeiling SET status = 'aangevraagd', aantal = NULL, afgerond_op = NULL",
        "INSERT INTO gemeentepeilingregel SELECT id, 'GM0001', 'x', 1 FROM gemeentepeiling WHERE status = 'gereed'",
        "INSERT INTO gemeentepeiling VALUES (gen_random_uuid(), '2018-01-01', 'gereed', NULL, 1, now(), now())",
        "DELETE FROM gemeentepeiling",
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(psycopg.Error) as fout:
            verbinding.execute(opdracht)
        assert isinstance(fout.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.IntegrityError), opdracht


def test_inning_tegenover_begroting_per_dienst(wereld, klein):
    wereld.gefactureerd()
    eerste = wereld.alle("/v1/facturen")[0]
    wereld.lees_in([post(eerste["bedragCent"], kenmerk=eerste["betalingskenmerk"])])
    stel_vast(wereld, dien_in(wereld))
    kale = dien_in(wereld, SENSOOR)
    van = wereld.get("/v1/rapportages/inning?jaar=2018")
    per = {een["dienst"]: een for een in van["regels"]}
    assert per["kindertelefoon"]["begrootCent"] == 383_000_000 and per["luisterend-oor"]["begrootCent"] is None
    assert not van["volledigBegroot"] and per["kindertelefoon"]["gewicht"] == "3.83"
    assert per["kindertelefoon"]["verschilCent"] == per["kindertelefoon"]["ontvangenCent"] - 383_000_000
    stand = wereld.stand()
    assert per[None]["gefactureerdCent"] == stand["gefactureerdCent"] and per[None]["openstaandCent"] == stand["openstaandCent"]
    assert per[None]["ontvangenCent"] == eerste["bedragCent"] == stand["ontvangenCent"]
    stel_vast(wereld, kale)
    jaarrekening = dien_in(wereld, soort="jaarrekening", bedragen=[{"dienst": "kindertelefoon", "bedragCent": 5}])
    stel_vast(wereld, jaarrekening)
    zelf = wereld.aanbieder(KIND)
    eigen = wereld.get("/v1/rapportages/inning?jaar=2018", zelf)
    assert [een["dienst"] for een in eigen["regels"]] == ["kindertelefoon", None] and eigen["volledigBegroot"]
    assert {n: w for n, w in eigen["regels"][0].items() if n.endswith("Cent")} == {
        n: w for n, w in eigen["regels"][1].items() if n.endswith("Cent")
    }
    assert eigen["regels"][0]["besteedCent"] == 5
    assert [een["dienst"] for een in tabel(vormen(wereld, "inning?jaar=2018", zelf)["csv"])] == ["kindertelefoon", "totaal"]
    tekening = vormen(wereld, "inning?jaar=2018", zelf)["svg"].decode()
    assert "Kindertelefoon" in tekening and "Luisterend" not in tekening
    assert len(wereld.get("/v1/rapportages/inning?jaar=2018", wereld.commissie())["regels"]) == 5
    assert wereld.client.get("/v1/rapportages/inning?jaar=2018", headers=wereld.gemeente("GM0344")).status_code == 403
    assert wereld.get("/v1/rapportages/inning?jaar=2044")["regels"][-1]["gefactureerdCent"] == 0


def test_ouderdom_is_de_stand_van_die_dag(wereld, klein, clock):
    wereld.gefactureerd()
    eerste, tweede, *_ = wereld.alle("/v1/facturen")
    wereld.lees_in([post(eerste["bedragCent"], kenmerk=eerste["betalingskenmerk"])])
    clock.moment += timedelta(days=200)
    wereld.post(f"/v1/facturen/{tweede['nummer']}/creditnotas", {"reden": "proef"}, status=201)
    alles = wereld.get("/v1/facturen")["totaalCent"]

    def op(dag: str) -> dict:
        return wereld.get(f"/v1/rapportages/ouderdom?op={dag}")

    voor = op("2018-02-14")
    assert (voor["aantal"], voor["openstaandCent"]) == (len(KLEIN), alles)
    assert [een["aantal"] for een in voor["klassen"]] == [len(KLEIN), 0, 0, 0, 0, 0, 0]
    na = op("2018-02-15")
    assert na["openstaandCent"] == alles - eerste["bedragCent"] and na["klassen"][1]["aantal"] == len(KLEIN) - 1
    nu = wereld.get("/v1/rapportages/ouderdom")
    assert nu["openstaandCent"] == wereld.get("/v1/facturen")["openstaandCent"]
    assert nu["openstaandCent"] == alles - eerste["bedragCent"] - tweede["bedragCent"]
    assert sum(een["bedragCent"] for een in nu["klassen"]) == sum(een["openstaandCent"] for een in nu["gemeenten"])
    assert tweede["gemeentecode"] not in {een["gemeentecode"] for een in nu["gemeenten"]}
    assert op("2018-01-14")["aantal"] == 0
    morgen = wereld.client.get("/v1/rapportages/ouderdom?op=2018-12-31", headers=wereld.administratie())
    assert morgen.json()["type"].endswith("/stand-in-de-toekomst")
    rijen = tabel(vormen(wereld, "ouderdom")["csv"])
    assert rijen[-1]["gemeentenaam"] == "Totaal" and int(rijen[-1]["openstaandCent"]) == nu["openstaandCent"]


def test_elk_rapport_van_niets_is_leeg_en_geldig(wereld, klein):
    klein.gemeenten = []
    gepeild(wereld)
    for rapport in RAPPORTEN:
        etree.fromstring(vormen(wereld, rapport)["svg"])
    assert wereld.get("/v1/rapportages/deelname")["percentageInwoners"] == "0.0"


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_alleen_alles_is_honderd_procent(deel, rest):
    geheel = deel + rest
    gezegd = rules.percentage(deel, geheel)
    assert (gezegd == "100.0") == (rest == 0 and geheel > 0)
    if geheel:
        assert 0 <= deel / geheel * 100 - float(gezegd) < 0.1 + 1e-9


OP = date(2019, 1, 1)
POSTEN = st.builds(
    Post,
    st.sampled_from(["GM0001", "GM0002"]),
    st.just("X"),
    st.integers(-800, 60).map(lambda dagen: OP + timedelta(days=dagen)),
    st.integers(1, 5),
    st.integers(-(10**6), 10**6).filter(bool),
)


@given(st.lists(POSTEN, max_size=20))
def test_ouderdom_telt_alles_een_keer(posten):
    rijen = rules.ouderdom(posten, OP)
    samen = rules.samen(rijen)
    assert sum(samen.bedragen) - samen.te_veel == sum(een.cent for een in posten)
    assert sum(samen.aantallen) == sum(een.aantal for een in posten if een.cent > 0)
    for een in posten:
        klasse = rules.KLASSEN[rules.klasse_van(een.vervaldatum, OP)]
        dagen = (OP - een.vervaldatum).days
        assert (klasse.vanaf is None or dagen >= klasse.vanaf) and (klasse.tot_en_met is None or dagen <= klasse.tot_en_met)

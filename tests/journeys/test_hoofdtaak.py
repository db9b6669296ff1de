"""The main job and the catalogue's journey, once, as `make demo` runs them; then what must hold afterwards. One order: the tests
share the stack."""

from __future__ import annotations

import io
import json
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from gemeengoed_lokaal import auditfiles
from gemeengoed_lokaal.bank import DEEL, ONBEKENDE_BETALER_CENT, TE_VEEL_CENT
from gemeengoed_lokaal.catalogus import FACTSHEETS, LEDEN, VOORZIENING, bestanden
from gemeengoed_lokaal.deelnemers import DEELNEMERS, DIENSTEN, GEMEENTECODE
from gemeengoed_lokaal.demo import alles
from gemeengoed_lokaal.gebruiker import Gebruiker, Stopwatch
from gemeengoed_lokaal.stack import Stack
from gemeengoed_lokaal.verslag import toon, toon_bestanden
from lxml import etree
from pypdf import PdfReader
from rich.console import Console

from tests.cbs import gemeenten_op, inwoners
from tests.conftest import ROOT
from tests.fonds.test_auditfile import eisen_sluitend
from tests.verwacht import facturen_2018

pytestmark = pytest.mark.xdist_group("hoofdtaak")
VERWACHT = facturen_2018()
BRON = ROOT / "services/catalogus-api/catalogus_api/factsheet/bron"


@pytest.fixture(scope="module")
def uitkomst(stack: Stack) -> dict[str, Any]:
    duur = Stopwatch()
    return {**alles(stack, lambda *_: None, duur), "duurSeconden": duur.seconden}


def alle(stack: Stack, deelnemer: str, dienst: str, pad: str) -> list[dict[str, Any]]:
    return Gebruiker(stack, deelnemer, dienst).alle(pad)


def test_facturen_zijn_tot_op_de_cent_wat_besluit_en_cbs_zeggen(uitkomst, stack):
    facturen = alle(stack, "administratiebureau", "abonnement", "/v1/facturen?jaar=2018&pageSize=500")
    assert {f["gemeentecode"]: f["bedragCent"] for f in facturen} == {code: sum(r.values()) for code, r in VERWACHT.items()}
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, 381)]
    samen = {dienst: sum(r.get(dienst, 0) for r in VERWACHT.values()) for dienst in uitkomst["facturen"]["perDienstCent"]}
    assert uitkomst["facturen"] == {
        "aantal": 380,
        "totaalCent": sum(samen.values()),
        "perDienstCent": samen,
        "eersteNummer": "2018-000001",
        "laatsteNummer": "2018-000380",
    }


def test_regels_van_een_factuur_tellen_op_en_zijn_uit_te_leggen(uitkomst, stack):
    client = stack.client("administratiebureau", "abonnement")
    for nummer in ("2018-000001", "2018-000200", "2018-000380"):
        factuur = client.get(f"/v1/facturen/{nummer}").json()
        assert {r["dienst"]: r["bedragCent"] for r in factuur["regels"]} == {
            {"luisterendOor": "luisterend-oor", "beheerEnBetaling": "beheer-en-betaling"}.get(d, d): c
            for d, c in VERWACHT[factuur["gemeentecode"]].items()
        }
        assert factuur["inwoners"] == inwoners("2018-01-01")[factuur["gemeentecode"]]
        assert client.get(f"/v1/facturen/{nummer}/onderbouwing").is_success


def test_ontvangen_is_verdeeld_plus_nog_te_verdelen_plus_niet_gekoppeld(uitkomst):
    bedragen = [sum(VERWACHT[code].values()) for code in sorted(VERWACHT)]
    betaald = sum(bedrag * DEEL.get(plaats, 100) // 100 for plaats, bedrag in enumerate(bedragen))
    assert uitkomst["ontvangen"] == betaald + TE_VEEL_CENT + ONBEKENDE_BETALER_CENT
    assert uitkomst["nietGekoppeld"] == TE_VEEL_CENT + ONBEKENDE_BETALER_CENT
    assert uitkomst["openstaand"] == sum(bedragen) - betaald
    assert uitkomst["ontvangen"] == sum(uitkomst["verdeeld"].values()) + uitkomst["nogTeVerdelen"] + uitkomst["nietGekoppeld"]
    assert uitkomst["nogTeVerdelen"] == 0 and len(uitkomst["verdeeld"]) == 4


def test_grootboek_heeft_per_bron_een_boeking_en_is_in_evenwicht(uitkomst, stack):
    boekingen = alle(stack, "vng", "fonds", "/v1/boekingen?fonds=derdengelden&pageSize=500")
    bronnen = [b["bron"]["pad"] for b in boekingen]
    assert len(bronnen) == len(set(bronnen)) == uitkomst["grootboek"]["aantalBoekingen"] == 380 + 381 + 1 + 2
    assert {b for b in bronnen if b.startswith("/v1/facturen/")} == {f"/v1/facturen/2018-{n:06d}" for n in range(1, 381)}
    assert uitkomst["grootboek"]["saldoTotaalCent"] == 0
    saldi = {r["nummer"]: r["saldoCent"] for r in alle(stack, "vng", "fonds", "/v1/rekeningen?fonds=derdengelden")}
    assert saldi["1100"] == uitkomst["ontvangen"] and saldi["1300"] == uitkomst["openstaand"]
    # what was paid too much is on its way back, and the shares of the foundations to them
    betaald = uitkomst["betalingen"]
    assert saldi["2900"] == -uitkomst["nietGekoppeld"] + TE_VEEL_CENT == -ONBEKENDE_BETALER_CENT
    assert betaald["terugbetaaldCent"] == TE_VEEL_CENT and (betaald["opdrachten"], betaald["betalingen"]) == (2, 4)
    assert [saldi[n] for n in ("2410", "2420", "2430")] == [0, 0, 0]
    assert -saldi["2440"] == uitkomst["verdeeld"]["administratiebureau"]
    assert -saldi["2490"] == betaald["onderwegCent"] == sum(uitkomst["verdeeld"].values()) + saldi["2440"] + TE_VEEL_CENT
    assert -sum(saldi[n] for n in ("2310", "2320", "2330", "2340")) == uitkomst["openstaand"]


def test_elke_factuur_verwijst_naar_haar_boeking_en_terug(uitkomst, stack):
    factuur = stack.client("administratiebureau", "abonnement").get("/v1/facturen/2018-000200").json()
    boeking = stack.client("administratiebureau", "fonds").get(factuur["boeking"]["pad"]).json()
    assert factuur["boeking"]["bron"] == "fonds"
    assert boeking["bron"] == {"bron": "abonnement", "pad": "/v1/facturen/2018-000200"}


def test_bijdragen_2020_zijn_samen_precies_de_omslag(uitkomst):
    assert uitkomst["bijdragen2020"]["aantal"] == 355 and uitkomst["bijdragen2020"]["totaalCent"] == 52_300_000_00
    aantallen = inwoners("2020-01-01")
    assert uitkomst["bijdragen2020"]["hoogste"]["naam"] == "Amsterdam"
    exact = 52_300_000_00 * aantallen["GM0363"] / sum(aantallen.values())
    assert abs(uitkomst["bijdragen2020"]["hoogste"]["bedragCent"] - exact) < 1


def test_begrotingen_van_de_bronnen_met_precies_hun_verschillen(uitkomst, stack):
    assert [tuple(een.values()) for een in uitkomst["begrotingsverschillen"]] == [
        ("2017", "structureel", 25_452_000, 25_542_000, False),
        ("2020", "C2", 3_561, 3_500, False),
        ("2020", "D1", 3_694, 3_695, True),
        ("2020", "meerjarig", 15_560, 15_499, False),
        ("2020", "kortcyclisch", 14_492, 14_493, True),
        ("2020", "inclusief-btw", 65_037, 65_036, True),
    ]
    assert all(list(een) == ["bron", "waar", "vermeld", "berekend", "doorAfronding"] for een in uitkomst["begrotingsverschillen"])
    fonds, catalogus = stack.client("vng", "fonds"), stack.client("gemeente", "catalogus")
    for bron, een in uitkomst["begrotingen"].items():
        vaststelling = fonds.get(een["begroting"]).json()["vaststelling"]
        assert vaststelling["status"] == een["status"] == "vastgesteld" and vaststelling["gremium"] == "ALV"
        assert catalogus.get(vaststelling["besluit"]["pad"]).json()["titel"] == f"Kaderbegroting {bron} (proef)"
        ruimte = stack.client("gemeente", "fonds").get(f"/v1/fondsen/ggu/vrije-ruimte?jaar={bron}").json()
        loopt = 12_100_000 if bron == "2020" else 0  # what `test_van_verplichting_naar_boeking` is about
        assert ruimte["totaal"]["vrijCent"] == ruimte["totaal"]["begrootCent"] - loopt > 0


def test_van_verplichting_naar_boeking_en_een_gemeente_getuigt(uitkomst, stack):
    besteding, fonds = uitkomst["besteding"], stack.client("vng", "fonds")
    assert (besteding["begrootCent"], besteding["verplichtCent"]) == (200_000_000, 7_500_000)
    assert (besteding["besteedCent"], besteding["vrijCent"]) == (2_500_000, 190_000_000)
    boeking = fonds.get(besteding["boeking"]).json()
    assert boeking["bron"] == {"bron": "fonds", "pad": besteding["uitgave"]}
    assert [(r["rekening"], r["bedragCent"]) for r in boeking["regels"]] == [
        ("4011", 2_500_000),
        ("4900", 525_000),
        ("1600", -3_025_000),
    ]
    gezien = fonds.get("/v1/fondsen/derdengelden/medeondertekeningen").json()["results"]
    assert [(een["gemeentecode"], een["grootte"]) for een in gezien] == [(GEMEENTECODE, besteding["getuige"]["bladen"])]
    assert besteding["getuige"]["bladen"] > 0


def test_elke_aanroep_is_aan_beide_kanten_vastgelegd(uitkomst):
    gateway = uitkomst["gateway"]
    meer = gateway["aantalAanroepen"] - uitkomst["catalogus"]["aanroepen"]
    assert gateway["aantalAanroepen"] == gateway["aantalLogregelsUit"] == gateway["aantalLogregelsIn"]
    assert meer > 0  # what the users of the main job ask, and the services of each other


def test_gemeente_en_haar_leverancier_zien_alleen_de_eigen_factuur(uitkomst, stack):
    for deelnemer in ("gemeente", "leverancier"):
        client = stack.client(deelnemer, "abonnement")
        lijst = client.get("/v1/facturen?jaar=2018").json()
        assert lijst["count"] == 1 and lijst["results"][0]["gemeentecode"] == GEMEENTECODE
        eigen = lijst["results"][0]["nummer"]
        ander = "2018-000001" if eigen != "2018-000001" else "2018-000002"
        assert client.get(f"/v1/facturen/{eigen}").status_code == 200
        assert client.get(f"/v1/facturen/{ander}").status_code == 404
        assert client.get("/v1/facturen?gemeentecode=GM0363").json()["count"] == 0
        assert client.get("/v1/betalingen").status_code == 403
    bijdragen = alle(stack, "gemeente", "fonds", "/v1/bijdragen?fonds=ggu&jaar=2020")
    assert [b["gemeentecode"] for b in bijdragen] == [GEMEENTECODE]


def test_herhalen_verandert_niets(uitkomst, stack):
    client = stack.client("administratiebureau", "abonnement")
    voor = client.get("/v1/facturatierondes/2018").json()
    herhaald = client.post("/v1/facturatierondes", json={"jaar": 2018})
    assert herhaald.status_code == 200 and herhaald.json() == voor
    assert client.get("/v1/facturen?jaar=2018").json()["count"] == 380
    balans = stack.client("vng", "fonds").get("/v1/fondsen/derdengelden/saldibalans").json()
    assert balans["aantalBoekingen"] == uitkomst["grootboek"]["aantalBoekingen"]


@pytest.mark.parametrize(
    ("pad", "inhoud", "status"),
    [
        ("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": "bestaat-niet"}, 409),
        ("/v1/facturatierondes", {"jaar": 2031}, 409),
        ("/v1/facturatierondes", {"jaar": "achttien", "extra": 1}, 400),
        ("/v1/bankafschriften", None, 415),
        ("/v1/verdelingen", {"totEnMet": "2018-02-15"}, 409),
    ],
)
def test_verkeerde_invoer_door_de_gateway_krijgt_een_probleem_en_verandert_niets(uitkomst, stack, pad, inhoud, status):
    client = stack.client("administratiebureau", "abonnement")
    voor = client.get("/v1/verantwoording/stand?jaar=2018").json()
    antwoord = client.post(pad, json=inhoud) if inhoud else client.post(pad, content=b"x", headers={"Content-Type": "text/csv"})
    assert antwoord.status_code == status, antwoord.text
    assert antwoord.headers["content-type"] == "application/problem+json" and len(antwoord.json()["detail"]) > 20
    assert client.get("/v1/verantwoording/stand?jaar=2018").json() == voor


def test_elke_fase_van_de_catalogusreis_rust_op_een_grond_die_iedereen_kan_lezen(uitkomst, stack):
    reis = uitkomst["catalogus"]
    lezer = Gebruiker(stack, "gemeente", "catalogus")
    voorziening = lezer.vraag(f"/v1/voorzieningen/{VOORZIENING}")
    assert (
        (voorziening["fase"], voorziening["publicatiestatus"]) == (reis["fase"], "gepubliceerd") == ("in beheer", "gepubliceerd")
    )
    assert [(stap["naar"], stap["beheerstap"], set(stap["rustOp"])) for stap in reis["stappen"]] == [
        ("initiatief", None, {"initiatief"}),
        ("pilot", None, {"pilot"}),
        ("impactanalyse", None, {"pilot"}),
        ("opschaling", None, {"impactanalyse", "besluit"}),
        ("opschaling", "starten", {"gebeurtenis"}),
        ("opschaling", "doorlopen", {"besluit"}),
        ("in beheer", "continueren", {"besluit"}),
    ]
    for stap in reis["stappen"]:
        for grond, pad in stap["rustOp"].items():
            assert grond == "gebeurtenis" or lezer.vraag(pad)
    advies, opschaling, beheer = reis["besluiten"]
    assert [(een["gremium"], een["soort"], een["vastgelegdAls"]) for een in reis["besluiten"]] == [
        ("College", "advies", "college"),
        ("bestuur", "opschaling", "bestuur"),
        ("ALV", "in beheer nemen", "ledenvergadering"),
    ]
    assert lezer.vraag(opschaling["pad"])["advies"] == advies["pad"].rpartition("/")[2]
    rust = [stap["rustOp"].get("besluit") for stap in reis["stappen"]]
    assert rust == [None, None, None, opschaling["pad"], None, beheer["pad"], beheer["pad"]]
    assert len(reis["geweigerd"]) == 2 and reis["grondslag"]["toegestaan"] and reis["grondslag"]["bindt"] == "deelnemers"


def test_drie_gemeenten_nemen_deel_elk_door_wie_namens_haar_handelt(uitkomst, stack):
    oin = {code: deelnemer.oin for code, deelnemer in DEELNEMERS.items()}
    zelf, namens = ("gemeente", oin["gemeente"], None), ("leverancier", oin["leverancier"], oin["gemeente"])
    verband = ("samenwerkingsverband", oin["samenwerkingsverband"], None)
    stappen = ("aangemeld", "in implementatie", "in gebruik")
    verwacht = {GEMEENTECODE: [zelf, namens, namens], **{lid: [verband] * 3 for lid in LEDEN}}
    deelnames = uitkomst["catalogus"]["deelnames"]
    assert {
        een["gemeentecode"]: [(s["naar"], s["rol"], s["door"], s["namens"]) for s in een["stappen"]] for een in deelnames
    } == {code: [(stap, *wie) for stap, wie in zip(stappen, wier, strict=True)] for code, wier in verwacht.items()}
    assert {(een["status"], een["voorwaardenVersie"]) for een in deelnames} == {("in gebruik", 1)}
    assert (
        len(alle(stack, "gemeente", "catalogus", f"/v1/voorzieningen/{VOORZIENING}/deelnames?op={uitkomst['catalogus']['dag']}"))
        == 3
    )


def test_dekking_is_die_van_het_cbs_en_blijft_gelijk_bij_een_herindeling(uitkomst):
    reis = uitkomst["catalogus"]
    peildatum = reis["inwonertallen"]["peildatum"]
    cijfers, deelnemers = inwoners(peildatum), (GEMEENTECODE, *LEDEN)
    samen, leden, land = (sum(cijfers[code] for code in codes) for codes in (deelnemers, LEDEN, cijfers))
    gemeenten = len(gemeenten_op(reis["dag"]))

    def dekking(aantal: int, van: int) -> dict[str, Any]:
        procent = {"gemeentenProcent": _procent(aantal, van), "inwonersProcent": _procent(samen, land)}
        telling = {"gemeenten": aantal, "vanGemeenten": van, "inwoners": samen, "vanInwoners": land}
        return {"weergave": "exact", **telling, **procent}

    assert reis["dekking"] == dekking(3, gemeenten)
    assert reis["herindeling"]["inwonersVoor"] == reis["herindeling"]["inwonersNa"] == leden
    assert reis["herindeling"]["dekkingErna"] == dekking(2, gemeenten - 1)
    geheim = reis["dekkingVoorLeverancier"]
    assert geheim["weergave"] == "afgeschermd" and geheim["gemeenten"] is geheim["inwoners"] is None
    assert reis["initiatief"]["steun"] == {"gemeenten": 2, "inwoners": leden, "peildatum": peildatum}
    telling = reis["inwonertallen"]
    assert (telling["gemeenten"], telling["gelijk"], telling["landstotaal"]) == (len(cijfers), len(cijfers), land)
    assert telling["nieuw"] == telling["gecorrigeerd"] == 0 and min(cijfers) in telling["geweigerd"][-1]


def _procent(deel: int, geheel: int) -> float:
    return float((Decimal(100 * deel) / geheel).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_routekaart_en_factsheets_zijn_te_bekijken(uitkomst, stack):
    gemaakt = bestanden(stack)
    kaart = gemaakt.pop("routekaart.svg")
    tekening = ElementTree.fromstring(kaart)
    assert tekening.tag == "{http://www.w3.org/2000/svg}svg"
    teksten = " ".join("".join(tekst.itertext()) for tekst in tekening.iter("{http://www.w3.org/2000/svg}text"))
    assert "In beheer (proef)" in teksten and "Start van de opschalingsbeweging" in teksten
    assert set(gemaakt) == {f"factsheet-{code}.pdf" for code in (*FACTSHEETS, VOORZIENING)}
    papier = json.loads((BRON / "factsheets.json").read_text(encoding="utf-8"))
    assert sorted(een["voorziening"] for een in papier) == sorted(FACTSHEETS)
    wat_is_het = {een["voorziening"]: een["watIsHet"] for een in papier} | {
        VOORZIENING: "Eén afspraak voor alle balies van de gemeente (proef)."
    }
    for code, zin in wat_is_het.items():
        tekst = "".join(bladzij.extract_text() for bladzij in PdfReader(io.BytesIO(gemaakt[f"factsheet-{code}.pdf"])).pages)
        naam = stack.client("gemeente", "catalogus").get(f"/v1/voorzieningen/{code}").json()["naam"]
        assert _letters(naam) in _letters(tekst) and _letters(zin[:60]) in _letters(tekst), code


def test_het_verslag_noemt_wie_besloot_wie_meedoet_en_de_bestanden(uitkomst):
    papier = io.StringIO()
    console = Console(file=papier, width=200)
    toon(console, uitkomst)
    toon_bestanden(console, ["routekaart.svg"])
    gedrukt = papier.getvalue()
    for zin in (
        "€ 14.917.230,91",
        "besluit van het bestuur, na advies van het College",
        "besluit van de ALV",
        "Mag er geld van het fonds heen? Ja.",
        f"{GEMEENTECODE}: aangemeld door de gemeente zelf; invoering door haar",
        f"{LEDEN[0]}: aangemeld door haar samenwerkingsverband",
        "afgeschermd",
        "geweigerd: 3 fouten",
        "routekaart.svg",
    ):
        assert zin in gedrukt, zin


def _letters(tekst: str) -> str:
    """Letters and digits: a line on paper may break anywhere, with a hyphen."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", tekst)))


def test_zonder_token_antwoordt_een_dienst_alleen_op_wat_openbaar_is(stack):
    for naam, dienst in DIENSTEN.items():
        url = f"http://{stack.adres}:{dienst.poort}"
        served = httpx.get(f"{url}/v1/openapi.json")
        assert served.content == (ROOT / "openapi" / f"{naam}-v1.json").read_bytes()
        document = served.json()
        assert httpx.get(f"{url}/v1/health").status_code == 200
        for pad, item in document["paths"].items():
            for methode in item:
                antwoord = httpx.request(methode, f"{url}/v1{pad}")
                if item[methode]["security"]:
                    assert antwoord.status_code == 401, (naam, methode, pad)
                else:
                    assert antwoord.status_code != 401, (naam, methode, pad)


def test_ingetrokken_contract_stopt_de_volgende_aanroep(uitkomst, stack):
    client = stack.client("leverancier", "abonnement")
    assert client.get("/v1/facturen").status_code == 200
    oin = DEELNEMERS["gemeente"].oin
    contracten = stack.beheer.vraag("GET", f"/peers/{oin}/contracts", pageSize=100)["results"]
    delegatie = next(
        c
        for c in contracten
        if (grant := c["grants"][0]["data"])["type"] == "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION"
        and grant["service"]["name"] == "abonnement"
    )
    stack.beheer.vraag("POST", f"/peers/{oin}/contracts/{delegatie['contentHash'].replace('$', '%24')}/revoke")
    from gemeengoed_lokaal.gateway_beheer import wacht_tot

    wacht_tot(lambda: client.get("/v1/facturen").status_code != 200, "the revoked contract stops calls", seconden=5)
    assert "fsc-error-code" in client.get("/v1/facturen").headers


def test_auditfiles_van_bureau_en_fonds_sluiten_en_komen_op_elkaar_uit(uitkomst, stack, tmp_path, shared):
    """What the bureau ordered is what the ledger of the derdengelden booked, per account; valid, where the XSD is at hand."""
    namen = auditfiles.haal_op(stack, tmp_path, 2018)
    assert {"abonnement-2018.xaf", "fonds-derdengelden-2018.xaf", "fonds-ggu-2018.xaf"} <= set(namen)
    bomen = {naam: etree.parse(tmp_path / naam).getroot() for naam in namen}
    standen = {naam: eisen_sluitend(boom) for naam, boom in bomen.items()}
    assert standen["abonnement-2018.xaf"] == standen["fonds-derdengelden-2018.xaf"] != {}
    xsd = shared / "standards/einvoicing/artefacts/xaf/XmlAuditfileFinancieel4.0.xsd"
    if xsd.is_file():
        schema = etree.XMLSchema(etree.parse(xsd))
        for naam, boom in bomen.items():
            assert schema.validate(boom), (naam, schema.error_log)

"""Bank statements over HTTP: what is matched, booked and refused."""

from __future__ import annotations

import uuid
from random import Random

import pytest
from abonnement_api.factuur.rules import betalingskenmerk
from gemeengoed_kit.upload import MAX_UPLOAD_BYTES
from gemeengoed_lokaal.bank import Bijschrijving, afschrift

from tests.abonnement.wereld import DAG, IBAN, post

pytestmark = pytest.mark.usefixtures("klein")


@pytest.fixture
def facturen(wereld) -> list[dict]:
    wereld.gefactureerd()
    return wereld.alle("/v1/facturen?jaar=2018")


def posten(facturen) -> list[Bijschrijving]:
    """In full by kenmerk, a part by text, too much by number, and from nobody known."""
    een, twee, drie, *_ = facturen
    return [
        post(een["bedragCent"], kenmerk=een["betalingskenmerk"]),
        post(twee["bedragCent"] // 3, tekst=twee["betalingskenmerk"]),
        post(drie["bedragCent"] + 700, tekst=f"factuur {drie['nummer']}"),
        post(4321, tekst="bijdrage"),
    ]


def test_afschrift_wordt_gekoppeld_en_geboekt(wereld, facturen):
    een, twee, drie, *_ = facturen
    antwoord = wereld.lees_in(posten(facturen))
    gekoppeld = een["bedragCent"] + twee["bedragCent"] // 3 + drie["bedragCent"]
    gemeld = antwoord.json()
    assert [gemeld[naam] for naam in ("aantal", "ontvangenCent", "gekoppeldCent", "nietGekoppeldCent", "alBekend")] == [
        4,
        gekoppeld + 700 + 4321,
        gekoppeld,
        700 + 4321,
        0,
    ]
    assert gemeld["status"] == "ingelezen" and gemeld["voortgang"] == {"stap": "boeken", "gedaan": 0, "totaal": 4}
    wereld.jobs()
    assert wereld.get(antwoord.headers["location"])["status"] == "geboekt"
    saldi = wereld.outway.saldi()
    assert (saldi["1100"], saldi["2900"]) == (gekoppeld + 700 + 4321, -700 - 4321)
    assert saldi["1300"] == sum(f["bedragCent"] for f in facturen) - gekoppeld == wereld.stand()["openstaandCent"]


def test_ontvangsten_tonen_wat_zij_betalen_en_waarom_iets_over_is(wereld, facturen):
    antwoord = wereld.lees_in(posten(facturen))
    wereld.jobs()
    een, twee, drie, vier = wereld.alle(antwoord.json()["betalingen"])
    assert [b["koppeling"] for b in (een, twee, drie, vier)] == ["betalingskenmerk", "omschrijving", "omschrijving", None]
    assert [b["reden"] for b in (een, twee, drie, vier)] == [
        None,
        None,
        "te veel betaald",
        "noemt geen betalingskenmerk of factuurnummer",
    ]
    volledig = wereld.get(f"/v1/betalingen/{een['id']}")
    regels = wereld.get(een["factuur"])["regels"]
    assert {t["dienst"]: t["bedragCent"] for t in volledig["toewijzingen"]} == {r["dienst"]: r["bedragCent"] for r in regels}
    assert all(r["betaaldCent"] == r["bedragCent"] for r in regels) and volledig["boeking"]["bron"] == "fonds"
    over = wereld.get("/v1/betalingen?gekoppeld=false")
    assert [b["id"] for b in over["results"]] == [drie["id"], vier["id"]] and over["nietGekoppeldCent"] == 700 + 4321
    assert wereld.get(f"/v1/betalingen?factuur={twee['factuur'][-11:]}")["ontvangenCent"] == twee["bedragCent"]


def test_deelbetalingen_maken_samen_elke_regel_precies_af(wereld, facturen):
    factuur = facturen[0]
    deel, kenmerk = factuur["bedragCent"] // 7, factuur["betalingskenmerk"]
    wereld.lees_in([post(deel, kenmerk=kenmerk), post(deel + 1, kenmerk=kenmerk)])
    wereld.lees_in([post(factuur["bedragCent"], kenmerk=kenmerk)], "A-2")
    stand = wereld.get(f"/v1/facturen/{factuur['nummer']}")
    assert stand["openstaandCent"] == 0 and all(r["betaaldCent"] == r["bedragCent"] for r in stand["regels"])
    assert wereld.stand()["nietGekoppeldCent"] == 2 * deel + 1
    wereld.lees_in([post(5, kenmerk=kenmerk)], "A-3")
    assert wereld.get(f"/v1/betalingen?factuur={factuur['nummer']}")["results"][-1]["reden"] == "te veel betaald"


def test_afschrift_mag_ook_als_bestand_komen(wereld, facturen):
    inhoud = afschrift(posten(facturen), nummer="A-1", dag=DAG, eigen_iban=IBAN)
    for soort, status in (("application/octet-stream", 201), ("application/xml", 200), ("application/json", 415)):
        kop = {**wereld.administratie(), "Content-Type": soort}
        assert wereld.client.post("/v1/bankafschriften", content=inhoud, headers=kop).status_code == status, soort
    assert wereld.get("/v1/bankafschriften")["count"] == 1


def test_hetzelfde_afschrift_nog_eens_verandert_niets(wereld, facturen):
    eerste = wereld.lees_in(posten(facturen))
    stand = wereld.stand()
    herhaald = wereld.lees_in(posten(facturen), status=200)
    assert herhaald.json() == eerste.json() and herhaald.headers["location"] == eerste.headers["location"]
    assert wereld.stand() == stand and wereld.get("/v1/bankafschriften")["count"] == 1


def test_zelfde_nummer_met_andere_inhoud_wordt_geweigerd(wereld, facturen):
    wereld.lees_in(posten(facturen))
    stand = wereld.stand()
    assert wereld.lees_in(posten(facturen)[:2], status=409).json()["type"].endswith("/bankafschrift-gewijzigd")
    assert wereld.stand() == stand


def test_overlappend_afschrift_telt_bekende_ontvangsten_niet_opnieuw(wereld, facturen):
    inhoud = afschrift(posten(facturen), nummer="A-1", dag=DAG, eigen_iban=IBAN)
    wereld.xml(inhoud, status=201)
    extra = afschrift([*posten(facturen), post(99, tekst="later")], nummer="A-1", dag=DAG, eigen_iban=IBAN)
    later = wereld.xml(extra.replace(b"<Id>A-1</Id>", b"<Id>A-2</Id>"), status=201).json()
    assert (later["alBekend"], later["aantal"], later["ontvangenCent"]) == (4, 1, 99)
    anders = afschrift([post(98, tekst="anders")], nummer="A-1", dag=DAG, eigen_iban=IBAN)
    antwoord = wereld.xml(anders.replace(b"<Id>A-1</Id>", b"<Id>A-3</Id>"), status=409)
    assert antwoord.json()["type"].endswith("/bankreferentie-hergebruikt") and "A-1-00001" in antwoord.json()["detail"]
    assert wereld.get("/v1/bankafschriften")["count"] == 2


def test_leeg_afschrift_is_meteen_geboekt(wereld, facturen):
    assert wereld.lees_in([]).json()["status"] == "geboekt"


@pytest.mark.parametrize(
    "inhoud",
    [
        b"geen xml",
        b"<Document/>",
        afschrift([], nummer="A-1", dag=DAG, eigen_iban="NL44RABO0123456789"),
        afschrift([], nummer="A-1", dag=DAG, eigen_iban=IBAN).replace(b'<Amt Ccy="EUR">', b'<Amt Ccy="USD">'),
    ],
)
def test_ongeldig_afschrift_wordt_met_alle_fouten_geweigerd_en_verandert_niets(wereld, facturen, inhoud):
    stand = wereld.stand()
    antwoord = wereld.xml(inhoud, status=400).json()
    assert antwoord["type"].endswith("/ongeldig-bankafschrift") and antwoord["invalidParams"]
    assert wereld.stand() == stand and wereld.get("/v1/bankafschriften")["count"] == 0


def test_tekst_vol_cijfers_wordt_ingelezen(wereld, facturen):
    """More possible kenmerken than a statement of SQL takes parameters."""
    cijfers = Random(2018)
    kenmerken = [betalingskenmerk(2018, f"GM{cijfers.randrange(10_000):04d}", n + 1) for n in range(70_000)]
    posten = [post(1, tekst=" ".join([facturen[0]["betalingskenmerk"], *kenmerken[n : n + 500]])) for n in range(0, 70_000, 500)]
    gemeld = wereld.lees_in(posten).json()
    assert gemeld["gekoppeldCent"] + gemeld["nietGekoppeldCent"] == len(posten)
    assert wereld.lees_in([post(1, tekst="1" * 10_001)], "A-2", status=400).json()["invalidParams"][0]["code"] == "te_lang"


def test_twee_afschriften_in_een_bestand_worden_allebei_ingelezen(wereld):
    inhoud = afschrift([post(5)], nummer="A-1", dag=DAG, eigen_iban=IBAN).decode()
    stmt = inhoud[inhoud.index("<Stmt>") : inhoud.index("</Stmt>") + len("</Stmt>")]
    tweede = stmt.replace("A-1", "A-2").replace(">1000.05<", ">1000.10<").replace(">1000.00<", ">1000.05<")
    gelezen = wereld.xml(inhoud.replace(stmt, stmt + tweede).encode(), status=201).json()
    assert len(gelezen["inBestand"]) == 2 and gelezen["afschriftnummer"] == "A-1"
    assert wereld.stand()["ontvangenVolgensBankCent"] == wereld.stand()["ontvangenCent"] == 10
    assert wereld.xml(inhoud.encode(), status=200).json()["id"] == gelezen["id"]


def test_ander_mediatype_en_te_groot_bestand_worden_geweigerd(wereld):
    assert wereld.post("/v1/bankafschriften", {"a": 1}).status_code == 415
    xml = {**wereld.administratie(), "Content-Type": "application/xml"}
    assert wereld.client.post("/v1/verdelingen", content=b"<a/>", headers=xml).status_code == 415
    kop = {**wereld.administratie(), "Content-Type": "text/csv"}
    assert wereld.client.post("/v1/bankafschriften", content=b"a", headers=kop).status_code == 415
    groot = wereld.xml(b"<a>" + b" " * MAX_UPLOAD_BYTES + b"</a>", status=413)
    assert groot.headers["content-type"] == "application/problem+json"


def test_onbekende_id_geeft_404(wereld):
    for pad in ("bankafschriften", "betalingen", "verdelingen"):
        wereld.get(f"/v1/{pad}/{uuid.UUID(int=0)}", status=404)

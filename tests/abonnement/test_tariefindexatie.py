"""Indexation of decisions: through fonds, by other eyes, and recomputable over years (A7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import psycopg
import pytest
from abonnement_api.tariefindexatie import service
from abonnement_api.tariefindexatie.errors import IndexatieOnbruikbaar
from abonnement_api.tariefindexatie.rules import Afspraak, Antwoord, afronden, geindexeerd, toepassen
from fonds_api.indexatie import rules as fonds
from gemeengoed_kit.audit import Actor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.prijzen import DOVENTOLK, GOVROAM, besluit
from tests.abonnement.test_gelijktijdig import tegelijk
from tests.abonnement.test_tarief_router import anders
from tests.abonnement.test_vast import voer_uit

wijzen = st.sampled_from(["half-omhoog", "omlaag", "omhoog"])


def vraag(jaar: int = 2019, van: str = "balv-2016-11-30", **anders) -> dict:
    return {
        "tariefbesluit": van,
        "jaar": jaar,
        "clausule": "tarief-per-inwoner",
        "id": f"indexatie-{jaar}",
        "datum": "2018-01-10",
        "gremium": "bestuur",
        "omschrijving": f"Indexatie {jaar}",
        "bronvermelding": "Verzonnen (test)",
        **anders,
    }


def gevraagd(wereld, jaar: int = 2019, van: str = "balv-2016-11-30", **anders) -> dict:
    """Asked for, and its job done."""
    antwoord = wereld.post("/v1/tariefindexaties", vraag(jaar, van, **anders), status=202)
    wereld.jobs()
    return wereld.get(antwoord.headers["location"])


def bevestig(wereld, indexatie: dict, *, status: int = 200, headers: dict | None = None) -> dict:
    pad = f"/v1/tariefindexaties/{indexatie['id']}/bevestigingen"
    return wereld.post(pad, None, status=status, headers=headers or wereld.fiatteur()).json()


@given(
    st.decimals(0, 99_999, places=4), st.decimals("-50", 900, places=3), st.integers(0, 10), wijzen, st.integers(0, 10), wijzen
)
def test_dienst_en_fonds_maken_van_een_prijs_hetzelfde(oud, procent, keten, ketenwijze, prijs, prijswijze):
    clausule = fonds.Afspraak({}, Decimal(0), None, None, 1, "half-omhoog", "geen", keten, ketenwijze, prijs, prijswijze)
    afspraak = Afspraak(None, 1, "definitief", fonds.factor(procent), keten, ketenwijze, prijs, prijswijze)
    verwacht = fonds.toepassen(clausule, procent, oud)
    eigen = toepassen(afspraak, oud)
    assert (eigen.oud, eigen.nieuw, eigen.prijs) == (verwacht.oud, verwacht.nieuw, verwacht.prijs)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.decimals(0, 10**8, places=14), st.integers(0, 10), wijzen), min_size=20, max_size=20))
def test_database_rondt_af_als_de_dienst(database, gevallen):
    with psycopg.connect(database.url) as verbinding:
        for waarde, decimalen, wijze in [*gevallen, *[(afronden(Fraction(w), d, z) / 2, d, z) for w, d, z in gevallen]]:
            (van_database,) = verbinding.execute("SELECT afgerond(%s, %s, %s)", [waarde, decimalen, wijze]).fetchone()
            assert (
                van_database == afronden(Fraction(waarde), decimalen, wijze) == fonds.afronden(Fraction(waarde), decimalen, wijze)
            )


def test_prijs_die_geen_prijs_kan_zijn_wordt_met_naam_geweigerd():
    afspraak = Afspraak(None, 1, "definitief", Decimal("1.02"), 6, "half-omhoog", 6, "omlaag")
    delen = {("a", "tarief"): Decimal("0.33335"), ("b", "minimum"): Decimal("99999999"), ("c", "tarief"): Decimal("0.0000001")}
    goed = Antwoord(afspraak, {oud: toepassen(afspraak, oud) for oud in delen.values()})
    with pytest.raises(IndexatieOnbruikbaar) as fout:
        geindexeerd(delen, goed)
    assert all(wat in fout.value.detail for wat in ("tarief van a (0.340017)", "minimum van b", "tarief van c (0"))
    anders = Antwoord(afspraak, {**goed.prijzen, Decimal("0.33335"): toepassen(afspraak, Decimal("0.3"))})
    with pytest.raises(IndexatieOnbruikbaar, match="fonds rekent iets anders uit"):
        geindexeerd(delen, anders)


def test_prijzen_volgen_jaar_op_jaar_uit_de_indexatie_en_zijn_na_te_rekenen(wereld):
    """0,90 × 1,021 = 0,9189, paid 0,92; × 1,017 = 0,934521 (not 0,92 × 1,017 = 0,93564), paid 0,93."""
    index = wereld.outway.index
    index.clausule()
    index.indexeer(2019, "9.9", stand="voorlopig")
    index.indexeer(2019, "2.1")
    index.indexeer(2020, "1.7")
    eerste = gevraagd(wereld)
    assert (eerste["status"], eerste["afspraak"]["versie"], eerste["afspraak"]["factor"]) == ("voorgesteld", 2, "1.021")
    assert eerste["afspraak"]["indexatie"] == {"bron": "fonds", "pad": f"/v1/indexaties/{index.indexaties[1]['id']}"}
    assert {(p["pakket"], p["oud"], p["nieuw"], p["prijs"]) for p in eerste["prijzen"]} == {
        ("volledig", "0.9", "0.9189", "0.92"),
        ("zonder-luisterend-oor", "0.67", "0.68407", "0.68"),
    }
    wereld.get("/v1/tariefbesluiten/indexatie-2019", status=404)  # a proposal has no effect
    gedaan = bevestig(wereld, eerste)
    assert gedaan["status"] == "verwerkt" and gedaan["bevestiging"]["rol"] == "fiatteur"
    besluit_2019 = wereld.get("/v1/tariefbesluiten/indexatie-2019", {})
    assert [p["tariefPerInwoner"] for p in besluit_2019["pakketten"]] == ["0.92", "0.68"]
    assert (besluit_2019["prijspeil"], besluit_2019["eersteJaar"], besluit_2019["laatsteJaar"]) == (2018, 2019, 2019)
    assert besluit_2019["vorige"] == besluit_2019["grondslag"] == "/v1/tariefbesluiten/balv-2016-11-30"
    assert besluit_2019["indexatie"] == f"/v1/tariefindexaties/{eerste['id']}" and not besluit_2019["indexering"]
    assert besluit_2019["verdeelsleutel"] == wereld.get("/v1/tariefbesluiten/balv-2016-11-30", {})["verdeelsleutel"]
    geldt = wereld.get("/v1/tariefbesluiten?geldendVoor=2019", {})["results"]
    assert [een["id"] for een in geldt] == ["indexatie-2019"]
    tweede = bevestig(wereld, gevraagd(wereld, 2020, "indexatie-2019"))
    assert {(p["oud"], p["nieuw"], p["prijs"]) for p in tweede["prijzen"]} == {
        ("0.9189", "0.934521", "0.93"),
        ("0.68407", "0.695699", "0.7"),
    }
    besluit_2020 = wereld.get("/v1/tariefbesluiten/indexatie-2020", {})
    assert (besluit_2020["vorige"], besluit_2020["grondslag"]) == (
        "/v1/tariefbesluiten/indexatie-2019",
        "/v1/tariefbesluiten/balv-2016-11-30",
    )
    with wereld.context.work(Actor()) as work:
        assert service.narekenen(work) == []
    assert [een["id"] for een in wereld.get("/v1/tariefindexaties?jaar=2020&status=verwerkt")["results"]] == [tweede["id"]]
    assert wereld.get("/v1/tariefindexaties?status=mislukt")["count"] == 0
    berekend = wereld.get("/v1/tariefbesluiten/indexatie-2020/berekening?pakket=volledig&hoeveelheid=100", {})
    assert berekend["bedragCent"] == 9_300


def test_elk_deel_van_een_prijs_wordt_geindexeerd(wereld):
    index = wereld.outway.index
    index.clausule("halve-euros", prijs_decimalen=4)
    index.indexeer(2019, "10", "halve-euros")
    klein = {"code": "klein", "tariefPerInwoner": "0.50", "minimum": "100", "vastBedrag": "10"}
    schijven = {**GOVROAM, "code": "schijven", "vorm": "schijf", "banden": [{"totEnMet": 9, "tarief": "2"}, {"tarief": "1"}]}
    oud = besluit("vormen", GOVROAM, DOVENTOLK, klein, schijven, indexering=True)
    wereld.post("/v1/tariefbesluiten", oud, status=201)
    bevestig(wereld, gevraagd(wereld, 2019, "vormen", clausule="halve-euros"))
    nieuw = {een["code"]: een for een in wereld.get("/v1/tariefbesluiten/indexatie-2019", {})["pakketten"]}
    assert [band["bedrag"] for band in nieuw["govroam"]["banden"]] == ["550.00", "1100.00", "2750.00"]
    assert [band["totEnMet"] for band in nieuw["govroam"]["banden"]] == [100, 1000, None]
    assert nieuw["govroam"]["eenmalig"] == nieuw["schijven"]["eenmalig"] == "1650.00"
    assert [band["tarief"] for band in nieuw["schijven"]["banden"]] == ["2.20", "1.10"]
    assert nieuw["doventolk"]["tarief"] == "200.20"
    assert [nieuw["klein"][deel] for deel in ("tariefPerInwoner", "minimum", "vastBedrag")] == ["0.55", "110.00", "11.00"]
    gevraagde = [pad for pad in index.gevraagd if "berekening" in pad]
    assert len(gevraagde) == len(set(gevraagde))  # each amount once


def test_wie_vroeg_bevestigt_niet_en_er_wordt_een_keer_bevestigd(wereld):
    wereld.outway.index.clausule()
    wereld.outway.index.indexeer(2019, "2.1")
    antwoord = wereld.post("/v1/tariefindexaties", vraag(), status=202)
    pad = antwoord.headers["location"]
    assert bevestig(wereld, antwoord.json(), status=409)["type"].endswith("/niet-voorgesteld")
    wereld.jobs()
    indexatie = wereld.get(pad)
    zelf = bevestig(wereld, indexatie, status=403, headers=wereld.administratie())
    assert zelf["type"].endswith("/tariefindexatie-zelfde-ogen")
    bevestig(wereld, indexatie, status=403, headers=wereld.gemeente("GM0344"))
    wereld.get(pad, wereld.gemeente("GM0344"), status=403)
    statussen = sorted(
        a.status_code for a in tegelijk(*[lambda: wereld.post(f"{pad}/bevestigingen", None, headers=wereld.fiatteur())] * 4)
    )
    assert statussen == [200, 409, 409, 409]
    assert wereld.get("/v1/tariefbesluiten?jaar=2019", {})["count"] == 1
    ander = wereld.post("/v1/tariefindexaties", vraag(id="nog-een"), status=202).json()
    wereld.jobs()
    wereld.post("/v1/tariefbesluiten", anders(id="nog-een", eersteJaar=2019), status=201)
    assert bevestig(wereld, ander, status=409)["type"].endswith("/tariefbesluit-bestaat")
    assert wereld.get(f"/v1/tariefindexaties/{ander['id']}")["status"] == "voorgesteld"  # and nothing is half done


def test_alleen_het_geldende_besluit_dat_indexering_toestaat_wordt_geindexeerd(wereld):
    for soort, inhoud in (
        ("onbekend-tariefbesluit", vraag(van="geen")),
        ("onbekend-tariefbesluit", vraag(grondslag="geen")),
        ("niet-het-geldende-besluit", vraag(2020)),
        ("niet-het-geldende-besluit", vraag(2018)),
        ("tariefbesluit-bestaat", vraag(id="balv-2016-11-30")),
        ("datum-te-ver-vooruit", vraag(datum="2020-01-01")),
    ):
        geweigerd = wereld.post("/v1/tariefindexaties", inhoud, status=409).json()
        assert geweigerd["type"].endswith(f"/{soort}"), geweigerd
    wereld.post("/v1/tariefindexaties", vraag(jaar=2000), status=400)
    wereld.outway.index.clausule()
    wereld.outway.index.indexeer(2019, "2.1")
    op_tijd = gevraagd(wereld)
    verbeterd = anders(id="verbeterd", eersteJaar=2018, laatsteJaar=2018)
    wereld.post("/v1/tariefbesluiten", verbeterd, status=201)  # a correction of 2018 comes in between
    assert bevestig(wereld, op_tijd, status=409)["type"].endswith("/niet-het-geldende-besluit")
    geweigerd = wereld.post("/v1/tariefindexaties", vraag(van="verbeterd"), status=409).json()
    assert geweigerd["type"].endswith("/indexering-niet-toegestaan")
    assert gevraagd(wereld, van="verbeterd", grondslag="balv-2016-11-30")["prijzen"][0]["oud"] == "0.9234"


def test_indexatie_die_niet_kan_mislukt_met_de_reden_en_verandert_niets(wereld, clock):
    index = wereld.outway.index
    assert gevraagd(wereld)["probleem"]["type"] == "geen-indexatie"
    index.indexeer(2019, "2.1")
    assert gevraagd(wereld)["probleem"]["type"] == "bron-weigert"  # there is no such clause
    index.clausule(prijs_decimalen=6, keten_decimalen=10)
    index.indexaties[0]["factor"], index.indexaties[0]["percentage"] = "1.0212345", "2.12345"
    onbruikbaar = gevraagd(wereld)
    assert onbruikbaar["probleem"]["type"] == "indexatie-onbruikbaar" and onbruikbaar["prijzen"] == []
    assert "tarief van volledig (0.919111)" in onbruikbaar["probleem"]["detail"]
    index.clausule()
    index.verteld = Decimal("0.01")
    assert "fonds rekent iets anders uit" in gevraagd(wereld)["probleem"]["detail"]
    wereld.outway.storing["fonds"] = 503
    wachtend = gevraagd(wereld)
    assert wachtend["status"] == "aangevraagd"
    for _ in range(9):
        wereld.later(clock, minuten=10)
    assert wereld.get(f"/v1/tariefindexaties/{wachtend['id']}")["probleem"]["type"] == "bron-onbereikbaar"
    assert wereld.get("/v1/tariefbesluiten", {})["count"] == 1
    bevestig(wereld, wachtend, status=409)


BEVROREN = ("tariefindexatieregel", "tariefindexatiebevestiging")
ONWAAR = "UPDATE tariefindexatie SET {} WHERE nieuw = 'indexatie-2019'"
BESLUIT = (
    "INSERT INTO tariefbesluit (id, datum, gremium, omschrijving, bronvermelding, prijspeil, eerste_jaar, laatste_jaar, vorige, "
    "grondslag, tariefindexatie) SELECT nieuw, datum, 'x', 'x', 'x', {prijspeil}, jaar, jaar, tariefbesluit, grondslag, id "
    "FROM tariefindexatie WHERE status <> 'aangevraagd'"
)
DELEN = (
    "INSERT INTO pakket SELECT 'indexatie-2019', pakket, 'x', {prijs} FROM tariefindexatieregel",
    "INSERT INTO pakketdienst SELECT 'indexatie-2019', pakket, dienst FROM pakketdienst WHERE tariefbesluit = 'balv-2016-11-30'",
    "INSERT INTO verdeelsleutel SELECT 'indexatie-2019', dienst, gewicht FROM verdeelsleutel "
    "WHERE tariefbesluit = 'balv-2016-11-30'",
)
JA = "INSERT INTO tariefindexatiebevestiging SELECT id, now(), '{peer}', '{rol}', '{contract}' FROM tariefindexatie"
VERWERKT = ONWAAR.format("status = 'verwerkt'")


def test_database_weigert_een_prijs_die_niet_uit_de_indexatie_volgt(wereld, database):
    """Past the code, with the role of the service: each of these ends in a refusal, but for what the service itself does."""
    wereld.outway.index.clausule()
    wereld.outway.index.indexeer(2019, "2.1")
    open_ = wereld.post("/v1/tariefindexaties", vraag(), status=202).json()
    antwoord = (
        "indexatie = gen_random_uuid(), versie = 1, stand = 'definitief', factor = {factor}, keten_decimalen = 6, "
        "keten_afronding = 'half-omhoog', prijs_decimalen = 2, prijs_afronding = 'half-omhoog', status = 'voorgesteld', "
        "afgerond_op = now()"
    )
    voorstel = ONWAAR.format(antwoord.format(factor="1.021"))
    regel = f"INSERT INTO tariefindexatieregel VALUES ('{open_['id']}', '{{}}', 'tarief', {{}}, {{}}, {{}})"
    goed = (regel.format("volledig", "0.9", "0.9189", "0.92"), regel.format("zonder-luisterend-oor", "0.67", "0.68407", "0.68"))
    for wat, opdrachten in {
        "is niet voorgesteld": goed,
        "wat de indexatie ervan maakt": (voorstel,),
        "wat de indexatie ervan maakt|": (goed[0], voorstel),
        "wat de indexatie ervan maakt||": (goed[0], regel.format("zonder-luisterend-oor", "0.67", "0.68407", "0.67"), voorstel),
        "wat de indexatie ervan maakt|||": (*goed, ONWAAR.format(antwoord.format(factor="1.022"))),
        "wat de indexatie ervan maakt||||": (goed[0], regel.format("zonder-luisterend-oor", "0.6", "0.6126", "0.61"), voorstel),
        "veranderen nooit": (*goed, voorstel, voorstel),
        "veranderen nooit|": (VERWERKT,),
        "krijgt er geen prijs bij": (*goed, voorstel, regel.format("x", "1", "1", "1")),
    }.items():
        with pytest.raises(errors.IntegrityError, match=wat.rstrip("|")):
            voer_uit(database.url, *opdrachten)
    wereld.jobs()
    with psycopg.connect(database.url) as verbinding:
        peer, rol, contract = verbinding.execute("SELECT peer_id, rol, contract FROM tariefindexatie").fetchone()
    ja = JA.format(peer=peer, rol="fiatteur", contract="c2")
    prijs = [deel.format(prijs="prijs") for deel in DELEN]
    nieuw = BESLUIT.format(prijspeil=2018)
    for wat, opdrachten in {
        "zo niet te bevestigen": (JA.format(peer=peer, rol=rol, contract="c2"),),
        "zo niet te bevestigen|": (JA.format(peer=peer, rol="fiatteur", contract=contract),),
        "heeft geen besluit": (ja, VERWERKT),
        "niet de indexatie die een ander heeft bevestigd": (nieuw, *prijs),
        "niet de indexatie die een ander heeft bevestigd|": (VERWERKT, nieuw, *prijs),
        "niet de indexatie die een ander heeft bevestigd||": (ja, VERWERKT, BESLUIT.format(prijspeil=2017), *prijs),
        "andere prijzen dan de indexatie": (ja, VERWERKT, nieuw, *[deel.format(prijs="prijs + 0.01") for deel in DELEN]),
        "tariefbesluit_herkomst_check": (nieuw.replace("grondslag, id", "grondslag, NULL"),),
        "veranderen nooit": (ONWAAR.format("status = 'mislukt', probleem = '{}'"),),
    }.items():
        with pytest.raises(errors.IntegrityError, match=wat.rstrip("|")):
            voer_uit(database.url, *opdrachten)
    voer_uit(database.url, ja, VERWERKT, nieuw, *prijs)
    for tabel in (*BEVROREN, "tariefindexatie"):
        for opdracht in (f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE"):
            with pytest.raises(errors.InsufficientPrivilege):
                voer_uit(database.url, opdracht)
            with pytest.raises(errors.IntegrityConstraintViolation, match="veranderen nooit"):
                voer_uit(database.owner_url, opdracht)
    with pytest.raises(errors.InsufficientPrivilege):
        voer_uit(database.url, "UPDATE tariefindexatie SET grondslag = tariefbesluit")

"""The billing round: what makes it fail, start again, or change nothing; in a small country."""

from __future__ import annotations

import psycopg
import pytest

from tests.abonnement.test_tarief_router import BESLUIT
from tests.abonnement.wereld import AANMELDING, G4, KLEIN

pytestmark = pytest.mark.usefixtures("klein")


def test_ronde_begint_als_aangevraagd_en_toont_hoeveel_er_te_doen_is(wereld):
    wereld.aangemeld()
    antwoord = wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    assert antwoord.headers["location"] == "/v1/facturatierondes/2018"
    ronde = antwoord.json()
    assert ronde["status"] == "aangevraagd" and ronde["voortgang"] == {"stap": "voorstellen", "gedaan": 0, "totaal": len(KLEIN)}
    assert ronde["factuurdatum"] == "2018-01-15" and ronde["eersteNummer"] is None and ronde["totaalCent"] == 0


def test_nog_eens_vragen_verandert_niets(wereld):
    eerste = wereld.gefactureerd()
    for inhoud in ({"jaar": 2018}, {"jaar": 2018, "tariefbesluit": "balv-2016-11-30", "factuurdatum": "2018-01-15"}):
        herhaald = wereld.post("/v1/facturatierondes", inhoud, status=200)
        assert herhaald.json() == eerste and herhaald.headers["location"] == "/v1/facturatierondes/2018"
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes")["results"] == [eerste]


def test_ronde_met_een_ander_tarief_wordt_geweigerd(wereld):
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "eersteJaar": 2018}, status=201)
    wereld.gefactureerd(tariefbesluit="balv-2016-11-30")
    antwoord = wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": BESLUIT["id"]}, status=409)
    assert antwoord.json()["type"].endswith("/ander-tarief")
    ander = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": "2018-02-01"}, status=409)
    assert ander.json()["type"].endswith("/andere-factuurdatum")
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200).json()["tariefbesluit"].endswith("/balv-2016-11-30")


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        ({"jaar": 2019}, "geen-tarief"),
        ({"jaar": 2018, "tariefbesluit": "bestaat-niet"}, "geen-tarief"),
        ({"jaar": 2019, "tariefbesluit": "balv-2016-11-30"}, "geen-tarief"),
    ],
)
def test_jaar_zonder_tarief_wordt_geweigerd(wereld, inhoud, soort):
    wereld.aangemeld()
    assert wereld.post("/v1/facturatierondes", inhoud, status=409).json()["type"].endswith(f"/{soort}")
    wereld.get(f"/v1/facturatierondes/{inhoud['jaar']}", status=404)


def test_jaar_zonder_abonnementen_wordt_geweigerd(wereld):
    wereld.aangemeld({**AANMELDING, "begindatum": "2018-12-31"})  # no whole month of it
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=409).json()["type"].endswith("/geen-abonnementen")


@pytest.mark.parametrize(
    "inhoud",
    [{}, {"jaar": "2018"}, {"jaar": 18}, {"jaar": 2018, "tarief": "x"}, {"jaar": 2018, "factuurdatum": "2018-02-30"}, [], "2018"],
)
def test_ongeldige_invoer_verandert_niets(wereld, inhoud):
    wereld.aangemeld()
    assert wereld.post("/v1/facturatierondes", inhoud, status=400).json()["invalidParams"]
    wereld.get("/v1/facturatierondes/2018", status=404)


def test_gemeenten_zonder_inwoners_of_onbekend_worden_allemaal_genoemd_en_niets_verandert(wereld):
    wereld.aangemeld()
    alle = list(wereld.outway.gemeenten)
    wereld.outway.gemeenten = [{**g, "inwoners": None} if g["code"] == "GM0088" else g for g in alle if g["code"] != "GM0344"]
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "mislukt" and ronde["aantalFacturen"] == 0
    assert ronde["probleem"]["gemeentecodes"] == ["GM0088", "GM0344"] and "GM0344 Utrecht" in ronde["probleem"]["detail"]
    wereld.outway.gemeenten = alle
    assert wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202).json()["probleem"] is None
    wereld.jobs()
    assert wereld.afgerond()["eersteNummer"] == "2018-000001"


def test_pakket_zonder_tarief_in_het_besluit_laat_de_ronde_mislukken(wereld):
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "eersteJaar": 2018}, status=201)
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": BESLUIT["id"]}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["probleem"]["type"] == "pakket-zonder-tarief" and ronde["probleem"]["gemeentecodes"] == sorted(G4)
    opnieuw = wereld.post("/v1/facturatierondes", {"jaar": 2018, "tariefbesluit": "balv-2016-11-30"}, status=202)
    assert opnieuw.json()["tariefbesluit"].endswith("/balv-2016-11-30")


@pytest.mark.parametrize(("status", "uitkomst"), [(503, "aangevraagd"), (401, "aangevraagd"), (400, "mislukt")])
def test_catalogus_die_niet_antwoordt_wordt_opnieuw_gevraagd_tenzij_zij_weigert(wereld, status, uitkomst):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = status
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == uitkomst


def test_fout_van_de_gateway_is_geen_weigering_van_catalogus(wereld):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"], wereld.outway.van_de_gateway = 400, True
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "aangevraagd"
    wereld.outway.storing.clear()
    wereld.nu()
    wereld.jobs()
    assert wereld.afgerond()["status"] == "geboekt"


@pytest.mark.parametrize(
    "anders",
    [
        {"inwoners": {"peildatum": "2018-01-01", "aantal": True, "bron": "CBS"}},
        {"inwoners": {"peildatum": "2018-01-01", "aantal": 1.0, "bron": "CBS"}},
        {"inwoners": {"peildatum": "2018-01-01", "aantal": 20_000_001, "bron": "CBS"}},
        {"naam": "x" * 600},
        {"naam": "Appinge\ndam"},
        {"code": "GM0363"},
    ],
)
def test_wat_niet_klopt_bij_de_catalogus_wordt_geen_factuur(wereld, anders):
    wereld.aangemeld()
    eerste, *rest = wereld.outway.gemeenten
    wereld.outway.gemeenten = [{**eerste, **anders}, *rest]
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    for _ in range(9):
        assert wereld.get("/v1/facturatierondes/2018")["status"] == "aangevraagd"
        wereld.jobs()
        wereld.nu()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["probleem"]["type"] == "bron-onbegrijpelijk" and ronde["aantalFacturen"] == 0
    assert next(iter(anders)) in ronde["probleem"]["detail"] or "GM0088 komt na GM0363" in ronde["probleem"]["detail"]
    wereld.outway.gemeenten = [eerste, *rest]
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    assert wereld.afgerond()["status"] == "geboekt"


def test_inwoners_van_een_andere_peildatum_worden_niet_gefactureerd_en_genoemd(wereld):
    wereld.aangemeld()
    wereld.outway.gemeenten = [
        {**g, "inwoners": {**g["inwoners"], "peildatum": "2017-01-01"}} if g["code"] == "GM0344" else g
        for g in wereld.outway.gemeenten
    ]
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "mislukt" and ronde["probleem"]["gemeentecodes"] == ["GM0344"]
    assert "GM0344 Utrecht (wel op 2017-01-01)" in ronde["probleem"]["detail"] and ronde["aantalFacturen"] == 0


def _sql(url: str, opdracht: str) -> None:
    with psycopg.connect(url) as verbinding:
        verbinding.execute(opdracht)


def test_ronde_die_niet_als_mislukt_kon_worden_vastgelegd_wordt_dat_later_alsnog(wereld, database):
    """Giving up fails as long as the role may not write: the job stays until it is written down."""
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = 503
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    _sql(database.owner_url, "REVOKE UPDATE ON facturatieronde FROM abonnement_api")
    for _ in range(12):
        wereld.jobs()
        wereld.nu()
    _sql(database.owner_url, "GRANT UPDATE ON facturatieronde TO abonnement_api")
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "aangevraagd" and wereld.outway.vragen == 1 + 9
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert (ronde["status"], ronde["probleem"]["type"]) == ("mislukt", "bron-onbereikbaar") and wereld.outway.vragen == 1 + 9


@pytest.mark.parametrize("hoe", ["DELETE FROM procrastinate_jobs", "UPDATE procrastinate_jobs SET status = 'failed'"])
def test_ronde_en_aanmelding_zonder_taak_worden_bij_nog_eens_vragen_hervat(wereld, database, hoe):
    wereld.post("/v1/collectieve-aanmeldingen", AANMELDING, status=202)
    wereld.post("/v1/collectieve-aanmeldingen", AANMELDING, status=200)
    _sql(database.url, hoe)
    pad = wereld.post("/v1/collectieve-aanmeldingen", AANMELDING, status=202).headers["location"]
    wereld.jobs()
    assert wereld.get(pad)["status"] == "verwerkt"
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200)
    _sql(database.url, hoe)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200)
    wereld.jobs()
    wereld.goedgekeurd()
    _sql(database.url, hoe)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200)
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt"


def test_werker_hervat_wat_geen_taak_meer_heeft(wereld, context, database):
    for pad, inhoud in (("/v1/collectieve-aanmeldingen", AANMELDING), ("/v1/facturatierondes", {"jaar": 2018})):
        wereld.post(pad, inhoud, status=202)
        _sql(database.url, "DELETE FROM procrastinate_jobs")
        for _ in range(2):
            context.jobs.resume(context)
        assert _aantal(database.url) == 1
        wereld.jobs()
    wereld.goedgekeurd()
    _sql(database.url, "DELETE FROM procrastinate_jobs")
    context.jobs.resume(context)
    wereld.jobs()
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt"


def _aantal(url: str) -> int:
    with psycopg.connect(url) as verbinding:
        return verbinding.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()[0]  # type: ignore[index]


def test_na_de_laatste_poging_is_de_ronde_mislukt_met_de_oorzaak(wereld):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = 503
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    for _ in range(9):
        wereld.jobs()
        wereld.nu()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "mislukt" and ronde["probleem"]["type"] == "bron-onbereikbaar"
    assert "503" in ronde["probleem"]["detail"] and wereld.outway.vragen == 1 + 9


def test_fonds_dat_niet_antwoordt_houdt_de_facturen_niet_tegen_en_krijgt_de_boekingen_later(wereld, clock):
    wereld.outway.storing["fonds"] = 503
    ronde = wereld.gefactureerd()
    assert ronde["status"] == "gefactureerd" and ronde["voortgang"] == {"stap": "boeken", "gedaan": 0, "totaal": len(KLEIN)}
    wereld.outway.storing.clear()
    wereld.later(clock, minuten=10)
    assert wereld.get("/v1/facturatierondes/2018")["status"] == "geboekt" and len(wereld.outway.boekingen) == len(KLEIN)


def test_wat_fonds_weigert_wordt_geteld(wereld):
    wereld.outway.storing["fonds"] = 409
    ronde = wereld.gefactureerd()
    assert ronde["status"] == "gefactureerd" and ronde["aantalGeweigerdeBoekingen"] == len(KLEIN)


@pytest.mark.parametrize("datum", ["0001-01-01", "0218-01-15", "2118-01-15", "9999-12-31"])
def test_factuurdatum_buiten_elk_venster_is_ongeldige_invoer(wereld, datum):
    geweigerd = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": datum}, status=400)
    assert [fout["name"] for fout in geweigerd.json()["invalidParams"]] == ["factuurdatum"]


@pytest.mark.parametrize("datum", ["2016-12-31", "2019-01-17", "2081-02-28"])
def test_factuurdatum_die_een_vergissing_moet_zijn_wordt_geweigerd(wereld, datum):
    wereld.aangemeld()
    geweigerd = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": datum}, status=409)
    assert geweigerd.json()["type"].endswith("/onmogelijke-factuurdatum") and datum in geweigerd.json()["detail"]
    wereld.get("/v1/facturatierondes/2018", status=404)


def test_vandaag_is_geen_factuurdatum_van_een_ronde_van_later(wereld):
    """Without a date it is today that is judged: invoices of 2020 are not dated 2018."""
    wereld.aangemeld()
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "laatsteJaar": 2020}, status=201)
    geweigerd = wereld.post("/v1/facturatierondes", {"jaar": 2020}, status=409).json()
    assert geweigerd["type"].endswith("/onmogelijke-factuurdatum") and "2018-01-15" in geweigerd["detail"]
    wereld.get("/v1/facturatierondes/2020", status=404)


def test_mislukte_ronde_krijgt_ook_bij_nog_eens_vragen_geen_onmogelijke_datum(wereld, clock):
    wereld.aangemeld()
    wereld.outway.storing["catalogus"] = 404
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    clock.moment = clock.moment.replace(year=2016)  # as after a clock that was wrong
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=200)
    clock.moment = clock.moment.replace(year=2018)
    wereld.jobs()
    mislukt = wereld.get("/v1/facturatierondes/2018")
    clock.moment = clock.moment.replace(year=2016)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=409)
    assert mislukt["status"] == "mislukt" and wereld.get("/v1/facturatierondes/2018") == mislukt

"""Commitments and spending over HTTP, by role, and the chain from voorziening to boeking and back."""

from __future__ import annotations

import psycopg
import pytest

from tests.fonds.besluiten import MAG, MAG_NIET, START, pad
from tests.fonds.uitvoering_fixtures import *  # noqa: F403
from tests.fonds.uitvoeringen import POSTEN, begroot, factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

GEEN = "5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"


def test_verplichten_besteden_vrijgeven_en_storneren_tot_op_de_cent(client, als, context, database, doe, zie, vrij):
    begroting = neem_aan(client, context, als, 2018)
    assert vrij() == (0, 0, 100_000) and vrij("btw", prioriteit=None) == (0, 0, 30_000)
    gemaakt = doe("/verplichtingen", verplichting((2018, 60_000, 12_600)))
    id = gemaakt["id"]
    assert (gemaakt["status"], gemaakt["besluit"], gemaakt["voorziening"]) == ("aangegaan", None, None)
    assert gemaakt["delen"][0]["begroting"] == f"/v1/begrotingen/{begroting}" and gemaakt["delen"][0]["openCent"] == 60_000
    assert vrij() == (60_000, 0, 40_000) and vrij("btw", prioriteit=None) == (12_600, 0, 17_400)
    te_veel = doe("/verplichtingen", verplichting((2018, 40_001, 17_401)), 409, "budget-ontoereikend")
    assert te_veel["posten"] == [
        {"jaar": 2018, "post": "A1-structureel", "tekortCent": 1},
        {"jaar": 2018, "post": "btw", "tekortCent": 1},
    ]
    uitgave = doe("/uitgaven", factuur(id, 20_000, 4_200))
    assert vrij() == (40_000, 20_000, 40_000) and vrij("btw", prioriteit=None) == (8_400, 4_200, 17_400)
    boeking = zie(uitgave["boeking"])
    assert [(r["rekening"], r["bedragCent"]) for r in boeking["regels"]] == [("4011", 20_000), ("4900", 4_200), ("1600", -24_200)]
    assert boeking["bron"] == {"bron": "fonds", "pad": f"/v1/uitgaven/{uitgave['id']}"} and boeking["boekdatum"] == "2018-01-12"
    reikt = doe("/uitgaven", factuur(id, 40_001, 0), 409, "deel-reikt-niet")
    assert (reikt["openCent"], reikt["openBtwCent"]) == (40_000, 8_400)
    doe("/uitgaven", factuur(id, 1, 8_401), 409, "deel-reikt-niet")
    doe("/uitgaven", factuur(id, jaar=2019, boekdatum="2019-01-01", factuurdatum="2019-01-01"), 409, "deel-reikt-niet")
    doe("/uitgaven", factuur(id, boekdatum="2017-12-31"), 409, "boekdatum-buiten-jaar")
    dubbel = doe("/uitgaven", factuur(id, factuurnummer=uitgave["factuurnummer"]), 409, "factuur-al-verwerkt")
    assert dubbel["uitgave"] == f"/v1/uitgaven/{uitgave['id']}"
    betaald = doe(f"/uitgaven/{uitgave['id']}/betaling", {"boekdatum": "2018-01-14"})
    betaling = zie(betaald["betaling"]["boeking"])
    assert [(r["rekening"], r["bedragCent"]) for r in betaling["regels"]] == [("1600", 24_200), ("1100", -24_200)]
    assert zie(betaling["bron"]["pad"]) == betaald["betaling"]
    doe(f"/uitgaven/{uitgave['id']}/betaling", {"boekdatum": "2018-01-14"}, 409, "uitgave-al-betaald")
    storno = {"boekdatum": "2018-01-15", "reden": "Verkeerde post (test)."}
    doe(f"/uitgaven/{uitgave['id']}/storno", {**storno, "boekdatum": "2019-01-01"}, 409, "boekdatum-buiten-jaar")
    terug = doe(f"/uitgaven/{uitgave['id']}/storno", storno)
    gespiegeld = zie(terug["storno"]["boeking"])
    assert [(r["rekening"], -r["bedragCent"]) for r in gespiegeld["regels"]] == [
        (r["rekening"], r["bedragCent"]) for r in boeking["regels"]
    ]
    assert zie(gespiegeld["bron"]["pad"])["reden"] == storno["reden"]
    assert gespiegeld["stornoVan"] == uitgave["boeking"]
    boekingen = zie("/boekingen?fonds=ggu", rol="ledenvergadering")["results"]
    zie(f"/uitgaven/{uitgave['id']}", 403, rol="ledenvergadering")
    assert len(boekingen) == 3 and "Leverancier Proef" not in str(boekingen)  # who may not see suppliers reads the ledger
    doe(f"/uitgaven/{uitgave['id']}/storno", storno, 409, "uitgave-al-gestorneerd")
    assert vrij() == (60_000, 0, 40_000)
    doe("/uitgaven", factuur(id, factuurnummer=uitgave["factuurnummer"]))  # after its storno, the invoice may come again
    na = doe(f"/verplichtingen/{id}/vrijvallen", {"jaar": 2018, "bedragCent": 9_000, "btwCent": 0, "reden": "Minder (test)."})
    assert (na["delen"][0]["openCent"], na["delen"][0]["openBtwCent"]) == (50_000, 12_390)
    for cent, btw in ((50_001, 0), (0, 12_391), (0, 0)):
        mis = {"jaar": 2018, "bedragCent": cent, "btwCent": btw, "reden": "x"}
        doe(f"/verplichtingen/{id}/vrijvallen", mis, 409, "deel-reikt-niet")
    doe(f"/verplichtingen/{id}/vrijvallen", {"jaar": 2018, "bedragCent": 50_000, "btwCent": 12_390, "reden": "Klaar (test)."})
    assert vrij() == (0, 1_000, 99_000) and vrij("btw", prioriteit=None) == (0, 210, 29_790)
    assert {een["bedragCent"] for een in zie(f"/verplichtingen/{id}/vrijvallen")["results"]} == {9_000, 50_000}
    ruimte = zie("/fondsen/ggu/vrije-ruimte?jaar=2018")
    assert ruimte["begroting"] == f"/v1/begrotingen/{begroting}" and ruimte["totaal"]["begrootCent"] == 200_000
    assert [(p["prioriteit"], p["vrijCent"]) for p in ruimte["prioriteiten"]] == [("A1", 149_000), ("B1", 20_000)]
    assert ruimte["totaal"]["vrijCent"] == sum(post["vrijCent"] for post in ruimte["posten"]) == 198_790
    assert schendingen(database.url) == []


def test_met_de_hand_gaat_niets_om_het_budget_heen(client, als, context, database, boeking, doe, zie):
    """F8: what is spent of a post is what its account shows, so only uitgaven book on it."""
    neem_aan(client, context, als, 2018)
    id = doe("/verplichtingen", verplichting((2018, 1_000, 0)))["id"]
    uitgave = doe("/uitgaven", factuur(id, 1_000, 0))
    kop = {**als("fondsbeheerder"), "Idempotency-Key": "met-de-hand"}
    for nummer in ("4011", "4900"):
        post = boeking((nummer, 500), ("1600", -500), fonds="ggu")
        een = client.post("/v1/boekingen", json=post, headers=kop)
        assert (een.status_code, een.json()["type"]) == (409, "/v1/problemen/onbekende-rekening")
        bulk = client.post("/v1/boekingen/bulk", json={"boekingen": [post]}, headers=kop)
        assert (bulk.status_code, bulk.json()["type"]) == (409, "/v1/problemen/boekingen-geweigerd")
    op = {"boekdatum": "2018-01-15", "omschrijving": "Met de hand (test)"}
    storno = client.post(f"{uitgave['boeking']}/storno", json=op, headers=kop)
    assert (storno.status_code, storno.json()["type"]) == (409, "/v1/problemen/boeking-van-dienst")
    assert storno.json()["document"] == f"/v1/uitgaven/{uitgave['id']}"
    for bron, document in (("abonnement", "/v1/facturen/1"), ("fonds", "/v1/boekingen/1")):
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="4011"):
            (nieuw,) = db.execute(
                "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
                "VALUES (gen_random_uuid(), 'ggu', '2018-01-15', now(), 'x', %s, %s, 2) RETURNING id",
                [bron, document],
            ).fetchone()
            db.execute(
                "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
                "VALUES (%s, 1, 'ggu', '4011', 5), (%s, 2, 'ggu', '1600', -5)",
                [nieuw, nieuw],
            )
    assert schendingen(database.url) == []


def test_uitgave_in_gesloten_periode_of_boven_een_grens(client, als, context, database, doe):
    neem_aan(client, context, als, 2018)
    id = doe("/verplichtingen", verplichting((2018, 1_000, 0)))["id"]
    uitgave = doe("/uitgaven", factuur(id, 400, 0))
    grens = {"naam": "Crediteuren", "minimumCent": -500}
    kop = {**als("fondsbeheerder"), "If-Match": "*"}
    assert client.put("/v1/fondsen/ggu/rekeningen/1600", json=grens, headers=kop).status_code == 200
    doe("/uitgaven", factuur(id, 101, 0), 409, "saldo-buiten-grenzen")
    bank = {"naam": "Bank", "geblokkeerd": True}
    assert client.put("/v1/fondsen/ggu/rekeningen/1100", json=bank, headers=kop).status_code == 200
    doe(f"/uitgaven/{uitgave['id']}/betaling", {"boekdatum": "2018-01-14"}, 409, "onbekende-rekening")
    doe("/fondsen/ggu/perioden", {"totEnMet": "2018-01-31"})
    stap = {"naar": "voorlopig_gesloten", "naam": "Proef"}
    assert client.post("/v1/fondsen/ggu/perioden/2018-01-31/stappen", json=stap, headers=kop).status_code == 200
    doe("/uitgaven", factuur(id, 1, 0), 409, "periode-gesloten")
    terug = {"boekdatum": "2018-01-15", "reden": "Proef"}
    doe(f"/uitgaven/{uitgave['id']}/storno", terug, 409, "periode-gesloten")
    doe(f"/uitgaven/{uitgave['id']}/storno", {**terug, "boekdatum": "2018-02-01"})
    assert schendingen(database.url) == []


def test_meer_jaren_alle_of_geen(client, als, context, database, doe, vrij):
    for jaar in (2018, 2019):
        neem_aan(client, context, als, jaar)
    doe("/verplichtingen", verplichting((2019, 90_000, 0)))
    mis = doe("/verplichtingen", verplichting((2018, 20_000, 0), (2019, 20_000, 0)), 409, "budget-ontoereikend")
    assert mis["posten"] == [{"jaar": 2019, "post": "A1-structureel", "tekortCent": 10_000}]
    assert vrij(jaar=2018) == (0, 0, 100_000)
    onbekend = doe("/verplichtingen", verplichting((2018, 1, 0), (2020, 1, 0)), 409, "onbekende-begrotingspost")
    assert [een["reason"] for een in onbekend["invalidParams"]] == ["A1-structureel in 2020"]
    doe("/verplichtingen", verplichting((2018, 1, 0), prioriteit="C1"), 409, "onbekende-begrotingspost")
    doe("/verplichtingen", verplichting((2018, 1, 0), prioriteit="E1"), 409, "post-zonder-rekening")
    doe("/verplichtingen", verplichting((2018, 1, 0), (2018, 1, 0)), 409, "delen-kloppen-niet")
    doe("/verplichtingen", verplichting(fonds="geen"), 409, "onbekend-fonds")
    goed = doe("/verplichtingen", verplichting((2019, 10_000, 30_000), (2018, 20_000, 0)))
    assert [deel["jaar"] for deel in goed["delen"]] == [2018, 2019]
    assert vrij(jaar=2018) == (20_000, 0, 80_000) and vrij(jaar=2019) == (100_000, 0, 0)
    assert schendingen(database.url) == []


def test_een_wijziging_laat_staan_wat_er_loopt(client, als, context, database, doe, vrij):
    neem_aan(client, context, als, 2018)
    neem_aan(client, context, als, 2018, "jaarplan")
    doe("/verplichtingen", verplichting((2018, 60_000, 12_600)))
    krap = {**POSTEN, ("A1", "structureel"): 599}
    kop = {**als("fondsbeheerder"), "Content-Type": "text/csv"}
    vraag = "/v1/begrotingen?fonds=ggu&jaar=2018&soort=wijziging&eenheidEuro=1&titel=x&bronvermelding=x"
    id = client.post(vraag, content=begroot(krap, 126), headers=kop).json()["id"]
    besluit = {"besluit": {"bron": "catalogus", "pad": pad(1)}}
    mis = doe(f"/begrotingen/{id}/vaststellingen", besluit, 409, "verplichtingen-te-hoog", rol="bestuur")
    assert mis["posten"] == [{"post": "A1-structureel", "tekortCent": 100}]
    krap = {("A1", "structureel"): 600, ("C1", "meerjarig"): 5}
    neem_aan(client, context, als, 2018, "wijziging", begroot(krap, 126))
    assert vrij() == (60_000, 0, 0) and vrij("meerjarig") == (0, 0, 0) and vrij("btw", prioriteit=None) == (12_600, 0, 0)
    assert vrij("meerjarig", prioriteit="C1") == (0, 0, 500)
    assert schendingen(database.url) == []


def test_voor_een_voorziening_wordt_de_catalogus_gevraagd(client, als, context, database, doe, zie, vrij, bron):
    neem_aan(client, context, als, 2018)
    aanvraag = verplichting((2018, 60_000, 0), voorziening={"bron": "catalogus", "pad": MAG})
    wacht = doe("/verplichtingen", aanvraag, 202)
    assert (wacht["status"], wacht["besluit"], vrij()) == ("aangevraagd", None, (60_000, 0, 40_000))
    doe("/uitgaven", factuur(wacht["id"]), 409, "verplichting-niet-aangegaan")
    context.jobs.run_waiting(context)
    klaar = zie(f"/verplichtingen/{wacht['id']}")
    assert (klaar["status"], klaar["besluit"]) == ("aangegaan", {"bron": "catalogus", "pad": pad(START)})
    assert bron.gevraagd == [f"{MAG}/grondslag?voor=verplichting"]
    niet = doe("/verplichtingen", {**aanvraag, "voorziening": {"bron": "catalogus", "pad": MAG_NIET}, "delen": [
        {"jaar": 2018, "bedragCent": 40_000, "btwCent": 30_000}
    ]}, 202)  # fmt: skip
    assert vrij()[2] == vrij("btw", prioriteit=None)[2] == 0
    context.jobs.run_waiting(context)
    geweigerd = zie(f"/verplichtingen/{niet['id']}")
    assert (geweigerd["status"], geweigerd["probleem"]["type"]) == ("geweigerd", "geen-grondslag")
    assert geweigerd["probleem"]["detail"] == "Er is geen besluit dat het draagt (test)."
    assert geweigerd["delen"][0]["openCent"] == 0 and vrij() == (60_000, 0, 40_000)
    doe(f"/verplichtingen/{niet['id']}/vrijvallen", {"jaar": 2018, "bedragCent": 1, "btwCent": 0, "reden": "x"}, 409)
    onbekend = {**aanvraag, "voorziening": {"bron": "catalogus", "pad": "/v1/voorzieningen/geen"}, "delen": niet["delen"][:0]}
    onbekend["delen"] = [{"jaar": 2018, "bedragCent": 1, "btwCent": 0}]
    weg = doe("/verplichtingen", onbekend, 202)
    context.jobs.run_waiting(context)
    assert zie(f"/verplichtingen/{weg['id']}")["probleem"]["type"] == "bron-weigert"
    with psycopg.connect(database.url) as db:  # a commitment that lost its job gets another
        stil = doe("/verplichtingen", {**aanvraag, "delen": onbekend["delen"]}, 202)
        db.execute("DELETE FROM procrastinate_jobs WHERE status = 'todo'")
        db.commit()
    context.jobs.resume(context)
    context.jobs.run_waiting(context)
    assert zie(f"/verplichtingen/{stil['id']}")["status"] == "aangegaan"
    assert schendingen(database.url) == []


def test_de_keten_loopt_heen_en_terug(client, als, context, doe, zie):
    begroting = neem_aan(client, context, als, 2018)
    doe("/verplichtingen", verplichting())
    van = doe("/verplichtingen", verplichting(voorziening={"bron": "catalogus", "pad": MAG}), 202)
    context.jobs.run_waiting(context)
    uitgave = doe("/uitgaven", factuur(van["id"]))
    # voorziening -> verplichting -> begroting and besluit -> uitgave -> boeking
    (gevonden,) = zie(f"/verplichtingen?voorzieningPad={MAG}")["results"]
    assert zie(f"/verplichtingen?besluitPad={gevonden['besluit']['pad']}")["results"] == [gevonden]
    vastgesteld = zie(gevonden["delen"][0]["begroting"])
    assert vastgesteld["id"] == begroting and vastgesteld["vaststelling"]["besluit"] == {"bron": "catalogus", "pad": pad(1)}
    post = (gevonden["prioriteit"], gevonden["budgetsoort"])
    assert post in {(regel["prioriteit"], regel["budgetsoort"]) for regel in vastgesteld["regels"]}
    assert zie(gevonden["uitgaven"])["results"] == [uitgave]
    boeking = zie(uitgave["boeking"])
    # boeking -> uitgave -> verplichting -> voorziening and besluit
    terug = zie(boeking["bron"]["pad"])
    assert terug == uitgave
    verplicht = zie(terug["verplichting"])
    assert (verplicht["voorziening"]["pad"], verplicht["besluit"]["pad"]) == (MAG, pad(START))
    assert zie(f"/boekingen?bronPad=/v1/uitgaven/{uitgave['id']}")["results"] == [boeking]


def test_wie_wat_ziet_en_mag(client, als, context, doe, zie):
    neem_aan(client, context, als, 2018)
    id = doe("/verplichtingen", verplichting())["id"]
    uitgave = doe("/uitgaven", factuur(id))["id"]
    for rol in ("bestuur", "ledenvergadering", "accountant", "administratie", "gemeente"):
        for waar, wat in (
            ("/verplichtingen", verplichting()),
            ("/uitgaven", factuur(id)),
            (f"/uitgaven/{uitgave}/betaling", {"boekdatum": "2018-01-01"}),
            (f"/uitgaven/{uitgave}/storno", {"boekdatum": "2018-01-01", "reden": "x"}),
            (f"/verplichtingen/{id}/vrijvallen", {"jaar": 2018, "bedragCent": 1, "btwCent": 0, "reden": "x"}),
        ):
            doe(waar, wat, 403, rol=rol)
    paden = ("/verplichtingen", f"/verplichtingen/{id}", f"/verplichtingen/{id}/vrijvallen", "/uitgaven", f"/uitgaven/{uitgave}")
    for waar in paden:
        for rol in ("bestuur", "accountant"):
            assert zie(waar, rol=rol) == zie(waar)
        for rol in ("ledenvergadering", "administratie"):
            zie(waar, 403, rol=rol)
        zie(waar, 403, rol="gemeente", gemeentecode="GM0344")
        assert client.get(f"/v1{waar}").status_code == 401
    ruimte = zie("/fondsen/ggu/vrije-ruimte?jaar=2018")
    for rol in ("bestuur", "ledenvergadering", "accountant", "administratie"):
        assert zie("/fondsen/ggu/vrije-ruimte?jaar=2018", rol=rol) == ruimte
    assert zie("/fondsen/ggu/vrije-ruimte?jaar=2018", rol="gemeente", gemeentecode="GM0344") == ruimte
    zie("/fondsen/ggu/vrije-ruimte?jaar=2018", 403, rol="gemeente")
    for waar in ("/fondsen/ggu/vrije-ruimte?jaar=2019", "/fondsen/geen/vrije-ruimte?jaar=2018", f"/verplichtingen/{GEEN}"):
        zie(waar, 404)
    for waar in (f"/uitgaven/{GEEN}", f"/uitgaven/{uitgave}/betaling", f"/uitgaven/{uitgave}/storno"):
        zie(waar, 404)
    doe("/uitgaven", factuur(GEEN), 409, "onbekende-verplichting")
    doe(f"/uitgaven/{GEEN}/betaling", {"boekdatum": "2018-01-01"}, 404)

"""The end of a year over HTTP: carrying over, closing, and the resultaat back by the key of the bijdragen."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import Any

import psycopg
import pytest
from fonds_api.jaareinde import rules
from fonds_api.jaareinde import service as jaareinde
from fonds_api.omslag.rules import Inwonertal
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.money import allocate
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from tests.fonds.besluiten import BESTUUR, LEDEN, NEGATIEF, gegeven, verwijs
from tests.fonds.besluiten import pad as besluitpad
from tests.fonds.omslagen import BESLUIT, omslag, vast
from tests.fonds.uitvoering_fixtures import *  # noqa: F403
from tests.fonds.uitvoeringen import factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

GEMEENTEN = {"GM0344": 300_000, "GM0363": 800_000, "GM0003": 11_000}


def baten(client: Any, als: Any, boeking: Any, cent: int, jaar: int = 2017) -> None:
    """Contributions come in."""
    post = boeking(("1300", cent), ("8000", -cent), fonds="ggu", boekdatum=f"{jaar}-06-01")
    kop = {**als("fondsbeheerder"), "Idempotency-Key": f"baten-{jaar}-{cent}"}
    assert client.post("/v1/boekingen", json=post, headers=kop).status_code == 201


@pytest.fixture
def jaar2017(client, als, context, boeking, doe) -> Any:
    """A year with contributions of 2.000 euro and an uitgave of 121; the ids of the commitment and of what is open of it."""
    for jaar in (2017, 2018):
        neem_aan(client, context, als, jaar)
    baten(client, als, boeking, 200_000)
    id = doe("/verplichtingen", verplichting((2017, 60_000, 12_600)))["id"]
    doe("/uitgaven", factuur(id, 10_000, 2_100, 2017))
    return id


def saldi(zie: Any, datum: str) -> dict[str, int]:
    rijen = zie(f"/fondsen/ggu/saldibalans?datum={datum}")["rekeningen"]
    return {rij["nummer"]: rij["saldoCent"] for rij in rijen if rij["saldoCent"]}


def test_overhevelen_van_een_verplichting_en_van_vrij_budget(client, als, context, database, jaar2017, doe, zie, vrij):
    basis = {"fonds": "ggu", "jaar": 2017, "reden": "Loopt door (test).", "besluit": verwijs(BESTUUR)}
    door = doe("/overhevelingen", {**basis, "verplichting": jaar2017}, 202)
    post = {"prioriteit": "A1", "budgetsoort": "meerjarig", "bedragCent": 12_345}
    ruim = doe("/overhevelingen", {**basis, **post}, 202)
    assert (door["bedragCent"], door["btwCent"], door["naarJaar"], door["status"]) == (50_000, 10_500, 2018, "aangevraagd")
    assert vrij(jaar=2018) == (0, 0, 100_000), "nothing moves before the decision is known"
    context.jobs.run_waiting(context)
    door = zie(f"/overhevelingen/{door['id']}")
    assert (door["status"], door["probleem"]) == ("vastgesteld", None)
    assert vrij(jaar=2017) == (0, 10_000, 40_000) and vrij(jaar=2018) == (50_000, 0, 100_000)
    assert vrij("btw", 2017, None) == (0, 2_100, 17_400) and vrij("btw", 2018, None) == (10_500, 0, 30_000)
    assert vrij("meerjarig", 2017)[2] == 50_000 - 12_345 and vrij("meerjarig", 2018)[2] == 50_000 + 12_345
    delen = zie(f"/verplichtingen/{jaar2017}")["delen"]
    assert [(d["jaar"], d["openCent"], d["openBtwCent"]) for d in delen] == [(2017, 0, 0), (2018, 50_000, 10_500)]
    assert delen[1]["begroting"] is None
    samen = 60_500 + 12_345
    assert saldi(zie, "2017-12-31")["0510"] == -samen and saldi(zie, "2017-12-31")["4990"] == samen
    later = saldi(zie, "2018-01-01")
    assert "0510" not in later and later["8200"] == -samen
    for naam in ("boeking", "onttrekking"):
        assert zie(zie(door[naam])["bron"]["pad"]) == door
    doe("/uitgaven", factuur(jaar2017, 50_000, 10_500, 2018))
    for anders, soort in (
        ({**post, "bedragCent": 37_656}, "budget-ontoereikend"),
        ({"verplichting": jaar2017}, "deel-reikt-niet"),
        ({**post, "verplichting": jaar2017}, "overheveling-klopt-niet"),
        ({}, "overheveling-klopt-niet"),
        ({"budgetsoort": "meerjarig", "bedragCent": 1}, "overheveling-klopt-niet"),
        ({**post, "jaar": 2019}, "datum-te-ver-vooruit"),
        ({**post, "fonds": "geen"}, "onbekend-fonds"),
        ({"fonds": "derdengelden", "verplichting": jaar2017}, "onbekende-verplichting"),
    ):
        doe("/overhevelingen", {**basis, **anders}, 409, soort)
    mis = doe("/overhevelingen", {**basis, **post, "besluit": verwijs(NEGATIEF)}, 202)
    btw = doe("/overhevelingen", {**basis, "budgetsoort": "btw", "bedragCent": 400}, 202)
    context.jobs.run_waiting(context)
    assert zie(f"/overhevelingen/{mis['id']}")["probleem"]["type"] == "besluit-draagt-niet"
    assert zie(f"/overhevelingen/{mis['id']}/onttrekking", 404)["type"].endswith("/overheveling-niet-gevonden")
    assert zie(f"/overhevelingen/{btw['id']}")["status"] == "vastgesteld" and vrij("btw", 2018, None)[2] == 30_400
    assert zie("/overhevelingen?fonds=ggu&jaar=2017&status=vastgesteld")["count"] == 3 and ruim["status"] == "aangevraagd"
    assert schendingen(database.url) == []


def test_afsluiten_en_het_resultaat_terug_naar_rato_van_de_bijdragen(client, als, context, database, boeking, jaar2017, doe, zie):
    afsluiten = {"fonds": "ggu", "jaar": 2017}
    open_ = doe("/jaarafsluitingen", afsluiten, 409, "verplichtingen-nog-open")
    assert {een["post"] for een in open_["posten"]} == {"A1-structureel", "btw"}
    rest = {"jaar": 2017, "bedragCent": 50_000, "btwCent": 10_500, "reden": "Klaar (test)."}
    doe(f"/verplichtingen/{jaar2017}/vrijvallen", rest)
    doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2018}, 409, "jaar-niet-voorbij")
    baten(client, als, boeking, 7, 2016)
    doe("/jaarafsluitingen", afsluiten, 409, "vorig-jaar-niet-afgesloten")
    doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2016})
    jaar = doe("/jaarafsluitingen", afsluiten)
    assert (jaar["id"], jaar["batenCent"], jaar["lastenCent"], jaar["resultaatCent"]) == ("ggu-2017", 200_000, 12_100, 187_900)
    na = saldi(zie, "2017-12-31")
    assert na["0900"] == -187_907 and not any(nummer.startswith(("4", "8")) for nummer in na)
    assert zie(zie(jaar["boeking"])["bron"]["pad"]) == jaar
    doe("/jaarafsluitingen", afsluiten, 409, "jaar-afgesloten")
    perioden = zie("/fondsen/ggu/perioden")["results"]
    assert [(een["totEnMet"], een["status"]) for een in perioden] == [
        ("2016-12-31", "definitief_gesloten"),
        ("2017-12-31", "definitief_gesloten"),
    ]
    assert [stap["naam"] for stap in perioden[1]["stappen"]] == ["Jaarafsluiting 2017"] * 2
    laat = boeking(("1300", 1), ("8000", -1), fonds="ggu", boekdatum="2017-12-31")
    dicht = client.post("/v1/boekingen", json=laat, headers={**als("fondsbeheerder"), "Idempotency-Key": "laat"}).json()
    assert (dicht["type"], dicht["eersteOpenDag"]) == ("/v1/problemen/periode-gesloten", "2018-01-01")
    for waar, wat in (
        ("/verplichtingen", verplichting((2017, 1, 0))),
        ("/uitgaven", factuur(jaar2017, 1, 0, 2017)),
        (f"/verplichtingen/{jaar2017}/vrijvallen", {**rest, "bedragCent": 1}),
        ("/overhevelingen", {**afsluiten, "reden": "x", "besluit": verwijs(BESTUUR), "budgetsoort": "btw", "bedragCent": 1}),
    ):
        doe(waar, wat, 409, "jaar-afgesloten")
    (uitgave,) = zie("/uitgaven?jaar=2017")["results"]
    doe(f"/uitgaven/{uitgave['id']}/storno", {"boekdatum": "2017-12-31", "reden": "x"}, 409, "jaar-afgesloten")
    doe(f"/uitgaven/{uitgave['id']}/betaling", {"boekdatum": "2018-01-02"})  # paying it changes no budget

    terug = {"uitkerenCent": 100_000, "boekdatum": "2018-01-15", "besluit": verwijs(LEDEN)}
    waar, leden = "/jaarafsluitingen/ggu-2017/bestemming", "ledenvergadering"
    doe(waar, terug, 403)
    doe(waar, {**terug, "uitkerenCent": 187_901}, 409, "uitkering-te-hoog", leden)
    doe(waar, terug, 409, "geen-bijdragen", leden)
    doe("/jaarafsluitingen/ggu-2015/bestemming", terug, 404, "jaarafsluiting-niet-gevonden", leden)
    zie(waar, 404)
    deel_om(context, doe)
    assert doe(waar, {**terug, "besluit": verwijs(BESTUUR)}, 202, rol=leden)["status"] == "aangevraagd"
    assert doe(waar, {**terug, "besluit": verwijs(BESTUUR)}, 200, rol=leden)["status"] == "aangevraagd"
    doe(waar, terug, 409, "bestemming-al-besloten", leden)
    context.jobs.run_waiting(context)
    assert zie(waar)["probleem"]["type"] == "besluit-draagt-niet" and zie("/resultaatuitkeringen")["count"] == 0
    assert doe(waar, terug, 202, rol=leden)["reserveCent"] == 87_900
    context.jobs.run_waiting(context)
    klaar = zie(waar)
    assert (klaar["status"], klaar["probleem"]) == ("vastgesteld", None)
    assert zie(zie(klaar["boeking"])["bron"]["pad"]) == klaar
    assert {r["rekening"]: r["bedragCent"] for r in zie(klaar["boeking"])["regels"]} == {
        "0900": 187_900,
        "1310": -100_000,
        "0500": -87_900,
    }
    gekregen = zie("/resultaatuitkeringen?fonds=ggu&jaar=2017")
    bijdragen = allocate(1_000_001, GEMEENTEN)
    assert {een["gemeentecode"]: een["bedragCent"] for een in gekregen["results"]} == allocate(100_000, bijdragen)
    assert gekregen["totaalCent"] == 100_000
    eigen = zie("/resultaatuitkeringen", rol="gemeente", gemeentecode="GM0344")
    assert [een["gemeentecode"] for een in eigen["results"]] == ["GM0344"] and eigen["totaalCent"] < 100_000
    for pad in ("/jaarafsluitingen", "/jaarafsluitingen/ggu-2017", waar):
        gezien = zie(pad)
        assert zie(pad, rol="gemeente", gemeentecode="GM0344") == zie(pad, rol="accountant") == gezien
        zie(pad, 403, rol="administratie")
    doe(waar, terug, 409, "bestemming-al-besloten", leden)
    assert schendingen(database.url) == []


def deel_om(context: Any, doe: Any) -> None:
    """A round of contributions over 2017, with a levy that does not divide evenly."""
    doe("/omslagen", omslag(2017, bedragCent=1_000_001, indeling="2017-01-01", peildatum="2017-01-01"))
    doe("/omslagen/ggu-2017-1/vaststellingen", BESLUIT, 202, rol="bestuur")
    context.jobs.run_waiting(context)
    doe("/bijdragerondes", {"fonds": "ggu", "jaar": 2017}, 202)
    vast(context, "ggu-2017", [Inwonertal(code, code, aantal, date(2017, 1, 1)) for code, aantal in GEMEENTEN.items()])


def test_een_tekort_komt_uit_de_reserve(client, als, context, database, doe, zie):
    neem_aan(client, context, als, 2017)
    id = doe("/verplichtingen", verplichting((2017, 10_000, 0)))["id"]
    doe("/uitgaven", factuur(id, 10_000, 0, 2017))
    assert doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2017})["resultaatCent"] == -10_000
    bestemming = {"uitkerenCent": 1, "boekdatum": "2018-01-15", "besluit": verwijs(LEDEN)}
    waar, leden = "/jaarafsluitingen/ggu-2017/bestemming", "ledenvergadering"
    doe(waar, bestemming, 409, "uitkering-te-hoog", leden)
    assert doe(waar, {**bestemming, "uitkerenCent": 0}, 202, rol=leden)["reserveCent"] == -10_000
    context.jobs.run_waiting(context)
    assert saldi(zie, "2018-01-15") == {"0500": 10_000, "1600": -10_000}
    leeg = doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2016})
    assert (leeg["resultaatCent"], leeg["boeking"]) == (0, None)
    nihil = "/jaarafsluitingen/ggu-2016/bestemming"
    doe(nihil, bestemming, 409, "uitkering-te-hoog", leden)
    assert doe(nihil, {**bestemming, "uitkerenCent": 0}, 202, rol=leden)["reserveCent"] == 0
    context.jobs.run_waiting(context)
    klaar = zie(nihil)
    assert (klaar["status"], klaar["boeking"], klaar["probleem"]) == ("vastgesteld", None, None)
    jaarrekening = zie("/fondsen/ggu/jaarrekening?jaar=2016")
    assert (jaarrekening["status"], jaarrekening["vaststelling"]["besluit"]) == ("vastgesteld", verwijs(LEDEN))
    doe(nihil, {**bestemming, "uitkerenCent": 0}, 409, "bestemming-al-besloten", leden)
    assert schendingen(database.url) == []


cent = st.integers(-(10**12), 10**12)


@given(st.dictionaries(st.from_regex(r"\A[48][0-9]{3}\Z"), cent, max_size=8))
def test_afsluiten_laat_niets_staan_en_telt_op_tot_nul(saldi_):
    regels = rules.afsluitregels(saldi_.items())
    assert sum(regel.bedrag_cent for regel in regels) == 0 and all(regel.bedrag_cent for regel in regels)
    dicht = {regel.rekening: regel.bedrag_cent for regel in regels if regel.rekening != rules.RESULTAAT}
    assert dicht == {nummer: -bedrag for nummer, bedrag in saldi_.items() if bedrag}


@given(st.integers(1, 10**12), st.data())
def test_bestemming_verdeelt_precies_het_resultaat(resultaat, data):
    uitkeren = data.draw(st.integers(0, resultaat))
    bijdragen = data.draw(st.dictionaries(st.from_regex(r"\AGM[0-9]{4}\Z"), st.integers(1, 10**9), min_size=1, max_size=20))
    reserve = rules.bestemming(resultaat, uitkeren)
    assert uitkeren + reserve == resultaat and reserve >= 0
    assert sum(rules.uitkeringen(uitkeren, bijdragen).values()) == uitkeren
    regels = rules.bestemmingsregels(uitkeren, reserve)
    assert sum(regel.bedrag_cent for regel in regels) == 0 and regels[0].bedrag_cent == resultaat


SLUIT = "INSERT INTO jaarafsluiting VALUES ('ggu', 2017, {baten}, {lasten}, {boeking}, now())"


def test_rol_van_de_dienst_sluit_geen_jaar_met_andere_bedragen_dan_het_grootboek(client, als, boeking, database, doe, zie):
    """What the service does, step by step, with one thing wrong at a time."""
    baten(client, als, boeking, 200_000)
    baten(client, als, boeking, 300)
    regel = "INSERT INTO boekingsregel VALUES ('3f0c9a52-6d1e-4b7a-9c58-00000000000a', {nr}, 'ggu', '{rekening}', {bedrag})"
    entry = (
        "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) VALUES "
        "('3f0c9a52-6d1e-4b7a-9c58-00000000000a', 'ggu', '{dag}', now(), 'x', 'fonds', '{pad}', 2); "
        + regel.format(nr=1, rekening="8000", bedrag="{cent}")
        + "; "
        + regel.format(nr=2, rekening="0900", bedrag="-({cent})")
    )
    dicht = "INSERT INTO periode (fonds, tot_en_met) VALUES ('ggu', '2017-12-31')"
    for versie, naar in ((2, "voorlopig_gesloten"), (3, "definitief_gesloten")):
        dicht += f"; UPDATE periode SET status = '{naar}', versie = {versie}; INSERT INTO periodestap VALUES "
        dicht += f"('ggu', '2017-12-31', {versie}, '{naar}', 'x', NULL, now(), NULL)"
    goed = {"dag": "2017-12-31", "pad": "/v1/jaarafsluitingen/ggu-2017", "cent": 200_300}
    zo = {"baten": 200_300, "lasten": 0, "boeking": "'3f0c9a52-6d1e-4b7a-9c58-00000000000a'"}
    for anders, hoe in (
        ({}, {"baten": 200_299}),
        ({}, {"lasten": 1}),
        ({"cent": 200_299}, {"baten": 200_299}),  # a cent stays on 8000
        ({"cent": 200_299}, {}),
        ({"pad": "/v1/jaarafsluitingen/ggu-2016"}, {}),
        ({"dag": "2017-12-30"}, {}),
        ({}, {"boeking": "NULL"}),
        (None, {"boeking": "NULL"}),
        (None, {"boeking": "NULL", "baten": 0}),
    ):
        with psycopg.connect(database.url) as rol, pytest.raises(errors.IntegrityError):
            if anders is not None:
                rol.execute(entry.format(**{**goed, **anders}).encode())
            rol.execute(dicht.encode())
            rol.execute(SLUIT.format(**{**zo, **hoe}).encode())
            rol.commit()
    for isolatie, weigert in (("REPEATABLE READ", errors.IntegrityError), ("READ COMMITTED", None)):
        with psycopg.connect(database.url) as rol:
            rol.execute(f"SET TRANSACTION ISOLATION LEVEL {isolatie}".encode())
            rol.execute(entry.format(**goed).encode())
            rol.execute(dicht.encode())
            with pytest.raises(weigert) if weigert else nullcontext():
                rol.execute(SLUIT.format(**zo).encode())
            if weigert:
                rol.rollback()
    assert zie("/jaarafsluitingen/ggu-2017")["batenCent"] == 200_300
    fouten = [fout for fout in schendingen(database.url) if "has its document" not in fout]
    assert fouten == [], "only the audit misses it: nobody asked for it"


@pytest.mark.parametrize("te_laat", ["antwoord", "weigering"])
def test_laat_antwoord_over_een_ander_besluit_telt_niet(jaar2017, doe, zie, context, te_laat):
    """Asked for by one decision, refused, and asked for by another, while an earlier run of the first job still goes on."""
    rest = {"jaar": 2017, "bedragCent": 50_000, "btwCent": 10_500, "reden": "Klaar (test)."}
    doe(f"/verplichtingen/{jaar2017}/vrijvallen", rest)
    doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2017})
    nieuw = {"uitkerenCent": 0, "besluit": verwijs(NEGATIEF), "boekdatum": "2018-01-15"}
    doe("/jaarafsluitingen/ggu-2017/bestemming", nieuw, 202, rol="ledenvergadering")
    context.jobs.run_waiting(context)
    doe("/jaarafsluitingen/ggu-2017/bestemming", {**nieuw, "besluit": verwijs(LEDEN)}, 202, rol="ledenvergadering")
    probleem = {"type": "besluit-draagt-niet", "title": "Besluit draagt niet", "detail": "laat"}
    with context.work(Actor()) as work:
        if te_laat == "antwoord":
            jaareinde.vaststellen(work, "ggu", 2017, gegeven(LEDEN, besluitpad(NEGATIEF)))
        else:
            jaareinde.weigeren(work, "ggu", 2017, probleem, besluitpad(NEGATIEF))
    assert zie("/jaarafsluitingen/ggu-2017/bestemming")["status"] == "aangevraagd"
    context.jobs.run_waiting(context)
    assert zie("/jaarafsluitingen/ggu-2017/bestemming")["status"] == "vastgesteld"

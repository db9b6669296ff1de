"""Reports beside commitments, spending, what is carried over, and the end of a year: as the features that keep them say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from gemeengoed_kit.clock import FixedClock

from tests.fonds.besluiten import BESTUUR, LEDEN, verwijs
from tests.fonds.test_jaareinde import baten
from tests.fonds.uitvoering_fixtures import *  # noqa: F403
from tests.fonds.uitvoeringen import factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

REALISATIE = "/fondsen/ggu/realisatie"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2018, 3, 1, 9, tzinfo=UTC))


@pytest.fixture
def op(clock):
    def zet(dag: str) -> None:
        clock.moment = datetime.fromisoformat(f"{dag}T09:00:00+00:00")

    return zet


@pytest.fixture
def post(zie):
    """(verplicht, besteed, vrij) of a post, BTW, or the total, as a report of a day has it."""

    def van(peildatum: str | None = None, jaar: int = 2018, soort: str = "structureel") -> tuple[int, int, int]:
        rijen = zie(f"{REALISATIE}?jaar={jaar}{f'&peildatum={peildatum}' if peildatum else ''}")["regels"]
        (rij,) = [r for r in rijen if (r["prioriteit"] == "A1" and r["budgetsoort"] == soort) or r["soort"] == soort]
        return rij["verplichtCent"], rij["besteedCent"], rij["vrijCent"]

    return van


@pytest.fixture
def gelijk(zie):
    """A report of today has of each post what vrije-ruimte has now."""

    def eis(jaar: int) -> None:
        ruimte = zie(f"/fondsen/ggu/vrije-ruimte?jaar={jaar}")
        rijen = {
            (r["prioriteit"], r["budgetsoort"] or "btw"): r
            for r in zie(f"{REALISATIE}?jaar={jaar}")["regels"]
            if r["soort"] in ("post", "btw")
        }
        for een in ruimte["posten"]:
            rij = rijen[een["prioriteit"], een["budgetsoort"]]
            for wat in ("begrootCent", "overgeheveldCent", "verplichtCent", "besteedCent", "vrijCent"):
                assert rij[wat] == een[wat], (een["prioriteit"], een["budgetsoort"], wat)

    return eis


def test_verplicht_is_wat_het_op_de_peildatum_was(client, als, context, op, doe, post, gelijk):
    neem_aan(client, context, als, 2018)
    assert post("2018-03-01") == (0, 0, 100_000)
    id = doe("/verplichtingen", verplichting((2018, 60_000, 12_600)))["id"]
    gelijk(2018)
    op("2018-05-02")
    doe(f"/verplichtingen/{id}/vrijvallen", {"jaar": 2018, "bedragCent": 5_000, "btwCent": 0, "reden": "Minder (test)."})
    uitgave = doe("/uitgaven", factuur(id, 10_000, 2_100, 2018, boekdatum="2018-04-20", factuurdatum="2018-04-01"))["id"]
    gelijk(2018)
    op("2018-07-01")
    doe(f"/uitgaven/{uitgave}/storno", {"boekdatum": "2018-06-30", "reden": "Verkeerde post (test)."})
    gelijk(2018)
    for dag, *stand in (
        ("2018-02-28", 0, 0),
        ("2018-03-01", 60_000, 0),
        ("2018-04-19", 60_000, 0),
        ("2018-04-20", 50_000, 10_000),
        ("2018-05-01", 50_000, 10_000),
        ("2018-05-02", 45_000, 10_000),
        ("2018-06-29", 45_000, 10_000),
        ("2018-06-30", 55_000, 0),
    ):
        verplicht, besteed = stand
        begroot = 100_000
        assert post(dag) == (verplicht, besteed, begroot - verplicht - besteed), dag
    assert post("2018-04-20", soort="btw") == (10_500, 2_100, 30_000 - 12_600)
    doe(
        "/verplichtingen",
        verplichting((2018, 1_000, 0), voorziening={"bron": "catalogus", "pad": "/v1/voorzieningen/gibit"}),
        202,
    )
    assert post()[0] == 56_000, "it is reserved while catalogus is asked"
    context.jobs.run_waiting(context)
    assert post()[0] == 55_000, "what was refused never counts"
    gelijk(2018)


def test_jaareinde_in_verslag_en_jaarrekening(client, als, context, database, boeking, op, doe, zie, post, gelijk):
    op("2018-01-15")
    for jaar in (2017, 2018):
        neem_aan(client, context, als, jaar)
    baten(client, als, boeking, 200_000)
    id = doe("/verplichtingen", verplichting((2017, 60_000, 12_600)))["id"]
    doe("/uitgaven", factuur(id, 10_000, 2_100, 2017))
    basis = {"fonds": "ggu", "jaar": 2017, "reden": "Loopt door (test).", "besluit": verwijs(BESTUUR)}
    doe("/overhevelingen", {**basis, "verplichting": id}, 202)
    doe("/overhevelingen", {**basis, "prioriteit": "A1", "budgetsoort": "meerjarig", "bedragCent": 12_345}, 202)
    context.jobs.run_waiting(context)
    gelijk(2017), gelijk(2018)
    samen = 50_000 + 10_500 + 12_345
    totaal = 200_000  # begroot with BTW
    assert post(jaar=2017, soort="totaal") == (0, 12_100 + samen, totaal - 12_100 - samen), (
        "what went to the reserves is no overspending"
    )
    assert post(jaar=2018, soort="totaal") == (60_500, 0, totaal + samen - 60_500)
    assert post(jaar=2017, soort="overig") == (0, samen, 0)
    herkomst = {rij["omschrijving"]: rij for rij in zie(f"{REALISATIE}?jaar=2018")["herkomst"]}
    onttrekking = herkomst["Onttrekking aan reserves"]
    assert (onttrekking["begrootCent"], onttrekking["ontvangenCent"], onttrekking["verschilCent"]) == (samen, samen, 0)
    assert herkomst["Derde geldstromen"]["begrootCent"] == totaal
    herkomst = {rij["omschrijving"]: rij["ontvangenCent"] for rij in zie(f"{REALISATIE}?jaar=2017")["herkomst"]}
    assert herkomst["Bijdragen gemeenten"] == 200_000
    op_de_dag = zie(f"{REALISATIE}?jaar=2017&peildatum=2017-12-30")["regels"][-1]
    assert (op_de_dag["overgeheveldCent"], op_de_dag["besteedCent"]) == (0, 12_100)

    jaarrekening = "/fondsen/ggu/jaarrekening?jaar=2017"
    concept = zie(jaarrekening)
    assert (concept["status"], concept["bestemming"]) == ("concept", None)
    resultaat = 200_000 - 12_100 - samen
    assert concept["resultaatCent"] == resultaat
    doe("/jaarafsluitingen", {"fonds": "ggu", "jaar": 2017})
    dicht = zie(jaarrekening)
    assert {naam for naam in dicht if dicht[naam] != concept[naam]} == {"balans", "aantalBoekingen"}
    assert zie(f"{REALISATIE}?jaar=2017")["resultaatCent"] == resultaat
    waar, terug = "/jaarafsluitingen/ggu-2017/bestemming", {"uitkerenCent": 0, "boekdatum": "2018-01-15"}
    besluit = verwijs(LEDEN)
    doe(waar, {**terug, "besluit": besluit}, 202, rol="ledenvergadering")
    assert zie(jaarrekening)["bestemming"]["status"] == "aangevraagd" and zie(jaarrekening)["status"] == "concept"
    context.jobs.run_waiting(context)
    vast = zie(jaarrekening)
    bron = zie(waar)
    assert vast["status"] == "vastgesteld" and vast["vaststelling"] == {
        "besluit": besluit,
        "vastgesteldOp": bron["vastgesteldOp"],
    }
    verwacht = {wat: bron[wat] for wat in ("status", "uitkerenCent", "reserveCent", "besluit", "boeking")}
    assert vast["bestemming"] == {"pad": f"/v1{waar}", **verwacht}
    assert vast["bestemming"]["reserveCent"] == resultaat
    eigen = zie(jaarrekening, rol="gemeente", gemeentecode="GM0344")
    assert eigen == vast
    pagina = client.get("/v1/fondsen/ggu/jaarrekening.html?jaar=2017", headers=als("bestuur")).text
    assert "Naar de reserve" in pagina and besluit["pad"] in pagina and "Concept." not in pagina
    assert schendingen(database.url) == []

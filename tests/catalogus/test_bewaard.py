"""Answers that are kept: always what would be answered anew, to whoever asks, in whatever process, whatever changes meanwhile."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.kept import Keeps
from gemeengoed_kit.process import make_context
from gemeengoed_kit.testing import TokenIssuer, make_client
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from tests.catalogus.conftest import NU, PEER
from tests.catalogus.deelnames import Bellers
from tests.contract.test_lijst_kost import geteld

PADEN = (
    "/v1/voorzieningen?pageSize=40",
    "/v1/voorzieningen?domein=generiek&sorteer=-naam&fields=naam,omschrijving",
    "/v1/voorzieningen?zoek=proef",
    "/v1/voorzieningen?publicatiestatus=concept",
    "/v1/voorzieningen/facetten",
    "/v1/voorzieningen/facetten?zoek=telefoon",
    "/v1/voorzieningen/govroam/dekking",
    "/v1/dekking",
    "/v1/dekking?per=provincie&op=2026-07-01",
    "/v1/dekking/voorzieningen?pageSize=40",
    "/v1/collectiviseringsgraad",
)
PROEF = {"soort": "app", "domein": "generiek", "omschrijving": "Een proef", "bronvermelding": "Verzonnen (test)"}
GEMEENTEN = ("GM0344", "GM0363", "GM0505", "GM0307", "GM0313", "GM0034", "GM0050")
VERBAND = {"code": "proef-verband", "naam": "Proefverband", "vanaf": "2025-01-01", "leden": list(GEMEENTEN[:2])}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NU.now())


@pytest.fixture
def proces(service, settings, clock, issuer: TokenIssuer) -> Iterator[Callable[[int], TestClient]]:
    """Makes another process of the service, which keeps so many MiB of answers."""
    gemaakt = []

    def maak(kept_mib: int) -> TestClient:
        zo = settings.model_copy(update={"kept_mib": kept_mib, "wait_seconds": 30.0})
        gemaakt.append(make_context(service, zo, clock=clock, authenticate=issuer.verifier().caller))
        return make_client(service, gemaakt[-1])

    yield maak
    for context in gemaakt:
        context.close()


@pytest.fixture
def bellers(client, issuer) -> Bellers:
    gemaakt = Bellers(client, issuer)
    for code in ("govroam", "gibit"):
        gemaakt.voorwaarden(code)
    return gemaakt


@contextmanager
def gelezen() -> Iterator[list[tuple[str, Any]]]:
    """The statements of this process, with their values."""
    gedaan: list[tuple[str, Any]] = []

    def noteer(connection, cursor, statement, parameters, context, executemany) -> None:
        gedaan.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", noteer)
    try:
        yield gedaan
    finally:
        event.remove(Engine, "before_cursor_execute", noteer)


def koppen(bellers: Bellers) -> dict[str, dict[str, str]]:
    """Callers, each of whom sees something else."""
    return {
        "niemand": {},
        "beheer": bellers.beheer,
        "gemeente": bellers.gemeente(GEMEENTEN[0]),
        "verband": bellers.als("samenwerkingsverband", samenwerkingsverband="proef-verband"),
        "leverancier": bellers.als("leverancier", namens="00000099000000000004", gemeentecode=GEMEENTEN[1]),
        "college": bellers.als("college"),
    }


def test_wat_er_gelezen_wordt_geeft_bij_elke_wijziging_een_ander_merk(service, bellers, database):
    """Of every route that keeps answers: PostgreSQL says which tables its statements read; each has a trigger for its part."""
    bewarend = {route.path: route.endpoint.keeps for route in service.api.routes if hasattr(route.endpoint, "keeps")}
    assert {pad.partition("?")[0].replace("govroam", "{code}") for pad in PADEN} == {f"/v1{pad}" for pad in bewarend}
    with psycopg.connect(database.owner_url) as eigenaar:
        delen: dict[str, set[str]] = {}
        for tabel, argumenten in eigenaar.execute(
            "SELECT tgrelid::regclass::text, tgargs FROM pg_trigger WHERE tgname = 'stand_wacht'"
        ):
            delen[tabel] = set(argumenten.decode().rstrip("\0").split("\0"))
        gezien = set()
        for kop in koppen(bellers).values():
            for pad in PADEN:
                with gelezen() as gedaan:
                    bellers.zie(pad, kop)
                route = pad.removeprefix("/v1").partition("?")[0].replace("govroam", "{code}")
                for opdracht, waarden in gedaan:
                    ((plan,),) = eigenaar.execute(f"EXPLAIN (FORMAT JSON) {opdracht}".encode(), waarden).fetchall()
                    for tabel in _tabellen(plan) - {"stand"}:
                        assert bewarend[route].over in delen.get(tabel, ()), (pad, tabel)
                        gezien.add(tabel)
    assert gezien >= delen.keys() - {"zoekwoord", "samenwerkingsverband"}, "a mark that changes for nothing"


def _tabellen(plan: Any) -> set[str]:
    if isinstance(plan, list):
        return set().union(*map(_tabellen, plan))
    if not isinstance(plan, dict):
        return set()
    return {plan[naam] for naam in ("Relation Name",) if naam in plan}.union(*map(_tabellen, plan.values()))


def test_bewaard_is_gelijk_aan_opnieuw_na_elke_wijziging_voor_iedereen(bellers, proces, database):
    """Two processes that keep answers and one that does not; all are asked at random, by all kinds of callers."""
    kies, deelnames = random.Random(12), list[str]()
    bewarend, opnieuw = [bellers.client, proces(1)], proces(0)
    bellers.doe("POST", "/v1/samenwerkingsverbanden", 201, json=VERBAND)
    callers = koppen(bellers)

    def nieuw() -> None:
        code = f"proef-{kies.randrange(10**9)}"
        status = kies.choice(["concept", "gepubliceerd"])
        inhoud = {**PROEF, "code": code, "naam": f"Proef {code}", "publicatiestatus": status}
        bellers.doe("POST", "/v1/voorzieningen", 201, json=inhoud)

    def anders() -> None:
        wat = {"naam": f"Govroam {kies.randrange(10**9)}", "domein": kies.choice(["generiek", "fysiek domein"])}
        bellers.doe("PATCH", "/v1/voorzieningen/govroam", 200, {**bellers.beheer, "If-Match": "*"}, json=wat)

    def erbij() -> None:
        paren = [(code, gemeente) for code in ("govroam", "gibit") for gemeente in GEMEENTEN]
        voorziening, gemeente = kies.choice(paren)
        if not bellers.zie(f"/v1/deelnames?voorziening={voorziening}&gemeentecode={gemeente}")["count"]:
            zicht = kies.choice(["deelnemers", "gemeenten", "iedereen"])
            deelnames.append(bellers.neemt_deel(gemeente, voorziening, zichtbaarheid=zicht))

    def zicht() -> None:
        if deelnames:
            zo = {"zichtbaarheid": kies.choice(["deelnemers", "gemeenten", "iedereen"])}
            bellers.doe("PATCH", f"/v1/deelnames/{kies.choice(deelnames)}", 200, {**bellers.beheer, "If-Match": "*"}, json=zo)

    def weg() -> None:
        if deelnames:
            bellers.stap(deelnames.pop(kies.randrange(len(deelnames))), "beëindigd", einddatum="2026-04-30")

    def met_sql() -> None:
        opdracht = kies.choice(
            (
                "UPDATE lidmaatschap SET gemeentecode = 'GM0505' WHERE gemeentecode = 'GM0344'",
                "UPDATE inwonertal SET aantal = aantal + 1",
                "INSERT INTO identificatie (gemeentecode, soort, waarde, bron, datum, vastgelegd_op) "
                "VALUES ('GM0344', 'oin', '00000099000000000077', 'x', '2026-01-01', now()) ON CONFLICT DO NOTHING",
            )
        )
        with psycopg.connect(database.owner_url) as eigenaar:
            eigenaar.execute(opdracht.encode())

    for wijziging in [nieuw, anders, erbij, erbij, zicht, weg, met_sql] * 4:
        wijziging()
        for pad in kies.sample(PADEN, 3):
            for wie in kies.sample(sorted(callers), 2):
                antwoorden = [client.get(pad, headers=callers[wie]) for client in (*bewarend, kies.choice(bewarend), opnieuw)]
                assert {antwoord.status_code for antwoord in antwoorden} == {200}
                assert {antwoord.content for antwoord in antwoorden} == {antwoorden[-1].content}, (pad, wie)
                assert len({antwoord.headers.get("link") for antwoord in antwoorden}) == 1
    assert bellers.zie("/v1/deelnames")["count"] >= 3


def test_wie_net_heeft_geschreven_of_al_iets_zag_ziet_nergens_iets_ouders(service, context, proces, issuer):
    """Writers and readers at once, over two processes: what a caller sees only goes forward."""
    clients = [make_client(service, context), proces(1)]
    beheer = issuer.headers(PEER, "catalogusbeheer", exp=2**31)
    pad = "/v1/voorzieningen?zoek=govroam&fields=code,bronvermelding"

    def gezien(client: TestClient) -> int:
        (rij,) = [een for een in client.get(pad).json()["results"] if een["code"] == "govroam"]
        return int(rij["bronvermelding"].removeprefix("Proef "))

    def schrijf(nummer: int) -> None:
        wat = {"bronvermelding": f"Proef {nummer}"}
        antwoord = clients[nummer % 2].patch("/v1/voorzieningen/govroam", json=wat, headers={**beheer, "If-Match": "*"})
        assert antwoord.status_code == 200

    def schrijver() -> None:
        for nummer in range(1, 15):
            schrijf(nummer)
            assert {gezien(client) for client in clients} == {nummer}

    def lezer(eigen: int) -> int:
        laatst = keren = 0
        while not klaar:
            nu = gezien(clients[(eigen + keren) % 2])
            assert nu >= laatst
            laatst, keren = nu, keren + 1
        return keren

    klaar = list[bool]()
    schrijf(0)
    with ThreadPoolExecutor(5) as threads:
        lezend = [threads.submit(lezer, eigen) for eigen in range(4)]
        try:
            schrijver()
        finally:
            klaar.append(True)
        assert all(een.result() for een in lezend)


def test_wat_bewaard_is_kost_een_opdracht_en_wat_van_meer_afhangt_wordt_niet_bewaard(bellers, clock):
    def opdrachten(pad: str, kop: dict[str, str] | None = None) -> int:
        with geteld() as gedaan:
            bellers.zie(pad, {} if kop is None else kop)
        return len(gedaan)

    for pad in PADEN:
        assert opdrachten(pad) > 1
        assert opdrachten(pad) == 1, pad
    assert opdrachten(PADEN[0], bellers.beheer) > 1, "who sees more, gets an answer of its own"
    assert opdrachten(PADEN[0], bellers.als("college")) == 1, "who sees the same, the same"
    assert opdrachten("/v1/dekking", bellers.als("college")) > 1
    uitgebreid = "/v1/voorzieningen?expand=mijlpalen"
    assert opdrachten(uitgebreid) == opdrachten(uitgebreid) > 1
    clock.moment += timedelta(days=1)
    assert bellers.zie("/v1/dekking", {})["op"] == "2026-01-16"
    assert bellers.client.get("/v1/voorzieningen/bestaat-niet/dekking").status_code == 404
    bellers.doe(
        "POST",
        "/v1/voorzieningen",
        201,
        json={**PROEF, "code": "bestaat-niet", "naam": "Toch", "publicatiestatus": "gepubliceerd"},
    )
    assert opdrachten("/v1/voorzieningen/bestaat-niet/dekking") > 1


def test_het_merk_wisselt_met_elke_transactie_die_iets_wijzigt_en_met_geen_andere(database):
    def merken() -> dict[str, Any]:
        return dict(lezer.execute("SELECT over, merk FROM stand").fetchall())

    anders = "UPDATE voorziening SET naam = naam || '!' WHERE code = 'gibit'"
    with psycopg.connect(database.url, autocommit=True) as lezer, psycopg.connect(database.url, autocommit=True) as dienst:
        eerst = merken()
        with pytest.raises(ZeroDivisionError), dienst.transaction():
            dienst.execute(anders)
            raise ZeroDivisionError
        assert merken() == eerst
        with dienst.transaction():
            dienst.execute(anders)
            with dienst.transaction() as punt:
                dienst.execute(anders)
                raise psycopg.Rollback(punt)
            assert merken() == eerst, "nobody sees it before its end"
        daarna = merken()
        assert all(daarna[over] != eerst[over] for over in ("voorziening", "dekking"))
        dienst.execute("INSERT INTO samenwerkingsverband VALUES ('proef', 'Proef', now())")
        nu = merken()
        assert nu["voorziening"] == daarna["voorziening"] and nu["dekking"] != daarna["dekking"]
        with psycopg.connect(database.owner_url) as eigenaar:
            eigenaar.execute("SELECT tel_dekking_opnieuw()")
        assert merken()["dekking"] != nu["dekking"]
        for opdracht in (
            "UPDATE stand SET merk = gen_random_uuid()",
            "DELETE FROM stand",
            "INSERT INTO stand_wacht (over) VALUES ('dekking')",
            "DELETE FROM stand_wacht",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                dienst.execute(opdracht.encode())
        with psycopg.connect(database.owner_url) as eigenaar:
            assert eigenaar.execute("SELECT count(*) FROM stand_wacht").fetchone() == (0,)


def test_het_merk_en_wat_ermee_bewaard_wordt_zijn_van_een_momentopname(context, database):
    """Also on a connection on which the mark was asked for by itself, which no transaction does."""
    over = Keeps("dekking")
    for _ in range(3):
        assert over.now(context.reading) == over.now(context.reading)
    with context.readers() as sessie, psycopg.connect(database.url, autocommit=True) as dienst:
        verbinding = sessie.connection()
        eerst = over.seen(verbinding)
        zo = [
            verbinding.exec_driver_sql(f"SHOW {wat}").scalar_one() for wat in ("transaction_isolation", "transaction_read_only")
        ]
        assert zo == ["repeatable read", "on"]
        dienst.execute("INSERT INTO samenwerkingsverband VALUES ('proef', 'Proef', now())")
        assert over.now(context.reading) != eerst == over.seen(verbinding)
        assert not verbinding.exec_driver_sql("SELECT FROM samenwerkingsverband WHERE code = 'proef'").all()

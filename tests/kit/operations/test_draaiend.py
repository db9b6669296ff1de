"""A service with two processes of each kind, looked at from outside: what dies comes back, what happens is counted and logged."""

from __future__ import annotations

import itertools
import signal
import uuid

import psycopg
import pytest
from gemeengoed_kit.operation.catalogue import CATALOGUE
from sqlalchemy import text

from tests.kit.operations.proces import METRICS_TOKEN, load, until

pytestmark = pytest.mark.xdist_group("dienst")
MUNTER = "00000099000000000002"
NAMEN = itertools.count(1)


@pytest.fixture
def munter(made) -> dict[str, str]:
    return made[1].headers(MUNTER, "munter")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_proces_dat_eindigt_wordt_vervangen_en_aanvragen_gaan_door(draait, number):
    for victim in draait.serve.children():
        victim.send_signal(number)
        victim.wait(30)
        assert draait.get("/v1/munten").status_code == 200
        until(lambda victim=victim: len(set(draait.serve.children()) - {victim}) == 2, what="two processes")


def test_proces_dat_onder_last_moet_eindigen_verliest_geen_aanvraag(draait):
    with load(draait, again=True) as seen:
        for victim in draait.serve.children():
            victim.send_signal(signal.SIGTERM)
            victim.wait(30)
            before = len(seen.answers)
            until(lambda before=before: len(seen.answers) > before + 50, what="answers")
            until(lambda: len(draait.serve.children()) == 2, what="two processes")
    assert seen.lost == [] and set(seen.answers) == {200} and seen.told_to_leave >= 1


def test_gedode_werkers_worden_gezien_en_vervangen(draait):
    until(lambda: draait.work.total("service_workers_alive") == 2, what="two workers")
    before = {child.pid for child in draait.work.children()}
    for child in draait.work.children():
        child.kill()
    until(lambda: len({child.pid for child in draait.work.children()} - before) == 2, what="two others")
    said = [line for line in draait.work.lines(level="ERROR", logger="gemeengoed.supervise") if "(-9)" in line["message"]]
    assert {line["message"].split(" ended")[0] for line in said} == {"work 1", "work 2"}
    until(lambda: draait.work.total("service_workers_alive") == 2, what="the dead are counted out")


def test_zonder_werkers_zegt_de_dienst_het(draait, made):
    """Jobs that wait are seen at the API's own listener, where nobody works."""
    context, _ = made
    draait.work.kill()
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="wacht")
    until(lambda: draait.serve.total("service_workers_alive") == 0, what="no worker lives")
    until(lambda: draait.serve.total("service_job_oldest_seconds") > 1, what="the job gets old")
    assert draait.serve.total("service_jobs", status="todo") == 1 and draait.serve.ready()
    draait.start()
    until(lambda: draait.serve.total("service_jobs") == 0, what="the job is done")
    until(lambda: draait.serve.total("service_job_oldest_seconds") == 0, what="and counts no more")


def test_database_die_weg_is_wordt_gezegd_en_komt_terug(draait, server):
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("ALTER ROLE proef_api NOLOGIN")
        try:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'proef_api'")
            for proces in (draait.serve, draait.work):
                until(lambda proces=proces: proces.failing() == {"database"}, what="database is away")
                assert proces.beside("/live").text == "ok\n"
                until(lambda proces=proces: proces.total("service_up", part="database") == 0, what="the metric says so")
            until(lambda: draait.get("/v1/health").status_code == 503, what="health says so")
        finally:
            admin.execute("ALTER ROLE proef_api LOGIN")
    for proces in (draait.serve, draait.work):
        until(proces.ready, what="ready again")
    until(lambda: {draait.get("/v1/health").status_code for _ in range(20)} == {200}, what="both processes are healthy")


@pytest.mark.parametrize(("token", "status"), [(METRICS_TOKEN, 200), ("een-ander-token-dan", 401), (None, 401)])
def test_getallen_vragen_hun_token(draait, token, status):
    assert draait.serve.beside("/metrics", token).status_code == status


def test_elke_aanvraag_telt_een_keer_met_haar_route(draait, munter):
    calls = {
        ("/v1/munten", "GET", "200"): 7,
        ("/v1/munten", "HEAD", "200"): 2,
        ("/v1/munten", "POST", "201"): 3,
        ("/v1/munten", "POST", "401"): 2,
        ("/v1/munten", "DELETE", "405"): 1,
        ("/v1/munten/{naam}", "GET", "500"): 4,
        ("/v1/health", "GET", "200"): 2,
        ("other", "GET", "404"): 5,
    }

    def counted() -> tuple[dict[tuple[str, str, str], float], float, float]:
        """By route, method and status; all of them; all in the histogram."""
        found = [(labels, value) for name, labels, value in draait.serve.metrics() if name == "service_requests_total"]
        by = {key: sum(value for labels, value in found if key == _key(labels)) for key in calls}
        return by, sum(value for _, value in found), draait.serve.total("service_request_seconds_count")

    before, all_before, _ = counted()
    for (route, method, status), number in calls.items():
        for _ in range(number):
            path = {"other": "/v1/geheim-pad"}.get(route, route).replace("{naam}", "geheime-munt")
            body = {"json": {"naam": f"munt{next(NAMEN)}", "waardeCent": 5}} if method == "POST" else {}
            headers = {} if status == "401" else munter
            assert draait.get(path, method, headers=headers, **body).status_code == int(status), (route, method)
    after, all_after, observed = counted()
    assert {key: after[key] - before[key] for key in calls} == calls
    assert all_after - all_before == sum(calls.values()) and observed == all_after


def _key(labels: dict[str, str]) -> tuple[str, str, str]:
    return labels["route"], labels["method"], labels["status"]


def test_getallen_zijn_die_van_de_catalogus_en_noemen_geen_pad(draait):
    draait.get("/v1/munten/geheime-munt")
    known = {**CATALOGUE.counters, **CATALOGUE.histograms, **CATALOGUE.process_gauges, **CATALOGUE.state_gauges}
    allowed = {label for metric in known.values() for label in metric.labels} | {"service", "process", "le"}
    for proces, name in ((draait.serve, "serve"), (draait.work, "work")):
        samples = proces.metrics()
        assert {labels["service"] for _, labels, _ in samples} == {"proef"}
        assert {labels["process"] for found, labels, _ in samples if found == "service_process_open_files"} == {
            f"{name}-1",
            f"{name}-2",
        }
        for _, labels, _ in samples:
            assert labels.keys() <= allowed and not any("geheim" in value for value in labels.values())
        assert proces.total("service_pool_size") > 0
        # Nothing is said of the schema as long as the database takes more than three seconds to answer, on a slow machine too.
        until(lambda proces=proces: proces.total("service_up", part="schema") == 1, what="the schema is up")


def test_bericht_dat_niet_aankomt_telt_met_zijn_leeftijd(draait, munter, made):
    """Nobody is behind the Outway of these tests."""
    assert draait.get("/v1/munten", "POST", headers=munter, json={"naam": "blijft", "waardeCent": 5}).status_code == 201
    with made[0].readers() as session:
        due = session.scalar(text("SELECT count(*) FROM outbox WHERE verzonden_op IS NULL AND geweigerd_op IS NULL"))
    assert due >= 1
    until(lambda: draait.serve.total("service_outbox_due") == due, what="all messages that wait")
    until(lambda: draait.serve.total("service_outbox_oldest_seconds") > 0.5, what="it gets older")
    assert draait.serve.total("service_outbox_refused") == 0


def test_weigering_is_een_regel_met_transactie_en_aanroeper(draait, made):
    headers = made[1].headers(MUNTER, "kijker")
    body = {"naam": "geheime-munt", "waardeCent": 5}
    assert draait.get("/v1/munten?geheim=1", "POST", headers=headers, json=body).status_code == 403
    sent = headers["Fsc-Transaction-Id"]
    (line,) = until(lambda: draait.serve.lines(transactionId=sent), what="line")
    wanted = {"service": "proef", "level": "INFO", "peer": MUNTER, "status": 403, "method": "POST", "route": "/v1/munten"}
    assert wanted.items() <= line.items() and line["process"] in ("serve-1", "serve-2")
    assert "geheim" not in draait.serve.log.read_text() and headers["Fsc-Authorization"] not in draait.serve.log.read_text()


def test_transactie_die_geen_is_komt_niet_in_het_log(draait):
    said = f"regel {uuid.uuid4()}"
    draait.get("/v1/niets", headers={"Fsc-Transaction-Id": said})
    until(lambda: draait.serve.lines(status=404, route="other"), what="line")
    assert said not in draait.serve.log.read_text()


def test_mislukte_poging_is_een_regel_en_een_getal(draait, made):
    context, _ = made
    tries = {"name": "service_job_tries_total", "task": "noteer"}
    failed, done = draait.work.total(**tries, outcome="failed"), draait.work.total(**tries, outcome="done")
    with context.sessions.begin() as session:
        context.jobs.defer(session, "noteer", naam="kapot")
        context.jobs.defer(session, "noteer", naam="heel")
    until(lambda: draait.work.total(**tries, outcome="done") == done + 1, what="the other is done")
    until(lambda: draait.work.total(**tries, outcome="failed") == failed + 1, what="the try is counted")
    (line,) = draait.work.lines(task="noteer", attempt=1)
    assert (line["level"], line["arguments"], line["error"]) == ("WARNING", {"naam": "kapot"}, "RuntimeError: kapot")
    assert isinstance(line["jobId"], int)

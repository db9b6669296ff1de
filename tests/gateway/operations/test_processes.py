"""Several processes: a dead one costs no call, none is left behind, and they know the same."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import psycopg
import pytest

from tests.gateway.lab import TOKEN, until
from tests.gateway.operations.duo import START, Duo

pytestmark = pytest.mark.xdist_group("duo")


@contextmanager
def calling(duo: Duo) -> Iterator[list[int]]:
    """Calls one after the other in two clients until the block ends; the list gets every status."""
    statuses: list[int] = []
    stop = threading.Event()

    def client() -> None:
        options = {"trust_env": False, "timeout": 20, "headers": {"Fsc-Grant-Hash": "echo"}}
        with httpx.Client(base_url=duo.lab.outway("afnemer"), **options) as http:
            while not stop.is_set():
                statuses.append(http.get("/").status_code)

    threads = [threading.Thread(target=client) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_decision_process_that_ends_costs_no_call_and_comes_back(duo: Duo, number) -> None:
    first, second = duo.children("decide")
    with calling(duo) as statuses:
        for victim in (first, second):
            before = len(statuses)
            until(lambda before=before: len(statuses) > before + 20, what="calls")
            victim.send_signal(number)
            victim.wait(20)
            before = len(statuses)
            until(lambda before=before: len(statuses) > before + 20, what="calls")
            until(lambda: len(duo.children("decide")) == 2, what="process is started again")
            until(lambda: duo.total("gateway_snapshot_peers") == 4, what="both know the peers")
    assert set(statuses) == {200}


def test_control_process_that_is_killed_costs_at_most_the_request_it_was_at(duo: Duo) -> None:
    failed = 0
    duo.children("control")[0].kill()
    for _ in range(20):
        try:
            failed += duo.beside("/v1/peers", TOKEN).status_code != 200
        except httpx.TransportError:
            failed += 1
    assert failed <= 1
    contract = duo.lab.connect(duo.consumer, duo.provider, "echo", "na-control")
    assert contract["contentHash"] and until(lambda: duo.call("na-control").status_code == 200)
    until(lambda: len(duo.children("control")) == 2, what="process is started again")


def test_revoked_contract_stops_calls_at_every_decision_process_within_a_second(duo: Duo) -> None:
    contract = duo.lab.connect(duo.consumer, duo.provider, "echo", "kort")
    until(lambda: duo.call("kort").status_code == 200, what="contract works")
    duo.lab.post(f"/peers/{duo.provider}/contracts/{contract['contentHash']}/revoke", expect=200)
    revoked, last_passed = time.monotonic(), 0.0
    while time.monotonic() < revoked + 1.5:
        if duo.call("kort").status_code == 200:
            last_passed = time.monotonic() - revoked
    assert last_passed < 1


def test_nothing_is_left_when_the_supervisor_is_killed(duo: Duo) -> None:
    children = duo.children("decide")
    duo.lab.end("decide", signal.SIGKILL)
    _, alive = psutil.wait_procs(children, 5)
    assert alive == []
    assert duo.call().headers["Fsc-Error-Code"] == "TRANSACTION_LOG_WRITE_ERROR"
    duo.lab.spawn("decide")
    until(duo.works, seconds=START, what="calls pass again")


def test_processes_wait_for_a_database_that_is_not_there_yet(duo: Duo, server) -> None:
    for command in ("control", "decide"):
        duo.lab.end(command)
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("ALTER ROLE gateway_api NOLOGIN")
        try:
            for command in ("decide", "control"):
                duo.lab.spawn(command)
            wrong = until(lambda: parts_that_fail(duo), seconds=START, what="management API answers")
            assert {"database", "decide", "transactielog"} == wrong
            assert duo.total("gateway_up", part="database") == 0 and duo.beside("/live").text == "ok\n"
            assert duo.call().headers["Fsc-Error-Code"] == "TRANSACTION_LOG_WRITE_ERROR"
        finally:
            admin.execute("ALTER ROLE gateway_api LOGIN")
    until(duo.works, seconds=START, what="calls pass")
    until(lambda: duo.health().status_code == 200, what="healthy")


def parts_that_fail(duo: Duo) -> set[str] | None:
    try:
        answer = duo.health()
    except httpx.TransportError:
        return None
    return {part["naam"] for part in answer.json().get("onderdelen", []) if not part["werkt"]}


def test_second_machine_on_the_same_database_is_heard_at_once_and_has_its_own_configuration(duo: Duo) -> None:
    run, beheer = duo.lab.folder / "run2", f"{duo.lab.address}:9081"
    environment = {**duo.lab.environment, "GATEWAY_RUN_DIR": str(run), "GATEWAY_BEHEER_LISTEN": beheer}
    with (duo.lab.folder / "control2.log").open("ab") as log:
        second = subprocess.Popen([sys.executable, "-m", "gateway", "control"], env=environment, stdout=log, stderr=log)
    try:
        until((run / "nginx" / "nginx.conf").exists, seconds=START, what="configuration of the second machine")
        http = httpx.Client(base_url=f"http://{beheer}/v1", headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
        contract = duo.lab.offer(duo.consumer, duo.lab.connection(duo.consumer, duo.provider, "echo"), aliases=("tweede",))
        path = f"/peers/{duo.provider}/contracts/{contract['contentHash']}"
        until(lambda: http.get(path).status_code == 200, what="contract has arrived")
        assert http.post(f"{path}/accept").status_code == 200
        until(lambda: duo.call("tweede").status_code == 200, seconds=3, what="calls pass on the first machine")
    finally:
        second.terminate()
        second.wait(20)


def test_open_files_stay_bounded(duo: Duo) -> None:
    for _ in range(20):
        duo.call()
    before = duo.total("gateway_process_open_files")
    for _ in range(200):
        duo.call()
    assert duo.total("gateway_process_open_files") <= before + 20


SILENT = """
import os, sys, time
from pathlib import Path
from gemeengoed_kit.supervise import supervise

def work(number, beat):
    with open(sys.argv[1] + "/pids", "a") as file:
        print(os.getpid(), file=file)
    while True:
        time.sleep(1)

supervise("stil", 1, Path(sys.argv[1]), work, silent_seconds=1)
"""


def test_process_that_does_not_react_is_replaced(tmp_path) -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", SILENT, str(tmp_path)], stderr=subprocess.DEVNULL)
    try:
        pids = tmp_path / "pids"
        until(lambda: pids.exists() and len(set(pids.read_text().split())) >= 2, seconds=START, what="a second process")
    finally:
        supervisor.kill()
        supervisor.wait()

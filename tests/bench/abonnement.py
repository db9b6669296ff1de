"""`make bench-abonnement`: the billing round in one run on this machine. First the whole suite as `make start` runs it, with the
342 gemeenten of 2025: a preview against 2024, the round, its entries in fonds through the gateway, its documents. Then as many
subscriptions as three services would have in a hundred and fifty years, with a catalogus and a fonds that answer at once: what an
invoice costs and how much memory the worker has, and bank statements that pay them all.

Exit status 1 when a floor of the project is missed, or something goes wrong. The figures come last, each with its floor.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import psycopg
from abonnement_api.app import service
from abonnement_api.factuurstuk import service as stukken
from abonnement_api.factuurstuk.ubl import ubl_van
from abonnement_api.settings import Settings
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.process import migrate
from gemeengoed_kit.testing import make_client, make_test_context
from gemeengoed_lokaal import databases, netwerk, postgres
from gemeengoed_lokaal.bank import EIGEN_IBAN, Bijschrijving, afschrift, test_iban
from gemeengoed_lokaal.facturen import BTW, PROFIELEN, VERKOPER, _afnemer
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Stack
from starlette.testclient import TestClient

from tests.abonnement.outway import ALIASES, Outway
from tests.bench.figures import Floor, family, verdict

PREVIEW, ROUND, BOOKED, UBL, PDF, MATCHED = 1.0, 5.0, 2.0, 5.0, 30.0, 30.0
GROWTH, MEMORY_MIB = 1.5, 64
"""How much more an invoice may cost among most than among fewest, and how much more memory the worker may have."""
YEARS = (2024, 2025)
PEER = "00000099000000000003"
DECISION = "balv-2016-11-30"
BOUNDS = {
    "perFactuurCent": 10**12,
    "totaalCent": 10**14,
    "gemeenteProcent": 1000,
    "totaalProcent": 1000,
    "voorvertoningCent": 10**12,
    "bron": "Benchmark",
}


@dataclass(frozen=True)
class Plan:
    """Subscriptions per year, one year after the other: a gemeentecode has four digits, so a year has 9.999 at most."""

    years: tuple[int, ...]
    lines_per_statement: int


FULL = Plan((1000, 9999, 9999, 9999, 9999, 9999, 5), 10_000)
QUICK = Plan((20, 40), 30)


class Bench:
    """One run: its floors, and what went wrong."""

    def __init__(self, plan: Plan, judged: bool) -> None:
        self.plan, self.judged = plan, judged
        self.floors, self.faults = list[Floor](), list[str]()

    def floor(self, what: str, seconds: float, most: float) -> None:
        self.floors.append(Floor(what, f"{seconds:.2f} s", f"< {most:.0f} s", seconds < most))
        print(f"{what}: {seconds:.2f} s", flush=True)

    def suite(self) -> None:
        """The 342 gemeenten of 2025 in the whole suite, through the gateway."""
        with tempfile.TemporaryDirectory(prefix="bench-abonnement-") as folder:
            map_ = Path(folder)
            stack = Stack(map_, netwerk.kies_adres([8443]), map_ / "stack.json")
            try:
                stack.start()
                Suite(self, stack).run()
            finally:
                stack.stop()

    def scale(self) -> None:
        """Ever more subscriptions, at a worker as an operator starts it."""
        server = postgres.start(netwerk.kies_adres([5432]), duurzaam=True)
        try:
            database = databases.create_service_database(server.url, "abonnement")
            migrate(service, database.owner_url)
            Scale(self, database.url).run()
        finally:
            server.stop()


class Suite:
    """What is measured in the whole suite."""

    def __init__(self, bench: Bench, stack: Stack) -> None:
        self.bench, self.stack, self.url = bench, stack, stack.databases["abonnement"].url
        self.bureau = Gebruiker(stack, "administratiebureau", "abonnement")
        self.fiatteur = Gebruiker(stack, "administratiebureau", "abonnement-fiatteur")
        self.catalogus = Gebruiker(stack, "administratiebureau", "catalogus")

    def run(self) -> None:
        bureau = self.bureau
        self.decide()
        self.fiatteur.zet("PUT", "/v1/facturatiegrenzen/2000", BOUNDS)
        wish = {"begindatum": "2024-01-01", "einddatum": "2027-12-31", "pakket": "volledig"}
        bureau.volg(bureau.doe("/v1/collectieve-aanmeldingen", json=wish), "verwerkt")
        self.round(YEARS[0])
        seconds = self.preview(YEARS[1])
        self.bench.floor("preview of 342 gemeenten against last year", seconds, PREVIEW)
        made, booked, count = self.round(YEARS[1])
        if count != 342:
            self.bench.faults.append(f"{count} invoices of {YEARS[1]}, 342 expected")
        self.bench.floor("342 booked in fonds through the gateway, after the last invoice", booked, BOOKED)
        ubl, pdf = self.documents()
        self.bench.floor("round of 342, with its UBL (without the PDF inside)", made + ubl, ROUND)
        self.bench.floor("round of 342, with its PDFs, and the UBL around them", made + pdf, PDF)

    def decide(self) -> None:
        """The prices of 2018 in these years."""
        old = self.bureau.vraag(f"/v1/tariefbesluiten/{DECISION}")
        self.bureau.doe("/v1/tariefbesluiten", json={**old, "id": "bench", "eersteJaar": YEARS[0], "laatsteJaar": YEARS[1]})

    def preview(self, year: int) -> float:
        began = time.monotonic()
        path = self.bureau.roep("POST", "/v1/voorvertoningen", json={"jaar": year}).headers["location"]
        self.wait("SELECT status = 'berekend' FROM voorvertoning WHERE id = %s", path.rpartition("/")[2])
        return time.monotonic() - began

    def round(self, year: int) -> tuple[float, float, int]:
        """(seconds that it took without who approves it, seconds until all is booked after that, number of invoices)."""
        path, began = f"/v1/facturatierondes/{year}", time.monotonic()
        made = self.bureau.roep("POST", "/v1/facturatierondes", json={"jaar": year, "factuurdatum": f"{year}-01-15"})
        assert made.status_code == 202, made.text
        state = "SELECT status = %s FROM facturatieronde WHERE jaar = %s"
        self.wait(state, "voorgesteld", year)
        proposed = time.monotonic() - began
        proposal = self.fiatteur.vraag(path)["voorstel"].rpartition("/")[2]
        began = time.monotonic()
        self.fiatteur.zet("POST", f"{path}/goedkeuringen", {"voorstel": proposal, "naam": "Benchmark"})
        self.wait(state, "gefactureerd", year)
        invoiced = time.monotonic()
        self.wait("SELECT count(*) = 0 FROM outbox WHERE verzonden_op IS NULL")
        booked = time.monotonic()
        print(
            f"{year}: proposed in {proposed:.2f} s, invoiced in {invoiced - began:.2f} s, booked {booked - invoiced:.2f} s later",
            flush=True,
        )
        return proposed + invoiced - began, booked - invoiced, self.bureau.vraag(path)["aantalFacturen"]

    def documents(self) -> tuple[float, float]:
        """(seconds for the UBL alone, seconds for PDF and UBL as the worker makes them) of the 342 of the last year."""
        gemeenten = self.catalogus.alle(f"/v1/gemeenten?geldigOp={YEARS[1]}-01-01&pageSize=500")
        gegevens = [_afnemer(gemeente, PROFIELEN[plaats % 2]) for plaats, gemeente in enumerate(gemeenten)]
        self.bureau.zet("POST", "/v1/factuurgegevens", {"gegevens": gegevens})
        for aanbieder in self.bureau.alle("/v1/aanbieders"):
            for dienst in aanbieder["diensten"]:
                self.bureau.zet("PUT", f"/v1/aanbieders/administratiebureau/btw/{dienst['code']}", BTW)
        self.wait(
            "SELECT count(*) = 0 FROM procrastinate_jobs WHERE task_name = 'factuurstuk.opmaken' AND status IN ('todo', 'doing')"
        )
        began = time.monotonic()
        self.bureau.zet("PUT", "/v1/aanbieders/administratiebureau/verkopergegevens", VERKOPER)
        self.wait("SELECT count(*) >= 342 FROM factuurstuk", most=600)
        pdf = time.monotonic() - began
        settings = Settings(database_url=self.url, peer_id=PEER, jwks_url="http://x", rekening_iban=EIGEN_IBAN)
        context, _ = make_test_context(service, settings, SystemClock())
        try:
            began = time.monotonic()
            with context.work(Actor()) as work:
                numbers = [f"{YEARS[1]}-{number:06d}" for number in range(1, 343)]
                made = [ubl_van(stuk, None) for stuk, _ in stukken._stukken(work, numbers, EIGEN_IBAN).values() if stuk]
            ubl = time.monotonic() - began
        finally:
            context.close()
        if len(made) != 342:
            self.bench.faults.append(f"{len(made)} UBL documents, 342 expected")
        return ubl, pdf

    def wait(self, question: str, *values: object, most: float = 120) -> None:
        wait(self.url, question, *values, most=most)


def wait(url: str, question: str, *values: object, most: float = 120) -> None:
    """Until the database says so; asked every ten milliseconds, past the API that is measured."""
    end = time.monotonic() + most
    with psycopg.connect(url, autocommit=True) as connection:
        while not (row := connection.execute(question.encode(), values).fetchone()) or not row[0]:
            assert time.monotonic() < end, f"not in {most:.0f} s: {question} {values}"
            time.sleep(0.01)


class Scale:
    """Year after year of invented gemeenten, at a real worker."""

    def __init__(self, bench: Bench, url: str) -> None:
        self.bench, self.url, self.outway = bench, url, Outway()
        self.settings = Settings(
            database_url=url,
            peer_id=PEER,
            jwks_url="http://manager.test/jwks",
            outway_url=self.outway.url,
            aliases=ALIASES,
            rekening_iban=EIGEN_IBAN,
        )
        context, self.issuer = make_test_context(service, self.settings, SystemClock())
        self.client: TestClient = make_client(service, context)
        self.known, self.gathered = self.outway.gemeenten[0], list[tuple[int, float, float, float]]()

    def run(self) -> None:
        try:
            with self.worker() as worker:
                self.ask("PUT", "/v1/facturatiegrenzen/2000", "fiatteur", json=BOUNDS)
                for number, count in enumerate(self.bench.plan.years):
                    self.year(2001 + number, count, worker)
            self.judge()
            self.pay()
        finally:
            self.outway.stop()

    def year(self, year: int, count: int, worker: psutil.Process) -> None:
        """Register, invoice and book so many gemeenten in a year."""
        dag = {"peildatum": f"{year}-01-01", "aantal": 20_000, "bron": "Verzonnen (test)"}
        self.outway.gemeenten = [
            {
                **self.known,
                "code": f"GM{code:04d}",
                "naam": f"Gemeente {code} (test)",
                "inwoners": {**dag, "aantal": 10_000 + code},
            }
            for code in range(1, count + 1)
        ]
        old = self.ask("GET", f"/v1/tariefbesluiten/{DECISION}", "administratie").json()
        decision = {**old, "id": f"bench-{year}", "prijspeil": year, "eersteJaar": year, "laatsteJaar": year}
        for derived in ("vorige", "grondslag", "indexatie"):
            del decision[derived]
        self.ask("POST", "/v1/tariefbesluiten", "administratie", json=decision)
        wish = {"begindatum": f"{year}-01-01", "einddatum": f"{year}-12-31", "pakket": "volledig"}
        self.ask("POST", "/v1/collectieve-aanmeldingen", "administratie", json=wish)
        wait(self.url, "SELECT count(*) = %s FROM abonnement WHERE begindatum = %s", count, date(year, 1, 1))
        began, cpu = time.monotonic(), cpu_of(worker)
        self.ask("POST", "/v1/facturatierondes", "administratie", json={"jaar": year, "factuurdatum": f"{year}-01-15"})
        state = "SELECT status = %s FROM facturatieronde WHERE jaar = %s"
        wait(self.url, state, "voorgesteld", year, most=600)
        proposed = time.monotonic()
        round_ = self.ask("GET", f"/v1/facturatierondes/{year}", "administratie").json()
        keur = {
            "voorstel": round_["voorstel"].rpartition("/")[2],
            "naam": "Benchmark",
            "aanvaard": [over["grens"] for over in round_["overschrijdingen"]],
            "toelichting": "Benchmark",
        }
        self.ask("POST", f"/v1/facturatierondes/{year}/goedkeuringen", "fiatteur", json=keur)
        wait(self.url, state, "gefactureerd", year, most=600)
        invoiced = time.monotonic()
        wait(self.url, "SELECT count(*) = 0 FROM outbox WHERE verzonden_op IS NULL", most=600)
        booked, spent, memory = time.monotonic(), cpu_of(worker) - cpu, memory_of(worker)
        print(
            f"{year}, {count:5d} invoices: proposed {proposed - began:.1f} s, invoiced {invoiced - proposed:.1f} s, booked "
            f"{booked - invoiced:.1f} s later; per invoice {1e3 * (booked - began) / count:.2f} ms, {1e3 * spent / count:.2f} ms "
            f"of CPU in the worker; {memory:.0f} MiB",
            flush=True,
        )
        self.gathered.append((count, (booked - began) / count, spent / count, memory))

    def judge(self) -> None:
        """The fewest against the most, and the last of these."""
        fewest, most = self.gathered[0], max(self.gathered[1:], key=lambda one: one[0])
        last = [one for one in self.gathered if one[0] == most[0]][-1]
        growth, more = last[1] / fewest[1], last[3] - fewest[3]
        total = sum(one[0] for one in self.gathered)
        what = f"an invoice among {last[0]} a year, {total} in all, against one among {fewest[0]}"
        self.bench.floors.append(Floor(f"{what}: time", f"{growth:.2f}", f"<= {GROWTH}", growth <= GROWTH))
        self.bench.floors.append(
            Floor("the worker's memory: more than at first", f"{more:.0f} MiB", f"<= {MEMORY_MIB} MiB", more <= MEMORY_MIB)
        )

    def pay(self) -> None:
        """A statement, or as many as it takes, in which every open invoice is paid."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute("SELECT bedrag_cent, betalingskenmerk FROM factuur ORDER BY jaar, volgnummer").fetchall()
        rows, seconds, size = rows[:50_000], 0.0, self.bench.plan.lines_per_statement
        for number, start in enumerate(range(0, len(rows), size)):
            posts = [
                Bijschrijving(cent, f"Betaler {place} (test)", test_iban(10 + (start + place) % 9000), kenmerk, None)
                for place, (cent, kenmerk) in enumerate(rows[start : start + size])
            ]
            content = afschrift(posts, nummer=f"bench-{number}", dag=date(2018, 2, 15), eigen_iban=EIGEN_IBAN)
            began = time.monotonic()
            self.ask("POST", "/v1/bankafschriften", "administratie", content=content, headers={"Content-Type": "application/xml"})
            seconds += time.monotonic() - began
            print(f"statement {number}: {len(posts)} lines in {time.monotonic() - began:.1f} s", flush=True)
        with psycopg.connect(self.url) as connection:
            row = connection.execute("SELECT count(*) FROM betaling WHERE factuur IS NOT NULL").fetchone()
        if row is None or row[0] != len(rows):
            self.bench.faults.append(f"{row} lines matched, {len(rows)} expected")
        self.bench.floor(f"{len(rows)} bank lines matched against {len(rows)} open invoices", seconds, MATCHED)

    def ask(self, method: str, path: str, role: str, **content: Any) -> Any:
        headers = {**self.issuer.headers(PEER, role), **content.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **content)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer

    @contextlib.contextmanager
    def worker(self) -> Iterator[psutil.Process]:
        """`abonnement-api work`, with one process."""
        own = {
            "DATABASE_URL": self.url,
            "PEER_ID": PEER,
            "JWKS_URL": self.settings.jwks_url,
            "OUTWAY_URL": self.outway.url,
            "ALIASES": json.dumps(ALIASES),
            "REKENING_IBAN": EIGEN_IBAN,
        }
        environment = {**os.environ, "LOG_LEVEL": "WARNING", **{f"ABONNEMENT_{name}": value for name, value in own.items()}}
        process = subprocess.Popen([sys.executable, "-m", "abonnement_api", "work"], env=environment)
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(60)


def cpu_of(process: psutil.Process) -> float:
    """CPU seconds of a process and its children."""
    return sum(one.cpu_times().user + one.cpu_times().system for one in family([process.pid]))


def memory_of(process: psutil.Process) -> float:
    """The most memory that one of a process and its children ever had, in MiB."""
    return max(_peak(one.pid) for one in family([process.pid]))


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench-abonnement", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little, no floors: does the bench itself work?")
    parser.add_argument("--only", choices=("suite", "scale"), help="one of both")
    parser.add_argument("--years", nargs="+", type=int, help="subscriptions of each year, one after the other")
    given = parser.parse_args()
    plan = QUICK if given.quick else FULL
    if given.years:
        plan = Plan(tuple(given.years), plan.lines_per_statement)
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the start; {plan}", flush=True)
    bench = Bench(plan, not given.quick)
    parts: dict[str, Callable[[], None]] = {"suite": bench.suite, "scale": bench.scale}
    for name, part in parts.items():
        if given.only in (None, name):
            part()
    print()
    raise SystemExit(verdict(bench.floors, bench.faults, judged=not given.quick))


if __name__ == "__main__":
    main()

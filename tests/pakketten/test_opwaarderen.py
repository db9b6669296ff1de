"""The databases of the previous release, with all that it wrote in them, brought to this one by the installed wheels."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import abonnement_api.settings
import catalogus_api.settings
import fonds_api.settings
import httpx
import psycopg
import pytest
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.testing import TokenIssuer
from gemeengoed_lokaal import netwerk
from gemeengoed_lokaal.bank import EIGEN_IBAN
from gemeengoed_lokaal.databases import ServiceDatabase, create_service_database, drop_database

from tests.bron import Antwoord, HttpBron, Vraag
from tests.invariants import abonnement, fonds
from tests.pakketten.conftest import Installed
from tests.pakketten.vastleggen import load, record, rows

pytestmark = pytest.mark.xdist_group("wheels")
PREVIOUS = Path(__file__).parent / "0.1.0"
OWN, CALLER = "00000099000000000001", "00000099000000000002"
MIGRATE_TO = (
    "from {package}.app import service; from gemeengoed_kit.process import migrate; migrate(service, {url!r}, {revision!r})"
)
Broken = Callable[[str], Collection[Any]]
NEW_ACCOUNT = {"fonds": "derdengelden", "nummer": "2490", "debetCent": 0, "creditCent": 0, "saldoCent": 0}
"""The account that migrations of this release add, as CHANGELOG.md says, empty."""


@dataclass(frozen=True)
class Release:
    """A service as the previous release left it.

    Attributes:
        revision: of its schema.
        rol: that may read everything.
        violations: of the invariants of its database.
        more: settings that it needs besides.
    """

    name: str
    revision: str
    rol: str
    settings: type[ServiceSettings]
    violations: Broken = lambda url: ()
    more: dict[str, str] = field(default_factory=dict)

    def environment(self, url: str, **others: str) -> dict[str, str]:
        settings = {"database_url": url, **self.more, **others}
        return {f"{self.name}_{name}".upper(): value for name, value in settings.items()}


RELEASES = [
    Release(
        "abonnement",
        "0003",
        "administratie",
        abonnement_api.settings.Settings,
        abonnement.schendingen,
        {"rekening_iban": EIGEN_IBAN},
    ),
    Release("catalogus", "0001", "gemeente", catalogus_api.settings.Settings),
    Release("fonds", "0003", "fondsbeheerder", fonds_api.settings.Settings, fonds.schendingen),
]


class Manager(HttpBron):
    """Publishes the keys by which a service knows its callers."""

    issuer: TokenIssuer

    def antwoord(self, vraag: Vraag) -> Antwoord:
        return Antwoord(200, self.issuer.jwks(httpx.Request("GET", vraag.pad)).json())


@pytest.fixture
def manager() -> Iterator[Manager]:
    made = Manager()
    yield made
    made.stop()


@pytest.fixture(scope="module", params=RELEASES, ids=lambda release: release.name)
def release(request) -> Release:
    return request.param


@pytest.fixture(scope="module")
def template(release, server, passwords, installed: Installed) -> Iterator[ServiceDatabase]:
    """A database that the previous release filled, and this one migrated."""
    database = create_service_database(server.url, release.name, name=f"{release.name}_vorige", passwords=passwords)
    before = MIGRATE_TO.format(package=f"{release.name}_api", url=database.owner_url, revision=release.revision)
    installed.run("python", "-I", "-c", before)
    load(server, database.name, PREVIOUS / f"{release.name}.sql")
    installed.run(f"{release.name}-api", "migrate", **release.environment(database.owner_url))
    yield database
    drop_database(server.url, database.name)


@pytest.fixture
def upgraded(release, template, server, passwords) -> Iterator[ServiceDatabase]:
    """A copy of it."""
    name = f"{release.name}_nu"
    yield create_service_database(server.url, release.name, name=name, template=template.name, passwords=passwords)
    drop_database(server.url, name)


@pytest.fixture
def api(release, upgraded, installed, manager, tmp_path) -> Iterator[Callable[..., httpx.Response]]:
    """Calls `serve` of this release, from its wheel, as the role that may read everything."""
    settings = release.settings(database_url=upgraded.url, peer_id=OWN, jwks_url=manager.url, **release.more)
    manager.issuer = TokenIssuer(settings, SystemClock())
    environment = release.environment(upgraded.url, peer_id=OWN, jwks_url=manager.url)
    address = netwerk.kies_adres([8000])
    with installed.serving(f"{release.name}-api", address, 8000, tmp_path / "log", **environment) as client:

        def call(path: str, method: str = "GET", **more: Any) -> httpx.Response:
            headers = {
                **manager.issuer.headers(CALLER, release.rol, properties={"bron": "abonnement"}),
                **more.pop("headers", {}),
            }
            return client.request(method, f"http://{address}:8000{path}", headers=headers, **more)

        yield call


def missing(told: Any, now: Any, where: str) -> Iterator[str]:
    """What was told and is no longer so; what is told besides, a newer release may add."""
    if isinstance(told, dict) and isinstance(now, dict):
        for name, value in told.items():
            yield from missing(value, now[name], f"{where}.{name}") if name in now else [f"{where}.{name} is gone"]
    elif isinstance(told, list) and isinstance(now, list) and len(told) == len(now):
        for number, (one, other) in enumerate(zip(told, now, strict=True)):
            yield from missing(one, other, f"{where}[{number}]")
    elif told != now:
        yield f"{where}: {told!r} became {now!r}"


def without_new_account(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer of fonds as it would be without it."""
    rows = answer.get("rekeningen") or answer.get("results") or []
    new = [row for row in rows if row.items() >= NEW_ACCOUNT.items()]
    for row in new:
        rows.remove(row)
        if "count" in answer:
            answer["count"] -= 1
    return answer


def test_alles_wat_de_vorige_uitgave_wist_antwoordt_deze_ook(api, release):
    told = json.loads((PREVIOUS / f"{release.name}.json").read_text())
    now = {path: api(path).json() for path in told}
    if release.name == "fonds":
        now = {path: without_new_account(answer) for path, answer in now.items()}
    lost = [found for path, answer in told.items() for found in missing(answer, now[path], path)]
    assert told and lost == []


def test_wat_altijd_moet_gelden_geldt_na_het_opwaarderen(upgraded, release):
    assert not release.violations(upgraded.url)
    with psycopg.connect(upgraded.url) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM audit").fetchone()  # type: ignore[misc]
    assert rows == (PREVIOUS / f"{release.name}.sql").read_text().count("INSERT INTO audit ")


def test_de_vorige_uitgave_kan_na_het_opwaarderen_door(upgraded, release):
    """It serves on while and after this one migrates: each of its statements finds its tables, columns and rights."""
    statements = (PREVIOUS / f"{release.name}.statements.sql").read_text().rstrip(";\n").split(";\n")
    refused = []
    with psycopg.connect(upgraded.url, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("EXPLAIN DELETE FROM audit")  # so looks at rights too
        for statement in statements:
            empty = dict.fromkeys(re.findall(r"%\((\w+)\)s", statement))
            try:
                connection.execute(f"EXPLAIN {statement}", empty)  # type: ignore[arg-type]
            except psycopg.Error as problem:
                refused.append((statement, str(problem)))
    assert len(statements) > 5 and refused == []


@pytest.mark.parametrize("release", [RELEASES[0]], ids=["abonnement"], indirect=True)
def test_wat_onderweg_was_is_na_het_opwaarderen_te_zien_en_opnieuw_te_versturen(api):
    standen = {one["status"]: one for one in api("/v1/boekingsopdrachten").json()["results"]}
    assert set(standen) == {"geboekt", "geweigerd", "wachtend"}
    again = f"/v1/boekingsopdrachten/{standen['geweigerd']['id']}"
    assert api(f"{again}/opnieuw", "POST", headers={"Idempotency-Key": "opnieuw"}).status_code == 202
    assert api(again).json()["status"] == "wachtend"


@pytest.mark.parametrize("release", [RELEASES[2]], ids=["fonds"], indirect=True)
def test_na_het_opwaarderen_wordt_verder_geboekt_en_niets_dubbel(api, upgraded, release):
    earlier = api("/v1/boekingen?fonds=derdengelden").json()["results"][0]
    lines = [{"rekening": "1300", "bedragCent": 100}, {"rekening": "2310", "bedragCent": -100}]
    entry = {"fonds": "derdengelden", "boekdatum": "2018-03-01", "omschrijving": "Na het opwaarderen", "regels": lines}
    new = {**entry, "bron": {"bron": "abonnement", "pad": "/v1/facturen/2018-000009"}}
    assert api("/v1/boekingen", "POST", json=new, headers={"Idempotency-Key": "nieuw"}).status_code == 201
    again = {**entry, "bron": earlier["bron"]}
    assert api("/v1/boekingen", "POST", json=again, headers={"Idempotency-Key": "weer"}).status_code == 409
    assert not release.violations(upgraded.url)


def test_wat_een_uitgave_achterlaat_wordt_heel_vastgelegd(server, passwords, tmp_path):
    record(server, passwords, tmp_path)
    for release in RELEASES:
        name, fresh = f"{release.name}_terug", f"{release.name}_vers"
        create_service_database(server.url, release.name, name=name, template=fresh, passwords=passwords)
        load(server, name, tmp_path / f"{release.name}.sql")
        assert rows(server, name, fresh) == (tmp_path / f"{release.name}.sql").read_text()
        assert json.loads((tmp_path / f"{release.name}.json").read_text())
        for used in (name, fresh, f"{release.name}_gevuld"):
            drop_database(server.url, used)

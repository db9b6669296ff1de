"""What all tests share: one PostgreSQL server per test process, and a fresh database per test by copying a template."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.testing import TokenIssuer, make_client, make_test_context
from gemeengoed_lokaal import databases, netwerk, postgres
from gemeengoed_lokaal.databases import ServiceDatabase
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

gc.disable()  # until all tests are collected
ROOT = Path(__file__).parents[1]
# How fast this machine is at the moment says nothing about a property.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
MakeDatabase = Callable[[], ServiceDatabase]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The name of a test is short, and the same in every process: not a whole file, with the time at which it was made in it."""
    return argname if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 100) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests that share what their module starts go to one process, and stand together, so that it starts once."""
    for item in items:
        shared = any(found[-1].scope == "module" for found in item._fixtureinfo.name2fixturedefs.values())
        if shared and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
    yield
    modules = [list(found) for _, found in itertools.groupby(items, key=lambda item: item.path)]
    items[:] = [item for module in modules for item in _together(module)]


def _together(module: list[pytest.Item]) -> list[pytest.Item]:
    """The tests of a module in their own order, but by the parameters of what it starts. Pytest goes by the number of a
    parameter, which is another in a test that names only some of them."""
    by: dict[str, list[pytest.Item]] = {}
    for item in module:
        given = item.callspec.params if hasattr(item, "callspec") else {}
        shared = {
            name: given[name]
            for name, found in item._fixtureinfo.name2fixturedefs.items()
            if name in given and found[-1].scope == "module"
        }
        by.setdefault(repr(sorted(shared.items(), key=lambda pair: pair[0])), []).append(item)
    return [item for together in by.values() for item in together]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """What is there afterwards stays until the end: the garbage collector need not look at it for every test again."""
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 10, 10)
        gc.enable()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres]:
    """PostgreSQL of this test process; fsync off, since these tests never crash the machine."""
    # Who stops half-way through logging in, as a test that makes the server stand still leaves some, holds up DROP DATABASE.
    running = postgres.start(
        netwerk.kies_adres([5432]), duurzaam=False, in_geheugen=True, instellingen={"authentication_timeout": "5s"}
    )
    yield running
    running.stop()


@pytest.fixture(scope="session")
def passwords() -> dict[str, str]:
    """Passwords of the service roles on this server."""
    return {}


class Templates:
    """Migrated template databases, made once per service, and copies of them."""

    def __init__(self, server: postgres.Postgres, passwords: dict[str, str]) -> None:
        self.server, self.passwords = server, passwords
        self.made: dict[str, ServiceDatabase] = {}
        self.numbers = itertools.count(1)
        self.admin = psycopg.connect(server.url, autocommit=True)

    def copy(self, service: str, prepare: Callable[[ServiceDatabase], None]) -> ServiceDatabase:
        """A new database of a service, copied from its template; `prepare` migrates (and fills) the template once."""
        if service not in self.made:
            name = f"{service}_sjabloon"
            made = databases.create_service_database(self.server.url, service, name=name, passwords=self.passwords)
            prepare(made)
            self.made[service] = made
        return databases.copy_service_database(self.admin, service, self.made[service], f"{service}_{next(self.numbers)}")

    def drop(self, database: ServiceDatabase) -> None:
        databases.drop_database(self.admin, database.name)


@pytest.fixture(scope="session")
def templates(server: postgres.Postgres, passwords: dict[str, str]) -> Iterator[Templates]:
    made = Templates(server, passwords)
    yield made
    made.admin.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the project (official rule sets and validators); tests skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder `shared` with the official artefacts does not lie beside the project")
    return folder


@pytest.fixture
def made(service: Service, settings: ServiceSettings, clock: Clock) -> Iterator[tuple[Context, TokenIssuer]]:
    """A context on the test's own database. Each package's conftest says which `service`, `settings` and `clock`."""
    context, issuer = make_test_context(service, settings, clock)
    yield context, issuer
    context.close()


@pytest.fixture
def context(made: tuple[Context, TokenIssuer]) -> Context:
    return made[0]


@pytest.fixture
def issuer(made: tuple[Context, TokenIssuer]) -> TokenIssuer:
    return made[1]


@pytest.fixture
def client(service: Service, context: Context) -> TestClient:
    """HTTP on the service's whole application, in this process."""
    return make_client(service, context)

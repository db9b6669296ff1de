from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from catalogus_api.app import service
from catalogus_api.inlezen import inlezen
from catalogus_api.settings import Settings
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.db import make_engine, session_factory
from gemeengoed_kit.process import Service, migrate
from gemeengoed_kit.testing import TokenIssuer, moment
from gemeengoed_lokaal.databases import ServiceDatabase

CLOCK = FixedClock(moment("2018-01-15T09:00"))
NU = FixedClock(moment("2026-01-15T09:00"))
"""A year after the last peildatum that is loaded: when gemeenten can be herindeeld and counted again."""
PEER = "00000099000000000002"


def prepare(database: ServiceDatabase) -> None:
    """Template: migrated, with the real reference data loaded by the service's own role."""
    migrate(service, database.owner_url)
    engine = make_engine(database.url, application_name="test")
    with session_factory(engine).begin() as session:
        inlezen(session, CLOCK)
    engine.dispose()


@pytest.fixture
def database(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("catalogus", prepare)
    yield made
    templates.drop(made)


@pytest.fixture
def als(issuer: TokenIssuer) -> Callable[[str], dict[str, str]]:
    """Headers of a caller with a role: `als("catalogusbeheer")`."""
    return lambda rol: issuer.headers(PEER, rol)


@pytest.fixture(name="service")
def service_fixture() -> Service:
    return service


@pytest.fixture
def clock() -> FixedClock:
    return CLOCK


@pytest.fixture
def settings(database: ServiceDatabase) -> Settings:
    return Settings(database_url=database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks")

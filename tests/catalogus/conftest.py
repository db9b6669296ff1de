from __future__ import annotations

from collections.abc import Iterator

import pytest
from catalogus_api.app import service
from catalogus_api.inlezen import inlezen
from catalogus_api.settings import Settings
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.context import Context
from gemeengoed_kit.db import make_engine, session_factory
from gemeengoed_kit.process import migrate
from gemeengoed_kit.testing import TokenIssuer, make_client, make_test_context, moment
from gemeengoed_lokaal.databases import ServiceDatabase
from starlette.testclient import TestClient

CLOCK = FixedClock(moment("2018-01-15T09:00"))


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
def context_and_issuer(database: ServiceDatabase) -> Iterator[tuple[Context, TokenIssuer]]:
    settings = Settings(database_url=database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks")
    context, issuer = make_test_context(service, settings, CLOCK)
    yield context, issuer
    context.engine.dispose()


@pytest.fixture
def context(context_and_issuer: tuple[Context, TokenIssuer]) -> Context:
    return context_and_issuer[0]


@pytest.fixture
def issuer(context_and_issuer: tuple[Context, TokenIssuer]) -> TokenIssuer:
    return context_and_issuer[1]


@pytest.fixture
def client(context: Context) -> TestClient:
    return make_client(service, context)

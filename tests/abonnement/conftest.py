from __future__ import annotations

from collections.abc import Iterator

import pytest
from abonnement_api.app import service
from abonnement_api.settings import Settings
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import Service, migrate
from gemeengoed_kit.testing import TokenIssuer, moment
from gemeengoed_lokaal.databases import ServiceDatabase
from starlette.testclient import TestClient

from tests.abonnement.outway import ALIASES, Outway
from tests.abonnement.wereld import ADMINISTRATIEBUREAU, IBAN, KLEIN, Wereld
from tests.invariants.abonnement import schendingen


def prepare(database: ServiceDatabase) -> None:
    migrate(service, database.owner_url)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment("2018-01-15T09:00"))


@pytest.fixture
def database(templates) -> Iterator[ServiceDatabase]:
    """A migrated database; after the test its invariants must hold."""
    made = templates.copy("abonnement", prepare)
    yield made
    found = schendingen(made.url)
    templates.drop(made)
    assert not found, found


@pytest.fixture
def outway() -> Iterator[Outway]:
    made = Outway()
    yield made
    made.stop()


@pytest.fixture
def settings(database: ServiceDatabase, outway: Outway) -> Settings:
    return Settings(
        database_url=database.url,
        peer_id=ADMINISTRATIEBUREAU,
        jwks_url="http://manager.test/jwks",
        outway_url=outway.url,
        aliases=ALIASES,
        rekening_iban=IBAN,
    )


@pytest.fixture
def klein(outway: Outway) -> Outway:
    """A country of seven gemeenten, for what does not depend on their number."""
    outway.gemeenten = [gemeente for gemeente in outway.gemeenten if gemeente["code"] in KLEIN]
    return outway


@pytest.fixture
def wereld(context: Context, issuer: TokenIssuer, client: TestClient, outway: Outway) -> Wereld:
    return Wereld(context, issuer, client, outway)


@pytest.fixture(name="service")
def service_fixture() -> Service:
    return service

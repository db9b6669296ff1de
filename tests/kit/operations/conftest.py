"""A service that runs, for tests that look at it from outside. They are of xdist_group("dienst"), so that it starts once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import migrate
from gemeengoed_kit.testing import TokenIssuer, make_test_context
from gemeengoed_lokaal import netwerk
from gemeengoed_lokaal.databases import ServiceDatabase

from tests.bron import Antwoord, HttpBron, Vraag
from tests.kit.conftest import Settings, service
from tests.kit.operations.proces import POORTEN, Dienst, omgeving


class Sleutels(HttpBron):
    """The Manager's JWKS, over HTTP."""

    issuer: TokenIssuer

    def antwoord(self, vraag: Vraag) -> Antwoord:
        public = self.issuer.key.as_dict(private=False)
        return Antwoord(200, {"keys": [{**public, "x5t#S256": self.issuer.thumbprint}]})


@pytest.fixture(scope="session")
def database(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("proef", lambda template: migrate(service, template.owner_url))
    yield made
    templates.drop(made)


@pytest.fixture(scope="session")
def made(database) -> Iterator[tuple[Context, TokenIssuer]]:
    """A context of this process on the same database, to queue jobs with, and the Manager whose tokens the service takes."""
    sleutels = Sleutels()
    settings = Settings(
        database_url=database.url,
        peer_id="00000099000000000001",
        jwks_url=f"{sleutels.url}/jwks",
        heartbeat_seconds=0.3,
        aliases={"kluis": "kluis"},
    )
    context, sleutels.issuer = make_test_context(service, settings, SystemClock())
    yield context, sleutels.issuer
    context.engine.dispose()
    sleutels.stop()


@pytest.fixture(scope="session")
def dienst(made, tmp_path_factory) -> Iterator[Dienst]:
    """The trial service with two processes of each kind."""
    context, adres = made[0], netwerk.kies_adres(POORTEN)
    folder: Path = tmp_path_factory.mktemp("dienst")
    running = Dienst(adres, folder, omgeving(context.settings, adres))
    yield running
    running.stop()


@pytest.fixture
def draait(dienst: Dienst) -> Dienst:
    """That service, started again where a test before this one ended it."""
    dienst.start()
    return dienst

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fonds_api.app import service
from fonds_api.settings import Settings
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.process import Service, migrate
from gemeengoed_kit.testing import TokenIssuer, moment
from gemeengoed_lokaal.databases import ServiceDatabase
from starlette.testclient import TestClient

CLOCK = FixedClock(moment("2018-01-15T09:00"))
PEER = "00000099000000000002"
BRONNEN = "abonnement,memoriaal,proef"
"""Whose documents a caller may book here, unless a test says otherwise."""


def prepare(database: ServiceDatabase) -> None:
    """Template: migrated; the reference data comes with the migrations."""
    migrate(service, database.owner_url)


@pytest.fixture
def database(templates) -> Iterator[ServiceDatabase]:
    made = templates.copy("fonds", prepare)
    yield made
    templates.drop(made)


@pytest.fixture
def settings(database: ServiceDatabase) -> Settings:
    return Settings(database_url=database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks")


@pytest.fixture
def als(issuer: TokenIssuer) -> Callable[..., dict[str, str]]:
    """Headers of a caller: `als("administratie")`, `als("gemeente", gemeentecode="GM0344")`."""

    def headers(rol: str, **properties: str) -> dict[str, str]:
        bronnen = {"bron": BRONNEN} if rol in ("fondsbeheerder", "administratie") else {}
        return issuer.headers(PEER, rol, properties={**bronnen, **properties})

    return headers


@pytest.fixture
def boeking() -> Callable[..., dict[str, Any]]:
    """The body of a bookable entry; each with a source document of its own, unless `pad` is given."""
    nummers = itertools.count(1)

    def maak(*regels: tuple[str, int], **anders: Any) -> dict[str, Any]:
        pad = anders.pop("pad", None) or f"/v1/facturen/2018-{next(nummers):06d}"
        return {
            "fonds": "derdengelden",
            "boekdatum": "2018-01-15",
            "omschrijving": "Factuur",
            "bron": {"bron": "abonnement", "pad": pad},
            "regels": [
                {"rekening": rekening, "bedragCent": cent}
                for rekening, cent in regels or (("1300", 900), ("2310", -500), ("2320", -400))
            ],
            **anders,
        }

    return maak


@pytest.fixture
def boek(client: TestClient, als: Callable[..., dict[str, str]]) -> Callable[..., Any]:
    """POST an entry, as administratie and with a new key unless told otherwise."""
    sleutels = itertools.count(1)

    def doe(body: dict[str, Any], *, rol: str = "administratie", sleutel: str | None = None) -> Any:
        return client.post(
            "/v1/boekingen", json=body, headers={**als(rol), "Idempotency-Key": sleutel or f"sleutel-{next(sleutels)}"}
        )

    return doe


@pytest.fixture(name="service")
def service_fixture() -> Service:
    return service


@pytest.fixture
def clock() -> FixedClock:
    return CLOCK

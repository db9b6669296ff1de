"""Per API: the application on a database of its own, callers, and a scenario that reaches the outcomes of its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gemeengoed_kit.app import application
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.testing import TokenIssuer, make_test_context
from starlette.testclient import TestClient

from tests.contract.telling import Telling

BELLER = "00000099000000000002"


@dataclass
class Proef:
    """One API under test."""

    telling: Telling
    client: TestClient
    issuer: TokenIssuer
    context: Context
    rol: str

    def kop(self, rol: str | None = None, **properties: Any) -> dict[str, str]:
        """Headers of a caller with this role (default: the role that may do most)."""
        return self.issuer.headers(BELLER, rol or self.rol, properties=properties)

    @property
    def zonder_rol(self) -> dict[str, str]:
        return self.issuer.headers(BELLER)


@contextmanager
def proef(service: Service, settings: ServiceSettings, clock: Any, rol: str) -> Iterator[Proef]:
    """The service's whole application with a census around it."""
    context, issuer = make_test_context(service, settings, clock)
    telling = Telling(application(service.api, context, media_types=service.media_types), service.api.openapi())
    client = TestClient(telling, base_url="http://dienst.test", raise_server_exceptions=False, follow_redirects=False)
    yield Proef(telling, client, issuer, context, rol)
    context.engine.dispose()


Scenario = Callable[[Proef], None]

"""Per API: the application on a database of its own, with a census around it, and callers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from gemeengoed_kit.app import application
from gemeengoed_kit.clock import Clock
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import Service
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.testing import LocalClient, make_test_context
from httpx import Response
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.contract.telling import Telling

BELLER = "00000099000000000002"
BRONNEN = "abonnement,memoriaal"
"""Whose documents a caller may book in fonds."""
GEMEENTE = "GM0344"
"""For which a caller acts whose role is that of one gemeente."""


@dataclass
class Proef:
    """One API under test.

    Attributes:
        kop: makes the headers of a caller: `kop()` may do most, `kop("rol", naam=waarde)` has that role and those properties.
        zonder_rol: headers of a caller without a role, where the API knows roles.
        context: the service's context, for a scenario that must run jobs.
        outway: the other sources, for a scenario in which one of them refuses.
        deployment: the gateway's.
        rol: that may do most, where the API knows roles.
    """

    telling: Telling
    client: TestClient
    kop: Callable[..., dict[str, str]]
    zonder_rol: dict[str, str] | None = None
    context: Context | None = None
    outway: Any = None
    deployment: Any = None
    rol: str | None = None

    def kop_voor(self, operation: dict[str, Any]) -> dict[str, str]:
        """Headers of who may do an operation: the role that may do most, or one of those that the specification names."""
        rollen = re.search(r"Rollen: ([^.]+)\.", operation.get("description", ""))
        if self.rol is None or rollen is None or self.rol in (namen := rollen[1].split(", ")):
            return self.kop()
        return self.kop(namen[0], gemeentecode=GEMEENTE)

    def doe(self, methode: str, pad: str, status: int, *, als: dict[str, str] | None = None, **inhoud: Any) -> Any:
        """Make a request that must end with this status; returns what is in the answer."""
        antwoord = self.client.request(
            methode, f"/v1{pad}", headers={**(self.kop() if als is None else als), **inhoud.pop("headers", {})}, **inhoud
        )
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return inhoud_van(antwoord)


def inhoud_van(antwoord: Response) -> Any:
    """JSON, or else the text of an answer; None when there is none."""
    if not antwoord.content:
        return None
    return antwoord.json() if "json" in antwoord.headers["content-type"] else antwoord.text


def geteld(app: ASGIApp, api: FastAPI) -> tuple[Telling, TestClient]:
    telling = Telling(app, api.openapi())
    return telling, LocalClient(telling)


@contextmanager
def dienst_proef(service: Service, settings: ServiceSettings, clock: Clock, rol: str) -> Iterator[Proef]:
    """A service's whole application; `rol` is the role that may do most."""
    context, issuer = make_test_context(service, settings, clock)
    telling, client = geteld(application(service.api, context, media_types=service.media_types), service.api)

    def kop(welke: str = rol, **properties: Any) -> dict[str, str]:
        return issuer.headers(BELLER, welke, properties={"bron": BRONNEN, **properties})

    yield Proef(telling, client, kop, issuer.headers(BELLER), context, rol=rol)
    context.engine.dispose()

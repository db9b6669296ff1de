"""Deelnames for tests: over HTTP, by whoever may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gemeengoed_kit.testing import TokenIssuer
from starlette.testclient import TestClient

from tests.catalogus.conftest import PEER

VOORWAARDEN = {
    "vanaf": "2020-01-01",
    "kosten": "Eenmalig € 1.500 (test).",
    "opzegtermijnMaanden": 3,
    "opzeggenTegen": "einde maand",
    "uittreden": "Opzeggen (test).",
    "bronvermelding": "Verzonnen (test)",
}
STAPPEN = ("in implementatie", "in gebruik")


def voorwaarden_pad(voorziening: str = "govroam") -> str:
    return f"/v1/voorzieningen/{voorziening}/deelnamevoorwaarden"


def deelname(gemeente: str = "GM0344", voorziening: str = "govroam", **anders: Any) -> dict[str, Any]:
    """A joining; `status` says otherwise."""
    eerste = {"status": "aangemeld", "voorwaardenVersie": 1, "inkoopgrond": "quasi-inbesteding"}
    return {"voorziening": voorziening, "gemeentecode": gemeente, **eerste, **anders}


@dataclass
class Bellers:
    """Headers of every kind of caller, and what they do."""

    client: TestClient
    issuer: TokenIssuer

    def als(self, rol: str | None, *, namens: str | None = None, **properties: str) -> dict[str, str]:
        """Headers; `als("gemeente", gemeentecode="GM0344")`. Without a role: no token."""
        return {} if rol is None else self.issuer.headers(PEER, rol, delegator_id=namens, properties=properties)

    def gemeente(self, code: str) -> dict[str, str]:
        return self.als("gemeente", gemeentecode=code)

    @property
    def beheer(self) -> dict[str, str]:
        return self.als("catalogusbeheer")

    def doe(self, methode: str, pad: str, status: int, kop: dict[str, str] | None = None, **inhoud: Any) -> Any:
        antwoord = self.client.request(methode, pad, headers=self.beheer if kop is None else kop, **inhoud)
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return antwoord.json()

    def voorwaarden(self, voorziening: str = "govroam", **anders: Any) -> None:
        self.doe("POST", voorwaarden_pad(voorziening), 201, json={**VOORWAARDEN, **anders})

    def neemt_deel(self, gemeente: str, voorziening: str = "govroam", *, sinds: str = "2025-06-01", **anders: Any) -> str:
        """The id of a deelname that is in use since a day."""
        nieuw = deelname(gemeente, voorziening, datum=sinds, **anders)
        id = self.doe("POST", "/v1/deelnames", 201, json=nieuw)["id"]
        for naar in STAPPEN:
            self.stap(id, naar, datum=sinds)
        return id

    def stap(self, id: str, naar: str, status: int = 200, kop: dict[str, str] | None = None, **anders: Any) -> Any:
        return self.doe("POST", f"/v1/deelnames/{id}/overgangen", status, kop, json={"naar": naar, **anders})

    def zie(self, pad: str, kop: dict[str, str] | None = None) -> Any:
        return self.doe("GET", pad, 200, kop)

"""Fixtures of the tests of commitments, spending and the end of a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fonds_api.settings import Settings

from tests.fonds.besluiten import ALIAS, Catalogus, catalogus

__all__ = ["bron", "doe", "settings", "vrij", "zie"]


@pytest.fixture
def bron() -> Iterator[Catalogus]:
    with catalogus() as bron:
        yield bron


@pytest.fixture
def settings(settings: Settings, bron: Catalogus) -> Settings:
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


@pytest.fixture
def doe(client, als) -> Callable[..., Any]:
    """POST as the fondsbeheerder; the answer must have this status, and its type if it is a refusal."""

    def post(pad: str, inhoud: Any, status: int = 201, soort: str | None = None, rol: str = "fondsbeheerder") -> Any:
        antwoord = client.post(f"/v1{pad}", json=inhoud, headers=als(rol))
        assert antwoord.status_code == status, antwoord.text
        gegeven = antwoord.json()
        assert soort is None or gegeven["type"] == f"/v1/problemen/{soort}", gegeven
        return gegeven

    return post


@pytest.fixture
def zie(client, als) -> Callable[..., Any]:
    def get(pad: str, status: int = 200, rol: str = "fondsbeheerder", **properties: str) -> Any:
        antwoord = client.get(pad if pad.startswith("/v1") else f"/v1{pad}", headers=als(rol, **properties))
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    return get


@pytest.fixture
def vrij(zie) -> Callable[..., Any]:
    """(verplicht, besteed, vrij) of a post in cents."""

    def van(soort: str = "structureel", jaar: int = 2018, prioriteit: str | None = "A1") -> tuple[int, int, int]:
        (post,) = [
            post
            for post in zie(f"/fondsen/ggu/vrije-ruimte?jaar={jaar}")["posten"]
            if (post["prioriteit"], post["budgetsoort"]) == (prioriteit, soort)
        ]
        return post["verplichtCent"], post["besteedCent"], post["vrijCent"]

    return van

"""What a decision must be for something here to rest on it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from fonds_api.besluit.errors import BesluitDraagtNiet, GeenGrondslag

LEDEN = frozenset({"ALV", "BALV"})
BESTUUR_EN_LEDEN = LEDEN | {"bestuur"}
"""The members stand above the bestuur (BALV 30-11-2016, voorstel A, p. 8-9), so they may do what it may."""
KADERBESLUIT = "kaderbesluit"
BESLUITPAD = r"^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
VOORZIENINGPAD = r"^/v1/voorzieningen/[a-z0-9][a-z0-9-]{0,59}$"


class Gegeven(Protocol):
    """What counts of a decision, as catalogus gives it."""

    @property
    def gremium(self) -> str: ...
    @property
    def soort(self) -> str: ...
    @property
    def uitkomst(self) -> str: ...
    @property
    def datum(self) -> date: ...


def eisen_draagt(besluit: Gegeven, gremia: Collection[str], vandaag: date) -> None:
    """Refuse a decision that does not carry what is to rest on it.

    Raises:
        BesluitDraagtNiet: names everything that is wrong with it.
    """
    mis = []
    if besluit.uitkomst != "positief":
        mis.append(f"de uitkomst is {besluit.uitkomst}")
    if besluit.gremium not in gremia:
        mis.append(f"het is van {besluit.gremium}, en dit is aan {' of '.join(sorted(gremia))}")
    if besluit.soort != KADERBESLUIT:
        mis.append(f"het is een {besluit.soort}, geen {KADERBESLUIT}")
    if besluit.datum > vandaag:
        mis.append(f"het is van {besluit.datum}, na {vandaag}")
    if mis:
        raise BesluitDraagtNiet(f"Dit besluit draagt het niet: {'; '.join(mis)}.")


def eisen_toegestaan(toegestaan: bool, uitleg: str, besluiten: Collection[str]) -> None:
    """Refuse a commitment for a voorziening that no decision permits.

    Args:
        uitleg: why or why not, in the words of catalogus.
        besluiten: paths of the decisions that permit it.

    Raises:
        GeenGrondslag: with what catalogus says of it.
    """
    if not toegestaan or not besluiten:
        raise GeenGrondslag(uitleg)

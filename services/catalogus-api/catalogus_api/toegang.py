"""Who calls, on whose behalf, and what it may see: concepts are for catalogusbeheer, what is published for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.context import Context
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

BEHEER = "catalogusbeheer"
GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER = "gemeente", "samenwerkingsverband", "leverancier"
NAMENS_GEMEENTEN = (GEMEENTE, SAMENWERKINGSVERBAND, LEVERANCIER)
"""Roles that act for one gemeente, or for several."""
DEELNEMENDE = (BEHEER, *NAMENS_GEMEENTEN)
"""Roles that can take part in voorzieningen, for themselves or for others."""
TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING = "taskforce", "college", "bestuur", "ledenvergadering"
GREMIA = (TASKFORCE, COLLEGE, BESTUUR, LEDENVERGADERING)
"""Roles of who decides: each records its own besluiten."""
AANGESLOTEN = frozenset({BEHEER, *NAMENS_GEMEENTEN, *GREMIA})
"""Who sees what gemeenten share among themselves."""
GEPUBLICEERD = Sight({"publicatiestatus": ["gepubliceerd"]})
_GEMEENTECODE, _VERBAND = "GM[0-9]{4}", "[a-z0-9-]{1,60}"

IEDEREEN = "iedereen"
"""Label of a record (`visible_to`) that everybody may see."""
AANGESLOTENEN = "aangeslotenen"
"""Label of a record that gemeenten share among themselves (`AANGESLOTEN`)."""
KRINGEN = "kringen"


def kring(soort: str, code: str) -> str:
    """Label of a record that one gemeente or samenwerkingsverband may see: `kring(GEMEENTE, "GM0344")`."""
    return f"{soort}:{code}"


def voor_wie_publicaties_ziet(publicatiestatus: str) -> frozenset[str]:
    """Labels of a record about what is, after the change, concept or gepubliceerd."""
    return frozenset({IEDEREEN} if publicatiestatus == "gepubliceerd" else ())


def kringen_van(kijker: Kijker) -> Sight:
    """Which labels a caller has; catalogusbeheer sees everything."""
    if kijker.beheer:
        return EVERYTHING
    partij = kijker.partij or Partij()
    eigen = {IEDEREEN, AANGESLOTENEN} if kijker.aangesloten else {IEDEREEN}
    if partij.gemeentecode is not None:
        eigen.add(kring(GEMEENTE, partij.gemeentecode))
    if partij.samenwerkingsverband is not None:
        eigen.add(kring(SAMENWERKINGSVERBAND, partij.samenwerkingsverband))
    return Sight({KRINGEN: eigen})


def ziet_concepten(caller: Caller | None) -> bool:
    """Whether a caller sees entries that are not published; nothing else decides which entries it sees."""
    return caller is not None and caller.role == BEHEER


def zicht_van(caller: Caller | None) -> Sight:
    """Which entries a caller may see."""
    return EVERYTHING if ziet_concepten(caller) else GEPUBLICEERD


async def _wie(request: Request) -> Caller | None:
    caller: Caller | None = request.state.caller
    return caller


async def _zicht(request: Request) -> Sight:
    return zicht_van(request.state.caller)


async def _aanbieder(request: Request) -> str:
    context: Context = request.app.state.context
    if context.settings is None:
        raise RuntimeError("this process does not know which peer offers the service")
    return context.settings.peer_id


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see, with a token or without."""


@dataclass(frozen=True)
class Partij:
    """For whom a caller acts: one gemeente, one samenwerkingsverband, or the beheer of the catalogus (neither)."""

    gemeentecode: str | None = None
    samenwerkingsverband: str | None = None


def partij_van(caller: Caller) -> Partij:
    """For whom the holder of a contract acts, as the contract says; `namens` holds that against the register.

    Raises:
        Forbidden: it does not say so, or a supplier acts without delegation.
    """
    if caller.role == SAMENWERKINGSVERBAND:
        return Partij(samenwerkingsverband=grant_text(caller, "samenwerkingsverband", _VERBAND, "drechtsteden"))
    if caller.role not in NAMENS_GEMEENTEN:
        return Partij()
    if caller.role == LEVERANCIER and caller.delegator_id is None:
        raise Forbidden("Een leverancier handelt hier alleen namens een gemeente, met een gedelegeerd contract van die gemeente.")
    return Partij(gemeentecode=grant_text(caller, "gemeentecode", _GEMEENTECODE, "GM0344"))


@dataclass(frozen=True)
class Kijker:
    """Who looks at what gemeenten share.

    Attributes:
        beheer: sees everything.
        aangesloten: sees what is shared among who is connected.
        partij: sees what is its own; None for who acts for nobody.
    """

    beheer: bool = False
    aangesloten: bool = False
    partij: Partij | None = None


Aanroeper = Annotated[Caller | None, Depends(_wie)]
"""Who calls, with a token or without."""
VanWie = Annotated[str, Depends(_aanbieder)]
"""OIN of the peer that offers this service."""

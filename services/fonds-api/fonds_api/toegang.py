"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from fonds_api.begroting.service import met_vastgestelde, vastgestelde
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.service import fondsen_van

FONDSBEHEERDER = "fondsbeheerder"
ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"
BESTUUR = "bestuur"
LEDENVERGADERING = "ledenvergadering"
ACCOUNTANT = "accountant"

BOEKERS = (FONDSBEHEERDER, ADMINISTRATIE)
"""The roles that may book at all; each fonds says which of them may book in it."""
BEGROTINGLEZERS = (FONDSBEHEERDER, BESTUUR, ADMINISTRATIE, GEMEENTE)

GRONDIGE_LEZERS = (FONDSBEHEERDER, ADMINISTRATIE, BESTUUR, LEDENVERGADERING, ACCOUNTANT)
"""Who may read single entries: the audit file, the journal and the cards of accounts."""
VERSLAGLEZERS = (*GRONDIGE_LEZERS, GEMEENTE)
"""Who may read reports, which only have totals."""


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role != GEMEENTE:
        return Sight({"fonds": fondsen_van(caller.role)})
    return Sight({"gemeentecode": [_gemeentecode(caller)]})


async def _begrotingzicht(caller: ByCaller) -> Sight:
    if caller.role == BESTUUR:
        return EVERYTHING
    if caller.role == FONDSBEHEERDER:
        return Sight({"fonds": fondsen_van(caller.role)})
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return Sight({"vastgesteld": vastgestelde()})


async def _verslagzicht(caller: ByCaller) -> Sight:
    if caller.role in (BESTUUR, LEDENVERGADERING, ACCOUNTANT):
        return EVERYTHING
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
        return Sight({"fonds": met_vastgestelde()})
    return Sight({"fonds": fondsen_van(caller.role)})


async def _fiscaal_nummer(request: Request) -> str | None:
    nummer: str | None = request.app.state.context.settings.fiscaal_nummer
    return nummer


def _gemeentecode(caller: Caller) -> str:
    return grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, every other role the fondsen in which it may book.

Raises GeenGemeentecode: the caller is a gemeente, but its contract does not say which one.
"""

InBegrotingzicht = Annotated[Sight, Depends(_begrotingzicht)]
"""Which begrotingen the caller may see: the bestuur all, the fondsbeheerder those of its fondsen, others the adopted ones.

Raises GeenGemeentecode: as for InZicht.
"""

InVerslagzicht = Annotated[Sight, Depends(_verslagzicht)]
"""Of which fondsen the caller may see the reports: bestuur, ledenvergadering and accountant of all, fondsbeheerder and
administratie of those in which they book, and a gemeente of those with an adopted begroting: what gemeenten decided to spend
together, they may see spent. Single entries name others (their nota's, their payments), so a gemeente gets totals only.

Raises GeenGemeentecode: as for InZicht.
"""

FiscaalNummer = Annotated[str | None, Depends(_fiscaal_nummer)]
"""RSIN of the legal entity that keeps the fondsen, when the service is told it."""

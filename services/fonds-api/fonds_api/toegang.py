"""The roles that this service knows, from the signed grant properties of a contract, and what a caller with each may see."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from fastapi import Depends, Request
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.route import ByCaller
from gemeengoed_kit.sight import EVERYTHING, Sight, grant_text

from fonds_api.begroting.service import met_vastgestelde, vastgestelde
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.errors import BronNietVanU
from fonds_api.boekingsvoorstel.rules import Wie
from fonds_api.fonds import service as fonds
from fonds_api.omslag.service import openbare

FONDSBEHEERDER = "fondsbeheerder"
ADMINISTRATIE = "administratie"
GEMEENTE = "gemeente"
BESTUUR = "bestuur"
LEDENVERGADERING = "ledenvergadering"
ACCOUNTANT = "accountant"

BOEKERS = fonds.BOEKERS
"""The roles that may book at all; each fonds says which of them may book in it."""
TOEZIENDEN = (BESTUUR, LEDENVERGADERING, ACCOUNTANT)
"""The roles that see every fonds and book in none; the accountant writes nothing at all."""
LEZERS = (*BOEKERS, *TOEZIENDEN)
"""The roles that read the ledger: who books those fondsen of its own, who supervises all."""
BEGROTINGLEZERS = (FONDSBEHEERDER, ADMINISTRATIE, GEMEENTE, *TOEZIENDEN)
BESLISSERS = (BESTUUR, LEDENVERGADERING)
"""Who decides about a levy."""
OMSLAGLEZERS = (FONDSBEHEERDER, GEMEENTE, *TOEZIENDEN)
"""Who sees levies and contributions: a gemeente its own."""
BIJDRAGELEZERS = (FONDSBEHEERDER, ACCOUNTANT, GEMEENTE)
"""Who sees nota's and receipts: a gemeente its own."""

BESTEDINGLEZERS = (FONDSBEHEERDER, BESTUUR, ACCOUNTANT)
"""Who sees commitments and spending one by one, with the names of suppliers. Others see what they come to per begrotingspost."""
JAARLEZERS = (FONDSBEHEERDER, GEMEENTE, *TOEZIENDEN)
"""Who sees how a year ended."""
INDEXLEZERS = BEGROTINGLEZERS
INKOOPLEZERS = (FONDSBEHEERDER, GEMEENTE, *TOEZIENDEN)
VERSLAGLEZERS = (*LEZERS, GEMEENTE)
"""Who may read reports, which only have totals."""

EIGEN_BRON = "fonds"
"""The source of the documents that this service keeps itself."""
_BRON = "[a-z][a-z0-9-]{0,49}"
_BRONNEN = f"{_BRON}(,{_BRON})*"


async def _zicht(caller: ByCaller) -> Sight:
    if caller.role in TOEZIENDEN:
        return EVERYTHING
    if caller.role != GEMEENTE:
        return Sight({"fonds": fonds.fondsen_van(caller.role)})
    return Sight({"gemeentecode": [_gemeentecode(caller)]})


async def _begrotingzicht(caller: ByCaller) -> Sight:
    if caller.role == FONDSBEHEERDER or caller.role in TOEZIENDEN:
        return _fondszicht(caller)
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return Sight({"vastgesteld": vastgestelde()})


async def _inkoopzicht(caller: ByCaller) -> Sight:
    return Sight({"gemeente": [f"/v1/gemeenten/{_gemeentecode(caller)}"]}) if caller.role == GEMEENTE else EVERYTHING


async def _genoemd(caller: ByCaller) -> None:
    if caller.role == GEMEENTE:
        _gemeentecode(caller)


def eisen_bronnen(caller: Caller, bronnen: Collection[str]) -> None:
    """Refuse to book documents of a source that the contract does not name (`gemeengoed.bron`: one name or more, with commas
    between them).

    Raises:
        BronNietVanU: names the sources that are not the caller's.
    """
    if vreemd := set(bronnen) & {EIGEN_BRON}:
        raise BronNietVanU(f"De documenten van bron {EIGEN_BRON} beheert en boekt deze dienst zelf.", bronnen=sorted(vreemd))
    eigen = grant_text(caller, "bron", _BRONNEN, "abonnement", BronNietVanU).split(",")
    if vreemd := set(bronnen) - set(eigen):
        raise BronNietVanU(
            f"Uw contract noemt de bron {' en '.join(eigen)}, en niet {' en '.join(sorted(vreemd))}; wie een document beheert, "
            "boekt het.",
            bronnen=sorted(vreemd),
        )


async def _wie(caller: ByCaller) -> Wie:
    return Wie(caller.peer_id, caller.role or "", caller.grant)


def _fondszicht(caller: Caller) -> Sight:
    return EVERYTHING if caller.role in TOEZIENDEN else Sight({"fonds": fonds.fondsen_van(caller.role)})


async def _bestedingzicht(caller: ByCaller) -> Sight:
    return _fondszicht(caller)


async def _ruimtezicht(caller: ByCaller) -> Sight:
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
    return _fondszicht(caller) if caller.role == FONDSBEHEERDER else EVERYTHING


async def _uitkeringzicht(caller: ByCaller) -> Sight:
    return Sight({"gemeentecode": [_gemeentecode(caller)]}) if caller.role == GEMEENTE else _fondszicht(caller)


async def _omslagzicht(caller: ByCaller) -> Sight:
    if caller.role == FONDSBEHEERDER:
        return Sight({"fonds": fonds.fondsen_van(caller.role)})
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
        return Sight({"omslag": openbare()})
    return EVERYTHING


async def _eigen(caller: ByCaller) -> str | None:
    return _gemeentecode(caller) if caller.role == GEMEENTE else None


async def _verslagzicht(caller: ByCaller) -> Sight:
    if caller.role == GEMEENTE:
        _gemeentecode(caller)
        return Sight({"fonds": met_vastgestelde()})
    return _fondszicht(caller)


async def _fiscaal_nummer(request: Request) -> str | None:
    nummer: str | None = request.app.state.context.settings.fiscaal_nummer
    return nummer


def _gemeentecode(caller: Caller) -> str:
    return grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)


DoorWie = Annotated[Wie, Depends(_wie)]
"""Who acts, as far as the contract tells."""


async def _gemeente(caller: ByCaller) -> str:
    return _gemeentecode(caller)


InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, who books the fondsen in which it may book, who supervises everything.

Raises GeenGemeentecode: the caller is a gemeente, but its contract does not say which one.
"""

InBestedingzicht = Annotated[Sight, Depends(_bestedingzicht)]
"""Which commitments and spending the caller may see: who watches over it all, the fondsbeheerder those of its fondsen."""

InRuimtezicht = Annotated[Sight, Depends(_ruimtezicht)]
"""Of which fondsen the caller may see what is left of adopted begrotingen: all; the fondsbeheerder of its own.

Raises GeenGemeentecode: as for InZicht.
"""

InUitkeringzicht = Annotated[Sight, Depends(_uitkeringzicht)]
"""What of a resultaat goes to whom: a gemeente sees its own, others as for `InBestedingzicht`.

Raises GeenGemeentecode: as for InZicht.
"""

InBegrotingzicht = Annotated[Sight, Depends(_begrotingzicht)]
"""Which begrotingen the caller may see: bestuur, members and accountant all, the fondsbeheerder those of its fondsen, others the
adopted ones.

Raises GeenGemeentecode: as for InZicht.
"""

InGemeente = Annotated[str, Depends(_gemeente)]
"""The code of the gemeente that the caller acts for.

Raises GeenGemeentecode: as for InZicht.
"""

InOmslagzicht = Annotated[Sight, Depends(_omslagzicht)]
"""Which omslagen the caller may see: a gemeente what was decided or shared, the fondsbeheerder those of its fondsen, others all.

Raises GeenGemeentecode: as for InZicht.
"""

InEigen = Annotated[str | None, Depends(_eigen)]
"""Code of the gemeente that calls; None for every other role. Raises GeenGemeentecode: as for InZicht."""
GENOEMD = Depends(_genoemd)
"""For what every reader may see: a gemeente must still say which one it is. Raises GeenGemeentecode."""

InInkoopzicht = Annotated[Sight, Depends(_inkoopzicht)]
"""What the caller may see of inkooptrajecten: a gemeente what is its own, by its path in catalogus; who keeps or audits all.

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

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
from fonds_api.fonds import service as fonds
from fonds_api.inkoopopgave.service import deelnemers_van
from fonds_api.omslag.service import openbare

FONDSBEHEERDER = "fondsbeheerder"
"""Keeps the fondsen in which it books, and everything that leads to an entry in them."""
ADMINISTRATIE = "administratie"
"""Books in derdengelden."""
GEMEENTE = "gemeente"
"""Contributes: sees what was decided or shared, and of what is a gemeente's its own."""
BESTUUR = "bestuur"
"""Supervises, and decides what is the bestuur's."""
LEDENVERGADERING = "ledenvergadering"
"""Supervises, and decides what is the members'."""
ACCOUNTANT = "accountant"
"""Reads all, and writes nothing at all."""

BOEKERS = fonds.BOEKERS
"""May book at all; each fonds says which of them may book in it."""
BESLISSERS = (BESTUUR, LEDENVERGADERING)
"""Decide about a levy."""
TOEZIENDEN = (*BESLISSERS, ACCOUNTANT)
"""See every fonds, and book in none."""
LEZERS = (*BOEKERS, *TOEZIENDEN)
"""Read the ledger: who books those fondsen of its own, who supervises all."""
VERSLAGLEZERS = (*LEZERS, GEMEENTE)
"""Read what has only totals, or was published: reports, begrotingen, indexation."""
BEGROTINGLEZERS = INDEXLEZERS = VERSLAGLEZERS
OMSLAGLEZERS = (FONDSBEHEERDER, GEMEENTE, *TOEZIENDEN)
"""Read what concerns gemeenten together: levies, contributions, how a year ended, joint tenders."""
JAARLEZERS = INKOOPLEZERS = OMSLAGLEZERS
BIJDRAGELEZERS = (FONDSBEHEERDER, ACCOUNTANT, GEMEENTE)
"""Read nota's and receipts: a gemeente its own."""
BESTEDINGLEZERS = (FONDSBEHEERDER, BESTUUR, ACCOUNTANT)
"""Read commitments and spending one by one, with the names of suppliers. Others see what they come to per begrotingspost."""

EIGEN_BRON = "fonds"
"""The source of the documents that this service keeps itself."""
_BRON = "[a-z][a-z0-9-]{0,49}"
_BRONNEN = f"{_BRON}(,{_BRON})*"


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


async def _fiscaal_nummer(request: Request) -> str | None:
    nummer: str | None = request.app.state.context.settings.fiscaal_nummer
    return nummer


async def _gemeente(caller: ByCaller) -> str:
    return grant_text(caller, "gemeentecode", "GM[0-9]{4}", "GM0344", GeenGemeentecode)


async def _eigen(caller: ByCaller) -> str | None:
    return await _gemeente(caller) if caller.role == GEMEENTE else None


Eigen = Annotated[str | None, Depends(_eigen)]


async def _fondszicht(caller: ByCaller) -> Sight:
    return EVERYTHING if caller.role in TOEZIENDEN else Sight({"fonds": fonds.fondsen_van(caller.role)})


async def _zicht(caller: ByCaller, eigen: Eigen) -> Sight:
    return Sight({"gemeentecode": [eigen]}) if eigen else await _fondszicht(caller)


async def _begrotingzicht(caller: ByCaller, eigen: Eigen) -> Sight:
    mag_concepten = caller.role in (FONDSBEHEERDER, *TOEZIENDEN)
    return await _fondszicht(caller) if mag_concepten else Sight({"vastgesteld": vastgestelde()})


async def _ruimtezicht(caller: ByCaller, eigen: Eigen) -> Sight:
    return await _fondszicht(caller) if caller.role == FONDSBEHEERDER else EVERYTHING


async def _omslagzicht(caller: ByCaller, eigen: Eigen) -> Sight:
    return Sight({"omslag": openbare()}) if eigen else await _fondszicht(caller)


async def _inkoopzicht(eigen: Eigen) -> Sight:
    return Sight({"gemeente": deelnemers_van(eigen)}) if eigen else EVERYTHING


async def _verslagzicht(caller: ByCaller, eigen: Eigen) -> Sight:
    return Sight({"fonds": met_vastgestelde()}) if eigen else await _fondszicht(caller)


InGemeente = Annotated[str, Depends(_gemeente)]
"""The code of the gemeente that calls. Raises GeenGemeentecode: its contract does not say which one, here and below."""
InEigen = Eigen
"""The same, and None for every other role."""
GENOEMD = Depends(_eigen)
"""For what every reader may see: a gemeente must still say which one it is."""

InZicht = Annotated[Sight, Depends(_zicht)]
"""What the caller may see: a gemeente its own data, who books the fondsen in which it may book, who supervises everything."""
InUitkeringzicht = InZicht
"""What of a resultaat goes to whom: the same."""
InBestedingzicht = Annotated[Sight, Depends(_fondszicht)]
"""Which commitments and spending: who supervises all, the fondsbeheerder those of its fondsen."""
InRuimtezicht = Annotated[Sight, Depends(_ruimtezicht)]
"""Of which fondsen what is left of adopted begrotingen: all; the fondsbeheerder of its own."""
InBegrotingzicht = Annotated[Sight, Depends(_begrotingzicht)]
"""Which begrotingen: who supervises all, the fondsbeheerder those of its fondsen, others the adopted ones."""
InOmslagzicht = Annotated[Sight, Depends(_omslagzicht)]
"""Which omslagen: a gemeente what was decided or shared, the fondsbeheerder those of its fondsen, others all."""
InInkoopzicht = Annotated[Sight, Depends(_inkoopzicht)]
"""What of inkooptrajecten: a gemeente what is its own, by its path in catalogus, or of a samenwerkingsverband that it is a member
of, as catalogus last said; who keeps or audits all."""
InVerslagzicht = Annotated[Sight, Depends(_verslagzicht)]
"""Of which fondsen the reports: who supervises all, who books its own, and a gemeente those with an adopted begroting: what
gemeenten decided to spend together, they may see spent. Single entries name others, so a gemeente gets totals only."""

FiscaalNummer = Annotated[str | None, Depends(_fiscaal_nummer)]
"""RSIN of the legal entity that keeps the fondsen, when the service is told it."""

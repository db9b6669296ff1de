"""Use cases of afnemers."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found

from abonnement_api.afnemer import repository
from abonnement_api.afnemer.errors import AfnemerNietGevonden, AndereAfnemer
from abonnement_api.afnemer.schemas import Afnemer, AfnemerInvoer


def list_afnemers(work: Work, wens: PageQuery) -> tuple[int, list[Afnemer]]:
    """(total number, afnemers of this page), by gemeentecode."""
    count, rows = repository.list_afnemers(work.session, wens)
    return count, Afnemer.from_rows(rows)


def vastleggen(work: Work, gemeentecode: str, invoer: AfnemerInvoer) -> Afnemer:
    """Register which peer a gemeente is; this replaces an earlier registration."""
    repository.put(work.session, gemeentecode, invoer.peer_id, work.clock.now())
    _noteer(work, "afnemer.vastleggen", gemeentecode, invoer.peer_id)
    return Afnemer.make(gemeentecode=gemeentecode, peer_id=invoer.peer_id, gewijzigd_op=work.clock.now())


def verwijderen(work: Work, gemeentecode: str) -> None:
    """Remove the registered peer of a gemeente; from then on its contract alone decides.

    Raises:
        AfnemerNietGevonden: no peer is registered for it.
    """
    verwijderd = repository.remove(work.session, gemeentecode)
    peer_id = found(verwijderd, AfnemerNietGevonden, f"Van {gemeentecode} is geen afnemer vastgelegd.")
    _noteer(work, "afnemer.verwijderen", gemeentecode, peer_id)


def eisen_zelf(work: Work, caller: Caller, gemeentecode: str) -> None:
    """Refuse a caller that may not act for the gemeente, by what is registered of the gemeente and of the peer.

    The peer is the caller, or the one on whose behalf it calls.

    Raises:
        AndereAfnemer: the gemeente is registered as another peer; or it is not registered, but this peer is, as another gemeente.
    """
    bekend = repository.find(work.session, gemeentecode)
    namens = caller.delegator_id or caller.peer_id
    if bekend is not None and bekend.peer_id != namens:
        raise AndereAfnemer(
            f"Uw contract noemt {gemeentecode}, maar die gemeente is hier een andere organisatie dan {namens}; "
            "laat de aanbieder het contract of de afnemer verbeteren."
        )
    if bekend is None and (ander := repository.code_of(work.session, namens)):
        raise AndereAfnemer(
            f"Uw contract noemt {gemeentecode}, maar {namens} is hier vastgelegd als {ander}; "
            "laat de aanbieder het contract of de afnemer verbeteren."
        )


def _noteer(work: Work, handeling: str, gemeentecode: str, peer_id: str) -> None:
    pad = f"/v1/afnemers/{gemeentecode}"
    work.record(action=handeling, subject=pad, change={"peerId": peer_id})

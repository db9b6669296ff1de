"""HTTP routes for the transaction log."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Annotated

from fastapi import Query
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId
from gateway.beheer.schemas import transactions as schemas
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require
from gateway.txlog import repository as txlog
from gateway.txlog.cursor import cursor_of, position
from gateway.txlog.models import LoggedCall
from gateway.txlog.record import OUTGOING
from gateway.txlog.selection import Selection

transactions = router("/peers/{peer_id}/transactions", "transactielog")
_SHOWN = [name for name in schemas.Transactie.model_fields if name != "transaction_id"]


@transactions.get(
    "",
    summary="Transactielog opvragen",
    response_description="Regels van het log.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def list_transactions(work: InWork, peer_id: PeerId, wens: Annotated[schemas.TransactieFilter, Query()]) -> schemas.Transacties:
    """Regels uit het eigen transactielog van de peer, nieuwste eerst."""
    require(work.session, peer_id)
    rows = _rows(work, peer_id, wens)
    shown = rows[: wens.limit]
    return schemas.Transacties.make(
        next_cursor=cursor_of(shown[-1]) if len(rows) > wens.limit else None,
        results=[
            schemas.Transactie.make(transaction_id=str(row.transaction_id), **{name: getattr(row, name) for name in _SHOWN})
            for row in shown
        ],
    )


@transactions.get(
    "/aantal",
    summary="Regels van het transactielog tellen",
    response_description="De aantallen.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound)
def count_transactions(work: InWork, peer_id: PeerId, periode: Annotated[schemas.Periode, Query()]) -> schemas.Aantal:
    """Aantal regels in een periode van ten hoogste 31 dagen."""
    require(work.session, peer_id)
    outgoing, incoming = txlog.count(work.session, peer_id, periode.van, timedelta(days=periode.dagen))
    return schemas.Aantal.make(uitgaand=outgoing, inkomend=incoming)


def _rows(work: Work, peer_id: str, wens: schemas.TransactieFilter) -> list[LoggedCall]:
    """The records, with one more than asked for if there are more; for one transaction, all records."""
    if wens.transaction_id is not None:
        try:
            return txlog.of_transactions(work.session, peer_id, [uuid.UUID(wens.transaction_id)])[: wens.limit]
        except ValueError:
            return []
    wanted = Selection(
        peer_id,
        other=wens.andere_peer_id,
        outgoing=wens.direction == OUTGOING if wens.direction else None,
        grants=[wens.grant_hash] if wens.grant_hash else (),
        services=[wens.service_name] if wens.service_name else (),
        since=wens.van,
        until=wens.tot,
        past=position(wens.cursor) if wens.cursor else None,
    )
    return txlog.page(work.session, wanted, limit=wens.limit + 1)

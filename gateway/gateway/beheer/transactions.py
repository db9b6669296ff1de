"""HTTP about the transaction log."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId
from gateway.beheer.schemas import transactions as schemas
from gateway.peer.service import require
from gateway.txlog import repository as txlog

transactions = router("/peers/{peer_id}/transactions", "transactielog")


@transactions.get(
    "",
    summary="Transactielog opvragen",
    response_description="Regels van het log.",
    dependencies=[roles(ROLE)],
    responses={404: {}},
)
def list_transactions(work: InWork, peer_id: PeerId, wens: Annotated[schemas.TransactieFilter, Query()]) -> schemas.Transacties:
    """Regels uit het eigen transactielog van de peer, nieuwste eerst."""
    require(work.session, peer_id)
    rows = txlog.page(work.session, peer_id, transaction_id=wens.transaction_id, before=wens.cursor, limit=wens.limit + 1)
    outgoing, incoming = txlog.count(work.session, peer_id)
    shown = rows[: wens.limit]
    return schemas.Transacties.make(
        count_outgoing=outgoing,
        count_incoming=incoming,
        next_cursor=shown[-1].id if len(rows) > wens.limit else None,
        results=[
            schemas.Transactie.make(
                **{
                    name: getattr(row, name)
                    for name in (
                        "direction",
                        "grant_hash",
                        "service_name",
                        "outway_peer_id",
                        "outway_delegator_id",
                        "service_peer_id",
                        "service_delegator_id",
                        "created_at",
                    )
                },
                transaction_id=str(row.transaction_id),
            )
            for row in shown
        ],
    )

"""Every query on aliases and remote Inways."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.outway.models import GrantAlias, RemoteInway


def put_alias(session: Session, peer_id: str, alias: str, grant_hash: str, *, now: datetime) -> None:
    """Name a grant; an alias that exists moves to this grant."""
    values = {"grant_hash": grant_hash, "updated_at": now}
    session.execute(
        insert(GrantAlias)
        .values(peer_id=peer_id, alias=alias, **values)
        .on_conflict_do_update(index_elements=["peer_id", "alias"], set_=values)
    )


def aliases(session: Session, peer_id: str) -> list[GrantAlias]:
    """Aliases of a peer, by name."""
    return list(session.scalars(select(GrantAlias).where(GrantAlias.peer_id == peer_id).order_by(GrantAlias.alias)))


def remote_inways(session: Session) -> list[RemoteInway]:
    """All Inways that hosted Outways call."""
    return list(session.scalars(select(RemoteInway).order_by(RemoteInway.peer_id, RemoteInway.host, RemoteInway.port)))

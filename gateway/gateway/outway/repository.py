"""Every query on aliases and remote Inways."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.outway.models import GrantAlias, RemoteInway


def alias(session: Session, peer_id: str, name: str) -> GrantAlias | None:
    """The alias with this name, with a row lock against concurrent changes."""
    return session.get(GrantAlias, (peer_id, name), with_for_update=True)


def put_alias(session: Session, peer_id: str, alias: str, grant_hash: str, *, earlier: str | None, now: datetime) -> GrantAlias:
    """Give a grant an alias; `earlier` is the grant that keeps the alias until the new grant can be used."""
    values = {"grant_hash": grant_hash, "earlier_grant_hash": earlier, "updated_at": now}
    statement = insert(GrantAlias).values(peer_id=peer_id, alias=alias, **values)
    renewed = statement.on_conflict_do_update(index_elements=["peer_id", "alias"], set_=values).returning(GrantAlias)
    return session.scalars(renewed, execution_options={"populate_existing": True}).one()


def aliases(session: Session, peer_id: str) -> list[GrantAlias]:
    """Aliases of a peer, by name."""
    return list(session.scalars(listed(peer_id)))


def listed(peer_id: str) -> Select[GrantAlias]:
    """Query for a peer's aliases, by name."""
    return select(GrantAlias).where(GrantAlias.peer_id == peer_id).order_by(GrantAlias.alias)


def remove_alias(session: Session, peer_id: str, alias: str) -> bool:
    """Remove an alias; False when there was none."""
    gone = session.scalar(
        delete(GrantAlias).where(GrantAlias.peer_id == peer_id, GrantAlias.alias == alias).returning(GrantAlias.alias)
    )
    return gone is not None


def remote_inways(session: Session) -> list[RemoteInway]:
    """All Inways that hosted Outways call."""
    return list(session.scalars(select(RemoteInway).order_by(RemoteInway.peer_id, RemoteInway.host, RemoteInway.port)))


def known_to_nginx(session: Session, row: RemoteInway, generation: int | None) -> None:
    """Record that this Inway is in configuration `generation`; None: it has no address now."""
    session.execute(
        update(RemoteInway)
        .where(RemoteInway.peer_id == row.peer_id, RemoteInway.host == row.host, RemoteInway.port == row.port)
        .values(since_generation=generation)
    )

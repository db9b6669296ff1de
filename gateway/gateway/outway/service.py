"""Use case: name a grant of the own Outway."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gateway.contract import grants
from gateway.deployment import Deployment
from gateway.outway import repository
from gateway.outway.models import GrantAlias


def name_grant(deployment: Deployment, session: Session, peer_id: str, alias: str, grant_hash: str) -> GrantAlias:
    """Give a grant of the own Outway this alias. If an earlier grant has it, that grant keeps it until the new one can be used
    for the first time, so that one contract follows the other without a gap. Of several new grants that cannot be used yet, the
    last one counts."""
    before = repository.alias(session, peer_id, alias)
    earlier = before.grant_hash if before is not None else None
    if before is not None and before.earlier_grant_hash is not None:
        begun = grants.has_begun(session, peer_id, before.grant_hash, now=deployment.unix_now)
        earlier = before.grant_hash if begun else before.earlier_grant_hash
    if earlier == grant_hash:
        earlier = None
    return repository.put_alias(session, peer_id, alias, grant_hash, earlier=earlier, now=deployment.now)

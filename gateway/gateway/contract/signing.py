"""Our own signatures: made with the Manager's present key, stored, and queued for every other party in one transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gateway.contract import repository, signature
from gateway.contract.content import Content, read_content
from gateway.db import lock
from gateway.deployment import Deployment
from gateway.names import SignatureType


def sign(deployment: Deployment, session: Session, owner_id: str, content: Content, kind: SignatureType) -> None:
    """Accept, reject or revoke, and tell all other parties."""
    jws = _put(deployment, session, owner_id, content, kind)
    _tell(deployment, session, owner_id, content, jws, dict.fromkeys(content.parties - {owner_id}, str(kind)))


def submit(deployment: Deployment, session: Session, owner_id: str, content: Content) -> None:
    """Accept a contract of our own making, and offer it to all other parties."""
    jws = _put(deployment, session, owner_id, content, SignatureType.ACCEPT)
    _tell(deployment, session, owner_id, content, jws, dict.fromkeys(content.parties - {owner_id}, "submit"))


def renew(deployment: Deployment, session: Session, owner_id: str) -> int:
    """Accept again, with the Manager's present certificate, what was accepted with an earlier one and still runs: without
    a living certificate an accept no longer counts (FSC Core, certificate renewal). Returns how many contracts.

    What was not delivered yet goes out with the new signature instead of the old.
    """
    present = deployment.keys.pair(owner_id, "manager").certificate.thumbprint
    count = 0
    for row, jws in repository.accepted_and_running(session, owner_id, now=deployment.unix_now):
        if signature.read_header(jws).thumbprint == present:
            continue
        lock(session, "contract", owner_id, row.content_hash)
        content = read_content(row.content, deployment.rules)
        renewed = _put(deployment, session, owner_id, content, SignatureType.ACCEPT)
        offers = repository.supersede(session, owner_id, row.content_hash, now=deployment.now)
        kinds = {party: "submit" if party in offers else "accept" for party in content.parties - {owner_id}}
        _tell(deployment, session, owner_id, content, renewed, kinds)
        count += 1
    return count


def _put(deployment: Deployment, session: Session, owner_id: str, content: Content, kind: SignatureType) -> str:
    key = deployment.keys.pair(owner_id, "manager")
    jws = signature.sign(content.hash, kind, key, signed_at=deployment.unix_now)
    repository.put_signature(
        session,
        owner_id,
        content.hash,
        owner_id,
        kind,
        jws,
        signed_at=deployment.unix_now,
        certificate_not_after=int(key.certificate.not_after.timestamp()),
        now=deployment.now,
    )
    return jws


def _tell(deployment: Deployment, session: Session, owner_id: str, content: Content, jws: str, kinds: dict[str, str]) -> None:
    """`kinds`: by party, how it is told: submit, accept, reject or revoke."""
    for party, kind in sorted(kinds.items()):
        repository.add_delivery(
            session, owner_id, kind=kind, now=deployment.now, to_peer_id=party, content_hash=content.hash, jws=jws
        )

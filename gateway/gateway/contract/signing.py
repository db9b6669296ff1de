"""Our own signatures: made with the Manager's current key, stored, and queued for every other party in one transaction.

A stored contract is signed by the hash that it came with, and not validated again: later changes of the rules do not undo it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gateway.contract import repository, signature
from gateway.db import lock
from gateway.deployment import Deployment
from gateway.names import SignatureType


@dataclass(frozen=True)
class Own:
    """A contract as its owner stores it."""

    owner_id: str
    content_hash: str
    parties: Iterable[str]

    @property
    def others(self) -> set[str]:
        return set(self.parties) - {self.owner_id}


def sign(deployment: Deployment, session: Session, own: Own, kind: SignatureType) -> None:
    """Accept, reject or revoke, and tell all other parties."""
    _tell(deployment, session, own, _put(deployment, session, own, kind), dict.fromkeys(own.others, str(kind)))


def submit(deployment: Deployment, session: Session, own: Own) -> None:
    """Accept a contract that we made ourselves, and offer it to all other parties."""
    jws = _put(deployment, session, own, SignatureType.ACCEPT)
    _tell(deployment, session, own, jws, dict.fromkeys(own.others, "submit"))


def renew(deployment: Deployment, session: Session, owner_id: str) -> bool:
    """Sign again, with the Manager's current certificate, what was signed with another one. True when there was anything.

    This covers accepts of contracts that still run, since an accept needs a valid certificate to count (FSC Core, certificate
    renewal), and rejects or revokes that were not delivered to every party yet. What was not delivered yet goes out with the
    new signature instead of the old one; a reject or revoke that was delivered is not sent again.
    """
    present = deployment.keys.needed(owner_id, "manager").certificate.thumbprint
    renewed = False
    for content_hash, parties, kind, signed in repository.own_signatures_in_use(session, owner_id, now=deployment.unix_now):
        if signature.read_header(signed).thumbprint == present:
            continue
        lock(session, "contract", owner_id, content_hash)
        own = Own(owner_id, content_hash, parties)
        jws = _put(deployment, session, own, SignatureType(kind))
        waiting = repository.supersede(session, owner_id, content_hash, kind, now=deployment.now)
        again = dict.fromkeys(own.others, kind) if kind == SignatureType.ACCEPT else {}
        _tell(deployment, session, own, jws, again | waiting)
        renewed = True
    return renewed


def _put(deployment: Deployment, session: Session, own: Own, kind: SignatureType) -> str:
    key = deployment.keys.needed(own.owner_id, "manager")
    jws = signature.sign(own.content_hash, kind, key, signed_at=deployment.unix_now)
    repository.put_signature(
        session,
        own.owner_id,
        own.content_hash,
        own.owner_id,
        kind,
        jws,
        signed_at=deployment.unix_now,
        certificate_not_after=int(key.certificate.not_after.timestamp()),
        now=deployment.now,
    )
    return jws


def _tell(deployment: Deployment, session: Session, own: Own, jws: str, kinds: dict[str, str]) -> None:
    """`kinds`: for each party the kind of message: submit, accept, reject or revoke."""
    for party, kind in sorted(kinds.items()):
        repository.add_delivery(
            session, own.owner_id, kind=kind, now=deployment.now, to_peer_id=party, content_hash=own.content_hash, jws=jws
        )

"""Use cases on contracts: receive what another Manager sends, make our own offers, sign."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from gemeengoed_kit.errors import Invalid, InvalidParam
from sqlalchemy.orm import Session

from gateway.acceptance import service as acceptance
from gateway.contract import repository, rules, signature, signing
from gateway.contract.content import Content, make_content, read_content
from gateway.contract.errors import AlreadyEnded, ContractNotFound, ReasonMissing
from gateway.contract.hashes import has_known_algorithm
from gateway.contract.models import Contract, ContractSignature
from gateway.db import lock, notify
from gateway.deployment import Deployment
from gateway.errors import ManagerError, invalid_contract
from gateway.names import HASH_ALGORITHM, SignatureType, State
from gateway.outway.service import name_grant
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import Certificate
from gateway.txlog.ids import new_id

_MOST_LOOKED_AT = 100


@dataclass(frozen=True)
class Submission:
    """What another Manager sent: the sender (certificate of the connection), the content, the signature, the sender's address."""

    caller: Certificate
    content: Content
    jws: str
    kind: SignatureType
    manager_address: str


def check_submission(deployment: Deployment, owner_id: str, sent: Submission, *, path_hash: str | None = None) -> None:
    """Check everything about a submission that needs no network, in the order of fsc.md 1.3. A stored contract already met the
    rules at the time it came in. If the rules changed since, its parties can still sign or end it.

    Raises:
        ManagerError: 422 with the code of the first rule broken.
    """
    rules.check_group(sent.content, deployment.rules)
    if path_hash is not None and path_hash != sent.content.hash:
        if not has_known_algorithm(path_hash):
            raise ManagerError(
                "ERROR_CODE_UNKNOWN_HASH_ALGORITHM_HASH", "De hash in het pad is met een onbekend algoritme gemaakt."
            )
        raise ManagerError(
            "ERROR_CODE_URL_PATH_CONTENT_HASH_MISMATCH",
            f"Het pad noemt {path_hash!r}, de inhoud heeft hash {sent.content.hash!r}.",
        )
    rules.check_parties(sent.content, own_peer_id=owner_id, caller_peer_id=sent.caller.peer_id)
    if _holds(deployment, owner_id, sent.content):
        rules.check_running(sent.content, now=deployment.unix_now)
    else:
        rules.check_content(sent.content, deployment.rules, now=deployment.unix_now)
    signature.read_header(sent.jws)


def receive(deployment: Deployment, owner: HostedPeer, sent: Submission, certificate: Certificate) -> None:
    """Verify a submission's signature with its (trusted) certificate and store it. A new contract is stored too, since an
    accept may overtake the offer (fsc.md 1.2, distribution). Idempotent.

    Raises:
        ManagerError: 422 with the code of the first rule broken.
    """
    signed_at = signature.verify(
        sent.jws, certificate, kind=sent.kind, content_hash=sent.content.hash, peer_id=sent.caller.peer_id
    )
    with deployment.transaction() as session:
        # Lock first the peer, then the contract: `hear` uses the same order.
        peers.remember(
            session,
            owner.peer_id,
            sent.caller.peer_id,
            sent.caller.peer_name,
            sent.manager_address,
            now=deployment.now,
            announced=False,
        )
        lock(session, "contract", owner.peer_id, sent.content.hash)
        _store(deployment, session, owner.peer_id, sent.content)
        repository.put_signature(
            session,
            owner.peer_id,
            sent.content.hash,
            sent.caller.peer_id,
            sent.kind,
            sent.jws,
            signed_at=min(signed_at or deployment.unix_now, deployment.unix_now),
            certificate_not_after=int(certificate.not_after.timestamp()),
            now=deployment.now,
        )
        if sent.kind is SignatureType.ACCEPT:
            _answer_by_rule(deployment, session, owner, sent.content)
        notify(session)


def hear(deployment: Deployment, owner: HostedPeer, caller: Certificate, manager_address: str) -> None:
    """A peer announces itself at `owner`; every process is notified if that is news. On its first announcement, the newest
    contracts with it that wait for a signature are checked against the rules again: a rule may have required this
    announcement."""
    now = deployment.unix_now
    with deployment.transaction() as session:
        is_known = peers.announced_among(session, owner.peer_id, {caller.peer_id})
        is_new = peers.remember(
            session, owner.peer_id, caller.peer_id, caller.peer_name, manager_address, now=deployment.now, announced=True
        )
        if is_new or not is_known:
            notify(session)
        if is_known:
            return
        for row in repository.proposed_with(session, owner.peer_id, caller.peer_id, now=now, limit=_MOST_LOOKED_AT):
            lock(session, "contract", owner.peer_id, row.content_hash)
            content = _read_again(deployment, row)
            if content is not None:
                _answer_by_rule(deployment, session, owner, content)


def offer(
    deployment: Deployment,
    session: Session,
    owner_id: str,
    grants: list[dict[str, Any]],
    *,
    not_before: int,
    not_after: int,
    aliases: dict[int, str] | None = None,
) -> Content:
    """Make a contract, accept it ourselves and send it to every other party. Times in Unix seconds.

    `aliases`: for grants of the own Outway, alias by position in `grants`.

    Raises:
        ManagerError: 400 or 422, the grants break a rule of FSC.
        Invalid: 400, an alias for a grant of another Outway.
    """
    now = deployment.unix_now
    content = make_content(
        {
            "iv": str(new_id(now * 1000)),
            "group_id": deployment.rules.group_id,
            "validity": {"not_before": not_before, "not_after": not_after},
            "grants": [{"data": grant} for grant in grants],
            "hash_algorithm": HASH_ALGORITHM,
            "created_at": now,
        },
        deployment.rules,
    )
    rules.check_group(content, deployment.rules)
    rules.check_parties(content, own_peer_id=owner_id, caller_peer_id=owner_id)
    rules.check_content(content, deployment.rules, now=now)
    rules.check_offer(content)
    _check_aliases(owner_id, content, aliases or {})
    lock(session, "contract", owner_id, content.hash)
    _store(deployment, session, owner_id, content)
    signing.submit(deployment, session, signing.Own(owner_id, content.hash, content.parties))
    for position, alias in (aliases or {}).items():
        name_grant(deployment, session, owner_id, alias, content.grants[position].hash)
    notify(session)
    return content


def _check_aliases(owner_id: str, content: Content, aliases: dict[int, str]) -> None:
    wrong = [
        InvalidParam(f"grants.{position}.alias", "geen-eigen-outway", "Een alias kan alleen bij een grant van de eigen Outway.")
        for position in aliases
        if content.grants[position].outway_peer_id != owner_id
    ]
    if wrong:
        raise Invalid("Een alias noemt een grant die niet van de eigen Outway is; zie invalidParams.", invalid_params=wrong)


def sign_own(
    deployment: Deployment,
    session: Session,
    owner_id: str,
    content_hash: str,
    kind: SignatureType,
    *,
    decided_by: str,
    reason: str | None,
) -> None:
    """Accept, reject or revoke a stored contract, record the reason, and tell every other party. Repeating it changes nothing,
    and after a contract's end nothing changes it any more (FSC Core, state-contract).

    Raises:
        ContractNotFound: 404.
        AlreadyEnded: 409, the contract was rejected, revoked or has ended.
        ReasonMissing: 409, the contract refers to one outside FSC, so the decision needs a reason.
    """
    lock(session, "contract", owner_id, content_hash)
    contract = repository.get(session, owner_id, content_hash)
    if contract is None:
        raise ContractNotFound(f"Peer {owner_id} heeft geen contract {content_hash}.")
    signed = repository.signatures(session, owner_id, [content_hash])[content_hash]
    now = deployment.unix_now
    before = [row for row in signed if row.peer_id == owner_id and row.type == kind]
    if any(kind is not SignatureType.ACCEPT or row.certificate_not_after > now for row in before):
        return
    state = state_of(contract, signed, now=now)
    if state not in (State.PROPOSED, State.VALID):
        raise AlreadyEnded(f"Dit contract is {state} en blijft dat; voor iets anders is een nieuw contract nodig.")
    refers = any(row.grant.external_contract for row in repository.grants(session, owner_id, [content_hash])[content_hash])
    if refers and reason is None and kind is not SignatureType.REVOKE:
        raise ReasonMissing("Dit contract verwijst naar een contract buiten FSC; geef als reden op hoe dat beoordeeld is.")
    repository.add_assessment(
        session, owner_id, content_hash, decision=kind, decided_by=decided_by, reason=reason or "", now=deployment.now
    )
    signing.sign(deployment, session, signing.Own(owner_id, content_hash, contract.parties), kind)
    notify(session)


def state_of(contract: Contract, signed: list[ContractSignature], *, now: int) -> State:
    """The derived state of a stored contract at `now` (Unix seconds)."""
    return rules.derive_state(frozenset(contract.parties), as_signed(signed), not_after=contract.not_after, now=now)


def as_signed(rows: list[ContractSignature]) -> list[rules.Signed]:
    """Stored signatures in the form that the rules use."""
    return [rules.Signed(row.peer_id, SignatureType(row.type), row.certificate_not_after) for row in rows]


def _holds(deployment: Deployment, owner_id: str, content: Content) -> bool:
    """Whether this contract is stored. Its hash and its parties must both match: FSC Core 1.1 hashes fields without marking
    where one ends, so content that breaks the rules could have the hash of another contract."""
    with deployment.transaction() as session:
        held = repository.get(session, owner_id, content.hash)
        return held is not None and content.parties == set(held.parties)


def _store(deployment: Deployment, session: Session, owner_id: str, content: Content) -> None:
    lock(session, "iv", owner_id, str(uuid.UUID(content.iv)))
    if repository.iv_taken(session, owner_id, content):
        raise invalid_contract(f"iv {content.iv} is al gebruikt door een ander contract.")
    repository.add(session, owner_id, content, now=deployment.now)


def _read_again(deployment: Deployment, row: Contract) -> Content | None:
    """A stored contract's content; None when the Group's rules have changed and would refuse it now."""
    try:
        content = read_content(row.content, deployment.rules)
        rules.check_group(content, deployment.rules)
        rules.check_content(content, deployment.rules, now=deployment.unix_now)
    except ManagerError:
        return None
    return content if content.hash == row.content_hash else None


def _answer_by_rule(deployment: Deployment, session: Session, owner: HostedPeer, content: Content) -> None:
    rule = acceptance.decide(session, owner, content, now=deployment.unix_now)
    if rule is None:
        return
    signing.sign(deployment, session, signing.Own(owner.peer_id, content.hash, content.parties), SignatureType.ACCEPT)
    repository.add_assessment(
        session,
        owner.peer_id,
        content.hash,
        decision=SignatureType.ACCEPT,
        decided_by=f"regel {rule}",
        reason="alle grants passen precies",
        now=deployment.now,
    )

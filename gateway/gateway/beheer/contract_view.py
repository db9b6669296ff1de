"""A contract as the management API shows it: its content, its signatures, its deliveries, and why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.beheer.schemas import contracts as schemas
from gateway.contract import rules
from gateway.contract.models import Contract, ContractAssessment, ContractGrant, ContractSignature, Delivery
from gateway.contract.service import as_signed, state_of
from gateway.contract.signature import read_header
from gateway.deployment import from_unix
from gateway.names import State
from gateway.pki.certificate import Certificate

_TO_BE_USED = (State.PROPOSED, State.VALID)


@dataclass(frozen=True)
class Around:
    """The data around contracts. By content hash: their grants, signatures, decisions and deliveries. Also: alias by grant
    hash; the certificate of the owner's Outway; the services that the owner offers now; the current time in Unix seconds."""

    grants: dict[str, list[ContractGrant]]
    signatures: dict[str, list[ContractSignature]]
    assessments: dict[str, list[ContractAssessment]]
    deliveries: dict[str, list[Delivery]]
    aliases: dict[str, str]
    outway: Certificate | None
    offered: set[str]
    now: int


def show(row: Contract, around: Around) -> schemas.Contract:
    """One contract as its owner has it."""
    signed = around.signatures[row.content_hash]
    return schemas.Contract.make(
        content_hash=row.content_hash,
        state=state_of(row, signed, now=around.now),
        waarom_niet_geldig=_why_not(row, around),
        partijen=row.parties,
        not_before=from_unix(row.not_before),
        not_after=from_unix(row.not_after),
        created_at=from_unix(row.created_at),
        grants=[
            schemas.Grant.make(hash=one.grant.hash, alias=around.aliases.get(one.grant.hash), data=one.grant.data)
            for one in around.grants[row.content_hash]
        ],
        handtekeningen=[_signature(one) for one in sorted(signed, key=lambda one: (one.signed_at, one.peer_id))],
        beoordelingen=[
            schemas.Beoordeling.make(besluit=one.decision, door=one.decided_by, reden=one.reason, op=one.decided_at)
            for one in around.assessments[row.content_hash]
        ],
        bezorgingen=[_delivery(one) for one in around.deliveries[row.content_hash]],
    )


def _why_not(row: Contract, around: Around) -> str | None:
    signed = as_signed(around.signatures[row.content_hash])
    reason = rules.explain(frozenset(row.parties), signed, not_before=row.not_before, not_after=row.not_after, now=around.now)
    if rules.derive_state(frozenset(row.parties), signed, not_after=row.not_after, now=around.now) not in _TO_BE_USED:
        return reason
    return "; ".join([*([reason] if reason else []), *_service_faults(row, around)]) or _outway_fault(row, around)


def _service_faults(row: Contract, around: Around) -> list[str]:
    asked = {one.service_name for one in around.grants[row.content_hash] if one.service_peer_id == row.owner_id}
    return [
        f"deze peer biedt service {name} nu niet aan: registreer haar, of wijs het contract af of trek het in"
        for name in sorted(asked - around.offered)
    ]


def _outway_fault(row: Contract, around: Around) -> str | None:
    if around.outway is None:
        return None
    faults = [
        rules.outway_fault(one.grant, key=around.outway.public_key_thumbprint, names=around.outway.dns_names)
        for one in around.grants[row.content_hash]
        if one.outway_peer_id == row.owner_id
    ]
    return next((fault for fault in faults if fault), None)


def _signature(one: ContractSignature) -> schemas.Handtekening:
    return schemas.Handtekening.make(
        peer_id=one.peer_id,
        soort=one.type,
        getekend_op=from_unix(one.signed_at),
        certificaat=read_header(one.jws).thumbprint,
        certificaat_geldig_tot=from_unix(one.certificate_not_after),
    )


def _delivery(one: Delivery) -> schemas.Bezorging:
    waiting = one.delivered_at is None and one.given_up_at is None
    return schemas.Bezorging.make(
        soort=one.kind,
        peer_id=one.to_peer_id,
        pogingen=one.attempts,
        bezorgd_op=one.delivered_at,
        volgende_poging_op=one.next_attempt_at if waiting else None,
        fout=one.last_error,
    )

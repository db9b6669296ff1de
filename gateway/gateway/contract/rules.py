"""Rules that a contract must meet (FSC Core, contract validation: C1-C15 in fsc.md 1.2), and its derived state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.contract.content import Content, Grant
from gateway.contract.external import reference_faults
from gateway.contract.hashes import canonical
from gateway.contract.shape import is_uuid
from gateway.errors import ManagerError, invalid_contract
from gateway.group import GroupRules
from gateway.manager.address import names_host
from gateway.names import SignatureType, State

LAST_MOMENT = 253_402_300_799
"""The last second of the calendar, in Unix seconds."""


_PAST = "validity.not_after ligt in het verleden."
_LAST_MOMENT = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Signed:
    """One verified signature: by whom, of which kind, and until when (Unix seconds) its certificate is valid."""

    peer_id: str
    type: SignatureType
    certificate_not_after: int


def check_parties(content: Content, *, own_peer_id: str, caller_peer_id: str) -> None:
    """Both sides of the connection must be parties to the contract (C15; any party may submit, fsc.md 1.9, 7).

    Raises:
        ManagerError: 422 SUBMITTING_… or RECEIVING_PEER_NOT_PART_OF_CONTRACT (PEER_NOT_PART_… in FSC Core 1.1).
    """
    for peer, role in ((caller_peer_id, "SUBMITTING"), (own_peer_id, "RECEIVING")):
        if peer not in content.parties:
            raise ManagerError(
                content.profile.outsider(role),
                f"Peer {peer} is geen partij in dit contract; partijen: {_named(content.parties)}.",
            )


def check_group(content: Content, rules: GroupRules) -> None:
    """C4 and C9.

    Raises:
        ManagerError: 422; INCORRECT_GROUP_ID, or our own code when there are no grants.
    """
    if not content.grants:
        raise invalid_contract("Een contract heeft ten minste één grant.")
    if content.data["group_id"] != rules.group_id:
        raise ManagerError(
            "ERROR_CODE_INCORRECT_GROUP_ID",
            f"Contract is voor Group {content.data['group_id']!r}, deze Manager is van {rules.group_id!r}.",
        )


def check_running(content: Content, *, now: int) -> None:
    """C8: after its end a contract is in its final state, which nothing changes. `now` in Unix seconds.

    Raises:
        ManagerError: 422, our own code.
    """
    if content.not_after <= now:
        raise invalid_contract(_PAST)


def check_content(content: Content, rules: GroupRules, *, now: int) -> None:
    """C1, C3, C5-C8, C10-C12, C14, External Contract and the Group's own rules. `now` in Unix seconds.

    Raises:
        ManagerError: 422; GRANT_COMBINATION_NOT_ALLOWED, or our own code where FSC has none; lists every fault.
    """
    kinds = {grant.type for grant in content.grants}
    if len(kinds) > 1 and any(kind.publishes for kind in kinds):
        raise ManagerError(
            "ERROR_CODE_GRANT_COMBINATION_NOT_ALLOWED",
            "Een publicatie-grant mag niet samen met andere soorten grants in een contract.",
        )
    faults = list(_faults(content, rules, now))
    if faults:
        raise invalid_contract(" ".join(faults))


def check_offer(content: Content) -> None:
    """Extra rule for contracts that we make ourselves: no grant twice, since both would have the same hash (fsc.md 1.4).

    Raises:
        ManagerError: 422.
    """
    if len({grant.hash for grant in content.grants}) != len(content.grants):
        raise invalid_contract("Dezelfde grant staat er tweemaal in; dat geeft tweemaal dezelfde grant hash.")


def _faults(content: Content, rules: GroupRules, now: int) -> Iterator[str]:
    if len(content.grants) > rules.max_grants:
        yield f"Een contract heeft hier hoogstens {rules.max_grants} grants, dit heeft er {len(content.grants)}."
    if not is_uuid(content.iv):
        yield f"iv {content.iv!r} is geen UUID."
    if content.created_at > now + rules.clock_skew:
        yield "created_at ligt in de toekomst; lopen de klokken gelijk?"
    if content.not_after <= content.not_before:
        yield "validity.not_after moet na validity.not_before liggen."
    if content.not_after <= now:
        yield _PAST
    if content.not_after > _LAST_MOMENT:
        yield "validity.not_after ligt na het jaar 9999."
    if len(content.text.encode()) > rules.max_contract_bytes:
        yield f"De inhoud van een contract is hier hoogstens {rules.max_contract_bytes} bytes."
    for name in sorted({grant.service_name for grant in content.grants if not rules.is_service_name(grant.service_name)}):
        yield f"Servicenaam {name[:120]!r} mag alleen letters, cijfers, '-', '.' en '_' hebben (1-100)."
    for peer in sorted(peer for peer in content.parties if not rules.is_peer_id(peer)):
        yield f"Peer ID {peer!r} heeft niet de vorm die deze Group voorschrijft (OIN, 20 cijfers)."
    for grant in content.grants:
        yield from reference_faults(grant)
        if not grant.type.publishes and len(canonical(grant.properties or {})) > rules.max_properties_bytes:
            yield (
                f"properties is groter dan {rules.max_properties_bytes} bytes; in een verbinding moet het in een HTTP-header "
                "passen (claim prp)."
            )


def derive_state(parties: frozenset[str], signatures: Iterable[Signed], *, not_after: int, now: int) -> State:
    """The state of a contract (FSC Core, state-contract). Times in Unix seconds.

    A revoke and a reject are final, in whatever order they arrived (fsc.md 1.9, 16). An accept whose certificate has expired
    does not count until the peer signs again; but a contract that was valid to its end stays EXPIRED.
    """
    lasting = min(now, not_after)
    kinds: dict[SignatureType, set[str]] = {kind: set() for kind in SignatureType}
    for signature in signatures:
        if signature.peer_id in parties and (
            signature.type is not SignatureType.ACCEPT or signature.certificate_not_after > lasting
        ):
            kinds[signature.type].add(signature.peer_id)
    if kinds[SignatureType.REVOKE]:
        return State.REVOKED
    if kinds[SignatureType.REJECT]:
        return State.REJECTED
    complete = kinds[SignatureType.ACCEPT] == parties
    if now >= not_after:
        return State.EXPIRED if complete else State.REJECTED
    return State.VALID if complete else State.PROPOSED


def is_usable(state: State, *, not_before: int, now: int) -> bool:
    """Whether grants of a contract in `state` may be used at `now` (Unix seconds)."""
    return state is State.VALID and not_before <= now


def explain(parties: frozenset[str], signatures: Iterable[Signed], *, not_before: int, not_after: int, now: int) -> str | None:
    """Why a contract cannot be used now, in Dutch; None when it can."""
    signatures = list(signatures)
    state = derive_state(parties, signatures, not_after=not_after, now=now)
    if is_usable(state, not_before=not_before, now=now):
        return None
    if state is State.VALID:
        return f"geldt pas vanaf {_moment(not_before)}; nu is het {_moment(now)}"
    if state in (State.REVOKED, State.REJECTED):
        kind = SignatureType.REVOKE if state is State.REVOKED else SignatureType.REJECT
        by = {signature.peer_id for signature in signatures if signature.type is kind}
        if by:
            return f"{'ingetrokken' if state is State.REVOKED else 'afgewezen'} door {_named(by)}"
        return "niet door alle partijen getekend voor de einddatum"
    if state is State.EXPIRED:
        return f"verlopen op {_moment(not_after)}"
    accepts = {s.peer_id: s.certificate_not_after > now for s in signatures if s.type is SignatureType.ACCEPT}
    missing, lapsed = parties - accepts.keys(), {peer for peer in parties & accepts.keys() if not accepts[peer]}
    reasons = [f"nog niet getekend door {_named(missing)}"] if missing else []
    if lapsed:
        reasons.append(f"het certificaat waarmee {_named(lapsed)} tekende is verlopen; deze peer moet opnieuw tekenen")
    return "; ".join(reasons)


def outway_fault(grant: Grant, *, key: str, names: frozenset[str]) -> str | None:
    """Why an Outway whose certificate has this key (thumbprint) and these DNS names cannot use a grant for it, in Dutch; None
    when it can."""
    if grant.outway_domain_name is not None:
        if names_host(names, grant.outway_domain_name):
            return None
        return f"de grant is voor een Outway met de naam {grant.outway_domain_name}; die staat niet in het certificaat"
    if grant.public_key_thumbprint == key:
        return None
    return (
        f"de sleutel van de Outway is vernieuwd: het contract noemt {grant.public_key_thumbprint}, het certificaat heeft {key}; "
        "maak een nieuw contract, of gebruik weer de oude sleutel"
    )


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(min(seconds, LAST_MOMENT), UTC):%d-%m-%Y %H:%M:%S} UTC"


def _named(peers: Iterable[str]) -> str:
    return ", ".join(sorted(peers))

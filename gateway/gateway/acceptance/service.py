"""Use cases: decide whether a contract is accepted automatically, and maintain the rules for that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gemeengoed_kit.errors import InvalidParam
from sqlalchemy.orm import Session

from gateway.acceptance import repository, rules
from gateway.acceptance.errors import RuleNotFound, RuleRefused
from gateway.contract import repository as contracts
from gateway.contract.content import Content
from gateway.contract.hashes import canonical
from gateway.contract.profile import Profile
from gateway.errors import ManagerError
from gateway.names import GrantType, SignatureType
from gateway.peer import repository as peers
from gateway.peer.models import HostedPeer
from gateway.service import repository as services


def decide(session: Session, owner: HostedPeer, content: Content, *, now: int) -> str | None:
    """The name of the rule by which `owner` accepts `content` at `now` (Unix seconds); None: a person must decide.

    A grant for a service of `owner` is never accepted unless the service is offered now (FSC Core, contract validation: C13).

    A Directory with `auto_accept_publication` has one built-in rule, with that name: every grant publishes at this Directory,
    none on its own behalf, and every other party announced itself there.
    """
    signed = contracts.signatures(session, owner.peer_id, [content.hash])[content.hash]
    accepted = {row.peer_id for row in signed if row.type == SignatureType.ACCEPT and row.certificate_not_after > now}
    if not rules.may_answer(owner.peer_id, content, accepted, {SignatureType(row.type) for row in signed}):
        return None
    own = {grant.service_name for grant in content.grants if grant.service_peer_id == owner.peer_id}
    if not own <= services.names(session, owner.peer_id):
        return None
    others = content.parties - {owner.peer_id}
    announced = frozenset(peers.announced_among(session, owner.peer_id, set(others)))
    if owner.auto_accept_publication and _publishes_here(owner, content) and announced == others:
        return "autoAcceptPublication"
    for rule in session.scalars(repository.rules(owner.peer_id)):
        if rules.fits(content, rule.grants, announced=announced, max_days=rule.max_days, now=now):
            return rule.name
    return None


def _publishes_here(owner: HostedPeer, content: Content) -> bool:
    return all(
        grant.type.publishes
        and grant.directory_peer_id == owner.peer_id
        and grant.delegator_peer_id != owner.peer_id
        and not rules.needs_a_person(grant.data)
        for grant in content.grants
    )


def put_rule(
    session: Session, profile: Profile, peer_id: str, name: str, grants: list[dict[str, Any]], max_days: int, *, now: datetime
) -> list[dict[str, Any]]:
    """Store a rule of a hosted peer. Returns its patterns as stored, with the Outway's key where `profile` has it.

    Raises:
        RuleRefused: 409, lists all faults in the patterns.
    """
    faults = [fault for index, pattern in enumerate(grants) for fault in check_pattern(pattern, peer_id, f"grants.{index}")]
    if faults:
        raise RuleRefused("De regel klopt niet; zie invalidParams.", invalid_params=faults)
    patterns = [_identified(pattern, profile) for pattern in grants]
    repository.put_rule(session, peer_id, name, patterns, max_days, now=now)
    return patterns


def remove_rule(session: Session, peer_id: str, name: str) -> None:
    """Remove a rule of a hosted peer.

    Raises:
        RuleNotFound: 404.
    """
    if not repository.remove_rule(session, peer_id, name):
        raise RuleNotFound(f"Peer {peer_id} heeft geen regel {name!r}.")


def check_pattern(pattern: dict[str, Any], peer_id: str, where: str) -> list[InvalidParam]:
    """The faults in a pattern of a rule of `peer_id`; `where` is its place in the request."""
    parts = {name: pattern.get(name) for name in ("outway", "service", "directory")}
    wanted = ("directory", "service") if str(pattern.get("type")).endswith("PUBLICATION") else ("outway", "service")
    faults = []
    if pattern.get("type") not in list(GrantType):
        faults.append(InvalidParam(f"{where}.type", "keuze", f"kies uit {', '.join(GrantType)}"))
    for name in wanted:
        part = parts[name]
        if not isinstance(part, dict) or not part.get("peer_id"):
            faults.append(InvalidParam(f"{where}.{name}.peer_id", "verplicht", "dit gegeven hoort in de grant"))
    outway = parts["outway"] if isinstance(parts["outway"], dict) else {}
    if peer_id in (outway.get("peer_id"), *_listed(outway)):
        faults.append(InvalidParam(f"{where}.outway.peer_id", "eigen", "een regel aanvaardt niets voor de eigen Outway"))
    if not _is_storable(pattern):
        faults.append(InvalidParam(where, "i-json", "dit is geen I-JSON (RFC 7493)"))
    if rules.needs_a_person(pattern):
        faults.append(InvalidParam(where, "mens", "een domeinnaam of extern contract moet een mens beoordelen"))
    service = parts["service"] if isinstance(parts["service"], dict) else {}
    if service.get("peer_id") == rules.ANY or service.get("name") in (None, rules.ANY):
        faults.append(InvalidParam(f"{where}.service", "open", "een regel noemt de service; zij mag niet open blijven"))
    return faults


def _identified(pattern: dict[str, Any], profile: Profile) -> dict[str, Any]:
    outway = pattern.get("outway")
    if not isinstance(outway, dict) or "public_key_thumbprint" not in outway:
        return pattern
    identified = dict(outway)
    profile.identify(identified, outway["public_key_thumbprint"])
    return {**pattern, "outway": identified}


def _is_storable(pattern: dict[str, Any]) -> bool:
    try:
        return b"\\u0000" not in canonical(pattern)
    except ManagerError:
        return False


def _listed(outway: dict[str, Any]) -> list[Any]:
    asked = outway.get("peer_id")
    return asked if isinstance(asked, list) else []

"""When a contract fits a rule: every grant and every field must be equal, except three fields that a pattern may leave open.

A pattern is a grant's data as FSC Core writes it. It may leave open the Outway's peer (`*`: any peer that announced itself
here; or a list of Peer IDs), the Outway's key thumbprint (`*`) and the Directory (`*`). All other fields must be equal; a field
that is absent in the one must be absent in the other.
"""

from __future__ import annotations

import copy
from typing import Any

from gateway.contract.content import Content, Grant
from gateway.contract.hashes import canonical
from gateway.names import EXTERNAL_CONTRACT, SignatureType

ANY = "*"
DAY = 86_400
OUTWAY_PEER = ("outway", "peer_id")
OPEN = (
    OUTWAY_PEER,
    ("outway", "public_key_thumbprint"),
    ("outway", "identification", "public_key_thumbprint"),
    ("directory", "peer_id"),
)


def fits(content: Content, patterns: list[dict[str, Any]], *, announced: frozenset[str], max_days: int, now: int) -> bool:
    """Whether a contract is exactly what a rule describes: each grant fits one pattern, each pattern one grant, and the
    contract lasts at most `max_days` days, counted from its beginning and from `now` (Unix seconds).

    `announced`: the peers that an open Outway peer may be.
    """
    limit = max_days * DAY
    if content.not_after - content.not_before > limit or content.not_after - now > limit:
        return False
    found = [[index for index, pattern in enumerate(patterns) if matches(pattern, one, announced)] for one in content.grants]
    return all(len(hits) == 1 for hits in found) and sorted(hit for hits in found for hit in hits) == list(range(len(patterns)))


def matches(pattern: dict[str, Any], grant: Grant, announced: frozenset[str]) -> bool:
    """Whether a grant's data equals the pattern, except in the fields that the pattern leaves open."""
    if needs_a_person(grant.data):
        return False
    wanted = copy.deepcopy(pattern)
    for path in OPEN:
        asked, given = _at(wanted, path), _at(grant.data, path)
        if not isinstance(given, str):
            continue
        allowed = announced if asked == ANY and path == OUTWAY_PEER else asked
        if allowed == ANY or (isinstance(allowed, list | frozenset) and given in allowed):
            _at(wanted, path[:-1])[path[-1]] = given
    return canonical(wanted) == canonical(grant.data)


def needs_a_person(data: dict[str, Any]) -> bool:
    """Whether no rule may accept this grant: it refers to a contract outside FSC (only a person can judge that), or it
    identifies an Outway by its domain name (weaker than by its key)."""
    properties = data.get("properties")
    refers = isinstance(properties, dict) and any(name in properties for name in EXTERNAL_CONTRACT)
    return refers or _at(data, ("outway", "identification", "type")) == "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME"


def asked_by(grant: Grant) -> str:
    """The peer that asks something of the others, and so must have signed first."""
    return grant.outway_peer_id or grant.service_peer_id


def may_answer(owner_id: str, content: Content, accepted: set[str], kinds: set[SignatureType]) -> bool:
    """Whether `owner_id` may sign automatically. All of these must hold: nobody ended the contract, `owner_id` has not signed
    yet and asks for nothing itself, and every peer that asks has signed. `accepted`: peers whose accept counts now; `kinds`:
    all kinds of signatures present."""
    asking = {asked_by(grant) for grant in content.grants}
    return kinds <= {SignatureType.ACCEPT} and owner_id not in accepted | asking and asking <= accepted


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data

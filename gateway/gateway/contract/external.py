"""References to contracts outside FSC (FSC External Contract): what they must say. What they are worth, a person decides."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.contract.content import Grant
from gateway.names import EXTERNAL_CONTRACT, external_contract

_FIELDS = ("reference", "delegator_id", "delegator_name")


def reference_faults(grant: Grant) -> Iterator[str]:
    """In Dutch, what is wrong with the references in a grant; nothing where there is none.

    The standard has them in ServiceConnection- and ServicePublicationGrants. In a delegated grant, which names its
    delegator itself, both must name the same.
    """
    own = external_contract(publishes=grant.type.publishes)
    for key in EXTERNAL_CONTRACT:
        if key not in (grant.properties or {}):
            continue
        found = (grant.properties or {})[key]
        if key != own:
            yield f"{key} hoort niet in een {grant.type}; daar heet het {own}."
        if not isinstance(found, dict):
            yield f"{key} is geen object."
            continue
        for field in _FIELDS:
            if not isinstance(found.get(field), str) or not found[field].strip():
                yield f"{key}.{field} ontbreekt of is geen tekst."
        if grant.delegator_peer_id not in (None, found.get("delegator_id")):
            yield f"{key}.delegator_id is niet de delegator van de grant ({grant.delegator_peer_id})."

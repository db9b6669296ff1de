"""References to contracts outside FSC (FSC External Contract): which fields they need. A person judges the contract itself."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.contract.content import Grant
from gateway.names import EXTERNAL_CONTRACT, external_contract

_FIELDS = ("reference", "delegator_id", "delegator_name")


def reference_faults(grant: Grant) -> Iterator[str]:
    """What is wrong with the references in a grant, in Dutch; empty without a fault or without a reference.

    The standard has them in ServiceConnection- and ServicePublicationGrants. A delegated grant names its delegator itself;
    grant and reference must then name the same one.
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

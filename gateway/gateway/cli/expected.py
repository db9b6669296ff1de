"""What the services in a contract require of it, as the Directories show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from gateway.cli.api import Refused, path
from gateway.cli.command import Talk
from gateway.publication import rules


def unfit(talk: Talk, peer_id: str, grants: list[Any]) -> list[str]:
    """The connections that their service would refuse, explained in Dutch; each grant is in the form of FSC. A service that no
    Directory shows now, or that publishes no requirements, accepts every connection."""
    faults = []
    ask = cache(lambda provider: _shown(talk, peer_id, provider))
    for grant in grants:
        if not isinstance(grant, dict) or "outway" not in grant:
            continue
        ways = _wanted(ask, grant.get("service"))
        if not rules.fits(ways, grant.get("properties")):
            faults.append(
                f"{grant['service']['name']} van {grant['service']['peer_id']} verwacht in een contract de eigenschappen "
                f"{rules.explain(ways)}; anders weigert zij aanroepen met 403."
            )
    return faults


def shown_ways(published: dict[str, Any]) -> str:
    """The requirements of a published service, in words; empty when it has none."""
    return rules.explain(rules.wanted(published))


def _shown(talk: Talk, peer_id: str, provider: str) -> list[dict[str, Any]]:
    """What the Directories show of a provider; all are asked at once, each for at most ten seconds a page."""
    try:
        found = talk.api.get(path("peers", peer_id, "discovery"), servicePeerId=provider)
    except Refused:  # the offer reports faults in the contract itself
        return []
    return [row for directory in found["results"] for row in directory["services"]]


def _wanted(ask: Callable[[str], list[dict[str, Any]]], service: Any) -> list[rules.Wanted]:
    if not isinstance(service, dict) or not isinstance(service.get("peer_id"), str):
        return []
    behalf = service["delegator"].get("peer_id") if isinstance(service.get("delegator"), dict) else None
    one = (service.get("peer_id"), service.get("name"), behalf)
    return next((rules.wanted(row["properties"]) for row in ask(service["peer_id"]) if _identity(row) == one), [])


def _identity(row: dict[str, Any]) -> tuple[str, str, str | None]:
    return row["peerId"], row["naam"], row["delegatorPeerId"]

"""The content of a contract, read without changing it: the raw text stays what is hashed and stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gateway.contract import text as ijson
from gateway.contract.hashes import content_hash, grant_hash
from gateway.contract.shape import check_shape
from gateway.names import GrantType


@dataclass(frozen=True)
class Grant:
    """One grant: its data as received and its hash."""

    data: dict[str, Any]
    hash: str

    @property
    def type(self) -> GrantType:
        return GrantType(self.data["type"])

    @property
    def service_peer_id(self) -> str:
        return self.data["service"]["peer_id"]

    @property
    def service_name(self) -> str:
        return self.data["service"]["name"]

    @property
    def outway_peer_id(self) -> str | None:
        return self.data["outway"]["peer_id"] if "outway" in self.data else None

    @property
    def public_key_thumbprint(self) -> str | None:
        return self.data["outway"]["public_key_thumbprint"] if "outway" in self.data else None

    @property
    def directory_peer_id(self) -> str | None:
        return self.data["directory"]["peer_id"] if "directory" in self.data else None

    @property
    def delegator_peer_id(self) -> str | None:
        """The peer on whose behalf the Outway connects, or the Service is published."""
        return self.data["delegator"]["peer_id"] if "delegator" in self.data else None

    @property
    def service_delegator_peer_id(self) -> str | None:
        """In a connection grant: the peer on whose behalf the Service is published."""
        return self.data["service"]["delegator"]["peer_id"] if "delegator" in self.data["service"] else None

    @property
    def properties(self) -> dict[str, Any] | None:
        return self.data.get("properties")

    @property
    def parties(self) -> frozenset[str]:
        """Peer IDs that must sign (FSC Core, grants; fsc.md 1.2 and 1.9, 20)."""
        involved = (
            self.directory_peer_id,
            self.outway_peer_id,
            self.service_peer_id,
            self.delegator_peer_id,
            self.service_delegator_peer_id,
        )
        return frozenset(peer for peer in involved if peer is not None)


@dataclass(frozen=True)
class Content:
    """A contract's content: the received text, what it says, and its hash."""

    text: str
    data: dict[str, Any]

    @cached_property
    def hash(self) -> str:
        return content_hash(self.data)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        return tuple(Grant(grant["data"], grant_hash(self.hash, grant["data"])) for grant in self.data["grants"])

    @cached_property
    def parties(self) -> frozenset[str]:
        return frozenset().union(*(grant.parties for grant in self.grants))

    @property
    def iv(self) -> str:
        return self.data["iv"]

    @property
    def not_before(self) -> int:
        return self.data["validity"]["not_before"]

    @property
    def not_after(self) -> int:
        return self.data["validity"]["not_after"]

    @property
    def created_at(self) -> int:
        return self.data["created_at"]


def read_content(text: str) -> Content:
    """The content in `text` (unchanged), shape checked against manager.yaml.

    Raises:
        ManagerError: 400 for another shape, 422 for an unknown hash algorithm.
    """
    data = ijson.parse(text)
    check_shape(data)
    return Content(text, data)

"""The content of a contract, read without changing it: the received text is what is hashed and stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gateway.contract import text as ijson
from gateway.contract.profile import Profile, profile_of
from gateway.group import GroupRules
from gateway.names import EXTERNAL_CONTRACT, GrantType


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
        return self._peer_of(self.data.get("outway"))

    @property
    def public_key_thumbprint(self) -> str | None:
        """The thumbprint of the Outway's key; None where the Outway is known by name, or there is no Outway."""
        return self._outway.get("public_key_thumbprint")

    @property
    def outway_domain_name(self) -> str | None:
        """The name by which the Outway is known, instead of by its key (FSC Core 2.0). This binding is weaker."""
        return self._outway.get("domain_name")

    @property
    def directory_peer_id(self) -> str | None:
        return self._peer_of(self.data.get("directory"))

    @property
    def delegator_peer_id(self) -> str | None:
        """The peer on whose behalf the Outway connects or the Service is published."""
        return self._peer_of(self.data.get("delegator"))

    @property
    def service_delegator_peer_id(self) -> str | None:
        """In a connection grant: the peer on whose behalf the Service is published."""
        return self._peer_of(self.data["service"].get("delegator"))

    @property
    def external_contract(self) -> dict[str, Any] | None:
        """The reference to a contract outside FSC with its property name, as it appears in tokens and in the transaction log
        (FSC External Contract); None without one."""
        kept = {key: value for key, value in (self.properties or {}).items() if key in EXTERNAL_CONTRACT}
        return kept or None

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

    @property
    def _outway(self) -> dict[str, Any]:
        outway = self.data.get("outway") or {}
        return outway.get("identification") or outway

    @staticmethod
    def _peer_of(member: dict[str, Any] | None) -> str | None:
        return member["peer_id"] if member else None


@dataclass(frozen=True)
class Content:
    """A contract's content: the received text, its parsed data, and its hash."""

    text: str
    data: dict[str, Any]
    profile: Profile

    @cached_property
    def hash(self) -> str:
        return self.profile.hash_content(self.data)

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        data = [grant["data"] for grant in self.data["grants"]]
        return tuple(Grant(grant, self.profile.hash_grant(self.data, self.hash, grant)) for grant in data)

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


def read_content(text: str, rules: GroupRules) -> Content:
    """The content in `text` (unchanged), after checking its shape against the line of FSC Core that the Group uses.

    Raises:
        ManagerError: 400 for a wrong shape, 422 for an unknown hash algorithm or version.
    """
    data, profile = ijson.parse(text), profile_of(rules)
    profile.check_shape(data)
    return Content(text, data, profile)


def make_content(data: dict[str, Any], rules: GroupRules) -> Content:
    """Content that we make ourselves, from the fields that all lines of FSC Core have in common.

    Raises:
        ManagerError: as `read_content`.
    """
    return read_content(json.dumps(profile_of(rules).complete(data), ensure_ascii=False), rules)

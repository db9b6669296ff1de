"""The decisions that FSC leaves to a Group, in one object that all components share."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GROUP_ID = re.compile(r"[a-zA-Z0-9./_-]{1,100}")
_SERVICE_NAME = re.compile(r"[a-zA-Z0-9._-]{1,100}")


@dataclass(frozen=True)
class GroupRules:
    """Rules of one Group; the defaults are Digikoppeling's (REST API, chapter 3) where it has one.

    `profile` names the line of FSC Core; "2025-10" hashes with JCS (RFC 8785). Durations are seconds.
    """

    group_id: str
    profile: str = "2025-10"
    peer_id_pattern: str = r"\d{20}"
    ports: frozenset[int] = frozenset({443, 8443})
    max_grants: int = 10
    max_properties_bytes: int = 4096
    clock_skew: int = 60
    backoff_cap: int = 300

    def __post_init__(self) -> None:
        if not _GROUP_ID.fullmatch(self.group_id):
            raise ValueError(f"Group ID {self.group_id!r} does not match FSC Core ({_GROUP_ID.pattern})")
        if self.profile != "2025-10":
            raise ValueError(f"profile {self.profile!r} is not known; this release speaks '2025-10'")

    def is_peer_id(self, value: str) -> bool:
        """Whether `value` has the form of a Peer ID in this Group (an OIN)."""
        return re.fullmatch(self.peer_id_pattern, value, re.ASCII) is not None

    def is_service_name(self, value: str) -> bool:
        """Whether `value` may name a Service (FSC Core, service name; applied to all grants)."""
        return _SERVICE_NAME.fullmatch(value) is not None

    def backoff(self, attempts: int) -> int:
        """Seconds to wait after `attempts` failures: 1, 2, 4 … up to the cap (Digikoppeling REST API)."""
        return min(2 ** max(attempts - 1, 0), self.backoff_cap) if attempts < 32 else self.backoff_cap

"""The snapshot of the decision process, in memory: peers, grants, aliases, services, Inways. Replaced as a whole, never
changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from gateway.client.rules import Client
from gateway.contract.content import Grant
from gateway.limit.gate import Limits
from gateway.nginx.way import DIRECT, Hop, Way
from gateway.pki.certificate import Certificate

_PAST = "het contract is verlopen, of een certificaat waarmee een partij het tekende"


@dataclass(frozen=True)
class HeldGrant:
    """A connection grant with the state that its contract's signatures give it. Times in Unix seconds; `log_outgoing` and
    `log_incoming` are the fixed first part of its log records (`record.side`)."""

    grant: Grant
    complete: bool
    ended: bool
    not_before: int
    until: int
    log_outgoing: bytes
    log_incoming: bytes

    def usable(self, now: float) -> bool:
        """Whether the contract is valid at `now`."""
        return self.complete and not self.ended and self.not_before <= now < self.until

    def unused(self, now: float) -> bool:
        """Whether the grant could never be used until `now`: not signed by all (perhaps refused), or not begun."""
        return not self.complete or now < self.not_before

    def why_not(self, now: float) -> str:
        """Why the grant cannot be used at `now`, in Dutch."""
        if self.ended:
            return "het contract is ingetrokken of afgewezen"
        if not self.complete:
            return "nog niet alle partijen hebben het contract getekend"
        return "het contract is nog niet begonnen" if now < self.not_before else _PAST


@dataclass(frozen=True)
class Target:
    """Where nginx can send a call, and the way there without limits. `since`: the first configuration with both, if any."""

    upstream: str
    host: str
    port: int
    since: int | None
    way: Way = DIRECT

    @cached_property
    def hop(self) -> Hop:
        """The hop through the location that leads only to this target."""
        return Hop(self.upstream)

    def along(self, way: Way) -> Hop:
        """The hop by `way`, which may have limits."""
        return self.hop if way is self.way or way == self.way else Hop(way.name, self.upstream)


@dataclass
class PeerView:
    """One hosted peer. `number`: its number in the log; `inways`: by host, port and whether they are called in HTTP/2;
    `managers`: addresses of other peers' Managers by Peer ID; `earlier`: the grants that aliases named before; `clients`: those
    of its Outway, by the SHA-256 (hex) of their secret."""

    peer_id: str
    name: str
    number: int
    certificates: dict[str, Certificate] = field(default_factory=dict)
    outgoing: dict[str, HeldGrant] = field(default_factory=dict)
    incoming: dict[str, HeldGrant] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    services: dict[str, Target] = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)
    inways: dict[tuple[str, int, bool], Target] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)
    clients_required: bool = False
    clients: dict[str, Client] = field(default_factory=dict)

    def held(self, name: str, now: float) -> HeldGrant | None:
        """The grant of the own Outway with this hash or alias. Until a new grant of an alias can be used for the first time,
        the alias gives the earlier grant."""
        found = self.outgoing.get(self.aliases.get(name, name))
        if found is not None and found.unused(now) and name in self.earlier:
            before = self.outgoing.get(self.earlier[name])
            if before is not None and before.usable(now):
                return before
        return found


Snapshot = dict[str, PeerView]

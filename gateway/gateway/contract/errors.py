"""Refusals of the management API about contracts."""

from __future__ import annotations

from gemeengoed_kit.errors import Conflict, NotFound


class ContractNotFound(NotFound):
    """404: this peer has no such contract."""

    type, title = "contract-niet-gevonden", "Contract niet gevonden"


class AlreadyEnded(Conflict):
    """409: the contract was rejected, revoked or has ended."""

    type, title = "contract-beeindigd", "Contract is beëindigd"


class ReasonMissing(Conflict):
    """409: this decision must carry a reason (FSC External Contract: audit trail)."""

    type, title = "reden-verplicht", "Reden ontbreekt"


class GrantUnknown(Conflict):
    """409: this peer has no such grant for its Outway."""

    type, title = "onbekende-grant", "Onbekende grant"

"""FSC errors: a status, a domain, a code, and a Dutch message that helps the reader."""

from __future__ import annotations

from typing import Any

from gateway.names import Domain

_LONGEST = 1000


class FscError(Exception):
    """An error in FSC form; `code` goes in the header Fsc-Error-Code and in the body.

    `dated`: the refusal rests on the known contracts and services, so reading the newest state may change it. A message is cut
    at a thousand characters: it may repeat what the caller sent, which need not come back in full. `retry_after`: the number of
    whole seconds after which a retry makes sense.
    """

    domain: Domain = Domain.MANAGER
    retry_after: int | None = None

    def __init__(self, code: str, message: str, *, status: int = 422, dated: bool = False) -> None:
        message = message if len(message) <= _LONGEST else f"{message[:_LONGEST]}…"
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status, self.dated = code, message, status, dated

    def body(self) -> dict[str, Any]:
        """The JSON body of FSC Core: message, domain, code."""
        return {"message": self.message, "domain": str(self.domain), "code": self.code}


class ManagerError(FscError):
    """Refused by the Manager."""


class OutwayError(FscError):
    """Refused by the Outway."""

    domain = Domain.OUTWAY


class InwayError(FscError):
    """Refused by the Inway."""

    domain = Domain.INWAY


def malformed(message: str) -> ManagerError:
    """400: the request does not match manager.yaml. The code is ours: FSC has none for this (fsc.md 1.9, 8)."""
    return ManagerError("ERROR_CODE_MALFORMED_REQUEST", message, status=400)


def invalid_contract(message: str) -> ManagerError:
    """422: the contract breaks a rule for which FSC has no code (fsc.md 1.9, 8)."""
    return ManagerError("ERROR_CODE_CONTRACT_VALIDATION_FAILED", message)

"""OAuth errors of the token endpoint (RFC 6749, 5.2): always status 400, never in FSC form."""

from __future__ import annotations


class TokenRefused(Exception):
    """`error` is one of RFC 6749's codes; `description` is Dutch."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(f"{error}: {description}")
        self.error, self.description = error, description

"""Tokens that were verified before, so that a call costs no signature: in memory, of bounded size."""

from __future__ import annotations

from gateway.token.rules import Claims

_MOST_BYTES = 32 * 2**20


def bare(authorization: bytes) -> bytes:
    """The token in an Authorization header, whatever is around it: space, and a scheme Bearer or none."""
    text = authorization.strip()
    return text[7:].lstrip() if text[:7].lower() == b"bearer " else text


class VerifiedTokens:
    """Claims by peer and token, each for one client certificate (by its fingerprint).

    A token has one spelling (`bare`, and strict base64url in `verify_token`), so nobody fills this with copies of it. Of
    more than `most_bytes` of tokens, the oldest go.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._found: dict[tuple[str, bytes], tuple[bytes, Claims]] = {}
        self._most_bytes = self._left = most_bytes

    def find(self, peer_id: str, token: bytes, fingerprint: bytes) -> Claims | None:
        """What was kept for exactly these."""
        found = self._found.get((peer_id, token))
        return found[1] if found is not None and found[0] == fingerprint else None

    def keep(self, peer_id: str, token: bytes, fingerprint: bytes, claims: Claims) -> None:
        """Keep the claims of a token that was verified for this certificate."""
        self._drop((peer_id, token))
        self._found[peer_id, token] = fingerprint, claims
        self._left -= len(token) + len(fingerprint)
        while self._left < 0:
            self._drop(next(iter(self._found)))

    def clear(self) -> None:
        """Forget everything."""
        self._found.clear()
        self._left = self._most_bytes

    def _drop(self, key: tuple[str, bytes]) -> None:
        if key in self._found:
            fingerprint, _ = self._found.pop(key)
            self._left += len(key[1]) + len(fingerprint)

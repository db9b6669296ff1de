"""Cache of verified tokens, so that a call needs no signature check: in memory, of bounded size."""

from __future__ import annotations

from gateway.token.rules import Claims

_MOST_BYTES = 32 * 2**20


def bare(authorization: bytes) -> bytes:
    """The token in an Authorization header, without whitespace and without the scheme Bearer, if present."""
    text = authorization.strip()
    return text[7:].lstrip() if text[:7].lower() == b"bearer " else text


class VerifiedTokens:
    """Claims by peer and token, each for one client certificate (by its fingerprint).

    A token has only one spelling (`bare`, and strict base64url in `verify_token`), so copies cannot fill the cache. Above
    `most_bytes` of tokens, the oldest are dropped.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._found: dict[tuple[str, bytes], tuple[bytes, Claims]] = {}
        self._most_bytes = self._left = most_bytes

    def find(self, peer_id: str, token: bytes, fingerprint: bytes) -> Claims | None:
        """The cached claims for exactly this peer, token and certificate."""
        found = self._found.get((peer_id, token))
        return found[1] if found is not None and found[0] == fingerprint else None

    def keep(self, peer_id: str, token: bytes, fingerprint: bytes, claims: Claims) -> None:
        """Cache the claims of a token that was verified for this certificate."""
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

"""The Inway's gate, in the decision process: refuses calls above the agreed rate or size before they are recorded."""

from __future__ import annotations

import math

from gateway.limit.errors import TooManyCalls, body_too_large
from gateway.limit.rules import NONE, Bucket, Kind, Limit

Limits = dict[tuple[Kind, str], Limit]
_BUCKETS = 10_000


class Gate:
    """Counts per Inway and service or caller. nginx asks the decision processes in turn, so each of them allows its `share` of
    the limit."""

    def __init__(self, share: float = 1.0) -> None:
        self._share = share
        self._buckets: dict[tuple[str, Kind, str, Limit], Bucket] = {}

    def check(self, peer_id: str, limits: Limits, service: str, caller: str, length: int, now: float) -> tuple[Limit, Limit]:
        """The limits of service and caller, after checking that they allow this call and counting it. `length` in bytes, `now`
        in Unix seconds.

        Raises:
            TooManyCalls: 429, with the seconds to wait before a retry.
            InwayError: 413, the body is larger than one of them allows.
        """
        found = {key: limits.get(key, NONE) for key in ((Kind.SERVICE, service), (Kind.CALLER, caller))}
        for limit in found.values():
            if limit.max_body_bytes is not None and length > limit.max_body_bytes:
                raise body_too_large(peer_id, limit.max_body_bytes)
        counted = [self._bucket(peer_id, key, limit, now) for key, limit in found.items() if limit.calls_per_second]
        wait = max((bucket.missing(now) for bucket in counted), default=0.0)
        if wait > 0:
            raise TooManyCalls(
                f"De Inway van peer {peer_id} kreeg meer aanroepen van {caller} voor {service} dan is afgesproken.",
                max(1, math.ceil(wait)),
            )
        for bucket in counted:
            bucket.take()
        return found[Kind.SERVICE, service], found[Kind.CALLER, caller]

    def _bucket(self, peer_id: str, key: tuple[Kind, str], limit: Limit, now: float) -> Bucket:
        whose = (peer_id, *key, limit)
        bucket = self._buckets.get(whose)
        if bucket is None:
            if len(self._buckets) >= _BUCKETS:
                self._buckets.clear()
            rate = limit.calls_per_second or 1
            size = rate if limit.burst is None else limit.burst + 1
            bucket = self._buckets[whose] = Bucket(rate * self._share, size * self._share, now)
        return bucket

"""Answers that take computing to draw up, such as a picture or a PDF: drawn up after the transaction, in threads of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Response
from starlette.types import Receive, Scope, Send

from gemeengoed_kit.lanes import Lane

DRAWERS = Lane("weergave", 2, wait_seconds=10.0)
"""As many at a time per process as leave it time for other work; who waits longer gets Busy, as for any other lane."""


class Later(Response):
    """An answer whose body is made when it is sent. By then the request has given its database connection and its thread back,
    and the event loop does not wait."""

    def __init__(self, make: Callable[[], bytes], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(None, 200, headers, media_type)
        self._make, self._given = make, dict(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await DRAWERS.run(self._make)
        await Response(body, self.status_code, self._given, self.media_type)(scope, receive, send)

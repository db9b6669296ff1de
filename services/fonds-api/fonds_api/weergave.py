"""Answers that are more than JSON: drawn up after the transaction in threads of their own, or sent from a file on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from fastapi import Response
from gemeengoed_kit.lanes import Lane
from starlette.types import Receive, Scope, Send

TEKENAARS = Lane("weergave", 2, wait_seconds=10.0)
"""As many at a time per process as leave it time for other work; who waits longer gets Busy, as for any other lane."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STUK = 1 << 17


class Csv(Response):
    media_type = "text/csv"


class Xlsx(Response):
    media_type = XLSX


class Svg(Response):
    media_type = "image/svg+xml"


class Html(Response):
    media_type = "text/html"


class Pdf(Response):
    media_type = "application/pdf"


class Xml(Response):
    media_type = "application/xml"


class Later(Response):
    """An answer whose body is made when it is sent. By then the request has given its database connection and its thread back,
    and the event loop does not wait."""

    def __init__(self, maak: Callable[[], bytes], media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(None, 200, headers, media_type)
        self._maak, self._kop = maak, dict(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inhoud = await TEKENAARS.run(self._maak)
        await Response(inhoud, self.status_code, self._kop, self.media_type)(scope, receive, send)


class Bestand(Response):
    """An answer from a file that was written in the transaction, of any size; the file is gone afterwards.

    A client that reads slowly so holds a file on disk, and neither memory nor a database connection.
    """

    def __init__(self, bestand: IO[bytes], media_type: str, naam: str) -> None:
        lengte = bestand.seek(0, 2)
        super().__init__(None, 200, {**als_bestand(naam), "Content-Length": str(lengte)}, media_type)
        self._bestand = bestand

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._bestand as bestand:
            bestand.seek(0)
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            while stuk := bestand.read(_STUK):
                await send({"type": "http.response.body", "body": stuk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


def als_bestand(naam: str, hoe: str = "attachment") -> dict[str, str]:
    """Header that gives a download its name."""
    return {"Content-Disposition": f'{hoe}; filename="{naam}"'}


def inhoud(soort: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route whose answer is a file of this media type."""
    return {200: {"content": {soort: {"schema": {"type": "string", "format": "binary"}}}}}

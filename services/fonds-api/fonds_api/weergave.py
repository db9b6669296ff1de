"""Answers that are more than JSON: their media types, and files that are written to disk and sent from there."""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from fastapi import Response
from gemeengoed_kit.errors import Unavailable
from gemeengoed_kit.lanes import Busy
from starlette.types import Receive, Scope, Send

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEGELIJK = 4
"""Files that one process writes and sends at the same time: it bounds the threads, connections and disk that they cost."""
VERSTUREN_SECONDEN = 600.0
"""Timeout for sending a file, so that a reader who does not read gives its place to another."""
_STUK = 1 << 17
_IN_GEHEUGEN = 1 << 20
_plaatsen = threading.BoundedSemaphore(TEGELIJK)


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


class Klad(SpooledTemporaryFile[bytes]):
    """A file on disk that takes one of a few places until it is closed, or nobody has it any more."""

    def __init__(self, plaatsen: threading.BoundedSemaphore) -> None:
        super().__init__(_IN_GEHEUGEN)
        self._vrij = weakref.finalize(self, plaatsen.release)

    def close(self) -> None:
        super().close()
        self._vrij()


@contextmanager
def klad() -> Iterator[Klad]:
    """A file to write and then send with `Bestand`, which closes it; it is also closed when writing fails.

    Raises:
        Busy: so many are being written and sent already.
        Unavailable: there is no room for it.
    """
    if not _plaatsen.acquire(blocking=False):
        raise Busy("Er worden al genoeg bestanden gemaakt; probeer het later opnieuw.", headers={"Retry-After": "10"})
    bestand = Klad(_plaatsen)
    try:
        yield bestand
    except OSError as probleem:
        bestand.close()
        raise Unavailable("Er is nu geen ruimte om het bestand te maken.", headers={"Retry-After": "60"}) from probleem
    except BaseException:
        bestand.close()
        raise


class Bestand(Response):
    """An answer from a file that was written in the transaction, of any size; the file is gone afterwards.

    A client that reads slowly so holds a file on disk, and neither memory nor a database connection; at most
    `VERSTUREN_SECONDEN`, after which its connection ends before the file does.
    """

    def __init__(self, bestand: IO[bytes], media_type: str, naam: str) -> None:
        lengte = bestand.seek(0, 2)
        super().__init__(None, 200, {**als_bestand(naam), "Content-Length": str(lengte)}, media_type)
        self._bestand = bestand

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(VERSTUREN_SECONDEN):
                self._bestand.seek(0)
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                while stuk := self._bestand.read(_STUK):
                    await send({"type": "http.response.body", "body": stuk, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            self._bestand.close()


def als_bestand(naam: str, hoe: str = "attachment") -> dict[str, str]:
    """Header that gives a download its name."""
    return {"Content-Disposition": f'{hoe}; filename="{naam}"'}


def inhoud(soort: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route whose answer is a file of this media type."""
    return {200: {"content": {soort: {"schema": {"type": "string", "format": "binary"}}}}}

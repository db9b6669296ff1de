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
from starlette.types import Receive, Scope, Send

from gemeengoed_kit.errors import Unavailable
from gemeengoed_kit.lanes import Busy

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 4
"""Files that one process writes and sends at the same time: it bounds the threads, connections and disk that they cost."""
SEND_SECONDS = 600.0
"""Timeout for sending a file, so that a reader who does not read gives its place to another."""
_PIECE = 1 << 17
_IN_MEMORY = 1 << 20
_places = threading.BoundedSemaphore(AT_ONCE)


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


class Scratch(SpooledTemporaryFile[bytes]):
    """A file on disk that takes one of a few places until it is closed, or nobody has it any more."""

    def __init__(self, places: threading.BoundedSemaphore) -> None:
        super().__init__(_IN_MEMORY)
        self._free = weakref.finalize(self, places.release)

    def close(self) -> None:
        super().close()
        self._free()


@contextmanager
def scratch() -> Iterator[Scratch]:
    """A file to write and then send with `FileResponse`, which closes it; it is also closed when writing fails.

    Raises:
        Busy: so many are being written and sent already.
        Unavailable: there is no room for it.
    """
    if not _places.acquire(blocking=False):
        raise Busy("Er worden al genoeg bestanden gemaakt; probeer het later opnieuw.", headers={"Retry-After": "10"})
    file = Scratch(_places)
    try:
        yield file
    except OSError as problem:
        file.close()
        raise Unavailable("Er is nu geen ruimte om het bestand te maken.", headers={"Retry-After": "60"}) from problem
    except BaseException:
        file.close()
        raise


class FileResponse(Response):
    """An answer from a file that was written in the transaction, of any size; the file is gone afterwards.

    A client that reads slowly so holds a file on disk, and neither memory nor a database connection; at most
    `SEND_SECONDS`, after which its connection ends before the file does.
    """

    def __init__(self, file: IO[bytes], media_type: str, name: str) -> None:
        length = file.seek(0, 2)
        super().__init__(None, 200, {**as_file(name), "Content-Length": str(length)}, media_type)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                self._file.seek(0)
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                while piece := self._file.read(_PIECE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            self._file.close()


def as_file(name: str, disposition: str = "attachment") -> dict[str, str]:
    """Header that gives a download its name."""
    return {"Content-Disposition": f'{disposition}; filename="{name}"'}


def file_content(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route whose answer is a file of this media type."""
    return {200: {"content": {media_type: {"schema": {"type": "string", "format": "binary"}}}}}

"""Files that clients send: they may be larger than JSON, are kept on disk while they are read, and are removed afterwards.

A route that takes one has an argument `Annotated[T, Depends(Upload(...))]`, and `**takes_file(...)` among its options.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, TypeVar, cast

from fastapi import HTTPException, Request

from gemeengoed_kit.errors import TooSlow, Unavailable
from gemeengoed_kit.lanes import Busy

MAX_UPLOAD_BYTES = 20_000_000
UPLOAD_SECONDS = 120.0
"""Timeout for receiving a file."""
AT_ONCE = 8
"""Files that one route of a process receives at the same time; it bounds the disk and memory that they cost together."""
_IN_MEMORY = 256_000
"""Files up to this number of bytes stay in memory."""
T = TypeVar("T")


@dataclass(frozen=True)
class File:
    """A file that a client sent.

    Attributes:
        content: positioned at its beginning; closed when the request has been answered.
        digest: SHA-256.
    """

    content: BinaryIO
    digest: bytes


class Upload(Generic[T]):
    """Dependency of a route that takes a file of one of these media types; the endpoint gets the result of `read`.

    `EdgeRoute` receives the file, and runs `read` before it begins a transaction, since that may take long.
    """

    def __init__(self, media_types: tuple[str, ...], read: Callable[[File], T]) -> None:
        self.media_types, self.read = media_types, read
        self._under_way = 0

    async def __call__(self, request: Request) -> T:
        return request.state.uploaded

    @asynccontextmanager
    async def received(self, request: Request) -> AsyncIterator[File]:
        """Receive the body of a request; the file is removed at the end.

        Raises:
            HTTPException: 415, another media type.
            Busy: too many files are being received already.
            TooSlow: it did not arrive in time.
            Unavailable: there is no room for it.
            ClientDisconnect: the client has gone.
        """
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in self.media_types:
            raise HTTPException(415)
        if self._under_way >= AT_ONCE:
            raise Busy("Er worden al genoeg bestanden ingelezen; probeer het later opnieuw.", headers={"Retry-After": "10"})
        self._under_way += 1
        try:
            with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
                yield File(cast(BinaryIO, kept), await _fill(cast(BinaryIO, kept), request))
        finally:
            self._under_way -= 1


async def _fill(kept: BinaryIO, request: Request) -> bytes:
    """Write the body of a request to a file and go back to its beginning; returns its SHA-256."""
    digest = hashlib.sha256()
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            async for chunk in request.stream():
                digest.update(chunk)
                kept.write(chunk)
        kept.seek(0)
    except TimeoutError:
        raise TooSlow(f"Het bestand kwam niet binnen {UPLOAD_SECONDS:g} s.", headers={"Connection": "close"}) from None
    except OSError as problem:
        raise Unavailable("Er is nu geen ruimte om het bestand te lezen.", headers={"Retry-After": "60"}) from problem
    return digest.digest()


def takes_file(media_types: tuple[str, ...], *, request: str, content: str) -> dict[str, Any]:
    """Options of a route that takes a file; `request` and `content` describe it in the specification."""
    schema = {"type": "string", "format": "binary", "description": content}
    body = {"required": True, "description": request, "content": {kind: {"schema": schema} for kind in media_types}}
    return {"max_body_size": MAX_UPLOAD_BYTES, "openapi_extra": {"requestBody": body}}

"""Files that clients send: they may be larger than JSON, are kept on disk while they are read, and are removed afterwards.

A route that takes one has an argument `Annotated[File, Depends(Upload(media_types))]`, and `**takes_file(...)` among its options.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from fastapi import HTTPException, Request

from gemeengoed_kit.errors import TooSlow, Unavailable

MAX_UPLOAD_BYTES = 20_000_000
UPLOAD_SECONDS = 120.0
"""Timeout for receiving a file."""
_IN_MEMORY = 256_000
"""Files up to this number of bytes stay in memory."""


@dataclass(frozen=True)
class File:
    """A file that a client sent.

    Attributes:
        content: positioned at its beginning; closed when the request has been answered.
        digest: SHA-256.
    """

    content: BinaryIO
    digest: bytes


class Upload:
    """Dependency of a route that takes a file of one of these media types. `EdgeRoute` receives it before the endpoint runs."""

    def __init__(self, media_types: tuple[str, ...]) -> None:
        self.media_types = media_types

    async def __call__(self, request: Request) -> File:
        return request.state.file

    async def receive(self, request: Request) -> File:
        """Receive the body of a request.

        Raises:
            HTTPException: 415, another media type.
            TooSlow: it did not arrive in time.
            Unavailable: there is no room for it.
            ClientDisconnect: the client has gone.
        """
        if request.headers.get("content-type", "").split(";")[0].strip().lower() not in self.media_types:
            raise HTTPException(415)
        kept = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when the request has been answered
        digest = hashlib.sha256()
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                async for chunk in request.stream():
                    digest.update(chunk)
                    kept.write(chunk)
            kept.seek(0)
        except BaseException as problem:
            kept.close()
            if isinstance(problem, TimeoutError):
                raise TooSlow(f"Het bestand kwam niet binnen {UPLOAD_SECONDS:g} s.", headers={"Connection": "close"}) from None
            if isinstance(problem, OSError):
                raise Unavailable("Er is nu geen ruimte om het bestand te lezen.", headers={"Retry-After": "60"}) from problem
            raise
        return File(cast(BinaryIO, kept), digest.digest())


def takes_file(media_types: tuple[str, ...], *, request: str, content: str) -> dict[str, Any]:
    """Options of a route that takes a file; `request` and `content` describe it in the specification."""
    schema = {"type": "string", "format": "binary", "description": content}
    body = {"required": True, "description": request, "content": {kind: {"schema": schema} for kind in media_types}}
    return {"max_body_size": MAX_UPLOAD_BYTES, "openapi_extra": {"requestBody": body}}

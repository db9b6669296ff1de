"""Resolves names to addresses: static names for development, DNS for the rest. TLS always verifies the name."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from fnmatch import fnmatchcase
from ipaddress import ip_address

import httpx

_MAX_ANSWER_BYTES = 4 * 2**20
_LABEL = "[a-z0-9-]{0,61}[a-z0-9]"
HOST_PATTERN = rf"([a-z0-9]({_LABEL})?\.)+[a-z]({_LABEL})?"
"""A DNS name of at least two labels, in lower case; never an IP address."""


class Hosts:
    """Static names; wildcards are allowed (`*.example.localhost`) and the first match counts."""

    def __init__(self, static: dict[str, str]) -> None:
        self._static = {pattern.lower(): address for pattern, address in static.items()}

    def static(self, host: str) -> str | None:
        """The configured IP address of a name, if any."""
        name = host.lower()
        return next((address for pattern, address in self._static.items() if fnmatchcase(name, pattern)), None)

    def resolve(self, host: str) -> str | None:
        """An IP address for a name; None when it has none now. May block on DNS."""
        found = self.static(host)
        if found is not None:
            return found
        try:
            return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
        except (OSError, UnicodeError):
            return None

    async def pin(self, request: httpx.Request) -> None:
        """Send a request to a resolved address of its host; the Host header and the name that TLS verifies stay unchanged.

        Other peers choose these names, so a name that resolves to this machine or its own network segment is refused.

        Raises:
            httpx.ConnectError: the name has no address, or only refused ones.
        """
        host = request.url.host
        address = self.static(host) or await _address_elsewhere(host)
        if address is None:
            raise httpx.ConnectError(f"{host} heeft geen bruikbaar adres", request=request)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=address)


async def _address_elsewhere(host: str) -> str | None:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return next((str(entry[4][0]) for entry in found if is_elsewhere(str(entry[4][0]))), None)


def is_elsewhere(address: str) -> bool:
    """Whether an IP address can belong to another machine: it is not loopback, link-local, multicast or unspecified."""
    parsed = ip_address(address)
    ip = getattr(parsed, "ipv4_mapped", None) or parsed
    return not (ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified)


# A pool keeps connections by address, and two names can have the same address. So no connection is kept alive.
NO_KEEPALIVE = httpx.Limits(max_keepalive_connections=0)


class NamedTransport(httpx.AsyncHTTPTransport):
    """httpx transport that resolves names with `Hosts`, and refuses answers that are compressed or larger than 4 MiB."""

    def __init__(self, hosts: Hosts, **options: object) -> None:
        super().__init__(limits=NO_KEEPALIVE, trust_env=False, **options)  # type: ignore[arg-type]
        self._hosts = hosts

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await self._hosts.pin(request)
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        if "Content-Encoding" in response.headers:
            await response.aclose()
            raise httpx.DecodingError("een gecomprimeerd antwoord, ongevraagd", request=request)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Bounded(response.stream)
        return response


class _Bounded(httpx.AsyncByteStream):
    """A response body that raises an error when it grows too large."""

    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._stream:
            size += len(part)
            if size > _MAX_ANSWER_BYTES:
                raise httpx.ReadError(f"een antwoord van meer dan {_MAX_ANSWER_BYTES} bytes")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()

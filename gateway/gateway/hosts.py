"""Names to addresses: static ones for development, DNS for the rest; TLS always verifies the name."""

from __future__ import annotations

import socket
from fnmatch import fnmatchcase

import httpx

_LABEL = "[a-z0-9-]{0,61}[a-z0-9]"
HOST_PATTERN = rf"([a-z0-9]({_LABEL})?\.)+[a-z]({_LABEL})?"
"""A DNS name of at least two labels, in lower case; never an IP address."""


class Hosts:
    """Static names, wildcards allowed (`*.example.localhost`); the first match counts."""

    def __init__(self, static: dict[str, str]) -> None:
        self._static = {pattern.lower(): address for pattern, address in static.items()}

    def static(self, host: str) -> str | None:
        """The configured IP address of a name, if any."""
        name = host.lower()
        return next((address for pattern, address in self._static.items() if fnmatchcase(name, pattern)), None)

    def resolve(self, host: str) -> str | None:
        """An IP address for a name; None when it has none now. May wait for DNS."""
        found = self.static(host)
        if found is not None:
            return found
        try:
            return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
        except (OSError, UnicodeError):
            return None

    def pin(self, request: httpx.Request) -> httpx.Request:
        """Point a request at the static address of its host; Host header and TLS name stay the name's."""
        address = self.static(request.url.host)
        if address is not None:
            request.extensions = {**request.extensions, "sni_hostname": request.url.host}
            request.url = request.url.copy_with(host=address)
        return request


# A pool keeps connections by address, and two names can share one: so nothing is kept alive.
NO_KEEPALIVE = httpx.Limits(max_keepalive_connections=0)


class NamedTransport(httpx.HTTPTransport):
    """httpx transport that follows `Hosts`."""

    def __init__(self, hosts: Hosts, **options: object) -> None:
        super().__init__(limits=NO_KEEPALIVE, trust_env=False, **options)  # type: ignore[arg-type]
        self._hosts = hosts

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return super().handle_request(self._hosts.pin(request))


class AsyncNamedTransport(httpx.AsyncHTTPTransport):
    """The same for asynchronous clients."""

    def __init__(self, hosts: Hosts, **options: object) -> None:
        super().__init__(limits=NO_KEEPALIVE, trust_env=False, **options)  # type: ignore[arg-type]
        self._hosts = hosts

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await super().handle_async_request(self._hosts.pin(request))

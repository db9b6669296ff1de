"""Fsc-Manager-Address: the other side chooses this address and we connect to it, so it is checked first (fsc.md 1.3)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from gateway.group import GroupRules
from gateway.hosts import HOST_PATTERN


def parse_address(address: str, rules: GroupRules) -> tuple[str, int]:
    """Host (DNS name, lower case) and port of a Manager address `https://host:port`.

    Raises:
        ValueError: another form, a port that the Group does not use, or an IP address instead of a name.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as problem:
        raise ValueError(f"{address!r} is geen adres: {problem}") from problem
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{address!r} is geen adres van de vorm https://host:poort")
    if len(host) > 253 or not re.fullmatch(HOST_PATTERN, host, re.ASCII):
        raise ValueError(f"{address!r} noemt geen DNS-naam")
    if port not in rules.ports:
        raise ValueError(f"{address!r} noemt geen toegestane poort ({', '.join(map(str, sorted(rules.ports)))})")
    return host, port


def names_host(dns_names: frozenset[str], host: str) -> bool:
    """Whether a certificate's names cover `host` (RFC 6125: a wildcard stands for one leftmost label)."""
    return host in dns_names or "*." + host.partition(".")[2] in dns_names

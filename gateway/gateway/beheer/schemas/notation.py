"""Notations that several wire models share."""

from __future__ import annotations

from gateway.hosts import HOST_PATTERN

OIN = "^[0-9]{20}$"
PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
HOST = f"^{HOST_PATTERN}$"
LISTEN = rf"^({BYTE}\.){{3}}{BYTE}:{PORT}$"
MANAGER = f"^https://{HOST_PATTERN}:(443|8443)$"
ORIGIN = f"^https?://[a-z0-9]([a-z0-9.-]{{0,200}}[a-z0-9])?(:{PORT})?/?$"
CONNECTION = r"^\$1\$[34]\$[A-Za-z0-9_-]{86}$"
HASH = "Hash van de grant; kopieer hem in enkele aanhalingstekens, of gebruik een alias."

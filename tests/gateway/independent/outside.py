"""One TLS port for all independent Managers and Inways: the name in the handshake (SNI) says who is meant."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

from tests.gateway.independent.identity import Identity

Serve = Callable[[ssl.SSLSocket], None]


class Outside:
    """Port 8443 of an address that is not the gateway's; only clients with a certificate of the Group come in."""

    _open: dict[str, Outside] = {}

    def __init__(self, address: str, root: Path) -> None:
        self._address, self._root = address, root
        self._sites: dict[str, tuple[ssl.SSLContext, Serve]] = {}
        self._context = self._make_context()
        self._context.sni_callback = self._choose
        self._socket = socket.create_server((address, 8443), backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    @classmethod
    def at(cls, address: str, root: Path) -> Outside:
        """The open port of an address; opened when needed."""
        if address not in cls._open:
            cls._open[address] = cls(address, root)
        return cls._open[address]

    def add(self, host: str, identity: Identity, serve: Serve) -> None:
        """Answer under a name with a certificate."""
        context = self._make_context()
        context.load_cert_chain(identity.pem, identity.key_pem)
        self._sites[host] = (context, serve)

    def remove(self, host: str) -> None:
        """Stop answering under a name; the port closes with the last one."""
        if self._sites.pop(host, None) and not self._sites:
            Outside._open.pop(self._address, None)
            self._socket.shutdown(socket.SHUT_RDWR)  # a waiting accept would keep the port
            self._socket.close()

    def _make_context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_verify_locations(self._root)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _choose(self, connection: ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> int | None:
        if name not in self._sites:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context, connection.serve = self._sites[name]  # type: ignore[attr-defined]
        return None

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        try:
            with self._context.wrap_socket(plain, server_side=True) as connection:
                connection.serve(connection)  # type: ignore[attr-defined]
        except OSError:
            plain.close()

"""The trial service on a real socket, and ways to harm what it depends on."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit, urlunsplit

import psycopg
import uvicorn
from gemeengoed_kit.app import application
from gemeengoed_kit.context import Context
from gemeengoed_kit.process import Service


@contextmanager
def served(service: Service, context: Context) -> Iterator[str]:
    """The service in a thread of its own; gives its base URL."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    app = application(service.api, context, media_types=service.media_types)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def frozen(admin_url: str, postmaster: int) -> Iterator[None]:
    """PostgreSQL that says nothing: the server and every one of its sessions stand still, the sockets stay open."""
    with psycopg.connect(admin_url) as admin:
        pids = [row[0] for row in admin.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")]
    for pid in (postmaster, *pids):
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in (*pids, postmaster):
            os.kill(pid, signal.SIGCONT)


class Wire:
    """Bytes between a service and PostgreSQL, until it is told to lose the answer to a COMMIT."""

    def __init__(self, database_url: str) -> None:
        self._to = urlsplit(database_url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.lose_next_commit = threading.Event()
        self.lost = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """The database by way of this wire."""
        who = self._to.netloc.rpartition("@")[0]
        port = self._listener.getsockname()[1]
        return urlunsplit((self._to.scheme, f"{who}@127.0.0.1:{port}", self._to.path, "sslmode=disable", ""))

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client, self._connect()), daemon=True).start()

    def _connect(self) -> socket.socket:
        folder = parse_qs(self._to.query).get("host")
        if not folder:
            return socket.create_connection((str(self._to.hostname), self._to.port or 5432))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{folder[0]}/.s.PGSQL.{self._to.port}")
        return server

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        losing = False
        with client, server, selectors.DefaultSelector() as waiting:
            waiting.register(client, selectors.EVENT_READ, server)
            waiting.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in waiting.select():
                    data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not data:
                        return
                    if key.fileobj is client and b"COMMIT" in data and self.lose_next_commit.is_set():
                        self.lose_next_commit.clear()
                        losing = True
                    if losing and key.fileobj is server:
                        self.lost.set()
                        return
                    key.data.sendall(data)

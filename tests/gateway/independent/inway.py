"""An Inway of a peer that is not the gateway's: shows what an Outway sends, byte for byte."""

from __future__ import annotations

import ssl
from pathlib import Path

from tests.gateway.echo import Recorder
from tests.gateway.independent.identity import Identity
from tests.gateway.independent.outside import Outside


class FakeInway(Recorder):
    """Records each request and answers with `answer`."""

    def __init__(self, address: str, host: str, identity: Identity, root: Path) -> None:
        super().__init__()
        self.url, self.certificates = f"https://{host}:8443", list[bytes]()
        self._host, self._outside = host, Outside.at(address, root)
        self._outside.add(host, identity, self._greet)

    def close(self) -> None:
        self._outside.remove(self._host)

    def _greet(self, connection: ssl.SSLSocket) -> None:
        self.certificates.append(connection.getpeercert(True) or b"")
        self.serve(connection)

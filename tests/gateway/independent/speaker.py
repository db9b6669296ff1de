"""Speaks to Managers and Inways of the lab over mTLS, under their names at the lab's address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from tests.gateway.independent import official
from tests.gateway.independent.identity import Identity


class Speaker:
    """A client with the certificate of `identity`; every answer of a Manager must be as the official documents of `line` say."""

    def __init__(self, address: str, identity: Identity, root: Path, own_manager: str, *, line: str = "2025-10") -> None:
        self.identity, self._address, self._own, self._line = identity, address, own_manager, line
        self._http = httpx.Client(verify=identity.client_context(root), timeout=20, trust_env=False)

    def ask(
        self,
        method: str,
        host: str,
        path: str,
        *,
        body: Any = None,
        headers: dict[str, str] | None = None,
        content: bytes | None = None,
        form: dict[str, str] | None = None,
    ) -> httpx.Response:
        given = {"Host": f"{host}:8443", "Connection": "close", **(headers or {})}
        if method in ("POST", "PUT") and "Fsc-Manager-Address" not in given and form is None:
            given["Fsc-Manager-Address"] = self._own
        answer = self._http.request(
            method,
            f"https://{self._address}:8443{path}",
            json=body,
            content=content,
            data=form,
            headers={name: value for name, value in given.items() if value},
            extensions={"sni_hostname": host},
        )
        if host.startswith("manager."):
            official.check_answer(self._line, method, path, answer)
        return answer

    def close(self) -> None:
        self._http.close()

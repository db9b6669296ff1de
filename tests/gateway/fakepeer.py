"""A whole peer that shares no code with the gateway: certificates, Manager, and what it asks of the lab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from tests.gateway.independent import FakeManager, Identity, Speaker, content_hash, grant_hash
from tests.gateway.lab import until

_NAMES = ("eigen", "ander", "vreemde", "logderde", "laatkomer", "gehaast")
INDEPENDENT = {name: f"{99 * 10**12 + number:020}" for number, name in enumerate(_NAMES, 9901)}
"""OINs of the peers of our own making; from the fourth on each is of one test alone."""
OWN, OTHER, STRANGER, *_ = INDEPENDENT.values()
SUT, CONSUMER, DIRECTORY, INWAY = (
    f"{name}.lab.localhost" for name in ("manager.aanbieder", "manager.afnemer", "manager.dir", "inway.aanbieder")
)
V7 = "01890a5d-ac96-774b-bcce-b302099a8057"


class Peer:
    """A fake peer: Manager certificate, Outway certificate, Manager. `line`: of FSC Core, in which it hears others."""

    def __init__(self, lab, folder: Path, name: str, *, line: str = "2025-10") -> None:
        self.line = line
        self.oin, self.host = INDEPENDENT[name], f"manager.{name}.nep.localhost"
        self.folder, self.name, self.root = folder, name, lab.anchors
        self.ca = lab.authority.pair
        self.identity = self.identity_for(self.host)
        self.outway = self.identity_for(f"outway.{name}.nep.localhost")
        self.speaker = Speaker(lab.address, self.identity, self.root, f"https://{self.host}:8443", line=line)
        self.outway_speaker = Speaker(lab.address, self.outway, self.root, "")

    manager: FakeManager

    def open_manager(self, lab) -> FakeManager:
        """Let the Manager listen; it knows the Manager's own key."""
        keys = [self.identity]
        self.manager = FakeManager(lab.outside, self.host, self.oin, self.identity, keys, self.root, line=self.line)
        return self.manager

    def move(self, lab, host: str) -> tuple[FakeManager, Speaker]:
        """A second Manager of this peer under another name, and what speaks for it; the first one stays as it is."""
        identity = self.identity_for(host)
        manager = FakeManager(lab.outside, host, self.oin, identity, [self.identity, identity], self.root, line=self.line)
        return manager, Speaker(lab.address, identity, self.root, manager.url, line=self.line)

    def identity_for(self, host: str, **options) -> Identity:
        return Identity(self.folder, self.name, self.oin, host, self.ca, **options)

    # ---- grants
    def connection(
        self, provider: str, service: str = "echo", *, delegator: str | None = None, offered_for: str | None = None, **more: Any
    ) -> dict:
        """A connection grant for this peer's Outway; `delegator`: on whose behalf it connects, `offered_for`: on whose
        behalf the Service is published."""
        called: dict[str, Any] = {"type": "SERVICE_TYPE_SERVICE", "peer_id": provider, "name": service}
        if offered_for:
            called |= {"type": "SERVICE_TYPE_DELEGATED_SERVICE", "delegator": {"peer_id": offered_for}}
        grant = {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": self.oin, "public_key_thumbprint": self.outway.key_thumbprint},
            "service": called,
            **more,
        }
        if delegator:
            grant |= {"type": "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION", "delegator": {"peer_id": delegator}}
        return grant

    def publication(self, directory: str, service: str, *, delegator: str | None = None, **more: Any) -> dict:
        """A publication grant for a Service of this peer; `delegator`: on whose behalf."""
        grant = {
            "type": "GRANT_TYPE_SERVICE_PUBLICATION",
            "directory": {"peer_id": directory},
            "service": {"peer_id": self.oin, "name": service, "protocol": "PROTOCOL_TCP_HTTP_1.1"},
            **more,
        }
        if delegator:
            grant |= {"type": "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION", "delegator": {"peer_id": delegator}}
        return grant

    # ---- what it says to Managers
    def announce(self, host: str = DIRECTORY) -> None:
        answer = self.speaker.ask("PUT", host, "/v1/announce")
        assert answer.status_code == 200, answer.text

    def submit(self, content: dict, *, signature: str | None = None, host: str = SUT, **options) -> httpx.Response:
        body = {"contract_content": content, "signature": signature or self.identity.says("accept", content)}
        return self.speaker.ask("POST", host, "/v1/contracts", body=body, **options)

    def put(
        self, kind: str, content: dict, *, signature: str | None = None, path_hash: str | None = None, host: str = SUT
    ) -> httpx.Response:
        body = {"contract_content": content, "signature": signature or self.identity.says(kind, content)}
        return self.speaker.ask("PUT", host, f"/v1/contracts/{path_hash or content_hash(content)}/{kind}", body=body)

    def offered(self, content_hash_: str) -> dict:
        """The content of a contract that was submitted to this peer's Manager; waits for it."""

        def arrived() -> list[dict]:
            bodies = [body["contract_content"] for _, path, _, body in self.manager.received if path == "/v1/contracts"]
            return [content for content in bodies if content_hash(content) == content_hash_]

        return until(arrived, what=f"contract arrives at {self.name}")[0]

    def contracts(self, host: str = SUT, **query: str) -> dict:
        return self._list(host, "contracts", query)

    def peers(self, host: str, **query: str) -> list[dict]:
        return self._list(host, "peers", query)["peers"]

    def services(self, host: str = DIRECTORY, **query: str) -> list[dict]:
        return self._list(host, "services", query)["services"]

    def listings(self, name: str, host: str = DIRECTORY) -> list[dict]:
        """What is listed of services with exactly this name; the filter of FSC also finds names that contain it."""
        found = (one["data"] for one in self.services(host, service_name=name, limit="1000"))
        return [data for data in found if data["name"] == name]

    def logs(self, host: str = SUT, **query: str) -> list[dict]:
        return self._list(host, "logs", query)["records"]

    def _list(self, host: str, what: str, query: dict[str, str]) -> dict:
        answer = self.speaker.ask("GET", host, f"/v1/{what}?{'&'.join(f'{name}={value}' for name, value in query.items())}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def holds(self, content: dict, host: str = SUT) -> dict | None:
        found = self.contracts(host, grant_hash=grant_hash(content))["contracts"]
        return found[0] if found else None

    def token(self, scope: str, *, speaker: Speaker | None = None, **changes: str | None) -> httpx.Response:
        form = {"grant_type": "client_credentials", "scope": scope, "client_id": self.oin, **changes}
        sent = {name: value for name, value in form.items() if value is not None}
        return (speaker or self.outway_speaker).ask("POST", SUT, "/v1/token", form=sent)

    # ---- what its Outway says to the Inway
    def call(
        self, token: str | None, *, transaction_id: str | None = V7, speaker: Speaker | None = None, **headers: str
    ) -> httpx.Response:
        given = {"Fsc-Authorization": f"Bearer {token}" if token else "", "Fsc-Transaction-Id": transaction_id or "", **headers}
        return (speaker or self.outway_speaker).ask("GET", INWAY, "/v1/x", headers=given)

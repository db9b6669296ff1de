"""A whole peer that shares no code with the gateway: certificates, Manager, and what it asks of the lab."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.gateway.independent import FakeManager, Identity, Speaker, content_hash, grant_hash

OWN, OTHER, STRANGER = "00000099000000009901", "00000099000000009902", "00000099000000009903"
SUT = "manager.aanbieder.lab.localhost"


class Peer:
    """A fake peer: Manager certificate, Outway certificate, Manager."""

    def __init__(self, lab, folder: Path, oin: str, name: str) -> None:
        self.oin, self.host = oin, f"manager.{name}.nep.localhost"
        self.folder, self.name, self.root = folder, name, lab.anchors
        self.ca = lab.authority.pair
        self.identity = self.identity_for(self.host)
        self.outway = self.identity_for(f"outway.{name}.nep.localhost")
        self.speaker = Speaker(lab.address, self.identity, self.root, f"https://{self.host}:8443")
        self.outway_speaker = Speaker(lab.address, self.outway, self.root, "")

    manager: FakeManager

    def identity_for(self, host: str, **options) -> Identity:
        return Identity(self.folder, self.name, self.oin, host, self.ca, **options)

    def connection(self, provider: str, service: str = "echo", **more) -> dict:
        return {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": self.oin, "public_key_thumbprint": self.outway.key_thumbprint},
            "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": provider, "name": service},
            **more,
        }

    def submit(self, content: dict, *, signature: str | None = None, host: str = SUT, **options) -> httpx.Response:
        body = {"contract_content": content, "signature": signature or self.identity.says("accept", content)}
        return self.speaker.ask("POST", host, "/v1/contracts", body=body, **options)

    def put(
        self, kind: str, content: dict, *, signature: str | None = None, path_hash: str | None = None, host: str = SUT
    ) -> httpx.Response:
        body = {"contract_content": content, "signature": signature or self.identity.says(kind, content)}
        return self.speaker.ask("PUT", host, f"/v1/contracts/{path_hash or content_hash(content)}/{kind}", body=body)

    def contracts(self, **query: str) -> dict:
        path = "/v1/contracts?" + "&".join(f"{name}={value}" for name, value in query.items())
        answer = self.speaker.ask("GET", SUT, path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def holds(self, content: dict) -> dict | None:
        found = self.contracts(grant_hash=grant_hash(content))["contracts"]
        return found[0] if found else None

    def token(self, scope: str, *, speaker: Speaker | None = None, **changes: str | None) -> httpx.Response:
        form = {"grant_type": "client_credentials", "scope": scope, "client_id": self.oin, **changes}
        sent = {name: value for name, value in form.items() if value is not None}
        return (speaker or self.outway_speaker).ask("POST", SUT, "/v1/token", form=sent)

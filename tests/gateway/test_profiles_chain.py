"""Each line of FSC Core at work: a contract, a token and a call between hosted peers and with an independent one."""

from __future__ import annotations

import base64
import json
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from gateway.cli.app import main
from gateway.db import migrate
from gemeengoed_lokaal.netwerk import kies_adres

from tests.gateway.conftest import PORTS
from tests.gateway.echo import Echo
from tests.gateway.fakepeer import SUT, Peer
from tests.gateway.independent import Speaker, hashing, published
from tests.gateway.lab import TOKEN, Lab, until

pytestmark = pytest.mark.xdist_group("line")  # each line has a gateway of its own


@dataclass
class Line:
    """A lab that speaks one line, with an independent peer that knows how that line hashes."""

    name: str
    lab: Lab
    peers: dict[str, str]
    fake: Peer
    hashes: ModuleType

    def content(self, *grants: dict[str, Any]) -> dict[str, Any]:
        version = {"fsc_version": "1.0.0"} if self.name == "2.0" else {}
        return {**hashing.make_content(*grants), **version}

    def connection(self, **outway: Any) -> dict[str, Any]:
        """The independent peer's Outway to service echo, known by its key unless told otherwise."""
        key = {"public_key_thumbprint": self.fake.outway.key_thumbprint}
        if self.name == "2.0":
            key = {"identification": {"type": "OUTWAY_IDENTIFICATION_TYPE_PUBLIC_KEY_THUMBPRINT", **key}}
        return {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": self.fake.oin, **(outway or key)},
            "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": self.peers["aanbieder"], "name": "echo"},
        }

    def submit(self, content: dict[str, Any]) -> httpx.Response:
        payload = {
            "contract_content_hash": self.hashes.content_hash(content),
            "type": "accept",
            "signed_at": int(time.time()),
        }
        return self.fake.submit(content, signature=self.fake.identity.jws(payload))

    def agree(self, content: dict[str, Any]) -> str:
        """A contract of the independent peer, accepted by the provider; returns the hash of its first grant."""
        answer = self.submit(content)
        assert answer.status_code == 201, answer.text
        self.lab.accept(self.peers["aanbieder"], self.hashes.content_hash(content))
        return self.hashes.grant_hash(content)


@pytest.fixture(scope="module", params=["2.0", "1.1"])
def line(request, templates) -> Iterator[Line]:
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with tempfile.TemporaryDirectory(prefix="gateway-line-") as path:
        folder = Path(path)
        lab = Lab(
            kies_adres(PORTS),
            kies_adres([8443]),
            folder,
            database.url,
            database.owner_url,
            group={"profile": request.param, "directories": ["https://manager.aanbieder.lab.localhost:8443"]},
        )
        closing: list[Any] = [lab.stop]
        try:
            lab.start()
            service = Echo(lab.address, 7001)
            closing.append(service.close)
            fake = Peer(lab, folder, "eigen", line=request.param)
            closing.append(fake.open_manager(lab).close)
            yield Line(request.param, lab, _peers(lab), fake, published if request.param == "1.1" else hashing)
        finally:
            for close in reversed(closing):
                close()


def _peers(lab: Lab) -> dict[str, str]:
    """A provider that is the Group's Directory too, and a consumer, which is announced there because the Group says so."""
    found = {"aanbieder": lab.add_peer("aanbieder", directory=True), "afnemer": lab.add_peer("afnemer")}
    lab.post(f"/peers/{found['aanbieder']}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
    announced = [lab.get(f"/peers/{peer}/announcements")["results"] for peer in found.values()]
    assert [len(rows) for rows in announced] == [0, 1], "the Directory does not announce itself at itself"
    lab.wait_served("afnemer")
    until(lambda: lab.get(f"/peers/{found['afnemer']}/announcements")["results"][0]["geluktOp"], what="announcement")
    return found


def payload_of(jws: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(jws.split(".")[1] + "=="))


def call(line: Line, grant_hash: str) -> httpx.Response:
    """A call by the independent peer: token from the provider's Manager, then straight to its Inway."""
    token = line.fake.token(grant_hash)
    assert token.status_code == 200, token.text
    headers = {
        "Fsc-Authorization": f"Bearer {token.json()['access_token']}",
        "Fsc-Transaction-Id": f"01890a5d-ac96-774b-bcce-{uuid.uuid4().hex[:12]}",
    }
    return line.fake.outway_speaker.ask("GET", "inway.aanbieder.lab.localhost", "/ja", headers=headers)


def test_hosted_peers_agree_and_call(line) -> None:
    contract = line.lab.connect(line.peers["afnemer"], line.peers["aanbieder"], "echo", alias="echo")
    answer = httpx.get(f"{line.lab.outway('afnemer')}/ja", headers={"Host": "echo"}, timeout=20)
    assert answer.status_code == 200, answer.text
    assert contract["grants"][0]["hash"].startswith("$1$3$")


def test_properties_are_published_or_refused_but_never_left_out(line) -> None:
    provider = line.peers["aanbieder"]
    line.lab.post(
        f"/peers/{provider}/services",
        {"naam": "beschreven", "url": f"http://{line.lab.address}:7001", "openapiUrl": "https://voorbeeld.nl/api.json"},
    )
    wish = {
        "service": "beschreven",
        "directoryPeerId": provider,
        "notBefore": "2018-01-01T00:00:00Z",
        "notAfter": "2090-01-01T00:00:00Z",
    }
    answer = line.lab.beheer.post(f"/peers/{provider}/publications", json={**wish, "properties": {"ns.doel": "test"}})
    if line.name == "1.1":
        assert (answer.status_code, answer.json()["fscCode"]) == (409, "ERROR_CODE_MALFORMED_REQUEST")
        assert "properties.ns.doel: bestaat niet in FSC Core 1.1" in answer.json()["detail"]
        answer = line.lab.beheer.post(f"/peers/{provider}/publications", json=wish)
    assert answer.status_code == 201, answer.text
    given = {"gemeengoed.openapi_url": "https://voorbeeld.nl/api.json", "ns.doel": "test"}
    listed = line.fake.listings("beschreven", SUT)
    assert [one.get("properties") for one in listed] == [None if line.name == "1.1" else given]
    shown = {"id": provider, "name": "Lab aanbieder", "manager_address": f"https://{SUT}:8443"}
    assert [one["peer"] for one in listed] == [shown], "the Directory lists itself like any other"
    assert shown in line.fake.peers(SUT)


def test_independent_peer_agrees_and_calls(line) -> None:
    content = line.content(line.connection())
    grant_hash = line.agree(content)
    assert line.lab.contract(line.peers["aanbieder"], line.hashes.content_hash(content))["state"] == "VALID"
    assert call(line, grant_hash).status_code == 200
    assert payload_of(line.fake.token(grant_hash).json()["access_token"])["gth"] == grant_hash


def test_accept_of_the_gateway_is_over_the_hash_that_the_independent_peer_computes(line) -> None:
    content = line.content(line.connection())
    line.agree(content)
    path = f"/v1/contracts/{line.hashes.content_hash(content)}/accept"
    told = until(lambda: [body for _, at, _, body in line.fake.manager.received if at == path], what="accept of the provider")
    assert told[0]["contract_content"] == content
    assert payload_of(told[0]["signature"])["contract_content_hash"] == line.hashes.content_hash(content)


def test_signature_over_the_hash_of_another_line_is_refused(line) -> None:
    content = line.content(line.connection())
    october = {name: value for name, value in content.items() if name != "fsc_version"}
    payload = {"contract_content_hash": hashing.content_hash(october), "type": "accept", "signed_at": int(time.time())}
    answer = line.fake.submit(content, signature=line.fake.identity.jws(payload))
    assert answer.status_code == 422
    assert answer.json()["code"] == "ERROR_CODE_SIGNATURE_CONTRACT_CONTENT_HASH_MISMATCH"


def test_content_of_another_line_is_refused(line) -> None:
    stranger = {"type": "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME", "domain_name": "a.nl"}
    content = line.content({**line.connection(), "outway": {"peer_id": line.fake.oin, "identification": stranger}})
    wrong = {**content, "fsc_version": "0.9"} if line.name == "2.0" else content
    answer = line.fake.submit(wrong, signature=line.fake.identity.says("accept", wrong))
    expected = (422, "ERROR_CODE_UNKNOWN_FSC_VERSION") if line.name == "2.0" else (400, "ERROR_CODE_MALFORMED_REQUEST")
    assert (answer.status_code, answer.json()["code"]) == expected


@pytest.mark.parametrize("line", ["1.1"], indirect=True)
def test_name_with_a_dot_does_not_stand_in_for_what_is_signed(line) -> None:
    signed = line.content({**line.connection(), "service": {**line.connection()["service"], "name": "openbaar"}})
    sent = {**signed, "grants": [{"data": {**line.connection(), "service.name": "openbaar"}}]}
    payload = {"contract_content_hash": line.hashes.content_hash(signed), "type": "accept", "signed_at": int(time.time())}
    answer = line.fake.submit(sent, signature=line.fake.identity.jws(payload))
    assert (answer.status_code, answer.json()["code"]) == (400, "ERROR_CODE_MALFORMED_REQUEST")
    assert "grants.0.data.service.name" in answer.json()["message"]
    assert line.lab.contract(line.peers["aanbieder"], line.hashes.content_hash(signed)) is None


def test_rule_of_the_command_accepts_a_contract_of_this_line(line) -> None:
    provider = line.peers["aanbieder"]
    environment = {"GATEWAY_BEHEER_LISTEN": f"{line.lab.address}:9080", "GATEWAY_BEHEER_TOKEN": TOKEN}
    line.fake.announce(SUT)
    for number, who in enumerate(([], ["--door", line.fake.oin])):
        rule = ["regel", "zet", "-p", provider, f"regel-{number}", "--service", "echo", *who]
        assert CliRunner().invoke(main, rule, env=environment, catch_exceptions=False).exit_code == 0
        content = line.content(line.connection())
        assert line.submit(content).status_code == 201
        assert line.lab.contract(provider, line.hashes.content_hash(content))["state"] == "VALID"
        assert call(line, line.hashes.grant_hash(content)).status_code == 200
        assert line.lab.beheer.delete(f"/peers/{provider}/rules/regel-{number}").status_code == 204


def by_name(line: Line, domain: str) -> str:
    way = {"type": "OUTWAY_IDENTIFICATION_TYPE_DOMAIN_NAME", "domain_name": domain}
    return line.agree(line.content(line.connection(identification=way)))


@pytest.mark.parametrize("line", ["2.0"], indirect=True)
def test_outway_known_by_name_may_have_any_key_with_that_name(line) -> None:
    grant_hash = by_name(line, "outway.eigen.nep.localhost")
    assert call(line, grant_hash).status_code == 200
    renewed = line.fake.identity_for("outway.eigen.nep.localhost")
    assert line.fake.token(grant_hash, speaker=Speaker(line.lab.address, renewed, line.fake.root, "")).status_code == 200


@pytest.mark.parametrize("line", ["2.0"], indirect=True)
def test_outway_with_another_name_gets_no_token(line) -> None:
    answer = line.fake.token(by_name(line, "anders.eigen.nep.localhost"))
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")

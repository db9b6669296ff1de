"""Certificates of hosted peers: requested, imported, renewed; every fault at once; no key ever leaves the disk."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from gateway.beheer.app import build
from gateway.db import migrate
from gateway.deployment import Deployment
from gateway.pki.authority import DevelopmentPki
from gateway.pki.certificate import from_der
from gateway.pki.keypair import COMPONENTS, KeyStore
from gateway.pki.request import key_thumbprint
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import SystemClock
from starlette.testclient import TestClient

from tests.gateway.lab import NOBODY, OINS, TOKEN, until

OIN, NAME = OINS["certificaten"], "Lab Súdwest"
USAGES = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)


@pytest.fixture(scope="module")
def peer(lab, peers) -> str:
    """A peer of these tests alone."""
    lab.add_peer("certificaten", naam=NAME)
    lab.wait_served("certificaten")
    return f"/peers/{OIN}"


def sign(lab, request_pem: str | None, **other: Any) -> str:
    """What an issuer would answer to a request, or a certificate with something else about it."""
    ca = lab.folder / "pki"
    issuer = x509.load_pem_x509_certificate((ca / "intermediate.pem").read_bytes())
    issuer_key = other.get("issuer_key") or load_pem_private_key((ca / "intermediate.key").read_bytes(), None)
    request = x509.load_pem_x509_csr(request_pem.encode()) if request_pem else None
    begin = other.get("begin") or datetime.now(UTC) - timedelta(hours=1)
    subject = other.get("subject") or request.subject
    names = other.get("names") or request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject)
        .public_key(other.get("public_key") or request.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(other.get("end") or begin + timedelta(days=200))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(x509.ExtendedKeyUsage(other.get("usages", USAGES)), False)
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), False)
        .sign(issuer_key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode() + issuer.public_bytes(Encoding.PEM).decode()


def pem(key: Any, passphrase: bytes | None = None) -> str:
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption).decode()


def subject(oin: str = OIN, name: str = NAME) -> x509.Name:
    parts = [(NameOID.ORGANIZATION_NAME, name), (NameOID.SERIAL_NUMBER, oin)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def served(lab) -> str | None:
    """Thumbprint of the certificate that nginx shows for the Manager now; None when it has none."""
    context = ssl.create_default_context(cafile=str(lab.folder / "pki" / "root.pem"))
    try:
        with (
            socket.create_connection((lab.address, 8443), 5) as plain,
            context.wrap_socket(plain, server_hostname="manager.certificaten.lab.localhost") as tls,
        ):
            return from_der([tls.getpeercert(True) or b""]).thumbprint
    except OSError:
        return None


def keys_of(lab) -> list[bytes]:
    """Every private key on disk, in the form a leak would have: one line of its base64."""
    return [path.read_bytes().splitlines()[2] for path in Path(lab.folder / "keys").rglob("key.pem")]


@pytest.mark.parametrize("kind", ["EC-P256", "RSA-3072"])
def test_requested_certificate_is_imported_and_served(lab, peer, kind) -> None:
    wish = {"sleutelsoort": kind, "extraHosts": ["ook.certificaten.lab.localhost"]}
    asked = lab.post(f"{peer}/certificates/manager/requests", wish)
    request = x509.load_pem_x509_csr(asked["csr"].encode())
    assert request.is_signature_valid
    said = {attribute.oid: attribute.value for attribute in request.subject}
    assert said[NameOID.ORGANIZATION_NAME] == NAME and said[NameOID.SERIAL_NUMBER] == OIN
    answer = lab.beheer.put(f"{peer}/certificates/manager", json={"keten": sign(lab, asked["csr"])})
    assert answer.status_code == 200, answer.text
    assert answer.json()["sleutelVingerafdruk"] == asked["sleutelVingerafdruk"] == key_thumbprint(request.public_key())
    until(lambda: served(lab) == answer.json()["vingerafdruk"], what="nginx shows the new certificate")
    again = lab.beheer.put(f"{peer}/certificates/manager", json={"keten": sign(lab, asked["csr"])})
    assert again.status_code == 200, "renewal with the key in use"


def test_certificate_with_its_own_encrypted_key_is_imported(lab, peer) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    names = [x509.DNSName("outway.certificaten.lab.localhost")]
    body = {
        "keten": sign(lab, None, subject=subject(), names=names, public_key=key.public_key()),
        "sleutel": pem(key, b"geheim woord"),
    }
    for passphrase in (None, "ander woord"):
        refused = lab.beheer.put(f"{peer}/certificates/outway", json={**body, "wachtwoord": passphrase})
        assert [fault["name"] for fault in refused.json()["invalidParams"]] == ["sleutel"] and refused.status_code == 409
    answer = lab.beheer.put(f"{peer}/certificates/outway", json={**body, "wachtwoord": "geheim woord"})
    assert answer.status_code == 200, answer.text
    assert lab.get(peer)["outwayPublicKeyThumbprint"] == key_thumbprint(key.public_key())


def test_everything_wrong_with_a_certificate_is_told_at_once(lab, peer) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    chain = sign(
        lab,
        None,
        subject=subject(NOBODY, "Iemand anders"),
        names=[x509.DNSName("elders.example.nl")],
        public_key=key.public_key(),
        usages=[ExtendedKeyUsageOID.SERVER_AUTH],
        begin=datetime.now(UTC) - timedelta(days=10),
        end=datetime.now(UTC) - timedelta(days=1),
        issuer_key=ec.generate_private_key(ec.SECP256R1()),
    )
    answer = lab.beheer.put(
        f"{peer}/certificates/inway", json={"keten": chain, "sleutel": pem(ec.generate_private_key(ec.SECP256R1()))}
    )
    assert answer.status_code == 409
    found = {fault["code"] for fault in answer.json()["invalidParams"]}
    assert found == {"peer", "naam", "host", "sleutellengte", "gebruik", "verlopen", "keten", "andere-sleutel"}
    unreadable = lab.beheer.put(f"{peer}/certificates/inway", json={"keten": "geen PEM"})
    assert [fault["code"] for fault in unreadable.json()["invalidParams"]] == ["onleesbaar"]
    nothing = lab.post(f"{peer}/certificates/inway/requests", {})
    stranger = ec.generate_private_key(ec.SECP256R1())
    keyless = lab.beheer.put(
        f"{peer}/certificates/inway", json={"keten": sign(lab, nothing["csr"], public_key=stranger.public_key())}
    )
    assert [fault["code"] for fault in keyless.json()["invalidParams"]] == ["ontbreekt"]


@pytest.mark.parametrize(("bits", "refused"), [(2047, ["sleutellengte"]), (2048, None)])
def test_rsa_key_has_2048_bits_or_more(lab, peer, bits, refused) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    names = [x509.DNSName("inway.certificaten.lab.localhost")]
    chain = sign(lab, None, subject=subject(), names=names, public_key=key.public_key())
    answer = lab.beheer.put(f"{peer}/certificates/inway", json={"keten": chain, "sleutel": pem(key)})
    assert answer.status_code == (409 if refused else 200), answer.text
    assert [fault["code"] for fault in answer.json().get("invalidParams", [])] == (refused or [])


def test_renewal_keeps_the_key_unless_a_new_one_is_asked_for(lab, peer) -> None:
    before = lab.get(peer)["outwayPublicKeyThumbprint"]
    same = lab.post(f"{peer}/certificates/outway/renewals", {})
    assert same["sleutelVingerafdruk"] == before
    other = lab.post(f"{peer}/certificates/outway/renewals", {"nieuweSleutel": True})
    assert other["sleutelVingerafdruk"] != before and other["vingerafdruk"] != same["vingerafdruk"]


def test_no_call_is_lost_while_certificates_are_renewed(lab, peer, peers) -> None:
    """A worker of nginx with the old certificate gets a token for that one, a new worker for the new one."""
    lab.post(f"{peer}/announcements", {"managerAddress": "https://manager.dir.lab.localhost:8443"}, expect=202)
    lab.connect(OIN, peers["aanbieder"], "echo", "vernieuwing")
    configuration = lab.folder / "run" / "nginx" / "nginx.conf"
    answers: Counter[tuple[int, str]] = Counter()
    ended = threading.Event()

    def call() -> None:
        with httpx.Client(base_url=lab.outway("certificaten"), headers={"Host": "vernieuwing"}, trust_env=False) as client:
            while not ended.is_set():
                answer = client.get("/")
                answers[answer.status_code, answer.text if answer.is_error else ""] += 1

    caller = threading.Thread(target=call)
    caller.start()
    try:
        for component, owner in (
            ("outway", OIN),
            ("inway", peers["aanbieder"]),
            ("manager", peers["aanbieder"]),
            ("outway", OIN),
        ):
            for _ in range(3):  # faster than nginx can take them into use
                fresh = lab.post(f"/peers/{owner}/certificates/{component}/renewals", {})["vingerafdruk"]
            if component == "outway":
                until(lambda fresh=fresh: fresh in configuration.read_text(), what="nginx has the new certificate")
            before = sum(answers.values())
            until(lambda before=before: sum(answers.values()) > before + 100, what="a hundred calls more")
    finally:
        ended.set()
        caller.join()
    assert set(answers) == {(200, "")}, answers


def test_keys_are_for_their_owner_alone_and_are_nowhere_else(lab, peer) -> None:
    folder = lab.folder / "keys" / OIN
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    told = "".join(path.read_text() for path in lab.folder.glob("*.log"))
    with psycopg.connect(lab.owner_url) as connection:
        tables = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in tables:
            told += "".join(str(row) for row in connection.execute(f'SELECT t::text FROM "{table}" t'))  # type: ignore[arg-type]
    assert keys_of(lab) and all(key.decode() not in told for key in keys_of(lab))
    assert "PRIVATE KEY" not in told and "geheim woord" not in told


def test_peer_in_production_is_served_once_all_its_certificates_are_imported(templates, tmp_path) -> None:
    """Without a development PKI: the peer exists first, then its certificates come from elsewhere."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    DevelopmentPki(tmp_path / "pki").create(now=datetime.now(UTC))
    (tmp_path / "groep.toml").write_text('group_id = "productie"\ntrust_anchors = ["pki/root.pem"]\n')
    settings = GatewaySettings(
        database_url=database.url,
        run_dir=tmp_path,
        keys_dir=tmp_path / "keys",
        group_file=tmp_path / "groep.toml",
        beheer_token=TOKEN,
    )
    deployment = Deployment(settings, SystemClock())
    client = TestClient(build(deployment), base_url="http://beheer.test/v1", headers={"Authorization": f"Bearer {TOKEN}"})
    hosts = {f"{component}Host": f"{component}.productie.example.nl" for component in COMPONENTS}
    made = client.post("/peers", json={"peerId": OIN, "naam": NAME, "outwayListen": "127.0.0.1:8182", **hosts})
    assert made.status_code == 201 and made.json()["bediend"] is False and made.json()["certificaten"] == []
    assert made.json()["outwayPublicKeyThumbprint"] is None
    path = f"/peers/{OIN}/certificates"
    assert client.post(f"{path}/manager/renewals", json={}).json()["type"].endswith("geen-ontwikkel-pki")
    assert client.post(f"{path}/manager/requests", json={"nieuweSleutel": False}).status_code == 409
    for component in COMPONENTS:
        asked = client.post(f"{path}/{component}/requests", json={}).json()
        chain = sign(SimpleNamespace(folder=tmp_path), asked["csr"])
        assert client.put(f"{path}/{component}", json={"keten": chain}).status_code == 200
    assert client.get(f"/peers/{OIN}").json()["bediend"] is True
    moved = client.patch(f"/peers/{OIN}", json={"inwayHost": "inway2.productie.example.nl"})
    assert (moved.status_code, moved.json()["type"].rpartition("/")[2]) == (409, "naam-niet-in-certificaat")
    both = {"extraHosts": ["inway2.productie.example.nl"], "nieuweSleutel": False}
    chain = sign(SimpleNamespace(folder=tmp_path), client.post(f"{path}/inway/requests", json=both).json()["csr"])
    assert client.put(f"{path}/inway", json={"keten": chain}).status_code == 200
    assert client.patch(f"/peers/{OIN}", json={"inwayHost": "inway2.productie.example.nl"}).status_code == 200
    deployment.engine.dispose()
    templates.drop(database)


def test_certificate_and_key_change_together(tmp_path) -> None:
    """Whoever reads through the link, at any moment, has a certificate with its own key."""
    store = KeyStore(tmp_path)
    (tmp_path / "1").mkdir()
    for name in ("pem", "key"):
        (tmp_path / "1" / f"manager.{name}").write_text("met de hand")
    for age, version in enumerate((b"een", b"twee", b"drie", b"vier", b"vijf")):
        store.write("1", "manager", version, version)
        current = Path(os.path.realpath(tmp_path / "1" / "manager"))
        assert (current / "certificate.pem").read_bytes() == (current / "key.pem").read_bytes() == version
        assert [path.read_bytes() for path in store.paths("1", "manager")] == [version, version]
        if age < 3:  # these were made days ago, one after the other
            for folder in {current, *(path for path in (tmp_path / "1").glob("manager.*") if path.stat().st_mtime > 1e6)}:
                if folder.is_dir():
                    os.utime(folder, times=(0, 86_400.0 * (age + 1) - (folder != current)))
    held = {path.read_bytes() for path in (tmp_path / "1").glob("manager.*/key.pem")}
    assert held == {b"drie", b"vier", b"vijf"}, "in use, the one before, and the one that was replaced a moment ago"


def test_peer_gets_certificates_for_its_new_names(lab, peer) -> None:
    thumbprint = lab.get(peer)["outwayPublicKeyThumbprint"]
    answer = lab.beheer.patch(peer, json={"outwayHost": "outway2.certificaten.lab.localhost", "naam": "Lab Fryslân"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["naam"] == "Lab Fryslân" and answer.json()["outwayPublicKeyThumbprint"] == thumbprint
    for change in ({"managerHost": "manager.dir.lab.localhost"}, {"managerHost": "inway.certificaten.lab.localhost"}):
        assert lab.beheer.patch(peer, json=change).status_code == 409
    assert lab.beheer.patch(peer, json={"outwayListen": f"{lab.address}:7001"}).status_code == 409
    assert lab.beheer.patch(f"/peers/{NOBODY}", json={}).status_code == 404


def test_peer_that_is_switched_off_is_not_reachable_until_it_is_switched_on(lab, peer) -> None:
    assert lab.beheer.patch(peer, json={"uitgeschakeld": True}).json()["bediend"] is False
    until(lambda: served(lab) is None, what="Manager is gone")
    assert lab.beheer.patch(peer, json={"uitgeschakeld": False}).json()["bediend"] is True
    until(lambda: served(lab), what="Manager is back")

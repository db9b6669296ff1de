"""TLS by the NCSC guideline, and which certificates get access: only those under the Group's anchors, for their purpose, not
revoked."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import ExtendedKeyUsageOID
from gateway.db import migrate
from gateway.pki.authority import DevelopmentPki
from gateway.pki.certificate import TrustAnchors, from_pem
from gateway.pki.errors import CertificateInvalid
from gateway.pki.keypair import KeyStore
from gemeengoed_lokaal.netwerk import kies_adres

from tests.gateway.conftest import PORTS
from tests.gateway.fakepeer import INWAY, OWN, SUT
from tests.gateway.independent import Identity, Speaker
from tests.gateway.independent.authority import Authority
from tests.gateway.lab import Lab, until


def shake(lab, context: ssl.SSLContext, name: str = INWAY) -> ssl.SSLSocket:
    """A finished handshake: with TLS 1.3 a refused certificate shows only when something is read."""
    tls = context.wrap_socket(socket.create_connection((lab.address, 8443), 10), server_hostname=name)
    tls.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
    if not tls.recv(1):
        raise ssl.SSLError("closed without an answer")
    return tls


def context(identity: Identity, root: Path, **changes: object) -> ssl.SSLContext:
    made = identity.client_context(root)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("at", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3_are_spoken_without_tickets_and_compression(lab, fake, at) -> None:
    with shake(lab, context(fake.outway, fake.root, minimum_version=at, maximum_version=at)) as tls:
        assert tls.version() == at.name.replace("_", ".") and tls.compression() is None
        if at is ssl.TLSVersion.TLSv1_2:  # a ticket in 1.3 is but a number in the server's own memory
            assert tls.session is None or not tls.session.has_ticket
            assert (tls.cipher() or ("",))[0].startswith("ECDHE-")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("at", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_older_versions_are_refused(lab, fake, at) -> None:
    made = context(fake.outway, fake.root)
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version, made.maximum_version = at, at
    with pytest.raises(OSError):
        shake(lab, made)


@pytest.mark.parametrize(
    ("suites", "accepted"),
    [
        ("ECDHE-ECDSA-AES256-GCM-SHA384", True),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", True),
        ("ECDHE-ECDSA-AES128-GCM-SHA256", True),
        ("ECDHE-ECDSA-AES256-SHA384", False),
        ("ECDHE-ECDSA-AES128-SHA", False),
        ("AES256-GCM-SHA384:AES128-SHA", False),
        ("DHE-RSA-AES256-GCM-SHA384", False),
    ],
)
def test_only_suites_with_forward_secrecy_and_aead_are_spoken(lab, fake, suites, accepted) -> None:
    made = context(fake.outway, fake.root, maximum_version=ssl.TLSVersion.TLSv1_2)
    made.set_ciphers(suites)
    if accepted:
        shake(lab, made).close()
    else:
        with pytest.raises(OSError):
            shake(lab, made)


@pytest.mark.parametrize(
    ("curve", "accepted"), [("prime256v1", True), ("secp384r1", True), ("X25519", True), ("secp521r1", False)]
)
def test_only_curves_of_the_guideline_are_used(lab, fake, curve, accepted) -> None:
    made = context(fake.outway, fake.root)
    if curve == "X25519":
        shake(lab, made).close()  # what Python offers first
        return
    made.set_ecdh_curve(curve)
    if accepted:
        shake(lab, made).close()
    else:
        with pytest.raises(OSError):
            shake(lab, made)


@pytest.mark.parametrize("who", ["nobody", "self-signed", "another CA", "server only", "expired"])
@pytest.mark.parametrize("name", [INWAY, SUT])
def test_certificate_that_is_not_the_groups_gets_no_answer(lab, fake, folder, who, name) -> None:
    host = "outway.eigen.nep.localhost"
    made = ssl.create_default_context(cafile=str(fake.root))
    if who != "nobody":
        identity = {
            "self-signed": lambda: Identity(folder, "zelf", OWN, host, None),
            "another CA": lambda: Identity(folder, "elders", OWN, host, Authority(folder, "Vreemd").pair),
            "server only": lambda: fake.identity_for(host, uses=(ExtendedKeyUsageOID.SERVER_AUTH,)),
            "expired": lambda: fake.identity_for(host, days=-0.5),
        }[who]()
        made.load_cert_chain(identity.pem, identity.key_pem)
    with pytest.raises(OSError):
        shake(lab, made, name)


@pytest.mark.parametrize("oin", ["123", "0000009900000000990x", ""])
def test_peer_id_of_another_form_is_an_fsc_error(lab, fake, folder, oin) -> None:
    identity = Identity(folder, "vorm", oin or " ", "outway.vorm.nep.localhost", fake.ca)
    speaker = Speaker(lab.address, identity, fake.root, "https://manager.vorm.nep.localhost:8443")
    answered = speaker.ask("GET", SUT, "/v1/contracts")
    assert (answered.status_code, answered.json()["code"]) == (400, "ERROR_CODE_PEER_CERTIFICATE_VERIFICATION_FAILED")
    token = {"Fsc-Authorization": "Bearer a.b.c", "Fsc-Transaction-Id": "01890a5d-ac96-774b-bcce-b302099a8057"}
    answered = speaker.ask("GET", INWAY, "/", headers=token)
    assert (answered.status_code, answered.json()["code"]) == (401, "ERROR_CODE_ACCESS_TOKEN_INVALID")
    speaker.close()


# ---- revocation
class Revoking:
    """The lists of one independent CA (root and intermediate) in one file; `revoke` names what they revoke."""

    def __init__(self, authority: Authority, path: Path) -> None:
        self.path, self._authority = path, authority
        self.write()

    def write(self, *revoked: x509.Certificate, days: float = 10) -> None:
        issuer = x509.load_pem_x509_certificate(self._authority.pair[0].read_bytes())
        key = serialization.load_pem_private_key(self._authority.pair[1].read_bytes(), None)
        root = x509.load_pem_x509_certificate(self._authority.root.read_bytes())
        lists = [_crl(issuer.subject, key, revoked, days), _crl(root.subject, self._authority.root_key, (), days)]
        fresh = self.path.with_suffix(".nieuw")
        fresh.write_bytes(b"".join(found.public_bytes(serialization.Encoding.PEM) for found in lists))
        fresh.replace(self.path)


def _crl(issuer: x509.Name, key, revoked: tuple[x509.Certificate, ...], days: float) -> x509.CertificateRevocationList:
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(now - dt.timedelta(days=30))
    made = made.next_update(now + dt.timedelta(days=days))
    for certificate in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(now)
        made = made.add_revoked_certificate(entry.build())
    return made.sign(key, hashes.SHA256())


def nudge(lab: Lab) -> None:
    """Let control look at its files now instead of within half a minute."""
    with psycopg.connect(lab.database_url, autocommit=True) as connection:
        connection.execute("NOTIFY gateway_changed")


@pytest.fixture(scope="module")
def strict(templates) -> Iterator[tuple[Lab, Revoking]]:
    """A gateway of its own whose Group looks at revocation lists; its own certificates come from the development PKI."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with tempfile.TemporaryDirectory(prefix="gateway-crl-") as folder:
        lab = Lab(
            kies_adres(PORTS), kies_adres([8443]), Path(folder), database.url, database.owner_url, group={"crls": ["crls.pem"]}
        )
        lists = Revoking(lab.authority, Path(folder) / "crls.pem")
        try:
            lab.start()
            lab.add_peer("aanbieder")
            lab.wait_served("aanbieder")
            yield lab, lists
        finally:
            lab.stop()


def test_revoked_certificate_is_let_in_no_longer(strict, folder) -> None:
    lab, lists = strict
    good, bad = (Identity(folder, name, OWN, f"manager.{name}.nep.localhost", lab.authority.pair) for name in ("goed", "fout"))

    def enters(identity: Identity) -> bool:
        try:
            shake(lab, identity.client_context(lab.anchors), SUT).close()
        except OSError:
            return False
        return True

    until(lambda: enters(good) and enters(bad), what="both are let in")
    lists.write(bad.certificate)
    nudge(lab)
    until(lambda: not enters(bad), what="the revoked certificate is refused")
    assert enters(good)
    lists.write(days=-1)
    nudge(lab)
    until(lambda: not enters(good), what="nobody is let in on an expired list")
    lists.write()
    nudge(lab)
    until(lambda: enters(good) and enters(bad), what="all is well again")


def test_signing_certificate_is_checked_against_the_lists(folder) -> None:
    authority = Authority(folder, "Lijst")
    lists = Revoking(authority, folder / "ondertekenaars.pem")
    good, bad = (Identity(folder, name, OWN, f"{name}.nep.localhost", authority.pair) for name in ("goed", "fout"))
    anchors, now = TrustAnchors(authority.root.read_bytes(), (lists.path,)), dt.datetime.now(dt.UTC)
    chains = [from_pem(identity.pem.read_bytes()) for identity in (good, bad)]
    for chain in chains:
        anchors.verify(chain, now=now)
    lists.write(bad.certificate)
    anchors.verify(chains[0], now=now)
    with pytest.raises(CertificateInvalid, match="ingetrokken"):
        anchors.verify(chains[1], now=now)
    lists.write(days=-1)
    with pytest.raises(CertificateInvalid, match="geen geldige intrekkingslijst"):
        anchors.verify(chains[0], now=now)
    lists.path.unlink()
    with pytest.raises(CertificateInvalid, match="niet te lezen"):
        anchors.verify(chains[0], now=now)


def test_renewed_certificate_on_disk_is_served_without_a_restart(lab, peers) -> None:
    def served() -> bytes:
        made = ssl.create_default_context(cafile=str(lab.anchors))
        with made.wrap_socket(
            socket.create_connection((lab.address, 8443), 10), server_hostname="inway.dir.lab.localhost"
        ) as tls:
            return tls.getpeercert(binary_form=True) or b""

    before = served()
    issued = DevelopmentPki(lab.folder / "pki").issue(
        peer_id=peers["dir"], name="Lab dir", host="inway.dir.lab.localhost", now=dt.datetime.now(dt.UTC)
    )
    KeyStore(lab.folder / "keys").write(peers["dir"], "inway", issued.chain_pem, issued.key_pem)
    with httpx.Client(base_url=lab.outway("dir"), trust_env=False) as kept:
        assert kept.get("/").status_code == 400
        nudge(lab)
        until(lambda: served() != before, what="the new certificate is served")
        assert kept.get("/").status_code == 400

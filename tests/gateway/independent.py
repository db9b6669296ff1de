"""A peer that shares no code with the gateway: own certificates, hashes, signatures and Manager, from the standard's text."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import http.server
import json
import ssl
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HASH_TYPES = {
    "GRANT_TYPE_SERVICE_PUBLICATION": 2,
    "GRANT_TYPE_SERVICE_CONNECTION": 3,
    "GRANT_TYPE_DELEGATED_SERVICE_CONNECTION": 4,
    "GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION": 5,
}
DIGESTS = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
CURVES = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def canonical(value: Any) -> bytes:
    """JCS for the values these tests use (keys in the basic plane, no floats)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def content_hash(content: dict[str, Any]) -> str:
    return "$1$1$" + b64(hashlib.sha3_512(canonical(content)).digest())


def grant_hash(content: dict[str, Any], position: int = 0) -> str:
    data = content["grants"][position]["data"]
    digest = hashlib.sha3_512(content_hash(content).encode() + canonical(data)).digest()
    return f"$1${HASH_TYPES[data['type']]}${b64(digest)}"


def make_content(*grants: dict[str, Any], **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iv": str(uuid.uuid4()),
        "group_id": "lab",
        "validity": {"not_before": now - 60, "not_after": now + 86400},
        "grants": [{"data": grant} for grant in grants],
        "hash_algorithm": "HASH_ALGORITHM_SHA3_512",
        "created_at": now,
        **changes,
    }


def make_key(algorithm: str) -> Any:
    return ec.generate_private_key(CURVES[algorithm]) if algorithm in CURVES else rsa.generate_private_key(65537, 2048)


class Identity:
    """A key with a certificate, in a folder; issued by the CA (certificate, key) that is handed in."""

    def __init__(
        self,
        folder: Path,
        name: str,
        oin: str,
        host: str,
        ca: tuple[Path, Path] | None,
        *,
        algorithm: str = "ES256",
        organisation: str | None = None,
        key: Any = None,
    ) -> None:
        self.algorithm, self.key = algorithm, key or make_key(algorithm)
        now = dt.datetime.now(dt.UTC)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation or f"Onafhankelijk {name}"),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, oin),
                x509.NameAttribute(NameOID.COMMON_NAME, host),
            ]
        )
        issuer = x509.load_pem_x509_certificate(ca[0].read_bytes()) if ca else None
        ca_key: Any = serialization.load_pem_private_key(ca[1].read_bytes(), None) if ca else self.key
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=30))
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), False)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False)
            .sign(ca_key, hashes.SHA256())
        )
        chain = [self.certificate] + ([issuer] if issuer else [])
        self.chain_der = [part.public_bytes(serialization.Encoding.DER) for part in chain]
        self.pem, self.key_pem = folder / f"{name}-{uuid.uuid4().hex}.pem", folder / f"{name}-{uuid.uuid4().hex}.key"
        self.pem.write_bytes(b"".join(part.public_bytes(serialization.Encoding.PEM) for part in chain))
        self.key_pem.write_bytes(
            self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )

    @property
    def thumbprint(self) -> str:
        return b64(hashlib.sha256(self.chain_der[0]).digest())

    @property
    def key_thumbprint(self) -> str:
        return hashlib.sha256(
            self.key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        ).hexdigest()

    def jws(self, payload: Any, *, algorithm: str | None = None, header: dict[str, Any] | None = None) -> str:
        """A compact JWS; `algorithm` overrides the header's alg without changing how it is signed."""
        given = {"alg": algorithm or self.algorithm, "x5t#S256": self.thumbprint, **(header or {})}
        signed = b64(json.dumps(given).encode()) + "." + b64(json.dumps(payload).encode())
        digest = DIGESTS[self.algorithm[2:]]
        if self.algorithm.startswith("ES"):
            r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(digest)))
            size = (self.key.curve.key_size + 7) // 8
            return f"{signed}.{b64(r.to_bytes(size, 'big') + s.to_bytes(size, 'big'))}"
        return f"{signed}.{b64(self.key.sign(signed.encode(), padding.PKCS1v15(), digest))}"

    def says(self, kind: str, content: dict[str, Any], **changes: Any) -> str:
        return self.jws({"contract_content_hash": content_hash(content), "type": kind, "signed_at": int(time.time()), **changes})

    def jwk(self) -> dict[str, Any]:
        return {
            "kty": "EC" if self.algorithm.startswith("ES") else "RSA",
            "use": "sig",
            "kid": self.thumbprint,
            "x5t#S256": self.thumbprint,
            "x5c": [base64.b64encode(der).decode() for der in self.chain_der],
        }

    def client_context(self, root: Path) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(root))
        context.load_cert_chain(self.pem, self.key_pem)
        return context


class FakeManager:
    """A Manager that serves a JWKS and /peer, and remembers what it is told. Answers 201 unless `status` says otherwise."""

    def __init__(self, address: str, host: str, oin: str, identity: Identity, keys: list[Identity], root: Path) -> None:
        self.url, self.received, self.status = f"https://{host}:8443", [], None
        self.token: Any = {"error": "invalid_grant"}
        manager = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self, status: int, body: Any = None) -> None:
                data = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                if self.path.endswith("/jwks.json"):
                    self._answer(200, {"keys": [key.jwk() for key in manager.keys]})
                else:
                    self._answer(
                        200, {"peer_id": oin, "peer_name": "Onafhankelijk", "fsc_version": "1.0.0", "enabled_extensions": {}}
                    )

            def do_PUT(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path == "/v1/token":
                    self._answer(200 if "access_token" in manager.token else 400, manager.token)
                    return
                body = json.loads(raw or b"null")
                manager.received.append((self.command, self.path, dict(self.headers), body))
                self._answer(manager.status or 201)

            do_POST = do_PUT

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.keys = keys
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.pem, identity.key_pem)
        context.load_verify_locations(root)
        context.verify_mode = ssl.CERT_REQUIRED
        self._server = http.server.ThreadingHTTPServer((address, 8443), Handler)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Speaker:
    """Speaks to Managers and Inways of the lab over mTLS, under their names at the lab's address."""

    def __init__(self, address: str, identity: Identity, root: Path, own_manager: str) -> None:
        self.identity, self._address, self._own = identity, address, own_manager
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
        return self._http.request(
            method,
            f"https://{self._address}:8443{path}",
            json=body,
            content=content,
            data=form,
            headers={name: value for name, value in given.items() if value},
            extensions={"sni_hostname": host},
        )

    def close(self) -> None:
        self._http.close()

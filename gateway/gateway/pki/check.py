"""Checks a certificate before a component of a peer may use it; reports all faults at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.manager.address import names_host
from gateway.pki.certificate import Certificate, CertificateInvalid, TrustAnchors, jws_algorithm

_USAGES = {"serverAuth": ExtendedKeyUsageOID.SERVER_AUTH, "clientAuth": ExtendedKeyUsageOID.CLIENT_AUTH}


@dataclass(frozen=True)
class Wanted:
    """The peer that the certificate must belong to, and the DNS name by which others reach the component."""

    peer_id: str
    name: str
    host: str


def faults(certificate: Certificate, wanted: Wanted, anchors: TrustAnchors, *, now: datetime) -> list[tuple[str, str]]:
    """(code, Dutch explanation) for each fault in a certificate at `now`; empty when it may be used."""
    found = [*_subject(certificate, wanted), *_key(certificate), *_usage(certificate), *_dates(certificate, now)]
    in_force = min(max(now, certificate.leaf.not_valid_before_utc), certificate.not_after - timedelta(seconds=1))
    try:
        anchors.verify(certificate, now=in_force)
    except CertificateInvalid as problem:
        found.append(("keten", f"{problem}; staan alle tussencertificaten erbij, en is de uitgever er een van de Group?"))
    return found


def _subject(certificate: Certificate, wanted: Wanted) -> list[tuple[str, str]]:
    found = []
    if certificate.peer_id != wanted.peer_id:
        found.append(("peer", f"serialNumber is {certificate.peer_id or 'leeg'}, verwacht {wanted.peer_id}"))
    if certificate.peer_name != wanted.name:
        found.append(("naam", f"organisatie (O) is {certificate.peer_name or 'leeg'}, deze peer heet {wanted.name}"))
    if not names_host(certificate.dns_names, wanted.host):
        named = ", ".join(sorted(certificate.dns_names)) or "geen enkele naam"
        found.append(("host", f"subjectAltName noemt {named}, verwacht {wanted.host}"))
    return found


def _key(certificate: Certificate) -> list[tuple[str, str]]:
    try:
        jws_algorithm(certificate.leaf)
    except CertificateInvalid as problem:
        is_rsa = isinstance(certificate.leaf.public_key(), rsa.RSAPublicKey)
        return [("sleutellengte" if is_rsa else "sleutelsoort", str(problem))]
    return []


def _usage(certificate: Certificate) -> list[tuple[str, str]]:
    try:
        allowed = list(certificate.leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except (x509.ExtensionNotFound, ValueError):
        allowed = []
    missing = [name for name, usage in _USAGES.items() if usage not in allowed]
    return [("gebruik", f"extendedKeyUsage mist {' en '.join(missing)}; FSC heeft beide nodig")] if missing else []


def _dates(certificate: Certificate, now: datetime) -> list[tuple[str, str]]:
    begin, end = certificate.leaf.not_valid_before_utc, certificate.not_after
    if now < begin:
        return [("begin", f"pas geldig vanaf {begin:%Y-%m-%d %H:%M} UTC")]
    return [("verlopen", f"verlopen op {end:%Y-%m-%d %H:%M} UTC")] if now >= end else []

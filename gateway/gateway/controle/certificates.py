"""Checks certificates and keys of hosted peers, and revocation lists."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from gateway.controle.finding import Finding, fault, warning
from gateway.deployment import Deployment
from gateway.peer.certificates import host_of
from gateway.peer.models import HostedPeer
from gateway.pki.certificate import CertificateInvalid
from gateway.pki.check import Wanted, faults
from gateway.pki.keypair import COMPONENTS
from gateway.pki.request import KeyUnreadable, key_thumbprint, read_key
from gateway.pki.revocation import RevocationLists, is_current

SOON = timedelta(days=30)


def check_peer(deployment: Deployment, peer: HostedPeer) -> Iterator[Finding]:
    """Everything about the certificates and keys of one peer."""
    for component in COMPONENTS:
        if deployment.keys.has(peer.peer_id, component):
            yield from _check_pair(deployment, peer, component)
        else:
            yield fault(
                f"certificaat {component}",
                peer.peer_id,
                expected="een certificaat met sleutel",
                found="er is nog geen certificaat; de peer wordt niet bediend",
                advice=f"gateway peer csr -p {peer.peer_id} {component}, en daarna gateway peer certificaat",
            )


def _check_pair(deployment: Deployment, peer: HostedPeer, component: str) -> Iterator[Finding]:
    about, now = f"certificaat {component}", deployment.now
    pair = deployment.keys.pair(peer.peer_id, component)
    renew = f"vraag een nieuw certificaat aan: gateway peer csr -p {peer.peer_id} {component} --zelfde-sleutel"
    try:
        certificate = pair.certificate
    except CertificateInvalid as problem:
        yield fault(about, peer.peer_id, expected="een leesbaar certificaat", found=str(problem), advice=renew)
        return
    wanted = Wanted(peer.peer_id, peer.name, host_of(peer, component))
    for code, reason in faults(certificate, wanted, deployment.anchors, now=now):
        yield fault(about, peer.peer_id, expected=f"een geldig certificaat ({code})", found=reason, advice=renew)
    if now < certificate.not_after < now + SOON:
        left = (certificate.not_after - now).days
        found = f"verloopt over {left} dagen ({certificate.not_after:%Y-%m-%d})"
        yield warning(about, peer.peer_id, expected="ten minste 30 dagen geldig", found=found, advice=renew)
    yield from _check_key(peer, component, pair.key_path, certificate.public_key_thumbprint)


def _check_key(peer: HostedPeer, component: str, key: Path, thumbprint: str) -> Iterator[Finding]:
    about = f"sleutel {component}"
    if stat.S_IMODE(key.stat().st_mode) & 0o077:
        found = f"rechten zijn {stat.S_IMODE(key.stat().st_mode):04o}: anderen kunnen de sleutel lezen"
        advice = f"chmod 600 {key}; vervang de sleutel als iemand hem gelezen kan hebben"
        yield fault(about, peer.peer_id, expected="rechten 0600", found=found, advice=advice)
    try:
        fits = key_thumbprint(read_key(key.read_bytes()).public_key()) == thumbprint
    except KeyUnreadable:
        fits = False
    if not fits:
        yield fault(
            about,
            peer.peer_id,
            expected="de sleutel van het certificaat",
            found="de sleutel hoort niet bij het certificaat, of is niet te lezen",
            advice=f"importeer ze samen: gateway peer certificaat -p {peer.peer_id} {component} KETEN --sleutel SLEUTEL",
        )


def check_lists(deployment: Deployment) -> Iterator[Finding]:
    """Revocation lists that have expired, or will soon."""
    advice = "haal de nieuwste lijst op bij de uitgever; zonder geldige lijst wordt elk certificaat van die uitgever geweigerd"
    try:
        found = RevocationLists(deployment.rules.crls).lists()
    except CertificateInvalid as problem:
        yield fault("intrekkingslijst", None, expected="een leesbare lijst", found=str(problem), advice=advice)
        return
    for one in found:
        yield from _check_list(one, deployment, advice)


def _check_list(one: x509.CertificateRevocationList, deployment: Deployment, advice: str) -> Iterator[Finding]:
    issuer, until = one.issuer.rfc4514_string(), one.next_update_utc
    if not is_current(one, deployment.now):
        found = f"de lijst van {issuer} gold tot {until:%Y-%m-%d %H:%M} UTC" if until else f"de lijst van {issuer} geldt nog niet"
        yield fault("intrekkingslijst", None, expected="een lijst die nu geldt", found=found, advice=advice)
    elif until is not None and until < deployment.now + timedelta(hours=24):
        found = f"de lijst van {issuer} geldt tot {until:%Y-%m-%d %H:%M} UTC"
        yield warning("intrekkingslijst", None, expected="nog een dag geldig", found=found, advice=advice)

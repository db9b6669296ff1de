"""HTTP routes for the certificates of a hosted peer's components."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from fastapi import Path
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.schemas import certificates as schemas
from gateway.peer import certificates as handling
from gateway.peer.errors import CertificateRefused, NoDevelopmentPki, PeerNotFound
from gateway.pki.certificate import Certificate

certificates = router("/peers/{peer_id}/certificates", "certificaten")


class Component(StrEnum):
    """Onderdeel van een peer met een eigen certificaat."""

    MANAGER = "manager"
    INWAY = "inway"
    OUTWAY = "outway"


ComponentName = Annotated[Component, Path(description="Onderdeel van de peer.", examples=["outway"])]


@certificates.post(
    "/{onderdeel}/requests",
    status_code=201,
    summary="Certificaat aanvragen",
    response_description="De aanvraag, voor de uitgever.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, CertificateRefused)
def create_request(
    work: InWork, place: Place, peer_id: PeerId, onderdeel: ComponentName, invoer: schemas.AanvraagInvoer
) -> schemas.Aanvraag:
    """Maak hier een sleutel en een aanvraag (CSR) met de juiste gegevens. Wat in gebruik is, blijft dat tot de import."""
    kind = invoer.sleutelsoort if invoer.nieuwe_sleutel else None
    csr, thumbprint = handling.request(place, work.session, peer_id, onderdeel, kind, invoer.extra_hosts)
    work.record(
        action="certificate.request", subject=f"/v1/peers/{peer_id}/certificates/{onderdeel}", change={"sleutel": thumbprint}
    )
    return schemas.Aanvraag.make(onderdeel=onderdeel, csr=csr, sleutel_vingerafdruk=thumbprint)


@certificates.put(
    "/{onderdeel}",
    summary="Certificaat importeren",
    response_description="Het certificaat dat nu in gebruik is.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, CertificateRefused)
def put_certificate(
    work: InWork, place: Place, peer_id: PeerId, onderdeel: ComponentName, invoer: schemas.CertificaatInvoer
) -> schemas.Certificaat:
    """Neem een certificaat in gebruik: bij een aanvraag van hier, bij de huidige sleutel, of met een meegestuurde sleutel."""
    sent = handling.Imported(invoer.keten, invoer.sleutel, invoer.wachtwoord)
    certificate = handling.put(place, work.session, peer_id, onderdeel, sent)
    work.record(
        action="certificate.import",
        subject=f"/v1/peers/{peer_id}/certificates/{onderdeel}",
        change={"vingerafdruk": certificate.thumbprint, "sleutel": certificate.public_key_thumbprint},
    )
    return shown(onderdeel, certificate)


@certificates.post(
    "/{onderdeel}/renewals",
    status_code=201,
    summary="Certificaat vernieuwen",
    response_description="Het nieuwe certificaat.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, NoDevelopmentPki)
def create_renewal(
    work: InWork, place: Place, peer_id: PeerId, onderdeel: ComponentName, invoer: schemas.VernieuwingInvoer
) -> schemas.Certificaat:
    """Geef uit de ontwikkel-PKI een nieuw certificaat uit. In productie: aanvragen en importeren."""
    certificate = handling.renew(place, work.session, peer_id, onderdeel, new_key=invoer.nieuwe_sleutel)
    work.record(
        action="certificate.renew",
        subject=f"/v1/peers/{peer_id}/certificates/{onderdeel}",
        change={"vingerafdruk": certificate.thumbprint, "sleutel": certificate.public_key_thumbprint},
    )
    return shown(onderdeel, certificate)


def shown(component: str, certificate: Certificate) -> schemas.Certificaat:
    """A certificate as the API shows it."""
    return schemas.Certificaat.make(
        onderdeel=component,
        vingerafdruk=certificate.thumbprint,
        sleutel_vingerafdruk=certificate.public_key_thumbprint,
        geldig_tot=certificate.not_after,
    )

"""HTTP routes for contracts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Response
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing, select_objects
from gemeengoed_kit.route import InWork, roles, router

from gateway.beheer.access import ROLE, PeerId, Place
from gateway.beheer.contract_view import Around, show
from gateway.beheer.schemas import contracts as schemas
from gateway.beheer.schemas.grants import GrantInhoud
from gateway.contract import repository, service
from gateway.contract.errors import AlreadyEnded, ContractNotFound, ContractRefused, ReasonMissing
from gateway.contract.models import Contract
from gateway.contract.profile import profile_of
from gateway.deployment import Deployment
from gateway.names import DELEGATED_SERVICE, PROTOCOLS, SERVICE, SignatureType
from gateway.outway import repository as aliasing
from gateway.peer.errors import PeerNotFound
from gateway.peer.service import require
from gateway.service import repository as services

contracts = router("/peers/{peer_id}/contracts", "contracten")

ContentHash = Annotated[str, Path(pattern=r"^\$1\$1\$[A-Za-z0-9_-]{86}$", description="Hash van de inhoud van het contract.")]


@contracts.post(
    "",
    status_code=201,
    summary="Contract aanbieden",
    response_description="Het aangeboden contract.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ContractRefused)
def create_contract(
    work: InWork, place: Place, peer_id: PeerId, invoer: schemas.ContractInvoer, response: Response
) -> schemas.Contract:
    """Maak een contract, teken het en stuur het aan de andere partijen."""
    require(work.session, peer_id)
    content = service.offer(
        place,
        work.session,
        peer_id,
        [_complete(place, peer_id, grant.data) for grant in invoer.grants],
        not_before=int(invoer.not_before.timestamp()),
        not_after=int(invoer.not_after.timestamp()),
        aliases={position: grant.alias for position, grant in enumerate(invoer.grants) if grant.alias is not None},
    )
    path = f"/v1/peers/{peer_id}/contracts/{content.hash}"
    work.record(action="contract.offer", subject=path, change={"grants": [grant.hash for grant in content.grants]})
    work.session.flush()
    response.headers["Location"] = path
    return _contract(work, place, peer_id, content.hash)


@contracts.get("", **listing("contracten", roles(ROLE)))
@refuses(PeerNotFound)
def list_contracts(
    work: InWork,
    place: Place,
    peer_id: PeerId,
    wens: Annotated[schemas.ContractFilter, Query()],
    pages: InPages,
) -> schemas.Contracten:
    """De contracten van de peer, nieuwste eerst."""
    require(work.session, peer_id)
    query = repository.listed(peer_id, wens.state, place.unix_now, begin=wens.content_hash)
    count, rows = select_objects(work.session, query, wens)
    return pages.make(schemas.Contracten, wens, count, _contracts(work, place, peer_id, rows))


@contracts.get(
    "/{content_hash}",
    summary="Contract opvragen",
    response_description="Het contract.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ContractNotFound)
def get_contract(work: InWork, place: Place, peer_id: PeerId, content_hash: ContentHash) -> schemas.Contract:
    """Eén contract: wie tekende, in welke toestand het is, en waarom het eventueel niet te gebruiken is."""
    return _contract(work, place, peer_id, content_hash)


@contracts.post(
    "/{content_hash}/accept",
    summary="Contract aanvaarden",
    response_description="Het contract.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ContractNotFound, AlreadyEnded, ReasonMissing)
def accept_contract(
    work: InWork, place: Place, peer_id: PeerId, content_hash: ContentHash, invoer: schemas.Besluit | None = None
) -> schemas.Contract:
    """Teken een contract en laat het alle andere partijen weten. Herhalen verandert niets."""
    return _sign(work, place, peer_id, content_hash, SignatureType.ACCEPT, invoer)


@contracts.post(
    "/{content_hash}/reject",
    summary="Contract afwijzen",
    response_description="Het contract.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ContractNotFound, AlreadyEnded, ReasonMissing)
def reject_contract(
    work: InWork, place: Place, peer_id: PeerId, content_hash: ContentHash, invoer: schemas.Besluit | None = None
) -> schemas.Contract:
    """Wijs een contract af en laat het alle andere partijen weten. Herhalen verandert niets."""
    return _sign(work, place, peer_id, content_hash, SignatureType.REJECT, invoer)


@contracts.post(
    "/{content_hash}/revoke",
    summary="Contract intrekken",
    response_description="Het contract.",
    dependencies=[roles(ROLE)],
)
@refuses(PeerNotFound, ContractNotFound, AlreadyEnded)
def revoke_contract(
    work: InWork, place: Place, peer_id: PeerId, content_hash: ContentHash, invoer: schemas.Besluit | None = None
) -> schemas.Contract:
    """Trek een contract in: de eerstvolgende aanroep wordt geweigerd. Herhalen verandert niets."""
    return _sign(work, place, peer_id, content_hash, SignatureType.REVOKE, invoer)


def _sign(
    work: Work, place: Deployment, peer_id: str, content_hash: str, kind: SignatureType, invoer: schemas.Besluit | None
) -> schemas.Contract:
    require(work.session, peer_id)
    reason = invoer.reden if invoer else None
    service.sign_own(place, work.session, peer_id, content_hash, kind, decided_by=ROLE, reason=reason)
    work.record(action=f"contract.{kind}", subject=f"/v1/peers/{peer_id}/contracts/{content_hash}", change={"reden": reason})
    work.session.flush()
    return _contract(work, place, peer_id, content_hash)


def _complete(place: Deployment, peer_id: str, given: GrantInhoud) -> dict[str, Any]:
    """The grant, with every field filled in that can have only one value; the rules report all other faults."""
    grant = given.model_dump(mode="json", exclude_unset=True)
    offered, outway = grant["service"], grant.get("outway")
    if outway is not None:
        offered.setdefault("type", DELEGATED_SERVICE if "delegator" in offered else SERVICE)
    else:
        offered.setdefault("protocol", PROTOCOLS[0])
    if outway is not None and outway["peer_id"] == peer_id:
        profile_of(place.rules).identify(outway, place.keys.needed(peer_id, "outway").certificate.public_key_thumbprint)
    return grant


def _contract(work: Work, place: Deployment, peer_id: str, content_hash: str) -> schemas.Contract:
    require(work.session, peer_id)
    found = repository.get(work.session, peer_id, content_hash)
    if found is None:
        raise ContractNotFound(f"Peer {peer_id} heeft geen contract {content_hash}.")
    return _contracts(work, place, peer_id, [found])[0]


def _contracts(work: Work, place: Deployment, peer_id: str, rows: list[Contract]) -> list[schemas.Contract]:
    session, hashes = work.session, [row.content_hash for row in rows]
    around = Around(
        repository.grants(session, peer_id, hashes),
        repository.signatures(session, peer_id, hashes),
        repository.assessments(session, peer_id, hashes),
        repository.deliveries(session, peer_id, hashes),
        {row.grant_hash: row.alias for row in aliasing.aliases(session, peer_id)},
        pair.certificate if (pair := place.keys.usable(peer_id, "outway")) is not None else None,
        services.names(session, peer_id),
        place.unix_now,
    )
    return [show(row, around) for row in rows]

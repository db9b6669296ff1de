"""HTTP of witnesses and their cosignatures."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, public, roles, router
from gemeengoed_kit.schema import Digits

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.getuige import service
from fonds_api.getuige.errors import (
    AanmeldingKloptNiet,
    AlIngetrokken,
    GeenGetuige,
    GetuigeNietGevonden,
    GetuigeVanAnder,
    MedeondertekeningKloptNiet,
    NietOnsCheckpoint,
)
from fonds_api.getuige.schemas import (
    Getuige,
    GetuigenFilter,
    GetuigenPagina,
    Medeondertekening,
    MedeondertekeningenFilter,
    MedeondertekeningenPagina,
    NieuweGetuige,
    NieuweIntrekking,
    NieuweMedeondertekening,
)
from fonds_api.toegang import FONDSBEHEERDER, GEMEENTE, InGemeente
from fonds_api.zegel.errors import CheckpointNietGevonden
from fonds_api.zegel.router import CHECKPOINTTEKST, Tekst
from fonds_api.zegel.schemas import CheckpointVraag

getuigen = router("/getuigen", "zegel")
medeondertekeningen = router("/fondsen/{code}", "zegel")
Nummer = Annotated[Digits, Path(ge=1, le=2**31 - 1, description="Nummer van de getuige.", examples=[1])]


@getuigen.post(
    "",
    **creating(
        "Getuige aanmelden",
        "De sleutel is aangemeld.",
        roles(GEMEENTE),
        again=(Getuige, "Deze sleutel geldt al; er verandert niets."),
    ),
)
@refuses(GeenGemeentecode, AanmeldingKloptNiet, GetuigeVanAnder)
def create_getuige(work: InWork, caller: ByCaller, gemeentecode: InGemeente, nieuw: NieuweGetuige, response: Response) -> Getuige:
    """Meldt de publieke sleutel aan waarmee uw gemeente checkpoints mee ondertekent. De eerste sleutel bindt de gemeente aan uw
    organisatie (OIN). Een volgende ondertekent u met de vorige erbij; is die verloren, dan trekt de fondsbeheerder hem in."""
    getuige, is_nieuw = service.aanmelden(work, caller, gemeentecode, nieuw)
    located(response, service.pad(getuige.id), new=is_nieuw)
    return getuige


@getuigen.get("", **listing("getuigen", public()))
def list_getuigen(work: InWork, wens: Annotated[GetuigenFilter, Query()], pages: InPages) -> GetuigenPagina:
    """De sleutels van gemeenten die mee ondertekenen, ook die niet meer gelden."""
    return pages.make(GetuigenPagina, wens, *service.list_getuigen(work, wens))


@getuigen.get("/{id}", summary="Getuige opvragen", response_description="De getuige.", dependencies=[public()])
@refuses(GetuigeNietGevonden)
def get_getuige(work: InWork, id: Nummer) -> Getuige:
    """Eén getuige."""
    return service.get_getuige(work, id)


@getuigen.post(
    "/{id}/intrekkingen",
    status_code=201,
    summary="Getuige intrekken",
    response_description="De sleutel geldt niet meer.",
    dependencies=[roles(FONDSBEHEERDER)],
)
@refuses(GetuigeNietGevonden, AlIngetrokken)
def create_intrekking(work: InWork, id: Nummer, nieuw: NieuweIntrekking) -> Getuige:
    """Trekt een sleutel in die verloren of gestolen is. Wat ermee is ondertekend, blijft; de gemeente meldt een nieuwe aan."""
    return service.intrekken(work, id, nieuw)


@medeondertekeningen.post(
    "/medeondertekeningen",
    **creating(
        "Checkpoint medeondertekenen",
        "De medeondertekening is bewaard.",
        roles(GEMEENTE),
        again=(Medeondertekening, "Deze getuige heeft dit checkpoint al ondertekend."),
    ),
)
@refuses(GeenGemeentecode, FondsNietGevonden, GeenGetuige, NietOnsCheckpoint, MedeondertekeningKloptNiet)
def create_medeondertekening(
    work: InWork, gemeentecode: InGemeente, code: Fondscode, nieuw: NieuweMedeondertekening, response: Response
) -> Medeondertekening:
    """Bewaart uw medeondertekening van een checkpoint (C2SP tlog-cosignature). Ga eerst na, met `GET …/consistentie`, dat het
    voortgaat op het laatste dat u ondertekende; anders zegt uw handtekening niets."""
    medeondertekening, is_nieuw = service.medeondertekenen(work, gemeentecode, code, nieuw)
    located(response, f"/v1/fondsen/{code}/medeondertekeningen?grootte={medeondertekening.grootte}", new=is_nieuw)
    return medeondertekening


@medeondertekeningen.get("/medeondertekeningen", **listing("medeondertekeningen", public()))
@refuses(FondsNietGevonden)
def list_medeondertekeningen(
    work: InWork, code: Fondscode, wens: Annotated[MedeondertekeningenFilter, Query()], pages: InPages
) -> MedeondertekeningenPagina:
    """Welke getuige welk checkpoint van het fonds zag."""
    return pages.make(MedeondertekeningenPagina, wens, *service.list_medeondertekeningen(work, code, wens))


@medeondertekeningen.get(
    "/medeondertekend-checkpoint",
    summary="Medeondertekend checkpoint opvragen",
    response_description="Het checkpoint met alle handtekeningen.",
    dependencies=[public()],
    response_class=Tekst,
    responses=CHECKPOINTTEKST,
)
@refuses(FondsNietGevonden, CheckpointNietGevonden)
def get_medeondertekend_checkpoint(work: InWork, code: Fondscode, vraag: Annotated[CheckpointVraag, Query()]) -> Response:
    """Het nieuwste checkpoint dat getuigen mee ondertekenden (of dat van een grootte), met hun handtekeningen; hoogstens 90, de
    lijst van medeondertekeningen heeft ze alle."""
    return Tekst(service.medeondertekend(work, code, vraag.grootte))

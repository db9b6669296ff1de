"""HTTP of the chart of accounts of a fonds."""

from __future__ import annotations

from fastapi import Response
from gemeengoed_kit.conditional import (
    NOT_MODIFIED,
    WITH_ETAG,
    Changed,
    IfMatch,
    IfNoneMatch,
    VersionNeeded,
    etag,
    unmodified,
)
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.fonds import service as fonds
from fonds_api.fonds.errors import FondsNietGevonden
from fonds_api.fonds.schemas import Fondscode
from fonds_api.rekening import service
from fonds_api.rekening.errors import RekeningBestaatAl, RekeningKanNiet, RekeningNietGevonden
from fonds_api.rekening.schemas import Grootboekrekening, NieuweRekening, Rekeningnummer, Rekeningwijziging
from fonds_api.toegang import FONDSBEHEERDER, LEZERS, InZicht

rekeningschema = router("/fondsen/{code}/rekeningen", "rekeningen")


@rekeningschema.post("", **creating("Rekening toevoegen", "De rekening.", roles(FONDSBEHEERDER), versioned=True))
@refuses(FondsNietGevonden, RekeningBestaatAl, RekeningKanNiet)
def create_rekening(
    work: InWork, zicht: InZicht, code: Fondscode, nieuw: NieuweRekening, response: Response
) -> Grootboekrekening:
    """Voegt een rekening toe aan een fonds. Een rekening verdwijnt niet meer; zij kan wel worden geblokkeerd."""
    fonds.get_fonds(work, zicht, code)
    service.toevoegen(work, code, nieuw)
    gemaakt = service.get_rekening(work, zicht, code, nieuw.nummer)
    located(response, service.pad(code, nieuw.nummer), version=gemaakt.versie)
    return gemaakt


@rekeningschema.get(
    "/{nummer}",
    summary="Rekening opvragen",
    response_description="De rekening.",
    response_model=Grootboekrekening,
    dependencies=[roles(*LEZERS)],
    responses=NOT_MODIFIED,
)
@refuses(RekeningNietGevonden)
def get_rekening(
    work: InWork,
    zicht: InZicht,
    code: Fondscode,
    nummer: Rekeningnummer,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> Grootboekrekening | Response:
    """Eén rekening van een fonds; haar saldo staat in `GET /v1/rekeningen` en in de saldibalans."""
    rekening = service.get_rekening(work, zicht, code, nummer)
    response.headers["ETag"] = etag(rekening.versie)
    return unmodified(if_none_match, rekening.versie) or rekening


@rekeningschema.put(
    "/{nummer}",
    summary="Rekening wijzigen",
    response_description="De rekening zoals zij is geworden.",
    dependencies=[roles(FONDSBEHEERDER)],
    responses=WITH_ETAG,
)
@refuses(RekeningNietGevonden, RekeningKanNiet, Changed, VersionNeeded)
def update_rekening(
    work: InWork,
    zicht: InZicht,
    code: Fondscode,
    nummer: Rekeningnummer,
    wijziging: Rekeningwijziging,
    response: Response,
    if_match: IfMatch = None,
) -> Grootboekrekening:
    """Wijzigt naam, plaats en grenzen van een rekening, of blokkeert haar. Nummer, soort, normale zijde en of zij andere optelt,
    blijven. Een grens die het saldo van nu niet haalt, wordt geweigerd."""
    rekening = service.wijzigen(work, zicht, code, nummer, if_match, wijziging)
    response.headers["ETag"] = etag(rekening.versie)
    return rekening

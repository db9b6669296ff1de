"""HTTP of statements and receipts, for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.upload import MAX_UPLOAD_BYTES, Upload, takes_file
from gemeengoed_kit.window import TooFarAhead

from abonnement_api.betaalopdracht import uitkomst
from abonnement_api.betaling import koppelen, paden, service, verrekenen
from abonnement_api.betaling.afschrift import MEESTE
from abonnement_api.betaling.afschrift import Afschrift as Gelezen
from abonnement_api.betaling.errors import (
    AfschriftGewijzigd,
    AfschrijvingNietGevonden,
    BankafschriftNietGevonden,
    BankreferentieHergebruikt,
    BetalingNietGevonden,
    KoppelingNietGevonden,
    NietGekoppeld,
    NietsTeVerrekenen,
    OnbekendeBetaling,
    OnbekendeFactuur,
    OngeldigAfschrift,
    PastNiet,
)
from abonnement_api.betaling.lezen import lees
from abonnement_api.betaling.schemas import (
    Afschrijving,
    AfschrijvingenFilter,
    AfschrijvingenPagina,
    Bankafschrift,
    BankafschriftenPagina,
    Betaling,
    BetalingenFilter,
    BetalingenPagina,
    Factuurverrekening,
    IngelezenBankafschrift,
    Koppeling,
    KoppelingenFilter,
    KoppelingenPagina,
    Koppelvoorstellen,
    NieuweKoppeling,
    NieuweOntkoppeling,
    NieuweTerugboeking,
    NieuweVerrekening,
)
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuur.router import Nummer
from abonnement_api.settings import Settings
from abonnement_api.toegang import ADMINISTRATIE, LEZERS

bankafschriften = router("/bankafschriften", "betalingen")
betalingen = router("/betalingen", "betalingen")
afschrijvingen = router("/afschrijvingen", "betalingen")
koppelingen = router("/koppelingen", "betalingen")
verrekeningen = router("/facturen/{nummer}", "betalingen")
BESTAND = ("application/xml", "application/octet-stream")
"""Media types of a statement; MT940 comes as the second, as do the files of generated clients."""
HERHAALD = (IngelezenBankafschrift, "Dit afschrift is al ingelezen; er verandert niets.")
CAMT = takes_file(
    BESTAND,
    request="Bankafschriften: ISO 20022 camt.053.001.02 of camt.053.001.08, of MT940, hoogstens "
    f"{MAX_UPLOAD_BYTES // 10**6} MB en {MEESTE} bij- en afschrijvingen.",
    content="Een of meer afschriften van de eigen rekening.",
)
AFSCHRIFT = Upload(BESTAND, lambda bestand: lees(bestand.content))
Afschriftid = Annotated[
    GivenUuid, Path(description="Identificatie van het afschrift.", examples=["8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22"])
]
Betalingid = Annotated[
    GivenUuid, Path(description="Identificatie van de ontvangst.", examples=["3b7f0d62-1d6c-45f5-9f55-7a3c4f9be310"])
]

Afschrijvingid = Annotated[
    GivenUuid, Path(description="Identificatie van de afschrijving.", examples=["0d9c2f54-1f7e-4d2a-9b58-0f6d3c9a1e21"])
]
Koppelingid = Annotated[
    GivenUuid, Path(description="Identificatie van de koppeling.", examples=["5d0e3a9a-93c6-4d6f-a1bb-6a1d0b6d7f10"])
]


async def _rekening_iban(request: Request) -> str:
    settings = request.app.state.context.settings
    assert isinstance(settings, Settings)
    return settings.rekening_iban


@bankafschriften.post(
    "", **creating("Bankafschrift inlezen", "Het ingelezen afschrift.", roles(ADMINISTRATIE), again=HERHAALD), **CAMT
)
@refuses(OngeldigAfschrift, AfschriftGewijzigd, BankreferentieHergebruikt, TooFarAhead)
def create_bankafschrift(
    work: InWork,
    afschriften: Annotated[list[Gelezen], Depends(AFSCHRIFT)],
    iban: Annotated[str, Depends(_rekening_iban)],
    response: Response,
) -> IngelezenBankafschrift:
    """Leest bij- en afschrijvingen, koppelt ze aan facturen, maakt ongedaan wat terugkomt en laat alles boeken. Hetzelfde
    afschrift nog eens verandert niets; wat een eerder afschrift al had, telt niet opnieuw. Bij twijfel blijft een post
    staan, met de reden. Een afschrift dat niet aansluit of niet optelt, wordt ingelezen en zo getoond."""
    afschrift, nieuw = service.inlezen(work, afschriften, iban)
    if nieuw and uitkomst.verwerk(work, iban):
        afschrift = afschrift.model_copy(update=dict(service.get_afschrift(work, afschrift.id)))
    located(response, service.pad_afschrift(afschrift.id), new=nieuw)
    return afschrift


@bankafschriften.get("", **listing("bankafschriften", roles(*LEZERS)))
def list_bankafschriften(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> BankafschriftenPagina:
    """De ingelezen afschriften, in volgorde van inlezen."""
    return pages.make(BankafschriftenPagina, wens, *service.list_afschriften(work, wens))


@bankafschriften.get(
    "/{id}",
    summary="Bankafschrift opvragen",
    response_description="Het afschrift.",
    dependencies=[roles(*LEZERS)],
)
@refuses(BankafschriftNietGevonden)
def get_bankafschrift(work: InWork, id: Afschriftid) -> Bankafschrift:
    """Eén afschrift, met wat ervan is gekoppeld en geboekt."""
    return service.get_afschrift(work, id)


@betalingen.get("", **listing("ontvangsten", roles(*LEZERS)))
def list_betalingen(work: InWork, wens: Annotated[BetalingenFilter, Query()], pages: InPages) -> BetalingenPagina:
    """Wat er is ontvangen, met totalen."""
    return pages.make(BetalingenPagina, wens, *service.list_betalingen(work, wens))


@betalingen.get(
    "/{id}",
    summary="Ontvangst opvragen",
    response_description="De ontvangst.",
    dependencies=[roles(*LEZERS)],
)
@refuses(BetalingNietGevonden)
def get_betaling(work: InWork, id: Betalingid) -> Betaling:
    """Eén ontvangst, met wat zij betaalt."""
    return service.get_betaling(work, id)


@betalingen.get(
    "/{id}/voorstellen",
    summary="Voorstellen opvragen",
    response_description="De voorstellen.",
    dependencies=[roles(*LEZERS)],
)
@refuses(BetalingNietGevonden)
def get_voorstellen(work: InWork, id: Betalingid) -> Koppelvoorstellen:
    """Welke facturen een ontvangst kan betalen: door rekening, naam en bedrag. Een mens beslist."""
    return koppelen.get_voorstellen(work, id)


@betalingen.post("/{id}/koppelingen", **creating("Ontvangst koppelen", "De koppeling.", roles(ADMINISTRATIE)))
@refuses(BetalingNietGevonden, OnbekendeFactuur, PastNiet)
def create_koppeling(work: InWork, id: Betalingid, nieuw: NieuweKoppeling, response: Response) -> Koppeling:
    """Koppelt wat van een ontvangst over is, met de hand aan een of meer facturen, en laat dat boeken."""
    return _gemaakt(response, koppelen.koppelen(work, id, nieuw))


@betalingen.post("/{id}/ontkoppelingen", **creating("Koppeling ongedaan maken", "De koppeling.", roles(ADMINISTRATIE)))
@refuses(BetalingNietGevonden, NietGekoppeld)
def create_ontkoppeling(work: InWork, id: Betalingid, nieuw: NieuweOntkoppeling, response: Response) -> Koppeling:
    """Maakt ongedaan wat een ontvangst van een factuur betaalt. Wat al is verdeeld, wordt met de volgende verdeling verrekend."""
    return _gemaakt(response, koppelen.ontkoppelen(work, id, nieuw))


@afschrijvingen.get("", **listing("afschrijvingen", roles(*LEZERS)))
def list_afschrijvingen(work: InWork, wens: Annotated[AfschrijvingenFilter, Query()], pages: InPages) -> AfschrijvingenPagina:
    """Wat van de rekening ging, met totalen."""
    return pages.make(AfschrijvingenPagina, wens, *service.list_afschrijvingen(work, wens))


@afschrijvingen.get(
    "/{id}",
    summary="Afschrijving opvragen",
    response_description="De afschrijving.",
    dependencies=[roles(*LEZERS)],
)
@refuses(AfschrijvingNietGevonden)
def get_afschrijving(work: InWork, id: Afschrijvingid) -> Afschrijving:
    """Eén afschrijving."""
    return service.get_afschrijving(work, id)


@afschrijvingen.post("/{id}/koppelingen", **creating("Afschrijving koppelen", "De koppeling.", roles(ADMINISTRATIE)))
@refuses(AfschrijvingNietGevonden, OnbekendeBetaling, PastNiet)
def create_terugboeking(work: InWork, id: Afschrijvingid, nieuw: NieuweTerugboeking, response: Response) -> Koppeling:
    """Zegt welke ontvangst met een afschrijving terugging; wat zij betaalde, wordt zo nodig ongedaan gemaakt."""
    return _gemaakt(response, koppelen.terugboeken(work, id, nieuw))


@koppelingen.get("", **listing("koppelingen", roles(*LEZERS)))
def list_koppelingen(work: InWork, wens: Annotated[KoppelingenFilter, Query()], pages: InPages) -> KoppelingenPagina:
    """Wat er na het inlezen met ontvangsten is gebeurd, in volgorde."""
    return pages.make(KoppelingenPagina, wens, *koppelen.list_koppelingen(work, wens))


@koppelingen.get(
    "/{id}",
    summary="Koppeling opvragen",
    response_description="De koppeling.",
    dependencies=[roles(*LEZERS)],
)
@refuses(KoppelingNietGevonden)
def get_koppeling(work: InWork, id: Koppelingid) -> Koppeling:
    """Eén koppeling."""
    return koppelen.get_koppeling(work, id)


@verrekeningen.post(
    "/verrekeningen",
    summary="Te veel betaalde factuur verrekenen",
    response_description="Wat er is verrekend en vrijgekomen.",
    dependencies=[roles(ADMINISTRATIE)],
)
@refuses(FactuurNietGevonden, OnbekendeFactuur, NietsTeVerrekenen, PastNiet)
def create_verrekening(
    work: InWork, nummer: Nummer, nieuw: NieuweVerrekening, iban: Annotated[str, Depends(_rekening_iban)]
) -> Factuurverrekening:
    """Neemt van een factuur die na betaling is gecrediteerd, wat te veel is betaald, en betaalt er een andere factuur van
    dezelfde gemeente mee. Wat overblijft, of alles als er geen wordt genoemd, komt vrij om terug te betalen."""
    return verrekenen.verrekenen(work, nummer, nieuw, iban)


def _gemaakt(response: Response, koppeling: Koppeling) -> Koppeling:
    located(response, paden.koppeling(koppeling.id))
    return koppeling

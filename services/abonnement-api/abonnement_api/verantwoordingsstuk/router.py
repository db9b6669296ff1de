"""HTTP of what foundations account for: they submit, a commissie decides, and then gemeenten read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Response
from gemeengoed_kit.conditional import ETAG, NOT_MODIFIED, IfNoneMatch, etag, unmodified
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.files import Pdf, as_file
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.upload import Upload, takes_file

from abonnement_api.aanbieder.errors import ContractNoemtOnbekendeAanbieder
from abonnement_api.afnemer.errors import AndereAfnemer
from abonnement_api.tarief.schemas import SLUG
from abonnement_api.toegang import AANBIEDER, ADMINISTRATIE, COMMISSIE, LEZERS, STUKLEZERS, InAanbieder, InStukzicht, InZicht
from abonnement_api.verantwoordingsstuk import rules, service
from abonnement_api.verantwoordingsstuk.errors import (
    AlBesloten,
    AndereAanbieder,
    BedragenKloppenNiet,
    GeenPdf,
    NieuwereVersie,
    OnbekendDocument,
    OnbekendeAanbieder,
    OnmogelijkeBesluitdatum,
    RedenOntbreekt,
    VerantwoordendeAanbiederNietGevonden,
    VerantwoordingsdocumentNietGevonden,
    VerantwoordingsstukNietGevonden,
)
from abonnement_api.verantwoordingsstuk.schemas import (
    NieuwVerantwoordingsbesluit,
    NieuwVerantwoordingsstuk,
    Verantwoordingsdocument,
    Verantwoordingsstuk,
    VerantwoordingsstukkenFilter,
    VerantwoordingsstukkenPagina,
)

insturen = router("/aanbieders/{code}/verantwoordingsdocumenten", "verantwoording")
documenten = router("/verantwoordingsdocumenten", "verantwoording")
stukken = router("/verantwoordingsstukken", "verantwoording")
PDF = ("application/pdf", "application/octet-stream")
"""As what a document may be sent; generated clients know the second for a file. What it is, its content says."""
BESTAND = {
    **takes_file(
        PDF,
        request=f"Een pdf van hoogstens {rules.GROOTSTE // 10**6} MB, bij voorkeur pdf/a; zonder wachtwoord.",
        content="Het document.",
    ),
    "max_body_size": rules.GROOTSTE,
}
HERHAALD = (Verantwoordingsdocument, "Dit document is al ingestuurd; er verandert niets.")
Stukid = Annotated[GivenUuid, Path(description="Identificatie van het stuk.", examples=["3f6d2a18-0c4e-4b59-9a7d-5e8b1c2d3f40"])]


@insturen.post("", **creating("Document insturen", "Het document.", roles(ADMINISTRATIE, AANBIEDER), again=HERHAALD), **BESTAND)
@refuses(GeenPdf, VerantwoordendeAanbiederNietGevonden, AndereAanbieder, ContractNoemtOnbekendeAanbieder)
def create_verantwoordingsdocument(
    work: InWork,
    door: ByEyes,
    eigen: InAanbieder,
    code: Annotated[
        str, Path(pattern=SLUG, max_length=60, description="Code van de aanbieder.", examples=["stichting-kindertelefoon"])
    ],
    inhoud: Annotated[bytes, Depends(Upload(PDF, lambda bestand: service.lees_pdf(bestand.content.read())))],
    response: Response,
) -> Verantwoordingsdocument:
    """Bewaart een document om mee in te dienen. Een aanbieder stuurt alleen eigen documenten in, de administratie namens alle."""
    document, nieuw = service.bewaar_document(work, door, eigen, code, inhoud)
    located(response, service.pad_document(document.id), new=nieuw)
    return document


@documenten.get(
    "/{id}",
    summary="Ingestuurd document opvragen",
    response_description="Wat er van het document bekend is.",
    dependencies=[roles(*LEZERS, AANBIEDER)],
)
@refuses(VerantwoordingsdocumentNietGevonden, ContractNoemtOnbekendeAanbieder)
def get_verantwoordingsdocument(
    work: InWork,
    zicht: InZicht,
    id: Annotated[
        GivenUuid, Path(description="Identificatie van het document.", examples=["9b1c7d52-5a70-4a3f-8f2e-1d0c6b7a8e91"])
    ],
) -> Verantwoordingsdocument:
    """Hash en grootte van een document, om te zien of het goed is aangekomen. De inhoud komt mee met het stuk."""
    return service.get_document(work, zicht, id)


@stukken.post("", **creating("Verantwoording indienen", "Het stuk.", roles(ADMINISTRATIE, AANBIEDER)))
@refuses(OnbekendeAanbieder, OnbekendDocument, BedragenKloppenNiet, AndereAanbieder, ContractNoemtOnbekendeAanbieder)
def create_verantwoordingsstuk(
    work: InWork, door: ByEyes, eigen: InAanbieder, nieuw: NieuwVerantwoordingsstuk, response: Response
) -> Verantwoordingsstuk:
    """Dient een jaarplan, begroting of jaarrekening in. Een volgende over hetzelfde jaar is een nieuwe versie; een versie
    waarover nog niet is besloten, vervalt daarmee."""
    stuk = service.indienen(work, door, eigen, nieuw)
    located(response, service.pad(stuk.id))
    return stuk


@stukken.get("", **listing("verantwoordingsstukken", roles(*STUKLEZERS)))
@refuses(AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def list_verantwoordingsstukken(
    work: InWork, zicht: InStukzicht, wens: Annotated[VerantwoordingsstukkenFilter, Query()], pages: InPages
) -> VerantwoordingsstukkenPagina:
    """Jaarplannen, begrotingen en jaarrekeningen, de laatst ingediende eerst. Een aanbieder ziet de eigen, een gemeente wat is
    vastgesteld."""
    return pages.make(VerantwoordingsstukkenPagina, wens, *service.list_stukken(work, zicht, wens))


@stukken.get("/{id}", summary="Verantwoordingsstuk opvragen", response_description="Het stuk.", dependencies=[roles(*STUKLEZERS)])
@refuses(VerantwoordingsstukNietGevonden, AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def get_verantwoordingsstuk(work: InWork, zicht: InStukzicht, id: Stukid) -> Verantwoordingsstuk:
    """Eén versie, met wat erover is besloten."""
    return service.get_stuk(work, zicht, id)


@stukken.get(
    "/{id}/document.pdf",
    summary="Document van een verantwoordingsstuk opvragen",
    response_description="Het document.",
    response_class=Pdf,
    responses={
        **NOT_MODIFIED,
        200: {"headers": ETAG, "content": {Pdf.media_type: {"schema": {"type": "string", "format": "binary"}}}},
    },
    dependencies=[roles(*STUKLEZERS)],
)
@refuses(VerantwoordingsstukNietGevonden, AndereAfnemer, ContractNoemtOnbekendeAanbieder)
def get_verantwoordingsstuk_pdf(work: InWork, zicht: InStukzicht, id: Stukid, if_none_match: IfNoneMatch = None) -> Response:
    """Het document zoals het is ingestuurd; steeds dezelfde bytes. Voor wie het stuk ziet."""
    inhoud, sha256, naam = service.get_inhoud(work, zicht, id)
    kop = {"ETag": etag(sha256), **as_file(naam)}
    return unmodified(if_none_match, sha256) or Response(inhoud, 200, kop, Pdf.media_type)


@stukken.post("/{id}/besluit", **creating("Over een verantwoordingsstuk besluiten", "Het stuk.", roles(COMMISSIE)))
@refuses(*(VerantwoordingsstukNietGevonden, AlBesloten, NieuwereVersie, OnmogelijkeBesluitdatum, RedenOntbreekt))
def create_verantwoordingsbesluit(
    work: InWork, door: ByEyes, id: Stukid, nieuw: NieuwVerantwoordingsbesluit, response: Response
) -> Verantwoordingsstuk:
    """Stelt de laatste versie vast of stuurt haar terug. Wat is vastgesteld, kan elke gemeente lezen."""
    stuk = service.besluiten(work, door, id, nieuw)
    located(response, service.pad(id))
    return stuk

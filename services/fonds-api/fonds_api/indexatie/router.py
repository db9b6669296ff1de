"""HTTP of indexatie."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.indexatie import service
from fonds_api.indexatie.errors import (
    ClausuleTegenstrijdig,
    CodeVergeven,
    IndexatieAchterhaald,
    IndexatieNietGevonden,
    IndexcijferNietGevonden,
    IndexcijferPastNiet,
    IndexcijfersOntbreken,
    IndexclausuleNietGevonden,
    IndexreeksNietGevonden,
    KetenSluitNietAan,
    OnbekendeIndexatie,
    OnbekendeIndexclausule,
    OnbekendeIndexreeks,
    TeLaatAangekondigd,
    ToepassingNietGevonden,
    UitkomstOnmogelijk,
)
from fonds_api.indexatie.schemas import (
    Berekening,
    Berekeningsvraag,
    Code,
    Id,
    Indexatie,
    IndexatiesFilter,
    IndexatiesPagina,
    Indexcijfer,
    IndexcijfersFilter,
    IndexcijfersPagina,
    Indexclausule,
    IndexclausulesPagina,
    Indexreeks,
    IndexreeksenPagina,
    NieuweIndexatie,
    NieuweIndexclausule,
    NieuweIndexreeks,
    NieuweToepassing,
    NieuwIndexcijfer,
    Toepassing,
    ToepassingenFilter,
    ToepassingenPagina,
)
from fonds_api.toegang import FONDSBEHEERDER, GENOEMD, INDEXLEZERS

indexreeksen = router("/indexreeksen", "indexatie")
indexcijfers = router("/indexcijfers", "indexatie")
indexclausules = router("/indexclausules", "indexatie")
indexaties = router("/indexaties", "indexatie")
indexatietoepassingen = router("/indexatietoepassingen", "indexatie")
LEZEN = [roles(*INDEXLEZERS), GENOEMD]
SCHRIJVEN = roles(FONDSBEHEERDER)
DEZELFDE = (Indexatie, "Met deze cijfers is er al een; er verandert niets.")


def _lijst(wat: str) -> dict[str, Any]:
    return {**listing(wat, LEZEN[0]), "dependencies": LEZEN}


@indexreeksen.post("", **creating("Indexreeks vastleggen", "De reeks.", SCHRIJVEN))
@refuses(CodeVergeven)
def create_indexreeks(work: InWork, nieuw: NieuweIndexreeks, response: Response) -> Indexreeks:
    """Legt een reeks indexcijfers vast: wie haar publiceert en wat zij meet. Dat verandert niet meer."""
    reeks = service.reeks_vastleggen(work, nieuw)
    located(response, service.reekspad(reeks.code))
    return reeks


@indexreeksen.get("", **_lijst("indexreeksen"))
@refuses(GeenGemeentecode)
def list_indexreeksen(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> IndexreeksenPagina:
    """De reeksen waarmee clausules rekenen, op code."""
    return pages.make(IndexreeksenPagina, wens, *service.list_reeksen(work, wens))


@indexreeksen.get("/{code}", summary="Indexreeks opvragen", response_description="De reeks.", dependencies=LEZEN)
@refuses(IndexreeksNietGevonden, GeenGemeentecode)
def get_indexreeks(work: InWork, code: Code) -> Indexreeks:
    """Eén reeks."""
    return service.get_reeks(work, code)


@indexcijfers.post("", **creating("Indexcijfer vastleggen", "Het cijfer.", SCHRIJVEN))
@refuses(TooFarAhead, OnbekendeIndexreeks, IndexcijferPastNiet)
def create_indexcijfer(work: InWork, nieuw: NieuwIndexcijfer, response: Response) -> Indexcijfer:
    """Legt een gepubliceerd cijfer vast, met waar het staat. Een beter cijfer over dezelfde periode wordt de volgende versie;
    wat met een eerdere versie is berekend, blijft zoals het is."""
    cijfer = service.cijfer_vastleggen(work, nieuw)
    located(response, service.cijferpad(cijfer.id))
    return cijfer


@indexcijfers.get("", **_lijst("indexcijfers"))
@refuses(GeenGemeentecode)
def list_indexcijfers(work: InWork, wens: Annotated[IndexcijfersFilter, Query()], pages: InPages) -> IndexcijfersPagina:
    """De cijfers, op reeks, periode en versie."""
    return pages.make(IndexcijfersPagina, wens, *service.list_cijfers(work, wens))


@indexcijfers.get("/{id}", summary="Indexcijfer opvragen", response_description="Het cijfer.", dependencies=LEZEN)
@refuses(IndexcijferNietGevonden, GeenGemeentecode)
def get_indexcijfer(work: InWork, id: Id) -> Indexcijfer:
    """Eén cijfer, met waar het staat."""
    return service.get_cijfer(work, id)


@indexclausules.post("", **creating("Indexclausule vastleggen", "De clausule.", SCHRIJVEN))
@refuses(ClausuleTegenstrijdig, CodeVergeven)
def create_indexclausule(work: InWork, nieuw: NieuweIndexclausule, response: Response) -> Indexclausule:
    """Legt vast wat een regeling over indexatie zegt: welke reeksen met welk aandeel, welke periodes, opslag, plafond, afronding,
    aankondiging en nacalculatie."""
    clausule = service.clausule_vastleggen(work, nieuw)
    located(response, service.clausulepad(clausule.code))
    return clausule


@indexclausules.get("", **_lijst("indexclausules"))
@refuses(GeenGemeentecode)
def list_indexclausules(work: InWork, wens: Annotated[PageQuery, Query()], pages: InPages) -> IndexclausulesPagina:
    """De clausules, op code."""
    return pages.make(IndexclausulesPagina, wens, *service.list_clausules(work, wens))


@indexclausules.get("/{code}", summary="Indexclausule opvragen", response_description="De clausule.", dependencies=LEZEN)
@refuses(IndexclausuleNietGevonden, GeenGemeentecode)
def get_indexclausule(work: InWork, code: Code) -> Indexclausule:
    """Eén clausule."""
    return service.get_clausule(work, code)


@indexaties.post(
    "",
    **creating(
        "Indexatie vaststellen",
        "De indexatie.",
        SCHRIJVEN,
        again=DEZELFDE,
    ),
)
@refuses(TooFarAhead, OnbekendeIndexclausule, TeLaatAangekondigd, IndexatieAchterhaald, IndexcijfersOntbreken, UitkomstOnmogelijk)
def create_indexatie(work: InWork, nieuw: NieuweIndexatie, response: Response) -> Indexatie:
    """Berekent wat een clausule voor een jaar geeft, met de laatste cijfers die er zijn, en legt dat vast met elke stap. Met
    betere cijfers volgt een volgende versie, zolang een later jaar niet is geïndexeerd; daarna verrekent de clausule het
    verschil."""
    indexatie, gemaakt = service.vaststellen(work, nieuw)
    located(response, service.pad(indexatie.id), new=gemaakt)
    return indexatie


@indexaties.get("", **_lijst("indexaties"))
@refuses(GeenGemeentecode)
def list_indexaties(work: InWork, wens: Annotated[IndexatiesFilter, Query()], pages: InPages) -> IndexatiesPagina:
    """De indexaties met hun factor, op clausule, jaar en versie; de laatste versie van een jaar geldt."""
    return pages.make(IndexatiesPagina, wens, *service.list_indexaties(work, wens))


@indexaties.get("/{id}", summary="Indexatie opvragen", response_description="De indexatie.", dependencies=LEZEN)
@refuses(IndexatieNietGevonden, GeenGemeentecode)
def get_indexatie(work: InWork, id: Id) -> Indexatie:
    """Eén indexatie, met haar cijfers en elke stap van de berekening."""
    return service.get_indexatie(work, id)


@indexaties.get(
    "/{id}/berekening",
    summary="Berekening met een indexatie opvragen",
    response_description="Wat het bedrag wordt.",
    dependencies=LEZEN,
)
@refuses(IndexatieNietGevonden, GeenGemeentecode)
def get_berekening(work: InWork, id: Id, vraag: Annotated[Berekeningsvraag, Query()]) -> Berekening:
    """Wat een bedrag of tarief met deze indexatie wordt, met elke stap. Er wordt niets vastgelegd."""
    return service.berekenen(work, id, vraag.bedrag)


@indexatietoepassingen.post("", **creating("Indexatie toepassen", "De toepassing.", SCHRIJVEN))
@refuses(OnbekendeIndexatie, KetenSluitNietAan, UitkomstOnmogelijk)
def create_indexatietoepassing(work: InWork, nieuw: NieuweToepassing, response: Response) -> Toepassing:
    """Past een indexatie toe op een bedrag of tarief, als volgende schakel van zijn keten. De eerste schakel krijgt een bedrag;
    elke volgende gaat verder met wat er het jaar ervoor uitkwam. Een latere versie van hetzelfde jaar laat zien wat te
    verrekenen is."""
    toepassing = service.toepassen(work, nieuw)
    located(response, service.toepassingpad(toepassing.id))
    return toepassing


@indexatietoepassingen.get("", **_lijst("indexatietoepassingen"))
@refuses(GeenGemeentecode)
def list_indexatietoepassingen(work: InWork, wens: Annotated[ToepassingenFilter, Query()], pages: InPages) -> ToepassingenPagina:
    """De toepassingen, in volgorde van vastleggen."""
    return pages.make(ToepassingenPagina, wens, *service.list_toepassingen(work, wens))


@indexatietoepassingen.get(
    "/{id}", summary="Indexatietoepassing opvragen", response_description="De toepassing.", dependencies=LEZEN
)
@refuses(ToepassingNietGevonden, GeenGemeentecode)
def get_indexatietoepassing(work: InWork, id: Id) -> Toepassing:
    """Eén toepassing, met elke stap van de berekening."""
    return service.get_toepassing(work, id)

"""HTTP of inkooptrajecten."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.eyes import ByEyes
from gemeengoed_kit.pagination import InPages, PageQuery, listing
from gemeengoed_kit.route import InWork, roles, router
from gemeengoed_kit.window import TooFarAhead

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.boeking.errors import StornoVoorBoeking
from fonds_api.boeking.service import BOEKT
from fonds_api.fonds.errors import FondsBestaatAl
from fonds_api.inkoopopgave.errors import OnbekendeOpgave
from fonds_api.inkooptraject import service
from fonds_api.inkooptraject.errors import (
    AfrekeningNietGevonden,
    DeelnemerPastNiet,
    GeenDeelnemers,
    InkooptrajectNietGevonden,
    KasTekort,
    MachtigingNietGevonden,
    MachtigingNodig,
    MachtigingPastNiet,
    MeerDanOpenstaat,
    NietKostenneutraal,
    NietsAfTeRekenen,
    OnbekendeDeelnemer,
    PostAlGestorneerd,
    PostNietGevonden,
    PostPastNiet,
    SleutelPastNiet,
    TrajectAfgesloten,
)
from fonds_api.inkooptraject.schemas import (
    Code,
    Inkoopafrekening,
    InkoopafrekeningenPagina,
    InkoopdeelnemersPagina,
    Inkoopmachtiging,
    InkoopmachtigingenPagina,
    Inkoopmutatie,
    Inkooppost,
    InkooppostenFilter,
    InkooppostenPagina,
    Inkoopstand,
    Inkooptraject,
    InkooptrajectenPagina,
    NieuweInkoopafrekening,
    NieuweInkoopmachtiging,
    NieuweInkoopmutatie,
    NieuweInkooppost,
    NieuweInkoopsluiting,
    NieuweInkoopstorno,
    NieuwInkooptraject,
    Nummer,
)
from fonds_api.toegang import BESTUUR, FONDSBEHEERDER, INKOOPLEZERS, TOEZIENDEN, InInkoopzicht

inkooptrajecten = router("/inkooptrajecten", "inkooptrajecten")
LEZEN, SCHRIJVEN, TOEZIEN = roles(*INKOOPLEZERS), roles(FONDSBEHEERDER), roles(FONDSBEHEERDER, *TOEZIENDEN)


@inkooptrajecten.post("", **creating("Inkooptraject beginnen", "Het traject.", SCHRIJVEN))
@refuses(SleutelPastNiet, FondsBestaatAl)
def create_inkooptraject(work: InWork, nieuw: NieuwInkooptraject, response: Response) -> Inkooptraject:
    """Begint een gezamenlijke inkoop, met een eigen fonds en grootboek. Het Fonds GGU betaalt er niet aan mee."""
    traject = service.oprichten(work, FONDSBEHEERDER, nieuw)
    located(response, service.pad(traject.code))
    return traject


@inkooptrajecten.get("", **listing("inkooptrajecten", LEZEN))
@refuses(GeenGemeentecode)
def list_inkooptrajecten(
    work: InWork, zicht: InInkoopzicht, wens: Annotated[PageQuery, Query()], pages: InPages
) -> InkooptrajectenPagina:
    """De trajecten, op code; een gemeente ziet die waaraan zij meedoet of meedeed."""
    return pages.make(InkooptrajectenPagina, wens, *service.list_trajecten(work, zicht, wens))


@inkooptrajecten.get("/{code}", summary="Inkooptraject opvragen", response_description="Het traject.", dependencies=[LEZEN])
@refuses(InkooptrajectNietGevonden, GeenGemeentecode)
def get_inkooptraject(work: InWork, zicht: InInkoopzicht, code: Code) -> Inkooptraject:
    """Eén traject."""
    return service.get_traject(work, zicht, code)


@inkooptrajecten.get(
    "/{code}/stand",
    summary="Stand van een inkooptraject opvragen",
    response_description="De stand.",
    dependencies=[TOEZIEN],
)
@refuses(InkooptrajectNietGevonden)
def get_inkoopstand(work: InWork, zicht: InInkoopzicht, code: Code) -> Inkoopstand:
    """Wat er is voorgefinancierd, uitgegeven, ontvangen en afgelost, en wat er nog moet gebeuren voor het kostenneutraal is."""
    return service.get_stand(work, zicht, code)


@inkooptrajecten.post(
    "/{code}/deelnemers",
    status_code=201,
    summary="Deelnemer laten toetreden of uittreden",
    response_description="Wat is vastgelegd.",
    dependencies=[SCHRIJVEN],
)
@refuses(InkooptrajectNietGevonden, TrajectAfgesloten, SleutelPastNiet, OnbekendeOpgave, DeelnemerPastNiet)
def create_inkoopmutatie(work: InWork, zicht: InInkoopzicht, code: Code, nieuw: NieuweInkoopmutatie) -> Inkoopmutatie:
    """Legt vast wie toetreedt, uittreedt of een ander gewicht krijgt. Wat is afgerekend blijft staan; een volgende afrekening
    verrekent het verschil met iedereen."""
    return service.muteren(work, zicht, code, nieuw)


@inkooptrajecten.get("/{code}/deelnemers", **listing("inkoopdeelnemers", LEZEN, 404))
@refuses(InkooptrajectNietGevonden, GeenGemeentecode)
def list_inkoopdeelnemers(
    work: InWork, zicht: InInkoopzicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> InkoopdeelnemersPagina:
    """Wie meedoen of meededen, met hun aandeel en wat daarvan openstaat; een gemeente ziet zichzelf."""
    return pages.make(InkoopdeelnemersPagina, wens, *service.list_deelnemers(work, zicht, code, wens))


@inkooptrajecten.post(
    "/{code}/machtigingen", **creating("Inkooppost machtigen", "De machtiging.", roles(FONDSBEHEERDER, BESTUUR))
)
@refuses(InkooptrajectNietGevonden, TrajectAfgesloten, PostPastNiet)
def create_inkoopmachtiging(
    work: InWork, zicht: InInkoopzicht, wie: ByEyes, code: Code, nieuw: NieuweInkoopmachtiging, response: Response
) -> Inkoopmachtiging:
    """Machtigt een ander om een post vanaf het bedrag van het fonds van het traject (`vierOgenVanafCent`) te boeken of terug te
    nemen: precies dit bedrag, één keer, binnen dertig dagen. Een ander is: een ander contract, en niet dezelfde rol van dezelfde
    organisatie."""
    machtiging = service.machtigen(work, zicht, wie, code, nieuw)
    located(response, service.machtigingpad(code, machtiging.nummer))
    return machtiging


@inkooptrajecten.get("/{code}/machtigingen", **listing("inkoopmachtigingen", TOEZIEN, 404))
@refuses(InkooptrajectNietGevonden)
def list_inkoopmachtigingen(
    work: InWork, zicht: InInkoopzicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> InkoopmachtigingenPagina:
    """De machtigingen van een traject, op nummer, met de post waarvoor zij zijn gebruikt."""
    return pages.make(InkoopmachtigingenPagina, wens, *service.list_machtigingen(work, zicht, code, wens))


@inkooptrajecten.get(
    "/{code}/machtigingen/{nummer}",
    summary="Inkoopmachtiging opvragen",
    response_description="De machtiging.",
    dependencies=[TOEZIEN],
)
@refuses(InkooptrajectNietGevonden, MachtigingNietGevonden)
def get_inkoopmachtiging(work: InWork, zicht: InInkoopzicht, code: Code, nummer: Nummer) -> Inkoopmachtiging:
    """Eén machtiging."""
    return service.get_machtiging(work, zicht, code, nummer)


@inkooptrajecten.post("/{code}/posten", **creating("Inkooppost boeken", "De post.", SCHRIJVEN))
@refuses(
    TooFarAhead,
    InkooptrajectNietGevonden,
    TrajectAfgesloten,
    PostPastNiet,
    OnbekendeDeelnemer,
    MeerDanOpenstaat,
    KasTekort,
    MachtigingNodig,
    MachtigingPastNiet,
    *BOEKT,
)
def create_inkooppost(
    work: InWork, zicht: InInkoopzicht, wie: ByEyes, code: Code, nieuw: NieuweInkooppost, response: Response
) -> Inkooppost:
    """Boekt een voorfinanciering, kosten, een ontvangst, een teruggave of een aflossing in het fonds van het traject. Vanaf het
    bedrag van dat fonds (`vierOgenVanafCent`) noemt zij de machtiging van een ander."""
    post = service.boeken(work, zicht, wie, code, nieuw)
    located(response, service.postpad(code, post.nummer))
    return post


@inkooptrajecten.get("/{code}/posten", **listing("inkoopposten", LEZEN, 404))
@refuses(InkooptrajectNietGevonden, GeenGemeentecode)
def list_inkoopposten(
    work: InWork, zicht: InInkoopzicht, code: Code, wens: Annotated[InkooppostenFilter, Query()], pages: InPages
) -> InkooppostenPagina:
    """De posten van een traject, op nummer; een gemeente ziet wat zij betaalde en terugkreeg."""
    return pages.make(InkooppostenPagina, wens, *service.list_posten(work, zicht, code, wens))


@inkooptrajecten.get(
    "/{code}/posten/{nummer}", summary="Inkooppost opvragen", response_description="De post.", dependencies=[LEZEN]
)
@refuses(InkooptrajectNietGevonden, PostNietGevonden, GeenGemeentecode)
def get_inkooppost(work: InWork, zicht: InInkoopzicht, code: Code, nummer: Nummer) -> Inkooppost:
    """Eén post, met haar boeking."""
    return service.get_post(work, zicht, code, nummer)


@inkooptrajecten.post(
    "/{code}/posten/{nummer}/stornering", **creating("Inkooppost storneren", "De post die haar terugneemt.", SCHRIJVEN)
)
@refuses(
    TooFarAhead,
    InkooptrajectNietGevonden,
    TrajectAfgesloten,
    PostNietGevonden,
    PostAlGestorneerd,
    MeerDanOpenstaat,
    KasTekort,
    MachtigingNodig,
    MachtigingPastNiet,
    StornoVoorBoeking,
    *BOEKT,
)
def create_inkoopstorno(
    work: InWork, zicht: InInkoopzicht, wie: ByEyes, code: Code, nummer: Nummer, nieuw: NieuweInkoopstorno, response: Response
) -> Inkooppost:
    """Neemt een verkeerde post terug, één keer, met een post en een boeking die haar spiegelen."""
    post = service.storneren(work, zicht, wie, code, nummer, nieuw)
    located(response, service.postpad(code, post.nummer))
    return post


@inkooptrajecten.post("/{code}/afrekeningen", **creating("Inkooptraject afrekenen", "De afrekening.", SCHRIJVEN))
@refuses(TooFarAhead, InkooptrajectNietGevonden, TrajectAfgesloten, GeenDeelnemers, NietsAfTeRekenen, *BOEKT)
def create_inkoopafrekening(
    work: InWork, zicht: InInkoopzicht, code: Code, nieuw: NieuweInkoopafrekening, response: Response
) -> Inkoopafrekening:
    """Verdeelt alle kosten tot nu toe, tot op de cent, over wie nu meedoen, en verrekent wat dat scheelt met de vorige keer."""
    afrekening = service.afrekenen(work, zicht, code, nieuw)
    located(response, service.afrekeningpad(code, afrekening.nummer))
    return afrekening


@inkooptrajecten.get("/{code}/afrekeningen", **listing("inkoopafrekeningen", LEZEN, 404))
@refuses(InkooptrajectNietGevonden, GeenGemeentecode)
def list_inkoopafrekeningen(
    work: InWork, zicht: InInkoopzicht, code: Code, wens: Annotated[PageQuery, Query()], pages: InPages
) -> InkoopafrekeningenPagina:
    """De afrekeningen van een traject, op nummer; een gemeente ziet daarin haar eigen regel."""
    return pages.make(InkoopafrekeningenPagina, wens, *service.list_afrekeningen(work, zicht, code, wens))


@inkooptrajecten.get(
    "/{code}/afrekeningen/{nummer}",
    summary="Inkoopafrekening opvragen",
    response_description="De afrekening.",
    dependencies=[LEZEN],
)
@refuses(InkooptrajectNietGevonden, AfrekeningNietGevonden, GeenGemeentecode)
def get_inkoopafrekening(work: InWork, zicht: InInkoopzicht, code: Code, nummer: Nummer) -> Inkoopafrekening:
    """Eén afrekening."""
    return service.get_afrekening(work, zicht, code, nummer)


@inkooptrajecten.post(
    "/{code}/sluiting",
    status_code=201,
    summary="Inkooptraject sluiten",
    response_description="Het gesloten traject.",
    dependencies=[SCHRIJVEN],
)
@refuses(TooFarAhead, InkooptrajectNietGevonden, TrajectAfgesloten, NietKostenneutraal, *BOEKT)
def create_inkoopsluiting(work: InWork, zicht: InInkoopzicht, code: Code, nieuw: NieuweInkoopsluiting) -> Inkooptraject:
    """Sluit een traject dat tot op de cent kostenneutraal is. Daarna is elk saldo nul en verandert er niets meer."""
    return service.sluiten(work, zicht, code, nieuw)

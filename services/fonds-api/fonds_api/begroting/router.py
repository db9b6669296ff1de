"""HTTP of begrotingen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Response
from gemeengoed_kit.creating import creating, located
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import ByCaller, InWork, roles, router
from gemeengoed_kit.schema import GivenUuid
from gemeengoed_kit.upload import File, Upload, takes_file

from fonds_api.begroting import service
from fonds_api.begroting.bestand import GROOTSTE, KOP, MEESTE, Bestand, lees
from fonds_api.begroting.errors import (
    BegrotingAchterhaald,
    BegrotingAlAangevraagd,
    BegrotingAlVastgesteld,
    BegrotingNietGevonden,
    DekkingOntoereikend,
    OnbekendVerschil,
    OngeldigeBegroting,
    SoortNietAanDeBeurt,
    VerplichtingenTeHoog,
    VerschilAlAanvaard,
    VerschillenOnverklaard,
)
from fonds_api.begroting.schemas import (
    Begroting,
    BegrotingenFilter,
    BegrotingenPagina,
    Inleesvraag,
    Meerjarenbegroting,
    Meerjarenvraag,
    NieuweAanvaarding,
    NieuweVaststelling,
    Veranderingenvraag,
    Verschil,
    Verschillenverslag,
    Versievergelijking,
)
from fonds_api.besluit.errors import GremiumNietBevoegd
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.fonds.errors import OnbekendFonds
from fonds_api.jaareinde.errors import JaarAfgesloten
from fonds_api.toegang import BEGROTINGLEZERS, BESTUUR, FONDSBEHEERDER, LEDENVERGADERING, InBegrotingzicht

begrotingen = router("/begrotingen", "begrotingen")
meerjarenbegroting = router("/meerjarenbegroting", "begrotingen")
BESTAND = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream")
"""As what a file may be sent; generated clients know the last for a file. What it is, its first bytes say."""
TABEL = takes_file(
    BESTAND,
    request=f"CSV in UTF-8 (met komma's of puntkomma's) of een werkmap (XLSX, eerste blad), met de kop `{','.join(KOP)}`; "
    f"hoogstens {MEESTE} rijen en {GROOTSTE // 10**6} MB. `rij` is `regel`, `som` (wat de bron optelt), `btw`, `inclusief` "
    "(het opgegeven totaal met btw), `bijdrage` of `derde` (dekking). Bedragen zijn gehele getallen, in de opgegeven eenheid.",
    content="De tabel van één begroting.",
)
Id = Annotated[GivenUuid, Path(description="Identificatie van de versie.", examples=["5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"])]
LEZERS = roles(*BEGROTINGLEZERS)
INGELEZEN = (Begroting, "Deze versie is al ingelezen; er verandert niets.")
AANGEVRAAGD = (Begroting, "Dit was al aangevraagd; er is niets veranderd.")


def _gelezen(bestand: File) -> Bestand:
    return Bestand(*lees(bestand.content.read(GROOTSTE + 1)), bestand.digest.hex())


@begrotingen.post(
    "",
    **creating(
        "Begroting inlezen",
        "De ingelezen versie.",
        roles(FONDSBEHEERDER),
        again=INGELEZEN,
    ),
    **TABEL,
)
@refuses(OngeldigeBegroting, OnbekendFonds)
def create_begroting(
    work: InWork,
    caller: ByCaller,
    zicht: InBegrotingzicht,
    vraag: Annotated[Inleesvraag, Query()],
    bestand: Annotated[Bestand, Depends(Upload(BESTAND, _gelezen))],
    response: Response,
) -> Begroting:
    """Leest een tabel in als volgende versie van de begroting van een fonds en jaar, zoals de bron haar geeft. Een som die niet
    klopt, blijft staan en komt in het verslag van verschillen. Hetzelfde bestand nog eens verandert niets."""
    begroting, nieuw = service.inlezen(work, zicht, caller.role, bestand, vraag)
    located(response, service.pad(begroting.id), new=nieuw)
    return begroting


@begrotingen.get("", **listing("begrotingen", LEZERS))
@refuses(GeenGemeentecode)
def list_begrotingen(
    work: InWork, zicht: InBegrotingzicht, wens: Annotated[BegrotingenFilter, Query()], pages: InPages
) -> BegrotingenPagina:
    """De versies die u mag zien, op fonds, jaar en versie: de fondsbeheerder, het bestuur, de leden en de accountant
    ook die nog niet zijn vastgesteld."""
    return pages.make(BegrotingenPagina, wens, *service.list_begrotingen(work, zicht, wens))


@begrotingen.get("/{id}", summary="Begroting opvragen", response_description="De begroting.", dependencies=[LEZERS])
@refuses(BegrotingNietGevonden, GeenGemeentecode)
def get_begroting(work: InWork, zicht: InBegrotingzicht, id: Id) -> Begroting:
    """Eén versie, met haar regels en wat die samen zijn."""
    return service.get_begroting(work, zicht, id)


@begrotingen.get(
    "/{id}/verschillen",
    summary="Verschillen van een begroting opvragen",
    response_description="Het verslag van verschillen.",
    dependencies=[LEZERS],
)
@refuses(BegrotingNietGevonden, GeenGemeentecode)
def get_verschillen(work: InWork, zicht: InBegrotingzicht, id: Id) -> Verschillenverslag:
    """Waar de begroting niet optelt zoals zij zegt: waar, wat er staat, wat eruit komt, en of afronding het verklaart."""
    return service.get_verschillen(work, zicht, id)


@begrotingen.get(
    "/{id}/veranderingen",
    summary="Versies van een begroting vergelijken",
    response_description="Wat er anders is.",
    dependencies=[LEZERS],
)
@refuses(BegrotingNietGevonden, GeenGemeentecode)
def get_veranderingen(
    work: InWork, zicht: InBegrotingzicht, id: Id, vraag: Annotated[Veranderingenvraag, Query()]
) -> Versievergelijking:
    """Welke bedragen anders zijn dan in een andere versie, ook van een ander jaar of in een andere eenheid; in euro."""
    return service.get_veranderingen(work, zicht, id, vraag.sinds)


@begrotingen.post(
    "/{id}/aanvaardingen",
    status_code=201,
    summary="Verschil aanvaarden",
    response_description="Het aanvaarde verschil.",
    dependencies=[roles(FONDSBEHEERDER, BESTUUR, LEDENVERGADERING)],
)
@refuses(BegrotingNietGevonden, BegrotingAlVastgesteld, OnbekendVerschil, VerschilAlAanvaard)
def create_aanvaarding(work: InWork, zicht: InBegrotingzicht, id: Id, nieuw: NieuweAanvaarding) -> Verschil:
    """Aanvaardt één verschil dat afronding niet verklaart, met naam en reden. Dat verandert niet meer; een verbeterde tabel
    wordt de volgende versie."""
    return service.aanvaarden(work, zicht, id, nieuw)


@begrotingen.post(
    "/{id}/vaststellingen",
    **creating(
        "Begroting vaststellen",
        "Het besluit wordt nagevraagd; vraag de begroting op om te zien hoe het ermee staat.",
        roles(BESTUUR, LEDENVERGADERING),
        later=True,
        again=AANGEVRAAGD,
    ),
)
@refuses(
    BegrotingNietGevonden,
    GremiumNietBevoegd,
    BegrotingAlAangevraagd,
    BegrotingAlVastgesteld,
    BegrotingAchterhaald,
    JaarAfgesloten,
    SoortNietAanDeBeurt,
    VerschillenOnverklaard,
    DekkingOntoereikend,
    VerplichtingenTeHoog,
)
def create_vaststelling(
    work: InWork, caller: ByCaller, zicht: InBegrotingzicht, id: Id, nieuw: NieuweVaststelling, response: Response
) -> Begroting:
    """Stelt de laatste versie vast, met het besluit waarop dat rust: een kaderbegroting met een besluit van de leden (rol
    `ledenvergadering`), een jaarplan en een wijziging met een besluit van het bestuur of van de leden (rol `bestuur`).

    Het besluit wordt bij de catalogus nagevraagd: een positief kaderbesluit van het juiste gremium. Eerst komt de kaderbegroting,
    dan het jaarplan, daarna wijzigingen. Elk onverklaard verschil moet zijn aanvaard, een jaarplan en een wijziging moeten zijn
    gedekt, en elke post moet reiken voor wat er is verplicht en besteed. Na een weigering kan het opnieuw."""
    begroting, begint = service.aanvragen(work, zicht, caller.role, id, nieuw)
    located(response, service.pad(id), new=begint)
    return begroting


@meerjarenbegroting.get(
    "",
    summary="Meerjarenbegroting opvragen",
    response_description="Vier jaren.",
    dependencies=[LEZERS],
)
@refuses(GeenGemeentecode)
def get_meerjarenbegroting(
    work: InWork, zicht: InBegrotingzicht, vraag: Annotated[Meerjarenvraag, Query()]
) -> Meerjarenbegroting:
    """Vier jaren van een fonds achter elkaar: van elk de laatst vastgestelde begroting, of geen."""
    return service.get_meerjarenbegroting(work, zicht, vraag)

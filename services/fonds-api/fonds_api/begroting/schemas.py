"""Wire models of begrotingen."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, Digits, GivenUuid, Input, Line, Moment, Output, Reference
from pydantic import Field

from fonds_api.begroting.rules import Budgetsoort, Rij, Soort, Stand, Status, Wijze
from fonds_api.besluit.schemas import BESLUIT, Besluitverwijzing, Weigering
from fonds_api.fonds.schemas import FONDSCODE

VERSCHIL = r"^([A-Z][1-9]?|[a-z]+|[A-Z][1-9]?-[a-z]+|inclusief-btw)$"
_ID = "5f0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
_PRIORITEIT = "Prioriteit of, bij een som, ook een groep van prioriteiten; null als het over alle gaat."
_BUDGETSOORT = "Budgetsoort; null als het over alle gaat."
_JAAR = "Jaar van de begroting."
_FONDS = "Fonds waarvan het de begroting is."
Jaar = Annotated[Digits, Field(ge=2000, le=2100)]


class Inleesvraag(Input):
    """What a file is the begroting of."""

    fonds: str = Field(pattern=FONDSCODE, description=_FONDS, examples=["ggu"])
    jaar: Jaar = Field(description=_JAAR, examples=[2020])
    soort: Soort = Field(description="Wat er van wordt als zij is vastgesteld.", examples=["kaderbegroting"])
    eenheid_euro: Literal["1", "1000"] = Field(
        description="Euro per eenheid van de bedragen: 1, of 1000 als zij × € 1.000 zijn.", examples=["1000"]
    )
    titel: Line = Field(max_length=200, description="Titel.", examples=["Hoofdlijnenbegroting 2020"])
    bronvermelding: Line = Field(
        max_length=300, description="Waar de tabel staat.", examples=["VNG, Meerjarenprogramma GGU 2020-2024, p. 32"]
    )


class BegrotingenFilter(PageQuery):
    fonds: str | None = Field(None, pattern=FONDSCODE, description="Alleen van dit fonds.", examples=["ggu"])
    jaar: Jaar | None = Field(None, description="Alleen van dit jaar.", examples=[2020])
    soort: Soort | None = Field(None, description="Alleen van deze soort.", examples=["kaderbegroting"])
    status: Status | None = Field(None, description="Alleen met deze status.", examples=["vastgesteld"])


class Meerjarenvraag(Input):
    """Which four years."""

    fonds: str = Field(pattern=FONDSCODE, description=_FONDS, examples=["ggu"])
    eerste_jaar: Annotated[Digits, Field(ge=2000, le=2097)] = Field(description="Eerste van de vier jaren.", examples=[2020])


class Veranderingenvraag(Input):
    """With which version to compare."""

    sinds: GivenUuid | None = Field(
        None,
        description="Identificatie van de versie waarmee wordt vergeleken; anders de vorige van dit fonds en jaar.",
        examples=[_ID],
    )


class NieuweVaststelling(Input):
    """Waarmee een begroting wordt vastgesteld."""

    besluit: Besluitverwijzing = Field(description="Het besluit: van de leden voor een kaderbegroting, anders van het bestuur.")


class NieuweAanvaarding(Input):
    """Wie een verschil aanvaardt, en waarom."""

    verschil: str = Field(pattern=VERSCHIL, max_length=40, description="Naam van het verschil.", examples=["meerjarig"])
    naam: Line = Field(max_length=200, description="Wie het aanvaardt.", examples=["Penningmeester (voorbeeld)"])
    reden: Line = Field(max_length=1000, description="Waarom.", examples=["De regels gelden; de som is verkeerd overgenomen."])


class Totalen(Output):
    """Wat de regels samen zijn, wat de bron er ook bij optelt; in de eenheid van de begroting."""

    exclusief: int = Field(ge=0, description="Som van de regels, zonder btw.", examples=[53689])
    btw: int = Field(ge=0, description="Btw.", examples=[11287])
    inclusief: int = Field(ge=0, description="Som van de regels en de btw.", examples=[64976])
    bijdrage: int = Field(ge=0, description="Dekking uit bijdragen van gemeenten.", examples=[52300])
    derde: int = Field(ge=0, description="Dekking uit derde geldstromen, zoals Rijksbijdragen en reserveringen.", examples=[0])
    dekking: int = Field(ge=0, description="Bijdragen en derde geldstromen samen.", examples=[52300])
    tekort: int = Field(ge=0, description="Wat niet is gedekt.", examples=[12676])


class Vaststelling(Output):
    """Waarmee een begroting wordt of is vastgesteld."""

    besluit: Reference = Field(description="Het besluit.", examples=[{"bron": "catalogus", "pad": BESLUIT}])
    status: Stand = Field(
        description="`aangevraagd` zolang het besluit bij de catalogus wordt nagevraagd, daarna `vastgesteld` of `geweigerd`.",
        examples=["vastgesteld"],
    )
    aangevraagd_op: Moment = Field(description="Wanneer (laatst) aangevraagd.", examples=["2020-01-15T08:59:58.000Z"])
    vastgesteld_op: Moment | None = Field(description="Wanneer dat hier is vastgelegd.", examples=["2020-01-15T09:00:00.000Z"])
    gremium: str | None = Field(description="Wie besloot, volgens de catalogus.", examples=["ALV"])
    besloten_op: Day | None = Field(description="Dag van het besluit, volgens de catalogus.", examples=["2019-11-29"])
    probleem: Weigering | None = Field(description="Waarom het is geweigerd; anders null.")


class BegrotingSamenvatting(Output):
    """Een versie van de begroting van een fonds en jaar."""

    id: UUID = Field(description="Identificatie.", examples=[_ID])
    fonds: str = Field(description=_FONDS, examples=["ggu"])
    jaar: int = Field(description=_JAAR, examples=[2020])
    versie: int = Field(ge=1, description="Volgnummer binnen fonds en jaar.", examples=[1])
    soort: Soort = Field(description="Wat er van wordt als zij is vastgesteld.", examples=["kaderbegroting"])
    status: Status = Field(
        description="`concept` tot de vaststelling is aangevraagd, en opnieuw als die is geweigerd.", examples=["concept"]
    )
    eenheid_euro: int = Field(description="Euro per eenheid van alle bedragen.", examples=[1000])
    titel: str = Field(description="Titel.", examples=["Hoofdlijnenbegroting 2020"])
    bronvermelding: str = Field(description="Waar de tabel staat.", examples=["VNG, Meerjarenprogramma GGU 2020-2024, p. 32"])
    ingelezen_op: Moment = Field(description="Wanneer ingelezen.", examples=["2020-01-15T09:00:00.000Z"])
    totalen: Totalen = Field(description="Wat de regels samen zijn.")
    open_verschillen: list[str] = Field(
        description="Onverklaarde verschillen die niet zijn aanvaard; zolang die er zijn, is zij niet vast te stellen.",
        examples=[["C2", "meerjarig"]],
    )
    vaststelling: Vaststelling | None = Field(
        description="Waarmee zij wordt of is vastgesteld; null als dat niet is aangevraagd."
    )


class Begrotingsregel(Output):
    """Een rij van de tabel, zoals de bron haar geeft."""

    rij: Rij = Field(
        description="Een regel, een som die de bron opgeeft, btw, het opgegeven totaal met btw, of dekking: "
        "een bijdrage van gemeenten of een derde geldstroom.",
        examples=["regel"],
    )
    prioriteit: str | None = Field(description=_PRIORITEIT, examples=["A1"])
    budgetsoort: Budgetsoort | None = Field(description=_BUDGETSOORT, examples=["structureel"])
    omschrijving: str = Field(description="Tekst van de bron.", examples=["Datagedreven samenleving en sturingsinformatie"])
    bedrag: int = Field(ge=0, description="Bedrag zoals de bron het geeft, in de eenheid van de begroting.", examples=[2000])
    pagina: int | None = Field(description="Bladzijde van de bron; null als die niet is opgegeven.", examples=[32])


class Som(Output):
    """Wat de regels van een plaats samen zijn."""

    prioriteit: str | None = Field(description=_PRIORITEIT, examples=["A"])
    budgetsoort: Budgetsoort | None = Field(description=_BUDGETSOORT, examples=["structureel"])
    bedrag: int = Field(ge=0, description="Som van de regels, in de eenheid van de begroting.", examples=[4000])


class Begroting(BegrotingSamenvatting):
    """Een versie van een begroting, met haar regels en wat die samen zijn."""

    regels: list[Begrotingsregel] = Field(description="De rijen van de tabel, in de volgorde van de bron.")
    sommen: list[Som] = Field(
        description="Wat de regels samen zijn: per prioriteit, per groep van prioriteiten en in totaal, per budgetsoort en samen."
    )


class BegrotingenPagina(Page):
    """Begrotingen, op fonds, jaar en versie."""

    results: list[BegrotingSamenvatting] = Field(description="De begrotingen op deze pagina.")


class Optelling(Output):
    """Eén manier waarop de tabel optelt."""

    wijze: Wijze = Field(
        description="Van gedrukte bedragen ernaast, van gedrukte bedragen erboven, of van de regels.", examples=["onder elkaar"]
    )
    berekend: int = Field(ge=0, description="Wat eruit komt.", examples=[15499])
    termen: int = Field(ge=1, description="Hoeveel bedragen zijn opgeteld.", examples=[4])


class Aanvaarding(Output):
    """Wie een verschil aanvaardde, en waarom."""

    naam: str = Field(description="Wie het aanvaardde.", examples=["Penningmeester (voorbeeld)"])
    reden: str = Field(description="Waarom.", examples=["De regels gelden; de som is verkeerd overgenomen."])
    aanvaard_op: Moment = Field(description="Wanneer.", examples=["2020-01-15T09:00:00.000Z"])


class Verschil(Output):
    """Een som die de bron opgeeft en die uit geen optelling komt."""

    verschil: str = Field(description="Naam: de plaats in de tabel.", examples=["meerjarig"])
    omschrijving: str = Field(description="Tekst van de bron bij de som.", examples=["Totaal excl. btw"])
    pagina: int | None = Field(description="Bladzijde van de bron.", examples=[32])
    opgegeven: int = Field(ge=0, description="Wat de bron opgeeft.", examples=[15560])
    berekend: int = Field(ge=0, description="Wat de optelling geeft die er het dichtst bij komt.", examples=[15499])
    bedrag: int = Field(description="Opgegeven min berekend.", examples=[61])
    afronding: bool = Field(
        description="Of afronding het verklaart: hoogstens een halve eenheid per opgeteld bedrag.", examples=[False]
    )
    optellingen: list[Optelling] = Field(description="Alle manieren waarop de tabel optelt.")
    aanvaarding: Aanvaarding | None = Field(description="Wie het aanvaardde; null als dat niet is gebeurd.")


class Verschillenverslag(Output):
    """Waar een begroting niet optelt zoals zij zegt."""

    begroting: UUID = Field(description="Identificatie van de versie.", examples=[_ID])
    eenheid_euro: int = Field(description="Euro per eenheid van alle bedragen.", examples=[1000])
    regel: str = Field(description="Hoe is nagerekend.", examples=["Een opgegeven som klopt als zij uit een optelling komt."])
    aantal_sommen: int = Field(ge=0, description="Hoeveel opgegeven sommen zijn nagerekend.", examples=[30])
    verschillen: list[Verschil] = Field(description="De sommen die niet kloppen, in de volgorde van de bron.")


class Verandering(Output):
    """Een bedrag dat anders is dan in de versie waarmee is vergeleken."""

    rij: Rij = Field(description="Wat voor rij.", examples=["regel"])
    prioriteit: str | None = Field(description=_PRIORITEIT, examples=["C2"])
    budgetsoort: Budgetsoort | None = Field(description=_BUDGETSOORT, examples=["kortcyclisch"])
    omschrijving: str = Field(description="Tekst van de bron; bij een som, btw en totaal leeg.", examples=["Sociaal Domein"])
    eerst_euro: int | None = Field(description="Bedrag in euro dat er stond; null als het er niet stond.", examples=[1250000])
    nu_euro: int | None = Field(description="Bedrag in euro dat er staat; null als het er niet staat.", examples=[1311000])
    verschil_euro: int = Field(description="Wat erbij kwam (of, negatief, af ging), in euro.", examples=[61000])


class Versievergelijking(Output):
    """Wat een versie anders heeft dan een andere."""

    begroting: UUID = Field(description="Identificatie van de versie.", examples=[_ID])
    sinds: UUID | None = Field(description="Versie waarmee is vergeleken; null als er geen eerdere is.", examples=[_ID])
    veranderingen: list[Verandering] = Field(description="De bedragen die anders zijn.")


class Begrotingsjaar(Output):
    """Een jaar van een meerjarenbegroting."""

    jaar: int = Field(description=_JAAR, examples=[2020])
    begroting: BegrotingSamenvatting | None = Field(description="De laatst vastgestelde versie; null als er geen is.")
    sommen: list[Som] = Field(description="Wat haar regels samen zijn, in haar eigen eenheid.")
    inclusief_euro: int = Field(ge=0, description="Het totaal met btw, in euro.", examples=[64976000])


class Meerjarenbegroting(Output):
    """Vier jaren achter elkaar: van elk de begroting die geldt."""

    fonds: str = Field(description=_FONDS, examples=["ggu"])
    jaren: list[Begrotingsjaar] = Field(description="De vier jaren.")
    inclusief_euro: int = Field(ge=0, description="De totalen met btw samen, in euro.", examples=[64976000])

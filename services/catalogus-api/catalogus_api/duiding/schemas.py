"""Wire models of the duiding."""

from __future__ import annotations

from typing import Annotated, Literal

from gemeengoed_kit.pagination import Page, PageQuery
from gemeengoed_kit.schema import Day, GivenDay, Input, Line, Moment, Output, Term, Whole
from pydantic import Field

from catalogus_api.duiding.rules import CODE, HOOGSTE, LAAGSTE, MEESTE_GEWICHT, WEGING

MEESTE_CRITERIA = 50
LANGSTE_WEGING = 250
"""Characters of the weights in a question: some ten criteria; two of them fit an address, however they are written."""
Code = Annotated[str, Field(pattern=f"^{CODE}$", max_length=60, description="Identificatie, voorgoed.", examples=["urgentie"])]
Voorzieningcode = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$", examples=["govroam"])]
Fase = Literal["initiatief", "pilot", "impactanalyse", "opschaling", "in beheer", "uitfasering", "gestopt"]
_VASTGELEGD_OP = "Wanneer dit is vastgelegd."
_VASTGELEGD_DOOR = "OIN van wie het vastlegde; null als het met de software is ingelezen."
_VASTGELEGD_NAMENS = "OIN namens wie; null als het niet namens een ander was."
_SCHAAL = f"Wat de scores {LAAGSTE} en {HOOGSTE} betekenen; null: het wordt niet gescoord maar beschreven."
_WEGING = (
    "Code van een weging, zo nodig met punt en versie (`gelijk.1`), anders de laatste. Of zelf gekozen gewichten om te proberen "
    "(`urgentie:2,waarde-dienstverlening:1`); daarvan wordt niets bewaard."
)
_OP = "Met de scores en wegingen zoals zij aan het eind van deze dag waren."
_PROEF = "urgentie:2,waarde-dienstverlening:1"


class _Ondertekend(Output):
    vastgelegd_op: Moment = Field(description=_VASTGELEGD_OP, examples=["2018-01-15T09:00:00.000Z"])
    vastgelegd_door: str | None = Field(description=_VASTGELEGD_DOOR, examples=["00000099000000000002"])
    vastgelegd_namens: str | None = Field(description=_VASTGELEGD_NAMENS, examples=["00000099000000000003"])


class NieuweSchaal(Input):
    """Wat de uiterste scores betekenen."""

    laagste: Line = Field(max_length=200, description=f"Wat {LAAGSTE} betekent.", examples=["kan wachten"])
    hoogste: Line = Field(max_length=200, description=f"Wat {HOOGSTE} betekent.", examples=["kan niet wachten"])


class NieuwCriterium(Input):
    """Een criterium om voorzieningen naar te beoordelen. Het verandert daarna niet meer."""

    code: Code
    naam: Line = Field(max_length=120, description="Naam.", examples=["Urgentie"])
    vraag: Line = Field(max_length=500, description="Wat erbij wordt gevraagd.", examples=["Hoe dringend is het?"])
    schaal: NieuweSchaal | None = Field(None, description=_SCHAAL)
    bronvermelding: Line = Field(max_length=500, description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel A"])
    citaat: Line | None = Field(
        None, max_length=1000, description="Wat daar staat, letterlijk.", examples=["welke projecten zijn urgent"]
    )


class Schaal(Output):
    """Wat de uiterste scores betekenen."""

    laagste: str = Field(description=f"Wat {LAAGSTE} betekent.", examples=["kan wachten"])
    hoogste: str = Field(description=f"Wat {HOOGSTE} betekent.", examples=["kan niet wachten"])


class Criterium(_Ondertekend):
    """Een criterium om voorzieningen naar te beoordelen."""

    code: str = Field(description="Identificatie.", examples=["urgentie"])
    naam: str = Field(description="Naam.", examples=["Urgentie"])
    vraag: str = Field(description="Wat erbij wordt gevraagd.", examples=["Hoe dringend is het?"])
    soort: str = Field(description="weging (gescoord) of kenmerk (beschreven).", examples=["weging"])
    schaal: Schaal | None = Field(description=_SCHAAL)
    bronvermelding: str = Field(description="Waar dit staat.", examples=["VNG, BALV 30-11-2016, voorstel A"])
    citaat: str | None = Field(description="Wat daar staat, letterlijk.", examples=["welke projecten zijn urgent"])


class CriteriaPagina(Page):
    """Criteria, op code."""

    results: list[Criterium] = Field(description="De criteria op deze pagina.")


class NieuwGewicht(Input):
    """Hoe zwaar een criterium telt."""

    criterium: Code
    gewicht: Annotated[Whole, Field(ge=0, le=MEESTE_GEWICHT)] = Field(
        description="Gewicht; het gaat om de verhouding tot de andere.", examples=[2]
    )


class NieuweWeging(Input):
    """De volgende versie van een weging, of de eerste."""

    code: Code
    naam: Line = Field(max_length=120, description="Naam.", examples=["Urgentie dubbel"])
    toelichting: Line = Field(max_length=1000, description="Waarom deze gewichten.", examples=["Zoals besproken (test)."])
    gewichten: list[NieuwGewicht] = Field(
        min_length=1,
        max_length=MEESTE_CRITERIA,
        description="Hoe zwaar elk criterium telt; wat ontbreekt, telt niet.",
    )


class WegingenFilter(PageQuery):
    code: str | None = Field(
        None, pattern=f"^{CODE}$", max_length=60, description="Alleen versies van deze weging.", examples=["gelijk"]
    )


class Gewicht(Output):
    """Hoe zwaar een criterium telt."""

    criterium: str = Field(description="Code van het criterium.", examples=["urgentie"])
    gewicht: int = Field(ge=0, le=MEESTE_GEWICHT, description="Gewicht.", examples=[2])


class Weging(_Ondertekend):
    """Een versie van een weging; zij verandert niet meer."""

    code: str = Field(description="Identificatie.", examples=["gelijk"])
    versie: int = Field(ge=1, description="Nummer van deze versie.", examples=[1])
    naam: str = Field(description="Naam.", examples=["Gelijke gewichten"])
    toelichting: str = Field(description="Waarom deze gewichten.", examples=["De stukken noemen geen gewichten."])
    gewichten: list[Gewicht] = Field(description="Hoe zwaar elk criterium telt.")


class WegingenPagina(Page):
    """Versies van wegingen, op code, de nieuwste eerst."""

    results: list[Weging] = Field(description="De wegingen op deze pagina.")


class NieuweScore(Input):
    """Een beoordeling van een voorziening op een criterium. Een nieuwe komt naast de vorige."""

    voorziening: Voorzieningcode = Field(description="Code van de voorziening.")
    criterium: Code
    waarde: Annotated[Whole, Field(ge=LAAGSTE, le=HOOGSTE)] | None = Field(
        None, description="Score; null bij een criterium dat wordt beschreven.", examples=[4]
    )
    fase: Fase | None = Field(None, description="In welke fase dit is beoordeeld.", examples=["pilot"])
    toelichting: Line = Field(max_length=2000, description="Waarom, of de beschrijving.", examples=["Om te proberen (test)."])


class ScoresFilter(PageQuery):
    voorziening: Voorzieningcode | None = Field(None, description="Alleen van deze voorziening.")
    criterium: str | None = Field(
        None, pattern=f"^{CODE}$", max_length=60, description="Alleen op dit criterium.", examples=["urgentie"]
    )
    fase: Fase | None = Field(None, description="Alleen beoordeeld in deze fase.", examples=["pilot"])


class Score(_Ondertekend):
    """Een beoordeling van een voorziening op een criterium; zij verandert niet meer."""

    id: int = Field(ge=1, description="Nummer.", examples=[1])
    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    criterium: str = Field(description="Code van het criterium.", examples=["urgentie"])
    waarde: int | None = Field(
        ge=LAAGSTE, le=HOOGSTE, description="Score; null bij een criterium dat wordt beschreven.", examples=[4]
    )
    fase: str | None = Field(description="In welke fase dit is beoordeeld; null: niet gezegd.", examples=["pilot"])
    toelichting: str = Field(description="Waarom, of de beschrijving.", examples=["Om te proberen (test)."])


class ScoresPagina(Page):
    """Scores, nieuwste eerst."""

    results: list[Score] = Field(description="De scores op deze pagina.")


class Rangschikkingvraag(Input):
    """By which weights to rank, and what."""

    weging: str = Field(pattern=WEGING, max_length=LANGSTE_WEGING, description=_WEGING, examples=["gelijk"])
    op: GivenDay | None = Field(None, description=_OP, examples=["2018-01-15"])
    domein: Term | None = Field(
        None, max_length=60, description="Alleen voorzieningen in dit domein.", examples=["sociaal domein"]
    )


class Vergelijkingvraag(Rangschikkingvraag):
    """Which two sets of weights."""

    met: str = Field(pattern=WEGING, max_length=LANGSTE_WEGING, description=f"De andere. {_WEGING}", examples=[_PROEF])


class GebruikteWeging(Output):
    """Waarmee is gewogen."""

    code: str | None = Field(description="Code van de weging; null: zelf gekozen gewichten.", examples=["gelijk"])
    versie: int | None = Field(ge=1, description="Versie van de weging; null: zelf gekozen gewichten.", examples=[1])
    naam: str = Field(description="Naam.", examples=["Gelijke gewichten"])
    gewichten: list[Gewicht] = Field(description="Hoe zwaar elk criterium telt.")


class Criteriumbijdrage(Output):
    """Wat een criterium aan de som bijdraagt."""

    criterium: str = Field(description="Code van het criterium.", examples=["urgentie"])
    score: int | None = Field(ge=1, description="Nummer van de score; null: er is geen.", examples=[1])
    waarde: int | None = Field(ge=LAAGSTE, le=HOOGSTE, description="De score; null: er is geen.", examples=[4])
    gewicht: int = Field(ge=1, le=MEESTE_GEWICHT, description="Gewicht.", examples=[2])
    bijdrage: int | None = Field(ge=1, description="Gewicht maal score; null zonder score.", examples=[8])


class Geplaatst(Output):
    """Een voorziening in de rangschikking."""

    plaats: int | None = Field(ge=1, description="Plaats; null als een score ontbreekt.", examples=[1])
    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    naam: str = Field(description="Naam van de voorziening.", examples=["Govroam"])
    som: int | None = Field(ge=1, description="Som van de bijdragen; null als een score ontbreekt.", examples=[17])
    bijdragen: list[Criteriumbijdrage] = Field(description="Per criterium met gewicht, op code.")
    ontbreekt: list[str] = Field(description="Criteria met gewicht waarop een score ontbreekt.", examples=[[]])


class Rangschikking(Output):
    """Een rangschikking, met alles om haar na te rekenen."""

    weging: GebruikteWeging
    op: Day = Field(description="De dag waarvan de scores zijn.", examples=["2018-01-15"])
    regel: str = Field(description="Hoe is gerangschikt.")
    hoogste_som: int = Field(ge=1, description="De hoogste som die met deze gewichten kan.", examples=[20])
    results: list[Geplaatst] = Field(description="De voorzieningen die een score hebben, op plaats; die zonder plaats achteraan.")


class Invloed(Output):
    """Wat het andere gewicht van een criterium met een voorziening deed."""

    criterium: str = Field(description="Code van het criterium.", examples=["urgentie"])
    invloed: int = Field(
        ge=-(10**15),
        le=10**15,
        description="Meer dan 0: omhoog, minder: omlaag; in de verhouding tot de andere criteria.",
        examples=[12],
    )


class Verschuiving(Output):
    """Een voorziening in beide rangschikkingen."""

    voorziening: str = Field(description="Code van de voorziening.", examples=["govroam"])
    naam: str = Field(description="Naam van de voorziening.", examples=["Govroam"])
    plaats: int = Field(ge=1, description="Plaats met de ene weging.", examples=[3])
    plaats_met: int = Field(ge=1, description="Plaats met de andere.", examples=[1])
    verschuiving: int = Field(ge=-500, le=500, description="Hoeveel plaatsen omhoog (meer dan 0) of omlaag.", examples=[2])
    som: int = Field(ge=1, description="Som met de ene weging.", examples=[17])
    som_met: int = Field(ge=1, description="Som met de andere.", examples=[21])
    oorzaak: str | None = Field(
        description="Het criterium dat dit het meest veroorzaakt; null als de plaats gelijk blijft.", examples=["urgentie"]
    )
    invloeden: list[Invloed] = Field(description="Per criterium; leeg als de plaats gelijk blijft.")


class Vergelijking(Output):
    """Twee rangschikkingen naast elkaar."""

    weging: GebruikteWeging
    met: GebruikteWeging
    op: Day = Field(description="De dag waarvan de scores zijn.", examples=["2018-01-15"])
    regel: str = Field(description="Hoe is vergeleken.")
    results: list[Verschuiving] = Field(description="De voorzieningen met een plaats in beide, op de ene plaats.")
    zonder_plaats: list[str] = Field(
        description="Codes van voorzieningen waarvan een score ontbreekt die in een van beide telt.", examples=[[]]
    )

"""What a levy makes of inhabitants, to the cent. Pure.

Rates are whole thousandths of a cent per inhabitant (1.000 is one cent). An amount is rounded once, to whole cents, half a
cent up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import allocate

from fonds_api.omslag.errors import GemeentenOnbruikbaar

OMVANG, TARIEF, KLASSE, SCHIJF = "omvang", "tarief", "klasse", "schijf"
Vorm = Literal["omvang", "tarief", "klasse", "schijf"]
LEZINGEN = (KLASSE, SCHIJF)
Stand = Literal["aangevraagd", "vastgesteld", "geweigerd"]
"""How a request for adoption fares."""
Status = Literal["voorstel", "aangevraagd", "vastgesteld"]
VOORSTEL, AANGEVRAAGD, VASTGESTELD, GEWEIGERD = "voorstel", "aangevraagd", "vastgesteld", "geweigerd"
MILLI = 1000
"""Thousandths of a cent in a cent; also the whole of which terms are parts."""
REGELS = {
    OMVANG: "Omslag × inwoners van de gemeente ÷ inwoners van alle gemeenten samen, naar beneden afgerond op hele centen. "
    "De centen die dan overblijven gaan één voor één naar de grootste resten; bij gelijke rest op volgorde van gemeentecode.",
    TARIEF: "Inwoners van de gemeente × tarief, afgerond op hele centen; een halve cent naar boven.",
    KLASSE: "Alle inwoners van de gemeente × het tarief van de klasse waarin dat aantal valt, afgerond op hele centen; een "
    "halve cent naar boven.",
    SCHIJF: "De inwoners in elke schijf × het tarief van die schijf, samen afgerond op hele centen; een halve cent naar boven.",
}
COMPENSATIE = (
    "Herindelingscompensatie (een keuze van dit project): een gemeente die in de laatste {jaren} jaar tot en met de dag van de "
    "indeling bij een herindeling is ingesteld, betaalt niet meer "
    "dan haar voorgangers samen zouden betalen onder dezelfde omslag, "
    "elk over haar inwoners op de laatste 1 januari daarvoor."
)


@dataclass(frozen=True)
class Voorganger:
    """A gemeente that has gone up in another, with its last inhabitants before."""

    code: str
    naam: str
    inwoners: int
    peildatum: date


@dataclass(frozen=True)
class Inwonertal:
    """A gemeente as catalogus gives it: `inwoners` on `peildatum`; both None when there is no figure.

    Attributes:
        status: voorlopig or definitief; None where the source does not say.
        voorgangers: what it was made of, where that matters.
    """

    code: str
    naam: str
    inwoners: int | None
    peildatum: date | None
    status: str | None = None
    voorgangers: tuple[Voorganger, ...] = ()


@dataclass(frozen=True)
class Regel:
    """The calculation of a levy.

    Attributes:
        bedrag_cent: of omvang, what is divided.
        grenzen: highest number of inhabitants of each band but the last, ascending.
        tarieven_millicent: per inhabitant, in thousandths of a cent: one, or one for each band.
        compensatie_jaren: 0 is no herindelingscompensatie.
    """

    vorm: str
    bedrag_cent: int | None = None
    grenzen: tuple[int, ...] = ()
    tarieven_millicent: tuple[int, ...] = ()
    compensatie_jaren: int = 0


@dataclass(frozen=True)
class Deel:
    """What a band contributes to an amount: how many inhabitants at which rate."""

    tot_en_met: int | None
    inwoners: int
    tarief_millicent: int


@dataclass(frozen=True)
class Bedrag:
    """What a gemeente pays, in cents: `bruto_cent` by the rule, less `compensatie_cent`."""

    bruto_cent: int
    compensatie_cent: int = 0

    @property
    def cent(self) -> int:
        return self.bruto_cent - self.compensatie_cent


def eisen_bruikbaar(peildatum: date, gemeenten: Sequence[Inwonertal]) -> None:
    """Refuse what cannot be calculated with.

    Raises:
        GemeentenOnbruikbaar: there are no gemeenten, or some have no inhabitants on the peildatum or occur twice; all are named.
    """
    dubbel = {code for code, aantal in Counter(gemeente.code for gemeente in gemeenten).items() if aantal > 1}
    fout = [g for g in gemeenten if g.code in dubbel or not g.inwoners or g.peildatum != peildatum]
    if fout or not gemeenten:
        namen = ", ".join(map(_naam, fout)) or "er is er geen"
        raise GemeentenOnbruikbaar(
            f"Gemeenten die dubbel voorkomen of geen inwoners hebben op {peildatum}: {namen}.",
            gemeentecodes=sorted({gemeente.code for gemeente in fout}),
        )


def berekenen(regel: Regel, gemeenten: Sequence[Inwonertal]) -> dict[str, Bedrag]:
    """What each gemeente pays, by gemeentecode; of an omvang the amounts add up to it exactly. All have inhabitants."""
    if regel.vorm == OMVANG:
        samen = allocate(regel.bedrag_cent or 0, {g.code: g.inwoners or 0 for g in gemeenten})
        return {code: Bedrag(cent) for code, cent in samen.items()}
    return {g.code: _bedrag(regel, g) for g in gemeenten}


def per_inwoners(regel: Regel, inwoners: int, inwoners_totaal: int) -> int:
    """What a number of inhabitants comes to in cents, without compensation; of an omvang the share, rounded by itself."""
    if regel.vorm == OMVANG:
        return (2 * (regel.bedrag_cent or 0) * inwoners + inwoners_totaal) // (2 * inwoners_totaal)
    return afgerond(millicent(regel, inwoners))


def millicent(regel: Regel, inwoners: int) -> int:
    """The exact amount of a rate or of bands, in thousandths of a cent."""
    return sum(deel.inwoners * deel.tarief_millicent for deel in delen(regel, inwoners))


def delen(regel: Regel, inwoners: int) -> list[Deel]:
    """The inhabitants over the rates: of a tarief and a klasse all at one, of schijven as many in each as fall in it."""
    grenzen = (*regel.grenzen, None)
    if regel.vorm != SCHIJF:
        nummer = next(n for n, tot in enumerate(grenzen) if tot is None or inwoners <= tot)
        return [Deel(grenzen[nummer], inwoners, regel.tarieven_millicent[nummer])]
    gevonden, onder = [], 0
    for tot, tarief in zip(grenzen, regel.tarieven_millicent, strict=True):
        gevonden.append(Deel(tot, max(0, (inwoners if tot is None else min(inwoners, tot)) - onder), tarief))
        onder = tot or onder
    return gevonden


def afgerond(duizendsten: int) -> int:
    """Thousandths of a cent (zero or more) to whole cents, half a cent up."""
    return (duizendsten + MILLI // 2) // MILLI


def termijnen(bedrag_cent: int, promillen: Sequence[int]) -> list[int]:
    """An amount over terms, in cents: up to each term together the rounded part of it, so that the whole is exact."""
    grens = [afgerond(bedrag_cent * sum(promillen[:aantal])) for aantal in range(len(promillen) + 1)]
    return [na - voor for voor, na in pairwise(grens)]


def exclusief(inclusief_cent: int, btw_procent: int) -> int:
    """An amount without the VAT that is in it, rounded to cents, half a cent away from zero."""
    deler = 100 + btw_procent
    cent = (2 * 100 * abs(inclusief_cent) + deler) // (2 * deler)
    return cent if inclusief_cent >= 0 else -cent


def jaren_eerder(dag: date, jaren: int) -> date:
    """The same day so many years before; of 29 February, the 28th."""
    try:
        return dag.replace(year=dag.year - jaren)
    except ValueError:
        return dag.replace(year=dag.year - jaren, day=28)


def fouten(regel: Regel, *, a_conto: bool, promillen: Sequence[int]) -> list[InvalidParam]:
    """What does not fit together in a levy; empty when all does."""
    gevonden, aantal = [], {OMVANG: 0, TARIEF: 1}.get(regel.vorm)
    if (regel.vorm == OMVANG) != (regel.bedrag_cent is not None):
        gevonden.append(InvalidParam("bedragCent", "vorm", "een omvang heeft een bedrag, de andere vormen niet"))
    if aantal is None and (len(regel.tarieven_millicent) != len(regel.grenzen) + 1 or not regel.grenzen):
        gevonden.append(InvalidParam("banden", "vorm", "klassen en schijven hebben twee of meer banden"))
    elif aantal is not None and (len(regel.tarieven_millicent) != aantal or regel.grenzen):
        gevonden.append(InvalidParam("banden", "vorm", "een omvang heeft geen banden, een tarief heeft er één zonder grens"))
    if any(na <= voor for voor, na in pairwise(regel.grenzen)):
        gevonden.append(InvalidParam("banden", "volgorde", "de grenzen lopen op"))
    if regel.compensatie_jaren and regel.vorm not in LEZINGEN:
        gevonden.append(InvalidParam("compensatieJaren", "vorm", "alleen bij klassen en schijven"))
    samen = sum(promillen)
    if samen > MILLI or (samen < MILLI and not a_conto):
        gevonden.append(InvalidParam("termijnen", "som", f"samen {samen} promille; alleen a conto mag minder dan 1000"))
    return gevonden


def pad_van_indexatie(fonds: str) -> str:
    """How the path begins of what is indexed for the levies of a fonds: its size, or a tariff."""
    return f"/v1/omslagen/{fonds}/"


@dataclass(frozen=True)
class Geindexeerd:
    """What an indexation came to.

    Attributes:
        pad: of what was indexed, in this API; None when it is kept elsewhere.
        prijs: in euros.
    """

    pad: str | None
    jaar: int
    prijs: Decimal


def indexatiefouten(
    regel: Regel, fonds: str, jaar: int, geindexeerd: Mapping[int, Geindexeerd], namen: Mapping[int, str]
) -> list[InvalidParam]:
    """What indexations and the amounts that were taken from them do not have in common.

    Args:
        geindexeerd: by place: 0 the size, 1, 2 … a band.
        namen: the name in the input of each place.
    """
    gevonden = []
    for plek, toepassing in sorted(geindexeerd.items()):
        naam = namen[plek]
        if toepassing.pad is None or not toepassing.pad.startswith(pad_van_indexatie(fonds)):
            gevonden.append(InvalidParam(naam, "onderwerp", f"zij is niet van {pad_van_indexatie(fonds)}… bij bron fonds"))
        if toepassing.jaar != jaar:
            gevonden.append(InvalidParam(naam, "jaar", f"zij is van {toepassing.jaar}, de omslag van {jaar}"))
        bedrag, deel = (regel.bedrag_cent, 100) if plek == 0 else (regel.tarieven_millicent[plek - 1], 100 * MILLI)
        if toepassing.prijs * deel != bedrag:
            gevonden.append(InvalidParam(naam, "bedrag", f"zij komt uit op € {toepassing.prijs.normalize():f}"))
    return gevonden


def _bedrag(regel: Regel, gemeente: Inwonertal) -> Bedrag:
    bruto = afgerond(millicent(regel, gemeente.inwoners or 0))
    if not regel.compensatie_jaren or not gemeente.voorgangers:
        return Bedrag(bruto)
    eerder = sum(afgerond(millicent(regel, van.inwoners)) for van in gemeente.voorgangers)
    return Bedrag(bruto, max(0, bruto - eerder))


def _naam(gemeente: Inwonertal) -> str:
    wel = f" (inwoners van {gemeente.peildatum})" if gemeente.peildatum else ""
    return f"{gemeente.code} {gemeente.naam}{wel}"

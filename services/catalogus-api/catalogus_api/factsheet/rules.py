"""What a factsheet may say of costs and savings, and what they come to for one gemeente. Pure.

Amounts are whole hundredths of their unit: cents of a euro, hundredths of an fte or of an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import allocate

Soort = Literal["kosten", "besparing"]
Ritme = Literal["eenmalig", "jaarlijks", "per keer"]
Eenheid = Literal["euro", "fte", "uren"]
Basis = Literal["vast", "per inwoner", "per gebruiker", "naar inwoners", "naar gebruikers"]
Reikwijdte = Literal["per gemeente", "landelijk"]
Voor = Literal["gemeente", "ketenpartner", "inwoner", "ondernemer", "leverancier"]

GROOTSTE = 10**12
"""Hundredths in one post: 10 billion euro."""
GROOTSTE_PER_STUK = 10**8
"""Hundredths per inhabitant or user, so that all of them together stay far within an int64."""
NIET_GENOEMD = "niet genoemd"


@dataclass(frozen=True)
class Band:
    """From `vanaf` inhabitants or users, to but not including `tot` (None: and more), it is between `laag` and `hoog`."""

    vanaf: int
    tot: int | None
    laag: int
    hoog: int


@dataclass(frozen=True)
class Post:
    """A cost or saving. What the source does not name is None; without amount and bands there is nothing to compute."""

    omschrijving: str
    soort: str
    voor: str
    ritme: str | None
    eenheid: str | None
    basis: str | None
    reikwijdte: str
    laag: int | None
    hoog: int | None
    staffel: tuple[Band, ...] = ()

    @classmethod
    def van(cls, rij: Mapping[str, Any]) -> Post:
        """From a post as it is stored."""
        namen = [naam for naam in cls.__dataclass_fields__ if naam != "staffel"]
        return cls(**{naam: rij[naam] for naam in namen}, staffel=tuple(Band(**band) for band in rij["staffel"]))


@dataclass(frozen=True)
class Maat:
    """What a raming is measured by.

    Attributes:
        inwoners: of every gemeente that was counted at `peildatum`, by code.
        gebruikers: as the one who asks gives them; None when not given.
    """

    gemeente: str
    peildatum: date | None
    inwoners: Mapping[str, int]
    gebruikers: int | None


@dataclass(frozen=True)
class Uitkomst:
    """What a post comes to: an amount with the calculation in words, or why there is none.

    Attributes:
        laag, hoog: hundredths of the unit; None when it cannot be computed.
        band: the one that was chosen.
    """

    laag: int | None
    hoog: int | None
    berekening: str
    band: Band | None = None


def bezwaren(posten: Sequence[Post]) -> list[InvalidParam]:
    """All that is wrong with the posts of a factsheet, by the names of the wire."""
    return [
        InvalidParam(f"posten.{nummer}.{naam}", code, reden)
        for nummer, post in enumerate(posten)
        for naam, code, reden in _bezwaren(post)
    ]


def _bezwaren(post: Post) -> Iterable[tuple[str, str, str]]:
    if (post.laag is None) != (post.hoog is None):
        yield "hoog", "samen", "laag en hoog worden samen gegeven, of geen van beide"
    if post.laag is not None and post.hoog is not None and post.laag > post.hoog:
        yield "hoog", "te_laag", "hoog is minder dan laag"
    met_bedrag = post.laag is not None or post.hoog is not None
    if met_bedrag or post.staffel:
        for naam in ("eenheid", "basis"):
            if getattr(post, naam) is None:
                yield naam, "ontbreekt", f"een bedrag heeft een {naam}"
    per_stuk = post.basis in ("per inwoner", "per gebruiker")
    if per_stuk and max(post.laag or 0, post.hoog or 0) > GROOTSTE_PER_STUK:
        yield "hoog", "te_hoog", f"per inwoner of gebruiker hoogstens {GROOTSTE_PER_STUK}"
    if post.reikwijdte == "landelijk" and post.basis not in (None, "vast"):
        yield "basis", "landelijk", "een landelijk bedrag is vast; de raming deelt het naar inwoners"
    if post.staffel:
        if post.basis not in ("naar inwoners", "naar gebruikers"):
            yield "basis", "staffel", "een staffel gaat naar inwoners of naar gebruikers"
        if met_bedrag:
            yield "laag", "staffel", "met een staffel staan laag en hoog in haar banden"
        yield from _in_de_staffel(post.staffel)


def _in_de_staffel(staffel: Sequence[Band]) -> Iterable[tuple[str, str, str]]:
    """The bands of a staffel are one after the other, from nothing to everything."""
    verwacht: int | None = 0
    for nummer, band in enumerate(staffel):
        if band.vanaf != verwacht:
            waar = "waar de vorige eindigt" if nummer else "bij 0"
            yield f"staffel.{nummer}.vanaf", "aansluiting", f"een band begint {waar}"
        if band.tot is not None and band.tot <= band.vanaf:
            yield f"staffel.{nummer}.tot", "leeg", "een band eindigt na zijn begin"
        if band.laag > band.hoog:
            yield f"staffel.{nummer}.hoog", "te_laag", "hoog is minder dan laag"
        verwacht = band.tot
    if verwacht is not None:
        yield f"staffel.{len(staffel) - 1}.tot", "aansluiting", "de laatste band heeft geen einde"


def band_van(staffel: Sequence[Band], aantal: int) -> Band:
    """The band that a number lies in; of a staffel without objections there always is exactly one."""
    return next(band for band in staffel if band.vanaf <= aantal and (band.tot is None or aantal < band.tot))


def raam(post: Post, maat: Maat) -> Uitkomst:
    """What a post comes to for one gemeente.

    A national amount is divided by inhabitants, by largest remainder: what all gemeenten get adds up to it exactly. Everything
    else is whole by itself, so that nothing is rounded. What the source or the one who asks leaves open is not guessed.
    """
    if post.laag is None or post.hoog is None:
        return _naar_staffel(post, maat) if post.staffel else _niet("de bron noemt geen bedrag")
    if post.ritme == "per keer":
        return _niet(f"{bereik(post.laag, post.hoog, post.eenheid)} per keer; hoe vaak het voorkomt, is niet bekend")
    if post.reikwijdte == "landelijk":
        return _aandeel(post, maat, post.laag, post.hoog)
    if post.basis in ("per inwoner", "per gebruiker"):
        return _per_stuk(post, maat, post.laag, post.hoog)
    tekst = bereik(post.laag, post.hoog, post.eenheid)
    if post.basis in ("naar inwoners", "naar gebruikers"):
        naar = post.basis.replace("naar", "naar het aantal")
        return Uitkomst(post.laag, post.hoog, f"{tekst}, {naar}; de bron geeft geen staffel, dus hier het hele bereik")
    return Uitkomst(post.laag, post.hoog, f"{tekst}, voor elke gemeente gelijk")


def _niet(reden: str) -> Uitkomst:
    return Uitkomst(None, None, f"Niet te berekenen: {reden}.")


def _aantal(post: Post, maat: Maat) -> tuple[int | None, str, str]:
    """(how many, of what, why not), of what a post goes by."""
    if post.basis in ("per gebruiker", "naar gebruikers"):
        return maat.gebruikers, "gebruikers", "het aantal gebruikers is niet gegeven (vraag met `gebruikers`)"
    return maat.inwoners.get(maat.gemeente), "inwoners", "van deze gemeente is op die dag geen inwonertal bekend"


def _naar_staffel(post: Post, maat: Maat) -> Uitkomst:
    aantal, waarvan, waarom = _aantal(post, maat)
    if aantal is None:
        return _niet(waarom)
    band = band_van(post.staffel, aantal)
    grens = f"vanaf {telling(band.vanaf)}" + ("" if band.tot is None else f" tot {telling(band.tot)}")
    bedrag = bereik(band.laag, band.hoog, post.eenheid)
    if post.ritme == "per keer":
        return _niet(f"{bedrag} per keer; hoe vaak het voorkomt, is niet bekend")
    return Uitkomst(band.laag, band.hoog, f"{telling(aantal)} {waarvan} valt in de band {grens}: {bedrag}", band)


def _per_stuk(post: Post, maat: Maat, laag: int, hoog: int) -> Uitkomst:
    aantal, waarvan, waarom = _aantal(post, maat)
    if aantal is None:
        return _niet(waarom)
    som = bereik(laag * aantal, hoog * aantal, post.eenheid)
    return Uitkomst(laag * aantal, hoog * aantal, f"{bereik(laag, hoog, post.eenheid)} × {telling(aantal)} {waarvan} = {som}")


def _aandeel(post: Post, maat: Maat, laag: int, hoog: int) -> Uitkomst:
    eigen = maat.inwoners.get(maat.gemeente)
    if eigen is None:
        return _niet(_aantal(post, maat)[2])
    mijn_laag, mijn_hoog = aandelen(laag, hoog, maat.inwoners)[maat.gemeente]
    allen = telling(sum(maat.inwoners.values()))
    som = bereik(mijn_laag, mijn_hoog, post.eenheid)
    tekst = f"landelijk {bereik(laag, hoog, post.eenheid)} × {telling(eigen)} / {allen} inwoners = {som}"
    return Uitkomst(mijn_laag, mijn_hoog, f"{tekst} (naar rato van inwoners, grootste rest)")


def aandelen(laag: int, hoog: int, inwoners: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """(lowest, highest) share of every gemeente in a national amount; all together they are that amount exactly.

    What is between the two is divided by itself: dividing each by itself could make a lowest share larger than the highest,
    since by largest remainder a larger total may give one of them less.
    """
    onder, ertussen = allocate(laag, inwoners), allocate(hoog - laag, inwoners)
    return {code: (onder[code], onder[code] + ertussen[code]) for code in onder}


@dataclass(frozen=True)
class Totaal:
    """Sum of the posts of one kind that could be computed.

    Attributes:
        laag, hoog: hundredths of the unit.
        posten: number of posts in it.
    """

    soort: str
    ritme: str | None
    eenheid: str
    laag: int
    hoog: int
    posten: int


def totalen(geraamd: Iterable[tuple[Post, Uitkomst]]) -> list[Totaal]:
    """The sums for the gemeente itself: what others pay or save is not among them, nor what could not be computed."""
    sommen: dict[tuple[str, str, str], list[int]] = {}
    for post, uit in geraamd:
        if telt_mee(post, uit) and post.eenheid is not None and uit.laag is not None and uit.hoog is not None:
            som = sommen.setdefault((post.soort, post.ritme or "", post.eenheid), [0, 0, 0])
            som[:] = [som[0] + uit.laag, som[1] + uit.hoog, som[2] + 1]
    volgorde = sorted(sommen, key=lambda sleutel: (sleutel[0] != "kosten", sleutel))
    return [Totaal(soort, ritme or None, eenheid, *sommen[soort, ritme, eenheid]) for soort, ritme, eenheid in volgorde]


def telt_mee(post: Post, uit: Uitkomst) -> bool:
    """Whether it is in the totals of the gemeente."""
    return post.voor == "gemeente" and uit.laag is not None


def telling(aantal: int) -> str:
    """365000 to "365.000"."""
    return f"{aantal:,}".replace(",", ".")


def bedrag(waarde: int, eenheid: str | None) -> str:
    """Hundredths of a unit as a person writes them: "€ 1.500", "€ 0,90", "1,5 uur", "0,25 fte"."""
    heel, rest = divmod(waarde, 100)
    if eenheid == "euro":
        return f"€ {telling(heel)}" + (f",{rest:02d}" if rest else "")
    return telling(heel) + (f",{rest:02d}".rstrip("0") if rest else "") + (" fte" if eenheid == "fte" else " uur")


def bereik(laag: int, hoog: int, eenheid: str | None) -> str:
    """ "€ 500 tot € 2.500"; one amount when both are the same."""
    if laag == hoog:
        return bedrag(laag, eenheid)
    onder = bedrag(laag, eenheid)
    return f"{onder if eenheid == 'euro' else onder.rpartition(' ')[0]} tot {bedrag(hoog, eenheid)}"


def buiten_de_tijd(datum: date, vandaag: date, vorige: date | None) -> list[InvalidParam]:
    """What is wrong with the day of a factsheet: it is not of a day to come, nor of before the one that it follows."""
    if datum > vandaag:
        return [InvalidParam("datum", "te_laat", f"{datum} ligt na vandaag, {vandaag}")]
    if vorige is not None and datum < vorige:
        return [InvalidParam("datum", "te_vroeg", f"{datum} ligt voor {vorige}, de datum van de vorige versie")]
    return []

"""When an entry may be booked or reversed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros

from fonds_api.boeking.errors import NietInEvenwicht, OnbekendeRekening, StornoVanStorno, StornoVoorBoeking


@dataclass(frozen=True, slots=True)
class Regel:
    """One line: an account and a signed amount in cents; debet is positive, credit negative."""

    rekening: str
    bedrag_cent: int


@dataclass(frozen=True, slots=True)
class Post:
    """An entry that is to be booked.

    Attributes:
        bron, pad: the document that it is made of.
    """

    fonds: str
    boekdatum: date
    omschrijving: str
    bron: str
    pad: str
    regels: Sequence[Regel]

    @property
    def document(self) -> tuple[str, str, str]:
        """What is booked at most once."""
        return self.fonds, self.bron, self.pad


def verschil(regels: Sequence[Regel]) -> int:
    """Debet minus credit in cents; zero for an entry in balance."""
    return sum(regel.bedrag_cent for regel in regels)


def debet(regels: Sequence[Regel]) -> int:
    """The size of an entry: the sum of its debet lines, in cents."""
    return sum(max(0, regel.bedrag_cent) for regel in regels)


def spiegel(regels: Sequence[Regel]) -> list[Regel]:
    """The lines of a storno: the same accounts in the same order, with the opposite amounts."""
    return [Regel(regel.rekening, -regel.bedrag_cent) for regel in regels]


def eisen_boekbaar(fonds: str, rekeningen: Collection[str], regels: Sequence[Regel]) -> None:
    """Refuse an entry that cannot be booked in a fonds with these accounts; all faults are named at once.

    Raises:
        OnbekendeRekening: lines name accounts that the fonds does not have, or that are not booked on.
        NietInEvenwicht: the lines do not add up to zero; `verschilCent` says by how much.
    """
    onbekend, scheef = _onbekend(fonds, rekeningen, regels), _scheef(regels)
    if onbekend:
        raise OnbekendeRekening(
            f"{len(onbekend)} regel(s) noemen een rekening waarop in fonds {fonds} niet wordt geboekt.",
            invalid_params=onbekend + scheef,
        )
    eisen_evenwicht(regels)


def eisen_evenwicht(regels: Sequence[Regel]) -> None:
    """Refuse lines that do not add up to zero.

    Raises:
        NietInEvenwicht: they do not; `verschilCent` says by how much.
    """
    if scheef := _scheef(regels):
        raise NietInEvenwicht(scheef[0].reason, invalid_params=scheef, verschilCent=verschil(regels))


def bezwaren(
    posten: Sequence[Post],
    rekeningen: Mapping[str, Collection[str]],
    laatste: date,
    wachten: Callable[[str, str, int], bool] = lambda fonds, bron, cent: False,
) -> list[InvalidParam]:
    """Everything that is wrong with entries that are to be booked together, each with its place in the list.

    Args:
        rekeningen: the accounts of each fonds that exists.
        laatste: the last boekdatum that may be.
        wachten: whether an entry in a fonds, of a source and of a size, must first be confirmed by somebody else.
    """
    gevonden: list[InvalidParam] = []
    eerder: dict[tuple[str, str, str], int] = {}
    for nummer, post in enumerate(posten):
        voor = f"boekingen.{nummer}."
        if post.boekdatum > laatste:
            gevonden.append(InvalidParam(f"{voor}boekdatum", "te_ver_vooruit", f"{post.boekdatum} ligt na {laatste}"))
        if post.fonds not in rekeningen:
            gevonden.append(InvalidParam(f"{voor}fonds", "onbekend", f"er is geen fonds {post.fonds}"))
        else:
            gevonden += _onbekend(post.fonds, rekeningen[post.fonds], post.regels, voor)
        gevonden += _scheef(post.regels, voor)
        if wachten(post.fonds, post.bron, debet(post.regels)):
            gevonden.append(
                InvalidParam(f"{voor}regels", "vier_ogen", "wacht op bevestiging door een ander; bied haar apart aan")
            )
        eerste = eerder.setdefault(post.document, nummer)
        if eerste != nummer:
            gevonden.append(InvalidParam(f"{voor}bron", "dubbel", f"hetzelfde document als boekingen.{eerste}"))
    return gevonden


def eisen_storneerbaar(storno: bool, boekdatum: date, op: date) -> None:
    """Refuse to reverse an entry.

    Args:
        storno: whether the entry reverses another one itself.
        boekdatum: of the entry.
        op: boekdatum of the storno.

    Raises:
        StornoVanStorno, StornoVoorBoeking: what the names say.
    """
    if storno:
        raise StornoVanStorno("Deze boeking is zelf een storno.")
    if op < boekdatum:
        raise StornoVoorBoeking(
            f"De boeking is van {boekdatum}; {op} ligt daarvoor.",
            invalid_params=[InvalidParam("boekdatum", "te_vroeg", f"{op} ligt voor {boekdatum}")],
        )


def _onbekend(fonds: str, rekeningen: Collection[str], regels: Sequence[Regel], voor: str = "") -> list[InvalidParam]:
    return [
        InvalidParam(
            f"{voor}regels.{nummer}.rekening", "onbekend", f"op rekening {regel.rekening} van fonds {fonds} wordt niet geboekt"
        )
        for nummer, regel in enumerate(regels)
        if regel.rekening not in rekeningen
    ]


def _scheef(regels: Sequence[Regel], voor: str = "") -> list[InvalidParam]:
    cent = verschil(regels)
    return [InvalidParam(f"{voor}regels", "evenwicht", uitleg_verschil(cent))] if cent else []


def uitleg_verschil(cent: int) -> str:
    """A text about an entry that is `cent` out of balance."""
    meer, minder = ("debet", "credit") if cent > 0 else ("credit", "debet")
    return f"Er staat {format_euros(abs(cent))} meer {meer} dan {minder}; een boeking telt op tot nul."

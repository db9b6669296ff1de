"""Invoice numbers, the betalingskenmerk, and what an earlier invoice turns out to have been wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from abonnement_api.tarief.rules import Pakket, factuurbedrag

CREDITREEKS = 500_000
REEKS = 100_000
"""Numbers in the series of a seller; the first digit of a number is the series."""
GEWICHTEN = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
STROOM = 1
"""First digit after the check digit. It marks the invoices of this service, so another stream never has the same kenmerk."""


def factuurnummer(jaar: int, volgnummer: int) -> str:
    """2018 and 7 to "2018-000007"."""
    return f"{jaar}-{volgnummer:06d}"


def creditnummer(jaar: int, volgnummer: int) -> str:
    """2018 and 7 to "2018-500007": credit notes have a series of their own."""
    return f"{jaar}-{CREDITREEKS + volgnummer}"


def boekomschrijving(nummer: str, gemeentenaam: str) -> str:
    """The description of an invoice's entry in the ledger of fonds."""
    return f"Factuur {nummer} aan gemeente {gemeentenaam}"


def controlecijfer(cijfers: str) -> int:
    """Check digit of a betalingskenmerk, over the digits behind it (Betaalvereniging Nederland).

    Weights from the right, then 11 minus the remainder modulo 11; 10 becomes 1 and 11 becomes 0. So some wrong digits are
    not noticed: a kenmerk counts only if an invoice has it.
    """
    som = sum(int(cijfer) * GEWICHTEN[plaats % len(GEWICHTEN)] for plaats, cijfer in enumerate(reversed(cijfers)))
    return {10: 1, 11: 0}.get(11 - som % 11, 11 - som % 11)


def is_betalingskenmerk(cijfers: str) -> bool:
    """Whether these digits, without spaces, are a betalingskenmerk with a correct check digit.

    Lengths: 16 (check digit and 15 digits) and 9 to 14 (check digit, length digit, digits). A kenmerk of 7 digits has no
    check digit, so it is not accepted.
    """
    if not (cijfers.isascii() and cijfers.isdigit()) or controlecijfer(cijfers[1:]) != int(cijfers[0]):
        return False
    return len(cijfers) == 16 or (9 <= len(cijfers) <= 14 and int(cijfers[1]) == (len(cijfers) - 2) % 10)


def betalingskenmerk(jaar: int, gemeentecode: str, volgnummer: int) -> str:
    """The 16 digits that link a payment to its invoice: check digit, stream, year, gemeente, number, two spare."""
    cijfers = f"{STROOM}{jaar % 100:02d}{gemeentecode.removeprefix('GM')}{volgnummer:06d}00"
    if len(cijfers) != 15:
        raise ValueError(f"no kenmerk of 16 digits for {gemeentecode} {jaar}-{volgnummer}")
    return f"{controlecijfer(cijfers)}{cijfers}"


@dataclass(frozen=True, slots=True)
class Verrekening:
    """The difference that an earlier invoice has, now that the inhabitants of then are known better.

    Attributes:
        over: number of that invoice; of a bundle, the first.
        volgnummer: which difference of that invoice it is, from 1.
        definitief: the source does not call the new number provisional, so it is the last.
        regels: dienst to cents, up or down.
    """

    over: str
    volgnummer: int
    van_inwoners: int
    naar_inwoners: int
    definitief: bool
    regels: Mapping[str, int]

    @property
    def bedrag_cent(self) -> int:
        return sum(self.regels.values())

    def als_dict(self) -> dict[str, Any]:
        """As it is kept; `Verrekening(**dict)` makes it again."""
        return asdict(self)


def verrekening_van(
    over: str, volgnummer: int, pakket: Pakket, maanden: int, van_inwoners: int, naar_inwoners: int, *, definitief: bool
) -> Verrekening:
    """What an invoice should have been with another number of inhabitants, less what it was: per dienst, each of the two divided
    by the same rule, so that together they are what one invoice with the right number would have been."""
    oud, nieuw = factuurbedrag(pakket, van_inwoners, maanden).regels, factuurbedrag(pakket, naar_inwoners, maanden).regels
    regels = {dienst: nieuw[dienst] - oud[dienst] for dienst in oud}
    return Verrekening(over, volgnummer, van_inwoners, naar_inwoners, definitief, regels)


def met_verrekening(regels: Mapping[str, int], verrekeningen: Iterable[Verrekening]) -> dict[str, int]:
    """Dienst to the cents of a line, with what it settles."""
    samen = dict(regels)
    for een in verrekeningen:
        for dienst, cent in een.regels.items():
            samen[dienst] = samen.get(dienst, 0) + cent
    return samen

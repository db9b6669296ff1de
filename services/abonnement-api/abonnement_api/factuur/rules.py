"""Invoice numbers and the betalingskenmerk."""

from __future__ import annotations

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

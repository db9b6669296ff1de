"""Invoice numbers and the betalingskenmerk."""

from __future__ import annotations

GEWICHTEN = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
STROOM = 1
"""First digit after the check digit: invoices of this service, so that another stream never has the same kenmerk."""


def factuurnummer(jaar: int, volgnummer: int) -> str:
    """2018 and 7 to "2018-000007"."""
    return f"{jaar}-{volgnummer:06d}"


def boekomschrijving(nummer: str, gemeentenaam: str) -> str:
    """What the entry of an invoice is about, in the ledger of fonds."""
    return f"Factuur {nummer} aan gemeente {gemeentenaam}"


def controlecijfer(cijfers: str) -> int:
    """Check digit of a betalingskenmerk over the digits behind it (Betaalvereniging Nederland).

    Weights from the right, 11 less the remainder by 11; 10 becomes 1 and 11 becomes 0. So not every wrong
    digit is noticed: a kenmerk counts only if it is also that of an invoice.
    """
    som = sum(int(cijfer) * GEWICHTEN[plaats % len(GEWICHTEN)] for plaats, cijfer in enumerate(reversed(cijfers)))
    return {10: 1, 11: 0}.get(11 - som % 11, 11 - som % 11)


def is_betalingskenmerk(cijfers: str) -> bool:
    """Whether these digits, without spaces, are a betalingskenmerk with a right check digit.

    Lengths: 16 (check digit and 15 digits) and 9 to 14 (check digit, length digit, digits). The one of 7
    has no check digit, so it is not taken for one.
    """
    if not (cijfers.isascii() and cijfers.isdigit()) or controlecijfer(cijfers[1:]) != int(cijfers[0]):
        return False
    return len(cijfers) == 16 or (9 <= len(cijfers) <= 14 and int(cijfers[1]) == (len(cijfers) - 2) % 10)


def betalingskenmerk(jaar: int, gemeentecode: str, volgnummer: int) -> str:
    """The 16 digits by which a payment finds its invoice: check digit, stream, year, gemeente, number, two spare."""
    cijfers = f"{STROOM}{jaar % 100:02d}{gemeentecode.removeprefix('GM')}{volgnummer:06d}00"
    if len(cijfers) != 15:
        raise ValueError(f"no kenmerk of 16 digits for {gemeentecode} {jaar}-{volgnummer}")
    return f"{controlecijfer(cijfers)}{cijfers}"

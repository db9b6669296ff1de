"""Rules of gemeenten: pure functions, no database, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NOTATIE = {"tooi": "https://identifier\\.overheid\\.nl/tooi/id/gemeente/gm[0-9]{4}", "rsin": "[0-9]{9}", "oin": "[0-9]{20}"}


@dataclass(frozen=True)
class Levensduur:
    """From when until when a gemeente exists.

    Attributes:
        begindatum, einddatum: first and last day; None when not known, or not there yet.
        rechtsopvolger: code of the gemeente that its rights and duties pass to (Wet algemene regels herindeling, article 44):
            its only successor, or the one that was designated; None without.
    """

    begindatum: date | None
    einddatum: date | None
    rechtsopvolger: str | None = None

    def omvat(self, dag: date) -> bool:
        """Whether it exists on a day."""
        return (self.begindatum is None or self.begindatum <= dag) and (self.einddatum is None or dag <= self.einddatum)


def fout_in_identificatie(soort: str, waarde: str, code: str) -> str | None:
    """Why a text cannot be the TOOI URI, RSIN or OIN of a gemeente, in Dutch; None when it can.

    Sources: TOOI (its URI ends with the CBS code in small letters); the elfproef of a RSIN; an OIN has twenty digits.
    """
    if not re.fullmatch(_NOTATIE[soort], waarde, re.ASCII):
        return f"voldoet niet aan het patroon {_NOTATIE[soort]}"
    if soort == "tooi" and not waarde.endswith(code.lower()):
        return f"is niet de URI van {code}"
    if soort == "rsin" and not voldoet_aan_elfproef(waarde):
        return "voldoet niet aan de elfproef"
    return None


def voldoet_aan_elfproef(rsin: str) -> bool:
    """Whether nine digits can be a RSIN: weighed with 9 … 2 and -1 they add up to a multiple of eleven, and are not all zero."""
    gewogen = sum(gewicht * int(cijfer) for gewicht, cijfer in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), rsin, strict=True))
    return gewogen % 11 == 0 and int(rsin) > 0

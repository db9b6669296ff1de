"""How much room text takes in a picture whose reader has a font of his own."""

from __future__ import annotations

import unicodedata

VET = 1.25
"""How much wider bold is, at most."""
_BREEDTES = {
    0.3: "'IJijl",
    0.4: " \u00a0(),-./:;[\\]ft|·‘’",
    0.5: '!"*_`r–',
    0.6: "?FLcksvxyz“”•",
    0.7: "$0123456789ABCEKPRSTVXYZabdeghnopqu{}€",
    0.8: "&DGHNOQU",
    0.9: "#+<=>M^w~\u2212",
    1.0: "%@Wm—…",
}
_BREEDTE = {teken: breedte for breedte, tekens in _BREEDTES.items() for teken in tekens}
"""Per character, in em: of DejaVu Sans, the widest of the fonts that systems show text in, rounded up."""
_ONBEKEND = 1.3


def breedte(tekst: str, grootte: float) -> float:
    """Width that a line of text takes at most, in the unit of `grootte`; see `zeker`."""
    return grootte * sum(_em(teken) for teken in tekst)


def zeker(tekst: str) -> bool:
    """Whether `breedte` holds in every font; else the text must be told how wide to be."""
    return all(unicodedata.normalize("NFD", teken)[0] in _BREEDTE for teken in tekst)


def _em(teken: str) -> float:
    return _BREEDTE.get(unicodedata.normalize("NFD", teken)[0], _ONBEKEND)


def regels(tekst: str, grootte: float, ruimte: float, hoogstens: int) -> list[str]:
    """A text in lines that each fit; what does not fit in so many lines ends in an ellipsis.

    Args:
        grootte: of the letters; `ruimte`, the width of a line, is in the same unit.
    """
    gezet: list[str] = []
    for woord in tekst.split():
        if gezet and breedte(f"{gezet[-1]} {woord}", grootte) <= ruimte:
            gezet[-1] += f" {woord}"
            continue
        while breedte(woord, grootte) > ruimte:  # longer than a line by itself
            past = max(1, next(n for n in range(len(woord), -1, -1) if breedte(woord[:n], grootte) <= ruimte))
            gezet.append(woord[:past])
            woord = woord[past:]
        if woord:
            gezet.append(woord)
    if len(gezet) <= hoogstens:
        return gezet
    laatste = gezet[hoogstens - 1]
    while laatste and breedte(f"{laatste}…", grootte) > ruimte:
        laatste = laatste[:-1]
    return [*gezet[: hoogstens - 1], f"{laatste.rstrip()}…"]

"""How much room text takes in a picture whose reader has a font of his own."""

from __future__ import annotations

import unicodedata

BOLD = 1.25
"""How much wider bold is, at most."""
_WIDTHS = {
    0.3: "'IJijl",
    0.4: " \u00a0(),-./:;[\\]ft|·‘’",
    0.5: '!"*_`r–',
    0.6: "?FLcksvxyz“”•",
    0.7: "$0123456789ABCEKPRSTVXYZabdeghnopqu{}€",
    0.8: "&DGHNOQU",
    0.9: "#+<=>M^w~\u2212",
    1.0: "%@Wm—…",
}
_WIDTH = {character: em for em, characters in _WIDTHS.items() for character in characters}
"""Per character, in em: of DejaVu Sans, the widest of the fonts that systems show text in, rounded up."""
_UNKNOWN = 1.3


def width(text: str, size: float) -> float:
    """Width that a line of text takes at most, in the unit of `size`; see `certain`."""
    return size * sum(_em(character) for character in text)


def certain(text: str) -> bool:
    """Whether `width` holds in every font; else the text must be told how wide to be."""
    return all(unicodedata.normalize("NFD", character)[0] in _WIDTH for character in text)


def _em(character: str) -> float:
    return _WIDTH.get(unicodedata.normalize("NFD", character)[0], _UNKNOWN)


def lines(text: str, size: float, room: float, most: int) -> list[str]:
    """A text in lines that each fit; what does not fit in so many lines ends in an ellipsis.

    Args:
        size: of the letters; `room`, the width of a line, is in the same unit.
    """
    done: list[str] = []
    for word in text.split():
        if done and width(f"{done[-1]} {word}", size) <= room:
            done[-1] += f" {word}"
            continue
        while width(word, size) > room:  # longer than a line by itself
            fits = max(1, next(n for n in range(len(word), -1, -1) if width(word[:n], size) <= room))
            done.append(word[:fits])
            word = word[fits:]
        if word:
            done.append(word)
    if len(done) <= most:
        return done
    last = done[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return [*done[: most - 1], f"{last.rstrip()}…"]

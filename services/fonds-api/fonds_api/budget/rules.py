"""What is left of a budget. Pure; amounts in cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BTW = ("", "btw")
"""The post of the BTW line."""
Post = tuple[str, str]
"""Prioriteit (or "") and budgetsoort."""


@dataclass(frozen=True)
class Stand:
    """What a post has and what of it is used, in cents; also of several posts together.

    Attributes:
        begroot_cent: of the version that was adopted last.
        overgeheveld_cent: from the year before, less what went to the next.
        verplicht_cent: committed, and neither spent nor released.
    """

    begroot_cent: int = 0
    overgeheveld_cent: int = 0
    verplicht_cent: int = 0
    besteed_cent: int = 0

    @property
    def vrij_cent(self) -> int:
        return self.begroot_cent + self.overgeheveld_cent - self.verplicht_cent - self.besteed_cent

    def __add__(self, ander: Stand) -> Stand:
        return Stand(
            self.begroot_cent + ander.begroot_cent,
            self.overgeheveld_cent + ander.overgeheveld_cent,
            self.verplicht_cent + ander.verplicht_cent,
            self.besteed_cent + ander.besteed_cent,
        )


@dataclass(frozen=True)
class Dagstand:
    """What of a post was committed at the end of a day, in cents.

    Attributes:
        erbij: carried over from the year before.
        eraf: carried over to the next year, on the last day of this one.
        verplicht: committed, and neither spent nor released.
    """

    erbij: int = 0
    eraf: int = 0
    verplicht: int = 0


def per_prioriteit(standen: Mapping[Post, Stand]) -> list[tuple[str | None, Stand]]:
    """Per prioriteit what its posts are together, in order; posts without one, and BTW, are left out."""
    samen: dict[str, Stand] = {}
    for (prioriteit, _), stand in standen.items():
        if prioriteit:
            samen[prioriteit] = samen.get(prioriteit, Stand()) + stand
    return [(prioriteit, samen[prioriteit]) for prioriteit in sorted(samen)]


def totaal(standen: Iterable[Stand]) -> Stand:
    """All posts together, BTW among them."""
    return sum(standen, Stand())


def tekorten(standen: Mapping[Post, Stand], nieuw: Mapping[Post, int]) -> dict[Post, int]:
    """What a next begroting is short of for what is committed and spent, per post: in cents, above zero."""
    mist = {
        post: stand.verplicht_cent + stand.besteed_cent - stand.overgeheveld_cent - nieuw.get(post, 0)
        for post, stand in standen.items()
    }
    return {post: cent for post, cent in sorted(mist.items()) if cent > 0}


def te_weinig(
    standen: Mapping[tuple[int, Post], Stand], wensen: Sequence[tuple[int, Post, int]]
) -> tuple[list[tuple[int, Post]], list[tuple[int, Post, int]]]:
    """What keeps amounts from being reserved.

    Args:
        wensen: (year, post, amount in cents); each year and post once.

    Returns:
        (years and posts that no adopted begroting has, and (year, post, shortage in cents) of the others).
    """
    onbekend = [(jaar, post) for jaar, post, cent in wensen if cent and (jaar, post) not in standen]
    mist = [
        (jaar, post, cent - standen[jaar, post].vrij_cent)
        for jaar, post, cent in wensen
        if (jaar, post) in standen and cent > standen[jaar, post].vrij_cent
    ]
    return onbekend, mist

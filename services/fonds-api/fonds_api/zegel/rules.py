"""The Merkle tree of a log, and which members of an entry its leaf has. Pure.

Sources: RFC 6962, 2.1 (hashes and proofs); RFC 9162, 2.1.3.2 and 2.1.4.2 (how to verify them); RFC 8785 (the text of a leaf).
A range (begin, end) is of leaves, from 0, without the end. A node (level, number) covers the range from number * 2**level.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import rfc8785

Bereik = tuple[int, int]
Knoop = tuple[int, int]
VASTE_LEDEN = (
    "id",
    "fonds",
    "volgnummer",
    "boekdatum",
    "geboektOp",
    "vastgelegdOp",
    "omschrijving",
    "bron",
    "regels",
    "stornoVan",
)
"""The members of an entry, as the API serves it, that never change. A member that is null, or missing, is left out."""
PER_NIVEAU = 4
"""Nodes are stored of every fourth level; those in between are computed from at most 8 stored hashes."""
LEGE_WORTEL = hashlib.sha256(b"").digest()


def bladinhoud(boeking: Mapping[str, Any]) -> bytes:
    """The text of a leaf: RFC 8785 JSON of the fixed members of an entry, given as the API serves it."""
    return rfc8785.dumps({naam: boeking[naam] for naam in VASTE_LEDEN if boeking.get(naam) is not None})


def bladhash(inhoud: bytes) -> bytes:
    """The hash of a leaf with this content."""
    return hashlib.sha256(b"\x00" + inhoud).digest()


def knoophash(links: bytes, rechts: bytes) -> bytes:
    """The hash of a node above two others."""
    return hashlib.sha256(b"\x01" + links + rechts).digest()


def insluitpad(index: int, grootte: int) -> list[Bereik]:
    """The ranges whose hashes prove that leaf `index` is in the tree of a size, the nearest first (RFC 6962, 2.1.1)."""
    pad: list[Bereik] = []
    begin, einde = 0, grootte
    while einde - begin > 1:
        midden = begin + _links(einde - begin)
        if index < midden:
            pad.append((midden, einde))
            einde = midden
        else:
            pad.append((begin, midden))
            begin = midden
    return pad[::-1]


def samenhang(van: int, tot: int) -> list[Bereik]:
    """The ranges whose hashes prove that the tree of size `tot` continues that of size `van` (RFC 6962, 2.1.2)."""
    if van in (0, tot):
        return []
    pad: list[Bereik] = []
    begin, einde, heel = 0, tot, True
    while van != einde:
        midden = begin + _links(einde - begin)
        if van <= midden:
            pad.append((midden, einde))
            einde = midden
        else:
            pad.append((begin, midden))
            begin, heel = midden, False
    return [*([] if heel else [(begin, einde)]), *pad[::-1]]


def _links(aantal: int) -> int:
    """The largest power of two below this number, which is 2 or more."""
    return 1 << (aantal - 1).bit_length() - 1


def knopen(bereik: Bereik) -> Iterator[Knoop]:
    """The complete nodes that make up a range of a proof or a whole tree, from left to right."""
    begin, einde = bereik
    while begin < einde:
        niveau = (einde - begin).bit_length() - 1
        yield niveau, begin >> niveau
        begin += 1 << niveau


def bewaard(bereiken: Collection[Bereik]) -> list[tuple[int, int, int]]:
    """What must be read of the stored hashes for these ranges: (stored level, first number, number after the last)."""
    nodig = set()
    for bereik in bereiken:
        for niveau, nummer in knopen(bereik):
            rest = niveau % PER_NIVEAU
            nodig.add((niveau - rest, nummer << rest, (nummer + 1) << rest))
    return sorted(nodig)


def hash_van(bereik: Bereik, hashes: Mapping[Knoop, bytes]) -> bytes:
    """The hash of a range, from the stored hashes that `bewaard` asks for.

    Raises:
        KeyError: a stored hash is missing.
    """
    delen = [_hash_van_knoop(niveau, nummer, hashes) for niveau, nummer in knopen(bereik)]
    if not delen:
        return LEGE_WORTEL
    hash = delen.pop()
    while delen:
        hash = knoophash(delen.pop(), hash)
    return hash


def _hash_van_knoop(niveau: int, nummer: int, hashes: Mapping[Knoop, bytes]) -> bytes:
    rest = niveau % PER_NIVEAU
    laag = [hashes[niveau - rest, onder] for onder in range(nummer << rest, (nummer + 1) << rest)]
    while len(laag) > 1:
        laag = [knoophash(*laag[plaats : plaats + 2]) for plaats in range(0, len(laag), 2)]
    return laag[0]


class Groei:
    """A tree that grows leaf by leaf, in memory of its depth only."""

    def __init__(self) -> None:
        self.grootte = 0
        self._delen: list[bytes] = []
        self.voltooid: list[tuple[Knoop, bytes]] = []

    def erbij(self, blad: bytes) -> None:
        """Append a leaf hash. `voltooid` then has the nodes that became complete on a stored level."""
        self.grootte += 1
        self._delen.append(blad)
        self.voltooid = []
        niveau = 0
        while not self.grootte >> niveau & 1:
            rechts, links = self._delen.pop(), self._delen.pop()
            self._delen.append(knoophash(links, rechts))
            niveau += 1
            if niveau % PER_NIVEAU == 0:
                self.voltooid.append(((niveau, (self.grootte >> niveau) - 1), self._delen[-1]))

    def wortel(self) -> bytes:
        """The root of the leaves so far."""
        delen = list(self._delen)
        if not delen:
            return LEGE_WORTEL
        hash = delen.pop()
        while delen:
            hash = knoophash(delen.pop(), hash)
        return hash


def klopt_insluiting(blad: bytes, index: int, grootte: int, pad: Sequence[bytes], wortel: bytes) -> bool:
    """Whether a path proves that a leaf hash is in the tree with this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < grootte:
        return False
    hier, laatste, hash = index, grootte - 1, blad
    for stap in pad:
        if laatste == 0:
            return False
        if hier & 1 or hier == laatste:
            hash = knoophash(stap, hash)
            while not hier & 1 and hier:
                hier, laatste = hier >> 1, laatste >> 1
        else:
            hash = knoophash(hash, stap)
        hier, laatste = hier >> 1, laatste >> 1
    return laatste == 0 and hash == wortel


def klopt_samenhang(van: int, tot: int, wortel_van: bytes, wortel_tot: bytes, pad: Sequence[bytes]) -> bool:
    """Whether a path proves that the tree `tot` continues the tree `van` (RFC 9162, 2.1.4.2)."""
    if van == tot:
        return not pad and wortel_van == wortel_tot
    if van == 0:
        return not pad and wortel_van == LEGE_WORTEL
    if not 0 < van < tot or not pad:
        return False
    stappen = [wortel_van, *pad] if van & (van - 1) == 0 else list(pad)
    hier, laatste = van - 1, tot - 1
    while hier & 1:
        hier, laatste = hier >> 1, laatste >> 1
    oud = nieuw = stappen[0]
    for stap in stappen[1:]:
        if laatste == 0:
            return False
        if hier & 1 or hier == laatste:
            oud, nieuw = knoophash(stap, oud), knoophash(stap, nieuw)
            while not hier & 1 and hier:
                hier, laatste = hier >> 1, laatste >> 1
        else:
            nieuw = knoophash(nieuw, stap)
        hier, laatste = hier >> 1, laatste >> 1
    return laatste == 0 and oud == wortel_van and nieuw == wortel_tot

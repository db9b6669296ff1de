"""How payments are named, what a bank accepts as text, and which payments a line on a statement settles."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

VERDELING, TERUGBETALING = "verdeling", "terugbetaling"
VOORGESTELD, AFGEWEZEN, GOEDGEKEURD = "voorgesteld", "afgewezen", "goedgekeurd"
ONDERWEG, BETAALD, GEWEIGERD, TERUGGEKOMEN, AFGEHANDELD = "onderweg", "betaald", "geweigerd", "teruggekomen", "afgehandeld"
RETOUR = "retour"
LOOPT = (VOORGESTELD, ONDERWEG, BETAALD)
"""States of a line that pays, or has paid, what is due."""
ONDERWEGREKENING = "2490"
"""Rekening of the fonds `derdengelden` of what was ordered and is not on a statement yet."""
_VOORVOEGSEL = {VERDELING: "VERD", TERUGBETALING: "TERUG"}
PATROON = "(?:VERD|TERUG)-[0-9]{8}-[0-9A-F]{10}"
_KENMERK = re.compile(rf"(?<![A-Z0-9])({PATROON})(-[0-9]{{4}})?(?![0-9A-F])")
_BUITEN_SEPA = re.compile(r"[^a-zA-Z0-9/?:().,'+ -]")
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"ł": "l", "Ł": "L", "þ": "th", "Þ": "TH", "ı": "i", "&": "+", "€": "EUR", "–": "-", "—": "-", "’": "'", "‘": "'"}
)


def kenmerk(soort: str, datum: date, id: uuid.UUID) -> str:
    """What an order is called at the bank (MsgId and PmtInfId); at most 24 characters, to be recognised by people."""
    return f"{_VOORVOEGSEL[soort]}-{datum:%Y%m%d}-{id.hex[:10].upper()}"


def eindnaareind(kenmerk: str, volgnummer: int) -> str:
    """The EndToEndId of a line of an order; at most 29 characters."""
    return f"{kenmerk}-{volgnummer:04d}"


def terugbetaling_tekst(factuur: str | None, ontvangen: date) -> str:
    """What the receiver of a refund reads on its statement."""
    waarvan = f" factuur {factuur}" if factuur else ""
    return f"Terugbetaling{waarvan}, ontvangen {ontvangen:%d-%m-%Y}"


def sepa_tekst(tekst: str, lengte: int) -> str:
    """A text in the basic Latin letters that every SEPA bank accepts (EPC217-08), of this length at most.

    Letters lose their marks (é, ë, ü); what no letter stands for becomes a space; spaces are single. A text that has nothing
    left is a full stop, since no text may be empty.
    """
    ontleed = unicodedata.normalize("NFKD", tekst.translate(_LETTERS))
    kaal = "".join(letter for letter in ontleed if not unicodedata.combining(letter))
    schoon = " ".join(_BUITEN_SEPA.sub(" ", kaal).split())
    return schoon[:lengte].strip() or "."


def status(uitkomst: str | None, standen: Sequence[str]) -> str:
    """Where an order stands, by what was decided and where its lines stand."""
    if uitkomst != GOEDGEKEURD:
        return uitkomst or VOORGESTELD
    return ONDERWEG if ONDERWEG in standen else AFGEHANDELD


@dataclass(frozen=True)
class Regel:
    """A payment that is on its way, or was carried out."""

    opdracht: uuid.UUID
    volgnummer: int
    kenmerk: str
    eindnaareind: str
    iban: str
    bedrag_cent: int
    stand: str


@dataclass(frozen=True)
class Post:
    """A line on a statement: a debit, or a credit by which a payment came back."""

    id: uuid.UUID
    bedrag_cent: int
    tegenrekening: str | None
    genoemd: frozenset[str]

    @property
    def kenmerken(self) -> set[str]:
        """The orders that it names."""
        return {naam[: naam.rindex("-")] if _KENMERK.fullmatch(naam)[2] else naam for naam in self.genoemd}  # type: ignore[index]


def genoemd(*teksten: str | None) -> frozenset[str]:
    """Every EndToEndId of a line, or else kenmerk of an order, that these texts name, whatever white space is in them."""
    gevonden = set()
    for tekst in teksten:
        for treffer in _KENMERK.finditer("".join((tekst or "").split()).upper()):
            gevonden.add(treffer[0])
    return frozenset(gevonden)


def afgewikkeld(post: Post, regels: Sequence[Regel]) -> list[Regel]:
    """The payments that a debit settles: the one that it names, or all of the order that it names that are on their way, when the
    amount is theirs to the cent. Otherwise none: a person looks.

    Args:
        regels: lines of the orders that it names.
    """
    wachtend = [regel for regel in regels if regel.stand == ONDERWEG]
    een = _genoemde(post, wachtend)
    if een is not None:
        return [een]
    if any(regel.eindnaareind in post.genoemd for regel in regels) or len(post.kenmerken) != 1:
        return []
    (order,) = post.kenmerken
    samen = [regel for regel in wachtend if regel.kenmerk == order]
    return samen if samen and sum(regel.bedrag_cent for regel in samen) == post.bedrag_cent else []


def teruggekomen(post: Post, regels: Sequence[Regel]) -> Regel | None:
    """The payment that came back with a credit: the one that it names, of the same amount, that was carried out."""
    return _genoemde(post, [regel for regel in regels if regel.stand == BETAALD])


def _genoemde(post: Post, regels: Sequence[Regel]) -> Regel | None:
    raak = [
        regel
        for regel in regels
        if regel.eindnaareind in post.genoemd
        and regel.bedrag_cent == post.bedrag_cent
        and post.tegenrekening in (None, regel.iban)
    ]
    return raak[0] if len(raak) == 1 else None


def per_rekening(delen: Mapping[str, int]) -> list[tuple[str, int]]:
    """Rekening to cents as the lines of an entry, in order."""
    return sorted(delen.items())

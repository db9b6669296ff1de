"""What the readers of bank statements give, whatever the format: statements, and the posts that changed the balance."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

GEWOON, RETOUR, KOSTEN = "gewoon", "retour", "kosten"
"""An ordinary payment; the return or reversal of an earlier one; what the bank charges."""
MEESTE = 20_000
"""Posts in one file: what can be matched and booked within the time that a request may hold the database."""
LANGSTE_TEKST = 10_000
"""Characters of the name and of the texts of a post; the standard has 140 for a text."""
_GEEN_REFERENTIE = re.compile(
    r"(NOT ?PROVIDED|NO ?N? ?REF(ERENCE)?|N/?A|GEEN|ONBEKEND|UNKNOWN|[0.\-/_*X]*)", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class Post:
    """One change of the balance: a booked entry, or one detail of a batch entry.

    Attributes:
        bedrag_cent: negative for money that left the account.
        bankreferentie: only what really is one: no placeholder, and no other post of the statement has it.
        kenmerken: structured references.
        eindnaareind: the EndToEndId; None for a placeholder.
        opdracht: PmtInfId or MsgId of the order of ours that it carries out; None when the bank gives none.
        soort: `GEWOON`, `RETOUR` or `KOSTEN`.
        beletsel: why it may not be matched without a person; None for most.
        saldo_voor_cent: balance of the account just before it, by the order of the statement.
    """

    boekdatum: date
    bedrag_cent: int
    bankreferentie: str | None = None
    tegenrekening: str | None = None
    naam: str | None = None
    kenmerken: tuple[str, ...] = ()
    omschrijving: str = ""
    eindnaareind: str | None = None
    opdracht: str | None = None
    soort: str = GEWOON
    beletsel: str | None = None
    saldo_voor_cent: int = 0


@dataclass(frozen=True)
class Afschrift:
    """A statement of one account, or a page of one.

    Attributes:
        nummer: what the bank calls it; it may come back every year, or be the same for ever.
        volgnummer: its number in a row that the bank counts; None when it does not count.
        pagina: page of the number, from 1.
        begindag, einddag: dates of its opening and closing balance; None when the bank gives none.
        opmerkingen: what is odd about it, in Dutch; it is taken in all the same.
        vingerafdruk: SHA-256 of its content, not of the file around it.
    """

    formaat: str
    iban: str
    nummer: str
    volgnummer: int | None
    pagina: int
    beginsaldo_cent: int
    eindsaldo_cent: int
    begindag: date | None
    einddag: date | None
    posten: tuple[Post, ...]
    opmerkingen: tuple[str, ...] = ()
    vingerafdruk: bytes = field(default=b"")

    @property
    def bijgeschreven_cent(self) -> int:
        return sum(post.bedrag_cent for post in self.posten if post.bedrag_cent > 0)

    @property
    def verschil_cent(self) -> int:
        """What the posts leave unexplained of the change in balance; zero for a statement that adds up."""
        return self.eindsaldo_cent - self.beginsaldo_cent - sum(post.bedrag_cent for post in self.posten)


def in_centen(tekst: str) -> int | None:
    """The cents of an unsigned amount with a point, by its value; None when it has parts of a cent or is ten milliard or more."""
    heel, _, breuk = tekst.removeprefix("+").partition(".")
    heel, breuk = heel.lstrip("0"), breuk.rstrip("0")
    return int(f"{heel}{breuk:0<2}") if len(heel) <= 10 and len(breuk) <= 2 else None


def referentie(tekst: str | None) -> str | None:
    """A reference, or None for a placeholder such as NOTPROVIDED and NONREF."""
    schoon = " ".join((tekst or "").split())
    return None if _GEEN_REFERENTIE.fullmatch(schoon) else schoon


def voltooid(afschrift: Afschrift) -> Afschrift:
    """The statement with the balance before each post, without references that several posts share, and with its digest."""
    aantallen = Counter(post.bankreferentie for post in afschrift.posten)
    saldo, posten = afschrift.beginsaldo_cent, []
    for post in afschrift.posten:
        eigen = post.bankreferentie if aantallen[post.bankreferentie] == 1 else None
        posten.append(replace(post, bankreferentie=eigen, saldo_voor_cent=saldo))
        saldo += post.bedrag_cent
    compleet = replace(afschrift, posten=tuple(posten))
    return replace(compleet, vingerafdruk=_digest(compleet))


def _digest(afschrift: Afschrift) -> bytes:
    velden = {**vars(afschrift), "posten": [vars(post) for post in afschrift.posten]}
    del velden["vingerafdruk"], velden["opmerkingen"]
    return hashlib.sha256(json.dumps(velden, default=str, sort_keys=True).encode()).digest()


def teksten(delen: Sequence[str | None]) -> str:
    """The parts of a text that say something, one after the other."""
    return " ".join(deel for deel in delen if deel)

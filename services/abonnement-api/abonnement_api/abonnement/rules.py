"""The states of a collective registration, and which gemeente gets which package in it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from abonnement_api.abonnement.errors import OnbekendeUitzondering

AANGEVRAAGD, VERWERKT, MISLUKT = "aangevraagd", "verwerkt", "mislukt"


@dataclass(frozen=True, slots=True)
class Betaler:
    """Who pays for a gemeente."""

    code: str
    naam: str


@dataclass(frozen=True, slots=True)
class Aanspraak:
    """What a gemeente owes in a year: `maanden` (1-12) of a subscription to a package, paid by itself or by another."""

    abonnement: uuid.UUID
    gemeentecode: str
    gemeentenaam: str
    pakket: str
    maanden: int
    betaler: Betaler | None


def tegenstrijdigheden(begindatum: date, einddatum: date, uitgezonderd: Sequence[str]) -> list[str]:
    """The contradictions inside a registration, in Dutch.

    Args:
        uitgezonderd: the gemeentecode of every exception.
    """
    gevonden = [f"de einddatum ({einddatum}) ligt voor de begindatum ({begindatum})"] if einddatum < begindatum else []
    dubbel = sorted({code for code in uitgezonderd if uitgezonderd.count(code) > 1})
    return gevonden + [f"meer dan één uitzondering voor {code}" for code in dubbel]


def vingerafdruk(begindatum: date, einddatum: date, pakket: str, uitzonderingen: Mapping[str, str]) -> bytes:
    """SHA-256 of the content: two registrations with the same content are the same registration."""
    inhoud = [begindatum.isoformat(), einddatum.isoformat(), pakket, sorted(uitzonderingen.items())]
    return hashlib.sha256(json.dumps(inhoud).encode()).digest()


def pakket_per_gemeente(dag: date, codes: Collection[str], pakket: str, uitzonderingen: Mapping[str, str]) -> dict[str, str]:
    """Gemeentecode to package, in order of code.

    Args:
        codes: the gemeenten that exist on the day.

    Raises:
        OnbekendeUitzondering: there are exceptions for gemeenten that are not among the codes; names them all.
    """
    onbekend = sorted(set(uitzonderingen) - set(codes))
    if onbekend:
        raise OnbekendeUitzondering(f"Op {dag} bestaan niet: {', '.join(onbekend)}.", gemeentecodes=onbekend)
    return {code: uitzonderingen.get(code, pakket) for code in sorted(codes)}

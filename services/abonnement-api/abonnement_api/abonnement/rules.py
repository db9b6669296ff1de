"""The states of a collective registration and of a subscription, which gemeente gets which package, and the part of a year."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from abonnement_api.abonnement.errors import OnbekendeUitzondering
from abonnement_api.betaler.rules import Betaler

AANGEVRAAGD, VERWERKT, MISLUKT = "aangevraagd", "verwerkt", "mislukt"
OPZEGGING, VERLENGING, PAKKETWIJZIGING, OVERGANG = "opzegging", "verlenging", "pakketwijziging", "overgang"
"""What can happen to a subscription."""


@dataclass(frozen=True)
class Aanspraak:
    """What a gemeente owes of a year.

    Attributes:
        gemeentenaam: as in the subscription.
        pakket: of the first day that is owed.
        maanden: how many months of that year, 1 to 12.
        betaler: who pays for it; None when it pays itself.
    """

    abonnement: uuid.UUID
    gemeentecode: str
    gemeentenaam: str
    pakket: str
    maanden: int
    betaler: Betaler | None


def hele_maanden(vanaf: date, tot_en_met: date) -> int:
    """The months between two days: one counts when its first day does, so parts that join up add up to the whole.

    Source: the one rule for a part of a year; `hele_maanden` in the database is the same.
    """
    verschil = 12 * (tot_en_met.year - vanaf.year) + tot_en_met.month - vanaf.month
    return max(0, verschil + (1 if vanaf.day == 1 else 0))


def status(begindatum: date, einddatum: date, opgezegd: bool, overgegaan_op: date | None, vandaag: date) -> str:
    """What a subscription is today.

    Args:
        einddatum: the last day as it is now.
        overgegaan_op: the first day on which it is of a successor.
    """
    if overgegaan_op is not None and vandaag >= overgegaan_op:
        return "overgegaan"
    if vandaag < begindatum:
        return "toekomstig"
    if vandaag > einddatum:
        return "beëindigd"
    return "opgezegd" if opgezegd else "lopend"


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

"""What a reminder says. How far an invoice is on the ladder is found in the database (repository.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gemeengoed_kit.money import format_euros, round_half_up

BETWIST, BETALINGSREGELING = "betwist", "betalingsregeling"
AAN_DE_BEURT, WACHT, AANGEHOUDEN, EINDE = "aan-de-beurt", "wacht", "aangehouden", "einde-van-de-ladder"
GEVOLG = "geen"
"""What a reminder means for the diensten: they are a duty of the gemeente to its inhabitants, so no step ever stops one."""
DIENSTEN_LOPEN_DOOR = "Deze herinnering heeft geen gevolgen voor de diensten: inwoners kunnen er steeds terecht."


GEDULD = "Zolang wij dat bekijken, sturen wij geen herinnering."


@dataclass(frozen=True)
class Trede:
    """A step of the ladder.

    Attributes:
        dagen: days after the vervaldatum, or after the step before it.
        betalen_binnen_dagen: what the letter asks.
    """

    naam: str
    dagen: int
    betalen_binnen_dagen: int
    tekst: str


@dataclass(frozen=True)
class Post:
    """An invoice in a letter; amounts in cents."""

    nummer: str
    kenmerk: str
    vervaldatum: date
    open_cent: int


@dataclass(frozen=True)
class Partij:
    naam: str
    regels: Sequence[str] = ()
    email: str | None = None


def rente_cent(open_cent: int, percentage: Decimal, dagen: int) -> int:
    """Simple interest over a number of days of a year of 365, rounded once, half a cent up (art. 6:119 BW)."""
    return round_half_up(Decimal(open_cent) * percentage * dagen / 36_500) if dagen > 0 else 0


def brief(
    trede: Trede,
    posten: Sequence[Post],
    dag: date,
    van: Partij,
    aan: Partij,
    iban: str,
    percentage: Decimal | None,
    kosten_cent: int | None,
) -> dict[str, Any]:
    """The content of a letter, as it is kept: amounts and dates ready to read, except `datum` and `betalenVoor` (ISO 8601).

    Args:
        percentage: interest per year; None asks none.
        kosten_cent: costs of collection; None asks none.
    """
    extra = []
    if percentage is not None:
        rente = sum(rente_cent(post.open_cent, percentage, (dag - post.vervaldatum).days) for post in posten)
        per_jaar = f"{percentage.normalize():f}".replace(".", ",")
        extra.append(f"wettelijke rente ({per_jaar}% per jaar; tot vandaag {format_euros(rente)})")
    if kosten_cent is not None:
        extra.append(f"kosten van invordering ({format_euros(kosten_cent)})")
    return {
        "titel": trede.naam,
        "datum": dag.isoformat(),
        "van": {"naam": van.naam, "regels": list(van.regels), "email": van.email},
        "aan": {"naam": aan.naam, "regels": list(aan.regels)},
        "tekst": trede.tekst,
        "facturen": [
            {
                "nummer": post.nummer,
                "vervaldatum": post.vervaldatum.isoformat(),
                "kenmerk": post.kenmerk,
                "open": format_euros(post.open_cent),
            }
            for post in posten
        ],
        "totaal": format_euros(sum(post.open_cent for post in posten)),
        "iban": iban,
        "betalenVoor": (dag + timedelta(days=trede.betalen_binnen_dagen)).isoformat(),
        "aanspraak": f"Wij maken ook aanspraak op {' en '.join(extra)}; daarover ontvangt u apart bericht." if extra else None,
        "diensten": DIENSTEN_LOPEN_DOOR,
    }


def in_vieren(tekst: str) -> str:
    """An IBAN or kenmerk in groups of four."""
    return " ".join(tekst[plaats : plaats + 4] for plaats in range(0, len(tekst), 4))


def als_tekst(brief: Mapping[str, Any], dag: Mapping[str, str]) -> str:
    """The letter as plain text.

    Args:
        dag: ISO 8601 to how a date is written, for every date in the letter.
    """
    facturen = [
        f"  Factuur {post['nummer']}, te betalen voor of op {dag[post['vervaldatum']]}\n"
        f"    Nog te betalen:   {post['open']}\n    Betalingskenmerk: {in_vieren(post['kenmerk'])}"
        for post in brief["facturen"]
    ]
    mail = brief["van"]["email"]
    delen = [
        brief["titel"],
        f"{dag[brief['datum']]}\nAan {brief['aan']['naam']}",
        brief["tekst"],
        "\n".join(facturen),
        f"Samen: {brief['totaal']}\nRekening: {in_vieren(brief['iban'])}, op naam van {brief['van']['naam']}\n"
        f"Graag voor of op {dag[brief['betalenVoor']]}, met het betalingskenmerk van de factuur.",
        brief["aanspraak"],
        brief["diensten"],
        f"Klopt er iets niet, of wilt u een regeling? Laat het ons weten{f' via {mail}' if mail else ''}. {GEDULD}",
        f"Met vriendelijke groet,\n{brief['van']['naam']}",
    ]
    return "\n\n".join(deel for deel in delen if deel) + "\n"

"""How coverage is counted and shown: pure functions, no database.

Source of the 80 %: VNG, ALV 18-6-2025, collectivisering digitalisering, p. 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Weergave = Literal["exact", "afgerond", "afgeschermd"]
KLEINSTE_GROEP = 5
"""Callers that may not see them one by one are not told how many gemeenten there are, when there are fewer than this."""
STREEFWAARDE = 80
"""Percent; S3 wants more than that."""
DEFINITIE = (
    "Van alle deelnames die mogelijk zijn (elke gemeente aan elke voorziening die op die dag voor deelname openstaat) het deel "
    "dat in gebruik is. Het streefbeeld van de ALV, meer dan 80% collectief, gaat over de hele gemeentelijke digitalisering; "
    "wat gemeenten buiten deze catalogus doen, is hier niet bekend. Dit getal is dus een benadering, geen meting daarvan."
)
BRON = (
    "VNG, ALV 18-6-2025, collectivisering digitalisering, p. 2: ‘met als streefbeeld om uiteindelijk meer dan 80% collectief te "
    "organiseren’"
)


@dataclass(frozen=True)
class Telling:
    """What was counted of a group on a day.

    Attributes:
        gemeenten, inwoners: of the gemeenten that use something of the group.
        van_gemeenten, van_inwoners: of all gemeenten of the group.
        verborgen: how many of the gemeenten have a use that the caller may not see.
        deelnames: uses, of which one gemeente can have more.
        van_deelnames: all that are possible.
        gewogen: `deelnames`, each as heavy as its gemeente has inhabitants.
    """

    gemeenten: int
    van_gemeenten: int
    inwoners: int
    van_inwoners: int
    verborgen: int = 0
    deelnames: int = 0
    van_deelnames: int = 0
    gewogen: int = 0


def weergave(telling: Telling) -> Weergave:
    """How precisely a caller may know a count: exactly, when it could count it itself; rounded, when enough others are in it.

    A sum of inhabitants names its gemeenten, since no two have the same number, and one day less another names who came in
    between, also when both are rounded; a sum of uses, less the voorzieningen that are shown, tells those that are kept back. So
    where something is hidden, only gemeenten are counted.
    """
    if telling.verborgen == 0:
        return "exact"
    return "afgerond" if telling.verborgen >= KLEINSTE_GROEP else "afgeschermd"


def weergaven(groepen: Mapping[str, Telling]) -> dict[str, Weergave]:
    """As `weergave`, of groups that add up to a known total: with one that is kept back, all that hide something are, or else the
    others would tell it."""
    los = {naam: weergave(telling) for naam, telling in groepen.items()}
    if "afgeschermd" not in los.values():
        return los
    return {naam: "exact" if hoe == "exact" else "afgeschermd" for naam, hoe in los.items()}


def procent(deel: int, geheel: int, *, heel: bool = False) -> float:
    """Percentage with one decimal, or none; half goes up. 0 of nothing.

    Args:
        heel: whole percents.
    """
    if geheel == 0:
        return 0.0
    stappen = 100 if heel else 1000
    afgerond = (2 * stappen * deel + geheel) // (2 * geheel)
    return float(afgerond) if heel else afgerond / 10


def samen(tellingen: Sequence[Telling]) -> Telling:
    """Groups without gemeenten in common, as one."""
    som = Telling(0, 0, 0, 0)
    for een in tellingen:
        som = replace(som, **{naam: getattr(som, naam) + getattr(een, naam) for naam in Telling.__dataclass_fields__})
    return som


def streefwaarde_gehaald(deel: int, geheel: int) -> bool:
    """Whether it is more than the 80 %, exactly."""
    return 100 * deel > STREEFWAARDE * geheel

"""What an impactanalyse rests on. Pure. (VNG, collectivisering, step 3; BALV 30-11-2016, part C and annex.)"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from gemeengoed_kit.errors import InvalidParam

Conclusie = Literal["positief", "negatief"]
Omvang = Literal["geen", "klein", "middel", "groot"]
POSITIEF = "positief"
AFGEROND = "afgerond"
AFLOPEND = ("uitfasering", "gestopt")


def bezwaren(
    op: Sequence[uuid.UUID], pilots: Mapping[uuid.UUID, tuple[str, date]], *, fase: str | None, datum: date, vandaag: date
) -> list[InvalidParam]:
    """All that is wrong with an impactanalyse, by the names of the wire.

    Args:
        op: pilots that it rests on.
        pilots: those of the voorziening, with their status and last day.
    """
    fouten = []
    for plaats, id in enumerate(op):
        if id not in pilots:
            fouten.append(InvalidParam(f"pilots.{plaats}", "onbekend", f"{id} is geen pilot van deze voorziening"))
        elif pilots[id][0] != AFGEROND:
            fouten.append(InvalidParam(f"pilots.{plaats}", "niet_afgerond", f"pilot {id} is {pilots[id][0]}"))
        elif datum < pilots[id][1]:
            fouten.append(
                InvalidParam(f"pilots.{plaats}", "later", f"pilot {id} eindigde op {pilots[id][1]}, later dan de analyse")
            )
        elif id in op[:plaats]:
            fouten.append(InvalidParam(f"pilots.{plaats}", "dubbel", f"{id} staat er twee keer"))
    if fase in AFLOPEND:
        fouten.append(InvalidParam("voorziening", "fase", f"de voorziening is in de fase {fase}"))
    if datum > vandaag:
        fouten.append(InvalidParam("datum", "toekomst", f"{datum} ligt na vandaag, {vandaag}"))
    return fouten

"""Rules of membership: pure functions, no database, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.errors import InvalidParam


@dataclass(frozen=True)
class Lidmaatschap:
    """From a first to a last day; without a last one it goes on."""

    vanaf: date
    tot_en_met: date | None


def bezwaren(
    toetreders: Sequence[str],
    uittreders: Sequence[str],
    ingangsdatum: date,
    *,
    geldig: Collection[str],
    leden: Mapping[str, Sequence[Lidmaatschap]],
) -> list[InvalidParam]:
    """Everything for which a change of members does not fit, by the names of the wire.

    Args:
        geldig: codes of the gemeenten that exist on the day.
        leden: all memberships of the samenwerkingsverband, by gemeentecode.
    """
    return list(_bezwaren(toetreders, uittreders, ingangsdatum, geldig, leden))


def _bezwaren(
    toetreders: Sequence[str],
    uittreders: Sequence[str],
    dag: date,
    geldig: Collection[str],
    leden: Mapping[str, Sequence[Lidmaatschap]],
) -> Iterator[InvalidParam]:
    if not toetreders and not uittreders:
        yield InvalidParam("toetreders", "leeg", "noem wie lid wordt of wie geen lid meer is")
    for code, aantal in Counter([*toetreders, *uittreders]).items():
        if aantal > 1:
            yield InvalidParam("toetreders" if code in toetreders else "uittreders", "dubbel", f"{code} staat er {aantal} keer")
    for plaats, code in enumerate(toetreders):
        if code not in geldig:
            yield InvalidParam(f"toetreders.{plaats}", "bestaat_niet", f"op {dag} is er geen gemeente {code}")
        elif any(lid.tot_en_met is None or lid.tot_en_met >= dag for lid in leden.get(code, ())):
            yield InvalidParam(f"toetreders.{plaats}", "al_lid", f"{code} is op of na {dag} al lid")
    for plaats, code in enumerate(uittreders):
        if not any(lid.tot_en_met is None and lid.vanaf < dag for lid in leden.get(code, ())):
            yield InvalidParam(f"uittreders.{plaats}", "geen_lid", f"{code} is vóór {dag} geen lid zonder einddatum")

"""Use cases of events: keeping each, and telling of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from gemeengoed_kit.audit import Record
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found

from catalogus_api.gebeurtenis import repository, rules
from catalogus_api.gebeurtenis.errors import GebeurtenisNietGevonden
from catalogus_api.gebeurtenis.schemas import Gebeurtenis, GebeurtenissenFilter
from catalogus_api.gemeente import service as gemeente
from catalogus_api.routekaart import service as routekaart
from catalogus_api.samenwerkingsverband import service as samenwerkingsverband
from catalogus_api.toegang import IEDEREEN
from catalogus_api.voorziening import service as voorziening

IN_DE_FEED = 100
Namen = Callable[[Work, Sight, Collection[str]], dict[str, str]]
NAMEN: Mapping[str, Namen] = {
    "voorzieningen": voorziening.namen_van,
    "mijlpalen": routekaart.namen_van_mijlpalen,
    "gemeenten": lambda work, zicht, codes: gemeente.namen_van(work, codes),
    "samenwerkingsverbanden": lambda work, zicht, codes: samenwerkingsverband.namen_van(work, codes),
}
"""By collection, what its resources are called, of those that the caller may see. A feature with names adds its own."""


class Bericht:
    """An event as people read it."""

    def __init__(self, rij: Values, titel: str) -> None:
        self.id: uuid.UUID = rij.id
        self.type: str = rij.type
        self.onderwerp: str = rij.onderwerp
        self.tijd: datetime = rij.tijd
        self.titel = titel
        self.tekst = rules.tekst(rij.type, rij.data)


def noteer(work: Work, record: Record) -> None:
    """Keep a record as an event, in its own transaction. The service tells of every record (`Service.recorded`)."""
    rij = {
        "id": uuid.uuid4(),
        "type": rules.type_van(record.action),
        "onderwerp": record.subject,
        "tijd": work.clock.now(),
        "data": record.change,
        "zichtbaar_voor": sorted(set(record.visible_to)),
    }
    repository.add(work.session, rij)


def list_gebeurtenissen(work: Work, zicht: Sight, bron: str, wens: GebeurtenissenFilter) -> tuple[int, list[Gebeurtenis]]:
    """(number in all, events of this page) that the caller may see, oldest first.

    Args:
        bron: `source` of all events of this service.
    """
    count, rows = repository.list_gebeurtenissen(work.session, zicht, wens)
    return count, [_weergave(rij, bron) for rij in rows]


def get_gebeurtenis(work: Work, zicht: Sight, bron: str, id: uuid.UUID) -> Gebeurtenis:
    """One event.

    Raises:
        GebeurtenisNietGevonden: there is none with this id, or not for this caller.
    """
    return _weergave(
        found(repository.find(work.session, zicht, id), GebeurtenisNietGevonden, f"Er is geen gebeurtenis {id}."), bron
    )


def nieuwste(work: Work, kringen: Sight, zicht: Sight) -> list[Bericht]:
    """The newest events, newest first, each with a title that names what it is about.

    Args:
        kringen: which events the caller may see.
        zicht: which entries it may see, and so the names of.
    """
    rows = repository.nieuwste(work.session, kringen, IN_DE_FEED)
    codes: dict[str, set[str]] = defaultdict(set)
    for rij in rows:
        soort, code = rules.hoofdzaak(rij.onderwerp)
        if code:
            codes[soort].add(code)
    namen = {soort: NAMEN[soort](work, zicht, sorted(welke)) for soort, welke in codes.items() if soort in NAMEN}

    def titel(rij: Values) -> str:
        soort, code = rules.hoofdzaak(rij.onderwerp)
        return rules.titel(rij.type, rij.onderwerp, rij.data, namen.get(soort, {}).get(code or ""))

    return [Bericht(rij, titel(rij)) for rij in rows]


def _weergave(rij: Values, bron: str) -> Gebeurtenis:
    members: dict[str, Any] = {
        "specversion": "1.0",
        "id": rij.id,
        "source": bron,
        "type": rij.type,
        "subject": rij.onderwerp,
        "time": rij.tijd,
        "datacontenttype": "application/json",
        "sequence": rules.sequence_van(rij.volgnummer),
        "zichtbaarheid": "iedereen" if IEDEREEN in rij.zichtbaar_voor else "beperkt",
        "data": rij.data,
    }
    return Gebeurtenis.make(**members)

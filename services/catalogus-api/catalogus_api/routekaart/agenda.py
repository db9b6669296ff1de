"""The routekaart as a calendar: iCalendar (RFC 5545; what depends on what by RFC 9253), to subscribe to."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar, Event
from icalendar.prop import vText

from catalogus_api.routekaart.schemas import Mijlpaal, Routekaart

_STATUS = {"voorgenomen": "TENTATIVE", "vastgesteld": "CONFIRMED", "gehaald": "CONFIRMED", "vervallen": "CANCELLED"}
_MIJLPALEN = "mijlpalen.catalogus.gemeengoed.example"


def ics_van(kaart: Routekaart) -> bytes:
    """An event of whole days for every mijlpaal; one that is known to the month, quarter or year takes all of it."""
    agenda = Calendar()
    agenda.add("prodid", "-//Gemeengoed//Routekaart//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add("name", "Routekaart")
    agenda.add("x-wr-calname", "Routekaart")
    for baan in kaart.banen:
        for mijlpaal in baan.mijlpalen:
            agenda.add_component(_gebeurtenis(baan.naam, mijlpaal))
    return agenda.to_ical()


def _gebeurtenis(baan: str, mijlpaal: Mijlpaal) -> Event:
    een = Event()
    een.add("uid", _uid(mijlpaal.id))
    een.add("sequence", mijlpaal.versie - 1)
    een.add("dtstamp", mijlpaal.vastgelegd_op)
    een.add("last-modified", mijlpaal.vastgelegd_op)
    een.add("dtstart", mijlpaal.begin)
    een.add("dtend", mijlpaal.eind + timedelta(days=1))
    een.add("summary", mijlpaal.naam)
    een.add("description", f"{mijlpaal.omschrijving}\n\nBron: {mijlpaal.bronvermelding}")
    een.add("status", _STATUS[mijlpaal.status])
    een.add("transp", "TRANSPARENT")
    een.add("categories", [mijlpaal.soort, baan])
    for van in mijlpaal.afhankelijk_van:
        een.add("related-to", vText(_uid(van), params={"RELTYPE": "DEPENDS-ON"}))
    return een


def _uid(id: str) -> str:
    return f"{id}@{_MIJLPALEN}"

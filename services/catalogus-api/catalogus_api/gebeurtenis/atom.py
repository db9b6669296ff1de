"""Events as an Atom feed (RFC 4287), to follow in a feed reader. All links are paths; a reader completes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree
from lxml.builder import ElementMaker

from catalogus_api.gebeurtenis.service import Bericht

NS = "http://www.w3.org/2005/Atom"
PAD = "/v1/gebeurtenissen/gebeurtenissen.atom"
_MAAK = ElementMaker(namespace=NS, nsmap={None: NS})
_LEEG = datetime(2018, 1, 1, tzinfo=UTC)
"""When a feed without entries changed last; a feed must say so."""
_BUITEN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_van(berichten: Sequence[Bericht], peer_id: str) -> bytes:
    """The feed, newest entry first.

    Args:
        peer_id: OIN of who offers the catalogue; part of the ids, which never change (RFC 4151).
    """
    eigen = f"tag:catalogus.gemeengoed.example,2018:{peer_id}"
    feed = _MAAK.feed(
        _MAAK.id(f"{eigen}:gebeurtenissen"),
        _MAAK.title("Catalogus van gedeelde voorzieningen: wat er wijzigt"),
        _MAAK.updated(_moment(berichten[0].tijd if berichten else _LEEG)),
        _MAAK.author(_MAAK.name("Catalogus")),
        _MAAK.generator("Gemeengoed"),
        _MAAK.link(rel="self", type="application/atom+xml", href=PAD),
        _MAAK.link(rel="alternate", type="application/json", href="/v1/gebeurtenissen"),
        *(_item(bericht, eigen) for bericht in berichten),
    )
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "nl")
    geschreven: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return geschreven


def _item(bericht: Bericht, eigen: str) -> etree._Element:
    return _MAAK.entry(
        _MAAK.id(f"{eigen}:gebeurtenis:{bericht.id}"),
        _MAAK.title(_leesbaar(bericht.titel)),
        _MAAK.updated(_moment(bericht.tijd)),
        _MAAK.published(_moment(bericht.tijd)),
        _MAAK.category(term=bericht.type),
        _MAAK.link(rel="alternate", type="application/json", href=f"/v1/gebeurtenissen/{bericht.id}"),
        _MAAK.link(rel="related", href=bericht.onderwerp),
        _MAAK.content(_leesbaar(bericht.tekst), type="text"),
    )


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _leesbaar(tekst: str) -> str:
    """Without the characters that XML does not have."""
    return _BUITEN_XML.sub("\ufffd", tekst)

"""The Outway of fonds with catalogus behind it, for the job of a bijdrageronde: real CBS figures, in pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.bron import Antwoord, HttpBron, Vraag

ALIAS = "catalogus.vng"
PER_PAGINA = 100


class Bron(HttpBron):
    """Answers `gemeenten` and `herindelingen`, in pages, or a problem with `status` while that is not 200.

    Of a day in `eerder` it answers those gemeenten. While `open` is cleared, requests get no answer at all.
    """

    def __init__(self, gemeenten: list[dict[str, Any]]) -> None:
        self.gemeenten, self.status = gemeenten, 200
        self.eerder: dict[str, list[dict[str, Any]]] = {}
        self.herindelingen: list[dict[str, Any]] = []
        self.gevraagd: list[str] = []
        self.open = threading.Event()
        self.open.set()
        super().__init__()

    def antwoord(self, vraag: Vraag) -> Antwoord:
        self.gevraagd.append(vraag.pad)
        self.open.wait(30)
        delen, wensen = urlsplit(vraag.pad), parse_qs(urlsplit(vraag.pad).query)
        if self.status != 200:
            return Antwoord(self.status, {"title": "Proef", "status": self.status, "detail": "de bron doet het niet"})
        alle = self.gemeenten
        if vraag.host == ALIAS and delen.path == "/v1/herindelingen" and {"vanaf", "tot"} <= set(wensen):
            alle = self.herindelingen
        elif vraag.host != ALIAS or delen.path != "/v1/gemeenten" or not {"geldigOp", "peildatum"} <= set(wensen):
            return Antwoord(404, {"title": "Niet gevonden", "status": 404, "detail": f"{vraag.host} {vraag.pad}"})
        else:
            alle = self.eerder.get(wensen["geldigOp"][0], self.gemeenten)
        nummer = int(wensen.get("page", ["1"])[0])
        rest = {**{naam: waarden[0] for naam, waarden in wensen.items()}, "page": nummer + 1}
        meer = nummer * PER_PAGINA < len(alle)
        pagina = {
            "count": len(alle),
            "results": alle[(nummer - 1) * PER_PAGINA : nummer * PER_PAGINA],
            "next": f"{delen.path}?{urlencode(rest)}" if meer else None,
            "previous": None,
        }
        return Antwoord(200, pagina)


@contextmanager
def outway(gemeenten: list[dict[str, Any]]) -> Iterator[Bron]:
    """The source while a test needs it."""
    bron = Bron(gemeenten)
    try:
        yield bron
    finally:
        bron.open.set()
        bron.stop()

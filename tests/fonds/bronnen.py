"""A small HTTP source that stands for the Outway with catalogus behind it: real sockets, real CBS figures, pages."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.conftest import ROOT

BRON = ROOT / "services/catalogus-api/catalogus_api/gemeente/bron"
ALIAS = "catalogus.vng"
PER_PAGINA = 100


def gemeenten_op(dag: str) -> list[dict[str, Any]]:
    """The gemeenten of a day with their inhabitants on it, as catalogus answers them; straight from the CBS files."""
    with open(BRON / "inwoners.csv", encoding="utf-8", newline="") as bestand:
        inwoners = {r["gemeentecode"]: int(r["inwoners"]) for r in csv.DictReader(bestand) if r["peildatum"] == dag}
    with open(BRON / "gemeenten.csv", encoding="utf-8", newline="") as bestand:
        bestaand = [r for r in csv.DictReader(bestand) if (r["begindatum"] or dag) <= dag <= (r["einddatum"] or dag)]
    return [
        {
            "code": r["gemeentecode"],
            "naam": r["naam"],
            "provincie": r["provincie"],
            "opvolgers": [],
            "inwoners": {"peildatum": dag, "aantal": inwoners[r["gemeentecode"]], "bron": "CBS, CC BY 4.0"},
        }
        for r in sorted(bestaand, key=lambda r: r["gemeentecode"])
    ]


class Bron:
    """What the source answers: `gemeenten`, in pages, or a problem with `status` while that is not 200.

    While `open` is cleared, requests get no answer at all.
    """

    def __init__(self, gemeenten: list[dict[str, Any]]) -> None:
        self.gemeenten, self.status = gemeenten, 200
        self.gevraagd: list[str] = []
        self.url = ""
        self.open = threading.Event()
        self.open.set()

    def antwoord(self, host: str, pad: str) -> tuple[int, dict[str, Any]]:
        self.gevraagd.append(pad)
        self.open.wait(30)
        delen, vraag = urlsplit(pad), parse_qs(urlsplit(pad).query)
        if self.status != 200:
            return self.status, {"title": "Proef", "status": self.status, "detail": "de bron doet het niet"}
        if host != ALIAS or delen.path != "/v1/gemeenten" or not {"geldigOp", "peildatum"} <= set(vraag):
            return 404, {"title": "Niet gevonden", "status": 404, "detail": f"{host} {pad}"}
        nummer = int(vraag.get("page", ["1"])[0])
        rest = {**{naam: waarden[0] for naam, waarden in vraag.items()}, "page": nummer + 1}
        meer = nummer * PER_PAGINA < len(self.gemeenten)
        return 200, {
            "count": len(self.gemeenten),
            "results": self.gemeenten[(nummer - 1) * PER_PAGINA : nummer * PER_PAGINA],
            "next": f"/v1/gemeenten?{urlencode(rest)}" if meer else None,
            "previous": None,
        }


@contextmanager
def outway(gemeenten: list[dict[str, Any]]) -> Iterator[Bron]:
    """The source on a free port of loopback; its `url` is what a service has as its Outway."""
    bron = Bron(gemeenten)

    class Antwoord(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, inhoud = bron.antwoord(self.headers["Host"], self.path)
            tekst = json.dumps(inhoud).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(tekst)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked may have been killed
                self.wfile.write(tekst)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    bron.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield bron
    finally:
        bron.open.set()
        server.shutdown()
        server.server_close()
        draad.join()

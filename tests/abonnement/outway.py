"""The edge: an HTTP server where the own Outway would be, with a catalogus of the real CBS figures and a ledger behind it."""

from __future__ import annotations

import csv
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.conftest import ROOT

BRON = ROOT / "services/catalogus-api/catalogus_api/gemeente/bron"
ALIASES = {"catalogus": "catalogus.gemeengoed.test", "fonds": "fonds.gemeengoed.test"}


def gemeenten_op(dag: str) -> list[dict]:
    """Gemeenten that exist on a day as catalogus shows them, with the inhabitants of that day, from its files."""
    with open(BRON / "inwoners.csv", encoding="utf-8", newline="") as bestand:
        inwoners = {r["gemeentecode"]: int(r["inwoners"]) for r in csv.DictReader(bestand) if r["peildatum"] == dag}
    with open(BRON / "gemeenten.csv", encoding="utf-8", newline="") as bestand:
        bestaand = [
            r
            for r in csv.DictReader(bestand)
            if (not r["begindatum"] or r["begindatum"] <= dag) and (not r["einddatum"] or r["einddatum"] >= dag)
        ]
    return [
        {
            "code": r["gemeentecode"],
            "naam": r["naam"],
            "inwoners": {"peildatum": dag, "aantal": inwoners[r["gemeentecode"]]} if r["gemeentecode"] in inwoners else None,
        }
        for r in sorted(bestaand, key=lambda r: r["gemeentecode"])
    ]


class Outway:
    """What jobs reach. `gemeenten` may be changed by a test, and `storing` makes a source answer with a status."""

    def __init__(self) -> None:
        self.gemeenten = gemeenten_op("2018-01-01")
        self.storing: dict[str, int] = {}
        self.boekingen: dict[str, dict] = {}
        self.sleutels: dict[str, str] = {}
        self.vragen = 0
        self.ontvangen = threading.Semaphore(0)
        self._slot = threading.Lock()
        outway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outway.vragen += 1
                self._antwoord(*outway.catalogus(self.headers["Host"], self.path))

            def do_POST(self) -> None:
                inhoud = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._antwoord(*outway.fonds(self.headers["Host"], self.headers["Idempotency-Key"], inhoud))

            def _antwoord(self, status: int, inhoud: object, location: str | None = None) -> None:
                tekst = json.dumps(inhoud).encode()
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(tekst)))
                self.end_headers()
                self.wfile.write(tekst)

            def log_message(self, *arguments: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def catalogus(self, host: str, pad: str) -> tuple[int, object]:
        """A page of gemeenten, 150 at most, so that clients must follow `next`."""
        if "catalogus" in self.storing:
            return self.storing["catalogus"], {"detail": "storing"}
        delen = urlsplit(pad)
        if host != ALIASES["catalogus"] or delen.path != "/v1/gemeenten":
            return 404, {"detail": f"{host}{pad}"}
        vraag = parse_qs(delen.query)
        pagina = int(vraag.get("page", ["1"])[0])
        deel = self.gemeenten[(pagina - 1) * 150 : pagina * 150]
        volgende = f"{delen.path}?geldigOp={vraag['geldigOp'][0]}&page={pagina + 1}"
        laatste = pagina * 150 >= len(self.gemeenten)
        return 200, {"count": len(self.gemeenten), "next": None if laatste else volgende, "previous": None, "results": deel}

    def fonds(self, host: str, sleutel: str, inhoud: dict) -> tuple[int, object, str | None]:
        """Book once per key and once per source document, as fonds does; refuse what does not balance."""
        self.ontvangen.release()
        if "fonds" in self.storing:
            return self.storing["fonds"], {"detail": "storing"}, None
        if host != ALIASES["fonds"] or sum(r["bedragCent"] for r in inhoud["regels"]) or len(inhoud["regels"]) < 2:
            return 409, {"detail": "niet in evenwicht"}, None
        with self._slot:
            if sleutel not in self.sleutels:
                if inhoud["bron"]["pad"] in self.boekingen:
                    return 409, {"detail": "al geboekt"}, None
                self.sleutels[sleutel] = f"/v1/boekingen/{uuid.uuid4()}"
                self.boekingen[inhoud["bron"]["pad"]] = inhoud
            return 201, {}, self.sleutels[sleutel]

    def saldi(self) -> dict[str, int]:
        """Rekening to the sum of its lines, in cents."""
        totalen: dict[str, int] = {}
        for boeking in self.boekingen.values():
            for regel in boeking["regels"]:
                totalen[regel["rekening"]] = totalen.get(regel["rekening"], 0) + regel["bedragCent"]
        return totalen

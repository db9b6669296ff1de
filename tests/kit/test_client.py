"""What other sources answer, over real HTTP: what is believed, what is final, and how long and how much it may take."""

from __future__ import annotations

import gzip
import json
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from gemeengoed_kit import client as kit
from gemeengoed_kit.client import BadAnswer, OutwayClient, SourceError
from gemeengoed_kit.source import Source, SourceDay
from pydantic import Field

BOEKING = r"/v1/boekingen/[0-9a-f-]{36}"
PAD = "/v1/boekingen/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"
JSON = "application/json"
PROBLEEM = "application/problem+json"


class Dorp(Source):
    code: str = Field(pattern=r"^D[0-9]{6}$")
    naam: str = Field(min_length=1, max_length=200)
    aantal_zielen: int = Field(ge=1, le=1000)
    geteld_op: SourceDay


def dorp(nummer: int, **anders: Any) -> dict[str, Any]:
    return {"code": f"D{nummer:06d}", "naam": "Dorp", "aantalZielen": 7, "geteldOp": "2018-01-01", "nieuw": [1], **anders}


class Ruw:
    """A server that answers each request by the next function of a list (the last one stays), which writes what it likes."""

    def __init__(self) -> None:
        self.antwoorden: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.gevraagd: list[tuple[str, dict[str, str]]] = []
        self.ontvangen: list[bytes] = []
        ruw = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or each body waits 40 ms for the acknowledgement of its head

            def do_GET(self) -> None:
                ruw.ontvangen.append(self.rfile.read(int(self.headers["Content-Length"] or 0)))
                ruw.gevraagd.append((self.path, dict(self.headers)))
                antwoord = ruw.antwoorden.pop(0) if len(ruw.antwoorden) > 1 else ruw.antwoorden[0]
                with suppress(OSError):  # who asked may have had enough
                    antwoord(self)

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def zegt(self, *antwoorden: Any) -> None:
        """Functions, or values to answer as JSON with 200."""
        self.antwoorden = [a if callable(a) else zeg(a) for a in antwoorden]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def zeg(
    inhoud: Any, status: int = 200, soort: str | None = JSON, *kop: tuple[str, str]
) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer; bytes go as they are, anything else as JSON."""

    def schrijf(handler: BaseHTTPRequestHandler) -> None:
        tekst = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode()
        handler.send_response(status)
        if soort is not None:
            handler.send_header("Content-Type", soort)
        for naam, waarde in kop:
            handler.send_header(naam, waarde)
        if status != 204:
            handler.send_header("Content-Length", str(len(tekst)))
        handler.end_headers()
        handler.wfile.write(tekst if status != 204 else b"")

    return schrijf


@pytest.fixture
def ruw() -> Iterator[Ruw]:
    made = Ruw()
    yield made
    made.stop()


@pytest.fixture
def outway(ruw: Ruw) -> OutwayClient:
    return OutwayClient(ruw.url, {"register": "register-alias"}, timeout=5)


def lees(outway: OutwayClient) -> Dorp:
    return outway.read("register", "/v1/dorpen/D000001", Dorp)


def lijst(outway: OutwayClient, **params: Any) -> list[Dorp]:
    return list(outway.pages("register", "/v1/dorpen", Dorp, params, key=lambda d: d.code))


def boek(outway: OutwayClient) -> str:
    return outway.post("register", "/v1/boekingen", {"a": "é"}, idempotency_key="sleutel", creates=BOEKING)


def test_goed_antwoord_wordt_gelezen_en_de_vraag_noemt_alias_en_sleutel(ruw, outway):
    ruw.zegt(dorp(1))
    gelezen = lees(outway)
    assert (gelezen.code, gelezen.aantal_zielen, gelezen.geteld_op.isoformat()) == ("D000001", 7, "2018-01-01")
    ruw.zegt(zeg({}, 201, f"{JSON}; charset=UTF-8", ("Location", PAD)))
    assert boek(outway) == PAD
    (_, gevraagd), (_, geboekt) = ruw.gevraagd
    assert gevraagd["Fsc-Grant-Hash"] == "register-alias" and gevraagd["Accept-Encoding"] == "identity"
    assert gevraagd["Host"] == ruw.url.removeprefix("http://")
    assert geboekt["Idempotency-Key"] == "sleutel" and geboekt["Content-Type"] == JSON


@pytest.mark.parametrize(
    "inhoud",
    [
        {"fonds": "derdengelden", "regels": [{"rekening": "1300", "bedragCent": -12}, {"rekening": "8", "bedragCent": 12}]},
        {"b": "é\u2028\u00ad", "a": [1, None, True, 1.5, {}, [], ""], "é": {"x": '"\\'}},
    ],
)
def test_inhoud_gaat_in_de_bytes_van_de_vorige_uitgave(ruw, outway, inhoud):
    """A key is remembered with the bytes that came with it; what was sent before an upgrade is repeated after it."""
    ruw.zegt(zeg({}, 201, JSON, ("Location", PAD)))
    outway.post("register", "/v1/boekingen", inhoud, idempotency_key="sleutel", creates=BOEKING)
    assert ruw.ontvangen == [httpx.Request("POST", ruw.url, json=inhoud).content]


def _gzip() -> Callable[[BaseHTTPRequestHandler], None]:
    return zeg(gzip.compress(json.dumps(dorp(1)).encode()), 200, JSON, ("Content-Encoding", "gzip"))


DUBBEL = b'{"code": "D000001", "naam": "Dorp", "aantalZielen": 1, "aantalZielen": 900, "geteldOp": "2018-01-01"}'


@pytest.mark.parametrize(
    ("antwoord", "uitleg"),
    [
        (zeg(b"<html>welkom</html>", 200, "text/html"), "text/html"),
        (zeg(b"<html>welkom</html>"), "geen geldige JSON"),
        (zeg(b""), "geen geldige JSON"),
        (zeg(b"", 200, None), "content-type staat er 0 keer"),
        (zeg(b"", 204), "geen 200"),
        (zeg(dorp(1), 206), "geen 200"),
        (zeg(dorp(1), 203), "geen 200"),
        (zeg(dorp(1), 302, JSON, ("Location", "/v1/elders")), "verwijzing"),
        (zeg(dorp(1), 200, PROBLEEM), "geen application/json"),
        (zeg(dorp(1), 200, "application/json; charset=latin-1"), "charset=latin-1"),
        (zeg(dorp(1), 200, JSON, ("Content-Type", "text/plain")), "content-type staat er 2 keer"),
        (_gzip(), "gzip"),
        (zeg(DUBBEL), "'aantalZielen' staat er meer dan eens"),
        (zeg(json.dumps(dorp(1, aantalZielen=float("nan"))).encode()), "NaN"),
        (zeg(json.dumps(dorp(1, nieuw=float("inf"))).encode()), "Infinity"),
        (zeg(json.dumps(dorp(1)).replace("[1]", "1e999").encode()), "te groot"),
        (zeg(json.dumps(dorp(1)).encode("utf-16")), "geen geldige JSON"),
        (zeg(b"[" * 200_000), "geen .*JSON"),
        (zeg(b"9" * 5000), "geen geldige JSON"),
        (zeg([dorp(1)]), "moet een object zijn"),
        (zeg(dorp(1, aantalZielen=True)), "aantalZielen moet een geheel getal zijn"),
        (zeg(dorp(1, aantalZielen="12")), "aantalZielen moet een geheel getal zijn"),
        (zeg(dorp(1, aantalZielen=1.0)), "aantalZielen moet een geheel getal zijn"),
        (zeg(dorp(1, aantalZielen=0)), "aantalZielen minstens 1"),
        (zeg(dorp(1, aantalZielen=1001)), "aantalZielen hoogstens 1000"),
        (zeg(dorp(1, naam="x" * 201)), "naam hoogstens 200 tekens"),
        (zeg(dorp(1, naam="Dorp\nStad")), "naam .*regeleinden"),
        (zeg(dorp(1, naam="Dorp\0")), "NUL"),
        (zeg(dorp(1, nieuw=["\ud800"])), "half teken"),
        (zeg(dorp(1, nieuw={"\0": 1})), "NUL"),
        (zeg(dorp(1, geteldOp=0)), "geteldOp geen geldige notatie"),
        (zeg(dorp(1, geteldOp="2018-02-30")), "geteldOp geen bestaande datum"),
        (zeg({"code": "D000001"}), "naam verplicht.*aantalZielen verplicht"),
    ],
)
def test_antwoord_dat_niet_is_wat_gevraagd_is_wordt_niet_geloofd(ruw, outway, antwoord, uitleg):
    ruw.zegt(antwoord)
    with pytest.raises(BadAnswer, match=uitleg) as fout:
        lees(outway)
    assert not fout.value.permanent and fout.value.problem is None and fout.value.status is not None
    assert "\0" not in str(fout.value)


def test_afgebroken_antwoord_is_geen_antwoord(ruw, outway):
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(json.dumps(dorp(1)).encode())
        handler.close_connection = True

    ruw.zegt(half)
    with pytest.raises(SourceError, match="geen \\(heel\\) antwoord") as fout:
        lees(outway)
    assert fout.value.status is None and not fout.value.permanent
    ruw.zegt(dorp(1))
    assert lees(outway).code == "D000001"


def test_te_groot_antwoord_wordt_niet_uitgelezen(ruw, outway, monkeypatch):
    geschreven = []

    def eindeloos(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        stuk = b"[" + b" " * 65534 + b"]"
        while True:
            handler.wfile.write(b"10000\r\n" + stuk + b"\r\n")
            geschreven.append(len(stuk))

    ruw.zegt(eindeloos)
    with pytest.raises(BadAnswer, match="meer dan 16777216 bytes"):
        lees(outway)
    assert sum(geschreven) < 2 * kit.MAX_ANSWER_BYTES
    ruw.zegt(zeg(b"", 200, JSON, ("Content-Length", str(10**12))))
    with pytest.raises((BadAnswer, SourceError)):
        lees(outway)


@pytest.mark.parametrize("waar", ["kop", "inhoud", "tussenantwoord"])
def test_antwoord_dat_druppelt_houdt_een_taak_niet_vast(ruw, waar):
    """Each byte comes well within any time-out of one read; the whole never ends."""
    gestopt = threading.Event()

    def druppel(handler: BaseHTTPRequestHandler) -> None:
        if waar == "inhoud":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        elif waar == "kop":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lang: ")
        while not gestopt.wait(0.05):
            handler.wfile.write(b"HTTP/1.1 102 Bezig\r\n\r\n" if waar == "tussenantwoord" else b" ")

    ruw.zegt(druppel)
    begin = time.monotonic()
    try:
        with pytest.raises(SourceError, match="geen \\(heel\\) antwoord") as fout:
            lees(OutwayClient(ruw.url, {"register": "r"}, timeout=0.6))
    finally:
        gestopt.set()
    assert fout.value.status is None and 0.5 < time.monotonic() - begin < 3


def test_wie_niets_zegt_of_niet_luistert_is_er_niet(outway):
    with socket.create_server(("127.0.0.1", 0)) as dicht:
        url = f"http://127.0.0.1:{dicht.getsockname()[1]}"
        with pytest.raises(SourceError) as stil:
            lees(OutwayClient(url, {"register": "r"}, timeout=0.3))
    with pytest.raises(SourceError) as weg:
        lees(OutwayClient(url, {"register": "r"}))
    with pytest.raises(SourceError) as geen_outway:
        lees(OutwayClient("", {"register": "r"}))
    for fout in (stil, weg, geen_outway):
        assert fout.value.status is None and not fout.value.permanent


@pytest.mark.parametrize("aliassen", [{}, {"register": ""}, {"register": "régister"}, {"register": "a\r\nb"}])
def test_onbekende_bron_is_een_fout_van_de_aanroep_en_niet_voorgoed(ruw, aliassen):
    ruw.zegt(dorp(1))
    with pytest.raises(SourceError) as fout:
        lees(OutwayClient(ruw.url, aliassen))
    assert not fout.value.permanent and fout.value.source == "register" and ruw.gevraagd == []


@pytest.mark.parametrize("status", [400, 404, 405, 406, 409, 410, 413, 414, 415, 422])
def test_weigering_van_de_bron_zelf_is_voorgoed(ruw, outway, status):
    probleem = {"type": "https://x/al-geboekt", "title": "Al geboekt", "status": status, "detail": "staat er al", "boeking": PAD}
    ruw.zegt(zeg(probleem, status, PROBLEEM, ("Fsc-Transaction-Id", "0197-x")))
    for vraag in (lees, boek, lijst):
        with pytest.raises(SourceError, match=r"Al geboekt: staat er al \(transactie 0197-x") as fout:
            vraag(outway)
        assert fout.value.permanent and fout.value.problem == probleem and fout.value.status == status
        assert fout.value.transaction_id == "0197-x"


@pytest.mark.parametrize("status", [401, 403, 408, 425, 429, 500, 502, 503, 504])
def test_wat_voorbij_kan_gaan_is_niet_voorgoed(ruw, outway, status):
    ruw.zegt(zeg({"title": "Nu niet", "status": status}, status, PROBLEEM, ("Retry-After", "120")))
    with pytest.raises(SourceError, match="Nu niet") as fout:
        boek(outway)
    assert (
        not fout.value.permanent
        and fout.value.retry_after == 120
        and fout.value.problem == {"title": "Nu niet", "status": status}
    )


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413])
def test_fout_van_de_gateway_is_nooit_een_weigering_van_de_bron(ruw, outway, status):
    fsc = {"message": "Peer heeft geen alias 'fonds'", "domain": "ERROR_DOMAIN_OUTWAY", "code": "UNKNOWN"}
    for soort in (JSON, PROBLEEM):
        ruw.zegt(zeg(fsc, status, soort, ("Fsc-Error-Code", "UNKNOWN_GRANT_HASH_IN_HEADER")))
        with pytest.raises(SourceError, match="UNKNOWN_GRANT_HASH_IN_HEADER: Peer heeft geen alias") as fout:
            boek(outway)
        assert not fout.value.permanent and fout.value.problem is None and fout.value.status == status


@pytest.mark.parametrize(
    "antwoord",
    [
        zeg(b"<html>404</html>", 404, "text/html"),
        zeg({"title": "x", "status": 404}, 404, JSON),
        zeg(b"{", 409, PROBLEEM),
        zeg([], 409, PROBLEEM),
        zeg({"title": "x", "status": 503}, 409, PROBLEEM),
        zeg({"title": 5, "status": 409}, 409, PROBLEEM),
        zeg({"title": "\0", "status": 409}, 409, PROBLEEM),
        zeg(gzip.compress(b"{}"), 409, PROBLEEM, ("Content-Encoding", "gzip")),
    ],
)
def test_fout_die_geen_probleem_van_de_bron_is_is_niet_voorgoed(ruw, outway, antwoord):
    ruw.zegt(antwoord)
    with pytest.raises(SourceError) as fout:
        boek(outway)
    assert not fout.value.permanent and fout.value.problem is None and "\0" not in str(fout.value)


def test_moment_om_terug_te_komen_telt_vanaf_de_klok_van_de_bron(ruw, outway):
    ruw.zegt(
        zeg({}, 503, JSON, ("Date", "Mon, 15 Jan 2018 09:00:00 GMT"), ("Retry-After", "Mon, 15 Jan 2018 09:01:30 GMT")),
        zeg({}, 503, JSON, ("Retry-After", "straks")),
    )
    gevonden = []
    for _ in range(2):
        with pytest.raises(SourceError) as fout:
            lees(outway)
        gevonden.append(fout.value.retry_after)
    assert gevonden[1] is None


@pytest.mark.parametrize(
    "antwoord",
    [
        zeg(b"<html>", 200, "text/html", ("Location", PAD)),
        zeg(b"", 200, JSON, ("Location", PAD)),
        zeg(b"", 204, None, ("Location", PAD)),
        zeg(b"", 201, None, ("Location", PAD)),
        zeg({}, 203, JSON, ("Location", PAD)),
        zeg({}, 201),
        zeg({}, 201, JSON, ("Location", "")),
        zeg({}, 201, JSON, ("Location", f"http://elders.example{PAD}")),
        zeg({}, 201, JSON, ("Location", f"//elders.example{PAD}")),
        zeg({}, 201, JSON, ("Location", PAD[1:])),
        zeg({}, 201, JSON, ("Location", f"{PAD}/../x")),
        zeg({}, 201, JSON, ("Location", f"{PAD}?x=1")),
        zeg({}, 201, JSON, ("Location", f"{PAD}#x")),
        zeg({}, 201, JSON, ("Location", "/v1/boekingen/")),
        zeg({}, 201, JSON, ("Location", "/v1/saldi/0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10")),
        zeg({}, 201, JSON, ("Location", PAD), ("Location", PAD)),
    ],
)
def test_succes_zonder_bewijs_dat_er_iets_is_gemaakt_telt_niet(ruw, outway, antwoord):
    ruw.zegt(antwoord)
    with pytest.raises(BadAnswer) as fout:
        boek(outway)
    assert not fout.value.permanent


def test_location_met_puntpad_telt_ook_niet_waar_de_vorm_ruim_is(ruw, outway):
    ruw.zegt(zeg({}, 201, JSON, ("Location", "/v1/boekingen/../saldi")))
    with pytest.raises(BadAnswer):
        outway.post("register", "/v1/boekingen", {}, idempotency_key="s", creates=r"/v1/boekingen/.+")


def pagina(nummers: Any, count: int, volgende: str | None) -> dict[str, Any]:
    return {
        "count": count,
        "next": volgende,
        "previous": None,
        "results": [dorp(n) if isinstance(n, int) else n for n in nummers],
    }


TWEEDE = "/v1/dorpen?naam=x%26y&page=2&pageSize=500"


def test_lijst_wordt_in_bladzijden_gelezen_met_dezelfde_vraag(ruw, outway):
    ruw.zegt(pagina([1, 2], 3, TWEEDE), pagina([3], 3, None))
    assert [d.code for d in lijst(outway, naam="x&y")] == ["D000001", "D000002", "D000003"]
    vragen = [parse_qs(urlsplit(pad).query) for pad, _ in ruw.gevraagd]
    assert vragen == [{"naam": ["x&y"], "pageSize": ["500"]}, {"naam": ["x&y"], "pageSize": ["500"], "page": ["2"]}]
    ruw.zegt(pagina([], 0, None))
    assert lijst(outway) == []


@pytest.mark.parametrize(
    "volgende",
    [
        "/v1/dorpen?naam=x%26y",
        "/v1/dorpen?naam=x%26y&page=1&pageSize=500",
        "/v1/dorpen?naam=x%26y&page=3&pageSize=500",
        "/v1/dorpen?naam=x%26y&page=2&page=2",
        "/v1/dorpen?naam=x%26y&page=02",
        "/v1/dorpen?naam=anders&page=2",
        "/v1/dorpen?page=2",
        "/v1/dorpen?naam=x%26y&page=2&provincie=Utrecht",
        "/v1/steden?naam=x%26y&page=2",
        "/v1/dorpen/../steden?naam=x%26y&page=2",
        "http://elders.example/v1/dorpen?naam=x%26y&page=2",
        "//elders.example/v1/dorpen?naam=x%26y&page=2",
        "?naam=x%26y&page=2",
        "",
        7,
    ],
)
def test_next_dat_niet_de_volgende_bladzijde_is_wordt_niet_gevolgd(ruw, outway, volgende):
    ruw.zegt(pagina([1], 2, volgende), pagina([2], 2, None))
    with pytest.raises(BadAnswer, match="pagina 1"):
        lijst(outway, naam="x&y")
    assert len(ruw.gevraagd) == 1


@pytest.mark.parametrize(
    ("bladzijden", "uitleg"),
    [
        ([pagina([1, 1], 2, None)], "D000001 komt na D000001"),
        ([pagina([2, 1], 2, None)], "D000001 komt na D000002"),
        ([pagina([1, 2], 4, "/v1/dorpen?page=2"), pagina([1, 2], 4, None)], "pagina 2: D000001 komt na D000002"),
        ([pagina([1], 2, "/v1/dorpen?page=2"), pagina([1], 2, None)], "komt na"),
        ([pagina([1], 2, "/v1/dorpen?page=2"), pagina([2], 3, None)], "count is nu 3, en was 2"),
        ([pagina([1, 2], 1, None)], "2 resultaten, en count is 1"),
        ([pagina([1], 2, None)], "de laatste"),
        ([pagina([1], 1, "/v1/dorpen?page=2")], "niet de laatste"),
        ([pagina([], 1, "/v1/dorpen?page=2")], "niet de laatste"),
        ([pagina(range(501), 501, None)], "501 resultaten, en gevraagd zijn er 500"),
        ([{"count": True, "next": None, "results": [dorp(1)]}], "count is geen aantal"),
        ([{"count": "1", "next": None, "results": [dorp(1)]}], "count is geen aantal"),
        ([{"count": 1.0, "next": None, "results": [dorp(1)]}], "count is geen aantal"),
        ([{"count": -1, "next": None, "results": []}], "count is geen aantal"),
        ([{"count": 1, "results": [dorp(1)]}], "next is geen pad"),
        ([{"count": 1, "next": None, "results": {}}], "results is geen lijst"),
        ([[dorp(1)]], "geen object"),
        (
            [pagina([1, dorp(2, naam="", aantalZielen=True), 3, dorp(4, geteldOp=1)], 4, None)],
            'D000002".*naam.*aantalZ.*D000004".*Op',
        ),
        ([pagina([1], 2, "/v1/dorpen?page=2"), zeg(b"<html>", 200, "text/html")], "pagina 2: geen application/json"),
    ],
)
def test_bladzijden_die_samen_geen_lijst_zijn_worden_niet_geloofd(ruw, outway, bladzijden, uitleg):
    ruw.zegt(*bladzijden)
    with pytest.raises(BadAnswer, match=uitleg) as fout:
        lijst(outway)
    assert not fout.value.permanent and len(ruw.gevraagd) == len(bladzijden)


def test_kapotte_bladzijde_noemt_hoogstens_tien_resultaten(ruw, outway):
    ruw.zegt(pagina([dorp(n, aantalZielen=True) for n in range(1, 101)], 100, None))
    with pytest.raises(BadAnswer, match=r"100 onbruikbare resultaten: .*D000010.*en nog 90") as fout:
        lijst(outway)
    assert "D000011" not in str(fout.value) and len(str(fout.value)) < 3000


def test_honderdduizend_resultaten_kosten_niet_meer_geheugen_dan_een_bladzijde(ruw):
    """A list of them all takes some 60 MB; the figures are of the whole process, the server's side too."""
    aantal, per_pagina = 100_000, 500
    voor, na = json.dumps(dorp(999_999)).split("999999")

    def geef(handler: BaseHTTPRequestHandler) -> None:
        vraag = {naam: waarden[0] for naam, waarden in parse_qs(urlsplit(handler.path).query).items()}
        nummer = int(vraag.get("page", "1"))
        items = ",".join(f"{voor}{n:06d}{na}" for n in range((nummer - 1) * per_pagina, nummer * per_pagina))
        meer = nummer * per_pagina < aantal
        volgende = json.dumps(f"/v1/dorpen?{urlencode({**vraag, 'page': nummer + 1})}" if meer else None)
        zeg(f'{{"count": {aantal}, "next": {volgende}, "results": [{items}]}}'.encode())(handler)

    def grootst() -> int:
        """The most memory that this process has had, in bytes."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    ruw.antwoorden = [geef]
    begin, zielen = grootst(), 0
    for d in OutwayClient(ruw.url, {"register": "r"}).pages("register", "/v1/dorpen", Dorp, key=lambda d: d.code):
        zielen += d.aantal_zielen
    assert zielen == 7 * aantal and grootst() - begin < 24 * 2**20

"""Nonsense of many kinds, for every operation of an API: each an ASGI request as a careless or hostile client makes it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from gemeengoed_kit.openapi import METHODS
from starlette.types import ASGIApp

Kop = list[tuple[bytes, bytes]]
VREEMD = [
    b"%00",
    b"%FF",
    b"%2F",
    b"..",
    b"%2e%2e",
    b"%0d%0aX:1",
    b"-1",
    b"0",
    b"9" * 400,
    b"1e5",
    b"%D9%A1",
    b"%F0%9F%98%80",
    b"%ED%A0%80",
    b"'%20OR%201=1--",
    b"%25%25",
    b"a" * 500,
    b"null",
    b"%5B%5D",
    b"0001-01-01",
    b"9999-12-31",
]
KOPPEN: list[Kop] = [
    [(b"accept", b"application/json"), (b"accept", b"text/plain")],
    [(b"accept", b'*/*;q="')],
    [(b"accept", b"\xff\xfe")],
    [(b"accept", b"," * 3000)],
    [(b"content-type", b"application/json; charset=utf-16")],
    [(b"content-type", b"application/json;;;=;")],
    [(b"content-type", b"\xe9")],
    [(b"content-length", b"0"), (b"content-length", b"5")],
    [(b"content-encoding", b"gzip")],
    [(b"transfer-encoding", b"chunked")],
    [(b"idempotency-key", b"")],
    [(b"idempotency-key", b"\xc3\xa9")],
    [(b"idempotency-key", b"a"), (b"idempotency-key", b"b")],
    [(b"fsc-transaction-id", b"\xff" * 50)],
    [(b"if-match", b'"x"'), (b"range", b"bytes=0-1")],
    [(b"cookie", b"a" * 5000)],
    [(b"host", b"a b\xff")],
    [(b"x-forwarded-for", b"1.1.1.1, \x80")],
    [(b"expect", b"100-continue"), (b"upgrade", b"websocket"), (b"connection", b"upgrade")],
    [(b"fsc-authorization", b"Bearer a.b.c")],
    [(b"fsc-authorization", b"\xff")],
    [(b"authorization", b"\xff" * 100)],
]
WAARDEN: list[bytes] = [
    b"null",
    b"true",
    b"-1",
    b"1.5",
    b"1e400",
    b"1e-400",
    b"100.0000000000000001",
    b"9" * 5000,
    b"NaN",
    b'""',
    b'" "',
    b'"\\u0000"',
    b'"\\ud800"',
    b'"' + b"a" * 5000 + b'"',
    b'"0001-01-01"',
    b'"9999-12-31"',
    b'"2018-02-30"',
    '"\u200b\u202e\uffff"'.encode(),
    b"[]",
    b"{}",
    b"[null]",
    b'[{"a":1,"a":2}]',
    b"[" * 60 + b"]" * 60,
]
INHOUD: list[bytes] = [
    b"",
    b" ",
    b"{",
    b"[]",
    b"null",
    b"{}",
    b'"x"',
    b"1",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"a":1,"a":1}',
    b'{"\\u0000":1}',
    b"{}{}",
    b"<a/>",
    b'<?xml version="1.0" encoding="ebcdic-cp-be"?><a/>',
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    b"<a " + b'b="1" ' * 10 + b">",
    b"<a>" * 5000,
    b"<?xml version='1.0' encoding='utf-16'?><a/>",
]


@dataclass
class Verzoek:
    """One request; `wat` says in which operation and with what nonsense."""

    wat: str
    method: str
    path: bytes
    query: bytes = b""
    headers: Kop = field(default_factory=list)
    body: bytes = b""


def verzoeken(document: dict[str, Any]) -> Iterator[Verzoek]:
    """Every operation with every kind of nonsense in its path, query, headers and body."""
    for sjabloon, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield from _van(document, sjabloon, method.upper(), item[method])


def _van(document: dict[str, Any], sjabloon: str, method: str, operation: dict[str, Any]) -> Iterator[Verzoek]:
    parameters = operation.get("parameters", [])
    voorbeelden = {p["name"]: str(p["schema"].get("example", "x")) for p in parameters if p["in"] == "path"}
    goed = ("/v1" + re.sub(r"\{(\w+)\}", lambda gevonden: voorbeelden[gevonden.group(1)], sjabloon)).encode()
    soort = next(iter(operation.get("requestBody", {}).get("content", {})), None)
    kop: Kop = [(b"content-type", soort.encode())] if soort else []
    naam = f"{method} {sjabloon}"
    yield Verzoek(naam, method, goed, headers=kop)
    for vreemd in VREEMD:
        for parameter in parameters:
            if parameter["in"] == "path":
                plek = f"/v1{sjabloon}".replace("{" + parameter["name"] + "}", "\0").encode()
                pad = re.sub(rb"\{(\w+)\}", lambda gevonden: voorbeelden[gevonden.group(1).decode()].encode(), plek)
                yield Verzoek(f"{naam} pad {vreemd[:20]!r}", method, pad.replace(b"\0", vreemd), headers=kop)
            elif parameter["in"] == "query":
                vraag = parameter["name"].encode() + b"=" + vreemd
                yield Verzoek(f"{naam} vraag {vraag[:30]!r}", method, goed, vraag, kop)
                yield Verzoek(f"{naam} dubbel {vraag[:30]!r}", method, goed, vraag + b"&" + vraag, kop)
        yield Verzoek(f"{naam} onbekend {vreemd[:20]!r}", method, goed, vreemd + b"=" + vreemd, kop)
    for raar in KOPPEN:
        yield Verzoek(f"{naam} kop {raar!r}"[:120], method, goed, headers=[*kop, *raar], body=b"{}" if soort else b"")
    if soort:
        for inhoud in INHOUD:
            yield Verzoek(f"{naam} inhoud {inhoud[:20]!r}", method, goed, headers=kop, body=inhoud)
        if soort == "application/json":
            schema = operation["requestBody"]["content"][soort]["schema"]
            for plaats, inhoud in _gevuld(_voorbeeld(schema, document)):
                yield Verzoek(f"{naam} {plaats}", method, goed, headers=kop, body=inhoud)


def _voorbeeld(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """A value as the specification's examples say it."""
    if "$ref" in schema:
        return _voorbeeld(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document)
    if "allOf" in schema:
        return _voorbeeld(schema["allOf"][0], document)
    if "example" in schema:
        return schema["example"]
    if schema.get("type") == "array":
        return [_voorbeeld(schema["items"], document)] * max(1, schema.get("minItems", 1))
    if schema.get("type") == "object":
        return {name: _voorbeeld(part, document) for name, part in schema.get("properties", {}).items()}
    return {"integer": 1, "boolean": True}.get(schema.get("type", ""), "x")


def _gevuld(goed: Any) -> Iterator[tuple[str, bytes]]:
    """The example, with each value in it replaced by each kind of nonsense in turn."""
    for pad in _paden(goed):
        for waarde in WAARDEN:
            kopie = json.loads(json.dumps(goed))
            plek = kopie
            for deel in pad[:-1]:
                plek = plek[deel]
            plek[pad[-1]] = "\x01hier"
            yield f"{'.'.join(map(str, pad))}={waarde[:25]!r}", json.dumps(kopie).encode().replace(b'"\\u0001hier"', waarde)


def _paden(waarde: Any, boven: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if boven:
        yield boven
    if isinstance(waarde, (dict, list)):
        for deel, binnen in waarde.items() if isinstance(waarde, dict) else enumerate(waarde[:1]):
            yield from _paden(binnen, (*boven, deel))


async def _stuur(app: ASGIApp, verzoek: Verzoek, headers: Kop) -> tuple[int, dict[str, str], bytes]:
    eigen = {naam for naam, _ in verzoek.headers}
    lengte = [(b"content-length", str(len(verzoek.body)).encode())] if verzoek.body and b"content-length" not in eigen else []
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": verzoek.method,
        "scheme": "http",
        "path": unquote(verzoek.path.decode()),
        "raw_path": verzoek.path,
        "query_string": verzoek.query,
        "root_path": "",
        "server": ("dienst.test", 80),
        "client": ("127.0.0.1", 1),
        "headers": [*((n, w) for n, w in headers if n not in eigen), *verzoek.headers, *lengte],
        "state": {},
    }
    gezegd: list[Any] = []
    gelezen = False

    async def receive() -> dict[str, Any]:
        nonlocal gelezen
        if gelezen:
            return {"type": "http.disconnect"}
        gelezen = True
        return {"type": "http.request", "body": verzoek.body, "more_body": False}

    async def send(bericht: Any) -> None:
        gezegd.append(bericht)

    await app(scope, receive, send)
    kop = {naam.decode("latin-1").lower(): waarde.decode("latin-1") for naam, waarde in gezegd[0]["headers"]}
    return gezegd[0]["status"], kop, b"".join(bericht.get("body", b"") for bericht in gezegd[1:])


def bezwaren(app: ASGIApp, document: dict[str, Any], rollen: dict[str, dict[str, str]]) -> tuple[int, list[str]]:
    """(number of requests, what is wrong with the answers): a crash, or an error that is no problem in Dutch."""
    gevonden: list[str] = []
    gedaan = 0

    async def alles() -> None:
        nonlocal gedaan
        for rol, kop in rollen.items():
            headers = [(naam.lower().encode(), waarde.encode()) for naam, waarde in kop.items()]
            for verzoek in verzoeken(document):
                gedaan += 1
                try:
                    status, gekregen, inhoud = await _stuur(app, verzoek, headers)
                except Exception as fout:
                    gevonden.append(f"{rol}: {verzoek.wat}: {fout!r}")
                    continue
                if status >= 500:
                    gevonden.append(f"{rol}: {verzoek.wat}: {status} {inhoud[:200]!r}")
                elif status >= 400 and gekregen.get("content-type") != "application/problem+json":
                    gevonden.append(f"{rol}: {verzoek.wat}: {status} {gekregen.get('content-type')}")
                elif "api-version" not in gekregen:
                    gevonden.append(f"{rol}: {verzoek.wat}: {status} without API-Version")

    asyncio.run(alles())
    return gedaan, gevonden

"""Outcomes of what foundations account for, of questions about it, of lines per dienst, and of reports."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.clock import today

from tests.contract.proef import Proef

GEEN = uuid.uuid4()
KIND, SENSOOR = "stichting-kindertelefoon", "stichting-sensoor"
STUK, VERZOEK = "/verantwoordingsstukken", "/toelichtingsverzoeken"
VORMEN = ("", ".csv", ".xlsx", ".svg")


def pdf(wat: str) -> bytes:
    """A document of its own."""
    return f"%PDF-1.7\n% {wat}\ntrailer <<>>\nstartxref\n9\n%%EOF\n".encode()


def stuur_in(
    proef: Proef, aanbieder: str, inhoud: bytes, status: int, als: dict[str, str] | None = None, soort: str = "pdf"
) -> Any:
    kop = {"Content-Type": f"application/{soort}"}
    return proef.doe("POST", f"/aanbieders/{aanbieder}/verantwoordingsdocumenten", status, content=inhoud, headers=kop, als=als)


def ingediend(proef: Proef, aanbieder: str, soort: str, bedragen: dict[str, int], toelichting: str) -> dict[str, Any]:
    """A submission on behalf of a foundation."""
    document = stuur_in(proef, aanbieder, pdf(toelichting), 201)["id"]
    delen = [{"dienst": dienst, "bedragCent": cent} for dienst, cent in bedragen.items()]
    inhoud = {"aanbieder": aanbieder, "soort": soort, "jaar": 2018, "document": document, "bedragen": delen}
    return proef.doe("POST", STUK, 201, json={**inhoud, "toelichting": toelichting})


def besluit(proef: Proef, **anders: Any) -> dict[str, Any]:
    assert proef.context is not None
    return {"uitkomst": "vastgesteld", "commissie": "Commissie (test)", "datum": str(today(proef.context.clock)), **anders}


def beslis(proef: Proef, stuk: dict[str, Any], status: int = 201, **anders: Any) -> Any:
    pad = f"{STUK}/{stuk['id']}/besluit"
    return proef.doe("POST", pad, status, json=besluit(proef, **anders), als=proef.kop("commissie"))


def scenario(proef: Proef, werk: Any) -> None:
    stukken(proef)
    verzoeken(proef)
    rapporten(proef, werk)
    _contracten(proef)


def stukken(proef: Proef) -> None:
    zelf = proef.kop("aanbieder", aanbieder=KIND)
    document = stuur_in(proef, KIND, pdf("een"), 201, zelf)["id"]
    stuur_in(proef, KIND, pdf("een"), 200)
    sleutel = {"Content-Type": "application/pdf", "Idempotency-Key": "document"}
    for wat, status in (("twee", 201), ("drie", 409)):
        pad = f"/aanbieders/{KIND}/verantwoordingsdocumenten"
        proef.doe("POST", pad, status, content=pdf(wat), headers=sleutel)
    stuur_in(proef, KIND, b"geen pdf", 400)
    stuur_in(proef, KIND, pdf("een"), 415, soort="xml")
    stuur_in(proef, KIND, pdf("x" * 10_000_000), 413)
    stuur_in(proef, "geen", pdf("een"), 404)
    stuur_in(proef, SENSOOR, pdf("een"), 403, zelf)
    proef.doe("GET", f"/verantwoordingsdocumenten/{document}", 200)
    proef.doe("GET", f"/verantwoordingsdocumenten/{GEEN}", 404)
    proef.doe("GET", "/verantwoordingsdocumenten/x", 400)
    bedragen = [{"dienst": "kindertelefoon", "bedragCent": 383_000_000}]
    inhoud = {"aanbieder": KIND, "soort": "begroting", "jaar": 2018, "document": document, "bedragen": bedragen}
    eerste = proef.doe("POST", STUK, 201, json=inhoud, als=zelf)
    proef.doe("POST", STUK, 403, json={**inhoud, "aanbieder": SENSOOR}, als=zelf)
    for soort, anders in (
        ("onbekende-aanbieder", {"aanbieder": "geen"}),
        ("onbekend-verantwoordingsdocument", {"document": str(GEEN)}),
        ("bedragen-kloppen-niet", {"bedragen": []}),
    ):
        assert proef.doe("POST", STUK, 409, json={**inhoud, **anders})["type"] == f"/v1/problemen/{soort}"
    tweede = proef.doe("POST", STUK, 201, json=inhoud)
    for soort, stuk, anders in (
        ("nieuwere-versie", eerste, {}),
        ("reden-ontbreekt", tweede, {"uitkomst": "teruggestuurd"}),
        ("onmogelijke-besluitdatum", tweede, {"datum": "2000-01-01"}),
    ):
        assert beslis(proef, stuk, 409, **anders)["type"] == f"/v1/problemen/{soort}"
    beslis(proef, tweede)
    assert beslis(proef, tweede, 409)["type"] == "/v1/problemen/al-besloten"
    beslis(proef, {"id": GEEN}, 404)
    proef.doe("POST", f"{STUK}/x/besluit", 400, json=besluit(proef), als=proef.kop("commissie"))
    pad = f"{STUK}/{tweede['id']}"
    for waar in (STUK, pad, f"{pad}/document.pdf"):
        proef.doe("GET", waar, 200)
    kop = {"If-None-Match": proef.client.get(f"/v1{pad}/document.pdf", headers=proef.kop()).headers["etag"]}
    proef.doe("GET", f"{pad}/document.pdf", 304, headers=kop)
    proef.doe("GET", f"{STUK}?page=0", 400)
    for waar in ("", "/document.pdf"):
        proef.doe("GET", f"{STUK}/{GEEN}{waar}", 404)
        proef.doe("GET", f"{STUK}/x{waar}", 400)


def verzoeken(proef: Proef) -> None:
    gemeente, zelf = proef.kop("gemeente", gemeentecode="GM0003"), proef.kop("aanbieder", aanbieder=KIND)
    vraag = {"aanbieder": KIND, "vraag": "Waarom?"}
    pad = f"{VERZOEK}/{proef.doe('POST', VERZOEK, 201, json=vraag, als=gemeente)['id']}"
    proef.doe("POST", VERZOEK, 400, json={}, als=gemeente)
    for soort, anders in (
        ("onbekende-aanbieder-van-verzoek", {"aanbieder": "geen"}),
        ("onbekend-verantwoordingsstuk", {"stuk": str(GEEN)}),
    ):
        assert proef.doe("POST", VERZOEK, 409, json={**vraag, **anders}, als=gemeente)["type"] == f"/v1/problemen/{soort}"
    proef.doe("POST", f"{pad}/publicatie", 409, als=zelf)
    proef.doe("POST", f"{pad}/antwoord", 201, json={"antwoord": "Daarom."}, als=zelf)
    proef.doe("POST", f"{pad}/antwoord", 409, json={"antwoord": "Daarom."}, als=zelf)
    proef.doe("POST", f"{pad}/publicatie", 201, als=zelf)
    proef.doe("POST", f"{pad}/publicatie", 409, als=zelf)
    for actie, inhoud in (("antwoord", {"antwoord": "x"}), ("publicatie", None)):
        proef.doe("POST", f"{VERZOEK}/{GEEN}/{actie}", 404, json=inhoud, als=zelf)
        proef.doe("POST", f"{VERZOEK}/x/{actie}", 400, json=inhoud, als=zelf)
    proef.doe("GET", VERZOEK, 200)
    proef.doe("GET", f"{VERZOEK}?page=0", 400)
    proef.doe("GET", pad, 200)
    proef.doe("GET", f"{VERZOEK}/{GEEN}", 404)
    proef.doe("GET", f"{VERZOEK}/x", 400)


def rapporten(proef: Proef, werk: Any) -> None:
    for vorm in VORMEN:
        proef.doe("GET", f"/rapportages/deelname{vorm}", 409)
        proef.doe("GET", f"/rapportages/deelname{vorm}?peildatum=x", 400)
    peiling = proef.doe("POST", "/gemeentepeilingen", 202, json={"peildatum": "2018-01-01"})["id"]
    proef.doe("POST", "/gemeentepeilingen", 409, json={"peildatum": "2099-01-01"})
    proef.doe("POST", "/gemeentepeilingen", 400, json={"peildatum": "x"})
    werk(proef)
    proef.doe("GET", "/gemeentepeilingen", 200)
    proef.doe("GET", "/gemeentepeilingen?page=0", 400)
    proef.doe("GET", f"/gemeentepeilingen/{peiling}", 200)
    proef.doe("GET", f"/gemeentepeilingen/{GEEN}", 404)
    proef.doe("GET", "/gemeentepeilingen/x", 400)
    for vorm in VORMEN:
        proef.doe("GET", f"/rapportages/deelname{vorm}", 200)
        proef.doe("GET", f"/rapportages/inning{vorm}?jaar=2018", 200)
        proef.doe("GET", f"/rapportages/inning{vorm}", 400)
        proef.doe("GET", f"/rapportages/ouderdom{vorm}", 200)
        proef.doe("GET", f"/rapportages/ouderdom{vorm}?op=2099-01-01", 409)
        proef.doe("GET", f"/rapportages/ouderdom{vorm}?op=x", 400)
    proef.doe("GET", "/rapportages/auditfile.xaf?jaar=2018", 200)
    proef.doe("GET", "/rapportages/auditfile.xaf", 400)
    for lijst in ("factuurregels", "toewijzingen", "verdelingsregels"):
        proef.doe("GET", f"/{lijst}", 200)
        proef.doe("GET", f"/{lijst}?page=0", 400)


def _contracten(proef: Proef) -> None:
    """Contracts that name a gemeente that is another organisation, or an aanbieder that does not exist."""
    vreemd, onbekend = proef.kop("gemeente", gemeentecode="GM0003"), proef.kop("aanbieder", aanbieder="geen")
    proef.doe("PUT", "/afnemers/GM0003", 200, json={"peerId": "00000099000000000004"})
    stuk = {"aanbieder": KIND, "soort": "jaarplan", "jaar": 2018, "document": str(GEEN), "bedragen": []}
    lezen = (
        STUK,
        f"{STUK}/{GEEN}",
        f"{STUK}/{GEEN}/document.pdf",
        VERZOEK,
        f"{VERZOEK}/{GEEN}",
        "/factuurregels",
        "/toewijzingen",
    )
    for pad in lezen:
        proef.doe("GET", pad, 403, als=vreemd)
    proef.doe("POST", VERZOEK, 403, json={"aanbieder": KIND, "vraag": "Waarom?"}, als=vreemd)
    proef.doe("DELETE", "/afnemers/GM0003", 204)
    inning = [f"/rapportages/inning{vorm}?jaar=2018" for vorm in VORMEN]
    for pad in (*lezen, f"/verantwoordingsdocumenten/{GEEN}", "/verdelingsregels", *inning):
        proef.doe("GET", pad, 403, als=onbekend)
    stuur_in(proef, KIND, pdf("een"), 403, onbekend)
    proef.doe("POST", STUK, 403, json=stuk, als=onbekend)
    proef.doe("POST", f"{VERZOEK}/{GEEN}/antwoord", 403, json={"antwoord": "x"}, als=onbekend)
    proef.doe("POST", f"{VERZOEK}/{GEEN}/publicatie", 403, als=onbekend)


def vullen(proef: Proef, gemeenten: tuple[str, ...], werk: Any) -> None:
    """Of each foundation submissions in every state, questions of each gemeente, of which one is published, and two peilingen."""
    for aanbieder, dienst in ((KIND, "kindertelefoon"), (SENSOOR, "luisterend-oor")):
        for versie, uitkomst in enumerate(("teruggestuurd", "vastgesteld", None), start=1):
            over = f"Toelichting {versie} van {aanbieder}"
            stuk = ingediend(proef, aanbieder, "begroting", {dienst: 10**9 * versie + len(aanbieder)}, over)
            if uitkomst:
                beslis(proef, stuk, uitkomst=uitkomst, reden=f"Reden {versie} voor {aanbieder}")
        for code in gemeenten:
            vraag = {"aanbieder": aanbieder, "vraag": f"Vraag van {code} aan {aanbieder}"}
            een = proef.doe("POST", VERZOEK, 201, json=vraag, als=proef.kop("gemeente", gemeentecode=code))
            if code != gemeenten[1]:
                antwoord = {"antwoord": f"Antwoord aan {code} van {aanbieder}"}
                proef.doe("POST", f"{VERZOEK}/{een['id']}/antwoord", 201, json=antwoord)
            if code == gemeenten[2]:
                proef.doe("POST", f"{VERZOEK}/{een['id']}/publicatie", 201)
    for dag in ("2017-01-01", "2018-01-01"):
        proef.doe("POST", "/gemeentepeilingen", 202, json={"peildatum": dag})
    werk(proef)

"""A factsheet as PDF and web page: what they show, that they stay the same, and that no text becomes more than text."""

from __future__ import annotations

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from catalogus_api.factsheet.html import CSP, STIJL, html_van
from catalogus_api.factsheet.pdf import pdf_van
from catalogus_api.factsheet.schemas import LANGSTE_ANTWOORD, MEESTE_BANDEN, MEESTE_POSTEN, Factsheet
from catalogus_api.inlezen import FACTSHEETS
from gemeengoed_kit.schema import LINE
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfReader

from tests.catalogus.factsheets import VIJANDIG, gemaakt, post

ANTWOORDEN = [naam for naam in ("ontwikkeldDoor", "watIsHet", "wieGebruiktHet", "kostenEnBesparing")] + [
    f"implementatie{deel}" for deel in ("It", "Werkproces", "Veranderkundig", "Personeel")
]
ZES = [
    gemaakt(regel["voorziening"], **{naam: waarde for naam, waarde in regel.items() if naam != "voorziening"})
    for regel in json.loads(FACTSHEETS.read_text("utf-8"))
]


def kaal(tekst: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", tekst)


def gelezen(factsheet: Factsheet) -> tuple[PdfReader, str]:
    pdf = PdfReader(io.BytesIO(pdf_van(factsheet)))
    return pdf, kaal("".join(bladzij.extract_text() for bladzij in pdf.pages))


@pytest.mark.parametrize("factsheet", ZES, ids=lambda een: een.naam)
def test_elk_van_de_zes_is_een_bladzij_met_alles_wat_erop_staat(factsheet):
    pdf, tekst = gelezen(factsheet)
    assert len(pdf.pages) == 1
    antwoorden = [waarde for naam, waarde in factsheet if naam not in ("posten", "voorziening") and isinstance(waarde, str)]
    for staat in (*antwoorden, *(een.omschrijving for een in factsheet.posten), "Stand van 30 november 2016 · versie 1"):
        if staat != "gepubliceerd":
            assert kaal(staat) in tekst, staat
    assert "bladzij1van1" in tekst and "CONCEPT" not in tekst
    web = html.fromstring(html_van(factsheet)).text_content()
    assert all(staat in web for staat in antwoorden if staat != "gepubliceerd")
    assert all(een.vindplaats is not None and een.vindplaats.citaat in web for een in factsheet.posten)


def test_zelfde_versie_geeft_dezelfde_bytes_en_heeft_de_datum_van_de_factsheet():
    een = ZES[1]
    assert pdf_van(een) == pdf_van(een.model_copy()) and html_van(een) == html_van(een.model_copy())
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pdf_van, [een] * 8)) == {pdf_van(een)}
    pdf, _ = gelezen(een)
    assert pdf.metadata is not None
    assert pdf.metadata["/CreationDate"] == pdf.metadata["/ModDate"] == "D:20161130000000Z"
    assert pdf.metadata.title == f"Factsheet {een.naam}"
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"] and b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_vijandige_tekst_blijft_tekst():
    plaats = {"stuk": VIJANDIG[:120].strip(), "pagina": "#1 <b>*2*</b>", "citaat": VIJANDIG}
    een = gemaakt(
        VIJANDIG[:120].strip(),
        **dict.fromkeys(ANTWOORDEN, VIJANDIG),
        bronvermelding=VIJANDIG,
        posten=[post(omschrijving=VIJANDIG[:200].strip(), vindplaats=plaats)],
    )
    _, tekst = gelezen(een)
    assert tekst.count(kaal(VIJANDIG)) == len(ANTWOORDEN) + 2  # the source, and what the amount is for
    bladzij = html_van(een)
    assert "<script" not in bladzij and "<!--" not in bladzij
    boom = html.fromstring(bladzij)
    assert boom.text_content().count(VIJANDIG) == len(ANTWOORDEN) + 4  # those, and the quotation with what it is about
    assert not boom.xpath("//script | //*[@onmouseover] | //b")
    assert unescape(boom.findtext(".//h1")) == een.naam


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=60).filter(re.compile(LINE).fullmatch))
def test_elke_tekst_die_vastgelegd_kan_worden_geeft_een_pdf_en_een_pagina(tekst):
    een = gemaakt(tekst, ontwikkeldDoor=tekst, posten=[post(omschrijving=tekst)], bronvermelding=tekst)
    assert pdf_van(een).startswith(b"%PDF-") and "<title>" in html_van(een)


def test_teken_waarvoor_geen_lettertype_is_staat_toch_in_een_pdf():
    met = gemaakt(ontwikkeldDoor="Een \U0001f600 erbij.")
    pdf, tekst = gelezen(met)
    assert "Een" in tekst and "erbij." in tekst and pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" not in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert "\U0001f600" in html_van(met) and pdf_van(met) == pdf_van(met.model_copy())


def test_langste_teksten_geven_een_leesbare_pdf_van_meer_bladzijden():
    lang = ("langwoord" * 30 + " " + "gewoon woord " * 1000)[:LANGSTE_ANTWOORD].strip()
    banden = [
        {"vanaf": n * 10, "tot": None if n == MEESTE_BANDEN - 1 else n * 10 + 10, "laag": 10**11, "hoog": 10**12}
        for n in range(MEESTE_BANDEN)
    ]
    veel = post(laag=None, hoog=None, basis="naar inwoners", staffel=banden, omschrijving="W" * 200)
    pdf, tekst = gelezen(gemaakt("W" * 120, **dict.fromkeys(ANTWOORDEN, lang), posten=[veel] * MEESTE_POSTEN))
    assert 5 < len(pdf.pages) < 50
    for band in (f"{tot - 10}tot{tot}" for tot in range(20, 10 * MEESTE_BANDEN, 10)):
        assert tekst.count(f"{band}inwoners:€1.000.000.000tot€10.000.000.000") == MEESTE_POSTEN
    assert tekst.count("gewoonwoord" * 20) >= len(ANTWOORDEN)
    assert all(f"bladzij {n} van {len(pdf.pages)}" in bladzij.extract_text() for n, bladzij in enumerate(pdf.pages, 1))


def test_lege_factsheet_zegt_wat_niet_genoemd_is():
    leeg = gemaakt(**dict.fromkeys(ANTWOORDEN), posten=[], publicatiestatus="concept")
    pdf, tekst = gelezen(leeg)
    assert tekst.count("nietgenoemd") == 8 and len(pdf.pages) == 1 and "CONCEPT" in tekst
    boom = html.fromstring(html_van(leeg))
    assert boom.text_content().count("niet genoemd") == 8 and "Concept." in boom.text_content() and not boom.xpath("//table")
    post_zonder = gemaakt(**dict.fromkeys(ANTWOORDEN, "Iets."), posten=[{"omschrijving": "Iets", "soort": "besparing"}])
    assert html.fromstring(html_van(post_zonder)).text_content().count("niet genoemd") == 2  # how often, and how much
    assert gelezen(post_zonder)[1].count("nietgenoemd") == 2


def test_webpagina_is_toegankelijk_en_laadt_niets(client):
    antwoord = client.get("/v1/voorzieningen/digitale-overlijdensaangifte/factsheet.html")
    assert antwoord.headers["content-type"] == "text/html; charset=utf-8"
    assert antwoord.headers["content-security-policy"] == CSP and "script-src" not in CSP
    boom = html.fromstring(antwoord.text)
    assert boom.get("lang") == "nl" and len(boom.xpath("//h1")) == 1 and len(boom.xpath("//main")) == 1
    assert [int(kop.tag[1]) for kop in boom.xpath("//main//h2 | //main//h3")] == [2, 2, 2, 2, 3, 3, 3, 3, 2, 2]
    assert all(kop.get("scope") for kop in boom.xpath("//th")) and boom.xpath("//table/caption")
    assert not boom.xpath("//script | //link | //img | //iframe | //@style") and boom.findtext(".//style") == STIJL
    assert "prefers-color-scheme: dark" in STIJL and "@media print" in STIJL and "url(" not in STIJL

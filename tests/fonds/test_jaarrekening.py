"""The annual account: balans and staat are those of the ledger, and every form shows the same."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from fonds_api.jaarrekening.html import CSP, STIJL, html_van
from fonds_api.jaarrekening.pdf import pdf_van
from fonds_api.jaarrekening.rules import RESULTAAT
from fonds_api.jaarrekening.schemas import Jaarrekening
from gemeengoed_kit.dutch import euros
from lxml import html
from pypdf import PdfReader

from tests.fonds.begrotingen import tabel
from tests.fonds.verslagen import boek, gevuld, losse, neem_aan

PAD = "/v1/fondsen/ggu/jaarrekening"
VIJANDIG = "#set page(fill: red) <script>alert(1)</script> *vet* $x$ \\u{41}"


@pytest.fixture
def rekening(client, context, als):
    gevuld(client, context, als)
    antwoord = client.get(f"{PAD}?jaar=2020", headers=als("ledenvergadering"))
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def kaal(tekst: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", tekst)


def test_balans_en_staat_zijn_die_van_het_grootboek(client, als, rekening):
    balans = rekening["balans"]
    for pad, stand, totaal in zip(
        balans["herleiding"], ("bedragCent", "vorigCent"), ("totaalCent", "vorigTotaalCent"), strict=True
    ):
        gevonden = losse(client.get(pad, headers=als("fondsbeheerder")).json()["rekeningen"])
        per = {een["nummer"]: een for een in gevonden}
        for kant, teken in (("activa", 1), ("passiva", -1)):
            assert sum(een[stand] for een in balans[kant]) == balans[totaal]
            for een in balans[kant]:
                if een["rekening"]:
                    assert per[een["rekening"]]["soort"] == kant and per[een["rekening"]]["saldoCent"] * teken == een[stand]
            toont = {een["rekening"] for een in balans[kant]}
            assert {een["nummer"] for een in gevonden if een["soort"] == kant and een["saldoCent"]} <= toont
        (resultaat,) = [een for een in balans["passiva"] if een["omschrijving"] == RESULTAAT]
        assert resultaat[stand] == -sum(een["saldoCent"] for een in gevonden if een["soort"] in ("baten", "lasten"))
    assert (
        rekening["resultaatCent"] == rekening["baten"][-1]["bedragCent"] - rekening["lasten"][-1]["bedragCent"] == 4_296_154_222
    )
    assert rekening["vorigResultaatCent"] == 77_777 == balans["vorigTotaalCent"] and rekening["aantalBoekingen"] == 11
    for rijen in (rekening["baten"], rekening["lasten"]):
        for wat in ("begrootCent", "bedragCent", "verschilCent", "vorigCent"):
            assert sum(rij[wat] for rij in rijen[:-1]) == rijen[-1][wat]
    assert rekening["status"] == "concept" and rekening["vaststelling"] is None


def test_toelichting_noemt_elke_prioriteit_met_haar_posten(client, als, rekening):
    verslag = client.get("/v1/fondsen/ggu/realisatie?jaar=2020&peildatum=2020-12-31", headers=als("bestuur")).json()["regels"]
    per = {een["prioriteit"]: een for een in rekening["toelichting"]}
    assert list(per) == ["A1", "A2", "B1", "B2", "B3", "C1", "C2", "C3", "D1", "D2"]
    assert per["C2"]["tekst"] == "Van € 3.500.000,00 is € 1.300.000,99 besteed (37,1\u00a0%). Vrij gebleven is € 2.199.999,01."
    assert per["B3"]["tekst"] == "Hiervoor was niets begroot; besteed is € 0,01. Dat is € 0,01 meer dan begroot."
    assert per["C1"]["tekst"] == "Van de begrote € 5.737.000,00 is niets besteed. Vrij gebleven is € 5.737.000,00."
    for rij in verslag:
        if rij["soort"] == "prioriteit":
            posten = per[rij["prioriteit"]]["posten"]
            assert sum(post["besteedCent"] for post in posten) == rij["besteedCent"]
            assert sum(post["begrootCent"] for post in posten) == rij["begrootCent"]


def test_wat_alleen_vorig_jaar_was_staat_er_ook(client, context, als):
    boek(context, [("2019-05-01", ("4990", 500), ("0500", -500)), ("2020-05-01", ("1100", 700), ("8000", -700))])
    rekening = client.get(f"{PAD}?jaar=2020", headers=als("accountant")).json()
    assert [(een["omschrijving"], een["bedragCent"], een["vorigCent"]) for een in rekening["lasten"] if een["vorigCent"]] == [
        ("Toevoeging aan reserves", 0, 500),
        ("Totaal", 0, 500),
    ]
    assert rekening["vorigResultaatCent"] == -500 and rekening["resultaatCent"] == 700


def test_pdf_en_pagina_tonen_elk_bedrag(client, als, rekening):
    bedragen = {euros(een["bedragCent"]) for kant in ("activa", "passiva") for een in rekening["balans"][kant]}
    bedragen |= {
        euros(een[wat])
        for een in (*rekening["baten"], *rekening["lasten"])
        for wat in ("begrootCent", "bedragCent", "verschilCent")
    }
    bedragen |= {euros(post["vrijCent"]) for een in rekening["toelichting"] for post in een["posten"]}
    pdf = client.get(f"{PAD}.pdf?jaar=2020", headers=als("bestuur"))
    assert pdf.headers["content-disposition"] == 'inline; filename="jaarrekening-ggu-2020-concept.pdf"'
    gelezen = PdfReader(io.BytesIO(pdf.content))
    tekst = kaal("".join(bladzij.extract_text() for bladzij in gelezen.pages))
    pagina = client.get(f"{PAD}.html?jaar=2020", headers=als("bestuur"))
    assert pagina.headers["content-security-policy"] == CSP and f"<style>{STIJL}</style>" in pagina.text
    web = html.fromstring(pagina.text).text_content()
    assert len(bedragen) > 30
    for bedrag in bedragen:
        assert kaal(bedrag) in tekst and bedrag in web, bedrag
    assert "CONCEPT" in tekst and "Concept." in web and len(gelezen.pages) == 3
    assert gelezen.metadata.title == "Jaarrekening 2020 Fonds Gezamenlijke Gemeentelijke Uitvoering"
    assert b"pdfuaid" in gelezen.trailer["/Root"]["/Metadata"].get_object().get_data()
    van = Jaarrekening.model_validate(rekening)
    assert pdf_van(van) == pdf.content and html_van(van) == pagina.text


def test_vastgestelde_jaarrekening_noemt_haar_besluit(rekening):
    besluit = {"bron": "catalogus", "pad": "/v1/besluiten/3f0c9a52-6d1e-4b7a-9c58-2e4d7f1a0b63"}
    vast = {"besluit": besluit, "vastgesteldOp": "2021-06-15T09:00:00.000Z"}
    van = Jaarrekening.model_validate({**rekening, "status": "vastgesteld", "vaststelling": vast})
    tekst = kaal("".join(bladzij.extract_text() for bladzij in PdfReader(io.BytesIO(pdf_van(van))).pages))
    for gezien in (tekst, kaal(html_van(van))):
        assert kaal(besluit["pad"]) in gezien and "CONCEPT" not in gezien and "Concept" not in gezien


def test_vijandige_tekst_blijft_tekst(client, context, als):
    tekst = VIJANDIG.replace('"', "")
    neem_aan(client, context, als, tabel(f'regel,A1,structureel,"{tekst}",5,', "bijdrage,,,Bijdragen (test),5,"), titel=tekst)
    pagina = client.get(f"{PAD}.html?jaar=2020", headers=als("bestuur")).text
    assert "<script" not in pagina and html.fromstring(pagina).text_content().count(tekst) >= 3
    gelezen = PdfReader(io.BytesIO(client.get(f"{PAD}.pdf?jaar=2020", headers=als("bestuur")).content))
    assert kaal("".join(bladzij.extract_text() for bladzij in gelezen.pages)).count(kaal(tekst)) >= 3
    assert "/C" not in str(gelezen.pages[0].get("/Annots", ""))


def test_teken_waarvoor_geen_lettertype_is_staat_toch_in_een_pdf(rekening):
    van = Jaarrekening.model_validate({**rekening, "naam": "Fonds \U0001f600"})
    assert pdf_van(van).startswith(b"%PDF-") and "\U0001f600" in html_van(van)


def test_tabellen_tonen_wat_de_jaarrekening_toont(client, als, rekening):
    def gelezen(deel: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(client.get(f"{PAD}.csv?jaar=2020{deel}", headers=als("bestuur")).text)))

    staat = gelezen("")
    assert [int(rij["bedragCent"]) for rij in staat] == [
        *(een["bedragCent"] for een in (*rekening["baten"], *rekening["lasten"])),
        rekening["resultaatCent"],
    ]
    assert {rij["kant"]: int(rij["bedragCent"]) for rij in gelezen("&deel=balans")} == dict.fromkeys(
        ("activa", "passiva"), rekening["balans"]["totaalCent"]
    )
    assert len(gelezen("&deel=toelichting")) == sum(len(een["posten"]) for een in rekening["toelichting"])
    werkmap = client.get(f"{PAD}.xlsx?jaar=2020", headers=als("bestuur")).content
    boek_ = openpyxl.load_workbook(io.BytesIO(werkmap))
    assert boek_.sheetnames == ["Balans", "Baten en lasten", "Toelichting"]
    assert round(100 * boek_["Balans"].cell(boek_["Balans"].max_row, 4).value) == rekening["balans"]["totaalCent"]


def test_jaar_zonder_iets_geeft_een_lege_jaarrekening(client, als):
    rekening = client.get("/v1/fondsen/derdengelden/jaarrekening?jaar=2019", headers=als("administratie")).json()
    assert (rekening["baten"], rekening["lasten"], rekening["balans"]["activa"], rekening["resultaatCent"]) == ([], [], [], 0)
    for vorm in ("pdf", "html", "xlsx", "csv"):
        pad = f"/v1/fondsen/derdengelden/jaarrekening.{vorm}?jaar=2000"
        assert client.get(pad, headers=als("administratie")).status_code == 200, vorm

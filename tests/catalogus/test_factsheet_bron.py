"""The factsheets and criteria that come with the product: what they say stands in a paper, word for word."""

from __future__ import annotations

import json
import re

import pytest
from catalogus_api.inlezen import DUIDING, FACTSHEETS

from tests.catalogus.test_voorziening_bron import ZES, kaal

BRON = json.loads(FACTSHEETS.read_text("utf-8"))
CRITERIA = json.loads(DUIDING.read_text("utf-8"))["criteria"]
STUK = "VNG, BALV 30-11-2016, voorstel A"
RUBRIEKEN = {"voorziening", "datum", "publicatiestatus", "bronvermelding", "posten"}


@pytest.fixture(scope="module")
def paginas(shared) -> list[str]:
    tekst = next((shared / "seeds").glob("002_*")).read_text("utf-8")
    return [kaal(pagina).casefold() for pagina in tekst.split("\n ")]


def test_elke_zin_en_elk_citaat_staat_op_de_genoemde_pagina(paginas):
    assert {een["voorziening"] for een in BRON} == ZES
    for een in BRON:
        bron, nummer = een["bronvermelding"].rsplit(", p. ", 1)
        assert bron.startswith(STUK)
        op = paginas[int(nummer) - 1]
        for naam in een.keys() - RUBRIEKEN:
            for zin in re.split(r"(?<=[.;:]) ", een[naam]):
                assert kaal(zin).casefold().rstrip(".;:") in op, (een["voorziening"], naam, zin)
        for post in een["posten"]:
            plaats = post["vindplaats"]
            assert (plaats["stuk"], plaats["pagina"]) == (STUK, nummer)
            assert kaal(plaats["citaat"]).casefold() in op, (een["voorziening"], plaats["citaat"])


def test_elk_bedrag_staat_in_zijn_citaat():
    for een in BRON:
        for post in een["posten"]:
            citaat = post["vindplaats"]["citaat"]
            if post.get("laag") is None:
                assert not re.search(r"€|\d+ uur", citaat), citaat
            elif post["laag"] == post["hoog"] == 0:
                assert re.search(r"gratis|geen kosten|geen out of pocket kosten|kost niets", citaat), citaat
            else:
                for waarde in (post["laag"], post["hoog"]):
                    geschreven = {f"{waarde / 100:g}".replace(".", ","), f"{waarde / 100_000_000:g} mln."}
                    assert any(re.search(rf"(?<!\d){re.escape(tekst)}(?!\d)", citaat) for tekst in geschreven), (waarde, citaat)


def test_elk_criterium_staat_in_het_voorstel_en_geen_score_is_verzonnen(paginas, client):
    for een in CRITERIA:
        stuk, nummer = een["bronvermelding"].rsplit(", p. ", 1)
        assert stuk == STUK and kaal(een["citaat"]).casefold() in paginas[int(nummer) - 1]
    geladen = client.get("/v1/duiding/criteria").json()["results"]
    assert {een["code"] for een in geladen} == {een["code"] for een in CRITERIA}
    assert {een["code"] for een in geladen if een["soort"] == "weging"} == {
        *("waarde-dienstverlening", "waarde-bedrijfsvoering", "landelijke-opschaling", "urgentie"),
    }
    assert client.get("/v1/duiding/scores").json()["count"] == 0
    assert client.get("/v1/duiding/rangschikking?weging=gelijk").json()["results"] == []

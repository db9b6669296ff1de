"""The charts: what a browser shows of them, what a screen reader hears, and that no text becomes more than text."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from fonds_api.verantwoording import grafiek
from fonds_api.verantwoording.schemas import GeldendeBegroting, Herkomstregel, Realisatie, Realisatieregel
from gemeengoed_kit import charts
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.fonds.browser import gemeten
from tests.fonds.verslagen import gevuld

SVG = "{http://www.w3.org/2000/svg}"
LANG = "Gemeenschappelijke basis informatievoorziening en dienstverlening"


def regel(
    soort: str, naam: str, begroot: int, besteed: int, verplicht: int = 0, prioriteit: str | None = None
) -> Realisatieregel:
    return Realisatieregel.make(
        soort=soort,
        prioriteit=prioriteit,
        budgetsoort=None,
        omschrijving=naam,
        begroot_cent=begroot,
        overgeheveld_cent=0,
        verplicht_cent=verplicht,
        besteed_cent=besteed,
        vrij_cent=begroot - verplicht - besteed,
        kwartalen=[],
        herleiding=[],
    )


def verslag(rijen: list[tuple[int, int, int]], naam: str = LANG) -> Realisatie:
    """A report of prioriteiten with (begroot, besteed, verplicht), in cents."""
    regels = [
        regel("prioriteit", naam, *cent, prioriteit=f"{'ABCD'[nummer // 3]}{nummer % 3 + 1}") for nummer, cent in enumerate(rijen)
    ]
    samen = tuple(map(sum, zip(*rijen, strict=True))) if rijen else (0, 0, 0)
    bronnen = [
        Herkomstregel.make(
            soort=soort,
            omschrijving=over,
            begroot_cent=cent[0],
            ontvangen_cent=cent[1],
            verschil_cent=cent[1] - cent[0],
            kwartalen=[],
            herleiding=[],
        )
        for soort, over, cent in [*(("rekening", naam, cent) for cent in rijen), ("totaal", "Totaal", samen)]
    ]
    return Realisatie.make(
        fonds="ggu",
        naam="Fonds Gezamenlijke Gemeentelijke Uitvoering",
        jaar=2020,
        peildatum=date(2020, 12, 31),
        begroting=GeldendeBegroting.make(pad="/v1/begrotingen/x", titel="Proef", soort="kaderbegroting", versie=1),
        kwartalen=[],
        regels=[*regels, regel("totaal", "Totaal", *samen)] if rijen else [],
        herkomst=bronnen if rijen else [],
        resultaat_cent=0,
        afsluiting=None,
    )


GEWOON = [(10**9 * n, 3 * 10**8 * n, 10**8 * n) for n in range(1, 12)]
GEVALLEN = {
    "elf prioriteiten": verslag(GEWOON),
    "klein naast groot": verslag([(10**14, 99, 1), (1, 0, 0), (0, 5 * 10**13, 0), (50, -(10**14), 0), (0, 0, 0)]),
    "alles boven begroting": verslag([(100, 10**12, 10**11)] * 11),
    "breedste letters": verslag([(10**15, 10**15, 10**15)] * 3, "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW WWWW " * 4),
    "niets": verslag([]),
}


def overlappen(een: dict[str, float], ander: dict[str, float]) -> bool:
    """Whether two boxes have more in common than a hair."""
    return (
        min(een["x"] + een["breed"], ander["x"] + ander["breed"]) - max(een["x"], ander["x"]) > 0.5
        and min(een["y"] + een["hoog"], ander["y"] + ander["hoog"]) - max(een["y"], ander["y"]) > 2.5
    )


def helderheid(kleur: str) -> float:
    """Relative luminance (WCAG 2.2) of a colour as a browser gives it."""
    delen = [int(deel) / 255 for deel in re.findall(r"\d+", kleur)[:3]]
    r, g, b = (deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
def test_in_een_browser_staat_niets_over_iets_anders_en_is_alles_te_lezen(tmp_path, donker):
    tekeningen = [maak(van) for van in GEVALLEN.values() for maak in (grafiek.realisatie_svg, grafiek.herkomst_svg)]
    for naam, beeld in zip(
        itertools.product(GEVALLEN, ("realisatie", "herkomst")), gemeten(tekeningen, tmp_path, donker=donker), strict=True
    ):
        assert len(beeld["teksten"]) > 2 and all(tekst["breed"] > 0 for tekst in beeld["teksten"]), naam
        for tekst in beeld["teksten"]:
            assert tekst["x"] >= 0 and tekst["x"] + tekst["breed"] <= beeld["breed"], (naam, tekst)
            assert tekst["y"] >= 0 and tekst["y"] + tekst["hoog"] <= beeld["hoog"], (naam, tekst)
        for een, ander in itertools.combinations(beeld["teksten"], 2):
            assert not overlappen(een, ander), (naam, een, ander)
        for tekst, balk in itertools.product(beeld["teksten"], beeld["balken"]):
            assert not overlappen(tekst, balk), (naam, tekst, balk)
        grond = helderheid(beeld["grond"])
        assert (grond < 0.1) is donker
        for tekst in beeld["teksten"]:
            hel = helderheid(tekst["kleur"])
            assert (max(hel, grond) + 0.05) / (min(hel, grond) + 0.05) >= 4.5, (naam, tekst)


def test_tekening_is_te_lezen_met_een_schermlezer(client, context, als):
    gevuld(client, context, als)
    for pad, zegt in (
        ("realisatie", "C2 Sociaal Domein: begroot € 3.500.000, verplicht € 0, besteed € 1.300.001, vrij € 2.199.999."),
        ("herkomst", "Bijdragen gemeenten: begroot € 0, ontvangen € 52.300.000."),
    ):
        antwoord = client.get(f"/v1/fondsen/ggu/{pad}.svg?jaar=2020&peildatum=2020-12-31", headers=als("bestuur"))
        assert antwoord.headers["content-type"] == "image/svg+xml" and antwoord.headers["content-security-policy"] == charts.CSP
        wortel = etree.fromstring(antwoord.content)
        titel, beschrijving = (wortel.find(f"{SVG}{naam}") for naam in ("title", "desc"))
        assert wortel.get("role") == "img" and wortel.get("aria-labelledby") == f"{titel.get('id')} {beschrijving.get('id')}"
        assert "2020" in titel.text and zegt in beschrijving.text and "stand van 31 december 2020" in beschrijving.text
        assert f"<style>{charts.STYLE}</style>" in antwoord.text and " style=" not in antwoord.text


@settings(max_examples=50)
@given(
    st.lists(st.tuples(*[st.integers(-(10**17), 10**17)] * 3), max_size=12),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300),
)
def test_elke_tekening_is_geldig_en_elke_tekst_blijft_tekst(rijen, naam):
    van = verslag(rijen, naam)
    for maak in (grafiek.realisatie_svg, grafiek.herkomst_svg):
        wortel = etree.fromstring(maak(van).encode())
        breed, hoog = float(wortel.get("width")), float(wortel.get("height"))
        assert {etree.QName(deel).localname for deel in wortel.iter()} <= {
            *("svg", "title", "desc", "style", "defs", "pattern", "rect", "line", "text", "g")
        }
        for vak in wortel.iter(f"{SVG}rect"):
            maten = {wat: float(vak.get(wat, 0)) for wat in ("x", "y", "width", "height")}
            if vak.getparent().tag != f"{SVG}pattern":
                assert (
                    maten["width"] > 0
                    and maten["x"] + maten["width"] <= breed + 0.1
                    and maten["y"] + maten["height"] <= hoog + 0.1
                )
        assert len(wortel.findall(f".//{SVG}g")) == (len(rijen) + 1 if rijen else 0)


def test_tekst_van_een_begroting_wordt_geen_opmaak():
    kwaad = "</text><script>alert(1)</script>&lt;\"'"
    tekst = grafiek.realisatie_svg(verslag([(100, 50, 0)], kwaad))
    wortel = etree.fromstring(tekst.encode())
    assert kwaad in wortel.find(f"{SVG}desc").text and "<script" not in tekst


def test_leeg_verslag_zegt_dat_het_leeg_is(client, als):
    for pad in ("realisatie", "herkomst"):
        antwoord = client.get(f"/v1/fondsen/derdengelden/{pad}.svg?jaar=2020", headers=als("administratie"))
        assert antwoord.status_code == 200 and antwoord.text.count(grafiek.LEEG) == 2

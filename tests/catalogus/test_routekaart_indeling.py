"""The picture, whatever is in it: every label has a place of its own, and nothing stands outside."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from catalogus_api.routekaart import rules, svg
from catalogus_api.routekaart.indeling import BREED, LINKS, NAAMKOLOM, RAND, RECHTS, Vak, indelen
from catalogus_api.routekaart.schemas import Routekaart
from gemeengoed_kit.typesetting import BOLD, certain, lines, width
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

OP = datetime(2018, 1, 15, tzinfo=UTC)
teksten = st.text(
    st.one_of(
        st.characters(min_codepoint=33, max_codepoint=0x17F, blacklist_categories=("Cc", "Cf", "Zs")),
        st.sampled_from("  iWm—漢字ﷺ😀e\u0301\uffff<&"),
    ),
    min_size=1,
    max_size=120,
).filter(lambda tekst: tekst.strip())


@st.composite
def kaarten(draw, meeste: int = 40) -> Routekaart:
    aantal = draw(st.integers(0, meeste))
    begin = draw(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
    jaren = draw(st.sampled_from([0, 1, 3, 10, 99]))
    gemaakt = []
    for n in range(aantal):
        soort = draw(st.sampled_from(["fase", "mijlpaal", "besluit"]))
        precies = draw(st.sampled_from(["dag", "maand", "kwartaal", "jaar"]))
        dag = min(begin + timedelta(days=draw(st.integers(0, 365 * jaren + 30))), date(2100, 12, 31))
        van = rules.eerste_dag(dag, precies)
        lang = timedelta(days=draw(st.integers(0, 1500)) if soort == "fase" else 0)
        gemaakt.append(
            {
                "id": f"m{n}",
                "versie": 1,
                "naam": draw(teksten),
                "voorziening": draw(st.sampled_from([None, "a", "b", "c"])),
                "soort": soort,
                "begin": van,
                "eind": rules.laatste_dag(min(van + lang, date(2100, 12, 31)), precies),
                "nauwkeurigheid": precies,
                "status": draw(st.sampled_from(["voorgenomen", "vastgesteld", "gehaald", "vervallen"])),
                "publicatiestatus": "gepubliceerd",
                "omschrijving": "Proef.",
                "bronvermelding": "Test",
                "afhankelijk_van": draw(st.lists(st.sampled_from([m["id"] for m in gemaakt]), max_size=2)) if gemaakt else [],
                "vastgelegd_op": OP,
            }
        )
    codes = dict.fromkeys(m["voorziening"] for m in gemaakt)
    return Routekaart.make(
        peildatum=draw(st.dates(date(2000, 1, 1), date(2100, 12, 31))),
        begin=min((m["begin"] for m in gemaakt), default=None),
        eind=max((m["eind"] for m in gemaakt), default=None),
        banen=[
            {"voorziening": code, "naam": draw(teksten), "mijlpalen": [m for m in gemaakt if m["voorziening"] == code]}
            for code in codes
        ],
        afhankelijkheden=[{"van": van, "naar": m["id"]} for m in gemaakt for van in m["afhankelijk_van"]],
    )


def controleer(tekening) -> None:
    """No label stands over another, over a mark of another, or outside the picture."""
    tekens = [teken for strook in tekening.stroken for teken in strook.tekens]
    namen = [
        Vak(regel.x, regel.y - 12, width(regel.tekst, 12) * BOLD, 15) for strook in tekening.stroken for regel in strook.naam
    ]
    labels = [teken.label for teken in tekens]
    for een, ander in itertools.combinations([*labels, *namen], 2):
        assert not een.overlapt(ander), (een, ander)
    for een, ander in itertools.permutations(tekens, 2):
        assert not een.label.overlapt(ander.merk) and not een.merk.overlapt(ander.merk)
    for strook in tekening.stroken:
        for teken in strook.tekens:
            assert not teken.label.overlapt(teken.merk)
            for vak in (teken.label, teken.merk, teken.duur):
                assert vak.x >= LINKS and vak.rechts <= RECHTS + 0.01, vak
                assert strook.vak.y <= vak.y and vak.onder <= strook.vak.onder, vak
            for regel in teken.regels:
                assert width(regel.tekst, 10.5 if regel.klein else 12) <= teken.label.breed + 0.01
                assert teken.label.y <= regel.y - 9 and regel.y + 2 <= teken.label.onder
        assert all(regel.x + width(regel.tekst, 12) * BOLD <= RAND + NAAMKOLOM for regel in strook.naam)
        assert strook.vak.breed == BREED and strook.vak.onder <= tekening.hoog
    for een, ander in itertools.pairwise(tekening.stroken):
        assert een.vak.onder == ander.vak.y
    jaren = [(s.midden, width(s.label, 12) * BOLD) for s in tekening.strepen if s.jaar and s.label]
    kwartalen = [(s.midden, width(s.label, 10.5)) for s in tekening.strepen if not s.jaar and s.label]
    for rij in (jaren, kwartalen):
        assert all(x - b / 2 >= LINKS - 20 and x + b / 2 <= BREED for x, b in rij)
        assert all(x + b / 2 <= y - c / 2 for (x, b), (y, c) in itertools.pairwise(rij))
    assert tekening.vandaag is None or LINKS <= tekening.vandaag <= RECHTS


@given(kaart=kaarten(), venster=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1))))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_geen_label_staat_over_een_ander_en_niets_buiten_de_tekening(kaart, venster):
    controleer(indelen(kaart))
    if venster:
        for vanaf, tot in ((venster, venster + timedelta(days=200)), (venster, None), (None, venster)):
            controleer(indelen(kaart, vanaf, tot))


@given(kaart=kaarten(8))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_tekening_is_xml_met_elke_naam_erin(kaart):
    wortel = etree.fromstring(svg.teken(kaart).encode())
    wijzers = sorted(titel.text.partition("\n")[0] for titel in wortel.iter("{http://www.w3.org/2000/svg}title"))
    namen = [mijlpaal.naam.replace("\uffff", "\ufffd") for baan in kaart.banen for mijlpaal in baan.mijlpalen]
    assert wijzers == sorted(["Routekaart", *namen])


@pytest.mark.parametrize("aantal", [5, 40, 120])
def test_dicht_op_elkaar_blijft_alles_leesbaar(aantal):
    """All at once, in one lane, with the longest names."""
    dag = date(2018, 1, 15)
    mijlpalen = [
        {
            "id": f"m{n}",
            "versie": 1,
            "naam": ("Landelijke dekking van de aansluiting " * 4)[: 20 + n],
            "voorziening": None,
            "soort": ("mijlpaal", "besluit", "fase")[n % 3],
            "begin": dag,
            "eind": dag,
            "nauwkeurigheid": "dag",
            "status": "voorgenomen",
            "publicatiestatus": "gepubliceerd",
            "omschrijving": "Proef.",
            "bronvermelding": "Test",
            "afhankelijk_van": [],
            "vastgelegd_op": OP,
        }
        for n in range(aantal)
    ]
    baan = {"voorziening": None, "naam": "Alle", "mijlpalen": mijlpalen}
    controleer(indelen(Routekaart.make(peildatum=dag, begin=dag, eind=dag, banen=[baan], afhankelijkheden=[])))


@given(teksten, st.integers(1, 4), st.floats(30, 300))
def test_regels_passen_en_verliezen_niets_dan_achter_het_beletselteken(tekst, hoogstens, ruimte):
    gezet = lines(tekst, 12, ruimte, hoogstens)
    assert len(gezet) <= hoogstens and all(width(regel, 12) <= ruimte for regel in gezet)
    heel = "".join(tekst.split())
    samen = "".join("".join(gezet).split())
    assert samen == heel or (samen.endswith("…") and heel.startswith(samen[:-1]))


def test_breedte_van_vreemde_tekens_is_niet_zeker():
    assert certain("Súdwest-Fryslân, 2018 (GON)") and not certain("漢字") and not certain("😀")

"""What an entry must be."""

from __future__ import annotations

from catalogus_api.voorziening.rules import ZOEKWOORDEN, anders, bezwaren, gewijzigd, sorteersleutel, zoekwoorden
from hypothesis import given
from hypothesis import strategies as st

GOED = {
    "soort": "app",
    "domein": "generiek",
    "fase": None,
    "mate_van_binding": None,
    "publicatiestatus": "concept",
    "ontwikkelaars": [],
    "gebruikers": [],
    "leveranciers": [],
    "bouwstenen": [],
}


def test_alles_wat_niet_klopt_wordt_genoemd():
    fout = {**GOED, "domein": "jeugd", "mate_van_binding": "vrijwillig", "bouwstenen": ["BAG", "BAG"]}
    gepubliceerd = {**GOED, "publicatiestatus": "gepubliceerd"}
    assert bezwaren({}, GOED) == []
    assert {een.name for een in bezwaren(gepubliceerd, fout)} == {"domein", "mateVanBinding", "bouwstenen", "publicatiestatus"}


def test_gepubliceerd_blijft_gepubliceerd_en_concept_mag_het_worden():
    gepubliceerd = {**GOED, "publicatiestatus": "gepubliceerd"}
    assert bezwaren(GOED, gepubliceerd) == bezwaren(gepubliceerd, gepubliceerd) == []
    assert [een.code for een in bezwaren(gepubliceerd, GOED)] == ["al_gepubliceerd"]


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2)))
def test_verschil_op_het_oude_geeft_het_nieuwe(voor, na):
    verschil = anders(voor, na)
    assert {**voor, **verschil, **{n: na[n] for n in na}} == {**voor, **na}
    assert all(voor.get(naam) != waarde for naam, waarde in verschil.items())
    assert {**{n: w for n, w in voor.items() if n in na}, **verschil} == na


def test_eerste_versie_heeft_alles_nieuw():
    assert gewijzigd({"a": 1, "b": 2}, None, ["a", "b"]) == ["a", "b"]
    assert gewijzigd({"a": 1, "b": 2}, {"a": 1, "b": 3}, ["a", "b"]) == ["b"]


@given(st.text())
def test_zoekwoorden_zijn_kort_van_stuk(term):
    woorden = zoekwoorden(term)
    assert len(woorden) == len(set(woorden)) <= ZOEKWOORDEN
    assert all(woord and not any(teken.isspace() for teken in woord) for woord in woorden)


def test_sorteersleutel():
    assert sorteersleutel("-gewijzigdOp") == ("gewijzigd_op", True)
    assert sorteersleutel("naam") == ("naam", False)

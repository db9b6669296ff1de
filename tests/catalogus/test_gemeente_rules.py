"""Rules of identifications, as properties."""

from __future__ import annotations

import csv

import pytest
from catalogus_api.gemeente.rules import fout_in_identificatie, voldoet_aan_elfproef
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cbs import BRON

CIJFERS = st.lists(st.integers(0, 9), min_size=9, max_size=9)


@given(CIJFERS, st.integers(0, 8), st.integers(1, 9))
def test_een_verkeerd_cijfer_in_een_rsin_valt_op(cijfers, plaats, erbij):
    begin = "".join(map(str, cijfers[:8]))
    goed = [laatste for laatste in range(10) if voldoet_aan_elfproef(f"{begin}{laatste}")]
    assume(goed)
    cijfers[8] = goed[0]
    cijfers[plaats] = (cijfers[plaats] + erbij) % 10
    assert not voldoet_aan_elfproef("".join(map(str, cijfers)))


@given(CIJFERS)
def test_bij_elk_begin_hoort_hoogstens_een_laatste_cijfer(cijfers):
    begin = "".join(map(str, cijfers[:8]))
    assert sum(voldoet_aan_elfproef(f"{begin}{laatste}") for laatste in range(10)) <= 1


def test_elk_rsin_van_het_bestand_voldoet():
    with open(BRON / "identificaties.csv", encoding="utf-8", newline="") as bestand:
        regels = list(csv.DictReader(bestand))
    assert sum(bool(regel["rsin"]) for regel in regels) == 320
    for regel in regels:
        assert fout_in_identificatie("tooi", regel["tooi_uri"], regel["gemeentecode"]) is None
        assert not regel["rsin"] or fout_in_identificatie("rsin", regel["rsin"], regel["gemeentecode"]) is None


@pytest.mark.parametrize(
    ("soort", "waarde"),
    [
        ("rsin", "00256444"),
        ("rsin", "002564441"),
        ("rsin", "000000000"),
        ("rsin", "٠٠٢٥٦٤٤٤٠"),
        ("oin", "0000009900000000000"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/GM0363"),
    ],
)
def test_wat_geen_identificatie_van_amsterdam_kan_zijn(soort, waarde):
    assert fout_in_identificatie(soort, waarde, "GM0363")

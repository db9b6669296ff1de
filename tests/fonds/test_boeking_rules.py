"""When an entry can be booked: properties, without a database."""

from __future__ import annotations

import pytest
from fonds_api.boeking import rules
from fonds_api.boeking.errors import NietInEvenwicht, OnbekendeRekening
from fonds_api.boeking.rules import Regel
from hypothesis import given
from hypothesis import strategies as st

REKENINGEN = frozenset({"1100", "1300", "2310", "2410"})
bedragen = st.integers(-(10**15), 10**15).filter(bool)
regel = st.builds(Regel, st.sampled_from(sorted(REKENINGEN)), bedragen)
nummers = st.from_regex(r"[0-9]{4}", fullmatch=True)


@given(st.lists(regel, min_size=1, max_size=20).filter(rules.verschil), st.sampled_from(sorted(REKENINGEN)))
def test_sluitende_regel_brengt_elke_boeking_in_evenwicht(regels, rekening):
    sluitend = [*regels, Regel(rekening, -rules.verschil(regels))]
    rules.eisen_boekbaar("f", REKENINGEN, sluitend)
    rules.eisen_boekbaar("f", REKENINGEN, sluitend[::-1])


@given(st.lists(regel, min_size=2, max_size=20).filter(rules.verschil))
def test_boeking_uit_evenwicht_noemt_het_verschil_en_de_kant(regels):
    with pytest.raises(NietInEvenwicht) as weigering:
        rules.eisen_boekbaar("f", REKENINGEN, regels)
    cent = sum(r.bedrag_cent for r in regels)
    assert weigering.value.extra == {"verschilCent": cent}
    assert ("meer debet dan credit" in weigering.value.detail) is (cent > 0)


@given(st.lists(st.builds(Regel, st.one_of(nummers, st.sampled_from(sorted(REKENINGEN))), bedragen), min_size=2, max_size=20))
def test_elke_onbekende_rekening_wordt_genoemd_met_haar_plaats(regels):
    onbekend = [f"regels.{i}.rekening" for i, r in enumerate(regels) if r.rekening not in REKENINGEN]
    try:
        rules.eisen_boekbaar("f", REKENINGEN, regels)
        genoemd = []
    except (NietInEvenwicht, OnbekendeRekening) as weigering:
        assert isinstance(weigering, OnbekendeRekening) is bool(onbekend)
        genoemd = [p.name for p in weigering.invalid_params or [] if p.code == "onbekend"]
    assert genoemd == onbekend


@pytest.mark.parametrize(("cent", "tekst"), [(1, "€ 0,01 meer debet dan credit"), (-123456, "€ 1.234,56 meer credit dan debet")])
def test_verschil_in_woorden(cent, tekst):
    assert tekst in rules.uitleg_verschil(cent)

"""How a levy is divided: properties, without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from fonds_api.bijdrage import rules
from fonds_api.bijdrage.errors import GemeentenOnbruikbaar
from fonds_api.bijdrage.rules import Inwonertal
from hypothesis import given
from hypothesis import strategies as st

DAG = date(2020, 1, 1)
codes = st.integers(0, 9999).map(lambda n: f"GM{n:04d}")
gemeenten = st.dictionaries(codes, st.integers(1, 1_000_000), min_size=1, max_size=40).map(
    lambda gevonden: [Inwonertal(code, f"naam {code}", inwoners, DAG) for code, inwoners in gevonden.items()]
)
omslagen = st.integers(1, 10**11)


@given(omslagen, gemeenten)
def test_bijdragen_zijn_samen_precies_de_omslag(omslag, wie):
    bedragen = rules.omslaan(omslag, DAG, wie)
    assert sum(bedragen.values()) == omslag and set(bedragen) == {g.code for g in wie}
    assert bedragen == rules.omslaan(omslag, DAG, wie[::-1])


@given(omslagen, gemeenten)
def test_bijdrage_is_het_aandeel_naar_beneden_met_ten_hoogste_een_cent_erbij(omslag, wie):
    bedragen, totaal = rules.omslaan(omslag, DAG, wie), sum(g.inwoners or 0 for g in wie)
    for gemeente in wie:
        aandeel = rules.aandeel(omslag, gemeente.inwoners or 0, totaal)
        precies = Fraction(omslag * (gemeente.inwoners or 0), totaal)
        assert aandeel.heel_cent + Fraction(aandeel.rest_teller, aandeel.rest_noemer) == precies
        assert 0 <= aandeel.rest_teller < aandeel.rest_noemer
        assert bedragen[gemeente.code] - aandeel.heel_cent in (0, 1)


@given(omslagen, gemeenten)
def test_grotere_rest_krijgt_nooit_minder_en_gelijke_rest_gaat_op_code(omslag, wie):
    bedragen, totaal = rules.omslaan(omslag, DAG, wie), sum(g.inwoners or 0 for g in wie)
    erbij = {}
    for g in wie:
        aandeel = rules.aandeel(omslag, g.inwoners or 0, totaal)
        erbij[g.code] = (-aandeel.rest_teller, g.code, bedragen[g.code] - aandeel.heel_cent)
    centen = [extra for _, _, extra in sorted(erbij.values())]
    assert centen == sorted(centen, reverse=True)


@given(gemeenten, st.data())
def test_elke_onbruikbare_gemeente_wordt_genoemd(wie, data):
    leeg = data.draw(st.sets(st.sampled_from([g.code for g in wie])))
    dubbel = data.draw(st.sets(st.sampled_from([g.code for g in wie])))
    ander = data.draw(st.sets(st.sampled_from([g.code for g in wie])))
    alle = [
        Inwonertal(g.code, g.naam, None if g.code in leeg else g.inwoners, date(2019, 1, 1) if g.code in ander else DAG)
        for g in wie
    ]
    alle += [g for g in alle if g.code in dubbel]
    if not leeg | dubbel | ander:
        return
    with pytest.raises(GemeentenOnbruikbaar) as weigering:
        rules.omslaan(100, DAG, alle)
    assert weigering.value.extra["gemeentecodes"] == sorted(leeg | dubbel | ander)
    assert all(code in weigering.value.detail for code in leeg | dubbel | ander)


def test_zonder_gemeenten_valt_er_niets_te_verdelen():
    with pytest.raises(GemeentenOnbruikbaar):
        rules.omslaan(100, DAG, [])

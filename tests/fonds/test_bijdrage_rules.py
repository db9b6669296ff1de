"""How a levy is divided: properties, without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from fonds_api.bijdrage.rules import aandeel
from fonds_api.omslag import rules
from fonds_api.omslag.errors import GemeentenOnbruikbaar
from fonds_api.omslag.rules import OMVANG, Inwonertal, Regel
from hypothesis import given
from hypothesis import strategies as st

DAG = date(2020, 1, 1)
codes = st.integers(0, 9999).map(lambda n: f"GM{n:04d}")
gemeenten = st.dictionaries(codes, st.integers(1, 1_000_000), min_size=1, max_size=40).map(
    lambda gevonden: [Inwonertal(code, f"naam {code}", inwoners, DAG) for code, inwoners in gevonden.items()]
)
omslagen = st.integers(1, 10**11)


def omslaan(omslag: int, wie: list[Inwonertal]) -> dict[str, int]:
    return {code: bedrag.cent for code, bedrag in rules.berekenen(Regel(OMVANG, omslag), wie).items()}


@given(omslagen, gemeenten)
def test_bijdragen_zijn_samen_precies_de_omslag(omslag, wie):
    bedragen = omslaan(omslag, wie)
    assert sum(bedragen.values()) == omslag and set(bedragen) == {g.code for g in wie}
    assert bedragen == omslaan(omslag, wie[::-1])


@given(omslagen, gemeenten)
def test_bijdrage_is_het_aandeel_naar_beneden_met_ten_hoogste_een_cent_erbij(omslag, wie):
    bedragen, totaal = omslaan(omslag, wie), sum(g.inwoners or 0 for g in wie)
    for gemeente in wie:
        deel = aandeel(Regel(OMVANG, omslag), gemeente.inwoners or 0, totaal)
        precies = Fraction(omslag * (gemeente.inwoners or 0), totaal)
        assert deel.heel_cent + Fraction(deel.rest_teller, deel.rest_noemer) == precies
        assert 0 <= deel.rest_teller < deel.rest_noemer
        assert bedragen[gemeente.code] - deel.heel_cent in (0, 1)


@given(omslagen, gemeenten)
def test_grotere_rest_krijgt_nooit_minder_en_gelijke_rest_gaat_op_code(omslag, wie):
    bedragen, totaal = omslaan(omslag, wie), sum(g.inwoners or 0 for g in wie)
    erbij = {}
    for g in wie:
        deel = aandeel(Regel(OMVANG, omslag), g.inwoners or 0, totaal)
        erbij[g.code] = (-deel.rest_teller, g.code, bedragen[g.code] - deel.heel_cent)
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
        rules.eisen_bruikbaar(DAG, alle)
    assert weigering.value.extra["gemeentecodes"] == sorted(leeg | dubbel | ander)
    assert all(code in weigering.value.detail for code in leeg | dubbel | ander)


def test_zonder_gemeenten_valt_er_niets_te_verdelen():
    with pytest.raises(GemeentenOnbruikbaar):
        rules.eisen_bruikbaar(DAG, [])

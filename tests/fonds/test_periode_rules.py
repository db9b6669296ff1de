"""Periods, by properties."""

from __future__ import annotations

from datetime import date, timedelta

from fonds_api.periode.rules import DEFINITIEF, EERSTE_DAG, LAATSTE_DAG, OPEN, VOORLOPIG, bezwaar, eerste_open_dag, perioden
from hypothesis import given
from hypothesis import strategies as st

dagen = st.dates(EERSTE_DAG, LAATSTE_DAG)
statussen = st.sampled_from([OPEN, VOORLOPIG, DEFINITIEF])
grenzen = st.dictionaries(dagen, statussen, max_size=12).map(lambda alle: sorted(alle.items()))


@given(grenzen, dagen)
def test_perioden_sluiten_op_elkaar_aan(gegeven, dag):
    alle = perioden(gegeven)
    begin = EERSTE_DAG
    for periode in alle:
        assert periode.vanaf == begin <= periode.tot_en_met
        begin = periode.tot_en_met + timedelta(days=1)
    assert sum(een.vanaf <= dag <= een.tot_en_met for een in alle) == (bool(alle) and dag <= alle[-1].tot_en_met)


@given(grenzen, dagen)
def test_eerste_open_dag_is_open_en_de_eerste(gegeven, dag):
    alle = perioden(gegeven)

    def is_open(een: date) -> bool:
        return all(periode.status == OPEN for periode in alle if periode.vanaf <= een <= periode.tot_en_met)

    eerste = eerste_open_dag(dag, alle)
    kandidaten = sorted({dag, *(een.vanaf for een in alle), *(een.tot_en_met + timedelta(days=1) for een in alle)})
    assert eerste == next((een for een in kandidaten if dag <= een <= LAATSTE_DAG and is_open(een)), None)


@given(grenzen, statussen, statussen, st.sampled_from([None, "Nagekomen factuur"]))
def test_alleen_de_middelste_gaat_weer_open_en_sluiten_gaat_op_volgorde(gegeven, was, naar, reden):
    eerder = perioden(gegeven)
    weigering = bezwaar(was, naar, eerder, reden)
    if naar == OPEN:
        assert (weigering is None) == (was == VOORLOPIG and reden is not None)
    elif naar == VOORLOPIG:
        assert (weigering is None) == (was == OPEN and all(een.status != OPEN for een in eerder))
    else:
        assert (weigering is None) == (was == VOORLOPIG and all(een.status == DEFINITIEF for een in eerder))

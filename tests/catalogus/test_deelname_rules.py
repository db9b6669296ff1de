"""When a deelname begins, goes on and ends, and how coverage is shown, as properties."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from catalogus_api.deelname.rules import (
    BEEINDIGD,
    OVERGEGAAN,
    STAPPEN,
    Stand,
    bezwaren_tegen_stap,
    bezwaren_tegen_voorwaarden,
    eerste_einddatum,
    maanden_later,
    past_bij,
    status_op,
)
from catalogus_api.dekking.rules import Telling, procent, samen, streefwaarde_gehaald, weergave, weergaven
from hypothesis import assume, given
from hypothesis import strategies as st

DAGEN = st.dates(date(2012, 1, 1), date(2090, 12, 31))
MAANDEN = st.integers(0, 60)
TEGEN = st.sampled_from(["elke dag", "einde maand", "einde jaar"])
VANDAAG = date(2026, 1, 15)


@given(DAGEN, MAANDEN, TEGEN)
def test_opzegtermijn_is_altijd_heel_en_niet_langer_dan_tot_de_volgende_dag_die_kan(dag, maanden, tegen):
    einde = eerste_einddatum(dag, maanden, tegen)
    vroegst = maanden_later(dag, maanden)
    assert einde >= vroegst and past_bij(einde, tegen)
    assert not any(past_bij(vroegst + timedelta(days=n), tegen) for n in range((einde - vroegst).days))


@given(DAGEN, MAANDEN, MAANDEN)
def test_maanden_later_is_dezelfde_dag_of_de_laatste_van_de_maand(dag, maanden, meer):
    later = maanden_later(dag, maanden)
    assert (later.year * 12 + later.month) - (dag.year * 12 + dag.month) == maanden
    assert later.day == dag.day or later.day == calendar.monthrange(later.year, later.month)[1] < dag.day
    assert maanden_later(dag, maanden + meer) >= later


def test_opzegging_uit_de_praktijk():
    assert eerste_einddatum(date(2018, 11, 30), 3, "elke dag") == date(2019, 2, 28)
    assert eerste_einddatum(date(2018, 1, 15), 3, "einde maand") == date(2018, 4, 30)
    assert eerste_einddatum(date(2018, 10, 2), 3, "einde jaar") == date(2019, 12, 31)
    assert eerste_einddatum(date(2018, 12, 31), 0, "einde jaar") == date(2018, 12, 31)


@st.composite
def standen(draw: st.DrawFn) -> Stand:
    dagen = [draw(DAGEN)]
    for _ in range(draw(st.integers(0, 3))):
        dagen.append(dagen[-1] + timedelta(days=draw(st.integers(0, 400))))
    tot = dagen[-1] + timedelta(days=draw(st.integers(0, 400))) if draw(st.booleans()) else None
    gaat_over = tot is not None and draw(st.booleans())
    return Stand(*(dagen + [None] * 3)[:4], tot=tot, overgaat_op=tot if gaat_over else None)


@given(standen(), DAGEN, st.integers(0, 1000))
def test_een_status_gaat_nooit_terug(stand, dag, later):
    volgorde = [None, *STAPPEN, BEEINDIGD, OVERGEGAAN]
    eerst, daarna = status_op(stand, dag), status_op(stand, dag + timedelta(days=later))
    assert volgorde.index(eerst) <= volgorde.index(daarna)
    assert (eerst is None) == (dag < stand.vanaf)
    assert (eerst in (BEEINDIGD, OVERGEGAAN)) == (
        stand.tot is not None and max(dag, stand.vanaf) >= stand.tot and dag >= stand.vanaf
    )


@given(standen(), st.sampled_from([*STAPPEN[1:], BEEINDIGD]), DAGEN, DAGEN)
def test_een_stap_die_past_volgt_op_de_vorige(stand, naar, dag, vandaag):
    einde = dag if naar == BEEINDIGD else None
    bezwaren = {een.name for een in bezwaren_tegen_stap(stand, naar, dag, vandaag, einddatum=einde, mag_achteraf=True)}
    volgt = naar == BEEINDIGD or STAPPEN.index(naar) == STAPPEN.index(stand.stap) + 1
    loopt = stand.tot is None or stand.tot == stand.overgaat_op
    assert ("naar" in bezwaren) == (not (volgt and loopt))
    if not bezwaren:
        assert stand.laatste_dag <= dag <= vandaag and (stand.tot is None or dag < stand.tot)


def test_achteraf_meldt_alleen_het_beheer_aan_of_op():
    stand, gisteren = Stand(date(2026, 1, 1), date(2026, 1, 2)), VANDAAG - timedelta(days=1)
    for mag, verwacht in ((True, set()), (False, {"achteraf"})):
        codes = {
            een.code for een in bezwaren_tegen_stap(stand, BEEINDIGD, gisteren, VANDAAG, einddatum=VANDAAG, mag_achteraf=mag)
        }
        assert codes == verwacht
    assert bezwaren_tegen_stap(stand, "in implementatie", gisteren, VANDAAG, einddatum=None, mag_achteraf=False) == []
    fout = bezwaren_tegen_stap(stand, "in gebruik", date(2025, 1, 1), VANDAAG, einddatum=VANDAAG, mag_achteraf=False)
    assert {een.name for een in fout} == {"naar", "datum", "einddatum"}
    (zonder,) = bezwaren_tegen_stap(stand, BEEINDIGD, VANDAAG, VANDAAG, einddatum=None, mag_achteraf=False)
    assert zonder.code == "ontbreekt"


VOORWAARDEN = {
    "vanaf": VANDAAG,
    "einde": False,
    "kosten": "x",
    "opzegtermijn_maanden": 0,
    "opzeggen_tegen": "elke dag",
    "uittreden": "x",
}
EINDE = {**dict.fromkeys(VOORWAARDEN), "vanaf": VANDAAG, "einde": True}


def test_voorwaarden_volgen_op_elkaar():
    eerder = {"vanaf": date(2025, 1, 1), "einde": False}

    def codes(nieuw, vorige):
        return {een.code for een in bezwaren_tegen_voorwaarden(nieuw, vorige, VANDAAG)}

    assert codes(VOORWAARDEN, None) == codes(VOORWAARDEN, eerder) == codes(EINDE, eerder) == set()
    assert codes({**VOORWAARDEN, "vanaf": date(2020, 1, 1)}, None) == set(), "the first may be of before this register"
    assert codes({**VOORWAARDEN, "kosten": None}, None) == {"ontbreekt"}
    assert codes({**VOORWAARDEN, "einde": True}, eerder) == {"overbodig"}
    assert codes(EINDE, None) == {"zonder_begin"}
    assert codes(VOORWAARDEN, {**eerder, "einde": True}) == {"geëindigd"}
    assert codes({**VOORWAARDEN, "vanaf": date(2025, 6, 1)}, eerder) == {"achteraf"}
    assert codes({**VOORWAARDEN, "vanaf": date(2025, 1, 1)}, eerder) == {"te_vroeg"}


DELEN = st.integers(0, 20_000_000)


@given(DELEN, DELEN)
def test_procenten_zijn_hoogstens_honderd_en_op_de_helft_na_precies(een, ander):
    deel, geheel = sorted((een, ander))
    assume(geheel)
    for heel, stap in ((False, 0.1), (True, 1)):
        gegeven = procent(deel, geheel, heel=heel)
        assert 0 <= gegeven <= 100 and abs(gegeven - 100 * deel / geheel) <= stap / 2 + 1e-9
    assert streefwaarde_gehaald(deel, geheel) == (deel * 10 > geheel * 8)
    assert procent(1, 2000) == 0.1 and procent(1, 200, heel=True) == 1 and procent(0, 0) == 0


@st.composite
def tellingen(draw: st.DrawFn) -> Telling:
    van = draw(st.integers(1, 60))
    doen = draw(st.integers(0, van))
    inwoners = draw(st.integers(van, 3_000_000))
    return Telling(doen, van, inwoners if doen else 0, inwoners, draw(st.integers(0, doen)))


@given(st.dictionaries(st.sampled_from("abcdefgh"), tellingen(), min_size=1))
def test_wat_is_afgeschermd_is_niet_uit_de_rest_op_te_maken(groepen):
    hoe, land = weergaven(groepen), samen(list(groepen.values()))
    for naam, telling in groepen.items():
        assert (hoe[naam] == "exact") == (telling.verborgen == 0)
        if 0 < telling.verborgen < 5:
            assert hoe[naam] == "afgeschermd"
    weg = [groepen[naam] for naam in groepen if hoe[naam] == "afgeschermd"]
    if weg and weergave(land) != "afgeschermd":
        assert len(weg) > 1 and sum(een.verborgen for een in weg) >= 5

"""What levies come to: properties, without a database."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from fonds_api.omslag import rules
from fonds_api.omslag.rules import KLASSE, OMVANG, SCHIJF, TARIEF, Inwonertal, Regel, Voorganger
from hypothesis import given
from hypothesis import strategies as st

from tests.fonds.omslagen import DAG, VNG_2024

GRENZEN = tuple(band["totEnMet"] for band in VNG_2024[:-1])
TARIEVEN = tuple(band["tariefMillicent"] for band in VNG_2024)
DATA = Path(__file__).parents[3] / "shared/data/gemeenten"
inwoners = st.integers(1, 1_000_000)
banden = st.lists(st.integers(1, 500_000), min_size=1, max_size=5, unique=True).flatmap(
    lambda grenzen: st.lists(st.integers(0, 10**6), min_size=len(grenzen) + 1, max_size=len(grenzen) + 1).map(
        lambda tarieven: (tuple(sorted(grenzen)), tuple(tarieven))
    )
)


def milli(vorm: str, delen: tuple[tuple[int, ...], tuple[int, ...]], aantal: int) -> int:
    return rules.millicent(Regel(vorm, None, *delen), aantal)


@given(banden, inwoners)
def test_schijven_lopen_door_en_stijgen_met_elke_inwoner_een_tarief(delen, aantal):
    stap = milli(SCHIJF, delen, aantal + 1) - milli(SCHIJF, delen, aantal)
    onder = sum(aantal >= grens for grens in delen[0])
    assert stap == delen[1][onder]
    gewogen = rules.delen(Regel(SCHIJF, None, *delen), aantal)
    assert sum(deel.inwoners for deel in gewogen) == aantal and len(gewogen) == len(delen[1])


@given(banden, inwoners)
def test_klassen_springen_alleen_op_een_grens(delen, aantal):
    nu, straks = milli(KLASSE, delen, aantal), milli(KLASSE, delen, aantal + 1)
    tarief = delen[1][sum(aantal > grens for grens in delen[0])]
    assert nu == aantal * tarief
    if aantal in delen[0]:
        volgend = delen[1][delen[0].index(aantal) + 1]
        assert straks - nu == volgend + aantal * (volgend - tarief)
    else:
        assert straks - nu == tarief


@given(banden, inwoners)
def test_eerste_band_en_gelijke_tarieven_maken_geen_verschil(delen, aantal):
    grenzen, tarieven = delen
    gelijk = (grenzen, (tarieven[0],) * len(tarieven))
    assert milli(KLASSE, gelijk, aantal) == milli(SCHIJF, gelijk, aantal) == milli(TARIEF, ((), tarieven[:1]), aantal)
    if aantal <= grenzen[0]:
        assert milli(KLASSE, delen, aantal) == milli(SCHIJF, delen, aantal)


@given(banden, st.dictionaries(st.integers(0, 9999).map(lambda n: f"GM{n:04d}"), inwoners, min_size=1, max_size=20))
def test_bedrag_is_op_een_halve_cent_na_precies(delen, wie):
    gemeenten = [Inwonertal(code, code, aantal, DAG) for code, aantal in wie.items()]
    for vorm in (KLASSE, SCHIJF):
        regel = Regel(vorm, None, *delen)
        bedragen = rules.berekenen(regel, gemeenten)
        for g in gemeenten:
            verschil = bedragen[g.code].cent - Fraction(rules.millicent(regel, g.inwoners or 0), 1000)
            assert Fraction(-1, 2) < verschil <= Fraction(1, 2)
            assert bedragen[g.code].cent == rules.per_inwoners(regel, g.inwoners or 0, 1)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 80), min_size=1, max_size=12))
def test_termijnen_zijn_samen_het_afgeronde_deel(cent, promillen):
    delen = rules.termijnen(cent, promillen)
    assert len(delen) == len(promillen) and min(delen) >= 0
    assert sum(delen) == (cent * sum(promillen) + 500) // 1000
    assert all(abs(deel - Fraction(cent * p, 1000)) <= 1 for deel, p in zip(delen, promillen, strict=True))
    rest = [*promillen, 1000 - sum(promillen)] if sum(promillen) < 1000 else [1000]
    assert sum(rules.termijnen(cent, rest)) == cent


@given(banden, inwoners, st.lists(inwoners, min_size=1, max_size=4))
def test_compensatie_houdt_een_nieuwe_gemeente_op_haar_voorgangers(delen, aantal, eerder):
    voorgangers = tuple(Voorganger(f"GM{n:04d}", "x", i, DAG) for n, i in enumerate(eerder))
    gemeente = Inwonertal("GM1000", "x", aantal, DAG, None, voorgangers)
    zonder, met = (
        rules.berekenen(Regel(KLASSE, None, *delen, compensatie_jaren=jaren), [gemeente])["GM1000"] for jaren in (0, 3)
    )
    samen = sum(rules.per_inwoners(Regel(KLASSE, None, *delen), i, 1) for i in eerder)
    assert zonder.compensatie_cent == 0 and met.bruto_cent == zonder.cent and met.cent == min(zonder.cent, samen)
    los = Inwonertal("GM1000", "x", aantal, DAG)
    assert rules.berekenen(Regel(KLASSE, None, *delen, compensatie_jaren=3), [los])["GM1000"] == zonder


@given(st.integers(0, 10**12), st.integers(0, 30))
def test_zonder_btw_is_op_een_halve_cent_na_precies(cent, btw):
    exclusief = rules.exclusief(cent, btw)
    assert abs(exclusief - Fraction(100 * cent, 100 + btw)) <= Fraction(1, 2) and rules.exclusief(-cent, btw) == -exclusief


def test_delen_die_niet_passen_worden_alle_genoemd():
    regel = Regel(OMVANG, None, (5, 3), (1,), 2)
    namen = [fout.name for fout in rules.fouten(regel, a_conto=False, promillen=[999])]
    assert namen == ["bedragCent", "banden", "banden", "compensatieJaren", "termijnen"]
    assert rules.fouten(Regel(KLASSE, None, (5,), (1, 2), 2), a_conto=True, promillen=[900]) == []
    assert [f.name for f in rules.fouten(Regel(SCHIJF, None, (), (1,)), a_conto=False, promillen=[1000])] == ["banden"]


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of the gemeenten are not at {DATA}")
def test_bijdrage_vng_2024_is_als_klassen_24_9_en_als_schijven_27_8_miljoen():
    """Which of the two readings VNG's contribution is, is not established (binnenlandsbestuur.nl, 24-5-2023)."""
    dag = "2023-01-01"
    with open(DATA / "inwoners.csv", encoding="utf-8", newline="") as bestand:
        aantallen = {r["gemeentecode"]: int(r["inwoners"]) for r in csv.DictReader(bestand) if r["peildatum"] == dag}
    with open(DATA / "gemeenten.csv", encoding="utf-8", newline="") as bestand:
        bestaand = [r for r in csv.DictReader(bestand) if (r["begindatum"] or dag) <= dag <= (r["einddatum"] or dag)]
    gemeenten = [Inwonertal(r["gemeentecode"], r["naam"], aantallen[r["gemeentecode"]], DAG) for r in bestaand]
    samen = {
        vorm: sum(b.cent for b in rules.berekenen(Regel(vorm, None, GRENZEN, TARIEVEN), gemeenten).values())
        for vorm in (KLASSE, SCHIJF)
    }
    assert len(gemeenten) == 342 and samen == {KLASSE: 24_896_488_44, SCHIJF: 27_772_088_44}

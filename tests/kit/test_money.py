"""Dividing cents: largest remainder."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from gemeengoed_kit.money import allocate, euros_to_cents, format_euros, round_half_up
from hypothesis import given
from hypothesis import strategies as st

WEIGHTS = st.dictionaries(
    st.text("ABCDEFGH0123456789", min_size=1, max_size=6), st.integers(0, 10**6), min_size=1, max_size=40
).filter(lambda w: sum(w.values()) > 0)
TOTAL = st.integers(0, 10**11)


def remainders(total, weights):
    whole = sum(weights.values())
    return {k: Fraction(total * w, whole) % 1 for k, w in weights.items()}


@given(TOTAL, WEIGHTS)
def test_delen_tellen_op_tot_het_totaal_en_verschillen_minder_dan_een_cent(total, weights):
    shares = allocate(total, weights)
    assert sum(shares.values()) == total
    whole = sum(weights.values())
    assert all(abs(shares[k] - Fraction(total * w, whole)) < 1 for k, w in weights.items())


@given(TOTAL, WEIGHTS)
def test_voor_alle_paren_krijgt_een_grotere_rest_nooit_minder_en_beslist_bij_gelijke_rest_de_code(total, weights):
    shares, rest, whole = allocate(total, weights), remainders(total, weights), sum(weights.values())
    extra = {k: shares[k] - total * w // whole for k, w in weights.items()}
    for a in weights:
        for b in weights:
            if rest[a] > rest[b] or (rest[a] == rest[b] and a < b):
                assert extra[a] >= extra[b], (a, b)


@given(TOTAL, WEIGHTS, st.randoms())
def test_volgorde_van_invoer_maakt_niet_uit(total, weights, random):
    keys = list(weights)
    random.shuffle(keys)
    assert allocate(total, {k: weights[k] for k in keys}) == allocate(total, weights)


def test_gelijke_rest_gaat_op_code():
    assert allocate(100, {"B": 1, "A": 1, "C": 1}) == {"A": 34, "B": 33, "C": 33}


def test_decimale_gewichten_zijn_exact():
    sleutel = {"v": Decimal("7.5"), "k": Decimal("3.83"), "l": Decimal("3.94"), "b": Decimal("0.05")}
    assert allocate(1532, sleutel) == {"b": 5, "k": 383, "l": 394, "v": 750}


@pytest.mark.parametrize(("total", "weights"), [(-1, {"A": 1}), (1, {"A": -1, "B": 2}), (1, {"A": 0}), (1, {})])
def test_onzin_wordt_geweigerd(total, weights):
    with pytest.raises(ValueError):
        allocate(total, weights)


@pytest.mark.parametrize(("cents", "expected"), [("0.5", 1), ("-0.5", -1), ("1.4999", 1), ("2.5", 3)])
def test_afronden_op_hele_centen(cents, expected):
    assert round_half_up(Decimal(cents)) == expected


def test_euro_naar_cent_en_terug():
    assert euros_to_cents(Decimal("12345.67")) == 1234567
    assert format_euros(1234567) == "€ 12.345,67" and format_euros(-5) == "€ -0,05"
    with pytest.raises(ValueError):
        euros_to_cents(Decimal("0.001"))

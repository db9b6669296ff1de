"""The betalingskenmerk and the number of an invoice."""

from __future__ import annotations

import pytest
from abonnement_api.factuur.rules import GEWICHTEN, betalingskenmerk, controlecijfer, factuurnummer, is_betalingskenmerk
from hypothesis import given
from hypothesis import strategies as st

vijftien_cijfers = st.from_regex(r"[0-9]{15}", fullmatch=True)


@pytest.mark.parametrize("kenmerk", ["5000056789012345", "12234534622567", "5010002167010010", "0001041146910100"])
def test_gepubliceerde_voorbeelden_zijn_geldig(kenmerk):
    assert is_betalingskenmerk(kenmerk)


def test_gepubliceerd_voorbeeld_heeft_gewogen_som_215():
    cijfers = "000056789012345"
    assert sum(int(c) * GEWICHTEN[i % 10] for i, c in enumerate(reversed(cijfers))) == 215 and controlecijfer(cijfers) == 5


@given(vijftien_cijfers)
def test_precies_een_controlecijfer_past(cijfers):
    assert [c for c in "0123456789" if is_betalingskenmerk(c + cijfers)] == [str(controlecijfer(cijfers))]


@given(vijftien_cijfers, st.integers(0, 14), st.integers(1, 9))
def test_een_verkeerd_cijfer_valt_op_behalve_waar_tien_en_een_samenvallen(cijfers, plaats, verschil):
    anders = cijfers[:plaats] + str((int(cijfers[plaats]) + verschil) % 10) + cijfers[plaats + 1 :]
    if controlecijfer(anders) == controlecijfer(cijfers):
        assert controlecijfer(cijfers) == 1


@pytest.mark.parametrize(
    "tekst",
    ["", "x", "500005678901234", "50000567890123456", "5000056789012346", "５000056789012345", "1234567", "13234534622567"],
)
def test_wat_er_geen_is_wordt_geen_betalingskenmerk(tekst):
    assert not is_betalingskenmerk(tekst)


@given(st.integers(2000, 2099), st.integers(0, 9999), st.integers(1, 999_999))
def test_kenmerk_van_een_factuur_is_geldig_en_noemt_jaar_gemeente_en_nummer(jaar, code, volgnummer):
    kenmerk = betalingskenmerk(jaar, f"GM{code:04d}", volgnummer)
    assert is_betalingskenmerk(kenmerk) and len(kenmerk) == 16
    assert kenmerk[1:] == f"1{jaar % 100:02d}{code:04d}{volgnummer:06d}00"


def test_nummer_heeft_zes_cijfers_achter_het_jaar():
    assert factuurnummer(2018, 7) == "2018-000007"

"""Conditional requests: which tags count, and for what."""

from __future__ import annotations

import pytest
from gemeengoed_kit.conditional import Changed, VersionNeeded, etag, require_match, unmodified
from hypothesis import given
from hypothesis import strategies as st

VERSIES = st.integers(1, 10**9)


@given(VERSIES, st.lists(VERSIES, max_size=4))
def test_if_match_laat_precies_de_laatste_versie_door(versie, genoemd):
    kop = ", ".join(map(etag, genoemd))
    if versie in genoemd:
        require_match(kop, versie)
    else:
        with pytest.raises(Changed):
            require_match(kop, versie)


@given(VERSIES, st.lists(st.tuples(st.sampled_from(["", "W/"]), VERSIES), max_size=4))
def test_if_none_match_telt_ook_zwakke_tags(versie, genoemd):
    antwoord = unmodified(", ".join(zwak + etag(een) for zwak, een in genoemd), versie)
    assert (antwoord is not None) is (versie in [een for _, een in genoemd])
    assert antwoord is None or (antwoord.status_code, antwoord.headers["etag"]) == (304, etag(versie))


def test_zwakke_tag_is_geen_grond_om_te_wijzigen():
    with pytest.raises(Changed):
        require_match('W/"3"', 3)
    require_match('W/"2", "3"', 3)
    require_match(" * ", 3)


def test_zonder_kopregel():
    assert unmodified(None, 3) is None
    with pytest.raises(VersionNeeded):
        require_match(None, 3)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_elke_kopregel_is_te_lezen(tekst):
    unmodified(tekst, 3)
    try:
        require_match(tekst, 3)
    except Changed as fout:
        assert fout.status == 412


def test_wat_er_nog_niet_is_heeft_geen_versie_om_te_noemen():
    require_match(None, None)
    for kop in ("*", '"1"'):
        with pytest.raises(Changed):
            require_match(kop, None)

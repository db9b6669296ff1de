"""When a mijlpaal is, how that reads, and what may depend on what."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from catalogus_api.routekaart import rules
from hypothesis import given
from hypothesis import strategies as st

dagen = st.dates(date(2000, 1, 1), date(2100, 12, 31))
nauwkeurigheden = st.sampled_from(["dag", "maand", "kwartaal", "jaar"])


@given(dagen, nauwkeurigheden)
def test_periode_omvat_haar_dag_en_de_volgende_sluit_aan(dag, nauwkeurigheid):
    eerste, laatste = rules.eerste_dag(dag, nauwkeurigheid), rules.laatste_dag(dag, nauwkeurigheid)
    assert eerste <= dag <= laatste
    morgen = laatste + timedelta(days=1)
    assert rules.eerste_dag(morgen, nauwkeurigheid) == morgen
    assert eerste <= rules.midden(eerste, laatste) <= laatste


@pytest.mark.parametrize(
    ("begin", "eind", "nauwkeurigheid", "tekst"),
    [
        (date(2017, 6, 15), date(2017, 6, 15), "dag", "15 juni 2017"),
        (date(2017, 4, 1), date(2017, 4, 30), "maand", "april 2017"),
        (date(2017, 10, 1), date(2017, 12, 31), "kwartaal", "4e kwartaal 2017"),
        (date(2018, 1, 1), date(2021, 12, 31), "jaar", "2018-2021"),
        (date(2018, 1, 5), date(2018, 2, 9), "dag", "5 januari 2018 - 9 februari 2018"),
    ],
)
def test_tijd_leest_als_een_mens_het_zegt(begin, eind, nauwkeurigheid, tekst):
    assert rules.wanneer(begin, eind, nauwkeurigheid) == tekst


@pytest.mark.parametrize(
    ("soort", "begin", "eind", "nauwkeurigheid", "aantal"),
    [
        ("mijlpaal", date(2017, 4, 1), None, "maand", 0),
        ("mijlpaal", date(2017, 4, 2), None, "maand", 1),
        ("besluit", date(2017, 4, 2), date(2017, 4, 2), "kwartaal", 2),
        ("fase", date(2017, 1, 1), None, "jaar", 1),
        ("fase", date(2017, 1, 1), date(2018, 12, 31), "jaar", 0),
        ("fase", date(2017, 2, 1), date(2018, 12, 30), "jaar", 2),
        ("fase", date(2018, 1, 1), date(2017, 12, 31), "jaar", 1),
    ],
)
def test_alles_wat_niet_klopt_wordt_genoemd(soort, begin, eind, nauwkeurigheid, aantal):
    assert len(rules.tegenstrijdigheden(soort, begin, eind, nauwkeurigheid)) == aantal


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25), st.integers(0, 9), st.sets(st.integers(0, 9)))
def test_kring_is_er_precies_als_iets_van_zichzelf_zou_afhangen(paren, zelf, van):
    """Against all paths, step by step, of a graph without cycles: each depends only on lower numbers."""
    graaf: dict[str, list[str]] = {str(n): [str(b) for a, b in paren if a == n and b < a] for n in range(10)}
    bereikt = {str(n) for n in van}
    for _ in range(10):
        bereikt |= {naar for een in bereikt if een != str(zelf) for naar in graaf[een]}
    kring = rules.kring(str(zelf), sorted(map(str, van)), graaf)
    assert (kring is not None) == (str(zelf) in bereikt)
    if kring:
        assert kring[0] == kring[-1] == str(zelf) and kring[1] in set(map(str, van))
        assert all(b in graaf[a] for a, b in pairwise(kring[1:]))

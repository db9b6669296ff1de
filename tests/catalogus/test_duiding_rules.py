"""The ranking as arithmetic: it can be computed again, equals share a place, and who moves is moved by what is named."""

from __future__ import annotations

import re

from catalogus_api.duiding import rules
from hypothesis import given
from hypothesis import strategies as st

CRITERIA = ["a", "b", "c", "d"]
GEWICHTEN = st.dictionaries(st.sampled_from(CRITERIA), st.integers(0, 6)).filter(lambda g: any(g.values()))
SCORE = st.integers(rules.LAAGSTE, rules.HOOGSTE)
WIE = st.sampled_from([f"v{n}" for n in range(9)])
HEEL = st.dictionaries(WIE, st.fixed_dictionaries(dict.fromkeys(CRITERIA, SCORE)), min_size=1)
MET_GATEN = st.dictionaries(WIE, st.dictionaries(st.sampled_from(CRITERIA), SCORE))


@given(GEWICHTEN, MET_GATEN)
def test_rangschikking_is_na_te_rekenen(gewichten, scores):
    regels = rules.rangschik(gewichten, scores)
    assert sorted(regel.voorziening for regel in regels) == sorted(scores)
    sommen = {}
    for regel in regels:
        zijn = scores[regel.voorziening]
        mist = sorted(code for code, gewicht in gewichten.items() if gewicht and code not in zijn)
        assert regel.ontbreekt == mist and (regel.plaats is None) == (regel.som is None) == bool(mist)
        if not mist:
            sommen[regel.voorziening] = sum(gewicht * zijn[code] for code, gewicht in gewichten.items() if gewicht)
            assert regel.som == sommen[regel.voorziening]
    for regel in regels:
        if regel.plaats is not None:
            assert regel.plaats == 1 + sum(ander > sommen[regel.voorziening] for ander in sommen.values())
    volgorde = [(regel.plaats is None, regel.plaats or 0, regel.voorziening) for regel in regels]
    assert volgorde == sorted(volgorde)


@given(GEWICHTEN, MET_GATEN, st.integers(1, 9), st.randoms())
def test_alleen_de_verhouding_van_gewichten_telt_en_niet_de_volgorde(gewichten, scores, keer, willekeur):
    groter = {code: keer * gewicht for code, gewicht in gewichten.items()}
    door_elkaar = dict(willekeur.sample(list(scores.items()), len(scores)))
    plaatsen = [(regel.voorziening, regel.plaats) for regel in rules.rangschik(gewichten, scores)]
    assert plaatsen == [(regel.voorziening, regel.plaats) for regel in rules.rangschik(groter, door_elkaar)]
    assert all(een.verschuiving == 0 and een.oorzaak is None for een in rules.vergelijk(gewichten, groter, scores))


@given(GEWICHTEN, GEWICHTEN, HEEL)
def test_verschuiving_is_het_verschil_en_de_oorzaak_duwt_die_kant_op(gewichten, met, scores):
    een, ander = ({regel.voorziening: regel.plaats for regel in rules.rangschik(stel, scores)} for stel in (gewichten, met))
    verschoven = rules.vergelijk(gewichten, met, scores)
    assert [v.voorziening for v in verschoven] == sorted(scores, key=lambda wie: (een[wie], wie))
    for v in verschoven:
        assert (v.plaats, v.plaats_met) == (een[v.voorziening], ander[v.voorziening])
        assert v.verschuiving == v.plaats - v.plaats_met
        if v.verschuiving == 0:
            assert v.oorzaak is None and v.invloed == {}
        else:
            teken = 1 if v.verschuiving > 0 else -1
            assert teken * sum(v.invloed.values()) > 0
            assert v.oorzaak is not None and teken * v.invloed[v.oorzaak] == max(teken * i for i in v.invloed.values()) > 0


@given(HEEL, st.sampled_from(CRITERIA), st.integers(1, 12), st.integers(0, 12), st.integers(1, 9))
def test_als_een_gewicht_verandert_is_dat_de_oorzaak_van_elke_verschuiving(scores, criterium, was, wordt, keer):
    gewichten = {**dict.fromkeys(CRITERIA, 3), criterium: was}
    met = {code: keer * gewicht for code, gewicht in {**gewichten, criterium: wordt}.items()}
    for v in rules.vergelijk(gewichten, met, scores):
        assert v.oorzaak == (criterium if v.verschuiving else None)


def test_gelijke_sommen_delen_een_plaats_en_de_volgende_wordt_overgeslagen():
    scores = {"z": {"a": 5}, "y": {"a": 3}, "x": {"a": 3}, "w": {"a": 1}, "v": {}}
    regels = rules.rangschik({"a": 2, "b": 0}, scores)
    assert [(r.voorziening, r.som, r.plaats, r.ontbreekt) for r in regels] == [
        ("z", 10, 1, []),
        ("x", 6, 2, []),
        ("y", 6, 2, []),
        ("w", 2, 4, []),
        ("v", None, None, ["a"]),
    ]


def test_wie_in_een_van_beide_geen_plaats_heeft_wordt_niet_vergeleken():
    scores = {"x": {"a": 5, "b": 1}, "y": {"a": 3, "b": 5}, "z": {"a": 4}}
    x, y = rules.vergelijk({"a": 1}, {"a": 1, "b": 3}, scores)
    assert (x.voorziening, x.plaats, x.plaats_met, x.oorzaak) == ("x", 1, 2, "b")
    assert (y.voorziening, y.plaats, y.plaats_met, y.oorzaak) == ("y", 2, 1, "b")
    assert y.invloed == {"a": 0, "b": 3 * (5 - 1)} and x.invloed == {"a": 0, "b": 3 * (1 - 5)}


def test_gewichten_lezen_en_keuren():
    soorten = {"a": "weging", "b": "weging", "k": "kenmerk"}
    assert rules.lees_gewichten("a-b:3,c:0") == [("a-b", 3), ("c", 0)]
    assert rules.lees_weging("gelijk") == ("gelijk", None) and rules.lees_weging("a-b.12") == ("a-b", 12)
    assert rules.lees_gewichten("gelijk.2") is None
    for goed in ("gelijk", "gelijk.12", "a-b:0", "a:1,b:1000"):
        assert re.fullmatch(rules.WEGING, goed), goed
    for fout in ("", "Gelijk", "gelijk.0", "gelijk.", "a:", "a:1,", "a:1,b", "a:-1", "a:1.5", "a:10000", "-a"):
        assert not re.fullmatch(rules.WEGING, fout), fout
    assert rules.bezwaren([("a", 1), ("b", 0)], soorten, "gewichten") == []
    assert [(b.name, b.code) for b in rules.bezwaren([("a", 1), ("a", 1001), ("k", 1), ("x", 1)], soorten, "gewichten")] == [
        ("gewichten.1", "dubbel"),
        ("gewichten.1", "te_hoog"),
        ("gewichten.2", "kenmerk"),
        ("gewichten.3", "onbekend"),
    ]
    assert [b.code for b in rules.bezwaren([("a", 0)], soorten, "gewichten")] == ["leeg"]

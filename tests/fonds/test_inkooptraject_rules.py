"""Dividing the costs of a joint tender: exact, again and again, and neutral at the end."""

from __future__ import annotations

import pytest
from fonds_api.inkooptraject import rules
from fonds_api.inkooptraject.errors import GeenDeelnemers, KasTekort, MeerDanOpenstaat, NietsAfTeRekenen
from fonds_api.inkooptraject.rules import Stand
from gemeengoed_kit.money import allocate
from hypothesis import assume, given
from hypothesis import strategies as st

namen = st.sampled_from([f"/v1/gemeenten/GM{nummer:04d}" for nummer in range(8)])
gewichten = st.dictionaries(namen, st.integers(1, 10**6), min_size=1)
centen = st.integers(0, 10**12)
verloop = st.lists(st.tuples(centen, gewichten), min_size=1, max_size=6)
"""Settlements one after the other: costs until then, and who takes part then."""


@given(verloop)
def test_elke_afrekening_verdeelt_alle_kosten_precies_en_samen_zijn_zij_de_laatste(stappen):
    betaald: dict[str, int] = {}
    eerder: dict[str, int] = {}
    vorige_kosten = 0
    for kosten, wie in stappen:
        try:
            delen = rules.verdelen(kosten, wie, eerder)
        except NietsAfTeRekenen:
            assert {een: cent for een, cent in allocate(kosten, wie).items() if cent} == {e: c for e, c in eerder.items() if c}
            continue
        assert sum(deel.aandeel for deel in delen) == kosten
        assert sum(deel.verschil for deel in delen) == kosten - vorige_kosten
        assert {deel.deelnemer: deel.aandeel for deel in delen if deel.gewicht} == allocate(kosten, wie)
        assert all(deel.aandeel == 0 for deel in delen if not deel.gewicht)
        assert sum(regel.bedrag_cent for regel in rules.afrekening_regels(delen)) == 0
        assert all(regel.bedrag_cent for regel in rules.afrekening_regels(delen))
        assert len(rules.afrekening_regels(delen)) >= 2
        for deel in delen:
            betaald[deel.deelnemer] = betaald.get(deel.deelnemer, 0) + deel.verschil
        eerder, vorige_kosten = {deel.deelnemer: deel.aandeel for deel in delen}, kosten
        assert {een: cent for een, cent in betaald.items() if cent} == {een: cent for een, cent in eerder.items() if cent}


@given(centen, gewichten, st.data())
def test_de_weg_ernaartoe_maakt_niet_uit(kosten, wie, data):
    """Joining and leaving in between gives everybody the same as dividing once."""
    tussen, toen = data.draw(centen), data.draw(gewichten)
    assume(kosten)
    met: dict[str, int] = {}
    for som, deelnemers in ((tussen, toen), (kosten, wie)):
        try:
            met = {deel.deelnemer: deel.aandeel for deel in rules.verdelen(som, deelnemers, met)}
        except NietsAfTeRekenen:
            pass
    assert {een: cent for een, cent in met.items() if cent} == {een: cent for een, cent in allocate(kosten, wie).items() if cent}


def test_wat_niet_kan_wordt_geweigerd():
    with pytest.raises(GeenDeelnemers):
        rules.verdelen(1, {}, {})
    for kosten, wie, eerder in (
        (0, {}, {}),
        (0, {"a": 1}, {}),
        (10, {"a": 1}, {"a": 10}),
        (3, {"a": 2, "b": 1}, {"a": 2, "b": 1}),
    ):
        with pytest.raises(NietsAfTeRekenen):
            rules.verdelen(kosten, wie, eerder)
    stand = Stand(gefinancierd=100, kosten_per_soort={"aanbesteding": 60}, open={"a": 30, "b": -5})
    for soort, wie, genoeg in (("ontvangst", "a", 30), ("teruggave", "b", 5), ("aflossing", None, 40), ("kosten", None, 40)):
        rules.eisen_kan(stand, soort, wie, genoeg)
        with pytest.raises((MeerDanOpenstaat, KasTekort)):
            rules.eisen_kan(stand, soort, wie, genoeg + 1)
    with pytest.raises(MeerDanOpenstaat):
        rules.eisen_kan(stand, "ontvangst", "b", 1)
    rules.eisen_storno(stand, "voorfinanciering", 40)
    rules.eisen_storno(stand, "kosten", 10**9)
    for soort in ("voorfinanciering", "ontvangst"):
        with pytest.raises(KasTekort):
            rules.eisen_storno(stand, soort, 41)
    with pytest.raises(MeerDanOpenstaat):
        rules.eisen_storno(Stand(gefinancierd=10, ontvangen=50, afgelost=5), "voorfinanciering", 6)


kosten_per_soort = st.fixed_dictionaries({}, optional={"aanbesteding": st.integers(0, 99), "contractbeheer": st.integers(0, 99)})


@given(kosten_per_soort, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(-9, 9))
def test_neutraal_is_precies_als_niets_meer_openstaat(kosten, gefinancierd, ontvangen, afgelost, open_):
    stand = Stand(gefinancierd, kosten, ontvangen, 0, afgelost, sum(kosten.values()), {"a": open_, "b": 0})
    neutraal = open_ == 0 and gefinancierd == afgelost and ontvangen == sum(kosten.values())
    assert (rules.nog_open(stand) == []) is neutraal
    assert sum(regel.bedrag_cent for regel in rules.sluiting_regels(stand)) == 0
    assert len(rules.sluiting_regels(stand)) != 1 and all(regel.bedrag_cent for regel in rules.sluiting_regels(stand))
    assert "niet afgerekende kosten" in " ".join(rules.nog_open(Stand(kosten_per_soort={"aanbesteding": 1})))

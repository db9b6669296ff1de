"""Which invoice a receipt names, and what it pays of it."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from abonnement_api.betaling.rules import (
    KENMERK,
    NIETS_BEKENDS,
    NIETS_GENOEMD,
    OMSCHRIJVING,
    kenmerken_in,
    koppelen,
    nummers_in,
    toewijzen,
)
from abonnement_api.factuur.rules import betalingskenmerk
from hypothesis import given
from hypothesis import strategies as st

EEN, TWEE = betalingskenmerk(2018, "GM0344", 1), betalingskenmerk(2018, "GM0363", 2)
KENMERKEN = {EEN: "2018-000001", TWEE: "2018-000002"}
NUMMERS = set(KENMERKEN.values())
kenmerken = st.builds(
    betalingskenmerk, st.integers(2000, 2099), st.from_regex(r"GM[0-9]{4}", fullmatch=True), st.integers(1, 999_999)
)
openstaand = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.integers(0, 10**9), max_size=4)


def zoek(tekst: str = "", *gestructureerd: str):
    return koppelen(gestructureerd, tekst, KENMERKEN, NUMMERS)


@given(kenmerken, st.lists(st.integers(1, 15), unique=True, max_size=5), st.sampled_from([" ", ".", "  ", ". "]))
def test_kenmerk_in_groepen_wordt_gevonden(kenmerk, plekken, scheiding):
    grenzen = [0, *sorted(plekken), 16]
    groepen = [kenmerk[a:b] for a, b in pairwise(grenzen)]
    assert kenmerken_in(f"betaling {scheiding.join(groepen)} dank") >= {kenmerk}


@given(kenmerken, st.from_regex(r"[0-9]{1,8}", fullmatch=True))
def test_kenmerk_als_deel_van_een_langer_getal_telt_niet(kenmerk, cijfers):
    assert kenmerken_in(kenmerk + cijfers) == set() == kenmerken_in(cijfers + kenmerk)


def test_kenmerk_tussen_heel_veel_losse_cijfers_kost_geen_minuten():
    begin = process_time()
    assert kenmerken_in("1 " * 200_000 + "en " + EEN) >= {EEN}
    assert process_time() - begin < 10


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("factuur 2018-000001", {"2018-000001"}),
        ("Fact.2018 - 000001;", {"2018-000001"}),
        ("2018-0000011", set()),
        ("12018-000001", set()),
        ("2018-000001/2018-000002", {"2018-000001", "2018-000002"}),
        ("2018 000001", set()),
    ],
)
def test_factuurnummer_in_tekst(tekst, gevonden):
    assert nummers_in(tekst) == gevonden


def test_gestructureerd_kenmerk_gaat_voor_de_tekst():
    gevonden = zoek("factuur 2018-000002", EEN)
    assert (gevonden.factuur, gevonden.manier) == ("2018-000001", KENMERK)


@pytest.mark.parametrize(
    ("tekst", "gestructureerd"),
    [
        (f"kenmerk {EEN[:4]} {EEN[4:8]} {EEN[8:12]} {EEN[12:]}", ()),
        ("inzake 2018-000001 crediteuren", ()),
        (EEN, ("RF18539007547034",)),
        (f"{EEN} 2018-000001", ()),
        ("", ("2018-000001",)),
    ],
)
def test_wat_de_tekst_noemt_wordt_gekoppeld(tekst, gestructureerd):
    gevonden = zoek(tekst, *gestructureerd)
    assert (gevonden.factuur, gevonden.manier, gevonden.reden) == ("2018-000001", OMSCHRIJVING, None)


@pytest.mark.parametrize(
    ("tekst", "gestructureerd", "reden"),
    [
        ("bijdrage", (), NIETS_GENOEMD),
        ("", (betalingskenmerk(2017, "GM0344", 1),), NIETS_BEKENDS),
        ("factuur 2017-000001", (), NIETS_BEKENDS),
        ("", ("5118034400000100",), NIETS_GENOEMD),
    ],
)
def test_wat_niets_bekends_noemt_blijft_over_met_de_reden(tekst, gestructureerd, reden):
    gevonden = zoek(tekst, *gestructureerd)
    assert (gevonden.factuur, gevonden.manier, gevonden.reden) == (None, None, reden)


@pytest.mark.parametrize(
    ("tekst", "gestructureerd"), [("2018-000001 en 2018-000002", ()), ("", (EEN, TWEE)), (f"{EEN} 2018-000002", ())]
)
def test_meer_dan_een_factuur_wordt_niet_gekozen(tekst, gestructureerd):
    gevonden = zoek(tekst, *gestructureerd)
    assert gevonden.factuur is None and "2018-000001, 2018-000002" in str(gevonden.reden)


@given(st.integers(1, 5 * 10**9), openstaand)
def test_toewijzing_is_nooit_meer_dan_open_of_ontvangen_en_laat_niets_liggen(bedrag, open_cent):
    delen = toewijzen(bedrag, open_cent)
    assert sum(delen.values()) == min(bedrag, sum(open_cent.values()))
    assert all(0 < cent <= open_cent[dienst] for dienst, cent in delen.items())


@given(openstaand.filter(lambda o: sum(o.values())), st.lists(st.integers(1, 10**9), max_size=6))
def test_na_deelbetalingen_maakt_de_rest_elke_regel_precies_af(open_cent, deelbetalingen):
    rest = dict(open_cent)
    for bedrag in [*deelbetalingen, sum(open_cent.values())]:
        for dienst, cent in toewijzen(bedrag, rest).items():
            rest[dienst] -= cent
    assert not any(rest.values())

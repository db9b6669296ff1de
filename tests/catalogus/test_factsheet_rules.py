"""Arithmetic of factsheets: bands cover, shares add up, and what cannot be known is not computed."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date

from catalogus_api.factsheet import rules
from catalogus_api.factsheet.rules import Band, Maat, Post, Uitkomst
from hypothesis import given
from hypothesis import strategies as st

BEDRAGEN = st.integers(0, rules.GROOTSTE)
PER_STUK = st.integers(0, rules.GROOTSTE_PER_STUK)
INWONERS = st.dictionaries(st.integers(1, 9999).map("GM{:04}".format), st.integers(1, 10**8), min_size=1, max_size=40)
LEEG = Post("Iets", "kosten", "gemeente", "jaarlijks", "euro", "vast", "per gemeente", None, None)
VAST = dataclasses.replace(LEEG, laag=150_000, hoog=150_000)
UTRECHT = Maat("GM0344", date(2018, 1, 1), {"GM0344": 300, "GM0363": 600, "GM0001": 100}, None)


def anders(post: Post = VAST, **namen: object) -> Post:
    return dataclasses.replace(post, **namen)  # type: ignore[arg-type]


@st.composite
def staffels(draw) -> tuple[Band, ...]:
    grenzen = [0, *sorted(draw(st.sets(st.integers(1, 10**8), max_size=6))), None]
    banden = []
    for vanaf, tot in itertools.pairwise(grenzen):
        laag, hoog = sorted(draw(st.tuples(BEDRAGEN, BEDRAGEN)))
        banden.append(Band(vanaf, tot, laag, hoog))
    return tuple(banden)


@given(staffels(), st.integers(0, 10**9))
def test_elk_aantal_valt_in_precies_een_band(staffel, aantal):
    post = anders(LEEG, basis="naar gebruikers", staffel=staffel)
    assert rules.bezwaren([post]) == []
    band = rules.band_van(staffel, aantal)
    assert [b for b in staffel if b.vanaf <= aantal and (b.tot is None or aantal < b.tot)] == [band]
    uit = rules.raam(post, dataclasses.replace(UTRECHT, gebruikers=aantal))
    assert (uit.laag, uit.hoog, uit.band) == (band.laag, band.hoog, band)


@given(staffels(), st.data())
def test_staffel_met_gat_overlap_of_einde_wordt_geweigerd(staffel, data):
    nummer = data.draw(st.integers(0, len(staffel) - 1))
    naam = data.draw(st.sampled_from(["vanaf", "tot"]))
    band = staffel[nummer]
    fout = dataclasses.replace(band, **{naam: (getattr(band, naam) if getattr(band, naam) is not None else 10**9) + 1})
    kapot = (*staffel[:nummer], fout, *staffel[nummer + 1 :])
    bezwaren = rules.bezwaren([anders(LEEG, basis="naar inwoners", staffel=kapot)])
    assert bezwaren and all(b.name.startswith("posten.0.staffel.") for b in bezwaren)


@given(BEDRAGEN, BEDRAGEN, INWONERS)
def test_landelijk_bedrag_is_de_som_van_wat_gemeenten_krijgen(a, b, inwoners):
    laag, hoog = sorted((a, b))
    delen = rules.aandelen(laag, hoog, inwoners)
    assert sum(deel[0] for deel in delen.values()) == laag and sum(deel[1] for deel in delen.values()) == hoog
    allen = sum(inwoners.values())
    for code, (onder, boven) in delen.items():
        assert onder <= boven
        assert abs(onder * allen - laag * inwoners[code]) < allen  # less than a cent from its exact value
    for code in inwoners:
        post = anders(reikwijdte="landelijk", laag=laag, hoog=hoog)
        uit = rules.raam(post, Maat(code, UTRECHT.peildatum, inwoners, None))
        assert (uit.laag, uit.hoog) == delen[code]


@given(PER_STUK, PER_STUK, st.integers(1, 10**8), st.integers(1, 10**8))
def test_per_inwoner_groeit_met_de_inwoners_en_past_in_int64(a, b, weinig, veel):
    laag, hoog = sorted((a, b))
    post = anders(basis="per inwoner", laag=laag, hoog=hoog)
    klein, groot = (
        rules.raam(post, Maat("GM0344", UTRECHT.peildatum, {"GM0344": aantal}, None)) for aantal in sorted((weinig, veel))
    )
    assert klein.laag <= groot.laag and klein.hoog <= groot.hoog and klein.laag <= klein.hoog
    assert rules.totalen([(post, groot)] * 30)[0].hoog < 2**63


def test_formule_noemt_wat_erin_ging():
    assert rules.raam(VAST, UTRECHT).berekening == "€ 1.500, voor elke gemeente gelijk"
    per_inwoner = rules.raam(anders(basis="per inwoner", laag=90, hoog=110), UTRECHT)
    assert per_inwoner.berekening == "€ 0,90 tot € 1,10 × 300 inwoners = € 270 tot € 330"
    landelijk = rules.raam(anders(reikwijdte="landelijk", laag=100_001, hoog=100_001), UTRECHT)
    assert landelijk.berekening.startswith("landelijk € 1.000,01 × 300 / 1.000 inwoners = € 300 (") and landelijk.laag == 30_000
    zonder_staffel = rules.raam(anders(basis="naar gebruikers", laag=50_000, hoog=250_000), UTRECHT)
    assert (zonder_staffel.laag, zonder_staffel.hoog) == (50_000, 250_000)
    assert "naar het aantal gebruikers; de bron geeft geen staffel" in zonder_staffel.berekening


def test_wat_niet_te_weten_is_wordt_niet_geraden():
    elders = dataclasses.replace(UTRECHT, gemeente="GM9001")
    ongeteld = dataclasses.replace(elders, peildatum=None, inwoners={})
    staffel = (Band(0, None, 1, 2),)
    gevallen = [
        (LEEG, UTRECHT, "geen bedrag"),
        (anders(ritme="per keer", eenheid="uren", laag=150, hoog=500), UTRECHT, "1,5 tot 5 uur per keer"),
        (anders(LEEG, ritme="per keer", basis="naar inwoners", staffel=staffel), UTRECHT, "per keer"),
        (anders(basis="per gebruiker"), UTRECHT, "gebruikers is niet gegeven"),
        (anders(LEEG, basis="naar gebruikers", staffel=staffel), UTRECHT, "gebruikers is niet gegeven"),
        (anders(LEEG, basis="naar inwoners", staffel=staffel), elders, "geen inwonertal"),
        (anders(basis="per inwoner"), elders, "geen inwonertal"),
        (anders(reikwijdte="landelijk"), elders, "geen inwonertal"),
        (anders(reikwijdte="landelijk"), ongeteld, "geen inwonertal"),
    ]
    for post, maat, reden in gevallen:
        uit = rules.raam(post, maat)
        assert uit.laag is None and uit.hoog is None
        assert uit.berekening.startswith("Niet te berekenen: ") and reden in uit.berekening, (post, uit)
    assert rules.totalen([(post, rules.raam(post, maat)) for post, maat, _ in gevallen]) == []


def test_totaal_is_van_de_gemeente_zelf_per_soort_ritme_en_eenheid():
    def geraamd(laag: int, **namen: object) -> tuple[Post, Uitkomst]:
        post = anders(laag=laag, hoog=2 * laag, **namen)
        return post, rules.raam(post, UTRECHT)

    totalen = rules.totalen(
        [
            geraamd(7, soort="besparing"),
            geraamd(1),
            geraamd(2),
            geraamd(4, ritme="eenmalig"),
            geraamd(5, ritme=None),
            geraamd(8, voor="ondernemer"),
            geraamd(50, eenheid="fte"),
        ]
    )
    assert [(t.soort, t.ritme, t.eenheid, t.laag, t.hoog, t.posten) for t in totalen] == [
        ("kosten", None, "euro", 5, 10, 1),
        ("kosten", "eenmalig", "euro", 4, 8, 1),
        ("kosten", "jaarlijks", "euro", 3, 6, 2),
        ("kosten", "jaarlijks", "fte", 50, 100, 1),
        ("besparing", "jaarlijks", "euro", 7, 14, 1),
    ]


def test_alle_bezwaren_komen_tegelijk_met_hun_plaats():
    fout = [
        VAST,
        anders(laag=2, hoog=1, eenheid=None),
        anders(hoog=None),
        anders(basis="per inwoner", hoog=rules.GROOTSTE_PER_STUK + 1),
        anders(basis="per inwoner", reikwijdte="landelijk"),
        anders(staffel=(Band(0, None, 2, 1),)),
        anders(LEEG, basis=None, eenheid=None, staffel=(Band(0, None, 1, 1),)),
    ]
    assert {(b.name, b.code) for b in rules.bezwaren(fout)} == {
        ("posten.1.hoog", "te_laag"),
        ("posten.1.eenheid", "ontbreekt"),
        ("posten.2.hoog", "samen"),
        ("posten.3.hoog", "te_hoog"),
        ("posten.4.basis", "landelijk"),
        ("posten.5.basis", "staffel"),
        ("posten.5.laag", "staffel"),
        ("posten.5.staffel.0.hoog", "te_laag"),
        ("posten.6.basis", "ontbreekt"),
        ("posten.6.basis", "staffel"),
        ("posten.6.eenheid", "ontbreekt"),
    }
    assert rules.bezwaren([anders(LEEG, basis=None, eenheid=None, ritme=None)]) == []


def test_bedragen_staan_er_zoals_iemand_ze_schrijft():
    assert [rules.bedrag(w, "euro") for w in (0, 90, 100, 150_050, 1_500_000_000)] == [
        *("€ 0", "€ 0,90", "€ 1", "€ 1.500,50", "€ 15.000.000"),
    ]
    assert (rules.bedrag(25, "fte"), rules.bedrag(150, "uren"), rules.bereik(150, 500, "uren")) == (
        *("0,25 fte", "1,5 uur", "1,5 tot 5 uur"),
    )
    assert (rules.bereik(5, 5, "euro"), rules.bereik(100, 200, "euro")) == ("€ 0,05", "€ 1 tot € 2")

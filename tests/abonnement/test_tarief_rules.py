"""Tarief x inwoners, and its division over the services."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from abonnement_api.tarief.rules import Pakket, factuurbedrag
from abonnement_api.tarief.schemas import als_tekst
from hypothesis import given
from hypothesis import strategies as st

VOLLEDIG = Pakket(
    "volledig",
    Decimal("0.9000"),
    {
        "vertrouwenswerk": Decimal("7.5"),
        "kindertelefoon": Decimal("3.83"),
        "luisterend-oor": Decimal("3.94"),
        "beheer-en-betaling": Decimal("0.05"),
    },
)
tarieven = st.decimals(min_value="0.0001", max_value="99999", places=4)
pakketten = st.builds(
    Pakket,
    st.just("p"),
    tarieven,
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d", "e"]), st.decimals(min_value="0.0001", max_value="10000", places=4), min_size=1
    ),
)
aantallen = st.integers(1, 20_000_000)


@given(pakketten, aantallen)
def test_regels_tellen_op_tot_de_factuur(pakket, inwoners):
    bedrag = factuurbedrag(pakket, inwoners)
    assert sum(bedrag.regels.values()) == bedrag.bedrag_cent and set(bedrag.regels) == set(pakket.gewichten)


@given(pakketten, aantallen)
def test_factuur_ligt_hoogstens_een_halve_cent_van_tarief_maal_inwoners_en_een_halve_gaat_omhoog(pakket, inwoners):
    exact = Fraction(pakket.tarief_per_inwoner) * inwoners * 100
    assert Fraction(-1, 2) < factuurbedrag(pakket, inwoners).bedrag_cent - exact <= Fraction(1, 2)


@given(pakketten, aantallen)
def test_grotere_rest_krijgt_nooit_minder_en_gelijke_rest_gaat_op_code(pakket, inwoners):
    bedrag = factuurbedrag(pakket, inwoners)
    som = sum(Fraction(g) for g in pakket.gewichten.values())
    quota = {d: bedrag.bedrag_cent * Fraction(g) / som for d, g in pakket.gewichten.items()}
    extra = {d: bedrag.regels[d] - int(quota[d]) for d in quota}
    assert set(extra.values()) <= {0, 1}
    for een in quota:
        for ander in quota:
            rest, andere_rest = quota[een] % 1, quota[ander] % 1
            if rest > andere_rest or (rest == andere_rest and een < ander):
                assert extra[een] >= extra[ander]


def test_een_inwoner_betaalt_negentig_cent():
    bedrag = factuurbedrag(VOLLEDIG, 1)
    assert bedrag.bedrag_cent == 90
    assert bedrag.regels == {"beheer-en-betaling": 0, "kindertelefoon": 23, "luisterend-oor": 23, "vertrouwenswerk": 44}


def test_tarief_staat_met_minstens_twee_decimalen_in_de_tekst():
    geschreven = {"0.9000": "0.90", "0.0029": "0.0029", "7.5": "7.50", "100": "100.00", "0.125": "0.125"}
    assert {tekst: als_tekst(Decimal(tekst)) for tekst in geschreven} == geschreven


@given(st.integers(0, 50_000), st.integers(0, 200_000))
def test_precies_een_halve_cent_gaat_omhoog(tarief, honderdtallen):
    """An odd rate in hundredths of a cent, times 50 and whole hundreds of inhabitants, always ends on half a cent."""
    oneven, inwoners = 2 * tarief + 1, 100 * honderdtallen + 50
    pakket = Pakket("p", Decimal(oneven) / 10_000, {"a": Decimal(1)})
    assert factuurbedrag(pakket, inwoners).bedrag_cent == oneven * inwoners // 100 + 1

"""Prices in every form, as hypothesis makes them and as a decision has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from abonnement_api.tarief.rules import EENHEDEN, KLASSE, PER_INWONER, PER_VERRICHTING, SCHIJF, VAST, Band, Pakket
from hypothesis import strategies as st

tarieven = st.decimals(min_value="0.0001", max_value="99999.9999", places=4)
bedragen = st.decimals(min_value="0.0001", max_value="99999999.9999", places=4)
gewichten = st.dictionaries(
    st.sampled_from(["vertrouwenswerk", "kindertelefoon", "luisterend-oor"]),
    st.decimals(min_value="0.0001", max_value="9999", places=4),
    min_size=1,
)
of_niet = st.none() | bedragen


@st.composite
def pakketten(draw: st.DrawFn, code: str = "p") -> Pakket:
    """A package that a decision may have."""
    vorm = draw(st.sampled_from([PER_INWONER, KLASSE, SCHIJF, PER_VERRICHTING, VAST]))
    grenzen = sorted(draw(st.sets(st.integers(1, 2_000), min_size=1, max_size=5))) if vorm in (KLASSE, SCHIJF) else []
    nul = Decimal(0)
    banden = [Band(grens, draw(st.just(nul) | tarieven), draw(st.just(nul) | bedragen)) for grens in grenzen]
    return Pakket(
        code,
        draw(tarieven) if vorm == PER_INWONER else None,
        draw(gewichten),
        vorm,
        draw(st.sampled_from(EENHEDEN[vorm])),
        draw(tarieven) if vorm == PER_VERRICHTING else None,
        (*banden, Band(None, draw(tarieven), nul)) if banden else (),
        draw(bedragen) if vorm == VAST else draw(of_niet),
        draw(of_niet),
        None if vorm == VAST else draw(of_niet),
    )


aantallen = st.integers(0, 3_000) | st.integers(0, 50_000_000)
"""Of which many at the limits of bands."""


def besluit(id: str, *pakketten: dict[str, Any], **anders: Any) -> dict[str, Any]:
    """A decision of 2018 about these packages, each with the dienst beheer-en-betaling unless it says otherwise."""
    return {
        "id": id,
        "datum": "2017-12-01",
        "gremium": "Proef",
        "omschrijving": "Besluit voor de test",
        "bronvermelding": "Verzonnen (test)",
        "prijspeil": 2017,
        "eersteJaar": 2018,
        "laatsteJaar": 2018,
        "pakketten": [{"naam": "Proefpakket", "diensten": ["beheer-en-betaling"], **pakket} for pakket in pakketten],
        "verdeelsleutel": [{"dienst": "beheer-en-betaling", "gewicht": "1"}],
        **anders,
    }


GOVROAM = {
    "code": "govroam",
    "vorm": "klasse",
    "eenheid": "gebruiker",
    "eenmalig": "1500",
    "banden": [{"totEnMet": 100, "bedrag": "500"}, {"totEnMet": 1000, "bedrag": "1000"}, {"bedrag": "2500"}],
}
"""€ 1.500 once and € 500 to € 2.500 a year by number of users (VNG, BALV 30-11-2016, factsheet Govroam); the limits between
are the test's own."""
DOVENTOLK = {"code": "doventolk", "vorm": "per-verrichting", "eenheid": "verrichting", "tarief": "182"}
"""On average € 182 for an opdracht (VNG, BALV 30-11-2016, voorstel C)."""
BANDEN_VNG = [
    {"totEnMet": 5_000, "tarief": "1.92"},
    {"totEnMet": 25_000, "tarief": "1.76"},
    {"totEnMet": 200_000, "tarief": "1.52"},
    {"tarief": "0.75"},
]
"""Contribution of VNG in 2024, per inhabitant (Binnenlands Bestuur, 24-5-2023): whether of classes or slices it does not say."""

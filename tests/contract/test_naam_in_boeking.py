"""What one source takes of another, the next takes of it: or an invoice is made whose entry fonds refuses for ever."""

from __future__ import annotations

from typing import Any

import abonnement_api.catalogus
import fonds_api.catalogus
import pytest
from abonnement_api.factuur.rules import boekomschrijving
from fonds_api.boeking.schemas import NieuweBoeking
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

BRONNEN = (abonnement_api.catalogus.BronGemeente, fonds_api.catalogus.BronGemeente)
RAND = st.sampled_from(["", " ", "\u00a0", "\u00ad", "\u200b", "\u202e", "\u2028", "\ufeff", "\u0085", "\t"])


def neemt(model: Any, waarde: dict[str, Any]) -> bool:
    try:
        model.model_validate(waarde)
    except ValidationError:
        return False
    return True


def boeking(naam: str) -> dict[str, Any]:
    return {
        "fonds": "derdengelden",
        "boekdatum": "2018-01-15",
        "omschrijving": boekomschrijving("2018-000001", naam),
        "bron": {"bron": "abonnement", "pad": "/v1/facturen/2018-000001"},
        "regels": [{"rekening": "1300", "bedragCent": 1}, {"rekening": "2310", "bedragCent": -1}],
    }


def gemeente(naam: str) -> dict[str, Any]:
    return {"code": "GM0344", "naam": naam, "inwoners": None}


@given(st.builds(lambda voor, kern, na: voor + kern + na, RAND, st.text(max_size=201), RAND))
@example("Utrecht ")
@example("Utr\u202eecht")
@example("x" * 200)
def test_een_naam_die_wordt_geloofd_past_in_de_boeking_van_haar_factuur(naam):
    geloofd = {neemt(model, gemeente(naam)) for model in BRONNEN}
    assert len(geloofd) == 1
    assert geloofd == {False} or neemt(NieuweBoeking, boeking(naam))


@pytest.mark.parametrize("naam", ["'s-Gravenhage", "Súdwest-Fryslân", "Bergen (NH.)", "x" * 200])
def test_een_gewone_naam_wordt_geloofd(naam):
    assert all(neemt(model, gemeente(naam)) for model in BRONNEN) and neemt(NieuweBoeking, boeking(naam))

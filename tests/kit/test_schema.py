"""Wire models: what looks like input and cannot be kept is refused, not a crash."""

from __future__ import annotations

import json

import pytest
from gemeengoed_kit.schema import Cent, Input, Whole
from pydantic import ValidationError


class Invoer(Input):
    naam: str = "x"
    aantal: Whole = 0
    bedrag: Cent = 0


@pytest.mark.parametrize(
    "tekst",
    [
        '{"naam": "a\\u0000b"}',
        '{"aantal": 1e999}',
        '{"aantal": -1e999}',
        '{"aantal": NaN}',
        '{"aantal": 1.5}',
        '{"aantal": true}',
        '{"bedrag": 1000000000000001}',
    ],
)
def test_onbewaarbare_invoer_wordt_geweigerd(tekst):
    with pytest.raises(ValidationError):
        Invoer.model_validate(json.loads(tekst))


def test_1_0_is_een_geheel_getal():
    assert Invoer.model_validate({"aantal": 1.0, "bedrag": 10**15}).aantal == 1

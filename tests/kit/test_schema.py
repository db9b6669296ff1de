"""Wire models: one notation of everything that a client gives."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from gemeengoed_kit.schema import (
    Cent,
    Day,
    Digits,
    GivenDay,
    GivenMoment,
    GivenUuid,
    Input,
    Line,
    Moment,
    Output,
    Term,
    Whole,
    YesNo,
)
from pydantic import Field, ValidationError


class Invoer(Input):
    regel: Line = Field("x", max_length=20)
    term: Term = Field("x", max_length=20)
    aantal: Whole = 0
    bedrag: Cent = 0
    cijfers: Digits = Field(0, ge=-5, le=10**6)
    keuze: YesNo = False
    dag: GivenDay | None = None
    moment: GivenMoment | None = None
    id: GivenUuid | None = None


GOED: list[tuple[str, Any, Any]] = [
    ("regel", "Súdwest-Fryslân, 's-Hertogenbosch", "Súdwest-Fryslân, 's-Hertogenbosch"[:20]),
    ("regel", "a", "a"),
    ("regel", "twee  woorden", "twee  woorden"),
    ("term", "Su\u0301dwest", "S\u00fadwest"),
    ("aantal", 100, 100),
    ("bedrag", 10**15, 10**15),
    ("cijfers", "12", 12),
    ("cijfers", "-5", -5),
    ("cijfers", 7, 7),
    ("keuze", "true", True),
    ("keuze", False, False),
    ("dag", "2000-01-01", dt.date(2000, 1, 1)),
    ("dag", "2100-12-31", dt.date(2100, 12, 31)),
    ("moment", "2018-01-01T09:00:00+02:00", dt.datetime(2018, 1, 1, 7, tzinfo=dt.UTC)),
    ("id", "7B0F8A58-6f0e-4a39-9d8e-0f1c34a3f0de", uuid.UUID("7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de")),
]
FOUT: dict[str, list[Any]] = {
    "regel": [
        "",
        " ",
        "\u00a0",
        "\u200b",
        " a",
        "a ",
        "a\u200b",
        "\ufeffa",
        "a\nb",
        "a\tb",
        "a\u2028b",
        "a\x7fb",
        "a\u202eb",
        5,
        None,
    ],
    "term": ["", "   ", "a\n"],
    "aantal": [1.5, True, "5", float("inf"), float("nan"), None],
    "bedrag": [10**15 + 1, -(10**15) - 1, "1"],
    "cijfers": ["1_0", "+1", " 1", "1 ", "1.0", "1e1", "01", "", "١", "１", "0x1", "9" * 30],
    "keuze": ["yes", "1", "on", "True", "", "t"],
    "dag": [
        "0001-01-01",
        "1999-12-31",
        "2101-01-01",
        "9999-12-31",
        "2018-02-30",
        "2018-13-01",
        "2018-1-1",
        "20180101",
        "2018-01-01T00:00:00",
        "1699920000",
        " 2018-01-01",
        "2018-01-01\n",
        "٢٠١٨-٠١-٠١",
        "",
        0,
    ],
    "moment": [
        "1999-12-31T23:59:59Z",
        "2101-01-01T00:00:00Z",
        "2018-01-01T09:00:00",
        "2018-01-01T09:00:00-00:00",
        "2018-01-01",
        "2018-01-01 09:00:00Z",
        "2018-01-01T29:00:00Z",
        "1514800000",
        1514800000,
    ],
    "id": [
        "{7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de}",
        "urn:uuid:7b0f8a58-6f0e-4a39-9d8e-0f1c34a3f0de",
        "7b0f8a586f0e4a399d8e0f1c34a3f0de",
    ],
}


@pytest.mark.parametrize(("naam", "waarde", "uitkomst"), GOED)
def test_goede_invoer(naam, waarde, uitkomst):
    waarde = waarde[:20] if naam == "regel" else waarde
    assert getattr(Invoer.model_validate({naam: waarde}), naam) == uitkomst


@pytest.mark.parametrize(("naam", "waarde"), [(naam, waarde) for naam, waarden in FOUT.items() for waarde in waarden])
def test_andere_notaties_en_onzin_worden_geweigerd(naam, waarde):
    with pytest.raises(ValidationError):
        Invoer.model_validate({naam: waarde})


def test_wat_wij_sturen_is_niet_gebonden_aan_het_venster_van_invoer():
    """What was stored before there was a window must still be shown."""

    class Uit(Output):
        dag: Day
        moment: Moment

    uit = Uit.make(dag=dt.date(1, 1, 1), moment=dt.datetime(1, 1, 1, tzinfo=dt.UTC))
    assert uit.model_dump(mode="json") == {"dag": "0001-01-01", "moment": "0001-01-01T00:00:00.000Z"}

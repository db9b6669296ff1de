"""What an event is called."""

from __future__ import annotations

import re

import pytest
from catalogus_api.gebeurtenis import rules
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT

WOORD = st.from_regex("[a-z]{1,12}", fullmatch=True)


def test_elke_handeling_van_deze_dienst_heeft_een_voltooid_deelwoord():
    """Types are published: a verb that `VOLTOOID` does not know would be called so for ever."""
    bron = "".join(pad.read_text("utf-8") for pad in (ROOT / "services" / "catalogus-api" / "catalogus_api").rglob("*.py"))
    handelingen = set(re.findall(r"(?:action=|_noteer[a-z_]*\(work, )\"([a-z-]+\.[a-z.-]+)\"", bron))
    assert {"voorziening.wijzigen", "pilotdeelnemer.afmelden", "initiatief.beoordelen", "bron.inlezen"} <= handelingen
    assert [een for een in handelingen if re.split("[.-]", een)[-1] not in rules.VOLTOOID] == []


@given(WOORD, st.lists(WOORD, max_size=2), st.sampled_from(sorted(rules.VOLTOOID)))
def test_een_type_is_omgekeerde_dns_en_zegt_wat_er_is_gedaan(onderwerp, waarvan, werkwoord):
    type = rules.type_van(f"{onderwerp}.{'-'.join([*waarvan, werkwoord])}")
    assert re.fullmatch(r"nl\.gemeengoed\.catalogus\.[a-z]+\.[a-z-]+", type)
    assert type.endswith(rules.VOLTOOID[werkwoord]) and f".{onderwerp}." in type


@given(st.integers(1, 10**18 - 1), st.integers(1, 10**18 - 1))
def test_een_sequence_heeft_als_tekst_de_volgorde_van_haar_nummer(een, ander):
    assert (rules.sequence_van(een) < rules.sequence_van(ander)) is (een < ander)
    assert int(rules.sequence_van(een)) == een


@pytest.mark.parametrize(
    ("handeling", "onderwerp", "data", "naam", "verwacht"),
    [
        (
            "voorziening.wijzigen",
            "/v1/voorzieningen/govroam",
            {"versie": 2, "fase": "x"},
            "Govroam",
            "Voorziening Govroam gewijzigd: fase",
        ),
        (
            "voorziening.wijzigen",
            "/v1/voorzieningen/a",
            {"mateVanBinding": 1, "fase": 1},
            None,
            "Voorziening a gewijzigd: mate van binding, fase",
        ),
        ("mijlpaal.vastleggen", "/v1/mijlpalen/a", {"naam": "A"}, "A", "Mijlpaal A vastgelegd"),
        ("bron.inlezen", "/v1/gemeenten", {"gemeente": 1}, None, "Bron ingelezen"),
        ("herindeling.vastleggen", "/v1/herindelingen/8f7a52f6-7f0e-4a57-8a1c-0a8d1f8a4f22", {}, None, "Herindeling vastgelegd"),
        (
            "identificatie.vastleggen",
            "/v1/gemeenten/GM0344/identificaties/oin",
            {},
            "Utrecht",
            "Identificatie vastgelegd bij Utrecht",
        ),
        (
            "samenwerkingsverband.leden-wijzigen",
            "/v1/samenwerkingsverbanden/a",
            {"toetreders": []},
            "A",
            "Samenwerkingsverband A leden gewijzigd",
        ),
    ],
)
def test_een_titel_zegt_wat_er_met_wat_is_gebeurd(handeling, onderwerp, data, naam, verwacht):
    assert rules.titel(rules.type_van(handeling), onderwerp, data, naam) == verwacht


def test_tekst_noemt_wat_leeg_werd_en_niet_wat_het_altijd_was():
    data = {"versie": 3, "fase": None, "open": True, "leden": ["GM0001", "GM0002"], "delen": [{"vanWie": "a"}]}
    assert rules.tekst("nl.x.gewijzigd", data) == "fase: leeg\nopen: ja\nleden: GM0001, GM0002\ndelen: van wie a"
    assert "fase" not in rules.tekst("nl.x.aangemaakt", data)
    veel = {f"lid{nummer}": nummer for nummer in range(30)}
    assert rules.tekst("nl.x.aangemaakt", veel).splitlines()[-1] == "en 10 andere gegevens"

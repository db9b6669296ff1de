"""Besluiten over HTTP: who records what, what is refused, and what they permit."""

from __future__ import annotations

import pytest

from tests.catalogus.besluiten import PUNTEN, Gremia


@pytest.fixture
def gremia(client, issuer) -> Gremia:
    return Gremia(client, issuer)


def soort(probleem: dict) -> str:
    return probleem["type"].rpartition("/")[2]


def test_opschaling_volgt_een_advies_en_draagt_wat_erop_rust(client, gremia):
    advies = gremia.advies()
    genomen = gremia.besluit("opschaling", advies=advies["id"], adviesGevolgd=True, **PUNTEN)
    assert client.get(genomen["pad"]).json() == genomen
    grond = gremia.grondslag("opschaling")
    assert grond["toegestaan"] and [b["id"] for b in grond["besluiten"]] == [genomen["id"]]
    assert (grond["mateVanBinding"], grond["bindt"]) == ("vrijwillig maar niet vrijblijvend", "deelnemers")
    assert not gremia.grondslag("opschaling", op="2018-01-09")["toegestaan"]
    assert not gremia.grondslag("beheer")["toegestaan"]

"""What is missing here skips a test, and fails it in CI; what goes wrong always fails it."""

from __future__ import annotations

import pytest

from tests.clients.gereedschap import draai, haal, nodig


@pytest.mark.parametrize(("ci", "afloop"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_wat_ontbreekt_wordt_genoemd(tmp_path, monkeypatch, ci, afloop):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(afloop, match="niet geïnstalleerd: dit-bestaat-niet"):
        nodig("sh", "dit-bestaat-niet")
    with pytest.raises(afloop, match="geen verbinding"):
        haal(tmp_path, "sh", "-c", "echo geen verbinding >&2; exit 1")
    nodig("sh")
    haal(tmp_path, "true")


def test_opdracht_die_mislukt_laat_de_test_mislukken_en_toont_waarom(tmp_path):
    assert draai(tmp_path, "sh", "-c", "echo $GROET", omgeving={"GROET": "dag"}) == "dag\n"
    with pytest.raises(AssertionError, match="zo niet"):
        draai(tmp_path, "sh", "-c", "echo zo niet >&2; exit 3")

"""One version of the suite, told the same wherever it is told."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import version

import pytest
from gemeengoed_kit import VERSION

from tests.conftest import ROOT
from tests.contract.apis import APIS

PACKAGES = sorted(
    [*ROOT.glob("services/*/pyproject.toml"), ROOT / "gateway/pyproject.toml", *ROOT.glob("deploy/*/pyproject.toml")]
)


@pytest.mark.parametrize("file", PACKAGES, ids=lambda file: file.parent.name)
def test_pakket_neemt_zijn_versie_van_de_kit(file):
    project = tomllib.loads(file.read_text())
    assert "version" in project["project"]["dynamic"]
    source = (file.parent / project["tool"]["hatch"]["version"]["path"]).resolve()
    assert source == ROOT / "services/kit/gemeengoed_kit/__init__.py"
    assert version(project["project"]["name"]) == VERSION, "installed before the version changed: run `make install`"


@pytest.mark.parametrize("naam", APIS)
def test_specificatie_noemt_de_versie_van_de_suite(naam):
    document = json.loads((ROOT / "openapi" / f"{naam}.json").read_text())
    assert document["info"]["version"] == VERSION
    assert document["components"]["headers"]["ApiVersion"]["schema"]["example"] == VERSION
    assert all(server["url"].endswith("/v1") for server in document["servers"])


def test_changelog_heeft_deze_versie_als_jongste_onder_wat_nog_komt():
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert headings[:2] == ["Unreleased", VERSION]

"""The specifications: committed equals served, and no finding of the official linter (NLGov API Design Rules 2.1, 2.2)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock
from gemeengoed_kit.openapi import METHODS, dump

from tests.conftest import ROOT
from tests.contract.apis import APIS

VERBS = "(list|get|count|create|put|update|delete|retry|accept|reject|revoke)[A-Z]"
SPECTRAL = ROOT / "var" / "tools" / "spectral"


@pytest.fixture(scope="session")
def spectral() -> Path:
    """The linter, installed once under var/ from its lock file."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("Spectral needs npm, which is not on this machine")
    SPECTRAL.mkdir(parents=True, exist_ok=True)
    binary = SPECTRAL / "node_modules" / ".bin" / "spectral"
    with FileLock(SPECTRAL / ".lock"):
        if not binary.exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(Path(__file__).parent / "spectral" / name, SPECTRAL)
            made = subprocess.run(
                [npm, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
                cwd=SPECTRAL,
                capture_output=True,
                text=True,
                timeout=300,
            )
            if made.returncode:
                pytest.skip(f"Spectral could not be installed: {made.stderr[-300:]}")
    return binary


@pytest.mark.parametrize("naam", APIS)
def test_vastgelegde_specificatie_is_gelijk_aan_de_code(naam):
    committed = (ROOT / "openapi" / f"{naam}.json").read_bytes()
    assert committed == dump(APIS[naam].openapi()), f"openapi/{naam}.json is behind: run `make openapi`"


@pytest.mark.parametrize("naam", APIS)
@pytest.mark.parametrize("versie", ["2.1", "2.2"])
def test_officiele_linter_heeft_geen_bevindingen(naam, versie, spectral, shared):
    rules = shared / "standards" / "adr" / f"adr-{versie}.yaml"
    found = subprocess.run(
        [spectral, "lint", "-F", "hint", "-f", "json", "-r", rules, ROOT / "openapi" / f"{naam}.json"],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "SCARF_ANALYTICS": "false"},
    )
    assert found.returncode == 0 and found.stdout.startswith("[]"), found.stdout + found.stderr


def test_linter_vindt_een_fout_die_er_is(spectral, shared, tmp_path):
    document = json.loads((ROOT / "openapi" / "catalogus-v1.json").read_text())
    del document["info"]["contact"]
    (tmp_path / "fout.json").write_text(json.dumps(document))
    found = subprocess.run(
        [spectral, "lint", "-F", "hint", "-r", shared / "standards" / "adr" / "adr-2.2.yaml", tmp_path / "fout.json"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert found.returncode == 1


@pytest.mark.parametrize("naam", APIS)
def test_elk_gegeven_is_beschreven(naam):
    document = APIS[naam].openapi()
    assert document["openapi"] == "3.0.3"
    for path, item in document["paths"].items():
        for method in METHODS:
            for parameter in item.get(method, {}).get("parameters", []):
                assert parameter.get("description"), f"{method} {path}: {parameter['name']}"
    for name, schema in document["components"]["schemas"].items():
        for field, content in schema.get("properties", {}).items():
            assert content.get("description") or "$ref" in content or "allOf" in content, f"{name}.{field}"


@pytest.mark.parametrize("naam", APIS)
def test_namen_zijn_stabiel_voor_sdks(naam):
    document = APIS[naam].openapi()
    ids = [item[m]["operationId"] for item in document["paths"].values() for m in METHODS if m in item]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.match(VERBS, name)] == []
    assert all(name.isalnum() and name[0].isupper() for name in document["components"]["schemas"])

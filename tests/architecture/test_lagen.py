"""The layering, and what a newcomer may rely on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from gemeengoed_lokaal.databases import create_service_database

from tests.conftest import ROOT

SERVICES = {"catalogus": "services/catalogus-api", "fonds": "services/fonds-api", "abonnement": "services/abonnement-api"}
TOP = {"services", "gateway", "openapi", "deploy", "tests", "Makefile"}
ROOT_FILES = {
    "README.md",
    "ARCHITECTURE.md",
    "DECISIONS.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "GOVERNANCE.md",
    "LICENSE",
    "publiccode.yml",
    "pyproject.toml",
    "requirements.in",
    "requirements.lock",
    ".gitignore",
    ".importlinter",
    ".ci",
}


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.split("\n")[:-1]


def test_lagen_worden_gevolgd():
    found = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_bovenste_map_bevat_alleen_wat_er_hoort():
    assert {name.split("/")[0] for name in tracked()} <= TOP | ROOT_FILES


@pytest.mark.parametrize("map_", [*SERVICES.values(), "gateway"])
def test_elke_functiemap_vertelt_wat_zij_is(map_):
    package = next((ROOT / map_).glob("*/__init__.py")).parent
    features = [folder for folder in package.iterdir() if (folder / "router.py").exists()]
    assert features
    for folder in features:
        assert (folder / "README.md").exists(), f"{folder.relative_to(ROOT)} has no README.md"


def test_vergrendelde_afhankelijkheden_noemen_geen_adres():
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text and "--index" not in text
    pins = [line for line in text.splitlines() if re.match(r"^[a-z0-9]", line)]
    assert pins and all("==" in line and line.endswith("\\") for line in pins)
    assert "resolved" not in (ROOT / "tests/contract/spectral/package-lock.json").read_text()


def test_dienst_bereikt_de_database_van_een_ander_niet(server, passwords):
    import psycopg

    made = {
        name: create_service_database(server.url, name, name=f"{name}_eigen", passwords=passwords)
        for name in [*SERVICES, "gateway"]
    }
    for own, mine in made.items():
        psycopg.connect(mine.url).close()
        for other, theirs in made.items():
            if other != own:
                with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                    psycopg.connect(mine.url, dbname=theirs.name)
    for role in (f"{name}_api" for name in made):
        with psycopg.connect(server.url) as admin:
            assert admin.execute(
                "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role]
            ).fetchone() == (False,)

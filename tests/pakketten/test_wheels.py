"""Every package as a wheel: whole, and enough to migrate and serve with."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from gemeengoed_kit import VERSION
from gemeengoed_lokaal import netwerk
from gemeengoed_lokaal.bank import EIGEN_IBAN
from gemeengoed_lokaal.databases import create_service_database, drop_database

from tests.conftest import ROOT
from tests.pakketten.conftest import PACKAGES

pytestmark = pytest.mark.xdist_group("wheels")  # they are built and installed once
MODULES = ("gemeengoed_kit", "abonnement_api", "catalogus_api", "fonds_api", "gateway", "gemeengoed_lokaal")
WHERE = f"""
import importlib, json, sys
print(json.dumps([[importlib.import_module(name).__file__ for name in {MODULES}], sys.path]))"""
OWN = "00000099000000000001"
MORE = {"ABONNEMENT": {"ABONNEMENT_REKENING_IBAN": EIGEN_IBAN}}
"""What one service needs besides."""


def project(folder: Path) -> dict:
    return tomllib.loads((folder / "pyproject.toml").read_text())


def package(folder: Path) -> Path:
    """The one package that a project folder holds."""
    (name,) = project(folder)["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    return folder / name


def wheel(wheels: Path, folder: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(wheels / f"{project(folder)['project']['name'].replace('-', '_')}-{VERSION}-py3-none-any.whl")


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_wheel_bevat_alles_wat_in_het_pakket_ligt_en_niets_anders(wheels, folder):
    inside = package(folder)
    listed = subprocess.run(["git", "ls-files", inside], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    expected = {str((ROOT / name).relative_to(folder)) for name in listed.splitlines()}
    with wheel(wheels, folder) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert found == expected and f"{inside.name}/py.typed" in found
        scripts = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert bool(scripts) == (inside.name != "gemeengoed_kit"), "a library has no command, every other package has"


def test_wheels_brengen_migraties_en_brongegevens_mee(wheels):
    names = {name for folder in PACKAGES for name in wheel(wheels, folder).namelist()}
    for module in ("abonnement_api", "catalogus_api", "fonds_api", "gateway"):
        assert f"{module}/migrations/env.py" in names
        assert any(re.fullmatch(rf"{module}/migrations/versions/0001_\w+\.sql", name) for name in names)
    assert {f"catalogus_api/gemeente/bron/{name}.csv" for name in ("gemeenten", "inwoners", "herindelingen")} <= names


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_pakket_noemt_alles_wat_het_importeert(folder):
    known = {
        **importlib.metadata.packages_distributions(),
        **{package(one).name: [project(one)["project"]["name"]] for one in PACKAGES},
    }
    named = closure(project(folder)["project"]["name"])
    for file in package(folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                modules = [str(node.module)]
            for module in {name.split(".")[0] for name in modules} - sys.stdlib_module_names:
                assert named & {normal(name) for name in known.get(module, ())}, f"{file}: {module} is in no dependency"


def closure(name: str) -> set[str]:
    """A distribution and all that it needs, as far as it is installed."""
    ours = {normal(project(one)["project"]["name"]): project(one)["project"].get("dependencies", []) for one in PACKAGES}
    found: set[str] = set()
    to_do = [normal(name)]
    while to_do:
        one = to_do.pop()
        if one not in found:
            found.add(one)
            to_do += [normal(re.split(r"[^\w.-]", need)[0]) for need in ours.get(one) or installed_needs(one)]
    return found


def installed_needs(name: str) -> list[str]:
    try:
        return [need for need in importlib.metadata.requires(name) or [] if "extra ==" not in need]
    except importlib.metadata.PackageNotFoundError:
        return []


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_niets_van_de_bronmap_is_te_bereiken(installed):
    files, path = json.loads(installed.run("python", "-I", "-c", WHERE))
    environment = installed.bin.parent
    assert all(Path(file).is_relative_to(environment) for file in files)
    borrowed = Path(importlib.metadata.distribution("alembic").locate_file("")).resolve()
    assert [entry for entry in path if Path(entry).is_relative_to(ROOT) and Path(entry).resolve() != borrowed] == []


@pytest.fixture
def database(server, passwords, request) -> Iterator:
    made = create_service_database(server.url, request.param, name=f"{request.param}_wheel", passwords=passwords)
    yield made
    drop_database(server.url, made.name)


@pytest.mark.parametrize(
    ("database", "command", "prefix"),
    [(name, f"{name}-api", name.upper()) for name in ("abonnement", "catalogus", "fonds")],
    indirect=["database"],
)
def test_dienst_uit_een_wheel_migreert_en_antwoordt(installed, database, command, prefix, tmp_path):
    settings = {f"{prefix}_PEER_ID": OWN, f"{prefix}_JWKS_URL": "http://127.0.0.1:9/jwks"}
    installed.run(command, "migrate", **{f"{prefix}_DATABASE_URL": database.owner_url})
    settings |= {f"{prefix}_DATABASE_URL": database.url, **MORE.get(prefix, {})}
    address = netwerk.kies_adres([8000])
    with installed.serving(command, address, 8000, tmp_path / "log", **settings) as client:
        answer = client.get("/health")
        assert answer.json() == {"status": "ok", "versie": VERSION} and answer.headers["API-Version"] == VERSION
        assert client.get("/openapi.json").json()["info"]["version"] == VERSION
        if prefix == "CATALOGUS":
            installed.run(command, "inlezen", **settings)
            assert client.get("/voorzieningen").json()["results"]


@pytest.mark.parametrize("database", ["gateway"], indirect=True)
def test_gateway_uit_een_wheel_migreert(installed, database):
    installed.run("gateway", "migrate", GATEWAY_DATABASE_URL=database.owner_url)
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT count(*) FROM transaction_log").fetchone() == (0,)
    assert json.loads(installed.run("gateway", "openapi"))["info"]["version"] == VERSION

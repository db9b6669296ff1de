"""Clients that suppliers' tools make of our specifications: they compile, and read, write and are refused through an Outway.

Everything is generated in temporary folders; what the tools load stays in the user's own caches.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from string import Template
from typing import Any

import pytest
from gemeengoed_lokaal.stack import Stack

from tests.clients import versies
from tests.clients.gereedschap import draai, haal, nodig
from tests.conftest import ROOT

pytestmark = pytest.mark.xdist_group("clients")
PROGRAMMAS = Path(__file__).parent / "programmas"
SPECIFICATIES = {pad.stem.removesuffix("-v1").replace("-", ""): pad for pad in sorted((ROOT / "openapi").glob("*.json"))}
FONDS = json.loads(SPECIFICATIES["fonds"].read_text(encoding="utf-8"))
DERTIG_MILJOEN = [3_000_000_000, -3_000_000_000]
"""In cents: more than fits a signed integer of 32 bits."""


def slang(naam: str) -> str:
    """listBoekingen as list_boekingen."""
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", naam)


def operaties(specificatie: Path) -> set[str]:
    """The operation ids of a specification."""
    paden = json.loads(specificatie.read_text(encoding="utf-8"))["paths"].values()
    return {operatie["operationId"] for pad in paden for operatie in pad.values()}


def namen() -> dict[str, str]:
    """How generated code calls what the programs use: the specification says so."""
    boekingen = FONDS["paths"]["/boekingen"]
    boek, lijst = boekingen["post"]["operationId"], boekingen["get"]["operationId"]
    conflict = boekingen["post"]["responses"]["409"]
    if "$ref" in conflict:
        conflict = FONDS["components"]["responses"][conflict["$ref"].rsplit("/", 1)[1]]
    probleem = conflict["content"]["application/problem+json"]["schema"]["$ref"].rsplit("/", 1)[1]
    return {
        "boek": boek,
        "lijst": lijst,
        "Boek": boek[0].upper() + boek[1:],
        "Lijst": lijst[0].upper() + lijst[1:],
        "boek_module": slang(boek),
        "lijst_module": slang(lijst),
        "Probleem": probleem,
    }


def schrijf_programma(bestand: str, map_: Path) -> None:
    sjabloon = PROGRAMMAS / f"{bestand}.tmpl"
    (map_ / bestand).write_text(Template(sjabloon.read_text(encoding="utf-8")).substitute(namen()), encoding="utf-8")


def controleer(uitvoer: str) -> None:
    """The client wrote, read and was refused, and understood each answer."""
    uitkomst = json.loads(uitvoer)
    assert uitkomst["geschreven"] == uitkomst["gelezen"] == DERTIG_MILJOEN
    assert uitkomst["status"] == 409 and uitkomst["title"] == "Brondocument al geboekt"
    assert uitkomst["type"].endswith("/brondocument-al-geboekt")


@pytest.fixture(scope="module")
def omgeving(stack: Stack) -> dict[str, str]:
    return {"OUTWAY_URL": stack.outway("vng")}


def test_openapi_python_client(omgeving, tmp_path):
    (tmp_path / "instellingen.json").write_text(json.dumps({"post_hooks": []}))  # it would call ruff; nobody reads this code
    for naam, pad in SPECIFICATIES.items():
        opdracht = [sys.executable, "-m", "openapi_python_client", "generate", "--path", str(pad), "--output-path", naam]
        draai(tmp_path, *opdracht, "--meta", "none", "--config", "instellingen.json")
        gemaakt = {module.stem for module in (tmp_path / naam / "api").glob("*/*.py")} - {"__init__"}
        assert gemaakt == {slang(operatie) for operatie in operaties(pad)}
    schrijf_programma("programma.py", tmp_path)
    types = ["--cache-dir", str(tmp_path / "mypy"), "--ignore-missing-imports", "--explicit-package-bases"]
    draai(tmp_path, sys.executable, "-m", "mypy", "--config-file=", *types, "programma.py", *SPECIFICATIES)
    controleer(draai(tmp_path, sys.executable, "programma.py", omgeving=omgeving))


def test_openapi_typescript_en_openapi_fetch(omgeving, tmp_path):
    nodig("node", "npm")
    (tmp_path / "package.json").write_text(json.dumps({"private": True, "type": "module", "dependencies": versies.NPM}))
    haal(tmp_path, "npm", "install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
    for naam, pad in SPECIFICATIES.items():
        draai(tmp_path, "node", "node_modules/openapi-typescript/bin/cli.js", str(pad), "--output", f"{naam}.ts")
    (tmp_path / "programma.ts").write_bytes((PROGRAMMAS / "programma.ts").read_bytes())
    opties = ["--strict", "--target", "es2022", "--module", "nodenext", "--types", "node", "--skipLibCheck"]
    bronnen = ["programma.ts", *(f"{naam}.ts" for naam in SPECIFICATIES)]
    draai(tmp_path, "node", "node_modules/typescript/bin/tsc", *opties, *bronnen)
    controleer(draai(tmp_path, "node", "programma.js", omgeving=omgeving))


def test_oapi_codegen(omgeving, tmp_path):
    nodig("go")
    draai(tmp_path, "go", "mod", "init", "proef")
    haal(tmp_path, "go", "get", "-tool", f"{versies.GO_GENERATOR}@{versies.GO[versies.GO_GENERATOR]}")
    haal(tmp_path, "go", "get", *(f"{module}@{versie}" for module, versie in versies.GO.items()))
    draai(tmp_path, "go", "build", "-o", "oapi-codegen", versies.GO_GENERATOR)
    for naam, pad in SPECIFICATIES.items():
        (tmp_path / naam).mkdir()
        wat = ["-generate", "types,client", "-package", naam, "-o", f"{naam}/client.go"]
        draai(tmp_path, "./oapi-codegen", *wat, str(pad))
    schrijf_programma("programma.go", tmp_path)
    draai(tmp_path, "go", "vet", "./...")
    controleer(draai(tmp_path, "go", "run", "programma.go", omgeving=omgeving))


def test_openapi_generator_java(omgeving, tmp_path):
    nodig("java", "javac", "mvn")
    (tmp_path / "pom.xml").write_text(pom(versies.JAVA_GENERATOR, *versies.JAVA))
    haal(tmp_path, "mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars")
    generator = next((tmp_path / "jars").glob("openapi-generator-cli-*.jar"))
    assert hashlib.sha256(generator.read_bytes()).hexdigest() == versies.JAVA_GENERATOR_SHA256
    for naam, pad in SPECIFICATIES.items():
        (tmp_path / f"{naam}.json").write_text(json.dumps(java_instellingen(naam, pad)))
    instellingen = [f"{naam}.json" for naam in SPECIFICATIES]
    draai(tmp_path, "java", "-jar", str(generator), "batch", "--threads", "2", "--fail-fast", *instellingen)
    generator.unlink()
    schrijf_programma("Programma.java", tmp_path)
    bronnen = [str(pad) for pad in tmp_path.glob("*/src/main/java/**/*.java")]
    (tmp_path / "bronnen").write_text("\n".join(["Programma.java", *bronnen]))
    draai(tmp_path, "javac", "-encoding", "UTF-8", "-nowarn", "-d", "klassen", "-cp", "jars/*", "@bronnen")
    controleer(draai(tmp_path, "java", "-cp", "klassen:jars/*", "Programma", omgeving=omgeving))


def java_instellingen(naam: str, pad: Path) -> dict[str, Any]:
    """What OpenAPI Generator is asked for: one package per specification, no documentation, no tests."""
    return {
        "generatorName": "java",
        "library": "native",
        "inputSpec": str(pad),
        "outputDir": naam,
        "invokerPackage": naam,
        "apiPackage": f"{naam}.api",
        "modelPackage": f"{naam}.model",
        "globalProperties": dict.fromkeys(("apiDocs", "modelDocs", "apiTests", "modelTests"), "false"),
    }


def pom(*artefacten: str) -> str:
    """A Maven project that has these artefacts (group:artifact:version), and no other content."""
    velden = ("groupId", "artifactId", "version")
    delen = ["".join(f"<{veld}>{deel}</{veld}>" for veld, deel in zip(velden, een.split(":"), strict=True)) for een in artefacten]
    dependencies = "".join(f"<dependency>{deel}</dependency>" for deel in delen)
    zelf = "<modelVersion>4.0.0</modelVersion><groupId>proef</groupId><artifactId>proef</artifactId><version>1</version>"
    return f"<project>{zelf}<dependencies>{dependencies}</dependencies></project>"

"""The specifications: committed equals served, and no finding of the official linter (NLGov API Design Rules 2.1, 2.2)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from fastapi import FastAPI
from filelock import FileLock
from gateway.nginx.faults import FAULTS
from gemeengoed_kit.errors import Conflict, refuses
from gemeengoed_kit.gateway_answers import CODES
from gemeengoed_kit.idempotency import KEPT
from gemeengoed_kit.openapi import METHODS, dump
from gemeengoed_kit.openapi30 import fits_int32
from gemeengoed_kit.problem import MEDIA_TYPE, TYPE_BASE
from gemeengoed_kit.problems import kinds_of

from tests.conftest import ROOT
from tests.contract.apis import APIS
from tests.contract.telling import ELDERS, antwoord, problemen

VERBS = "(list|get|count|create|put|update|delete|retry|accept|reject|revoke)[A-Z]"
SPECTRAL = ROOT / "var" / "tools" / "spectral"
ENGELS = set(
    re.findall(
        "[a-z]+",
        """the and with from this that which when only not for are were has have been their its any each other another who whose
        what why how does must may can cannot will would should if then than into because where there here these those own given
        answer request requests caller to never""",
    )
)


def delen(knoop: Any, pad: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """(where, object) of every object of a specification, but those within examples."""
    if isinstance(knoop, dict):
        yield pad, knoop
        for naam, deel in knoop.items():
            if naam not in ("example", "examples", "enum", "default"):
                yield from delen(deel, f"{pad}/{naam}")
    elif isinstance(knoop, list):
        for nummer, deel in enumerate(knoop):
            yield from delen(deel, f"{pad}/{nummer}")


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
    for name, schema in document["components"]["schemas"].items():  # a generated Python client uses one name for both
        lists = {member.lower() for member, given in schema.get("properties", {}).items() if given.get("type") == "array"}
        assert name.lower() not in lists, name
    assert all(name.isalnum() and name[0].islower() for name in ids)


@pytest.mark.parametrize("naam", APIS)
def test_gehele_getallen_die_buiten_32_bits_kunnen_komen_zijn_int64(naam):
    getallen = {pad: deel for pad, deel in delen(APIS[naam].openapi()) if deel.get("type") == "integer"}
    assert getallen
    assert [pad for pad, deel in getallen.items() if (deel.get("format") == "int64") is fits_int32(deel)] == []
    assert [pad for pad, deel in getallen.items() if deel.get("example", 0) >= 2**31 and deel.get("format") != "int64"] == []


def test_een_bedrag_in_centen_is_int64():
    schemas = APIS["fonds-v1"].openapi()["components"]["schemas"]
    assert schemas["Bijdrageronde"]["properties"]["omslagCent"]["format"] == "int64"
    assert "format" not in schemas["NieuweBijdrageronde"]["properties"]["jaar"]


@pytest.mark.parametrize("naam", APIS)
def test_wat_null_mag_zijn_is_een_type_of_een_verwijzing_naar_een_component_die_dat_is(naam):
    document = APIS[naam].openapi()
    for pad, deel in delen(document):
        if deel.get("nullable"):
            assert isinstance(deel.get("type"), str) and not {"allOf", "anyOf", "oneOf", "$ref"} & set(deel), pad
        if "$ref" in deel and not pad.endswith("/properties"):
            assert set(deel) == {"$ref"}, pad
        assert deel.get("type") != "null", pad
    for schema_naam, schema in document["components"]["schemas"].items():
        assert bool(schema.get("nullable")) is schema_naam.endswith("OfLeeg"), schema_naam


@pytest.mark.parametrize("naam", APIS)
def test_een_gegeven_met_een_standaardwaarde_mag_weg(naam):
    """Some generators take a member with a `default` for one that is always there."""
    for schema_naam, schema in APIS[naam].openapi()["components"]["schemas"].items():
        for veld, inhoud in schema.get("properties", {}).items():
            assert "default" not in inhoud, f"{schema_naam}.{veld}"


def test_een_standaardwaarde_staat_in_de_beschrijving_en_niet_bij_wat_verplicht_is():
    invoer = APIS["gateway-beheer-v1"].openapi()["components"]["schemas"]["ServiceInvoer"]
    assert "PROTOCOL_TCP_HTTP_1.1" in invoer["properties"]["protocol"]["description"] and invoer["required"] == ["naam", "url"]


@pytest.mark.parametrize("naam", APIS)
def test_een_pagina_geeft_haar_eigen_pad_als_voorbeeld(naam):
    document = APIS[naam].openapi()
    gezien = 0
    for pad, item in document["paths"].items():
        inhoud = item.get("get", {"responses": {}})["responses"].get("200", {}).get("content", {}).get("application/json", {})
        schema = document["components"]["schemas"].get(inhoud.get("schema", {}).get("$ref", "").rpartition("/")[2], {})
        if "next" in schema.get("properties", {}):
            gezien += 1
            for veld in ("next", "previous"):
                sjabloon = "/v1" + re.sub(r"\{[^}]+\}", "[^/{}]+", pad) + r"\?page=[0-9]+&pageSize=100"
                assert re.fullmatch(sjabloon, schema["properties"][veld]["example"]), f"{pad}: {veld}"
    assert gezien


@pytest.mark.parametrize("naam", APIS)
def test_teksten_zijn_nederlands(naam):
    for pad, deel in delen(APIS[naam].openapi()):
        for veld in ("summary", "description", "title"):
            tekst = deel.get(veld)
            if isinstance(tekst, str):
                woorden = set(re.findall("[a-z]+", re.sub("`[^`]*`", "", tekst.lower())))
                assert not woorden & ENGELS, f"{pad}/{veld}: {woorden & ENGELS}"


@pytest.mark.parametrize("naam", APIS)
def test_elk_voorbeeld_voldoet_aan_zijn_schema(naam):
    document = APIS[naam].openapi()
    voorbeelden = [(pad, deel) for pad, deel in delen(document) if "example" in deel and "type" in deel]
    assert len(voorbeelden) > 20
    for pad, deel in voorbeelden:
        fouten = [fout.message for fout in jsonschema_rs.Draft4Validator(deel).iter_errors(deel["example"])]
        assert fouten == [], pad


@pytest.mark.parametrize("naam", APIS)
def test_elk_probleem_heeft_een_voorbeeld_van_zijn_soort_met_eigen_uitleg(naam):
    document, soorten = APIS[naam].openapi(), kinds_of(APIS[naam])
    gezien = set()
    for item in document["paths"].values():
        for bewerking in (item[method] for method in METHODS if method in item):
            for status, soort in problemen(document, bewerking):
                voorbeeld = antwoord(document, bewerking, status)["content"][MEDIA_TYPE]["examples"][soort]["value"]
                klasse = soorten[soort]
                assert voorbeeld["type"] == TYPE_BASE + soort and voorbeeld["status"] == int(status) == klasse.status
                assert voorbeeld["title"] == klasse.title and voorbeeld["detail"] == klasse.meaning
                gezien.add(klasse)
    assert len(gezien) > 8
    for klasse in soorten.values():
        assert {"type", "title", "meaning", "remedy"} <= set(vars(klasse)), f"{klasse} says not what it means or what to do"


def test_wat_alleen_in_een_andere_opstelling_voorkomt_wordt_daar_gevonden():
    klassen = {soort: klasse.__name__ for soort, klasse in kinds_of(APIS["gateway-beheer-v1"]).items()}
    for uitkomst, bestand in ELDERS.items():
        soort = uitkomst.rpartition(" ")[2]
        tekst = (ROOT / bestand).read_text()
        in_code = (f"raise {klassen[soort]}(", f"return {klassen[soort]}(")
        assert any(deel in tekst for deel in ((soort,) if bestand.startswith("tests/") else in_code)), uitkomst


def test_een_soort_dat_twee_dingen_betekent_wordt_geweigerd():
    class Ander(Conflict):
        type, title = "te-druk", "Iets anders"

    @refuses(Ander)
    def druk() -> None: ...

    api = FastAPI()
    api.get("/druk")(druk)
    with pytest.raises(ValueError, match="te-druk"):
        kinds_of(api)


def test_antwoorden_van_de_gateway_zijn_die_van_haar_code():
    """Each code that Inway or Outway can give to a call that is good HTTP is in the specifications, and no other."""
    bron = "".join(pad.read_text() for pad in sorted((ROOT / "gateway" / "gateway").rglob("*.py")))
    gezegd = {code for codes in CODES.values() for code in codes}
    van_nginx = {code for waar, code, _ in FAULTS if waar.split()[-1] in ("413", "429", "500", "502", "504")}
    uitgangen = r"(?:InwayError|OutwayError|kind|super\(\)\.__init__)\(\s*\"([A-Z_]+)\""
    assert gezegd == van_nginx | set(re.findall(uitgangen, bron))


@pytest.mark.parametrize("naam", ["catalogus-v1", "fonds-v1", "abonnement-v1"])
def test_elke_bewerking_zegt_wat_de_gateway_onderweg_antwoordt(naam):
    document = APIS[naam].openapi()
    for item in document["paths"].values():
        for bewerking in (item[method] for method in METHODS if method in item):
            for status in ("400", "401", "403", "404", "407", "429", "500", "502", "504"):
                gezegd = antwoord(document, bewerking, status)
                assert {"Fsc-Error-Code", "Fsc-Transaction-Id"} <= set(gezegd["headers"]), (bewerking["operationId"], status)
            assert "Retry-After" in antwoord(document, bewerking, "429")["headers"]
    assert KEPT in document["info"]["description"] and "Retry-After" in document["info"]["description"]


def test_het_beheer_van_de_gateway_wordt_niet_door_de_gateway_aangeroepen():
    document = APIS["gateway-beheer-v1"].openapi()
    assert "Fsc-Error-Code" not in json.dumps(document) and "403" not in document["paths"]["/peers"]["get"]["responses"]

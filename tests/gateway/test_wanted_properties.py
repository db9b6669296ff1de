"""What a service wants in a contract stands in its publication; an offer that does not fit is told so before it is made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from gateway.cli.app import main
from gateway.publication.rules import WANTED_PROPERTY, explain, fits, wanted
from gemeengoed_lokaal.deelnemers import AANSLUITINGEN, DIENSTEN

from tests.conftest import ROOT
from tests.gateway.lab import TOKEN, until

WAYS: list[dict[str, Any]] = [
    {"gemeengoed.rol": ["beheer", "administratie"]},
    {"gemeengoed.rol": ["gemeente"], "gemeengoed.gemeentecode": "GM0200"},
]


@pytest.mark.parametrize(
    ("properties", "is_fit"),
    [
        ({"gemeengoed.rol": "beheer"}, True),
        ({"gemeengoed.rol": "administratie", "gemeengoed.gemeentecode": "GM0344"}, True),
        ({"gemeengoed.rol": "gemeente", "gemeengoed.gemeentecode": "GM0344"}, True),
        ({"gemeengoed.rol": "gemeente"}, False),
        ({"gemeengoed.rol": "gemeente", "gemeengoed.gemeentecode": ""}, False),
        ({"gemeengoed.rol": "gemeente", "gemeengoed.gemeentecode": 344}, False),
        ({"gemeengoed.rol": ["beheer"]}, False),
        ({"rol": "beheer"}, False),
        ({}, False),
        (None, False),
        ("beheer", False),
    ],
)
def test_one_way_is_enough_and_each_of_its_properties_is_needed(properties, is_fit) -> None:
    assert fits(wanted({WANTED_PROPERTY: WAYS}), properties) is is_fit


@pytest.mark.parametrize(
    "written",
    [
        None,
        {},
        "beheer",
        [{}],
        [{"a": []}],
        [{"a": [1]}],
        [{"a": None}],
        [{"a": "regel\neinde"}],
        [{"a\x1b[2J": "b"}],
        [{"a": "b" * 101}],
        [{"a": "b"}] * 11,
        [{"a": "b"}, 1],
    ],
)
def test_what_another_peer_writes_otherwise_wants_nothing(written) -> None:
    assert wanted({WANTED_PROPERTY: written}) == [] and fits([], None)


def test_ways_are_told_in_words() -> None:
    assert explain(wanted({WANTED_PROPERTY: WAYS})) == (
        "gemeengoed.rol (beheer of administratie), of gemeengoed.rol (gemeente) en gemeengoed.gemeentecode (bijvoorbeeld GM0200)"
    )


@pytest.mark.parametrize("naam", DIENSTEN)
def test_local_services_want_the_roles_that_their_specifications_name(naam) -> None:
    """A service that everybody may read wants nothing: most contracts with it are for reading."""
    specification = (ROOT / "openapi" / f"{naam}-v1.json").read_text(encoding="utf-8")
    ways = list(DIENSTEN[naam].eigenschappen)
    read = [item["get"]["security"] for item in json.loads(specification)["paths"].values() if "get" in item]
    assert (not ways) == all(security == [] for security in read)
    roles = {role for one in re.findall(r"Rollen?: ([a-z, ]+)\.", specification) for role in one.split(", ")}
    assert not ways or {role for way in ways for role in way["gemeengoed.rol"]} == roles
    assert wanted({WANTED_PROPERTY: ways}) == ways
    assert all(fits(ways, one.eigenschappen) for one in AANSLUITINGEN if one.dienst == naam)


@pytest.fixture(scope="module")
def gateway(lab, peers):
    def run(*arguments: str, code: int = 0) -> Result:
        environment = {"GATEWAY_BEHEER_LISTEN": f"{lab.address}:9080", "GATEWAY_BEHEER_TOKEN": TOKEN}
        result = CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture(scope="module")
def kieskeurig(lab, peers, gateway) -> Iterator[str]:
    """A published service that wants properties; both peers have announced themselves at the Directory."""
    lab.announce(peers["aanbieder"], peers["afnemer"])
    provider = peers["aanbieder"]
    gateway("service", "registreer", "-p", provider, "kieskeurig", f"http://{lab.address}:7001")
    properties = json.dumps({WANTED_PROPERTY: WAYS})
    gateway("service", "publiceer", "-p", provider, "kieskeurig", "--directory", peers["dir"], "--properties", properties)
    until(
        lambda: "beheer of administratie" in gateway("service", "zoek", "-p", peers["afnemer"], "kieskeurig").stdout, what="shown"
    )
    yield f"{provider}/kieskeurig"
    gateway("service", "trek-terug", "-p", provider, "kieskeurig", "--stop")


def test_offer_that_the_service_would_refuse_is_not_made_unless_one_insists(lab, gateway, peers, kieskeurig) -> None:
    consumer, provider = peers["afnemer"], peers["aanbieder"]
    offer = ["contract", "bied-aan", "-p", consumer, "--service", kieskeurig, "--json"]
    before = lab.get(f"/peers/{consumer}/contracts")["count"]
    for properties in ([], ["--properties", '{"gemeengoed.rol": "gemeente"}']):
        refused = gateway(*offer, *properties, code=1).output
        assert "gemeengoed.gemeentecode (bijvoorbeeld GM0200)" in refused and "403" in refused and "--toch" in refused
    assert lab.get(f"/peers/{consumer}/contracts")["count"] == before
    made = json.loads(gateway(*offer, "--toch").stdout)["contentHash"]
    assert "Past niet" in gateway("contract", "toon", "-p", consumer, made).stdout
    until(lambda: lab.contract(provider, made), what="contract has arrived")
    assert "beheer of administratie" in gateway("contract", "toon", "-p", provider, made).stdout, "who may sign sees it too"


def test_offer_that_fits_is_made(lab, gateway, peers, kieskeurig) -> None:
    consumer = peers["afnemer"]
    given = '{"gemeengoed.rol": "gemeente", "gemeengoed.gemeentecode": "GM0344"}'
    offer = ["contract", "bied-aan", "-p", consumer, "--service", kieskeurig, "--json"]
    made = json.loads(gateway(*offer, "--properties", given).stdout)["contentHash"]
    assert "Past niet" not in gateway("contract", "toon", "-p", consumer, made).stdout

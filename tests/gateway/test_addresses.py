"""Fsc-Manager-Address: another peer's word that makes the gateway connect out. It leads nowhere but to that peer."""

from __future__ import annotations

import asyncio
import time

import httpx
import psycopg
import pytest
from gateway.hosts import Hosts, is_elsewhere

from tests.gateway.fakepeer import CONSUMER, DIRECTORY, OTHER, OWN
from tests.gateway.independent import Handler, Identity, Speaker
from tests.gateway.lab import until
from tests.gateway.suite.steps import assert_refused

MALFORMED = "ERROR_CODE_MALFORMED_REQUEST"


def announce(peer, address: str) -> httpx.Response:
    return peer.speaker.ask("PUT", DIRECTORY, "/v1/announce", headers={"Fsc-Manager-Address": address})


def known_address(peer) -> str:
    [listed] = peer.speaker.ask("GET", DIRECTORY, f"/v1/peers?peer_id={peer.oin}").json()["peers"]
    return listed["manager_address"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsens",
        "http://manager.eigen.nep.localhost:8443",
        "HTTP://manager.eigen.nep.localhost:8443",
        "ftp://manager.eigen.nep.localhost:8443",
        "//manager.eigen.nep.localhost:8443",
        "https://manager.eigen.nep.localhost",
        "https://manager.eigen.nep.localhost:22",
        "https://manager.eigen.nep.localhost:0",
        "https://manager.eigen.nep.localhost:99999",
        "https://manager.eigen.nep.localhost:8443/pad",
        "https://manager.eigen.nep.localhost:8443?a=b",
        "https://manager.eigen.nep.localhost:8443#x",
        "https://u@manager.eigen.nep.localhost:8443",
        "https://manager.eigen.nep.localhost:8443@127.0.0.1:8443",
        "https://127.0.0.1:8443",
        "https://2130706433:8443",
        "https://0x7f.1:8443",
        "https://017700000001:8443",
        "https://127.1:8443",
        "https://[::1]:8443",
        "https://[::ffff:127.0.0.1]:8443",
        "https://localhost:8443",
        "https://manager.eigen.nep.localhost.:8443",
        "https://manager_eigen.nep.localhost:8443",
        "https://" + "a" * 300 + ".nl:8443",
        "https://.nl:8443",
        "https://manager..nl:8443",
        "https://manager.eigen.nep.localhost%00.nl:8443",
        "https://manager.eigen.nep.localhost\\@x.nl:8443",
        "https://manager.afnemer.lab.localhost:8443",
        "https://manager.ander.nep.localhost:8443",
        "https://inway.aanbieder.lab.localhost:8443",
        "https://bestaat-niet.voorbeeld.invalid:8443",
    ],
)
def test_address_of_another_form_or_of_another_peer_is_refused(fake, other, address) -> None:
    fake.announce()
    assert_refused(announce(fake, address), MALFORMED, 400)
    assert known_address(fake) == f"https://{fake.host}:8443"


def test_missing_address_is_refused(fake) -> None:
    assert_refused(announce(fake, ""), MALFORMED, 400)


def test_address_outside_the_certificate_is_asked_who_it_is(lab, peers, fake) -> None:
    outway = Speaker(lab.address, fake.outway, fake.root, f"https://{fake.host}:8443")
    fake.manager.requests.clear()
    answers = [outway.ask("PUT", CONSUMER, "/v1/announce").status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    assert fake.manager.requests.count(("GET", "/v1/peer")) <= 1, "an address that was checked before is not asked again"


def test_announcement_is_told_to_every_process_only_when_it_tells_something_new(lab, fake) -> None:
    fake.announce()
    with psycopg.connect(lab.database_url, autocommit=True) as connection:
        connection.execute("LISTEN gateway_changed")

        def heard(address: str) -> bool:
            """Whether a change was told of between the announcement and our own word that it has been."""
            connection.execute("NOTIFY gateway_changed, 'begin'")
            assert announce(fake, address).status_code == 200
            connection.execute("NOTIFY gateway_changed, 'end'")
            told = list(iter(lambda: next(connection.notifies(timeout=10, stop_after=1)).payload, "end"))
            return told[-1] != "begin"

        assert heard("https://manager.eigen.nep.localhost:443")
        assert heard(f"https://{fake.host}:8443")
        until(lambda: not heard(f"https://{fake.host}:8443"), what="a repeated announcement is told to nobody")


def test_other_peer_that_says_to_be_the_caller_is_not_believed(fake, other) -> None:
    fake.announce()

    def lie(handler: Handler) -> None:
        handler.answer(200, {"peer_id": OWN, "peer_name": "x", "fsc_version": "1.0.0", "enabled_extensions": {}})

    other.manager.instead["/v1/peer"] = lie
    try:
        assert_refused(announce(fake, f"https://{other.host}:8443"), MALFORMED, 400)
    finally:
        other.manager.instead.clear()
    assert known_address(fake) == f"https://{fake.host}:8443"


def test_refusal_does_not_tell_what_is_at_an_address(fake, other) -> None:
    """Closed port, other service, unknown name: one and the same answer, so nobody scans ports through us."""
    addresses = [
        "https://dicht.nep.localhost:443",
        "https://bestaat-niet.voorbeeld.invalid:8443",
        "https://niemand.nep.localhost:8443",
        "https://niemand.lab.localhost:8443",
    ]
    told = {announce(fake, address).json()["message"].replace(address, "") for address in addresses}
    assert len(told) == 1


def test_wildcard_certificate_covers_one_label(lab, fake) -> None:
    wild = Identity(fake.folder, "wild", OTHER, "*.wild.nep.localhost", fake.ca)
    speaker = Speaker(lab.address, wild, fake.root, "")

    def answered(host: str) -> int:
        headers = {"Fsc-Manager-Address": f"https://{host}:8443"}
        return speaker.ask("PUT", "manager.afnemer.lab.localhost", "/v1/announce", headers=headers).status_code

    assert answered("manager.wild.nep.localhost") == 200
    assert answered("a.b.wild.nep.localhost") == answered("wild.nep.localhost") == 400
    assert answered("manager.ander.nep.localhost") == 200


@pytest.mark.parametrize("name", ["localhost", "localhost.localdomain.invalid"])
def test_name_that_leads_to_this_machine_or_nowhere_is_not_followed(name) -> None:
    started = time.monotonic()
    with pytest.raises(httpx.ConnectError):
        asyncio.run(Hosts({}).pin(httpx.Request("GET", f"https://{name}:8443/v1/peer")))
    assert time.monotonic() - started < 10


def test_name_that_the_configuration_gives_an_address_is_followed() -> None:
    request = httpx.Request("GET", "https://manager.een.localhost:8443/v1/peer")
    asyncio.run(Hosts({"*.een.localhost": "127.0.0.9"}).pin(request))
    assert (request.url.host, request.headers["Host"]) == ("127.0.0.9", "manager.een.localhost:8443")


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("127.0.0.1", False),
        ("127.255.0.3", False),
        ("0.0.0.0", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("10.1.2.3", True),
        ("192.0.2.7", True),
        ("2001:db8::1", True),
    ],
)
def test_addresses_of_this_machine_are_known(address, elsewhere) -> None:
    assert is_elsewhere(address) is elsewhere

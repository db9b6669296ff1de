"""The command `gateway`: it does what it says, says what to do, and fits in scripts."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys

import httpx
import pytest
from click.testing import CliRunner, Result
from gateway.cli.api import Refused
from gateway.cli.app import main
from gateway.cli.command import tail
from gateway.cli.output import print_fields, print_table, visible

from tests.gateway.lab import NOBODY, OINS, TOKEN, until
from tests.gateway.test_beheer_certificaten import sign

OIN = OINS["cli"]


@pytest.fixture(scope="module")
def gateway(lab, peers):
    """Runs a command against the lab, with exit code 0 unless told otherwise."""

    def run(*arguments: str, code: int = 0, **more: str) -> Result:
        environment = {"GATEWAY_BEHEER_LISTEN": f"{lab.address}:9080", "GATEWAY_BEHEER_TOKEN": TOKEN, **more}
        result = CliRunner().invoke(main, list(arguments), env=environment, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture(scope="module")
def peer(lab, gateway) -> str:
    listen = lab.peer("cli")["outwayListen"]
    gateway("peer", "toevoegen", OIN, "Lab opdrachten", "--domein", "cli.lab.localhost", "--luister", listen)
    lab.wait_served("cli")
    gateway("peer", "meld-aan", "--peer", OIN, "https://manager.dir.lab.localhost:8443")
    until(lambda: lab.get(f"/peers/{OIN}/announcements")["results"][0]["geluktOp"], what="announcement")
    return OIN


def read(result: Result):
    return json.loads(result.stdout)


def test_peer_is_found_by_oin_and_by_name(gateway, peer) -> None:
    rows = read(gateway("peer", "lijst", "--json"))
    assert OIN in {row["peerId"] for row in rows}
    assert "Lab opdrachten" in gateway("peer", "lijst").stdout
    assert read(gateway("peer", "toon", "opdrachten", "--json"))["peerId"] == OIN
    refused = gateway("peer", "toon", "Lab", code=1).output
    assert "Meer dan een peer heet" in refused and "Lab opdrachten" in refused
    assert "Geen peer heet" in gateway("peer", "toon", "niemand", code=1).output
    assert "--peer" in gateway("contract", "lijst", code=1).output
    assert gateway("contract", "lijst", GATEWAY_PEER=OIN)


def test_contract_goes_its_way_from_offer_to_call_and_end(lab, gateway, peer, peers) -> None:
    provider = peers["aanbieder"]
    made = read(gateway("contract", "bied-aan", "-p", OIN, "--service", f"{provider}/echo", "--alias", "met-de-hand", "--json"))
    short = tail(made["contentHash"])[:16]
    assert short in gateway("contract", "lijst", "-p", OIN, "--toestand", "proposed").stdout
    until(lambda: lab.contract(provider, made["contentHash"]), what="contract has arrived")
    assert "Geen contract begint" in gateway("contract", "toon", "-p", provider, "zeker-niet", code=1).output
    assert "VALID" in gateway("contract", "aanvaard", "-p", provider, short, "--reden", "afgesproken").stdout
    lab.wait_state(OIN, made["contentHash"], "VALID")
    shown = gateway("contract", "toon", "-p", OIN, short).stdout
    assert f"'{made['contentHash']}'" in shown and "accept op" in shown
    listed = gateway("grant", "lijst", "-p", OIN).stdout
    assert f"'{made['grants'][0]['hash']}'" in listed and "met-de-hand" in listed
    gateway("alias", "zet", "-p", OIN, "korter", tail(made["grants"][0]["hash"])[:10])
    assert httpx.get(lab.outway("cli"), headers={"Host": "korter"}, trust_env=False).status_code == 200
    log = read(gateway("log", "-p", OIN, "--grant", "korter", "--richting", "uit", "--json"))
    assert [row["serviceName"] for row in log] == ["echo"]
    assert log[0]["transactionId"] in gateway("log", "-p", "opdrachten", "--service", "echo").stdout
    gateway("alias", "verwijder", "-p", OIN, "korter")
    assert "REVOKED" in gateway("contract", "trek-in", "-p", OIN, short).stdout
    assert gateway("alias", "lijst", "-p", OIN).stdout.count("'$1$3$") == 1


def test_contract_whose_hash_begins_with_dashes_is_named_without_them(lab, gateway, peer, peers) -> None:
    made = lab.offer(OIN, lab.connection(OIN, peers["aanbieder"], "echo"))["contentHash"]
    dashed = "$1$1$--" + "s" * 84
    lab.store_again(OIN, made, dashed)
    assert any(line.startswith("ssss") for line in gateway("contract", "lijst", "-p", OIN).stdout.splitlines())
    for named in ("ssssssss", dashed):
        assert f"'{dashed}'" in gateway("contract", "toon", "-p", OIN, named).stdout


def test_hash_whose_dollars_a_shell_has_eaten_gets_a_hint(gateway, peer) -> None:
    assert "dollartekens" in gateway("contract", "toon", "-p", OIN, "$1", code=1).output
    assert "gateway grant lijst" in gateway("alias", "zet", "-p", OIN, "x", "niets-hiervan", code=1).output


def test_service_is_registered_published_found_and_withdrawn(lab, gateway, peer, peers) -> None:
    gateway(
        "service", "registreer", "-p", OIN, "cli-echo", f"http://{lab.address}:7001", "--openapi", "https://example.nl/api.json"
    )
    assert gateway("service", "openapi", "-p", OIN, "cli-echo").stdout.strip() == "https://example.nl/api.json"
    gateway("service", "publiceer", "-p", OIN, "cli-echo", "--directory", peers["dir"])
    until(lambda: peers["dir"] in gateway("service", "lijst", "-p", OIN).stdout, what="Directory shows it")
    found = gateway("service", "zoek", "-p", OIN, "cli-echo").stdout
    assert "https://example.nl/api.json" in found and OIN in found
    assert "VALID" in gateway("service", "publicaties", "-p", OIN).stdout
    assert "1 publicatie" in gateway("service", "trek-terug", "-p", OIN, "cli-echo", "--stop").stdout
    until(lambda: "cli-echo" not in gateway("service", "zoek", "-p", OIN, "cli-echo").stdout, what="no longer shown")
    assert (
        "registreer haar eerst"
        in gateway("service", "publiceer", "-p", OIN, "cli-echo", "--directory", peers["dir"], code=1).output
    )


def test_certificate_is_requested_and_installed(lab, gateway, peer, tmp_path) -> None:
    gateway("peer", "csr", "-p", OIN, "manager", "--naar", str(tmp_path / "manager.csr"))
    (tmp_path / "keten.pem").write_text(sign(lab, (tmp_path / "manager.csr").read_text()))
    assert "Geldig tot" in gateway("peer", "certificaat", "-p", OIN, "manager", str(tmp_path / "keten.pem")).stdout
    refused = gateway("peer", "certificaat", "-p", OIN, "inway", str(tmp_path / "keten.pem"), code=1).output
    assert "subjectAltName" in refused and "sleutel: geen sleutel hier" in refused
    assert "Vingerafdruk" in gateway("peer", "vernieuw", "-p", OIN, "inway").stdout
    assert "nee" in gateway("peer", "wijzig", OIN, "--uit").stdout
    assert gateway("peer", "wijzig", OIN, "--aan", "--naam", "Lab opdrachten")


def test_rules_clients_and_limits_are_set_and_removed(lab, gateway, peer, peers) -> None:
    gateway("regel", "zet", "-p", OIN, "open", "--service", "x-service", "--door", peers["afnemer"])
    assert peers["afnemer"] in gateway("regel", "lijst", "-p", OIN).stdout
    gateway("regel", "verwijder", "-p", OIN, "open")
    made = gateway("client", "toevoegen", "-p", OIN, "zaken", "--omschrijving", "Zaaksysteem").stdout
    secret = re.search(r"Bearer (\S{43})", made)
    assert secret and secret.group(1) not in gateway("client", "lijst", "-p", OIN, "--json").stdout
    assert "Bearer" in gateway("client", "vernieuw", "-p", OIN, "zaken").stdout
    assert "ja" in gateway("client", "blokkeer", "-p", OIN, "zaken").stdout
    gateway("client", "mag", "-p", OIN, "zaken")
    gateway("client", "verwijder", "-p", OIN, "zaken")
    assert "gateway client lijst" in gateway("client", "mag", "-p", OIN, "zaken", code=1).output
    gateway("service", "registreer", "-p", OIN, "begrensd", f"http://{lab.address}:7001")
    assert "10" in gateway("grens", "zet", "-p", OIN, "service", "begrensd", "--per-seconde", "10").stdout
    assert "begrensd" in gateway("grens", "lijst", "-p", OIN).stdout
    gateway("grens", "hef-op", "-p", OIN, "service", "begrensd")
    assert gateway("peer", "bekend", "-p", OIN)


def test_refusal_tells_everything_and_what_to_do(lab, gateway) -> None:
    wrong = gateway("peer", "toevoegen", "123", "ab", "--domein", "x.nl", "--luister", "nergens", code=1).output
    assert all(name in wrong for name in ("peerId", "naam", "outwayListen"))
    assert "--domein" in gateway("peer", "toevoegen", NOBODY, "Lab", "--luister", "127.0.0.1:1", code=2).output
    assert "GATEWAY_BEHEER_TOKEN" in gateway("peer", "lijst", code=2, GATEWAY_BEHEER_TOKEN="").output
    assert "GATEWAY_BEHEER_TOKEN" in gateway("peer", "lijst", code=1, GATEWAY_BEHEER_TOKEN="verkeerd").output
    assert "gateway control" in gateway("peer", "lijst", code=1, GATEWAY_BEHEER_URL=f"http://{lab.address}:9").output
    assert gateway("onzin", code=2)


@pytest.mark.parametrize("text", ['{"a":NaN}', '{"a":1e400}', r'{"\ud800":1}', '{"a":1,"a":2}', "{", "\udc80"])
def test_properties_that_are_no_json_or_can_mean_two_things_are_refused(gateway, peer, text) -> None:
    offer = ("contract", "bied-aan", "--peer", OIN, "--service", f"{OIN}/iets", "--properties", text)
    assert "--properties is geen " in gateway(*offer, code=2).output


def test_nothing_of_another_steers_the_terminal() -> None:
    name = "Lab \x1b]0;titel\x07\x1b[2J\u202erood\x9b31m"
    assert visible(name) == r"Lab \u001b]0;titel\u0007\u001b[2J\u202erood\u009b31m"
    for text in (name, f"a\r{name}", "\u2066x\u2069"):
        assert not set(visible(text)) & set("\x1b\x07\x9b\u202e\r\u2066\u2069")
    assert json.loads(visible(json.dumps({"naam": name}, ensure_ascii=False))) == {"naam": name}
    assert Refused(name).format_message() == visible(name)
    shown = "".join(
        read_raw(capture) for capture in (lambda: print_fields([("naam", name)]), lambda: print_table(["n"], [[name]], empty=""))
    )
    assert visible(name) in shown and not set(shown) & set("\x1b\x07\x9b\u202e")


def read_raw(print_it) -> str:
    """What is printed where there is no terminal."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        print_it()
    return printed.getvalue()


def test_both_ways_to_start_are_one_program() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "gateway", "--help"], capture_output=True, text=True, timeout=60, env={**os.environ}, check=True
    )
    assert found.stdout.startswith("Usage: gateway") and "controleer" in found.stdout

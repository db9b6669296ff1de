"""How the decision tells nginx where a call goes: by a location that the worker which asks has, else by an address."""

from __future__ import annotations

import re
import socket

import pytest

from tests.gateway.lab import OINS, Lab, until


def ask_decide(lab: Lab, path: str) -> dict[str, str]:
    """The headers of the answer to a question as nginx asks it for a call under alias `dataplane`."""
    question = f"GET {path} HTTP/1.1\r\nX-Host: x\r\nX-Grant: dataplane\r\n\r\n".encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(lab.folder / "run" / "decide-1.sock"))
        connection.sendall(question)
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += connection.recv(65536)
    first, *lines = answer.decode().removesuffix("\r\n\r\n").split("\r\n")
    assert first == "HTTP/1.1 204 No Content", answer
    return dict(line.split(": ", 1) for line in lines)


@pytest.fixture
def outway(lab, connected) -> tuple[str, int, str]:
    """Path of a question of the consumer's Outway, around the number of its configuration, once that has the Inway."""

    def asked() -> tuple[str, int, str] | None:
        configuration = (lab.folder / "run" / "nginx" / "nginx.conf").read_text()
        if not re.search(rf"upstream \w+_inway_{OINS['afnemer']} ", configuration):
            return None
        [(before, number, after)] = re.findall(rf"fsc_decide(/outway/{OINS['afnemer']}/)(\d+)(/[^;]+);", configuration)
        return before, int(number), after

    return until(asked, what="the consumer's Outway has the Inway")


def test_worker_that_has_the_location_is_told_that_alone(lab, outway) -> None:
    before, number, after = outway
    told = ask_decide(lab, f"{before}{number}{after}")
    assert told["X-Way"].endswith(f"_inway_{OINS['afnemer']}") and "X-Upstream" not in told
    configuration = (lab.folder / "run" / "nginx" / "nginx.conf").read_text()
    [location] = re.findall(rf"location @{told['X-Way']} {{\s*(.*?)\s*}}", configuration, re.DOTALL)
    assert location.split("\n")[-1].strip() == f"proxy_pass https://{told['X-Way']};"


def test_worker_of_an_older_configuration_is_told_the_address(lab, outway) -> None:
    before, _, after = outway
    told = ask_decide(lab, f"{before}0{after}")
    assert (told["X-Way"], told["X-Upstream"]) == ("direct", f"{lab.address}:8443")


def test_every_upstream_has_a_location_that_leads_there(lab, outway) -> None:
    configuration = (lab.folder / "run" / "nginx" / "nginx.conf").read_text()
    ours = rf"\w+_(?:inway|service)_(?:{OINS['aanbieder']}|{OINS['afnemer']})"
    named = set(re.findall(rf"upstream ({ours}) ", configuration))
    assert named and set(re.findall(rf"proxy_pass https?://({ours});", configuration)) == named

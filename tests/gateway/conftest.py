"""Fixtures: one running gateway per test process, on a loopback address of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway.db import migrate
from gemeengoed_lokaal.netwerk import kies_adres

from tests.gateway.echo import Echo
from tests.gateway.lab import Lab, listening, until

PORTS = [8443, 9080, *range(8101, 8110), 7001]


@pytest.fixture(scope="session")
def lab(templates) -> Iterator[Lab]:
    """A gateway with a Directory and nobody else; peers are added by those who need them."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with tempfile.TemporaryDirectory(prefix="gateway-lab-") as folder:
        running = Lab(kies_adres(PORTS), Path(folder), database.url, database.owner_url)
        try:
            running.start()
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def echo(lab: Lab) -> Iterator[Echo]:
    """The service behind the provider's Inway: tells what it got, byte for byte."""
    service = Echo(lab.address, 7001)
    yield service
    service.close()


@pytest.fixture(scope="session")
def peers(lab: Lab, echo: Echo) -> dict[str, str]:
    """Directory, provider (with service `echo`) and consumer, announced, by name."""
    found = {"dir": lab.add_peer("dir", 1, directory=True, autoAcceptPublication=True),
             "aanbieder": lab.add_peer("aanbieder", 2), "afnemer": lab.add_peer("afnemer", 3)}
    lab.post(f"/peers/{found['aanbieder']}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
    for name, port in (("dir", 8101), ("aanbieder", 8102), ("afnemer", 8103)):
        until(lambda port=port: listening(lab.address, port), what=f"Outway of {name}")
        if name != "dir":
            lab.post(f"/peers/{found[name]}/announcements",
                     {"managerAddress": "https://manager.dir.lab.localhost:8443"}, expect=202)
    for name in ("aanbieder", "afnemer"):
        until(lambda name=name: lab.get(f"/peers/{found[name]}/announcements")["results"][0]["geluktOp"],
              what=f"announcement of {name}")
    return found

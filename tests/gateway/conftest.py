"""Fixtures: one running gateway per test process, on a loopback address of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway.db import migrate
from gemeengoed_lokaal.netwerk import kies_adres

from tests.gateway.backend import Backend
from tests.gateway.echo import Echo
from tests.gateway.fakepeer import Peer
from tests.gateway.independent import FakeInway, content_hash, make_content, official
from tests.gateway.lab import OUTWAY_PORTS, Lab

PORTS = [8443, 9080, *OUTWAY_PORTS.values(), *range(7001, 7005)]


@pytest.fixture(scope="session")
def lab(templates) -> Iterator[Lab]:
    """A gateway with a Directory and nobody else; peers are added by those who need them."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with tempfile.TemporaryDirectory(prefix="gateway-lab-") as folder:
        running = Lab(kies_adres(PORTS), kies_adres([8443]), Path(folder), database.url, database.owner_url)
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
    found = {
        "dir": lab.add_peer("dir", directory=True, autoAcceptPublication=True),
        "aanbieder": lab.add_peer("aanbieder"),
        "afnemer": lab.add_peer("afnemer"),
    }
    lab.post(f"/peers/{found['aanbieder']}/services", {"naam": "echo", "url": f"http://{lab.address}:7001"})
    lab.wait_served(*found)
    lab.announce(found["aanbieder"], found["afnemer"])
    return found


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


@pytest.fixture(scope="session")
def fake(lab, peers, folder) -> Iterator[Peer]:
    """An independent peer with a Manager that the lab can reach."""
    yield from independent_peer(lab, folder, "eigen")


@pytest.fixture(scope="session")
def other(lab, peers, folder) -> Iterator[Peer]:
    """A second independent peer."""
    yield from independent_peer(lab, folder, "ander")


@pytest.fixture(scope="session")
def stranger(lab, peers, folder) -> Iterator[Peer]:
    """A third independent peer, that never announced itself."""
    yield from independent_peer(lab, folder, "vreemde")


def independent_peer(lab: Lab, folder: Path, name: str) -> Iterator[Peer]:
    """A peer of our own making, its Manager open until the end."""
    peer = Peer(lab, folder, name)
    peer.open_manager(lab)
    yield peer
    peer.manager.close()


@pytest.fixture(scope="session")
def inway(lab, fake) -> Iterator[FakeInway]:
    """The Inway of the first independent peer."""
    host = "inway.eigen.nep.localhost"
    running = FakeInway(lab.outside, host, fake.identity_for(host), fake.root)
    yield running
    running.close()


@pytest.fixture(autouse=True)
def officially_spoken() -> Iterator[None]:
    """What the gateway asked of independent Managers during a test is as the official documents say."""
    official.faults.clear()
    yield
    assert official.faults == []


@pytest.fixture
def content(peers, fake) -> dict:
    return make_content(fake.connection(peers["aanbieder"]))


@pytest.fixture
def valid(lab, peers, fake, content) -> dict:
    """A contract that both parties accepted."""
    assert fake.submit(content).status_code == 201
    lab.accept(peers["aanbieder"], content_hash(content))
    return content


@pytest.fixture(scope="session")
def connected(lab, peers, echo) -> dict:
    """The consumer may call `echo` of the provider under alias `dataplane`."""
    return lab.connect(peers["afnemer"], peers["aanbieder"], "echo", "dataplane")


@pytest.fixture(scope="session")
def backend(lab, peers) -> Iterator[Backend]:
    """A service of the provider that does what each test says; the consumer calls it under alias `vrij`."""
    service = Backend(lab.address, 7002)
    lab.post(f"/peers/{peers['aanbieder']}/services", {"naam": "vrij", "url": f"http://{lab.address}:7002"})
    lab.connect(peers["afnemer"], peers["aanbieder"], "vrij", "vrij")
    yield service
    service.close()

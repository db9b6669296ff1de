"""The gateway of these tests: two of every process. They are of xdist_group("duo"), so that it starts once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway.db import migrate
from gemeengoed_lokaal.netwerk import kies_adres

from tests.gateway.lab import OUTWAY_PORTS, Lab
from tests.gateway.operations.duo import COLLECTOR_PORT, Duo, running_duo

PORTS = [8443, 9080, 9081, *OUTWAY_PORTS.values(), 7001, COLLECTOR_PORT]


@pytest.fixture(scope="session")
def duo(templates) -> Iterator[Duo]:
    """A gateway with two of every process, a provider, a consumer and a contract."""
    database = templates.copy("gateway", lambda template: migrate(template.owner_url))
    with (
        tempfile.TemporaryDirectory(prefix="gateway-duo-") as folder,
        running_duo(Lab(kies_adres(PORTS), kies_adres([8443]), Path(folder), database.url, database.owner_url)) as running,
    ):
        yield running

"""A whole running suite, as `make start` makes it, on a loopback address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gemeengoed_lokaal.stack import Stack, nieuwe_stack

# A worker that was killed is taken for dead after three seconds instead of thirty.
SNEL = {"ABONNEMENT_HEARTBEAT_SECONDS": "0.5", "FONDS_HEARTBEAT_SECONDS": "0.5"}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder: Path = tmp_path_factory.mktemp("stack")
    running = nieuwe_stack(folder, extra=SNEL, duurzaam=False)
    running.start()
    yield running
    running.stop()

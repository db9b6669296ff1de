"""One running suite for all clients, on a loopback address of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gemeengoed_lokaal.stack import Stack, nieuwe_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = nieuwe_stack(tmp_path_factory.mktemp("stack"), duurzaam=False)
    running.start()
    yield running
    running.stop()

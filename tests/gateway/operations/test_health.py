"""Health is told in time, also of a database that takes connections and says nothing."""

from __future__ import annotations

import socket
import time

from gateway.deployment import Deployment
from gateway.observe.health import parts
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import SystemClock


def test_silent_database_is_reported_within_seconds(tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = GatewaySettings(
            database_url=f"postgresql://niemand@127.0.0.1:{silent.getsockname()[1]}/niets?connect_timeout=8",
            run_dir=tmp_path,
            keys_dir=tmp_path,
            dev_pki_dir=tmp_path,
            beheer_token="alleen-voor-deze-tests",
        )
        started = time.monotonic()
        seen = parts(Deployment(settings, SystemClock()))
        assert time.monotonic() - started < 6
    assert [part.name for part in seen if not part.works] == ["database", "transactielog", "decide", "nginx"]
    assert "binnen 3 seconden" in seen[0].explanation

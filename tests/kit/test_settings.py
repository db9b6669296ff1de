"""Wrong settings: everything that is wrong at once, and no secret in it."""

from __future__ import annotations

import os
import subprocess
import sys

import fonds_api.settings
import pytest
from gemeengoed_kit.observe import logs
from gemeengoed_kit.settings import from_environment

PASSWORD, TOKEN = "wachtwoord-van-niemand", "beheer-token-van-niemand"


def refused(module: str, command: str, **environment: str) -> str:
    """What a process says on standard error when it does not start."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GATEWAY_", "FONDS_"))}
    done = subprocess.run(
        [sys.executable, "-m", module, command], env={**kept, **environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr and PASSWORD not in done.stderr and TOKEN not in done.stderr
    return done.stderr


def test_gateway_names_every_variable_that_is_wrong() -> None:
    said = refused("gateway", "render", GATEWAY_BEHEER_TOKEN="kort", GATEWAY_NGINX="/geen/nginx")
    for name in ("GATEWAY_DATABASE_URL", "GATEWAY_RUN_DIR", "GATEWAY_KEYS_DIR", "GATEWAY_BEHEER_TOKEN", "GATEWAY_NGINX"):
        assert f"\n{name}: " in f"\n{said}"


def test_gateway_without_a_group_tells_no_secret() -> None:
    url = f"postgresql://gateway_api:{PASSWORD}@127.0.0.1/x"
    given = {"DATABASE_URL": url, "RUN_DIR": "run", "KEYS_DIR": "keys", "BEHEER_TOKEN": TOKEN}
    said = refused("gateway", "render", **{f"GATEWAY_{name}": value for name, value in given.items()})
    assert "GATEWAY_GROUP_FILE" in said


@pytest.mark.parametrize("aliases", ["{}", "geen json"])
def test_service_tells_no_secret(aliases) -> None:
    url = f"postgresql://fonds_api:{PASSWORD}@127.0.0.1/x"
    said = refused("fonds_api", "serve", FONDS_DATABASE_URL=url, FONDS_PEER_ID="12", FONDS_ALIASES=aliases)
    assert "aliases" in said if aliases != "{}" else "\nFONDS_JWKS_URL: " in said and "FONDS_PEER_ID: " in said


@pytest.mark.parametrize(("module", "variable"), [("fonds_api", "FONDS_DATABASE_URL"), ("gateway", "GATEWAY_DATABASE_URL")])
def test_migrate_reads_the_name_that_every_command_reads_and_nothing_else(module, variable) -> None:
    said = refused(module, "migrate", DATABASE_URL=f"postgresql://x:{PASSWORD}@127.0.0.1:1/x")
    assert said == f"{variable}: Field required\n"


def test_log_format_that_does_not_exist_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("FONDS_LOG_FORMAT", "xml")
    with pytest.raises(SystemExit, match="FONDS_LOG_FORMAT: 'xml' is not json or text"):
        logs.configure("serve", "FONDS_")


def test_address_of_the_operator_must_be_one(monkeypatch) -> None:
    monkeypatch.setenv("FONDS_SERVE_OBSERVE_LISTEN", "overal")
    with pytest.raises(SystemExit, match=r"(?m)^FONDS_SERVE_OBSERVE_LISTEN: .*'overal' is not host:port"):
        from_environment(fonds_api.settings.Settings)

"""Which nginx is used: none that would lose a call on a reload."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gateway.nginx.binary import OLDEST, find_binary, version, why_not
from gateway.settings import GatewaySettings
from pydantic import ValidationError


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """What an nginx of Debian 12 says of itself."""
    binary = tmp_path / "nginx"
    built = "configure arguments: --with-http_auth_request_module --with-http_ssl_module"
    binary.write_text(f"#!/bin/sh\necho 'nginx version: nginx/1.22.1' >&2\necho '{built}' >&2\n")
    binary.chmod(0o755)
    return binary


def settings(nginx: Path) -> GatewaySettings:
    return GatewaySettings(
        database_url="postgresql://x/y",
        run_dir=Path("run"),
        keys_dir=Path("keys"),
        dev_pki_dir=Path("pki"),
        beheer_token="alleen-voor-deze-test",
        nginx=nginx,
    )


def test_old_nginx_on_path_is_passed_over(old, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(old.parent), prepend=":")
    assert shutil.which("nginx") == str(old)
    find_binary.cache_clear()
    try:
        assert version(find_binary(None)) >= OLDEST
    finally:
        find_binary.cache_clear()


def test_nginx_without_njs_is_passed_over(old) -> None:
    old.write_text(old.read_text().replace("1.22.1", "1.99.0"))
    assert why_not(old) == f"{old} was built without njs"


def test_old_nginx_in_the_settings_stops_the_start(old) -> None:
    with pytest.raises(ValidationError, match=r"is nginx 1\.22\.1; 1\.27\.4 or later is needed"):
        settings(old)
    with pytest.raises(ValidationError, match="is no program"):
        settings(old.parent / "weg")
    chosen = find_binary(None)
    assert settings(chosen).nginx == chosen and why_not(chosen) is None

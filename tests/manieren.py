"""Ways to write past the code of a service, with its own database role: short SQL scripts, and what must come of them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import errors

WACHT_HOOGSTENS = "-c lock_timeout=30s"
RECHT = errors.InsufficientPrivilege
REGEL = errors.IntegrityError
"""Any refusal of class 23: constraints, and the triggers that speak for them."""


@dataclass(frozen=True)
class Manier:
    """A way to write.

    Attributes:
        weigert: the error that ends it, or None when everything is committed.
        stappen: statements in order, on connection A, a transaction until `COMMIT` and the next until the end. A prefix says
            otherwise: `B: ` on B, which commits after A; `B wacht: ` on B, where it waits for a lock until A goes on;
            `mislukt: ` on A, and fails (put a savepoint around it). A COPY has its rows after its first line.
    """

    naam: str
    weigert: type[psycopg.Error] | None
    stappen: tuple[str, ...]


def manier(naam: str, weigert: type[psycopg.Error] | None, *stappen: str) -> Manier:
    return Manier(naam, weigert, stappen)


def parameters(manieren: Iterable[Manier]) -> list:
    """For `pytest.mark.parametrize`, by name."""
    return [pytest.param(een, id=een.naam) for een in manieren]


def doe(url: str, wijze: Manier, woorden: Mapping[str, object]) -> None:
    """Carry out a way and check how it ends.

    Args:
        url: libpq URL with the role of the service.
        woorden: what stands in the statements as `{name}`; {v}, {x}, {y} and {z} are fresh uuids.
    """
    alle = {**{naam: uuid.uuid4() for naam in "vxyz"}, **woorden}
    # Where a way waits that should not, it fails; where it should, the other is never that slow.
    with psycopg.connect(url, options=WACHT_HOOGSTENS) as a, psycopg.connect(url, options=WACHT_HOOGSTENS) as b:
        wachtend = _Wachtend(url, b)
        try:
            for stap in wijze.stappen:
                for naam, waarde in alle.items():
                    stap = stap.replace("{" + naam + "}", str(waarde))
                _stap(a, b, wachtend, stap)
            a.commit()
            wachtend.einde()
            b.commit()
        except psycopg.Error as fout:
            assert wijze.weigert is not None, f"geweigerd: {fout}"
            assert isinstance(fout, wijze.weigert), f"om iets anders geweigerd: {type(fout).__name__}: {fout}"
        else:
            assert wijze.weigert is None, "vastgelegd"
        finally:
            a.rollback()
            wachtend.stop()
            b.rollback()


def _stap(a: psycopg.Connection, b: psycopg.Connection, wachtend: _Wachtend, stap: str) -> None:
    soort, streep, opdracht = stap.partition(": ")
    if streep and soort == "B wacht":
        wachtend.begin(opdracht)
    elif streep and soort == "B":
        wachtend.einde()
        _voer_uit(b, opdracht)
    elif streep and soort == "mislukt":
        try:
            _voer_uit(a, opdracht)
        except psycopg.Error:
            return
        raise AssertionError(f"had moeten mislukken: {opdracht}")
    else:
        _voer_uit(a, stap)


def _voer_uit(verbinding: psycopg.Connection, opdracht: str) -> None:
    if opdracht == "COMMIT":
        verbinding.commit()
    elif opdracht.startswith("COPY"):
        eerste, _, rijen = opdracht.partition("\n")
        with verbinding.cursor() as cursor, cursor.copy(eerste.encode()) as kopie:
            kopie.write(rijen + "\n")
    else:
        verbinding.execute(opdracht.encode())


class _Wachtend:
    """A statement on the second connection that waits for a lock."""

    def __init__(self, url: str, verbinding: psycopg.Connection) -> None:
        self.url, self.verbinding = url, verbinding
        self.draad: threading.Thread | None = None
        self.fout: psycopg.Error | None = None

    def begin(self, opdracht: str) -> None:
        def voer_uit() -> None:
            try:
                _voer_uit(self.verbinding, opdracht)
            except psycopg.Error as fout:
                self.fout = fout

        self.draad = threading.Thread(target=voer_uit)
        self.draad.start()
        with psycopg.connect(self.url, autocommit=True) as kijker:
            while (
                self.draad.is_alive()
                and not kijker.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'",
                    [self.verbinding.info.backend_pid],
                ).fetchone()
            ):
                pass

    def stop(self) -> None:
        if self.draad:
            self.draad.join()
            self.draad = None

    def einde(self) -> None:
        """Wait for it, and raise what it met."""
        self.stop()
        if self.fout:
            fout, self.fout = self.fout, None
            raise fout

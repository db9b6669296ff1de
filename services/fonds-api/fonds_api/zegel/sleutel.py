"""The private key that signs checkpoints: a file that only the service's own user may read, and beside it what it signed last.

A checkpoint that does not continue what this key signed before is never signed, whatever the database says: an older database (a
backup that was put back) would otherwise make the service say two things about one log.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from fonds_api.zegel.note import Checkpoint


class SleutelOnbruikbaar(Exception):
    """The file is not there, is not a key, or others may read it. The text never shows what is in it."""


def maak(pad: Path) -> Ed25519PrivateKey:
    """Make a new key, in a file that was not there, with rights 0600.

    Raises:
        SleutelOnbruikbaar: the file is there already.
        OSError: it cannot be written.
    """
    sleutel = Ed25519PrivateKey.generate()
    pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _kladblad(pad, sleutel.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())) as klad:
        try:
            os.link(klad, pad)
        except FileExistsError:
            raise SleutelOnbruikbaar(f"{pad} bestaat al; een sleutel wordt nooit overschreven") from None
    return sleutel


def laad(pad: Path) -> Ed25519PrivateKey:
    """The key in a file.

    Raises:
        SleutelOnbruikbaar: see there.
    """
    try:
        rechten = stat.S_IMODE(pad.stat().st_mode)
        inhoud = pad.read_bytes()
    except OSError as fout:
        raise SleutelOnbruikbaar(f"{pad}: {fout.strerror}") from None
    if rechten & 0o077:
        raise SleutelOnbruikbaar(f"{pad} is leesbaar voor anderen (rechten {rechten:o}); zet de rechten op 600")
    try:
        sleutel = load_pem_private_key(inhoud, None)
    except (ValueError, TypeError):
        raise SleutelOnbruikbaar(f"{pad} bevat geen onversleutelde sleutel in PEM") from None
    if not isinstance(sleutel, Ed25519PrivateKey):
        raise SleutelOnbruikbaar(f"{pad} bevat geen Ed25519-sleutel")
    return sleutel


class Geheugen:
    """What a key signed last, per log, in the file beside it; for one process at a time."""

    def __init__(self, sleutel: Path) -> None:
        self._pad = self.bestand(sleutel)

    @staticmethod
    def bestand(sleutel: Path) -> Path:
        """The file beside the file of a key."""
        return sleutel.with_name(sleutel.name + ".stand")

    @contextmanager
    def open(self) -> Iterator[dict[str, Checkpoint]]:
        """The last checkpoint per origin; what the caller changes in it is stored before this ends, unless it raises."""
        with self._pad.with_name(self._pad.name + ".slot").open("a") as slot:
            fcntl.flock(slot, fcntl.LOCK_EX)
            vroeger = json.loads(self._pad.read_bytes()) if self._pad.exists() else []
            laatste = {een.oorsprong: een for een in map(Checkpoint.lees, vroeger)}
            yield laatste
            nu = [een.tekst for een in laatste.values()]
            if nu != vroeger:
                with _kladblad(self._pad, json.dumps(nu, indent=1).encode()) as klad:
                    os.replace(klad, self._pad)


@contextmanager
def _kladblad(pad: Path, inhoud: bytes) -> Iterator[str]:
    """A file with this content on the same disk, with rights 0600; gone afterwards, unless it was moved."""
    greep, klad = mkstemp(dir=pad.parent, prefix=f".{pad.name}.")
    try:
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(inhoud)
            bestand.flush()
            os.fsync(bestand.fileno())
        yield klad
    finally:
        with suppress(FileNotFoundError):
            os.unlink(klad)

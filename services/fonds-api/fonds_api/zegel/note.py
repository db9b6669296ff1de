"""Signed notes, checkpoints and cosignatures, as C2SP writes them (signed-note, tlog-checkpoint, tlog-cosignature; Ed25519).

Pure: keys and texts in, texts out.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, MEDEONDERTEKENING = 1, 4
"""Signature types of signed-note: of a note, and of a cosignature with its time."""
NAAM = r"[A-Za-z0-9._/-]{1,100}"
_REGEL = re.compile(r"— (\S+) ([A-Za-z0-9+/]+={0,2})")
_GETAL = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Sleutel:
    """A public key with its name and the type of its signatures."""

    naam: str
    publiek: bytes
    soort: int = ED25519

    @property
    def kenmerk(self) -> bytes:
        """The four bytes that, with the name, say which key signed."""
        return hashlib.sha256(self.naam.encode() + b"\n" + bytes([self.soort]) + self.publiek).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as verifiers take it: name+hash+key."""
        return f"{self.naam}+{self.kenmerk.hex()}+{_base64(bytes([self.soort]) + self.publiek)}"

    @classmethod
    def lees(cls, vkey: str) -> Sleutel:
        """A key from its vkey.

        Raises:
            ValueError: it is not the vkey of an Ed25519 key.
        """
        naam, kenmerk, rest = (*vkey.split("+", 2), "", "")[:3]
        inhoud = _bytes(rest)
        sleutel = cls(naam, inhoud[1:], inhoud[0] if inhoud else 0)
        if not naam or len(inhoud) != 33 or sleutel.soort not in (ED25519, MEDEONDERTEKENING) or kenmerk != sleutel.kenmerk.hex():
            raise ValueError("geen vkey van een Ed25519-sleutel")
        return sleutel

    def klopt(self, handtekening: bytes, boodschap: bytes) -> bool:
        """Whether this key signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.publiek).verify(handtekening, boodschap)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Regel:
    """A signature line of a note: who, with which key, and the bytes after the key's mark."""

    naam: str
    kenmerk: bytes
    handtekening: bytes

    def __str__(self) -> str:
        return f"— {self.naam} {_base64(self.kenmerk + self.handtekening)}"

    @classmethod
    def lees(cls, regel: str) -> Regel:
        """A signature line.

        Raises:
            ValueError: it is not one.
        """
        gelezen = _REGEL.fullmatch(regel)
        inhoud = _bytes(gelezen[2]) if gelezen else b""
        if gelezen is None or len(inhoud) <= 4:
            raise ValueError("geen ondertekenregel")
        return cls(gelezen[1], inhoud[:4], inhoud[4:])

    def van(self, sleutel: Sleutel) -> bool:
        """Whether it says that this key signed."""
        return (self.naam, self.kenmerk) == (sleutel.naam, sleutel.kenmerk)


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says: the origin of the log, its size, and the root of its tree."""

    oorsprong: str
    grootte: int
    wortel: bytes

    @property
    def tekst(self) -> str:
        return f"{self.oorsprong}\n{self.grootte}\n{_base64(self.wortel)}\n"

    @classmethod
    def lees(cls, tekst: str) -> Checkpoint:
        """The text of a checkpoint, without signatures.

        Raises:
            ValueError: it is not one, or it has lines beyond the three that ours have.
        """
        delen = tekst.split("\n")
        if len(delen) != 4 or delen[3] or not delen[0] or not _GETAL.fullmatch(delen[1]):
            raise ValueError("geen checkpoint")
        gelezen = cls(delen[0], int(delen[1]), _bytes(delen[2]))
        if len(gelezen.wortel) != 32 or gelezen.tekst != tekst:
            raise ValueError("geen checkpoint")
        return gelezen


def note(tekst: str, regels: Sequence[Regel]) -> str:
    """A text with its signatures."""
    return tekst + "\n" + "".join(f"{regel}\n" for regel in regels)


def lees_note(inhoud: str) -> tuple[str, list[Regel]]:
    """The text of a note, and its signature lines.

    Raises:
        ValueError: it is not a note.
    """
    tekst, leeg, regels = inhoud.rpartition("\n\n")
    if not leeg or not regels.endswith("\n"):
        raise ValueError("geen ondertekende tekst")
    return tekst + "\n", [Regel.lees(regel) for regel in regels[:-1].split("\n")]


def publiek(sleutel: Ed25519PrivateKey) -> bytes:
    """The public half of a key."""
    return sleutel.public_key().public_bytes_raw()


def onderteken(sleutel: Ed25519PrivateKey, naam: str, tekst: str) -> Regel:
    """Sign a note under a name."""
    return Regel(naam, Sleutel(naam, publiek(sleutel)).kenmerk, sleutel.sign(tekst.encode()))


def klopt_note(sleutel: Sleutel, tekst: str, regels: Sequence[Regel]) -> bool:
    """Whether one of these lines is a signature of this key over the text."""
    return any(regel.van(sleutel) and sleutel.klopt(regel.handtekening, tekst.encode()) for regel in regels)


def onderteken_mede(sleutel: Ed25519PrivateKey, naam: str, tekst: str, tijdstip: int) -> Regel:
    """Cosign a checkpoint at a moment (seconds since 1970)."""
    van = Sleutel(naam, publiek(sleutel), MEDEONDERTEKENING)
    return Regel(naam, van.kenmerk, tijdstip.to_bytes(8, "big") + sleutel.sign(_mede(tekst, tijdstip)))


def klopt_mede(sleutel: Sleutel, tekst: str, regel: Regel) -> int | None:
    """The moment (seconds since 1970) at which this key cosigned a checkpoint with this line; None when it did not."""
    tijdstip, handtekening = int.from_bytes(regel.handtekening[:8], "big"), regel.handtekening[8:]
    if len(handtekening) != 64 or not regel.van(sleutel) or not sleutel.klopt(handtekening, _mede(tekst, tijdstip)):
        return None
    return tijdstip


def _mede(tekst: str, tijdstip: int) -> bytes:
    return f"cosignature/v1\ntime {tijdstip}\n{tekst}".encode()


def aanmelding(sleutel: Sleutel, oin: str, gemeentecode: str) -> str:
    """The text that a witness signs (with its new key, and with the one before if there is one) to make its key known."""
    return f"gemeengoed-getuige/v1\n{sleutel.vkey}\n{oin}\n{gemeentecode}\n"


def overdracht(oorsprong: str, publiek: bytes) -> str:
    """The text that a key of the service signs to hand over to the next."""
    return f"gemeengoed-zegelsleutel/v1\n{oorsprong}\n{_base64(publiek)}\n"


def _base64(inhoud: bytes) -> str:
    return base64.b64encode(inhoud).decode()


def _bytes(tekst: str) -> bytes:
    try:
        inhoud = base64.b64decode(tekst, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("geen base64") from None
    if _base64(inhoud) != tekst:
        raise ValueError("geen base64")
    return inhoud

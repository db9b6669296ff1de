"""Read a file with bank statements, whatever its format."""

from __future__ import annotations

from typing import BinaryIO

from abonnement_api.betaling import camt, mt940
from abonnement_api.betaling.afschrift import Afschrift

_KOP = 4096


def lees(bestand: BinaryIO) -> list[Afschrift]:
    """The statements in a file: MT940 when a field of it stands near the beginning and it is no XML, else camt.053.

    Raises:
        OngeldigAfschrift: it can not be read; names every fault.
    """
    kop = bestand.read(_KOP).lstrip(b"\xef\xbb\xbf \t\r\n")
    bestand.seek(0)
    is_mt940 = not kop.startswith(b"<") and (b":20:" in kop or b":25:" in kop)
    return mt940.lees(bestand) if is_mt940 else camt.lees(bestand)

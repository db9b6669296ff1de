"""A message as a file (RFC 5322, MIME) that a mail program opens as a draft. The same content always gives the same bytes.

Written here and not with `email.message`: that loses the quotes of a long name with a comma when it folds it, and draws a
boundary at random.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

_NL = "\r\n"
_WORDS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


@dataclass(frozen=True)
class Bijlage:
    """A file with a name in ASCII."""

    naam: str
    soort: str
    inhoud: bytes


def eml(
    *,
    van: tuple[str, str],
    aan: tuple[str, str],
    onderwerp: str,
    tekst: str,
    op: datetime,
    id: uuid.UUID,
    bijlagen: Sequence[Bijlage],
) -> bytes:
    """The file, with CRLF, ASCII throughout and no line over 78 characters, but for an address that is longer by itself.

    Args:
        van, aan: (name, address).
        id: of the message; also makes its boundary.
    """
    grens = f"=_{id.hex}"  # no base64 has this
    delen = [
        f"From: {_adres('From', *van)}",
        f"To: {_adres('To', *aan)}",
        f"Subject: {_kop('Subject', onderwerp)}",
        f"Date: {format_datetime(op.replace(microsecond=0))}",
        f"Message-ID: <{id}@{van[1].rpartition('@')[2]}>",
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{grens}"',
        "",
        f"--{grens}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        _base64(tekst.replace("\n", _NL).encode()),
    ]
    for bijlage in bijlagen:
        delen += [
            f"--{grens}",
            f'Content-Type: {bijlage.soort}; name="{bijlage.naam}"',
            f'Content-Disposition: attachment; filename="{bijlage.naam}"',
            "Content-Transfer-Encoding: base64",
            "",
            _base64(bijlage.inhoud),
        ]
    return _NL.join([*delen, f"--{grens}--", ""]).encode("ascii")


def _adres(veld: str, naam: str, adres: str) -> str:
    """A name that is more than plain words is encoded, so that no comma or quote in it separates addresses (RFC 2047, 5.3)."""
    kort = naam if _WORDS.fullmatch(naam) and len(naam) < 60 else Header(naam, "utf-8", header_name=veld).encode(linesep=_NL)
    regel = kort.rpartition("\n")[2]
    return f"{kort}{' ' if len(veld) + len(regel) + len(adres) < 72 else _NL + ' '}<{adres}>"


def _kop(veld: str, tekst: str) -> str:
    return Header(tekst, "us-ascii" if tekst.isascii() else "utf-8", header_name=veld).encode(linesep=_NL)


def _base64(inhoud: bytes) -> str:
    kaal = base64.b64encode(inhoud).decode()
    return _NL.join(kaal[plaats : plaats + 76] for plaats in range(0, len(kaal), 76))

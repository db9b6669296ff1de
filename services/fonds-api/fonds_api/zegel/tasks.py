"""What `work` does every few seconds: seal the entries that wait, which folds them into the sums, and sign the logs."""

from __future__ import annotations

import logging
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.context import Context
from gemeengoed_kit.jobs import Pass

from fonds_api.zegel import service, sleutel
from fonds_api.zegel.service import NietOndertekend
from fonds_api.zegel.sleutel import SleutelOnbruikbaar

log = logging.getLogger("fonds.zegel")
SECONDEN = 3.0


def zegelen(context: Context) -> bool:
    """Seal what waits, of each fonds so many entries, then sign each log that has grown. Processes may do this at once; a failure
    in one fonds leaves the others alone, and is tried again in the next turn.

    Returns:
        whether many entries are left.
    """
    meer = verzegelen(context)
    pad = zegelpad(context)
    if pad is not None:
        try:
            ondertekenen(context, pad, eigen_sleutel(context, pad))
        except (SleutelOnbruikbaar, NietOndertekend) as fout:
            log.error("no checkpoints: %s", fout)
    return meer


def verzegelen(context: Context) -> bool:
    """Append the leaves of the oldest entries that wait, of each fonds; whether many are left. Needs no key."""
    meer = False
    with context.work(Actor()) as work:
        fondsen = service.te_verzegelen(work)
    for code in fondsen:
        try:
            with context.work(Actor()) as work:
                meer |= service.verzegelen(work, code)
        except Exception:
            log.exception("fonds %s was not sealed; tried again", code)
    return meer


def ondertekenen(context: Context, pad: Path, eigen: Ed25519PrivateKey) -> None:
    """Sign each log that has no checkpoint as it is now."""
    with context.work(Actor()) as work:
        fondsen = service.te_ondertekenen(work)
    for code in fondsen:
        try:
            with context.work(Actor()) as work:
                service.ondertekenen(work, code, eigen, pad)
        except NietOndertekend as fout:
            log.error("no checkpoint of fonds %s: %s", code, fout)
        except Exception:
            log.exception("no checkpoint of fonds %s; tried again", code)


def eigen_sleutel(context: Context, pad: Path) -> Ed25519PrivateKey:
    """The key of the file, made and made known when this service has none yet.

    Raises:
        SleutelOnbruikbaar: the file cannot be used; or it is not there, while a key is known.
        NietOndertekend: see `service.sleutel_melden`.
    """
    with context.work(Actor()) as work:
        bekend = service.heeft_sleutel(work)
    if not bekend and not pad.exists():
        try:
            sleutel.maak(pad)
        except SleutelOnbruikbaar:
            pass  # another process was first
    eigen = sleutel.laad(pad)
    if not bekend:
        assert context.settings is not None
        with context.work(Actor()) as work:
            service.sleutel_melden(work, service.oorsprong_van(context.settings), eigen)
    return eigen


def zegelpad(context: Context) -> Path | None:
    """The file of the key, if this service signs."""
    pad: Path | None = getattr(context.settings, "zegel_sleutel", None)
    return pad


PASSES = (Pass("zegel", zegelen, SECONDEN),)

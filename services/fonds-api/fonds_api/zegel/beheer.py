"""The command `zegelsleutel`: make the key that signs checkpoints, or let another take its place."""

from __future__ import annotations

import argparse
import logging
import shutil
from pathlib import Path

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import make_engine, session_factory

from fonds_api.settings import Settings
from fonds_api.zegel import service, sleutel
from fonds_api.zegel.service import NietOndertekend
from fonds_api.zegel.sleutel import Geheugen, SleutelOnbruikbaar

log = logging.getLogger("fonds.zegel")


def zegelsleutel(settings: Settings, arguments: list[str]) -> None:
    """`maak` makes the file FONDS_ZEGEL_SLEUTEL when it is not there and makes its key known; `vervang` does so while another key
    signs, which hands over when its file is given. The processes of `work` must have the new file before they sign again.

    Raises:
        SystemExit: why not.
    """
    parser = argparse.ArgumentParser(prog="fonds-api zegelsleutel")
    keuze = parser.add_subparsers(dest="wat", required=True)
    keuze.add_parser("maak", help="make the first key and make it known")
    vervang = keuze.add_parser("vervang", help="make the next key and make it known")
    hoe = vervang.add_mutually_exclusive_group(required=True)
    hoe.add_argument("--vorige", type=Path, help="file of the key that signs now, which hands over")
    hoe.add_argument("--verloren", action="store_true", help="the key that signs now is lost or stolen; nobody hands over")
    gekozen = parser.parse_args(arguments)
    if settings.zegel_sleutel is None:
        raise SystemExit("FONDS_ZEGEL_SLEUTEL: the file of the key is not set")
    try:
        _melden(settings, settings.zegel_sleutel, gekozen)
    except (SleutelOnbruikbaar, NietOndertekend, OSError) as fout:
        raise SystemExit(str(fout)) from None


def _melden(settings: Settings, pad: Path, gekozen: argparse.Namespace) -> None:
    vorige = None
    eerder: Path | None = getattr(gekozen, "vorige", None)
    if eerder is not None:
        vorige = sleutel.laad(eerder)
    nieuw = sleutel.laad(pad) if pad.exists() else sleutel.maak(pad)
    engine = make_engine(settings.database_url, application_name="fonds-api-zegelsleutel", pool_size=1)
    with session_factory(engine).begin() as session:
        work = Work(session, SystemClock(), Actor())
        if gekozen.wat == "maak" and service.heeft_sleutel(work) and not service.is_sleutel(work, nieuw):
            raise NietOndertekend("er is al een sleutel bekend; gebruik `vervang`")
        if eerder is not None and Geheugen.bestand(eerder).exists() and not Geheugen.bestand(pad).exists():
            shutil.copy2(Geheugen.bestand(eerder), Geheugen.bestand(pad))
        service.sleutel_melden(work, service.oorsprong_van(settings), nieuw, vorige)
    engine.dispose()
    log.info("the key in %s is known", pad)

"""The command `controleer`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import make_engine, session_factory

from fonds_api.controle import service
from fonds_api.settings import Settings
from fonds_api.zegel.note import Checkpoint, lees_note

UREN = 6
"""How long one query may take."""


def controleer(settings: Settings, arguments: list[str]) -> None:
    """Print what is wrong in the database, a line each, and exit with 1; or that nothing is. Reads one snapshot.

    Raises:
        SystemExit: with 1 when something is wrong, with 2 when a given file is not a checkpoint.
    """
    parser = argparse.ArgumentParser(prog="fonds-api controleer")
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], help="a checkpoint that was kept elsewhere; may be repeated"
    )
    elders = []
    for bestand in parser.parse_args(arguments).checkpoint:
        try:
            elders.append(Checkpoint.lees(lees_note(bestand.read_text(encoding="utf-8"))[0]))
        except (OSError, ValueError) as fout:
            parser.error(f"{bestand}: {fout}")
    engine = make_engine(
        settings.database_url, application_name="fonds-api-controleer", pool_size=1, reading=True, statement_seconds=UREN * 3600
    )
    aantal = 0
    with session_factory(engine)() as session:
        for bevinding in service.bevindingen(Work(session, SystemClock(), Actor()), elders):
            aantal += 1
            print(bevinding, flush=True)
    engine.dispose()
    if aantal:
        sys.exit(1)
    print("Alles klopt.")

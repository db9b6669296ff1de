"""The command `controleer`."""

from __future__ import annotations

import argparse
from pathlib import Path

from gemeengoed_kit.checking import check

from fonds_api.controle import service
from fonds_api.settings import Settings
from fonds_api.zegel.note import Checkpoint, lees_note


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
    check(settings, lambda work: service.bevindingen(work, elders), program="fonds-api-controleer")

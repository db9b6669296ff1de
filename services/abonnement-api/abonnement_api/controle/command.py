"""The command `controleer`."""

from __future__ import annotations

import argparse

from gemeengoed_kit.checking import check

from abonnement_api.controle import service
from abonnement_api.settings import Settings


def controleer(settings: Settings, arguments: list[str]) -> None:
    """Print what is wrong in the database, a line each, and exit with 1; or that nothing is. Reads one snapshot.

    Raises:
        SystemExit: with 1 when something is wrong.
    """
    argparse.ArgumentParser(prog="abonnement-api controleer").parse_args(arguments)
    check(settings, service.bevindingen, program="abonnement-api-controleer")

"""`python -m gemeengoed_lokaal demo | start | stop | omgeving`."""

from __future__ import annotations

import json
import shlex
import signal
import sys
from pathlib import Path

from rich.console import Console

from gemeengoed_lokaal import achtergrond, demo
from gemeengoed_lokaal.deelnemers import DIRECTORY
from gemeengoed_lokaal.stack import nieuwe_stack
from gemeengoed_lokaal.verslag import Voortgang

VAR = Path("var")
STACK_JSON = VAR / "stack.json"


def start(console: Console) -> int:
    if achtergrond.lopende(STACK_JSON):
        console.print(f"De stack draait al; zie {STACK_JSON}. Stop haar met: make stop")
        return 1
    achtergrond.stop(STACK_JSON)
    stack = nieuwe_stack(VAR.resolve() / "stack", json=STACK_JSON.resolve(), voorkeur="127.0.0.1")
    with Voortgang(console) as voortgang:
        stack.start(voortgang.meld)
    console.print(f"De stack draait op {stack.adres}; alles staat in {STACK_JSON}.")
    console.print(f"Probeer: {stack.beschrijving['voorbeeld']}", highlight=False, soft_wrap=True)
    return 0


def stop(console: Console) -> int:
    gestopt = achtergrond.stop(STACK_JSON)
    console.print(f"Gestopt: {', '.join(gestopt)}." if gestopt else "Er draaide niets.")
    return 0


def omgeving(_: Console) -> int:
    """Print shell variables for working with the running stack, for use with `eval`: the management API, all listen addresses,
    the Directory, and the OIN of each peer."""
    stack = json.loads(STACK_JSON.read_text(encoding="utf-8"))
    waarden = {
        "GATEWAY_BEHEER_URL": stack["gateway"]["beheerUrl"],
        "GATEWAY_BEHEER_TOKEN": stack["gateway"]["beheerToken"],
        "ADRES": stack["adres"],
        "DIRECTORY": stack["deelnemers"][DIRECTORY]["managerUrl"],
        **{code.upper(): deelnemer["oin"] for code, deelnemer in stack["deelnemers"].items()},
    }
    for naam, waarde in waarden.items():
        print(f"export {naam}={shlex.quote(waarde)}")
    return 0


def main() -> int:
    opdrachten = {
        "demo": lambda console: demo.draai(console, VAR.resolve() / "demo"),
        "start": start,
        "stop": stop,
        "omgeving": omgeving,
    }
    if len(sys.argv) != 2 or sys.argv[1] not in opdrachten:
        print(f"usage: python -m gemeengoed_lokaal {' | '.join(opdrachten)}", file=sys.stderr)
        return 2
    for einde in (signal.SIGTERM, signal.SIGHUP):  # SIGHUP arrives when a terminal closes
        signal.signal(einde, lambda nummer, _: sys.exit(128 + nummer))
    try:
        return opdrachten[sys.argv[1]](Console())
    except KeyboardInterrupt:
        print("interrupted; everything is stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())

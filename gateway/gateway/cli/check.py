"""`gateway controleer`: the doctor."""

from __future__ import annotations

from typing import Any

import click

from gateway.cli.api import from_environment, path
from gateway.cli.output import print_json, say

MARKS = {"fout": "✗", "waarschuwing": "!", "in orde": "✓"}


@click.command("controleer")
@click.option("--alles", is_flag=True, help="Toon ook wat in orde is.")
@click.option("--json", "as_json", is_flag=True, help="Antwoord als JSON, voor scripts.")
@click.pass_context
def check(context: click.Context, alles: bool, as_json: bool) -> None:
    """Onderzoek de hele gateway: certificaten, klokken, poorten, andere peers, contracten, bezorgingen, log. Uitgang 1 bij een
    fout; elke bevinding zegt wat te doen."""
    report = from_environment().get(path("controle"))
    if as_json:
        print_json(report)
    else:
        for finding in report["results"]:
            if alles or finding["ernst"] != "in orde":
                _tell(finding)
        told = {name: sum(one["ernst"] == name for one in report["results"]) for name in MARKS}
        say(f"{told['fout']} fout, {told['waarschuwing']} waarschuwing, {told['in orde']} in orde.")
    context.exit(1 if any(one["ernst"] == "fout" for one in report["results"]) else 0)


def _tell(finding: dict[str, Any]) -> None:
    about = f" (peer {finding['peerId']})" if finding["peerId"] else ""
    say(f"{MARKS[finding['ernst']]} {finding['onderdeel']}{about}: {finding['gevonden']}")
    if finding["ernst"] != "in orde":
        say(f"    verwacht: {finding['verwacht']}\n    te doen:  {finding['teDoen']}")

"""All commands together: `gateway …`, the same as `python -m gateway …`."""

from __future__ import annotations

import click

from gateway.cli import log, processes
from gateway.cli.check import check
from gateway.cli.client import clients
from gateway.cli.contract import contracts
from gateway.cli.grant import aliases, grants
from gateway.cli.limit import limits
from gateway.cli.peer import peers
from gateway.cli.rule import rules
from gateway.cli.service import services


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """FSC-gateway: beheer over de beheer-API, en de processen zelf.

    Beheer gebruikt GATEWAY_BEHEER_URL (of GATEWAY_BEHEER_LISTEN) en GATEWAY_BEHEER_TOKEN. Bijna elke opdracht kent --peer
    (of GATEWAY_PEER) en --json. Uitgang 0: gelukt; 1: geweigerd of iets mis; 2: verkeerd aangeroepen.
    """


for group in (peers, services, contracts, grants, aliases, rules, clients, limits, check):
    main.add_command(group)
log.add_to(main)
processes.add_to(main)

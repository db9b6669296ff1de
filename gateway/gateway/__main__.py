"""`python -m gateway <command>`, the same as `gateway <command>`."""

from __future__ import annotations

from gateway.cli.app import main

main(prog_name="gateway")

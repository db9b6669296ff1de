"""Besluiten, and which of them follows which about each voorziening."""

from gemeengoed_kit.migrations import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(__file__)

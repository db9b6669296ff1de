"""Fondsen, rekeningen and the ledger: balanced and unchangeable, by the database itself."""

from gemeengoed_kit.migrations import run_queue, run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_queue()
    run_sql(__file__)

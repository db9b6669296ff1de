"""Omslagen as data with proposals, inhabitants as asked for, settlements, nota's and receipts; none of which ever changes."""

from gemeengoed_kit.migrations import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql(__file__)

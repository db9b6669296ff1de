"""Indexatie: series, figures, clauses, what they give for a year, and what it was applied to; none of which ever changes."""

from gemeengoed_kit.migrations import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql(__file__)

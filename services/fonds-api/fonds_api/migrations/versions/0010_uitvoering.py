"""Commitments, spending, what is left of each post, and the end of a year."""

from gemeengoed_kit.migrations import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(__file__)

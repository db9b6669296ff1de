"""A levy rests on a decision that the catalogue was asked for, and may take its amounts from indexation."""

from gemeengoed_kit.migrations import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql(__file__)

"""A mark of what the answers that a process keeps are made from; scores and factsheets that say what may not be said."""

from gemeengoed_kit.migrations import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql(__file__)

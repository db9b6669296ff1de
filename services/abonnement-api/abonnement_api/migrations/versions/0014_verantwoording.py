"""What foundations account for, questions about it, who takes part, and the journal of every entry that was ordered."""

from gemeengoed_kit.migrations import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql(__file__)

"""Four eyes: entries above an amount wait for somebody else."""

from gemeengoed_kit.migrations import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql(__file__)

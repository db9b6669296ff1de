"""An alias keeps its earlier grant until the new one can be used, so that contracts follow each other without a gap."""

from gemeengoed_kit.migrations import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(__file__)

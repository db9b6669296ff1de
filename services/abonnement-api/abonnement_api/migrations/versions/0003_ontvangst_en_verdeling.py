"""Bank statements, receipts, what they pay, and how that is distributed. None of it ever changes."""

from gemeengoed_kit.migrations import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql(__file__)

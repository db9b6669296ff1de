"""Offers and who signed them, what happens to a subscription, herindelingen, and who pays for whom."""

from gemeengoed_kit.migrations import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql(__file__)

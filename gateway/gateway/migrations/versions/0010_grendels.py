"""Triggers and rights that protect what is signed, even if the gateway's own role bypasses the gateway's code."""

from gemeengoed_kit.migrations import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(__file__)

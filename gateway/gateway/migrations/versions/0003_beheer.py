"""Disabled peers; clients of the Outway and what they may use; rules by which contracts are accepted automatically."""

from gemeengoed_kit.migrations import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql(__file__)

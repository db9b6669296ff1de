"""Comparisons with fonds; what was delivered stays so, and what is on its way is what its document says."""

from gemeengoed_kit.migrations import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql(__file__)

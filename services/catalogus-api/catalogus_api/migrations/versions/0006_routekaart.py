"""Mijlpalen, and every version of them."""

from gemeengoed_kit.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(__file__)

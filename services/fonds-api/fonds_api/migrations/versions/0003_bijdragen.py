"""Omslagen and the contributions by which gemeenten pay them, exactly and for good."""

from gemeengoed_kit.migrations import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql(__file__)

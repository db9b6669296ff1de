"""Gemeenten, herindelingen, inwonertallen and voorzieningen."""

from gemeengoed_kit.migrations import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(__file__)

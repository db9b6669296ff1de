"""Price forms, which decision counts, indexation through fonds, and proposals from budgets and inhabitants."""

from gemeengoed_kit.migrations import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(__file__)

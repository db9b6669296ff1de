"""How documents reach gemeenten and what became of each; reminders, and what they wait for."""

from gemeengoed_kit.migrations import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql(__file__)

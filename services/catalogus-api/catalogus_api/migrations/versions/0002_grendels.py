"""The service's role corrects what it holds, and never what a row is about."""

from gemeengoed_kit.migrations import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(__file__)

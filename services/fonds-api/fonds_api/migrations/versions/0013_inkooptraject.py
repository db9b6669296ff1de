"""Inkooptrajecten: participants, posts and settlements of joint tenders, each a fonds of its own, closed when cost-neutral."""

from gemeengoed_kit.migrations import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql(__file__)

"""Initiatieven, steun, pilots and impactanalyses; no voorziening changes its fase without a faseovergang."""

from gemeengoed_kit.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)

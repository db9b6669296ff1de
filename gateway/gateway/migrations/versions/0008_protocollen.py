"""An Inway has an upstream for each protocol: the configurations so far have one, so they do not have it."""

from gemeengoed_kit.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)

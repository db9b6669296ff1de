"""Every change as an event, in the order of the commits."""

from gemeengoed_kit.migrations import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql(__file__)

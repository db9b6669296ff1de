"""The members also decide about a resultaat of nil; nothing is booked then. What names an entry names its own."""

from gemeengoed_kit.migrations import run_sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_sql(__file__)

"""More data about services, and limits on calls per service and per calling peer."""

from gemeengoed_kit.migrations import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql(__file__)

"""An end to the stored answers of the management API."""

from gemeengoed_kit.migrations import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql(__file__)

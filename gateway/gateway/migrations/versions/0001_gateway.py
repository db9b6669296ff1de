"""The gateway's tables. FSC times are Unix seconds, as in the contracts; our own moments are timestamptz."""

from gemeengoed_kit.migrations import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql(__file__)

"""Begrotingen: versions with lines, accepted differences and adoptions, none of which ever changes."""

from gemeengoed_kit.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(__file__)

"""All attributes of a voorziening, its versions, and what it is found by."""

from gemeengoed_kit.migrations import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(__file__)

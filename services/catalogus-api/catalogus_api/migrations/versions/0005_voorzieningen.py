"""All attributes of a voorziening, its versions, and what it is found by."""

from gemeengoed_kit.migrations import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql(__file__)

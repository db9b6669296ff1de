"""What is signed stays as it was signed, also when the gateway's own role writes past its code."""

from gemeengoed_kit.migrations import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql(__file__)

"""A storno from the amount of its fonds on waits for somebody else too."""

from gemeengoed_kit.migrations import run_sql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run_sql(__file__)

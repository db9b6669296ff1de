"""Which peer a gemeente is; of a statement its days and what it adds by the bank's figures (null: from before they were kept)."""

from gemeengoed_kit.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(__file__)

"""What makes searching and counting voorzieningen cheap: rows that stay whole, a list per value, near words by index."""

from gemeengoed_kit.migrations import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql(__file__)

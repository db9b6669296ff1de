"""Who sells, how BTW is treated, what a gemeente wants on its invoice, and the documents of an invoice, byte for byte."""

from gemeengoed_kit.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)

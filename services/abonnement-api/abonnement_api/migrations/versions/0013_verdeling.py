"""Distributions and payments out wait for other eyes; payment orders with their message, and what became of each payment.

The previous release cannot distribute while this is there: nothing is distributed that nobody else has approved.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql(__file__)

"""Balances that need not be added up from all lines; storno, floors and ceilings, and moments by the database's own clock.

Others wait while it adds up what is there: about a second for a million lines. What was booked before is folded afterwards, by
`work`.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql(__file__)

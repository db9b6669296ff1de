"""Guards that hold whatever the service's role writes, in whatever order and statement.

What is made in one transaction (a decision, a statement with its receipts, a distribution, the invoices of a round) is checked
as a whole at commit and closed by that: nothing is added to it afterwards. A database that holds invoices, receipts or
distributions that do not add up is not migrated; the message names the first.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(__file__)

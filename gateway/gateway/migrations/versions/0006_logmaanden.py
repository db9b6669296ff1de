"""The transaction log in one table per month: an old month goes as a whole, a new one is there before it begins.

A call writes one row here on each side, so a row is small and its indexes are few, and each serves one question: by
transaction; a peer's own records; those of a grant. Whatever is the same for all calls under a grant, its row in contract_grant
says. There are no foreign keys, since each would cost a query per row: peers and grants get their numbers from the database
and never go (0005), and the service takes both numbers from one row of a grant.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql(__file__)

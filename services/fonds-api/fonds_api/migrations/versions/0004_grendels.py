"""Guards that hold whatever the service's role writes, in whatever order and statement.

Others wait while it looks at what is there: about a second for a million lines.
A database that holds an entry or a round that does not add up is not migrated; the message names the first.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(__file__)

"""Every post of a statement is kept, debits too; matching is done and undone by events; what comes back is undone.

The previous release serves on: what it writes has no `koppeling`, and is known as the matching at reading.
"""

from gemeengoed_kit.migrations import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    run_sql(__file__)

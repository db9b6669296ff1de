"""An end to stored answers and sent bodies, and leases for the outbox."""

from gemeengoed_kit.migrations import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql(__file__)

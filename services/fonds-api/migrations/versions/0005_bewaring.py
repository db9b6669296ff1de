"""An end to stored answers and sent bodies, and leases for the outbox."""

from gemeengoed_kit.migrations import lease_outbox, limit_retention

revision = "0005"
down_revision = "0004"
ROLE = "fonds_api"


def upgrade() -> None:
    limit_retention(ROLE)
    lease_outbox(ROLE)

"""An end to the stored answers of the management API."""

from gemeengoed_kit.migrations import limit_retention

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    limit_retention("gateway_api")

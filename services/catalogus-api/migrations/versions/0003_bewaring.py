"""An end to stored answers."""

from gemeengoed_kit.migrations import limit_retention

revision = "0003"
down_revision = "0002"
ROLE = "catalogus_api"


def upgrade() -> None:
    limit_retention(ROLE)

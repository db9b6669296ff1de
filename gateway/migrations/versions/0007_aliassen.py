"""An alias goes on naming its earlier grant until the new one can be used: contracts follow each other without a gap."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE grant_alias ADD earlier_grant_hash text")

"""An Inway has an upstream for each protocol: the configurations so far have one, so they do not have it."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("UPDATE remote_inway SET since_generation = NULL")

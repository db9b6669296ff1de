"""Who a grant is given by: a Directory shows a service once for each peer on whose behalf it is offered."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

DELEGATED = (
    "SELECT owner_id, content_hash, position, data FROM contract_grant WHERE grant_type IN "
    "('GRANT_TYPE_DELEGATED_SERVICE_CONNECTION', 'GRANT_TYPE_DELEGATED_SERVICE_PUBLICATION')"
)
FILL = (
    "UPDATE contract_grant SET delegator_peer_id = :delegator "
    "WHERE owner_id = :owner_id AND content_hash = :content_hash AND position = :position"
)


def upgrade() -> None:
    op.execute("ALTER TABLE contract_grant ADD delegator_peer_id text")
    for row in op.get_bind().execute(sa.text(DELEGATED)).mappings().all():
        # Read here: PostgreSQL reads no JSON with a NUL in it, which properties may have.
        delegator = json.loads(row["data"])["delegator"]["peer_id"]
        key = {name: row[name] for name in ("owner_id", "content_hash", "position")}
        op.execute(sa.text(FILL).bindparams(delegator=delegator, **key))

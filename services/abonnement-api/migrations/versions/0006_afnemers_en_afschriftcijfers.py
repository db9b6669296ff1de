"""Which peer a gemeente is; of a statement its days and what it adds by the bank's figures (null: from before they were kept)."""

from alembic import op
from gemeengoed_kit.migrations import grant

revision = "0006"
down_revision = "0005"
ROLE = "abonnement_api"

AFNEMER = """
CREATE TABLE afnemer (
    gemeentecode text PRIMARY KEY CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    peer_id text NOT NULL CHECK (peer_id ~ '^[0-9]{20}$'), gewijzigd_op timestamptz NOT NULL);
CREATE INDEX afnemer_peer_id_idx ON afnemer (peer_id)"""


def upgrade() -> None:
    op.execute(AFNEMER)
    grant(ROLE, "afnemer", "SELECT, INSERT, UPDATE, DELETE")
    op.execute("ALTER TABLE bankafschrift ADD COLUMN volgens_bank_cent bigint CHECK (volgens_bank_cent >= 0)")
    op.execute("ALTER TABLE bankafschrift ADD COLUMN begindag date, ADD COLUMN einddag date")
    op.execute(f"GRANT INSERT (volgens_bank_cent, begindag, einddag) ON bankafschrift TO {ROLE}")

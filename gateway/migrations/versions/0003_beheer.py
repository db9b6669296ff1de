"""Peers switched off; clients of the Outway and what they may use; rules by which contracts are accepted by themselves."""

from alembic import op
from gemeengoed_kit.migrations import grant

ROLE = "gateway_api"
revision = "0003"
down_revision = "0002"

CLIENTS = """
ALTER TABLE hosted_peer
    ADD clients_required boolean NOT NULL DEFAULT false,
    ADD disabled_at timestamptz;
CREATE TABLE outway_client (
    peer_id text NOT NULL REFERENCES hosted_peer, name text NOT NULL, description text NOT NULL DEFAULT '',
    secret_sha256 text NOT NULL UNIQUE, default_grant text, created_at timestamptz NOT NULL, blocked_at timestamptz,
    PRIMARY KEY (peer_id, name));
CREATE TABLE outway_client_grant (
    peer_id text NOT NULL, client_name text NOT NULL, grant_hash text NOT NULL,
    PRIMARY KEY (peer_id, client_name, grant_hash),
    FOREIGN KEY (peer_id, client_name) REFERENCES outway_client ON DELETE CASCADE)"""

RULES = """
CREATE TABLE accept_rule (
    peer_id text NOT NULL REFERENCES hosted_peer, name text NOT NULL, grants jsonb NOT NULL,
    max_days integer NOT NULL CHECK (max_days > 0), created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    PRIMARY KEY (peer_id, name))"""


def upgrade() -> None:
    op.execute(CLIENTS)
    op.execute(RULES)
    for table in ("outway_client", "outway_client_grant", "accept_rule", "grant_alias"):
        grant(ROLE, table, "SELECT, INSERT, UPDATE, DELETE")

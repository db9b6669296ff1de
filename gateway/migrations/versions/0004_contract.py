"""What was decided about a contract and why, kept for ever (FSC External Contract: audit trail of decisions)."""

from alembic import op
from gemeengoed_kit.migrations import freeze, grant_sequences

ROLE = "gateway_api"
revision = "0004"
down_revision = "0003"

ASSESSMENT = """
CREATE TABLE contract_assessment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner_id text NOT NULL, content_hash text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('accept', 'reject', 'revoke')),
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL,
    FOREIGN KEY (owner_id, content_hash) REFERENCES contract);
CREATE INDEX contract_assessment_contract_idx ON contract_assessment (owner_id, content_hash)"""


def upgrade() -> None:
    op.execute(ASSESSMENT)
    freeze(ROLE, "contract_assessment")
    grant_sequences(ROLE)

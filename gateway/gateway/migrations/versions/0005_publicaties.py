"""What a grant says, in columns: who gives it (a Directory shows a service once for each peer on whose behalf it is offered),
for whom its service is offered, and its reference to a contract outside FSC. Grants and peers get a number, and stay for ever."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = """
ALTER TABLE contract_grant
    ADD delegator_peer_id text,
    ADD service_delegator_id text,
    ADD external_contract json,
    ADD number integer GENERATED ALWAYS AS IDENTITY UNIQUE;
ALTER TABLE hosted_peer ADD number integer GENERATED ALWAYS AS IDENTITY UNIQUE"""

FILL = (
    "UPDATE contract_grant SET delegator_peer_id = :delegator, service_delegator_id = :service_delegator, "
    "external_contract = CAST(:external AS json) WHERE number = :number"
)
EXTERNAL = ("delegation.connection.external_contract_reference", "delegation.publication.external_contract_reference")

STAYS = """
CREATE TRIGGER contract_grant_bevroren BEFORE UPDATE OR DELETE ON contract_grant
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER contract_grant_niet_legen BEFORE TRUNCATE ON contract_grant
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON contract_grant FROM gateway_api;
GRANT SELECT, INSERT ON contract_grant TO gateway_api;
CREATE TRIGGER hosted_peer_blijft BEFORE DELETE OR UPDATE OF number ON hosted_peer
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER hosted_peer_niet_legen BEFORE TRUNCATE ON hosted_peer
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()"""


def upgrade() -> None:
    op.execute(COLUMNS)
    for number, text in op.get_bind().execute(sa.text("SELECT number, data FROM contract_grant")).all():
        # Read here: PostgreSQL reads no JSON with a NUL in it, which properties may have.
        data = json.loads(text)
        external = {name: value for name, value in (data.get("properties") or {}).items() if name in EXTERNAL}
        said = {
            "delegator": _peer(data.get("delegator")),
            "service_delegator": _peer(data.get("service", {}).get("delegator")),
            "external": json.dumps(external) if external else None,
        }
        if any(said.values()):
            op.execute(sa.text(FILL).bindparams(number=number, **said))
    op.execute(STAYS)


def _peer(member: dict[str, str] | None) -> str | None:
    return member["peer_id"] if member else None

"""What is signed stays as it was signed, also when the gateway's own role writes past its code."""

from alembic import op
from gemeengoed_kit.migrations import freeze, grant_insert, grant_update, guard_kit_tables

ROLE = "gateway_api"
revision = "0010"
down_revision = "0009"

# In the order in which a transaction of the gateway takes them, so that neither waits for the other for ever.
LOCKS = """
LOCK TABLE idempotentie, hosted_peer, contract, contract_grant, contract_signature, contract_assessment, audit
    IN ACCESS EXCLUSIVE MODE"""

# Of two signatures of a kind by one peer the later stays; one that went would open again what was rejected or revoked.
SIGNATURES = """
CREATE FUNCTION handtekening_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'een oudere handtekening vervangt geen latere' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER contract_signature_latest BEFORE UPDATE ON contract_signature FOR EACH ROW
    WHEN (NEW.signed_at < OLD.signed_at) EXECUTE FUNCTION handtekening_blijft();
CREATE TRIGGER contract_signature_blijft BEFORE DELETE ON contract_signature FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER contract_signature_niet_legen BEFORE TRUNCATE ON contract_signature FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging()"""

# A record of the log names peer and grant by number, so nobody chooses one.
NUMBERED = {
    "hosted_peer": "peer_id, name, manager_host, inway_host, outway_host, outway_listen, directory, auto_accept_publication, "
    "created_at, clients_required, disabled_at",
    "contract_grant": "owner_id, content_hash, position, grant_hash, grant_type, service_peer_id, service_name, outway_peer_id, "
    "directory_peer_id, data, delegator_peer_id, service_delegator_id, external_contract",
    "contract_assessment": "owner_id, content_hash, decision, decided_by, reason, decided_at",
}


def upgrade() -> None:
    op.execute(LOCKS)
    freeze(ROLE, "contract")
    op.execute(SIGNATURES)
    grant_update(ROLE, "contract_signature", "jws, signed_at, certificate_not_after, received_at")
    for table, columns in NUMBERED.items():
        grant_insert(ROLE, table, columns)
    guard_kit_tables(ROLE, jobs=False)

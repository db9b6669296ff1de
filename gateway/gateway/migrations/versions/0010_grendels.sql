-- In the order in which a transaction of the gateway takes them, so that neither waits for the other for ever.
-- All of them within two seconds, or none: `run` tries again.
SET LOCAL statement_timeout = '2s';
LOCK TABLE idempotentie, hosted_peer, contract, contract_grant, contract_signature, contract_assessment, audit
    IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

CREATE TRIGGER contract_bevroren BEFORE UPDATE OR DELETE ON contract FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER contract_niet_legen BEFORE TRUNCATE ON contract FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON contract FROM gateway_api;
GRANT SELECT, INSERT ON contract TO gateway_api;

-- Of two signatures of a kind by one peer the later stays; one that went would open again what was rejected or revoked.
CREATE FUNCTION handtekening_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'een oudere handtekening vervangt geen latere' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER contract_signature_latest BEFORE UPDATE ON contract_signature FOR EACH ROW
    WHEN (NEW.signed_at < OLD.signed_at) EXECUTE FUNCTION handtekening_blijft();
CREATE TRIGGER contract_signature_blijft BEFORE DELETE ON contract_signature FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER contract_signature_niet_legen BEFORE TRUNCATE ON contract_signature FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();

REVOKE UPDATE ON contract_signature FROM gateway_api;
GRANT UPDATE (jws, signed_at, certificate_not_after, received_at) ON contract_signature TO gateway_api;

-- A record of the log names peer and grant by number, so nobody chooses one.
REVOKE INSERT ON hosted_peer FROM gateway_api;
GRANT INSERT (peer_id, name, manager_host, inway_host, outway_host, outway_listen, directory, auto_accept_publication,
    created_at, clients_required, disabled_at) ON hosted_peer TO gateway_api;
REVOKE INSERT ON contract_grant FROM gateway_api;
GRANT INSERT (owner_id, content_hash, position, grant_hash, grant_type, service_peer_id, service_name, outway_peer_id,
    directory_peer_id, data, delegator_peer_id, service_delegator_id, external_contract) ON contract_grant TO gateway_api;
REVOKE INSERT ON contract_assessment FROM gateway_api;
GRANT INSERT (owner_id, content_hash, decision, decided_by, reason, decided_at) ON contract_assessment TO gateway_api;
ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp;

-- The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
-- it is.
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging();

REVOKE INSERT ON idempotentie FROM gateway_api;
GRANT INSERT (afzender, sleutel, vingerafdruk) ON idempotentie TO gateway_api;
REVOKE UPDATE ON idempotentie FROM gateway_api;
GRANT UPDATE (status, kopregels, antwoord) ON idempotentie TO gateway_api;

-- `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now();

REVOKE INSERT ON audit FROM gateway_api;
GRANT INSERT (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) ON audit TO gateway_api;
REVOKE ALL ON SEQUENCE audit_id_seq FROM gateway_api;
REVOKE ALL ON SEQUENCE contract_assessment_id_seq FROM gateway_api;
REVOKE ALL ON SEQUENCE contract_grant_number_seq FROM gateway_api;
REVOKE ALL ON SEQUENCE delivery_id_seq FROM gateway_api;
REVOKE ALL ON SEQUENCE hosted_peer_number_seq FROM gateway_api;

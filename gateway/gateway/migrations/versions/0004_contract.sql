CREATE TABLE contract_assessment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner_id text NOT NULL, content_hash text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('accept', 'reject', 'revoke')),
    decided_by text NOT NULL, reason text NOT NULL, decided_at timestamptz NOT NULL,
    FOREIGN KEY (owner_id, content_hash) REFERENCES contract);
CREATE INDEX contract_assessment_contract_idx ON contract_assessment (owner_id, content_hash);

CREATE TRIGGER contract_assessment_bevroren BEFORE UPDATE OR DELETE ON contract_assessment
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER contract_assessment_niet_legen BEFORE TRUNCATE ON contract_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON contract_assessment FROM gateway_api;
GRANT SELECT, INSERT ON contract_assessment TO gateway_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gateway_api;

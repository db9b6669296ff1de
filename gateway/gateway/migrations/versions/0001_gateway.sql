CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rijen van % veranderen nooit', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TABLE idempotentie (
    afzender text NOT NULL, sleutel text NOT NULL, vingerafdruk bytea NOT NULL,
    status integer, kopregels jsonb, antwoord bytea, ontstaan_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (afzender, sleutel));

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, op timestamptz NOT NULL,
    peer_id text, delegator_id text, transactie_id text,
    handeling text NOT NULL, onderwerp text NOT NULL, wijziging jsonb NOT NULL);

CREATE INDEX audit_transactie_id_idx ON audit (transactie_id);
CREATE INDEX audit_onderwerp_idx ON audit (onderwerp);
REVOKE ALL ON idempotentie FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON idempotentie TO gateway_api;
CREATE TRIGGER audit_bevroren BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON audit FROM gateway_api;
GRANT SELECT, INSERT ON audit TO gateway_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gateway_api;

CREATE TABLE hosted_peer (
    peer_id text PRIMARY KEY, name text NOT NULL,
    manager_host text NOT NULL UNIQUE, inway_host text NOT NULL UNIQUE, outway_host text NOT NULL,
    outway_listen text NOT NULL UNIQUE,
    directory boolean NOT NULL, auto_accept_publication boolean NOT NULL, created_at timestamptz NOT NULL,
    CHECK (manager_host <> inway_host));
CREATE TABLE peer_certificate (
    peer_id text NOT NULL REFERENCES hosted_peer, thumbprint text NOT NULL, component text NOT NULL, pem text NOT NULL,
    created_at timestamptz NOT NULL, PRIMARY KEY (peer_id, thumbprint));
CREATE TABLE known_peer (
    owner_id text NOT NULL REFERENCES hosted_peer, peer_id text NOT NULL, name text NOT NULL,
    manager_address text NOT NULL, announced_at timestamptz, updated_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, peer_id));
CREATE TABLE remote_certificate (
    peer_id text NOT NULL, thumbprint text NOT NULL, pem text NOT NULL, fetched_at timestamptz NOT NULL,
    PRIMARY KEY (peer_id, thumbprint));

CREATE TABLE contract (
    owner_id text NOT NULL REFERENCES hosted_peer, content_hash text NOT NULL, content text NOT NULL, iv uuid NOT NULL,
    parties text[] NOT NULL, not_before bigint NOT NULL, not_after bigint NOT NULL, created_at bigint NOT NULL,
    stored_at timestamptz NOT NULL, PRIMARY KEY (owner_id, content_hash), UNIQUE (owner_id, iv));
CREATE INDEX contract_created_at_idx ON contract (owner_id, created_at, content_hash);
CREATE TABLE contract_grant (
    owner_id text NOT NULL, content_hash text NOT NULL, position integer NOT NULL, grant_hash text NOT NULL,
    grant_type text NOT NULL, service_peer_id text NOT NULL, service_name text NOT NULL,
    outway_peer_id text, directory_peer_id text, data text NOT NULL,
    PRIMARY KEY (owner_id, content_hash, position),
    FOREIGN KEY (owner_id, content_hash) REFERENCES contract);
CREATE INDEX contract_grant_hash_idx ON contract_grant (owner_id, grant_hash);
CREATE INDEX contract_grant_service_idx ON contract_grant (owner_id, service_peer_id, service_name);
CREATE TABLE contract_signature (
    owner_id text NOT NULL, content_hash text NOT NULL, peer_id text NOT NULL,
    type text NOT NULL CHECK (type IN ('accept', 'reject', 'revoke')),
    jws text NOT NULL, signed_at bigint NOT NULL, certificate_not_after bigint NOT NULL, received_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, content_hash, peer_id, type),
    FOREIGN KEY (owner_id, content_hash) REFERENCES contract);
CREATE VIEW contract_status AS
    SELECT c.owner_id, c.content_hash, c.not_before, c.not_after,
        count(*) FILTER (WHERE s.type = 'accept' AND s.peer_id = ANY (c.parties)) = cardinality(c.parties) AS complete,
        coalesce(bool_or(s.type <> 'accept'), false) AS ended,
        coalesce(bool_or(s.type = 'revoke'), false) AS revoked,
        min(s.certificate_not_after) FILTER (WHERE s.type = 'accept') AS accepted_until
    FROM contract c LEFT JOIN contract_signature s USING (owner_id, content_hash)
    GROUP BY c.owner_id, c.content_hash;

CREATE TABLE delivery (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner_id text NOT NULL REFERENCES hosted_peer,
    kind text NOT NULL CHECK (kind IN ('announce', 'submit', 'accept', 'reject', 'revoke')),
    to_peer_id text, to_address text, content_hash text, jws text,
    attempts integer NOT NULL DEFAULT 0, next_attempt_at timestamptz NOT NULL, leased_until timestamptz,
    delivered_at timestamptz, given_up_at timestamptz, last_error text, created_at timestamptz NOT NULL,
    CHECK (kind = 'announce' AND to_address IS NOT NULL
           OR kind <> 'announce' AND to_peer_id IS NOT NULL AND content_hash IS NOT NULL AND jws IS NOT NULL),
    FOREIGN KEY (owner_id, content_hash) REFERENCES contract);
CREATE INDEX delivery_due_idx ON delivery (next_attempt_at) WHERE delivered_at IS NULL AND given_up_at IS NULL;
CREATE INDEX delivery_contract_idx ON delivery (owner_id, content_hash);

CREATE TABLE offered_service (
    peer_id text NOT NULL REFERENCES hosted_peer, name text NOT NULL, url text NOT NULL,
    since_generation bigint, created_at timestamptz NOT NULL, PRIMARY KEY (peer_id, name));
CREATE TABLE grant_alias (
    peer_id text NOT NULL REFERENCES hosted_peer, alias text NOT NULL, grant_hash text NOT NULL,
    updated_at timestamptz NOT NULL, PRIMARY KEY (peer_id, alias));
CREATE TABLE remote_inway (
    peer_id text NOT NULL REFERENCES hosted_peer, host text NOT NULL, port integer NOT NULL,
    since_generation bigint, first_seen timestamptz NOT NULL, PRIMARY KEY (peer_id, host, port));
CREATE SEQUENCE nginx_generation;

CREATE TABLE transaction_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, peer_id text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('DIRECTION_INCOMING', 'DIRECTION_OUTGOING')),
    transaction_id uuid NOT NULL, grant_hash text NOT NULL, service_name text NOT NULL,
    outway_peer_id text NOT NULL, outway_delegator_id text, service_peer_id text NOT NULL, service_delegator_id text,
    created_at timestamptz NOT NULL);
CREATE INDEX transaction_record_transaction_id_idx ON transaction_record (transaction_id);
CREATE INDEX transaction_record_peer_idx ON transaction_record (peer_id, id);

REVOKE ALL ON contract FROM gateway_api;
GRANT SELECT, INSERT ON contract TO gateway_api;
REVOKE ALL ON contract_grant FROM gateway_api;
GRANT SELECT, INSERT ON contract_grant TO gateway_api;
REVOKE ALL ON peer_certificate FROM gateway_api;
GRANT SELECT, INSERT ON peer_certificate TO gateway_api;
REVOKE ALL ON remote_certificate FROM gateway_api;
GRANT SELECT, INSERT ON remote_certificate TO gateway_api;
REVOKE ALL ON hosted_peer FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON hosted_peer TO gateway_api;
REVOKE ALL ON known_peer FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON known_peer TO gateway_api;
REVOKE ALL ON contract_signature FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON contract_signature TO gateway_api;
REVOKE ALL ON delivery FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON delivery TO gateway_api;
REVOKE ALL ON offered_service FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON offered_service TO gateway_api;
REVOKE ALL ON grant_alias FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON grant_alias TO gateway_api;
REVOKE ALL ON remote_inway FROM gateway_api;
GRANT SELECT, INSERT, UPDATE ON remote_inway TO gateway_api;
REVOKE ALL ON contract_status FROM gateway_api;
GRANT SELECT ON contract_status TO gateway_api;
CREATE TRIGGER transaction_record_bevroren BEFORE UPDATE OR DELETE ON transaction_record
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER transaction_record_niet_legen BEFORE TRUNCATE ON transaction_record
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON transaction_record FROM gateway_api;
GRANT SELECT, INSERT ON transaction_record TO gateway_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO gateway_api;

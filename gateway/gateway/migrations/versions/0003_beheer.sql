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
    FOREIGN KEY (peer_id, client_name) REFERENCES outway_client ON DELETE CASCADE);

CREATE TABLE accept_rule (
    peer_id text NOT NULL REFERENCES hosted_peer, name text NOT NULL, grants jsonb NOT NULL,
    max_days integer NOT NULL CHECK (max_days > 0), created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    PRIMARY KEY (peer_id, name));

REVOKE ALL ON outway_client FROM gateway_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON outway_client TO gateway_api;
REVOKE ALL ON outway_client_grant FROM gateway_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON outway_client_grant TO gateway_api;
REVOKE ALL ON accept_rule FROM gateway_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON accept_rule TO gateway_api;
REVOKE ALL ON grant_alias FROM gateway_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON grant_alias TO gateway_api;

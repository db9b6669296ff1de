ALTER TABLE offered_service
    ADD protocol text NOT NULL DEFAULT 'PROTOCOL_TCP_HTTP_1.1'
        CHECK (protocol IN ('PROTOCOL_TCP_HTTP_1.1', 'PROTOCOL_TCP_HTTP_2')),
    ADD openapi_url text,
    ADD ca_pem text,
    ADD withdrawn_at timestamptz;

-- Upstreams in nginx have other names from here on: no worker knows them until it has a configuration of this release.
UPDATE offered_service SET since_generation = NULL;
UPDATE remote_inway SET since_generation = NULL;

CREATE TABLE call_limit (
    peer_id text NOT NULL REFERENCES hosted_peer, kind text NOT NULL CHECK (kind IN ('service', 'caller')),
    subject text NOT NULL,
    calls_per_second integer CHECK (calls_per_second > 0), burst integer CHECK (burst >= 0),
    concurrency integer CHECK (concurrency > 0), max_body_bytes bigint CHECK (max_body_bytes > 0),
    timeout_seconds integer CHECK (timeout_seconds > 0),
    since_generation bigint, updated_at timestamptz NOT NULL, PRIMARY KEY (peer_id, kind, subject));

REVOKE ALL ON call_limit FROM gateway_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON call_limit TO gateway_api;

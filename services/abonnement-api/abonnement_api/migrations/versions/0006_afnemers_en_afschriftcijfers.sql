CREATE TABLE afnemer (
    gemeentecode text PRIMARY KEY CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    peer_id text NOT NULL CHECK (peer_id ~ '^[0-9]{20}$'), gewijzigd_op timestamptz NOT NULL);
CREATE INDEX afnemer_peer_id_idx ON afnemer (peer_id);

REVOKE ALL ON afnemer FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON afnemer TO abonnement_api;
ALTER TABLE bankafschrift ADD COLUMN volgens_bank_cent bigint CHECK (volgens_bank_cent >= 0);
ALTER TABLE bankafschrift ADD COLUMN begindag date, ADD COLUMN einddag date;
GRANT INSERT (volgens_bank_cent, begindag, einddag) ON bankafschrift TO abonnement_api;

CREATE TABLE gemeente (
    code text PRIMARY KEY CHECK (code ~ '^GM[0-9]{4}$'),
    naam text NOT NULL, provincie text NOT NULL,
    begindatum date, einddatum date, CHECK (begindatum <= einddatum));
CREATE TABLE herindeling (
    oude_code text REFERENCES gemeente, nieuwe_code text REFERENCES gemeente, ingangsdatum date,
    soort text NOT NULL, nieuw_ingesteld boolean NOT NULL, grondslag text,
    PRIMARY KEY (ingangsdatum, oude_code, nieuwe_code));
CREATE TABLE inwonertal (
    gemeentecode text REFERENCES gemeente, peildatum date, aantal integer NOT NULL CHECK (aantal > 0),
    PRIMARY KEY (gemeentecode, peildatum));
CREATE INDEX inwonertal_peildatum_idx ON inwonertal (peildatum);
CREATE TABLE voorziening (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'),
    naam text NOT NULL, soort text NOT NULL, domein text NOT NULL, omschrijving text NOT NULL, eigenaar text NOT NULL,
    fase text NOT NULL, mate_van_binding text NOT NULL, bronvermelding text NOT NULL);

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
REVOKE ALL ON idempotentie FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE ON idempotentie TO catalogus_api;
CREATE TRIGGER audit_bevroren BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON audit FROM catalogus_api;
GRANT SELECT, INSERT ON audit TO catalogus_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO catalogus_api;
REVOKE ALL ON gemeente FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE ON gemeente TO catalogus_api;
REVOKE ALL ON herindeling FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE ON herindeling TO catalogus_api;
REVOKE ALL ON inwonertal FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE ON inwonertal TO catalogus_api;
REVOKE ALL ON voorziening FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE ON voorziening TO catalogus_api;

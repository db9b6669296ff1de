GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_events TO fonds_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs TO fonds_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_periodic_defers TO fonds_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_workers TO fonds_api;

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
REVOKE ALL ON idempotentie FROM fonds_api;
GRANT SELECT, INSERT, UPDATE ON idempotentie TO fonds_api;
CREATE TRIGGER audit_bevroren BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON audit FROM fonds_api;
GRANT SELECT, INSERT ON audit TO fonds_api;

CREATE TABLE outbox (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    bron text NOT NULL, pad text NOT NULL, inhoud jsonb NOT NULL,
    onderwerp text NOT NULL UNIQUE, groep text NOT NULL, ontstaan_op timestamptz NOT NULL,
    pogingen integer NOT NULL DEFAULT 0, volgende_poging_op timestamptz NOT NULL,
    onderweg boolean NOT NULL DEFAULT false,
    verzonden_op timestamptz, geweigerd_op timestamptz, antwoord_pad text, fout text);

CREATE INDEX outbox_groep_idx ON outbox (groep);
CREATE INDEX outbox_te_versturen_idx ON outbox (volgende_poging_op) WHERE verzonden_op IS NULL AND geweigerd_op IS NULL;
REVOKE ALL ON outbox FROM fonds_api;
GRANT SELECT, INSERT, UPDATE ON outbox TO fonds_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fonds_api;

CREATE TABLE fonds (
    code text PRIMARY KEY CHECK (code ~ '^[a-z]+$'),
    naam text NOT NULL, omschrijving text NOT NULL, bronvermelding text NOT NULL,
    boekingsrollen text[] NOT NULL CHECK (cardinality(boekingsrollen) > 0));
CREATE TABLE rekening (
    fonds text REFERENCES fonds, nummer text CHECK (nummer ~ '^[0-9]{4}$'),
    naam text NOT NULL, soort text NOT NULL CHECK (soort IN ('activa', 'passiva', 'baten', 'lasten')),
    PRIMARY KEY (fonds, nummer));
CREATE TABLE boeking (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    fonds text NOT NULL REFERENCES fonds, boekdatum date NOT NULL, geboekt_op timestamptz NOT NULL,
    omschrijving text NOT NULL, bron text NOT NULL, pad text NOT NULL,
    aantal_regels integer NOT NULL CHECK (aantal_regels >= 2),
    UNIQUE (fonds, bron, pad), UNIQUE (id, fonds));
CREATE INDEX boeking_fonds_boekdatum_idx ON boeking (fonds, boekdatum);
CREATE INDEX boeking_pad_idx ON boeking (pad);
CREATE TABLE boekingsregel (
    boeking uuid, regelnummer integer CHECK (regelnummer >= 1),
    fonds text NOT NULL, rekening text NOT NULL, bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0),
    PRIMARY KEY (boeking, regelnummer),
    FOREIGN KEY (boeking, fonds) REFERENCES boeking (id, fonds),
    FOREIGN KEY (fonds, rekening) REFERENCES rekening);
CREATE INDEX boekingsregel_fonds_rekening_idx ON boekingsregel (fonds, rekening);

-- A boeking says how many lines it has, numbered from 1. Once they are all there, no number is left for another,
-- so checking at commit that they are all there and add up to zero is enough, whatever the session does.
CREATE FUNCTION weiger_regel_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.regelnummer > (SELECT aantal_regels FROM public.boeking WHERE id = NEW.boeking) THEN
        RAISE EXCEPTION 'boeking % heeft al haar regels al', NEW.boeking USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER boekingsregel_niet_erbij BEFORE INSERT ON boekingsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_regel_erbij();
CREATE FUNCTION controleer_boeking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE aantal bigint; saldo numeric;
BEGIN
    SELECT count(*), coalesce(sum(bedrag_cent), 0) INTO aantal, saldo
        FROM public.boekingsregel WHERE boeking = NEW.id;
    IF aantal <> NEW.aantal_regels THEN
        RAISE EXCEPTION 'boeking % heeft % van haar % regels', NEW.id, aantal, NEW.aantal_regels
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF saldo <> 0 THEN
        RAISE EXCEPTION 'boeking % is niet in evenwicht, verschil % cent', NEW.id, saldo
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER boeking_in_evenwicht AFTER INSERT ON boeking DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_boeking();

REVOKE ALL ON fonds FROM fonds_api;
GRANT SELECT ON fonds TO fonds_api;
REVOKE ALL ON rekening FROM fonds_api;
GRANT SELECT ON rekening TO fonds_api;
CREATE TRIGGER boeking_bevroren BEFORE UPDATE OR DELETE ON boeking FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER boeking_niet_legen BEFORE TRUNCATE ON boeking FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON boeking FROM fonds_api;
GRANT SELECT, INSERT ON boeking TO fonds_api;
CREATE TRIGGER boekingsregel_bevroren BEFORE UPDATE OR DELETE ON boekingsregel FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER boekingsregel_niet_legen BEFORE TRUNCATE ON boekingsregel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON boekingsregel FROM fonds_api;
GRANT SELECT, INSERT ON boekingsregel TO fonds_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fonds_api;

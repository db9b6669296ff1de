GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_events TO abonnement_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs TO abonnement_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_periodic_defers TO abonnement_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_workers TO abonnement_api;

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
REVOKE ALL ON idempotentie FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE ON idempotentie TO abonnement_api;
CREATE TRIGGER audit_bevroren BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON audit FROM abonnement_api;
GRANT SELECT, INSERT ON audit TO abonnement_api;

CREATE TABLE outbox (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    bron text NOT NULL, pad text NOT NULL, inhoud jsonb NOT NULL,
    onderwerp text NOT NULL UNIQUE, groep text NOT NULL, ontstaan_op timestamptz NOT NULL,
    pogingen integer NOT NULL DEFAULT 0, volgende_poging_op timestamptz NOT NULL,
    onderweg boolean NOT NULL DEFAULT false,
    verzonden_op timestamptz, geweigerd_op timestamptz, antwoord_pad text, fout text);

CREATE INDEX outbox_groep_idx ON outbox (groep);
CREATE INDEX outbox_te_versturen_idx ON outbox (volgende_poging_op) WHERE verzonden_op IS NULL AND geweigerd_op IS NULL;
REVOKE ALL ON outbox FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE ON outbox TO abonnement_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO abonnement_api;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE aanbieder (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'), naam text NOT NULL);
CREATE TABLE dienst (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'), naam text NOT NULL,
    aanbieder text NOT NULL REFERENCES aanbieder, voorziening text,
    rekening_gefactureerd text NOT NULL, rekening_af_te_dragen text NOT NULL);
CREATE TABLE tariefbesluit (
    id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]+$'),
    datum date NOT NULL, gremium text NOT NULL, omschrijving text NOT NULL, bronvermelding text NOT NULL,
    prijspeil integer NOT NULL, eerste_jaar integer NOT NULL, laatste_jaar integer NOT NULL,
    CHECK (eerste_jaar <= laatste_jaar));
CREATE TABLE pakket (
    tariefbesluit text REFERENCES tariefbesluit, code text CHECK (code ~ '^[a-z0-9-]+$'),
    naam text NOT NULL, tarief_per_inwoner numeric(9, 4) NOT NULL CHECK (tarief_per_inwoner > 0),
    PRIMARY KEY (tariefbesluit, code));
CREATE TABLE pakketdienst (
    tariefbesluit text, pakket text, dienst text REFERENCES dienst,
    PRIMARY KEY (tariefbesluit, pakket, dienst), FOREIGN KEY (tariefbesluit, pakket) REFERENCES pakket);
CREATE TABLE verdeelsleutel (
    tariefbesluit text REFERENCES tariefbesluit, dienst text REFERENCES dienst,
    gewicht numeric(12, 4) NOT NULL CHECK (gewicht > 0), PRIMARY KEY (tariefbesluit, dienst));
CREATE TABLE collectieve_aanmelding (
    id uuid PRIMARY KEY, vingerafdruk bytea NOT NULL UNIQUE,
    begindatum date NOT NULL, einddatum date NOT NULL, pakket text NOT NULL, uitzonderingen jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'verwerkt', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL, afgerond_op timestamptz,
    CHECK (begindatum <= einddatum), CHECK ((status = 'mislukt') = (probleem IS NOT NULL)));
CREATE TABLE abonnement (
    id uuid PRIMARY KEY, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    pakket text NOT NULL, begindatum date NOT NULL, einddatum date NOT NULL,
    aanmelding uuid NOT NULL REFERENCES collectieve_aanmelding,
    CHECK (begindatum <= einddatum),
    CONSTRAINT abonnement_overlap EXCLUDE USING gist (
        gemeentecode WITH =, daterange(begindatum, einddatum, '[]') WITH &&));
CREATE INDEX abonnement_aanmelding_idx ON abonnement (aanmelding);

INSERT INTO aanbieder VALUES
    ('stichting-akj', 'stichting Advies- en Klachtenbureau jeugdzorg'),
    ('stichting-kindertelefoon', 'stichting Kindertelefoon'),
    ('stichting-sensoor', 'stichting Sensoor'),
    ('administratiebureau', 'administratiebureau');
INSERT INTO dienst VALUES
    ('vertrouwenswerk', 'Vertrouwenswerk jeugd', 'stichting-akj', 'vertrouwenswerk-jeugd', '2310', '2410'),
    ('kindertelefoon', 'Kindertelefoon', 'stichting-kindertelefoon', 'kindertelefoon', '2320', '2420'),
    ('luisterend-oor', 'Luisterend Oor', 'stichting-sensoor', 'luisterend-oor', '2330', '2430'),
    ('beheer-en-betaling', 'Beheer en betaling', 'administratiebureau', NULL, '2340', '2440');
INSERT INTO tariefbesluit VALUES (
    'balv-2016-11-30', '2016-11-30', 'BALV',
    'Prijs per inwoner voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor vanaf 2018',
    'VNG, BALV 30-11-2016, voorstel D', 2017, 2018, 2018);
INSERT INTO pakket VALUES
    ('balv-2016-11-30', 'volledig', 'Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor', 0.90),
    ('balv-2016-11-30', 'zonder-luisterend-oor', 'Vertrouwenswerk jeugd en Kindertelefoon', 0.67);
INSERT INTO pakketdienst
    SELECT 'balv-2016-11-30', pakket.code, dienst.code FROM pakket CROSS JOIN dienst
    WHERE NOT (pakket.code = 'zonder-luisterend-oor' AND dienst.code = 'luisterend-oor');
INSERT INTO verdeelsleutel VALUES
    ('balv-2016-11-30', 'vertrouwenswerk', 7.5), ('balv-2016-11-30', 'kindertelefoon', 3.83),
    ('balv-2016-11-30', 'luisterend-oor', 3.94), ('balv-2016-11-30', 'beheer-en-betaling', 0.05);

REVOKE ALL ON aanbieder FROM abonnement_api;
GRANT SELECT ON aanbieder TO abonnement_api;
REVOKE ALL ON dienst FROM abonnement_api;
GRANT SELECT ON dienst TO abonnement_api;
CREATE TRIGGER tariefbesluit_bevroren BEFORE UPDATE OR DELETE ON tariefbesluit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefbesluit_niet_legen BEFORE TRUNCATE ON tariefbesluit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON tariefbesluit FROM abonnement_api;
GRANT SELECT, INSERT ON tariefbesluit TO abonnement_api;
CREATE TRIGGER pakket_bevroren BEFORE UPDATE OR DELETE ON pakket FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pakket_niet_legen BEFORE TRUNCATE ON pakket FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON pakket FROM abonnement_api;
GRANT SELECT, INSERT ON pakket TO abonnement_api;
CREATE TRIGGER pakketdienst_bevroren BEFORE UPDATE OR DELETE ON pakketdienst FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pakketdienst_niet_legen BEFORE TRUNCATE ON pakketdienst FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON pakketdienst FROM abonnement_api;
GRANT SELECT, INSERT ON pakketdienst TO abonnement_api;
CREATE TRIGGER verdeelsleutel_bevroren BEFORE UPDATE OR DELETE ON verdeelsleutel FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER verdeelsleutel_niet_legen BEFORE TRUNCATE ON verdeelsleutel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON verdeelsleutel FROM abonnement_api;
GRANT SELECT, INSERT ON verdeelsleutel TO abonnement_api;
CREATE TRIGGER abonnement_bevroren BEFORE UPDATE OR DELETE ON abonnement FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER abonnement_niet_legen BEFORE TRUNCATE ON abonnement FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON abonnement FROM abonnement_api;
GRANT SELECT, INSERT ON abonnement TO abonnement_api;
REVOKE ALL ON collectieve_aanmelding FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE ON collectieve_aanmelding TO abonnement_api;

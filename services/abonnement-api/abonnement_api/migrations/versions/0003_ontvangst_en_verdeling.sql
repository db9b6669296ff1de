CREATE TABLE bankafschrift (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY, iban text NOT NULL, afschriftnummer text NOT NULL,
    vingerafdruk bytea NOT NULL,
    beginsaldo_cent bigint NOT NULL, eindsaldo_cent bigint NOT NULL, al_bekend integer NOT NULL,
    ingelezen_op timestamptz NOT NULL, UNIQUE (iban, afschriftnummer));
CREATE TABLE betaling (
    id uuid PRIMARY KEY, bankafschrift uuid NOT NULL REFERENCES bankafschrift, volgnummer integer NOT NULL,
    iban text NOT NULL, bankreferentie text NOT NULL, boekdatum date NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    tegenrekening text, naam text, kenmerk text, omschrijving text NOT NULL,
    factuur text REFERENCES factuur, koppeling text, reden text,
    UNIQUE (iban, bankreferentie), UNIQUE (bankafschrift, volgnummer),
    CHECK (koppeling IN ('betalingskenmerk', 'omschrijving')), CHECK ((factuur IS NULL) = (koppeling IS NULL)));
CREATE INDEX betaling_factuur_idx ON betaling (factuur);
CREATE TABLE betalingstoewijzing (
    betaling uuid REFERENCES betaling, factuur text, dienst text, bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    PRIMARY KEY (betaling, factuur, dienst), FOREIGN KEY (factuur, dienst) REFERENCES factuurregel);
CREATE INDEX betalingstoewijzing_factuur_idx ON betalingstoewijzing (factuur, dienst);
CREATE TABLE verdeling (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY, tot date NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0), vastgesteld_op timestamptz NOT NULL);
CREATE TABLE verdelingsregel (
    verdeling uuid REFERENCES verdeling, dienst text REFERENCES dienst, aanbieder text NOT NULL REFERENCES aanbieder,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0), PRIMARY KEY (verdeling, dienst));
CREATE TABLE verdeelde_toewijzing (
    betaling uuid, factuur text, dienst text, verdeling uuid NOT NULL REFERENCES verdeling,
    PRIMARY KEY (betaling, factuur, dienst),
    FOREIGN KEY (betaling, factuur, dienst) REFERENCES betalingstoewijzing);
CREATE INDEX verdeelde_toewijzing_verdeling_idx ON verdeelde_toewijzing (verdeling);

-- Two payments of one invoice at the same moment are kept apart by a lock; this holds when somebody forgets it.
CREATE FUNCTION toewijzing_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(bedrag_cent) FROM betalingstoewijzing WHERE factuur = NEW.factuur AND dienst = NEW.dienst)
       > (SELECT bedrag_cent FROM factuurregel WHERE factuur = NEW.factuur AND dienst = NEW.dienst)
       OR (SELECT sum(bedrag_cent) FROM betalingstoewijzing WHERE betaling = NEW.betaling)
       > (SELECT bedrag_cent FROM betaling WHERE id = NEW.betaling) THEN
        RAISE EXCEPTION 'betaling % is meer toegewezen dan past', NEW.betaling
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betalingstoewijzing_past AFTER INSERT ON betalingstoewijzing DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION toewijzing_past();

CREATE VIEW factuurregelstand AS
    SELECT regel.factuur, regel.dienst, regel.bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS toewijzing
                     WHERE toewijzing.factuur = regel.factuur AND toewijzing.dienst = regel.dienst), 0)::bigint AS betaald_cent
    FROM factuurregel AS regel;
CREATE VIEW betalingstand AS
    SELECT id AS betaling, bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS toewijzing
                     WHERE toewijzing.betaling = betaling.id), 0)::bigint AS gekoppeld_cent
    FROM betaling;
CREATE VIEW toewijzingstand AS
    SELECT toewijzing.betaling, toewijzing.factuur, toewijzing.dienst, toewijzing.bedrag_cent, betaling.boekdatum,
           factuur.jaar, verdeeld.verdeling
    FROM betalingstoewijzing AS toewijzing
    JOIN betaling ON betaling.id = toewijzing.betaling
    JOIN factuur ON factuur.nummer = toewijzing.factuur
    LEFT JOIN verdeelde_toewijzing AS verdeeld ON (verdeeld.betaling, verdeeld.factuur, verdeeld.dienst)
        = (toewijzing.betaling, toewijzing.factuur, toewijzing.dienst);

CREATE TRIGGER bankafschrift_bevroren BEFORE UPDATE OR DELETE ON bankafschrift FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER bankafschrift_niet_legen BEFORE TRUNCATE ON bankafschrift FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON bankafschrift FROM abonnement_api;
GRANT SELECT, INSERT ON bankafschrift TO abonnement_api;
CREATE TRIGGER betaling_bevroren BEFORE UPDATE OR DELETE ON betaling FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER betaling_niet_legen BEFORE TRUNCATE ON betaling FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON betaling FROM abonnement_api;
GRANT SELECT, INSERT ON betaling TO abonnement_api;
CREATE TRIGGER betalingstoewijzing_bevroren BEFORE UPDATE OR DELETE ON betalingstoewijzing
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER betalingstoewijzing_niet_legen BEFORE TRUNCATE ON betalingstoewijzing
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON betalingstoewijzing FROM abonnement_api;
GRANT SELECT, INSERT ON betalingstoewijzing TO abonnement_api;
CREATE TRIGGER verdeling_bevroren BEFORE UPDATE OR DELETE ON verdeling FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER verdeling_niet_legen BEFORE TRUNCATE ON verdeling FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON verdeling FROM abonnement_api;
GRANT SELECT, INSERT ON verdeling TO abonnement_api;
CREATE TRIGGER verdelingsregel_bevroren BEFORE UPDATE OR DELETE ON verdelingsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER verdelingsregel_niet_legen BEFORE TRUNCATE ON verdelingsregel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON verdelingsregel FROM abonnement_api;
GRANT SELECT, INSERT ON verdelingsregel TO abonnement_api;
CREATE TRIGGER verdeelde_toewijzing_bevroren BEFORE UPDATE OR DELETE ON verdeelde_toewijzing
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER verdeelde_toewijzing_niet_legen BEFORE TRUNCATE ON verdeelde_toewijzing
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON verdeelde_toewijzing FROM abonnement_api;
GRANT SELECT, INSERT ON verdeelde_toewijzing TO abonnement_api;
REVOKE ALL ON factuurregelstand FROM abonnement_api;
GRANT SELECT ON factuurregelstand TO abonnement_api;
REVOKE ALL ON betalingstand FROM abonnement_api;
GRANT SELECT ON betalingstand TO abonnement_api;
REVOKE ALL ON toewijzingstand FROM abonnement_api;
GRANT SELECT ON toewijzingstand TO abonnement_api;

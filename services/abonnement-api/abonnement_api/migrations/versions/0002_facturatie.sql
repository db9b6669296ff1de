CREATE TABLE facturatieronde (
    jaar integer PRIMARY KEY, tariefbesluit text NOT NULL REFERENCES tariefbesluit,
    peildatum date NOT NULL, factuurdatum date NOT NULL,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'gefactureerd', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL, gefactureerd_op timestamptz,
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)),
    CHECK ((status = 'gefactureerd') = (gefactureerd_op IS NOT NULL)));
CREATE TABLE factuurnummering (jaar integer PRIMARY KEY, laatste integer NOT NULL CHECK (laatste >= 0));
CREATE TABLE factuur (
    nummer text PRIMARY KEY, jaar integer NOT NULL REFERENCES facturatieronde, volgnummer integer NOT NULL,
    abonnement uuid NOT NULL REFERENCES abonnement, gemeentecode text NOT NULL, gemeentenaam text NOT NULL,
    tariefbesluit text NOT NULL, pakket text NOT NULL, tarief_per_inwoner numeric(9, 4) NOT NULL,
    inwoners integer NOT NULL CHECK (inwoners > 0), peildatum date NOT NULL,
    factuurdatum date NOT NULL, vervaldatum date NOT NULL, bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    betalingskenmerk text NOT NULL UNIQUE CHECK (betalingskenmerk ~ '^[0-9]{16}$'), vastgesteld_op timestamptz NOT NULL,
    UNIQUE (jaar, volgnummer), UNIQUE (jaar, gemeentecode), UNIQUE (jaar, abonnement),
    CHECK (nummer = jaar || '-' || lpad(volgnummer::text, 6, '0')), CHECK (factuurdatum <= vervaldatum),
    FOREIGN KEY (tariefbesluit, pakket) REFERENCES pakket);
CREATE INDEX factuur_gemeentecode_idx ON factuur (gemeentecode);
CREATE TABLE factuurregel (
    factuur text REFERENCES factuur, dienst text REFERENCES dienst, bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0),
    PRIMARY KEY (factuur, dienst));

-- At commit, so that an invoice and its lines may be inserted in any order, and no line can be added later.
CREATE FUNCTION factuur_is_som_van_regels() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    welke text := CASE TG_TABLE_NAME WHEN 'factuur' THEN to_jsonb(NEW) ->> 'nummer' ELSE to_jsonb(NEW) ->> 'factuur' END;
BEGIN
    IF (SELECT bedrag_cent FROM factuur WHERE nummer = welke)
       IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM factuurregel WHERE factuur = welke) THEN
        RAISE EXCEPTION 'de regels van factuur % tellen niet op tot haar bedrag', welke
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER factuur_telt_op AFTER INSERT ON factuur DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuur_is_som_van_regels();
CREATE CONSTRAINT TRIGGER factuurregel_telt_op AFTER INSERT ON factuurregel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuur_is_som_van_regels();

REVOKE ALL ON facturatieronde FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE ON facturatieronde TO abonnement_api;
REVOKE ALL ON factuurnummering FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE ON factuurnummering TO abonnement_api;
CREATE TRIGGER factuur_bevroren BEFORE UPDATE OR DELETE ON factuur FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER factuur_niet_legen BEFORE TRUNCATE ON factuur FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON factuur FROM abonnement_api;
GRANT SELECT, INSERT ON factuur TO abonnement_api;
CREATE TRIGGER factuurregel_bevroren BEFORE UPDATE OR DELETE ON factuurregel FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER factuurregel_niet_legen BEFORE TRUNCATE ON factuurregel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON factuurregel FROM abonnement_api;
GRANT SELECT, INSERT ON factuurregel TO abonnement_api;

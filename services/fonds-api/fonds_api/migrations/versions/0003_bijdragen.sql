CREATE TABLE omslag (
    fonds text REFERENCES fonds, jaar integer CHECK (jaar BETWEEN 2000 AND 2100),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0), indeling date NOT NULL, peildatum date NOT NULL,
    besluit text NOT NULL, bronvermelding text NOT NULL,
    PRIMARY KEY (fonds, jaar));
CREATE TABLE bijdrageronde (
    id text PRIMARY KEY, fonds text NOT NULL, jaar integer NOT NULL, CHECK (id = fonds || '-' || jaar),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vastgesteld', 'mislukt')),
    aangevraagd_op timestamptz NOT NULL, vastgesteld_op timestamptz, aantal integer, probleem jsonb,
    CHECK ((status = 'vastgesteld') = (vastgesteld_op IS NOT NULL)),
    CHECK ((status = 'vastgesteld') = (aantal IS NOT NULL)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)),
    UNIQUE (fonds, jaar), FOREIGN KEY (fonds, jaar) REFERENCES omslag);
CREATE TABLE bijdrage (
    id text PRIMARY KEY, fonds text NOT NULL, jaar integer NOT NULL,
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    gemeentenaam text NOT NULL, inwoners integer NOT NULL CHECK (inwoners > 0), peildatum date NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0),
    CHECK (id = fonds || '-' || jaar || '-' || gemeentecode),
    FOREIGN KEY (fonds, jaar) REFERENCES bijdrageronde (fonds, jaar));
CREATE INDEX bijdrage_fonds_jaar_idx ON bijdrage (fonds, jaar);
CREATE INDEX bijdrage_gemeentecode_idx ON bijdrage (gemeentecode);

CREATE FUNCTION weiger_wijziging_vastgesteld() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'vastgesteld' THEN
        RAISE EXCEPTION 'bijdrageronde % is vastgesteld', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bijdrageronde_vast BEFORE UPDATE ON bijdrageronde
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging_vastgesteld();
CREATE TRIGGER bijdrageronde_blijft BEFORE DELETE ON bijdrageronde
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER bijdrageronde_niet_legen BEFORE TRUNCATE ON bijdrageronde
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION controleer_bijdrageronde() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE verwacht record; gevonden record;
BEGIN
    SELECT CASE WHEN status = 'vastgesteld' THEN aantal ELSE 0 END AS aantal,
           CASE WHEN status = 'vastgesteld' THEN bedrag_cent ELSE 0 END AS cent
        INTO verwacht FROM public.bijdrageronde JOIN public.omslag USING (fonds, jaar)
        WHERE fonds = NEW.fonds AND jaar = NEW.jaar;
    SELECT count(*) AS aantal, coalesce(sum(bedrag_cent), 0) AS cent
        INTO gevonden FROM public.bijdrage WHERE fonds = NEW.fonds AND jaar = NEW.jaar;
    IF verwacht.aantal <> gevonden.aantal OR verwacht.cent <> gevonden.cent THEN
        RAISE EXCEPTION 'bijdragen %-%: % van samen % cent, verwacht % van samen %', NEW.fonds, NEW.jaar,
            gevonden.aantal, gevonden.cent, verwacht.aantal, verwacht.cent
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bijdrageronde_klopt AFTER INSERT OR UPDATE ON bijdrageronde DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_bijdrageronde();
CREATE CONSTRAINT TRIGGER bijdrage_klopt AFTER INSERT ON bijdrage DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_bijdrageronde();

REVOKE ALL ON omslag FROM fonds_api;
GRANT SELECT ON omslag TO fonds_api;
REVOKE ALL ON bijdrageronde FROM fonds_api;
GRANT SELECT, INSERT, UPDATE ON bijdrageronde TO fonds_api;
CREATE TRIGGER bijdrage_bevroren BEFORE UPDATE OR DELETE ON bijdrage FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER bijdrage_niet_legen BEFORE TRUNCATE ON bijdrage FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON bijdrage FROM fonds_api;
GRANT SELECT, INSERT ON bijdrage TO fonds_api;

INSERT INTO omslag (fonds, jaar, bedrag_cent, indeling, peildatum, besluit, bronvermelding) VALUES
    ('ggu', 2020, 5230000000, '2020-01-01', '2020-01-01',
        'De omvang van het Fonds GGU blijft in 2020 ongewijzigd: 52,3 mln. euro incl. BTW; '
        'alle gemeenten dragen naar rato van het aantal inwoners bij.',
        'VNG, Meerjarenprogramma Gezamenlijke Gemeentelijke Uitvoering 2020-2024, Financiële basis');

-- Settings have versions: a change is a new row, and what an old invoice rested on stays there to be seen.
CREATE TABLE verkopergegevens (
    aanbieder text REFERENCES aanbieder, versie integer CHECK (versie > 0),
    vanaf date NOT NULL CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'),
    naam text NOT NULL, kvk text NOT NULL CHECK (kvk ~ '^[0-9]{8}$'), oin text CHECK (oin ~ '^[0-9]{20}$'),
    btw_id text CHECK (btw_id ~ '^NL[0-9]{9}B[0-9]{2}$'), iban text, straat text NOT NULL, postcode text NOT NULL,
    plaats text NOT NULL, email text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (aanbieder, versie));
CREATE TABLE btw_behandeling (
    verkoper text REFERENCES aanbieder, dienst text REFERENCES dienst, versie integer CHECK (versie > 0),
    vanaf date NOT NULL CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'),
    categorie text NOT NULL CHECK (categorie IN ('S', 'E', 'O', 'niet-vastgesteld')),
    percentage numeric(4, 2) NOT NULL CHECK (percentage BETWEEN 0 AND 99.99),
    tekst text, bron text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (verkoper, dienst, versie),
    CHECK ((categorie = 'S') = (percentage > 0)),
    CHECK ((categorie IN ('E', 'O')) = (tekst IS NOT NULL)));
CREATE TABLE factuurgegevens (
    gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'), versie integer CHECK (versie > 0),
    profiel text NOT NULL CHECK (profiel IN ('peppol', 'nlcius')),
    naam text NOT NULL, oin text NOT NULL CHECK (oin ~ '^[0-9]{20}$'),
    straat text NOT NULL, postcode text NOT NULL, plaats text NOT NULL,
    kenmerk_afnemer text, ordernummer text, contract text, kostenplaats text,
    taakveld text CHECK (taakveld ~ '^[0-9]\.[0-9]{1,3}$'), email text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (gemeentecode, versie), CHECK (coalesce(kenmerk_afnemer, ordernummer) IS NOT NULL));

-- A year may have more invoices of a gemeente: the first, and each that corrects the one before it.
ALTER TABLE factuur ADD COLUMN vervangt text REFERENCES factuur, ADD COLUMN reden text;
ALTER TABLE factuur DROP CONSTRAINT factuur_jaar_gemeentecode_key, DROP CONSTRAINT factuur_jaar_abonnement_key,
    ADD CONSTRAINT factuur_vervangt_key UNIQUE (vervangt),
    ADD CONSTRAINT factuur_vervangt_check CHECK ((vervangt IS NULL) = (reden IS NULL) AND vervangt <> nummer),
    ADD CONSTRAINT factuur_reeks_check CHECK (volgnummer < 500000);
CREATE UNIQUE INDEX factuur_eerste_idx ON factuur (jaar, gemeentecode) WHERE vervangt IS NULL;
CREATE INDEX factuur_jaar_abonnement_idx ON factuur (jaar, abonnement);

-- Who sells: the bureau, each foundation, or one for all, from a year on. Every seller has a series of numbers of its own.
CREATE TABLE verkoopwijze (
    vanaf_jaar integer CHECK (vanaf_jaar BETWEEN 2000 AND 2100), versie integer CHECK (versie > 0),
    wijze text NOT NULL CHECK (wijze IN ('bureau', 'stichtingen', 'penvoerder')), penvoerder text REFERENCES aanbieder,
    bron text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (vanaf_jaar, versie), CHECK ((wijze = 'penvoerder') = (penvoerder IS NOT NULL)));
ALTER TABLE aanbieder ADD COLUMN reeks integer UNIQUE CHECK (reeks BETWEEN 0 AND 4);
UPDATE aanbieder SET reeks = CASE code WHEN 'administratiebureau' THEN 0 WHEN 'stichting-akj' THEN 1
    WHEN 'stichting-kindertelefoon' THEN 2 WHEN 'stichting-sensoor' THEN 3 END;
ALTER TABLE aanbieder ALTER COLUMN reeks SET NOT NULL;
ALTER TABLE factuur ADD COLUMN verkoper text NOT NULL DEFAULT 'administratiebureau' REFERENCES aanbieder,
    ADD COLUMN bundel text, DROP CONSTRAINT factuur_bedrag_is_tarief_maal_inwoners_check;
DROP INDEX factuur_eerste_idx;
CREATE UNIQUE INDEX factuur_eerste_idx ON factuur (jaar, gemeentecode, verkoper) WHERE vervangt IS NULL;
CREATE INDEX factuur_bundel_idx ON factuur (bundel);
ALTER TABLE factuurnummering ADD COLUMN verkoper text NOT NULL DEFAULT 'administratiebureau' REFERENCES aanbieder,
    DROP CONSTRAINT factuurnummering_pkey, ADD PRIMARY KEY (jaar, verkoper);
CREATE OR REPLACE FUNCTION factuurnummering_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hoogste bigint := (SELECT laatste FROM public.factuurnummering WHERE (jaar, verkoper) = (NEW.jaar, NEW.verkoper));
    eerste bigint := (SELECT 100000 * reeks FROM public.aanbieder WHERE code = NEW.verkoper);
BEGIN
    IF hoogste <> 0 AND NOT EXISTS (SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = hoogste
                                    AND verkoper = NEW.verkoper)
       OR EXISTS (SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = greatest(hoogste, eerste) + 1) THEN
        RAISE EXCEPTION 'de laatste factuur van % heeft niet nummer %', NEW.jaar, hoogste
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- An invoice in a bundle has the diensten of its seller, and a part of those of the bureau.
CREATE OR REPLACE FUNCTION regel_op_factuur() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.factuur JOIN public.pakketdienst AS deel USING (tariefbesluit, pakket)
                   JOIN public.dienst ON dienst.code = deel.dienst
                   WHERE factuur.nummer = NEW.factuur AND deel.dienst = NEW.dienst
                   AND (factuur.bundel IS NULL OR dienst.aanbieder IN (factuur.verkoper, 'administratiebureau'))) THEN
        RAISE EXCEPTION 'factuur % heeft geen plaats voor een regel %', NEW.factuur, NEW.dienst
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Credit notes have a series of their own per year, from 500001.
CREATE TABLE creditnummering (jaar integer PRIMARY KEY, laatste integer NOT NULL CHECK (laatste BETWEEN 0 AND 499999));
CREATE TABLE creditnota (
    nummer text PRIMARY KEY, jaar integer NOT NULL, volgnummer integer NOT NULL CHECK (volgnummer BETWEEN 1 AND 499999),
    factuur text NOT NULL REFERENCES factuur, gemeentecode text NOT NULL, reden text NOT NULL,
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    vastgesteld_op timestamptz NOT NULL CHECK (isfinite(vastgesteld_op)),
    UNIQUE (jaar, volgnummer), UNIQUE (nummer, factuur), CHECK (nummer = jaar || '-' || (500000 + volgnummer)));
CREATE INDEX creditnota_factuur_idx ON creditnota (factuur);
CREATE INDEX creditnota_gemeentecode_idx ON creditnota (gemeentecode);
CREATE TABLE creditnotaregel (
    creditnota text, factuur text, dienst text, bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    PRIMARY KEY (creditnota, dienst), FOREIGN KEY (creditnota, factuur) REFERENCES creditnota (nummer, factuur),
    FOREIGN KEY (factuur, dienst) REFERENCES factuurregel);
CREATE INDEX creditnotaregel_factuur_idx ON creditnotaregel (factuur, dienst);

-- The lock is the one of payments (factuur/repository.py). What others have committed is seen only at READ COMMITTED.
CREATE FUNCTION creditnotaregel_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'crediteren kan alleen met isolatieniveau READ COMMITTED'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(public.factuurgrendel(NEW.factuur));
    IF (SELECT sum(bedrag_cent) FROM public.creditnotaregel WHERE factuur = NEW.factuur AND dienst = NEW.dienst)
       > (SELECT bedrag_cent FROM public.factuurregel WHERE factuur = NEW.factuur AND dienst = NEW.dienst) THEN
        RAISE EXCEPTION 'van factuur % is meer gecrediteerd dan haar regel %', NEW.factuur, NEW.dienst
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (SELECT bedrag_cent FROM public.creditnota WHERE nummer = NEW.creditnota)
       IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM public.creditnotaregel WHERE creditnota = NEW.creditnota) THEN
        RAISE EXCEPTION 'creditnota % is niet de som van haar regels', NEW.creditnota
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER creditnotaregel_past AFTER INSERT ON creditnotaregel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION creditnotaregel_past();
CREATE FUNCTION creditnota_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.factuur WHERE nummer = NEW.factuur AND factuurdatum <= NEW.datum
                         AND (jaar, gemeentecode) = (NEW.jaar, NEW.gemeentecode))
            THEN 'past niet bij haar factuur'
        WHEN NEW.volgnummer <> 1 AND NOT EXISTS (
            SELECT FROM public.creditnota WHERE jaar = NEW.jaar AND volgnummer = NEW.volgnummer - 1)
            OR NOT EXISTS (SELECT FROM public.creditnummering WHERE jaar = NEW.jaar AND laatste >= NEW.volgnummer)
            THEN 'volgt niet op het nummer ervoor'
        WHEN NEW.bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM public.creditnotaregel WHERE creditnota = NEW.nummer)
            THEN 'is niet de som van haar regels'
        WHEN NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/creditnotas/' || NEW.nummer
                         AND bron = 'fonds' AND pad = '/v1/boekingen')
            THEN 'heeft geen boeking die onderweg is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'creditnota % %', NEW.nummer, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER creditnota_klopt AFTER INSERT ON creditnota DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION creditnota_klopt();
CREATE FUNCTION creditnummering_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE hoogste bigint := (SELECT laatste FROM public.creditnummering WHERE jaar = NEW.jaar);
BEGIN
    IF hoogste <> 0 AND NOT EXISTS (SELECT FROM public.creditnota WHERE jaar = NEW.jaar AND volgnummer = hoogste)
       OR EXISTS (SELECT FROM public.creditnota WHERE jaar = NEW.jaar AND volgnummer = hoogste + 1) THEN
        RAISE EXCEPTION 'de laatste creditnota van % heeft niet nummer %', NEW.jaar, hoogste
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER creditnummering_klopt AFTER INSERT OR UPDATE ON creditnummering DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION creditnummering_klopt();
CREATE TRIGGER creditnummering_blijft BEFORE DELETE ON creditnummering FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER creditnummering_niet_legen BEFORE TRUNCATE ON creditnummering FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON creditnummering FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE (laatste) ON creditnummering TO abonnement_api;

-- `bedrag_cent` is what is to be paid: the line without what was credited. Less than what was paid, if it was credited after that.
DROP VIEW factuurregelstand;
CREATE VIEW factuurregelstand AS
    SELECT factuur, dienst, gefactureerd_cent - gecrediteerd_cent AS bedrag_cent, betaald_cent,
           gefactureerd_cent, gecrediteerd_cent
    FROM (SELECT regel.factuur, regel.dienst, regel.bedrag_cent AS gefactureerd_cent,
                 coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS toewijzing
                           WHERE toewijzing.factuur = regel.factuur AND toewijzing.dienst = regel.dienst), 0)::bigint
                     AS betaald_cent,
                 coalesce((SELECT sum(bedrag_cent) FROM creditnotaregel AS krediet
                           WHERE krediet.factuur = regel.factuur AND krediet.dienst = regel.dienst), 0)::bigint
                     AS gecrediteerd_cent
          FROM factuurregel AS regel) AS stand;
REVOKE ALL ON factuurregelstand FROM abonnement_api;
GRANT SELECT ON factuurregelstand TO abonnement_api;

-- What was sent, byte for byte. The database recalculates the hashes.
CREATE TABLE factuurstuk (
    nummer text PRIMARY KEY, profiel text NOT NULL CHECK (profiel IN ('peppol', 'nlcius')),
    ubl bytea NOT NULL, ubl_sha256 text NOT NULL, pdf bytea NOT NULL, pdf_sha256 text NOT NULL,
    controle jsonb NOT NULL CHECK (jsonb_typeof(controle) = 'object'), bewaren_tot date NOT NULL,
    opgemaakt_op timestamptz NOT NULL CHECK (isfinite(opgemaakt_op)),
    CHECK (ubl_sha256 = encode(sha256(ubl), 'hex')), CHECK (pdf_sha256 = encode(sha256(pdf), 'hex')));
ALTER TABLE factuurstuk ALTER COLUMN pdf SET STORAGE EXTERNAL;

CREATE FUNCTION stuk_van_factuur() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE datum date := (
        SELECT factuurdatum FROM public.factuur WHERE nummer = NEW.nummer
        UNION ALL SELECT creditnota.datum FROM public.creditnota WHERE nummer = NEW.nummer);
BEGIN
    -- Seven years after the end of the year in which it was sent.
    IF datum IS NULL OR NEW.bewaren_tot IS DISTINCT FROM make_date(extract(year FROM datum)::integer + 8, 1, 1) THEN
        RAISE EXCEPTION 'stuk % hoort bij geen factuur, of wordt niet zeven jaar bewaard', NEW.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factuurstuk_van_factuur BEFORE INSERT ON factuurstuk FOR EACH ROW EXECUTE FUNCTION stuk_van_factuur();

CREATE VIEW op_te_maken AS SELECT nummer FROM (SELECT nummer FROM factuur UNION ALL SELECT nummer FROM creditnota) AS alle
    WHERE NOT EXISTS (SELECT FROM factuurstuk WHERE factuurstuk.nummer = alle.nummer);
REVOKE ALL ON op_te_maken FROM abonnement_api;
GRANT SELECT ON op_te_maken TO abonnement_api;

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['verkopergegevens', 'btw_behandeling', 'factuurgegevens', 'factuurstuk', 'creditnota', 'creditnotaregel', 'verkoopwijze'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;

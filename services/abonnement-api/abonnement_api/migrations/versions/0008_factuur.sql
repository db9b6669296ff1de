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
DECLARE datum date := (SELECT factuurdatum FROM public.factuur WHERE nummer = NEW.nummer);
BEGIN
    -- Seven years after the end of the year in which it was sent.
    IF datum IS NULL OR NEW.bewaren_tot IS DISTINCT FROM make_date(extract(year FROM datum)::integer + 8, 1, 1) THEN
        RAISE EXCEPTION 'stuk % hoort bij geen factuur, of wordt niet zeven jaar bewaard', NEW.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factuurstuk_van_factuur BEFORE INSERT ON factuurstuk FOR EACH ROW EXECUTE FUNCTION stuk_van_factuur();

CREATE VIEW op_te_maken AS SELECT nummer FROM factuur
    WHERE NOT EXISTS (SELECT FROM factuurstuk WHERE factuurstuk.nummer = factuur.nummer);
REVOKE ALL ON op_te_maken FROM abonnement_api;
GRANT SELECT ON op_te_maken TO abonnement_api;

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['verkopergegevens', 'btw_behandeling', 'factuurgegevens', 'factuurstuk'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;

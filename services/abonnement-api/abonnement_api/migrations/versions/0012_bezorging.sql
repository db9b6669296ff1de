-- How a gemeente wants its documents, from a day on. A change is a new version.
CREATE TABLE bezorgwijze (
    gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'), versie integer CHECK (versie > 0),
    vanaf date NOT NULL CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'),
    wijze text NOT NULL CHECK (wijze IN ('ophalen', 'email', 'toegangspunt')),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), PRIMARY KEY (gemeentecode, versie));

-- What happened to a document on its way, in order. `bericht` identifies an attempt, also outside.
CREATE TABLE bezorgstap (
    nummer text REFERENCES factuurstuk, volgnummer integer CHECK (volgnummer > 0),
    stap text NOT NULL CHECK (stap IN ('aangeboden', 'bezorgd', 'geweigerd', 'opnieuw')),
    wijze text NOT NULL CHECK (wijze IN ('ophalen', 'email', 'toegangspunt')), bericht uuid NOT NULL,
    kenmerk text, reden text, rol text, peer_id text, op timestamptz NOT NULL CHECK (isfinite(op)),
    PRIMARY KEY (nummer, volgnummer), CHECK ((stap IN ('geweigerd', 'opnieuw')) = (reden IS NOT NULL)),
    CHECK ((rol IS NULL) = (peer_id IS NULL)), CHECK (stap <> 'aangeboden' OR wijze <> 'ophalen'));

CREATE FUNCTION bezorgstap_volgt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE vorige public.bezorgstap;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('bezorging ' || NEW.nummer, 0));
    SELECT * INTO vorige FROM public.bezorgstap WHERE nummer = NEW.nummer ORDER BY volgnummer DESC LIMIT 1;
    IF NEW.volgnummer <> coalesce(vorige.volgnummer, 0) + 1
       OR NOT (CASE coalesce(vorige.stap, 'opnieuw')
            WHEN 'opnieuw' THEN NEW.stap = 'aangeboden' OR NEW.stap IN ('bezorgd', 'geweigerd') AND NEW.wijze = 'ophalen'
            WHEN 'aangeboden' THEN NEW.stap IN ('bezorgd', 'geweigerd', 'opnieuw')
            WHEN 'bezorgd' THEN NEW.stap IN ('geweigerd', 'opnieuw')
            ELSE NEW.stap = 'opnieuw' END)
       OR vorige.stap <> 'opnieuw' AND NEW.wijze <> vorige.wijze
       OR (NEW.stap = 'opnieuw') = (NEW.bericht IS NOT DISTINCT FROM vorige.bericht) AND vorige.nummer IS NOT NULL THEN
        RAISE EXCEPTION 'stap % (%) van stuk % volgt niet op %', NEW.volgnummer, NEW.stap, NEW.nummer, vorige.stap
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bezorgstap_volgt BEFORE INSERT ON bezorgstap FOR EACH ROW EXECUTE FUNCTION bezorgstap_volgt();

CREATE VIEW bezorgstand AS
    SELECT alle.nummer, alle.soort, alle.jaar, alle.gemeentecode, alle.betaler, alle.datum, alle.bedrag_cent,
           CASE WHEN stuk.nummer IS NULL THEN 'niet-opgemaakt' ELSE coalesce(laatste.stap, 'te-bezorgen') END AS status,
           stuk.ubl_sha256, stuk.opgemaakt_op, coalesce(stuk.controle -> 'fouten', '[]') AS fouten, coalesce(laatste.volgnummer, 0) AS volgnummer,
           laatste.wijze AS gekozen, laatste.bericht, coalesce(laatste.op, stuk.opgemaakt_op) AS sinds
    FROM (SELECT nummer, 'factuur' AS soort, jaar, gemeentecode, betaler, factuurdatum AS datum, bedrag_cent FROM factuur
          UNION ALL SELECT creditnota.nummer, 'creditnota', creditnota.jaar, creditnota.gemeentecode, factuur.betaler,
                           creditnota.datum, creditnota.bedrag_cent
                    FROM creditnota JOIN factuur ON factuur.nummer = creditnota.factuur) AS alle
    LEFT JOIN factuurstuk AS stuk ON stuk.nummer = alle.nummer
    LEFT JOIN LATERAL (SELECT * FROM bezorgstap WHERE bezorgstap.nummer = alle.nummer ORDER BY volgnummer DESC LIMIT 1)
        AS laatste ON true;
REVOKE ALL ON bezorgstand FROM abonnement_api;
GRANT SELECT ON bezorgstand TO abonnement_api;

-- The ladder of reminders, from a day on; no step ever stops a dienst.
CREATE TABLE herinneringsbeleid (
    vanaf date CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'), versie integer CHECK (versie > 0),
    stappen jsonb NOT NULL CHECK (jsonb_typeof(stappen) = 'array' AND jsonb_array_length(stappen) BETWEEN 1 AND 10),
    rentepercentage numeric(4, 2) CHECK (rentepercentage > 0), kosten_cent bigint CHECK (kosten_cent > 0),
    gevolg_voor_diensten text NOT NULL DEFAULT 'geen' CHECK (gevolg_voor_diensten = 'geen'),
    bron text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), PRIMARY KEY (vanaf, versie));
INSERT INTO herinneringsbeleid (vanaf, versie, stappen, bron, vastgelegd_op) VALUES ('2000-01-01', 1, '[
    {"naam": "Betaalherinnering", "dagen": 14, "betalen_binnen_dagen": 14,
     "tekst": "Misschien is onze factuur aan uw aandacht ontsnapt. Wilt u haar alsnog betalen? Is uw betaling al onderweg, dan hoeft u niets te doen."},
    {"naam": "Tweede betaalherinnering", "dagen": 21, "betalen_binnen_dagen": 14,
     "tekst": "Wij hebben u eerder een herinnering gestuurd, en zien nog geen betaling. Wilt u haar nu betalen? Klopt er iets niet, of lukt betalen nu niet, laat het ons dan weten; dan zoeken wij samen een oplossing."},
    {"naam": "Aanmaning", "dagen": 21, "betalen_binnen_dagen": 14,
     "tekst": "Ondanks twee herinneringen hebben wij geen betaling ontvangen. Wij vragen u dringend om te betalen, of contact met ons op te nemen."}
    ]', 'Standaard van deze dienst', '2000-01-01T00:00:00Z');

-- A letter: what it says, and the invoices that it is about.
CREATE TABLE herinnering (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    gemeentecode text NOT NULL, betaler text, stap integer NOT NULL CHECK (stap BETWEEN 1 AND 10),
    dag date NOT NULL CHECK (dag BETWEEN '2000-01-01' AND '2100-12-31'),
    brief jsonb NOT NULL CHECK (jsonb_typeof(brief) = 'object'), gemaakt_op timestamptz NOT NULL CHECK (isfinite(gemaakt_op)),
    UNIQUE (id, stap, dag));
CREATE INDEX herinnering_gemeentecode_idx ON herinnering (gemeentecode);
CREATE TABLE herinneringsregel (
    herinnering uuid NOT NULL, factuur text REFERENCES factuur, volgnummer integer CHECK (volgnummer > 0),
    stap integer NOT NULL, dag date NOT NULL, open_cent bigint NOT NULL CHECK (open_cent > 0), PRIMARY KEY (factuur, volgnummer),
    UNIQUE (herinnering, factuur), FOREIGN KEY (herinnering, stap, dag) REFERENCES herinnering (id, stap, dag));

-- Why an invoice is not reminded of for a while.
CREATE TABLE aanhouding (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE, factuur text NOT NULL REFERENCES factuur,
    gemeentecode text NOT NULL, soort text NOT NULL CHECK (soort IN ('betwist', 'betalingsregeling')),
    vanaf date NOT NULL CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'),
    tot_en_met date CHECK (tot_en_met BETWEEN vanaf AND '2100-12-31'), toelichting text NOT NULL, rol text NOT NULL,
    peer_id text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    CHECK (soort = 'betwist' OR tot_en_met IS NOT NULL));
CREATE INDEX aanhouding_factuur_idx ON aanhouding (factuur);
CREATE TABLE opheffing (
    aanhouding uuid PRIMARY KEY REFERENCES aanhouding, dag date NOT NULL CHECK (dag BETWEEN '2000-01-01' AND '2100-12-31'),
    toelichting text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));

-- `heropend`: the last day on which money went from the invoice again. `laatste_dag` and `laatste_stap`: of the last reminder.
CREATE VIEW achterstand AS
    SELECT factuur.nummer, factuur.jaar, factuur.gemeentecode, factuur.gemeentenaam, factuur.betaler, factuur.verkoper, factuur.vervaldatum,
           factuur.betalingskenmerk, stand.open_cent, coalesce(laatste.stap, 0) AS laatste_stap, laatste.dag AS laatste_dag,
           coalesce(laatste.volgnummer, 0) AS aantal,
           (SELECT max(boekdatum) FROM toewijzingstand AS terug WHERE terug.factuur = factuur.nummer AND terug.bedrag_cent < 0)
               AS heropend
    FROM factuur
    JOIN LATERAL (SELECT sum(bedrag_cent - betaald_cent)::bigint AS open_cent FROM factuurregelstand
                  WHERE factuurregelstand.factuur = factuur.nummer) AS stand ON stand.open_cent > 0
    LEFT JOIN LATERAL (SELECT stap, dag, volgnummer FROM herinneringsregel WHERE herinneringsregel.factuur = factuur.nummer
                       ORDER BY volgnummer DESC LIMIT 1) AS laatste ON true;
REVOKE ALL ON achterstand FROM abonnement_api;
GRANT SELECT ON achterstand TO abonnement_api;

CREATE FUNCTION herinneringsregel_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.achterstand;
BEGIN
    PERFORM pg_advisory_xact_lock(public.factuurgrendel(NEW.factuur));
    SELECT * INTO deze FROM public.achterstand WHERE nummer = NEW.factuur;
    IF deze.open_cent IS DISTINCT FROM NEW.open_cent OR NEW.dag <= deze.vervaldatum OR NEW.volgnummer <> deze.aantal + 1
       OR NEW.dag <= deze.laatste_dag OR NEW.stap > deze.laatste_stap + 1
       OR NOT EXISTS (SELECT FROM public.herinnering WHERE id = NEW.herinnering AND gemeentecode = deze.gemeentecode
                      AND betaler IS NOT DISTINCT FROM deze.betaler)
       OR EXISTS (SELECT FROM public.aanhouding LEFT JOIN public.opheffing ON opheffing.aanhouding = aanhouding.id
                  WHERE aanhouding.factuur = NEW.factuur AND NEW.dag >= aanhouding.vanaf
                  AND (aanhouding.tot_en_met IS NULL OR NEW.dag <= aanhouding.tot_en_met)
                  AND (opheffing.dag IS NULL OR NEW.dag < opheffing.dag)) THEN
        RAISE EXCEPTION 'factuur % is nu niet aan herinnering % toe', NEW.factuur, NEW.stap
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER herinneringsregel_past BEFORE INSERT ON herinneringsregel FOR EACH ROW EXECUTE FUNCTION herinneringsregel_past();
CREATE FUNCTION herinnering_heeft_regels() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.herinneringsregel WHERE herinnering = NEW.id) THEN
        RAISE EXCEPTION 'herinnering % gaat over niets', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER herinnering_heeft_regels AFTER INSERT ON herinnering DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION herinnering_heeft_regels();
CREATE FUNCTION aanhouding_van_gemeente() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.gemeentecode IS DISTINCT FROM (SELECT gemeentecode FROM public.factuur WHERE nummer = NEW.factuur) THEN
        RAISE EXCEPTION 'factuur % is niet van %', NEW.factuur, NEW.gemeentecode
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aanhouding_van_gemeente BEFORE INSERT ON aanhouding FOR EACH ROW EXECUTE FUNCTION aanhouding_van_gemeente();

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['bezorgwijze', 'bezorgstap', 'herinneringsbeleid', 'herinnering', 'herinneringsregel', 'aanhouding', 'opheffing'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
REVOKE INSERT ON herinneringsbeleid FROM abonnement_api;
GRANT INSERT (vanaf, versie, stappen, rentepercentage, kosten_cent, bron, vastgelegd_op) ON herinneringsbeleid TO abonnement_api;
REVOKE ALL ON SEQUENCE herinnering_volgnummer_seq, aanhouding_volgnummer_seq FROM abonnement_api;

SET LOCAL statement_timeout = '2s';
LOCK TABLE bankafschrift, betaling, betalingstoewijzing, verdeelde_toewijzing IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- The bank counts again every year, or not at all: what a statement is, its content says.
ALTER TABLE bankafschrift DROP CONSTRAINT bankafschrift_iban_afschriftnummer_key;
ALTER TABLE bankafschrift ADD COLUMN formaat text CHECK (formaat IN ('camt.053', 'mt940')),
    ADD COLUMN reeksnummer bigint CHECK (reeksnummer > 0), ADD COLUMN pagina bigint CHECK (pagina > 0),
    ADD COLUMN onverklaard_cent bigint NOT NULL DEFAULT 0, ADD COLUMN opmerkingen jsonb NOT NULL DEFAULT '[]';
CREATE UNIQUE INDEX bankafschrift_inhoud_idx ON bankafschrift (iban, vingerafdruk, afschriftnummer);
CREATE INDEX bankafschrift_dagen_idx ON bankafschrift (iban, einddag, begindag);
ALTER TABLE bankafschrift
    ADD CONSTRAINT bankafschrift_dagen_check CHECK (
        begindag BETWEEN '2000-01-01' AND '2100-12-31' AND einddag BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
GRANT INSERT (formaat, reeksnummer, pagina, onverklaard_cent, opmerkingen) ON bankafschrift TO abonnement_api;

ALTER TABLE betaling DROP CONSTRAINT betaling_iban_bankreferentie_key;
ALTER TABLE betaling ALTER COLUMN bankreferentie DROP NOT NULL;
ALTER TABLE betaling ADD COLUMN eindnaareind text, ADD COLUMN opdracht text, ADD COLUMN saldo_voor_cent bigint,
    ADD COLUMN soort text NOT NULL DEFAULT 'gewoon' CHECK (soort IN ('gewoon', 'retour', 'kosten')),
    ADD COLUMN twijfel text;
CREATE INDEX betaling_iban_boekdatum_idx ON betaling (iban, boekdatum);
CREATE INDEX betaling_tegenrekening_idx ON betaling (tegenrekening);
CREATE INDEX betaling_eindnaareind_idx ON betaling (eindnaareind) WHERE eindnaareind IS NOT NULL;

CREATE TABLE afschrijving (
    id uuid PRIMARY KEY, bankafschrift uuid NOT NULL REFERENCES bankafschrift, volgnummer integer NOT NULL, iban text NOT NULL,
    bankreferentie text, boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0), tegenrekening text, naam text, kenmerk text,
    omschrijving text NOT NULL, eindnaareind text, opdracht text, saldo_voor_cent bigint NOT NULL,
    soort text NOT NULL CHECK (soort IN ('gewoon', 'retour', 'kosten')), twijfel text, UNIQUE (bankafschrift, volgnummer));
CREATE INDEX afschrijving_iban_boekdatum_idx ON afschrijving (iban, boekdatum);

-- What happens to a receipt after its statement was read. `bedrag_cent`: what of the debit concerns this receipt.
CREATE TABLE koppeling (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY, betaling uuid NOT NULL REFERENCES betaling,
    soort text NOT NULL CHECK (soort IN ('met_de_hand', 'later', 'ongedaan', 'retour', 'terugbetaling')),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    afschrijving uuid REFERENCES afschrijving, bedrag_cent bigint NOT NULL DEFAULT 0 CHECK (bedrag_cent >= 0),
    toelichting text, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    CHECK ((soort IN ('retour', 'terugbetaling')) = (afschrijving IS NOT NULL)),
    CHECK ((afschrijving IS NOT NULL) = (bedrag_cent > 0)));
CREATE INDEX koppeling_betaling_idx ON koppeling (betaling);
CREATE INDEX koppeling_afschrijving_idx ON koppeling (afschrijving) WHERE afschrijving IS NOT NULL;

ALTER TABLE verdeelde_toewijzing DROP CONSTRAINT verdeelde_toewijzing_betaling_factuur_dienst_fkey;
ALTER TABLE verdeelde_toewijzing DROP CONSTRAINT verdeelde_toewijzing_pkey;
ALTER TABLE betalingstoewijzing DROP CONSTRAINT betalingstoewijzing_pkey;
ALTER TABLE betalingstoewijzing DROP CONSTRAINT betalingstoewijzing_bedrag_cent_check;
ALTER TABLE betalingstoewijzing ADD COLUMN koppeling uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE verdeelde_toewijzing ADD COLUMN koppeling uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE betalingstoewijzing ADD PRIMARY KEY (betaling, factuur, dienst, koppeling);
ALTER TABLE betalingstoewijzing ADD CHECK (
    bedrag_cent > 0 OR bedrag_cent < 0 AND koppeling <> '00000000-0000-0000-0000-000000000000');
ALTER TABLE verdeelde_toewijzing ADD PRIMARY KEY (betaling, factuur, dienst, koppeling);
ALTER TABLE verdeelde_toewijzing ADD FOREIGN KEY (betaling, factuur, dienst, koppeling) REFERENCES betalingstoewijzing;
CREATE INDEX betalingstoewijzing_koppeling_idx ON betalingstoewijzing (koppeling);

CREATE OR REPLACE VIEW betalingstand AS
    SELECT id AS betaling, bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS toewijzing
                     WHERE toewijzing.betaling = betaling.id), 0)::bigint AS gekoppeld_cent,
           coalesce((SELECT sum(bedrag_cent) FROM koppeling WHERE koppeling.betaling = betaling.id), 0)::bigint AS terug_cent
    FROM betaling;
CREATE VIEW afschrijvingstand AS
    SELECT id AS afschrijving, bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM koppeling WHERE koppeling.afschrijving = afschrijving.id), 0)::bigint
               AS verklaard_cent
    FROM afschrijving;
CREATE OR REPLACE VIEW toewijzingstand AS
    SELECT toewijzing.betaling, toewijzing.factuur, toewijzing.dienst, toewijzing.bedrag_cent,
           coalesce(koppeling.datum, betaling.boekdatum) AS boekdatum, factuur.jaar, verdeeld.verdeling, toewijzing.koppeling
    FROM betalingstoewijzing AS toewijzing
    JOIN betaling ON betaling.id = toewijzing.betaling
    JOIN factuur ON factuur.nummer = toewijzing.factuur
    LEFT JOIN koppeling ON koppeling.id = toewijzing.koppeling
    LEFT JOIN verdeelde_toewijzing AS verdeeld ON (verdeeld.betaling, verdeeld.factuur, verdeeld.dienst, verdeeld.koppeling)
        = (toewijzing.betaling, toewijzing.factuur, toewijzing.dienst, toewijzing.koppeling);

-- Set by set: a statement may bring tens of thousands of receipts, each of which pays several lines.
DROP TRIGGER betaling_op_afschrift ON betaling;
CREATE OR REPLACE FUNCTION betaling_op_afschrift() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE welk uuid;
BEGIN
    SELECT nieuw.bankafschrift INTO welk FROM nieuw
        LEFT JOIN public.bankafschrift AS stuk ON (stuk.id, stuk.iban) = (nieuw.bankafschrift, nieuw.iban)
        LEFT JOIN public.afgesloten ON afgesloten.onderwerp = '/v1/bankafschriften/' || nieuw.bankafschrift
        WHERE stuk.id IS NULL OR afgesloten.onderwerp IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'bankafschrift % krijgt er niets meer bij', welk USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER betaling_op_afschrift AFTER INSERT ON betaling REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION betaling_op_afschrift();
CREATE TRIGGER afschrijving_op_afschrift AFTER INSERT ON afschrijving REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION betaling_op_afschrift();

DROP TRIGGER betalingstoewijzing_van_betaling ON betalingstoewijzing;
DROP FUNCTION toewijzing_van_betaling();
DROP TRIGGER betalingstoewijzing_past ON betalingstoewijzing;
CREATE OR REPLACE FUNCTION toewijzing_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE welke uuid; waaraan text;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'toewijzen kan alleen met isolatieniveau READ COMMITTED'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT nieuw.betaling, nieuw.factuur INTO welke, waaraan FROM nieuw
        LEFT JOIN public.betaling ON betaling.id = nieuw.betaling AND betaling.factuur = nieuw.factuur
            AND nieuw.koppeling = '00000000-0000-0000-0000-000000000000'
        LEFT JOIN public.koppeling ON (koppeling.id, koppeling.betaling) = (nieuw.koppeling, nieuw.betaling)
        LEFT JOIN public.afgesloten ON afgesloten.onderwerp = coalesce(
            '/v1/koppelingen/' || koppeling.id, '/v1/bankafschriften/' || betaling.bankafschrift)
        WHERE betaling.id IS NULL AND koppeling.id IS NULL OR afgesloten.onderwerp IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'betaling % krijgt er geen toewijzing aan % bij', welke, waaraan
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(sleutel) FROM (
        SELECT DISTINCT public.factuurgrendel(factuur) AS sleutel FROM nieuw ORDER BY 1 OFFSET 0) AS grendels;
    SELECT stand.betaling INTO welke FROM (SELECT DISTINCT betaling FROM nieuw) AS eigen
        JOIN public.betalingstand AS stand USING (betaling)
        WHERE gekoppeld_cent NOT BETWEEN 0 AND bedrag_cent LIMIT 1;
    IF NOT FOUND THEN
        SELECT nieuw.betaling INTO welke FROM nieuw JOIN public.factuurregelstand AS stand USING (factuur, dienst)
            WHERE stand.betaald_cent < 0 OR stand.betaald_cent > stand.bedrag_cent AND nieuw.bedrag_cent > 0 LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'betaling % is meer toegewezen dan past', welke USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- A lock for each of some invoices together: a lock for each would need more than the database has room for.
CREATE FUNCTION factuurgrendel(nummer text) RETURNS bigint LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT hashtextextended('factuur', (hashtextextended(nummer, 0) & 1023));
$$;
CREATE TRIGGER betalingstoewijzing_past AFTER INSERT ON betalingstoewijzing REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION toewijzing_past();

CREATE OR REPLACE FUNCTION betaling_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.factuur IS NOT NULL
       AND (SELECT gekoppeld_cent + terug_cent FROM public.betalingstand WHERE betaling = NEW.id) < NEW.bedrag_cent
       AND EXISTS (SELECT FROM public.factuurregelstand WHERE factuur = NEW.factuur AND betaald_cent < bedrag_cent)
       AND NOT EXISTS (SELECT FROM public.betalingstoewijzing AS toewijzing
                       WHERE toewijzing.factuur = NEW.factuur AND toewijzing.bedrag_cent < 0) THEN
        RAISE EXCEPTION 'betaling % heeft geld over terwijl factuur % openstaat', NEW.id, NEW.factuur
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/betalingen/' || NEW.id
                   AND bron = 'fonds' AND pad = '/v1/boekingen') THEN
        RAISE EXCEPTION 'betaling % heeft geen boeking die onderweg is', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION afschrijving_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/afschrijvingen/' || NEW.id
                   AND bron = 'fonds' AND pad = '/v1/boekingen') THEN
        RAISE EXCEPTION 'afschrijving % heeft geen boeking die onderweg is', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER afschrijving_klopt AFTER INSERT ON afschrijving DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION afschrijving_klopt();

-- At commit; then it is closed. Its lock keeps two events of one receipt or debit, written past the service, apart.
CREATE FUNCTION sluit_koppeling() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('bankrekening ' || iban, 0)) FROM public.betaling WHERE id = NEW.betaling;
    SELECT CASE
        WHEN (SELECT gekoppeld_cent + terug_cent > bedrag_cent FROM public.betalingstand WHERE betaling = NEW.betaling)
            THEN 'geeft meer uit dan de betaling'
        WHEN (SELECT verklaard_cent > bedrag_cent FROM public.afschrijvingstand WHERE afschrijving = NEW.afschrijving)
            THEN 'gaat over meer dan de afschrijving'
        WHEN NEW.afschrijving IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.afschrijving AS af JOIN public.betaling AS bij ON bij.iban = af.iban
            WHERE af.id = NEW.afschrijving AND bij.id = NEW.betaling) THEN 'gaat over twee rekeningen'
        WHEN NEW.soort IN ('met_de_hand', 'later') AND NOT EXISTS (
            SELECT FROM public.betalingstoewijzing WHERE koppeling = NEW.id)
            OR NEW.soort IN ('met_de_hand', 'later') AND EXISTS (
            SELECT FROM public.betalingstoewijzing WHERE koppeling = NEW.id AND bedrag_cent < 0)
            OR NEW.soort NOT IN ('met_de_hand', 'later') AND EXISTS (
            SELECT FROM public.betalingstoewijzing WHERE koppeling = NEW.id AND bedrag_cent > 0)
            THEN 'wijst niet toe wat zij zegt'
        WHEN EXISTS (SELECT FROM public.betalingstoewijzing WHERE koppeling = NEW.id) AND NOT EXISTS (
            SELECT FROM public.outbox WHERE onderwerp = '/v1/koppelingen/' || NEW.id
            AND bron = 'fonds' AND pad = '/v1/boekingen') THEN 'heeft geen boeking die onderweg is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'koppeling % %', NEW.id, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/koppelingen/' || NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER koppeling_compleet AFTER INSERT ON koppeling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sluit_koppeling();
REVOKE ALL ON FUNCTION sluit_koppeling() FROM PUBLIC;

CREATE TRIGGER afschrijving_bevroren BEFORE UPDATE OR DELETE ON afschrijving FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER afschrijving_niet_legen BEFORE TRUNCATE ON afschrijving FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON afschrijving FROM abonnement_api;
GRANT SELECT, INSERT ON afschrijving TO abonnement_api;
CREATE TRIGGER koppeling_bevroren BEFORE UPDATE OR DELETE ON koppeling FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER koppeling_niet_legen BEFORE TRUNCATE ON koppeling FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON koppeling FROM abonnement_api;
GRANT SELECT ON koppeling TO abonnement_api;
GRANT INSERT (id, betaling, soort, datum, afschrijving, bedrag_cent, toelichting, vastgelegd_op) ON koppeling TO abonnement_api;
REVOKE ALL ON SEQUENCE koppeling_volgnummer_seq FROM abonnement_api;
REVOKE ALL ON afschrijvingstand FROM abonnement_api;
GRANT SELECT ON afschrijvingstand TO abonnement_api;

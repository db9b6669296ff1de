SET LOCAL statement_timeout = '2s';
LOCK TABLE bankafschrift, betaling, betalingstoewijzing, afschrijving, koppeling, verdeling, verdelingsregel, verdeelde_toewijzing
    IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- A distribution is proposed (what of which dienst), and becomes one when other eyes approve exactly that.
CREATE TABLE verdelingsvoorstel (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    tot date NOT NULL CHECK (tot BETWEEN '2000-01-01' AND '2100-12-31'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0), regels jsonb NOT NULL CHECK (jsonb_typeof(regels) = 'object'),
    delen_sha256 text NOT NULL CHECK (delen_sha256 ~ '^[0-9a-f]{64}$'),
    voorgesteld_op timestamptz NOT NULL CHECK (isfinite(voorgesteld_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK (tot <= (voorgesteld_op AT TIME ZONE 'Europe/Amsterdam')::date + 366));
CREATE TABLE verdelingsbesluit (
    voorstel uuid PRIMARY KEY REFERENCES verdelingsvoorstel, uitkomst text NOT NULL CHECK (uitkomst IN ('vastgesteld', 'afgewezen')),
    reden text, op timestamptz NOT NULL CHECK (isfinite(op)), peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK ((uitkomst = 'afgewezen') = (reden IS NOT NULL)));

CREATE FUNCTION verdelingsbesluit_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.verdelingsvoorstel;
BEGIN
    SELECT * INTO deze FROM public.verdelingsvoorstel WHERE id = NEW.voorstel;
    IF NEW.op < deze.voorgesteld_op OR NEW.uitkomst = 'vastgesteld' AND (
        (NEW.peer_id, NEW.rol) = (deze.peer_id, deze.rol) OR NEW.contract = deze.contract) THEN
        RAISE EXCEPTION 'voorstel % is zo niet vast te stellen: dat doet een ander', NEW.voorstel
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdelingsbesluit_kan BEFORE INSERT ON verdelingsbesluit FOR EACH ROW EXECUTE FUNCTION verdelingsbesluit_kan();
CREATE FUNCTION verdelingsbesluit_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.uitkomst = 'vastgesteld') IS DISTINCT FROM EXISTS (SELECT FROM public.verdeling WHERE id = NEW.voorstel) THEN
        RAISE EXCEPTION 'voorstel % is % en heeft dus % verdeling', NEW.voorstel, NEW.uitkomst,
            CASE NEW.uitkomst WHEN 'vastgesteld' THEN 'een' ELSE 'geen' END USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verdelingsbesluit_klopt AFTER INSERT ON verdelingsbesluit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION verdelingsbesluit_klopt();

-- The lines of an entry on its way to fonds, by rekening.
CREATE FUNCTION boekingsregels(p_onderwerp text) RETURNS TABLE (rekening text, cent bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT regel ->> 'rekening', CAST(sum((regel ->> 'bedragCent')::bigint) AS bigint)
    FROM public.outbox, jsonb_array_elements(inhoud -> 'regels') AS regel
    WHERE onderwerp = p_onderwerp AND bron = 'fonds' AND pad = '/v1/boekingen' GROUP BY 1
$$;

-- As in 0004, and besides: other eyes approved exactly this, its day is not far ahead, and its entry moves these amounts.
CREATE OR REPLACE FUNCTION sluit_verdeling() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.tot > current_date + 366 OR NOT EXISTS (
           SELECT FROM public.verdelingsvoorstel AS voorstel JOIN public.verdelingsbesluit AS besluit ON besluit.voorstel = voorstel.id
           WHERE voorstel.id = NEW.id AND besluit.uitkomst = 'vastgesteld' AND besluit.op = NEW.vastgesteld_op
           AND (voorstel.tot, voorstel.bedrag_cent) = (NEW.tot, NEW.bedrag_cent)
           AND voorstel.regels = (SELECT jsonb_object_agg(dienst, bedrag_cent) FROM public.verdelingsregel
                                  WHERE verdeling = NEW.id)) THEN
        RAISE EXCEPTION 'verdeling % is zo door niemand anders vastgesteld', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM public.verdelingsregel WHERE verdeling = NEW.id)
       OR EXISTS (
           SELECT FROM (SELECT dienst, bedrag_cent FROM public.verdelingsregel WHERE verdeling = NEW.id) AS regel FULL JOIN (
               SELECT dienst, sum(bedrag_cent) AS cent FROM public.toewijzingstand WHERE verdeling = NEW.id
               GROUP BY dienst) AS deel USING (dienst)
           WHERE regel.bedrag_cent IS DISTINCT FROM deel.cent)
       OR EXISTS (SELECT FROM public.toewijzingstand WHERE verdeling = NEW.id AND boekdatum > NEW.tot)
       OR EXISTS (SELECT FROM public.verdelingsregel AS regel JOIN public.dienst ON dienst.code = regel.dienst
                  WHERE regel.verdeling = NEW.id AND regel.aanbieder <> dienst.aanbieder) THEN
        RAISE EXCEPTION 'verdeling % is niet, per dienst en in totaal, de som van wat zij verdeelt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM public.boekingsregels('/v1/verdelingen/' || NEW.id) AS geboekt FULL JOIN (
                   SELECT rekening, cent FROM public.verdelingsregel AS regel JOIN public.dienst ON dienst.code = regel.dienst
                   CROSS JOIN LATERAL (VALUES (rekening_gefactureerd, bedrag_cent), (rekening_af_te_dragen, -bedrag_cent))
                       AS delen (rekening, cent)
                   WHERE regel.verdeling = NEW.id) AS hoort USING (rekening)
               WHERE geboekt.cent IS DISTINCT FROM hoort.cent) THEN
        RAISE EXCEPTION 'verdeling % heeft geen boeking die onderweg is, of een voor andere bedragen', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/verdelingen/' || NEW.id);
    RETURN NULL;
END $$;

-- A payment order: lines that pay out the share of an aanbieder in a distribution, or that give back what is left of a receipt.
CREATE TABLE betaalopdracht (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    soort text NOT NULL CHECK (soort IN ('verdeling', 'terugbetaling')),
    kenmerk text NOT NULL UNIQUE CHECK (kenmerk ~ '^(VERD|TERUG)-[0-9]{8}-[0-9A-F]{10}$'),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), iban text NOT NULL, naam text NOT NULL,
    verzamelboeking boolean NOT NULL, aantal integer NOT NULL CHECK (aantal > 0), bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    voorgesteld_op timestamptz NOT NULL CHECK (isfinite(voorgesteld_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK (datum BETWEEN (voorgesteld_op AT TIME ZONE 'Europe/Amsterdam')::date
           AND (voorgesteld_op AT TIME ZONE 'Europe/Amsterdam')::date + 366));
CREATE TABLE betaalopdrachtregel (
    opdracht uuid REFERENCES betaalopdracht, volgnummer integer CHECK (volgnummer BETWEEN 1 AND 9999),
    eindnaareind text NOT NULL UNIQUE, naam text NOT NULL, iban text NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent BETWEEN 1 AND 99999999999), omschrijving text NOT NULL,
    verdeling uuid REFERENCES verdeling, aanbieder text REFERENCES aanbieder, betaling uuid REFERENCES betaling,
    PRIMARY KEY (opdracht, volgnummer), CHECK ((verdeling IS NULL) = (aanbieder IS NULL)),
    CHECK ((verdeling IS NULL) <> (betaling IS NULL)));
CREATE INDEX betaalopdrachtregel_verdeling_idx ON betaalopdrachtregel (verdeling, aanbieder) WHERE verdeling IS NOT NULL;
CREATE INDEX betaalopdrachtregel_betaling_idx ON betaalopdrachtregel (betaling) WHERE betaling IS NOT NULL;
CREATE TABLE betaalbesluit (
    opdracht uuid PRIMARY KEY REFERENCES betaalopdracht, uitkomst text NOT NULL CHECK (uitkomst IN ('goedgekeurd', 'afgewezen')),
    reden text, op timestamptz NOT NULL CHECK (isfinite(op)), peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK ((uitkomst = 'afgewezen') = (reden IS NOT NULL)));
-- What goes to the bank, byte for byte: made once. The database recalculates the hash.
CREATE TABLE betaalbericht (
    opdracht uuid PRIMARY KEY REFERENCES betaalbesluit, bericht bytea NOT NULL, sha256 text NOT NULL,
    CHECK (sha256 = encode(sha256(bericht), 'hex')));
-- What became of a line: the bank line is back, the bank refused it, or the money came back after that.
CREATE TABLE betaaluitkomst (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE, opdracht uuid NOT NULL, regel integer NOT NULL,
    soort text NOT NULL CHECK (soort IN ('betaald', 'geweigerd', 'retour')),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    afschrijving uuid REFERENCES afschrijving, betaling uuid UNIQUE REFERENCES betaling, toelichting text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    UNIQUE (opdracht, regel, soort), FOREIGN KEY (opdracht, regel) REFERENCES betaalopdrachtregel,
    CHECK ((soort = 'betaald') = (afschrijving IS NOT NULL)), CHECK ((soort = 'retour') = (betaling IS NOT NULL)));
CREATE INDEX betaaluitkomst_afschrijving_idx ON betaaluitkomst (afschrijving) WHERE afschrijving IS NOT NULL;
CREATE INDEX afschrijving_eindnaareind_idx ON afschrijving (eindnaareind) WHERE eindnaareind IS NOT NULL;

CREATE VIEW betaalregelstand AS
    SELECT regel.*, opdracht.soort, opdracht.kenmerk, opdracht.datum, opdracht.iban AS eigen_iban, CASE
        WHEN besluit.uitkomst IS NULL THEN 'voorgesteld' WHEN besluit.uitkomst = 'afgewezen' THEN 'afgewezen'
        WHEN EXISTS (SELECT FROM betaaluitkomst AS u WHERE (u.opdracht, u.regel, u.soort) = (regel.opdracht, regel.volgnummer, 'retour'))
            THEN 'teruggekomen'
        WHEN EXISTS (SELECT FROM betaaluitkomst AS u WHERE (u.opdracht, u.regel, u.soort) = (regel.opdracht, regel.volgnummer, 'betaald'))
            THEN 'betaald'
        WHEN EXISTS (SELECT FROM betaaluitkomst AS u WHERE (u.opdracht, u.regel, u.soort) = (regel.opdracht, regel.volgnummer, 'geweigerd'))
            THEN 'geweigerd' ELSE 'onderweg' END AS stand
    FROM betaalopdrachtregel AS regel JOIN betaalopdracht AS opdracht ON opdracht.id = regel.opdracht
    LEFT JOIN betaalbesluit AS besluit ON besluit.opdracht = regel.opdracht;

-- What a receipt has given back, or is giving back by an order that goes on: nobody else may use that money. A payment of ours that
-- came back is used as well: it is due again to who should have had it.
CREATE OR REPLACE VIEW betalingstand AS
    SELECT id AS betaling, bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS toewijzing
                     WHERE toewijzing.betaling = betaling.id), 0)::bigint AS gekoppeld_cent,
           (coalesce((SELECT sum(bedrag_cent) FROM koppeling WHERE koppeling.betaling = betaling.id), 0)
            + coalesce((SELECT sum(bedrag_cent) FROM betaalregelstand AS regel WHERE regel.betaling = betaling.id
                        AND regel.stand IN ('voorgesteld', 'onderweg')), 0)
            + coalesce((SELECT betaling.bedrag_cent FROM betaaluitkomst AS uitkomst
                        JOIN betaalopdrachtregel AS regel ON (regel.opdracht, regel.volgnummer) = (uitkomst.opdracht, uitkomst.regel)
                        WHERE uitkomst.betaling = betaling.id AND regel.verdeling IS NOT NULL), 0))::bigint AS terug_cent
    FROM betaling;
CREATE OR REPLACE VIEW afschrijvingstand AS
    SELECT id AS afschrijving, bedrag_cent,
           (coalesce((SELECT sum(bedrag_cent) FROM koppeling WHERE koppeling.afschrijving = afschrijving.id), 0)
            + coalesce((SELECT sum(regel.bedrag_cent) FROM betaaluitkomst AS uitkomst
                        JOIN betaalopdrachtregel AS regel ON (regel.opdracht, regel.volgnummer) = (uitkomst.opdracht, uitkomst.regel)
                        WHERE uitkomst.afschrijving = afschrijving.id AND regel.verdeling IS NOT NULL), 0))::bigint AS verklaard_cent
    FROM afschrijving;

-- A statement is checked once, with all that it brought: a check for each of tens of thousands of receipts took longer than storing
-- them. Nothing is added to it after that, so nothing escapes.
DROP TRIGGER betaling_klopt ON betaling;
DROP TRIGGER afschrijving_klopt ON afschrijving;
DROP FUNCTION betaling_klopt();
DROP FUNCTION afschrijving_klopt();
CREATE OR REPLACE FUNCTION sluit_afschrift() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE welke text;
BEGIN
    SELECT pad INTO welke FROM (
        SELECT '/v1/betalingen/' || id FROM public.betaling WHERE bankafschrift = NEW.id
        UNION ALL SELECT '/v1/afschrijvingen/' || id FROM public.afschrijving WHERE bankafschrift = NEW.id) AS eigen (pad)
        WHERE NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = eigen.pad AND bron = 'fonds' AND pad = '/v1/boekingen') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '% heeft geen boeking die onderweg is', welke USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT betaling.id::text INTO welke FROM public.betaling JOIN public.betalingstand AS stand ON stand.betaling = betaling.id
        WHERE betaling.bankafschrift = NEW.id AND factuur IS NOT NULL AND gekoppeld_cent + terug_cent < betaling.bedrag_cent
        AND EXISTS (SELECT FROM public.factuurregelstand AS regel WHERE regel.factuur = betaling.factuur AND betaald_cent < regel.bedrag_cent)
        AND NOT EXISTS (SELECT FROM public.betalingstoewijzing AS toewijzing
                        WHERE toewijzing.factuur = betaling.factuur AND toewijzing.bedrag_cent < 0) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'betaling % heeft geld over terwijl haar factuur openstaat', welke USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/bankafschriften/' || NEW.id);
    RETURN NULL;
END $$;

-- At commit, whoever writes. The lock keeps orders and outcomes of different transactions apart; what others have committed is seen
-- only at READ COMMITTED.
CREATE FUNCTION grendel_betalen() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'betalen kan alleen met isolatieniveau READ COMMITTED' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('betaalopdracht', 0));
END $$;
CREATE FUNCTION betaalregel_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text; van public.betaalopdracht;
BEGIN
    SELECT * INTO van FROM public.betaalopdracht WHERE id = NEW.opdracht;
    PERFORM pg_advisory_xact_lock(hashtextextended('bankrekening ' || van.iban, 0));
    PERFORM public.grendel_betalen();
    SELECT CASE
        WHEN (van.aantal::bigint, van.bedrag_cent::numeric) IS DISTINCT FROM (
            SELECT (count(*), sum(bedrag_cent)) FROM public.betaalopdrachtregel WHERE opdracht = NEW.opdracht)
            THEN 'is niet de som van haar regels'
        WHEN NEW.eindnaareind <> van.kenmerk || '-' || lpad(NEW.volgnummer::text, 4, '0') THEN 'heeft een regel met een vreemd kenmerk'
        WHEN NEW.iban = van.iban OR (van.soort = 'verdeling') <> (NEW.verdeling IS NOT NULL)
            THEN 'heeft een regel die er niet op hoort'
        WHEN NEW.verdeling IS NOT NULL AND NEW.bedrag_cent IS DISTINCT FROM (
            SELECT sum(bedrag_cent) FROM public.verdelingsregel WHERE (verdeling, aanbieder) = (NEW.verdeling, NEW.aanbieder))
            THEN 'betaalt niet wat is verdeeld'
        WHEN NEW.verdeling IS NOT NULL AND (
            SELECT count(*) FROM public.betaalregelstand WHERE (verdeling, aanbieder) = (NEW.verdeling, NEW.aanbieder)
            AND stand IN ('voorgesteld', 'onderweg', 'betaald')) > 1 THEN 'betaalt wat al wordt betaald'
        WHEN NEW.verdeling IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.verkopergegevens WHERE (aanbieder, naam, iban) = (NEW.aanbieder, NEW.naam, NEW.iban))
            THEN 'betaalt aan een onbekende rekening'
        WHEN NEW.betaling IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.betaling WHERE id = NEW.betaling AND (tegenrekening, iban) = (NEW.iban, van.iban))
            THEN 'betaalt terug aan een andere rekening dan waar het vandaan kwam'
        WHEN NEW.betaling IS NOT NULL AND (
            SELECT gekoppeld_cent + terug_cent > bedrag_cent FROM public.betalingstand WHERE betaling = NEW.betaling)
            THEN 'betaalt meer terug dan van de ontvangst over is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'betaalopdracht % %', NEW.opdracht, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betaalregel_klopt AFTER INSERT ON betaalopdrachtregel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION betaalregel_klopt();
CREATE FUNCTION betaalopdracht_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.datum > current_date + 366 OR NOT EXISTS (SELECT FROM public.betaalopdrachtregel WHERE opdracht = NEW.id) THEN
        RAISE EXCEPTION 'betaalopdracht % heeft geen regels, of een dag ver vooruit', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betaalopdracht_klopt AFTER INSERT ON betaalopdracht DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION betaalopdracht_klopt();

CREATE FUNCTION betaalbesluit_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.betaalopdracht;
BEGIN
    SELECT * INTO deze FROM public.betaalopdracht WHERE id = NEW.opdracht;
    IF NEW.op < deze.voorgesteld_op OR NEW.uitkomst = 'goedgekeurd' AND (
        (NEW.peer_id, NEW.rol) = (deze.peer_id, deze.rol) OR NEW.contract = deze.contract
        OR deze.datum < (NEW.op AT TIME ZONE 'Europe/Amsterdam')::date) THEN
        RAISE EXCEPTION 'betaalopdracht % is zo niet goed te keuren', NEW.opdracht USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betaalbesluit_kan BEFORE INSERT ON betaalbesluit FOR EACH ROW EXECUTE FUNCTION betaalbesluit_kan();
CREATE FUNCTION betaalbesluit_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text; tekst text;
BEGIN
    SELECT convert_from(bericht, 'UTF8') INTO tekst FROM public.betaalbericht WHERE opdracht = NEW.opdracht;
    SELECT CASE
        WHEN (NEW.uitkomst = 'goedgekeurd') <> (tekst IS NOT NULL) THEN 'heeft een bericht als zij is goedgekeurd, en anders niet'
        WHEN NEW.uitkomst = 'afgewezen' THEN NULL
        WHEN EXISTS (SELECT FROM public.betaalopdracht AS van JOIN public.betaalopdrachtregel AS regel ON regel.opdracht = van.id
                     WHERE van.id = NEW.opdracht AND NOT (
                         strpos(tekst, '>' || van.kenmerk || '<') > 0 AND strpos(tekst, '>' || regel.eindnaareind || '<') > 0
                         AND strpos(tekst, '>' || regel.iban || '<') > 0))
            THEN 'heeft een bericht met andere betalingen'
        WHEN EXISTS (SELECT FROM public.boekingsregels('/v1/betaalopdrachten/' || NEW.opdracht) AS geboekt FULL JOIN (
                SELECT '2490' AS rekening, -bedrag_cent AS cent FROM public.betaalopdracht WHERE id = NEW.opdracht
                UNION ALL SELECT '2900', sum(bedrag_cent) FROM public.betaalopdrachtregel
                    WHERE opdracht = NEW.opdracht AND betaling IS NOT NULL HAVING count(*) > 0
                UNION ALL SELECT dienst.rekening_af_te_dragen, sum(deel.bedrag_cent) FROM public.betaalopdrachtregel AS regel
                    JOIN public.verdelingsregel AS deel ON (deel.verdeling, deel.aanbieder) = (regel.verdeling, regel.aanbieder)
                    JOIN public.dienst ON dienst.code = deel.dienst WHERE regel.opdracht = NEW.opdracht GROUP BY 1) AS hoort USING (rekening)
                WHERE geboekt.cent IS DISTINCT FROM hoort.cent)
            THEN 'heeft geen boeking die onderweg is, of een voor andere bedragen'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'betaalopdracht % %', NEW.opdracht, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betaalbesluit_klopt AFTER INSERT ON betaalbesluit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION betaalbesluit_klopt();
CREATE FUNCTION betaalbericht_hoort() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.betaalbesluit WHERE opdracht = NEW.opdracht AND uitkomst = 'goedgekeurd') THEN
        RAISE EXCEPTION 'betaalopdracht % is niet goedgekeurd', NEW.opdracht USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betaalbericht_hoort BEFORE INSERT ON betaalbericht FOR EACH ROW EXECUTE FUNCTION betaalbericht_hoort();

CREATE FUNCTION betaaluitkomst_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text; deze public.betaalregelstand;
BEGIN
    SELECT * INTO deze FROM public.betaalregelstand WHERE (opdracht, volgnummer) = (NEW.opdracht, NEW.regel);
    PERFORM pg_advisory_xact_lock(hashtextextended('bankrekening ' || deze.eigen_iban, 0));
    PERFORM public.grendel_betalen();
    SELECT CASE
        WHEN deze.stand IN ('voorgesteld', 'afgewezen') THEN 'is niet goedgekeurd'
        WHEN (SELECT count(*) FROM public.betaaluitkomst WHERE (opdracht, regel) = (NEW.opdracht, NEW.regel)
              AND soort IN ('betaald', 'geweigerd')) <> 1 THEN 'is betaald of geweigerd, een van beide'
        WHEN NEW.soort = 'retour' AND NOT EXISTS (
            SELECT FROM public.betaaluitkomst WHERE (opdracht, regel, soort) = (NEW.opdracht, NEW.regel, 'betaald'))
            THEN 'komt niet terug voordat zij is betaald'
        WHEN NEW.afschrijving IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.afschrijving JOIN public.afschrijvingstand AS stand ON stand.afschrijving = afschrijving.id
            WHERE id = NEW.afschrijving AND iban = deze.eigen_iban AND verklaard_cent <= stand.bedrag_cent)
            THEN 'gaat over meer dan de afschrijving'
        WHEN NEW.betaling IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.betaling JOIN public.betalingstand AS stand ON stand.betaling = betaling.id
            WHERE id = NEW.betaling AND iban = deze.eigen_iban AND stand.bedrag_cent = deze.bedrag_cent
            AND gekoppeld_cent + terug_cent <= stand.bedrag_cent) THEN 'komt niet met deze ontvangst terug'
        WHEN deze.betaling IS NOT NULL AND NEW.soort = 'betaald' AND NOT EXISTS (
            SELECT FROM public.koppeling WHERE (betaling, afschrijving, soort) = (deze.betaling, NEW.afschrijving, 'terugbetaling'))
            THEN 'geeft niets van de ontvangst terug'
        WHEN EXISTS (SELECT FROM public.boekingsregels('/v1/betaaluitkomsten/' || NEW.id) AS geboekt FULL JOIN (
                SELECT CASE NEW.soort WHEN 'retour' THEN '2900' ELSE '2490' END AS rekening, deze.bedrag_cent AS cent
                    WHERE NEW.soort <> 'retour' OR deze.verdeling IS NOT NULL
                UNION ALL SELECT '2900', -deze.bedrag_cent
                    WHERE NEW.soort = 'betaald' OR NEW.soort = 'geweigerd' AND deze.betaling IS NOT NULL
                UNION ALL SELECT dienst.rekening_af_te_dragen, -sum(deel.bedrag_cent) FROM public.verdelingsregel AS deel
                    JOIN public.dienst ON dienst.code = deel.dienst
                    WHERE NEW.soort <> 'betaald' AND (deel.verdeling, deel.aanbieder) = (deze.verdeling, deze.aanbieder) GROUP BY 1)
                    AS hoort USING (rekening)
                WHERE geboekt.cent IS DISTINCT FROM hoort.cent)
            THEN 'heeft geen boeking die onderweg is, of een voor andere bedragen'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'betaling % %', deze.eindnaareind, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betaaluitkomst_klopt AFTER INSERT ON betaaluitkomst DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION betaaluitkomst_klopt();

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['verdelingsvoorstel', 'verdelingsbesluit', 'betaalopdracht', 'betaalopdrachtregel', 'betaalbesluit',
                                 'betaalbericht', 'betaaluitkomst'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
GRANT INSERT (id, tot, bedrag_cent, regels, delen_sha256, voorgesteld_op, peer_id, rol, contract) ON verdelingsvoorstel TO abonnement_api;
GRANT INSERT ON verdelingsbesluit, betaalopdrachtregel, betaalbesluit, betaalbericht TO abonnement_api;
GRANT INSERT (id, soort, kenmerk, datum, iban, naam, verzamelboeking, aantal, bedrag_cent, voorgesteld_op, peer_id, rol, contract)
    ON betaalopdracht TO abonnement_api;
GRANT INSERT (id, opdracht, regel, soort, datum, afschrijving, betaling, toelichting, vastgelegd_op) ON betaaluitkomst TO abonnement_api;
REVOKE ALL ON SEQUENCE verdelingsvoorstel_volgnummer_seq, betaalopdracht_volgnummer_seq, betaaluitkomst_volgnummer_seq FROM abonnement_api;
REVOKE ALL ON betaalregelstand FROM abonnement_api;
GRANT SELECT ON betaalregelstand TO abonnement_api;

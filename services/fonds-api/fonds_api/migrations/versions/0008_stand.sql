-- In the order in which a transaction of the service takes them; see 0004.
SET LOCAL statement_timeout = '2s';
LOCK TABLE idempotentie, rekening, boeking, boekingsregel IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

ALTER TABLE rekening ADD COLUMN IF NOT EXISTS minimum_cent bigint, ADD COLUMN IF NOT EXISTS maximum_cent bigint;

-- `geboekt_op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE boeking ADD vastgelegd_op timestamptz, ADD storno_van uuid;
ALTER TABLE boeking ALTER vastgelegd_op SET DEFAULT now(),
    ADD FOREIGN KEY (storno_van, fonds) REFERENCES boeking (id, fonds);
CREATE UNIQUE INDEX boeking_storno_van_key ON boeking (storno_van) WHERE storno_van IS NOT NULL;
GRANT INSERT (storno_van) ON boeking TO fonds_api;

-- What is booked and not yet in the sums. Only the trigger writes it, so it needs no foreign key.
CREATE TABLE onverzegeld (
    fonds text NOT NULL, volgnummer bigint NOT NULL, boeking uuid NOT NULL, boekdatum date NOT NULL, aantal_regels integer NOT NULL,
    PRIMARY KEY (fonds, volgnummer))
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The sums of what has been folded, per account and year, month and day of boekdatum.
CREATE TABLE rekeningstand (
    fonds text NOT NULL, rekening text NOT NULL, korrel text NOT NULL CHECK (korrel IN ('jaar', 'maand', 'dag')),
    vanaf date NOT NULL, debet_cent numeric NOT NULL, credit_cent numeric NOT NULL, aantal_regels bigint NOT NULL,
    PRIMARY KEY (fonds, rekening, korrel, vanaf), FOREIGN KEY (fonds, rekening) REFERENCES rekening)
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE TABLE fondsstand (
    fonds text NOT NULL REFERENCES fonds, korrel text NOT NULL CHECK (korrel IN ('jaar', 'maand', 'dag')),
    vanaf date NOT NULL, aantal_boekingen bigint NOT NULL,
    PRIMARY KEY (fonds, korrel, vanaf)) WITH (fillfactor = 70);

-- The lines of an account on a day in the order in which they were folded: `nummer` counts from 1 without a gap, and `opgeteld_cent` is
-- the sum of the day up to and including the line. A later line of a day comes after those that are there, so neither ever changes.
CREATE TABLE rekeningregel (
    fonds text NOT NULL, rekening text NOT NULL, boekdatum date NOT NULL, nummer bigint NOT NULL,
    boeking uuid NOT NULL, regelnummer integer NOT NULL, bedrag_cent bigint NOT NULL, opgeteld_cent numeric NOT NULL,
    PRIMARY KEY (fonds, rekening, boekdatum, nummer));
DROP INDEX boekingsregel_fonds_rekening_idx;

-- The balance of an account over all lines, in shares that concurrent transactions do not wait for: each adds to the share of its own
-- connection. The sum of the shares is the balance.
CREATE TABLE rekeningteller (
    fonds text NOT NULL, rekening text NOT NULL, deel smallint NOT NULL, saldo_cent numeric NOT NULL,
    PRIMARY KEY (fonds, rekening, deel))
    WITH (fillfactor = 40, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- The balance of an account that has a floor or a ceiling, in one row: who books on it waits for who does so at the same moment.
CREATE TABLE begrensd (
    fonds text NOT NULL, rekening text NOT NULL, saldo_cent numeric NOT NULL,
    PRIMARY KEY (fonds, rekening), FOREIGN KEY (fonds, rekening) REFERENCES rekening) WITH (fillfactor = 40);

INSERT INTO onverzegeld SELECT fonds, volgnummer, id, boekdatum, aantal_regels FROM boeking;
INSERT INTO rekeningteller SELECT fonds, rekening, 0, sum(bedrag_cent) FROM boekingsregel GROUP BY fonds, rekening;

CREATE FUNCTION boeking_onverzegeld() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.onverzegeld (fonds, volgnummer, boeking, boekdatum, aantal_regels)
        SELECT fonds, volgnummer, id, boekdatum, aantal_regels FROM nieuw;
    RETURN NULL;
END $$;
CREATE TRIGGER boeking_onverzegeld AFTER INSERT ON boeking REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION boeking_onverzegeld();

-- In place of two foreign keys per line, and of what 0007 asks of its account: all lines of a statement at once. Nobody may remove
-- or rename an account or an entry, so what is there stays; and the gate of the fonds (0007) is shared since the entry came.
CREATE FUNCTION boekingsregel_klopt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE mist record; buiten jsonb;
BEGIN
    SELECT boeking, fonds, regelnummer INTO mist FROM nieuw
        WHERE fonds IS DISTINCT FROM (SELECT b.fonds FROM public.boeking AS b WHERE b.id = nieuw.boeking) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'regel % van boeking % is niet van haar fonds', mist.regelnummer, mist.boeking
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    SELECT fonds, rekening INTO mist FROM (SELECT DISTINCT fonds, rekening FROM nieuw) AS geraakt
        WHERE (SELECT r.boekbaar AND NOT r.geblokkeerd FROM public.rekening AS r
               WHERE (r.fonds, r.nummer) = (geraakt.fonds, geraakt.rekening)) IS NOT TRUE LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'op rekening % van fonds % wordt niet geboekt', mist.rekening, mist.fonds
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT nieuw.fonds, nieuw.rekening INTO mist FROM nieuw
        JOIN public.rekening AS r ON (r.fonds, r.nummer) = (nieuw.fonds, nieuw.rekening) AND r.beheerd
        JOIN public.boeking AS b ON b.id = nieuw.boeking AND (b.bron <> 'fonds' OR b.pad LIKE '/v1/boekingen/%') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'op rekening % van fonds % boeken alleen documenten van de dienst zelf', mist.rekening, mist.fonds
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM public.begrensd) THEN
        WITH som AS MATERIALIZED (
            SELECT fonds, rekening, sum(bedrag_cent) AS cent FROM nieuw GROUP BY fonds, rekening ORDER BY fonds, rekening),
        vast AS MATERIALIZED (
            SELECT b.fonds, b.rekening, som.cent FROM som JOIN public.begrensd AS b USING (fonds, rekening)
            ORDER BY b.fonds, b.rekening FOR UPDATE OF b),
        na AS (
            UPDATE public.begrensd AS b SET saldo_cent = b.saldo_cent + vast.cent FROM vast
            WHERE (b.fonds, b.rekening) = (vast.fonds, vast.rekening) RETURNING b.fonds, b.rekening, b.saldo_cent)
        SELECT jsonb_agg(jsonb_build_object('fonds', na.fonds, 'rekening', na.rekening, 'saldoCent', na.saldo_cent,
                'minimumCent', r.minimum_cent, 'maximumCent', r.maximum_cent) ORDER BY na.fonds, na.rekening) INTO buiten
            FROM na JOIN public.rekening AS r ON (r.fonds, r.nummer) = (na.fonds, na.rekening)
            WHERE na.saldo_cent < r.minimum_cent OR na.saldo_cent > r.maximum_cent;
        IF buiten IS NOT NULL THEN
            RAISE EXCEPTION 'een rekening komt buiten haar grenzen' USING DETAIL = buiten::text,
                ERRCODE = 'check_violation', CONSTRAINT = 'rekening_binnen_grenzen';
        END IF;
    END IF;
    INSERT INTO public.rekeningteller AS t (fonds, rekening, deel, saldo_cent)
        SELECT fonds, rekening, pg_backend_pid() % 64, sum(bedrag_cent) FROM nieuw GROUP BY fonds, rekening ORDER BY fonds, rekening
        ON CONFLICT (fonds, rekening, deel) DO UPDATE SET saldo_cent = t.saldo_cent + excluded.saldo_cent;
    RETURN NULL;
END $$;
CREATE TRIGGER boekingsregel_klopt AFTER INSERT ON boekingsregel REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION boekingsregel_klopt();
ALTER TABLE boekingsregel DROP CONSTRAINT boekingsregel_boeking_fonds_fkey, DROP CONSTRAINT boekingsregel_fonds_rekening_fkey;

DROP TRIGGER boekingsregel_rekening_open ON boekingsregel;
DROP FUNCTION weiger_dichte_rekening();

-- The same as in 0007, once per statement.
CREATE FUNCTION weiger_gesloten_perioden() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE dicht record;
BEGIN
    SELECT per_fonds.fonds, g.dag INTO dicht FROM (
            SELECT fonds, array_agg(DISTINCT boekdatum) AS dagen FROM nieuw GROUP BY fonds ORDER BY fonds) AS per_fonds
        CROSS JOIN LATERAL public.gesloten_dagen(per_fonds.fonds, per_fonds.dagen) AS g LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'de periode van % in fonds % is gesloten', dicht.dag, dicht.fonds
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER boeking_periode_open ON boeking;
DROP FUNCTION weiger_gesloten_periode();
CREATE TRIGGER boeking_periode_open AFTER INSERT ON boeking REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_gesloten_perioden();

-- The same as in 0007, without reading the lines.
CREATE OR REPLACE FUNCTION stand_van(p_fonds text, p_rekening text) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CAST(coalesce(sum(saldo_cent), 0) AS bigint) FROM public.rekeningteller WHERE fonds = p_fonds AND rekening = p_rekening
$$;

-- The gate of the fonds is shut by now (0007): nobody is booking on the account, and what was booked the sum of the shares shows.
-- A transaction that looks at an earlier moment may not overlook what was booked since.
CREATE FUNCTION rekening_grens() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE saldo numeric;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'een grens van een rekening wordt gezet in een transactie die READ COMMITTED is'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('boeken ' || NEW.fonds, 0));
    SELECT coalesce(sum(saldo_cent), 0) INTO saldo FROM public.rekeningteller WHERE (fonds, rekening) = (NEW.fonds, NEW.nummer);
    IF NEW.minimum_cent > NEW.maximum_cent OR saldo < NEW.minimum_cent OR saldo > NEW.maximum_cent THEN
        RAISE EXCEPTION 'rekening % van fonds % staat op % cent, buiten % tot en met %', NEW.nummer, NEW.fonds, saldo,
            coalesce(NEW.minimum_cent::text, '-'), coalesce(NEW.maximum_cent::text, '-')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rekening_binnen_grenzen';
    END IF;
    DELETE FROM public.begrensd WHERE (fonds, rekening) = (NEW.fonds, NEW.nummer);
    IF NEW.minimum_cent IS NOT NULL OR NEW.maximum_cent IS NOT NULL THEN
        INSERT INTO public.begrensd VALUES (NEW.fonds, NEW.nummer, saldo);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rekening_grens_erbij AFTER INSERT ON rekening FOR EACH ROW
    WHEN (NEW.minimum_cent IS NOT NULL OR NEW.maximum_cent IS NOT NULL) EXECUTE FUNCTION rekening_grens();
CREATE TRIGGER rekening_grens_anders AFTER UPDATE ON rekening FOR EACH ROW
    WHEN ((OLD.minimum_cent, OLD.maximum_cent) IS DISTINCT FROM (NEW.minimum_cent, NEW.maximum_cent))
    EXECUTE FUNCTION rekening_grens();
INSERT INTO begrensd SELECT r.fonds, r.nummer, coalesce(sum(t.saldo_cent), 0)
    FROM rekening AS r LEFT JOIN rekeningteller AS t ON (t.fonds, t.rekening) = (r.fonds, r.nummer)
    WHERE r.minimum_cent IS NOT NULL OR r.maximum_cent IS NOT NULL GROUP BY r.fonds, r.nummer;

-- Whether a role may book an amount of a document on a day and on these accounts of a fonds, in one question: the gate first, then
-- what it keeps as it is. Which amounts wait for somebody else, and which documents do, 0014 says; what somebody else confirmed has
-- amount 0.
CREATE FUNCTION boekbaar(
    p_fonds text, p_rol text, p_dag date, p_rekeningen text[], p_bron text, p_pad text, p_debet_cent numeric, p_nu timestamptz
) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.gesloten_dagen(p_fonds, ARRAY[p_dag])) THEN
        RETURN false;
    END IF;
    IF NOT EXISTS (SELECT FROM public.fonds AS f WHERE f.code = p_fonds AND p_rol = ANY (f.boekingsrollen)
            AND (f.vier_ogen_vanaf_cent IS NULL OR p_debet_cent < f.vier_ogen_vanaf_cent OR p_bron = ANY (f.vier_ogen_vrij)))
        OR EXISTS (SELECT FROM unnest(p_rekeningen) AS nummer WHERE (
            SELECT r.boekbaar AND NOT r.geblokkeerd AND NOT r.beheerd FROM public.rekening AS r
            WHERE r.fonds = p_fonds AND r.nummer = nummer.nummer) IS NOT TRUE) THEN
        RETURN false;
    END IF;
    RETURN p_debet_cent = 0 OR public.open_voorstel(p_fonds, p_bron, p_pad, p_nu) IS NULL;
END $$;

-- As in 0001, and of a storno: that it mirrors what it reverses, line by line.
CREATE OR REPLACE FUNCTION controleer_boeking() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
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
    IF NEW.storno_van IS NOT NULL THEN
        SELECT count(*) INTO aantal FROM public.boekingsregel AS deze JOIN public.boekingsregel AS die
            ON die.boeking = NEW.storno_van AND die.regelnummer = deze.regelnummer AND die.rekening = deze.rekening
            AND die.bedrag_cent = -deze.bedrag_cent WHERE deze.boeking = NEW.id;
        IF NOT EXISTS (SELECT FROM public.boeking AS eerste WHERE eerste.id = NEW.storno_van AND eerste.fonds = NEW.fonds
                       AND eerste.storno_van IS NULL
                       AND eerste.aantal_regels = aantal AND aantal = NEW.aantal_regels AND eerste.boekdatum <= NEW.boekdatum) THEN
            RAISE EXCEPTION 'boeking % is geen spiegelbeeld van %', NEW.id, NEW.storno_van
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;

-- Fold entries of a fonds: take them from what is not yet in the sums, and add their lines to the sums, once and whole: what is
-- folded plus what is not stays the sum of all lines. Only for what seals them (0009), which does so one at a time per fonds, since
-- the lines of a day are numbered on.
CREATE FUNCTION vouw(p_fonds text, p_volgnummers bigint[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE verwacht bigint; gevonden bigint; aantal integer;
BEGIN
    WITH weg AS (
        DELETE FROM public.onverzegeld WHERE fonds = p_fonds AND volgnummer = ANY (p_volgnummers)
        RETURNING fonds, volgnummer, boeking, boekdatum, aantal_regels),
    regels AS MATERIALIZED (
        SELECT weg.fonds, weg.volgnummer, weg.boeking, weg.boekdatum, regel.* FROM weg CROSS JOIN LATERAL (
            SELECT regelnummer, rekening, bedrag_cent FROM public.boekingsregel AS r WHERE r.boeking = weg.boeking OFFSET 0) AS regel),
    per_dag AS MATERIALIZED (
        SELECT fonds, rekening, boekdatum, sum(greatest(bedrag_cent, 0)::numeric) AS debet, sum(greatest(-bedrag_cent::numeric, 0)) AS credit,
               count(*) AS aantal FROM regels GROUP BY fonds, rekening, boekdatum),
    dagen AS MATERIALIZED (
        SELECT per_dag.fonds, per_dag.rekening, per_dag.boekdatum, coalesce(s.aantal_regels, 0) AS aantal,
               coalesce(s.debet_cent - s.credit_cent, 0) AS cent
        FROM per_dag LEFT JOIN public.rekeningstand AS s
            ON (s.fonds, s.rekening, s.korrel, s.vanaf) = (per_dag.fonds, per_dag.rekening, 'dag', per_dag.boekdatum)),
    genummerd AS (
        INSERT INTO public.rekeningregel (fonds, rekening, boekdatum, nummer, boeking, regelnummer, bedrag_cent, opgeteld_cent)
        SELECT fonds, rekening, boekdatum, dagen.aantal + row_number() OVER dag, boeking, regelnummer, bedrag_cent,
               dagen.cent + sum(bedrag_cent) OVER dag
        FROM regels JOIN dagen USING (fonds, rekening, boekdatum)
        WINDOW dag AS (PARTITION BY fonds, rekening, boekdatum ORDER BY volgnummer, regelnummer ROWS UNBOUNDED PRECEDING)),
    opgeteld AS (
        INSERT INTO public.rekeningstand AS s (fonds, rekening, korrel, vanaf, debet_cent, credit_cent, aantal_regels)
        SELECT fonds, rekening, korrel, vanaf, sum(debet), sum(credit), sum(per_dag.aantal) FROM per_dag CROSS JOIN LATERAL (VALUES
            ('jaar', date_trunc('year', boekdatum::timestamp)::date), ('maand', date_trunc('month', boekdatum::timestamp)::date), ('dag', boekdatum))
            AS k (korrel, vanaf) GROUP BY fonds, rekening, korrel, vanaf ORDER BY fonds, rekening, korrel, vanaf
        ON CONFLICT (fonds, rekening, korrel, vanaf) DO UPDATE SET debet_cent = s.debet_cent + excluded.debet_cent,
            credit_cent = s.credit_cent + excluded.credit_cent, aantal_regels = s.aantal_regels + excluded.aantal_regels),
    geteld AS (
        INSERT INTO public.fondsstand AS s (fonds, korrel, vanaf, aantal_boekingen)
        SELECT fonds, korrel, vanaf, count(*) FROM weg CROSS JOIN LATERAL (VALUES
            ('jaar', date_trunc('year', boekdatum::timestamp)::date), ('maand', date_trunc('month', boekdatum::timestamp)::date), ('dag', boekdatum))
            AS k (korrel, vanaf) GROUP BY fonds, korrel, vanaf ORDER BY fonds, korrel, vanaf
        ON CONFLICT (fonds, korrel, vanaf) DO UPDATE SET aantal_boekingen = s.aantal_boekingen + excluded.aantal_boekingen)
    SELECT (SELECT count(*) FROM weg), (SELECT coalesce(sum(aantal_regels), 0) FROM weg), (SELECT count(*) FROM regels)
        INTO aantal, verwacht, gevonden;
    -- Of an entry of this transaction, all lines must be there already: one that came later would be in no sum.
    IF verwacht <> gevonden THEN
        RAISE EXCEPTION 'een boeking heeft nog niet al haar regels' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN aantal;
END $$;

-- The lines that are not in the sums yet. From entry to lines by the index, however many lines there are elsewhere.
CREATE VIEW losse_regel AS
    SELECT o.fonds, o.volgnummer, o.boeking, o.boekdatum, regel.regelnummer, regel.rekening, regel.bedrag_cent
    FROM onverzegeld AS o CROSS JOIN LATERAL (
        SELECT r.regelnummer, r.rekening, r.bedrag_cent FROM boekingsregel AS r WHERE r.boeking = o.boeking OFFSET 0) AS regel;

-- What has been folded of an account before a day: years, then months of that year, then days of that month; some 150 rows at most.
CREATE FUNCTION stand_tot(p_fonds text, p_rekening text, p_tot date)
RETURNS TABLE (debet_cent numeric, credit_cent numeric, aantal_regels numeric) LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(deel.debet_cent), 0), coalesce(sum(deel.credit_cent), 0), coalesce(sum(deel.aantal_regels), 0) FROM (
        SELECT s.debet_cent, s.credit_cent, s.aantal_regels FROM public.rekeningstand AS s
            WHERE s.fonds = p_fonds AND s.rekening = p_rekening AND s.korrel = 'jaar'
            AND s.vanaf < date_trunc('year', p_tot::timestamp)::date
        UNION ALL SELECT s.debet_cent, s.credit_cent, s.aantal_regels FROM public.rekeningstand AS s
            WHERE s.fonds = p_fonds AND s.rekening = p_rekening AND s.korrel = 'maand'
            AND s.vanaf >= date_trunc('year', p_tot::timestamp)::date AND s.vanaf < date_trunc('month', p_tot::timestamp)::date
        UNION ALL SELECT s.debet_cent, s.credit_cent, s.aantal_regels FROM public.rekeningstand AS s
            WHERE s.fonds = p_fonds AND s.rekening = p_rekening AND s.korrel = 'dag'
            AND s.vanaf >= date_trunc('month', p_tot::timestamp)::date AND s.vanaf < p_tot) AS deel
$$;
CREATE FUNCTION boekingen_tot(p_fonds text, p_tot date) RETURNS numeric LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(deel.aantal_boekingen), 0) + (
        SELECT count(*) FROM public.onverzegeld AS o WHERE o.fonds = p_fonds AND o.boekdatum < p_tot) FROM (
        SELECT s.aantal_boekingen FROM public.fondsstand AS s
            WHERE s.fonds = p_fonds AND s.korrel = 'jaar' AND s.vanaf < date_trunc('year', p_tot::timestamp)::date
        UNION ALL SELECT s.aantal_boekingen FROM public.fondsstand AS s WHERE s.fonds = p_fonds AND s.korrel = 'maand'
            AND s.vanaf >= date_trunc('year', p_tot::timestamp)::date AND s.vanaf < date_trunc('month', p_tot::timestamp)::date
        UNION ALL SELECT s.aantal_boekingen FROM public.fondsstand AS s WHERE s.fonds = p_fonds AND s.korrel = 'dag'
            AND s.vanaf >= date_trunc('month', p_tot::timestamp)::date AND s.vanaf < p_tot) AS deel
$$;

CREATE TRIGGER rekeningregel_bevroren BEFORE UPDATE OR DELETE ON rekeningregel FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER rekeningregel_niet_legen BEFORE TRUNCATE ON rekeningregel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON onverzegeld, losse_regel, rekeningstand, fondsstand, rekeningregel, rekeningteller, begrensd FROM fonds_api;
GRANT SELECT ON onverzegeld, losse_regel, rekeningstand, fondsstand, rekeningregel, rekeningteller, begrensd TO fonds_api;
REVOKE ALL ON FUNCTION vouw(text, bigint[]), boeking_onverzegeld(), boekingsregel_klopt(),
    rekening_grens() FROM PUBLIC;

-- What was booked under a key stays known under it: a key of a booking is never forgotten (`location` is that of an entry).
CREATE OR REPLACE FUNCTION vergeet_antwoorden(bewaren_dagen integer, hoogstens integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grens timestamptz := now() - make_interval(days => greatest(bewaren_dagen, 30));
    aantal integer;
BEGIN
    DELETE FROM public.idempotentie WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.idempotentie WHERE ontstaan_op < grens
            AND coalesce(kopregels ->> 'location', '') NOT LIKE '/v1/boekingen/%' LIMIT hoogstens FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$;

-- Marks what the answers that processes keep are made from: a transaction that changes any of it gives it another mark, at its
-- end and in the turn of the events (0012), so that they follow each other. Who sees the same mark in its snapshot, sees the same
-- data.
-- Random, and not a count: after a restore to an earlier day a count would come to the same number with other data.
CREATE TABLE stand (over text PRIMARY KEY, merk uuid NOT NULL DEFAULT gen_random_uuid()) WITH (fillfactor = 10);
INSERT INTO stand (over) VALUES ('voorziening'), ('dekking');
CREATE TABLE stand_wacht (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, over text NOT NULL);
CREATE FUNCTION stand_wacht() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.stand_wacht (over) SELECT unnest(TG_ARGV);
    RETURN NULL;
END $$;
CREATE FUNCTION stand_volgt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.stand_wacht WHERE id = NEW.id) THEN  -- else done with the first of this transaction
        PERFORM pg_advisory_xact_lock(hashtextextended('gebeurtenis', 0));
        WITH weg AS (DELETE FROM public.stand_wacht RETURNING over)
            UPDATE public.stand SET merk = gen_random_uuid() WHERE over IN (SELECT over FROM weg);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stand_volgt AFTER INSERT ON stand_wacht DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION stand_volgt();
-- Else the role could put them on a table of its own.
REVOKE ALL ON FUNCTION stand_wacht(), stand_volgt() FROM PUBLIC;
REVOKE ALL ON stand, stand_wacht FROM catalogus_api;
GRANT SELECT ON stand TO catalogus_api;

DO $$
DECLARE
    hun text;
BEGIN
    FOREACH hun IN ARRAY '{voorziening,voorziening_waarde,zoekwoord}'::text[] LOOP
        EXECUTE format('CREATE TRIGGER stand_wacht AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION stand_wacht(voorziening, dekking)', hun);
    END LOOP;
    FOREACH hun IN ARRAY '{deelname,dekkingsaanbod,dekkingscel,gemeente,herindeling,identificatie,inwonertal}'::text[]
        || '{lidmaatschap,samenwerkingsverband}' LOOP
        EXECUTE format('CREATE TRIGGER stand_wacht AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION stand_wacht(dekking)', hun);
    END LOOP;
END $$;

-- A score holds from when it was recorded. One that is dated back would change what was said of the days since then, so none is
-- more than a minute older than the last; as much for clocks that differ, and for who waited.
CREATE INDEX score_vastgelegd_op_idx ON score (vastgelegd_op);
CREATE FUNCTION score_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.vastgelegd_op < (SELECT max(vastgelegd_op) FROM public.score) - interval '1 minute' THEN
        RAISE EXCEPTION 'score van % op % komt na latere', NEW.voorziening, NEW.vastgelegd_op
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER score_volgt BEFORE INSERT ON score FOR EACH ROW EXECUTE FUNCTION score_volgt();

-- What is published of a concept would tell everybody of it. A voorziening that is published stays so: nobody has to wait.
CREATE FUNCTION factsheet_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.voorziening WHERE code = NEW.voorziening AND publicatiestatus = 'concept') THEN
        RAISE EXCEPTION '% is nog concept', NEW.voorziening USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factsheet_past BEFORE INSERT ON factsheet FOR EACH ROW WHEN (NEW.publicatiestatus = 'gepubliceerd')
    EXECUTE FUNCTION factsheet_past();

-- How many events of a type, with these labels, have a number in a block of ten thousand: what a list counts without reading them.
-- Whoever adds one meanwhile waits, and counts it by the new function.
LOCK TABLE gebeurtenis IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE gebeurtenis_telling (
    blok bigint, type text, zichtbaar_voor text[], aantal integer NOT NULL, PRIMARY KEY (blok, type, zichtbaar_voor));
INSERT INTO gebeurtenis_telling
    SELECT volgnummer / 10000, type, zichtbaar_voor, count(*) FROM gebeurtenis WHERE volgnummer IS NOT NULL GROUP BY 1, 2, 3;
CREATE OR REPLACE FUNCTION nummer_gebeurtenis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nummer bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gebeurtenis', 0));
    nummer := nextval('public.gebeurtenis_volgnummer_seq');
    UPDATE public.gebeurtenis SET volgnummer = nummer WHERE id = NEW.id;
    INSERT INTO public.gebeurtenis_telling AS bij VALUES (nummer / 10000, NEW.type, NEW.zichtbaar_voor, 1)
        ON CONFLICT (blok, type, zichtbaar_voor) DO UPDATE SET aantal = bij.aantal + 1;
    RETURN NULL;
END $$;
REVOKE ALL ON gebeurtenis_telling FROM catalogus_api;
GRANT SELECT ON gebeurtenis_telling TO catalogus_api;

-- Marks what the answers that processes keep are made from: a transaction that changes any of it gives it another mark, at its end
-- and in the turn of the events (0012), so that they follow each other. Who sees the same mark in its snapshot, sees the same data.
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
    FOREACH hun IN ARRAY '{deelname,dekkingsaanbod,dekkingscel,gemeente,herindeling,identificatie,inwonertal,lidmaatschap,samenwerkingsverband}'::text[]
    LOOP
        EXECUTE format('CREATE TRIGGER stand_wacht AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION stand_wacht(dekking)', hun);
    END LOOP;
END $$;

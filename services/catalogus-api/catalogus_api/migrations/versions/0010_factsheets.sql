CREATE TABLE factsheet (
    voorziening text REFERENCES voorziening, versie integer CHECK (versie > 0),
    naam text NOT NULL, datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    publicatiestatus text NOT NULL CHECK (publicatiestatus IN ('concept', 'gepubliceerd')),
    ontwikkeld_door text, wat_is_het text, wie_gebruikt_het text,
    implementatie_it text, implementatie_werkproces text, implementatie_veranderkundig text, implementatie_personeel text,
    kosten_en_besparing text,
    posten jsonb NOT NULL CHECK (jsonb_typeof(posten) = 'array'),
    bronvermelding text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    geschreven_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (voorziening, versie));

-- The next version follows the one before, in number and in time. Writers of one voorziening go one at a time, so that each sees
-- the one before it.
CREATE FUNCTION factsheet_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    vorige record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('factsheet ' || NEW.voorziening, 0));
    SELECT versie, datum INTO vorige FROM public.factsheet WHERE voorziening = NEW.voorziening ORDER BY versie DESC LIMIT 1;
    IF NEW.versie IS DISTINCT FROM coalesce(vorige.versie, 0) + 1 OR NEW.datum < vorige.datum THEN
        RAISE EXCEPTION 'factsheet % van % volgt de vorige niet op', NEW.versie, NEW.voorziening
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factsheet_volgt BEFORE INSERT ON factsheet FOR EACH ROW EXECUTE FUNCTION factsheet_volgt();
CREATE TRIGGER factsheet_bevroren BEFORE UPDATE OR DELETE ON factsheet FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER factsheet_niet_legen BEFORE TRUNCATE ON factsheet FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON factsheet FROM catalogus_api;
GRANT SELECT, INSERT (voorziening, versie, naam, datum, publicatiestatus, ontwikkeld_door, wat_is_het, wie_gebruikt_het,
    implementatie_it, implementatie_werkproces, implementatie_veranderkundig, implementatie_personeel, kosten_en_besparing, posten,
    bronvermelding, vastgelegd_op, vastgelegd_door, vastgelegd_namens) ON factsheet TO catalogus_api;

CREATE TABLE criterium (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 60),
    naam text NOT NULL, vraag text NOT NULL, laagste text, hoogste text, CHECK ((laagste IS NULL) = (hoogste IS NULL)),
    -- With a scale it is scored and weighed; without it is described.
    soort text NOT NULL GENERATED ALWAYS AS (CASE WHEN laagste IS NULL THEN 'kenmerk' ELSE 'weging' END) STORED,
    bronvermelding text NOT NULL, citaat text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    UNIQUE (code, soort));
CREATE TABLE weging (
    code text CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 60), versie integer CHECK (versie > 0),
    naam text NOT NULL, toelichting text NOT NULL,
    gewichten jsonb NOT NULL CHECK (jsonb_typeof(gewichten) = 'object'),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    PRIMARY KEY (code, versie));
CREATE TABLE score (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    voorziening text NOT NULL REFERENCES voorziening, criterium text NOT NULL, soort text NOT NULL,
    FOREIGN KEY (criterium, soort) REFERENCES criterium (code, soort),
    waarde smallint CHECK (waarde BETWEEN 1 AND 5), CHECK ((soort = 'weging') = (waarde IS NOT NULL)),
    fase text CHECK (fase IN (
        'initiatief', 'pilot', 'impactanalyse', 'opschaling', 'in beheer', 'uitfasering', 'gestopt')),
    toelichting text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    geschreven_op timestamptz NOT NULL DEFAULT now());
CREATE INDEX score_laatste_idx ON score (voorziening, criterium, vastgelegd_op DESC, id DESC);
CREATE INDEX score_criterium_idx ON score (criterium, soort);

CREATE FUNCTION weging_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('weging ' || NEW.code, 0));
    IF NEW.versie IS DISTINCT FROM (SELECT coalesce(max(versie), 0) + 1 FROM public.weging WHERE code = NEW.code) THEN
        RAISE EXCEPTION 'weging % % volgt de vorige niet op', NEW.code, NEW.versie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER weging_volgt BEFORE INSERT ON weging FOR EACH ROW EXECUTE FUNCTION weging_volgt();

CREATE TRIGGER criterium_bevroren BEFORE UPDATE OR DELETE ON criterium FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER criterium_niet_legen BEFORE TRUNCATE ON criterium FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER weging_bevroren BEFORE UPDATE OR DELETE ON weging FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER weging_niet_legen BEFORE TRUNCATE ON weging FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER score_bevroren BEFORE UPDATE OR DELETE ON score FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER score_niet_legen BEFORE TRUNCATE ON score FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON criterium, weging, score FROM catalogus_api;
GRANT SELECT, INSERT (code, naam, vraag, laagste, hoogste, bronvermelding, citaat, vastgelegd_op, vastgelegd_door,
    vastgelegd_namens) ON criterium TO catalogus_api;
GRANT SELECT, INSERT ON weging TO catalogus_api;
GRANT SELECT, INSERT (voorziening, criterium, soort, waarde, fase, toelichting, vastgelegd_op, vastgelegd_door,
    vastgelegd_namens) ON score TO catalogus_api;

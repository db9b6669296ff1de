-- `vastgelegd_op` is empty for what came from the files of the release: those may correct it.
CREATE TABLE identificatie (
    gemeentecode text REFERENCES gemeente, soort text, waarde text NOT NULL, bron text NOT NULL, datum date NOT NULL,
    vastgelegd_op timestamptz,
    PRIMARY KEY (gemeentecode, soort), UNIQUE (soort, waarde), CHECK (isfinite(datum)),
    CHECK (CASE soort
        WHEN 'tooi' THEN waarde ~ '^https://identifier\.overheid\.nl/tooi/id/gemeente/gm[0-9]{4}$'
        WHEN 'rsin' THEN waarde ~ '^[0-9]{9}$'
        WHEN 'oin' THEN waarde ~ '^[0-9]{20}$'
        ELSE false END));

-- A figure is corrected, and what was said before stays. `bestand` is the SHA-256 of the file that was sent; empty for what came
-- from the files of the release. `status` is empty where the source has none.
ALTER TABLE inwonertal ADD status text CHECK (status IN ('voorlopig', 'definitief')), ADD vastgelegd_op timestamptz,
    ADD bestand text CHECK (bestand ~ '^[0-9a-f]{64}$');
CREATE TABLE inwonertal_eerder (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, gemeentecode text NOT NULL, peildatum date NOT NULL,
    aantal integer NOT NULL, status text, vastgelegd_op timestamptz, bestand text,
    vervangen_op timestamptz NOT NULL, geschreven_op timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (gemeentecode, peildatum) REFERENCES inwonertal);
CREATE INDEX inwonertal_eerder_gemeentecode_peildatum_idx ON inwonertal_eerder (gemeentecode, peildatum);
CREATE FUNCTION bewaar_inwonertal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.inwonertal_eerder (gemeentecode, peildatum, aantal, status, vastgelegd_op, bestand, vervangen_op)
    VALUES (OLD.gemeentecode, OLD.peildatum, OLD.aantal, OLD.status, OLD.vastgelegd_op, OLD.bestand, NEW.vastgelegd_op);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION bewaar_inwonertal() FROM PUBLIC;
CREATE TRIGGER inwonertal_bewaard AFTER UPDATE ON inwonertal FOR EACH ROW EXECUTE FUNCTION bewaar_inwonertal();

-- A change of the indeling, as one operation. `peildatum` is that of the figures in herindeling.inwoners.
CREATE TABLE indelingswijziging (
    id uuid PRIMARY KEY, ingangsdatum date NOT NULL CHECK (isfinite(ingangsdatum)),
    grondslag text CHECK (grondslag ~ '^https://(zoek\.officielebekendmakingen\.nl/stb-|wetten\.overheid\.nl/BWBR)'),
    peildatum date CHECK (peildatum < ingangsdatum), vastgelegd_op timestamptz NOT NULL);
ALTER TABLE gemeente ADD wijziging uuid REFERENCES indelingswijziging;
ALTER TABLE herindeling ADD wijziging uuid REFERENCES indelingswijziging, ADD inwoners integer CHECK (inwoners >= 0);
-- A law or nothing; what an earlier release had otherwise, `inlezen` corrects.
ALTER TABLE herindeling ADD CONSTRAINT herindeling_grondslag_check
    CHECK (grondslag ~ '^https://(zoek\.officielebekendmakingen\.nl/stb-|wetten\.overheid\.nl/BWBR)') NOT VALID;
CREATE TABLE gemeentenaam (
    gemeentecode text REFERENCES gemeente, tot_en_met date CHECK (isfinite(tot_en_met)), naam text NOT NULL,
    wijziging uuid NOT NULL REFERENCES indelingswijziging, PRIMARY KEY (gemeentecode, tot_en_met));
CREATE INDEX herindeling_oude_code_idx ON herindeling (oude_code);
CREATE INDEX herindeling_nieuwe_code_idx ON herindeling (nieuwe_code);
CREATE INDEX herindeling_wijziging_idx ON herindeling (wijziging);
CREATE INDEX gemeentenaam_wijziging_idx ON gemeentenaam (wijziging);

-- What an operation put down, stays: only a later operation goes on from there, and nothing does once a gemeente has ended.
CREATE FUNCTION indeling_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.wijziging IS DISTINCT FROM NEW.wijziging AND (NEW.wijziging IS NULL OR OLD.einddatum IS NOT NULL)
        OR NEW.wijziging IS NOT NULL AND OLD.begindatum IS DISTINCT FROM NEW.begindatum
        OR OLD.wijziging = NEW.wijziging AND (OLD.naam, OLD.einddatum) IS DISTINCT FROM (NEW.naam, NEW.einddatum)
    THEN
        RAISE EXCEPTION 'de indeling van % is vastgelegd', OLD.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gemeente_indeling_blijft BEFORE UPDATE ON gemeente FOR EACH ROW
    WHEN (OLD.wijziging IS NOT NULL OR NEW.wijziging IS NOT NULL) EXECUTE FUNCTION indeling_blijft();
CREATE TRIGGER herindeling_blijft BEFORE UPDATE ON herindeling FOR EACH ROW
    WHEN (OLD.wijziging IS NOT NULL) EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indelingswijziging_bevroren BEFORE UPDATE OR DELETE ON indelingswijziging
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER gemeentenaam_bevroren BEFORE UPDATE OR DELETE ON gemeentenaam FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER inwonertal_eerder_bevroren BEFORE UPDATE OR DELETE ON inwonertal_eerder
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();

-- At the end of a transaction: who ends has successors, who is new by an operation has come from somewhere, and a former name
-- is kept.
CREATE FUNCTION gemeente_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.einddatum IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.herindeling WHERE oude_code = NEW.code AND ingangsdatum = NEW.einddatum + 1
        AND wijziging IS NOT DISTINCT FROM NEW.wijziging)
    THEN
        RAISE EXCEPTION '% eindigt zonder opvolger', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.wijziging IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.herindeling WHERE nieuwe_code = NEW.code AND ingangsdatum = NEW.begindatum AND wijziging = NEW.wijziging)
    THEN
        RAISE EXCEPTION '% ontstaat uit niets', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.wijziging IS NOT NULL AND OLD.naam IS DISTINCT FROM NEW.naam AND NOT EXISTS (
        SELECT FROM public.gemeentenaam JOIN public.indelingswijziging ON id = wijziging
        WHERE gemeentecode = NEW.code AND naam = OLD.naam AND wijziging = NEW.wijziging AND tot_en_met = ingangsdatum - 1)
    THEN
        RAISE EXCEPTION 'de vorige naam van % is niet bewaard', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER gemeente_past AFTER INSERT OR UPDATE ON gemeente DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION gemeente_past();

-- The days of a herindeling are those of its gemeenten; and all inhabitants of who ends are somewhere afterwards.
CREATE FUNCTION herindeling_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    geteld integer;
    verdeeld bigint;
    peildag date;
    ingang date;
BEGIN
    PERFORM FROM public.gemeente WHERE code = NEW.oude_code FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM public.gemeente oud, public.gemeente nieuw WHERE oud.code = NEW.oude_code AND nieuw.code = NEW.nieuwe_code
        AND oud.einddatum = NEW.ingangsdatum - 1
        AND coalesce(nieuw.begindatum <= NEW.ingangsdatum, true) AND coalesce(nieuw.einddatum >= NEW.ingangsdatum, true)
        AND NEW.nieuw_ingesteld = (nieuw.begindatum IS NOT DISTINCT FROM NEW.ingangsdatum))
    THEN
        RAISE EXCEPTION 'van % naar % past niet bij hun begin en eind', NEW.oude_code, NEW.nieuwe_code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.herindeling WHERE oude_code = NEW.oude_code AND ingangsdatum = NEW.ingangsdatum
        AND wijziging IS DISTINCT FROM NEW.wijziging)
    THEN
        RAISE EXCEPTION '% eindigt door meer dan één wijziging', NEW.oude_code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.wijziging IS NOT NULL THEN
        SELECT peildatum, ingangsdatum INTO peildag, ingang FROM public.indelingswijziging WHERE id = NEW.wijziging;
        SELECT aantal INTO geteld FROM public.inwonertal WHERE gemeentecode = NEW.oude_code AND peildatum = peildag;
        SELECT CASE WHEN count(*) = count(inwoners) THEN sum(inwoners) END INTO verdeeld FROM public.herindeling
            WHERE oude_code = NEW.oude_code AND wijziging = NEW.wijziging;
        IF ingang <> NEW.ingangsdatum OR verdeeld IS DISTINCT FROM geteld THEN
            RAISE EXCEPTION 'de inwoners van % zijn niet verdeeld', NEW.oude_code USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER herindeling_past AFTER INSERT OR UPDATE ON herindeling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION herindeling_past();

CREATE FUNCTION wijziging_wijzigt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.herindeling WHERE wijziging = NEW.id)
        AND NOT EXISTS (SELECT FROM public.gemeentenaam WHERE wijziging = NEW.id)
    THEN
        RAISE EXCEPTION 'een wijziging zonder gevolgen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER indelingswijziging_wijzigt AFTER INSERT ON indelingswijziging DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wijziging_wijzigt();

CREATE FUNCTION naam_is_vervangen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.gemeente WHERE code = NEW.gemeentecode AND wijziging = NEW.wijziging AND naam <> NEW.naam)
        OR EXISTS (SELECT FROM public.gemeentenaam WHERE gemeentecode = NEW.gemeentecode AND tot_en_met > NEW.tot_en_met)
    THEN
        RAISE EXCEPTION '% heet nog zo, of heette later al anders', NEW.gemeentecode USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER gemeentenaam_vervangen AFTER INSERT ON gemeentenaam DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION naam_is_vervangen();

-- Samenwerkingsverbanden: a membership begins once and ends once.
CREATE TABLE samenwerkingsverband (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]{1,60}$'), naam text NOT NULL, vastgelegd_op timestamptz NOT NULL);
CREATE TABLE lidmaatschap (
    verband text REFERENCES samenwerkingsverband, gemeentecode text REFERENCES gemeente,
    vanaf date CHECK (isfinite(vanaf)), tot_en_met date CHECK (isfinite(tot_en_met)),
    PRIMARY KEY (verband, gemeentecode, vanaf), CHECK (vanaf <= tot_en_met));
CREATE INDEX lidmaatschap_gemeentecode_idx ON lidmaatschap (gemeentecode);
CREATE FUNCTION lidmaatschap_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.samenwerkingsverband WHERE code = NEW.verband FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM public.gemeente WHERE code = NEW.gemeentecode
        AND coalesce(begindatum <= NEW.vanaf, true) AND coalesce(einddatum >= NEW.vanaf, true))
    THEN
        RAISE EXCEPTION '% bestaat dan niet', NEW.gemeentecode USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.lidmaatschap WHERE verband = NEW.verband AND gemeentecode = NEW.gemeentecode AND vanaf <> NEW.vanaf
        AND daterange(vanaf, tot_en_met, '[]') && daterange(NEW.vanaf, NEW.tot_en_met, '[]'))
    THEN
        RAISE EXCEPTION '% is dan al lid', NEW.gemeentecode USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lidmaatschap_past AFTER INSERT OR UPDATE ON lidmaatschap FOR EACH ROW EXECUTE FUNCTION lidmaatschap_past();
CREATE TRIGGER lidmaatschap_blijft BEFORE UPDATE ON lidmaatschap FOR EACH ROW
    WHEN (OLD.tot_en_met IS NOT NULL) EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON identificatie, inwonertal_eerder, indelingswijziging, gemeentenaam, samenwerkingsverband, lidmaatschap
    FROM catalogus_api;
GRANT SELECT, INSERT, UPDATE (waarde, bron, datum, vastgelegd_op) ON identificatie TO catalogus_api;
GRANT SELECT ON inwonertal_eerder TO catalogus_api;
GRANT SELECT, INSERT ON indelingswijziging, gemeentenaam TO catalogus_api;
GRANT SELECT, INSERT, UPDATE (naam) ON samenwerkingsverband TO catalogus_api;
GRANT SELECT, INSERT, UPDATE (tot_en_met) ON lidmaatschap TO catalogus_api;
GRANT UPDATE (status, vastgelegd_op, bestand) ON inwonertal TO catalogus_api;
GRANT UPDATE (wijziging) ON gemeente TO catalogus_api;

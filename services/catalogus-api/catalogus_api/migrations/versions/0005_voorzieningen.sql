-- Both are trusted: the owner of the database may install them, where the server has PostgreSQL's own contrib modules.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE voorziening ALTER eigenaar DROP NOT NULL, ALTER fase DROP NOT NULL, ALTER mate_van_binding DROP NOT NULL;
ALTER TABLE voorziening
    ADD spoor smallint CHECK (spoor IN (1, 2)),
    ADD prioriteit text CHECK (prioriteit IN ('A1', 'A2', 'B1', 'B2', 'B3', 'C1', 'C2', 'C3', 'D1', 'D2')),
    ADD ontwikkelaars text[] NOT NULL DEFAULT '{}',
    ADD gebruikers text[] NOT NULL DEFAULT '{}'
        CHECK (gebruikers <@ '{gemeente,ketenpartner,inwoner,ondernemer,leverancier}'),
    ADD leveranciers text[] NOT NULL DEFAULT '{}',
    ADD bouwstenen text[] NOT NULL DEFAULT '{}',
    ADD broncode text, ADD api_specificatie text, ADD documentatie text,
    ADD vindplaatsen jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(vindplaatsen) = 'array'),
    ADD publicatiestatus text NOT NULL DEFAULT 'gepubliceerd' CHECK (publicatiestatus IN ('concept', 'gepubliceerd')),
    ADD versie integer NOT NULL DEFAULT 1 CHECK (versie > 0),
    ADD gewijzigd_op timestamptz NOT NULL DEFAULT now() CHECK (isfinite(gewijzigd_op)),
    ADD gewijzigd_door text, ADD gewijzigd_namens text;
-- Not validated: what an earlier release recorded stays as it was recorded, until it is changed.
ALTER TABLE voorziening ADD CONSTRAINT voorziening_soort_check CHECK (soort IN (
    'e-formulier', 'app', 'werkproces', 'koppelvlak', 'standaard', 'inkoopvoorwaarden', 'contract', 'netwerk', 'infrastructuur',
    'kennisproduct', 'dienst')) NOT VALID;
ALTER TABLE voorziening ADD CONSTRAINT voorziening_domein_check CHECK (domein IN (
    'publieksdienstverlening', 'sociaal domein', 'fysiek domein', 'belastingen', 'bestuur en veiligheid', 'generiek')) NOT VALID;
ALTER TABLE voorziening ADD CONSTRAINT voorziening_fase_check CHECK (fase IN (
    'initiatief', 'pilot', 'impactanalyse', 'opschaling', 'in beheer', 'uitfasering', 'gestopt')) NOT VALID;
ALTER TABLE voorziening ADD CONSTRAINT voorziening_mate_van_binding_check CHECK (mate_van_binding IN (
    'vrij', 'vrijwillig maar niet vrijblijvend', 'algemeen bindend')) NOT VALID;

-- An answer shows a list as it is stored; array_position also refuses a list of lists.
ALTER TABLE voorziening ADD CONSTRAINT voorziening_lijsten_check CHECK (
    array_position(ontwikkelaars, NULL) IS NULL AND array_position(gebruikers, NULL) IS NULL
    AND array_position(leveranciers, NULL) IS NULL AND array_position(bouwstenen, NULL) IS NULL);

-- Every version whole. Only the trigger writes it: it runs with the rights of the table's owner.
CREATE TABLE voorziening_versie (LIKE voorziening, geschreven_op timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (code, versie));
ALTER TABLE voorziening_versie ADD FOREIGN KEY (code) REFERENCES voorziening;
INSERT INTO voorziening_versie SELECT *, now() FROM voorziening;

CREATE FUNCTION voorziening_versie_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.versie := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.versie + 1 END;
    IF TG_OP = 'UPDATE' AND (NEW.code <> OLD.code OR OLD.publicatiestatus = 'gepubliceerd' AND NEW.publicatiestatus = 'concept')
    THEN
        RAISE EXCEPTION 'voorziening % houdt haar code, en wat gepubliceerd is, blijft dat', OLD.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voorziening_versie_volgt BEFORE INSERT OR UPDATE ON voorziening FOR EACH ROW
    EXECUTE FUNCTION voorziening_versie_volgt();
CREATE FUNCTION bewaar_voorziening_versie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.voorziening_versie
        SELECT (jsonb_populate_record(NULL::public.voorziening_versie, to_jsonb(NEW) || jsonb_build_object('geschreven_op', now()))).*;
    INSERT INTO public.zoekwoord SELECT woord FROM public.zoekwoorden_van(NEW.zoektekst) AS woord ORDER BY woord
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER voorziening_versie_bewaard AFTER INSERT OR UPDATE ON voorziening FOR EACH ROW
    EXECUTE FUNCTION bewaar_voorziening_versie();
-- Else the role could put it on a table of its own.
REVOKE ALL ON FUNCTION bewaar_voorziening_versie() FROM PUBLIC;
CREATE TRIGGER voorziening_versie_bevroren BEFORE UPDATE OR DELETE ON voorziening_versie FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER voorziening_versie_niet_legen BEFORE TRUNCATE ON voorziening_versie FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON voorziening_versie FROM catalogus_api;
GRANT SELECT ON voorziening_versie TO catalogus_api;

-- As search compares: without accents, whatever Unicode form they come in, and without capitals. Immutable, since the
-- dictionary is named and never changes.
CREATE FUNCTION zoekvorm(VARIADIC delen text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent',
        regexp_replace(normalize(array_to_string(delen, ' '), NFKD), '[\u0300-\u036f]', '', 'g')))
$$;
ALTER TABLE voorziening
    ADD zoektekst text GENERATED ALWAYS AS (zoekvorm(VARIADIC ARRAY[
        naam, code, omschrijving, soort, domein, eigenaar] || ontwikkelaars || leveranciers || bouwstenen)) STORED,
    ADD zoekvector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('pg_catalog.dutch', zoekvorm(naam, code)), 'A')
        || setweight(to_tsvector('pg_catalog.dutch', zoekvorm(omschrijving)), 'B')
        || setweight(to_tsvector('pg_catalog.dutch', zoekvorm(VARIADIC ARRAY[soort, domein, eigenaar]
            || ontwikkelaars || leveranciers || bouwstenen)), 'C')) STORED;

-- Every word that stands in an entry, or stood there: a word that is typed is compared with these, and not with every text.
CREATE TABLE zoekwoord (woord text PRIMARY KEY);
CREATE INDEX zoekwoord_woord_idx ON zoekwoord USING gin (woord gin_trgm_ops);
CREATE FUNCTION zoekwoorden_van(tekst text) RETURNS SETOF text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT woord FROM regexp_split_to_table(tekst, '[^[:alnum:]]+') AS woord WHERE length(woord) BETWEEN 3 AND 60
$$;
INSERT INTO zoekwoord SELECT DISTINCT zoekwoorden_van(zoektekst) FROM voorziening;
REVOKE ALL ON zoekwoord FROM catalogus_api;
GRANT SELECT ON zoekwoord TO catalogus_api;
-- A word by its stem, or by the words that are nearly it.
CREATE FUNCTION zoekvraag(term text) RETURNS tsquery LANGUAGE sql STABLE AS $$
    SELECT plainto_tsquery('pg_catalog.dutch', zoekvorm(term)) || coalesce(
        (SELECT to_tsquery('pg_catalog.dutch', string_agg(woord, ' | ')) FROM (
            SELECT woord FROM zoekwoord
            WHERE zoekvorm(term) <% woord OR zoekvorm(term) % woord AND similarity(zoekvorm(term), woord) >= 0.45
            ORDER BY greatest(word_similarity(zoekvorm(term), woord), similarity(zoekvorm(term), woord)) DESC, woord LIMIT 20
        ) AS bijna), '')
$$;

CREATE INDEX voorziening_zoekvector_idx ON voorziening USING gin (zoekvector);
CREATE INDEX voorziening_naam_idx ON voorziening (zoekvorm(naam), code);
CREATE INDEX voorziening_gewijzigd_op_idx ON voorziening (gewijzigd_op, code);
CREATE INDEX voorziening_domein_idx ON voorziening (domein, code);
CREATE INDEX voorziening_soort_idx ON voorziening (soort, code);
CREATE INDEX voorziening_fase_idx ON voorziening (fase, code);
CREATE INDEX voorziening_prioriteit_idx ON voorziening (prioriteit, code);
CREATE INDEX voorziening_eigenaar_idx ON voorziening (eigenaar, code);
CREATE INDEX voorziening_lijsten_idx ON voorziening USING gin (ontwikkelaars, gebruikers, leveranciers, bouwstenen);

REVOKE INSERT, UPDATE ON voorziening FROM catalogus_api;
GRANT INSERT (code, naam, soort, spoor, domein, prioriteit, omschrijving, eigenaar, ontwikkelaars, gebruikers, leveranciers,
    bouwstenen, broncode, api_specificatie, documentatie, mate_van_binding, fase, publicatiestatus, bronvermelding, vindplaatsen,
    gewijzigd_op, gewijzigd_door, gewijzigd_namens) ON voorziening TO catalogus_api;
GRANT UPDATE (naam, soort, spoor, domein, prioriteit, omschrijving, eigenaar, ontwikkelaars, gebruikers, leveranciers,
    bouwstenen, broncode, api_specificatie, documentatie, mate_van_binding, fase, publicatiestatus, bronvermelding, vindplaatsen,
    gewijzigd_op, gewijzigd_door, gewijzigd_namens) ON voorziening TO catalogus_api;

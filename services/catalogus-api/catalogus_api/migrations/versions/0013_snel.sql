-- Ranking reads the vector of every entry that is found. In a row of its own size it is at hand; out of line, it takes five reads
-- more. The new column rewrites the table, so it holds for what is there already.
ALTER TABLE voorziening SET (toast_tuple_target = 8160);
-- A small number for every entry, as its place in voorziening_waarde.
ALTER TABLE voorziening ADD nummer integer GENERATED ALWAYS AS IDENTITY (MINVALUE 0) UNIQUE;
CREATE INDEX voorziening_publicatiestatus_idx ON voorziening (publicatiestatus, code);

-- Which entries have a value that a filter asks for: of number n, bit n % 8192 in part n / 8192. What has several values is the
-- bits that are set in each; how many those are, PostgreSQL counts by the word.
CREATE TABLE voorziening_waarde (
    filter text, waarde text, deel integer, nummers bit(8192) NOT NULL, PRIMARY KEY (filter, waarde, deel));
CREATE FUNCTION waarden_van(van voorziening) RETURNS TABLE (filter text, waarde text) LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT enkel.filter, enkel.waarde FROM (VALUES
        ('domein', van.domein), ('soort', van.soort), ('spoor', van.spoor::text), ('prioriteit', van.prioriteit),
        ('fase', van.fase), ('mate_van_binding', van.mate_van_binding), ('publicatiestatus', van.publicatiestatus),
        ('eigenaar', van.eigenaar)) AS enkel (filter, waarde) WHERE enkel.waarde IS NOT NULL
    UNION SELECT 'gebruiker', unnest(van.gebruikers)
    UNION SELECT 'ontwikkelaar', unnest(van.ontwikkelaars)
    UNION SELECT 'leverancier', unnest(van.leveranciers)
    UNION SELECT 'bouwsteen', unnest(van.bouwstenen)
$$;
INSERT INTO voorziening_waarde
    SELECT w.filter, w.waarde, nummer / 8192, bit_or(set_bit(0::bit(8192), nummer % 8192, 1))
    FROM voorziening AS v, waarden_van(v) AS w GROUP BY 1, 2, 3;

-- At the end of a transaction, when it holds all other locks that it needs: who waits here is waited for by nobody who needs more.
CREATE FUNCTION voorziening_waarde_volgt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nummer integer;
BEGIN
    LOCK TABLE public.voorziening_waarde IN SHARE ROW EXCLUSIVE MODE;
    IF TG_OP <> 'INSERT' THEN
        UPDATE public.voorziening_waarde AS bij SET nummers = set_bit(bij.nummers, OLD.nummer % 8192, 0)
            FROM (SELECT * FROM public.waarden_van(OLD) EXCEPT
                  SELECT * FROM public.waarden_van(NEW) WHERE TG_OP = 'UPDATE') AS weg
            WHERE bij.filter = weg.filter AND bij.waarde = weg.waarde AND bij.deel = OLD.nummer / 8192;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO public.voorziening_waarde AS bij
            SELECT filter, waarde, NEW.nummer / 8192, set_bit(0::bit(8192), NEW.nummer % 8192, 1)
            FROM (SELECT * FROM public.waarden_van(NEW) EXCEPT
                  SELECT * FROM public.waarden_van(OLD) WHERE TG_OP = 'UPDATE') AS nieuw
            ON CONFLICT ON CONSTRAINT voorziening_waarde_pkey DO UPDATE SET nummers = bij.nummers | excluded.nummers;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION voorziening_waarde_volgt() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER voorziening_waarde_volgt AFTER INSERT OR UPDATE OR DELETE ON voorziening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION voorziening_waarde_volgt();
REVOKE ALL ON voorziening_waarde FROM catalogus_api;
GRANT SELECT ON voorziening_waarde TO catalogus_api;

-- What these words ask for. `ruim` is what is found: every word by its stem, or by at most twenty words of the catalogue that are
-- nearly it, or that it is a part of. `precies` comes first: every word by its stem or by the nearest word. A word that says
-- nothing ("de") asks nothing; without a word that does, both are empty. Each of the two likenesses has its index only by itself.
DROP FUNCTION zoekvraag(text);
CREATE FUNCTION zoekvraag(woorden text[], OUT precies tsquery, OUT ruim tsquery) LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    vorm text;
    stam tsquery;
    bijna text[];
BEGIN
    precies := '';
    ruim := '';
    FOREACH vorm IN ARRAY woorden LOOP
        vorm := zoekvorm(vorm);
        stam := plainto_tsquery('pg_catalog.dutch', vorm);
        CONTINUE WHEN numnode(stam) = 0;
        SELECT array_agg(woord ORDER BY gelijkenis DESC, woord) INTO bijna FROM (
            SELECT woord, greatest(word_similarity(vorm, woord), similarity(vorm, woord)) AS gelijkenis FROM (
                SELECT woord FROM zoekwoord WHERE vorm <% woord
                UNION SELECT woord FROM zoekwoord WHERE vorm % woord AND similarity(vorm, woord) >= 0.45) AS lijkt
            ORDER BY gelijkenis DESC, woord LIMIT 20) AS meest;
        precies := precies && (stam || to_tsquery('pg_catalog.dutch', coalesce(bijna[1], '')));
        ruim := ruim && (stam || to_tsquery('pg_catalog.dutch', coalesce(array_to_string(bijna, ' | '), '')));
    END LOOP;
END $$;

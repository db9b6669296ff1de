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

-- Which entries a transaction has changed; empty outside it. What they became is put in voorziening_waarde and zoekwoord when it
-- ends, for all of them at once, and when it holds all other locks that it needs: who waits here is waited for by nobody who needs
-- more. Its turn is that of the events (0012): of two turns, one transaction could have the first and another the second.
CREATE TABLE voorziening_waarde_wacht (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, nummer integer NOT NULL);
CREATE FUNCTION voorziening_waarde_wacht() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.voorziening_waarde_wacht (nummer) VALUES (coalesce(NEW.nummer, OLD.nummer));
    RETURN NULL;
END $$;
CREATE TRIGGER voorziening_waarde_wacht AFTER INSERT OR UPDATE OR DELETE ON voorziening
    FOR EACH ROW EXECUTE FUNCTION voorziening_waarde_wacht();
CREATE FUNCTION voorziening_waarde_volgt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    geen CONSTANT bit(8192) := 0::bit(8192);
    gewijzigd integer[];
    van integer;
    hun bit(8192);
BEGIN
    IF NOT EXISTS (SELECT FROM public.voorziening_waarde_wacht WHERE id = NEW.id) THEN
        RETURN NULL;  -- done with the first of this transaction
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('gebeurtenis', 0));
    WITH weg AS (DELETE FROM public.voorziening_waarde_wacht RETURNING nummer)
        SELECT array_agg(DISTINCT nummer) INTO gewijzigd FROM weg;
    INSERT INTO public.zoekwoord
        SELECT DISTINCT woord FROM public.voorziening AS v, public.zoekwoorden_van(v.zoektekst) AS woord
        WHERE v.nummer = ANY (gewijzigd) ON CONFLICT DO NOTHING;
    FOR van, hun IN
        SELECT nummer / 8192, bit_or(set_bit(geen, nummer % 8192, 1)) FROM unnest(gewijzigd) AS nummer GROUP BY 1
    LOOP
        WITH nu AS (
            SELECT w.filter, w.waarde, bit_or(set_bit(geen, v.nummer % 8192, 1)) AS nummers
            FROM public.voorziening AS v, public.waarden_van(v) AS w
            WHERE v.nummer = ANY (gewijzigd) AND v.nummer / 8192 = van GROUP BY 1, 2
        ), nieuw AS (
            INSERT INTO public.voorziening_waarde SELECT filter, waarde, van, nummers FROM nu ON CONFLICT DO NOTHING
        )
        UPDATE public.voorziening_waarde AS bij SET nummers = bij.nummers & ~hun | coalesce(nu.nummers, geen)
            FROM public.voorziening_waarde AS was LEFT JOIN nu USING (filter, waarde)
            WHERE was.deel = van AND (bij.filter, bij.waarde, bij.deel) = (was.filter, was.waarde, was.deel)
            AND was.nummers & hun <> coalesce(nu.nummers, geen);
    END LOOP;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION voorziening_waarde_wacht(), voorziening_waarde_volgt() FROM PUBLIC;
CREATE OR REPLACE FUNCTION bewaar_voorziening_versie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.voorziening_versie
        SELECT (jsonb_populate_record(NULL::public.voorziening_versie, to_jsonb(NEW) || jsonb_build_object('geschreven_op', now()))).*;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER voorziening_waarde_volgt AFTER INSERT ON voorziening_waarde_wacht
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION voorziening_waarde_volgt();
REVOKE ALL ON voorziening_waarde_wacht FROM catalogus_api;
REVOKE ALL ON voorziening_waarde FROM catalogus_api;
GRANT SELECT ON voorziening_waarde TO catalogus_api;

-- What these words ask for. `ruim` is what is found: every word by its stem, or by at most twenty words of the catalogue that are
-- nearly it, or that it is a part of. `precies` comes first: every word by its stem, or by the nearest word where the catalogue
-- does not have it. A word that says nothing ("de") asks nothing; without a word that does, both are empty. Each of the two
-- likenesses is asked by itself, and no plan reads all words: only so does the index serve both.
DROP FUNCTION zoekvraag(text);
CREATE FUNCTION zoekvraag(woorden text[], OUT precies tsquery, OUT ruim tsquery) LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    vorm text;
    stam tsquery;
    bijna tsquery[];
    vraag tsquery;
BEGIN
    precies := '';
    ruim := '';
    FOREACH vorm IN ARRAY woorden LOOP
        vorm := zoekvorm(vorm);
        stam := plainto_tsquery('pg_catalog.dutch', vorm);
        CONTINUE WHEN numnode(stam) = 0;
        SELECT array_agg(verschillend.vraag ORDER BY meest DESC, verschillend.vraag) INTO bijna FROM (
            SELECT plainto_tsquery('pg_catalog.dutch', woord) AS vraag, max(gelijkenis) AS meest FROM (
                SELECT woord, greatest(word_similarity(vorm, woord), similarity(vorm, woord)) AS gelijkenis FROM (
                    SELECT woord FROM zoekwoord WHERE vorm <% woord
                    UNION SELECT woord FROM zoekwoord WHERE vorm % woord AND similarity(vorm, woord) >= 0.45) AS lijkt
                ORDER BY gelijkenis DESC, woord LIMIT 20) AS lijkt_meest
            GROUP BY 1) AS verschillend WHERE numnode(verschillend.vraag) > 0;
        precies := precies && CASE WHEN bijna IS NULL OR stam = ANY (bijna) THEN stam ELSE stam || bijna[1] END;
        FOREACH vraag IN ARRAY coalesce(array_remove(bijna, stam), '{}') LOOP
            stam := stam || vraag;
        END LOOP;
        ruim := ruim && stam;
    END LOOP;
END $$;

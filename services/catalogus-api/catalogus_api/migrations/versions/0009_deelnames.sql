-- Trusted, as those of 0005.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- To whom the rights and duties of a divided gemeente go (Wet arhi, article 44); empty where nobody was designated.
ALTER TABLE herindeling ADD rechtsopvolger boolean;

-- The gemeenten of a day, with their inhabitants at the last peildatum up to it. Whoever came into another gemeente since then is
-- counted there: by the figure of the operation, or, where it came whole out of the files, by its own. No SET, no definer: the
-- planner puts it into the query that uses it.
CREATE FUNCTION gemeenten_op(dag date) RETURNS TABLE (code text, naam text, provincie text, inwoners bigint)
LANGUAGE sql STABLE AS $$
    SELECT g.code, g.naam, g.provincie, coalesce(i.aantal, 0) + coalesce(erbij.aantal, 0)
    FROM public.gemeente g
    LEFT JOIN public.inwonertal i ON i.gemeentecode = g.code
        AND i.peildatum = (SELECT max(peildatum) FROM public.inwonertal WHERE peildatum <= gemeenten_op.dag)
    LEFT JOIN (
        SELECT h.nieuwe_code, sum(coalesce(h.inwoners, CASE WHEN NOT EXISTS (
            SELECT FROM public.herindeling ander
            WHERE ander.oude_code = h.oude_code AND ander.nieuwe_code <> h.nieuwe_code) THEN oud.aantal END))::bigint AS aantal
        FROM (SELECT max(peildatum) AS dag FROM public.inwonertal WHERE peildatum <= gemeenten_op.dag) peil
        JOIN public.herindeling h ON h.ingangsdatum > peil.dag AND h.ingangsdatum <= gemeenten_op.dag
        LEFT JOIN public.inwonertal oud ON oud.gemeentecode = h.oude_code AND oud.peildatum = peil.dag
        GROUP BY h.nieuwe_code) erbij ON erbij.nieuwe_code = g.code
    WHERE (g.begindatum IS NULL OR g.begindatum <= gemeenten_op.dag) AND (g.einddatum IS NULL OR g.einddatum >= gemeenten_op.dag)
$$;

-- On what conditions gemeenten take part; the last version ends it.
CREATE TABLE deelnamevoorwaarden (
    voorziening text REFERENCES voorziening, versie integer CHECK (versie > 0),
    vanaf date NOT NULL CHECK (isfinite(vanaf)), einde boolean NOT NULL,
    kosten text, opzegtermijn_maanden smallint CHECK (opzegtermijn_maanden BETWEEN 0 AND 60),
    opzeggen_tegen text CHECK (opzeggen_tegen IN ('elke dag', 'einde maand', 'einde jaar')), uittreden text,
    kosten_vindplaats text, bronvermelding text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    PRIMARY KEY (voorziening, versie), UNIQUE (voorziening, vanaf),
    CHECK (num_nulls(kosten, opzegtermijn_maanden, opzeggen_tegen, uittreden) = CASE WHEN einde THEN 4 ELSE 0 END));

-- A gemeente that takes part in a voorziening. The days of its steps, its conditions and `opvolger` follow from its steps: only
-- the trigger writes them. `tot` is the first day on which it takes part no more.
CREATE TABLE deelname (
    id uuid PRIMARY KEY, voorziening text NOT NULL REFERENCES voorziening, gemeentecode text NOT NULL REFERENCES gemeente,
    inkoopgrond text NOT NULL
        CHECK (inkoopgrond IN ('aanbesteed', 'raamovereenkomst', 'quasi-inbesteding', 'alleenrecht', 'geen')),
    zichtbaarheid text NOT NULL CHECK (zichtbaarheid IN ('deelnemers', 'gemeenten', 'iedereen')),
    afkomstig_van uuid REFERENCES deelname, opvolger uuid REFERENCES deelname,
    versie integer NOT NULL DEFAULT 0, voorwaarden_versie integer,
    vanaf date NOT NULL CHECK (isfinite(vanaf)), aangemeld_op date, implementatie_op date, gebruik_op date,
    tot date CHECK (isfinite(tot)), overgaat_op date, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    FOREIGN KEY (voorziening, voorwaarden_versie) REFERENCES deelnamevoorwaarden,
    CHECK ((aangemeld_op IS NULL) = (voorwaarden_versie IS NULL)),
    CHECK ((overgaat_op IS NULL) = (opvolger IS NULL)),
    CHECK (coalesce(aangemeld_op >= vanaf, true) AND coalesce(implementatie_op >= aangemeld_op, implementatie_op IS NULL)
        AND coalesce(gebruik_op >= implementatie_op, gebruik_op IS NULL) AND coalesce(tot >= vanaf, true)),
    CONSTRAINT deelname_een_tegelijk EXCLUDE USING gist (voorziening WITH =, gemeentecode WITH =, daterange(vanaf, tot) WITH &&));
CREATE INDEX deelname_voorziening_idx ON deelname (voorziening, gemeentecode, vanaf, id);
CREATE INDEX deelname_gemeentecode_idx ON deelname (gemeentecode, voorziening, vanaf, id);
CREATE INDEX deelname_opvolger_idx ON deelname (opvolger) WHERE opvolger IS NOT NULL;
CREATE INDEX deelname_gebruik_idx ON deelname (voorziening, gebruik_op) INCLUDE (tot, gemeentecode, zichtbaarheid, opvolger)
    WHERE gebruik_op IS NOT NULL;

CREATE TABLE deelnameovergang (
    deelname uuid REFERENCES deelname, volgnummer integer CHECK (volgnummer > 0),
    naar text NOT NULL
        CHECK (naar IN ('belangstelling', 'aangemeld', 'in implementatie', 'in gebruik', 'beëindigd', 'overgegaan')),
    datum date NOT NULL CHECK (isfinite(datum)), einddatum date CHECK (isfinite(einddatum)), CHECK (einddatum >= datum - 1),
    voorwaarden_versie integer, opvolger uuid REFERENCES deelname,
    rol text NOT NULL, door text, namens text, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (deelname, volgnummer),
    CHECK ((naar = 'beëindigd') = (einddatum IS NOT NULL)), CHECK ((naar = 'overgegaan') = (opvolger IS NOT NULL)));
CREATE UNIQUE INDEX deelnameovergang_een_einde_idx ON deelnameovergang (deelname) WHERE naar = 'beëindigd';
CREATE INDEX deelnameovergang_opvolger_idx ON deelnameovergang (opvolger) WHERE opvolger IS NOT NULL;

-- Which voorzieningen can be taken part in, from when until when; and per gemeente the days on which the use of a voorziening
-- begins and ends, each sorted: per domein, and of all domeinen together where it is ''. How many are in use on a day, is the
-- difference of two binary searches.
CREATE TABLE dekkingsaanbod (voorziening text PRIMARY KEY REFERENCES voorziening, domein text NOT NULL, vanaf date NOT NULL, tot date);
CREATE INDEX dekkingsaanbod_domein_idx ON dekkingsaanbod (domein, voorziening);
CREATE TABLE dekkingscel (
    domein text, gemeentecode text REFERENCES gemeente, zichtbaarheid text,
    begin date[] NOT NULL DEFAULT '{}', eind date[] NOT NULL DEFAULT '{}', PRIMARY KEY (domein, gemeentecode, zichtbaarheid));

CREATE FUNCTION voorwaarden_volgen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    vorige public.deelnamevoorwaarden;
BEGIN
    PERFORM FROM public.dekkingsaanbod WHERE voorziening = NEW.voorziening FOR UPDATE;
    SELECT * INTO vorige FROM public.deelnamevoorwaarden
        WHERE voorziening = NEW.voorziening AND versie <> NEW.versie ORDER BY versie DESC LIMIT 1;
    IF NEW.versie <> coalesce(vorige.versie, 0) + 1 OR NEW.vanaf <= vorige.vanaf OR vorige.einde OR NEW.einde AND NEW.versie = 1
    THEN
        RAISE EXCEPTION 'deze voorwaarden van % volgen niet op de vorige', NEW.voorziening
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.einde AND EXISTS (
        SELECT FROM public.deelname WHERE voorziening = NEW.voorziening AND coalesce(tot > NEW.vanaf, true))
    THEN
        RAISE EXCEPTION 'aan % wordt dan nog deelgenomen', NEW.voorziening USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.einde THEN
        UPDATE public.dekkingsaanbod SET tot = NEW.vanaf WHERE voorziening = NEW.voorziening;
    ELSIF NEW.versie = 1 THEN
        INSERT INTO public.dekkingsaanbod SELECT code, domein, NEW.vanaf FROM public.voorziening
            WHERE code = NEW.voorziening FOR SHARE;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION voorwaarden_volgen() FROM PUBLIC;
CREATE TRIGGER deelnamevoorwaarden_volgen AFTER INSERT ON deelnamevoorwaarden FOR EACH ROW EXECUTE FUNCTION voorwaarden_volgen();

CREATE FUNCTION deelname_begint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.gemeente WHERE code = NEW.gemeentecode
        AND coalesce(begindatum <= NEW.vanaf, true) AND coalesce(einddatum >= NEW.vanaf, true))
    THEN
        RAISE EXCEPTION '% bestaat dan niet', NEW.gemeentecode USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deelname_begint BEFORE INSERT ON deelname FOR EACH ROW EXECUTE FUNCTION deelname_begint();
CREATE FUNCTION deelname_heeft_stap() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.deelnameovergang WHERE deelname = NEW.id) THEN
        RAISE EXCEPTION 'deelname % heeft geen stap', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deelname_heeft_stap AFTER INSERT ON deelname DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION deelname_heeft_stap();
CREATE FUNCTION deelname_versie_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.versie := OLD.versie + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER deelname_versie_volgt BEFORE UPDATE ON deelname FOR EACH ROW EXECUTE FUNCTION deelname_versie_volgt();

-- A step follows on the one before. Only what came out of a herindeling may pass steps over; what will go over goes on until then.
CREATE FUNCTION deelname_volgt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d public.deelname;
    stap integer := array_position('{belangstelling,aangemeld,in implementatie,in gebruik}'::text[], NEW.naar);
    was integer;
    afspraak integer;
BEGIN
    SELECT * INTO STRICT d FROM public.deelname WHERE id = NEW.deelname FOR UPDATE;
    was := CASE WHEN NEW.volgnummer = 1 THEN 0 ELSE 1 + num_nonnulls(d.aangemeld_op, d.implementatie_op, d.gebruik_op) END;
    afspraak := coalesce(d.voorwaarden_versie, NEW.voorwaarden_versie);
    IF NEW.volgnummer <> (SELECT count(*) FROM public.deelnameovergang WHERE deelname = NEW.deelname)
        OR NEW.datum < greatest(d.vanaf, d.aangemeld_op, d.implementatie_op, d.gebruik_op)
        OR was = 0 AND (stap IS NULL OR NEW.datum <> d.vanaf)
        OR NOT coalesce(stap = was + 1 OR was = 0 AND stap = 2 OR d.afkomstig_van IS NOT NULL AND stap > was, true)
        OR coalesce(stap >= 2, false) AND afspraak IS NULL
        OR EXISTS (SELECT FROM public.deelname o
            WHERE o.id = NEW.opvolger AND (o.voorziening <> d.voorziening OR o.gemeentecode = d.gemeentecode))
        OR NEW.voorwaarden_versie IS NOT NULL AND (d.voorwaarden_versie IS NOT NULL OR NOT coalesce(stap >= 2, false))
    THEN
        RAISE EXCEPTION 'deelname % kan zo niet naar %', NEW.deelname, NEW.naar USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF d.tot IS NOT NULL AND NOT coalesce(d.tot = d.overgaat_op AND NEW.naar <> 'overgegaan' AND NEW.datum < d.tot, false)
        AND NOT (NEW.naar = 'overgegaan' AND d.overgaat_op IS NULL AND NEW.datum < d.tot)
    THEN
        RAISE EXCEPTION 'deelname % is geëindigd', NEW.deelname USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM FROM public.dekkingsaanbod WHERE voorziening = d.voorziening FOR SHARE;
    IF NEW.voorwaarden_versie IS NOT NULL AND d.afkomstig_van IS NULL AND NOT EXISTS (
        SELECT FROM (SELECT v.versie, v.einde FROM public.deelnamevoorwaarden v
            WHERE v.voorziening = d.voorziening AND v.vanaf <= NEW.datum ORDER BY v.versie DESC LIMIT 1) AS geldend
        WHERE geldend.versie = NEW.voorwaarden_versie AND NOT geldend.einde)
    THEN
        RAISE EXCEPTION 'deze voorwaarden gelden dan niet' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE public.deelname SET
        voorwaarden_versie = CASE WHEN stap >= 2 THEN afspraak ELSE d.voorwaarden_versie END,
        aangemeld_op = CASE WHEN stap >= 2 THEN coalesce(d.aangemeld_op, NEW.datum) ELSE d.aangemeld_op END,
        implementatie_op = CASE WHEN stap >= 3 THEN coalesce(d.implementatie_op, NEW.datum) ELSE d.implementatie_op END,
        gebruik_op = CASE WHEN stap >= 4 THEN NEW.datum ELSE d.gebruik_op END,
        tot = CASE NEW.naar WHEN 'beëindigd' THEN least(d.tot, NEW.einddatum + 1) WHEN 'overgegaan' THEN NEW.datum ELSE d.tot END,
        overgaat_op = coalesce(d.overgaat_op, CASE NEW.naar WHEN 'overgegaan' THEN NEW.datum END),
        opvolger = coalesce(d.opvolger, NEW.opvolger)
        WHERE id = NEW.deelname;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION deelname_volgt() FROM PUBLIC;
CREATE TRIGGER deelnameovergang_volgt AFTER INSERT ON deelnameovergang FOR EACH ROW EXECUTE FUNCTION deelname_volgt();

-- Lock first, then look: what another transaction has just committed is counted too.
CREATE FUNCTION tel_cel(van_domein text, van_gemeente text, van_zichtbaarheid text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.dekkingscel VALUES (van_domein, van_gemeente, van_zichtbaarheid) ON CONFLICT DO NOTHING;
    PERFORM FROM public.dekkingscel
        WHERE domein = van_domein AND gemeentecode = van_gemeente AND zichtbaarheid = van_zichtbaarheid FOR UPDATE;
    UPDATE public.dekkingscel SET (begin, eind) = (
        SELECT coalesce(array_agg(d.gebruik_op ORDER BY d.gebruik_op), '{}'),
            coalesce(array_agg(d.tot ORDER BY d.tot) FILTER (WHERE d.tot IS NOT NULL), '{}')
        FROM public.deelname d JOIN public.dekkingsaanbod a USING (voorziening)
        WHERE d.gemeentecode = van_gemeente AND van_domein IN ('', a.domein) AND d.zichtbaarheid = van_zichtbaarheid
        AND d.gebruik_op IS NOT NULL AND coalesce(d.tot > d.gebruik_op, true))
        WHERE domein = van_domein AND gemeentecode = van_gemeente AND zichtbaarheid = van_zichtbaarheid;
END $$;
REVOKE ALL ON FUNCTION tel_cel(text, text, text) FROM PUBLIC;
CREATE FUNCTION deelname_telt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    van_domein text;
BEGIN
    SELECT domein INTO STRICT van_domein FROM public.dekkingsaanbod WHERE voorziening = NEW.voorziening FOR SHARE;
    PERFORM public.tel_cel(domein, NEW.gemeentecode, zichtbaarheid) FROM (
        SELECT DISTINCT domein, zichtbaarheid
        FROM unnest(ARRAY['', van_domein]) AS domein, unnest(ARRAY[OLD.zichtbaarheid, NEW.zichtbaarheid]) AS zichtbaarheid
        ORDER BY 1, 2) AS cel;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION deelname_telt() FROM PUBLIC;
CREATE TRIGGER deelname_telt AFTER UPDATE ON deelname FOR EACH ROW
    WHEN (NEW.gebruik_op IS NOT NULL
        AND (OLD.gebruik_op, OLD.tot, OLD.zichtbaarheid) IS DISTINCT FROM (NEW.gebruik_op, NEW.tot, NEW.zichtbaarheid))
    EXECUTE FUNCTION deelname_telt();
CREATE FUNCTION aanbod_verhuist() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE public.dekkingsaanbod SET domein = NEW.domein WHERE voorziening = NEW.code;
    PERFORM public.tel_cel(cel.domein, cel.gemeentecode, cel.zichtbaarheid) FROM (
        SELECT DISTINCT domein, gemeentecode, zichtbaarheid
        FROM public.deelname CROSS JOIN unnest(ARRAY[OLD.domein, NEW.domein]) AS domein
        WHERE voorziening = NEW.code AND gebruik_op IS NOT NULL ORDER BY 1, 2, 3) AS cel;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION aanbod_verhuist() FROM PUBLIC;
CREATE TRIGGER voorziening_aanbod_verhuist AFTER UPDATE ON voorziening FOR EACH ROW
    WHEN (OLD.domein <> NEW.domein) EXECUTE FUNCTION aanbod_verhuist();

-- Counts everything again; for the owner, after rows were loaded with the triggers off.
CREATE FUNCTION tel_dekking_opnieuw() RETURNS void LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM dekkingscel;
    INSERT INTO dekkingscel
        SELECT coalesce(a.domein, ''), d.gemeentecode, d.zichtbaarheid, array_agg(d.gebruik_op ORDER BY d.gebruik_op),
            coalesce(array_agg(d.tot ORDER BY d.tot) FILTER (WHERE d.tot IS NOT NULL), '{}')
        FROM deelname d JOIN dekkingsaanbod a USING (voorziening)
        WHERE d.gebruik_op IS NOT NULL AND coalesce(d.tot > d.gebruik_op, true)
        GROUP BY GROUPING SETS ((a.domein, d.gemeentecode, d.zichtbaarheid), (d.gemeentecode, d.zichtbaarheid));
$$;
REVOKE ALL ON FUNCTION tel_dekking_opnieuw() FROM PUBLIC;

CREATE TRIGGER deelnamevoorwaarden_bevroren BEFORE UPDATE OR DELETE ON deelnamevoorwaarden FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER deelnamevoorwaarden_niet_legen BEFORE TRUNCATE ON deelnamevoorwaarden FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER deelnameovergang_bevroren BEFORE UPDATE OR DELETE ON deelnameovergang FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER deelnameovergang_niet_legen BEFORE TRUNCATE ON deelnameovergang FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER deelname_blijft BEFORE DELETE ON deelname FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER deelname_niet_legen BEFORE TRUNCATE ON deelname FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON deelnamevoorwaarden, deelname, deelnameovergang, dekkingsaanbod, dekkingscel FROM catalogus_api;
GRANT SELECT, INSERT ON deelnamevoorwaarden, deelnameovergang TO catalogus_api;
GRANT SELECT ON deelname, dekkingsaanbod, dekkingscel TO catalogus_api;
GRANT INSERT (id, voorziening, gemeentecode, inkoopgrond, zichtbaarheid, afkomstig_van, vanaf, vastgelegd_op) ON deelname
    TO catalogus_api;
GRANT UPDATE (inkoopgrond, zichtbaarheid) ON deelname TO catalogus_api;

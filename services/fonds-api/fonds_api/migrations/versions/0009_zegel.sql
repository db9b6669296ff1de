-- The limit of the API. JSON numbers are exact up to 2^53 only; a leaf must have one text. Not validated: what was booked stays.
SET LOCAL statement_timeout = '2s';
LOCK TABLE boekingsregel IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;
ALTER TABLE boekingsregel ADD CONSTRAINT boekingsregel_bedrag_cent_grens_check
    CHECK (bedrag_cent BETWEEN -1000000000000000 AND 1000000000000000) NOT VALID;

-- Leaf `nummer` (from 0) of the log of a fonds. Complete nodes of level 4, 8, 12 … above them: node (niveau, nummer) covers the
-- leaves from nummer * 2^niveau. A node of the levels in between is computed from at most 8 of them. Only `verzegel` writes a leaf,
-- of an entry that is there and that nobody may remove, so it needs no foreign key.
CREATE TABLE blad (
    fonds text NOT NULL, nummer bigint NOT NULL CHECK (nummer >= 0),
    boeking uuid NOT NULL UNIQUE, hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (fonds, nummer));
CREATE TABLE knoop (
    fonds text NOT NULL REFERENCES fonds, niveau integer NOT NULL CHECK (niveau BETWEEN 4 AND 48 AND niveau % 4 = 0),
    nummer bigint NOT NULL CHECK (nummer >= 0), hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (fonds, niveau, nummer));
-- The public halves of the keys that sign; the private half is a file of the service. `oorsprong` begins the origin of each log.
CREATE TABLE zegelsleutel (
    nummer integer PRIMARY KEY CHECK (nummer >= 1),
    publiek bytea NOT NULL UNIQUE CHECK (length(publiek) = 32),
    oorsprong text NOT NULL CHECK (oorsprong ~ '^[A-Za-z0-9./_-]{1,200}$'),
    overdracht bytea CHECK (length(overdracht) = 64),
    sinds timestamptz NOT NULL DEFAULT now());
CREATE TABLE checkpoint (
    fonds text NOT NULL REFERENCES fonds, grootte bigint NOT NULL CHECK (grootte >= 0),
    tekst text NOT NULL, sleutel integer NOT NULL REFERENCES zegelsleutel,
    handtekening bytea NOT NULL CHECK (length(handtekening) = 64),
    ondertekend_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (fonds, grootte));
CREATE TABLE getuige (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), oin text NOT NULL,
    naam text NOT NULL CHECK (naam ~ '^[A-Za-z0-9._/-]{1,100}$'),
    publiek bytea NOT NULL UNIQUE CHECK (length(publiek) = 32),
    vorige integer UNIQUE REFERENCES getuige,
    aangemeld_op timestamptz NOT NULL CHECK (isfinite(aangemeld_op)));
CREATE INDEX getuige_gemeentecode_idx ON getuige (gemeentecode);
CREATE TABLE getuige_intrekking (
    getuige integer PRIMARY KEY REFERENCES getuige,
    reden text NOT NULL, naam text NOT NULL, ingetrokken_op timestamptz NOT NULL CHECK (isfinite(ingetrokken_op)));
CREATE TABLE medeondertekening (
    fonds text NOT NULL, grootte bigint NOT NULL, getuige integer NOT NULL REFERENCES getuige,
    tijdstip timestamptz NOT NULL CHECK (isfinite(tijdstip)),
    handtekening bytea NOT NULL CHECK (length(handtekening) = 64),
    ontvangen_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (fonds, grootte, getuige), FOREIGN KEY (fonds, grootte) REFERENCES checkpoint);
CREATE INDEX medeondertekening_getuige_idx ON medeondertekening (getuige);

-- The leaf of an entry: RFC 8785 JSON of the members that never change, as the API serves them. json's own text of a string is
-- that of RFC 8785; the names stand in order. Whatever the session has set (DateStyle, TimeZone), the text is the same. A storno
-- and the database's own moment are there where a row has them; what is null stays out.
CREATE FUNCTION bladinhoud(p_boekingen uuid[]) RETURNS TABLE (boeking uuid, inhoud text) LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.id,
        '{"boekdatum":"' || to_char(b.boekdatum, 'YYYY-MM-DD')
        || '","bron":{"bron":' || to_json(b.bron) || ',"pad":' || to_json(b.pad)
        || '},"fonds":' || to_json(b.fonds)
        || ',"geboektOp":"' || to_char(b.geboekt_op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        || '","id":"' || b.id
        || '","omschrijving":' || to_json(b.omschrijving)
        || ',"regels":[' || (SELECT string_agg('{"bedragCent":' || r.bedrag_cent || ',"rekening":' || to_json(r.rekening) || '}',
                                               ',' ORDER BY r.regelnummer)
                             FROM public.boekingsregel r WHERE r.boeking = b.id)
        || ']' || coalesce(',"stornoVan":"/v1/boekingen/' || b.storno_van || '"', '')
        || coalesce(',"vastgelegdOp":"' || to_char(b.vastgelegd_op AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"', '')
        || ',"volgnummer":' || b.volgnummer || '}'
    FROM public.boeking b WHERE b.id = ANY (p_boekingen)
$$;

-- Take the entries of a fonds that wait, in order of volgnummer, and append their leaves and the nodes that became complete; fold
-- them in the same transaction. One at a time per fonds; of entries with many lines fewer than asked for. The hash is made here,
-- so that the role of the service has no way to append anything else than what was booked.
CREATE FUNCTION verzegel(p_fonds text, p_hoogstens integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET work_mem = '64MB' AS $$
DECLARE
    eerste bigint; grootte bigint; wachtend uuid[]; nummers bigint[]; aantal integer; van bigint; tot bigint; gemaakt bigint;
BEGIN
    PERFORM public.vergrendel('zegel ' || p_fonds);
    SELECT array_agg(boeking ORDER BY volgnummer), array_agg(volgnummer), count(*) INTO wachtend, nummers, aantal FROM (
        SELECT boeking, volgnummer, sum(aantal_regels) OVER (ORDER BY volgnummer) - aantal_regels AS ervoor FROM (
            SELECT boeking, volgnummer, aantal_regels FROM public.onverzegeld WHERE fonds = p_fonds
            ORDER BY volgnummer LIMIT least(p_hoogstens, 10000)) AS oudste) AS geteld WHERE ervoor < 50000;
    IF aantal = 0 THEN
        RETURN 0;
    END IF;
    eerste := coalesce((SELECT max(b.nummer) + 1 FROM public.blad b WHERE b.fonds = p_fonds), 0);
    INSERT INTO public.blad (fonds, nummer, boeking, hash)
        SELECT p_fonds, eerste + w.plaats - 1, w.boeking, sha256('\x00'::bytea || convert_to(i.inhoud, 'UTF8'))
        FROM unnest(wachtend) WITH ORDINALITY AS w (boeking, plaats)
        JOIN public.bladinhoud(wachtend) AS i ON i.boeking = w.boeking;
    grootte := eerste + aantal;
    IF (SELECT max(b.nummer) + 1 FROM public.blad b WHERE b.fonds = p_fonds) <> grootte THEN
        RAISE EXCEPTION 'niet elke boeking in % heeft een blad', p_fonds USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    FOR hoog IN 4..48 BY 4 LOOP
        van := eerste >> hoog;
        tot := grootte >> hoog;
        EXIT WHEN tot = 0;
        WITH onder AS (
            SELECT b.nummer, b.hash FROM public.blad b
            WHERE hoog = 4 AND b.fonds = p_fonds AND b.nummer >= van << 4 AND b.nummer < tot << 4
            UNION ALL
            SELECT k.nummer, k.hash FROM public.knoop k
            WHERE hoog > 4 AND k.fonds = p_fonds AND k.niveau = hoog - 4 AND k.nummer >= van << 4 AND k.nummer < tot << 4
        ), een AS (
            SELECT nummer >> 1 AS nummer, sha256('\x01'::bytea || string_agg(hash, ''::bytea ORDER BY nummer)) AS hash
            FROM onder GROUP BY nummer >> 1 HAVING count(*) = 2
        ), twee AS (
            SELECT nummer >> 1 AS nummer, sha256('\x01'::bytea || string_agg(hash, ''::bytea ORDER BY nummer)) AS hash
            FROM een GROUP BY nummer >> 1 HAVING count(*) = 2
        ), drie AS (
            SELECT nummer >> 1 AS nummer, sha256('\x01'::bytea || string_agg(hash, ''::bytea ORDER BY nummer)) AS hash
            FROM twee GROUP BY nummer >> 1 HAVING count(*) = 2
        )
        INSERT INTO public.knoop (fonds, niveau, nummer, hash)
            SELECT p_fonds, hoog, nummer >> 1, sha256('\x01'::bytea || string_agg(hash, ''::bytea ORDER BY nummer))
            FROM drie GROUP BY nummer >> 1 HAVING count(*) = 2;
        GET DIAGNOSTICS gemaakt = ROW_COUNT;
        IF gemaakt <> tot - van THEN
            RAISE EXCEPTION 'het logboek van % heeft gaten onder niveau %', p_fonds, hoog
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    PERFORM public.vouw(p_fonds, nummers);
    RETURN aantal;
END $$;
REVOKE ALL ON FUNCTION bladinhoud(uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION verzegel(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bladinhoud(uuid[]), verzegel(text, integer) TO fonds_api;

-- A checkpoint is of the log as it is now, and of no size that has one.
CREATE FUNCTION checkpoint_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel('zegel ' || NEW.fonds);
    IF NEW.grootte <> coalesce((SELECT max(nummer) + 1 FROM public.blad WHERE fonds = NEW.fonds), 0)
       OR NEW.grootte < (SELECT max(grootte) FROM public.checkpoint WHERE fonds = NEW.fonds)
       OR NEW.sleutel <> (SELECT max(nummer) FROM public.zegelsleutel) THEN
        RAISE EXCEPTION 'checkpoint % van % volgt niet', NEW.grootte, NEW.fonds USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER checkpoint_volgt BEFORE INSERT ON checkpoint FOR EACH ROW EXECUTE FUNCTION checkpoint_volgt();
CREATE FUNCTION zegelsleutel_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel('zegelsleutel');
    IF NEW.nummer <> (SELECT coalesce(max(nummer), 0) + 1 FROM public.zegelsleutel)
       OR NEW.oorsprong IS DISTINCT FROM coalesce((SELECT oorsprong FROM public.zegelsleutel WHERE nummer = 1), NEW.oorsprong) THEN
        RAISE EXCEPTION 'zegelsleutel % volgt niet', NEW.nummer USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER zegelsleutel_volgt BEFORE INSERT ON zegelsleutel FOR EACH ROW EXECUTE FUNCTION zegelsleutel_volgt();

-- One key at a time per gemeente, of one organisation, under a name that is of no other gemeente.
CREATE FUNCTION getuige_volgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE nu integer;
BEGIN
    PERFORM public.vergrendel('getuigen');
    SELECT max(id) INTO nu FROM public.getuige WHERE gemeentecode = NEW.gemeentecode;
    IF NEW.vorige IS DISTINCT FROM nu
       OR EXISTS (SELECT FROM public.getuige WHERE naam = NEW.naam AND gemeentecode <> NEW.gemeentecode)
       OR EXISTS (SELECT FROM public.getuige g WHERE g.id = nu AND g.oin <> NEW.oin
                  AND NOT EXISTS (SELECT FROM public.getuige_intrekking i WHERE i.getuige = g.id)) THEN
        RAISE EXCEPTION 'getuige van % volgt niet', NEW.gemeentecode USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER getuige_volgt BEFORE INSERT ON getuige FOR EACH ROW EXECUTE FUNCTION getuige_volgt();

CREATE TRIGGER blad_bevroren BEFORE UPDATE OR DELETE ON blad FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER blad_niet_legen BEFORE TRUNCATE ON blad FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER knoop_bevroren BEFORE UPDATE OR DELETE ON knoop FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER knoop_niet_legen BEFORE TRUNCATE ON knoop FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER zegelsleutel_bevroren BEFORE UPDATE OR DELETE ON zegelsleutel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER zegelsleutel_niet_legen BEFORE TRUNCATE ON zegelsleutel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER checkpoint_bevroren BEFORE UPDATE OR DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER checkpoint_niet_legen BEFORE TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER getuige_bevroren BEFORE UPDATE OR DELETE ON getuige FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER getuige_niet_legen BEFORE TRUNCATE ON getuige FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER getuige_intrekking_bevroren BEFORE UPDATE OR DELETE ON getuige_intrekking
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER getuige_intrekking_niet_legen BEFORE TRUNCATE ON getuige_intrekking
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER medeondertekening_bevroren BEFORE UPDATE OR DELETE ON medeondertekening
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER medeondertekening_niet_legen BEFORE TRUNCATE ON medeondertekening
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON blad, knoop, zegelsleutel, checkpoint, getuige, getuige_intrekking, medeondertekening FROM fonds_api;
GRANT SELECT ON blad, knoop, zegelsleutel, checkpoint, getuige, getuige_intrekking, medeondertekening TO fonds_api;
GRANT INSERT (nummer, publiek, oorsprong, overdracht) ON zegelsleutel TO fonds_api;
GRANT INSERT (fonds, grootte, tekst, sleutel, handtekening) ON checkpoint TO fonds_api;
GRANT INSERT (gemeentecode, oin, naam, publiek, vorige, aangemeld_op) ON getuige TO fonds_api;
GRANT INSERT ON getuige_intrekking TO fonds_api;
GRANT INSERT (fonds, grootte, getuige, tijdstip, handtekening) ON medeondertekening TO fonds_api;

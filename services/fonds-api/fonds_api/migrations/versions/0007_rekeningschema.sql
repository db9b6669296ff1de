-- Fondsen and charts of accounts are data: the service writes them, and what is booked on stays as it is.
ALTER TABLE fonds
    DROP CONSTRAINT fonds_code_check, ADD CONSTRAINT fonds_code_check CHECK (code ~ '^[a-z][a-z0-9-]{0,39}$'),
    ADD CONSTRAINT fonds_boekingsrollen_bekend CHECK (array_position(boekingsrollen, NULL) IS NULL
        AND boekingsrollen <@ '{fondsbeheerder,administratie}' AND boekingsrollen @> '{fondsbeheerder}'),
    ADD versie integer NOT NULL DEFAULT 1 CHECK (versie >= 1),
    ADD grendels bigint NOT NULL DEFAULT 0;
ALTER TABLE rekening
    ADD boven text, ADD boekbaar boolean NOT NULL DEFAULT true,
    ADD contra boolean NOT NULL DEFAULT false,
    ADD normale_zijde text NOT NULL
        GENERATED ALWAYS AS (CASE WHEN (soort IN ('activa', 'lasten')) <> contra THEN 'debet' ELSE 'credit' END) STORED,
    ADD minimum_cent bigint, ADD maximum_cent bigint, ADD CHECK (minimum_cent <= maximum_cent),
    ADD geblokkeerd boolean NOT NULL DEFAULT false,
    ADD CHECK (boekbaar OR (minimum_cent IS NULL AND maximum_cent IS NULL AND NOT geblokkeerd)),
    ADD versie integer NOT NULL DEFAULT 1 CHECK (versie >= 1),
    ADD prioriteit text CHECK (prioriteit ~ '^[A-Z][1-9]$'),
    ADD budgetsoort text CHECK (budgetsoort IN ('structureel', 'meerjarig', 'kortcyclisch')),
    ADD CHECK ((prioriteit IS NULL) = (budgetsoort IS NULL)),
    ADD beheerd boolean NOT NULL DEFAULT false, ADD CHECK (prioriteit IS NULL OR beheerd),
    ADD FOREIGN KEY (fonds, boven) REFERENCES rekening (fonds, nummer);
CREATE INDEX rekening_boven_idx ON rekening (fonds, boven) WHERE boven IS NOT NULL;
CREATE UNIQUE INDEX rekening_post_key ON rekening (fonds, prioriteit, budgetsoort) WHERE prioriteit IS NOT NULL;

-- The papers name no accounts. A lasten account for each begrotingspost (prioriteit × budgetsoort), so that each figure of a
-- report is the balance of an account. On what is spent (beheerd) only documents of the service book, which its budget guards.
INSERT INTO rekening (fonds, nummer, naam, soort, boekbaar) VALUES
    ('ggu', '0500', 'Algemene reserve', 'passiva', true),
    ('ggu', '0510', 'Reserve overgehevelde budgetten', 'passiva', true),
    ('ggu', '0900', 'Nog te bestemmen resultaat', 'passiva', true),
    ('ggu', '1310', 'Te verrekenen met gemeenten', 'passiva', true),
    ('ggu', '1600', 'Crediteuren', 'passiva', true),
    ('ggu', '4000', 'Bestedingen', 'lasten', false),
    ('ggu', '4900', 'Btw op bestedingen', 'lasten', true),
    ('ggu', '4990', 'Toevoeging aan reserves', 'lasten', true),
    ('ggu', '8100', 'Derde geldstromen', 'baten', true),
    ('ggu', '8200', 'Onttrekking aan reserves', 'baten', true);
INSERT INTO rekening (fonds, nummer, naam, soort, boven, boekbaar)
    SELECT 'ggu', '4' || lpad(nr || '0', 3, '0'), 'Bestedingen prioriteit ' || prioriteit, 'lasten', '4000', false
    FROM unnest(CAST('{A1,A2,B1,B2,B3,C1,C2,C3,D1,D2}' AS text[])) WITH ORDINALITY AS p (prioriteit, nr);
INSERT INTO rekening (fonds, nummer, naam, soort, boven, boekbaar, beheerd, prioriteit, budgetsoort)
    SELECT 'ggu', substr(hoofd.nummer, 1, 3) || nr, hoofd.naam || ', ' || s.budgetsoort, 'lasten', hoofd.nummer, true, true,
           right(hoofd.naam, 2), s.budgetsoort
    FROM rekening AS hoofd, unnest(CAST('{structureel,meerjarig,kortcyclisch}' AS text[])) WITH ORDINALITY AS s (budgetsoort, nr)
    WHERE hoofd.fonds = 'ggu' AND hoofd.boven = '4000';
UPDATE rekening SET beheerd = true WHERE fonds = 'ggu' AND nummer = '4900';

-- Booking shares the gate of its fonds; whoever closes a period or changes what an account takes, shuts it first, and so waits
-- for the entries under way and keeps the next ones waiting. The counter is for transactions whose snapshot is older than the
-- gate: locking the row fails in them when it has been shut since.
CREATE FUNCTION grendel_fonds(p_fonds text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('boeken ' || p_fonds, 0));
    UPDATE public.fonds SET grendels = grendels + 1 WHERE code = p_fonds;
END $$;

-- The sum of all lines of an account, in cents, debet minus credit, whatever their boekdatum.
CREATE FUNCTION stand_van(p_fonds text, p_rekening text) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CAST(coalesce(sum(bedrag_cent), 0) AS bigint) FROM public.boekingsregel WHERE fonds = p_fonds AND rekening = p_rekening
$$;

CREATE FUNCTION controleer_rekening() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE cent bigint;
BEGIN
    PERFORM public.grendel_fonds(NEW.fonds);
    IF TG_OP = 'UPDATE' AND (OLD.fonds, OLD.nummer, OLD.soort, OLD.boekbaar, OLD.contra, OLD.prioriteit, OLD.budgetsoort, OLD.beheerd)
       IS DISTINCT FROM (NEW.fonds, NEW.nummer, NEW.soort, NEW.boekbaar, NEW.contra, NEW.prioriteit, NEW.budgetsoort, NEW.beheerd) THEN
        RAISE EXCEPTION 'rekening % % blijft wat zij is', OLD.fonds, OLD.nummer USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.boven IS NOT NULL THEN
        IF (SELECT boekbaar FROM public.rekening WHERE fonds = NEW.fonds AND nummer = NEW.boven) IS NOT FALSE THEN
            RAISE EXCEPTION 'rekening % % telt niets op', NEW.fonds, NEW.boven USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF EXISTS (WITH RECURSIVE hoger (nummer, boven) AS (
                       SELECT nummer, boven FROM public.rekening WHERE fonds = NEW.fonds AND nummer = NEW.boven
                       UNION SELECT r.nummer, r.boven FROM public.rekening r JOIN hoger ON r.nummer = hoger.boven
                       WHERE r.fonds = NEW.fonds)
                   SELECT FROM hoger WHERE nummer = NEW.nummer) THEN
            RAISE EXCEPTION 'rekening % % telt zichzelf op', NEW.fonds, NEW.nummer
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF NEW.minimum_cent IS NOT NULL OR NEW.maximum_cent IS NOT NULL THEN
        cent := public.stand_van(NEW.fonds, NEW.nummer);
        IF cent < NEW.minimum_cent OR cent > NEW.maximum_cent THEN
            RAISE EXCEPTION 'rekening % % staat op % cent', NEW.fonds, NEW.nummer, cent
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rekening_klopt BEFORE INSERT OR UPDATE ON rekening FOR EACH ROW EXECUTE FUNCTION controleer_rekening();
CREATE TRIGGER rekening_blijft BEFORE DELETE ON rekening FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER rekening_niet_legen BEFORE TRUNCATE ON rekening FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER fonds_blijft BEFORE DELETE ON fonds FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER fonds_niet_legen BEFORE TRUNCATE ON fonds FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

-- Operators in full, here and in what else each entry does: a search_path of its own costs more than the rest.
CREATE FUNCTION weiger_dichte_rekening() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE dicht record;
BEGIN
    SELECT r.fonds, r.nummer INTO dicht FROM nieuw JOIN public.rekening r
        ON r.fonds OPERATOR(pg_catalog.=) nieuw.fonds AND r.nummer OPERATOR(pg_catalog.=) nieuw.rekening
        WHERE NOT r.boekbaar OR r.geblokkeerd LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'op rekening % % wordt niet geboekt', dicht.fonds, dicht.nummer
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER boekingsregel_rekening_open AFTER INSERT ON boekingsregel REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_dichte_rekening();

-- A period is known by its last day, and begins after the one before: so they have no gaps and no overlaps. The first begins on
-- the first day that can be booked; what comes after the last is open.
CREATE TABLE periode (
    fonds text REFERENCES fonds, tot_en_met date CHECK (tot_en_met BETWEEN '2000-01-01' AND '2100-12-31'),
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'voorlopig_gesloten', 'definitief_gesloten')),
    versie integer NOT NULL DEFAULT 1 CHECK (versie >= 1),
    PRIMARY KEY (fonds, tot_en_met));
CREATE TABLE periodestap (
    fonds text, tot_en_met date, versie integer CHECK (versie >= 2),
    naar text NOT NULL CHECK (naar IN ('open', 'voorlopig_gesloten', 'definitief_gesloten')),
    naam text NOT NULL, reden text, op timestamptz NOT NULL CHECK (isfinite(op)), peer_id text,
    CHECK (naar <> 'open' OR reden IS NOT NULL),
    PRIMARY KEY (fonds, tot_en_met, versie), FOREIGN KEY (fonds, tot_en_met) REFERENCES periode);

CREATE FUNCTION controleer_periode() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.grendel_fonds(NEW.fonds);
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' OR NEW.versie <> 1 OR 'open' <> (SELECT status FROM public.periode WHERE fonds = NEW.fonds
            AND tot_en_met > NEW.tot_en_met ORDER BY tot_en_met LIMIT 1) THEN
            RAISE EXCEPTION 'periode % % begint niet open', NEW.fonds, NEW.tot_en_met
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.fonds, OLD.tot_en_met, OLD.versie + 1) IS DISTINCT FROM (NEW.fonds, NEW.tot_en_met, NEW.versie)
       OR (OLD.status, NEW.status) NOT IN (('open', 'voorlopig_gesloten'), ('voorlopig_gesloten', 'open'),
                                           ('voorlopig_gesloten', 'definitief_gesloten'))
       OR NEW.status = 'voorlopig_gesloten' AND EXISTS (SELECT FROM public.periode WHERE fonds = NEW.fonds
           AND tot_en_met < NEW.tot_en_met AND status = 'open')
       OR NEW.status = 'definitief_gesloten' AND EXISTS (SELECT FROM public.periode WHERE fonds = NEW.fonds
           AND tot_en_met < NEW.tot_en_met AND status <> 'definitief_gesloten') THEN
        RAISE EXCEPTION 'periode % %: % wordt geen %', OLD.fonds, OLD.tot_en_met, OLD.status, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER periode_klopt BEFORE INSERT OR UPDATE ON periode FOR EACH ROW EXECUTE FUNCTION controleer_periode();
CREATE TRIGGER periode_blijft BEFORE DELETE ON periode FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER periode_niet_legen BEFORE TRUNCATE ON periode FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER periodestap_bevroren BEFORE UPDATE OR DELETE ON periodestap FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER periodestap_niet_legen BEFORE TRUNCATE ON periodestap
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

-- Each state that a period got is explained by a step, and no step tells of another.
CREATE FUNCTION controleer_periodestap() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'periode' THEN
        IF NOT EXISTS (SELECT FROM public.periodestap WHERE fonds = NEW.fonds AND tot_en_met = NEW.tot_en_met
                       AND versie = NEW.versie AND naar = NEW.status) THEN
            RAISE EXCEPTION 'periode % %: niemand zegt waarom', NEW.fonds, NEW.tot_en_met
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (SELECT FROM public.periode WHERE fonds = NEW.fonds AND tot_en_met = NEW.tot_en_met
                      AND versie = NEW.versie AND status = NEW.naar) THEN
        RAISE EXCEPTION 'periode % % heeft deze stap niet gezet', NEW.fonds, NEW.tot_en_met
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER periode_verklaard AFTER UPDATE ON periode DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_periodestap();
CREATE TRIGGER periodestap_gezet BEFORE INSERT ON periodestap FOR EACH ROW EXECUTE FUNCTION controleer_periodestap();

-- Of these days, those in a closed period, with its last day and state. Shares the gate, so that what it says stays so until
-- the end of the transaction.
CREATE FUNCTION gesloten_dagen(p_fonds text, p_dagen date[])
RETURNS TABLE (dag date, tot_en_met date, status text) LANGUAGE plpgsql AS $$
BEGIN
    IF pg_catalog.pg_advisory_xact_lock_shared(
           pg_catalog.hashtextextended('boeken ' OPERATOR(pg_catalog.||) p_fonds, 0)) IS NULL THEN
        RAISE EXCEPTION 'geen grendel';
    END IF;
    IF pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
        PERFORM FROM public.fonds WHERE code OPERATOR(pg_catalog.=) p_fonds FOR SHARE;
    END IF;
    RETURN QUERY SELECT d, p.tot_en_met, p.status FROM pg_catalog.unnest(p_dagen) AS d, LATERAL (
        SELECT q.tot_en_met, q.status FROM public.periode q WHERE q.fonds OPERATOR(pg_catalog.=) p_fonds
            AND q.tot_en_met OPERATOR(pg_catalog.>=) d ORDER BY q.tot_en_met LIMIT 1) AS p
        WHERE p.status OPERATOR(pg_catalog.<>) 'open';
END $$;
CREATE FUNCTION weiger_gesloten_periode() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stand text;
BEGIN
    IF pg_catalog.pg_advisory_xact_lock_shared(
           pg_catalog.hashtextextended('boeken ' OPERATOR(pg_catalog.||) NEW.fonds, 0)) IS NULL THEN
        RAISE EXCEPTION 'geen grendel';
    END IF;
    IF pg_catalog.current_setting('transaction_isolation') OPERATOR(pg_catalog.<>) 'read committed' THEN
        PERFORM FROM public.fonds WHERE code OPERATOR(pg_catalog.=) NEW.fonds FOR SHARE;
    END IF;
    SELECT status INTO stand FROM public.periode WHERE fonds OPERATOR(pg_catalog.=) NEW.fonds
        AND tot_en_met OPERATOR(pg_catalog.>=) NEW.boekdatum ORDER BY tot_en_met LIMIT 1;
    IF stand OPERATOR(pg_catalog.<>) 'open' THEN
        RAISE EXCEPTION 'de periode van % in fonds % is gesloten', NEW.boekdatum, NEW.fonds
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER boeking_periode_open BEFORE INSERT ON boeking FOR EACH ROW EXECUTE FUNCTION weiger_gesloten_periode();

REVOKE ALL ON fonds, rekening, periode, periodestap FROM fonds_api;
GRANT SELECT, INSERT ON fonds, rekening, periode, periodestap TO fonds_api;
GRANT UPDATE (naam, omschrijving, bronvermelding, boekingsrollen, versie, grendels) ON fonds TO fonds_api;
GRANT UPDATE (naam, boven, minimum_cent, maximum_cent, geblokkeerd, versie) ON rekening TO fonds_api;
GRANT UPDATE (status, versie) ON periode TO fonds_api;

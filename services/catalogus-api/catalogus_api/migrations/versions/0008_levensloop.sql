-- Initiatieven: every version whole, and which of them holds.
CREATE TABLE initiatief (id uuid PRIMARY KEY, versie integer NOT NULL CHECK (versie > 0));
CREATE TABLE initiatief_versie (
    id uuid REFERENCES initiatief DEFERRABLE INITIALLY DEFERRED, versie integer CHECK (versie > 0),
    titel text NOT NULL, probleem text NOT NULL, voorstel text NOT NULL,
    domein text NOT NULL CHECK (domein IN ('publieksdienstverlening', 'sociaal domein', 'fysiek domein', 'belastingen',
        'bestuur en veiligheid', 'generiek')),
    gemeentecode text REFERENCES gemeente, samenwerkingsverband text REFERENCES samenwerkingsverband,
    CHECK (num_nonnulls(gemeentecode, samenwerkingsverband) = 1),
    status text NOT NULL CHECK (status IN ('concept', 'ingediend', 'in behandeling', 'aangenomen', 'afgewezen', 'ingetrokken')),
    zichtbaar_voor text NOT NULL CHECK (CASE status
        WHEN 'concept' THEN zichtbaar_voor = 'indiener'
        WHEN 'aangenomen' THEN zichtbaar_voor = 'openbaar'
        WHEN 'ingetrokken' THEN zichtbaar_voor IN ('indiener', 'aangesloten')
        ELSE zichtbaar_voor = 'aangesloten' END),
    reden text, CHECK (status <> 'afgewezen' OR reden IS NOT NULL),
    voorziening text REFERENCES voorziening, CHECK ((status = 'aangenomen') = (voorziening IS NOT NULL)),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    PRIMARY KEY (id, versie));
ALTER TABLE initiatief ADD CONSTRAINT initiatief_versie_fkey FOREIGN KEY (id, versie) REFERENCES initiatief_versie;
CREATE UNIQUE INDEX initiatief_versie_voorziening_idx ON initiatief_versie (voorziening);
CREATE INDEX initiatief_versie_gemeentecode_idx ON initiatief_versie (gemeentecode);
CREATE INDEX initiatief_versie_samenwerkingsverband_idx ON initiatief_versie (samenwerkingsverband);
-- What was submitted stays as others read it, and its status goes one way.
CREATE FUNCTION initiatief_vervolgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was public.initiatief_versie;
BEGIN
    SELECT * INTO was FROM public.initiatief_versie WHERE id = NEW.id AND versie = NEW.versie - 1;
    IF (CASE
        WHEN was.id IS NULL THEN NEW.versie <> 1 OR NEW.status NOT IN ('concept', 'ingediend')
        ELSE (was.gemeentecode, was.samenwerkingsverband) IS DISTINCT FROM (NEW.gemeentecode, NEW.samenwerkingsverband)
            OR (was.status, NEW.status) NOT IN (
                ('concept', 'concept'), ('concept', 'ingediend'), ('concept', 'ingetrokken'),
                ('ingediend', 'in behandeling'), ('ingediend', 'ingetrokken'),
                ('in behandeling', 'aangenomen'), ('in behandeling', 'afgewezen'), ('in behandeling', 'ingetrokken'))
            OR was.status <> 'concept' AND ((was.titel, was.probleem, was.voorstel, was.domein)
                IS DISTINCT FROM (NEW.titel, NEW.probleem, NEW.voorstel, NEW.domein))
            OR NEW.status = 'ingetrokken' AND was.zichtbaar_voor <> NEW.zichtbaar_voor
        END)
    THEN
        RAISE EXCEPTION 'initiatief % wordt zo niet vervolgd', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER initiatief_vervolgt BEFORE INSERT ON initiatief_versie FOR EACH ROW EXECUTE FUNCTION initiatief_vervolgt();

-- Steun: given once and withdrawn once; one per gemeente at a time.
CREATE TABLE steun (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    initiatief uuid REFERENCES initiatief, voorziening text REFERENCES voorziening,
    CHECK (num_nonnulls(initiatief, voorziening) = 1),
    gemeentecode text NOT NULL REFERENCES gemeente, toelichting text,
    gegeven_op timestamptz NOT NULL CHECK (isfinite(gegeven_op)), gegeven_door text, gegeven_namens text,
    ingetrokken_op timestamptz CHECK (isfinite(ingetrokken_op)), ingetrokken_door text, CHECK (ingetrokken_op >= gegeven_op));
CREATE UNIQUE INDEX steun_initiatief_idx ON steun (initiatief, gemeentecode) WHERE ingetrokken_op IS NULL;
CREATE UNIQUE INDEX steun_voorziening_idx ON steun (voorziening, gemeentecode) WHERE ingetrokken_op IS NULL;
CREATE INDEX steun_initiatief_gegeven_op_idx ON steun (initiatief, gegeven_op);
CREATE INDEX steun_voorziening_gegeven_op_idx ON steun (voorziening, gegeven_op);
CREATE TRIGGER steun_blijft BEFORE UPDATE ON steun FOR EACH ROW
    WHEN (OLD.ingetrokken_op IS NOT NULL OR NEW.ingetrokken_op IS NULL) EXECUTE FUNCTION weiger_wijziging();

-- Pilots: every version whole, and which of them holds.
CREATE TABLE pilot (
    id uuid PRIMARY KEY, voorziening text NOT NULL REFERENCES voorziening, versie integer NOT NULL CHECK (versie > 0),
    UNIQUE (voorziening, id));
CREATE TABLE pilot_versie (
    id uuid REFERENCES pilot DEFERRABLE INITIALLY DEFERRED, versie integer CHECK (versie > 0),
    naam text NOT NULL, doel text NOT NULL,
    begin date NOT NULL, eind date NOT NULL, CHECK (isfinite(begin) AND isfinite(eind) AND begin <= eind),
    status text NOT NULL CHECK (status IN ('gepland', 'loopt', 'afgerond', 'afgebroken')),
    geslaagd boolean, resultaat text, lessen text[] NOT NULL CHECK (array_position(lessen, NULL) IS NULL), reden text,
    CHECK ((status = 'afgerond') = (geslaagd IS NOT NULL)),
    CHECK (status <> 'afgerond' OR resultaat IS NOT NULL),
    CHECK ((status = 'afgebroken') = (reden IS NOT NULL)),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    PRIMARY KEY (id, versie));
ALTER TABLE pilot ADD CONSTRAINT pilot_versie_fkey FOREIGN KEY (id, versie) REFERENCES pilot_versie;
CREATE TABLE pilot_deelnemer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pilot uuid NOT NULL REFERENCES pilot, gemeentecode text NOT NULL REFERENCES gemeente,
    toegetreden_op timestamptz NOT NULL CHECK (isfinite(toegetreden_op)), toegetreden_door text, toegetreden_namens text,
    uitgetreden_op timestamptz CHECK (isfinite(uitgetreden_op)), uitgetreden_door text, CHECK (uitgetreden_op >= toegetreden_op));
CREATE UNIQUE INDEX pilot_deelnemer_pilot_idx ON pilot_deelnemer (pilot, gemeentecode) WHERE uitgetreden_op IS NULL;
CREATE INDEX pilot_deelnemer_gemeentecode_idx ON pilot_deelnemer (gemeentecode);
CREATE INDEX pilot_deelnemer_toegetreden_op_idx ON pilot_deelnemer (pilot, toegetreden_op);
CREATE TRIGGER pilot_deelnemer_blijft BEFORE UPDATE ON pilot_deelnemer FOR EACH ROW
    WHEN (OLD.uitgetreden_op IS NOT NULL OR NEW.uitgetreden_op IS NULL) EXECUTE FUNCTION weiger_wijziging();
-- A pilot goes one way, and no pilot runs or has results without who takes part.
CREATE FUNCTION pilot_vervolgt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    was text;
BEGIN
    SELECT status INTO was FROM public.pilot_versie WHERE id = NEW.id AND versie = NEW.versie - 1;
    IF (CASE
        WHEN was IS NULL THEN NEW.versie <> 1 OR NEW.status <> 'gepland'
        ELSE (was, NEW.status) NOT IN (
            ('gepland', 'gepland'), ('gepland', 'loopt'), ('gepland', 'afgebroken'),
            ('loopt', 'loopt'), ('loopt', 'afgerond'), ('loopt', 'afgebroken'))
        END)
        OR NEW.status IN ('loopt', 'afgerond') AND NOT EXISTS (
            SELECT FROM public.pilot_deelnemer WHERE pilot = NEW.id AND uitgetreden_op IS NULL)
    THEN
        RAISE EXCEPTION 'pilot % wordt zo niet vervolgd', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pilot_vervolgt BEFORE INSERT ON pilot_versie FOR EACH ROW EXECUTE FUNCTION pilot_vervolgt();

-- Impactanalyses: they rest on pilots of their voorziening that are over.
CREATE TABLE impactanalyse (
    voorziening text REFERENCES voorziening, versie integer CHECK (versie > 0),
    datum date NOT NULL CHECK (isfinite(datum)), pilots uuid[] NOT NULL CHECK (cardinality(pilots) > 0),
    it jsonb NOT NULL, werkproces jsonb NOT NULL, veranderkundig jsonb NOT NULL, personeel jsonb NOT NULL,
    kosten_eenmalig_cent bigint CHECK (kosten_eenmalig_cent >= 0), kosten_per_jaar_cent bigint CHECK (kosten_per_jaar_cent >= 0),
    baten_per_jaar_cent bigint CHECK (baten_per_jaar_cent >= 0), kosten_en_baten text NOT NULL,
    conclusie text NOT NULL CHECK (conclusie IN ('positief', 'negatief')), onderbouwing text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    PRIMARY KEY (voorziening, versie));
CREATE FUNCTION impactanalyse_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.voorziening WHERE code = NEW.voorziening FOR NO KEY UPDATE;
    IF NEW.versie <> 1 + (SELECT count(*) FROM public.impactanalyse WHERE voorziening = NEW.voorziening)
        OR EXISTS (
            SELECT FROM unnest(NEW.pilots) AS een WHERE NOT EXISTS (
                SELECT FROM public.pilot JOIN public.pilot_versie USING (id, versie)
                WHERE pilot.id = een AND pilot.voorziening = NEW.voorziening AND status = 'afgerond' AND eind <= NEW.datum))
    THEN
        RAISE EXCEPTION 'impactanalyse van % zonder afgeronde pilot, of niet de volgende', NEW.voorziening
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER impactanalyse_past BEFORE INSERT ON impactanalyse FOR EACH ROW EXECUTE FUNCTION impactanalyse_past();

-- The phase of a voorziening: with each change the step that made it, on what allowed it.
-- A word that an earlier release had for it stays until the next step; what a step goes to, is checked there.
ALTER TABLE voorziening DROP CONSTRAINT voorziening_fase_check;
ALTER TABLE voorziening ADD beheerstap text, ADD CONSTRAINT voorziening_beheerstap_check CHECK (CASE
    WHEN beheerstap IS NULL THEN true
    WHEN beheerstap = 'continueren' THEN fase IS NOT DISTINCT FROM 'in beheer'
    ELSE beheerstap IN ('starten', 'doorlopen') AND coalesce(fase, 'opschaling') = 'opschaling' END);
ALTER TABLE voorziening_versie ADD beheerstap text;
CREATE TABLE faseovergang (
    voorziening text, versie integer, PRIMARY KEY (voorziening, versie),
    FOREIGN KEY (voorziening, versie) REFERENCES voorziening_versie (code, versie),
    van text, naar text, beheerstap text, datum date CHECK (isfinite(datum)),
    besluit uuid REFERENCES besluit, pilot uuid, impactanalyse integer, initiatief uuid REFERENCES initiatief,
    gebeurtenis text, stuk text, reden text,
    FOREIGN KEY (voorziening, pilot) REFERENCES pilot (voorziening, id),
    FOREIGN KEY (voorziening, impactanalyse) REFERENCES impactanalyse (voorziening, versie),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), vastgelegd_door text, vastgelegd_namens text,
    CHECK (num_nonnulls(besluit, pilot, impactanalyse, initiatief, gebeurtenis, stuk) > 0),
    CHECK (vastgelegd_door IS NULL OR stuk IS NULL AND naar IS NOT NULL AND datum IS NOT NULL),
    CHECK (vastgelegd_door IS NULL OR naar <> 'gestopt' OR reden IS NOT NULL));
CREATE INDEX faseovergang_besluit_idx ON faseovergang (besluit);
-- What stood there before steps were kept.
INSERT INTO faseovergang (voorziening, versie, naar, stuk, gebeurtenis, vastgelegd_op)
    SELECT code, versie, fase, stuk,
        CASE WHEN stuk IS NULL THEN 'Stond er al toen faseovergangen werden bijgehouden.' END, gewijzigd_op
    FROM voorziening LEFT JOIN LATERAL (
        SELECT een ->> 'stuk' AS stuk FROM jsonb_array_elements(vindplaatsen) AS een WHERE een -> 'over' ? 'fase' LIMIT 1
    ) AS genoemd ON true
    WHERE fase IS NOT NULL;

CREATE FUNCTION faseovergang_past() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nu public.voorziening_versie;
    was public.voorziening_versie;
    grond public.besluit;
    orde CONSTANT text[] := '{initiatief,pilot,impactanalyse,opschaling,in beheer,uitfasering}';
    stapt boolean;
BEGIN
    SELECT * INTO nu FROM public.voorziening_versie WHERE code = NEW.voorziening AND versie = NEW.versie;
    SELECT * INTO was FROM public.voorziening_versie WHERE code = NEW.voorziening AND versie = NEW.versie - 1;
    IF (nu.fase, nu.beheerstap) IS DISTINCT FROM (NEW.naar, NEW.beheerstap) OR was.fase IS DISTINCT FROM NEW.van THEN
        RAISE EXCEPTION 'versie % van % is niet van % naar % gegaan', NEW.versie, NEW.voorziening, NEW.van, NEW.naar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.naar <> ALL (orde || '{gestopt}') THEN
        RAISE EXCEPTION '% is geen fase', NEW.naar USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.vastgelegd_door IS NULL THEN
        -- What papers say, of what nobody changed here.
        IF NEW.stuk IS NULL OR nu.gewijzigd_door IS NOT NULL
            OR NEW.naar IS NOT NULL AND NOT nu.vindplaatsen @> '[{"over": ["fase"]}]'
            OR NEW.beheerstap IS NOT NULL AND NOT nu.vindplaatsen @> '[{"over": ["beheerstap"]}]'
        THEN
            RAISE EXCEPTION 'de fase van % berust niet op een stuk', NEW.voorziening USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- One phase on, to gestopt, in from an unknown one, or the next step while in opschaling.
    stapt := CASE
        WHEN NEW.naar = 'gestopt' THEN NEW.van IS DISTINCT FROM 'gestopt'
        WHEN NEW.van = 'gestopt' THEN false
        WHEN array_position(orde, NEW.van) IS NULL THEN true
        WHEN NEW.van = 'opschaling' AND NEW.naar = 'opschaling' THEN coalesce(NEW.beheerstap = 'starten' AND was.beheerstap IS NULL
            OR NEW.beheerstap = 'doorlopen' AND was.beheerstap = 'starten', false)
        ELSE array_position(orde, NEW.naar) = array_position(orde, NEW.van) + 1 END;
    SELECT * INTO grond FROM public.besluit WHERE id = NEW.besluit;
    IF nu.publicatiestatus <> 'gepubliceerd' OR nu.gewijzigd_door IS NULL
        OR grond.id IS NOT NULL AND (NOT NEW.voorziening = ANY (grond.voorzieningen) OR grond.datum > NEW.datum)
        OR NOT stapt
        OR NEW.naar IN ('pilot', 'impactanalyse') AND NOT EXISTS (
            SELECT FROM public.pilot JOIN public.pilot_versie USING (id, versie)
            WHERE pilot.id = NEW.pilot
            AND CASE NEW.naar WHEN 'pilot' THEN status <> 'afgebroken' ELSE status = 'afgerond' AND eind <= NEW.datum END)
        OR NEW.naar = 'opschaling' AND NEW.van IS DISTINCT FROM 'opschaling' AND (
            NOT EXISTS (
                SELECT FROM public.impactanalyse WHERE voorziening = NEW.voorziening AND versie = NEW.impactanalyse
                AND conclusie = 'positief' AND impactanalyse.datum <= NEW.datum)
            OR NOT coalesce(grond.uitkomst = 'positief' AND (
                grond.soort = 'opschaling' AND grond.gremium = 'bestuur' AND grond.advies IS NOT NULL
                OR grond.soort IN ('opschaling', 'collectiviseringsvoorstel') AND grond.gremium IN ('ALV', 'BALV')), false))
        OR (NEW.naar = 'in beheer' OR NEW.beheerstap = 'doorlopen' AND was.beheerstap IS DISTINCT FROM 'doorlopen') AND NOT coalesce(
            grond.uitkomst = 'positief' AND grond.soort = 'in beheer nemen' AND grond.gremium IN ('bestuur', 'ALV', 'BALV'), false)
        OR NEW.naar = 'in beheer' AND NEW.van = 'opschaling' AND was.beheerstap IS DISTINCT FROM 'doorlopen'
    THEN
        RAISE EXCEPTION '% gaat zo niet van % naar %', NEW.voorziening, NEW.van, NEW.naar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER faseovergang_past BEFORE INSERT ON faseovergang FOR EACH ROW EXECUTE FUNCTION faseovergang_past();

-- At the end of a transaction: every other phase has its step.
CREATE FUNCTION fase_berust_op_overgang() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.faseovergang WHERE voorziening = NEW.code AND versie = NEW.versie) THEN
        RAISE EXCEPTION 'de fase van % verandert zonder overgang', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER voorziening_fase_begint AFTER INSERT ON voorziening DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (num_nonnulls(NEW.fase, NEW.beheerstap) > 0) EXECUTE FUNCTION fase_berust_op_overgang();
CREATE CONSTRAINT TRIGGER voorziening_fase_verandert AFTER UPDATE ON voorziening DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.fase, OLD.beheerstap) IS DISTINCT FROM (NEW.fase, NEW.beheerstap)) EXECUTE FUNCTION fase_berust_op_overgang();
-- What was changed here never passes for what came with the product.
CREATE TRIGGER voorziening_wijziging_blijft BEFORE UPDATE ON voorziening FOR EACH ROW
    WHEN (OLD.gewijzigd_door IS NOT NULL AND NEW.gewijzigd_door IS NULL) EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER initiatief_versie_bevroren BEFORE UPDATE OR DELETE ON initiatief_versie FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_versie_bevroren BEFORE UPDATE OR DELETE ON pilot_versie FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER impactanalyse_bevroren BEFORE UPDATE OR DELETE ON impactanalyse FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER faseovergang_bevroren BEFORE UPDATE OR DELETE ON faseovergang FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
-- The one change of what has versions is that the next one holds.
CREATE TRIGGER initiatief_volgt_op BEFORE UPDATE ON initiatief FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.versie <> OLD.versie + 1) EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_volgt_op BEFORE UPDATE ON pilot FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.voorziening <> OLD.voorziening OR NEW.versie <> OLD.versie + 1)
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER initiatief_blijft BEFORE DELETE ON initiatief FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_blijft BEFORE DELETE ON pilot FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER steun_wist_niet BEFORE DELETE ON steun FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_deelnemer_wist_niet BEFORE DELETE ON pilot_deelnemer FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER initiatief_niet_legen BEFORE TRUNCATE ON initiatief FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER initiatief_versie_niet_legen BEFORE TRUNCATE ON initiatief_versie FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_niet_legen BEFORE TRUNCATE ON pilot FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_versie_niet_legen BEFORE TRUNCATE ON pilot_versie FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER pilot_deelnemer_niet_legen BEFORE TRUNCATE ON pilot_deelnemer FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER steun_niet_legen BEFORE TRUNCATE ON steun FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER impactanalyse_niet_legen BEFORE TRUNCATE ON impactanalyse FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER faseovergang_niet_legen BEFORE TRUNCATE ON faseovergang FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON initiatief, initiatief_versie, steun, pilot, pilot_versie, pilot_deelnemer, impactanalyse, faseovergang
    FROM catalogus_api;
REVOKE ALL ON SEQUENCE steun_id_seq, pilot_deelnemer_id_seq FROM catalogus_api;
GRANT SELECT, INSERT ON initiatief, initiatief_versie, pilot, pilot_versie, impactanalyse, faseovergang TO catalogus_api;
GRANT UPDATE (versie) ON initiatief TO catalogus_api;
GRANT UPDATE (versie) ON pilot TO catalogus_api;
GRANT SELECT, INSERT (initiatief, voorziening, gemeentecode, toelichting, gegeven_op, gegeven_door, gegeven_namens),
    UPDATE (ingetrokken_op, ingetrokken_door) ON steun TO catalogus_api;
GRANT SELECT, INSERT (pilot, gemeentecode, toegetreden_op, toegetreden_door, toegetreden_namens),
    UPDATE (uitgetreden_op, uitgetreden_door) ON pilot_deelnemer TO catalogus_api;
GRANT INSERT (beheerstap), UPDATE (beheerstap) ON voorziening TO catalogus_api;

-- Everything that reads who has a subscription, and then writes, takes this lock first. What others have committed meanwhile is
-- seen only when each statement looks anew, so no other isolation level will do.
CREATE FUNCTION abonnementengrendel() RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'abonnementen wijzigen kan alleen met isolatieniveau READ COMMITTED'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('abonnementen', 0));
END $$;

-- Offer, and what each gemeente answers.
CREATE TABLE aanbod (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 60),
    naam text NOT NULL, bron text NOT NULL, pakket text NOT NULL,
    uitzonderingspakket text CHECK (uitzonderingspakket <> pakket),
    begindatum date NOT NULL CHECK (begindatum BETWEEN '2000-01-01' AND '2100-12-31' AND extract(day FROM begindatum) = 1),
    einddatum date NOT NULL CHECK (einddatum BETWEEN '2000-01-01' AND '2100-12-31' AND extract(day FROM einddatum + 1) = 1),
    reageren_voor date NOT NULL CHECK (reageren_voor BETWEEN '2000-01-01' AND '2100-12-31'),
    peildatum date NOT NULL CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    opzegtermijn_maanden integer NOT NULL CHECK (opzegtermijn_maanden BETWEEN 0 AND 36),
    tussentijds boolean NOT NULL,
    uittreedbijdrage_procent integer NOT NULL CHECK (uittreedbijdrage_procent BETWEEN 0 AND 100),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'open', 'mislukt')),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    afgerond_op timestamptz CHECK (isfinite(afgerond_op)),
    CHECK (begindatum < einddatum), CHECK (reageren_voor <= begindatum),
    CHECK (tussentijds OR uittreedbijdrage_procent = 0),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)));
CREATE TABLE aanbodgemeente (
    aanbod text REFERENCES aanbod, gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    inwoners integer CHECK (inwoners > 0), PRIMARY KEY (aanbod, gemeentecode));
CREATE INDEX aanbodgemeente_gemeentecode_idx ON aanbodgemeente (gemeentecode);
CREATE TABLE antwoord (
    aanbod text, gemeentecode text, volgnummer integer CHECK (volgnummer > 0),
    antwoord text NOT NULL CHECK (antwoord IN ('ondertekend', 'afgewezen')),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'),
    naam text NOT NULL, functie text NOT NULL,
    grondslag text NOT NULL CHECK (grondslag IN ('collegebesluit', 'raadsbesluit', 'mandaatbesluit')),
    kenmerk text NOT NULL, besluitdatum date NOT NULL CHECK (besluitdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    toelichting text, pakket text, uitzondering text, abonnement uuid UNIQUE,
    rol text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (aanbod, gemeentecode, volgnummer), FOREIGN KEY (aanbod, gemeentecode) REFERENCES aanbodgemeente,
    CHECK (besluitdatum <= datum), CHECK ((antwoord = 'ondertekend') = (abonnement IS NOT NULL)),
    CHECK ((abonnement IS NULL) = (pakket IS NULL)), CHECK (uitzondering IS NULL OR pakket IS NOT NULL));
CREATE UNIQUE INDEX antwoord_ondertekend_idx ON antwoord (aanbod, gemeentecode) WHERE antwoord = 'ondertekend';
CREATE TABLE rappel (
    aanbod text, gemeentecode text, stap integer CHECK (stap BETWEEN 1 AND 3),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), onderwerp text NOT NULL, tekst text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (aanbod, gemeentecode, stap), UNIQUE (aanbod, gemeentecode, datum),
    FOREIGN KEY (aanbod, gemeentecode) REFERENCES aanbodgemeente);

CREATE TRIGGER aanbod_vast BEFORE UPDATE ON aanbod FOR EACH ROW WHEN (OLD.status = 'open') EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aanbod_blijft BEFORE DELETE ON aanbod FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aanbod_niet_legen BEFORE TRUNCATE ON aanbod FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION gemeente_in_aanbod() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.aanbod WHERE code = NEW.aanbod AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aanbod % krijgt er geen gemeenten bij', NEW.aanbod USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER aanbodgemeente_in_aanbod BEFORE INSERT ON aanbodgemeente FOR EACH ROW EXECUTE FUNCTION gemeente_in_aanbod();
CREATE FUNCTION antwoord_op_aanbod() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    PERFORM public.abonnementengrendel();
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.aanbod WHERE code = NEW.aanbod AND status = 'open') THEN 'dat niet open is'
        WHEN EXISTS (SELECT FROM public.antwoord WHERE (aanbod, gemeentecode, antwoord) = (NEW.aanbod, NEW.gemeentecode, 'ondertekend'))
            THEN 'dat al is ondertekend'
        WHEN NEW.volgnummer <> 1 + (SELECT count(*) FROM public.antwoord WHERE (aanbod, gemeentecode) = (NEW.aanbod, NEW.gemeentecode))
            THEN 'met een ander volgnummer'
        WHEN NEW.pakket IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.aanbod WHERE code = NEW.aanbod
            AND CASE WHEN NEW.uitzondering IS NULL THEN pakket ELSE uitzonderingspakket END = NEW.pakket)
            THEN 'met een pakket dat het niet geeft'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'antwoord van % op aanbod % %', NEW.gemeentecode, NEW.aanbod, fout
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER antwoord_op_aanbod BEFORE INSERT ON antwoord FOR EACH ROW EXECUTE FUNCTION antwoord_op_aanbod();
CREATE FUNCTION rappel_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.abonnementengrendel();
    IF EXISTS (SELECT FROM public.antwoord WHERE (aanbod, gemeentecode) = (NEW.aanbod, NEW.gemeentecode))
       OR NEW.stap <> 1 + (SELECT count(*) FROM public.rappel WHERE (aanbod, gemeentecode) = (NEW.aanbod, NEW.gemeentecode)) THEN
        RAISE EXCEPTION '% heeft al geantwoord op aanbod %, of dit is niet haar volgende rappel', NEW.gemeentecode, NEW.aanbod
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rappel_past BEFORE INSERT ON rappel FOR EACH ROW EXECUTE FUNCTION rappel_past();

-- Herindelingen: per gemeente that receives and day, from which gemeenten; and what that does to its subscription.
CREATE TABLE overgangsronde (
    id uuid PRIMARY KEY, tot_en_met date NOT NULL CHECK (tot_en_met BETWEEN '2000-01-01' AND '2100-12-31'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'verwerkt', 'mislukt')),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'), aantal integer CHECK (aantal >= 0),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    afgerond_op timestamptz CHECK (isfinite(afgerond_op)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK ((status = 'verwerkt') = (aantal IS NOT NULL)),
    CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)));
CREATE UNIQUE INDEX overgangsronde_wachtend_idx ON overgangsronde (status) WHERE status = 'aangevraagd';
CREATE TABLE overgang (
    id uuid PRIMARY KEY, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    ingangsdatum date NOT NULL CHECK (ingangsdatum BETWEEN '2000-01-01' AND '2100-12-31'), reden text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), UNIQUE (gemeentecode, ingangsdatum));
CREATE TABLE overgangsdeel (
    overgang uuid NOT NULL REFERENCES overgang, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    gemeentenaam text NOT NULL, abonnement uuid REFERENCES abonnement,
    CONSTRAINT overgangsdeel_key UNIQUE NULLS NOT DISTINCT (overgang, gemeentecode, abonnement));
CREATE INDEX overgangsdeel_abonnement_idx ON overgangsdeel (abonnement);
CREATE TABLE overgangsbesluit (
    overgang uuid PRIMARY KEY REFERENCES overgang, wijze text NOT NULL CHECK (wijze IN ('vanzelf', 'besloten')),
    pakket text, einddatum date CHECK (einddatum BETWEEN '2000-01-01' AND '2100-12-31'), abonnement uuid UNIQUE,
    naam text, functie text, grondslag text CHECK (grondslag IN ('collegebesluit', 'raadsbesluit', 'mandaatbesluit')),
    kenmerk text, besluitdatum date CHECK (besluitdatum BETWEEN '2000-01-01' AND '2100-12-31'), toelichting text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    CHECK ((wijze = 'besloten') = (num_nulls(naam, functie, grondslag, kenmerk, besluitdatum) = 0)),
    CHECK (wijze = 'besloten' OR num_nonnulls(naam, functie, grondslag, kenmerk, besluitdatum) = 0),
    CHECK (abonnement IS NULL OR num_nulls(pakket, einddatum) = 0));

-- A subscription comes from a registration, a signed offer, or a herindeling.
ALTER TABLE abonnement ALTER aanmelding DROP NOT NULL, ADD COLUMN aanbod text REFERENCES aanbod,
    ADD COLUMN overgang uuid REFERENCES overgang, DROP CONSTRAINT abonnement_overlap,
    ADD CONSTRAINT abonnement_herkomst_check CHECK (CASE WHEN aanmelding IS NOT NULL THEN num_nonnulls(aanbod, overgang) = 0
        ELSE num_nonnulls(aanbod, overgang) > 0 END);
ALTER TABLE antwoord ADD FOREIGN KEY (abonnement) REFERENCES abonnement DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE overgangsbesluit ADD FOREIGN KEY (abonnement) REFERENCES abonnement DEFERRABLE INITIALLY DEFERRED;
CREATE OR REPLACE FUNCTION abonnement_in_aanmelding() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.aanmelding IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM FROM public.collectieve_aanmelding WHERE id = NEW.aanmelding AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aanmelding % wordt nu niet verwerkt', NEW.aanmelding USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION abonnement_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (CASE
        WHEN NEW.aanmelding IS NOT NULL THEN EXISTS (
            SELECT FROM public.collectieve_aanmelding WHERE id = NEW.aanmelding AND status = 'verwerkt'
            AND (begindatum, einddatum) = (NEW.begindatum, NEW.einddatum)
            AND coalesce(uitzonderingen ->> NEW.gemeentecode, pakket) = NEW.pakket)
        WHEN NEW.overgang IS NOT NULL THEN EXISTS (
            SELECT FROM public.overgang JOIN public.overgangsbesluit AS besluit ON besluit.overgang = overgang.id
            WHERE overgang.id = NEW.overgang AND besluit.abonnement = NEW.id
            AND overgang.gemeentecode = NEW.gemeentecode AND overgang.ingangsdatum <= NEW.begindatum
            AND (besluit.pakket, besluit.einddatum) = (NEW.pakket, NEW.einddatum))
        ELSE EXISTS (
            SELECT FROM public.aanbod JOIN public.antwoord ON antwoord.aanbod = aanbod.code
            WHERE aanbod.code = NEW.aanbod AND antwoord.abonnement = NEW.id
            AND (antwoord.gemeentecode, antwoord.pakket) = (NEW.gemeentecode, NEW.pakket)
            AND NEW.begindatum >= aanbod.begindatum AND extract(day FROM NEW.begindatum) = 1
            AND NEW.einddatum = aanbod.einddatum) END) THEN
        RAISE EXCEPTION 'abonnement % is niet wat is aangemeld, ondertekend of overgegaan', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
-- An answer and a decision name a subscription that says where it comes from.
CREATE FUNCTION abonnement_van_hier() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.abonnement IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.abonnement WHERE id = NEW.abonnement
        AND CASE TG_TABLE_NAME WHEN 'antwoord' THEN aanbod = to_jsonb(NEW) ->> 'aanbod' AND overgang IS NULL
            ELSE overgang = (to_jsonb(NEW) ->> 'overgang')::uuid END) THEN
        RAISE EXCEPTION 'abonnement % komt niet hiervan', NEW.abonnement USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER antwoord_klopt AFTER INSERT ON antwoord DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION abonnement_van_hier();
CREATE CONSTRAINT TRIGGER overgangsbesluit_klopt AFTER INSERT ON overgangsbesluit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION abonnement_van_hier();

-- What happens to a subscription, and the state that follows. The state is written here alone, with the rights of its owner.
CREATE TABLE verlenging (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    lopend_tot_en_met date NOT NULL, tot_en_met date NOT NULL CHECK (tot_en_met BETWEEN '2000-01-01' AND '2100-12-31'),
    gremium text NOT NULL, datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), bron text NOT NULL,
    aantal integer NOT NULL CHECK (aantal > 0), vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    CHECK (lopend_tot_en_met < tot_en_met));
CREATE TABLE abonnementsgebeurtenis (
    abonnement uuid REFERENCES abonnement, volgnummer integer CHECK (volgnummer > 0),
    soort text NOT NULL CHECK (soort IN ('opzegging', 'verlenging', 'pakketwijziging', 'overgang')),
    ingangsdatum date NOT NULL CHECK (ingangsdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), pakket text, verlenging uuid REFERENCES verlenging,
    naam text, functie text, grondslag text CHECK (grondslag IN ('collegebesluit', 'raadsbesluit', 'mandaatbesluit')),
    kenmerk text, besluitdatum date CHECK (besluitdatum BETWEEN '2000-01-01' AND '2100-12-31'), toelichting text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), PRIMARY KEY (abonnement, volgnummer),
    CHECK ((soort = 'pakketwijziging') = (pakket IS NOT NULL)), CHECK ((soort = 'verlenging') = (verlenging IS NOT NULL)),
    CHECK (num_nonnulls(naam, functie, grondslag, kenmerk, besluitdatum) IN (0, 5)),
    CHECK (soort <> 'opzegging' OR naam IS NOT NULL));
CREATE INDEX abonnementsgebeurtenis_verlenging_idx ON abonnementsgebeurtenis (verlenging);
CREATE TABLE abonnementstand (
    abonnement uuid PRIMARY KEY REFERENCES abonnement, gemeentecode text NOT NULL,
    begindatum date NOT NULL, einddatum date NOT NULL CHECK (einddatum >= begindatum - 1),
    verschuldigd_vanaf date NOT NULL, verschuldigd_tot_en_met date NOT NULL,
    opgezegd boolean NOT NULL, overgegaan_op date, gebeurtenissen integer NOT NULL,
    CONSTRAINT abonnement_overlap EXCLUDE USING gist (
        gemeentecode WITH =, daterange(begindatum, einddatum + 1, '[)') WITH &&));
CREATE INDEX abonnementstand_verschuldigd_idx ON abonnementstand (verschuldigd_vanaf, verschuldigd_tot_en_met);
INSERT INTO abonnementstand
    SELECT id, gemeentecode, begindatum, einddatum, begindatum, einddatum, false, NULL, 0 FROM abonnement;

-- A year is invoiced by who lives where on 1 January: who goes over in the course of a year owes the rest of that year, and a
-- gemeente that begins in it, from the next 1 January.
CREATE FUNCTION begin_abonnementstand() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.abonnementstand VALUES (
        NEW.id, NEW.gemeentecode, NEW.begindatum, NEW.einddatum,
        CASE WHEN NEW.begindatum = (SELECT ingangsdatum FROM public.overgang WHERE id = NEW.overgang)
             THEN (date_trunc('year', NEW.begindatum - 1) + interval '1 year')::date ELSE NEW.begindatum END,
        NEW.einddatum, false, NULL, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER abonnement_begint AFTER INSERT ON abonnement FOR EACH ROW EXECUTE FUNCTION begin_abonnementstand();
CREATE FUNCTION verwerk_gebeurtenis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE stand public.abonnementstand; fout text;
BEGIN
    PERFORM public.abonnementengrendel();
    SELECT * INTO stand FROM public.abonnementstand WHERE abonnement = NEW.abonnement FOR UPDATE;
    SELECT CASE
        WHEN stand.abonnement IS NULL THEN 'waarvan geen abonnement is'
        WHEN NEW.volgnummer <> stand.gebeurtenissen + 1 THEN 'met een ander volgnummer'
        WHEN stand.overgegaan_op IS NOT NULL THEN 'nadat het is overgegaan'
        WHEN NEW.soort = 'opzegging' AND (stand.opgezegd OR NEW.ingangsdatum NOT BETWEEN stand.begindatum AND stand.einddatum)
            THEN 'die niet past'
        WHEN NEW.soort = 'verlenging' AND (stand.opgezegd OR NEW.ingangsdatum <= stand.einddatum) THEN 'die niet past'
        WHEN NEW.soort = 'pakketwijziging' AND (
            NEW.ingangsdatum NOT BETWEEN stand.begindatum AND stand.einddatum
            OR to_char(NEW.ingangsdatum, 'MM-DD') <> '01-01') THEN 'die niet past'
        WHEN NEW.soort = 'overgang' AND (
            NEW.ingangsdatum > stand.einddatum OR NOT EXISTS (
                SELECT FROM public.overgangsdeel AS deel JOIN public.overgang ON overgang.id = deel.overgang
                WHERE deel.abonnement = NEW.abonnement AND overgang.ingangsdatum = NEW.ingangsdatum)) THEN 'die niet past'
        WHEN NEW.soort = 'verlenging' AND NOT EXISTS (
            SELECT FROM public.verlenging WHERE id = NEW.verlenging
            AND (lopend_tot_en_met, tot_en_met) = (stand.einddatum, NEW.ingangsdatum)) THEN 'die niet past'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION '% van abonnement % %', NEW.soort, NEW.abonnement, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE public.abonnementstand SET
        gebeurtenissen = NEW.volgnummer,
        opgezegd = opgezegd OR NEW.soort = 'opzegging',
        overgegaan_op = CASE WHEN NEW.soort = 'overgang' THEN NEW.ingangsdatum ELSE overgegaan_op END,
        einddatum = CASE WHEN NEW.soort IN ('opzegging', 'verlenging') THEN NEW.ingangsdatum
                         WHEN NEW.soort = 'overgang' THEN greatest(NEW.ingangsdatum, begindatum) - 1 ELSE einddatum END,
        verschuldigd_tot_en_met = CASE
            WHEN NEW.soort IN ('opzegging', 'verlenging') THEN NEW.ingangsdatum
            WHEN NEW.soort = 'overgang' AND NEW.ingangsdatum <= begindatum THEN begindatum - 1
            WHEN NEW.soort = 'overgang' THEN least(einddatum, make_date(extract(year FROM NEW.ingangsdatum - 1)::integer, 12, 31))
            ELSE verschuldigd_tot_en_met END
        WHERE abonnement = NEW.abonnement;
    RETURN NEW;
END $$;
CREATE TRIGGER abonnementsgebeurtenis_verwerken BEFORE INSERT ON abonnementsgebeurtenis FOR EACH ROW
    EXECUTE FUNCTION verwerk_gebeurtenis();
REVOKE ALL ON FUNCTION begin_abonnementstand(), verwerk_gebeurtenis() FROM PUBLIC;
CREATE FUNCTION verlenging_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.aantal IS DISTINCT FROM (SELECT count(*) FROM public.abonnementsgebeurtenis WHERE verlenging = NEW.id) THEN
        RAISE EXCEPTION 'verlenging % is niet van zoveel abonnementen', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verlenging_klopt AFTER INSERT ON verlenging DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION verlenging_klopt();

CREATE FUNCTION pakket_op(van uuid, dag date) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT pakket FROM public.abonnementsgebeurtenis WHERE abonnement = van AND soort = 'pakketwijziging'
         AND ingangsdatum <= dag ORDER BY ingangsdatum DESC, volgnummer DESC LIMIT 1),
        (SELECT pakket FROM public.abonnement WHERE id = van))
$$;
-- The one rule for a part of a year: a month counts when its first day does. So no month counts twice, and none is forgotten.
CREATE FUNCTION hele_maanden(vanaf date, tot_en_met date) RETURNS integer LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT greatest(0, 12 * (extract(year FROM tot_en_met) - extract(year FROM vanaf))::integer
        + (extract(month FROM tot_en_met) - extract(month FROM vanaf))::integer
        + CASE WHEN extract(day FROM vanaf) = 1 THEN 1 ELSE 0 END)
$$;
-- What is owed of a year: by which subscription, for which package, from which day of that year, and for how many months.
CREATE FUNCTION aanspraken(jaar integer)
RETURNS TABLE (abonnement uuid, gemeentecode text, gemeentenaam text, pakket text, vanaf date, maanden integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT stand.abonnement, stand.gemeentecode, abonnement.gemeentenaam, public.pakket_op(stand.abonnement, deel.vanaf),
           deel.vanaf, deel.maanden
    FROM public.abonnementstand AS stand JOIN public.abonnement ON abonnement.id = stand.abonnement
    CROSS JOIN LATERAL (
        SELECT grens.vanaf, public.hele_maanden(grens.vanaf, grens.tot_en_met) AS maanden FROM (
            SELECT greatest(stand.verschuldigd_vanaf, make_date(jaar, 1, 1)) AS vanaf,
                   least(stand.verschuldigd_tot_en_met, make_date(jaar, 12, 31)) AS tot_en_met) AS grens) AS deel
    WHERE stand.verschuldigd_vanaf <= make_date(jaar, 12, 31) AND stand.verschuldigd_tot_en_met >= make_date(jaar, 1, 1)
    AND deel.maanden > 0
$$;
-- As long as it is not decided what a gemeente takes over, nothing can be said of who owes what from the next 1 January on.
CREATE FUNCTION onbesliste_overgangen(jaar integer)
RETURNS TABLE (overgang uuid, gemeentecode text, gemeentenaam text, ingangsdatum date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT id, gemeentecode, gemeentenaam, ingangsdatum FROM public.overgang
    WHERE ingangsdatum <= make_date(jaar, 1, 1)
    AND NOT EXISTS (SELECT FROM public.overgangsbesluit WHERE overgangsbesluit.overgang = overgang.id)
$$;

-- A decision is about what is there on the day: a subscription of the gemeente itself goes on, and needs no other.
CREATE FUNCTION overgangsbesluit_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.abonnementengrendel();
    IF EXISTS (SELECT FROM public.overgangsdeel AS deel JOIN public.abonnementstand AS stand USING (abonnement)
               WHERE deel.overgang = NEW.overgang AND stand.overgegaan_op IS NULL) THEN
        RAISE EXCEPTION 'overgang % is nog niet verwerkt', NEW.overgang USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER overgangsbesluit_past BEFORE INSERT ON overgangsbesluit FOR EACH ROW EXECUTE FUNCTION overgangsbesluit_past();

-- Who pays for others, and for whom from which day. A change is a new version.
CREATE TABLE betaler (
    code text CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 60), versie integer CHECK (versie > 0),
    soort text NOT NULL CHECK (soort IN ('samenwerkingsverband', 'leverancier', 'gemeente')),
    profiel text NOT NULL CHECK (profiel IN ('peppol', 'nlcius')),
    naam text NOT NULL, oin text NOT NULL CHECK (oin ~ '^[0-9]{20}$'),
    straat text NOT NULL, postcode text NOT NULL, plaats text NOT NULL,
    kenmerk_afnemer text, ordernummer text, contract text, kostenplaats text, email text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (code, versie), CHECK (coalesce(kenmerk_afnemer, ordernummer) IS NOT NULL));
CREATE TABLE betaalafspraak (
    gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'), versie integer CHECK (versie > 0),
    vanaf date NOT NULL CHECK (vanaf BETWEEN '2000-01-01' AND '2100-12-31'), betaler text, betaler_versie integer,
    bron text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    PRIMARY KEY (gemeentecode, versie), CHECK ((betaler IS NULL) = (betaler_versie IS NULL)),
    FOREIGN KEY (betaler, betaler_versie) REFERENCES betaler (code, versie));
CREATE INDEX betaalafspraak_betaler_idx ON betaalafspraak (betaler);

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['aanbodgemeente', 'antwoord', 'rappel', 'overgang', 'overgangsdeel', 'overgangsbesluit',
                                 'abonnementsgebeurtenis', 'betaler', 'betaalafspraak', 'verlenging'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
    FOREACH tabel IN ARRAY ARRAY['aanbod', 'overgangsronde'] LOOP
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
REVOKE ALL ON abonnementstand FROM abonnement_api;
GRANT SELECT ON abonnementstand TO abonnement_api;
CREATE TRIGGER abonnementstand_blijft BEFORE DELETE ON abonnementstand FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER abonnementstand_niet_legen BEFORE TRUNCATE ON abonnementstand FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE INSERT ON verlenging FROM abonnement_api;
GRANT INSERT (id, lopend_tot_en_met, tot_en_met, gremium, datum, bron, aantal, vastgelegd_op) ON verlenging TO abonnement_api;
REVOKE ALL ON SEQUENCE verlenging_volgnummer_seq FROM abonnement_api;
GRANT UPDATE (status, probleem, aangevraagd_op, afgerond_op) ON aanbod TO abonnement_api;
GRANT UPDATE (status, probleem, aantal, afgerond_op) ON overgangsronde TO abonnement_api;
CREATE TRIGGER overgangsronde_vast BEFORE UPDATE ON overgangsronde FOR EACH ROW
    WHEN (OLD.status <> 'aangevraagd') EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER overgangsronde_blijft BEFORE DELETE ON overgangsronde FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER overgangsronde_niet_legen BEFORE TRUNCATE ON overgangsronde FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

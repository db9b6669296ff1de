SET LOCAL statement_timeout = '2s';
LOCK TABLE tariefbesluit, pakket IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- The indexation of a decision: what was asked, what fonds answered, and each price with it. At commit the database recalculates
-- all of it; from then on it does not change.
CREATE TABLE tariefindexatie (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    tariefbesluit text NOT NULL REFERENCES tariefbesluit, grondslag text NOT NULL REFERENCES tariefbesluit,
    jaar integer NOT NULL CHECK (jaar BETWEEN 2001 AND 2100), clausule text NOT NULL,
    nieuw text NOT NULL CHECK (nieuw ~ '^[a-z0-9-]+$'),
    datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), gremium text NOT NULL, omschrijving text NOT NULL,
    bronvermelding text NOT NULL,
    indexatie uuid, versie integer CHECK (versie > 0), stand text CHECK (stand IN ('voorlopig', 'definitief')),
    factor numeric CHECK (factor > 0 AND factor < 'Infinity'),
    keten_decimalen integer CHECK (keten_decimalen BETWEEN 0 AND 10),
    keten_afronding text CHECK (keten_afronding IN ('half-omhoog', 'omlaag', 'omhoog')),
    prijs_decimalen integer CHECK (prijs_decimalen BETWEEN 0 AND 10),
    prijs_afronding text CHECK (prijs_afronding IN ('half-omhoog', 'omlaag', 'omhoog')),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'voorgesteld', 'verwerkt', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)), afgerond_op timestamptz CHECK (isfinite(afgerond_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)),
    CHECK (num_nonnulls(indexatie, versie, stand, factor, keten_decimalen, keten_afronding, prijs_decimalen, prijs_afronding)
           = CASE WHEN status IN ('voorgesteld', 'verwerkt') THEN 8 ELSE 0 END));
CREATE INDEX tariefindexatie_tariefbesluit_idx ON tariefindexatie (tariefbesluit);
-- `nieuw` is what the next year goes on with, `prijs` what is paid.
CREATE TABLE tariefindexatieregel (
    tariefindexatie uuid REFERENCES tariefindexatie, pakket text, onderdeel text,
    oud numeric NOT NULL CHECK (oud > 0 AND oud < 'Infinity'), nieuw numeric NOT NULL CHECK (nieuw > 0 AND nieuw < 'Infinity'),
    prijs numeric NOT NULL CHECK (prijs > 0 AND prijs < 'Infinity'), PRIMARY KEY (tariefindexatie, pakket, onderdeel));
-- By whose eyes a proposed indexation became a decision.
CREATE TABLE tariefindexatiebevestiging (
    tariefindexatie uuid PRIMARY KEY REFERENCES tariefindexatie, op timestamptz NOT NULL CHECK (isfinite(op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL);

-- A decision: whether it lets its prices be indexed, in which order it was recorded, and what an indexed one was made of.
ALTER TABLE tariefbesluit ADD COLUMN indexering boolean NOT NULL DEFAULT false,
    ADD COLUMN volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD COLUMN vorige text REFERENCES tariefbesluit, ADD COLUMN grondslag text REFERENCES tariefbesluit,
    ADD COLUMN tariefindexatie uuid UNIQUE REFERENCES tariefindexatie,
    ADD CONSTRAINT tariefbesluit_herkomst_check CHECK (num_nonnulls(vorige, grondslag, tariefindexatie) IN (0, 3)),
    ADD CONSTRAINT tariefbesluit_jaren_check
        CHECK (eerste_jaar BETWEEN 2000 AND 2100 AND laatste_jaar < eerste_jaar + 10 AND laatste_jaar <= 2100) NOT VALID,
    ADD CONSTRAINT tariefbesluit_prijspeil_check CHECK (prijspeil BETWEEN 2000 AND eerste_jaar) NOT VALID;
-- "Dit tarief wordt jaarlijks geïndexeerd" (BALV 30-11-2016, voorstel D).
ALTER TABLE tariefbesluit DISABLE TRIGGER tariefbesluit_bevroren;
UPDATE tariefbesluit SET indexering = true WHERE id = 'balv-2016-11-30';
ALTER TABLE tariefbesluit ENABLE TRIGGER tariefbesluit_bevroren;

-- The price of a package: per inhabitant, in classes or slices, per verrichting or a fixed amount; in euros.
ALTER TABLE pakket ALTER COLUMN tarief_per_inwoner DROP NOT NULL,
    ADD COLUMN vorm text NOT NULL DEFAULT 'per-inwoner'
        CHECK (vorm IN ('per-inwoner', 'klasse', 'schijf', 'per-verrichting', 'vast')),
    ADD COLUMN eenheid text NOT NULL DEFAULT 'inwoner' CHECK (eenheid IN ('inwoner', 'gebruiker', 'verrichting', 'gemeente')),
    ADD COLUMN tarief numeric(9, 4) CHECK (tarief > 0 AND tarief < 100000),
    ADD COLUMN vast_bedrag numeric(12, 4) CHECK (vast_bedrag > 0 AND vast_bedrag < 100000000),
    ADD COLUMN eenmalig numeric(12, 4) CHECK (eenmalig > 0 AND eenmalig < 100000000),
    ADD COLUMN minimum numeric(12, 4) CHECK (minimum > 0 AND minimum < 100000000),
    ADD CONSTRAINT pakket_vorm_eenheid_check CHECK (CASE vorm
        WHEN 'per-inwoner' THEN eenheid = 'inwoner' WHEN 'per-verrichting' THEN eenheid = 'verrichting'
        WHEN 'vast' THEN eenheid = 'gemeente' AND vast_bedrag IS NOT NULL AND minimum IS NULL
        ELSE eenheid IN ('inwoner', 'gebruiker') END),
    ADD CONSTRAINT pakket_vorm_tarief_check CHECK (
        (vorm = 'per-inwoner') = (tarief_per_inwoner IS NOT NULL) AND (vorm = 'per-verrichting') = (tarief IS NOT NULL));
CREATE TABLE pakketband (
    tariefbesluit text, pakket text, nummer integer CHECK (nummer BETWEEN 1 AND 20),
    tot_en_met bigint CHECK (tot_en_met BETWEEN 1 AND 50000000),
    tarief numeric(9, 4) NOT NULL CHECK (tarief >= 0 AND tarief < 100000),
    bedrag numeric(12, 4) NOT NULL CHECK (bedrag >= 0 AND bedrag < 100000000),
    PRIMARY KEY (tariefbesluit, pakket, nummer), FOREIGN KEY (tariefbesluit, pakket) REFERENCES pakket);
CREATE TRIGGER pakketband_bij_besluit BEFORE INSERT ON pakketband FOR EACH ROW EXECUTE FUNCTION weiger_bij_besluit();

-- Every amount that a price is made of.
CREATE VIEW tariefonderdeel AS
    SELECT tariefbesluit, pakket, onderdeel, bedrag FROM (
        SELECT tariefbesluit, code AS pakket, deel.onderdeel, deel.bedrag FROM pakket
        CROSS JOIN LATERAL (VALUES ('tarief', coalesce(tarief_per_inwoner, tarief)), ('vastBedrag', vast_bedrag),
                            ('eenmalig', eenmalig), ('minimum', minimum)) AS deel (onderdeel, bedrag)
        UNION ALL
        SELECT tariefbesluit, pakket, deel.onderdeel, deel.bedrag FROM pakketband
        CROSS JOIN LATERAL (VALUES ('banden.' || nummer || '.tarief', tarief), ('banden.' || nummer || '.bedrag', bedrag))
            AS deel (onderdeel, bedrag)) AS alle
    WHERE bedrag > 0;

-- What a package comes to, in cents: what is due for a year, times months / 12, rounded once, half a cent up. What is once is
-- added whole; uses are counted, so months do not divide them. NULL where there is no such package or no such quantity.
CREATE FUNCTION pakketbedrag_cent(p_tariefbesluit text, p_pakket text, p_hoeveelheid bigint, p_maanden integer,
                                  p_eerste_keer boolean DEFAULT false) RETURNS bigint LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT div(200 * (greatest(
            p_maanden * coalesce(pakket.vast_bedrag, 0) + p_hoeveelheid * CASE pakket.vorm
                WHEN 'per-inwoner' THEN p_maanden * pakket.tarief_per_inwoner
                WHEN 'per-verrichting' THEN 12 * pakket.tarief ELSE 0 END
            + p_maanden * coalesce(CASE pakket.vorm
                WHEN 'klasse' THEN (SELECT band.bedrag + band.tarief * p_hoeveelheid FROM public.pakketband AS band
                    WHERE (band.tariefbesluit, band.pakket) = (pakket.tariefbesluit, pakket.code)
                    AND (band.tot_en_met IS NULL OR band.tot_en_met >= p_hoeveelheid) ORDER BY band.nummer LIMIT 1)
                WHEN 'schijf' THEN (SELECT sum(schijf.bedrag + schijf.tarief * (
                        least(coalesce(schijf.tot_en_met, p_hoeveelheid), p_hoeveelheid) - schijf.onder))
                    FROM (SELECT band.*, coalesce(lag(band.tot_en_met) OVER (ORDER BY band.nummer), 0) AS onder
                          FROM public.pakketband AS band
                          WHERE (band.tariefbesluit, band.pakket) = (pakket.tariefbesluit, pakket.code)) AS schijf
                    WHERE schijf.onder < p_hoeveelheid) END, 0),
            p_maanden * coalesce(pakket.minimum, 0))
        + CASE WHEN p_eerste_keer THEN 12 * coalesce(pakket.eenmalig, 0) ELSE 0 END) + 12, 24)::bigint
    FROM public.pakket
    WHERE (pakket.tariefbesluit, pakket.code) = (p_tariefbesluit, p_pakket)
    AND p_maanden BETWEEN 1 AND 12 AND p_hoeveelheid BETWEEN 0 AND 50000000;
$$;

-- A decision is whole: packages, their diensten, of each a weight, and the bands that the form of the price asks for. One that
-- indexes another has exactly the prices that were proposed and confirmed by other eyes.
CREATE OR REPLACE FUNCTION sluit_besluit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.pakket WHERE tariefbesluit = NEW.id)
            OR EXISTS (SELECT FROM public.pakket LEFT JOIN public.pakketdienst AS deel
                       ON (deel.tariefbesluit, deel.pakket) = (pakket.tariefbesluit, pakket.code)
                       LEFT JOIN public.verdeelsleutel AS sleutel
                       ON (sleutel.tariefbesluit, sleutel.dienst) = (deel.tariefbesluit, deel.dienst)
                       WHERE pakket.tariefbesluit = NEW.id AND sleutel.gewicht IS NULL)
            THEN 'is niet compleet: pakketten, hun diensten en van elke dienst het gewicht'
        WHEN EXISTS (
            SELECT FROM public.pakket LEFT JOIN LATERAL (
                SELECT count(*) AS aantal, max(nummer) AS laatste, sum(tarief + bedrag) AS waarde,
                       bool_and(CASE WHEN volgende IS NULL THEN tot_en_met IS NULL
                                ELSE coalesce(tot_en_met < coalesce(grens, 50000001), false) END) AS loopt_op
                FROM (SELECT band.*, lead(band.nummer) OVER (ORDER BY band.nummer) AS volgende,
                             lead(band.tot_en_met) OVER (ORDER BY band.nummer) AS grens FROM public.pakketband AS band
                      WHERE (band.tariefbesluit, band.pakket) = (pakket.tariefbesluit, pakket.code)) AS op_volgorde) AS staffel
                ON true
            WHERE pakket.tariefbesluit = NEW.id AND CASE WHEN pakket.vorm IN ('klasse', 'schijf')
                THEN (staffel.aantal >= 2 AND staffel.aantal = staffel.laatste AND staffel.loopt_op AND staffel.waarde > 0)
                     IS NOT TRUE
                ELSE staffel.aantal > 0 END)
            THEN 'heeft een pakket waarvan de banden niet bij de vorm van zijn prijs passen'
        WHEN NEW.datum > current_date + 367
            THEN 'is van een dag die te ver vooruit ligt'
        WHEN NEW.tariefindexatie IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.tariefindexatie AS bron JOIN public.tariefbesluit AS oud ON oud.id = bron.tariefbesluit
            JOIN public.tariefindexatiebevestiging AS ja ON ja.tariefindexatie = bron.id
            WHERE bron.id = NEW.tariefindexatie AND bron.status = 'verwerkt'
            AND (bron.nieuw, bron.tariefbesluit, bron.grondslag, bron.jaar, bron.jaar, oud.prijspeil + 1, bron.datum)
                = (NEW.id, NEW.vorige, NEW.grondslag, NEW.eerste_jaar, NEW.laatste_jaar, NEW.prijspeil, NEW.datum))
            THEN 'is niet de indexatie die een ander heeft bevestigd'
        WHEN NEW.tariefindexatie IS NOT NULL AND EXISTS (
            SELECT FROM (SELECT pakket, onderdeel, prijs FROM public.tariefindexatieregel
                         WHERE tariefindexatie = NEW.tariefindexatie) AS regel
            FULL JOIN (SELECT pakket, onderdeel, bedrag FROM public.tariefonderdeel WHERE tariefbesluit = NEW.id) AS deel
            USING (pakket, onderdeel) WHERE regel.prijs IS DISTINCT FROM deel.bedrag)
            THEN 'heeft andere prijzen dan de indexatie'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'tariefbesluit % %', NEW.id, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/tariefbesluiten/' || NEW.id);
    RETURN NULL;
END $$;

-- Fractions of a euro to so many decimals; all amounts here are above zero.
CREATE FUNCTION afgerond(waarde numeric, decimalen integer, wijze text) RETURNS numeric LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE wijze WHEN 'half-omhoog' THEN round(waarde, decimalen) WHEN 'omlaag' THEN trunc(waarde, decimalen)
        WHEN 'omhoog' THEN ceil(waarde * 10::numeric ^ decimalen) / 10::numeric ^ decimalen END;
$$;
CREATE FUNCTION tariefindexatie_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM public.tariefbesluit AS oud, public.tariefbesluit AS grond
                         WHERE oud.id = NEW.tariefbesluit AND NEW.jaar - 1 BETWEEN oud.eerste_jaar AND oud.laatste_jaar
                         AND grond.id = NEW.grondslag AND grond.indexering)
            THEN 'rust niet op een besluit dat indexering toestaat'
        -- A7: every price of the decision before it, by the rule of the clause.
        WHEN EXISTS (
            SELECT FROM (SELECT * FROM public.tariefindexatieregel WHERE tariefindexatie = NEW.id) AS regel
            FULL JOIN (
                SELECT deel.pakket, deel.onderdeel, coalesce(schakel.nieuw, deel.bedrag) AS bedrag
                FROM public.tariefonderdeel AS deel JOIN public.tariefbesluit AS oud ON oud.id = deel.tariefbesluit
                LEFT JOIN public.tariefindexatieregel AS schakel
                ON (schakel.tariefindexatie, schakel.pakket, schakel.onderdeel) = (oud.tariefindexatie, deel.pakket, deel.onderdeel)
                WHERE deel.tariefbesluit = NEW.tariefbesluit) AS deel USING (pakket, onderdeel)
            WHERE regel.oud IS DISTINCT FROM deel.bedrag
            OR regel.nieuw <> public.afgerond(regel.oud * NEW.factor, NEW.keten_decimalen, NEW.keten_afronding)
            OR regel.prijs <> public.afgerond(regel.nieuw, NEW.prijs_decimalen, NEW.prijs_afronding))
            THEN 'heeft niet van elke prijs wat de indexatie ervan maakt'
        WHEN NEW.status = 'verwerkt' AND NOT EXISTS (
            SELECT FROM public.tariefbesluit WHERE id = NEW.nieuw AND tariefindexatie = NEW.id)
            THEN 'heeft geen besluit'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'tariefindexatie % %', NEW.id, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tariefindexatie_klopt AFTER INSERT OR UPDATE ON tariefindexatie DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status IN ('voorgesteld', 'verwerkt')) EXECUTE FUNCTION tariefindexatie_klopt();
-- Its states go forward: asked for, proposed, carried out; what was proposed stays what it was.
CREATE TRIGGER tariefindexatie_vooruit BEFORE UPDATE ON tariefindexatie FOR EACH ROW WHEN (NOT (
    OLD.status = 'aangevraagd' AND NEW.status IN ('voorgesteld', 'mislukt') OR OLD.status = 'voorgesteld' AND NEW.status = 'verwerkt'
    AND (OLD.indexatie, OLD.versie, OLD.stand, OLD.factor, OLD.keten_decimalen, OLD.keten_afronding, OLD.prijs_decimalen,
         OLD.prijs_afronding, OLD.afgerond_op)
        IS NOT DISTINCT FROM (NEW.indexatie, NEW.versie, NEW.stand, NEW.factor, NEW.keten_decimalen, NEW.keten_afronding,
         NEW.prijs_decimalen, NEW.prijs_afronding, NEW.afgerond_op)))
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefindexatie_begin BEFORE INSERT ON tariefindexatie FOR EACH ROW WHEN (NEW.status <> 'aangevraagd')
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefindexatie_blijft BEFORE DELETE ON tariefindexatie FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefindexatie_niet_legen BEFORE TRUNCATE ON tariefindexatie FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION regel_in_indexatie() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.tariefindexatie WHERE id = NEW.tariefindexatie AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'tariefindexatie % krijgt er geen prijs bij', NEW.tariefindexatie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tariefindexatieregel_in_indexatie BEFORE INSERT ON tariefindexatieregel FOR EACH ROW
    EXECUTE FUNCTION regel_in_indexatie();
-- Lines of one that is asked for would be in the way of its job: they come together with the answer.
CREATE FUNCTION regel_met_voorstel() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.tariefindexatie WHERE id = NEW.tariefindexatie AND status IN ('voorgesteld', 'verwerkt')) THEN
        RAISE EXCEPTION 'tariefindexatie % is niet voorgesteld', NEW.tariefindexatie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tariefindexatieregel_met_voorstel AFTER INSERT ON tariefindexatieregel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION regel_met_voorstel();
CREATE FUNCTION controleer_bevestiging() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.tariefindexatie WHERE id = NEW.tariefindexatie AND status = 'voorgesteld'
        AND (peer_id, rol) <> (NEW.peer_id, NEW.rol) AND contract <> NEW.contract FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'tariefindexatie % is zo niet te bevestigen', NEW.tariefindexatie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tariefindexatiebevestiging_kan BEFORE INSERT ON tariefindexatiebevestiging FOR EACH ROW
    EXECUTE FUNCTION controleer_bevestiging();

-- A proposal: what was asked, and the inhabitants that it is computed with. The rest follows from these.
CREATE TABLE tariefvoorstel (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100), prijspeil integer NOT NULL CHECK (prijspeil BETWEEN 2000 AND jaar),
    omschrijving text NOT NULL, bronvermelding text NOT NULL,
    budgetten jsonb NOT NULL CHECK (jsonb_typeof(budgetten) = 'array'),
    besloten numeric(9, 4) CHECK (besloten > 0 AND besloten < 100000), deelname_promille integer NOT NULL
        CHECK (deelname_promille BETWEEN 1 AND 1000),
    tarief_decimalen integer NOT NULL CHECK (tarief_decimalen BETWEEN 0 AND 4),
    peildatum date CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    uitgezonderd jsonb NOT NULL CHECK (jsonb_typeof(uitgezonderd) = 'object'),
    inwoners bigint CHECK (inwoners BETWEEN 1 AND 50000000), zonder jsonb CHECK (jsonb_typeof(zonder) = 'object'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'voorgesteld', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)), afgerond_op timestamptz CHECK (isfinite(afgerond_op)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)),
    CHECK (num_nonnulls(inwoners, zonder) = CASE WHEN status = 'voorgesteld' THEN 2 ELSE 0 END),
    CHECK (peildatum IS NOT NULL OR status = 'voorgesteld'));
CREATE TRIGGER tariefvoorstel_vast BEFORE UPDATE ON tariefvoorstel FOR EACH ROW WHEN (OLD.status <> 'aangevraagd')
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefvoorstel_blijft BEFORE DELETE ON tariefvoorstel FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER tariefvoorstel_niet_legen BEFORE TRUNCATE ON tariefvoorstel FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['pakketband', 'tariefindexatieregel', 'tariefindexatiebevestiging'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
REVOKE INSERT ON tariefbesluit FROM abonnement_api;
GRANT INSERT (id, datum, gremium, omschrijving, bronvermelding, prijspeil, eerste_jaar, laatste_jaar, indexering, vorige, grondslag,
    tariefindexatie) ON tariefbesluit TO abonnement_api;
REVOKE ALL ON tariefonderdeel FROM abonnement_api;
GRANT SELECT ON tariefonderdeel TO abonnement_api;
REVOKE ALL ON SEQUENCE tariefbesluit_volgnummer_seq, tariefindexatie_volgnummer_seq, tariefvoorstel_volgnummer_seq
    FROM abonnement_api;
REVOKE ALL ON tariefindexatie FROM abonnement_api;
GRANT SELECT, UPDATE (indexatie, versie, stand, factor, keten_decimalen, keten_afronding, prijs_decimalen, prijs_afronding, status,
    probleem, afgerond_op) ON tariefindexatie TO abonnement_api;
GRANT INSERT (id, tariefbesluit, grondslag, jaar, clausule, nieuw, datum, gremium, omschrijving, bronvermelding, status,
    aangevraagd_op, peer_id, rol, contract) ON tariefindexatie TO abonnement_api;
REVOKE ALL ON tariefvoorstel FROM abonnement_api;
GRANT SELECT, UPDATE (inwoners, zonder, status, probleem, afgerond_op) ON tariefvoorstel TO abonnement_api;
GRANT INSERT (id, jaar, prijspeil, omschrijving, bronvermelding, budgetten, besloten, deelname_promille, tarief_decimalen, peildatum,
    uitgezonderd, inwoners, zonder, status, aangevraagd_op, afgerond_op) ON tariefvoorstel TO abonnement_api;
REVOKE ALL ON FUNCTION sluit_besluit() FROM PUBLIC;

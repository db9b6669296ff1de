SET LOCAL statement_timeout = '2s';
LOCK TABLE facturatieronde, outbox IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- The comparison with fonds. Once it is made it does not change; its differences come in together with the result.
CREATE TABLE aansluiting (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vergeleken', 'mislukt')),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    begonnen_op timestamptz CHECK (isfinite(begonnen_op)), vergeleken_op timestamptz CHECK (isfinite(vergeleken_op)),
    pagina integer NOT NULL DEFAULT 1 CHECK (pagina > 0),
    aantal_documenten bigint NOT NULL DEFAULT 0 CHECK (aantal_documenten >= 0),
    aantal_boekingen bigint NOT NULL DEFAULT 0 CHECK (aantal_boekingen >= 0),
    verschillen jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(verschillen) = 'object'),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK ((status = 'vergeleken') = (vergeleken_op IS NOT NULL)));
CREATE UNIQUE INDEX aansluiting_een_tegelijk_idx ON aansluiting (status) WHERE status = 'aangevraagd';
CREATE INDEX aansluiting_aangevraagd_op_idx ON aansluiting (aangevraagd_op);
CREATE TABLE aansluitingsboeking (
    aansluiting uuid REFERENCES aansluiting, boeking text, pad text NOT NULL, bedrag_cent numeric NOT NULL,
    gestorneerd boolean NOT NULL, PRIMARY KEY (aansluiting, boeking));
CREATE TABLE aansluitingsverschil (
    aansluiting uuid REFERENCES aansluiting, volgnummer integer CHECK (volgnummer > 0),
    soort text NOT NULL CHECK (soort IN (
        'onderweg', 'geweigerd', 'ontbreekt_in_fonds', 'dubbel', 'gestorneerd', 'ander_bedrag', 'andere_boeking', 'onbekend')),
    document text NOT NULL, boeking text, hier_cent bigint, fonds_cent numeric, PRIMARY KEY (aansluiting, volgnummer));
CREATE FUNCTION verschil_bij_aansluiting() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM nieuw LEFT JOIN public.aansluiting ON aansluiting.id = nieuw.aansluiting
               AND aansluiting.status = 'aangevraagd' WHERE aansluiting.id IS NULL) THEN
        RAISE EXCEPTION 'een aansluiting krijgt er niets meer bij' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER aansluitingsverschil_bij_aansluiting AFTER INSERT ON aansluitingsverschil REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION verschil_bij_aansluiting();
CREATE TRIGGER aansluiting_vast BEFORE UPDATE ON aansluiting FOR EACH ROW
    WHEN (OLD.status <> 'aangevraagd') EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aansluiting_blijft BEFORE DELETE ON aansluiting FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aansluiting_niet_legen BEFORE TRUNCATE ON aansluiting FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aansluitingsverschil_bevroren BEFORE UPDATE OR DELETE ON aansluitingsverschil FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER aansluitingsverschil_niet_legen BEFORE TRUNCATE ON aansluitingsverschil FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON aansluiting, aansluitingsboeking, aansluitingsverschil FROM abonnement_api;
REVOKE ALL ON SEQUENCE aansluiting_volgnummer_seq FROM abonnement_api;
GRANT SELECT, INSERT (id, status, aangevraagd_op),
    UPDATE (status, probleem, begonnen_op, vergeleken_op, pagina, aantal_documenten, aantal_boekingen, verschillen)
    ON aansluiting TO abonnement_api;
GRANT SELECT, INSERT, DELETE ON aansluitingsboeking TO abonnement_api;
GRANT SELECT, INSERT ON aansluitingsverschil TO abonnement_api;

-- A round is of its own year: its peildatum, and a decision that covers it.
CREATE FUNCTION ronde_van_jaar() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.peildatum <> make_date(NEW.jaar, 1, 1) OR NOT EXISTS (
        SELECT FROM public.tariefbesluit WHERE id = NEW.tariefbesluit AND NEW.jaar BETWEEN eerste_jaar AND laatste_jaar) THEN
        RAISE EXCEPTION 'facturatieronde % heeft een peildatum of tariefbesluit van een ander jaar', NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER facturatieronde_van_jaar BEFORE INSERT OR UPDATE OF tariefbesluit, peildatum ON facturatieronde FOR EACH ROW
    EXECUTE FUNCTION ronde_van_jaar();

-- A message begins undelivered, and is delivered once. Whether that is true, only fonds can tell: see aansluiting.
CREATE FUNCTION bericht_onbezorgd() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'bericht % is nog niet bezorgd, en wordt op tijd geprobeerd', NEW.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outbox_onbezorgd BEFORE INSERT ON outbox FOR EACH ROW WHEN (
    NEW.verzonden_op IS NOT NULL OR NEW.geweigerd_op IS NOT NULL OR NEW.antwoord_pad IS NOT NULL OR NEW.fout IS NOT NULL
    OR NEW.bezet_tot IS NOT NULL OR NEW.onderweg OR NEW.pogingen <> 0 OR NOT isfinite(NEW.ontstaan_op)
    OR NEW.volgende_poging_op > NEW.ontstaan_op)
    EXECUTE FUNCTION bericht_onbezorgd();
CREATE TRIGGER outbox_bezorgd_blijft BEFORE UPDATE ON outbox FOR EACH ROW WHEN (
    OLD.verzonden_op IS NOT NULL
    AND (OLD.pogingen, OLD.volgende_poging_op, OLD.onderweg, OLD.bezet_tot, OLD.verzonden_op, OLD.geweigerd_op,
         OLD.antwoord_pad, OLD.fout)
    IS DISTINCT FROM (NEW.pogingen, NEW.volgende_poging_op, NEW.onderweg, NEW.bezet_tot, NEW.verzonden_op, NEW.geweigerd_op,
                      NEW.antwoord_pad, NEW.fout))
    EXECUTE FUNCTION bericht_blijft();
CREATE TRIGGER outbox_op_tijd BEFORE UPDATE ON outbox FOR EACH ROW WHEN (
    OLD.verzonden_op IS NULL AND (
        (NEW.verzonden_op IS NULL) <> (NEW.antwoord_pad IS NULL) OR NEW.pogingen < OLD.pogingen
        OR NEW.verzonden_op IS NOT NULL AND NEW.pogingen = 0 OR NOT isfinite(NEW.verzonden_op)
        OR NOT isfinite(NEW.volgende_poging_op) OR NOT isfinite(NEW.bezet_tot)
        OR NEW.volgende_poging_op > greatest(OLD.volgende_poging_op, now()) + interval '8 days'
        OR NEW.bezet_tot > greatest(OLD.volgende_poging_op, now()) + interval '8 days'))
    EXECUTE FUNCTION bericht_onbezorgd();
CREATE UNIQUE INDEX outbox_antwoord_idx ON outbox (bron, antwoord_pad) WHERE antwoord_pad IS NOT NULL;

-- The entry of a document is its own: for its amount, and on debtors (1300) for what it changes there.
CREATE FUNCTION opdracht_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wat text := split_part(NEW.onderwerp, '/', 4);
    eigen_cent numeric; eigen_open numeric; som numeric; cent numeric; open numeric;
BEGIN
    CASE split_part(NEW.onderwerp, '/', 3)
        WHEN 'facturen' THEN
            SELECT bedrag_cent, bedrag_cent INTO eigen_cent, eigen_open FROM public.factuur WHERE nummer = wat;
        WHEN 'creditnotas' THEN
            SELECT bedrag_cent, -bedrag_cent INTO eigen_cent, eigen_open FROM public.creditnota WHERE nummer = wat;
        WHEN 'betalingen' THEN
            SELECT bedrag_cent, -coalesce((SELECT sum(bedrag_cent) FROM public.betalingstoewijzing
                WHERE betaling = id AND koppeling = '00000000-0000-0000-0000-000000000000'), 0)
                INTO eigen_cent, eigen_open FROM public.betaling WHERE id = wat::uuid;
        WHEN 'koppelingen' THEN
            SELECT abs(sum(bedrag_cent)), -sum(bedrag_cent) INTO eigen_cent, eigen_open
                FROM public.betalingstoewijzing WHERE koppeling = wat::uuid;
        WHEN 'afschrijvingen' THEN
            SELECT bedrag_cent, 0 INTO eigen_cent, eigen_open FROM public.afschrijving WHERE id = wat::uuid;
        WHEN 'verdelingen' THEN
            SELECT bedrag_cent, 0 INTO eigen_cent, eigen_open FROM public.verdeling WHERE id = wat::uuid;
        ELSE RETURN NULL;
    END CASE;
    SELECT sum(regel.cent), sum(regel.cent) FILTER (WHERE regel.cent > 0),
           coalesce(sum(regel.cent) FILTER (WHERE regel.rekening = '1300'), 0) INTO som, cent, open
        FROM (SELECT (deel ->> 'bedragCent')::bigint AS cent, deel ->> 'rekening' AS rekening
              FROM jsonb_array_elements(NEW.inhoud -> 'regels') AS deel) AS regel;
    IF som IS DISTINCT FROM 0 OR (cent, open) IS DISTINCT FROM (eigen_cent, eigen_open)
       OR NEW.inhoud -> 'bron' IS DISTINCT FROM jsonb_build_object('bron', 'abonnement', 'pad', NEW.onderwerp) THEN
        RAISE EXCEPTION 'de boeking van % is niet die van dat document', NEW.onderwerp
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER outbox_opdracht_klopt AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.bron = 'fonds' AND NEW.pad = '/v1/boekingen') EXECUTE FUNCTION opdracht_klopt();

SET LOCAL statement_timeout = '2s';
LOCK TABLE tariefbesluit, collectieve_aanmelding, abonnement, facturatieronde, factuurnummering, bankafschrift, factuur,
    creditnummering, creditnota, betaling, koppeling, verdeling, outbox IN ACCESS EXCLUSIVE MODE;
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

CREATE FUNCTION debet(inhoud jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT sum(greatest(0, (regel ->> 'bedragCent')::bigint)) FROM jsonb_array_elements(inhoud -> 'regels') AS regel;
$$;
CREATE FUNCTION op_debiteuren(inhoud jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum((regel ->> 'bedragCent')::bigint) FILTER (WHERE regel ->> 'rekening' = '1300'), 0)
    FROM jsonb_array_elements(inhoud -> 'regels') AS regel;
$$;
-- The entry of a document is its own: for its amount, and on debtors (1300) for what it changes there.
CREATE FUNCTION opdracht_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wat text := split_part(NEW.onderwerp, '/', 4);
    eigen_cent numeric; eigen_open numeric;
BEGIN
    CASE split_part(NEW.onderwerp, '/', 3)
        WHEN 'facturen' THEN
            SELECT bedrag_cent, bedrag_cent INTO eigen_cent, eigen_open FROM public.factuur WHERE nummer = wat;
        WHEN 'creditnotas' THEN
            SELECT bedrag_cent, -bedrag_cent INTO eigen_cent, eigen_open FROM public.creditnota WHERE nummer = wat;
        WHEN 'betalingen' THEN
            SELECT bedrag_cent INTO eigen_cent FROM public.betaling WHERE id = wat::uuid;
            eigen_open := public.op_debiteuren(NEW.inhoud);  -- judged with its statement
        WHEN 'koppelingen' THEN  -- judged with the koppeling itself
            SELECT public.debet(NEW.inhoud), public.op_debiteuren(NEW.inhoud) INTO eigen_cent, eigen_open;
        WHEN 'afschrijvingen' THEN
            SELECT bedrag_cent, 0 INTO eigen_cent, eigen_open FROM public.afschrijving WHERE id = wat::uuid;
        WHEN 'verdelingen' THEN
            SELECT bedrag_cent, 0 INTO eigen_cent, eigen_open FROM public.verdeling WHERE id = wat::uuid;
        ELSE RETURN NULL;
    END CASE;
    IF (SELECT sum((regel ->> 'bedragCent')::bigint) FROM jsonb_array_elements(NEW.inhoud -> 'regels') AS regel)
       IS DISTINCT FROM 0
       OR (public.debet(NEW.inhoud), public.op_debiteuren(NEW.inhoud)) IS DISTINCT FROM (eigen_cent, eigen_open)
       OR NEW.inhoud -> 'bron' IS DISTINCT FROM jsonb_build_object('bron', 'abonnement', 'pad', NEW.onderwerp) THEN
        RAISE EXCEPTION 'de boeking van % is niet die van dat document', NEW.onderwerp
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER outbox_opdracht_klopt AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.bron = 'fonds' AND NEW.pad = '/v1/boekingen') EXECUTE FUNCTION opdracht_klopt();

-- What a receipt or koppeling pays of invoices, its entry moves on debtors. Only once it is closed, so that nothing is added after
-- the check: that is why this is no part of the check of the message, which may be called for at any moment.
CREATE FUNCTION afschrift_geboekt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.afgesloten WHERE onderwerp = '/v1/bankafschriften/' || NEW.id) OR EXISTS (
        SELECT FROM public.betaling LEFT JOIN public.outbox
        ON (outbox.onderwerp, outbox.bron, outbox.pad) = ('/v1/betalingen/' || betaling.id, 'fonds', '/v1/boekingen')
        WHERE betaling.bankafschrift = NEW.id AND (outbox.id IS NULL OR public.op_debiteuren(outbox.inhoud) <> -coalesce((
            SELECT sum(bedrag_cent) FROM public.betalingstoewijzing AS deel WHERE deel.betaling = betaling.id
            AND deel.koppeling = '00000000-0000-0000-0000-000000000000'), 0))) THEN
        RAISE EXCEPTION 'van afschrift % wordt iets anders geboekt dan het betaalt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bankafschrift_geboekt AFTER INSERT ON bankafschrift DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION afschrift_geboekt();
CREATE FUNCTION koppeling_geboekt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cent numeric := (SELECT sum(bedrag_cent) FROM public.betalingstoewijzing WHERE koppeling = NEW.id);
    opdracht jsonb := (SELECT inhoud FROM public.outbox WHERE onderwerp = '/v1/koppelingen/' || NEW.id);
BEGIN
    IF NOT EXISTS (SELECT FROM public.afgesloten WHERE onderwerp = '/v1/koppelingen/' || NEW.id)
       OR cent IS NOT NULL AND (
           opdracht IS NULL OR public.op_debiteuren(opdracht) <> -cent OR public.debet(opdracht) <> abs(cent)) THEN
        RAISE EXCEPTION 'van koppeling % wordt iets anders geboekt dan zij betaalt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER koppeling_geboekt AFTER INSERT ON koppeling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION koppeling_geboekt();

-- What these tables check at commit, they check against what others have committed by then: each statement must look anew.
CREATE FUNCTION eist_verse_blik() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'in % wordt alleen geschreven met isolatieniveau READ COMMITTED', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['tariefbesluit', 'collectieve_aanmelding', 'abonnement', 'facturatieronde', 'factuurnummering',
        'factuur', 'creditnummering', 'creditnota', 'bankafschrift', 'betaling', 'koppeling', 'verdeling', 'outbox'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_verse_blik BEFORE INSERT OR UPDATE ON %1$s FOR EACH STATEMENT '
            'EXECUTE FUNCTION eist_verse_blik()', tabel);
    END LOOP;
END $$;

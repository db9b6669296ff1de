SET LOCAL statement_timeout = '2s';
LOCK TABLE omslag, omslagvoorstel IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- Asked for with a decision; a job asks the catalogue whether it carries the levy.
CREATE TABLE omslagaanvraag (
    voorstel text PRIMARY KEY REFERENCES omslagvoorstel,
    bron text NOT NULL CHECK (bron = 'catalogus'),
    pad text NOT NULL CHECK (pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    tekst text NOT NULL, bronvermelding text NOT NULL,
    door text NOT NULL CHECK (door IN ('bestuur', 'ledenvergadering')),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vastgesteld', 'geweigerd')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'), CHECK ((status = 'geweigerd') = (probleem IS NOT NULL)));
ALTER TABLE omslag
    ADD gremium text CHECK (gremium IN ('bestuur', 'ALV', 'BALV')),
    ADD besloten_op date CHECK (besloten_op BETWEEN '1900-01-01' AND '2100-12-31');

CREATE OR REPLACE FUNCTION omslag_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel('omslag ' || NEW.fonds || ' ' || NEW.jaar);
    IF NOT EXISTS (SELECT FROM public.omslagvoorstel AS v WHERE v.id = NEW.voorstel
                   AND (v.fonds, v.jaar, v.indeling, v.peildatum) = (NEW.fonds, NEW.jaar, NEW.indeling, NEW.peildatum)
                   AND v.bedrag_cent IS NOT DISTINCT FROM NEW.bedrag_cent)
       OR NOT EXISTS (SELECT FROM public.omslagaanvraag AS a WHERE a.voorstel = NEW.voorstel AND a.status = 'aangevraagd'
                      AND (a.bron, a.pad, a.tekst, a.bronvermelding, a.door)
                          = (NEW.besluit_bron, NEW.besluit_pad, NEW.besluit, NEW.bronvermelding, NEW.vastgesteld_door))
       OR NEW.vastgesteld_op IS NULL OR NEW.gremium IS NULL OR NEW.besloten_op IS NULL
       OR NEW.vastgesteld_door = 'ledenvergadering' AND NEW.gremium = 'bestuur' THEN
        RAISE EXCEPTION 'omslag %-% is niet wat is voorgesteld en aangevraagd', NEW.fonds, NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- An aanvraag becomes vastgesteld with its omslag, and then stays; the other way round too, at the latest at commit.
CREATE FUNCTION omslagaanvraag_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'vastgesteld'
       OR (NEW.status = 'vastgesteld') <> EXISTS (SELECT FROM public.omslag WHERE voorstel = NEW.voorstel) THEN
        RAISE EXCEPTION 'omslagaanvraag % wordt niet %', NEW.voorstel, NEW.status USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER omslagaanvraag_kan BEFORE INSERT OR UPDATE ON omslagaanvraag FOR EACH ROW EXECUTE FUNCTION omslagaanvraag_kan();
CREATE FUNCTION omslag_volledig() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.omslagaanvraag WHERE voorstel = NEW.voorstel AND status = 'vastgesteld') THEN
        RAISE EXCEPTION 'omslag % is vastgesteld, haar aanvraag niet', NEW.voorstel USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER omslag_volledig AFTER INSERT ON omslag DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION omslag_volledig();
CREATE TRIGGER omslagaanvraag_blijft BEFORE DELETE ON omslagaanvraag FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER omslagaanvraag_niet_legen BEFORE TRUNCATE ON omslagaanvraag
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

-- What a proposal takes from an indexation: of its size (place 0) or of a band (1, 2 …). It says which places have one, so that
-- nothing can be added later.
ALTER TABLE omslagvoorstel
    ADD geindexeerd integer[] NOT NULL DEFAULT '{}' CHECK (array_position(geindexeerd, NULL) IS NULL AND 0 <= ALL (geindexeerd));
CREATE TABLE omslagtoepassing (
    voorstel text NOT NULL REFERENCES omslagvoorstel, plek integer NOT NULL,
    toepassing uuid NOT NULL REFERENCES indexatietoepassing, PRIMARY KEY (voorstel, plek));
CREATE INDEX omslagtoepassing_toepassing_idx ON omslagtoepassing (toepassing);
CREATE FUNCTION omslagtoepassing_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.omslagvoorstel AS v JOIN public.indexatietoepassing AS t ON t.id = NEW.toepassing
                   WHERE v.id = NEW.voorstel AND NEW.plek = ANY (v.geindexeerd) AND t.jaar = v.jaar AND t.bron = 'fonds'
                   AND starts_with(t.pad, '/v1/omslagen/' || v.fonds || '/')
                   AND CASE NEW.plek WHEN 0 THEN t.prijs * 100 = v.bedrag_cent
                       ELSE t.prijs * 100000 = v.tarieven_millicent[NEW.plek] END) THEN
        RAISE EXCEPTION 'omslagvoorstel %: toepassing % past niet op plek %', NEW.voorstel, NEW.toepassing, NEW.plek
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER omslagtoepassing_kan BEFORE INSERT ON omslagtoepassing FOR EACH ROW EXECUTE FUNCTION omslagtoepassing_kan();
CREATE FUNCTION omslagvoorstel_volledig() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM public.omslagtoepassing WHERE voorstel = NEW.id) <> cardinality(NEW.geindexeerd) THEN
        RAISE EXCEPTION 'omslagvoorstel % heeft niet al haar toepassingen', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER omslagvoorstel_volledig AFTER INSERT ON omslagvoorstel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION omslagvoorstel_volledig();
CREATE TRIGGER omslagtoepassing_bevroren BEFORE UPDATE OR DELETE ON omslagtoepassing
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER omslagtoepassing_niet_legen BEFORE TRUNCATE ON omslagtoepassing
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON omslagaanvraag, omslagtoepassing FROM fonds_api;
GRANT SELECT, INSERT ON omslagaanvraag, omslagtoepassing TO fonds_api;
GRANT UPDATE (bron, pad, tekst, bronvermelding, door, status, aangevraagd_op, probleem) ON omslagaanvraag TO fonds_api;

-- What changed, as CloudEvents members; written in the transaction of the change itself.
CREATE TABLE gebeurtenis (
    id uuid PRIMARY KEY,
    volgnummer bigint UNIQUE CHECK (volgnummer > 0),
    type text NOT NULL CHECK (type LIKE 'nl.gemeengoed.catalogus.%'),
    onderwerp text NOT NULL CHECK (onderwerp LIKE '/v1/%'),
    tijd timestamptz NOT NULL CHECK (isfinite(tijd)),
    data jsonb NOT NULL CHECK (jsonb_typeof(data) = 'object'),
    zichtbaar_voor text[] NOT NULL CHECK (array_position(zichtbaar_voor, NULL) IS NULL),
    geschreven_op timestamptz NOT NULL DEFAULT now());
CREATE INDEX gebeurtenis_onderwerp_idx ON gebeurtenis (onderwerp, volgnummer);
CREATE INDEX gebeurtenis_type_idx ON gebeurtenis (type, volgnummer);
CREATE INDEX gebeurtenis_tijd_idx ON gebeurtenis (tijd);
CREATE SEQUENCE gebeurtenis_volgnummer_seq OWNED BY gebeurtenis.volgnummer;

-- The number is given at the commit, one transaction after the other: who has seen a number will never see a lower one appear.
-- Nobody waits in a circle for it: who has this turn asks for no other lock, and what else is done one after the other at the
-- commit has the same turn.
CREATE FUNCTION nummer_gebeurtenis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gebeurtenis', 0));
    UPDATE public.gebeurtenis SET volgnummer = nextval('public.gebeurtenis_volgnummer_seq') WHERE id = NEW.id;
    RETURN NULL;
END $$;
-- Else the role could put it on a table of its own.
REVOKE ALL ON FUNCTION nummer_gebeurtenis() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER gebeurtenis_genummerd AFTER INSERT ON gebeurtenis DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION nummer_gebeurtenis();

-- The one change that an event has is that it gets its number.
CREATE TRIGGER gebeurtenis_bevroren BEFORE UPDATE ON gebeurtenis FOR EACH ROW
    WHEN (OLD.volgnummer IS NOT NULL OR to_jsonb(OLD) - 'volgnummer' IS DISTINCT FROM to_jsonb(NEW) - 'volgnummer')
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER gebeurtenis_blijft BEFORE DELETE ON gebeurtenis FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER gebeurtenis_niet_legen BEFORE TRUNCATE ON gebeurtenis FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

REVOKE ALL ON gebeurtenis FROM catalogus_api;
REVOKE ALL ON SEQUENCE gebeurtenis_volgnummer_seq FROM catalogus_api;
GRANT SELECT, INSERT (id, type, onderwerp, tijd, data, zichtbaar_voor) ON gebeurtenis TO catalogus_api;

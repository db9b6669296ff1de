CREATE TABLE munt (naam text PRIMARY KEY, waarde_cent bigint NOT NULL);
CREATE FUNCTION geen_dertien() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.waarde_cent = 13 THEN RAISE EXCEPTION 'dertien'; END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER munt_bij_commit AFTER INSERT ON munt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION geen_dertien();

GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_events TO proef_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs TO proef_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_periodic_defers TO proef_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_workers TO proef_api;

CREATE FUNCTION weiger_wijziging() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rijen van % veranderen nooit', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TABLE idempotentie (
    afzender text NOT NULL, sleutel text NOT NULL, vingerafdruk bytea NOT NULL,
    status integer, kopregels jsonb, antwoord bytea, ontstaan_op timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (afzender, sleutel));

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, op timestamptz NOT NULL,
    peer_id text, delegator_id text, transactie_id text,
    handeling text NOT NULL, onderwerp text NOT NULL, wijziging jsonb NOT NULL);

CREATE INDEX audit_transactie_id_idx ON audit (transactie_id);
CREATE INDEX audit_onderwerp_idx ON audit (onderwerp);
REVOKE ALL ON idempotentie FROM proef_api;
GRANT SELECT, INSERT, UPDATE ON idempotentie TO proef_api;
CREATE TRIGGER audit_bevroren BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER audit_niet_legen BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON audit FROM proef_api;
GRANT SELECT, INSERT ON audit TO proef_api;

CREATE TABLE outbox (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY,
    bron text NOT NULL, pad text NOT NULL, inhoud jsonb NOT NULL,
    onderwerp text NOT NULL UNIQUE, groep text NOT NULL, ontstaan_op timestamptz NOT NULL,
    pogingen integer NOT NULL DEFAULT 0, volgende_poging_op timestamptz NOT NULL,
    onderweg boolean NOT NULL DEFAULT false,
    verzonden_op timestamptz, geweigerd_op timestamptz, antwoord_pad text, fout text);

CREATE INDEX outbox_groep_idx ON outbox (groep);
CREATE INDEX outbox_te_versturen_idx ON outbox (volgende_poging_op) WHERE verzonden_op IS NULL AND geweigerd_op IS NULL;
REVOKE ALL ON outbox FROM proef_api;
GRANT SELECT, INSERT, UPDATE ON outbox TO proef_api;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO proef_api;

ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp;

-- The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
-- it is.
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging();

REVOKE INSERT ON idempotentie FROM proef_api;
GRANT INSERT (afzender, sleutel, vingerafdruk) ON idempotentie TO proef_api;
REVOKE UPDATE ON idempotentie FROM proef_api;
GRANT UPDATE (status, kopregels, antwoord) ON idempotentie TO proef_api;

-- `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now();

REVOKE INSERT ON audit FROM proef_api;
GRANT INSERT (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) ON audit TO proef_api;

-- The role has no right to it; the owner of the table may let a body go, once it has been delivered.
CREATE FUNCTION bericht_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'bericht % verandert niet van inhoud', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outbox_bericht_blijft BEFORE UPDATE ON outbox FOR EACH ROW WHEN (
    (OLD.id, OLD.volgnummer, OLD.bron, OLD.pad, OLD.onderwerp, OLD.groep, OLD.ontstaan_op)
    IS DISTINCT FROM (NEW.id, NEW.volgnummer, NEW.bron, NEW.pad, NEW.onderwerp, NEW.groep, NEW.ontstaan_op)
    OR OLD.inhoud IS DISTINCT FROM NEW.inhoud AND NOT (NEW.inhoud IS NULL AND OLD.verzonden_op IS NOT NULL))
    EXECUTE FUNCTION bericht_blijft();

REVOKE UPDATE ON outbox FROM proef_api;
GRANT UPDATE (pogingen, volgende_poging_op, onderweg, verzonden_op, geweigerd_op, antwoord_pad, fout) ON outbox TO proef_api;
REVOKE ALL ON SEQUENCE audit_id_seq FROM proef_api;
REVOKE ALL ON SEQUENCE outbox_volgnummer_seq FROM proef_api;
REVOKE ALL ON SEQUENCE procrastinate_workers_id_seq FROM proef_api;

CREATE INDEX idempotentie_ontstaan_op_idx ON idempotentie USING brin (ontstaan_op);

-- The clock here is the database's own, and the floor is fixed: whoever takes over the service's role cannot erase what is young.
CREATE FUNCTION vergeet_antwoorden(bewaren_dagen integer, hoogstens integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grens timestamptz := now() - make_interval(days => greatest(bewaren_dagen, 30));
    aantal integer;
BEGIN
    DELETE FROM public.idempotentie WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.idempotentie WHERE ontstaan_op < grens LIMIT hoogstens FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$;

REVOKE ALL ON FUNCTION vergeet_antwoorden(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vergeet_antwoorden(integer, integer) TO proef_api;

-- The column `onderweg` and the drain's jobs are of the release before, which serves on while this is migrated.
ALTER TABLE outbox ADD COLUMN bezet_tot timestamptz, ALTER COLUMN inhoud DROP NOT NULL;
GRANT UPDATE (bezet_tot) ON outbox TO proef_api;
ALTER TABLE outbox ADD CONSTRAINT outbox_inhoud_check CHECK (inhoud IS NOT NULL OR verzonden_op IS NOT NULL);
CREATE INDEX outbox_onbezorgd_idx ON outbox (volgende_poging_op, volgnummer) WHERE verzonden_op IS NULL;
DROP INDEX outbox_te_versturen_idx;
CREATE INDEX outbox_inhoud_idx ON outbox (verzonden_op) WHERE inhoud IS NOT NULL AND verzonden_op IS NOT NULL;

CREATE FUNCTION vergeet_berichten(bewaren_dagen integer, hoogstens integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grens timestamptz := now() - make_interval(days => greatest(bewaren_dagen, 30));
    aantal integer;
BEGIN
    UPDATE public.outbox SET inhoud = NULL WHERE id = ANY (ARRAY(
        SELECT id FROM public.outbox WHERE inhoud IS NOT NULL AND verzonden_op < grens AND ontstaan_op < grens
        LIMIT hoogstens FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS aantal = ROW_COUNT;
    RETURN aantal;
END $$;

REVOKE ALL ON FUNCTION vergeet_berichten(integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vergeet_berichten(integer, integer) TO proef_api;

REVOKE ALL ON munt FROM proef_api;
GRANT SELECT, INSERT, UPDATE ON munt TO proef_api;

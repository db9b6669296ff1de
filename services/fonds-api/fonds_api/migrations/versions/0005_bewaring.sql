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
GRANT EXECUTE ON FUNCTION vergeet_antwoorden(integer, integer) TO fonds_api;

-- The column `onderweg` and the drain's jobs are of the release before, which serves on while this is migrated.
ALTER TABLE outbox ADD COLUMN bezet_tot timestamptz, ALTER COLUMN inhoud DROP NOT NULL;
GRANT UPDATE (bezet_tot) ON outbox TO fonds_api;
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
GRANT EXECUTE ON FUNCTION vergeet_berichten(integer, integer) TO fonds_api;

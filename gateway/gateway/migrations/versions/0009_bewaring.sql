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
GRANT EXECUTE ON FUNCTION vergeet_antwoorden(integer, integer) TO gateway_api;

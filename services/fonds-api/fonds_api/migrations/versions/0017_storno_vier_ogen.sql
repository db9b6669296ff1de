-- As in 0014, and of a document that waits: only what was proposed is booked of it. And of a storno: only that of an entry of the service's own documents, which have rules of their own, does not wait.
CREATE OR REPLACE FUNCTION controleer_vier_ogen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE vanaf bigint;
BEGIN
    IF (NEW.bron OPERATOR(pg_catalog.<>) 'fonds' OR NEW.storno_van IS NOT NULL) AND EXISTS (
        SELECT FROM public.boekingsvoorstel AS v WHERE v.fonds OPERATOR(pg_catalog.=) NEW.fonds AND v.bron OPERATOR(pg_catalog.=) NEW.bron
        AND v.pad OPERATOR(pg_catalog.=) NEW.pad AND v.verloopt_op OPERATOR(pg_catalog.>) LEAST(NEW.geboekt_op, NEW.vastgelegd_op)
        AND NOT EXISTS (SELECT FROM public.boekingsvoorstelafhandeling AS a WHERE a.voorstel OPERATOR(pg_catalog.=) v.id)) THEN
        RAISE EXCEPTION 'van % % wacht een boekingsvoorstel', NEW.bron, NEW.pad USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT vier_ogen_vanaf_cent INTO vanaf FROM public.fonds
        WHERE code OPERATOR(pg_catalog.=) NEW.fonds AND NEW.bron OPERATOR(pg_catalog.<>) ALL (vier_ogen_vrij);
    IF vanaf IS NULL OR NEW.bron OPERATOR(pg_catalog.=) 'fonds' AND NOT EXISTS (SELECT FROM public.boeking
            WHERE id OPERATOR(pg_catalog.=) NEW.storno_van AND bron OPERATOR(pg_catalog.<>) 'fonds') THEN
        RETURN NULL;
    END IF;
    IF (SELECT pg_catalog.sum(bedrag_cent) FROM public.boekingsregel
            WHERE boeking OPERATOR(pg_catalog.=) NEW.id AND bedrag_cent OPERATOR(pg_catalog.>) 0) OPERATOR(pg_catalog.>=) vanaf
       AND NOT EXISTS (SELECT FROM public.boekingsvoorstelafhandeling WHERE boeking OPERATOR(pg_catalog.=) NEW.id) THEN
        RAISE EXCEPTION 'boeking % is door niemand anders bevestigd', NEW.id USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END $$;

ALTER TABLE fonds
    ADD vier_ogen_vanaf_cent bigint CHECK (vier_ogen_vanaf_cent > 0),
    ADD vier_ogen_vrij text[] NOT NULL DEFAULT '{}' CHECK (array_position(vier_ogen_vrij, NULL) IS NULL);
UPDATE fonds SET vier_ogen_vrij = '{abonnement}' WHERE code = 'derdengelden';
GRANT UPDATE (vier_ogen_vanaf_cent, vier_ogen_vrij) ON fonds TO fonds_api;

-- An entry that waits: nothing of it is in the ledger.
CREATE TABLE boekingsvoorstel (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    fonds text NOT NULL REFERENCES fonds, bron text NOT NULL, pad text NOT NULL,
    debet_cent bigint NOT NULL CHECK (debet_cent > 0), inhoud jsonb NOT NULL CHECK (jsonb_typeof(inhoud) = 'object'),
    ingediend_op timestamptz NOT NULL CHECK (isfinite(ingediend_op)),
    verloopt_op timestamptz NOT NULL CHECK (isfinite(verloopt_op)), CHECK (verloopt_op > ingediend_op),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL);
CREATE INDEX boekingsvoorstel_document_idx ON boekingsvoorstel (fonds, bron, pad);
CREATE TABLE boekingsvoorstelafhandeling (
    voorstel uuid PRIMARY KEY REFERENCES boekingsvoorstel,
    uitkomst text NOT NULL CHECK (uitkomst IN ('bevestigd', 'afgewezen')),
    boeking uuid UNIQUE REFERENCES boeking, naam text NOT NULL, reden text,
    op timestamptz NOT NULL CHECK (isfinite(op)), peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK ((uitkomst = 'bevestigd') = (boeking IS NOT NULL)), CHECK ((uitkomst = 'afgewezen') = (reden IS NOT NULL)));

-- Everything about the proposals of one document happens one after the other.
CREATE FUNCTION vergrendel_voorstel(p_fonds text, p_bron text, p_pad text) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('boekingsvoorstel ' || p_fonds || ' ' || p_bron || ' ' || p_pad)
$$;

-- A proposal holds its document: nothing else is booked of it while it waits. Who books shares the proposals of the fonds until the
-- end of the transaction; who makes one has them alone, so that neither overlooks the other. Take it after the gate (0007).
CREATE FUNCTION deel_voorstellen(p_fonds text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_advisory_xact_lock_shared(hashtextextended('boekingsvoorstellen ' || p_fonds, 0))
$$;
CREATE FUNCTION vergrendel_voorstellen(p_fonds text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('boekingsvoorstellen ' || p_fonds)
$$;
CREATE FUNCTION open_voorstel(p_fonds text, p_bron text, p_pad text, p_nu timestamptz) RETURNS uuid LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('boekingsvoorstellen ' || p_fonds, 0));
    RETURN (SELECT v.id FROM public.boekingsvoorstel AS v WHERE (v.fonds, v.bron, v.pad) = (p_fonds, p_bron, p_pad)
        AND v.verloopt_op > p_nu AND NOT EXISTS (SELECT FROM public.boekingsvoorstelafhandeling AS a WHERE a.voorstel = v.id) LIMIT 1);
END $$;

CREATE FUNCTION controleer_afhandeling() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.boekingsvoorstel;
BEGIN
    SELECT * INTO deze FROM public.boekingsvoorstel WHERE id = NEW.voorstel;
    IF NEW.op >= deze.verloopt_op OR NEW.uitkomst = 'bevestigd' AND (
        (NEW.peer_id, NEW.rol) = (deze.peer_id, deze.rol) OR NEW.contract = deze.contract
        OR NOT EXISTS (SELECT FROM public.boeking WHERE id = NEW.boeking
                       AND (fonds, bron, pad) = (deze.fonds, deze.bron, deze.pad))) THEN
        RAISE EXCEPTION 'boekingsvoorstel % is zo niet af te handelen', NEW.voorstel
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER boekingsvoorstelafhandeling_kan BEFORE INSERT ON boekingsvoorstelafhandeling
    FOR EACH ROW EXECUTE FUNCTION controleer_afhandeling();

-- Whatever path an entry takes into the ledger: from the amount of its fonds on, somebody else confirmed it. The service looks
-- first; when it did and this still refuses, the amount was set meanwhile, and trying again makes a proposal of it.
CREATE FUNCTION controleer_vier_ogen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE vanaf bigint;
BEGIN
    SELECT vier_ogen_vanaf_cent INTO vanaf FROM public.fonds
        WHERE code OPERATOR(pg_catalog.=) NEW.fonds AND NEW.bron OPERATOR(pg_catalog.<>) ALL (vier_ogen_vrij);
    IF vanaf IS NULL OR NEW.bron OPERATOR(pg_catalog.=) 'fonds' THEN
        RETURN NULL;
    END IF;
    IF (SELECT pg_catalog.sum(bedrag_cent) FROM public.boekingsregel
            WHERE boeking OPERATOR(pg_catalog.=) NEW.id AND bedrag_cent OPERATOR(pg_catalog.>) 0) OPERATOR(pg_catalog.>=) vanaf
       AND NOT EXISTS (SELECT FROM public.boekingsvoorstelafhandeling WHERE boeking OPERATOR(pg_catalog.=) NEW.id) THEN
        RAISE EXCEPTION 'boeking % is door niemand anders bevestigd', NEW.id USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER boeking_vier_ogen AFTER INSERT ON boeking DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_vier_ogen();

CREATE TRIGGER boekingsvoorstel_bevroren BEFORE UPDATE OR DELETE ON boekingsvoorstel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER boekingsvoorstel_niet_legen BEFORE TRUNCATE ON boekingsvoorstel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER boekingsvoorstelafhandeling_bevroren BEFORE UPDATE OR DELETE ON boekingsvoorstelafhandeling
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER boekingsvoorstelafhandeling_niet_legen BEFORE TRUNCATE ON boekingsvoorstelafhandeling
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON boekingsvoorstel, boekingsvoorstelafhandeling FROM fonds_api;
GRANT SELECT, INSERT ON boekingsvoorstel, boekingsvoorstelafhandeling TO fonds_api;

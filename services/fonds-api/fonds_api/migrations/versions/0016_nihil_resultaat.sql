SET LOCAL statement_timeout = '2s';
LOCK TABLE uitgavebetaling, overheveling, resultaatbestemming IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- A resultaat of nil is adopted as any other, without an entry; what is not nil still has one.
ALTER TABLE resultaatbestemming
    DROP CONSTRAINT resultaatbestemming_check2,
    ADD CONSTRAINT resultaatbestemming_geboekt_check CHECK (
        (status = 'vastgesteld' AND (uitkeren_cent <> 0 OR reserve_cent <> 0)) = (boeking IS NOT NULL));

-- What names an entry names its own: of this document, in this fonds.
CREATE FUNCTION eis_eigen_boeking(p_boeking uuid, p_fonds text, p_pad text, p_boekdatum date) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis(EXISTS (SELECT FROM public.boeking WHERE id = p_boeking AND bron = 'fonds'
        AND (fonds, pad, boekdatum) = (p_fonds, p_pad, p_boekdatum)), format('boeking %s is niet die van %s', p_boeking, p_pad));
END $$;
CREATE FUNCTION uitgavebetaling_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE van record;
BEGIN
    SELECT v.fonds, u.jaar INTO van FROM public.uitgave AS u JOIN public.verplichting AS v ON v.id = u.verplichting WHERE u.id = NEW.uitgave;
    PERFORM public.vergrendel_begroting(van.fonds, van.jaar);
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.uitgavestorno WHERE uitgave = NEW.uitgave),
        format('uitgave %s is gestorneerd', NEW.uitgave));
    PERFORM public.eis_eigen_boeking(NEW.boeking, van.fonds, '/v1/uitgaven/' || NEW.uitgave || '/betaling', NEW.boekdatum);
    RETURN NEW;
END $$;
CREATE TRIGGER uitgavebetaling_kan BEFORE INSERT ON uitgavebetaling FOR EACH ROW EXECUTE FUNCTION uitgavebetaling_kan();
CREATE FUNCTION overheveling_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_eigen_boeking(NEW.boeking, NEW.fonds, '/v1/overhevelingen/' || NEW.id, make_date(NEW.jaar, 12, 31));
    PERFORM public.eis_eigen_boeking(
        NEW.onttrekking, NEW.fonds, '/v1/overhevelingen/' || NEW.id || '/onttrekking', make_date(NEW.jaar + 1, 1, 1));
    RETURN NULL;
END $$;
CREATE TRIGGER overheveling_geboekt AFTER UPDATE ON overheveling FOR EACH ROW WHEN (NEW.status = 'vastgesteld')
    EXECUTE FUNCTION overheveling_geboekt();
CREATE FUNCTION resultaatbestemming_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_eigen_boeking(
        NEW.boeking, NEW.fonds, format('/v1/jaarafsluitingen/%s-%s/bestemming', NEW.fonds, NEW.jaar), NEW.boekdatum);
    RETURN NULL;
END $$;
CREATE TRIGGER resultaatbestemming_geboekt AFTER UPDATE ON resultaatbestemming FOR EACH ROW WHEN (NEW.boeking IS NOT NULL)
    EXECUTE FUNCTION resultaatbestemming_geboekt();

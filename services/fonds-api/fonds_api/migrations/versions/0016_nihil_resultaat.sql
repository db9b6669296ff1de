SET LOCAL statement_timeout = '2s';
LOCK TABLE uitgavebetaling, overheveling, resultaatbestemming, nota, ontvangst, afrekening IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- A resultaat of nil is adopted as any other, without an entry; what is not nil still has one.
ALTER TABLE resultaatbestemming
    DROP CONSTRAINT resultaatbestemming_check2,
    ADD CONSTRAINT resultaatbestemming_geboekt_check CHECK (
        (status = 'vastgesteld' AND (uitkeren_cent <> 0 OR reserve_cent <> 0)) = (boeking IS NOT NULL));

-- What names an entry names its own (0010).
CREATE FUNCTION uitgavebetaling_kan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE van record;
BEGIN
    SELECT v.fonds, u.jaar, u.bedrag_cent + u.btw_cent AS cent INTO van FROM public.uitgave AS u JOIN public.verplichting AS v ON v.id = u.verplichting WHERE u.id = NEW.uitgave;
    PERFORM public.vergrendel_begroting(van.fonds, van.jaar);
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.uitgavestorno WHERE uitgave = NEW.uitgave),
        format('uitgave %s is gestorneerd', NEW.uitgave));
    PERFORM public.eis_geboekt(NEW.boeking, van.fonds, '/v1/uitgaven/' || NEW.uitgave || '/betaling', NEW.boekdatum,
        ARRAY['1600', '1100'], ARRAY[van.cent, -van.cent]);
    RETURN NEW;
END $$;
CREATE TRIGGER uitgavebetaling_kan BEFORE INSERT ON uitgavebetaling FOR EACH ROW EXECUTE FUNCTION uitgavebetaling_kan();
CREATE FUNCTION overheveling_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE cent numeric := NEW.bedrag_cent + NEW.btw_cent;
BEGIN
    PERFORM public.eis_geboekt(NEW.boeking, NEW.fonds, '/v1/overhevelingen/' || NEW.id, make_date(NEW.jaar, 12, 31),
        ARRAY['4990', '0510'], ARRAY[cent, -cent]);
    PERFORM public.eis_geboekt(NEW.onttrekking, NEW.fonds, '/v1/overhevelingen/' || NEW.id || '/onttrekking', make_date(NEW.jaar + 1, 1, 1),
        ARRAY['0510', '8200'], ARRAY[cent, -cent]);
    RETURN NULL;
END $$;
CREATE TRIGGER overheveling_geboekt AFTER UPDATE ON overheveling FOR EACH ROW WHEN (NEW.status = 'vastgesteld')
    EXECUTE FUNCTION overheveling_geboekt();
CREATE FUNCTION resultaatbestemming_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_geboekt(NEW.boeking, NEW.fonds, format('/v1/jaarafsluitingen/%s-%s/bestemming', NEW.fonds, NEW.jaar), NEW.boekdatum,
        ARRAY['0900', '1310', '0500'], ARRAY[NEW.uitkeren_cent + NEW.reserve_cent, -NEW.uitkeren_cent, -NEW.reserve_cent]);
    RETURN NULL;
END $$;
CREATE TRIGGER resultaatbestemming_geboekt AFTER UPDATE ON resultaatbestemming FOR EACH ROW WHEN (NEW.boeking IS NOT NULL)
    EXECUTE FUNCTION resultaatbestemming_geboekt();

-- Of what is stored before its entry: at commit it has one, for its amount.
CREATE FUNCTION eis_eigen_geboekt(p_fonds text, p_pad text, p_boekdatum date, p_debet text, p_credit text, p_cent numeric) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_geboekt((SELECT id FROM public.boeking WHERE (fonds, bron, pad) = (p_fonds, 'fonds', p_pad)), p_fonds, p_pad,
        p_boekdatum, ARRAY[p_debet, p_credit], ARRAY[p_cent, -p_cent]);
END $$;
CREATE FUNCTION nota_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_eigen_geboekt(NEW.fonds, '/v1/notas/' || NEW.id, NEW.datum, '1300', NEW.tegenrekening, NEW.bedrag_cent);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER nota_geboekt AFTER INSERT ON nota DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nota_geboekt();
CREATE FUNCTION ontvangst_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_eigen_geboekt(NEW.fonds, '/v1/ontvangsten/' || NEW.id, NEW.boekdatum, '1100', '1300', NEW.bedrag_cent);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ontvangst_geboekt AFTER INSERT ON ontvangst DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ontvangst_geboekt();
CREATE FUNCTION afrekening_geboekt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_eigen_geboekt(NEW.fonds, '/v1/afrekeningen/' || NEW.id, NEW.datum, '1310', '8000', NEW.opbrengst_cent);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER afrekening_geboekt AFTER INSERT ON afrekening DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.opbrengst_cent <> 0) EXECUTE FUNCTION afrekening_geboekt();

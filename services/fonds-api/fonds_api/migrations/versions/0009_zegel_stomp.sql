-- What the booking kernel makes: the list of entries that are not sealed yet, and the function that takes them off it.
CREATE TABLE onverzegeld (boeking uuid PRIMARY KEY REFERENCES boeking);
INSERT INTO onverzegeld SELECT id FROM boeking;
CREATE FUNCTION boeking_onverzegeld() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.onverzegeld (boeking) VALUES (NEW.id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION boeking_onverzegeld() FROM PUBLIC;
CREATE TRIGGER boeking_onverzegeld AFTER INSERT ON boeking FOR EACH ROW EXECUTE FUNCTION boeking_onverzegeld();
REVOKE ALL ON onverzegeld FROM fonds_api;
GRANT SELECT ON onverzegeld TO fonds_api;
CREATE FUNCTION vouw(p_boekingen uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.onverzegeld WHERE boeking = ANY (p_boekingen)
$$;
REVOKE ALL ON FUNCTION vouw(uuid[]) FROM PUBLIC;

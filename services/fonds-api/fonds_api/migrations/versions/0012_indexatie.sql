CREATE TABLE indexreeks (
    code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{0,39}$'),
    naam text NOT NULL, uitgever text NOT NULL, onderwerp text NOT NULL CHECK (onderwerp IN ('lonen', 'prijzen', 'beide')),
    maat text NOT NULL CHECK (maat IN ('niveau', 'mutatie')), bronvermelding text NOT NULL,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE TABLE indexcijfer (
    id uuid PRIMARY KEY, reeks text NOT NULL REFERENCES indexreeks,
    periode text NOT NULL CHECK (periode ~ '^(19[0-9]{2}|20[0-9]{2}|2100)(-(0[1-9]|1[0-2]))?$'),
    versie integer NOT NULL CHECK (versie >= 1),
    stand text NOT NULL CHECK (stand IN ('raming', 'voorlopig', 'definitief')),
    waarde numeric(20, 10) NOT NULL CHECK (waarde > -100 AND waarde < 10000000000),
    publicatie text NOT NULL, gepubliceerd_op date NOT NULL CHECK (gepubliceerd_op BETWEEN '2000-01-01' AND '2100-12-31'),
    vindplaats text NOT NULL, toelichting text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    UNIQUE (reeks, periode, versie), UNIQUE (id, reeks));
CREATE TABLE indexclausule (
    code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{0,39}$'),
    naam text NOT NULL, bronvermelding text NOT NULL, tekst text NOT NULL,
    aantal_onderdelen integer NOT NULL CHECK (aantal_onderdelen BETWEEN 1 AND 10),
    doel_jaren_terug integer NOT NULL CHECK (doel_jaren_terug BETWEEN 0 AND 5),
    doel_maand integer CHECK (doel_maand BETWEEN 1 AND 12),
    basis_jaren_terug integer CHECK (basis_jaren_terug BETWEEN 0 AND 10),
    basis_maand integer CHECK (basis_maand BETWEEN 1 AND 12),
    CHECK (basis_jaren_terug IS NULL AND basis_maand IS NULL
        OR basis_jaren_terug IS NOT NULL AND (basis_maand IS NULL) = (doel_maand IS NULL)
           AND 12 * basis_jaren_terug - coalesce(basis_maand, 1) > 12 * doel_jaren_terug - coalesce(doel_maand, 1)),
    opslag numeric(8, 4) NOT NULL CHECK (opslag BETWEEN -100 AND 100),
    plafond numeric(8, 4) CHECK (plafond BETWEEN -99 AND 1000), bodem numeric(8, 4) CHECK (bodem BETWEEN -99 AND 1000),
    CHECK (plafond >= bodem),
    percentage_decimalen integer NOT NULL CHECK (percentage_decimalen BETWEEN 0 AND 8),
    percentage_afronding text NOT NULL CHECK (percentage_afronding IN ('half-omhoog', 'omlaag', 'omhoog')),
    keten_decimalen integer NOT NULL CHECK (keten_decimalen BETWEEN 0 AND 10),
    keten_afronding text NOT NULL CHECK (keten_afronding IN ('half-omhoog', 'omlaag', 'omhoog')),
    prijs_decimalen integer NOT NULL CHECK (prijs_decimalen BETWEEN 0 AND 10),
    prijs_afronding text NOT NULL CHECK (prijs_afronding IN ('half-omhoog', 'omlaag', 'omhoog')),
    CHECK (prijs_decimalen <= keten_decimalen),
    nacalculatie text NOT NULL CHECK (nacalculatie IN ('geen', 'verschil', 'verhouding')),
    nacalculatie_jaren integer NOT NULL CHECK (nacalculatie_jaren BETWEEN 0 AND 5),
    CHECK ((nacalculatie = 'geen') = (nacalculatie_jaren = 0)),
    aankondigen_voor text CHECK (aankondigen_voor ~ '^[0-9]{2}-[0-9]{2}$'),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE TABLE indexclausuleonderdeel (
    clausule text NOT NULL REFERENCES indexclausule, nummer integer NOT NULL CHECK (nummer >= 1),
    reeks text NOT NULL REFERENCES indexreeks, aandeel numeric(8, 4) NOT NULL CHECK (aandeel > 0 AND aandeel <= 100),
    PRIMARY KEY (clausule, nummer), UNIQUE (clausule, reeks));
CREATE TABLE indexatie (
    id uuid PRIMARY KEY, clausule text NOT NULL REFERENCES indexclausule,
    jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100), versie integer NOT NULL CHECK (versie >= 1),
    stand text NOT NULL CHECK (stand IN ('voorlopig', 'definitief')),
    percentage numeric(15, 8) NOT NULL CHECK (percentage > -100 AND percentage < 1000000),
    aangekondigd_op date NOT NULL CHECK (aangekondigd_op BETWEEN '2000-01-01' AND '2100-12-31'),
    aantal_gegevens integer NOT NULL CHECK (aantal_gegevens BETWEEN 1 AND 60),
    stappen jsonb NOT NULL CHECK (jsonb_typeof(stappen) = 'array'),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    UNIQUE (clausule, jaar, versie), UNIQUE (id, jaar));
CREATE TABLE indexatiegegeven (
    indexatie uuid NOT NULL REFERENCES indexatie, nummer integer NOT NULL CHECK (nummer >= 1),
    over_jaar integer NOT NULL, reeks text NOT NULL,
    doel uuid NOT NULL, basis uuid, oud_doel uuid, oud_basis uuid,
    PRIMARY KEY (indexatie, nummer), UNIQUE (indexatie, over_jaar, reeks),
    FOREIGN KEY (doel, reeks) REFERENCES indexcijfer (id, reeks), FOREIGN KEY (basis, reeks) REFERENCES indexcijfer (id, reeks),
    FOREIGN KEY (oud_doel, reeks) REFERENCES indexcijfer (id, reeks),
    FOREIGN KEY (oud_basis, reeks) REFERENCES indexcijfer (id, reeks),
    CHECK (oud_basis IS NULL OR oud_doel IS NOT NULL), CHECK (oud_doel IS NULL OR (oud_basis IS NULL) = (basis IS NULL)));
CREATE TABLE indexatietoepassing (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    bron text NOT NULL CHECK (bron ~ '^[a-z][a-z0-9-]{0,49}$'), pad text NOT NULL,
    indexatie uuid NOT NULL, jaar integer NOT NULL, vorige uuid REFERENCES indexatietoepassing,
    oud numeric(23, 10) NOT NULL CHECK (oud >= 0), nieuw numeric(23, 10) NOT NULL CHECK (nieuw >= 0),
    prijs numeric(23, 10) NOT NULL CHECK (prijs >= 0),
    stappen jsonb NOT NULL CHECK (jsonb_typeof(stappen) = 'array'),
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    FOREIGN KEY (indexatie, jaar) REFERENCES indexatie (id, jaar), UNIQUE (bron, pad, indexatie));
CREATE INDEX indexatietoepassing_vorige_idx ON indexatietoepassing (vorige);
CREATE INDEX indexatietoepassing_indexatie_idx ON indexatietoepassing (indexatie);
CREATE INDEX indexcijfer_reeks_periode_idx ON indexcijfer (reeks, periode);

-- Everything about one series and period, clause, or subject happens one after the other.
CREATE FUNCTION vergrendel_index(wat text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('indexatie ' || wat)
$$;

CREATE FUNCTION indexcijfer_volgt_op() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE laatste public.indexcijfer;
BEGIN
    PERFORM public.vergrendel_index('cijfer ' || NEW.reeks || ' ' || NEW.periode);
    SELECT * INTO laatste FROM public.indexcijfer WHERE reeks = NEW.reeks AND periode = NEW.periode ORDER BY versie DESC LIMIT 1;
    IF NEW.versie <> coalesce(laatste.versie, 0) + 1
       OR array_position('{raming,voorlopig,definitief}', NEW.stand) < array_position('{raming,voorlopig,definitief}', laatste.stand)
       OR NEW.waarde <= 0 AND EXISTS (SELECT FROM public.indexreeks WHERE code = NEW.reeks AND maat = 'niveau') THEN
        RAISE EXCEPTION 'indexcijfer % %: versie % kan hier niet', NEW.reeks, NEW.periode, NEW.versie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indexcijfer_volgt_op BEFORE INSERT ON indexcijfer FOR EACH ROW EXECUTE FUNCTION indexcijfer_volgt_op();

-- As for a boeking: a clause and an indexatie say how many parts they have, so that no number is left for another.
CREATE FUNCTION weiger_onderdeel_erbij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.nummer <= (SELECT aantal_onderdelen FROM public.indexclausule WHERE code = NEW.clausule) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'indexclausule % heeft geen plaats voor onderdeel %', NEW.clausule, NEW.nummer
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER indexclausuleonderdeel_niet_erbij BEFORE INSERT ON indexclausuleonderdeel
    FOR EACH ROW EXECUTE FUNCTION weiger_onderdeel_erbij();
CREATE FUNCTION controleer_indexclausule() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (SELECT (count(*), coalesce(sum(aandeel), 0)) FROM public.indexclausuleonderdeel WHERE clausule = NEW.code)
       IS DISTINCT FROM (NEW.aantal_onderdelen::bigint, 100::numeric) THEN
        RAISE EXCEPTION 'indexclausule % is niet samen 100 %%', NEW.code USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER indexclausule_volledig AFTER INSERT ON indexclausule DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_indexclausule();

CREATE FUNCTION indexatie_volgt_op() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel_index('clausule ' || NEW.clausule);
    IF NEW.versie <> (SELECT coalesce(max(versie), 0) + 1 FROM public.indexatie WHERE clausule = NEW.clausule AND jaar = NEW.jaar)
       OR EXISTS (SELECT FROM public.indexatie WHERE clausule = NEW.clausule AND jaar > NEW.jaar) THEN
        RAISE EXCEPTION 'indexatie % %: versie % volgt niet op de laatste', NEW.clausule, NEW.jaar, NEW.versie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indexatie_volgt_op BEFORE INSERT ON indexatie FOR EACH ROW EXECUTE FUNCTION indexatie_volgt_op();
CREATE FUNCTION weiger_gegeven_erbij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.nummer <= (SELECT aantal_gegevens FROM public.indexatie WHERE id = NEW.indexatie) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'indexatie % heeft geen plaats voor gegeven %', NEW.indexatie, NEW.nummer
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER indexatiegegeven_niet_erbij BEFORE INSERT ON indexatiegegeven
    FOR EACH ROW EXECUTE FUNCTION weiger_gegeven_erbij();
-- Of its own year it has one row for each part of its clause; it is definitief when all figures that it takes are.
CREATE FUNCTION controleer_indexatie() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE open boolean;
BEGIN
    SELECT bool_or(c.stand <> 'definitief') INTO open FROM public.indexatiegegeven AS g
        JOIN public.indexcijfer AS c ON c.id IN (g.doel, g.basis) WHERE g.indexatie = NEW.id;
    IF NEW.aantal_gegevens <> (SELECT count(*) FROM public.indexatiegegeven WHERE indexatie = NEW.id)
       OR EXISTS (SELECT reeks FROM public.indexclausuleonderdeel WHERE clausule = NEW.clausule
                  EXCEPT SELECT reeks FROM public.indexatiegegeven WHERE indexatie = NEW.id AND over_jaar = NEW.jaar)
       OR EXISTS (SELECT reeks FROM public.indexatiegegeven WHERE indexatie = NEW.id
                  EXCEPT SELECT reeks FROM public.indexclausuleonderdeel WHERE clausule = NEW.clausule)
       OR EXISTS (SELECT FROM public.indexatiegegeven WHERE indexatie = NEW.id
                  AND (over_jaar > NEW.jaar OR (over_jaar = NEW.jaar) <> (oud_doel IS NULL)))
       OR (NEW.stand = 'voorlopig') <> open THEN
        RAISE EXCEPTION 'indexatie % heeft niet de cijfers van haar clausule', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER indexatie_volledig AFTER INSERT ON indexatie DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_indexatie();

-- The chain (A7): an amount goes on with what the last application of an earlier year made of it.
CREATE FUNCTION toepassing_sluit_aan() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE eerder public.indexatietoepassing;
BEGIN
    PERFORM public.vergrendel_index('onderwerp ' || NEW.bron || ' ' || NEW.pad);
    SELECT * INTO eerder FROM public.indexatietoepassing WHERE bron = NEW.bron AND pad = NEW.pad AND jaar < NEW.jaar
        ORDER BY jaar DESC, volgnummer DESC LIMIT 1;
    IF EXISTS (SELECT FROM public.indexatietoepassing WHERE bron = NEW.bron AND pad = NEW.pad AND jaar > NEW.jaar)
       OR NEW.vorige IS DISTINCT FROM eerder.id OR eerder.id IS NOT NULL AND NEW.oud <> eerder.nieuw THEN
        RAISE EXCEPTION 'toepassing op % % in % sluit niet aan', NEW.bron, NEW.pad, NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toepassing_sluit_aan BEFORE INSERT ON indexatietoepassing FOR EACH ROW EXECUTE FUNCTION toepassing_sluit_aan();

CREATE TRIGGER indexreeks_bevroren BEFORE UPDATE OR DELETE ON indexreeks FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexreeks_niet_legen BEFORE TRUNCATE ON indexreeks FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexcijfer_bevroren BEFORE UPDATE OR DELETE ON indexcijfer FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexcijfer_niet_legen BEFORE TRUNCATE ON indexcijfer FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexclausule_bevroren BEFORE UPDATE OR DELETE ON indexclausule FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexclausule_niet_legen BEFORE TRUNCATE ON indexclausule FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexclausuleonderdeel_bevroren BEFORE UPDATE OR DELETE ON indexclausuleonderdeel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexclausuleonderdeel_niet_legen BEFORE TRUNCATE ON indexclausuleonderdeel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatie_bevroren BEFORE UPDATE OR DELETE ON indexatie FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatie_niet_legen BEFORE TRUNCATE ON indexatie FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatiegegeven_bevroren BEFORE UPDATE OR DELETE ON indexatiegegeven
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatiegegeven_niet_legen BEFORE TRUNCATE ON indexatiegegeven
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatietoepassing_bevroren BEFORE UPDATE OR DELETE ON indexatietoepassing
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER indexatietoepassing_niet_legen BEFORE TRUNCATE ON indexatietoepassing
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON indexreeks, indexcijfer, indexclausule, indexclausuleonderdeel, indexatie, indexatiegegeven, indexatietoepassing
    FROM fonds_api;
GRANT SELECT, INSERT ON indexreeks, indexcijfer, indexclausule, indexclausuleonderdeel, indexatie, indexatiegegeven TO fonds_api;
GRANT SELECT, INSERT (id, bron, pad, indexatie, jaar, vorige, oud, nieuw, prijs, stappen, vastgelegd_op)
    ON indexatietoepassing TO fonds_api;
REVOKE ALL ON SEQUENCE indexatietoepassing_volgnummer_seq FROM fonds_api;

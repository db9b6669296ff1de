CREATE TABLE begroting (
    id uuid PRIMARY KEY,
    fonds text NOT NULL REFERENCES fonds, jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100),
    versie integer NOT NULL CHECK (versie >= 1),
    soort text NOT NULL CHECK (soort IN ('kaderbegroting', 'jaarplan', 'wijziging')),
    eenheid_euro integer NOT NULL CHECK (eenheid_euro IN (1, 1000)),
    titel text NOT NULL, bronvermelding text NOT NULL,
    kenmerk text NOT NULL CHECK (kenmerk ~ '^[0-9a-f]{64}$'),
    aantal_regels integer NOT NULL CHECK (aantal_regels BETWEEN 1 AND 2000),
    onverklaard text[] NOT NULL CHECK (array_position(onverklaard, NULL) IS NULL),
    ingelezen_op timestamptz NOT NULL CHECK (isfinite(ingelezen_op)),
    UNIQUE (fonds, jaar, versie));
CREATE TABLE begrotingsregel (
    begroting uuid NOT NULL REFERENCES begroting, regelnummer integer NOT NULL CHECK (regelnummer >= 1),
    rij text NOT NULL CHECK (rij IN ('regel', 'som', 'btw', 'inclusief', 'bijdrage', 'derde')),
    prioriteit text, budgetsoort text
        CHECK (budgetsoort IN ('structureel', 'meerjarig', 'kortcyclisch', 'beheer', 'innovatie', 'incidenteel')),
    omschrijving text NOT NULL, bedrag bigint NOT NULL CHECK (bedrag BETWEEN 0 AND 1000000000000),
    pagina integer CHECK (pagina BETWEEN 1 AND 9999),
    PRIMARY KEY (begroting, regelnummer),
    CHECK (CASE rij WHEN 'regel' THEN budgetsoort IS NOT NULL AND coalesce(prioriteit, 'A1') ~ '^[A-Z][1-9]$'
                    WHEN 'som' THEN coalesce(prioriteit, 'A') ~ '^[A-Z][1-9]?$'
                    ELSE prioriteit IS NULL AND budgetsoort IS NULL END));
CREATE UNIQUE INDEX begrotingsregel_som_key ON begrotingsregel
    (begroting, rij, coalesce(prioriteit, ''), coalesce(budgetsoort, '')) WHERE rij IN ('som', 'btw', 'inclusief');
CREATE UNIQUE INDEX begrotingsregel_regel_key ON begrotingsregel
    (begroting, rij, coalesce(prioriteit, ''), coalesce(budgetsoort, ''), omschrijving)
    WHERE rij IN ('regel', 'bijdrage', 'derde');
CREATE TABLE begrotingsaanvaarding (
    begroting uuid NOT NULL REFERENCES begroting, verschil text NOT NULL,
    naam text NOT NULL, reden text NOT NULL, aanvaard_op timestamptz NOT NULL CHECK (isfinite(aanvaard_op)),
    PRIMARY KEY (begroting, verschil));
CREATE TABLE vaststellingsaanvraag (
    begroting uuid PRIMARY KEY REFERENCES begroting,
    bron text NOT NULL CHECK (bron = 'catalogus'),
    pad text NOT NULL CHECK (pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vastgesteld', 'geweigerd')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'geweigerd') = (probleem IS NOT NULL)));
CREATE TABLE begrotingsvaststelling (
    begroting uuid PRIMARY KEY REFERENCES vaststellingsaanvraag,
    bron text NOT NULL CHECK (bron = 'catalogus'),
    pad text NOT NULL CHECK (pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    gremium text NOT NULL CHECK (gremium IN ('bestuur', 'ALV', 'BALV')),
    besloten_op date NOT NULL CHECK (besloten_op BETWEEN '1900-01-01' AND '2100-12-31'),
    vastgesteld_op timestamptz NOT NULL CHECK (isfinite(vastgesteld_op)));

-- One at a time for a name. Who waited must see what the other did: a transaction that looks at an earlier moment would overlook it.
CREATE FUNCTION vergrendel(wat text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'hier wordt alleen geschreven in een transactie die READ COMMITTED is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(wat, 0));
END $$;
-- Everything about the begroting of one fonds and year happens one after the other.
CREATE FUNCTION vergrendel_begroting(fonds text, jaar integer) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('begroting ' || fonds || ' ' || jaar)
$$;

CREATE FUNCTION begroting_volgt_op() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.vergrendel_begroting(NEW.fonds, NEW.jaar);
    IF NEW.versie <> (SELECT coalesce(max(versie), 0) + 1 FROM public.begroting WHERE fonds = NEW.fonds AND jaar = NEW.jaar) THEN
        RAISE EXCEPTION 'begroting % %: versie % volgt niet op de laatste', NEW.fonds, NEW.jaar, NEW.versie
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begroting_volgt_op BEFORE INSERT ON begroting FOR EACH ROW EXECUTE FUNCTION begroting_volgt_op();

-- As for a boeking: a version says how many lines it has, so that once they are there no number is left for another.
CREATE FUNCTION weiger_begrotingsregel_erbij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.regelnummer <= (SELECT aantal_regels FROM public.begroting WHERE id = NEW.begroting) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'begroting % heeft geen plaats voor regel %', NEW.begroting, NEW.regelnummer
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER begrotingsregel_niet_erbij BEFORE INSERT ON begrotingsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_begrotingsregel_erbij();
CREATE FUNCTION controleer_begroting() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.aantal_regels <> (SELECT count(*) FROM public.begrotingsregel WHERE begroting = NEW.id) THEN
        RAISE EXCEPTION 'begroting % heeft niet al haar regels', NEW.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER begroting_volledig AFTER INSERT ON begroting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_begroting();

CREATE FUNCTION controleer_aanvaarding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.begroting;
BEGIN
    SELECT * INTO deze FROM public.begroting WHERE id = NEW.begroting;
    PERFORM public.vergrendel_begroting(deze.fonds, deze.jaar);
    IF (NEW.verschil = ANY (deze.onverklaard)) IS NOT TRUE
       OR EXISTS (SELECT FROM public.begrotingsvaststelling WHERE begroting = NEW.begroting) THEN
        RAISE EXCEPTION 'begroting %: verschil % is niet te aanvaarden', NEW.begroting, NEW.verschil
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begrotingsaanvaarding_kan BEFORE INSERT ON begrotingsaanvaarding
    FOR EACH ROW EXECUTE FUNCTION controleer_aanvaarding();

CREATE FUNCTION controleer_vaststelling() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.begroting; vorige text;
BEGIN
    SELECT * INTO deze FROM public.begroting WHERE id = NEW.begroting;
    PERFORM public.vergrendel_begroting(deze.fonds, deze.jaar);
    SELECT soort INTO vorige FROM public.begroting JOIN public.begrotingsvaststelling ON begroting = id
        WHERE fonds = deze.fonds AND jaar = deze.jaar ORDER BY versie DESC LIMIT 1;
    IF EXISTS (SELECT FROM public.begroting WHERE fonds = deze.fonds AND jaar = deze.jaar AND versie > deze.versie)
       OR EXISTS (SELECT verschil FROM unnest(deze.onverklaard) AS verschil
                  EXCEPT SELECT verschil FROM public.begrotingsaanvaarding WHERE begroting = NEW.begroting)
       OR NOT EXISTS (SELECT FROM public.vaststellingsaanvraag
                      WHERE begroting = NEW.begroting AND status = 'aangevraagd' AND pad = NEW.pad)
       OR deze.soort = 'kaderbegroting' AND NEW.gremium = 'bestuur'
       OR deze.soort IS DISTINCT FROM (CASE WHEN vorige IS NULL THEN 'kaderbegroting'
                                            WHEN vorige = 'kaderbegroting' THEN 'jaarplan' ELSE 'wijziging' END) THEN
        RAISE EXCEPTION 'begroting % is niet vast te stellen', NEW.begroting USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begrotingsvaststelling_kan BEFORE INSERT ON begrotingsvaststelling
    FOR EACH ROW EXECUTE FUNCTION controleer_vaststelling();

-- An aanvraag becomes vastgesteld with its vaststelling, and then stays; the other way round too, at the latest at commit.
CREATE FUNCTION controleer_aanvraag() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'vastgesteld' OR (NEW.status = 'vastgesteld')
       <> EXISTS (SELECT FROM public.begrotingsvaststelling WHERE begroting = NEW.begroting) THEN
        RAISE EXCEPTION 'vaststellingsaanvraag % wordt niet %', NEW.begroting, NEW.status
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vaststellingsaanvraag_kan BEFORE INSERT OR UPDATE ON vaststellingsaanvraag
    FOR EACH ROW EXECUTE FUNCTION controleer_aanvraag();
CREATE FUNCTION controleer_aangevraagd() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.vaststellingsaanvraag WHERE begroting = NEW.begroting AND status = 'vastgesteld') THEN
        RAISE EXCEPTION 'begroting % is vastgesteld, haar aanvraag niet', NEW.begroting
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER begrotingsvaststelling_volledig AFTER INSERT ON begrotingsvaststelling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_aangevraagd();
CREATE TRIGGER vaststellingsaanvraag_blijft BEFORE DELETE ON vaststellingsaanvraag
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER vaststellingsaanvraag_niet_legen BEFORE TRUNCATE ON vaststellingsaanvraag
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();

CREATE TRIGGER begroting_bevroren BEFORE UPDATE OR DELETE ON begroting FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begroting_niet_legen BEFORE TRUNCATE ON begroting FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsregel_bevroren BEFORE UPDATE OR DELETE ON begrotingsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsregel_niet_legen BEFORE TRUNCATE ON begrotingsregel
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsaanvaarding_bevroren BEFORE UPDATE OR DELETE ON begrotingsaanvaarding
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsaanvaarding_niet_legen BEFORE TRUNCATE ON begrotingsaanvaarding
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsvaststelling_bevroren BEFORE UPDATE OR DELETE ON begrotingsvaststelling
    FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER begrotingsvaststelling_niet_legen BEFORE TRUNCATE ON begrotingsvaststelling
    FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON begroting, begrotingsregel, begrotingsaanvaarding, begrotingsvaststelling, vaststellingsaanvraag FROM fonds_api;
GRANT SELECT, INSERT ON begroting, begrotingsregel, begrotingsaanvaarding, begrotingsvaststelling, vaststellingsaanvraag
    TO fonds_api;
GRANT UPDATE (bron, pad, status, aangevraagd_op, probleem) ON vaststellingsaanvraag TO fonds_api;

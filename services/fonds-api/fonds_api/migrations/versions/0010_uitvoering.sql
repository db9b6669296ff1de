-- What each post has and what of it is committed and spent (F8). Only triggers write it, from rows that never change, so that the
-- service's role cannot commit or spend without it. BTW is a post of its own, as in the papers.
CREATE TABLE budgetstand (
    fonds text REFERENCES fonds, jaar integer CHECK (jaar BETWEEN 2000 AND 2101),
    prioriteit text CHECK (prioriteit ~ '^([A-Z][1-9])?$'), budgetsoort text,
    begroot_cent numeric(24) NOT NULL DEFAULT 0 CHECK (begroot_cent >= 0),
    overgeheveld_cent numeric(24) NOT NULL DEFAULT 0,
    verplicht_cent numeric(24) NOT NULL DEFAULT 0 CHECK (verplicht_cent >= 0),
    besteed_cent numeric(24) NOT NULL DEFAULT 0 CHECK (besteed_cent >= 0),
    PRIMARY KEY (fonds, jaar, prioriteit, budgetsoort),
    CONSTRAINT budgetstand_vrij_check CHECK (begroot_cent + overgeheveld_cent - verplicht_cent - besteed_cent >= 0));

CREATE TABLE verplichting (
    id uuid PRIMARY KEY, fonds text NOT NULL REFERENCES fonds,
    prioriteit text NOT NULL CHECK (prioriteit ~ '^[A-Z][1-9]$'),
    budgetsoort text NOT NULL CHECK (budgetsoort IN ('structureel', 'meerjarig', 'kortcyclisch')),
    omschrijving text NOT NULL, leverancier text NOT NULL, kenmerk text,
    voorziening text CHECK (voorziening ~ '^/v1/voorzieningen/[a-z0-9][a-z0-9-]{0,59}$'),
    besluit text CHECK (besluit ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'aangegaan', 'geweigerd')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    aangegaan_op timestamptz CHECK (isfinite(aangegaan_op)),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK ((status = 'aangegaan') = (aangegaan_op IS NOT NULL)), CHECK ((status = 'geweigerd') = (probleem IS NOT NULL)),
    CHECK ((status = 'aangegaan' AND voorziening IS NOT NULL) = (besluit IS NOT NULL)),
    CHECK (status = 'aangegaan' OR voorziening IS NOT NULL));
CREATE INDEX verplichting_fonds_idx ON verplichting (fonds, aangevraagd_op, id);
CREATE INDEX verplichting_voorziening_idx ON verplichting (voorziening) WHERE voorziening IS NOT NULL;
CREATE INDEX verplichting_besluit_idx ON verplichting (besluit) WHERE besluit IS NOT NULL;
CREATE INDEX verplichting_wacht_idx ON verplichting (aangevraagd_op, id) WHERE status = 'aangevraagd';

-- A part for each year. Its check is F9: what is released and what is spent are together never more than it.
CREATE TABLE verplichtingsdeel (
    verplichting uuid REFERENCES verplichting, jaar integer CHECK (jaar BETWEEN 2000 AND 2101),
    begroting uuid REFERENCES begroting,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent BETWEEN 0 AND 1000000000000000),
    btw_cent bigint NOT NULL CHECK (btw_cent BETWEEN 0 AND 1000000000000000),
    vrijgevallen_cent bigint NOT NULL DEFAULT 0 CHECK (vrijgevallen_cent >= 0),
    vrijgevallen_btw_cent bigint NOT NULL DEFAULT 0 CHECK (vrijgevallen_btw_cent >= 0),
    besteed_cent bigint NOT NULL DEFAULT 0 CHECK (besteed_cent >= 0),
    besteed_btw_cent bigint NOT NULL DEFAULT 0 CHECK (besteed_btw_cent >= 0),
    PRIMARY KEY (verplichting, jaar), CHECK (bedrag_cent + btw_cent > 0),
    CONSTRAINT verplichtingsdeel_open_check CHECK (
        vrijgevallen_cent + besteed_cent <= bedrag_cent AND vrijgevallen_btw_cent + besteed_btw_cent <= btw_cent));

CREATE TABLE vrijval (
    id uuid PRIMARY KEY, verplichting uuid NOT NULL, jaar integer NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0), btw_cent bigint NOT NULL CHECK (btw_cent >= 0),
    reden text NOT NULL, vrijgevallen_op timestamptz NOT NULL CHECK (isfinite(vrijgevallen_op)),
    CHECK (bedrag_cent + btw_cent > 0), FOREIGN KEY (verplichting, jaar) REFERENCES verplichtingsdeel);
CREATE INDEX vrijval_verplichting_idx ON vrijval (verplichting);

CREATE TABLE uitgave (
    id uuid PRIMARY KEY, verplichting uuid NOT NULL, jaar integer NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0), btw_cent bigint NOT NULL CHECK (btw_cent >= 0),
    factuurnummer text NOT NULL, factuurdatum date NOT NULL CHECK (factuurdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    boekdatum date NOT NULL, omschrijving text NOT NULL, boeking uuid NOT NULL UNIQUE REFERENCES boeking,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    CHECK (bedrag_cent + btw_cent > 0), CHECK (extract(year FROM boekdatum) = jaar),
    FOREIGN KEY (verplichting, jaar) REFERENCES verplichtingsdeel);
CREATE INDEX uitgave_verplichting_idx ON uitgave (verplichting, factuurnummer);
CREATE INDEX uitgave_vastgelegd_op_idx ON uitgave (vastgelegd_op, id);
-- Which invoices count: each once per commitment, until its uitgave is undone. Only triggers write it.
CREATE TABLE uitgavefactuur (
    verplichting uuid NOT NULL REFERENCES verplichting, factuurnummer text NOT NULL, uitgave uuid NOT NULL UNIQUE REFERENCES uitgave,
    PRIMARY KEY (verplichting, factuurnummer));
CREATE TABLE uitgavebetaling (
    uitgave uuid PRIMARY KEY REFERENCES uitgave, boekdatum date NOT NULL, boeking uuid NOT NULL UNIQUE REFERENCES boeking,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));
CREATE TABLE uitgavestorno (
    uitgave uuid PRIMARY KEY REFERENCES uitgave, boekdatum date NOT NULL, reden text NOT NULL,
    boeking uuid NOT NULL UNIQUE REFERENCES boeking, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)));

CREATE TABLE jaarafsluiting (
    fonds text REFERENCES fonds, jaar integer CHECK (jaar BETWEEN 2000 AND 2100),
    baten_cent bigint NOT NULL, lasten_cent bigint NOT NULL, boeking uuid UNIQUE REFERENCES boeking,
    afgesloten_op timestamptz NOT NULL CHECK (isfinite(afgesloten_op)),
    PRIMARY KEY (fonds, jaar));

-- Budget of a year that goes on in the next, by decision; or the rest of a commitment, with its budget.
CREATE TABLE overheveling (
    id uuid PRIMARY KEY, fonds text NOT NULL REFERENCES fonds, jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100),
    prioriteit text NOT NULL CHECK (prioriteit ~ '^([A-Z][1-9])?$'), budgetsoort text NOT NULL,
    verplichting uuid,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent BETWEEN 0 AND 1000000000000000),
    btw_cent bigint NOT NULL CHECK (btw_cent BETWEEN 0 AND 1000000000000000),
    reden text NOT NULL,
    bron text NOT NULL CHECK (bron = 'catalogus'),
    pad text NOT NULL CHECK (pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vastgesteld', 'geweigerd')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    vastgesteld_op timestamptz CHECK (isfinite(vastgesteld_op)),
    boeking uuid UNIQUE REFERENCES boeking, onttrekking uuid UNIQUE REFERENCES boeking,
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    CHECK (bedrag_cent + btw_cent > 0), CHECK (verplichting IS NOT NULL OR btw_cent = 0),
    CHECK ((status = 'vastgesteld') = (vastgesteld_op IS NOT NULL)), CHECK ((status = 'geweigerd') = (probleem IS NOT NULL)),
    CHECK ((status = 'vastgesteld') = (boeking IS NOT NULL)), CHECK ((status = 'vastgesteld') = (onttrekking IS NOT NULL)),
    FOREIGN KEY (verplichting, jaar) REFERENCES verplichtingsdeel);
CREATE INDEX overheveling_fonds_idx ON overheveling (fonds, jaar);

CREATE TABLE resultaatbestemming (
    fonds text, jaar integer,
    uitkeren_cent bigint NOT NULL CHECK (uitkeren_cent >= 0), reserve_cent bigint NOT NULL,
    bron text NOT NULL CHECK (bron = 'catalogus'),
    pad text NOT NULL CHECK (pad ~ '^/v1/besluiten/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'vastgesteld', 'geweigerd')),
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    boekdatum date NOT NULL CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31'),
    vastgesteld_op timestamptz CHECK (isfinite(vastgesteld_op)), boeking uuid UNIQUE REFERENCES boeking,
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    PRIMARY KEY (fonds, jaar), FOREIGN KEY (fonds, jaar) REFERENCES jaarafsluiting,
    CHECK ((status = 'vastgesteld') = (vastgesteld_op IS NOT NULL)), CHECK ((status = 'geweigerd') = (probleem IS NOT NULL)),
    CHECK ((status = 'vastgesteld') = (boeking IS NOT NULL)));
CREATE TABLE resultaatuitkering (
    fonds text, jaar integer, gemeentecode text CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0),
    PRIMARY KEY (fonds, jaar, gemeentecode), FOREIGN KEY (fonds, jaar) REFERENCES resultaatbestemming);
CREATE INDEX resultaatuitkering_gemeentecode_idx ON resultaatuitkering (gemeentecode);

CREATE FUNCTION eis(goed boolean, wat text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF goed IS NOT TRUE THEN
        RAISE EXCEPTION '%', wat USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

-- What names an entry names its own: of this document, in this fonds, on this day, and for exactly these amounts per account.
CREATE FUNCTION eis_geboekt(p_boeking uuid, p_fonds text, p_pad text, p_boekdatum date, p_rekeningen text[], p_centen numeric[])
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis(EXISTS (SELECT FROM public.boeking WHERE id = p_boeking AND bron = 'fonds'
        AND (fonds, pad, boekdatum) = (p_fonds, p_pad, p_boekdatum)), format('boeking %s is niet die van %s', p_boeking, p_pad));
    PERFORM public.eis(NOT EXISTS (SELECT FROM (
            SELECT rekening, CAST(bedrag_cent AS numeric) AS cent FROM public.boekingsregel WHERE boeking = p_boeking
            UNION ALL SELECT rekening, -cent FROM unnest(p_rekeningen, p_centen) AS hoort (rekening, cent)) AS beide
        GROUP BY rekening HAVING sum(cent) <> 0), format('boeking %s heeft andere bedragen dan %s', p_boeking, p_pad));
END $$;
-- One at a time uses an invoice. Take it before the lock on years.
CREATE FUNCTION vergrendel_factuur(verplichting uuid, factuurnummer text) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.vergrendel('factuur ' || verplichting || ' ' || factuurnummer)
$$;

CREATE FUNCTION muteer_budget(
    p_fonds text, p_jaar integer, p_prioriteit text, p_budgetsoort text, p_verplicht numeric, p_besteed numeric
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_verplicht = 0 AND p_besteed = 0 THEN
        RETURN;
    END IF;
    UPDATE public.budgetstand SET verplicht_cent = verplicht_cent + p_verplicht, besteed_cent = besteed_cent + p_besteed
        WHERE (fonds, jaar, prioriteit, budgetsoort) = (p_fonds, p_jaar, p_prioriteit, p_budgetsoort);
    PERFORM public.eis(FOUND, format('geen budget van %s %s voor %s %s', p_fonds, p_jaar, p_prioriteit, p_budgetsoort));
END $$;

-- Both posts of a commitment: its own, without BTW, and that of the BTW.
CREATE FUNCTION muteer_posten(
    p_verplichting uuid, p_jaar integer, p_verplicht numeric, p_btw numeric, p_besteed numeric, p_besteed_btw numeric
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE van public.verplichting;
BEGIN
    SELECT * INTO van FROM public.verplichting WHERE id = p_verplichting;
    PERFORM public.vergrendel_begroting(van.fonds, p_jaar);
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.jaarafsluiting WHERE fonds = van.fonds AND jaar = p_jaar),
        format('%s %s is afgesloten', van.fonds, p_jaar));
    PERFORM public.muteer_budget(van.fonds, p_jaar, van.prioriteit, van.budgetsoort, p_verplicht, p_besteed);
    PERFORM public.muteer_budget(van.fonds, p_jaar, '', 'btw', p_btw, p_besteed_btw);
END $$;

CREATE FUNCTION begroot_vastgestelde() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.begroting;
BEGIN
    SELECT * INTO deze FROM public.begroting WHERE id = NEW.begroting;
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.jaarafsluiting WHERE fonds = deze.fonds AND jaar = deze.jaar),
        format('%s %s is afgesloten', deze.fonds, deze.jaar));
    UPDATE public.budgetstand SET begroot_cent = 0 WHERE fonds = deze.fonds AND jaar = deze.jaar
        AND (prioriteit, budgetsoort) NOT IN (SELECT coalesce(prioriteit, ''), coalesce(budgetsoort, 'btw')
            FROM public.begrotingsregel WHERE begroting = NEW.begroting AND rij IN ('regel', 'btw'));
    INSERT INTO public.budgetstand AS oud (fonds, jaar, prioriteit, budgetsoort, begroot_cent)
        SELECT deze.fonds, deze.jaar, coalesce(prioriteit, ''), coalesce(budgetsoort, 'btw'),
               sum(bedrag) * deze.eenheid_euro * 100
        FROM public.begrotingsregel WHERE begroting = NEW.begroting AND rij IN ('regel', 'btw') GROUP BY 3, 4
        ON CONFLICT (fonds, jaar, prioriteit, budgetsoort) DO UPDATE SET begroot_cent = excluded.begroot_cent;
    RETURN NULL;
END $$;
CREATE TRIGGER begrotingsvaststelling_begroot AFTER INSERT ON begrotingsvaststelling
    FOR EACH ROW EXECUTE FUNCTION begroot_vastgestelde();

CREATE FUNCTION verplicht_deel() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis((SELECT status <> 'geweigerd' FROM public.verplichting WHERE id = NEW.verplichting),
        format('verplichting %s is geweigerd', NEW.verplichting));
    PERFORM public.muteer_posten(NEW.verplichting, NEW.jaar, NEW.bedrag_cent, NEW.btw_cent, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER verplichtingsdeel_verplicht AFTER INSERT ON verplichtingsdeel FOR EACH ROW EXECUTE FUNCTION verplicht_deel();

-- Once, and only of what waits. What is geweigerd is released at once.
CREATE FUNCTION beslis_verplichting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE deel record;
BEGIN
    PERFORM public.eis(OLD.status = 'aangevraagd', format('verplichting %s is al %s', OLD.id, OLD.status));
    IF NEW.status = 'geweigerd' THEN
        FOR deel IN SELECT * FROM public.verplichtingsdeel WHERE verplichting = NEW.id ORDER BY jaar LOOP
            PERFORM public.muteer_posten(NEW.id, deel.jaar, deel.vrijgevallen_cent - deel.bedrag_cent,
                deel.vrijgevallen_btw_cent - deel.btw_cent, 0, 0);
        END LOOP;
        UPDATE public.verplichtingsdeel SET vrijgevallen_cent = bedrag_cent, vrijgevallen_btw_cent = btw_cent
            WHERE verplichting = NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verplichting_beslist BEFORE UPDATE ON verplichting FOR EACH ROW EXECUTE FUNCTION beslis_verplichting();

CREATE FUNCTION eis_aangegaan(p_verplichting uuid) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis((SELECT status = 'aangegaan' FROM public.verplichting WHERE id = p_verplichting),
        format('verplichting %s is niet aangegaan', p_verplichting));
END $$;

CREATE FUNCTION val_vrij() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis_aangegaan(NEW.verplichting);
    PERFORM public.muteer_posten(NEW.verplichting, NEW.jaar, -NEW.bedrag_cent, -NEW.btw_cent, 0, 0);
    UPDATE public.verplichtingsdeel SET vrijgevallen_cent = vrijgevallen_cent + NEW.bedrag_cent,
           vrijgevallen_btw_cent = vrijgevallen_btw_cent + NEW.btw_cent
        WHERE verplichting = NEW.verplichting AND jaar = NEW.jaar;
    RETURN NULL;
END $$;
CREATE TRIGGER vrijval_verwerkt AFTER INSERT ON vrijval FOR EACH ROW EXECUTE FUNCTION val_vrij();

CREATE FUNCTION geef_uit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE van public.verplichting; lasten text;
BEGIN
    PERFORM public.eis_aangegaan(NEW.verplichting);
    SELECT * INTO van FROM public.verplichting WHERE id = NEW.verplichting;
    SELECT nummer INTO lasten FROM public.rekening WHERE (fonds, prioriteit, budgetsoort) = (van.fonds, van.prioriteit, van.budgetsoort);
    PERFORM public.eis_geboekt(NEW.boeking, van.fonds, '/v1/uitgaven/' || NEW.id, NEW.boekdatum, ARRAY[lasten, '4900', '1600'],
        ARRAY[NEW.bedrag_cent, NEW.btw_cent, -NEW.bedrag_cent - NEW.btw_cent]);
    INSERT INTO public.uitgavefactuur VALUES (NEW.verplichting, NEW.factuurnummer, NEW.id);
    PERFORM public.muteer_posten(NEW.verplichting, NEW.jaar, -NEW.bedrag_cent, -NEW.btw_cent, NEW.bedrag_cent, NEW.btw_cent);
    UPDATE public.verplichtingsdeel SET besteed_cent = besteed_cent + NEW.bedrag_cent, besteed_btw_cent = besteed_btw_cent + NEW.btw_cent
        WHERE verplichting = NEW.verplichting AND jaar = NEW.jaar;
    RETURN NULL;
END $$;
CREATE TRIGGER uitgave_verwerkt AFTER INSERT ON uitgave FOR EACH ROW EXECUTE FUNCTION geef_uit();

CREATE FUNCTION storneer_uitgave() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE oud public.uitgave;
BEGIN
    SELECT * INTO oud FROM public.uitgave WHERE id = NEW.uitgave;
    PERFORM public.eis(EXISTS (SELECT FROM public.boeking WHERE id = NEW.boeking AND bron = 'fonds'
        AND pad = '/v1/uitgaven/' || NEW.uitgave || '/storno' AND boekdatum = NEW.boekdatum AND storno_van = oud.boeking)
        AND extract(year FROM NEW.boekdatum) = oud.jaar, format('boeking %s is niet de storno van uitgave %s', NEW.boeking, NEW.uitgave));
    PERFORM public.muteer_posten(oud.verplichting, oud.jaar, oud.bedrag_cent, oud.btw_cent, -oud.bedrag_cent, -oud.btw_cent);
    DELETE FROM public.uitgavefactuur WHERE uitgave = NEW.uitgave;
    UPDATE public.verplichtingsdeel SET besteed_cent = besteed_cent - oud.bedrag_cent, besteed_btw_cent = besteed_btw_cent - oud.btw_cent
        WHERE verplichting = oud.verplichting AND jaar = oud.jaar;
    RETURN NULL;
END $$;
CREATE TRIGGER uitgavestorno_verwerkt AFTER INSERT ON uitgavestorno FOR EACH ROW EXECUTE FUNCTION storneer_uitgave();

CREATE FUNCTION hevel_budget(p_fonds text, p_jaar integer, p_prioriteit text, p_budgetsoort text, p_cent numeric)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_cent = 0 THEN
        RETURN;
    END IF;
    UPDATE public.budgetstand SET overgeheveld_cent = overgeheveld_cent - p_cent
        WHERE (fonds, jaar, prioriteit, budgetsoort) = (p_fonds, p_jaar, p_prioriteit, p_budgetsoort);
    PERFORM public.eis(FOUND, format('geen budget van %s %s voor %s %s', p_fonds, p_jaar, p_prioriteit, p_budgetsoort));
    INSERT INTO public.budgetstand AS oud (fonds, jaar, prioriteit, budgetsoort, overgeheveld_cent)
        VALUES (p_fonds, p_jaar + 1, p_prioriteit, p_budgetsoort, p_cent)
        ON CONFLICT (fonds, jaar, prioriteit, budgetsoort) DO UPDATE SET overgeheveld_cent = oud.overgeheveld_cent + p_cent;
END $$;

CREATE FUNCTION hevel_over() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v public.verplichting;
BEGIN
    PERFORM public.eis(OLD.status = 'aangevraagd', format('overheveling %s is al %s', OLD.id, OLD.status));
    IF NEW.status <> 'vastgesteld' THEN
        RETURN NEW;
    END IF;
    PERFORM public.vergrendel_begroting(NEW.fonds, jaar) FROM unnest(ARRAY[NEW.jaar, NEW.jaar + 1]) AS jaar;
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.jaarafsluiting WHERE fonds = NEW.fonds AND jaar IN (NEW.jaar, NEW.jaar + 1)),
        format('%s %s is afgesloten', NEW.fonds, NEW.jaar));
    IF NEW.verplichting IS NULL THEN
        PERFORM public.hevel_budget(NEW.fonds, NEW.jaar, NEW.prioriteit, NEW.budgetsoort, NEW.bedrag_cent);
        RETURN NEW;
    END IF;
    SELECT * INTO v FROM public.verplichting WHERE id = NEW.verplichting;
    PERFORM public.eis((v.fonds, v.prioriteit, v.budgetsoort, v.status) = (NEW.fonds, NEW.prioriteit, NEW.budgetsoort, 'aangegaan'),
        format('overheveling %s is niet van de post van haar verplichting', NEW.id));
    PERFORM public.muteer_posten(v.id, NEW.jaar, -NEW.bedrag_cent, -NEW.btw_cent, 0, 0);
    UPDATE public.verplichtingsdeel SET vrijgevallen_cent = vrijgevallen_cent + NEW.bedrag_cent,
           vrijgevallen_btw_cent = vrijgevallen_btw_cent + NEW.btw_cent WHERE verplichting = v.id AND jaar = NEW.jaar;
    PERFORM public.hevel_budget(NEW.fonds, NEW.jaar, NEW.prioriteit, NEW.budgetsoort, NEW.bedrag_cent);
    PERFORM public.hevel_budget(NEW.fonds, NEW.jaar, '', 'btw', NEW.btw_cent);
    UPDATE public.verplichtingsdeel SET bedrag_cent = bedrag_cent + NEW.bedrag_cent, btw_cent = btw_cent + NEW.btw_cent
        WHERE verplichting = v.id AND jaar = NEW.jaar + 1;
    IF FOUND THEN
        PERFORM public.muteer_posten(v.id, NEW.jaar + 1, NEW.bedrag_cent, NEW.btw_cent, 0, 0);
    ELSE
        INSERT INTO public.verplichtingsdeel (verplichting, jaar, bedrag_cent, btw_cent)
            VALUES (v.id, NEW.jaar + 1, NEW.bedrag_cent, NEW.btw_cent);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER overheveling_verwerkt BEFORE UPDATE ON overheveling FOR EACH ROW EXECUTE FUNCTION hevel_over();

-- What a closed year says of itself is what the ledger says: its entry takes every account of baten and lasten to zero, nothing of
-- earlier years among it, and what it takes from them are the amounts.
CREATE FUNCTION sluit_jaar() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE eerste date := make_date(NEW.jaar, 1, 1); laatste date := make_date(NEW.jaar, 12, 31); baten numeric; lasten numeric;
BEGIN
    PERFORM public.vergrendel_begroting(NEW.fonds, NEW.jaar);
    PERFORM public.eis(NOT EXISTS (SELECT FROM public.budgetstand WHERE fonds = NEW.fonds AND jaar = NEW.jaar AND verplicht_cent > 0),
        format('van %s %s lopen nog verplichtingen', NEW.fonds, NEW.jaar));
    PERFORM public.grendel_fonds(NEW.fonds);
    PERFORM public.eis((SELECT status FROM public.periode WHERE fonds = NEW.fonds AND tot_en_met >= laatste
        ORDER BY tot_en_met LIMIT 1) = 'definitief_gesloten', format('in %s %s wordt nog geboekt', NEW.fonds, NEW.jaar));
    PERFORM public.eis(NEW.boeking IS NULL OR EXISTS (SELECT FROM public.boeking WHERE id = NEW.boeking AND bron = 'fonds'
        AND (fonds, pad, boekdatum) = (NEW.fonds, format('/v1/jaarafsluitingen/%s-%s', NEW.fonds, NEW.jaar), laatste)),
        format('boeking %s is niet die van %s %s', NEW.boeking, NEW.fonds, NEW.jaar));
    PERFORM public.eis(NOT EXISTS (
        WITH los AS MATERIALIZED (
            SELECT rekening, sum(bedrag_cent) FILTER (WHERE boekdatum < eerste) AS ervoor, sum(bedrag_cent) AS samen
            FROM public.losse_regel WHERE fonds = NEW.fonds AND boekdatum <= laatste GROUP BY rekening)
        SELECT FROM public.rekening AS r LEFT JOIN los ON los.rekening = r.nummer
            CROSS JOIN LATERAL public.stand_tot(r.fonds, r.nummer, eerste) AS ervoor
            CROSS JOIN LATERAL public.stand_tot(r.fonds, r.nummer, laatste + 1) AS samen
            WHERE r.fonds = NEW.fonds AND r.soort IN ('baten', 'lasten') AND r.boekbaar
            AND (ervoor.debet_cent - ervoor.credit_cent + coalesce(los.ervoor, 0) <> 0
                 OR samen.debet_cent - samen.credit_cent + coalesce(los.samen, 0) <> 0)),
        format('op baten en lasten van %s staat na %s nog iets', NEW.fonds, NEW.jaar));
    SELECT coalesce(sum(l.bedrag_cent) FILTER (WHERE r.soort = 'baten'), 0), coalesce(-sum(l.bedrag_cent) FILTER (WHERE r.soort = 'lasten'), 0)
        INTO baten, lasten FROM public.boekingsregel AS l JOIN public.rekening AS r ON (r.fonds, r.nummer) = (l.fonds, l.rekening)
        WHERE l.boeking = NEW.boeking;
    PERFORM public.eis((baten, lasten) = (NEW.baten_cent, NEW.lasten_cent),
        format('%s %s: baten %s en lasten %s volgens het grootboek', NEW.fonds, NEW.jaar, baten, lasten));
    RETURN NEW;
END $$;
CREATE TRIGGER jaarafsluiting_kan BEFORE INSERT ON jaarafsluiting FOR EACH ROW EXECUTE FUNCTION sluit_jaar();

CREATE FUNCTION beslis_bestemming() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis(TG_OP = 'INSERT' OR OLD.status <> 'vastgesteld', format('resultaat %s %s is bestemd', NEW.fonds, NEW.jaar));
    PERFORM public.eis(NEW.uitkeren_cent + NEW.reserve_cent = (SELECT baten_cent - lasten_cent FROM public.jaarafsluiting
        WHERE fonds = NEW.fonds AND jaar = NEW.jaar), format('resultaat %s %s is een ander bedrag', NEW.fonds, NEW.jaar));
    PERFORM public.eis(NEW.uitkeren_cent = 0 OR NEW.reserve_cent >= 0, 'een uitkering gaat het resultaat te boven');
    RETURN NEW;
END $$;
CREATE TRIGGER resultaatbestemming_kan BEFORE INSERT OR UPDATE ON resultaatbestemming
    FOR EACH ROW EXECUTE FUNCTION beslis_bestemming();
-- What is returned is, to the cent, what was decided; checked at commit, from both sides.
CREATE FUNCTION controleer_uitkeringen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM public.eis((SELECT CASE WHEN status = 'vastgesteld' THEN uitkeren_cent ELSE 0 END FROM public.resultaatbestemming
                 WHERE fonds = NEW.fonds AND jaar = NEW.jaar)
               = (SELECT coalesce(sum(bedrag_cent), 0) FROM public.resultaatuitkering WHERE fonds = NEW.fonds AND jaar = NEW.jaar),
        format('uitkeringen %s %s tellen niet op', NEW.fonds, NEW.jaar));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER resultaatbestemming_klopt AFTER INSERT OR UPDATE ON resultaatbestemming DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_uitkeringen();
CREATE CONSTRAINT TRIGGER resultaatuitkering_klopt AFTER INSERT ON resultaatuitkering DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_uitkeringen();

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['vrijval', 'uitgave', 'uitgavebetaling', 'uitgavestorno', 'jaarafsluiting', 'resultaatuitkering'] LOOP
        EXECUTE format('CREATE TRIGGER %s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
    END LOOP;
    FOREACH tabel IN ARRAY ARRAY['verplichting', 'verplichtingsdeel', 'overheveling', 'resultaatbestemming', 'budgetstand'] LOOP
        EXECUTE format('CREATE TRIGGER %s_blijft BEFORE DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
    END LOOP;
    FOREACH tabel IN ARRAY ARRAY['vrijval', 'uitgave', 'uitgavefactuur', 'uitgavebetaling', 'uitgavestorno', 'jaarafsluiting', 'resultaatuitkering',
            'verplichting', 'verplichtingsdeel', 'overheveling', 'resultaatbestemming', 'budgetstand'] LOOP
        EXECUTE format('CREATE TRIGGER %s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM fonds_api', tabel);
        EXECUTE format('GRANT SELECT ON %s TO fonds_api', tabel);
    END LOOP;
END $$;
GRANT INSERT (id, fonds, prioriteit, budgetsoort, omschrijving, leverancier, kenmerk, voorziening, status, aangevraagd_op, aangegaan_op)
    ON verplichting TO fonds_api;
GRANT INSERT ON vrijval, uitgave, uitgavebetaling, uitgavestorno, jaarafsluiting, resultaatuitkering TO fonds_api;
GRANT INSERT (verplichting, jaar, begroting, bedrag_cent, btw_cent) ON verplichtingsdeel TO fonds_api;
GRANT UPDATE (status, aangegaan_op, besluit, probleem) ON verplichting TO fonds_api;
GRANT INSERT (id, fonds, jaar, prioriteit, budgetsoort, verplichting, bedrag_cent, btw_cent, reden, bron, pad, status, aangevraagd_op)
    ON overheveling TO fonds_api;
GRANT UPDATE (status, vastgesteld_op, boeking, onttrekking, probleem) ON overheveling TO fonds_api;
GRANT INSERT (fonds, jaar, uitkeren_cent, reserve_cent, bron, pad, status, aangevraagd_op, boekdatum) ON resultaatbestemming TO fonds_api;
GRANT UPDATE (uitkeren_cent, reserve_cent, bron, pad, status, aangevraagd_op, boekdatum, vastgesteld_op, boeking, probleem)
    ON resultaatbestemming TO fonds_api;
REVOKE ALL ON FUNCTION begroot_vastgestelde(), verplicht_deel(), beslis_verplichting(), val_vrij(), geef_uit(), storneer_uitgave(),
    hevel_over() FROM PUBLIC;

-- What a foundation accounts for. A document is known by its content; a submission never changes, but is followed by a version.
CREATE TABLE verantwoordingsdocument (
    id uuid PRIMARY KEY, aanbieder text NOT NULL REFERENCES aanbieder, sha256 text NOT NULL, inhoud bytea NOT NULL,
    grootte integer NOT NULL CHECK (grootte = octet_length(inhoud) AND grootte <= 10000000),
    ontvangen_op timestamptz NOT NULL CHECK (isfinite(ontvangen_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    UNIQUE (aanbieder, sha256), UNIQUE (id, aanbieder),
    CHECK (sha256 = encode(sha256(inhoud), 'hex')), CHECK (substr(inhoud, 1, 5) = '\x255044462d'::bytea));
ALTER TABLE verantwoordingsdocument ALTER COLUMN inhoud SET STORAGE EXTERNAL;
CREATE TABLE verantwoordingsstuk (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE, aanbieder text NOT NULL REFERENCES aanbieder,
    soort text NOT NULL CHECK (soort IN ('jaarplan', 'begroting', 'jaarrekening')),
    jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100), versie integer NOT NULL CHECK (versie > 0),
    document uuid NOT NULL, bedragen jsonb NOT NULL CHECK (jsonb_typeof(bedragen) = 'object'), toelichting text,
    ingediend_op timestamptz NOT NULL CHECK (isfinite(ingediend_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    UNIQUE (aanbieder, soort, jaar, versie), UNIQUE (id, aanbieder),
    FOREIGN KEY (document, aanbieder) REFERENCES verantwoordingsdocument (id, aanbieder));
CREATE TABLE verantwoordingsbesluit (
    stuk uuid PRIMARY KEY REFERENCES verantwoordingsstuk,
    uitkomst text NOT NULL CHECK (uitkomst IN ('vastgesteld', 'teruggestuurd')),
    commissie text NOT NULL, datum date NOT NULL CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31'), reden text,
    vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK (uitkomst = 'vastgesteld' OR reden IS NOT NULL));

-- Everything about the versions of one thing happens one after the other.
CREATE FUNCTION vergrendel_stuk(p_aanbieder text, p_soort text, p_jaar integer) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('verantwoordingsstuk ' || p_aanbieder || ' ' || p_soort || ' ' || p_jaar, 0))
$$;
CREATE FUNCTION verantwoordingsstuk_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    PERFORM public.vergrendel_stuk(NEW.aanbieder, NEW.soort, NEW.jaar);
    SELECT CASE
        WHEN NEW.versie <> 1 + (SELECT count(*) FROM public.verantwoordingsstuk
                                WHERE (aanbieder, soort, jaar) = (NEW.aanbieder, NEW.soort, NEW.jaar))
            THEN 'volgt niet op de versie ervoor'
        WHEN NEW.bedragen = '{}' AND NEW.soort <> 'jaarplan' THEN 'heeft geen bedragen'
        WHEN EXISTS (SELECT FROM jsonb_each(NEW.bedragen) AS deel LEFT JOIN public.dienst ON dienst.code = deel.key
                     WHERE dienst.aanbieder IS DISTINCT FROM NEW.aanbieder OR jsonb_typeof(deel.value) <> 'number'
                     OR deel.value::numeric < 0 OR deel.value::numeric > 1e15 OR deel.value::numeric % 1 <> 0)
            THEN 'noemt een dienst van een ander, of geen bedrag in centen'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'verantwoordingsstuk %', fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verantwoordingsstuk_klopt BEFORE INSERT ON verantwoordingsstuk FOR EACH ROW
    EXECUTE FUNCTION verantwoordingsstuk_klopt();
CREATE FUNCTION verantwoordingsbesluit_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE deze public.verantwoordingsstuk;
BEGIN
    SELECT * INTO deze FROM public.verantwoordingsstuk WHERE id = NEW.stuk;
    IF NOT FOUND THEN
        RETURN NEW;  -- the foreign key refuses it
    END IF;
    PERFORM public.vergrendel_stuk(deze.aanbieder, deze.soort, deze.jaar);
    IF (NEW.peer_id, NEW.rol) = (deze.peer_id, deze.rol) OR NEW.contract = deze.contract
       OR NEW.datum < (deze.ingediend_op AT TIME ZONE 'Europe/Amsterdam')::date
       OR EXISTS (SELECT FROM public.verantwoordingsstuk AS later WHERE later.versie > deze.versie
                  AND (later.aanbieder, later.soort, later.jaar) = (deze.aanbieder, deze.soort, deze.jaar)) THEN
        RAISE EXCEPTION 'over verantwoordingsstuk % is zo niet te besluiten', NEW.stuk
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verantwoordingsbesluit_klopt BEFORE INSERT ON verantwoordingsbesluit FOR EACH ROW
    EXECUTE FUNCTION verantwoordingsbesluit_klopt();
CREATE VIEW verantwoordingsstukstand AS
    SELECT stuk.id AS stuk, coalesce(besluit.uitkomst, CASE WHEN stuk.versie < max(stuk.versie) OVER reeks THEN 'vervangen'
                                                       ELSE 'ingediend' END) AS status,
           besluit.commissie, besluit.datum AS besluitdatum, besluit.reden, besluit.vastgelegd_op
    FROM verantwoordingsstuk AS stuk LEFT JOIN verantwoordingsbesluit AS besluit ON besluit.stuk = stuk.id
    WINDOW reeks AS (PARTITION BY stuk.aanbieder, stuk.soort, stuk.jaar);

-- Questions of gemeenten.
CREATE TABLE toelichtingsverzoek (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), aanbieder text NOT NULL REFERENCES aanbieder, stuk uuid,
    vraag text NOT NULL, gesteld_op timestamptz NOT NULL CHECK (isfinite(gesteld_op)),
    uiterlijk date NOT NULL CHECK (uiterlijk >= (gesteld_op AT TIME ZONE 'Europe/Amsterdam')::date AND uiterlijk <= '2101-12-31'),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    FOREIGN KEY (stuk, aanbieder) REFERENCES verantwoordingsstuk (id, aanbieder));
CREATE INDEX toelichtingsverzoek_gemeentecode_idx ON toelichtingsverzoek (gemeentecode);
CREATE TABLE toelichting (
    verzoek uuid PRIMARY KEY REFERENCES toelichtingsverzoek, antwoord text NOT NULL,
    gegeven_op timestamptz NOT NULL CHECK (isfinite(gegeven_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL);
CREATE TABLE toelichtingspublicatie (
    verzoek uuid PRIMARY KEY REFERENCES toelichting, gepubliceerd_op timestamptz NOT NULL CHECK (isfinite(gepubliceerd_op)),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL);
-- Only of what a gemeente may read, it may ask.
CREATE FUNCTION toelichtingsverzoek_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.stuk IS NOT NULL AND NOT EXISTS (
        SELECT FROM public.verantwoordingsbesluit WHERE stuk = NEW.stuk AND uitkomst = 'vastgesteld') THEN
        RAISE EXCEPTION 'verantwoordingsstuk % is niet vastgesteld', NEW.stuk USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER toelichtingsverzoek_klopt BEFORE INSERT ON toelichtingsverzoek FOR EACH ROW
    EXECUTE FUNCTION toelichtingsverzoek_klopt();

-- What catalogus answered about gemeenten; it may change until it is gereed.
CREATE TABLE gemeentepeiling (
    id uuid PRIMARY KEY, peildatum date NOT NULL CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    status text NOT NULL CHECK (status IN ('aangevraagd', 'gereed', 'mislukt')), probleem jsonb, aantal integer,
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)), afgerond_op timestamptz CHECK (isfinite(afgerond_op)),
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK ((status = 'gereed') = (aantal IS NOT NULL)),
    CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)));
CREATE TABLE gemeentepeilingregel (
    peiling uuid NOT NULL REFERENCES gemeentepeiling, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'),
    gemeentenaam text NOT NULL, inwoners integer CHECK (inwoners > 0), PRIMARY KEY (peiling, gemeentecode));
CREATE FUNCTION regel_in_peiling() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM nieuw JOIN public.gemeentepeiling AS peiling ON peiling.id = nieuw.peiling
               WHERE peiling.status <> 'aangevraagd') THEN
        RAISE EXCEPTION 'een gemeentepeiling krijgt er niets meer bij' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER regel_in_peiling AFTER INSERT ON gemeentepeilingregel REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION regel_in_peiling();
CREATE FUNCTION gemeentepeiling_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.peildatum, NEW.aangevraagd_op) IS DISTINCT FROM (OLD.id, OLD.peildatum, OLD.aangevraagd_op)
       OR OLD.status <> 'aangevraagd' OR NEW.status = 'gereed' AND NEW.aantal IS DISTINCT FROM (
           SELECT count(*) FROM public.gemeentepeilingregel WHERE peiling = NEW.id) THEN
        RAISE EXCEPTION 'gemeentepeiling % verandert zo niet', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gemeentepeiling_klopt BEFORE UPDATE ON gemeentepeiling FOR EACH ROW EXECUTE FUNCTION gemeentepeiling_klopt();
CREATE FUNCTION gemeentepeiling_begint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.status <> 'aangevraagd' THEN
        RAISE EXCEPTION 'een gemeentepeiling begint met een aanvraag' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER gemeentepeiling_begint BEFORE INSERT ON gemeentepeiling FOR EACH ROW EXECUTE FUNCTION gemeentepeiling_begint();

-- Every entry that was ordered of fonds, as it was ordered: the journal of the bureau. Only an order makes it, and it stays when the
-- body of the message is removed.
CREATE TABLE journaalpost (
    nummer bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, onderwerp text NOT NULL UNIQUE, boekdatum date NOT NULL,
    omschrijving text NOT NULL);
CREATE INDEX journaalpost_boekdatum_idx ON journaalpost (boekdatum);
CREATE TABLE journaalregel (
    onderwerp text NOT NULL REFERENCES journaalpost (onderwerp), regel smallint NOT NULL, rekening text NOT NULL,
    bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0), PRIMARY KEY (onderwerp, regel));
CREATE FUNCTION schrijf_journaal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.journaalpost (onderwerp, boekdatum, omschrijving)
        SELECT onderwerp, (inhoud->>'boekdatum')::date, inhoud->>'omschrijving' FROM nieuw
        WHERE bron = 'fonds' AND pad = '/v1/boekingen' ORDER BY volgnummer;
    INSERT INTO public.journaalregel (onderwerp, regel, rekening, bedrag_cent)
        SELECT onderwerp, regel.plaats, regel.inhoud->>'rekening', (regel.inhoud->>'bedragCent')::bigint
        FROM nieuw, jsonb_array_elements(nieuw.inhoud->'regels') WITH ORDINALITY AS regel (inhoud, plaats)
        WHERE bron = 'fonds' AND pad = '/v1/boekingen';
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION schrijf_journaal() FROM PUBLIC;
INSERT INTO journaalpost (onderwerp, boekdatum, omschrijving)
    SELECT onderwerp, (inhoud->>'boekdatum')::date, inhoud->>'omschrijving' FROM outbox
    WHERE bron = 'fonds' AND pad = '/v1/boekingen' AND inhoud IS NOT NULL ORDER BY volgnummer;
INSERT INTO journaalregel (onderwerp, regel, rekening, bedrag_cent)
    SELECT onderwerp, regel.plaats, regel.inhoud->>'rekening', (regel.inhoud->>'bedragCent')::bigint
    FROM outbox, jsonb_array_elements(outbox.inhoud->'regels') WITH ORDINALITY AS regel (inhoud, plaats)
    WHERE bron = 'fonds' AND pad = '/v1/boekingen' AND outbox.inhoud IS NOT NULL;
CREATE TRIGGER outbox_in_journaal AFTER INSERT ON outbox REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION schrijf_journaal();

-- Of which gemeente and invoice an entry is, where it is of one.
CREATE VIEW journaaldebiteur AS
    SELECT '/v1/facturen/' || nummer AS onderwerp, gemeentecode, nummer AS factuur FROM factuur
    UNION ALL SELECT '/v1/creditnotas/' || nummer, gemeentecode, factuur FROM creditnota
    UNION ALL SELECT '/v1/betalingen/' || betaling.id, factuur.gemeentecode, factuur.nummer
        FROM betaling JOIN factuur ON factuur.nummer = betaling.factuur
    UNION ALL SELECT '/v1/koppelingen/' || deel.koppeling, min(factuur.gemeentecode),
            CASE WHEN count(DISTINCT factuur.nummer) = 1 THEN min(factuur.nummer) END
        FROM betalingstoewijzing AS deel JOIN factuur ON factuur.nummer = deel.factuur
        WHERE deel.koppeling <> '00000000-0000-0000-0000-000000000000'
        GROUP BY deel.koppeling HAVING count(DISTINCT factuur.gemeentecode) = 1;

-- What happened to what gemeenten owe: invoiced, credited, received and taken back.
CREATE VIEW debiteurmutatie AS
    SELECT nummer AS factuur, gemeentecode, gemeentenaam, vervaldatum, factuurdatum AS datum, bedrag_cent FROM factuur
    UNION ALL SELECT factuur.nummer, factuur.gemeentecode, factuur.gemeentenaam, factuur.vervaldatum, krediet.datum,
            -krediet.bedrag_cent
        FROM creditnota AS krediet JOIN factuur ON factuur.nummer = krediet.factuur
    UNION ALL SELECT factuur.nummer, factuur.gemeentecode, factuur.gemeentenaam, factuur.vervaldatum,
            coalesce(koppeling.datum, betaling.boekdatum), -deel.bedrag_cent
        FROM betalingstoewijzing AS deel JOIN betaling ON betaling.id = deel.betaling
        JOIN factuur ON factuur.nummer = deel.factuur LEFT JOIN koppeling ON koppeling.id = deel.koppeling;

-- The part of each thing that is of one dienst: what its aanbieder may see of it.
CREATE VIEW dienstfactuurregel AS
    SELECT regel.factuur, regel.dienst, dienst.aanbieder, factuur.jaar, factuur.volgnummer, factuur.gemeentecode,
           factuur.gemeentenaam, factuur.factuurdatum, factuur.vervaldatum, regel.bedrag_cent,
           coalesce((SELECT sum(bedrag_cent) FROM creditnotaregel AS krediet
                     WHERE (krediet.factuur, krediet.dienst) = (regel.factuur, regel.dienst)), 0)::bigint AS gecrediteerd_cent,
           coalesce((SELECT sum(bedrag_cent) FROM betalingstoewijzing AS deel
                     WHERE (deel.factuur, deel.dienst) = (regel.factuur, regel.dienst)), 0)::bigint AS betaald_cent
    FROM factuurregel AS regel JOIN factuur ON factuur.nummer = regel.factuur JOIN dienst ON dienst.code = regel.dienst;
CREATE VIEW dienstontvangst AS
    SELECT deel.betaling, deel.koppeling, deel.factuur, deel.dienst, dienst.aanbieder, factuur.jaar, factuur.gemeentecode,
           coalesce(koppeling.datum, betaling.boekdatum) AS datum, deel.bedrag_cent
    FROM betalingstoewijzing AS deel JOIN betaling ON betaling.id = deel.betaling
    JOIN factuur ON factuur.nummer = deel.factuur JOIN dienst ON dienst.code = deel.dienst
    LEFT JOIN koppeling ON koppeling.id = deel.koppeling;
CREATE VIEW dienstverdeling AS
    SELECT regel.verdeling, regel.dienst, regel.aanbieder, verdeling.volgnummer, verdeling.tot AS tot_en_met, regel.bedrag_cent,
           verdeling.vastgesteld_op
    FROM verdelingsregel AS regel JOIN verdeling ON verdeling.id = regel.verdeling;

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['verantwoordingsdocument', 'verantwoordingsstuk', 'verantwoordingsbesluit', 'toelichtingsverzoek',
                                 'toelichting', 'toelichtingspublicatie', 'gemeentepeilingregel', 'journaalpost', 'journaalregel'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT ON %s TO abonnement_api', tabel);
        IF tabel NOT LIKE 'journaal%' AND tabel NOT IN ('verantwoordingsstuk', 'toelichtingsverzoek') THEN
            EXECUTE format('GRANT INSERT ON %s TO abonnement_api', tabel);
        END IF;
    END LOOP;
    FOREACH tabel IN ARRAY ARRAY['verantwoordingsstukstand', 'journaaldebiteur', 'debiteurmutatie', 'dienstfactuurregel',
                                 'dienstontvangst', 'dienstverdeling'] LOOP
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
GRANT INSERT (id, aanbieder, soort, jaar, versie, document, bedragen, toelichting, ingediend_op, peer_id, rol, contract)
    ON verantwoordingsstuk TO abonnement_api;
GRANT INSERT (id, gemeentecode, aanbieder, stuk, vraag, gesteld_op, uiterlijk, peer_id, rol, contract)
    ON toelichtingsverzoek TO abonnement_api;
CREATE TRIGGER gemeentepeiling_blijft BEFORE DELETE ON gemeentepeiling FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER gemeentepeiling_niet_legen BEFORE TRUNCATE ON gemeentepeiling FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
REVOKE ALL ON gemeentepeiling FROM abonnement_api;
GRANT SELECT, INSERT, UPDATE (status, probleem, aantal, afgerond_op) ON gemeentepeiling TO abonnement_api;

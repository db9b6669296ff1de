SET LOCAL statement_timeout = '2s';
LOCK TABLE facturatieronde, factuurnummering, factuur, factuurregel IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

-- Bounds of a round, from a year on; a change is a new version.
CREATE TABLE facturatiegrens (
    vanaf_jaar integer CHECK (vanaf_jaar BETWEEN 2000 AND 2100), versie integer CHECK (versie > 0),
    per_factuur_cent bigint NOT NULL CHECK (per_factuur_cent > 0), totaal_cent bigint NOT NULL CHECK (totaal_cent > 0),
    gemeente_procent integer NOT NULL CHECK (gemeente_procent BETWEEN 0 AND 1000),
    totaal_procent integer NOT NULL CHECK (totaal_procent BETWEEN 0 AND 1000),
    voorvertoning_cent bigint NOT NULL CHECK (voorvertoning_cent >= 0),
    bron text NOT NULL, vastgelegd_op timestamptz NOT NULL CHECK (isfinite(vastgelegd_op)), PRIMARY KEY (vanaf_jaar, versie));

-- What a round of a year would be, by whom it was asked; the proposal of a round is one of them.
CREATE TABLE voorvertoning (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    jaar integer NOT NULL CHECK (jaar BETWEEN 2000 AND 2100), tariefbesluit text NOT NULL REFERENCES tariefbesluit,
    peildatum date NOT NULL CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31'),
    voor_ronde boolean NOT NULL, vergeleken_met uuid REFERENCES voorvertoning,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'berekend', 'mislukt')),
    probleem jsonb CHECK (jsonb_typeof(probleem) = 'object'),
    aantal integer CHECK (aantal > 0), bedrag_cent bigint, vorig_cent bigint, verrekend_cent bigint,
    overschrijdingen jsonb CHECK (jsonb_typeof(overschrijdingen) = 'array'), redenen jsonb CHECK (jsonb_typeof(redenen) = 'array'),
    wijze text CHECK (wijze IN ('bureau', 'stichtingen', 'penvoerder')), penvoerder text REFERENCES aanbieder,
    aangevraagd_op timestamptz NOT NULL CHECK (isfinite(aangevraagd_op)),
    afgerond_op timestamptz CHECK (isfinite(afgerond_op) AND afgerond_op >= aangevraagd_op),
    peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)), CHECK ((status = 'aangevraagd') = (afgerond_op IS NULL)),
    CHECK ((status = 'berekend') = (aantal IS NOT NULL)), CHECK ((aantal IS NULL) = (bedrag_cent IS NULL)),
    CHECK ((aantal IS NULL) = (vorig_cent IS NULL)), CHECK ((aantal IS NULL) = (verrekend_cent IS NULL)),
    CHECK ((aantal IS NULL) = (overschrijdingen IS NULL)), CHECK ((aantal IS NULL) = (redenen IS NULL)),
    CHECK ((aantal IS NULL) = (wijze IS NULL)), CHECK ((wijze = 'penvoerder') = (penvoerder IS NOT NULL)));
-- Without a subscription: who had an invoice last year and gets none. `vorig_cent` is what that year was, corrected or not.
CREATE TABLE voorvertoningsregel (
    voorvertoning uuid REFERENCES voorvertoning, volgnummer integer CHECK (volgnummer > 0),
    gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    abonnement uuid REFERENCES abonnement, pakket text, maanden integer CHECK (maanden BETWEEN 1 AND 12),
    inwoners integer CHECK (inwoners > 0), voorlopig boolean, tarief_per_inwoner numeric(9, 4),
    betaler text, betaler_naam text, bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0),
    verrekeningen jsonb NOT NULL CHECK (jsonb_typeof(verrekeningen) = 'array'), verrekend_cent bigint NOT NULL,
    vorig_cent bigint, redenen jsonb NOT NULL CHECK (jsonb_typeof(redenen) = 'array'),
    PRIMARY KEY (voorvertoning, volgnummer),
    CHECK ((abonnement IS NULL) = (pakket IS NULL)), CHECK ((abonnement IS NULL) = (maanden IS NULL)),
    CHECK ((abonnement IS NULL) = (inwoners IS NULL)), CHECK ((abonnement IS NULL) = (voorlopig IS NULL)),
    CHECK ((abonnement IS NULL) = (tarief_per_inwoner IS NULL)),
    CHECK (abonnement IS NOT NULL AND bedrag_cent > 0 AND bedrag_cent + verrekend_cent > 0
           OR abonnement IS NULL AND bedrag_cent = 0 AND verrekend_cent = 0 AND vorig_cent IS NOT NULL),
    CHECK ((betaler IS NULL) = (betaler_naam IS NULL)), CHECK (abonnement IS NOT NULL OR betaler IS NULL));
CREATE UNIQUE INDEX voorvertoningsregel_abonnement_idx ON voorvertoningsregel (voorvertoning, abonnement, gemeentecode);
CREATE INDEX voorvertoningsregel_gemeente_idx ON voorvertoningsregel (voorvertoning, gemeentecode);

CREATE FUNCTION voorvertoningsregel_bij() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT voorvertoning AS id FROM nieuw) AS van
               LEFT JOIN public.voorvertoning USING (id) WHERE status IS DISTINCT FROM 'aangevraagd') THEN
        RAISE EXCEPTION 'een voorvertoning die is berekend, krijgt er niets meer bij' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER voorvertoningsregel_bij AFTER INSERT ON voorvertoningsregel REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT
    EXECUTE FUNCTION voorvertoningsregel_bij();
CREATE FUNCTION voorvertoning_klopt() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN (NEW.aantal, NEW.bedrag_cent, NEW.vorig_cent, NEW.verrekend_cent) IS DISTINCT FROM (
            SELECT (count(abonnement)::integer, sum(bedrag_cent)::bigint, coalesce(sum(vorig_cent), 0)::bigint,
                    sum(verrekend_cent)::bigint)
            FROM public.voorvertoningsregel WHERE voorvertoning = NEW.id) THEN 'is niet de som van haar regels'
        WHEN EXISTS (
            SELECT FROM public.voorvertoningsregel AS regel LEFT JOIN public.pakket ON (pakket.tariefbesluit, pakket.code) = (NEW.tariefbesluit, regel.pakket)
            WHERE voorvertoning = NEW.id AND abonnement IS NOT NULL AND (
                pakket.tarief_per_inwoner IS DISTINCT FROM regel.tarief_per_inwoner
                OR bedrag_cent IS DISTINCT FROM public.pakketbedrag_cent(NEW.tariefbesluit, regel.pakket, inwoners, maanden)))
            THEN 'heeft een bedrag dat niet tarief maal inwoners is'
        WHEN EXISTS (
            SELECT abonnement, gemeentecode, pakket, maanden FROM public.voorvertoningsregel
            WHERE voorvertoning = NEW.id AND abonnement IS NOT NULL
            EXCEPT SELECT abonnement, gemeentecode, pakket, maanden FROM public.aanspraken(NEW.jaar))
            THEN 'noemt een gemeente, pakket of deel van het jaar dat niet van het abonnement is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'voorvertoning % %', NEW.id, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voorvertoning_klopt BEFORE UPDATE ON voorvertoning FOR EACH ROW WHEN (NEW.status = 'berekend')
    EXECUTE FUNCTION voorvertoning_klopt();
CREATE TRIGGER voorvertoning_vast BEFORE UPDATE ON voorvertoning FOR EACH ROW WHEN (OLD.status <> 'aangevraagd')
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER voorvertoning_blijft BEFORE DELETE ON voorvertoning FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER voorvertoning_niet_legen BEFORE TRUNCATE ON voorvertoning FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION voorvertoning_begint() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'een voorvertoning begint als aangevraagd' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER voorvertoning_begint BEFORE INSERT ON voorvertoning FOR EACH ROW WHEN (NEW.status <> 'aangevraagd')
    EXECUTE FUNCTION voorvertoning_begint();

-- A round goes from state to state, and never back; what it says of dates and prices changes only where it is asked for again.
ALTER TABLE facturatieronde DROP CONSTRAINT facturatieronde_status_check,
    ADD CONSTRAINT facturatieronde_status_check CHECK (status IN (
        'aangevraagd', 'voorgesteld', 'goedgekeurd', 'afgewezen', 'gefactureerd', 'mislukt')),
    ADD COLUMN voorstel uuid UNIQUE REFERENCES voorvertoning;
CREATE UNIQUE INDEX facturatieronde_een_tegelijk_idx ON facturatieronde (status) WHERE status = 'goedgekeurd';
CREATE TABLE facturatierondebesluit (
    voorvertoning uuid PRIMARY KEY REFERENCES voorvertoning, jaar integer NOT NULL REFERENCES facturatieronde,
    uitkomst text NOT NULL CHECK (uitkomst IN ('goedgekeurd', 'afgewezen')), naam text NOT NULL, reden text,
    aanvaard text[] NOT NULL CHECK (array_position(aanvaard, NULL) IS NULL),
    op timestamptz NOT NULL CHECK (isfinite(op)), peer_id text NOT NULL, rol text NOT NULL, contract text NOT NULL,
    CHECK (uitkomst = 'goedgekeurd' OR aanvaard = '{}'),
    CHECK ((uitkomst = 'afgewezen' OR aanvaard <> '{}') <= (reden IS NOT NULL)));
CREATE INDEX facturatierondebesluit_jaar_idx ON facturatierondebesluit (jaar);

CREATE FUNCTION controleer_rondebesluit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE voorstel public.voorvertoning;
BEGIN
    PERFORM FROM public.facturatieronde WHERE jaar = NEW.jaar AND facturatieronde.voorstel = NEW.voorvertoning
        AND status = 'voorgesteld' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'facturatieronde % wacht niet op een besluit over %', NEW.jaar, NEW.voorvertoning
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT * INTO voorstel FROM public.voorvertoning WHERE id = NEW.voorvertoning;
    IF NEW.uitkomst = 'goedgekeurd' AND (
        (NEW.peer_id, NEW.rol) = (voorstel.peer_id, voorstel.rol) OR NEW.contract = voorstel.contract
        OR EXISTS (SELECT FROM jsonb_array_elements(voorstel.overschrijdingen) AS over WHERE over ->> 'grens' <> ALL (NEW.aanvaard))) THEN
        RAISE EXCEPTION 'voorstel % is zo niet goed te keuren', NEW.voorvertoning USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER facturatierondebesluit_kan BEFORE INSERT ON facturatierondebesluit FOR EACH ROW EXECUTE FUNCTION controleer_rondebesluit();

CREATE FUNCTION facturatieronde_gaat_vooruit() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN TG_OP = 'INSERT' THEN CASE WHEN NEW.status <> 'aangevraagd' THEN 'begint als aangevraagd' END
        WHEN NOT (OLD.status, NEW.status) IN (
            ('aangevraagd', 'aangevraagd'), ('aangevraagd', 'voorgesteld'), ('aangevraagd', 'mislukt'),
            ('voorgesteld', 'goedgekeurd'), ('voorgesteld', 'afgewezen'), ('goedgekeurd', 'gefactureerd'),
            ('goedgekeurd', 'mislukt'), ('mislukt', 'mislukt'), ('mislukt', 'aangevraagd'), ('afgewezen', 'aangevraagd'))
            THEN 'gaat niet van ' || OLD.status || ' naar ' || NEW.status
        WHEN (OLD.tariefbesluit, OLD.factuurdatum, OLD.voorstel) IS DISTINCT FROM (NEW.tariefbesluit, NEW.factuurdatum, NEW.voorstel)
            AND NOT (OLD.status IN ('mislukt', 'afgewezen') AND NEW.status = 'aangevraagd')
            AND NOT (OLD.status = 'aangevraagd' AND NEW.status = 'aangevraagd' AND OLD.voorstel IS NULL
                     AND (OLD.tariefbesluit, OLD.factuurdatum) = (NEW.tariefbesluit, NEW.factuurdatum))
            THEN 'verandert niet meer van tarief, datum of voorstel'
        WHEN NEW.aangevraagd_op < OLD.aangevraagd_op OR NEW.gefactureerd_op < NEW.aangevraagd_op THEN 'gaat niet terug in de tijd'
        WHEN NEW.status = 'voorgesteld' AND NOT EXISTS (
            SELECT FROM public.voorvertoning AS v WHERE v.id = NEW.voorstel AND v.status = 'berekend' AND v.voor_ronde
            AND (v.jaar, v.tariefbesluit, v.peildatum) = (NEW.jaar, NEW.tariefbesluit, NEW.peildatum)) THEN 'heeft geen voorstel'
        WHEN NEW.status IN ('goedgekeurd', 'afgewezen') AND NOT EXISTS (
            SELECT FROM public.facturatierondebesluit WHERE voorvertoning = NEW.voorstel AND uitkomst = NEW.status)
            THEN 'is door niemand anders beoordeeld'
        WHEN OLD.status = 'goedgekeurd' AND NEW.status = 'mislukt' AND EXISTS (
            SELECT FROM public.factuur WHERE jaar = NEW.jaar) THEN 'heeft al facturen'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'facturatieronde % %', NEW.jaar, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER facturatieronde_vooruit BEFORE INSERT OR UPDATE ON facturatieronde FOR EACH ROW
    EXECUTE FUNCTION facturatieronde_gaat_vooruit();
CREATE OR REPLACE FUNCTION facturatieronde_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.voorvertoningsregel AS regel WHERE regel.voorvertoning = NEW.voorstel AND abonnement IS NOT NULL
               AND NOT EXISTS (SELECT FROM public.factuur WHERE factuur.jaar = NEW.jaar AND factuur.abonnement = regel.abonnement
                               AND factuur.gemeentecode = regel.gemeentecode)) THEN
        RAISE EXCEPTION 'facturatieronde % heeft niet voor elk abonnement een factuur', NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION weiger_terug() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'de nummering van % gaat niet terug', OLD.jaar USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER factuurnummering_vooruit BEFORE UPDATE ON factuurnummering FOR EACH ROW WHEN (NEW.laatste < OLD.laatste)
    EXECUTE FUNCTION weiger_terug();

-- Part of a year, another payer, and the difference that an earlier invoice turned out to have.
ALTER TABLE factuur ADD COLUMN maanden integer NOT NULL DEFAULT 12 CHECK (maanden BETWEEN 1 AND 12),
    ADD COLUMN voorlopig boolean NOT NULL DEFAULT false, ADD COLUMN betaler text, ADD COLUMN betaler_naam text,
    ADD COLUMN verrekend_cent bigint NOT NULL DEFAULT 0, ADD COLUMN aantal_verrekeningen integer NOT NULL DEFAULT 0
        CHECK (aantal_verrekeningen >= 0),
    ADD CONSTRAINT factuur_betaler_check CHECK ((betaler IS NULL) = (betaler_naam IS NULL));
CREATE INDEX factuur_voorlopig_idx ON factuur (jaar) WHERE voorlopig;
CREATE TABLE verrekening (
    factuur text REFERENCES factuur, over text REFERENCES factuur, volgnummer integer NOT NULL CHECK (volgnummer > 0),
    van_inwoners integer NOT NULL CHECK (van_inwoners > 0), naar_inwoners integer NOT NULL CHECK (naar_inwoners > 0),
    bedrag_cent bigint NOT NULL, definitief boolean NOT NULL,
    PRIMARY KEY (factuur, over), CHECK (van_inwoners <> naar_inwoners));
CREATE INDEX verrekening_over_idx ON verrekening (over, volgnummer);

-- Of the invoices of a bundle together: the difference of what the old invoice names, for the two numbers of inhabitants. The
-- numbers of one old invoice follow each other. An invoice that corrects another has the same settlements.
CREATE FUNCTION verrekening_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    nu public.factuur;
    oud public.factuur;
BEGIN
    SELECT * INTO nu FROM public.factuur WHERE nummer = NEW.factuur;
    SELECT * INTO oud FROM public.factuur WHERE nummer = NEW.over;
    IF nu.vervangt IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.verrekening AS v WHERE v.factuur = nu.vervangt AND (v.over, v.volgnummer, v.van_inwoners,
                v.naar_inwoners) = (NEW.over, NEW.volgnummer, NEW.van_inwoners, NEW.naar_inwoners))
       OR nu.vervangt IS NULL AND (
            oud.gemeentecode <> nu.gemeentecode OR oud.jaar >= nu.jaar OR NOT oud.voorlopig OR coalesce(oud.bundel, oud.nummer) <> oud.nummer
            OR NEW.van_inwoners IS DISTINCT FROM (CASE NEW.volgnummer WHEN 1 THEN oud.inwoners ELSE (
                SELECT max(naar_inwoners) FROM public.verrekening AS v WHERE v.over = NEW.over AND v.volgnummer = NEW.volgnummer - 1) END)
            OR EXISTS (SELECT FROM public.verrekening AS v JOIN public.factuur AS ander ON ander.nummer = v.factuur
                       WHERE v.over = NEW.over AND v.volgnummer = NEW.volgnummer AND ander.vervangt IS NULL
                       AND coalesce(ander.bundel, ander.nummer) <> coalesce(nu.bundel, nu.nummer)))
       OR (SELECT sum(v.bedrag_cent) FROM public.verrekening AS v JOIN public.factuur AS deel ON deel.nummer = v.factuur
           WHERE v.over = NEW.over AND (deel.nummer = nu.nummer OR deel.bundel = nu.bundel)) IS DISTINCT FROM (
           public.pakketbedrag_cent(oud.tariefbesluit, oud.pakket, NEW.naar_inwoners, oud.maanden)
           - public.pakketbedrag_cent(oud.tariefbesluit, oud.pakket, NEW.van_inwoners, oud.maanden))
       OR (SELECT (count(*)::integer, sum(bedrag_cent)::bigint) FROM public.verrekening WHERE factuur = nu.nummer)
          IS DISTINCT FROM (nu.aantal_verrekeningen, nu.verrekend_cent) THEN
        RAISE EXCEPTION 'verrekening op % van % is niet wat het verschil in inwoners maakt', NEW.factuur, NEW.over
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verrekening_klopt AFTER INSERT ON verrekening DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION verrekening_klopt();

-- As before, and: an invoice is a line of the approved proposal of its round.
CREATE OR REPLACE FUNCTION factuur_in_ronde() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.facturatieronde
        WHERE jaar = NEW.jaar AND status = CASE WHEN NEW.vervangt IS NULL THEN 'goedgekeurd' ELSE 'gefactureerd' END FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'facturatieronde % wordt nu niet gefactureerd', NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION factuur_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN NEW.vervangt IS NULL AND NOT EXISTS (
            SELECT FROM public.facturatieronde AS ronde
            JOIN public.voorvertoningsregel AS regel ON (regel.voorvertoning, regel.abonnement, regel.gemeentecode)
                = (ronde.voorstel, NEW.abonnement, NEW.gemeentecode)
            JOIN public.afgesloten ON afgesloten.onderwerp = '/v1/tariefbesluiten/' || ronde.tariefbesluit
            WHERE ronde.jaar = NEW.jaar AND ronde.status IN ('goedgekeurd', 'gefactureerd')
            AND (ronde.tariefbesluit, ronde.peildatum, ronde.factuurdatum) = (NEW.tariefbesluit, NEW.peildatum, NEW.factuurdatum)
            AND (regel.gemeentecode, regel.gemeentenaam, regel.pakket, regel.inwoners, regel.voorlopig, regel.maanden,
                 regel.tarief_per_inwoner, regel.betaler, regel.betaler_naam) IS NOT DISTINCT FROM (
                 NEW.gemeentecode, NEW.gemeentenaam, NEW.pakket, NEW.inwoners, NEW.voorlopig, NEW.maanden,
                 NEW.tarief_per_inwoner, NEW.betaler, NEW.betaler_naam))
            THEN 'is niet wat het goedgekeurde voorstel van haar ronde zegt'
        WHEN NEW.vervangt IS NOT NULL AND NOT EXISTS (
            SELECT FROM public.factuur AS oud WHERE oud.nummer = NEW.vervangt AND oud.factuurdatum <= NEW.factuurdatum
            AND (oud.jaar, oud.abonnement, oud.gemeentecode, oud.tariefbesluit, oud.pakket, oud.tarief_per_inwoner, oud.peildatum,
                 oud.maanden, oud.aantal_verrekeningen) = (
                 NEW.jaar, NEW.abonnement, NEW.gemeentecode, NEW.tariefbesluit, NEW.pakket, NEW.tarief_per_inwoner, NEW.peildatum,
                 NEW.maanden, NEW.aantal_verrekeningen)
            AND oud.bedrag_cent = (SELECT sum(gecrediteerd_cent) FROM public.factuurregelstand WHERE factuur = oud.nummer))
            THEN 'vervangt een factuur die anders is, of niet geheel is gecrediteerd'
        WHEN NEW.volgnummer / 100000 <> (SELECT reeks FROM public.aanbieder WHERE code = NEW.verkoper)
            OR NEW.volgnummer % 100000 <> 1 AND NOT EXISTS (
            SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = NEW.volgnummer - 1)
            OR NOT EXISTS (SELECT FROM public.factuurnummering
                           WHERE (jaar, verkoper) = (NEW.jaar, NEW.verkoper) AND laatste >= NEW.volgnummer)
            THEN 'volgt niet op het nummer ervoor'
        WHEN (SELECT (count(*), sum(bedrag_cent)) FROM public.factuurregel WHERE factuur = NEW.nummer) IS DISTINCT FROM
             (SELECT (count(*), NEW.bedrag_cent::numeric) FROM public.pakketdienst AS deel
              JOIN public.dienst ON dienst.code = deel.dienst
              WHERE deel.tariefbesluit = NEW.tariefbesluit AND deel.pakket = NEW.pakket
              AND (NEW.bundel IS NULL OR dienst.aanbieder IN (NEW.verkoper, 'administratiebureau')))
            THEN 'is niet de som van haar regels, een voor elke dienst van haar pakket'
        WHEN public.pakketbedrag_cent(NEW.tariefbesluit, NEW.pakket, NEW.inwoners, NEW.maanden) IS DISTINCT FROM (
             SELECT sum(bedrag_cent - verrekend_cent)::bigint FROM public.factuur AS deel
             WHERE deel.nummer = NEW.nummer OR deel.bundel = NEW.bundel AND deel.inwoners = NEW.inwoners
             AND (deel.jaar, deel.abonnement) = (NEW.jaar, NEW.abonnement))
            THEN 'is, met wat ermee is gebundeld en zonder wat is verrekend, niet tarief maal inwoners'
        WHEN (SELECT (count(*)::integer, coalesce(sum(bedrag_cent), 0)::bigint) FROM public.verrekening WHERE factuur = NEW.nummer)
             IS DISTINCT FROM (NEW.aantal_verrekeningen, NEW.verrekend_cent)
            THEN 'heeft niet de verrekeningen die zij noemt'
        WHEN NEW.vervangt IS NULL AND EXISTS (
             SELECT FROM public.factuur AS ander WHERE (ander.jaar, ander.abonnement, ander.gemeentecode)
             = (NEW.jaar, NEW.abonnement, NEW.gemeentecode) AND ander.vervangt IS NULL AND coalesce(ander.bundel, ander.nummer) <> coalesce(NEW.bundel, NEW.nummer))
            THEN 'is niet de enige van haar abonnement in dit jaar'
        WHEN NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/facturen/' || NEW.nummer
                         AND bron = 'fonds' AND pad = '/v1/boekingen')
            THEN 'heeft geen boeking die onderweg is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'factuur % %', NEW.nummer, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE tabel text;
BEGIN
    FOREACH tabel IN ARRAY ARRAY['facturatiegrens', 'voorvertoningsregel', 'facturatierondebesluit', 'verrekening'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_bevroren BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('CREATE TRIGGER %1$s_niet_legen BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION weiger_wijziging()', tabel);
        EXECUTE format('REVOKE ALL ON %s FROM abonnement_api', tabel);
        EXECUTE format('GRANT SELECT, INSERT ON %s TO abonnement_api', tabel);
    END LOOP;
END $$;
REVOKE ALL ON voorvertoning FROM abonnement_api;
GRANT SELECT, INSERT ON voorvertoning TO abonnement_api;
REVOKE ALL ON SEQUENCE voorvertoning_volgnummer_seq FROM abonnement_api;
GRANT UPDATE (status, probleem, aantal, bedrag_cent, vorig_cent, verrekend_cent, overschrijdingen, redenen, wijze, penvoerder,
    afgerond_op)
    ON voorvertoning TO abonnement_api;
GRANT UPDATE (voorstel) ON facturatieronde TO abonnement_api;

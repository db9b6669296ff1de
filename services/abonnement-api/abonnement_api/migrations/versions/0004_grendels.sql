-- In the order in which a transaction of the service takes them, so that neither waits for the other for ever.
-- All of them within two seconds, or none: `run` tries again.
SET LOCAL statement_timeout = '2s';
LOCK TABLE idempotentie, tariefbesluit, pakket, pakketdienst, verdeelsleutel, collectieve_aanmelding, abonnement,
    facturatieronde, factuurnummering, bankafschrift, factuur, factuurregel, betaling, betalingstoewijzing,
    verdeling, verdelingsregel, verdeelde_toewijzing, outbox, audit IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

DO $$
DECLARE fout text;
BEGIN
    SELECT wat INTO fout FROM (
        SELECT 'de factuurnummers van ' || jaar || ' lopen niet van 1 zonder gat tot de laatste' FROM factuur
            LEFT JOIN factuurnummering USING (jaar) GROUP BY jaar, laatste
            HAVING (min(volgnummer), max(volgnummer), count(*)) IS DISTINCT FROM (1, laatste, laatste)
        UNION ALL SELECT 'de regels van factuur ' || nummer || ' zijn niet samen haar bedrag, een voor elke dienst' FROM factuur
            WHERE (SELECT (count(*), sum(bedrag_cent)) FROM factuurregel WHERE factuur = nummer) IS DISTINCT FROM
                  (SELECT (count(*), factuur.bedrag_cent::numeric) FROM pakketdienst AS deel
                   WHERE (deel.tariefbesluit, deel.pakket) = (factuur.tariefbesluit, factuur.pakket))
        UNION ALL SELECT 'het bedrag van factuur ' || nummer || ' is niet haar tarief maal inwoners' FROM factuur
            WHERE bedrag_cent IS DISTINCT FROM floor(tarief_per_inwoner * inwoners * 100 + 0.5)
        UNION ALL SELECT 'factuur ' || factuur || ' is meer betaald dan haar bedrag' FROM factuurregelstand
            WHERE betaald_cent > bedrag_cent
        UNION ALL SELECT 'betaling ' || betaling || ' is meer toegewezen dan haar bedrag' FROM betalingstand
            WHERE gekoppeld_cent > bedrag_cent
        UNION ALL SELECT 'verdeling ' || id || ' is niet de som van haar regels' FROM verdeling
            WHERE bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM verdelingsregel WHERE verdeling = id)
        UNION ALL SELECT 'verdeling ' || coalesce(regel.verdeling, deel.verdeling) || ' is niet de som van wat zij verdeelt'
            FROM verdelingsregel AS regel FULL JOIN (
                SELECT verdeling, dienst, sum(bedrag_cent) AS cent FROM toewijzingstand WHERE verdeling IS NOT NULL
                GROUP BY verdeling, dienst) AS deel USING (verdeling, dienst)
            WHERE regel.bedrag_cent IS DISTINCT FROM deel.cent
    ) AS fouten (wat) LIMIT 1;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION '%. Herstel de administratie voordat u migreert', fout;
    END IF;
END $$;

-- The paths of what has been checked, written by the check alone: it runs with the rights of the tables' owner.
CREATE TABLE afgesloten (onderwerp text PRIMARY KEY);
INSERT INTO afgesloten SELECT '/v1/tariefbesluiten/' || id FROM tariefbesluit
    UNION ALL SELECT '/v1/bankafschriften/' || id FROM bankafschrift UNION ALL SELECT '/v1/verdelingen/' || id FROM verdeling;

-- A part is let in only where its whole is there to be seen and not closed: so it is of the transaction that makes the whole.
CREATE FUNCTION weiger_bij_besluit() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.tariefbesluit WHERE id = NEW.tariefbesluit)
       OR EXISTS (SELECT FROM public.afgesloten WHERE onderwerp = '/v1/tariefbesluiten/' || NEW.tariefbesluit) THEN
        RAISE EXCEPTION 'tariefbesluit % krijgt er niets meer bij', NEW.tariefbesluit
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pakket_bij_besluit BEFORE INSERT ON pakket FOR EACH ROW EXECUTE FUNCTION weiger_bij_besluit();
CREATE TRIGGER pakketdienst_bij_besluit BEFORE INSERT ON pakketdienst FOR EACH ROW EXECUTE FUNCTION weiger_bij_besluit();
CREATE TRIGGER verdeelsleutel_bij_besluit BEFORE INSERT ON verdeelsleutel FOR EACH ROW EXECUTE FUNCTION weiger_bij_besluit();
CREATE FUNCTION sluit_besluit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.pakket WHERE tariefbesluit = NEW.id)
       OR EXISTS (SELECT FROM public.pakket LEFT JOIN public.pakketdienst AS deel
                  ON (deel.tariefbesluit, deel.pakket) = (pakket.tariefbesluit, pakket.code)
                  LEFT JOIN public.verdeelsleutel AS sleutel
                  ON (sleutel.tariefbesluit, sleutel.dienst) = (deel.tariefbesluit, deel.dienst)
                  WHERE pakket.tariefbesluit = NEW.id AND sleutel.gewicht IS NULL) THEN
        RAISE EXCEPTION 'tariefbesluit % is niet compleet: pakketten, hun diensten en van elke dienst het gewicht', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/tariefbesluiten/' || NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tariefbesluit_compleet AFTER INSERT ON tariefbesluit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sluit_besluit();
ALTER TABLE pakket ADD CONSTRAINT pakket_tarief_getal_check CHECK (tarief_per_inwoner <> 'NaN');
ALTER TABLE verdeelsleutel ADD CONSTRAINT verdeelsleutel_gewicht_getal_check CHECK (gewicht <> 'NaN');

-- Subscriptions come in only while their registration is under way, and at commit it must be done: what is done stays closed.
-- FOR SHARE: two transactions at the same moment, of which one finishes the registration, wait for each other.
CREATE TRIGGER collectieve_aanmelding_vast BEFORE UPDATE ON collectieve_aanmelding FOR EACH ROW
    WHEN (OLD.status = 'verwerkt') EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER collectieve_aanmelding_blijft BEFORE DELETE ON collectieve_aanmelding FOR EACH ROW
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER collectieve_aanmelding_niet_legen BEFORE TRUNCATE ON collectieve_aanmelding FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION abonnement_in_aanmelding() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.collectieve_aanmelding WHERE id = NEW.aanmelding AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'aanmelding % wordt nu niet verwerkt', NEW.aanmelding USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER abonnement_in_aanmelding BEFORE INSERT ON abonnement FOR EACH ROW EXECUTE FUNCTION abonnement_in_aanmelding();
CREATE FUNCTION abonnement_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.collectieve_aanmelding WHERE id = NEW.aanmelding AND status = 'verwerkt'
                   AND (begindatum, einddatum) = (NEW.begindatum, NEW.einddatum)
                   AND coalesce(uitzonderingen ->> NEW.gemeentecode, pakket) = NEW.pakket) THEN
        RAISE EXCEPTION 'abonnement % is niet wat een verwerkte aanmelding vraagt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER abonnement_klopt AFTER INSERT ON abonnement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION abonnement_klopt();
ALTER TABLE collectieve_aanmelding
    ADD CONSTRAINT collectieve_aanmelding_uitzonderingen_check CHECK (jsonb_typeof(uitzonderingen) = 'object') NOT VALID,
    ADD CONSTRAINT collectieve_aanmelding_probleem_check CHECK (jsonb_typeof(probleem) = 'object') NOT VALID;

-- The same for the invoices of a round. Each invoice follows on the one before it, and the numbering names the last: so there is
-- no gap, at the price of two look-ups per invoice.
CREATE TRIGGER facturatieronde_vast BEFORE UPDATE ON facturatieronde FOR EACH ROW
    WHEN (OLD.status = 'gefactureerd') EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER facturatieronde_blijft BEFORE DELETE ON facturatieronde FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER facturatieronde_niet_legen BEFORE TRUNCATE ON facturatieronde FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER factuurnummering_blijft BEFORE DELETE ON factuurnummering FOR EACH ROW EXECUTE FUNCTION weiger_wijziging();
CREATE TRIGGER factuurnummering_niet_legen BEFORE TRUNCATE ON factuurnummering FOR EACH STATEMENT
    EXECUTE FUNCTION weiger_wijziging();
CREATE FUNCTION facturatieronde_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.abonnement WHERE NEW.peildatum BETWEEN begindatum AND einddatum AND NOT EXISTS (
               SELECT FROM public.factuur WHERE factuur.jaar = NEW.jaar AND factuur.abonnement = abonnement.id)) THEN
        RAISE EXCEPTION 'facturatieronde % heeft niet voor elk abonnement een factuur', NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER facturatieronde_klopt AFTER INSERT OR UPDATE ON facturatieronde DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status = 'gefactureerd') EXECUTE FUNCTION facturatieronde_klopt();
CREATE FUNCTION factuurnummering_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE hoogste bigint := (SELECT laatste FROM public.factuurnummering WHERE jaar = NEW.jaar);
BEGIN
    IF hoogste <> 0 AND NOT EXISTS (SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = hoogste)
       OR EXISTS (SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = hoogste + 1) THEN
        RAISE EXCEPTION 'de laatste factuur van % heeft niet nummer %', NEW.jaar, hoogste
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER factuurnummering_klopt AFTER INSERT OR UPDATE ON factuurnummering DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuurnummering_klopt();
ALTER TABLE facturatieronde
    ADD CONSTRAINT facturatieronde_probleem_check CHECK (jsonb_typeof(probleem) = 'object') NOT VALID;

CREATE FUNCTION factuur_in_ronde() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.facturatieronde WHERE jaar = NEW.jaar AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'facturatieronde % wordt nu niet gefactureerd', NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factuur_in_ronde BEFORE INSERT ON factuur FOR EACH ROW EXECUTE FUNCTION factuur_in_ronde();
CREATE FUNCTION regel_op_factuur() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.factuur JOIN public.pakketdienst AS deel USING (tariefbesluit, pakket)
                   WHERE factuur.nummer = NEW.factuur AND deel.dienst = NEW.dienst) THEN
        RAISE EXCEPTION 'factuur % heeft geen plaats voor een regel %', NEW.factuur, NEW.dienst
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factuurregel_op_factuur BEFORE INSERT ON factuurregel FOR EACH ROW EXECUTE FUNCTION regel_op_factuur();
CREATE FUNCTION factuur_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE fout text;
BEGIN
    SELECT CASE
        WHEN NOT EXISTS (
            SELECT FROM public.facturatieronde AS ronde
            JOIN public.abonnement ON abonnement.id = NEW.abonnement
            JOIN public.pakket ON (pakket.tariefbesluit, pakket.code) = (ronde.tariefbesluit, abonnement.pakket)
            JOIN public.afgesloten ON afgesloten.onderwerp = '/v1/tariefbesluiten/' || pakket.tariefbesluit
            WHERE ronde.jaar = NEW.jaar AND ronde.status = 'gefactureerd'
            AND ronde.peildatum BETWEEN abonnement.begindatum AND abonnement.einddatum
            AND (ronde.tariefbesluit, ronde.peildatum, ronde.factuurdatum) = (NEW.tariefbesluit, NEW.peildatum, NEW.factuurdatum)
            AND (abonnement.gemeentecode, abonnement.pakket) = (NEW.gemeentecode, NEW.pakket)
            AND pakket.tarief_per_inwoner = NEW.tarief_per_inwoner)
            THEN 'is niet wat haar ronde, abonnement en tarief zeggen'
        WHEN NEW.volgnummer <> 1 AND NOT EXISTS (
            SELECT FROM public.factuur WHERE jaar = NEW.jaar AND volgnummer = NEW.volgnummer - 1)
            OR NOT EXISTS (SELECT FROM public.factuurnummering WHERE jaar = NEW.jaar AND laatste >= NEW.volgnummer)
            THEN 'volgt niet op het nummer ervoor'
        WHEN (SELECT (count(*), sum(bedrag_cent)) FROM public.factuurregel WHERE factuur = NEW.nummer) IS DISTINCT FROM
             (SELECT (count(*), NEW.bedrag_cent::numeric) FROM public.pakketdienst
              WHERE tariefbesluit = NEW.tariefbesluit AND pakket = NEW.pakket)
            THEN 'is niet de som van haar regels, een voor elke dienst van haar pakket'
        WHEN NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/facturen/' || NEW.nummer
                         AND bron = 'fonds' AND pad = '/v1/boekingen')
            THEN 'heeft geen boeking die onderweg is'
        END INTO fout;
    IF fout IS NOT NULL THEN
        RAISE EXCEPTION 'factuur % %', NEW.nummer, fout USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER factuurregel_telt_op ON factuurregel;
DROP TRIGGER factuur_telt_op ON factuur;
DROP FUNCTION factuur_is_som_van_regels();
CREATE CONSTRAINT TRIGGER factuur_klopt AFTER INSERT ON factuur DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuur_klopt();
ALTER TABLE factuur ADD CONSTRAINT factuur_bedrag_is_tarief_maal_inwoners_check
    CHECK (bedrag_cent = floor(tarief_per_inwoner * inwoners * 100 + 0.5));

-- The lock is the service's own (factuur/repository.py). What others have committed meanwhile is to be seen only when each
-- statement looks anew, so no other isolation level will do.
CREATE FUNCTION betaling_op_afschrift() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.bankafschrift WHERE id = NEW.bankafschrift AND iban = NEW.iban)
       OR EXISTS (SELECT FROM public.afgesloten WHERE onderwerp = '/v1/bankafschriften/' || NEW.bankafschrift) THEN
        RAISE EXCEPTION 'bankafschrift % krijgt er niets meer bij', NEW.bankafschrift
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betaling_op_afschrift BEFORE INSERT ON betaling FOR EACH ROW EXECUTE FUNCTION betaling_op_afschrift();
CREATE FUNCTION toewijzing_van_betaling() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.betaling WHERE id = NEW.betaling AND factuur = NEW.factuur AND NOT EXISTS (
                   SELECT FROM public.afgesloten WHERE onderwerp = '/v1/bankafschriften/' || betaling.bankafschrift)) THEN
        RAISE EXCEPTION 'betaling % krijgt er geen toewijzing aan % bij', NEW.betaling, NEW.factuur
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER betalingstoewijzing_van_betaling BEFORE INSERT ON betalingstoewijzing FOR EACH ROW
    EXECUTE FUNCTION toewijzing_van_betaling();
CREATE FUNCTION sluit_afschrift() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.afgesloten VALUES ('/v1/bankafschriften/' || NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bankafschrift_compleet AFTER INSERT ON bankafschrift DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sluit_afschrift();
CREATE FUNCTION betaling_klopt() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.factuur IS NOT NULL
       AND (SELECT gekoppeld_cent FROM public.betalingstand WHERE betaling = NEW.id) < NEW.bedrag_cent
       AND EXISTS (SELECT FROM public.factuurregelstand WHERE factuur = NEW.factuur AND betaald_cent < bedrag_cent) THEN
        RAISE EXCEPTION 'betaling % heeft geld over terwijl factuur % openstaat', NEW.id, NEW.factuur
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/betalingen/' || NEW.id
                   AND bron = 'fonds' AND pad = '/v1/boekingen') THEN
        RAISE EXCEPTION 'betaling % heeft geen boeking die onderweg is', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER betaling_klopt AFTER INSERT ON betaling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION betaling_klopt();
CREATE OR REPLACE FUNCTION toewijzing_past() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'toewijzen kan alleen met isolatieniveau READ COMMITTED'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('factuur ' || NEW.factuur, 0));
    IF (SELECT sum(bedrag_cent) FROM public.betalingstoewijzing WHERE factuur = NEW.factuur AND dienst = NEW.dienst)
       > (SELECT bedrag_cent FROM public.factuurregel WHERE factuur = NEW.factuur AND dienst = NEW.dienst)
       OR (SELECT sum(bedrag_cent) FROM public.betalingstoewijzing WHERE betaling = NEW.betaling)
       > (SELECT bedrag_cent FROM public.betaling WHERE id = NEW.betaling) THEN
        RAISE EXCEPTION 'betaling % is meer toegewezen dan past', NEW.betaling USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION weiger_bij_verdeling() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.verdeling WHERE id = NEW.verdeling)
       OR EXISTS (SELECT FROM public.afgesloten WHERE onderwerp = '/v1/verdelingen/' || NEW.verdeling) THEN
        RAISE EXCEPTION 'verdeling % krijgt er niets meer bij', NEW.verdeling USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verdelingsregel_bij_verdeling BEFORE INSERT ON verdelingsregel FOR EACH ROW
    EXECUTE FUNCTION weiger_bij_verdeling();
CREATE TRIGGER verdeelde_toewijzing_bij_verdeling BEFORE INSERT ON verdeelde_toewijzing FOR EACH ROW
    EXECUTE FUNCTION weiger_bij_verdeling();
CREATE FUNCTION sluit_verdeling() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.bedrag_cent IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM public.verdelingsregel WHERE verdeling = NEW.id)
       OR EXISTS (
           SELECT FROM (SELECT dienst, bedrag_cent FROM public.verdelingsregel WHERE verdeling = NEW.id) AS regel FULL JOIN (
               SELECT dienst, sum(bedrag_cent) AS cent FROM public.toewijzingstand WHERE verdeling = NEW.id
               GROUP BY dienst) AS deel USING (dienst)
           WHERE regel.bedrag_cent IS DISTINCT FROM deel.cent)
       OR EXISTS (SELECT FROM public.toewijzingstand WHERE verdeling = NEW.id AND boekdatum > NEW.tot)
       OR EXISTS (SELECT FROM public.verdelingsregel AS regel JOIN public.dienst ON dienst.code = regel.dienst
                  WHERE regel.verdeling = NEW.id AND regel.aanbieder <> dienst.aanbieder) THEN
        RAISE EXCEPTION 'verdeling % is niet, per dienst en in totaal, de som van wat zij verdeelt', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM public.outbox WHERE onderwerp = '/v1/verdelingen/' || NEW.id
                   AND bron = 'fonds' AND pad = '/v1/boekingen') THEN
        RAISE EXCEPTION 'verdeling % heeft geen boeking die onderweg is', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO public.afgesloten VALUES ('/v1/verdelingen/' || NEW.id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verdeling_compleet AFTER INSERT ON verdeling DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION sluit_verdeling();

-- The outermost wall; the API has a narrower window. Not validated: what was recorded before stays as it was recorded. What was
-- asked for before is judged when it is done, so that it can still fail; what is asked for from now on, at once.
ALTER TABLE tariefbesluit ADD CONSTRAINT tariefbesluit_datum_check CHECK (datum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE collectieve_aanmelding
    ADD CONSTRAINT collectieve_aanmelding_begindatum_check
    CHECK (status IN ('aangevraagd', 'mislukt') OR begindatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE collectieve_aanmelding
    ADD CONSTRAINT collectieve_aanmelding_einddatum_check
    CHECK (status IN ('aangevraagd', 'mislukt') OR einddatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE abonnement
    ADD CONSTRAINT abonnement_begindatum_check CHECK (begindatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE abonnement
    ADD CONSTRAINT abonnement_einddatum_check CHECK (einddatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE facturatieronde
    ADD CONSTRAINT facturatieronde_peildatum_check
    CHECK (status IN ('aangevraagd', 'mislukt') OR peildatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE facturatieronde
    ADD CONSTRAINT facturatieronde_factuurdatum_check
    CHECK (status IN ('aangevraagd', 'mislukt') OR factuurdatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE factuur ADD CONSTRAINT factuur_peildatum_check CHECK (peildatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE factuur
    ADD CONSTRAINT factuur_factuurdatum_check CHECK (factuurdatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE factuur ADD CONSTRAINT factuur_vervaldatum_check CHECK (vervaldatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE betaling ADD CONSTRAINT betaling_boekdatum_check CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;
ALTER TABLE verdeling ADD CONSTRAINT verdeling_tot_check CHECK (tot BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID;

CREATE FUNCTION weiger_onmogelijke_dag() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% heeft een dag buiten 2000-01-01 tot en met 2100-12-31', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER collectieve_aanmelding_dagen BEFORE INSERT ON collectieve_aanmelding FOR EACH ROW
    WHEN (NOT (NEW.begindatum >= '2000-01-01' AND NEW.einddatum <= '2100-12-31')) EXECUTE FUNCTION weiger_onmogelijke_dag();
CREATE TRIGGER facturatieronde_dagen BEFORE INSERT ON facturatieronde FOR EACH ROW
    WHEN (NOT (NEW.peildatum BETWEEN '2000-01-01' AND '2100-12-31' AND NEW.factuurdatum BETWEEN '2000-01-01' AND '2100-12-31'))
    EXECUTE FUNCTION weiger_onmogelijke_dag();
CREATE TRIGGER facturatieronde_andere_dag BEFORE UPDATE ON facturatieronde FOR EACH ROW
    WHEN (NEW.factuurdatum <> OLD.factuurdatum AND NOT NEW.factuurdatum BETWEEN '2000-01-01' AND '2100-12-31')
    EXECUTE FUNCTION weiger_onmogelijke_dag();

-- Else the role could put them on a table of its own.
REVOKE ALL ON FUNCTION sluit_besluit(), sluit_afschrift(), sluit_verdeling() FROM PUBLIC;
REVOKE ALL ON afgesloten FROM abonnement_api;
GRANT SELECT ON afgesloten TO abonnement_api;
REVOKE UPDATE ON collectieve_aanmelding FROM abonnement_api;
GRANT UPDATE (status, probleem, aangevraagd_op, afgerond_op) ON collectieve_aanmelding TO abonnement_api;
REVOKE UPDATE ON facturatieronde FROM abonnement_api;
GRANT UPDATE (tariefbesluit, factuurdatum, status, probleem, aangevraagd_op, gefactureerd_op)
    ON facturatieronde TO abonnement_api;
REVOKE UPDATE ON factuurnummering FROM abonnement_api;
GRANT UPDATE (laatste) ON factuurnummering TO abonnement_api;
REVOKE INSERT ON bankafschrift FROM abonnement_api;
GRANT INSERT (id, iban, afschriftnummer, vingerafdruk, beginsaldo_cent, eindsaldo_cent, al_bekend, ingelezen_op)
    ON bankafschrift TO abonnement_api;
REVOKE INSERT ON verdeling FROM abonnement_api;
GRANT INSERT (id, tot, bedrag_cent, vastgesteld_op) ON verdeling TO abonnement_api;
ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp;

-- The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
-- it is.
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging();

REVOKE INSERT ON idempotentie FROM abonnement_api;
GRANT INSERT (afzender, sleutel, vingerafdruk) ON idempotentie TO abonnement_api;
REVOKE UPDATE ON idempotentie FROM abonnement_api;
GRANT UPDATE (status, kopregels, antwoord) ON idempotentie TO abonnement_api;

-- `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now();

REVOKE INSERT ON audit FROM abonnement_api;
GRANT INSERT (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) ON audit TO abonnement_api;

-- The role has no right to it; the owner of the table may let a body go, once it has been delivered.
CREATE FUNCTION bericht_blijft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'bericht % verandert niet van inhoud', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER outbox_bericht_blijft BEFORE UPDATE ON outbox FOR EACH ROW WHEN (
    (OLD.id, OLD.volgnummer, OLD.bron, OLD.pad, OLD.onderwerp, OLD.groep, OLD.ontstaan_op)
    IS DISTINCT FROM (NEW.id, NEW.volgnummer, NEW.bron, NEW.pad, NEW.onderwerp, NEW.groep, NEW.ontstaan_op)
    OR OLD.inhoud IS DISTINCT FROM NEW.inhoud AND NOT (NEW.inhoud IS NULL AND OLD.verzonden_op IS NOT NULL))
    EXECUTE FUNCTION bericht_blijft();

REVOKE UPDATE ON outbox FROM abonnement_api;
GRANT UPDATE (pogingen, volgende_poging_op, onderweg, verzonden_op, geweigerd_op, antwoord_pad, fout) ON outbox TO abonnement_api;
REVOKE ALL ON SEQUENCE audit_id_seq FROM abonnement_api;
REVOKE ALL ON SEQUENCE bankafschrift_volgnummer_seq FROM abonnement_api;
REVOKE ALL ON SEQUENCE outbox_volgnummer_seq FROM abonnement_api;
REVOKE ALL ON SEQUENCE procrastinate_workers_id_seq FROM abonnement_api;
REVOKE ALL ON SEQUENCE verdeling_volgnummer_seq FROM abonnement_api;

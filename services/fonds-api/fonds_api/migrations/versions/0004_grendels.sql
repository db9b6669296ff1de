-- In the order in which a transaction of the service takes them, so that neither waits for the other for ever.
-- All of them within two seconds, or none: `run` tries again.
SET LOCAL statement_timeout = '2s';
LOCK TABLE idempotentie, boeking, bijdrageronde, bijdrage, boekingsregel, audit IN ACCESS EXCLUSIVE MODE;
SET LOCAL statement_timeout TO DEFAULT;

DO $$
DECLARE fout record;
BEGIN
    SELECT b.id, count(r.boeking) AS aantal, b.aantal_regels, min(r.regelnummer) AS eerste, max(r.regelnummer) AS laatste,
           coalesce(sum(r.bedrag_cent), 0) AS cent INTO fout
        FROM boeking b LEFT JOIN boekingsregel r ON r.boeking = b.id GROUP BY b.id
        HAVING (count(r.boeking), min(r.regelnummer), max(r.regelnummer), sum(r.bedrag_cent))
               IS DISTINCT FROM (b.aantal_regels, 1, b.aantal_regels, 0) ORDER BY b.volgnummer LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'boeking % klopt niet: % van % regels, genummerd % tot en met %, samen % cent. Herstel het grootboek '
            'voordat u migreert', fout.id, fout.aantal, fout.aantal_regels, fout.eerste, fout.laatste, fout.cent;
    END IF;
    SELECT ronde.id INTO fout FROM bijdrageronde AS ronde JOIN omslag USING (fonds, jaar) LEFT JOIN bijdrage USING (fonds, jaar)
        GROUP BY ronde.id, omslag.bedrag_cent
        HAVING CASE WHEN ronde.status = 'vastgesteld'
                    THEN (count(bijdrage.id), coalesce(sum(bijdrage.bedrag_cent), 0)) <> (ronde.aantal, omslag.bedrag_cent)
                    ELSE count(bijdrage.id) <> 0 END ORDER BY ronde.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'bijdrageronde % klopt niet: haar bijdragen zijn niet samen de omslag. Herstel haar voordat u migreert',
            fout.id;
    END IF;
END $$;

-- A line is let in only where its boeking is there to be seen, and so is of this transaction: once the boeking is committed
-- (or checked early, by SET CONSTRAINTS) each of its numbers is taken. Within one statement it may not be there to be seen yet.
-- Operators in full: a search_path of its own costs a quarter of what this function does, four times per entry.
CREATE OR REPLACE FUNCTION weiger_regel_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.regelnummer OPERATOR(pg_catalog.<=)
       (SELECT aantal_regels FROM public.boeking WHERE id OPERATOR(pg_catalog.=) NEW.boeking) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'boeking % heeft geen plaats voor regel %: eerst de boeking, dan haar regels 1 tot en met aantal_regels',
        NEW.boeking, NEW.regelnummer USING ERRCODE = 'integrity_constraint_violation';
END $$;
ALTER FUNCTION controleer_boeking() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION weiger_wijziging_vastgesteld() SET search_path = pg_catalog, pg_temp;

-- A bijdrage is let in only while its round is under way, and at commit the round must be done: what is done stays closed.
-- FOR SHARE: two transactions at the same moment, of which one finishes the round, wait for each other.
CREATE FUNCTION bijdrage_in_ronde() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.bijdrageronde
        WHERE fonds = NEW.fonds AND jaar = NEW.jaar AND status = 'aangevraagd' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'bijdrageronde %-% wordt nu niet vastgesteld', NEW.fonds, NEW.jaar
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bijdrage_in_ronde BEFORE INSERT ON bijdrage FOR EACH ROW EXECUTE FUNCTION bijdrage_in_ronde();
CREATE FUNCTION bijdrage_is_vastgesteld() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.bijdrageronde JOIN public.omslag USING (fonds, jaar)
                   WHERE fonds = NEW.fonds AND jaar = NEW.jaar AND status = 'vastgesteld'
                   AND omslag.peildatum = NEW.peildatum) THEN
        RAISE EXCEPTION 'bijdrage % hoort bij geen vastgestelde ronde van haar peildatum', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER bijdrage_klopt ON bijdrage;
CREATE CONSTRAINT TRIGGER bijdrage_klopt AFTER INSERT ON bijdrage DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION bijdrage_is_vastgesteld();
CREATE OR REPLACE FUNCTION controleer_bijdrageronde() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE aantal bigint; cent numeric; verwacht_aantal bigint; verwacht_cent numeric;
BEGIN
    SELECT count(bijdrage.id), coalesce(sum(bijdrage.bedrag_cent), 0),
           CASE WHEN ronde.status = 'vastgesteld' THEN ronde.aantal ELSE 0 END,
           CASE WHEN ronde.status = 'vastgesteld' THEN omslag.bedrag_cent ELSE 0 END
        INTO aantal, cent, verwacht_aantal, verwacht_cent
        FROM public.bijdrageronde AS ronde JOIN public.omslag USING (fonds, jaar) LEFT JOIN public.bijdrage USING (fonds, jaar)
        WHERE fonds = NEW.fonds AND jaar = NEW.jaar GROUP BY ronde.status, ronde.aantal, omslag.bedrag_cent;
    IF (aantal, cent) IS DISTINCT FROM (verwacht_aantal, verwacht_cent) THEN
        RAISE EXCEPTION 'bijdragen %-%: % van samen % cent, verwacht % van samen %', NEW.fonds, NEW.jaar,
            aantal, cent, verwacht_aantal, verwacht_cent USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
ALTER TABLE bijdrageronde ADD CONSTRAINT bijdrageronde_probleem_check CHECK (jsonb_typeof(probleem) = 'object') NOT VALID;

-- The outermost wall; the API has a narrower window. Not validated: what was booked before stays as it was booked.
ALTER TABLE boeking
    ADD CONSTRAINT boeking_boekdatum_check CHECK (boekdatum BETWEEN '2000-01-01' AND '2100-12-31') NOT VALID,
    ADD CONSTRAINT boeking_geboekt_op_check CHECK (isfinite(geboekt_op)) NOT VALID;

REVOKE INSERT ON boeking FROM fonds_api;
GRANT INSERT (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) ON boeking TO fonds_api;
REVOKE UPDATE ON bijdrageronde FROM fonds_api;
GRANT UPDATE (status, aangevraagd_op, vastgesteld_op, aantal, probleem) ON bijdrageronde TO fonds_api;
ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp;

-- The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
-- it is.
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging();

REVOKE INSERT ON idempotentie FROM fonds_api;
GRANT INSERT (afzender, sleutel, vingerafdruk) ON idempotentie TO fonds_api;
REVOKE UPDATE ON idempotentie FROM fonds_api;
GRANT UPDATE (status, kopregels, antwoord) ON idempotentie TO fonds_api;

-- `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now();

REVOKE INSERT ON audit FROM fonds_api;
GRANT INSERT (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) ON audit TO fonds_api;

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

REVOKE UPDATE ON outbox FROM fonds_api;
GRANT UPDATE (pogingen, volgende_poging_op, onderweg, verzonden_op, geweigerd_op, antwoord_pad, fout) ON outbox TO fonds_api;
REVOKE ALL ON SEQUENCE audit_id_seq FROM fonds_api;
REVOKE ALL ON SEQUENCE boeking_volgnummer_seq FROM fonds_api;
REVOKE ALL ON SEQUENCE outbox_volgnummer_seq FROM fonds_api;
REVOKE ALL ON SEQUENCE procrastinate_workers_id_seq FROM fonds_api;

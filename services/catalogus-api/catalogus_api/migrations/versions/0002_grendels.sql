-- Infinity is a date to PostgreSQL and to nobody who reads it.
ALTER TABLE gemeente ADD CONSTRAINT gemeente_dagen_check CHECK (isfinite(begindatum) AND isfinite(einddatum));
ALTER TABLE herindeling ADD CONSTRAINT herindeling_ingangsdatum_check CHECK (isfinite(ingangsdatum));
ALTER TABLE inwonertal ADD CONSTRAINT inwonertal_peildatum_check CHECK (isfinite(peildatum));

REVOKE UPDATE ON gemeente FROM catalogus_api;
GRANT UPDATE (naam, provincie, begindatum, einddatum) ON gemeente TO catalogus_api;
REVOKE UPDATE ON herindeling FROM catalogus_api;
GRANT UPDATE (soort, nieuw_ingesteld, grondslag) ON herindeling TO catalogus_api;
REVOKE UPDATE ON inwonertal FROM catalogus_api;
GRANT UPDATE (aantal) ON inwonertal TO catalogus_api;
REVOKE UPDATE ON voorziening FROM catalogus_api;
GRANT UPDATE (naam, soort, domein, omschrijving, eigenaar, fase, mate_van_binding, bronvermelding) ON voorziening TO
    catalogus_api;
ALTER FUNCTION weiger_wijziging() SET search_path = pg_catalog, pg_temp;

-- The one change that a row of idempotentie has is that it gets its answer. Its key no right allows to change, nor to say how old
-- it is.
CREATE TRIGGER idempotentie_antwoord_blijft BEFORE UPDATE ON idempotentie FOR EACH ROW
    WHEN (OLD.status IS NOT NULL OR NEW.status IS NULL OR NEW.kopregels IS NULL OR NEW.antwoord IS NULL)
    EXECUTE FUNCTION weiger_wijziging();

REVOKE INSERT ON idempotentie FROM catalogus_api;
GRANT INSERT (afzender, sleutel, vingerafdruk) ON idempotentie TO catalogus_api;
REVOKE UPDATE ON idempotentie FROM catalogus_api;
GRANT UPDATE (status, kopregels, antwoord) ON idempotentie TO catalogus_api;

-- `op` is the service's clock, which its role can set as it likes; this one is the database's. Empty for earlier rows.
ALTER TABLE audit ADD geschreven_op timestamptz;
ALTER TABLE audit ALTER geschreven_op SET DEFAULT now();

REVOKE INSERT ON audit FROM catalogus_api;
GRANT INSERT (op, peer_id, delegator_id, transactie_id, handeling, onderwerp, wijziging) ON audit TO catalogus_api;
REVOKE ALL ON SEQUENCE audit_id_seq FROM catalogus_api;

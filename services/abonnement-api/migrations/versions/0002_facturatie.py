"""Facturatierondes and facturen. An invoice and its lines never change."""

from alembic import op
from gemeengoed_kit.migrations import freeze, grant

revision = "0002"
down_revision = "0001"
ROLE = "abonnement_api"

TABLES = """
CREATE TABLE facturatieronde (
    jaar integer PRIMARY KEY, tariefbesluit text NOT NULL REFERENCES tariefbesluit,
    peildatum date NOT NULL, factuurdatum date NOT NULL,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'gefactureerd', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL, gefactureerd_op timestamptz,
    CHECK ((status = 'mislukt') = (probleem IS NOT NULL)),
    CHECK ((status = 'gefactureerd') = (gefactureerd_op IS NOT NULL)));
CREATE TABLE factuurnummering (jaar integer PRIMARY KEY, laatste integer NOT NULL CHECK (laatste >= 0));
CREATE TABLE factuur (
    nummer text PRIMARY KEY, jaar integer NOT NULL REFERENCES facturatieronde, volgnummer integer NOT NULL,
    abonnement uuid NOT NULL REFERENCES abonnement, gemeentecode text NOT NULL, gemeentenaam text NOT NULL,
    tariefbesluit text NOT NULL, pakket text NOT NULL, tarief_per_inwoner numeric(9, 4) NOT NULL,
    inwoners integer NOT NULL CHECK (inwoners > 0), peildatum date NOT NULL,
    factuurdatum date NOT NULL, vervaldatum date NOT NULL, bedrag_cent bigint NOT NULL CHECK (bedrag_cent > 0),
    betalingskenmerk text NOT NULL UNIQUE CHECK (betalingskenmerk ~ '^[0-9]{16}$'), vastgesteld_op timestamptz NOT NULL,
    UNIQUE (jaar, volgnummer), UNIQUE (jaar, gemeentecode), UNIQUE (jaar, abonnement),
    CHECK (nummer = jaar || '-' || lpad(volgnummer::text, 6, '0')), CHECK (factuurdatum <= vervaldatum),
    FOREIGN KEY (tariefbesluit, pakket) REFERENCES pakket);
CREATE INDEX factuur_gemeentecode_idx ON factuur (gemeentecode);
CREATE TABLE factuurregel (
    factuur text REFERENCES factuur, dienst text REFERENCES dienst, bedrag_cent bigint NOT NULL CHECK (bedrag_cent >= 0),
    PRIMARY KEY (factuur, dienst));
"""

# At commit, so that an invoice and its lines may be inserted in any order, and no line can be added later.
LINES_ADD_UP = """
CREATE FUNCTION factuur_is_som_van_regels() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    welke text := CASE TG_TABLE_NAME WHEN 'factuur' THEN to_jsonb(NEW) ->> 'nummer' ELSE to_jsonb(NEW) ->> 'factuur' END;
BEGIN
    IF (SELECT bedrag_cent FROM factuur WHERE nummer = welke)
       IS DISTINCT FROM (SELECT sum(bedrag_cent) FROM factuurregel WHERE factuur = welke) THEN
        RAISE EXCEPTION 'de regels van factuur % tellen niet op tot haar bedrag', welke
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER factuur_telt_op AFTER INSERT ON factuur DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuur_is_som_van_regels();
CREATE CONSTRAINT TRIGGER factuurregel_telt_op AFTER INSERT ON factuurregel DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION factuur_is_som_van_regels();
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(LINES_ADD_UP)
    grant(ROLE, "facturatieronde", "SELECT, INSERT, UPDATE")
    grant(ROLE, "factuurnummering", "SELECT, INSERT, UPDATE")
    freeze(ROLE, "factuur")
    freeze(ROLE, "factuurregel")

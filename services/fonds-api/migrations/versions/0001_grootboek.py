"""Fondsen, rekeningen and the ledger: balanced and unchangeable, by the database itself."""

from alembic import op
from gemeengoed_kit.migrations import create_kit_tables, freeze, grant, grant_sequences

revision = "0001"
down_revision = None
ROLE = "fonds_api"

TABLES = """
CREATE TABLE fonds (
    code text PRIMARY KEY CHECK (code ~ '^[a-z]+$'),
    naam text NOT NULL, omschrijving text NOT NULL, bronvermelding text NOT NULL,
    boekingsrollen text[] NOT NULL CHECK (cardinality(boekingsrollen) > 0));
CREATE TABLE rekening (
    fonds text REFERENCES fonds, nummer text CHECK (nummer ~ '^[0-9]{4}$'),
    naam text NOT NULL, soort text NOT NULL CHECK (soort IN ('activa', 'passiva', 'baten', 'lasten')),
    PRIMARY KEY (fonds, nummer));
CREATE TABLE boeking (
    id uuid PRIMARY KEY, volgnummer bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    fonds text NOT NULL REFERENCES fonds, boekdatum date NOT NULL, geboekt_op timestamptz NOT NULL,
    omschrijving text NOT NULL, bron text NOT NULL, pad text NOT NULL,
    aantal_regels integer NOT NULL CHECK (aantal_regels >= 2),
    UNIQUE (fonds, bron, pad), UNIQUE (id, fonds));
CREATE INDEX boeking_fonds_boekdatum_idx ON boeking (fonds, boekdatum);
CREATE INDEX boeking_pad_idx ON boeking (pad);
CREATE TABLE boekingsregel (
    boeking uuid, regelnummer integer CHECK (regelnummer >= 1),
    fonds text NOT NULL, rekening text NOT NULL, bedrag_cent bigint NOT NULL CHECK (bedrag_cent <> 0),
    PRIMARY KEY (boeking, regelnummer),
    FOREIGN KEY (boeking, fonds) REFERENCES boeking (id, fonds),
    FOREIGN KEY (fonds, rekening) REFERENCES rekening);
CREATE INDEX boekingsregel_fonds_rekening_idx ON boekingsregel (fonds, rekening);
"""

# A boeking says how many lines it has, numbered from 1. Once they are all there, no number is left for another,
# so checking at commit that they are all there and add up to zero is enough, whatever the session does.
TRIGGERS = """
CREATE FUNCTION weiger_regel_erbij() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.regelnummer > (SELECT aantal_regels FROM public.boeking WHERE id = NEW.boeking) THEN
        RAISE EXCEPTION 'boeking % heeft al haar regels al', NEW.boeking USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER boekingsregel_niet_erbij BEFORE INSERT ON boekingsregel
    FOR EACH ROW EXECUTE FUNCTION weiger_regel_erbij();
CREATE FUNCTION controleer_boeking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE aantal bigint; saldo numeric;
BEGIN
    SELECT count(*), coalesce(sum(bedrag_cent), 0) INTO aantal, saldo
        FROM public.boekingsregel WHERE boeking = NEW.id;
    IF aantal <> NEW.aantal_regels THEN
        RAISE EXCEPTION 'boeking % heeft % van haar % regels', NEW.id, aantal, NEW.aantal_regels
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF saldo <> 0 THEN
        RAISE EXCEPTION 'boeking % is niet in evenwicht, verschil % cent', NEW.id, saldo
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER boeking_in_evenwicht AFTER INSERT ON boeking DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION controleer_boeking();
"""


def upgrade() -> None:
    create_kit_tables(ROLE, jobs=True)
    op.execute(TABLES)
    op.execute(TRIGGERS)
    for table in ("fonds", "rekening"):
        grant(ROLE, table, "SELECT")
    for table in ("boeking", "boekingsregel"):
        freeze(ROLE, table)
    grant_sequences(ROLE)

"""Aanbieders, diensten, tariefbesluiten and abonnementen; the decision of 30-11-2016."""

from alembic import op
from gemeengoed_kit.migrations import create_kit_tables, freeze, grant

revision = "0001"
down_revision = None
ROLE = "abonnement_api"

TABLES = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE aanbieder (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'), naam text NOT NULL);
CREATE TABLE dienst (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'), naam text NOT NULL,
    aanbieder text NOT NULL REFERENCES aanbieder, voorziening text,
    rekening_gefactureerd text NOT NULL, rekening_af_te_dragen text NOT NULL);
CREATE TABLE tariefbesluit (
    id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]+$'),
    datum date NOT NULL, gremium text NOT NULL, omschrijving text NOT NULL, bronvermelding text NOT NULL,
    prijspeil integer NOT NULL, eerste_jaar integer NOT NULL, laatste_jaar integer NOT NULL,
    CHECK (eerste_jaar <= laatste_jaar));
CREATE TABLE pakket (
    tariefbesluit text REFERENCES tariefbesluit, code text CHECK (code ~ '^[a-z0-9-]+$'),
    naam text NOT NULL, tarief_per_inwoner numeric(9, 4) NOT NULL CHECK (tarief_per_inwoner > 0),
    PRIMARY KEY (tariefbesluit, code));
CREATE TABLE pakketdienst (
    tariefbesluit text, pakket text, dienst text REFERENCES dienst,
    PRIMARY KEY (tariefbesluit, pakket, dienst), FOREIGN KEY (tariefbesluit, pakket) REFERENCES pakket);
CREATE TABLE verdeelsleutel (
    tariefbesluit text REFERENCES tariefbesluit, dienst text REFERENCES dienst,
    gewicht numeric(12, 4) NOT NULL CHECK (gewicht > 0), PRIMARY KEY (tariefbesluit, dienst));
CREATE TABLE collectieve_aanmelding (
    id uuid PRIMARY KEY, vingerafdruk bytea NOT NULL UNIQUE,
    begindatum date NOT NULL, einddatum date NOT NULL, pakket text NOT NULL, uitzonderingen jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('aangevraagd', 'verwerkt', 'mislukt')), probleem jsonb,
    aangevraagd_op timestamptz NOT NULL, afgerond_op timestamptz,
    CHECK (begindatum <= einddatum), CHECK ((status = 'mislukt') = (probleem IS NOT NULL)));
CREATE TABLE abonnement (
    id uuid PRIMARY KEY, gemeentecode text NOT NULL CHECK (gemeentecode ~ '^GM[0-9]{4}$'), gemeentenaam text NOT NULL,
    pakket text NOT NULL, begindatum date NOT NULL, einddatum date NOT NULL,
    aanmelding uuid NOT NULL REFERENCES collectieve_aanmelding,
    CHECK (begindatum <= einddatum),
    CONSTRAINT abonnement_overlap EXCLUDE USING gist (
        gemeentecode WITH =, daterange(begindatum, einddatum, '[]') WITH &&));
CREATE INDEX abonnement_aanmelding_idx ON abonnement (aanmelding);
"""

SEED = """
INSERT INTO aanbieder VALUES
    ('stichting-akj', 'stichting Advies- en Klachtenbureau jeugdzorg'),
    ('stichting-kindertelefoon', 'stichting Kindertelefoon'),
    ('stichting-sensoor', 'stichting Sensoor'),
    ('administratiebureau', 'administratiebureau');
INSERT INTO dienst VALUES
    ('vertrouwenswerk', 'Vertrouwenswerk jeugd', 'stichting-akj', 'vertrouwenswerk-jeugd', '2310', '2410'),
    ('kindertelefoon', 'Kindertelefoon', 'stichting-kindertelefoon', 'kindertelefoon', '2320', '2420'),
    ('luisterend-oor', 'Luisterend Oor', 'stichting-sensoor', 'luisterend-oor', '2330', '2430'),
    ('beheer-en-betaling', 'Beheer en betaling', 'administratiebureau', NULL, '2340', '2440');
INSERT INTO tariefbesluit VALUES (
    'balv-2016-11-30', '2016-11-30', 'BALV',
    'Prijs per inwoner voor Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor vanaf 2018',
    'VNG, BALV 30-11-2016, voorstel D', 2017, 2018, 2018);
INSERT INTO pakket VALUES
    ('balv-2016-11-30', 'volledig', 'Vertrouwenswerk jeugd, Kindertelefoon en Luisterend Oor', 0.90),
    ('balv-2016-11-30', 'zonder-luisterend-oor', 'Vertrouwenswerk jeugd en Kindertelefoon', 0.67);
INSERT INTO pakketdienst
    SELECT 'balv-2016-11-30', pakket.code, dienst.code FROM pakket CROSS JOIN dienst
    WHERE NOT (pakket.code = 'zonder-luisterend-oor' AND dienst.code = 'luisterend-oor');
INSERT INTO verdeelsleutel VALUES
    ('balv-2016-11-30', 'vertrouwenswerk', 7.5), ('balv-2016-11-30', 'kindertelefoon', 3.83),
    ('balv-2016-11-30', 'luisterend-oor', 3.94), ('balv-2016-11-30', 'beheer-en-betaling', 0.05);
"""


def upgrade() -> None:
    create_kit_tables(ROLE, jobs=True)
    op.execute(TABLES)
    op.execute(SEED)
    for table in ("aanbieder", "dienst"):
        grant(ROLE, table, "SELECT")
    for table in ("tariefbesluit", "pakket", "pakketdienst", "verdeelsleutel", "abonnement"):
        freeze(ROLE, table)
    grant(ROLE, "collectieve_aanmelding", "SELECT, INSERT, UPDATE")

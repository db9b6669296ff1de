"""Gemeenten, herindelingen, inwonertallen and voorzieningen."""

from alembic import op
from gemeengoed_kit.migrations import create_kit_tables, grant

revision = "0001"
down_revision = None
ROLE = "catalogus_api"

TABLES = """
CREATE TABLE gemeente (
    code text PRIMARY KEY CHECK (code ~ '^GM[0-9]{4}$'),
    naam text NOT NULL, provincie text NOT NULL,
    begindatum date, einddatum date, CHECK (begindatum <= einddatum));
CREATE TABLE herindeling (
    oude_code text REFERENCES gemeente, nieuwe_code text REFERENCES gemeente, ingangsdatum date,
    soort text NOT NULL, nieuw_ingesteld boolean NOT NULL, grondslag text,
    PRIMARY KEY (ingangsdatum, oude_code, nieuwe_code));
CREATE TABLE inwonertal (
    gemeentecode text REFERENCES gemeente, peildatum date, aantal integer NOT NULL CHECK (aantal > 0),
    PRIMARY KEY (gemeentecode, peildatum));
CREATE INDEX inwonertal_peildatum_idx ON inwonertal (peildatum);
CREATE TABLE voorziening (
    code text PRIMARY KEY CHECK (code ~ '^[a-z0-9-]+$'),
    naam text NOT NULL, soort text NOT NULL, domein text NOT NULL, omschrijving text NOT NULL, eigenaar text NOT NULL,
    fase text NOT NULL, mate_van_binding text NOT NULL, bronvermelding text NOT NULL);
"""


def upgrade() -> None:
    op.execute(TABLES)
    create_kit_tables(ROLE, jobs=False)
    for table in ("gemeente", "herindeling", "inwonertal", "voorziening"):
        grant(ROLE, table, "SELECT, INSERT, UPDATE")

"""The service's role corrects what it holds, and never what a row is about."""

from alembic import op
from gemeengoed_kit.migrations import grant_update, guard_kit_tables

revision = "0002"
down_revision = "0001"
ROLE = "catalogus_api"

CHANGING = {
    "gemeente": "naam, provincie, begindatum, einddatum",
    "herindeling": "soort, nieuw_ingesteld, grondslag",
    "inwonertal": "aantal",
    "voorziening": "naam, soort, domein, omschrijving, eigenaar, fase, mate_van_binding, bronvermelding",
}

# Infinity is a date to PostgreSQL and to nobody who reads it.
DAYS = """
ALTER TABLE gemeente ADD CONSTRAINT gemeente_dagen_check CHECK (isfinite(begindatum) AND isfinite(einddatum));
ALTER TABLE herindeling ADD CONSTRAINT herindeling_ingangsdatum_check CHECK (isfinite(ingangsdatum));
ALTER TABLE inwonertal ADD CONSTRAINT inwonertal_peildatum_check CHECK (isfinite(peildatum))"""


def upgrade() -> None:
    op.execute(DAYS)
    for table, columns in CHANGING.items():
        grant_update(ROLE, table, columns)
    guard_kit_tables(ROLE, jobs=False)

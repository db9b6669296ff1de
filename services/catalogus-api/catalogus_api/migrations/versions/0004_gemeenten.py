"""Identifications, corrections of figures, herindelingen as one operation, and samenwerkingsverbanden."""

from gemeengoed_kit.migrations import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run_sql(__file__)

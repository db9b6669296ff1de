"""Aanbieders, diensten, tariefbesluiten and abonnementen; the decision of 30-11-2016."""

from gemeengoed_kit.migrations import run_queue, run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_queue()
    run_sql(__file__)

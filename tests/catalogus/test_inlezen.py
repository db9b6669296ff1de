"""Loading the reference data."""

from __future__ import annotations

from catalogus_api.gemeente.models import Gemeente
from catalogus_api.inlezen import inlezen
from gemeengoed_kit.audit import AuditRow
from sqlalchemy import func, select


def test_tweede_keer_verandert_niets(context):
    with context.sessions.begin() as session:
        assert not any(inlezen(session, context.clock).values())
        assert session.scalar(select(func.count()).select_from(AuditRow)) == 1


def test_afwijkende_rij_wordt_hersteld(context):
    with context.sessions.begin() as session:
        session.get_one(Gemeente, "GM0344").naam = "Verkeerd"
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["gemeente"] == 1
    with context.sessions() as session:
        assert session.get_one(Gemeente, "GM0344").naam == "Utrecht"

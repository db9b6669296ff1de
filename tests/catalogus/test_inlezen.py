"""Loading the reference data."""

from __future__ import annotations

from catalogus_api.gemeente.models import Gemeente
from catalogus_api.inlezen import inlezen
from catalogus_api.routekaart import service as routekaart
from gemeengoed_kit.audit import Actor, AuditRow
from sqlalchemy import func, select

from tests.catalogus.mijlpalen import Beheer, mijlpaal


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


def test_mijlpaal_die_iemand_wijzigde_blijft_en_een_andere_volgt_de_bron(context, client, issuer):
    beheer = Beheer(client, issuer)
    beheer.wijzig("govroam-landelijk-dekkend", 1, status="gehaald")
    regels = [{**mijlpaal(id), "naam": "Zo staat het nu in de bron"} for id in ("govroam-landelijk-dekkend", "gibit-86-procent")]
    with context.work(Actor()) as work:
        assert routekaart.inlezen(work, regels) == 1
    with context.work(Actor()) as work:
        assert routekaart.inlezen(work, regels) == 0
    assert beheer.zie("/mijlpalen/govroam-landelijk-dekkend")["status"] == "gehaald"
    gevolgd = beheer.zie("/mijlpalen/gibit-86-procent")
    assert (gevolgd["naam"], gevolgd["versie"]) == ("Zo staat het nu in de bron", 2)

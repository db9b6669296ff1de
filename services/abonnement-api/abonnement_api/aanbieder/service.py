"""Use cases of aanbieders; all of them read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery, select_objects
from gemeengoed_kit.schema import Reference
from sqlalchemy import select

from abonnement_api.aanbieder import models
from abonnement_api.aanbieder.rules import sleutel
from abonnement_api.aanbieder.schemas import Aanbieder, Aandeel, Dienst


def list_aanbieders(work: Work, wens: PageQuery) -> tuple[int, list[Aanbieder]]:
    """(number in all, aanbieders of this page), by code."""
    count, rows = select_objects(work.session, select(models.Aanbieder).order_by(models.Aanbieder.code), wens)
    diensten = list_diensten(work)
    return count, [
        Aanbieder.make(
            code=rij.code, naam=rij.naam, diensten=[_weergave(dienst) for dienst in diensten if dienst.aanbieder == rij.code]
        )
        for rij in rows
    ]


def list_diensten(work: Work) -> Sequence[models.Dienst]:
    """Every dienst, by code; for the other features of this service."""
    return work.session.scalars(select(models.Dienst).order_by(models.Dienst.code)).all()


def cent_per_dienst(work: Work, bedragen_cent: Mapping[str, int]) -> dict[str, int]:
    """Cents by code of the dienst as a total on the wire: every dienst present, in order of rekening."""
    diensten = sorted(list_diensten(work), key=lambda dienst: dienst.rekening_gefactureerd)
    return {sleutel(dienst.code): bedragen_cent.get(dienst.code, 0) for dienst in diensten}


def aandelen(work: Work, bedragen_cent: Mapping[str, int]) -> list[Aandeel]:
    """Cents by code of the dienst as a total per aanbieder: every aanbieder present, in order of rekening."""
    totalen: dict[str, int] = {}
    for dienst in sorted(list_diensten(work), key=lambda dienst: dienst.rekening_af_te_dragen):
        totalen[dienst.aanbieder] = totalen.get(dienst.aanbieder, 0) + bedragen_cent.get(dienst.code, 0)
    return [Aandeel.make(aanbieder=aanbieder, bedrag_cent=cent) for aanbieder, cent in totalen.items()]


def _weergave(dienst: models.Dienst) -> Dienst:
    voorziening = Reference(bron="catalogus", pad=f"/v1/voorzieningen/{dienst.voorziening}") if dienst.voorziening else None
    return Dienst.make(code=dienst.code, sleutel=sleutel(dienst.code), naam=dienst.naam, voorziening=voorziening)

"""Use cases of aanbieders; they only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference

from abonnement_api.aanbieder import repository
from abonnement_api.aanbieder.rules import sleutel
from abonnement_api.aanbieder.schemas import Aanbieder, Aandeel, Dienst


def list_aanbieders(work: Work, wens: PageQuery) -> tuple[int, list[Aanbieder]]:
    """(total number, aanbieders of this page), by code."""
    count, rows = repository.list_aanbieders(work.session, wens)
    diensten = list_diensten(work)
    return count, Aanbieder.from_rows(
        rows, lambda rij: {"diensten": Dienst.from_rows([d for d in diensten if d.aanbieder == rij.code], _dienst)}
    )


def reeksen(work: Work) -> dict[str, int]:
    """Every aanbieder (by code) to its series of invoice numbers; for the other features of this service."""
    return repository.reeksen(work.session)


def namen(work: Work) -> dict[str, str]:
    """Every aanbieder (by code) to its name; for the other features of this service."""
    return repository.namen(work.session)


def list_diensten(work: Work) -> Sequence[Values]:
    """Every dienst, by code; for the other features of this service."""
    return repository.diensten(work.session)


def cent_per_dienst(diensten: Sequence[Values], bedragen_cent: Mapping[str, int]) -> dict[str, int]:
    """Convert cents by code of the dienst to a total on the wire: with every dienst, in order of rekening."""
    op_volgorde = sorted(diensten, key=lambda dienst: dienst.rekening_gefactureerd)
    return {sleutel(dienst.code): bedragen_cent.get(dienst.code, 0) for dienst in op_volgorde}


def aandelen(diensten: Sequence[Values], bedragen_cent: Mapping[str, int]) -> list[Aandeel]:
    """Convert cents by code of the dienst to a total per aanbieder: with every aanbieder, in order of rekening."""
    totalen: dict[str, int] = {}
    for dienst in sorted(diensten, key=lambda dienst: dienst.rekening_af_te_dragen):
        totalen[dienst.aanbieder] = totalen.get(dienst.aanbieder, 0) + bedragen_cent.get(dienst.code, 0)
    return [Aandeel.make(aanbieder=aanbieder, bedrag_cent=cent) for aanbieder, cent in totalen.items()]


def _dienst(rij: Values) -> dict[str, Any]:
    voorziening = Reference(bron="catalogus", pad=f"/v1/voorzieningen/{rij.voorziening}") if rij.voorziening else None
    return {"sleutel": sleutel(rij.code), "voorziening": voorziening}

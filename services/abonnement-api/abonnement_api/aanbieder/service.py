"""Use cases of aanbieders; they only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight

from abonnement_api.aanbieder import repository
from abonnement_api.aanbieder.errors import ContractNoemtOnbekendeAanbieder
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


def eisen_bekend(work: Work, code: str) -> None:
    """Refuse a caller whose contract names an aanbieder that does not exist.

    Raises:
        ContractNoemtOnbekendeAanbieder: names the code.
    """
    if code not in repository.reeksen(work.session):
        raise ContractNoemtOnbekendeAanbieder(
            f"Uw contract noemt aanbieder {code} (eigenschap gemeengoed.aanbieder); die is er niet."
        )


def namen(work: Work) -> dict[str, str]:
    """Every aanbieder (by code) to its name; for the other features of this service."""
    return repository.namen(work.session)


def list_diensten(work: Work) -> Sequence[Values]:
    """Every dienst, by code; for the other features of this service."""
    return repository.diensten(work.session)


def zichtbare_diensten(work: Work, zicht: Sight) -> Sequence[Values]:
    """The diensten that a caller may see the money of, in order of rekening: an aanbieder its own."""
    return sorted(repository.diensten(work.session, zicht), key=lambda dienst: str(dienst.rekening_gefactureerd))


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

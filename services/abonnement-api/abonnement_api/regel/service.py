"""Use cases of lines per dienst; they only read."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from abonnement_api.catalogus import gemeente
from abonnement_api.regel import repository
from abonnement_api.regel.schemas import (
    Dienstfactuurregel,
    Diensttoewijzing,
    Dienstverdelingsregel,
    RegelsFilter,
    VerdelingsregelsFilter,
)


def list_factuurregels(work: Work, zicht: Sight, wens: RegelsFilter) -> tuple[int, list[Dienstfactuurregel], dict[str, int]]:
    """(total number, lines of this page, sums over all pages) that the caller may see."""
    count, rijen, totaal, openstaand = repository.list_factuurregels(work.session, zicht, wens)
    regels = Dienstfactuurregel.from_rows(
        rijen,
        lambda rij: {
            "gemeente": gemeente(rij.gemeentecode),
            "openstaand_cent": rij.bedrag_cent - rij.gecrediteerd_cent - rij.betaald_cent,
        },
    )
    return count, regels, {"totaal_cent": totaal, "openstaand_cent": openstaand}


def list_toewijzingen(work: Work, zicht: Sight, wens: RegelsFilter) -> tuple[int, list[Diensttoewijzing], dict[str, int]]:
    """(total number, lines of this page, sum over all pages) that the caller may see."""
    count, rijen, totaal = repository.list_toewijzingen(work.session, zicht, wens)
    return count, Diensttoewijzing.from_rows(rijen), {"totaal_cent": totaal}


def list_verdelingsregels(
    work: Work, zicht: Sight, wens: VerdelingsregelsFilter
) -> tuple[int, list[Dienstverdelingsregel], dict[str, int]]:
    """(total number, lines of this page, sum over all pages) that the caller may see."""
    count, rijen, totaal = repository.list_verdelingsregels(work.session, zicht, wens)
    regels = Dienstverdelingsregel.from_rows(rijen, lambda rij: {"verdeling": f"/v1/verdelingen/{rij.verdeling}"})
    return count, regels, {"totaal_cent": totaal}

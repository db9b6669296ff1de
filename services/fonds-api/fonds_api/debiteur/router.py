"""HTTP of debiteuren."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.pagination import InPages, listing
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.debiteur import service
from fonds_api.debiteur.schemas import DebiteurenFilter, DebiteurenPagina
from fonds_api.toegang import BIJDRAGELEZERS, InZicht

debiteuren = router("/debiteuren", "nota's")


@debiteuren.get("", **listing("debiteuren", roles(*BIJDRAGELEZERS)))
@refuses(GeenGemeentecode)
def list_debiteuren(work: InWork, zicht: InZicht, wens: Annotated[DebiteurenFilter, Query()], pages: InPages) -> DebiteurenPagina:
    """Wat gemeenten per fonds hebben openstaan, naar ouderdom op een dag; een gemeente ziet alleen zichzelf. Alle debiteuren
    van een fonds samen zijn het saldo van rekening 1300, voor zover daar nota's en ontvangsten op zijn geboekt."""
    return pages.make(DebiteurenPagina, wens, *service.list_debiteuren(work, zicht, wens))

"""HTTP of what is left of budgets."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.errors import refuses
from gemeengoed_kit.route import InWork, roles, router

from fonds_api.begroting import service as begroting
from fonds_api.bijdrage.errors import GeenGemeentecode
from fonds_api.budget import service
from fonds_api.budget.errors import VastgesteldeBegrotingNietGevonden
from fonds_api.budget.schemas import Ruimtevraag, VrijeRuimte
from fonds_api.fonds.schemas import Fondscode
from fonds_api.toegang import BEGROTINGLEZERS, InRuimtezicht

vrije_ruimte = router("/fondsen", "begrotingen")


@vrije_ruimte.get(
    "/{code}/vrije-ruimte",
    summary="Vrije ruimte opvragen",
    response_description="Begroot, verplicht, besteed en vrij.",
    dependencies=[roles(*BEGROTINGLEZERS)],
)
@refuses(VastgesteldeBegrotingNietGevonden, GeenGemeentecode)
def get_vrije_ruimte(work: InWork, zicht: InRuimtezicht, code: Fondscode, vraag: Annotated[Ruimtevraag, Query()]) -> VrijeRuimte:
    """Wat er van de vastgestelde begroting van een jaar is begroot, verplicht, besteed en vrij: per begrotingspost, per
    prioriteit en in totaal, op één moment. De btw is een post op zichzelf, zoals in de begroting."""
    geldend = begroting.geldende(work, code, [vraag.jaar]).get(vraag.jaar)
    return service.get_vrije_ruimte(work, zicht, code, vraag.jaar, geldend)

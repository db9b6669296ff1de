"""HTTP of the verantwoording (account of the money), for the administratie."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from gemeengoed_kit.route import InWork, roles, router

from abonnement_api.toegang import LEZERS
from abonnement_api.verantwoording import service
from abonnement_api.verantwoording.schemas import Stand, StandFilter

verantwoording = router("/verantwoording", "verantwoording")


@verantwoording.get(
    "/stand", summary="Stand van het geld opvragen", response_description="De stand.", dependencies=[roles(*LEZERS)]
)
def get_stand(work: InWork, wens: Annotated[StandFilter, Query()]) -> Stand:
    """Wat is gefactureerd, ontvangen, verdeeld en nog open, van een jaar of van alles."""
    return service.get_stand(work, wens.jaar)

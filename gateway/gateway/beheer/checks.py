"""HTTP route for the doctor."""

from __future__ import annotations

from gemeengoed_kit.route import roles, router

from gateway.beheer.access import ROLE, Place
from gateway.beheer.schemas import checks as schemas
from gateway.controle.service import examine

checks = router("/controle", "controle")


@checks.get("", summary="Gateway controleren", response_description="De bevindingen.", dependencies=[roles(ROLE)])
def get_controle(place: Place) -> schemas.Controle:
    """Onderzoek de hele gateway: certificaten, klokken, poorten, andere peers, contracten, bezorgingen en het log. Duurt ten
    hoogste een halve minuut en verandert niets."""
    return schemas.Controle.make(
        results=[
            schemas.Bevinding.make(
                ernst=one.severity,
                onderdeel=one.component,
                peer_id=one.peer_id,
                verwacht=one.expected,
                gevonden=one.found,
                te_doen=one.advice,
            )
            for one in examine(place)
        ]
    )

"""Use cases of bounds."""

from __future__ import annotations

from dataclasses import fields

from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery

from abonnement_api.facturatiegrens import repository
from abonnement_api.facturatiegrens.rules import Grenzen
from abonnement_api.facturatiegrens.schemas import Facturatiegrenzen, FacturatiegrenzenInvoer


def leg_vast(work: Work, vanaf_jaar: int, invoer: FacturatiegrenzenInvoer) -> Facturatiegrenzen:
    """Add a version of the bounds from a year on; previews that were made do not change."""
    waarden = {"vanaf_jaar": vanaf_jaar, **invoer.model_dump(), "vastgelegd_op": work.clock.now()}
    versie = repository.add(work.session, waarden)
    work.record(
        action="facturatiegrens.vastleggen",
        subject=f"/v1/facturatiegrenzen/{vanaf_jaar}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Facturatiegrenzen.make(**waarden, versie=versie)


def list_grenzen(work: Work, wens: PageQuery) -> tuple[int, list[Facturatiegrenzen]]:
    """(total number, bounds of this page), by first year and version."""
    count, rows = repository.list_grenzen(work.session, wens)
    return count, Facturatiegrenzen.from_rows(rows)


def van(work: Work, jaar: int) -> Grenzen:
    """The bounds of a year; those of `rules.Grenzen` when nothing was put down."""
    rij = repository.van(work.session, jaar)
    return Grenzen() if rij is None else Grenzen(**{veld.name: getattr(rij, veld.name) for veld in fields(Grenzen)})

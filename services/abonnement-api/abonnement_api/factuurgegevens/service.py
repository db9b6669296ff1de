"""Use cases of what gemeenten want on their invoices."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import Sight, found

from abonnement_api.factuurgegevens import repository, rules
from abonnement_api.factuurgegevens.errors import FactuurgegevensKloppenNiet, FactuurgegevensNietGevonden
from abonnement_api.factuurgegevens.schemas import Factuurgegevens, FactuurgegevensInvoer, FactuurgegevensLijst, Vastgelegd


def list_gegevens(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Factuurgegevens]]:
    """(total number, data of this page) that the caller may see, by gemeentecode."""
    count, rows = repository.list_gegevens(work.session, zicht, wens)
    return count, Factuurgegevens.from_rows(rows)


def get_gegevens(work: Work, zicht: Sight, gemeentecode: str) -> Factuurgegevens:
    """What a gemeente wants on its invoice.

    Raises:
        FactuurgegevensNietGevonden: nothing is known of it, or this caller may not see it.
    """
    rij = repository.find(work.session, zicht, gemeentecode)
    return Factuurgegevens.from_row(found(rij, FactuurgegevensNietGevonden, f"Van {gemeentecode} is niets vastgelegd."))


def leg_vast(work: Work, gemeentecode: str, invoer: FactuurgegevensInvoer) -> Factuurgegevens:
    """Add a version; what has been sent does not change.

    Raises:
        FactuurgegevensKloppenNiet: it has no buyer reference and no order number.
    """
    _controleer([(gemeentecode, invoer)])
    waarden = {"gemeentecode": gemeentecode, **invoer.model_dump(), "vastgelegd_op": work.clock.now()}
    versie = repository.add(work.session, [waarden])[gemeentecode]
    work.record(
        action="factuurgegevens.vastleggen",
        subject=f"/v1/factuurgegevens/{gemeentecode}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Factuurgegevens.make(**waarden, versie=versie)


def leg_alle_vast(work: Work, invoer: FactuurgegevensLijst) -> Vastgelegd:
    """Add a version of each of these gemeenten, all or none.

    Raises:
        FactuurgegevensKloppenNiet: names all that is wrong.
    """
    _controleer([(een.gemeentecode, een) for een in invoer.gegevens])
    op = work.clock.now()
    versies = repository.add(work.session, [{**een.model_dump(), "vastgelegd_op": op} for een in invoer.gegevens])
    work.record(
        action="factuurgegevens.vastleggen", subject="/v1/factuurgegevens", change=invoer.model_dump(mode="json", by_alias=True)
    )
    return Vastgelegd.make(aantal=len(versies))


def van(work: Work, gemeentecodes: Collection[str]) -> dict[str, Values]:
    """Gemeentecode to what it wants on its invoice, of those that have told."""
    return repository.van(work.session, gemeentecodes)


def _controleer(gegevens: Sequence[tuple[str, FactuurgegevensInvoer]]) -> None:
    fouten = rules.fouten_in([(code, een.kenmerk_afnemer, een.ordernummer) for code, een in gegevens])
    if fouten:
        raise FactuurgegevensKloppenNiet(f"{'; '.join(fouten)}.")

"""Use cases of sellers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found

from abonnement_api.aanbieder.service import list_diensten, reeksen
from abonnement_api.verkoper import repository, rules
from abonnement_api.verkoper.errors import (
    AanbiederNietGevonden,
    BtwKloptNiet,
    OnbekendeDienst,
    OnmogelijkeVerkoopwijze,
    VerkopergegevensKloppenNiet,
    VerkopergegevensNietGevonden,
)
from abonnement_api.verkoper.rules import BUREAU, BUREAU_ZELF, PENVOERDER
from abonnement_api.verkoper.schemas import (
    BtwBehandeling,
    BtwInvoer,
    Verkoopwijze,
    VerkoopwijzeInvoer,
    Verkopergegevens,
    VerkopergegevensInvoer,
)


def get_gegevens(work: Work, code: str) -> Verkopergegevens:
    """The last version of the data of a seller.

    Raises:
        AanbiederNietGevonden, VerkopergegevensNietGevonden: there is no such aanbieder, or nothing of it.
    """
    _aanbieder(work, code)
    rij = found(repository.laatste_gegevens(work.session, code), VerkopergegevensNietGevonden, f"Van {code} is niets vastgelegd.")
    return Verkopergegevens.from_row(rij)


def leg_gegevens_vast(work: Work, code: str, invoer: VerkopergegevensInvoer) -> Verkopergegevens:
    """Add a version of the data of a seller; what has been sent does not change.

    Raises:
        AanbiederNietGevonden: there is no such aanbieder.
        VerkopergegevensKloppenNiet: a number has wrong check digits.
    """
    _aanbieder(work, code)
    if fouten := rules.fouten_in_nummers(invoer.btw_id, invoer.iban):
        raise VerkopergegevensKloppenNiet(f"{'; '.join(fouten)}.")
    repository.lock(work.session, f"verkoper {code}")
    waarden = {"aanbieder": code, **invoer.model_dump(), "vastgelegd_op": work.clock.now()}
    versie = repository.add_gegevens(work.session, waarden)
    work.record(
        action="verkoper.vastleggen",
        subject=f"/v1/aanbieders/{code}/verkopergegevens",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Verkopergegevens.make(**waarden, versie=versie)


def list_behandelingen(work: Work, code: str, wens: PageQuery) -> tuple[int, list[BtwBehandeling]]:
    """(total number, treatments of this page), by dienst and version.

    Raises:
        AanbiederNietGevonden: there is no such aanbieder.
    """
    _aanbieder(work, code)
    count, rows = repository.list_behandelingen(work.session, code, wens)
    return count, BtwBehandeling.from_rows(rows)


def leg_behandeling_vast(work: Work, code: str, dienst: str, invoer: BtwInvoer) -> BtwBehandeling:
    """Add a version of how a seller treats a dienst.

    Raises:
        AanbiederNietGevonden: there is no such aanbieder.
        OnbekendeDienst: there is no such dienst.
        BtwKloptNiet: its parts do not go together.
    """
    _aanbieder(work, code)
    if dienst not in {bestaand.code for bestaand in list_diensten(work)}:
        raise OnbekendeDienst(f"Er is geen dienst {dienst}.")
    if fouten := rules.fouten_in_btw(invoer.categorie, invoer.percentage, invoer.tekst):
        raise BtwKloptNiet(f"{'; '.join(fouten)}.")
    repository.lock(work.session, f"btw {code} {dienst}")
    waarden = {"verkoper": code, "dienst": dienst, **invoer.model_dump(), "vastgelegd_op": work.clock.now()}
    versie = repository.add_behandeling(work.session, waarden)
    work.record(
        action="btw.vastleggen",
        subject=f"/v1/aanbieders/{code}/btw/{dienst}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return BtwBehandeling.make(**waarden, versie=versie)


def list_wijzen(work: Work, wens: PageQuery) -> tuple[int, list[Verkoopwijze]]:
    """(total number, ways of selling of this page), by first year and version."""
    count, rows = repository.list_wijzen(work.session, wens)
    return count, Verkoopwijze.from_rows(rows)


def leg_wijze_vast(work: Work, vanaf_jaar: int, invoer: VerkoopwijzeInvoer) -> Verkoopwijze:
    """Add a version of who sells from a year on; what has been invoiced does not change.

    Raises:
        OnmogelijkeVerkoopwijze: the penvoerder is missing, superfluous, or delivers nothing.
    """
    stichtingen = {dienst.aanbieder for dienst in list_diensten(work)} - {BUREAU}
    if (invoer.wijze == PENVOERDER) != (invoer.penvoerder in stichtingen) or (
        invoer.wijze != PENVOERDER and invoer.penvoerder is not None
    ):
        raise OnmogelijkeVerkoopwijze(
            f"Penvoerder {invoer.penvoerder} past niet bij {invoer.wijze}: kies uit {', '.join(sorted(stichtingen))}."
        )
    repository.lock(work.session, f"verkoopwijze {vanaf_jaar}")
    waarden = {"vanaf_jaar": vanaf_jaar, **invoer.model_dump(), "vastgelegd_op": work.clock.now()}
    versie = repository.add_wijze(work.session, waarden)
    work.record(
        action="verkoopwijze.vastleggen",
        subject=f"/v1/verkoopwijzen/{vanaf_jaar}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Verkoopwijze.make(**waarden, versie=versie)


def wijze_van(work: Work, jaar: int) -> tuple[str, str | None]:
    """(way, penvoerder) in which a year is invoiced; by the bureau when nothing was put down."""
    rij = repository.wijze_van(work.session, jaar)
    return (BUREAU_ZELF, None) if rij is None else (rij.wijze, rij.penvoerder)


def gegevens_op(work: Work, aanbieders: Collection[str], dag: date) -> dict[str, Values]:
    """Aanbieder to its data on invoices of a day; those without any are left out."""
    return repository.gegevens_op(work.session, aanbieders, dag)


def behandelingen_op(work: Work, dag: date) -> Sequence[Values]:
    """The treatments on invoices of a day; of a seller and dienst the last one counts, and what is missing is not established."""
    return repository.behandelingen_op(work.session, dag)


def _aanbieder(work: Work, code: str) -> None:
    found(code if code in reeksen(work) else None, AanbiederNietGevonden, f"Er is geen aanbieder {code}.")

"""Use cases of who pays for others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from abonnement_api.betaler import repository, rules
from abonnement_api.betaler.errors import BetaalafspraakPastNiet, BetalerKloptNiet, BetalerNietGevonden, OnbekendeBetaler
from abonnement_api.betaler.schemas import (
    Betaalafspraak,
    BetaalafsprakenFilter,
    BetaalafsprakenVastgelegd,
    Betaler,
    BetalerInvoer,
    NieuweBetaalafspraken,
)
from abonnement_api.catalogus import gemeente
from abonnement_api.factuurgegevens import service as factuurgegevens


def list_betalers(work: Work, wens: PageQuery) -> tuple[int, list[Betaler]]:
    """(total number, betalers of this page), by code, each in its last version."""
    count, rows = repository.list_betalers(work.session, wens)
    return count, Betaler.from_rows(rows)


def get_betaler(work: Work, code: str) -> Betaler:
    """One betaler, in its last version.

    Raises:
        BetalerNietGevonden: there is none with this code.
    """
    return Betaler.from_row(found(repository.find(work.session, code), BetalerNietGevonden, f"Er is geen betaler {code}."))


def leg_vast(work: Work, code: str, invoer: BetalerInvoer) -> Betaler:
    """Add a version; what has been sent does not change.

    Raises:
        BetalerKloptNiet: it has no buyer reference and no order number.
    """
    if invoer.kenmerk_afnemer is None and invoer.ordernummer is None:
        raise BetalerKloptNiet(f"Betaler {code} heeft geen kenmerk en geen ordernummer.")
    repository.grendel(work.session)
    waarden, op = invoer.model_dump(), work.clock.now()
    versie = repository.add(work.session, code, waarden, op)
    work.record(
        action="betaler.vastleggen",
        subject=f"/v1/betalers/{code}",
        change={**invoer.model_dump(mode="json", by_alias=True), "versie": versie},
    )
    return Betaler.make(code=code, versie=versie, vastgelegd_op=op, **waarden)


def spreek_af(work: Work, nieuw: NieuweBetaalafspraken) -> BetaalafsprakenVastgelegd:
    """Let a betaler pay for gemeenten from a day on, all or none.

    Raises:
        OnbekendeBetaler: there is no such betaler.
        BetaalafspraakPastNiet: names every gemeente for which this does not follow on what was agreed.
        TooFarAhead: the day is more than a year from now.
    """
    require_near(work.clock, vanaf=nieuw.vanaf)
    repository.grendel(work.session)
    wie = repository.find(work.session, nieuw.betaler) if nieuw.betaler else None
    if nieuw.betaler and wie is None:
        raise OnbekendeBetaler(f"Er is geen betaler {nieuw.betaler}; leg hem eerst vast.")
    laatste = repository.laatste_dagen(work.session, nieuw.gemeentecodes)
    fouten = rules.fouten_in(nieuw.gemeentecodes, nieuw.vanaf, {code: dag for code, (dag, _) in laatste.items()})
    if fouten:
        raise BetaalafspraakPastNiet(f"{'; '.join(fouten)}.")
    vast = {
        "vanaf": nieuw.vanaf,
        "betaler": nieuw.betaler,
        "betaler_versie": wie.versie if wie else None,
        "bron": nieuw.bron,
        "vastgelegd_op": work.clock.now(),
    }
    repository.add_afspraken(
        work.session,
        [{"gemeentecode": code, "versie": laatste.get(code, (None, 0))[1] + 1, **vast} for code in sorted(nieuw.gemeentecodes)],
    )
    work.record(
        action="betaalafspraak.vastleggen", subject="/v1/betaalafspraken", change=nieuw.model_dump(mode="json", by_alias=True)
    )
    return BetaalafsprakenVastgelegd.make(aantal=len(nieuw.gemeentecodes), betaalafspraken=pad(nieuw))


def list_afspraken(work: Work, zicht: Sight, wens: BetaalafsprakenFilter) -> tuple[int, list[Betaalafspraak]]:
    """(total number, agreements of this page) that the caller may see."""

    def verder(rij: Values) -> dict[str, Any]:
        return {"gemeente": gemeente(rij.gemeentecode)}

    count, rows = repository.list_afspraken(work.session, zicht, wens)
    return count, Betaalafspraak.from_rows(rows, verder)


def op(work: Work, dagen: Mapping[str, date]) -> dict[str, rules.Betaler]:
    """Who pays for gemeenten, each on its own day: gemeentecode to betaler, of those that do not pay themselves."""
    if not dagen:
        return {}
    wie = rules.geldend(repository.afspraken(work.session, list(dagen)), dagen)
    namen = [veld.name for veld in fields(rules.Betaler)]
    betalers = {
        rij.code: rules.Betaler(**{naam: getattr(rij, naam) for naam in namen})
        for rij in repository.van(work.session, set(wie.values()))
    }
    return {code: betalers[betaler] for code, betaler in wie.items()}


def factuuradressen(work: Work, aan: Collection[tuple[str, str | None]]) -> dict[tuple[str, str | None], rules.Factuuradres]:
    """(gemeentecode, betaler) of invoices to where they go, of those of which that is known: to the betaler where there is one,
    else to the gemeente; as it is now."""
    zelf = factuurgegevens.van(work, {code for code, wie in aan if wie is None})
    betalers = {rij.code: rij for rij in repository.van(work.session, {wie for _, wie in aan if wie is not None})}
    namen = [veld.name for veld in fields(rules.Factuuradres)]
    gevonden = {sleutel: zelf.get(sleutel[0]) if sleutel[1] is None else betalers[sleutel[1]] for sleutel in aan}
    return {sleutel: _adres(rij, namen) for sleutel, rij in gevonden.items() if rij is not None}


def _adres(rij: Values, namen: list[str]) -> rules.Factuuradres:
    waarden: dict[str, Any] = {naam: getattr(rij, naam, None) for naam in namen}
    return rules.Factuuradres(**waarden)


def pad(nieuw: NieuweBetaalafspraken) -> str:
    """Path of what was agreed: of all gemeenten of a betaler, or of the first that pays itself."""
    if nieuw.betaler:
        return f"/v1/betaalafspraken?betaler={nieuw.betaler}"
    return f"/v1/betaalafspraken?gemeentecode={min(nieuw.gemeentecodes)}"

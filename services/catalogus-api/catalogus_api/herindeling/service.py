"""Use cases of changes of the indeling."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from catalogus_api.deelname import service as deelname
from catalogus_api.gemeente.schemas import Herindeling
from catalogus_api.gemeente.service import op_volgorde
from catalogus_api.herindeling import repository, rules
from catalogus_api.herindeling.errors import HerindelingPastNiet, IndelingswijzigingNietGevonden
from catalogus_api.herindeling.rules import Deel, Stand, Wijziging
from catalogus_api.herindeling.schemas import (
    Eindigt,
    Heet,
    HerindelingenFilter,
    Indelingswijziging,
    IndelingswijzigingInvoer,
    Ontvangt,
    Voorbeeld,
    Vorige,
)


@dataclass(frozen=True)
class Plan:
    """A change that fits, and what it was weighed against."""

    wijziging: Wijziging
    register: Mapping[str, Stand]
    peildatum: date | None


def list_herindelingen(work: Work, wens: HerindelingenFilter) -> tuple[int, list[Herindeling]]:
    """(number in all, herindelingen of this page), by date."""
    count, rows = repository.list_herindelingen(work.session, wens)
    return count, Herindeling.from_rows(rows)


def voorbeeld(work: Work, invoer: IndelingswijzigingInvoer) -> Voorbeeld:
    """What a change would do; nothing is written.

    Raises:
        HerindelingPastNiet: it does not fit; names everything for which it does not.
        TooFarAhead: it begins more than a year from now.
    """
    plan = _plan(work, invoer)
    delen, register = plan.wijziging.delen, plan.register
    na = rules.inwoners_na(plan.wijziging, register)
    namen = {gemeente.code: gemeente.naam for gemeente in invoer.nieuwe_gemeenten}
    eindigt = [
        Eindigt.make(
            code=code,
            naam=register[code].naam,
            einddatum=invoer.ingangsdatum - timedelta(days=1),
            opvolgers=sorted(deel.naar for deel in delen if deel.van == code),
            inwoners=register[code].inwoners,
        )
        for code in sorted({deel.van for deel in delen})
    ]
    ontvangt = [
        Ontvangt.make(
            code=code,
            naam=namen.get(code) or register[code].naam,
            nieuw=code in namen,
            inwoners_voor=0 if code in namen else register[code].inwoners,
            inwoners_na=aantal,
        )
        for code, aantal in sorted(na.items())
    ]
    return Voorbeeld.make(
        ingangsdatum=invoer.ingangsdatum,
        grondslag=invoer.grondslag,
        peildatum=plan.peildatum,
        eindigt=eindigt,
        ontvangt=ontvangt,
        heet=[Heet.make(code=code, naam=register[code].naam, nieuwe_naam=naam) for code, naam in sorted(plan.wijziging.namen)],
        inwoners_voor=_samen([*(wie.inwoners for wie in eindigt), *(wie.inwoners_voor for wie in ontvangt)]),
        inwoners_na=_samen([wie.inwoners_na for wie in ontvangt]),
    )


def vastleggen(work: Work, invoer: IndelingswijzigingInvoer) -> Indelingswijziging:
    """Carry out a change as a whole: who begins, who ends, what goes where, and who is called otherwise.

    Raises:
        HerindelingPastNiet, TooFarAhead: as `voorbeeld`.
    """
    op_volgorde(work)
    plan = _plan(work, invoer)
    id, einddatum = uuid.uuid4(), invoer.ingangsdatum - timedelta(days=1)
    session = work.session
    repository.add_wijziging(
        session,
        {
            "id": id,
            "ingangsdatum": invoer.ingangsdatum,
            "grondslag": invoer.grondslag,
            "peildatum": plan.peildatum,
            "vastgelegd_op": work.clock.now(),
        },
    )
    repository.begin(
        session,
        [{**wie.model_dump(), "begindatum": invoer.ingangsdatum, "wijziging": id} for wie in invoer.nieuwe_gemeenten],
    )
    repository.beeindig(session, {deel.van for deel in plan.wijziging.delen}, einddatum, id)
    repository.add_herindelingen(session, _paren(plan, invoer.grondslag, id))
    for code, naam in plan.wijziging.namen:
        vorige = {"naam": plan.register[code].naam, "tot_en_met": einddatum, "wijziging": id}
        repository.hernoem(session, code, naam, vorige)
    deelname.overdragen(work, rules.rechtsopvolgers(plan.wijziging), invoer.ingangsdatum)
    work.record(action="herindeling.vastleggen", subject=pad(id), change=invoer.model_dump(mode="json", by_alias=True))
    return get_indelingswijziging(work, id)


def get_indelingswijziging(work: Work, id: uuid.UUID) -> Indelingswijziging:
    """One change that was carried out here.

    Raises:
        IndelingswijzigingNietGevonden: there is none with this id.
    """
    detail = f"Er is geen indelingswijziging {id}."
    rij = found(repository.find(work.session, id), IndelingswijzigingNietGevonden, detail)
    return Indelingswijziging.from_row(
        rij,
        delen=Herindeling.from_rows(repository.paren_van(work.session, id)),
        vorige_namen=Vorige.from_rows(repository.namen_van(work.session, id)),
    )


def pad(id: uuid.UUID) -> str:
    """Path of a change."""
    return f"/v1/herindelingen/{id}"


def _plan(work: Work, invoer: IndelingswijzigingInvoer) -> Plan:
    require_near(work.clock, ingangsdatum=invoer.ingangsdatum)
    wijziging = Wijziging(
        invoer.ingangsdatum,
        [Deel(**deel.model_dump()) for deel in invoer.delen],
        [(gemeente.code, gemeente.provincie) for gemeente in invoer.nieuwe_gemeenten],
        [(gemeente.code, gemeente.naam) for gemeente in invoer.naamswijzigingen],
    )
    betrokken = {code for deel in wijziging.delen for code in (deel.van, deel.naar)} - {code for code, _ in wijziging.nieuw}
    peildatum = repository.laatste_peildatum(work.session, betrokken, invoer.ingangsdatum) if betrokken else None
    register = repository.standen(work.session, rules.codes(wijziging), peildatum)
    belangen = deelname.belangen(work, {deel.van for deel in wijziging.delen}, invoer.ingangsdatum)
    wrong = rules.bezwaren(wijziging, register, repository.provincies(work.session), today(work.clock), belangen)
    if wrong:
        raise HerindelingPastNiet(
            f"De wijziging per {invoer.ingangsdatum} past niet bij wat hier staat; zie invalidParams.", invalid_params=wrong
        )
    return Plan(wijziging, register, peildatum)


def _paren(plan: Plan, grondslag: str | None, id: uuid.UUID) -> list[dict[str, Any]]:
    nieuw, erft = {code for code, _ in plan.wijziging.nieuw}, rules.rechtsopvolgers(plan.wijziging)
    return [
        {
            "ingangsdatum": plan.wijziging.ingangsdatum,
            "oude_code": deel.van,
            "nieuwe_code": deel.naar,
            "soort": rules.soort(plan.wijziging, deel),
            "nieuw_ingesteld": deel.naar in nieuw,
            "grondslag": grondslag,
            "inwoners": aantal,
            "rechtsopvolger": erft[deel.van] == deel.naar if deel.van in erft else None,
            "wijziging": id,
        }
        for deel, aantal in rules.verdeeld(plan.wijziging, plan.register)
    ]


def _samen(aantallen: list[int | None]) -> int | None:
    bekend = [aantal for aantal in aantallen if aantal is not None]
    return sum(bekend) if bekend and len(bekend) == len(aantallen) else None

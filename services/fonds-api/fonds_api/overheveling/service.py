"""Use cases of overhevelingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from fonds_api.begroting import service as begroting
from fonds_api.besluit import service as besluiten
from fonds_api.besluit.schemas import BronBesluit, Weigering
from fonds_api.besluit.service import BESTUUR_EN_LEDEN
from fonds_api.boeking import service as boeking
from fonds_api.boeking.service import EigenBoeking
from fonds_api.budget import service as budget
from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import service as jaareinde
from fonds_api.overheveling import models, repository, rules
from fonds_api.overheveling.errors import OverhevelingNietGevonden
from fonds_api.overheveling.rules import AANGEVRAAGD, GEWEIGERD, VASTGESTELD
from fonds_api.overheveling.schemas import NieuweOverheveling, Overheveling, OverhevelingenFilter
from fonds_api.verplichting import service as verplichting

TASK = "overheveling.vaststellen"
WACHTEND = Waiting(
    models.Overheveling,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda rij: {"overheveling": str(rij.id)},
    lock=lambda rij: pad(rij.id),
    path=lambda rij: pad(rij.id),
    action="overheveling.hervatten",
)


def aanvragen(work: Work, zicht: Sight, rol: str | None, nieuw: NieuweOverheveling) -> Overheveling:
    """Ask for budget to be carried over to the next year; a job asks catalogus whether the decision carries it.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role does not keep it.
        TooFarAhead: the next year begins more than a year from now.
        OverhevelingKloptNiet: see `rules.eisen_vorm`.
        OnbekendeVerplichting: it does not exist, or is of another fonds.
        others: see `_eisen_mogelijk`.
    """
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    require_near(work.clock, jaar=date(nieuw.jaar, 12, 31))
    rules.eisen_vorm(nieuw.verplichting is not None, nieuw.prioriteit, nieuw.budgetsoort, nieuw.bedrag_cent)
    waarden = {
        "id": uuid.uuid4(),
        "fonds": nieuw.fonds,
        "jaar": nieuw.jaar,
        "verplichting": nieuw.verplichting,
        "prioriteit": nieuw.prioriteit or "",
        "budgetsoort": nieuw.budgetsoort,
        "bedrag_cent": nieuw.bedrag_cent,
        "btw_cent": 0,
        "reden": nieuw.reden,
        **nieuw.besluit.model_dump(),
        "status": AANGEVRAAGD,
        "aangevraagd_op": work.clock.now(),
    }
    if nieuw.verplichting:
        van = verplichting.zoek(work, zicht, nieuw.verplichting, nieuw.fonds)
        deel = verplichting.voor_deel(work, van.id, nieuw.jaar, ook=[nieuw.jaar + 1])
        waarden |= {"prioriteit": van.prioriteit, "budgetsoort": van.budgetsoort}
        waarden["bedrag_cent"], waarden["btw_cent"] = verplichting.open_van(deel)
    rij = models.Overheveling(**waarden)
    _eisen_mogelijk(work, rij)
    repository.insert_overheveling(work.session, waarden)
    WACHTEND.queue(work, rij)
    work.record(action="overheveling.aanvragen", subject=pad(rij.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_overheveling(work, EVERYTHING, rij.id)


def te_vragen(work: Work, id: uuid.UUID) -> str | None:
    """Path of the decision that an overheveling waits for; None when it waits for nothing."""
    rij = repository.find(work.session, id, EVERYTHING)
    return rij.pad if rij and rij.status == AANGEVRAAGD else None


def vaststellen(work: Work, id: uuid.UUID, besluit: BronBesluit) -> None:
    """Carry budget over, for good; does nothing when it waits for nothing.

    Raises:
        BesluitDraagtNiet: the decision is not positive, or not of bestuur or members.
        others: see `_eisen_mogelijk`; things may have changed since it was asked for.
    """
    gezien = repository.find(work.session, id, EVERYTHING)
    assert gezien is not None
    begroting.vergrendel(work, gezien.fonds, [gezien.jaar, gezien.jaar + 1])
    rij = repository.lock(work.session, id)
    if rij.status != AANGEVRAAGD:
        return
    besluiten.eisen_draagt(work, besluit, BESTUUR_EN_LEDEN)
    _eisen_mogelijk(work, rij)
    samen, tekst = rij.bedrag_cent + rij.btw_cent, f"Overheveling {rij.jaar} naar {rij.jaar + 1}: {rij.reden}"
    posten = [
        EigenBoeking(rij.fonds, date(rij.jaar, 12, 31), tekst, pad(id), rules.in_reserve(samen)),
        EigenBoeking(rij.fonds, date(rij.jaar + 1, 1, 1), tekst, f"{pad(id)}/onttrekking", rules.uit_reserve(samen)),
    ]
    rij.boeking, rij.onttrekking = boeking.boeken_eigen(work, posten)
    rij.status, rij.vastgesteld_op = VASTGESTELD, work.clock.now()
    work.session.flush()
    change = {"besluit": rij.pad, "gremium": besluit.gremium, "boeking": boeking.pad(rij.boeking)}
    work.record(action="overheveling.vaststellen", subject=pad(id), change=change)


def weigeren(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why budget is not carried over. One that waits for nothing does not change."""
    rij = repository.lock(work.session, id)
    if rij.status == AANGEVRAAGD:
        rij.status, rij.probleem = GEWEIGERD, Weigering.make(**probleem).model_dump(mode="json")
        work.record(action="overheveling.weigeren", subject=pad(id), change=rij.probleem)


def list_overhevelingen(work: Work, zicht: Sight, wens: OverhevelingenFilter) -> tuple[int, list[Overheveling]]:
    """(total number, overhevelingen of this page) that the caller may see."""
    count, rijen = repository.list_overhevelingen(work.session, zicht, wens)
    return count, _weergaven(rijen)


def get_overheveling(work: Work, zicht: Sight, id: uuid.UUID) -> Overheveling:
    """One overheveling.

    Raises:
        OverhevelingNietGevonden: it does not exist, or the caller may not see its fonds.
    """
    rij = repository.find(work.session, id, zicht)
    return _weergaven([found(rij, OverhevelingNietGevonden, f"Er is geen overheveling {id}, of niet voor uw rol.")])[0]


def get_onttrekking(work: Work, zicht: Sight, id: uuid.UUID) -> Overheveling:
    """The document of the entry out of the reserve. Raises as `get_overheveling`, also when it is not vastgesteld."""
    gevonden = get_overheveling(work, zicht, id)
    return found(gevonden if gevonden.onttrekking else None, OverhevelingNietGevonden, f"Overheveling {id} is niet vastgesteld.")


def pad(id: uuid.UUID) -> str:
    """Path of an overheveling in this API."""
    return f"/v1/overhevelingen/{id}"


def _eisen_mogelijk(work: Work, rij: models.Overheveling) -> None:
    """Refuse what is not there to be carried over; locks both years.

    Raises:
        JaarAfgesloten: one of both years is closed.
        VerplichtingNietAangegaan, DeelReiktNiet: so much is not open of the verplichting.
        OnbekendeBegrotingspost, BudgetOntoereikend: so much is not free of the post.
    """
    if rij.verplichting:
        deel = verplichting.voor_deel(work, rij.verplichting, rij.jaar, ook=[rij.jaar + 1])
        verplichting.eisen_open(deel, rij.jaar, rij.bedrag_cent, rij.btw_cent)
        return
    begroting.vergrendel(work, rij.fonds, [rij.jaar, rij.jaar + 1])
    jaareinde.eisen_open_jaar(work, rij.fonds, [rij.jaar, rij.jaar + 1])
    budget.eisen_vrij(work, rij.fonds, [(rij.jaar, (rij.prioriteit, rij.budgetsoort), rij.bedrag_cent)])


def _weergaven(rijen: Sequence[Values]) -> list[Overheveling]:
    return Overheveling.from_rows(rijen, _erbij)


def _erbij(rij: Values) -> dict[str, Any]:
    return {
        "naar_jaar": rij.jaar + 1,
        "prioriteit": rij.prioriteit or None,
        "verplichting": verplichting.pad(rij.verplichting) if rij.verplichting else None,
        "besluit": Reference.make(bron=rij.bron, pad=rij.pad),
        "boeking": boeking.pad(rij.boeking) if rij.boeking else None,
        "onttrekking": boeking.pad(rij.onttrekking) if rij.onttrekking else None,
        "probleem": Weigering.make(**rij.probleem) if rij.probleem else None,
    }

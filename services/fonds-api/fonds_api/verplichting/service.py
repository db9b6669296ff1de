"""Use cases of verplichtingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.waiting import Waiting

from fonds_api.begroting import service as begroting
from fonds_api.besluit import service as besluiten
from fonds_api.besluit.schemas import BronGrondslag, Weigering
from fonds_api.budget import service as budget
from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import service as jaareinde
from fonds_api.rekening import service as rekening
from fonds_api.verplichting import models, repository, rules
from fonds_api.verplichting.errors import OnbekendeVerplichting, VerplichtingNietAangegaan, VerplichtingNietGevonden
from fonds_api.verplichting.rules import AANGEGAAN, AANGEVRAAGD, GEWEIGERD
from fonds_api.verplichting.schemas import (
    NieuweVerplichting,
    NieuweVrijval,
    Verplichting,
    VerplichtingenFilter,
    Verplichtingsdeel,
    Vrijval,
)

TASK = "verplichting.aangaan"
WACHTEND = Waiting(
    models.Verplichting,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda rij: {"verplichting": str(rij.id)},
    lock=lambda rij: pad(rij.id),
    path=lambda rij: pad(rij.id),
    action="verplichting.hervatten",
)


def aangaan(work: Work, rol: str | None, nieuw: NieuweVerplichting) -> Verplichting:
    """Reserve budget for a commitment, in all its years or in none.

    With a voorziening, a job asks catalogus whether a decision permits it.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role does not keep it.
        DelenKloppenNiet: two parts are of one year.
        PostZonderRekening: the fonds has no account for the post.
        JaarAfgesloten: one of the years is closed.
        OnbekendeBegrotingspost, BudgetOntoereikend: no adopted begroting has a post, or too little; names all of them.
    """
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    delen = [rules.Deel(deel.jaar, deel.bedrag_cent, deel.btw_cent) for deel in nieuw.delen]
    rules.eisen_delen(delen)
    rekening.van_post(work, nieuw.fonds, nieuw.prioriteit, nieuw.budgetsoort)
    jaren = {deel.jaar for deel in delen}
    begroting.vergrendel(work, nieuw.fonds, jaren)
    jaareinde.eisen_open_jaar(work, nieuw.fonds, jaren)
    budget.eisen_vrij(work, nieuw.fonds, rules.reserveringen((nieuw.prioriteit, nieuw.budgetsoort), delen))
    geldend, nu, id = begroting.geldende(work, nieuw.fonds, jaren), work.clock.now(), uuid.uuid4()
    waarden = {
        **nieuw.model_dump(include={"fonds", "prioriteit", "budgetsoort", "omschrijving", "leverancier", "kenmerk"}),
        "id": id,
        "voorziening": nieuw.voorziening.pad if nieuw.voorziening else None,
        "status": AANGEVRAAGD if nieuw.voorziening else AANGEGAAN,
        "aangevraagd_op": nu,
        "aangegaan_op": None if nieuw.voorziening else nu,
    }
    rijen = [
        {
            "verplichting": id,
            "jaar": d.jaar,
            "begroting": geldend.get(d.jaar),
            "bedrag_cent": d.bedrag_cent,
            "btw_cent": d.btw_cent,
        }
        for d in sorted(delen, key=lambda deel: deel.jaar)
    ]
    repository.insert_verplichting(work.session, waarden, rijen)
    if nieuw.voorziening:
        WACHTEND.queue(work, models.Verplichting(**waarden))
    work.record(action="verplichting.aangaan", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_verplichting(work, EVERYTHING, id)


def te_vragen(work: Work, id: uuid.UUID) -> str | None:
    """Path of the voorziening about which a commitment waits for an answer; None when it waits for none."""
    rij = repository.find(work.session, id)
    return rij.voorziening if rij and rij.status == AANGEVRAAGD else None


def toestaan(work: Work, id: uuid.UUID, grondslag: BronGrondslag) -> None:
    """Enter into a commitment that catalogus was asked about; does nothing when it waits for nothing.

    Raises:
        GeenGrondslag: no decision permits it.
    """
    rij = _vergrendelde(work, id)
    if rij.status != AANGEVRAAGD:
        return
    rij.besluit = besluiten.grond(grondslag)
    rij.status, rij.aangegaan_op = AANGEGAAN, work.clock.now()
    work.record(action="verplichting.toestaan", subject=pad(id), change={"besluit": rij.besluit})


def weigeren(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why a commitment is not entered into; its budget is free again. One that waits for nothing does not change."""
    rij = _vergrendelde(work, id)
    if rij.status == AANGEVRAAGD:
        rij.status, rij.probleem = GEWEIGERD, Weigering.make(**probleem).model_dump(mode="json")
        work.record(action="verplichting.weigeren", subject=pad(id), change=rij.probleem)


def vrijgeven(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweVrijval) -> Verplichting:
    """Release what is not needed of a part, in whole or in part, for good.

    Raises:
        VerplichtingNietGevonden: see `get_verplichting`.
        VerplichtingNietAangegaan: it waits, or is geweigerd.
        JaarAfgesloten: the year is closed.
        DeelReiktNiet: so much is not open of that year (F9).
    """
    _zichtbare(work, zicht, id)
    deel = voor_deel(work, id, nieuw.jaar)
    rules.eisen_open(deel, nieuw.jaar, nieuw.bedrag_cent, nieuw.btw_cent)
    waarden = {**nieuw.model_dump(), "id": uuid.uuid4(), "verplichting": id, "vrijgevallen_op": work.clock.now()}
    repository.insert_vrijval(work.session, waarden)
    work.record(action="verplichting.vrijgeven", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_verplichting(work, zicht, id)


def list_verplichtingen(work: Work, zicht: Sight, wens: VerplichtingenFilter) -> tuple[int, list[Verplichting]]:
    """(total number, verplichtingen of this page) that the caller may see."""
    count, rijen = repository.list_verplichtingen(work.session, zicht, wens)
    return count, _weergaven(work, rijen)


def get_verplichting(work: Work, zicht: Sight, id: uuid.UUID) -> Verplichting:
    """One verplichting with its parts.

    Raises:
        VerplichtingNietGevonden: it does not exist, or the caller may not see its fonds.
    """
    return _weergaven(work, [_zichtbare(work, zicht, id)])[0]


def list_vrijvallen(work: Work, zicht: Sight, id: uuid.UUID, wens: PageQuery) -> tuple[int, list[Vrijval]]:
    """(total number, releases of this page) of one verplichting. Raises as `get_verplichting`."""
    _zichtbare(work, zicht, id)
    count, rijen = repository.list_vrijvallen(work.session, id, wens)
    return count, Vrijval.from_rows(rijen)


def zoek(work: Work, zicht: Sight, id: uuid.UUID, fonds: str | None = None) -> Values:
    """A verplichting that a caller refers to.

    Raises:
        OnbekendeVerplichting: it does not exist, is not of this fonds, or the caller may not see its fonds.
    """
    rij = repository.find(work.session, id, zicht)
    if rij is None or fonds not in (None, rij.fonds):
        raise OnbekendeVerplichting(f"Er is geen verplichting {id}, of niet voor uw rol.")
    return rij


def voor_deel(work: Work, id: uuid.UUID, jaar: int, *, ook: Sequence[int] = ()) -> Values | None:
    """The part of a year, to draw from: until this transaction ends nobody else changes anything of that year.

    Args:
        ook: other years that will be changed.

    Returns:
        the part as it is now; None when there is none of this year.

    Raises:
        VerplichtingNietAangegaan: the verplichting waits, or is geweigerd.
        JaarAfgesloten: one of the years is closed.
    """
    rij = repository.find(work.session, id)
    assert rij is not None
    jaren = {jaar, *ook}
    begroting.vergrendel(work, rij.fonds, jaren)
    rij = repository.find(work.session, id)
    if rij is None or rij.status != AANGEGAAN:
        raise VerplichtingNietAangegaan(f"Verplichting {id} is {rij.status if rij else 'er niet'}.")
    jaareinde.eisen_open_jaar(work, rij.fonds, jaren)
    return next((deel for deel in repository.delen_van(work.session, [id])[id] if deel.jaar == jaar), None)


def eisen_open(deel: Values | None, jaar: int, bedrag_cent: int, btw_cent: int) -> None:
    """Refuse an amount that a part does not have. Raises DeelReiktNiet; see `rules.eisen_open`."""
    rules.eisen_open(deel, jaar, bedrag_cent, btw_cent)


def open_van(deel: Values | None) -> tuple[int, int]:
    """(amount without BTW, BTW) in cents that is open of a part; nothing when there is none."""
    return rules.open_van(deel) if deel is not None else (0, 0)


def pad(id: uuid.UUID) -> str:
    """Path of a verplichting in this API."""
    return f"/v1/verplichtingen/{id}"


def _zichtbare(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, id, zicht)
    return found(rij, VerplichtingNietGevonden, f"Er is geen verplichting {id}, of niet voor uw rol.")


def _vergrendelde(work: Work, id: uuid.UUID) -> models.Verplichting:
    """For the job: first the years, in the order in which everybody takes them, then the row."""
    rij = repository.find(work.session, id)
    assert rij is not None
    begroting.vergrendel(work, rij.fonds, [deel.jaar for deel in repository.delen_van(work.session, [id])[id]])
    return repository.lock(work.session, id)


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Verplichting]:
    delen = repository.delen_van(work.session, [rij.id for rij in rijen])

    def erbij(rij: Values) -> dict[str, Any]:
        return {
            "voorziening": Reference.make(bron="catalogus", pad=rij.voorziening) if rij.voorziening else None,
            "besluit": Reference.make(bron="catalogus", pad=rij.besluit) if rij.besluit else None,
            "probleem": Weigering.make(**rij.probleem) if rij.probleem else None,
            "delen": Verplichtingsdeel.from_rows(delen[rij.id], _deel),
            "uitgaven": f"/v1/uitgaven?verplichting={rij.id}",
        }

    return Verplichting.from_rows(rijen, erbij)


def _deel(deel: Values) -> dict[str, Any]:
    open_cent, open_btw = rules.open_van(deel)
    pad_ = begroting.pad(deel.begroting) if deel.begroting else None
    return {"begroting": pad_, "open_cent": open_cent, "open_btw_cent": open_btw}

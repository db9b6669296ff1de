"""Use cases of proposals for a price per inhabitant."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.errors import OnbekendeDienst
from abonnement_api.tariefvoorstel import models, repository, rules
from abonnement_api.tariefvoorstel.errors import InwonersOnbekend, OnsamenhangendVoorstel, TariefvoorstelNietGevonden
from abonnement_api.tariefvoorstel.rules import AANGEVRAAGD, MISLUKT, VOORGESTELD
from abonnement_api.tariefvoorstel.schemas import (
    Dienstbudget,
    NieuwTariefvoorstel,
    Pakketprijs,
    Tariefonderdeel,
    Tariefuitkomst,
    Tariefuitzondering,
    Tariefvoorstel,
    TariefvoorstellenFilter,
)

TASK = "tariefvoorstel.berekenen"
WACHTEND = Waiting(
    models.Tariefvoorstel,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda rij: {"tariefvoorstel": str(rij.id)},
    lock=lambda rij: f"{TASK} {rij.id}",
    path=lambda rij: pad(rij.id),
    action="tariefvoorstel.hervatten",
)
_ZELF = ("jaar", "prijspeil", "omschrijving", "bronvermelding", "besloten", "deelname_promille", "tarief_decimalen", "peildatum")


def aanvragen(work: Work, nieuw: NieuwTariefvoorstel) -> Tariefvoorstel:
    """Propose a price: at once with the inhabitants that are given, else when a job has them from catalogus.

    Raises:
        TooFarAhead: the peildatum is more than a year from now.
        OnsamenhangendVoorstel: it contradicts itself; names every contradiction.
        OnbekendeDienst: it names a dienst that does not exist.
    """
    if nieuw.peildatum:
        require_near(work.clock, peildatum=nieuw.peildatum)
    fouten = rules.tegenstrijdigheden(
        [rules.Budget(budget.dienst, budget.bedrag_cent) for budget in nieuw.budgetten],
        nieuw.inwoners,
        op_peildatum=nieuw.peildatum is not None,
        uitzonderingen=[(een.dienst, een.inwoners, een.gemeentecodes) for een in nieuw.uitzonderingen],
        jaar=nieuw.jaar,
        prijspeil=nieuw.prijspeil,
        besloten=nieuw.besloten,
    )
    if fouten:
        raise OnsamenhangendVoorstel(f"Dit voorstel klopt niet: {'; '.join(fouten)}.")
    onbekend = sorted({budget.dienst for budget in nieuw.budgetten} - {dienst.code for dienst in list_diensten(work)})
    if onbekend:
        raise OnbekendeDienst(f"Deze diensten bestaan niet: {', '.join(onbekend)}.")
    id, nu, klaar = uuid.uuid4(), work.clock.now(), nieuw.peildatum is None
    waarden = {
        **{naam: getattr(nieuw, naam) for naam in _ZELF},
        "id": id,
        "budgetten": [budget.model_dump() for budget in nieuw.budgetten],
        "uitgezonderd": {een.dienst: sorted(een.gemeentecodes) for een in nieuw.uitzonderingen},
        "inwoners": nieuw.inwoners,
        "zonder": {een.dienst: een.inwoners for een in nieuw.uitzonderingen} if klaar else None,
        "status": VOORGESTELD if klaar else AANGEVRAAGD,
        "aangevraagd_op": nu,
        "afgerond_op": nu if klaar else None,
    }
    repository.add(work.session, waarden)
    if not klaar:
        WACHTEND.queue(work, repository.find(work.session, id))
    work.record(action="tariefvoorstel.aanvragen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_tariefvoorstel(work, id)


def te_berekenen(work: Work, id: uuid.UUID) -> date | None:
    """The day whose inhabitants are needed; None when there is nothing left to do."""
    rij = repository.find(work.session, id)
    return rij.peildatum if rij is not None and rij.status == AANGEVRAAGD else None


def berekenen(work: Work, id: uuid.UUID, inwoners: Mapping[str, int | None]) -> None:
    """Keep the inhabitants that a proposal is computed with; does nothing when it has them already.

    Args:
        inwoners: by gemeentecode on the peildatum; None where catalogus has no figure of that day.

    Raises:
        InwonersOnbekend: names every gemeente concerned, or the dienst that nobody takes.
    """
    rij = repository.lock(work.session, id)
    if rij is None or rij.status != AANGEVRAAGD:
        return
    bekend = {code: aantal for code, aantal in inwoners.items() if aantal is not None}
    onbekend = sorted((set(inwoners) | {code for codes in rij.uitgezonderd.values() for code in codes}) - set(bekend))
    if onbekend or not bekend:
        wie = ", ".join(onbekend) or "welke gemeente dan ook"
        raise InwonersOnbekend(f"De catalogus kent op {rij.peildatum} geen inwoners van {wie}.", gemeentecodes=onbekend)
    totaal, zonder = rules.geteld(bekend, rij.uitgezonderd)
    if niemand := sorted(dienst for dienst, aantal in zonder.items() if aantal >= totaal):
        raise InwonersOnbekend(f"Niemand neemt {', '.join(niemand)} af.")
    rij.inwoners, rij.zonder, rij.status, rij.afgerond_op = totaal, zonder, VOORGESTELD, work.clock.now()
    work.record(action="tariefvoorstel.berekenen", subject=pad(id), change={"inwoners": totaal, "zonder": zonder})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why there is no proposal; one that was computed does not change."""
    rij = repository.lock(work.session, id)
    if rij is not None and rij.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        rij.status, rij.probleem, rij.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="tariefvoorstel.mislukken", subject=pad(id), change=reden)


def get_tariefvoorstel(work: Work, id: uuid.UUID) -> Tariefvoorstel:
    """One proposal, computed again from what it keeps.

    Raises:
        TariefvoorstelNietGevonden: there is none with this id.
    """
    rij = found(repository.find(work.session, id), TariefvoorstelNietGevonden, f"Er is geen tariefvoorstel {id}.")
    return _weergaven([rij])[0]


def list_tariefvoorstellen(work: Work, wens: TariefvoorstellenFilter) -> tuple[int, list[Tariefvoorstel]]:
    """(total number, proposals of this page), in the order in which they were asked for."""
    count, rijen = repository.list_voorstellen(work.session, wens)
    return count, _weergaven(rijen)


def pad(id: uuid.UUID) -> str:
    """Path of a proposal in this API."""
    return f"/v1/tariefvoorstellen/{id}"


def _weergaven(rijen: Sequence[models.Tariefvoorstel | Values]) -> list[Tariefvoorstel]:
    return [
        Tariefvoorstel.from_row(
            rij,
            budgetten=[Dienstbudget.make(**budget) for budget in rij.budgetten],
            uitzonderingen=[
                Tariefuitzondering.make(dienst=dienst, gemeentecodes=codes, inwoners=(rij.zonder or {}).get(dienst))
                for dienst, codes in sorted(rij.uitgezonderd.items())
            ],
            rekenregels=list(rules.REGELS),
            uitkomst=_uitkomst(rij) if rij.status == VOORGESTELD else None,
            probleem=Probleem.make(**rij.probleem) if rij.probleem else None,
        )
        for rij in rijen
    ]


def _uitkomst(rij: models.Tariefvoorstel | Values) -> Tariefuitkomst:
    budgetten = [rules.Budget(een["dienst"], een["bedrag_cent"], een["decimalen"]) for een in rij.budgetten]
    uit = rules.voorstel(
        budgetten,
        rij.inwoners or 0,
        rij.zonder or {},
        besloten=rij.besloten,
        deelname_promille=rij.deelname_promille,
        decimalen=rij.tarief_decimalen,
    )
    return Tariefuitkomst.from_row(
        uit,
        dekking_cent=uit.opbrengst_cent - uit.budget_cent,
        dekking_promille=1000 * uit.opbrengst_cent // uit.budget_cent,
        onderdelen=[Tariefonderdeel.from_row(deel) for deel in uit.onderdelen],
        pakketten=[Pakketprijs.from_row(een) for een in uit.pakketten],
    )

"""Use cases of questions of gemeenten."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.clock import AMSTERDAM, today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes
from gemeengoed_kit.sight import Sight, found

from abonnement_api.aanbieder.service import reeksen
from abonnement_api.catalogus import gemeente
from abonnement_api.toelichtingsverzoek import repository, rules
from abonnement_api.toelichtingsverzoek.errors import (
    AlBeantwoord,
    AlGepubliceerd,
    NogNietBeantwoord,
    OnbekendeAanbiederVanVerzoek,
    OnbekendVerantwoordingsstuk,
    ToelichtingsverzoekNietGevonden,
)
from abonnement_api.toelichtingsverzoek.models import Toelichting, Toelichtingspublicatie
from abonnement_api.toelichtingsverzoek.models import Toelichtingsverzoek as Rij
from abonnement_api.toelichtingsverzoek.schemas import (
    NieuweToelichting,
    NieuwToelichtingsverzoek,
    Toelichtingsverzoek,
    ToelichtingsverzoekenFilter,
)
from abonnement_api.verantwoordingsstuk import service as verantwoordingsstuk


def vragen(work: Work, eyes: Eyes, zicht: Sight, code: str, nieuw: NieuwToelichtingsverzoek) -> Toelichtingsverzoek:
    """Ask a foundation something, as the gemeente with this code.

    Raises:
        OnbekendeAanbiederVanVerzoek: there is no such aanbieder.
        OnbekendVerantwoordingsstuk: it is not an adopted submission of that aanbieder.
    """
    if nieuw.aanbieder not in reeksen(work):
        raise OnbekendeAanbiederVanVerzoek(f"Er is geen aanbieder {nieuw.aanbieder}.")
    if nieuw.stuk is not None and not verantwoordingsstuk.bestaat(work, zicht, nieuw.stuk, nieuw.aanbieder):
        raise OnbekendVerantwoordingsstuk(f"{nieuw.aanbieder} heeft geen vastgesteld stuk {nieuw.stuk}.")
    id, nu = uuid.uuid4(), work.clock.now()
    waarden = {
        **nieuw.model_dump(),
        "id": id,
        "gemeentecode": code,
        "gesteld_op": nu,
        "uiterlijk": rules.uiterlijk(today(work.clock)),
        **eyes.columns(),
    }
    repository.add(work.session, Rij, waarden)
    wijziging = {**nieuw.model_dump(mode="json", by_alias=True), "gemeentecode": code}
    work.record(action="toelichtingsverzoek.stellen", subject=pad(id), change=wijziging)
    return get_verzoek(work, zicht, id)


def beantwoorden(work: Work, eyes: Eyes, zicht: Sight, id: uuid.UUID, nieuw: NieuweToelichting) -> Toelichtingsverzoek:
    """Answer a question, for the aanbieder to whom it was put.

    Raises:
        ToelichtingsverzoekNietGevonden: there is none, or it was put to another.
        AlBeantwoord: it has its answer.
    """
    rij = _vergrendeld(work, zicht, id)
    if rij.gegeven_op is not None:
        raise AlBeantwoord(f"Dit verzoek is op {_dag(rij.gegeven_op)} beantwoord.")
    waarden = {"verzoek": id, "antwoord": nieuw.antwoord, "gegeven_op": work.clock.now(), **eyes.columns()}
    repository.add(work.session, Toelichting, waarden)
    work.record(action="toelichtingsverzoek.beantwoorden", subject=pad(id), change=nieuw.model_dump(by_alias=True))
    return get_verzoek(work, zicht, id)


def publiceren(work: Work, eyes: Eyes, zicht: Sight, id: uuid.UUID) -> Toelichtingsverzoek:
    """Open a question with its answer to all gemeenten.

    Raises:
        ToelichtingsverzoekNietGevonden: there is none, or it was put to another.
        NogNietBeantwoord, AlGepubliceerd: there is nothing to publish (any more).
    """
    rij = _vergrendeld(work, zicht, id)
    if rij.gegeven_op is None:
        raise NogNietBeantwoord("Op dit verzoek is nog geen antwoord gegeven.")
    if rij.gepubliceerd_op is not None:
        raise AlGepubliceerd(f"Dit antwoord is op {_dag(rij.gepubliceerd_op)} gepubliceerd.")
    nu = work.clock.now()
    repository.add(work.session, Toelichtingspublicatie, {"verzoek": id, "gepubliceerd_op": nu, **eyes.columns()})
    work.record(action="toelichtingsverzoek.publiceren", subject=pad(id), change={"gepubliceerdOp": nu.isoformat()})
    return get_verzoek(work, zicht, id)


def list_verzoeken(work: Work, zicht: Sight, wens: ToelichtingsverzoekenFilter) -> tuple[int, list[Toelichtingsverzoek]]:
    """(total number, questions of this page) that the caller may see, the last one first."""
    count, rijen = repository.list_verzoeken(work.session, zicht, wens, today(work.clock))
    return count, Toelichtingsverzoek.from_rows(rijen, lambda rij: _verder(work, rij))


def get_verzoek(work: Work, zicht: Sight, id: uuid.UUID) -> Toelichtingsverzoek:
    """One question.

    Raises:
        ToelichtingsverzoekNietGevonden: there is none, or this caller may not see it.
    """
    rij = _zichtbaar(work, zicht, id)
    return Toelichtingsverzoek.from_rows([rij], lambda rij: _verder(work, rij))[0]


def pad(id: uuid.UUID) -> str:
    return f"/v1/toelichtingsverzoeken/{id}"


def _zichtbaar(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, zicht, id)
    return found(rij, ToelichtingsverzoekNietGevonden, f"Er is geen toelichtingsverzoek {id}.")


def _vergrendeld(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    repository.lock(work.session, id)
    return _zichtbaar(work, zicht, id)


def _dag(moment: Any) -> str:
    return str(moment.astimezone(AMSTERDAM).date())


def _verder(work: Work, rij: Values) -> dict[str, Any]:
    status = rules.GEPUBLICEERD if rij.gepubliceerd_op else rules.BEANTWOORD if rij.gegeven_op else rules.GESTELD
    gegeven = rij.gegeven_op.astimezone(AMSTERDAM).date() if rij.gegeven_op else None
    return {
        "gemeente": gemeente(rij.gemeentecode),
        "stuk": verantwoordingsstuk.pad(rij.stuk) if rij.stuk else None,
        "status": status,
        "te_laat": rules.te_laat(rij.uiterlijk, gegeven, today(work.clock)),
        "beantwoord_op": rij.gegeven_op,
    }

"""Use cases of proposals: entries from an amount on wait for somebody else."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from fonds_api.boeking import service as boeking
from fonds_api.boeking.schemas import Geboekt, NieuweBoeking, NieuweStorno
from fonds_api.boekingsvoorstel import repository, rules
from fonds_api.boekingsvoorstel.errors import AlAfgehandeld, AlVoorgesteld, BoekingsvoorstelNietGevonden, ZelfdeOgen
from fonds_api.boekingsvoorstel.schemas import (
    Afhandeling,
    Boekingsvoorstel,
    BoekingsvoorstellenFilter,
    NieuweAfwijzing,
    NieuweBevestiging,
)


def indienen(work: Work, wie: Eyes, nieuw: NieuweBoeking) -> Boekingsvoorstel:
    """Keep an entry until somebody else confirms it. It is tried first, so what cannot be booked now is refused now.

    Raises:
        AlVoorgesteld: a proposal of the same document waits.
        As `boeking.service.boeken`, or `boeking.service.storneren` for a storno.
    """
    document = (nieuw.fonds, nieuw.bron.bron, nieuw.bron.pad)
    repository.vergrendel(work.session, *document)
    repository.vergrendel_fonds(work.session, nieuw.fonds)
    if eerder := repository.open_voorstel(work.session, *document, work.clock.now()):
        raise AlVoorgesteld(f"{nieuw.bron.bron} {nieuw.bron.pad} is in fonds {nieuw.fonds} al voorgesteld.", voorstel=pad(eerder))
    with work.session.begin_nested() as proef:
        _boek(work, wie.role, nieuw)
        proef.rollback()
    nu, id, inhoud = work.clock.now(), uuid.uuid4(), nieuw.model_dump(mode="json", by_alias=True)
    repository.add(
        work.session,
        {
            "id": id,
            **dict(zip(("fonds", "bron", "pad"), document, strict=True)),
            "debet_cent": boeking.debet_cent(nieuw),
            "inhoud": inhoud,
            "ingediend_op": nu,
            "verloopt_op": nu + rules.GELDIG,
            **wie.columns(),
        },
    )
    work.record(action="boekingsvoorstel.indienen", subject=pad(id), change=inhoud)
    return get_voorstel(work, EVERYTHING, id)


def list_voorstellen(work: Work, zicht: Sight, wens: BoekingsvoorstellenFilter) -> tuple[int, list[Boekingsvoorstel]]:
    """(total number, proposals of this page) for fondsen that the caller may see."""
    count, rijen = repository.list_voorstellen(work.session, zicht, wens, work.clock.now())
    return count, Boekingsvoorstel.from_rows(rijen, lambda rij: _erbij(work, rij))


def get_voorstel(work: Work, zicht: Sight, id: uuid.UUID) -> Boekingsvoorstel:
    """One proposal.

    Raises:
        BoekingsvoorstelNietGevonden: it does not exist, or the caller may not see its fonds.
    """
    rij = _zichtbaar(work, zicht, id)
    return Boekingsvoorstel.from_row(rij, **_erbij(work, rij))


def bevestigen(work: Work, zicht: Sight, wie: Eyes, id: uuid.UUID, nieuw: NieuweBevestiging) -> Boekingsvoorstel:
    """Book a proposal, once, with the checks of this moment; when they refuse it, it goes on waiting.

    Raises:
        BoekingsvoorstelNietGevonden: see `get_voorstel`.
        ZelfdeOgen: see `rules.zijn_anderen`.
        AlAfgehandeld: it was confirmed or rejected before, or has expired.
        As `boeking.service.boeken`, or `boeking.service.storneren` for a storno.
    """
    rij = _wachtend(work, zicht, id)
    if not are_others(wie, Eyes(rij.peer_id, rij.rol, rij.contract)):
        raise ZelfdeOgen(f"Boekingsvoorstel {id} is door deze organisatie in deze rol, of onder dit contract, ingediend.")
    geboekt = _boek(work, rij.rol, NieuweBoeking.model_validate(rij.inhoud))
    _afhandelen(work, wie, id, rules.BEVESTIGD, nieuw.naam, None, geboekt.id)
    return get_voorstel(work, zicht, id)


def afwijzen(work: Work, zicht: Sight, wie: Eyes, id: uuid.UUID, nieuw: NieuweAfwijzing) -> Boekingsvoorstel:
    """Reject a proposal with a reason; who submitted it may do so too.

    Raises:
        BoekingsvoorstelNietGevonden, AlAfgehandeld: as `bevestigen`.
    """
    _wachtend(work, zicht, id)
    _afhandelen(work, wie, id, rules.AFGEWEZEN, nieuw.naam, nieuw.reden, None)
    return get_voorstel(work, zicht, id)


def pad(id: uuid.UUID) -> str:
    """Path of a proposal in this API."""
    return f"/v1/boekingsvoorstellen/{id}"


def _boek(work: Work, rol: str, nieuw: NieuweBoeking) -> Geboekt:
    """What was proposed; of the service's own source that can only be a storno, with the entry that it reverses as document."""
    if nieuw.bron.bron != boeking.EIGEN_BRON:
        return boeking.boeken(work, rol, nieuw, bevestigd=True)
    eerste = uuid.UUID(nieuw.bron.pad.rpartition("/")[2])
    storno = NieuweStorno.model_validate(nieuw.model_dump(mode="json", by_alias=True, include={"boekdatum", "omschrijving"}))
    return boeking.storneren(work, EVERYTHING, rol, eerste, storno, bevestigd=True)


def _zichtbaar(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, zicht, id)
    return found(rij, BoekingsvoorstelNietGevonden, f"Er is geen boekingsvoorstel {id}, of niet voor uw rol.")


def _wachtend(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = _zichtbaar(work, zicht, id)
    repository.vergrendel(work.session, rij.fonds, rij.bron, rij.pad)
    rij = _zichtbaar(work, zicht, id)
    stand = rules.status(rij.uitkomst, rij.verloopt_op, work.clock.now())
    if stand != rules.OPEN:
        raise AlAfgehandeld(f"Boekingsvoorstel {id} is {stand}.", boeking=boeking.pad(rij.boeking) if rij.boeking else None)
    return rij


def _afhandelen(
    work: Work, wie: Eyes, id: uuid.UUID, uitkomst: str, naam: str, reden: str | None, geboekt: uuid.UUID | None
) -> None:
    waarden = {"uitkomst": uitkomst, "naam": naam, "reden": reden, "boeking": geboekt}
    repository.handel_af(work.session, {"voorstel": id, **waarden, "op": work.clock.now(), **wie.columns()})
    change = {**waarden, "boeking": boeking.pad(geboekt) if geboekt else None}
    work.record(action=f"boekingsvoorstel.{uitkomst}", subject=pad(id), change=change)


def _erbij(work: Work, rij: Values) -> dict[str, Any]:
    return {
        "status": rules.status(rij.uitkomst, rij.verloopt_op, work.clock.now()),
        "inhoud": NieuweBoeking.model_validate(rij.inhoud),
        "afhandeling": Afhandeling.make(uitkomst=rij.uitkomst, naam=rij.naam, reden=rij.reden, rol=rij.afhandelaar, op=rij.op)
        if rij.uitkomst
        else None,
        "boeking": boeking.pad(rij.boeking) if rij.boeking else None,
    }

"""Use cases of ontvangsten."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from fonds_api.fonds import service as fonds
from fonds_api.nota import service as nota
from fonds_api.nota.rules import DEBITEUREN
from fonds_api.ontvangst import repository
from fonds_api.ontvangst.errors import OntvangstAlVastgelegd, OntvangstHerroepen, OntvangstNietGevonden
from fonds_api.ontvangst.schemas import (
    NieuweHerroeping,
    NieuweOntvangst,
    NieuweToerekening,
    NieuweToerekeningen,
    Ontvangst,
    OntvangstenFilter,
    Toerekening,
)

BANK = "1100"


def vastleggen(work: Work, zicht: Sight, rol: str | None, nieuw: NieuweOntvangst) -> Ontvangst:
    """Register what came in from a gemeente or went back to it, with its entry, and put it on nota's.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role may not book in it.
        OntvangstAlVastgelegd: there is one with this reference in this fonds.
        OnbekendeNota, NietToeTeRekenen: see `nota.service.toerekenen`.
        OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen: it cannot be booked; see `boeking.service.boeken_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    repository.vergrendel_kenmerk(work.session, nieuw.fonds, nieuw.kenmerk)
    nota.vergrendel_debiteur(work, nieuw.fonds, nieuw.gemeentecode)
    if repository.bestaat(work.session, nieuw.fonds, nieuw.kenmerk):
        raise OntvangstAlVastgelegd(f"In fonds {nieuw.fonds} is al een ontvangst met kenmerk {nieuw.kenmerk}.")
    waarden = {
        **nieuw.model_dump(exclude={"toerekeningen"}),
        "id": uuid.uuid4(),
        "herroept": None,
        "vastgelegd_op": work.clock.now(),
    }
    repository.insert_ontvangst(work.session, waarden)
    rij = _zichtbare(work, zicht, waarden["id"])
    if nieuw.toerekeningen:
        nota.toerekenen(work, rij, _delen(nieuw.toerekeningen))
    _boek(work, rij, rij.boekdatum, f"Ontvangst {rij.kenmerk}, {rij.gemeentecode}")
    work.record(action="ontvangst.vastleggen", subject=pad(rij.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return _weergaven(work, [rij])[0]


def toerekenen(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweToerekeningen) -> Ontvangst:
    """Put what is left of a receipt on nota's.

    Raises:
        OntvangstNietGevonden: see `get_ontvangst`.
        OntvangstHerroepen: it was undone, or undoes another.
        OnbekendeNota, NietToeTeRekenen: see `nota.service.toerekenen`.
    """
    rij = _open(work, zicht, id)
    nota.toerekenen(work, rij, _delen(nieuw.toerekeningen))
    work.record(action="ontvangst.toerekenen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_ontvangst(work, zicht, id)


def herroepen(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweHerroeping) -> Ontvangst:
    """Undo a receipt by a mirrored one: its entry, and what it paid. What it paid is open again. Raises as `toerekenen`."""
    rij = _open(work, zicht, id)
    waarden = {
        **{naam: getattr(rij, naam) for naam in ("fonds", "gemeentecode", "kenmerk")},
        "id": uuid.uuid4(),
        "bedrag_cent": -rij.bedrag_cent,
        "boekdatum": today(work.clock),
        "omschrijving": f"Herroeping: {nieuw.reden}",
        "herroept": id,
        "vastgelegd_op": work.clock.now(),
    }
    repository.insert_ontvangst(work.session, waarden)
    nota.spiegelen(work, id, waarden["id"])
    spiegel = _zichtbare(work, zicht, waarden["id"])
    _boek(work, spiegel, spiegel.boekdatum, f"Herroeping ontvangst {rij.kenmerk}, {rij.gemeentecode}")
    change = {**nieuw.model_dump(mode="json", by_alias=True), "herroept": str(id)}
    work.record(action="ontvangst.herroepen", subject=pad(spiegel.id), change=change)
    return _weergaven(work, [spiegel])[0]


def list_ontvangsten(work: Work, zicht: Sight, wens: OntvangstenFilter) -> tuple[int, list[Ontvangst], dict[str, int]]:
    """(total number, receipts of this page, sum over all pages) that the caller may see."""
    count, som, rijen = repository.list_ontvangsten(work.session, zicht, wens)
    return count, _weergaven(work, rijen), {"bedrag_cent": som}


def get_ontvangst(work: Work, zicht: Sight, id: uuid.UUID) -> Ontvangst:
    """One receipt.

    Raises:
        OntvangstNietGevonden: it does not exist, or the caller may not see it.
    """
    return _weergaven(work, [_zichtbare(work, zicht, id)])[0]


def pad(id: uuid.UUID) -> str:
    """Path of a receipt in this API."""
    return f"/v1/ontvangsten/{id}"


def _delen(toerekeningen: Sequence[NieuweToerekening]) -> list[tuple[str, int]]:
    return [(deel.nota, deel.bedrag_cent) for deel in toerekeningen]


def _open(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    """A receipt to work with; its debtor is locked."""
    rij = _zichtbare(work, zicht, id)
    nota.vergrendel_debiteur(work, rij.fonds, rij.gemeentecode)
    rij = _zichtbare(work, zicht, id)
    if rij.herroept or rij.herroepen_door:
        raise OntvangstHerroepen(f"Ontvangst {id} is herroepen, of herroept een andere.")
    return rij


def _zichtbare(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, zicht, id)
    return found(rij, OntvangstNietGevonden, f"Er is geen ontvangst {id}, of niet voor u.")


def _boek(work: Work, rij: Values, dag: date, omschrijving: str) -> None:
    regels = [Regel(BANK, rij.bedrag_cent), Regel(DEBITEUREN, -rij.bedrag_cent)]
    boeken_eigen(work, [EigenBoeking(rij.fonds, dag, omschrijving, pad(rij.id), regels)])


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Ontvangst]:
    per = nota.toerekeningen_van(work, [rij.id for rij in rijen])
    return Ontvangst.from_rows(
        rijen,
        lambda rij: {
            "over_cent": rij.bedrag_cent - sum(deel.bedrag_cent for deel in per[rij.id]),
            "toerekeningen": Toerekening.from_rows(per[rij.id]),
        },
    )

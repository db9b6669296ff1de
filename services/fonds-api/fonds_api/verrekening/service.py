"""Use cases of verrekeningen."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Sight, found

from fonds_api.nota import service as nota
from fonds_api.nota.errors import OnbekendeNota
from fonds_api.verrekening import repository, rules
from fonds_api.verrekening.errors import VerrekeningHerroepen, VerrekeningNietGevonden
from fonds_api.verrekening.schemas import NieuweVerrekening, NieuweVerrekeningherroeping, Verrekening, VerrekeningenFilter


def verrekenen(work: Work, zicht: Sight, nieuw: NieuweVerrekening) -> Verrekening:
    """Pay a nota with what another of the same gemeente and fonds has to get back; nothing is booked.

    Raises:
        OnbekendeNota: a nota does not exist, is a creditnota of another, or is not of the same fonds and gemeente; names all.
        NietTeVerrekenen: see `rules.eisen_verrekenbaar`.
    """
    van = nota.rij_van(work, zicht, nieuw.van)
    if van is None:
        raise _onbekend(nieuw, [nieuw.met] if nota.rij_van(work, zicht, nieuw.met) else [])
    nota.vergrendel_debiteur(work, van.fonds, van.gemeentecode)
    open_cent = nota.open_van(work, van.fonds, van.gemeentecode, [nieuw.van, nieuw.met])
    if not {nieuw.van, nieuw.met} <= open_cent.keys():
        raise _onbekend(nieuw, open_cent)
    rules.eisen_verrekenbaar(nieuw.van, nieuw.met, nieuw.bedrag_cent, open_cent)
    waarden = {"fonds": van.fonds, "gemeentecode": van.gemeentecode, **nieuw.model_dump(), "herroept": None}
    return _vastleggen(work, zicht, waarden, "verrekening.vastleggen")


def herroepen(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweVerrekeningherroeping) -> Verrekening:
    """Undo a verrekening by a mirrored one: what it paid is open again.

    Raises:
        VerrekeningNietGevonden: see `get_verrekening`.
        VerrekeningHerroepen: it was undone, or undoes another.
    """
    rij = _zichtbare(work, zicht, id)
    nota.vergrendel_debiteur(work, rij.fonds, rij.gemeentecode)
    rij = _zichtbare(work, zicht, id)
    if rij.herroept or rij.herroepen_door:
        raise VerrekeningHerroepen(f"Verrekening {id} is herroepen, of herroept een andere.")
    waarden = {naam: getattr(rij, naam) for naam in ("fonds", "gemeentecode", "van", "met")}
    waarden |= {"bedrag_cent": -rij.bedrag_cent, "reden": nieuw.reden, "herroept": id}
    return _vastleggen(work, zicht, waarden, "verrekening.herroepen")


def list_verrekeningen(work: Work, zicht: Sight, wens: VerrekeningenFilter) -> tuple[int, list[Verrekening]]:
    """(total number, verrekeningen of this page) that the caller may see."""
    count, rijen = repository.list_verrekeningen(work.session, zicht, wens)
    return count, Verrekening.from_rows(rijen)


def get_verrekening(work: Work, zicht: Sight, id: uuid.UUID) -> Verrekening:
    """One verrekening.

    Raises:
        VerrekeningNietGevonden: it does not exist, or the caller may not see it.
    """
    return Verrekening.from_row(_zichtbare(work, zicht, id))


def pad(id: uuid.UUID) -> str:
    """Path of a verrekening in this API."""
    return f"/v1/verrekeningen/{id}"


def _vastleggen(work: Work, zicht: Sight, waarden: dict[str, Any], action: str) -> Verrekening:
    id = uuid.uuid4()
    repository.insert_verrekening(work.session, {**waarden, "id": id, "vastgelegd_op": work.clock.now()})
    gemaakt = get_verrekening(work, zicht, id)
    work.record(action=action, subject=pad(id), change=gemaakt.model_dump(mode="json", by_alias=True))
    return gemaakt


def _zichtbare(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    rij = repository.find(work.session, zicht, id)
    return found(rij, VerrekeningNietGevonden, f"Er is geen verrekening {id}, of niet voor u.")


def _onbekend(nieuw: NieuweVerrekening, bekend: Collection[str]) -> OnbekendeNota:
    fouten = [
        InvalidParam(naam, "onbekend", f"er is geen nota {id}, of niet van dezelfde gemeente en hetzelfde fonds")
        for naam, id in (("van", nieuw.van), ("met", nieuw.met))
        if id not in bekend
    ]
    return OnbekendeNota("De verrekening noemt een nota die er niet is.", invalid_params=fouten)

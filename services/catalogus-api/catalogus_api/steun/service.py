"""Use cases of steun, for an initiatief (by its id) and for a voorziening (by its code)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight, found

from catalogus_api.gemeente import service as gemeente
from catalogus_api.initiatief import service as initiatief
from catalogus_api.initiatief.rules import OPEN
from catalogus_api.namens import service as namens
from catalogus_api.steun import repository
from catalogus_api.steun.errors import SteunKanNiet, SteunNietGevonden
from catalogus_api.steun.repository import Waarvoor
from catalogus_api.steun.schemas import Steunbetuiging, SteunFilter, SteunInvoer
from catalogus_api.toegang import Kijker, Partij, voor_wie_publicaties_ziet
from catalogus_api.voorziening import service as voorziening

Gevonden = tuple[int, list[Steunbetuiging], dict[str, Any]]
"""(number in all, steun of this page, what counts now over all)."""


def list_van_initiatief(work: Work, kijker: Kijker, id: uuid.UUID, wens: SteunFilter) -> Gevonden:
    """Steun of an initiatief that the caller may see, last given first.

    Raises:
        InitiatiefNietGevonden: there is none with this id, for this caller.
    """
    initiatief.get_initiatief(work, kijker, id)
    return _lijst(work, id, wens)


def list_van_voorziening(work: Work, zicht: Sight, code: str, wens: SteunFilter) -> Gevonden:
    """Steun of a voorziening that the caller may see, that of the initiatief which became it included.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    return _lijst(work, _waarvoor(work, code), wens)


def steun_initiatief(
    work: Work, kijker: Kijker, partij: Partij, id: uuid.UUID, gemeentecode: str, invoer: SteunInvoer
) -> Steunbetuiging:
    """Support an initiatief in the name of a gemeente; with another toelichting the steun before is put by.

    Raises:
        InitiatiefNietGevonden: there is none with this id, for this caller.
        NietNamensDezeGemeente, OnbekendeGemeente: the caller does not act for it.
        SteunKanNiet: it is not open for support.
    """
    gevonden = initiatief.vergrendelen(work, kijker, id)
    namens.eisen(work, partij, gemeentecode)
    if gevonden.status not in OPEN:
        werd = f" en werd {voorziening.pad(gevonden.voorziening)}" if gevonden.voorziening else ""
        raise SteunKanNiet(f"Dit initiatief is {gevonden.status}{werd}.")
    return _geef(work, id, initiatief.pad(id), gemeentecode, invoer, initiatief.voor_wie(gevonden))


def steun_voorziening(
    work: Work, zicht: Sight, partij: Partij, code: str, gemeentecode: str, invoer: SteunInvoer
) -> Steunbetuiging:
    """As `steun_initiatief`, for a voorziening in fase initiatief.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
        NietNamensDezeGemeente, OnbekendeGemeente, SteunKanNiet: as `steun_initiatief`.
    """
    gevonden = voorziening.vergrendelen(work, zicht, code)
    namens.eisen(work, partij, gemeentecode)
    if gevonden.fase != "initiatief":
        raise SteunKanNiet(f"De fase van {code} is {gevonden.fase or 'niet bekend'}.")
    wie = voor_wie_publicaties_ziet(gevonden.publicatiestatus)
    return _geef(work, _vergrendeld(work, code), voorziening.pad(code), gemeentecode, invoer, wie)


def trek_in_van_initiatief(work: Work, kijker: Kijker, partij: Partij, id: uuid.UUID, gemeentecode: str) -> None:
    """Withdraw the steun of a gemeente; that it was given stays.

    Raises:
        InitiatiefNietGevonden, NietNamensDezeGemeente, OnbekendeGemeente: as `steun_initiatief`.
        SteunNietGevonden: it gives none.
    """
    gevonden = initiatief.vergrendelen(work, kijker, id)
    namens.eisen(work, partij, gemeentecode)
    _trek_in(work, id, initiatief.pad(id), gemeentecode, initiatief.voor_wie(gevonden))


def trek_in_van_voorziening(work: Work, zicht: Sight, partij: Partij, code: str, gemeentecode: str) -> None:
    """As `trek_in_van_initiatief`, of a voorziening."""
    gevonden = voorziening.vergrendelen(work, zicht, code)
    namens.eisen(work, partij, gemeentecode)
    wie = voor_wie_publicaties_ziet(gevonden.publicatiestatus)
    _trek_in(work, _vergrendeld(work, code), voorziening.pad(code), gemeentecode, wie)


def telling(work: Work, waarvoor: Waarvoor) -> dict[str, Any]:
    """What counts now: `gemeenten` (number), `inwoners` at the last `peildatum`, and how many have no figure there."""
    dag = today(work.clock)
    codes = repository.steunend(work.session, waarvoor) & gemeente.codes_op(work, dag)
    peildatum, aantallen = gemeente.laatste_inwoners(work, codes, dag)
    return {
        "gemeenten": len(codes),
        "inwoners": sum(aantallen.values()),
        "peildatum": peildatum,
        "zonder_inwonertal": len(codes) - len(aantallen),
    }


def _waarvoor(work: Work, code: str) -> Waarvoor:
    """A voorziening and the initiatief that became it are supported as one."""
    return initiatief.van_voorziening(work, code) or code


def _vergrendeld(work: Work, code: str) -> Waarvoor:
    """As `_waarvoor`; what is done by the path of the initiatief waits, as what is done by that of the voorziening does."""
    waarvoor = _waarvoor(work, code)
    if isinstance(waarvoor, uuid.UUID):
        initiatief.vergrendelen(work, initiatief.ALLES, waarvoor)
    return waarvoor


def _lijst(work: Work, waarvoor: Waarvoor, wens: SteunFilter) -> Gevonden:
    bestaand = gemeente.codes_op(work, today(work.clock))
    count, rows = repository.list_steun(work.session, waarvoor, wens, bestaand)
    return count, Steunbetuiging.from_rows(rows), telling(work, waarvoor)


def _geef(
    work: Work, waarvoor: Waarvoor, pad: str, gemeentecode: str, invoer: SteunInvoer, wie: Collection[str]
) -> Steunbetuiging:
    nu, actor = work.clock.now(), work.actor
    was = repository.find(work.session, waarvoor, gemeentecode)
    if was is not None and was.toelichting == invoer.toelichting:
        return Steunbetuiging.from_row(was, actueel=True)
    repository.withdraw(work.session, waarvoor, gemeentecode, nu, actor.peer_id)
    nieuw = {
        "initiatief" if isinstance(waarvoor, uuid.UUID) else "voorziening": waarvoor,
        "gemeentecode": gemeentecode,
        "toelichting": invoer.toelichting,
        "gegeven_op": nu,
        "gegeven_door": actor.peer_id,
        "gegeven_namens": actor.delegator_id,
    }
    repository.add(work.session, nieuw)
    change = {"gemeentecode": gemeentecode, **invoer.model_dump(mode="json", by_alias=True)}
    work.record(action="steun.geven", subject=f"{pad}/steun/{gemeentecode}", change=change, visible_to=wie)
    return Steunbetuiging.make(
        gemeentecode=gemeentecode, toelichting=invoer.toelichting, gegeven_op=nu, ingetrokken_op=None, actueel=True
    )


def _trek_in(work: Work, waarvoor: Waarvoor, pad: str, gemeentecode: str, wie: Collection[str]) -> None:
    gedaan = repository.withdraw(work.session, waarvoor, gemeentecode, work.clock.now(), work.actor.peer_id)
    found(gedaan or None, SteunNietGevonden, f"{gemeentecode} geeft hieraan geen steun.")
    change = {"gemeentecode": gemeentecode}
    work.record(action="steun.intrekken", subject=f"{pad}/steun/{gemeentecode}", change=change, visible_to=wie)

"""Use cases of uitgaven."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from fonds_api.begroting import service as begroting
from fonds_api.boeking import service as boeking
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking
from fonds_api.jaareinde import service as jaareinde
from fonds_api.rekening import service as rekening
from fonds_api.uitgave import repository, rules
from fonds_api.uitgave.errors import FactuurAlVerwerkt, UitgaveAlBetaald, UitgaveAlGestorneerd, UitgaveNietGevonden
from fonds_api.uitgave.schemas import (
    Betaling,
    NieuweBetaling,
    NieuweUitgave,
    NieuweUitgavestorno,
    Storno,
    Uitgave,
    UitgavenFilter,
)
from fonds_api.verplichting import service as verplichting


def uitgeven(work: Work, zicht: Sight, nieuw: NieuweUitgave) -> Uitgave:
    """Draw an invoice from a commitment and book it, for good.

    Raises:
        TooFarAhead: a day is more than a year from now.
        OnbekendeVerplichting: it does not exist, or the caller may not see its fonds.
        VerplichtingNietAangegaan, JaarAfgesloten, DeelReiktNiet: see `verplichting.service`.
        BoekdatumBuitenJaar: see `rules.eisen_in_jaar`.
        FactuurAlVerwerkt: this invoice was drawn from this commitment already.
        others: see `boeking.service.boeken_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum, factuurdatum=nieuw.factuurdatum)
    van = verplichting.zoek(work, zicht, nieuw.verplichting)
    rules.eisen_in_jaar(nieuw.boekdatum, nieuw.jaar)
    repository.vergrendel_factuur(work.session, van.id, nieuw.factuurnummer)
    deel = verplichting.voor_deel(work, van.id, nieuw.jaar)
    if eerder := repository.met_factuur(work.session, van.id, nieuw.factuurnummer):
        raise FactuurAlVerwerkt(f"Factuur {nieuw.factuurnummer} is al verwerkt.", uitgave=pad(eerder))
    verplichting.eisen_open(deel, nieuw.jaar, nieuw.bedrag_cent, nieuw.btw_cent)
    id = uuid.uuid4()
    lasten = rekening.van_post(work, van.fonds, van.prioriteit, van.budgetsoort)
    tekst = f"Factuur {nieuw.factuurnummer}"
    geboekt = _boek(work, van.fonds, nieuw.boekdatum, tekst, pad(id), rules.regels(lasten, nieuw.bedrag_cent, nieuw.btw_cent))
    waarden = {**nieuw.model_dump(), "id": id, "boeking": geboekt, "vastgelegd_op": work.clock.now()}
    repository.insert_uitgave(work.session, waarden)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "boeking": boeking.pad(geboekt)}
    work.record(action="uitgave.vastleggen", subject=pad(id), change=change)
    return get_uitgave(work, zicht, id)


def betalen(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweBetaling) -> Uitgave:
    """Record and book that the supplier of an uitgave was paid.

    Raises:
        TooFarAhead: the day is more than a year from now.
        UitgaveNietGevonden: see `get_uitgave`.
        UitgaveAlGestorneerd, UitgaveAlBetaald: nothing is owed of it.
        others: see `boeking.service.boeken_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    rij = _vergrendelde(work, zicht, id)
    if rij.storno_boeking:
        raise UitgaveAlGestorneerd(f"Uitgave {id} is gestorneerd.")
    if rij.betaling_boeking:
        raise UitgaveAlBetaald(f"Uitgave {id} is al betaald.")
    tekst = f"Betaling factuur {rij.factuurnummer}"
    naar = f"{pad(id)}/betaling"
    geboekt = _boek(work, rij.fonds, nieuw.boekdatum, tekst, naar, rules.betaald(rij.bedrag_cent + rij.btw_cent))
    waarden = {"uitgave": id, "boekdatum": nieuw.boekdatum, "boeking": geboekt, "vastgelegd_op": work.clock.now()}
    repository.insert_betaling(work.session, waarden)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "boeking": boeking.pad(geboekt)}
    work.record(action="uitgave.betalen", subject=pad(id), change=change)
    return get_uitgave(work, zicht, id)


def storneren(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweUitgavestorno) -> Uitgave:
    """Undo an uitgave by an entry that mirrors it; its amount is open again on the commitment.

    What was paid becomes a claim on the supplier, on the account of creditors.

    Raises:
        TooFarAhead: the day is more than a year from now.
        UitgaveNietGevonden: see `get_uitgave`.
        UitgaveAlGestorneerd: it was undone before.
        BoekdatumBuitenJaar, JaarAfgesloten: as for `uitgeven`.
        StornoVoorBoeking: the day is before that of the uitgave.
        others: see `boeking.service.storneren_eigen`.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    rij = _vergrendelde(work, zicht, id)
    if rij.storno_boeking:
        raise UitgaveAlGestorneerd(f"Uitgave {id} is al gestorneerd.")
    rules.eisen_in_jaar(nieuw.boekdatum, rij.jaar)
    jaareinde.eisen_open_jaar(work, rij.fonds, [rij.jaar])
    tekst = f"Storno factuur {rij.factuurnummer}"
    geboekt = boeking.storneren_eigen(work, rij.boeking, nieuw.boekdatum, tekst, f"{pad(id)}/storno")
    waarden = {**nieuw.model_dump(), "uitgave": id, "boeking": geboekt, "vastgelegd_op": work.clock.now()}
    repository.insert_storno(work.session, waarden)
    change = {**nieuw.model_dump(mode="json", by_alias=True), "boeking": boeking.pad(geboekt)}
    work.record(action="uitgave.storneren", subject=pad(id), change=change)
    return get_uitgave(work, zicht, id)


def list_uitgaven(work: Work, zicht: Sight, wens: UitgavenFilter) -> tuple[int, list[Uitgave]]:
    """(total number, uitgaven of this page) that the caller may see."""
    count, rijen = repository.list_uitgaven(work.session, zicht, wens)
    return count, _weergaven(rijen)


def get_uitgave(work: Work, zicht: Sight, id: uuid.UUID) -> Uitgave:
    """One uitgave.

    Raises:
        UitgaveNietGevonden: it does not exist, or the caller may not see its fonds.
    """
    return _weergaven([_zichtbare(work, zicht, id)])[0]


def get_betaling(work: Work, zicht: Sight, id: uuid.UUID) -> Betaling:
    """The payment of an uitgave. Raises UitgaveNietGevonden, also when it was not paid."""
    return found(get_uitgave(work, zicht, id).betaling, UitgaveNietGevonden, f"Uitgave {id} is niet betaald.")


def get_storno(work: Work, zicht: Sight, id: uuid.UUID) -> Storno:
    """How an uitgave was undone. Raises UitgaveNietGevonden, also when it was not."""
    return found(get_uitgave(work, zicht, id).storno, UitgaveNietGevonden, f"Uitgave {id} is niet gestorneerd.")


def pad(id: uuid.UUID) -> str:
    """Path of an uitgave in this API."""
    return f"/v1/uitgaven/{id}"


def _boek(work: Work, fonds: str, boekdatum: date, tekst: str, pad: str, regels: Sequence[Regel]) -> uuid.UUID:
    return boeking.boeken_eigen(work, [EigenBoeking(fonds, boekdatum, tekst, pad, regels)])[0]


def _zichtbare(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, zicht, id), UitgaveNietGevonden, f"Er is geen uitgave {id}, of niet voor uw rol.")


def _vergrendelde(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    """As it is while nobody else changes anything of its year."""
    rij = _zichtbare(work, zicht, id)
    begroting.vergrendel(work, rij.fonds, [rij.jaar])
    return _zichtbare(work, zicht, id)


def _weergaven(rijen: Sequence[Values]) -> list[Uitgave]:
    return Uitgave.from_rows(rijen, _erbij)


def _erbij(rij: Values) -> dict[str, Any]:
    betaling, storno = _deel(rij, "betaling"), _deel(rij, "storno")
    return {
        "verplichting": verplichting.pad(rij.verplichting),
        "boeking": boeking.pad(rij.boeking),
        "betaling": Betaling.make(**betaling) if betaling else None,
        "storno": Storno.make(**storno, reden=rij.storno_reden) if storno else None,
    }


def _deel(rij: Values, wat: str) -> dict[str, Any] | None:
    geboekt = getattr(rij, f"{wat}_boeking")
    if geboekt is None:
        return None
    rest = {naam: getattr(rij, f"{wat}_{naam}") for naam in ("boekdatum", "vastgelegd_op")}
    return {**rest, "boeking": boeking.pad(geboekt)}

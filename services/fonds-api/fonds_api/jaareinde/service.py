"""Use cases of the end of a year: closing it, and what becomes of its resultaat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from fonds_api.begroting import service as begroting
from fonds_api.besluit import service as besluiten
from fonds_api.besluit.schemas import BronBesluit, Weigering
from fonds_api.besluit.service import LEDEN
from fonds_api.bijdrage import service as bijdrage
from fonds_api.boeking import service as boeking
from fonds_api.boeking.service import EigenBoeking
from fonds_api.budget import service as budget
from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import models, repository, rules
from fonds_api.jaareinde.errors import (
    BestemmingAlBesloten,
    GeenBijdragen,
    JaarAfgesloten,
    JaarafsluitingNietGevonden,
    JaarNietVoorbij,
    VerplichtingenNogOpen,
    VorigJaarNietAfgesloten,
)
from fonds_api.jaareinde.rules import AANGEVRAAGD, GEWEIGERD, VASTGESTELD
from fonds_api.jaareinde.schemas import (
    Bestemming,
    Jaarafsluiting,
    JaarafsluitingenFilter,
    NieuweBestemming,
    NieuweJaarafsluiting,
    Uitkering,
    UitkeringenFilter,
)
from fonds_api.periode import service as periode
from fonds_api.saldo import service as saldo

TASK = "resultaat.bestemmen"
WACHTEND = Waiting(
    models.Bestemming,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda rij: {"fonds": rij.fonds, "jaar": rij.jaar, "besluit": rij.pad},
    lock=lambda rij: pad_bestemming(rij.fonds, rij.jaar),
    path=lambda rij: pad_bestemming(rij.fonds, rij.jaar),
    action="resultaat.hervatten",
)


def eisen_open_jaar(work: Work, fonds: str, jaren: Collection[int]) -> None:
    """Refuse to change anything of a year that is closed. The caller has the lock on these years.

    Raises:
        JaarAfgesloten: names them.
    """
    if dicht := repository.afgesloten(work.session, fonds, jaren):
        raise JaarAfgesloten(f"Fonds {fonds} heeft {', '.join(map(str, dicht))} afgesloten.")


def afsluiten(work: Work, rol: str | None, nieuw: NieuweJaarafsluiting) -> Jaarafsluiting:
    """Close a year, for good: baten and lasten go to the resultaat, and nothing of its budget changes any more.

    Entries under way end first and count; the periods up to its end are closed for good with it, so that no other follows.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role does not keep it.
        JaarNietVoorbij, JaarAfgesloten: it is too early, or was done before.
        VerplichtingenNogOpen: something is committed that is neither spent, released nor carried over.
        VorigJaarNietAfgesloten: its accounts hold something of earlier years.
        OnbekendeRekening: the fonds has no account for the resultaat.
        PeriodeGesloten: its last day is closed already, so that its last entry cannot be booked.
        SaldoBuitenGrenzen: see `boeking.service.boeken_eigen`.
    """
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    laatste = date(nieuw.jaar, 12, 31)
    if today(work.clock) <= laatste:
        raise JaarNietVoorbij(f"{nieuw.jaar} duurt tot en met {laatste}.")
    begroting.vergrendel(work, nieuw.fonds, [nieuw.jaar])
    eisen_open_jaar(work, nieuw.fonds, [nieuw.jaar])
    if nog := budget.open_van_jaar(work, nieuw.fonds, nieuw.jaar):
        posten = [{"post": post, "verplichtCent": cent} for post, cent in nog.items()]
        raise VerplichtingenNogOpen(f"Van {nieuw.jaar} staat nog open: {', '.join(nog)}.", posten=posten)
    periode.vergrendel(work, nieuw.fonds)
    if any(cent for _, _, cent in _saldi(work, nieuw.fonds, date(nieuw.jaar - 1, 12, 31))):
        raise VorigJaarNietAfgesloten(f"Op baten en lasten van fonds {nieuw.fonds} staat nog iets van voor {nieuw.jaar}.")
    saldi = _saldi(work, nieuw.fonds, laatste)
    regels = rules.afsluitregels([(nummer, cent) for nummer, _, cent in saldi])
    per = {soort: sum(cent for _, wat, cent in saldi if wat == soort) for soort in ("baten", "lasten")}
    post = EigenBoeking(nieuw.fonds, laatste, f"Afsluiting {nieuw.jaar}", pad(nieuw.fonds, nieuw.jaar), regels)
    waarden = {
        **nieuw.model_dump(),
        "baten_cent": -per["baten"],
        "lasten_cent": per["lasten"],
        "boeking": boeking.boeken_eigen(work, [post])[0] if regels else None,
        "afgesloten_op": work.clock.now(),
    }
    periode.sluiten_tot(work, nieuw.fonds, laatste, f"Jaarafsluiting {nieuw.jaar}")
    repository.insert_afsluiting(work.session, waarden)
    change = {"batenCent": waarden["baten_cent"], "lastenCent": waarden["lasten_cent"]}
    work.record(action="jaar.afsluiten", subject=pad(nieuw.fonds, nieuw.jaar), change=change)
    return get_afsluiting(work, EVERYTHING, nieuw.fonds, nieuw.jaar)


def list_afsluitingen(work: Work, zicht: Sight, wens: JaarafsluitingenFilter) -> tuple[int, list[Jaarafsluiting]]:
    """(total number, closed years of this page) that the caller may see."""
    count, rijen = repository.list_afsluitingen(work.session, zicht, wens)
    return count, Jaarafsluiting.from_rows(rijen, _afsluiting)


def get_afsluiting(work: Work, zicht: Sight, fonds: str, jaar: int) -> Jaarafsluiting:
    """One closed year.

    Raises:
        JaarafsluitingNietGevonden: it is not closed, or the caller may not see it.
    """
    return Jaarafsluiting.from_rows([_zichtbare(work, zicht, fonds, jaar)], _afsluiting)[0]


def aanvragen(work: Work, fonds: str, jaar: int, nieuw: NieuweBestemming) -> tuple[Bestemming, bool]:
    """Ask for a resultaat to be returned or reserved; a job asks catalogus whether the decision carries it.

    Returns:
        what was asked, and whether a job was queued: asking again changes nothing, unless it was geweigerd or its job is gone.

    Raises:
        TooFarAhead: the boekdatum is more than a year from now.
        JaarafsluitingNietGevonden: the year is not closed.
        UitkeringTeHoog: see `rules.bestemming`.
        GeenBijdragen: there are no bijdragen of that year to divide by.
        BestemmingAlBesloten: it is vastgesteld, or waits with another decision or amount.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    begroting.vergrendel(work, fonds, [jaar])
    afsluiting = _zichtbare(work, EVERYTHING, fonds, jaar)
    reserve = rules.bestemming(_resultaat(afsluiting), nieuw.uitkeren_cent)
    if nieuw.uitkeren_cent:
        _sleutel(work, fonds, jaar)
    rij = repository.lock_bestemming(work.session, fonds, jaar)
    gevraagd = (nieuw.uitkeren_cent, nieuw.besluit.pad, nieuw.boekdatum)
    if rij and rij.status == AANGEVRAAGD and gevraagd == (rij.uitkeren_cent, rij.pad, rij.boekdatum):
        return _bestemming(rij, afsluiting), WACHTEND.resume(work, rij)
    if rij and rij.status != GEWEIGERD:
        raise BestemmingAlBesloten(f"De bestemming van {fonds} {jaar} is {rij.status}, met besluit {rij.pad}.")
    waarden = {
        "uitkeren_cent": nieuw.uitkeren_cent,
        "reserve_cent": reserve,
        **nieuw.besluit.model_dump(),
        "status": AANGEVRAAGD,
        "aangevraagd_op": work.clock.now(),
        "boekdatum": nieuw.boekdatum,
    }
    if rij is None:
        repository.insert_bestemming(work.session, {"fonds": fonds, "jaar": jaar, **waarden})
        rij = repository.lock_bestemming(work.session, fonds, jaar)
        assert rij is not None
    else:
        for naam, waarde in {**waarden, "probleem": None}.items():
            setattr(rij, naam, waarde)
        work.session.flush()
    WACHTEND.queue(work, rij)
    work.record(
        action="resultaat.aanvragen", subject=pad_bestemming(fonds, jaar), change=nieuw.model_dump(mode="json", by_alias=True)
    )
    return _bestemming(rij, afsluiting), True


def te_vragen(work: Work, fonds: str, jaar: int, besluit: str) -> str | None:
    """Path of the decision to ask for; None when a resultaat does not wait for it (any more)."""
    rij = repository.find_bestemming(work.session, fonds, jaar)
    return besluit if rij and (rij.status, rij.pad) == (AANGEVRAAGD, besluit) else None


def vaststellen(work: Work, fonds: str, jaar: int, besluit: BronBesluit) -> None:
    """Return and reserve a resultaat, for good; does nothing when it does not wait for this decision.

    Raises:
        BesluitDraagtNiet: the decision is not positive, or not of the members.
        GeenBijdragen: as for `aanvragen`.
    """
    begroting.vergrendel(work, fonds, [jaar])
    rij = repository.lock_bestemming(work.session, fonds, jaar)
    if rij is None or rij.status != AANGEVRAAGD or rij.pad != besluit.pad:
        return
    besluiten.eisen_draagt(work, besluit, LEDEN)
    naar = pad_bestemming(fonds, jaar)
    delen = rules.uitkeringen(rij.uitkeren_cent, _sleutel(work, fonds, jaar)) if rij.uitkeren_cent else {}
    regels = rules.bestemmingsregels(rij.uitkeren_cent, rij.reserve_cent)
    post = EigenBoeking(fonds, rij.boekdatum, f"Bestemming resultaat {jaar}", naar, regels)
    rij.boeking = boeking.boeken_eigen(work, [post])[0] if regels else None
    rij.status, rij.vastgesteld_op = VASTGESTELD, work.clock.now()
    work.session.flush()
    if delen:
        rijen = [{"fonds": fonds, "jaar": jaar, "gemeentecode": code, "bedrag_cent": cent} for code, cent in delen.items()]
        repository.insert_uitkeringen(work.session, rijen)
    geboekt = boeking.pad(rij.boeking) if rij.boeking else None
    change = {"besluit": rij.pad, "gremium": besluit.gremium, "boeking": geboekt, "aantal": len(delen)}
    work.record(action="resultaat.bestemmen", subject=naar, change=change)


def weigeren(work: Work, fonds: str, jaar: int, probleem: dict[str, Any], besluit: str) -> None:
    """Record why nothing becomes of a resultaat yet. One that does not wait for this decision (its path) does not change."""
    rij = repository.lock_bestemming(work.session, fonds, jaar)
    if rij and (rij.status, rij.pad) == (AANGEVRAAGD, besluit):
        rij.status, rij.probleem = GEWEIGERD, Weigering.make(**probleem).model_dump(mode="json")
        work.record(action="resultaat.weigeren", subject=pad_bestemming(fonds, jaar), change=rij.probleem)


def get_bestemming(work: Work, zicht: Sight, fonds: str, jaar: int) -> Bestemming:
    """What becomes of a resultaat. Raises JaarafsluitingNietGevonden, also when nothing was asked for."""
    afsluiting = _zichtbare(work, zicht, fonds, jaar)
    rij = repository.find_bestemming(work.session, fonds, jaar)
    gevonden = found(rij, JaarafsluitingNietGevonden, f"Het resultaat van {fonds} {jaar} heeft geen bestemming.")
    return _bestemming(gevonden, afsluiting)


def find_bestemming(work: Work, fonds: str, jaar: int) -> Bestemming | None:
    """As `get_bestemming` for who may see it; None when nothing was asked for."""
    rij = repository.find_bestemming(work.session, fonds, jaar)
    return _bestemming(rij, _zichtbare(work, EVERYTHING, fonds, jaar)) if rij else None


def list_uitkeringen(work: Work, zicht: Sight, wens: UitkeringenFilter) -> tuple[int, list[Uitkering], dict[str, int]]:
    """(total number, uitkeringen of this page, sum over all pages) that the caller may see."""
    count, totaal, rijen = repository.list_uitkeringen(work.session, zicht, wens)
    return count, Uitkering.from_rows(rijen, _verwijzingen), {"totaal_cent": totaal}


def pad(fonds: str, jaar: int) -> str:
    """Path of a closed year in this API."""
    return f"/v1/jaarafsluitingen/{fonds}-{jaar}"


def pad_bestemming(fonds: str, jaar: int) -> str:
    """Path of what becomes of its resultaat."""
    return f"{pad(fonds, jaar)}/bestemming"


def _saldi(work: Work, fonds: str, datum: date) -> list[tuple[str, str, int]]:
    """(account, kind, balance in cents) of baten and lasten at the end of a day."""
    balans = saldo.get_saldibalans(work, EVERYTHING, fonds, datum)
    return [
        (rij.nummer, rij.soort, rij.saldo_cent)
        for rij in balans.rekeningen
        if rij.soort in ("baten", "lasten") and not rij.verzamelrekening
    ]


def _sleutel(work: Work, fonds: str, jaar: int) -> dict[str, int]:
    bijdragen = bijdrage.bijdragen_over(work, fonds, jaar)
    if not any(bijdragen.values()):
        raise GeenBijdragen(f"Over {jaar} zijn geen bijdragen aan fonds {fonds} vastgesteld.")
    return bijdragen


def _resultaat(rij: Values) -> int:
    return int(rij.baten_cent - rij.lasten_cent)


def _zichtbare(work: Work, zicht: Sight, fonds: str, jaar: int) -> Values:
    rij = repository.find(work.session, fonds, jaar, zicht)
    return found(rij, JaarafsluitingNietGevonden, f"Fonds {fonds} heeft {jaar} niet afgesloten, of het is niet voor uw rol.")


def _afsluiting(rij: Values) -> dict[str, Any]:
    return {
        "id": f"{rij.fonds}-{rij.jaar}",
        "resultaat_cent": _resultaat(rij),
        "boeking": boeking.pad(rij.boeking) if rij.boeking else None,
    }


def _bestemming(rij: models.Bestemming, afsluiting: Values) -> Bestemming:
    return Bestemming.from_row(
        rij,
        jaarafsluiting=pad(rij.fonds, rij.jaar),
        resultaat_cent=_resultaat(afsluiting),
        regel=rules.SLEUTEL,
        besluit=Reference.make(bron=rij.bron, pad=rij.pad),
        boeking=boeking.pad(rij.boeking) if rij.boeking else None,
        probleem=Weigering.make(**rij.probleem) if rij.probleem else None,
    )


def _verwijzingen(rij: Values) -> dict[str, Any]:
    return {
        "gemeente": Reference.make(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}"),
        "bestemming": pad_bestemming(rij.fonds, rij.jaar),
    }

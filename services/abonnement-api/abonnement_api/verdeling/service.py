"""Use cases of distributions: one proposes, other eyes decide."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import Forbidden
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import require_near

from abonnement_api.aanbieder.service import aandelen, list_diensten
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.verdeling import repository, rules
from abonnement_api.verdeling.errors import (
    NietsTeVerdelen,
    VerdelingAchterhaald,
    VerdelingAlBesloten,
    VerdelingAlVoorgesteld,
    VerdelingNietGevonden,
)
from abonnement_api.verdeling.schemas import (
    NieuweVerdeling,
    NieuweVerdelingsafwijzing,
    Verdeling,
    Verdelingsbesluit,
    Verdelingsregel,
)


def voorstellen(work: Work, wie: Eyes, nieuw: NieuweVerdeling) -> Verdeling:
    """Propose to distribute everything received up to and including a day that is not distributed yet.

    Each part of a receipt goes to the aanbieder of the line that it paid, so nothing is rounded here. What came back after it had
    been distributed is set off against what was received since; a dienst of which more came back waits until it is covered.

    Raises:
        TooFarAhead: the day is more than a year from now; everything received until then would be booked on it.
        VerdelingAlVoorgesteld: another one waits.
        NietsTeVerdelen: there is nothing to distribute.
    """
    require_near(work.clock, totEnMet=nieuw.tot_en_met)
    repository.lock(work.session)
    if eerder := repository.open_voorstel(work.session):
        raise VerdelingAlVoorgesteld(f"Verdeling {eerder} is voorgesteld en wacht op een besluit.", verdeling=pad(eerder))
    inhoud = rules.inhoud(repository.te_verdelen(work.session, nieuw.tot_en_met))
    if not inhoud.delen:
        raise NietsTeVerdelen(f"Alles wat tot en met {nieuw.tot_en_met} op facturen is ontvangen, is al verdeeld.")
    id = uuid.uuid4()
    repository.add_voorstel(
        work.session,
        {
            "id": id,
            "tot": nieuw.tot_en_met,
            "bedrag_cent": inhoud.bedrag_cent,
            "regels": inhoud.per_dienst_cent,
            "delen_sha256": inhoud.sha256,
            "voorgesteld_op": work.clock.now(),
            **wie.columns(),
        },
    )
    change = {"totEnMet": nieuw.tot_en_met.isoformat(), "perDienstCent": inhoud.per_dienst_cent}
    work.record(action="verdeling.voorstellen", subject=pad(id), change=change)
    return get_verdeling(work, EVERYTHING, id)


def vaststellen(work: Work, wie: Eyes, id: uuid.UUID) -> Verdeling:
    """Fix exactly what was proposed, and order its entry.

    Raises:
        VerdelingNietGevonden: no distribution has this id.
        VerdelingAlBesloten: it was fixed or rejected before.
        Forbidden: the same eyes proposed it.
        VerdelingAchterhaald: it would be another distribution by now.
    """
    rij = _wachtend(work, id)
    if not are_others(wie, Eyes(rij.peer_id, rij.rol, rij.contract)):
        raise Forbidden(f"Verdeling {id} is door deze organisatie in deze rol, of onder dit contract, voorgesteld.")
    inhoud = rules.inhoud(repository.te_verdelen(work.session, rij.tot))
    if inhoud.sha256 != rij.delen_sha256:
        raise VerdelingAchterhaald(
            f"Voorgesteld is {rij.bedrag_cent} cent; nu zouden het andere delen zijn, samen {inhoud.bedrag_cent} cent."
        )
    nu = work.clock.now()
    diensten = [dienst for dienst in list_diensten(work) if dienst.code in inhoud.per_dienst_cent]
    cent = inhoud.per_dienst_cent
    _besluiten(work, wie, id, rules.VASTGESTELD, None, nu)
    repository.add(
        work.session,
        {"id": id, "tot": rij.tot, "bedrag_cent": inhoud.bedrag_cent, "vastgesteld_op": nu},
        [{"verdeling": id, "dienst": d.code, "aanbieder": d.aanbieder, "bedrag_cent": cent[d.code]} for d in diensten],
        [
            {
                "betaling": deel.betaling,
                "factuur": deel.factuur,
                "dienst": deel.dienst,
                "koppeling": deel.koppeling,
                "verdeling": id,
            }
            for deel in inhoud.delen
        ],
    )
    boeking.boeken(
        work,
        datum=rij.tot,
        omschrijving=f"Verdeling van ontvangsten tot en met {rij.tot}",
        pad=pad(id),
        groep=pad(id),
        regels=[
            *((d.rekening_gefactureerd, cent[d.code]) for d in diensten),
            *((d.rekening_af_te_dragen, -cent[d.code]) for d in diensten),
        ],
    )
    change = {"totEnMet": rij.tot.isoformat(), "perDienstCent": cent}
    work.record(action="verdeling.vaststellen", subject=pad(id), change=change)
    work.session.flush()  # the outbox gives the state of the distribution
    return get_verdeling(work, EVERYTHING, id)


def afwijzen(work: Work, wie: Eyes, id: uuid.UUID, nieuw: NieuweVerdelingsafwijzing) -> Verdeling:
    """Reject a proposal with a reason; who proposed it withdraws it so.

    Raises:
        VerdelingNietGevonden, VerdelingAlBesloten: as `vaststellen`.
    """
    _wachtend(work, id)
    _besluiten(work, wie, id, rules.AFGEWEZEN, nieuw.reden, work.clock.now())
    work.record(action="verdeling.afwijzen", subject=pad(id), change={"reden": nieuw.reden})
    return get_verdeling(work, EVERYTHING, id)


def list_verdelingen(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Verdeling]]:
    """(total number, distributions of this page) that the caller may see, in order of proposal."""
    count, rows = repository.list_verdelingen(work.session, zicht, wens)
    return count, _weergaven(work, zicht, rows)


def get_verdeling(work: Work, zicht: Sight, id: uuid.UUID) -> Verdeling:
    """One distribution; an aanbieder sees its own share of it.

    Raises:
        VerdelingNietGevonden: no distribution has this id, or nothing in it is the caller's.
    """
    return _weergaven(work, zicht, [zichtbaar(work, zicht, id)])[0]


def zichtbaar(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    """The row of a distribution or proposal; for the other features of this service too.

    Raises:
        VerdelingNietGevonden: as `get_verdeling`.
    """
    return found(repository.find(work.session, zicht, id), VerdelingNietGevonden, f"Er is geen verdeling {id}.")


def vastgesteld(work: Work, id: uuid.UUID) -> Values | None:
    """The row of a distribution that was fixed; None when there is none."""
    rij = repository.find(work.session, EVERYTHING, id)
    return rij if rij is not None and rij.vastgesteld_op is not None else None


def regels_van(work: Work, id: uuid.UUID, zicht: Sight = EVERYTHING) -> Sequence[Values]:
    """The lines of a distribution that was fixed and that the caller may see, in order of dienst; none before that."""
    return repository.regels(work.session, zicht, [id])[id]


def delen_van(work: Work, id: uuid.UUID, diensten: Collection[str]) -> Sequence[Values]:
    """The parts of receipts that a distribution took of these diensten, in order of invoice and day."""
    return repository.delen(work.session, id, diensten)


def ontvangen_per_dienst(work: Work, jaar: int | None) -> tuple[dict[str, int], dict[str, int]]:
    """Per dienst, in cents, (distributed, still to distribute) of the receipts on invoices of a year, or of all years."""
    return (repository.per_dienst(work.session, jaar, verdeeld=True), repository.per_dienst(work.session, jaar, verdeeld=False))


def pad(id: uuid.UUID) -> str:
    return f"/v1/verdelingen/{id}"


def _wachtend(work: Work, id: uuid.UUID) -> Values:
    repository.lock(work.session)
    rij = zichtbaar(work, EVERYTHING, id)
    if rij.vastgesteld_op is not None or rij.uitkomst is not None:
        raise VerdelingAlBesloten(f"Verdeling {id} is al {rij.uitkomst or rules.VASTGESTELD}.")
    return rij


def _besluiten(work: Work, wie: Eyes, id: uuid.UUID, uitkomst: str, reden: str | None, nu: datetime) -> None:
    besluit = {"voorstel": id, "uitkomst": uitkomst, "reden": reden, "op": nu, **wie.columns()}
    repository.add_besluit(work.session, besluit)


def _weergaven(work: Work, zicht: Sight, rows: Sequence[Values]) -> list[Verdeling]:
    vast = repository.regels(work.session, zicht, [rij.id for rij in rows])
    diensten = list_diensten(work)
    paden = [pad(rij.id) for rij in rows]
    boekingen, standen = outbox.answers(work.session, paden), boeking.boekstanden(work, paden, rules.VASTGESTELD)

    def regels(rij: Values) -> list[Verdelingsregel]:
        if rij.vastgesteld_op is not None:
            return Verdelingsregel.from_rows(vast[rij.id])
        voorgesteld = rij.voorgestelde_regels
        return [
            Verdelingsregel.make(dienst=d.code, aanbieder=d.aanbieder, bedrag_cent=voorgesteld[d.code])
            for d in diensten
            if d.code in voorgesteld
        ]

    def verder(rij: Values) -> dict[str, Any]:
        eigen = regels(rij)
        per_dienst = {regel.dienst: regel.bedrag_cent for regel in eigen}
        over = diensten if not zicht.limits else [d for d in diensten if d.code in per_dienst]
        stand = standen[pad(rij.id)]
        if rij.vastgesteld_op is None:
            stand = {**stand, "status": rij.uitkomst or rules.VOORGESTELD}
        return {
            "tot_en_met": rij.tot,
            "bedrag_cent": sum(per_dienst.values()),
            "aandelen": aandelen(over, per_dienst),
            "regels": eigen,
            "boeking": boeking.verwijzing(boekingen, pad(rij.id)),
            "besluit": None
            if rij.uitkomst is None
            else Verdelingsbesluit.make(uitkomst=rij.uitkomst, rol=rij.besluiter, reden=rij.reden, op=rij.besloten_op),
            **stand,
        }

    return Verdeling.from_rows(rows, verder)

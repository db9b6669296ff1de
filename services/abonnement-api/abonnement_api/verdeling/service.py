"""Use cases of distributions."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from abonnement_api.aanbieder.service import aandelen, list_diensten
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.verdeling import repository
from abonnement_api.verdeling.errors import NietsTeVerdelen, VerdelingNietGevonden
from abonnement_api.verdeling.schemas import NieuweVerdeling, Verdeling, Verdelingsregel


def verdelen(work: Work, nieuw: NieuweVerdeling) -> Verdeling:
    """Distribute everything received up to and including a day that is not distributed yet.

    Each part of a receipt goes to the aanbieder of the line that it paid, so nothing is rounded here. What came back after it had
    been distributed is set off against what was received since; a dienst of which more came back waits until it is covered.

    Raises:
        TooFarAhead: the day is more than a year from now; everything received until then would be booked on it.
        NietsTeVerdelen: there is nothing to distribute.
    """
    require_near(work.clock, totEnMet=nieuw.tot_en_met)
    repository.lock(work.session)
    delen = repository.te_verdelen(work.session, nieuw.tot_en_met)
    per_dienst: Counter[str] = Counter()
    for deel in delen:
        per_dienst[deel.dienst] += deel.bedrag_cent
    per_dienst = +per_dienst  # only what is positive
    delen = [deel for deel in delen if deel.dienst in per_dienst]
    if not delen:
        raise NietsTeVerdelen(f"Alles wat tot en met {nieuw.tot_en_met} op facturen is ontvangen, is al verdeeld.")
    id = uuid.uuid4()
    diensten = [dienst for dienst in list_diensten(work) if per_dienst[dienst.code]]
    repository.add(
        work.session,
        {"id": id, "tot": nieuw.tot_en_met, "bedrag_cent": per_dienst.total(), "vastgesteld_op": work.clock.now()},
        [{"verdeling": id, "dienst": d.code, "aanbieder": d.aanbieder, "bedrag_cent": per_dienst[d.code]} for d in diensten],
        [
            {
                "betaling": deel.betaling,
                "factuur": deel.factuur,
                "dienst": deel.dienst,
                "koppeling": deel.koppeling,
                "verdeling": id,
            }
            for deel in delen
        ],
    )
    boeking.boeken(
        work,
        datum=nieuw.tot_en_met,
        omschrijving=f"Verdeling van ontvangsten tot en met {nieuw.tot_en_met}",
        pad=pad(id),
        groep=pad(id),
        regels=[
            *((d.rekening_gefactureerd, per_dienst[d.code]) for d in diensten),
            *((d.rekening_af_te_dragen, -per_dienst[d.code]) for d in diensten),
        ],
    )
    work.record(
        action="verdeling.vaststellen",
        subject=pad(id),
        change={"totEnMet": nieuw.tot_en_met.isoformat(), "perDienstCent": dict(per_dienst)},
    )
    work.session.flush()  # the outbox gives the state of the distribution
    return get_verdeling(work, id)


def list_verdelingen(work: Work, wens: PageQuery) -> tuple[int, list[Verdeling]]:
    """(total number, distributions of this page), in order of time."""
    count, rows = repository.list_verdelingen(work.session, wens)
    return count, _weergaven(work, rows)


def get_verdeling(work: Work, id: uuid.UUID) -> Verdeling:
    """One distribution.

    Raises:
        VerdelingNietGevonden: no distribution has this id.
    """
    rij = found(repository.find(work.session, id), VerdelingNietGevonden, f"Er is geen verdeling {id}.")
    return _weergaven(work, [rij])[0]


def ontvangen_per_dienst(work: Work, jaar: int | None) -> tuple[dict[str, int], dict[str, int]]:
    """Per dienst, in cents, (distributed, still to distribute) of the receipts on invoices of a year, or of all years."""
    return (repository.per_dienst(work.session, jaar, verdeeld=True), repository.per_dienst(work.session, jaar, verdeeld=False))


def pad(id: uuid.UUID) -> str:
    return f"/v1/verdelingen/{id}"


def _weergaven(work: Work, rows: Sequence[Values]) -> list[Verdeling]:
    regels, diensten = repository.regels(work.session, [rij.id for rij in rows]), list_diensten(work)
    paden = [pad(rij.id) for rij in rows]
    boekingen, standen = outbox.answers(work.session, paden), boeking.boekstanden(work, paden, "vastgesteld")

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "tot_en_met": rij.tot,
            "aandelen": aandelen(diensten, {regel.dienst: regel.bedrag_cent for regel in regels[rij.id]}),
            "regels": Verdelingsregel.from_rows(regels[rij.id]),
            "boeking": boeking.verwijzing(boekingen, pad(rij.id)),
            **standen[pad(rij.id)],
        }

    return Verdeling.from_rows(rows, verder)

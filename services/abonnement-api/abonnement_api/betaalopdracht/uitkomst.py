"""Use cases of what becomes of a payment: the bank line is back, the bank refused it, or the money came back later."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import found

from abonnement_api.betaalopdracht import paden, repository, rules
from abonnement_api.betaalopdracht.errors import BetaaluitkomstNietGevonden, UitkomstPastNiet
from abonnement_api.betaalopdracht.schemas import Betaaluitkomst, Betaaluitkomsten, BetaaluitkomstenFilter, NieuweUitkomst
from abonnement_api.betaalopdracht.service import bestaand, tegenrekeningen
from abonnement_api.betaling import paden as betaling_paden
from abonnement_api.betaling import service as betaling
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import NOG_TE_KOPPELEN


@dataclass(frozen=True)
class _Nieuw:
    """What became of a line, and by which line on a statement."""

    regel: Values
    soort: str
    datum: date
    afschrijving: Values | None = None
    betaling: Values | None = None
    toelichting: str | None = None


def verwerk(work: Work, iban: str) -> int:
    """Settle the payments that are back on a statement, and reopen those that came back; the number of payments.

    Only where a line names a payment or a whole order and has its amount to the cent; the rest waits for a person.
    """
    betaling.vergrendel(work, iban)
    af, terug = betaling.uitgaand(work, rules.PATROON)
    if not af and not terug:
        return 0
    repository.lock(work.session)
    posten = {rij.id: _post(rij) for rij in (*af, *terug) if rij.iban == iban}
    rijen = repository.met_kenmerk(work.session, set().union(*(post.kenmerken for post in posten.values())))
    per_regel = {(rij.opdracht, rij.volgnummer): rij for rij in rijen}
    stand = {sleutel: rij.stand for sleutel, rij in per_regel.items()}
    nieuw: list[_Nieuw] = []

    def regels() -> list[rules.Regel]:
        return [
            rules.Regel(*sleutel, rij.kenmerk, rij.eindnaareind, rij.iban, rij.bedrag_cent, stand[sleutel])
            for sleutel, rij in per_regel.items()
        ]

    for rij in af:
        if rij.id in posten:
            for raak in rules.afgewikkeld(posten[rij.id], regels()):
                sleutel = (raak.opdracht, raak.volgnummer)
                stand[sleutel] = rules.BETAALD
                nieuw.append(_Nieuw(per_regel[sleutel], rules.BETAALD, rij.boekdatum, afschrijving=rij))
    for rij in terug:
        terecht = rules.teruggekomen(posten[rij.id], regels()) if rij.id in posten else None
        if terecht is not None:
            sleutel = (terecht.opdracht, terecht.volgnummer)
            stand[sleutel] = rules.TERUGGEKOMEN
            nieuw.append(_Nieuw(per_regel[sleutel], rules.RETOUR, rij.boekdatum, betaling=rij))
    _vastleggen(work, nieuw)
    return len(nieuw)


def vastleggen(work: Work, id: uuid.UUID, wens: NieuweUitkomst) -> Betaaluitkomsten:
    """Say what became of payments of an order, where no statement says it clearly.

    Raises:
        BetaalopdrachtNietGevonden: no order has this id.
        UitkomstPastNiet: names everything that does not fit.
    """
    opdracht = bestaand(work, id)
    betaling.vergrendel(work, opdracht.iban)
    repository.lock(work.session)
    alle = {rij.volgnummer: rij for rij in repository.regels(work.session, [id])[id]}
    gekozen = [alle[nummer] for nummer in dict.fromkeys(wens.regels) if nummer in alle]
    af = betaling.afschrijving(work, wens.afschrijving) if wens.afschrijving else None
    bij = betaling.ontvangsten(work, [wens.betaling]).get(wens.betaling) if wens.betaling else None
    som = sum(regel.bedrag_cent for regel in gekozen)
    fouten = [
        InvalidParam(f"regels.{plaats}", "past_niet", f"regel {nummer} is {alle[nummer].stand if nummer in alle else 'onbekend'}")
        for plaats, nummer in enumerate(wens.regels)
        if nummer not in alle or alle[nummer].stand != (rules.BETAALD if wens.soort == rules.RETOUR else rules.ONDERWEG)
    ]
    fouten += _past_bij_afschrift(wens, opdracht.iban, af, bij, som, len(gekozen))
    if fouten:
        raise UitkomstPastNiet("Dit is niet vast te leggen; zie invalidParams.", invalid_params=fouten)
    datum = af.boekdatum if af is not None else bij.boekdatum if bij is not None else today(work.clock)
    ids = _vastleggen(work, [_Nieuw(regel, wens.soort, datum, af, bij, wens.toelichting) for regel in gekozen])
    return Betaaluitkomsten.make(uitkomsten=_weergaven(work, repository.van_ids(work.session, ids)))


def get_uitkomst(work: Work, id: uuid.UUID) -> Betaaluitkomst:
    """What became of one payment.

    Raises:
        BetaaluitkomstNietGevonden: nothing has this id.
    """
    rij = found(repository.find_uitkomst(work.session, id), BetaaluitkomstNietGevonden, f"Er is geen betaaluitkomst {id}.")
    return _weergaven(work, [rij])[0]


def list_uitkomsten(work: Work, wens: BetaaluitkomstenFilter) -> tuple[int, list[Betaaluitkomst]]:
    """(total number, outcomes of this page), in the order in which they were put down."""
    count, rijen = repository.list_uitkomsten(work.session, wens)
    return count, _weergaven(work, rijen)


def _post(rij: Values) -> rules.Post:
    genoemd = rules.genoemd(rij.eindnaareind) or rules.genoemd(rij.omschrijving) or rules.genoemd(rij.opdracht)
    return rules.Post(rij.id, rij.bedrag_cent, rij.tegenrekening, genoemd)


def _past_bij_afschrift(
    wens: NieuweUitkomst, iban: str, af: Values | None, bij: Values | None, som: int, aantal: int
) -> list[InvalidParam]:
    fouten = []
    if (wens.soort == rules.BETAALD) != (wens.afschrijving is not None):
        fouten.append(InvalidParam("afschrijving", "past_niet", "hoort bij `betaald`, en alleen daarbij"))
    elif wens.afschrijving is not None and (af is None or af.iban != iban):
        fouten.append(InvalidParam("afschrijving", "onbekend", "bestaat niet op deze rekening"))
    elif af is not None and som > af.bedrag_cent - af.verklaard_cent:
        fouten.append(InvalidParam("afschrijving", "past_niet", f"van haar is {af.bedrag_cent - af.verklaard_cent} cent over"))
    if (wens.soort == rules.RETOUR) != (wens.betaling is not None):
        fouten.append(InvalidParam("betaling", "past_niet", "hoort bij `retour`, en alleen daarbij"))
    elif wens.betaling is not None and (bij is None or bij.iban != iban):
        fouten.append(InvalidParam("betaling", "onbekend", "bestaat niet op deze rekening"))
    elif bij is not None and (aantal != 1 or som != bij.bedrag_cent or bij.gekoppeld_cent + bij.terug_cent):
        fouten.append(InvalidParam("betaling", "past_niet", f"is {bij.bedrag_cent} cent, en hoort in haar geheel bij één regel"))
    return fouten


def _vastleggen(work: Work, nieuw: Sequence[_Nieuw]) -> list[uuid.UUID]:
    """Store outcomes, their entries and their trail; the ids, in order."""
    if not nieuw:
        return []
    nu, ids = work.clock.now(), [uuid.uuid4() for _ in nieuw]
    repository.add_uitkomsten(
        work.session,
        [
            {
                "id": id,
                "opdracht": stuk.regel.opdracht,
                "regel": stuk.regel.volgnummer,
                "soort": stuk.soort,
                "datum": stuk.datum,
                "afschrijving": stuk.afschrijving.id if stuk.afschrijving is not None else None,
                "betaling": stuk.betaling.id if stuk.betaling is not None else None,
                "toelichting": stuk.toelichting,
                "vastgelegd_op": nu,
            }
            for id, stuk in zip(ids, nieuw, strict=True)
        ],
    )
    _geef_terug(work, nieuw)
    for id, stuk in zip(ids, nieuw, strict=True):
        regels = _boekregels(work, stuk)
        if regels:
            boeking.boeken(
                work,
                datum=stuk.datum,
                omschrijving=f"Betaling {stuk.regel.eindnaareind} {stuk.soort}",
                pad=paden.uitkomst(id),
                groep=paden.opdracht(stuk.regel.opdracht),
                regels=regels,
            )
        work.record(
            action=f"betaalopdracht.{stuk.soort}",
            subject=paden.opdracht(stuk.regel.opdracht),
            change={
                "regel": stuk.regel.volgnummer,
                "bedragCent": stuk.regel.bedrag_cent,
                "afschrijving": betaling_paden.afschrijving(stuk.afschrijving.id) if stuk.afschrijving is not None else None,
                "betaling": betaling_paden.betaling(stuk.betaling.id) if stuk.betaling is not None else None,
                "toelichting": stuk.toelichting,
            },
        )
    work.session.flush()
    return ids


def _geef_terug(work: Work, nieuw: Sequence[_Nieuw]) -> None:
    """Of refunds that were carried out, say so with their receipt."""
    gedaan = [stuk for stuk in nieuw if stuk.soort == rules.BETAALD and stuk.regel.betaling is not None]
    rijen = betaling.ontvangsten(work, [stuk.regel.betaling for stuk in gedaan])
    betaling.terugbetaald(
        work, [(rijen[s.regel.betaling], s.afschrijving, s.regel.bedrag_cent) for s in gedaan if s.afschrijving is not None]
    )


def _boekregels(work: Work, stuk: _Nieuw) -> list[tuple[str, int]]:
    """Carried out: what was on its way is no more, and the debit is explained. Refused, or come back: it is due again. A refund
    that came back is money that is not matched, as its credit was booked."""
    cent = stuk.regel.bedrag_cent
    if stuk.soort == rules.BETAALD:
        return [(rules.ONDERWEGREKENING, cent), (NOG_TE_KOPPELEN, -cent)]
    if stuk.soort == rules.RETOUR and stuk.regel.verdeling is None:
        return []
    vandaan = NOG_TE_KOPPELEN if stuk.soort == rules.RETOUR else rules.ONDERWEGREKENING
    terug = [(rekening, -deel) for rekening, deel in rules.per_rekening(tegenrekeningen(work, [stuk.regel]))]
    return [(vandaan, cent), *terug]


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Betaaluitkomst]:
    boekingen = outbox.answers(work.session, [paden.uitkomst(rij.id) for rij in rijen])

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "betaalopdracht": paden.opdracht(rij.opdracht),
            "afschrijving": betaling_paden.afschrijving(rij.afschrijving) if rij.afschrijving else None,
            "betaling": betaling_paden.betaling(rij.betaling) if rij.betaling else None,
            "boeking": boeking.verwijzing(boekingen, paden.uitkomst(rij.id)),
        }

    return Betaaluitkomst.from_rows(rijen, verder)

"""Use cases of what happens to a receipt after its statement was read: matched, undone, returned, refunded.

Each is an event (koppeling) with its own entry in fonds; nothing that was stored changes.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import found

from abonnement_api.betaling import paden, repository, rules
from abonnement_api.betaling.afschrift import RETOUR
from abonnement_api.betaling.errors import (
    AfschrijvingNietGevonden,
    BetalingNietGevonden,
    KoppelingNietGevonden,
    NietGekoppeld,
    OnbekendeBetaling,
    OnbekendeFactuur,
    PastNiet,
)
from abonnement_api.betaling.schemas import (
    Koppeling,
    KoppelingenFilter,
    Koppelvoorstellen,
    NieuweKoppeling,
    NieuweOntkoppeling,
    NieuweTerugboeking,
    Toewijzing,
    Voorstel,
    Voorsteldeel,
)
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import DEBITEUREN, NOG_TE_KOPPELEN
from abonnement_api.factuur import service as factuur

_MEESTE_OPEN = 20_000
"""Open invoices that suggestions look at."""


def koppelen(work: Work, id: uuid.UUID, nieuw: NieuweKoppeling) -> Koppeling:
    """Match what is left of a receipt with invoices that a person chose.

    Raises:
        BetalingNietGevonden: no receipt has this id.
        OnbekendeFactuur: names every invoice that does not exist.
        PastNiet: more than is left of the receipt or open on an invoice.
    """
    betaling = _vergrendeld(work, id)
    nummers = [deel.factuur for deel in nieuw.facturen]
    open_cent = factuur.openstaand(work, set(nummers))
    onbekend = [
        InvalidParam(f"facturen.{plaats}.factuur", "onbekend", f"er is geen factuur {nummer}")
        for plaats, nummer in enumerate(nummers)
        if nummer not in open_cent
    ]
    if onbekend:
        raise OnbekendeFactuur("Niet elke genoemde factuur bestaat; zie invalidParams.", invalid_params=onbekend)
    betaling = found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")
    over = betaling.bedrag_cent - betaling.gekoppeld_cent - betaling.terug_cent
    delen: Counter[tuple[str, str]] = Counter()
    fouten = []
    for plaats, gekozen in enumerate(nieuw.facturen):
        openstaand = sum(open_cent[gekozen.factuur].values())
        cent = min(over, openstaand) if gekozen.bedrag_cent is None else gekozen.bedrag_cent
        if cent > openstaand or cent > over or cent == 0:
            fouten.append(
                InvalidParam(
                    f"facturen.{plaats}.bedragCent",
                    "past_niet",
                    f"open is {openstaand} cent, van de ontvangst is {over} cent over",
                )
            )
            continue
        for dienst, deel in rules.toewijzen(cent, open_cent[gekozen.factuur]).items():
            open_cent[gekozen.factuur][dienst] -= deel
            delen[gekozen.factuur, dienst] += deel
        over -= cent
    if fouten:
        raise PastNiet("Wat wordt gekoppeld, past niet; zie invalidParams.", invalid_params=fouten)
    gemaakt = vastleggen(work, [Nieuw(betaling, "met_de_hand", delen, nieuw.toelichting)])
    return get_koppeling(work, gemaakt[0])


def ontkoppelen(work: Work, id: uuid.UUID, nieuw: NieuweOntkoppeling) -> Koppeling:
    """Undo everything that a receipt pays of an invoice, whoever matched it.

    What was distributed already is set off in the next distribution.

    Raises:
        BetalingNietGevonden: no receipt has this id.
        NietGekoppeld: it pays nothing of this invoice now.
    """
    betaling = _vergrendeld(work, id)
    factuur.openstaand(work, {nieuw.factuur})
    delen = {deel: -cent for deel, cent in repository.toegewezen(work.session, [id])[id].items() if deel[0] == nieuw.factuur}
    if not delen:
        raise NietGekoppeld(f"Betaling {id} betaalt nu niets van factuur {nieuw.factuur}.")
    gemaakt = vastleggen(work, [Nieuw(betaling, "ongedaan", delen, nieuw.toelichting)])
    return get_koppeling(work, gemaakt[0])


def terugboeken(work: Work, id: uuid.UUID, nieuw: NieuweTerugboeking) -> Koppeling:
    """Say which receipt went back by a debit: as a return, or as a refund by ourselves. What it paid, is undone as far as needed.

    Raises:
        AfschrijvingNietGevonden: no debit has this id.
        OnbekendeBetaling: no receipt of this account has that id.
        PastNiet: more than is left of the debit or of the receipt.
    """
    gezocht = found(repository.find_afschrijving(work.session, id), AfschrijvingNietGevonden, f"Er is geen afschrijving {id}.")
    repository.lock_rekening(work.session, gezocht.iban)
    afschrijving = found(repository.find_afschrijving(work.session, id), AfschrijvingNietGevonden, "")
    betaling = repository.find(work.session, nieuw.betaling)
    if betaling is None or betaling.iban != afschrijving.iban:
        raise OnbekendeBetaling(
            f"Er is geen ontvangst {nieuw.betaling} op deze rekening.",
            invalid_params=[InvalidParam("betaling", "onbekend", "bestaat niet op deze rekening")],
        )
    over = min(afschrijving.bedrag_cent - afschrijving.verklaard_cent, betaling.bedrag_cent - betaling.terug_cent)
    cent = over if nieuw.bedrag_cent is None else nieuw.bedrag_cent
    if cent == 0 or cent > over:
        raise PastNiet(
            f"Van de afschrijving en de ontvangst is samen {over} cent over.",
            invalid_params=[InvalidParam("bedragCent", "past_niet", f"hoogstens {over} cent")],
        )
    soort = "retour" if afschrijving.soort == RETOUR else "terugbetaling"
    toegewezen = repository.toegewezen(work.session, [betaling.id])[betaling.id]
    factuur.openstaand(work, {nummer for nummer, _ in toegewezen})
    gemaakt = vastleggen(
        work, [_terug(betaling, soort, cent, toegewezen, afschrijving.id, afschrijving.boekdatum, nieuw.toelichting)]
    )
    return get_koppeling(work, gemaakt[0])


def terugbetaald(work: Work, stukken: Sequence[tuple[Values, Values, int]]) -> None:
    """Put down that debits gave back what was left of receipts; the account is locked.

    Args:
        stukken: (receipt, debit, cents).
    """
    vastleggen(
        work,
        [
            Nieuw(bij, "terugbetaling", {}, None, afschrijving=af.id, bedrag_cent=cent, datum=af.boekdatum)
            for bij, af, cent in stukken
        ],
    )


def retouren(work: Work, iban: str, afschrijvingen: Sequence[dict[str, Any]]) -> None:
    """Undo the receipts that the returns among these new debits return, where exactly one fits; the account is locked.

    It fits when the amount is the same and so is the EndToEndId, or else what both name, or the account and the text.
    """
    terug = [rij for rij in afschrijvingen if rij["soort"] == RETOUR and rij["twijfel"] is None]
    if not terug:
        return
    per_bedrag: dict[int, list[Values]] = defaultdict(list)
    for kandidaat in repository.te_retourneren(work.session, iban, terug):
        per_bedrag[kandidaat.bedrag_cent].append(kandidaat)
    gekozen: dict[uuid.UUID, tuple[dict[str, Any], Values]] = {}
    genoemd = zoek(work, [([rij["kenmerk"]] if rij["kenmerk"] else [], rij["omschrijving"]) for rij in terug])
    for rij, naam in zip(terug, genoemd, strict=True):
        mogelijk = [k for k in per_bedrag[rij["bedrag_cent"]] if k.id not in gekozen and k.boekdatum <= rij["boekdatum"]]
        raak = rules.teruggestuurd(rij, naam.factuur, mogelijk)
        if raak is not None:
            gekozen[raak.id] = (rij, raak)
    toegewezen = repository.toegewezen(work.session, list(gekozen))
    factuur.openstaand(work, {nummer for delen in toegewezen.values() for nummer, _ in delen})
    vastleggen(
        work,
        [
            _terug(betaling, "retour", rij["bedrag_cent"], toegewezen[id], rij["id"], rij["boekdatum"], None)
            for id, (rij, betaling) in gekozen.items()
        ],
    )


def koppel_wachtende(work: Work, iban: str) -> int:
    """Match the receipts that came before their invoice, now that there are new invoices; the number that was matched."""
    repository.lock_rekening(work.session, iban)
    wachtend = repository.wachtende(work.session)
    teksten = [
        ([rij.kenmerk] if rij.kenmerk else [], " ".join(filter(None, [rij.omschrijving, rij.eindnaareind]))) for rij in wachtend
    ]
    koppelingen = zoek(work, teksten)
    open_cent = factuur.openstaand(work, {koppeling.factuur for koppeling in koppelingen if koppeling.factuur})
    nieuw = []
    for rij, koppeling in zip(wachtend, koppelingen, strict=True):
        if koppeling.factuur is None:
            continue
        over = rij.bedrag_cent - rij.gekoppeld_cent - rij.terug_cent
        delen = rules.toewijzen(over, open_cent[koppeling.factuur])
        for dienst, cent in delen.items():
            open_cent[koppeling.factuur][dienst] -= cent
        if delen:
            eigen = {(koppeling.factuur, dienst): cent for dienst, cent in delen.items()}
            nieuw.append(Nieuw(rij, "later", eigen, f"de factuur kwam na de ontvangst; genoemd in {koppeling.manier}"))
    return len(vastleggen(work, nieuw))


def zoek(work: Work, teksten: Sequence[tuple[Sequence[str], str]]) -> list[rules.Koppeling]:
    """For each (structured references, text), the invoice that it names."""
    genoemd = [rules.genoemd(gestructureerd, tekst) for gestructureerd, tekst in teksten]
    kenmerken, nummers = factuur.bekende(
        work, set().union(*(kenmerken for kenmerken, _ in genoemd)), set().union(*(nummers for _, nummers in genoemd))
    )
    return [rules.koppelen(gestructureerd, tekst, kenmerken, nummers) for gestructureerd, tekst in teksten]


def get_voorstellen(work: Work, id: uuid.UUID) -> Koppelvoorstellen:
    """What is left of a receipt may pay, for a person to choose; nothing is matched.

    Raises:
        BetalingNietGevonden: no receipt has this id.
    """
    rij = found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")
    over = rij.bedrag_cent - rij.gekoppeld_cent - rij.terug_cent
    gevonden: list[rules.Voorstel] = []
    if over:
        kenmerken, nummers = rules.genoemd([rij.kenmerk or ""], rij.omschrijving)
        per_kenmerk, bestaand = factuur.bekende(work, kenmerken, nummers)
        eerder = repository.eerder_betaald(work.session, rij.tegenrekening) if rij.tegenrekening else set()
        gevonden = rules.voorstellen(
            over,
            {*per_kenmerk.values(), *bestaand},
            factuur.gemeenten(work, eerder),
            f"{rij.naam or ''} {rij.omschrijving}",
            [rules.OpenPost(*post) for post in factuur.open_posten(work, _MEESTE_OPEN)],
        )
    return Koppelvoorstellen.make(
        niet_gekoppeld_cent=over,
        voorstellen=[
            Voorstel.make(
                facturen=[Voorsteldeel.make(factuur=factuur.pad(nummer), bedrag_cent=cent) for nummer, cent in voorstel.delen],
                reden=voorstel.reden,
            )
            for voorstel in gevonden
        ],
    )


def get_koppeling(work: Work, id: uuid.UUID) -> Koppeling:
    """One koppeling.

    Raises:
        KoppelingNietGevonden: no koppeling has this id.
    """
    rij = found(repository.find_koppeling(work.session, id), KoppelingNietGevonden, f"Er is geen koppeling {id}.")
    return _weergaven(work, [rij])[0]


def list_koppelingen(work: Work, wens: KoppelingenFilter) -> tuple[int, list[Koppeling]]:
    """(total number, koppelingen of this page), in the order in which they were recorded."""
    count, rijen = repository.list_koppelingen(work.session, wens)
    return count, _weergaven(work, rijen)


class Nieuw:
    """An event to be recorded: what it does to each (factuur, dienst), in cents."""

    def __init__(
        self,
        betaling: Values,
        soort: str,
        delen: Mapping[tuple[str, str], int],
        toelichting: str | None,
        *,
        afschrijving: uuid.UUID | None = None,
        bedrag_cent: int = 0,
        datum: date | None = None,
    ) -> None:
        self.id = uuid.uuid4()
        self.betaling, self.soort, self.delen, self.toelichting = betaling, soort, delen, toelichting
        self.afschrijving, self.bedrag_cent, self.datum = afschrijving, bedrag_cent, datum


def _terug(
    betaling: Values,
    soort: str,
    cent: int,
    toegewezen: Mapping[tuple[str, str], int],
    afschrijving: uuid.UUID,
    datum: date,
    toelichting: str | None,
) -> Nieuw:
    vrij = betaling.bedrag_cent - betaling.gekoppeld_cent - betaling.terug_cent
    delen = {deel: -deel_cent for deel, deel_cent in rules.terugnemen(cent, vrij, toegewezen).items()}
    return Nieuw(betaling, soort, delen, toelichting, afschrijving=afschrijving, bedrag_cent=cent, datum=datum)


def _vergrendeld(work: Work, id: uuid.UUID) -> Values:
    """The receipt, with its account locked first: nobody else matches or undoes until the transaction ends."""
    rij = found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")
    repository.lock_rekening(work.session, rij.iban)
    return found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")


def vastleggen(work: Work, nieuw: Collection[Nieuw]) -> list[uuid.UUID]:
    """Store events, their entries and their trail; the ids, in order."""
    if not nieuw:
        return []
    vandaag, nu = today(work.clock), work.clock.now()
    rijen, toewijzingen = [], []
    for stuk in nieuw:
        datum = max(stuk.datum or vandaag, stuk.betaling.boekdatum)
        rijen.append(
            {
                "id": stuk.id,
                "betaling": stuk.betaling.id,
                "soort": stuk.soort,
                "datum": datum,
                "afschrijving": stuk.afschrijving,
                "bedrag_cent": stuk.bedrag_cent,
                "toelichting": stuk.toelichting,
                "vastgelegd_op": nu,
            }
        )
        toewijzingen += [
            {"betaling": stuk.betaling.id, "factuur": nummer, "dienst": dienst, "koppeling": stuk.id, "bedrag_cent": cent}
            for (nummer, dienst), cent in stuk.delen.items()
        ]
        som = sum(stuk.delen.values())
        if som:
            boeking.boeken(
                work,
                datum=datum,
                pad=paden.koppeling(stuk.id),
                groep=paden.koppeling(stuk.id),
                omschrijving=f"{'Koppeling' if som > 0 else 'Terugname'} van ontvangst op {_facturen(stuk.delen)}",
                regels=[(DEBITEUREN, -som), (NOG_TE_KOPPELEN, som)],
            )
        work.record(
            action=f"betaling.{stuk.soort.replace('_', '-')}",
            subject=paden.betaling(stuk.betaling.id),
            change={
                "koppeling": paden.koppeling(stuk.id),
                "afschrijving": paden.afschrijving(stuk.afschrijving) if stuk.afschrijving else None,
                "bedragCent": stuk.bedrag_cent or som,
                "perFactuurCent": _per_factuur(stuk.delen),
                "toelichting": stuk.toelichting,
            },
        )
    work.session.flush()
    repository.add_koppelingen(work.session, rijen, toewijzingen)
    return [stuk.id for stuk in nieuw]


def _per_factuur(delen: Mapping[tuple[str, str], int]) -> dict[str, int]:
    per: Counter[str] = Counter()
    for (nummer, _), cent in delen.items():
        per[nummer] += cent
    return dict(per)


def _facturen(delen: Mapping[tuple[str, str], int]) -> str:
    nummers = sorted({nummer for nummer, _ in delen})
    meer = f" en {len(nummers) - 3} andere" if len(nummers) > 3 else ""
    return f"factuur {', '.join(nummers[:3])}{meer}"


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Koppeling]:
    delen = repository.delen(work.session, [rij.id for rij in rijen])
    boekingen = outbox.answers(work.session, [paden.koppeling(rij.id) for rij in rijen])

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "betaling": paden.betaling(rij.betaling),
            "afschrijving": paden.afschrijving(rij.afschrijving) if rij.afschrijving else None,
            "toewijzingen": Toewijzing.from_rows(delen[rij.id], lambda deel: {"factuur": factuur.pad(deel.factuur)}),
            "boeking": boeking.verwijzing(boekingen, paden.koppeling(rij.id)),
        }

    return Koppeling.from_rows(rijen, verder)

"""Use cases of subscriptions and of collective registrations."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.waiting import Waiting

from abonnement_api.abonnement import models, repository, rules
from abonnement_api.abonnement.errors import (
    AanmeldingNietGevonden,
    AbonnementNietGevonden,
    OnbekendPakket,
    OnsamenhangendeAanmelding,
    OvergangOnbeslist,
    OverlappendAbonnement,
)
from abonnement_api.abonnement.rules import AANGEVRAAGD, MISLUKT, VERWERKT, Aanspraak
from abonnement_api.abonnement.schemas import Aanmelding, Abonnement, AbonnementenFilter, NieuweAanmelding, Uitzondering
from abonnement_api.betaler import service as betaler
from abonnement_api.catalogus import gemeente
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief.service import pakket_bestaat

TASK = "abonnement.aanmelden"
WACHTEND = Waiting(
    models.CollectieveAanmelding,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda aanmelding: {"aanmelding": str(aanmelding.id)},
    lock=lambda _: TASK,
    path=lambda aanmelding: pad(aanmelding.id),
    action="collectieve-aanmelding.hervatten",
)


def aanmelden(work: Work, nieuw: NieuweAanmelding) -> tuple[Aanmelding, bool]:
    """Ask for a subscription for every gemeente that exists on the first day; a job makes them.

    Returns:
        the registration, and whether the job was queued: the same content again changes nothing, unless it failed or
        its job is gone.

    Raises:
        OnsamenhangendeAanmelding: it contradicts itself; names every contradiction.
        OnbekendPakket: a package is in no decision for the first year.
    """
    fouten = rules.tegenstrijdigheden(nieuw.begindatum, nieuw.einddatum, [u.gemeentecode for u in nieuw.uitzonderingen])
    if fouten:
        raise OnsamenhangendeAanmelding(f"Deze aanmelding klopt niet: {'; '.join(fouten)}.")
    uitzonderingen = {u.gemeentecode: u.pakket for u in nieuw.uitzonderingen}
    eisen_pakketten(work, {nieuw.pakket, *uitzonderingen.values()}, nieuw.begindatum.year)
    aanmelding, is_nieuw = repository.neem(
        work.session,
        models.CollectieveAanmelding(
            id=uuid.uuid4(),
            begindatum=nieuw.begindatum,
            einddatum=nieuw.einddatum,
            pakket=nieuw.pakket,
            uitzonderingen=uitzonderingen,
            status=AANGEVRAAGD,
            aangevraagd_op=work.clock.now(),
            vingerafdruk=rules.vingerafdruk(nieuw.begindatum, nieuw.einddatum, nieuw.pakket, uitzonderingen),
        ),
    )
    begint = is_nieuw or aanmelding.status == MISLUKT
    if begint:
        aanmelding.status, aanmelding.probleem, aanmelding.afgerond_op = AANGEVRAAGD, None, None
        work.session.flush()
        WACHTEND.queue(work, aanmelding)
        work.record(
            action="collectieve-aanmelding.aanvragen",
            subject=pad(aanmelding.id),
            change=nieuw.model_dump(mode="json", by_alias=True),
        )
    return _aanmelding(work, aanmelding), begint or WACHTEND.resume(work, aanmelding)


def te_verwerken(work: Work, id: uuid.UUID) -> date | None:
    """The day whose gemeenten a registration is about; None when it is verwerkt or mislukt."""
    aanmelding = repository.find_aanmelding(work.session, id)
    return aanmelding.begindatum if aanmelding is not None and aanmelding.status == AANGEVRAAGD else None


def verwerken(work: Work, id: uuid.UUID, namen: Mapping[str, str]) -> None:
    """Make the subscriptions; does nothing when they exist already.

    Args:
        namen: code to name of the gemeenten that exist on the first day.

    Raises:
        OnbekendeUitzondering, OverlappendAbonnement: name every gemeente concerned.
    """
    aanmelding = repository.lock_aanmelding(work.session, id)
    if aanmelding.status != AANGEVRAAGD:
        return
    pakketten = rules.pakket_per_gemeente(aanmelding.begindatum, namen.keys(), aanmelding.pakket, aanmelding.uitzonderingen)
    repository.grendel(work.session)
    eisen_vrij(work, list(pakketten), aanmelding.begindatum, aanmelding.einddatum)
    if pakketten:
        repository.add(
            work.session,
            [
                {
                    "id": uuid.uuid4(),
                    "gemeentecode": code,
                    "gemeentenaam": namen[code],
                    "pakket": pakket,
                    "aanmelding": id,
                    "aanbod": None,
                    "overgang": None,
                    "begindatum": aanmelding.begindatum,
                    "einddatum": aanmelding.einddatum,
                }
                for code, pakket in pakketten.items()
            ],
        )
    aanmelding.status, aanmelding.afgerond_op = VERWERKT, work.clock.now()
    work.record(action="collectieve-aanmelding.verwerken", subject=pad(id), change={"aantalAbonnementen": len(pakketten)})


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why the registration cannot be carried out; a registration that is verwerkt does not change."""
    aanmelding = repository.lock_aanmelding(work.session, id)
    if aanmelding.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        aanmelding.status, aanmelding.probleem, aanmelding.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="collectieve-aanmelding.mislukken", subject=pad(id), change=reden)


def get_aanmelding(work: Work, id: uuid.UUID) -> Aanmelding:
    """One registration.

    Raises:
        AanmeldingNietGevonden: no registration has this id.
    """
    aanmelding = repository.find_aanmelding(work.session, id)
    return _aanmelding(work, found(aanmelding, AanmeldingNietGevonden, f"Er is geen collectieve aanmelding {id}."))


def list_abonnementen(work: Work, zicht: Sight, wens: AbonnementenFilter) -> tuple[int, list[Abonnement]]:
    """(total number, subscriptions of this page) that the caller may see."""
    count, rows = repository.list_abonnementen(work.session, zicht, wens)
    return count, weergaven(work, rows)


def get_abonnement(work: Work, zicht: Sight, id: uuid.UUID) -> Abonnement:
    """One subscription.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
    """
    return weergaven(work, [find(work, zicht, id)])[0]


def find(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    """A subscription with its state.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
    """
    return found(repository.find(work.session, zicht, id), AbonnementNietGevonden, f"Er is geen abonnement {id}.")


def geldig_op(work: Work, dag: date) -> Sequence[Values]:
    """The subscriptions that are valid on a day, in order of gemeentecode: at most one per gemeente."""
    return repository.geldig_op(work.session, dag)


def aantal_geldig(work: Work, dagen: Collection[date]) -> dict[date, int]:
    """Day to the number of subscriptions that are valid on it."""
    return repository.aantal_geldig(work.session, dagen)


def te_factureren(work: Work, jaar: int) -> Sequence[Aanspraak]:
    """Who owes what part of a year, in order of gemeentecode, with herindelingen and payers applied.

    Raises:
        OvergangOnbeslist: of gemeenten it is not decided which subscription they take over; names them all.
    """
    if open_ := repository.onbeslist(work.session, jaar):
        genoemd = ", ".join(f"{rij.gemeentecode} {rij.gemeentenaam} (per {rij.ingangsdatum})" for rij in open_)
        raise OvergangOnbeslist(
            f"Voor {jaar} is nog niet beslist wat {len(open_)} gemeente(n) overnemen: {genoemd}.",
            gemeentecodes=[rij.gemeentecode for rij in open_],
        )
    rijen = repository.aanspraken(work.session, jaar)
    betalers = betaler.op(work, {rij.gemeentecode: rij.vanaf for rij in reversed(rijen)})
    return [
        Aanspraak(rij.abonnement, rij.gemeentecode, rij.gemeentenaam, rij.pakket, rij.maanden, betalers.get(rij.gemeentecode))
        for rij in rijen
    ]


def grendel(work: Work) -> None:
    """Let nobody else change who has a subscription, until the end of the transaction; take it before looking."""
    repository.grendel(work.session)


def eisen_vrij(work: Work, codes: Collection[str], begindatum: date, einddatum: date) -> None:
    """Refuse a subscription for gemeenten that have one already; the lock must have been taken.

    Raises:
        OverlappendAbonnement: names every gemeente concerned.
    """
    al = repository.overlappend(work.session, codes, begindatum, einddatum)
    if al:
        raise OverlappendAbonnement(
            f"{len(al)} gemeente(n) hebben in deze periode al een abonnement: "
            + ", ".join(f"{a.gemeentecode} {a.gemeentenaam} ({a.begindatum} tot en met {a.laatste_dag})" for a in al)
            + ".",
            gemeentecodes=[a.gemeentecode for a in al],
        )


def eisen_pakketten(work: Work, codes: Collection[str], jaar: int) -> None:
    """Refuse packages that nobody decided on.

    Raises:
        OnbekendPakket: names every package that no decision for the year has.
    """
    onbekend = sorted(code for code in codes if not pakket_bestaat(work, code, jaar))
    if onbekend:
        raise OnbekendPakket(f"Geen tariefbesluit voor {jaar} kent: {', '.join(onbekend)}.")


def add(work: Work, rijen: Sequence[dict[str, Any]]) -> None:
    """Make subscriptions; who asks for it has taken the lock, looked, and records what they come from."""
    repository.add(work.session, [{"aanmelding": None, "aanbod": None, "overgang": None, **rij} for rij in rijen])


def gebeuren(work: Work, rijen: Sequence[Values], **gebeurtenis: Any) -> None:
    """Let the same happen to subscriptions, each as it is under the lock; who asks for it records it.

    Args:
        gebeurtenis: soort, ingangsdatum and datum, and the other columns that it has.
    """
    leeg = dict.fromkeys(("pakket", "verlenging", "naam", "functie", "grondslag", "kenmerk", "besluitdatum", "toelichting"))
    vast = {**leeg, "vastgelegd_op": work.clock.now(), **gebeurtenis}
    repository.add_gebeurtenissen(
        work.session, [{"abonnement": rij.id, "volgnummer": rij.gebeurtenissen + 1, **vast} for rij in rijen]
    )


def gebeurtenissen(work: Work, id: uuid.UUID) -> Sequence[Values]:
    """What happened to a subscription, oldest first."""
    return repository.gebeurtenissen(work.session, id)


def nog_van(work: Work, codes: Collection[str], dag: date) -> Sequence[Values]:
    """The subscriptions of gemeenten that go on, or begin, on a day or later, with their state."""
    return repository.nog_van(work.session, codes, dag)


def overgegaan(work: Work, ids: Collection[uuid.UUID]) -> Sequence[Values]:
    """(id, begindatum, aanbod, was_tot_en_met) of subscriptions, the last as it was without a herindeling."""
    return repository.overgegaan(work.session, ids)


def eindigend_op(work: Work, dag: date, aanbod: str | None) -> Sequence[Values]:
    """The subscriptions whose last day is this one and of which no notice was given, with their state."""
    return repository.eindigend_op(work.session, dag, aanbod)


def pakketten_op(work: Work, dagen: Collection[tuple[uuid.UUID, date]]) -> dict[uuid.UUID, str]:
    """Of each subscription its package on a day."""
    return repository.pakketten_op(work.session, dagen)


def weergaven(work: Work, rijen: Sequence[Values]) -> list[Abonnement]:
    """Subscriptions with their state, as the API shows them."""
    vandaag = today(work.clock)

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "gemeente": gemeente(rij.gemeentecode),
            "laatste_dag": rij.laatste_dag if rij.laatste_dag >= rij.begindatum else None,
            "status": rules.status(rij.begindatum, rij.laatste_dag, rij.opgezegd, rij.overgegaan_op, vandaag),
            "aanmelding": pad(rij.aanmelding) if rij.aanmelding else None,
            "aanbod": f"/v1/aanbiedingen/{rij.aanbod}" if rij.aanbod else None,
            "overgang": f"/v1/overgangen/{rij.overgang}" if rij.overgang else None,
            "gebeurtenissen": f"{abonnementspad(rij.id)}/gebeurtenissen",
        }

    return Abonnement.from_rows(rijen, verder)


def pad(id: uuid.UUID) -> str:
    return f"/v1/collectieve-aanmeldingen/{id}"


def abonnementspad(id: uuid.UUID) -> str:
    """Path of a subscription."""
    return f"/v1/abonnementen/{id}"


def _aanmelding(work: Work, rij: models.CollectieveAanmelding) -> Aanmelding:
    return Aanmelding.from_row(
        rij,
        uitzonderingen=[
            Uitzondering.make(gemeentecode=code, pakket=pakket) for code, pakket in sorted(rij.uitzonderingen.items())
        ],
        aantal_abonnementen=repository.tel(work.session, rij.id),
        probleem=Probleem.make(**rij.probleem) if rij.probleem else None,
    )

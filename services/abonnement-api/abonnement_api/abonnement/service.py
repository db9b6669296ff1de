"""Use cases of subscriptions and of collective registrations."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

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
    OverlappendAbonnement,
)
from abonnement_api.abonnement.rules import AANGEVRAAGD, MISLUKT, VERWERKT, Aanspraak
from abonnement_api.abonnement.schemas import Aanmelding, Abonnement, AbonnementenFilter, NieuweAanmelding, Uitzondering
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
    _controleer_pakketten(work, {nieuw.pakket, *uitzonderingen.values()}, nieuw.begindatum.year)
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
    al = repository.overlappend(work.session, list(pakketten), aanmelding.begindatum, aanmelding.einddatum)
    if al:
        raise OverlappendAbonnement(
            f"{len(al)} gemeente(n) hebben in deze periode al een abonnement: "
            + ", ".join(f"{a.gemeentecode} {a.gemeentenaam} ({a.begindatum} tot en met {a.einddatum})" for a in al)
            + ".",
            gemeentecodes=[a.gemeentecode for a in al],
        )
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
    return count, Abonnement.from_rows(rows, _verwijzingen)


def get_abonnement(work: Work, zicht: Sight, id: uuid.UUID) -> Abonnement:
    """One subscription.

    Raises:
        AbonnementNietGevonden: no subscription has this id, or this caller may not see it.
    """
    rij = found(repository.find(work.session, zicht, id), AbonnementNietGevonden, f"Er is geen abonnement {id}.")
    return Abonnement.from_rows([rij], _verwijzingen)[0]


def geldig_op(work: Work, dag: date) -> Sequence[Values]:
    """The subscriptions that are valid on a day, in order of gemeentecode: at most one per gemeente."""
    return repository.geldig_op(work.session, dag)


def te_factureren(work: Work, jaar: int) -> Sequence[Aanspraak]:
    """Who owes what part of a year, in order of gemeentecode."""
    return [
        Aanspraak(rij.id, rij.gemeentecode, rij.gemeentenaam, rij.pakket, 12, None)
        for rij in repository.geldig_op(work.session, date(jaar, 1, 1))
    ]


def aantal_geldig(work: Work, dagen: Collection[date]) -> dict[date, int]:
    """Day to the number of subscriptions that are valid on it."""
    return repository.aantal_geldig(work.session, dagen)


def pad(id: uuid.UUID) -> str:
    return f"/v1/collectieve-aanmeldingen/{id}"


def _controleer_pakketten(work: Work, codes: set[str], jaar: int) -> None:
    onbekend = sorted(code for code in codes if not pakket_bestaat(work, code, jaar))
    if onbekend:
        raise OnbekendPakket(f"Geen tariefbesluit voor {jaar} kent: {', '.join(onbekend)}.")


def _aanmelding(work: Work, rij: models.CollectieveAanmelding) -> Aanmelding:
    return Aanmelding.from_row(
        rij,
        uitzonderingen=[
            Uitzondering.make(gemeentecode=code, pakket=pakket) for code, pakket in sorted(rij.uitzonderingen.items())
        ],
        aantal_abonnementen=repository.tel(work.session, rij.id),
        probleem=Probleem.make(**rij.probleem) if rij.probleem else None,
    )


def _verwijzingen(rij: Values) -> dict[str, Any]:
    return {"gemeente": gemeente(rij.gemeentecode), "aanmelding": pad(rij.aanmelding)}

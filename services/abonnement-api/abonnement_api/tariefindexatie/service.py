"""Use cases of indexations of decisions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.eyes import Eyes, are_others
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import found
from gemeengoed_kit.waiting import Waiting
from gemeengoed_kit.window import require_near

from abonnement_api import indexering
from abonnement_api.mislukking import Probleem
from abonnement_api.tarief import rules as tarief_rules
from abonnement_api.tarief import service as tarief
from abonnement_api.tarief.errors import TariefbesluitBestaat
from abonnement_api.tariefindexatie import models, repository, rules
from abonnement_api.tariefindexatie.errors import (
    IndexeringNietToegestaan,
    NietHetGeldende,
    NietVoorgesteld,
    OnbekendTariefbesluit,
    TariefindexatieNietGevonden,
    ZelfdeOgen,
)
from abonnement_api.tariefindexatie.rules import AANGEVRAAGD, MISLUKT, VERWERKT, VOORGESTELD, Antwoord, Onderdeel
from abonnement_api.tariefindexatie.schemas import (
    Indexafspraak,
    NieuweTariefindexatie,
    Prijsregel,
    Tariefbevestiging,
    Tariefindexatie,
    TariefindexatiesFilter,
)

TASK = "tariefindexatie.indexeren"
WACHTEND = Waiting(
    models.Tariefindexatie,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda rij: {"tariefindexatie": str(rij.id)},
    lock=lambda rij: f"{TASK} {rij.id}",
    path=lambda rij: pad(rij.id),
    action="tariefindexatie.hervatten",
)
_AFSPRAAK = tuple(rules.Afspraak.__dataclass_fields__)


@dataclass(frozen=True)
class Vraag:
    """What fonds is asked: what a clause gives for a year, and what these amounts, in euros, become with it."""

    clausule: str
    jaar: int
    bedragen: tuple[Decimal, ...]


def aanvragen(work: Work, wie: Eyes, nieuw: NieuweTariefindexatie) -> Tariefindexatie:
    """Ask for the prices of the next year; a job asks fonds what they become.

    Raises:
        TooFarAhead: the date of the next decision is more than a year from now.
        OnbekendTariefbesluit: it names a decision that does not exist.
        IndexeringNietToegestaan: no decision lets the prices be indexed.
        NietHetGeldende: the decision is not the one that counts for the year before.
        TariefbesluitBestaat: the id of the next decision is in use.
    """
    require_near(work.clock, datum=nieuw.datum)
    oud = _besluit(work, nieuw.tariefbesluit)
    grond = _besluit(work, nieuw.grondslag or oud.grondslag or oud.id)
    if not grond.indexering:
        raise IndexeringNietToegestaan(f"Tariefbesluit {grond.id} zegt niet dat prijzen jaarlijks worden geïndexeerd.")
    _eisen_geldend(work, oud.id, nieuw.jaar)
    if tarief.find(work, nieuw.id):
        raise TariefbesluitBestaat(f"Er is al een tariefbesluit {nieuw.id}.")
    id = uuid.uuid4()
    eigen = {naam: getattr(nieuw, naam) for naam in ("jaar", "clausule", "datum", "gremium", "omschrijving", "bronvermelding")}
    waarden = {
        **eigen,
        "id": id,
        "tariefbesluit": oud.id,
        "grondslag": grond.id,
        "nieuw": nieuw.id,
        "status": AANGEVRAAGD,
        "aangevraagd_op": work.clock.now(),
        **wie.columns(),
    }
    repository.add(work.session, waarden)
    WACHTEND.queue(work, repository.find(work.session, id))
    work.record(
        action="tariefindexatie.aanvragen",
        subject=pad(id),
        change=nieuw.model_dump(mode="json", by_alias=True, exclude_none=True),
    )
    return get_tariefindexatie(work, id)


def te_vragen(work: Work, id: uuid.UUID) -> Vraag | None:
    """What to ask fonds; None when there is nothing left to ask."""
    rij = repository.find(work.session, id)
    if rij is None or rij.status != AANGEVRAAGD:
        return None
    return Vraag(rij.clausule, rij.jaar, tuple(sorted(set(_onderdelen(work, rij.tariefbesluit).values()))))


def voorstellen(work: Work, id: uuid.UUID, antwoord: Antwoord) -> None:
    """Keep what fonds answered, and the prices that follow; does nothing when they are there already.

    Raises:
        IndexatieOnbruikbaar: names every price that cannot be one.
    """
    rij = repository.lock(work.session, id)
    if rij is None or rij.status != AANGEVRAAGD:
        return
    prijzen = rules.geindexeerd(_onderdelen(work, rij.tariefbesluit), antwoord)
    repository.voeg_regels_toe(work.session, id, prijzen)
    for naam, waarde in asdict(antwoord.afspraak).items():
        setattr(rij, naam, waarde)
    rij.status, rij.afgerond_op = VOORGESTELD, work.clock.now()
    work.session.flush()
    change = {"indexatie": str(antwoord.afspraak.indexatie), "factor": tarief_rules.tekst(antwoord.afspraak.factor)}
    work.record(action="tariefindexatie.voorstellen", subject=pad(id), change=change)


def mislukken(work: Work, id: uuid.UUID, probleem: dict[str, Any]) -> None:
    """Record why the prices cannot be indexed; what is proposed or carried out does not change."""
    rij = repository.lock(work.session, id)
    if rij is not None and rij.status == AANGEVRAAGD:
        reden = Probleem.make(**probleem).model_dump(mode="json")
        rij.status, rij.probleem, rij.afgerond_op = MISLUKT, reden, work.clock.now()
        work.record(action="tariefindexatie.mislukken", subject=pad(id), change=reden)


def bevestigen(work: Work, wie: Eyes, id: uuid.UUID) -> Tariefindexatie:
    """Make the proposed prices the next decision, by other eyes than who asked for them.

    Raises:
        TariefindexatieNietGevonden: there is none with this id.
        NietVoorgesteld: fonds did not answer yet, it failed, or it was done before.
        ZelfdeOgen: see `are_others`.
        NietHetGeldende, TariefbesluitBestaat: what was true when it was asked for, is not now.
    """
    rij = found(repository.lock(work.session, id), TariefindexatieNietGevonden, f"Er is geen tariefindexatie {id}.")
    if rij.status != VOORGESTELD:
        raise NietVoorgesteld(f"Tariefindexatie {id} is {rij.status}.")
    if not are_others(wie, Eyes(rij.peer_id, rij.rol, rij.contract)):
        raise ZelfdeOgen(f"Tariefindexatie {id} is door deze organisatie in deze rol, of onder dit contract, aangevraagd.")
    _eisen_geldend(work, rij.tariefbesluit, rij.jaar)
    repository.bevestig(work.session, {"tariefindexatie": id, "op": work.clock.now(), **wie.columns()})
    rij.status = VERWERKT
    work.session.flush()
    prijzen: dict[str, dict[str, Decimal]] = {}
    for regel in repository.regels(work.session, [id])[id]:
        prijzen.setdefault(regel.pakket, {})[regel.onderdeel] = regel.prijs
    eigen = {naam: getattr(rij, naam) for naam in ("datum", "gremium", "omschrijving", "bronvermelding")}
    herkomst = tarief.Herkomst(rij.tariefbesluit, rij.grondslag, id)
    tarief.vastleggen(work, tarief.vervolg(work, herkomst, rij.nieuw, rij.jaar, prijzen, eigen), herkomst)
    work.record(action="tariefindexatie.bevestigen", subject=pad(id), change={"tariefbesluit": tarief.pad(rij.nieuw)})
    return get_tariefindexatie(work, id)


def get_tariefindexatie(work: Work, id: uuid.UUID) -> Tariefindexatie:
    """One indexation.

    Raises:
        TariefindexatieNietGevonden: there is none with this id.
    """
    rij = found(repository.find(work.session, id), TariefindexatieNietGevonden, f"Er is geen tariefindexatie {id}.")
    return _weergaven(work, [rij])[0]


def list_tariefindexaties(work: Work, wens: TariefindexatiesFilter) -> tuple[int, list[Tariefindexatie]]:
    """(total number, indexations of this page), in the order in which they were asked for."""
    count, rijen = repository.list_tariefindexaties(work.session, wens)
    return count, _weergaven(work, rijen)


def narekenen(work: Work) -> list[str]:
    """Recompute every price of every indexed decision from the one before it (A7): the paths of what does not come out as it was
    stored; empty when all do. Also across several years, since each begins with what the last went on with."""
    fout = []
    rijen = repository.alle(work.session, (VOORGESTELD, VERWERKT))
    regels = repository.regels(work.session, [rij.id for rij in rijen])
    for rij in rijen:
        afspraak = rules.Afspraak(**{naam: getattr(rij, naam) for naam in _AFSPRAAK})
        bewaard = {(regel.pakket, regel.onderdeel): rules.Prijs(regel.oud, regel.nieuw, regel.prijs) for regel in regels[rij.id]}
        verwacht = {deel: rules.toepassen(afspraak, oud) for deel, oud in _onderdelen(work, rij.tariefbesluit).items()}
        prijzen = {deel: prijs.prijs for deel, prijs in verwacht.items()}
        if bewaard != verwacht or (rij.status == VERWERKT and _prijzen(work, rij.nieuw) != prijzen):
            fout.append(pad(rij.id))
    return fout


def pad(id: uuid.UUID) -> str:
    """Path of an indexation in this API."""
    return f"/v1/tariefindexaties/{id}"


def _besluit(work: Work, id: str) -> Values:
    besluit = tarief.find(work, id)
    if besluit is None:
        raise OnbekendTariefbesluit(f"Er is geen tariefbesluit {id}.")
    return besluit


def _eisen_geldend(work: Work, id: str, jaar: int) -> None:
    """Only what counts for the year before is indexed: so there is one chain of prices, without a gap."""
    geldend = tarief.geldend(work, jaar - 1, tarief.alle_pakketten(work, id))
    if geldend is None or geldend.id != id:
        wel = f"daarvoor geldt {geldend.id}" if geldend else "daarvoor geldt geen besluit over deze pakketten"
        raise NietHetGeldende(f"Tariefbesluit {id} geldt niet voor {jaar - 1}: {wel}.")


def _prijzen(work: Work, besluit: str) -> dict[Onderdeel, Decimal]:
    return {
        (code, naam): bedrag
        for code, pakket in tarief.alle_pakketten(work, besluit).items()
        for naam, bedrag in tarief_rules.onderdelen(pakket).items()
    }


def _onderdelen(work: Work, besluit: str) -> dict[Onderdeel, Decimal]:
    """Every part of the prices of a decision as the chain goes on with it: of an indexed one before rounding to what is paid."""
    eerder = _besluit(work, besluit).tariefindexatie
    keten = {(r.pakket, r.onderdeel): r.nieuw for r in repository.regels(work.session, [eerder])[eerder]} if eerder else {}
    return {**_prijzen(work, besluit), **keten}


def _weergaven(work: Work, rijen: Sequence[models.Tariefindexatie | Values]) -> list[Tariefindexatie]:
    ids = [rij.id for rij in rijen]
    regels, bevestigd = repository.regels(work.session, ids), repository.bevestigingen(work.session, ids)
    return [
        Tariefindexatie.from_row(
            rij,
            tariefbesluit=tarief.pad(rij.tariefbesluit),
            grondslag=tarief.pad(rij.grondslag),
            nieuw=tarief.pad(rij.nieuw),
            clausule=Reference(bron="fonds", pad=f"{indexering.CLAUSULES}/{rij.clausule}"),
            rekenregel=rules.REGEL,
            afspraak=Indexafspraak.from_row(rij, indexatie=indexering.indexatie(rij.indexatie)) if rij.indexatie else None,
            prijzen=Prijsregel.from_rows(regels[rij.id]),
            bevestiging=Tariefbevestiging.from_row(bevestigd[rij.id]) if rij.id in bevestigd else None,
            probleem=Probleem.make(**rij.probleem) if rij.probleem else None,
        )
        for rij in rijen
    ]

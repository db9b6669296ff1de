"""Use cases of tariefbesluiten."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.tarief import repository, rules
from abonnement_api.tarief.errors import (
    GeenTarief,
    OnbekendeDienst,
    OnsamenhangendBesluit,
    PakketNietGevonden,
    TariefbesluitBestaat,
    TariefbesluitNietGevonden,
)
from abonnement_api.tarief.schemas import (
    Berekeningsvraag,
    Dienstdeel,
    NieuweTariefband,
    NieuwPakket,
    NieuwSleuteldeel,
    NieuwTariefbesluit,
    Pakket,
    Rekenstap,
    Sleuteldeel,
    Tariefband,
    Tariefberekening,
    Tariefbesluit,
    TariefbesluitenFilter,
)


def list_tariefbesluiten(work: Work, wens: TariefbesluitenFilter) -> tuple[int, list[Tariefbesluit]]:
    """(total number, decisions of this page), oldest first."""
    count, rows = repository.list_tariefbesluiten(work.session, wens, today(work.clock))
    return count, _weergaven(work, rows)


def get_tariefbesluit(work: Work, id: str) -> Tariefbesluit:
    """One decision.

    Raises:
        TariefbesluitNietGevonden: no decision has this id.
    """
    besluit = found(repository.find(work.session, id), TariefbesluitNietGevonden, f"Er is geen tariefbesluit {id}.")
    return _weergaven(work, [besluit])[0]


@dataclass(frozen=True)
class Herkomst:
    """Of what an indexed decision was made: the one before it, the one that allows it, and the indexation."""

    vorige: str
    grondslag: str
    tariefindexatie: uuid.UUID


def vastleggen(work: Work, nieuw: NieuwTariefbesluit, herkomst: Herkomst | None = None) -> Tariefbesluit:
    """Record a decision; it can never be edited.

    Raises:
        TariefbesluitBestaat: the id is in use.
        OnsamenhangendBesluit: it contradicts itself; names every contradiction.
        OnbekendeDienst: it names a dienst that does not exist.
        TooFarAhead: its date is more than a year from now; until then it would be the most recent decision.
    """
    require_near(work.clock, datum=nieuw.datum)
    fouten = rules.tegenstrijdigheden(
        nieuw.eerste_jaar,
        nieuw.laatste_jaar,
        [(_prijs(pakket, pakket.banden, {}), pakket.diensten) for pakket in nieuw.pakketten],
        [(deel.dienst, deel.gewicht) for deel in nieuw.verdeelsleutel],
        nieuw.prijspeil,
    )
    if fouten:
        raise OnsamenhangendBesluit(f"Dit besluit klopt niet: {'; '.join(fouten)}.")
    if repository.find(work.session, nieuw.id):
        raise _bestaat(nieuw.id)
    bekend = {dienst.code for dienst in list_diensten(work)}
    onbekend = sorted({deel.dienst for deel in nieuw.verdeelsleutel} - bekend)
    if onbekend:
        raise OnbekendeDienst(f"Deze diensten bestaan niet: {', '.join(onbekend)}.")
    if not repository.add(work.session, nieuw, asdict(herkomst) if herkomst else {}):
        raise _bestaat(nieuw.id)
    work.record(
        action="tariefbesluit.vastleggen",
        subject=pad(nieuw.id),
        change=nieuw.model_dump(mode="json", by_alias=True),
    )
    return get_tariefbesluit(work, nieuw.id)


def vervolg(
    work: Work, herkomst: Herkomst, id: str, jaar: int, prijzen: Mapping[str, Mapping[str, Decimal]], eigen: Mapping[str, Any]
) -> NieuwTariefbesluit:
    """The decision that goes on with an earlier one for a year: the same packages and division, with other prices.

    Args:
        prijzen: package to euros by part of its price (`rules.onderdelen`).
        eigen: date, gremium and texts.
    """
    oud = get_tariefbesluit(work, herkomst.vorige)
    nieuw = {code: rules.geprijsd(een, prijzen[code]) for code, een in alle_pakketten(work, herkomst.vorige).items()}
    delen = ("tarief_per_inwoner", "tarief", "vast_bedrag", "eenmalig", "minimum")
    return NieuwTariefbesluit.make(
        **eigen,
        id=id,
        prijspeil=oud.prijspeil + 1,
        eerste_jaar=jaar,
        laatste_jaar=jaar,
        pakketten=[
            NieuwPakket.from_row(
                pakket,
                **{deel: getattr(nieuw[pakket.code], deel) for deel in delen},
                banden=[NieuweTariefband.from_row(band) for band in nieuw[pakket.code].banden],
            )
            for pakket in oud.pakketten
        ],
        verdeelsleutel=[NieuwSleuteldeel.from_row(deel) for deel in oud.verdeelsleutel],
    )


def voor_jaar(work: Work, jaar: int, id: str | None = None) -> Values:
    """The decision for the invoices of a year: the given one, else the one that counts.

    Among decisions that cover the year, that have been taken by today and that have a price per inhabitant, that is the most
    recent one; of one day the last that was recorded. So it is never one of another year, one that is still to be taken, or one
    about something else.

    Raises:
        GeenTarief: there is none, or the given one is not for this year.
    """
    if id is None:
        besluit = repository.laatste_voor_jaar(work.session, jaar, today(work.clock))
        if besluit is None:
            raise GeenTarief(f"Er is geen tariefbesluit voor {jaar}; leg het eerst vast (POST /v1/tariefbesluiten).")
        return besluit
    besluit = repository.find(work.session, id)
    if besluit is None:
        raise GeenTarief(f"Er is geen tariefbesluit {id}.")
    if not besluit.eerste_jaar <= jaar <= besluit.laatste_jaar:
        raise GeenTarief(
            f"Tariefbesluit {id} geldt van {besluit.eerste_jaar} tot en met {besluit.laatste_jaar}, niet voor {jaar}."
        )
    return besluit


def geldend(work: Work, jaar: int, pakketten: Collection[str]) -> Values | None:
    """The decision that counts for a year among those that price one of these packages, in whatever form; None without one."""
    return repository.laatste_voor_jaar(work.session, jaar, today(work.clock), pakketten)


def find(work: Work, id: str) -> Values | None:
    """The row of a decision, for the other features of this service; None without one."""
    return repository.find(work.session, id)


def pakketten(work: Work, id: str) -> dict[str, rules.Pakket]:
    """The packages of a decision that a gemeente may subscribe to, by code: those priced per inhabitant."""
    return {code: een for code, een in alle_pakketten(work, id).items() if een.vorm == rules.PER_INWONER}


def alle_pakketten(work: Work, id: str) -> dict[str, rules.Pakket]:
    """The packages of a decision by code, whatever the form of their price, in the form that `rules` calculates with."""
    gewichten = {deel.dienst: deel.gewicht for deel in repository.verdeelsleutels(work.session, [id])[id]}
    diensten, banden = repository.diensten(work.session, [id]), repository.banden(work.session, [id])
    return {
        p.code: _prijs(p, banden[id, p.code], {dienst: gewichten[dienst] for dienst in diensten[id, p.code]})
        for p in repository.pakketten(work.session, [id])[id]
    }


def berekenen(work: Work, id: str, vraag: Berekeningsvraag) -> Tariefberekening:
    """What a package costs, with every step; nothing is stored.

    Raises:
        TariefbesluitNietGevonden, PakketNietGevonden: no such decision, or no such package in it.
    """
    found(repository.find(work.session, id), TariefbesluitNietGevonden, f"Er is geen tariefbesluit {id}.")
    pakket = found(
        alle_pakketten(work, id).get(vraag.pakket), PakketNietGevonden, f"Tariefbesluit {id} heeft geen pakket {vraag.pakket}."
    )
    uitkomst = rules.factuurbedrag(pakket, vraag.hoeveelheid, vraag.maanden, eerste_keer=vraag.eerste_keer)
    return Tariefberekening.make(
        tariefbesluit=pad(id),
        **vraag.model_dump(),
        eenheid=pakket.eenheid,
        rekenregel=rules.rekenregel(pakket),
        verdeelregel=rules.VERDELING,
        stappen=[Rekenstap.make(**asdict(stap)) for stap in uitkomst.stappen],
        bedrag_cent=uitkomst.bedrag_cent,
        verdeling=[
            Dienstdeel.make(dienst=dienst, gewicht=pakket.gewichten[dienst], bedrag_cent=cent)
            for dienst, cent in uitkomst.regels.items()
        ],
    )


def pakket_bestaat(work: Work, code: str, jaar: int) -> bool:
    """Whether a decision for the year, taken by today, has this package at a price per inhabitant."""
    return repository.pakket_bestaat(work.session, code, jaar, today(work.clock))


def pad(id: str) -> str:
    """Path of a decision in this API."""
    return f"/v1/tariefbesluiten/{id}"


def _bestaat(id: str) -> TariefbesluitBestaat:
    return TariefbesluitBestaat(f"Er is al een tariefbesluit {id}; een besluit wijzigt niet, maar krijgt een opvolger.")


def _prijs(pakket: Any, banden: Sequence[Any], gewichten: Mapping[str, Decimal]) -> rules.Pakket:
    """A package of the database or of a request, with its bands, in the form that `rules` calculates with."""
    eigen = ("code", "tarief_per_inwoner", "vorm", "eenheid", "tarief", "vast_bedrag", "eenmalig", "minimum")
    return rules.Pakket(
        **{naam: getattr(pakket, naam) for naam in eigen},
        gewichten=gewichten,
        banden=tuple(rules.Band(band.tot_en_met, band.tarief, band.bedrag) for band in banden),
    )


def _weergaven(work: Work, rows: Sequence[Values]) -> list[Tariefbesluit]:
    ids = [rij.id for rij in rows]
    pakketten, diensten = repository.pakketten(work.session, ids), repository.diensten(work.session, ids)
    sleutels, banden = repository.verdeelsleutels(work.session, ids), repository.banden(work.session, ids)

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "vorige": pad(rij.vorige) if rij.vorige else None,
            "grondslag": pad(rij.grondslag) if rij.grondslag else None,
            "indexatie": f"/v1/tariefindexaties/{rij.tariefindexatie}" if rij.tariefindexatie else None,
            "pakketten": Pakket.from_rows(
                pakketten[rij.id],
                lambda pakket: {
                    "diensten": diensten[rij.id, pakket.code],
                    "banden": Tariefband.from_rows(banden[rij.id, pakket.code]),
                },
            ),
            "verdeelsleutel": Sleuteldeel.from_rows(sleutels[rij.id]),
        }

    return Tariefbesluit.from_rows(rows, verder)

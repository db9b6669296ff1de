"""Use cases of tariefbesluiten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
    TariefbesluitBestaat,
    TariefbesluitNietGevonden,
)
from abonnement_api.tarief.schemas import NieuwTariefbesluit, Pakket, Sleuteldeel, Tariefbesluit, TariefbesluitenFilter


def list_tariefbesluiten(work: Work, wens: TariefbesluitenFilter) -> tuple[int, list[Tariefbesluit]]:
    """(total number, decisions of this page), oldest first."""
    count, rows = repository.list_tariefbesluiten(work.session, wens)
    return count, _weergaven(work, rows)


def get_tariefbesluit(work: Work, id: str) -> Tariefbesluit:
    """One decision.

    Raises:
        TariefbesluitNietGevonden: no decision has this id.
    """
    besluit = found(repository.find(work.session, id), TariefbesluitNietGevonden, f"Er is geen tariefbesluit {id}.")
    return _weergaven(work, [besluit])[0]


def vastleggen(work: Work, nieuw: NieuwTariefbesluit) -> Tariefbesluit:
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
        [(p.code, p.tarief_per_inwoner, p.diensten) for p in nieuw.pakketten],
        [(deel.dienst, deel.gewicht) for deel in nieuw.verdeelsleutel],
    )
    if fouten:
        raise OnsamenhangendBesluit(f"Dit besluit klopt niet: {'; '.join(fouten)}.")
    if repository.find(work.session, nieuw.id):
        raise _bestaat(nieuw.id)
    bekend = {dienst.code for dienst in list_diensten(work)}
    onbekend = sorted({deel.dienst for deel in nieuw.verdeelsleutel} - bekend)
    if onbekend:
        raise OnbekendeDienst(f"Deze diensten bestaan niet: {', '.join(onbekend)}.")
    if not repository.add(work.session, nieuw):
        raise _bestaat(nieuw.id)
    work.record(
        action="tariefbesluit.vastleggen",
        subject=f"/v1/tariefbesluiten/{nieuw.id}",
        change=nieuw.model_dump(mode="json", by_alias=True),
    )
    return get_tariefbesluit(work, nieuw.id)


def voor_jaar(work: Work, jaar: int, id: str | None = None) -> Values:
    """The decision for the invoices of a year: the given one, else the most recent one.

    Raises:
        GeenTarief: there is none, or the given one is not for this year.
    """
    if id is None:
        besluit = repository.laatste_voor_jaar(work.session, jaar)
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


def pakketten(work: Work, id: str) -> dict[str, rules.Pakket]:
    """The packages of a decision by code, in the form that `rules` calculates with."""
    gewichten = {deel.dienst: deel.gewicht for deel in repository.verdeelsleutels(work.session, [id])[id]}
    diensten = repository.diensten(work.session, [id])
    return {
        p.code: rules.Pakket(p.code, p.tarief_per_inwoner, {dienst: gewichten[dienst] for dienst in diensten[id, p.code]})
        for p in repository.pakketten(work.session, [id])[id]
    }


def pakket_bestaat(work: Work, code: str, jaar: int) -> bool:
    """Whether a decision for the year has this package."""
    return repository.pakket_bestaat(work.session, code, jaar)


def _bestaat(id: str) -> TariefbesluitBestaat:
    return TariefbesluitBestaat(f"Er is al een tariefbesluit {id}; een besluit wijzigt niet, maar krijgt een opvolger.")


def _weergaven(work: Work, rows: Sequence[Values]) -> list[Tariefbesluit]:
    ids = [rij.id for rij in rows]
    pakketten, diensten = repository.pakketten(work.session, ids), repository.diensten(work.session, ids)
    sleutels = repository.verdeelsleutels(work.session, ids)

    def verder(rij: Values) -> dict[str, Any]:
        return {
            "pakketten": Pakket.from_rows(pakketten[rij.id], lambda pakket: {"diensten": diensten[rij.id, pakket.code]}),
            "verdeelsleutel": Sleuteldeel.from_rows(sleutels[rij.id]),
        }

    return Tariefbesluit.from_rows(rows, verder)

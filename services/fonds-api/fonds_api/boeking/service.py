"""Use cases of boekingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from fonds_api.boeking import models, repository, rules
from fonds_api.boeking.errors import BoekingNietGevonden, BrondocumentAlGeboekt
from fonds_api.boeking.schemas import Boeking, BoekingenFilter, Boekingsregel, NieuweBoeking
from fonds_api.fonds import service as fonds
from fonds_api.periode import service as periode
from fonds_api.rekening import service as rekening

EIGEN_BRON = "fonds"
"""The source of documents that this service keeps itself."""


def debet_cent(nieuw: NieuweBoeking) -> int:
    """The size of an entry: the sum of its debet lines, in cents."""
    return sum(max(0, regel.bedrag_cent) for regel in nieuw.regels)


def boeken(work: Work, rol: str | None, nieuw: NieuweBoeking, *, bevestigd: bool = False) -> Boeking:
    """Store one entry, for good.

    Args:
        bevestigd: somebody else has confirmed it; see `boekingsvoorstel`.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role may not book in it.
        VierOgenNodig: from this amount on somebody else must confirm it first.
        PeriodeGesloten: see `periode.service.eisen_open`.
        OnbekendeRekening, NietInEvenwicht: see `rules.eisen_boekbaar`.
        TooFarAhead: the boekdatum is more than a year from now.
        BrondocumentAlGeboekt: the document has an entry in this fonds already.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    fonds.eisen_boekbaar(work, rol, nieuw.fonds, bron=nieuw.bron.bron, debet_cent=0 if bevestigd else debet_cent(nieuw))
    regels = [rules.Regel(regel.rekening, regel.bedrag_cent) for regel in nieuw.regels]
    periode.eisen_open(work, nieuw.fonds, [nieuw.boekdatum])
    rules.eisen_boekbaar(nieuw.fonds, rekening.nummers(work, nieuw.fonds), regels)
    boeking = models.Boeking(
        id=uuid.uuid4(),
        fonds=nieuw.fonds,
        boekdatum=nieuw.boekdatum,
        geboekt_op=work.clock.now(),
        omschrijving=nieuw.omschrijving,
        bron=nieuw.bron.bron,
        pad=nieuw.bron.pad,
    )
    if not repository.insert_boeking(work.session, boeking, regels):
        eerste = repository.find_by_bron(work.session, nieuw.fonds, nieuw.bron.bron, nieuw.bron.pad)
        raise BrondocumentAlGeboekt(
            f"{nieuw.bron.bron} {nieuw.bron.pad} is in fonds {nieuw.fonds} al geboekt.", boeking=pad(eerste.id)
        )
    work.record(action="boeking.boeken", subject=pad(boeking.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return Boeking.from_row(boeking, bron=_bron(boeking), regels=[Boekingsregel.from_row(regel) for regel in regels])


@dataclass(frozen=True)
class EigenBoeking:
    """An entry for a document that this service keeps itself (a bijdrage, an uitgave, ...); `pad` is its path in this API."""

    fonds: str
    boekdatum: date
    omschrijving: str
    pad: str
    regels: Sequence[rules.Regel]


def boeken_eigen(work: Work, posten: Sequence[EigenBoeking]) -> list[uuid.UUID]:
    """Store the entries of this service's own documents, in the transaction of the caller; all of them or none.

    Returns:
        the ids, in the order of `posten`.

    Raises:
        PeriodeGesloten: see `periode.service.eisen_open`.
        OnbekendeRekening, NietInEvenwicht: see `rules.eisen_boekbaar`.
        BrondocumentAlGeboekt: a document has an entry in this fonds already.
    """
    return [_boek_eigen(work, post) for post in posten]


def _boek_eigen(work: Work, post: EigenBoeking) -> uuid.UUID:
    periode.eisen_open(work, post.fonds, [post.boekdatum])
    rules.eisen_boekbaar(post.fonds, rekening.nummers(work, post.fonds), post.regels)
    boeking = models.Boeking(
        id=uuid.uuid4(),
        fonds=post.fonds,
        boekdatum=post.boekdatum,
        geboekt_op=work.clock.now(),
        omschrijving=post.omschrijving,
        bron=EIGEN_BRON,
        pad=post.pad,
    )
    if not repository.insert_boeking(work.session, boeking, post.regels):
        eerste = repository.find_by_bron(work.session, post.fonds, EIGEN_BRON, post.pad)
        raise BrondocumentAlGeboekt(f"{post.pad} is in fonds {post.fonds} al geboekt.", boeking=pad(eerste.id))
    return boeking.id


def list_boekingen(work: Work, zicht: Sight, wens: BoekingenFilter) -> tuple[int, list[Boeking]]:
    """(total number, entries of this page) in the fondsen that the caller may see."""
    count, rijen = repository.list_boekingen(work.session, zicht, wens)
    return count, _weergaven(work, rijen)


def get_boeking(work: Work, zicht: Sight, id: uuid.UUID) -> Boeking:
    """One entry.

    Raises:
        BoekingNietGevonden: no entry has this id, or the caller may not see its fonds.
    """
    rij = repository.find(work.session, zicht, id)
    return _weergaven(work, [found(rij, BoekingNietGevonden, f"Er is geen boeking {id}, of niet voor uw rol.")])[0]


def pad(id: uuid.UUID) -> str:
    """Path of an entry in this API."""
    return f"/v1/boekingen/{id}"


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Boeking]:
    regels = repository.regels_van(work.session, [rij.id for rij in rijen])
    return Boeking.from_rows(rijen, lambda rij: {"bron": _bron(rij), "regels": Boekingsregel.from_rows(regels[rij.id])})


def _bron(rij: Any) -> Reference:
    return Reference.make(bron=rij.bron, pad=rij.pad)

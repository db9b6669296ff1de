"""Use cases of boekingen."""

from __future__ import annotations

import uuid

from gemeengoed_kit.context import Work
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.window import require_near

from fonds_api.boeking import models, repository, rules
from fonds_api.boeking.errors import BoekingNietGevonden, BrondocumentAlGeboekt
from fonds_api.boeking.schemas import Boeking, BoekingenFilter, Boekingsregel, NieuweBoeking
from fonds_api.fonds import service as fonds
from fonds_api.rekening import service as rekening


def boeken(work: Work, rol: str | None, nieuw: NieuweBoeking) -> Boeking:
    """Store one entry, for good.

    Raises:
        OnbekendFonds, FondsNietToegestaan: there is no such fonds, or this role does not book in it.
        OnbekendeRekening, NietInEvenwicht: see `rules.eisen_boekbaar`.
        TooFarAhead: the boekdatum is more than a year from now.
        BrondocumentAlGeboekt: the document has an entry in this fonds already.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    regels = [rules.Regel(regel.rekening, regel.bedrag_cent) for regel in nieuw.regels]
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
    return _weergave(boeking, [Boekingsregel.make(rekening=r.rekening, bedrag_cent=r.bedrag_cent) for r in regels])


def list_boekingen(work: Work, rol: str | None, wens: BoekingenFilter) -> tuple[int, list[Boeking]]:
    """(number in all, entries of this page) in the fondsen that the role may see."""
    count, rijen = repository.list_boekingen(work.session, fonds.zichtbare_codes(work, rol), wens)
    return count, _weergaven(work, rijen)


def get_boeking(work: Work, rol: str | None, id: uuid.UUID) -> Boeking:
    """One entry.

    Raises:
        BoekingNietGevonden: there is none with this id, or not in a fonds that the role may see.
    """
    rij = repository.find(work.session, fonds.zichtbare_codes(work, rol), id)
    if rij is None:
        raise BoekingNietGevonden(f"Er is geen boeking {id}, of niet voor uw rol.")
    return _weergaven(work, [rij])[0]


def pad(id: uuid.UUID) -> str:
    """Path of an entry in this API."""
    return f"/v1/boekingen/{id}"


def _weergaven(work: Work, rijen: list[models.Boeking]) -> list[Boeking]:
    regels = repository.regels_van(work.session, [rij.id for rij in rijen])
    return [
        _weergave(rij, [Boekingsregel.make(rekening=r.rekening, bedrag_cent=r.bedrag_cent) for r in regels[rij.id]])
        for rij in rijen
    ]


def _weergave(rij: models.Boeking, regels: list[Boekingsregel]) -> Boeking:
    return Boeking.make(
        id=rij.id,
        fonds=rij.fonds,
        volgnummer=rij.volgnummer,
        boekdatum=rij.boekdatum,
        geboekt_op=rij.geboekt_op,
        omschrijving=rij.omschrijving,
        bron=Reference.make(bron=rij.bron, pad=rij.pad),
        regels=regels,
    )

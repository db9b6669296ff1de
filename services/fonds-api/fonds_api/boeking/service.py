"""Use cases of boekingen."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam, Refusal
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from gemeengoed_kit.window import DAYS_AHEAD, require_near

from fonds_api.boeking import models, repository, rules
from fonds_api.boeking.errors import (
    AlGestorneerd,
    BoekingenGeweigerd,
    BoekingNietGevonden,
    BoekingVanDienst,
    BrondocumentAlGeboekt,
    OnbekendeRekening,
    SaldoBuitenGrenzen,
)
from fonds_api.boeking.schemas import (
    Boeking,
    BoekingenFilter,
    Boekingsregel,
    Geboekt,
    GeboekteBoekingen,
    NieuweBoeking,
    NieuweStorno,
    Saldo,
)
from fonds_api.boekingsvoorstel.errors import AlVoorgesteld
from fonds_api.fonds import service as fonds
from fonds_api.periode import service as periode
from fonds_api.periode.errors import PeriodeGesloten
from fonds_api.rekening import service as rekening

BOEKT: tuple[type[Refusal], ...] = (PeriodeGesloten, OnbekendeRekening, SaldoBuitenGrenzen)
"""How the ledger may refuse whatever books in it: its days are closed, its accounts blocked, or beyond their limits."""
EIGEN_BRON = "fonds"
"""The source of documents that this service keeps itself."""
GENOEMD = 1000
"""Faults that one answer names, at most."""


def debet_cent(nieuw: NieuweBoeking) -> int:
    """The size of an entry: the sum of its debet lines, in cents."""
    return rules.debet(_post(nieuw).regels)


def boeken(work: Work, rol: str | None, nieuw: NieuweBoeking, *, bevestigd: bool = False) -> Geboekt:
    """Store one entry, for good.

    Args:
        bevestigd: somebody else has confirmed it; see `boekingsvoorstel`.

    Raises:
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role may not book in it.
        VierOgenNodig: from this amount on somebody else must confirm it first.
        PeriodeGesloten: see `periode.service.eisen_open`.
        OnbekendeRekening, NietInEvenwicht: see `rules.eisen_boekbaar`.
        TooFarAhead: the boekdatum is more than a year from now.
        AlVoorgesteld: of its document an entry waits for somebody else.
        BrondocumentAlGeboekt: the document has an entry in this fonds already.
        SaldoBuitenGrenzen: an account would pass its floor or ceiling.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    post = _post(nieuw)
    _eisen_boekbaar(work, rol, post, 0 if bevestigd else rules.debet(post.regels))
    boeking = _boeking(work, post)
    if not repository.insert_boeking(work.session, boeking, post.regels):
        raise _al_geboekt(work, [post])
    work.record(action="boeking.boeken", subject=pad(boeking.id), change=nieuw.model_dump(mode="json", by_alias=True))
    return _geboekt(work, boeking, post.regels)


def boeken_bulk(work: Work, rol: str | None, nieuwe: Sequence[NieuweBoeking]) -> GeboekteBoekingen:
    """Store entries together, for good; all of them or none. The number of statements does not depend on how many there are.

    Raises:
        FondsNietToegestaan: this role may not book in one of the fondsen.
        BoekingenGeweigerd: entries cannot be booked; names every fault, with its place in the list.
        SaldoBuitenGrenzen: an account would pass its floor or ceiling, after all entries together.
    """
    posten = [_post(nieuw) for nieuw in nieuwe]
    codes = sorted({post.fonds for post in posten})
    wachten = fonds.eisen_toegestaan(work, rol, codes)
    fouten = _gesloten(work, posten)
    fouten += rules.bezwaren(posten, rekening.nummers_van(work, codes), today(work.clock) + timedelta(days=DAYS_AHEAD), wachten)
    fouten += _voorgesteld(work, posten)
    if fouten:
        raise _geweigerd(fouten + _dubbel(work, posten))
    ids = repository.insert_boekingen(work.session, posten, work.clock.now())
    if ids is None:
        raise _geweigerd(_dubbel(work, posten))
    geboekt = [str(id) for id in ids]
    work.record(action="boeking.bulk", subject="/v1/boekingen/bulk", change={"boekingen": geboekt})
    return GeboekteBoekingen.make(
        aantal_boekingen=len(posten),
        aantal_regels=sum(len(post.regels) for post in posten),
        boekingen=ids,
        saldi=_saldi(work, {(post.fonds, regel.rekening) for post in posten for regel in post.regels}),
    )


@dataclass(frozen=True)
class EigenBoeking:
    """An entry for a document that this service keeps itself (a bijdrage, an uitgave, ...); `pad` is its path in this API."""

    fonds: str
    boekdatum: date
    omschrijving: str
    pad: str
    regels: Sequence[rules.Regel]


def boeken_eigen(work: Work, posten: Sequence[EigenBoeking]) -> list[uuid.UUID]:
    """Store the entries of this service's own documents, in the transaction of the caller; all of them or none. The number of
    statements does not depend on how many there are.

    Returns:
        the ids, in the order of `posten`.

    Raises:
        PeriodeGesloten: see `periode.service.eisen_open`.
        OnbekendeRekening, NietInEvenwicht: see `rules.eisen_boekbaar`; of the first entry that has such a fault.
        BrondocumentAlGeboekt: a document has an entry in this fonds already.
        SaldoBuitenGrenzen: an account would pass its floor or ceiling, after all entries together.
    """
    if not posten:
        return []
    rekeningen = rekening.nummers_van(work, sorted({post.fonds for post in posten}), eigen=True)
    for post in posten:
        rules.eisen_boekbaar(post.fonds, rekeningen.get(post.fonds, ()), post.regels)
    eigen = [rules.Post(post.fonds, post.boekdatum, post.omschrijving, EIGEN_BRON, post.pad, post.regels) for post in posten]
    _eisen_open(work, eigen)
    ids = repository.insert_boekingen(work.session, eigen, work.clock.now())
    if ids is None:
        raise _al_geboekt(work, eigen)
    return ids


def storneren(
    work: Work, zicht: Sight, rol: str | None, id: uuid.UUID, nieuw: NieuweStorno, *, bevestigd: bool = False
) -> Geboekt:
    """Reverse an entry by its mirror image, once and for good.

    Args:
        zicht: of a role that books; it sees the fondsen that it books in, and no other.
        bevestigd: somebody else has confirmed it; see `boekingsvoorstel`.

    Raises:
        BoekingNietGevonden: no entry has this id, or the caller does not book in its fonds.
        BoekingVanDienst: its document is kept by this service itself, and would say something else than the ledger.
        FondsNietToegestaan: this role does not book in the fonds any more.
        VierOgenNodig: from this amount on somebody else must confirm it first, whatever the source of the entry.
        AlVoorgesteld: a storno of it waits for somebody else.
        TooFarAhead, StornoVanStorno, StornoVoorBoeking, AlGestorneerd, SaldoBuitenGrenzen: what the names say.
        PeriodeGesloten, OnbekendeRekening: its boekdatum, or an account of the entry, takes no entries any more.
    """
    require_near(work.clock, boekdatum=nieuw.boekdatum)
    eerste = found(
        repository.find(work.session, zicht, id), BoekingNietGevonden, f"Er is geen boeking {id}, of niet voor uw rol."
    )
    if eerste.bron == EIGEN_BRON and eerste.storno_van is None:
        raise BoekingVanDienst(f"Boeking {id} is van {eerste.pad}.", document=eerste.pad)
    cent = 0 if bevestigd else rules.debet(_spiegel(work, id))
    fonds.eisen_boekbaar(work, rol, eerste.fonds, bron=EIGEN_BRON, debet_cent=cent)
    if not bevestigd:
        _eisen_niet_voorgesteld(work, rules.Post(eerste.fonds, nieuw.boekdatum, nieuw.omschrijving, EIGEN_BRON, pad(id), []))
    boeking, regels = _storneer(work, eerste, nieuw.boekdatum, nieuw.omschrijving, pad(id))
    work.record(
        action="boeking.storneren",
        subject=pad(boeking.id),
        change={"stornoVan": pad(id), **nieuw.model_dump(mode="json", by_alias=True)},
    )
    return _geboekt(work, boeking, regels)


def als_boeking(work: Work, zicht: Sight, id: uuid.UUID, nieuw: NieuweStorno) -> NieuweBoeking:
    """The storno of an entry, written out as an entry; its source document is the entry that it reverses.

    Raises:
        BoekingNietGevonden: see `get_boeking`.
    """
    eerste = get_boeking(work, zicht, id)
    return NieuweBoeking.model_validate(
        {
            "fonds": eerste.fonds,
            "bron": {"bron": EIGEN_BRON, "pad": pad(id)},
            "regels": [{"rekening": regel.rekening, "bedragCent": regel.bedrag_cent} for regel in _spiegel(work, id)],
            **nieuw.model_dump(mode="json", by_alias=True),
        }
    )


def storneren_eigen(work: Work, id: uuid.UUID, boekdatum: date, omschrijving: str, pad: str) -> uuid.UUID:
    """Reverse an entry, for a document that this service keeps itself, in the transaction of the caller.

    Args:
        pad: path in this API of the document that says that it is reversed. A document has one entry.

    Returns:
        the id of the storno.

    Raises:
        BoekingNietGevonden: no entry has this id.
        StornoVanStorno, StornoVoorBoeking, AlGestorneerd, SaldoBuitenGrenzen: what the names say.
        PeriodeGesloten, OnbekendeRekening: its boekdatum, or an account of the entry, takes no entries any more.
        BrondocumentAlGeboekt: the document has an entry in this fonds already.
    """
    eerste = found(repository.find(work.session, EVERYTHING, id), BoekingNietGevonden, f"Er is geen boeking {id}.")
    return _storneer(work, eerste, boekdatum, omschrijving, pad)[0].id


def _storneer(
    work: Work, eerste: Values, boekdatum: date, omschrijving: str, document: str
) -> tuple[models.Boeking, Sequence[rules.Regel]]:
    rules.eisen_storneerbaar(eerste.storno_van is not None, eerste.boekdatum, boekdatum)
    regels = _spiegel(work, eerste.id)
    post = rules.Post(eerste.fonds, boekdatum, omschrijving, EIGEN_BRON, document, regels)
    periode.eisen_open(work, post.fonds, [boekdatum])
    rules.eisen_boekbaar(post.fonds, rekening.nummers(work, post.fonds, eigen=True), regels)
    boeking = _boeking(work, post, storno_van=eerste.id)
    if not repository.insert_boeking(work.session, boeking, regels):
        storno = repository.storno_van(work.session, eerste.id)
        if storno is None:
            raise _al_geboekt(work, [post])
        raise AlGestorneerd(f"Boeking {eerste.id} is al gestorneerd.", boeking=pad(storno))
    return boeking, regels


def _spiegel(work: Work, id: uuid.UUID) -> list[rules.Regel]:
    return rules.spiegel([rules.Regel(rij.rekening, rij.bedrag_cent) for rij in repository.regels_van(work.session, [id])[id]])


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


def van(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Boeking]:
    """The entries with these ids, whoever may see them, as the API serves them; what does not exist is not in it."""
    return {boeking.id: boeking for boeking in _weergaven(work, repository.met_ids(work.session, ids))}


def pad(id: uuid.UUID) -> str:
    """Path of an entry in this API."""
    return f"/v1/boekingen/{id}"


def _post(nieuw: NieuweBoeking) -> rules.Post:
    regels = [rules.Regel(regel.rekening, regel.bedrag_cent) for regel in nieuw.regels]
    return rules.Post(nieuw.fonds, nieuw.boekdatum, nieuw.omschrijving, nieuw.bron.bron, nieuw.bron.pad, regels)


def _eisen_boekbaar(work: Work, rol: str | None, post: rules.Post, debet_cent: int) -> None:
    """One question when nothing is wrong, as a rule; otherwise each feature says what is."""
    if repository.boekbaar(work.session, rol, post, debet_cent, work.clock.now()):
        rules.eisen_evenwicht(post.regels)
        return
    fonds.eisen_boekbaar(work, rol, post.fonds, bron=post.bron, debet_cent=debet_cent)
    periode.eisen_open(work, post.fonds, [post.boekdatum])
    rules.eisen_boekbaar(post.fonds, rekening.nummers(work, post.fonds), post.regels)
    if debet_cent:
        _eisen_niet_voorgesteld(work, post)


def _eisen_niet_voorgesteld(work: Work, post: rules.Post) -> None:
    """A proposal holds its document: whoever may book could otherwise be before it with a smaller amount."""
    if wacht := repository.voorgesteld(work.session, [post], work.clock.now()).get(post.document):
        raise AlVoorgesteld(f"{post.bron} {post.pad} is in fonds {post.fonds} al voorgesteld.", voorstel=_voorstelpad(wacht))


def _voorstelpad(id: uuid.UUID) -> str:
    return f"/v1/boekingsvoorstellen/{id}"


def _eisen_open(work: Work, posten: Sequence[rules.Post]) -> None:
    for code in sorted({post.fonds for post in posten}):
        periode.eisen_open(work, code, {post.boekdatum for post in posten if post.fonds == code})


def _boeking(work: Work, post: rules.Post, storno_van: uuid.UUID | None = None) -> models.Boeking:
    return models.Boeking(
        id=uuid.uuid4(),
        fonds=post.fonds,
        boekdatum=post.boekdatum,
        geboekt_op=work.clock.now(),
        omschrijving=post.omschrijving,
        bron=post.bron,
        pad=post.pad,
        storno_van=storno_van,
    )


def _al_geboekt(work: Work, posten: Sequence[rules.Post]) -> BrondocumentAlGeboekt:
    (fonds_, bron, document), eerste = next(iter(repository.al_geboekt(work.session, posten).items()))
    return BrondocumentAlGeboekt(f"{bron} {document} is in fonds {fonds_} al geboekt.", boeking=pad(eerste))


def _gesloten(work: Work, posten: Sequence[rules.Post]) -> list[InvalidParam]:
    """Each entry whose day is closed; what is open stays so until the end of the transaction."""
    dagen: dict[str, set[date]] = {}
    for post in posten:
        dagen.setdefault(post.fonds, set()).add(post.boekdatum)
    dicht = {code: periode.bezwaren(work, code, dagen[code]) for code in sorted(dagen)}
    return [
        InvalidParam(f"boekingen.{nummer}.boekdatum", "periode_gesloten", dicht[post.fonds][post.boekdatum])
        for nummer, post in enumerate(posten)
        if post.boekdatum in dicht[post.fonds]
    ]


def _voorgesteld(work: Work, posten: Sequence[rules.Post]) -> list[InvalidParam]:
    wachten = repository.voorgesteld(work.session, posten, work.clock.now())
    return [
        InvalidParam(f"boekingen.{nummer}.bron", "voorgesteld", f"dit document wacht al: {_voorstelpad(wachten[post.document])}")
        for nummer, post in enumerate(posten)
        if post.document in wachten
    ]


def _dubbel(work: Work, posten: Sequence[rules.Post]) -> list[InvalidParam]:
    eerder = repository.al_geboekt(work.session, posten)
    return [
        InvalidParam(f"boekingen.{nummer}.bron", "al_geboekt", f"dit document is al geboekt: {pad(eerder[post.document])}")
        for nummer, post in enumerate(posten)
        if post.document in eerder
    ]


def _geweigerd(fouten: list[InvalidParam]) -> BoekingenGeweigerd:
    meer = f"; de eerste {GENOEMD} staan in `invalidParams`" if len(fouten) > GENOEMD else ""
    return BoekingenGeweigerd(f"{len(fouten)} bezwaren, en niets geboekt{meer}.", invalid_params=fouten[:GENOEMD])


def _geboekt(work: Work, boeking: models.Boeking, regels: Sequence[rules.Regel]) -> Geboekt:
    return Geboekt.from_row(
        boeking,
        bron=_bron(boeking),
        storno_van=_pad(boeking.storno_van),
        gestorneerd_door=None,
        regels=[Boekingsregel.from_row(regel) for regel in regels],
        saldi=_saldi(work, {(boeking.fonds, regel.rekening) for regel in regels}),
    )


def _saldi(work: Work, rekeningen: set[tuple[str, str]]) -> list[Saldo]:
    rijen = repository.saldi(work.session, sorted(rekeningen))
    return [Saldo.make(fonds=rij.fonds, rekening=rij.rekening, saldo_cent=int(rij.cent)) for rij in rijen]


def _weergaven(work: Work, rijen: Sequence[Values]) -> list[Boeking]:
    regels = repository.regels_van(work.session, [rij.id for rij in rijen])
    return Boeking.from_rows(
        rijen,
        lambda rij: {
            "bron": _bron(rij),
            "storno_van": _pad(rij.storno_van),
            "gestorneerd_door": _pad(rij.gestorneerd_door),
            "regels": Boekingsregel.from_rows(regels[rij.id]),
        },
    )


def _pad(id: uuid.UUID | None) -> str | None:
    return None if id is None else pad(id)


def _bron(rij: Any) -> Reference:
    return Reference.make(bron=rij.bron, pad=rij.pad)

"""Use cases of witnesses: making a key known, withdrawing it, and cosigning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.sight import EVERYTHING, found

from fonds_api.fonds import service as fonds
from fonds_api.getuige import repository
from fonds_api.getuige.errors import (
    AanmeldingKloptNiet,
    AlIngetrokken,
    GeenGetuige,
    GetuigeNietGevonden,
    GetuigeVanAnder,
    MedeondertekeningKloptNiet,
    NietOnsCheckpoint,
)
from fonds_api.getuige.schemas import (
    Getuige,
    GetuigenFilter,
    Medeondertekening,
    MedeondertekeningenFilter,
    NieuweGetuige,
    NieuweIntrekking,
    NieuweMedeondertekening,
)
from fonds_api.zegel import note
from fonds_api.zegel import service as zegel
from fonds_api.zegel.errors import CheckpointNietGevonden
from fonds_api.zegel.note import MEDEONDERTEKENING, Checkpoint, Regel, Sleutel

SPELING = timedelta(minutes=5)
"""How far the clock of a witness may be ahead of ours."""
IN_EEN_NOTE = 90
"""Cosignatures in the text of one checkpoint: Go's reader of notes takes at most 100 signatures. The list has them all."""


def aanmelden(work: Work, caller: Caller, gemeentecode: str, nieuw: NieuweGetuige) -> tuple[Getuige, bool]:
    """Make the key of a gemeente known; the first binds the gemeente to the organisation that calls, or on whose behalf it does.

    Returns:
        the witness, and whether it is new: the key that holds now may be sent again.

    Raises:
        AanmeldingKloptNiet: no usable key, or it did not sign, or the one before it did not.
        GetuigeVanAnder: the key or its name is of another, or another organisation keeps the key of this gemeente.
    """
    oin = caller.delegator_id or caller.peer_id
    sleutel, regels = _sleutel(nieuw.sleutel), _regels(nieuw.handtekeningen, AanmeldingKloptNiet)
    tekst = note.aanmelding(sleutel, oin, gemeentecode)
    _eisen_ondertekend(Sleutel(sleutel.naam, sleutel.publiek), tekst, regels, "de nieuwe sleutel")
    repository.vergrendel(work.session)
    nu = repository.laatste(work.session, gemeentecode)
    geldt = nu is not None and nu.ingetrokken_op is None
    if nu is not None and geldt:
        if nu.oin != oin:
            raise GetuigeVanAnder(f"De sleutel van {gemeentecode} is aangemeld door organisatie {nu.oin}.")
        if (nu.naam, nu.publiek) == (sleutel.naam, sleutel.publiek):
            return _getuige(nu), False
        _eisen_ondertekend(Sleutel(nu.naam, nu.publiek), tekst, regels, "de vorige sleutel")
    if repository.bezet(work.session, sleutel.naam, sleutel.publiek, gemeentecode):
        raise GetuigeVanAnder("Deze sleutel is al eens aangemeld, of zijn naam is van een andere gemeente.")
    id = repository.insert_getuige(
        work.session,
        gemeentecode=gemeentecode,
        oin=oin,
        naam=sleutel.naam,
        publiek=sleutel.publiek,
        vorige=nu.id if nu is not None else None,
        aangemeld_op=work.clock.now(),
    )
    change = {"gemeentecode": gemeentecode, **nieuw.model_dump(mode="json", by_alias=True)}
    work.record(action="getuige.aanmelden", subject=pad(id), change=change)
    return get_getuige(work, id), True


def intrekken(work: Work, id: int, nieuw: NieuweIntrekking) -> Getuige:
    """Withdraw the key of a witness: it cosigns no more, and its gemeente may make another known. What it signed stays.

    Raises:
        GetuigeNietGevonden: there is none.
        AlIngetrokken: it does not hold any more.
    """
    repository.vergrendel(work.session)
    getuige = found(repository.find(work.session, id), GetuigeNietGevonden, f"Er is geen getuige {id}.")
    if getuige.ingetrokken_op is not None or repository.opgevolgd(work.session, id):
        raise AlIngetrokken(f"Getuige {id} geldt al niet meer.")
    repository.insert_intrekking(work.session, id, nieuw.reden, nieuw.naam, work.clock.now())
    work.record(action="getuige.intrekken", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_getuige(work, id)


def get_getuige(work: Work, id: int) -> Getuige:
    """One witness.

    Raises:
        GetuigeNietGevonden: there is none.
    """
    return _getuige(found(repository.find(work.session, id), GetuigeNietGevonden, f"Er is geen getuige {id}."))


def list_getuigen(work: Work, wens: GetuigenFilter) -> tuple[int, list[Getuige]]:
    """(total number, witnesses of this page)."""
    count, rijen = repository.list_getuigen(work.session, wens)
    return count, [_getuige(rij) for rij in rijen]


def medeondertekenen(work: Work, gemeentecode: str, code: str, nieuw: NieuweMedeondertekening) -> tuple[Medeondertekening, bool]:
    """Store the cosignature of a gemeente on a checkpoint of a fonds.

    Returns:
        the cosignature, and whether it is new: one witness cosigns one checkpoint once, the first time counts.

    Raises:
        FondsNietGevonden: the fonds does not exist.
        GeenGetuige: this gemeente has no key that holds.
        NietOnsCheckpoint: another text than that of a checkpoint that this service signed.
        MedeondertekeningKloptNiet: not by its key, or not valid, or from the future.
    """
    tekst = _ons_checkpoint(work, code, nieuw.tekst)
    getuige = repository.laatste(work.session, gemeentecode)
    if getuige is None or getuige.ingetrokken_op is not None:
        raise GeenGetuige(f"{gemeentecode} heeft geen sleutel die geldt.")
    sleutel = Sleutel(getuige.naam, getuige.publiek, MEDEONDERTEKENING)
    regels = _regels(nieuw.handtekeningen, MedeondertekeningKloptNiet)
    regel = next((een for een in regels if een.van(sleutel)), None)
    if regel is None:
        raise MedeondertekeningKloptNiet(f"Er is geen handtekening bij van {sleutel.vkey}.")
    seconden = note.klopt_mede(sleutel, tekst.tekst, regel)
    if seconden is None:
        raise MedeondertekeningKloptNiet("De handtekening is niet die van deze sleutel over deze tekst en deze tijd.")
    nu = work.clock.now()
    if not 0 < seconden <= (nu + SPELING).timestamp():
        raise MedeondertekeningKloptNiet("De tijd van ondertekenen ligt in de toekomst.")
    bewaard = repository.insert_medeondertekening(
        work.session,
        fonds=code,
        grootte=tekst.grootte,
        getuige=getuige.id,
        tijdstip=datetime.fromtimestamp(seconden, UTC),
        handtekening=regel.handtekening[8:],
    )
    if bewaard:
        change = {"grootte": tekst.grootte, "getuige": getuige.id, "handtekening": str(regel)}
        work.record(action="checkpoint.medeondertekenen", subject=f"/v1/fondsen/{code}/medeondertekeningen", change=change)
    return _medeondertekening(repository.medeondertekening(work.session, code, tekst.grootte, getuige.id)), bewaard


def list_medeondertekeningen(work: Work, code: str, wens: MedeondertekeningenFilter) -> tuple[int, list[Medeondertekening]]:
    """(total number, cosignatures of this page) of a fonds.

    Raises:
        FondsNietGevonden: the fonds does not exist.
    """
    fonds.get_fonds(work, EVERYTHING, code)
    count, rijen = repository.list_medeondertekeningen(work.session, code, wens)
    return count, [_medeondertekening(rij) for rij in rijen]


def medeondertekend(work: Work, code: str, grootte: int | None) -> str:
    """The newest checkpoint that has cosignatures, or the one of a size, as a note with the signatures of all.

    Raises:
        FondsNietGevonden, CheckpointNietGevonden: see `zegel.get_checkpoint`; also when nobody has cosigned yet.
    """
    fonds.get_fonds(work, EVERYTHING, code)
    if grootte is None:
        grootte = repository.grootste(work.session, code)
        if grootte is None:
            raise CheckpointNietGevonden(f"Van fonds {code} is nog geen checkpoint mede ondertekend.")
    checkpoint, regels = zegel.get_checkpoint(work, code, grootte)
    mede = [regel_van(rij) for rij in repository.van_checkpoint(work.session, code, grootte, IN_EEN_NOTE)]
    return note.note(checkpoint.tekst, [*regels, *mede])


def pad(id: int) -> str:
    """Path of a witness in this API."""
    return f"/v1/getuigen/{id}"


def regel_van(rij: Values) -> Regel:
    """The signature line of a stored cosignature."""
    seconden = int(rij.tijdstip.timestamp())
    kenmerk = Sleutel(rij.naam, rij.publiek, MEDEONDERTEKENING).kenmerk
    return Regel(rij.naam, kenmerk, seconden.to_bytes(8, "big") + rij.handtekening)


def _ons_checkpoint(work: Work, code: str, tekst: str) -> Checkpoint:
    try:
        gegeven = Checkpoint.lees(tekst)
    except ValueError:
        raise NietOnsCheckpoint("Dit is geen tekst van een checkpoint.") from None
    try:
        ons = zegel.get_checkpoint(work, code, gegeven.grootte)[0]
    except CheckpointNietGevonden:
        raise NietOnsCheckpoint(f"Een checkpoint van {gegeven.grootte} bladen heeft fonds {code} niet.") from None
    if ons != gegeven:
        wat = "een andere wortel" if ons.oorsprong == gegeven.oorsprong else f"een andere oorsprong: {ons.oorsprong}"
        raise NietOnsCheckpoint(f"Ons checkpoint van {gegeven.grootte} bladen heeft {wat}.")
    return ons


def _sleutel(vkey: str) -> Sleutel:
    try:
        sleutel = Sleutel.lees(vkey)
    except ValueError as fout:
        raise AanmeldingKloptNiet(f"`sleutel` is {fout}.") from None
    if sleutel.soort != MEDEONDERTEKENING or not re.fullmatch(note.NAAM, sleutel.naam):
        raise AanmeldingKloptNiet("`sleutel` is niet van de soort voor medeondertekeningen (4), of heeft een te lange naam.")
    return sleutel


def _regels(regels: Sequence[str], weigering: type[AanmeldingKloptNiet] | type[MedeondertekeningKloptNiet]) -> list[Regel]:
    try:
        return [Regel.lees(regel) for regel in regels]
    except ValueError as fout:
        raise weigering(f"`handtekeningen`: {fout}.") from None


def _eisen_ondertekend(sleutel: Sleutel, tekst: str, regels: Sequence[Regel], wie: str) -> None:
    if not note.klopt_note(sleutel, tekst, regels):
        raise AanmeldingKloptNiet(f"Niet ondertekend met {wie} ({sleutel.vkey}); de tekst is {tekst!r}.")


def _getuige(rij: Values) -> Getuige:
    return Getuige.from_row(rij, sleutel=Sleutel(rij.naam, rij.publiek, MEDEONDERTEKENING).vkey)


def _medeondertekening(rij: Values) -> Medeondertekening:
    return Medeondertekening.from_row(
        rij,
        handtekening=str(regel_van(rij)),
        checkpoint=f"/v1/fondsen/{rij.fonds}/medeondertekend-checkpoint?grootte={rij.grootte}",
    )

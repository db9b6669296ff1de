"""Use cases of the logs: proofs for who asks, and sealing in the background."""

from __future__ import annotations

import re
import uuid
from base64 import b64encode
from collections.abc import Collection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.settings import ServiceSettings
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from fonds_api.boeking import service as boeking
from fonds_api.boeking.schemas import Boeking
from fonds_api.fonds import service as fonds
from fonds_api.zegel import note, repository, rules
from fonds_api.zegel.errors import CheckpointNietGevonden, LogboekKleiner, NogNietVerzegeld
from fonds_api.zegel.note import Checkpoint, Regel, Sleutel
from fonds_api.zegel.rules import Bereik
from fonds_api.zegel.schemas import Bewijs, Blad, BladenFilter, Consistentie, Zegelsleutel
from fonds_api.zegel.sleutel import Geheugen

PER_KEER = 10_000
"""Entries that are sealed in one transaction: less than a second. Fewer when they have many lines."""
VEEL = 1000
"""When more entries wait than this, the next turn does not wait."""


class NietOndertekend(Exception):
    """Why a checkpoint was not signed; for the log of the process, and for the operator."""


def get_checkpoint(work: Work, code: str, grootte: int | None) -> tuple[Checkpoint, list[Regel]]:
    """A checkpoint of a fonds, the newest without a size, with the service's own signature. For everybody.

    Raises:
        FondsNietGevonden: the fonds does not exist.
        CheckpointNietGevonden: it has no checkpoint, or none of this size.
    """
    fonds.get_fonds(work, EVERYTHING, code)
    rij = repository.checkpoint(work.session, code, grootte)
    omvang = "" if grootte is None else f" van {grootte} bladen"
    return _gelezen(found(rij, CheckpointNietGevonden, f"Fonds {code} heeft geen checkpoint{omvang}."))


def get_bewijs(work: Work, zicht: Sight, id: uuid.UUID, grootte: int | None) -> Bewijs:
    """The proof that an entry is in the log of its fonds, at the newest checkpoint or one of this size.

    Raises:
        BoekingNietGevonden: as for the entry itself.
        CheckpointNietGevonden: there is no checkpoint of this size.
        NogNietVerzegeld: no checkpoint has it, or this one does not.
    """
    gevonden = boeking.get_boeking(work, zicht, id)
    blad = repository.blad_van(work.session, id)
    rij = repository.checkpoint(work.session, gevonden.fonds, grootte)
    if rij is None and grootte is not None:
        raise CheckpointNietGevonden(f"Fonds {gevonden.fonds} heeft geen checkpoint van {grootte} bladen.")
    if blad is None or rij is None or rij.grootte <= blad.nummer:
        raise NogNietVerzegeld(f"Boeking {id} staat nog niet in {'een checkpoint' if rij is None else 'dit checkpoint'}.")
    check, regels = _gelezen(rij)
    return Bewijs.make(
        boeking=boeking.pad(id),
        fonds=blad.fonds,
        index=blad.nummer,
        grootte=check.grootte,
        inhoud=_inhoud(gevonden),
        hash=_base64(blad.hash),
        pad=[_base64(hash) for hash in _bereken(work, blad.fonds, rules.insluitpad(blad.nummer, check.grootte))],
        checkpoint=note.note(check.tekst, regels),
    )


def get_consistentie(work: Work, code: str, van: int, tot: int | None) -> Consistentie:
    """The proof that the log of a fonds at size `tot` (the newest checkpoint's) continues that of size `van`. For everybody.

    Raises:
        FondsNietGevonden: the fonds does not exist.
        CheckpointNietGevonden: without `tot`: it has no checkpoint.
        LogboekKleiner: it has not as many leaves, or `van` is larger than `tot`.
    """
    fonds.get_fonds(work, EVERYTHING, code)
    if tot is None:
        tot = get_checkpoint(work, code, None)[0].grootte
    grootte = repository.grootte(work.session, code)
    if not van <= tot <= grootte:
        raise LogboekKleiner(f"Van {van} tot {tot} bladen gaat niet: het logboek van fonds {code} heeft er {grootte}.")
    wortel_van, wortel_tot, *pad = _bereken(work, code, [(0, van), (0, tot), *rules.samenhang(van, tot)])
    return Consistentie.make(
        fonds=code,
        van=van,
        tot=tot,
        wortel_van=_base64(wortel_van),
        wortel_tot=_base64(wortel_tot),
        pad=[_base64(hash) for hash in pad],
    )


def list_bladen(work: Work, zicht: Sight, code: str, wens: BladenFilter) -> tuple[int, list[Blad]]:
    """(number of leaves from `vanaf`, leaves of this page) of a fonds that the caller may see.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    fonds.get_fonds(work, zicht, code)
    begin = wens.vanaf + (wens.page - 1) * wens.page_size
    rijen = repository.bladen(work.session, code, begin, begin + wens.page_size)
    boekingen = boeking.van(work, [rij.boeking for rij in rijen])
    bladen = [
        Blad.make(
            nummer=rij.nummer,
            boeking=boeking.pad(rij.boeking),
            hash=_base64(rij.hash),
            inhoud=_inhoud(boekingen[rij.boeking]) if rij.boeking in boekingen else None,
        )
        for rij in rijen
    ]
    return max(0, repository.grootte(work.session, code) - wens.vanaf), bladen


def list_sleutels(work: Work, code: str, wens: PageQuery) -> tuple[int, list[Zegelsleutel]]:
    """(total number, keys of this page) that signed, or sign, the checkpoints of a fonds. For everybody.

    Raises:
        FondsNietGevonden: the fonds does not exist.
    """
    fonds.get_fonds(work, EVERYTHING, code)
    count, rijen = repository.list_sleutels(work.session, wens)
    return count, Zegelsleutel.from_rows(
        rijen,
        lambda rij: {
            "sleutel": Sleutel(oorsprong(rij.oorsprong, code), rij.publiek).vkey,
            "overdracht": rij.overdracht and _base64(rij.overdracht),
        },
    )


def oorsprong(begin: str, code: str) -> str:
    """The origin of the log of a fonds, which is also the name of the key that signs it."""
    return f"{begin}/{code}"


def te_verzegelen(work: Work) -> list[str]:
    """The fondsen with entries that wait."""
    return repository.wachtende_fondsen(work.session)


def te_ondertekenen(work: Work) -> list[str]:
    """The fondsen whose log has no checkpoint as it is now."""
    return repository.onondertekende_fondsen(work.session)


def verzegelen(work: Work, code: str) -> bool:
    """Append leaves for the oldest entries of a fonds that wait, and fold them into its sums (saldo).

    Returns:
        whether many are left.
    """
    return repository.verzegel(work.session, code, PER_KEER) > 0 and repository.wachten_veel(work.session, code, VEEL)


def heeft_sleutel(work: Work) -> bool:
    """Whether a key is known that signs."""
    return bool(repository.sleutels(work.session))


def is_sleutel(work: Work, sleutel: Ed25519PrivateKey) -> bool:
    """Whether this is the key that signs now."""
    bekend = repository.sleutels(work.session)
    return bool(bekend) and bekend[-1].publiek == note.publiek(sleutel)


def oorsprong_van(settings: ServiceSettings) -> str:
    """The begin of the origin of each log: the names are unique within the Group, and the OIN everywhere."""
    return f"{settings.group_id}/{settings.peer_id}/{settings.service_name}"


def sleutel_melden(work: Work, begin: str, sleutel: Ed25519PrivateKey, vorige: Ed25519PrivateKey | None = None) -> None:
    """Make a key known as the one that signs from now on. Does nothing when it is that already.

    Args:
        begin: of the origin of every log; stays as it was with the first key.
        vorige: the key before, which hands over; without it, readers must be told otherwise why the key is another.

    Raises:
        NietOndertekend: the key was used before, or `vorige` is not the key that signs now.
    """
    bekend, publiek = repository.sleutels(work.session), note.publiek(sleutel)
    if bekend and bekend[-1].publiek == publiek:
        return
    if any(rij.publiek == publiek for rij in bekend):
        raise NietOndertekend("deze sleutel is al door een andere opgevolgd")
    if vorige is not None and (not bekend or bekend[-1].publiek != note.publiek(vorige)):
        raise NietOndertekend("de vorige sleutel is niet de sleutel die nu ondertekent")
    begin = bekend[0].oorsprong if bekend else begin
    if not re.fullmatch(note.NAAM, begin):
        raise NietOndertekend(f"{begin!r} kan geen oorsprong zijn: letters, cijfers en ./_- alleen")
    overdracht = vorige.sign(note.overdracht(begin, publiek).encode()) if vorige else None
    nummer = len(bekend) + 1
    repository.insert_sleutel(work.session, nummer, publiek, begin, overdracht)
    work.record(
        action="zegelsleutel.melden",
        subject="/v1/zegelsleutels",
        change={"nummer": nummer, "publiek": _base64(publiek), "overgedragen": overdracht is not None},
    )


def ondertekenen(work: Work, code: str, sleutel: Ed25519PrivateKey, pad: Path) -> None:
    """Sign the log of a fonds as it is now; does nothing when that was done.

    The tree must continue the newest checkpoint in the database, whose signature must hold, and what this key signed last
    according to the file beside it. That file is written first: what it says is a part of the log as it is stored, whether or
    not this transaction commits.

    Raises:
        NietOndertekend: the key is not the one that signs now, or the log does not continue what was signed.
    """
    repository.vergrendel(work.session, code)
    bekend = repository.sleutels(work.session)
    if not bekend or bekend[-1].publiek != note.publiek(sleutel):
        raise NietOndertekend("de sleutel in het bestand is niet de laatst gemelde; zie `fonds-api zegelsleutel`")
    naam, grootte = oorsprong(bekend[-1].oorsprong, code), repository.grootte(work.session, code)
    vorige = repository.checkpoint(work.session, code)
    if vorige is not None:
        eerder, regels = _gelezen(vorige)
        if not note.klopt_note(Sleutel(eerder.oorsprong, vorige.publiek), eerder.tekst, regels):
            raise NietOndertekend(f"de handtekening onder checkpoint {eerder.grootte} van fonds {code} klopt niet")
        _eisen_voortzetting(work, code, eerder, grootte)
        if eerder.grootte == grootte:
            return
    nu = Checkpoint(naam, grootte, _bereken(work, code, [(0, grootte)])[0])
    with Geheugen(pad).open() as laatste:
        if naam in laatste:
            _eisen_voortzetting(work, code, laatste[naam], grootte)
        laatste[naam] = nu
    regel = note.onderteken(sleutel, naam, nu.tekst)
    repository.insert_checkpoint(work.session, code, grootte, nu.tekst, bekend[-1].nummer, regel.handtekening)


def _eisen_voortzetting(work: Work, code: str, eerder: Checkpoint, grootte: int) -> None:
    if eerder.grootte > grootte:
        raise NietOndertekend(
            f"fonds {code} heeft {grootte} bladen en er is al een checkpoint van {eerder.grootte} ondertekend: de database is "
            "ouder dan dat. Zie de README van zegel, teruggezette reservekopie"
        )
    if _bereken(work, code, [(0, eerder.grootte)])[0] != eerder.wortel:
        raise NietOndertekend(f"de eerste {eerder.grootte} bladen van fonds {code} zijn niet die van het ondertekende checkpoint")


def _bereken(work: Work, code: str, bereiken: Collection[Bereik]) -> list[bytes]:
    try:
        hashes = repository.hashes(work.session, code, bereiken)
        return [rules.hash_van(bereik, hashes) for bereik in bereiken]
    except KeyError as weg:
        raise NietOndertekend(f"het logboek van fonds {code} mist een hash: {weg}") from None


def _gelezen(rij: Values) -> tuple[Checkpoint, list[Regel]]:
    check = Checkpoint.lees(rij.tekst)
    return check, [Regel(check.oorsprong, Sleutel(check.oorsprong, rij.publiek).kenmerk, rij.handtekening)]


def _inhoud(van: Boeking) -> str:
    return rules.bladinhoud(van.model_dump(mode="json", by_alias=True)).decode()


def _base64(inhoud: bytes) -> str:
    return b64encode(inhoud).decode()

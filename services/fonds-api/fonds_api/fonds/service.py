"""Use cases of fondsen: keeping them, and the one rule about who may see a fonds and book in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight, found

from fonds_api.fonds import repository, rules
from fonds_api.fonds.errors import FondsBestaatAl, FondsNietGevonden, FondsNietToegestaan, OnbekendFonds, VierOgenNodig
from fonds_api.fonds.schemas import Fonds, Fondswijziging, NieuwFonds, VierOgen
from fonds_api.rekening import service as rekening
from fonds_api.rekening.schemas import NieuweRekening

BOEKERS = (rules.BEHEERDER, "administratie")
"""The roles that may book at all; each fonds says which of them may book in it."""
TRAJECT = "traject-"
"""How the code of the fonds of an inkooptraject begins; only its traject books in it."""


def list_fondsen(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Fonds]]:
    """(total number, fondsen of this page) that the caller may see."""
    count, rows = repository.list_fondsen(work.session, zicht, wens)
    return count, Fonds.from_rows(rows)


def get_fonds(work: Work, zicht: Sight, code: str) -> Fonds:
    """One fonds.

    Raises:
        FondsNietGevonden: no fonds has this code, or this caller may not see it.
    """
    rij = found(repository.find(work.session, zicht, code), FondsNietGevonden, _geen(code))
    return Fonds.from_row(rij)


def aanmaken(work: Work, nieuw: NieuwFonds) -> Fonds:
    """A new fonds, without accounts.

    Raises:
        BoekingsrollenPassenNiet: see `rules.eisen_boekingsrollen`.
        FondsBestaatAl: there is one with this code.
    """
    return oprichten(work, nieuw.code, nieuw.naam, nieuw.omschrijving, nieuw.bronvermelding, nieuw.boekingsrollen)


def oprichten(
    work: Work,
    code: str,
    naam: str,
    omschrijving: str,
    bronvermelding: str,
    boekingsrollen: Sequence[str],
    rekeningen: Sequence[NieuweRekening] = (),
    *,
    beheerd: bool = False,
) -> Fonds:
    """A new fonds with its accounts, in the transaction of the caller; a roll-up account comes before what it adds up.

    Args:
        beheerd: only documents that this service keeps itself book in it.

    Raises:
        BoekingsrollenPassenNiet: see `rules.eisen_boekingsrollen`.
        FondsBestaatAl: there is one with this code.
        RekeningBestaatAl, OngeldigeRekening: see `rekening.service.toevoegen`.
    """
    rules.eisen_boekingsrollen(boekingsrollen, BOEKERS)
    beschreven = {"naam": naam, "omschrijving": omschrijving, "bronvermelding": bronvermelding}
    if not repository.add(work.session, {"code": code, **beschreven, "boekingsrollen": list(boekingsrollen)}):
        raise FondsBestaatAl(f"Er is al een fonds {code}.")
    work.record(action="fonds.oprichten", subject=pad(code), change={**beschreven, "boekingsrollen": list(boekingsrollen)})
    for een in rekeningen:
        rekening.toevoegen(work, code, een, beheerd=beheerd)
    return get_fonds(work, EVERYTHING, code)


def wijzigen(work: Work, zicht: Sight, code: str, if_match: str | None, wijziging: Fondswijziging) -> Fonds:
    """Change what is said of a fonds, and which roles book in it; its code stays.

    Raises:
        FondsNietGevonden, BoekingsrollenPassenNiet: see `get_fonds` and `rules.eisen_boekingsrollen`.
        VersionNeeded, Changed: If-Match does not name the last version.
    """
    was = found(repository.vergrendel(work.session, zicht, code), FondsNietGevonden, _geen(code))
    require_match(if_match, was.versie)
    rules.eisen_boekingsrollen(wijziging.boekingsrollen, BOEKERS)
    repository.wijzig(work.session, code, wijziging.model_dump())
    work.record(action="fonds.wijzigen", subject=pad(code), change=wijziging.model_dump(mode="json", by_alias=True))
    return get_fonds(work, EVERYTHING, code)


def vier_ogen_instellen(work: Work, zicht: Sight, code: str, if_match: str | None, nieuw: VierOgen) -> Fonds:
    """Set from which amount an entry waits for somebody else, and which sources are free of it. Proposals that wait stay.

    Raises:
        FondsNietGevonden: see `get_fonds`.
        VersionNeeded, Changed: If-Match does not name the last version.
    """
    was = found(repository.vergrendel(work.session, zicht, code), FondsNietGevonden, _geen(code))
    require_match(if_match, was.versie)
    vrij = sorted(set(nieuw.vrije_bronnen))
    repository.wijzig(work.session, code, {"vier_ogen_vanaf_cent": nieuw.vanaf_cent, "vier_ogen_vrij": vrij})
    work.record(action="fonds.vier-ogen", subject=pad(code), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_fonds(work, EVERYTHING, code)


def fondsen_van(rol: str | None) -> Limit:
    """Query for the codes of the fondsen that a role may see; data of any other fonds is "not found" for it."""
    return repository.codes_van(rol)


def eisen_boekbaar(work: Work, rol: str | None, code: str, *, bron: str = "", debet_cent: int = 0) -> None:
    """Refuse a role that may not book in a fonds, and an amount that somebody else must confirm.

    Args:
        bron: the source of the document.
        debet_cent: sum of the debet lines, in cents; 0 where nothing is booked yet, or somebody else has confirmed it.

    Raises:
        OnbekendFonds: the fonds does not exist.
        FondsNietToegestaan: this role may not book in it, or only its inkooptraject does.
        VierOgenNodig: the amount is that of the fonds or more, and entries of this source wait too.
    """
    regels = repository.boekregels(work.session, code)
    if regels is None:
        raise OnbekendFonds(f"Er is geen fonds {code}.")
    if rol not in regels.boekingsrollen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {code}; dat doet {' of '.join(regels.boekingsrollen)}.")
    if code.startswith(TRAJECT):
        raise FondsNietToegestaan(f"In fonds {code} boekt alleen zijn inkooptraject.")
    vanaf = regels.vier_ogen_vanaf_cent
    if vanaf is not None and debet_cent >= vanaf and bron not in regels.vier_ogen_vrij:
        raise VierOgenNodig(f"In fonds {code} wacht een boeking vanaf {format_euros(vanaf)} op een ander.", vanafCent=vanaf)


def eisen_toegestaan(work: Work, rol: str | None, codes: Sequence[str]) -> Callable[[str, str, int], bool]:
    """Refuse a role that may not book in one of these fondsen; one that does not exist is no reason.

    Returns:
        whether an entry in one of them, of a source and with a sum of debet lines in cents, must be confirmed by somebody else.

    Raises:
        FondsNietToegestaan: names the fondsen in which this role may not book.
    """
    regels = repository.boekregels_van(work.session, codes)
    geen = [code for code in codes if code in regels and rol not in regels[code].boekingsrollen]
    if geen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {', '.join(geen)}.")
    if traject := [code for code in codes if code.startswith(TRAJECT)]:
        raise FondsNietToegestaan(f"In fonds {', '.join(traject)} boekt alleen het inkooptraject.")

    def wachten(code: str, bron: str, debet_cent: int) -> bool:
        vanaf = regels[code].vier_ogen_vanaf_cent if code in regels else None
        return vanaf is not None and debet_cent >= vanaf and bron not in regels[code].vier_ogen_vrij

    return wachten


def pad(code: str) -> str:
    """Path of a fonds in this API."""
    return f"/v1/fondsen/{code}"


def _geen(code: str) -> str:
    return f"Er is geen fonds {code}, of niet voor uw rol."

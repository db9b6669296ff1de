"""Use cases of fondsen: reading them, and the one rule about who may see a fonds and book in it."""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import Limit, Sight, found

from fonds_api.fonds import repository
from fonds_api.fonds.errors import FondsNietGevonden, FondsNietToegestaan, OnbekendFonds
from fonds_api.fonds.schemas import Fonds


def list_fondsen(work: Work, zicht: Sight, wens: PageQuery) -> tuple[int, list[Fonds]]:
    """(total number, fondsen of this page) that the caller may see."""
    count, rows = repository.list_fondsen(work.session, zicht, wens)
    return count, Fonds.from_rows(rows)


def get_fonds(work: Work, zicht: Sight, code: str) -> Fonds:
    """One fonds.

    Raises:
        FondsNietGevonden: no fonds has this code, or this caller may not see it.
    """
    rij = found(repository.find(work.session, zicht, code), FondsNietGevonden, f"Er is geen fonds {code}, of niet voor uw rol.")
    return Fonds.from_row(rij)


def fondsen_van(rol: str | None) -> Limit:
    """Query for the codes of the fondsen that a role may see; data of any other fonds is "not found" for it."""
    return repository.codes_van(rol)


def eisen_boekbaar(work: Work, rol: str | None, code: str) -> None:
    """Refuse a role that may not book in a fonds.

    Raises:
        OnbekendFonds: the fonds does not exist.
        FondsNietToegestaan: this role may not book in it.
    """
    rollen = repository.boekingsrollen(work.session, code)
    if rollen is None:
        raise OnbekendFonds(f"Er is geen fonds {code}.")
    if rol not in rollen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {code}; dat doet {' of '.join(rollen)}.")


def eisen_toegestaan(work: Work, rol: str | None, codes: Sequence[str]) -> None:
    """Refuse a role that may not book in one of these fondsen; one that does not exist is no reason.

    Raises:
        FondsNietToegestaan: names the fondsen in which this role may not book.
    """
    rollen = repository.boekingsrollen_van(work.session, codes)
    geen = [code for code in codes if code in rollen and rol not in rollen[code]]
    if geen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {', '.join(geen)}.")

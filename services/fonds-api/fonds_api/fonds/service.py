"""Use cases of fondsen: reading them, and the one rule on who may see and book where."""

from __future__ import annotations

from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery

from fonds_api.fonds import models, repository
from fonds_api.fonds.errors import FondsNietGevonden, FondsNietToegestaan, OnbekendFonds
from fonds_api.fonds.schemas import Fonds


def list_fondsen(work: Work, rol: str | None, wens: PageQuery) -> tuple[int, list[Fonds]]:
    """(number in all, fondsen of this page) that the role may see."""
    count, rows = repository.list_fondsen(work.session, zichtbare_codes(work, rol), wens)
    return count, [_weergave(rij) for rij in rows]


def get_fonds(work: Work, rol: str | None, code: str) -> Fonds:
    """One fonds.

    Raises:
        FondsNietGevonden: there is none with this code, or not for this role.
    """
    rij = repository.find(work.session, code)
    if rij is None or rol not in rij.boekingsrollen:
        raise FondsNietGevonden(f"Er is geen fonds {code}, of niet voor uw rol.")
    return _weergave(rij)


def zichtbare_codes(work: Work, rol: str | None) -> list[str]:
    """Codes of the fondsen that the role may see; what belongs to another fonds does not exist for it."""
    return repository.codes_van(work.session, rol)


def eisen_boekbaar(work: Work, rol: str | None, code: str) -> None:
    """Let pass who may book in a fonds.

    Raises:
        OnbekendFonds: there is no such fonds.
        FondsNietToegestaan: this role does not book in it.
    """
    rollen = repository.boekingsrollen(work.session, code)
    if rollen is None:
        raise OnbekendFonds(f"Er is geen fonds {code}.")
    if rol not in rollen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {code}; dat doet {' of '.join(rollen)}.")


def _weergave(rij: models.Fonds) -> Fonds:
    return Fonds.make(
        code=rij.code,
        naam=rij.naam,
        omschrijving=rij.omschrijving,
        bronvermelding=rij.bronvermelding,
        boekingsrollen=rij.boekingsrollen,
    )

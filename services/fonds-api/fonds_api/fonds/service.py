"""Use cases of fondsen: reading them, and the one rule about who may see a fonds and book in it."""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.context import Work
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight, found

from fonds_api.fonds import repository
from fonds_api.fonds.errors import FondsBestaatAl, FondsNietGevonden, FondsNietToegestaan, OnbekendFonds
from fonds_api.fonds.schemas import Fonds
from fonds_api.rekening import service as rekening
from fonds_api.rekening.schemas import NieuweRekening

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
    rij = found(repository.find(work.session, zicht, code), FondsNietGevonden, f"Er is geen fonds {code}, of niet voor uw rol.")
    return Fonds.from_row(rij)


def oprichten(
    work: Work,
    code: str,
    naam: str,
    omschrijving: str,
    bronvermelding: str,
    boekingsrollen: Sequence[str],
    rekeningen: Sequence[NieuweRekening] = (),
) -> Fonds:
    """A new fonds with its accounts, in the transaction of the caller.

    Raises:
        FondsBestaatAl: there is one with this code.
    """
    beschreven = {"naam": naam, "omschrijving": omschrijving, "bronvermelding": bronvermelding}
    if not repository.add(work.session, {"code": code, **beschreven, "boekingsrollen": list(boekingsrollen)}):
        raise FondsBestaatAl(f"Er is al een fonds {code}.")
    work.record(
        action="fonds.oprichten", subject=f"/v1/fondsen/{code}", change={**beschreven, "boekingsrollen": list(boekingsrollen)}
    )
    for een in rekeningen:
        rekening.toevoegen(work, code, een)
    return get_fonds(work, EVERYTHING, code)


def fondsen_van(rol: str | None) -> Limit:
    """Query for the codes of the fondsen that a role may see; data of any other fonds is "not found" for it."""
    return repository.codes_van(rol)


def eisen_boekbaar(work: Work, rol: str | None, code: str) -> None:
    """Refuse a role that may not book in a fonds.

    Raises:
        OnbekendFonds: the fonds does not exist.
        FondsNietToegestaan: this role may not book in it, or only its inkooptraject does.
    """
    rollen = repository.boekingsrollen(work.session, code)
    if rollen is None:
        raise OnbekendFonds(f"Er is geen fonds {code}.")
    if rol not in rollen:
        raise FondsNietToegestaan(f"De rol {rol} boekt niet in fonds {code}; dat doet {' of '.join(rollen)}.")
    if code.startswith(TRAJECT):
        raise FondsNietToegestaan(f"In fonds {code} boekt alleen zijn inkooptraject.")

"""Use cases of the chart of accounts, and what other features need from it.

Who changes it sees the fonds: the router asks that first.
"""

from __future__ import annotations

from collections.abc import Sequence

from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Sight, found

from fonds_api.rekening import repository, rules
from fonds_api.rekening.errors import PostZonderRekening, RekeningBestaatAl, RekeningKanNiet, RekeningNietGevonden
from fonds_api.rekening.schemas import Grootboekrekening, NieuweRekening, Rekeningwijziging


def nummers(work: Work, fonds: str, *, eigen: bool = False) -> set[str]:
    """The numbers of all accounts that an entry in this fonds may name.

    Args:
        eigen: an entry of a document that this service keeps itself; no other books on accounts that are `beheerd`.
    """
    return repository.nummers(work.session, fonds, eigen)


def nummers_van(work: Work, fondsen: Sequence[str], *, eigen: bool = False) -> dict[str, set[str]]:
    """The same of several fondsen, by code; one that does not exist has none and is missing."""
    return repository.nummers_van(work.session, fondsen, eigen)


def get_rekening(work: Work, zicht: Sight, fonds: str, nummer: str) -> Grootboekrekening:
    """One account.

    Raises:
        RekeningNietGevonden: the fonds has no such account, or this caller may not see the fonds.
    """
    rij = found(repository.find(work.session, zicht, fonds, nummer), RekeningNietGevonden, _geen(fonds, nummer))
    return Grootboekrekening.from_row(rij, verzamelrekening=not rij.boekbaar)


def get_naam(work: Work, zicht: Sight, fonds: str, nummer: str) -> str:
    """The name of an account.

    Raises:
        RekeningNietGevonden: see `get_rekening`.
    """
    return found(repository.naam(work.session, zicht, fonds, nummer), RekeningNietGevonden, _geen(fonds, nummer))


def toevoegen(work: Work, fonds: str, nieuw: NieuweRekening, *, beheerd: bool = False) -> None:
    """A new account of a fonds that exists. Entries of the fonds under way end first.

    Args:
        beheerd: only documents that this service keeps itself book on it.

    Raises:
        RekeningKanNiet: see `rules.bezwaren`; names all.
        RekeningBestaatAl: the fonds has an account with this number.
    """
    repository.vergrendel(work.session, fonds)
    plekken = repository.plekken(work.session, fonds)
    if nieuw.nummer in plekken:
        raise RekeningBestaatAl(f"Fonds {fonds} heeft al een rekening {nieuw.nummer}.")
    plek, grenzen = rules.Plek(nieuw.boven, nieuw.verzamelrekening), rules.Grenzen(nieuw.minimum_cent, nieuw.maximum_cent)
    _eisen(nieuw.nummer, rules.bezwaren(nieuw.nummer, plek, plekken, grenzen, 0))
    repository.add(
        work.session,
        {
            "fonds": fonds,
            **nieuw.model_dump(exclude={"normale_zijde", "verzamelrekening"}),
            "boekbaar": not nieuw.verzamelrekening,
            "beheerd": beheerd,
            "contra": nieuw.normale_zijde not in (None, rules.normale_zijde(nieuw.soort)),
        },
    )
    change = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="rekening.toevoegen", subject=pad(fonds, nieuw.nummer), change=change)


def wijzigen(
    work: Work, zicht: Sight, fonds: str, nummer: str, if_match: str | None, wijziging: Rekeningwijziging
) -> Grootboekrekening:
    """Change what may change of an account; number, soort, normal side and whether it is booked on stay.

    Entries of the fonds under way end first, so a limit holds from the first entry after it.

    Raises:
        RekeningNietGevonden: see `get_rekening`.
        VersionNeeded, Changed: If-Match does not name the last version.
        RekeningKanNiet: see `rules.bezwaren`; names all.
    """
    found(repository.find(work.session, zicht, fonds, nummer), RekeningNietGevonden, _geen(fonds, nummer))
    repository.vergrendel(work.session, fonds)
    was = get_rekening(work, zicht, fonds, nummer)
    require_match(if_match, was.versie)
    saldo = repository.stand(work.session, fonds, nummer)
    plek = rules.Plek(wijziging.boven, was.verzamelrekening)
    grenzen = rules.Grenzen(wijziging.minimum_cent, wijziging.maximum_cent)
    wrong = rules.bezwaren(nummer, plek, repository.plekken(work.session, fonds), grenzen, saldo)
    if was.verzamelrekening and wijziging.geblokkeerd:
        wrong.append(InvalidParam("geblokkeerd", "verzamelrekening", "hier wordt niet op geboekt"))
    _eisen(nummer, wrong)
    repository.wijzig(work.session, fonds, nummer, wijziging.model_dump())
    change = wijziging.model_dump(mode="json", by_alias=True)
    work.record(action="rekening.wijzigen", subject=pad(fonds, nummer), change=change)
    return get_rekening(work, zicht, fonds, nummer)


def pad(fonds: str, nummer: str) -> str:
    """Path of an account in this API."""
    return f"/v1/fondsen/{fonds}/rekeningen/{nummer}"


def _eisen(nummer: str, wrong: list[InvalidParam]) -> None:
    if wrong:
        raise RekeningKanNiet(f"Rekening {nummer} kan niet zo; zie invalidParams.", invalid_params=wrong)


def _geen(fonds: str, nummer: str) -> str:
    return f"Er is geen rekening {nummer} in fonds {fonds}, of niet voor uw rol."


def van_post(work: Work, fonds: str, prioriteit: str, budgetsoort: str) -> str:
    """The number of the lasten account of a begrotingspost.

    Raises:
        PostZonderRekening: the fonds has no account for it.
    """
    nummer = repository.van_post(work.session, fonds, prioriteit, budgetsoort)
    if nummer is None:
        raise PostZonderRekening(f"Fonds {fonds} heeft geen rekening voor {prioriteit}-{budgetsoort}.")
    return nummer

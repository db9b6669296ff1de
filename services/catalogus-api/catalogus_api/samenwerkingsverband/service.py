"""Use cases of samenwerkingsverbanden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from catalogus_api.gemeente import service as gemeente
from catalogus_api.samenwerkingsverband import repository, rules
from catalogus_api.samenwerkingsverband.errors import (
    LedenPassenNiet,
    SamenwerkingsverbandBestaatAl,
    SamenwerkingsverbandNietGevonden,
)
from catalogus_api.samenwerkingsverband.schemas import (
    Ledenwijziging,
    Lidmaatschap,
    Samenwerkingsverband,
    SamenwerkingsverbandenFilter,
    SamenwerkingsverbandInvoer,
    SamenwerkingsverbandKort,
)


def list_verbanden(work: Work, wens: SamenwerkingsverbandenFilter) -> tuple[int, list[SamenwerkingsverbandKort]]:
    """(number in all, samenwerkingsverbanden of this page), each with its members on the day; today unless it is given."""
    count, rows = repository.list_verbanden(work.session, wens, wens.op or today(work.clock))
    return count, SamenwerkingsverbandKort.from_rows(rows, lambda rij: {"leden": rij.leden or []})


def get_verband(work: Work, code: str) -> Samenwerkingsverband:
    """One samenwerkingsverband with all its memberships.

    Raises:
        SamenwerkingsverbandNietGevonden: there is none with this code.
    """
    rij = found(repository.find(work.session, code), SamenwerkingsverbandNietGevonden, _geen(code))
    return Samenwerkingsverband.from_row(
        rij, lidmaatschappen=Lidmaatschap.from_rows(repository.lidmaatschappen(work.session, code))
    )


def aanmaken(work: Work, invoer: SamenwerkingsverbandInvoer) -> Samenwerkingsverband:
    """A new samenwerkingsverband with its first members.

    Raises:
        SamenwerkingsverbandBestaatAl: there is one with this code.
        LedenPassenNiet: a member is not there on the day; names all.
        TooFarAhead: the day is more than a year from now.
    """
    require_near(work.clock, vanaf=invoer.vanaf)
    if not repository.add(work.session, {"code": invoer.code, "naam": invoer.naam, "vastgelegd_op": work.clock.now()}):
        raise SamenwerkingsverbandBestaatAl(f"Er is al een samenwerkingsverband {invoer.code}.")
    _eisen(work, invoer.leden, [], invoer.vanaf, {})
    repository.add_leden(work.session, invoer.code, invoer.leden, invoer.vanaf)
    change = invoer.model_dump(mode="json", by_alias=True)
    work.record(action="samenwerkingsverband.aanmaken", subject=pad(invoer.code), change=change)
    return get_verband(work, invoer.code)


def leden_wijzigen(work: Work, code: str, invoer: Ledenwijziging) -> Samenwerkingsverband:
    """Members join from a day on, and others were members until the day before.

    Raises:
        SamenwerkingsverbandNietGevonden, LedenPassenNiet, TooFarAhead: as above.
    """
    require_near(work.clock, ingangsdatum=invoer.ingangsdatum)
    found(repository.lock(work.session, code), SamenwerkingsverbandNietGevonden, _geen(code))
    _eisen(work, invoer.toetreders, invoer.uittreders, invoer.ingangsdatum, repository.leden(work.session, code))
    repository.beeindig(work.session, code, invoer.uittreders, invoer.ingangsdatum - timedelta(days=1))
    repository.add_leden(work.session, code, invoer.toetreders, invoer.ingangsdatum)
    change = invoer.model_dump(mode="json", by_alias=True)
    work.record(action="samenwerkingsverband.leden-wijzigen", subject=pad(code), change=change)
    return get_verband(work, code)


def leden_op(work: Work, code: str, dag: date) -> frozenset[str]:
    """Codes of the gemeenten that are members of a samenwerkingsverband on a day; none when it does not exist."""
    return repository.leden_op(work.session, code, dag)


def pad(code: str) -> str:
    """Path of a samenwerkingsverband."""
    return f"/v1/samenwerkingsverbanden/{code}"


def _geen(code: str) -> str:
    return f"Er is geen samenwerkingsverband met code {code}."


def _eisen(
    work: Work,
    toetreders: Sequence[str],
    uittreders: Sequence[str],
    dag: date,
    leden: Mapping[str, Sequence[rules.Lidmaatschap]],
) -> None:
    wrong = rules.bezwaren(toetreders, uittreders, dag, geldig=gemeente.codes_op(work, dag), leden=leden)
    if wrong:
        raise LedenPassenNiet(f"De leden per {dag} passen niet bij wat hier staat; zie invalidParams.", invalid_params=wrong)

"""What other features need of budgets, and what is left of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from gemeengoed_kit.clock import AMSTERDAM
from gemeengoed_kit.context import Work
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.sight import Sight, found

from fonds_api.budget import repository, rules
from fonds_api.budget.errors import BudgetOntoereikend, OnbekendeBegrotingspost, VastgesteldeBegrotingNietGevonden
from fonds_api.budget.rules import BTW, Dagstand, Post, Stand
from fonds_api.budget.schemas import Postruimte, Prioriteitruimte, Ruimte, VrijeRuimte

__all__ = ["BTW", "Dagstand", "Post", "eisen_vrij", "get_vrije_ruimte", "noem", "op_dag", "open_van_jaar", "tekorten"]


def get_vrije_ruimte(work: Work, zicht: Sight, fonds: str, jaar: int, begroting: uuid.UUID | None) -> VrijeRuimte:
    """What is left of each post, in one statement.

    Args:
        begroting: id of the version that was adopted last.

    Raises:
        VastgesteldeBegrotingNietGevonden: nothing was adopted for this fonds and year, or the caller may not see the fonds.
    """
    standen = {post: stand for (_, post), stand in repository.standen(work.session, fonds, [jaar], zicht).items()}
    found(standen or None, VastgesteldeBegrotingNietGevonden, f"Van fonds {fonds} is voor {jaar} geen begroting vastgesteld.")
    return VrijeRuimte.make(
        fonds=fonds,
        jaar=jaar,
        begroting=f"/v1/begrotingen/{begroting}" if begroting else None,
        posten=[
            Postruimte.from_row(stand, prioriteit=prioriteit or None, budgetsoort=soort)
            for (prioriteit, soort), stand in standen.items()
        ],
        prioriteiten=[Prioriteitruimte.from_row(stand, prioriteit=p) for p, stand in rules.per_prioriteit(standen)],
        totaal=Ruimte.from_row(rules.totaal(standen.values())),
    )


def tekorten(work: Work, fonds: str, jaar: int, nieuw: Mapping[Post, int]) -> dict[Post, int]:
    """What a next begroting is short of for what runs, per post in cents; the caller has the lock on the fonds and year.

    Source: only an adopted begroting allows spending, "met inachtneming van de lopende verplichtingen" (domain.md 2).
    """
    standen = repository.standen(work.session, fonds, [jaar])
    return rules.tekorten({post: stand for (_, post), stand in standen.items()}, nieuw)


def eisen_vrij(work: Work, fonds: str, wensen: Sequence[tuple[int, Post, int]]) -> None:
    """Refuse amounts that do not fit in what is left; all years and posts are looked at together.

    The caller has the lock on each year.

    Args:
        wensen: (year, post, amount in cents); each year and post once.

    Raises:
        OnbekendeBegrotingspost: no adopted begroting has a post; names all.
        BudgetOntoereikend: something is short; names all, with what is missing.
    """
    standen: dict[tuple[int, Post], Stand] = repository.standen(work.session, fonds, {jaar for jaar, _, _ in wensen})
    onbekend, mist = rules.te_weinig(standen, wensen)
    if onbekend:
        namen = [f"{noem(post)} in {jaar}" for jaar, post in onbekend]
        raise OnbekendeBegrotingspost(
            f"Fonds {fonds} heeft geen vastgesteld budget voor {', '.join(namen)}.",
            invalid_params=[InvalidParam("delen", "onbekend", naam) for naam in namen],
        )
    if mist:
        namen = [f"{noem(post)} in {jaar}: {format_euros(cent)} te weinig" for jaar, post, cent in mist]
        raise BudgetOntoereikend(
            f"Het budget van fonds {fonds} reikt niet: {'; '.join(namen)}.",
            invalid_params=[InvalidParam("delen", "ontoereikend", naam) for naam in namen],
            posten=[{"jaar": jaar, "post": noem(post), "tekortCent": cent} for jaar, post, cent in mist],
        )


def open_van_jaar(work: Work, fonds: str, jaar: int) -> dict[str, int]:
    """What is committed and neither spent nor released, by name of the post, in cents; only of posts that have any."""
    standen = repository.standen(work.session, fonds, [jaar])
    return {noem(post): stand.verplicht_cent for (_, post), stand in standen.items() if stand.verplicht_cent}


def op_dag(work: Work, fonds: str, jaar: int, dag: date) -> dict[Post, Dagstand]:
    """What was committed and carried over at the end of a day, by post of a year; posts without either are left out.

    A commitment counts from the day on which it was asked for (it is reserved while catalogus is asked), a release from when it
    was made, and spending, its storno and what is carried over from their boekdatum, as in the ledger. One that was refused never
    counts: when that was is not kept.
    """
    return repository.op_dag(work.session, fonds, jaar, dag, datetime.combine(dag + timedelta(days=1), time.min, AMSTERDAM))


def noem(post: Post) -> str:
    """The name of a post: A1-structureel, or btw."""
    return "-".join(filter(None, post))

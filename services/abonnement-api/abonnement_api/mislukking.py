"""Background work that cannot succeed ends as `mislukt`, with its reason, and has changed nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import SourceError
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.errors import Refusal
from gemeengoed_kit.schema import Output
from pydantic import Field

Mislukken = Callable[[Work, dict[str, Any]], None]


class Probleem(Output):
    """Waarom een opdracht op de achtergrond is mislukt."""

    type: str = Field(description="Soort fout.", examples=["gemeente-zonder-inwoners"])
    title: str = Field(description="Korte naam van de fout.", examples=["Gemeente zonder inwoners"])
    detail: str = Field(description="Wat er mis is en bij wie.", examples=["Zonder inwoners op 2018-01-01: GM9999 Verzonnen."])
    gemeentecodes: list[str] = Field(description="Gemeenten waar het om gaat.", examples=[["GM9999"]])


def als_probleem(fout: Exception) -> dict[str, Any]:
    """A refusal, or a source that gave no answer, as it is stored and shown."""
    if isinstance(fout, Refusal):
        return {
            "type": fout.type,
            "title": fout.title,
            "detail": fout.detail,
            "gemeentecodes": fout.extra.get("gemeentecodes", []),
        }
    if isinstance(fout, SourceError):
        return {"type": "bron-onbereikbaar", "title": "Bron niet bereikbaar", "detail": str(fout), "gemeentecodes": []}
    return {
        "type": "interne-fout",
        "title": "Interne fout",
        "gemeentecodes": [],
        "detail": "Er ging iets mis; de beheerder vindt de oorzaak in het logboek.",
    }


def proberen(context: Context, uitvoeren: Callable[[], None], mislukken: Mislukken) -> None:
    """Do the work; a refusal for good is written down, anything else is raised and so tried again later."""
    try:
        uitvoeren()
    except Refusal as weigering:
        opgeven(context, weigering, mislukken)
    except SourceError as fout:
        if not fout.permanent:
            raise
        opgeven(context, fout, mislukken)


def opgeven(context: Context, fout: Exception, mislukken: Mislukken) -> None:
    """Write down that the work has failed, in a transaction of its own."""
    with context.work(Actor()) as work:
        mislukken(work, als_probleem(fout))

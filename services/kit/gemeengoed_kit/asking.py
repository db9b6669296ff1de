"""Work that needs another source: a job asks, retries, and records why when it cannot succeed.

It uses two transactions and makes the call between them, so that no call is made inside a transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import BadAnswer, OutwayClient, SourceError
from gemeengoed_kit.context import Context, Work
from gemeengoed_kit.errors import Crashed, Refusal
from gemeengoed_kit.jobs import Task


class SourceUnreachable(Refusal):
    type, title = "bron-onbereikbaar", "Bron niet bereikbaar"
    meaning = "Een andere bron, of de weg ernaartoe, gaf bij herhaling geen bruikbaar antwoord."
    remedy = "Vraag de opdracht opnieuw aan zodra de bron weer antwoordt; `detail` noemt haar."


class SourceRefuses(Refusal):
    type, title = "bron-weigert", "Bron weigert"
    meaning = "Een andere bron heeft de vraag geweigerd; herhalen verandert dat niet."
    remedy = "Neem weg wat `detail` noemt, en vraag de opdracht opnieuw aan."


class SourceUnintelligible(Refusal):
    type, title = "bron-onbegrijpelijk", "Antwoord van de bron onbegrijpelijk"
    meaning = "Een andere bron antwoordde iets anders dan is afgesproken; daar wordt niet mee gerekend."
    remedy = "Meld het bij de beheerder van die bron, en vraag de opdracht daarna opnieuw aan."


FAILURES: tuple[type[Refusal], ...] = (SourceUnreachable, SourceRefuses, SourceUnintelligible)
"""What may end any work that asks another source, besides refusals of the service itself."""
Question = TypeVar("Question")
Reply = TypeVar("Reply")
TRIES = 9
"""With waits of 2, 4, 8 … 256 seconds in between, a source may be silent for eight and a half minutes before the work fails."""


def asking(
    client: OutwayClient,
    *,
    load: Callable[..., Question | None],
    ask: Callable[[OutwayClient, Question], Reply],
    store: Callable[..., None],
    fail: Callable[..., None],
    resume: Callable[[Work], None],
    tries: int = TRIES,
) -> Task:
    """Make the task. `load`, `store` and `fail` get the job's arguments by name, and may be called again at any time.

    Args:
        load: `(work, **arguments)`: returns what to ask, or None when there is nothing left to do.
        ask: makes the call, outside any transaction. It returns the whole reply, not an iterator that would make calls while
            the reply is stored.
        store: `(work, reply, **arguments)`: stores the result, in one transaction.
        fail: `(work, problem, **arguments)`: records that the work has failed, and why (see `explain`).
        resume: queues the job again for all work that waits and has no job (see `jobs.queued`).
    """

    def run(context: Context, **arguments: Any) -> None:
        with context.work(Actor()) as work:
            question = load(work, **arguments)
        if question is None:
            return
        reply = ask(client, question)
        with context.work(Actor()) as work:
            store(work, reply, **arguments)

    def give_up(context: Context, error: Exception, **arguments: Any) -> None:
        with context.work(Actor()) as work:
            fail(work, explain(error), **arguments)

    return Task(run, attempts=tries, give_up=give_up, final=is_final, resume=resume)


def is_final(error: Exception) -> bool:
    """Whether a retry cannot help, because a rule of our own or the source itself refuses."""
    return isinstance(error, Refusal) or (isinstance(error, SourceError) and error.permanent)


def explain(error: Exception) -> dict[str, Any]:
    """The error in the form of `Failure`: type, title, detail, and the extra members of a refusal of our own."""
    if isinstance(error, Refusal):
        return {**error.extra, "type": error.type, "title": error.title, "detail": error.detail}
    if isinstance(error, BadAnswer):
        return explain(SourceUnintelligible(str(error)))
    if isinstance(error, SourceError) and error.permanent:
        return explain(SourceRefuses(str(error)))
    if isinstance(error, SourceError):
        return explain(SourceUnreachable(str(error)))
    return explain(Crashed("Er ging iets mis; de beheerder vindt de oorzaak in het logboek."))

"""Whether all that always holds, holds."""

from __future__ import annotations

from collections.abc import Iterator

from gemeengoed_kit.checking import violations
from gemeengoed_kit.context import Work

from abonnement_api.controle.invarianten import INVARIANTEN
from abonnement_api.factuur import service as factuur


def bevindingen(work: Work) -> Iterator[str]:
    """What is wrong, in words: the invariants, and invoices of which the lines are not what their decision makes of them. Nothing
    when all is well."""
    yield from violations(work.session, INVARIANTEN)
    for pad in factuur.narekenen(work):
        yield f"A4 {pad}: nagerekend zijn de regels anders"

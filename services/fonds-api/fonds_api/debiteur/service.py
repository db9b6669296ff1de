"""Use cases of debiteuren; they only read."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from fonds_api.debiteur import repository
from fonds_api.debiteur.schemas import Debiteur, DebiteurenFilter


def list_debiteuren(work: Work, zicht: Sight, wens: DebiteurenFilter) -> tuple[int, list[Debiteur], dict[str, Any]]:
    """(total number, debtors of this page, the day and the sum of what all have open) that the caller may see.

    All debtors of a fonds together are the balance of its account 1300, as far as nota's and receipts are booked on it.
    """
    datum = wens.datum or today(work.clock)
    count, samen, rijen = repository.list_debiteuren(work.session, zicht, wens, datum)
    return count, Debiteur.from_rows(rijen), {"datum": datum, "open_cent": samen}

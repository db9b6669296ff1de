"""A check that depends on today: a date that books, invoices or decides lies at most a year ahead. `GivenDay` limits the past."""

from __future__ import annotations

from datetime import date, timedelta

from gemeengoed_kit.clock import Clock, today
from gemeengoed_kit.errors import Conflict, InvalidParam

DAYS_AHEAD = 366


class TooFarAhead(Conflict):
    type, title = "datum-te-ver-vooruit", "Datum te ver vooruit"
    meaning = "Een dag ligt verder vooruit dan een jaar; wat erop wordt vastgelegd, is niet te wijzigen."
    remedy = "Controleer de dagen die `invalidParams` noemt."


def require_near(clock: Clock, **days: date) -> None:
    """Refuse dates more than `DAYS_AHEAD` days after today, because what is stored with such a date stays so for ever.

    Args:
        days: by the name that the client uses for it.

    Raises:
        TooFarAhead: names all dates that are too far ahead.
    """
    last = today(clock) + timedelta(days=DAYS_AHEAD)
    wrong = [InvalidParam(name, "te_ver_vooruit", f"{day} ligt na {last}") for name, day in days.items() if day > last]
    if wrong:
        raise TooFarAhead(
            f"{', '.join(f'{p.name} ({days[p.name]})' for p in wrong)} ligt meer dan {DAYS_AHEAD} dagen vooruit; "
            f"de laatste dag die kan, is {last}.",
            invalid_params=wrong,
        )

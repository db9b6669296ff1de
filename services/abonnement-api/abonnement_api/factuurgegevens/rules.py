"""What is wrong with the data of gemeenten together, in Dutch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def fouten_in(gemeenten: Sequence[tuple[str, str | None, str | None]]) -> list[str]:
    """Args:
    gemeenten: (gemeentecode, buyer reference, order number); one of the two is needed (PEPPOL-EN16931-R003, BR-NL-2).
    """
    dubbel = sorted(code for code, keer in Counter(code for code, *_ in gemeenten).items() if keer > 1)
    zonder = sorted(code for code, kenmerk, order in gemeenten if kenmerk is None and order is None)
    fouten = [f"{code} staat er meer dan eens in" for code in dubbel]
    return fouten + [f"{code} heeft geen kenmerk en geen ordernummer" for code in zonder]

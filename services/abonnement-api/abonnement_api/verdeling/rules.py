"""What a distribution takes, and how two of them are compared."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

VOORGESTELD, VASTGESTELD, AFGEWEZEN = "voorgesteld", "vastgesteld", "afgewezen"


@dataclass(frozen=True)
class Inhoud:
    """What would be distributed: the parts, and the cents per dienst."""

    delen: Sequence[Any]
    per_dienst_cent: dict[str, int]

    @property
    def bedrag_cent(self) -> int:
        return sum(self.per_dienst_cent.values())

    @property
    def sha256(self) -> str:
        """Digest of exactly these parts: nobody approves another distribution than the one that was proposed."""
        regels = sorted(f"{d.betaling} {d.factuur} {d.dienst} {d.koppeling} {d.bedrag_cent}" for d in self.delen)
        return hashlib.sha256("\n".join(regels).encode()).hexdigest()


def inhoud(delen: Iterable[Any]) -> Inhoud:
    """What can be distributed of these parts, in cents; nothing is rounded.

    What came back after it had been distributed counts negative. A dienst of which more came back than came in waits, with all
    its parts, until it is covered.

    Args:
        delen: parts of receipts, with `betaling`, `factuur`, `dienst`, `koppeling`, `bedrag_cent`.
    """
    alle = list(delen)
    per_dienst: Counter[str] = Counter()
    for deel in alle:
        per_dienst[deel.dienst] += deel.bedrag_cent
    gedekt = +per_dienst
    return Inhoud([deel for deel in alle if deel.dienst in gedekt], dict(gedekt))

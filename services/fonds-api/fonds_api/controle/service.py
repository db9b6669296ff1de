"""Whether all that always holds, holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gemeengoed_kit.checking import violations
from gemeengoed_kit.context import Work

from fonds_api.controle.invarianten import INVARIANTEN
from fonds_api.getuige import nagaan as getuigen
from fonds_api.indexatie import service as indexatie
from fonds_api.zegel import nagaan as zegel
from fonds_api.zegel.note import Checkpoint


def bevindingen(work: Work, elders: Sequence[Checkpoint] = ()) -> Iterator[str]:
    """What is wrong, in words: the invariants, what indexaties come to, the log of each fonds, and its cosignatures. Nothing when
    all is well.

    Args:
        elders: checkpoints that others kept, to compare with.
    """
    yield from violations(work.session, INVARIANTEN)
    for pad in indexatie.narekenen(work):
        yield f"A7 {pad}: nagerekend komt er iets anders uit"
    for code in zegel.fondsen(work):
        yield from zegel.nagaan(work, code, elders)
        yield from getuigen.nagaan(work, code)

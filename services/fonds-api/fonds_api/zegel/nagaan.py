"""Recompute a log from the entries as they are now, and compare it with what was sealed and signed.

In memory of a page of leaves and the depth of the tree. For `fonds-api controleer`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values

from fonds_api.boeking import service as boeking
from fonds_api.boeking.schemas import Boeking
from fonds_api.zegel import note, repository, rules
from fonds_api.zegel.note import Checkpoint, Regel, Sleutel
from fonds_api.zegel.service import oorsprong

PER_KEER = 1000
GENOEMD = 5
"""Entries that are named of a range that was changed; of a larger one the first and the last."""


def fondsen(work: Work) -> list[str]:
    """The fondsen to look at."""
    return repository.fondsen(work.session)


def nagaan(work: Work, code: str, elders: Sequence[Checkpoint] = ()) -> Iterator[str]:
    """What is wrong with the log of a fonds, in words; nothing when it is as it was signed.

    Args:
        elders: checkpoints that others kept; those of another log are passed over.
    """
    sleutels = repository.sleutels(work.session)
    naam = oorsprong(sleutels[0].oorsprong, code) if sleutels else ""
    bewaard = sorted((een for een in elders if een.oorsprong == naam), key=lambda een: een.grootte)
    yield from _Gang(work, code, naam, bewaard).lopen()


class _Gang:
    """One walk along the leaves of a log."""

    def __init__(self, work: Work, code: str, naam: str, elders: Sequence[Checkpoint]) -> None:
        self.work, self.code, self.naam = work, code, naam
        self.groei, self.knopen, self.goed_tot = rules.Groei(), 0, defaultdict[str, int](int)
        self.elders, self.eigen, self.gelezen_tot = deque(elders), deque[Values](), -1
        self.boom_klopt = True

    def lopen(self) -> Iterator[str]:
        yield from self._checkpoints()
        while bladen := repository.bladen_vanaf(self.work.session, self.code, self.groei.grootte, PER_KEER):
            yield from self._bladen(bladen)
        yield from self._einde()

    def _bladen(self, bladen: Sequence[Values]) -> Iterator[str]:
        boekingen = boeking.van(self.work, [blad.boeking for blad in bladen])
        voltooid: dict[rules.Knoop, bytes] = {}
        for blad in bladen:
            if blad.nummer != self.groei.grootte:
                yield f"fonds {self.code}: blad {self.groei.grootte} ontbreekt; het volgende is blad {blad.nummer}"
                self.boom_klopt = False
                self.groei.grootte = blad.nummer
            gevonden = boekingen.get(blad.boeking)
            if gevonden is None:
                yield f"fonds {self.code}: boeking {blad.boeking} (blad {blad.nummer}) is gewist"
            elif _hash(gevonden) != blad.hash:
                yield (
                    f"fonds {self.code}: boeking {blad.boeking} is niet meer zoals zij is verzegeld (blad {blad.nummer}): zij of "
                    "het blad is gewijzigd of verwisseld"
                )
            if self.boom_klopt:
                self.groei.erbij(blad.hash)
                voltooid.update(self.groei.voltooid)
            else:
                self.groei.grootte += 1
            yield from self._checkpoints()
        yield from self._knopen(voltooid)

    def _knopen(self, voltooid: dict[rules.Knoop, bytes]) -> Iterator[str]:
        bekend = repository.knopen(self.work.session, self.code, list(voltooid))
        self.knopen += len(voltooid)
        for (niveau, nummer), hash in voltooid.items():
            if bekend.get((niveau, nummer)) != hash:
                yield f"fonds {self.code}: knoop {nummer} van niveau {niveau} is niet die van de bladen eronder"

    def _checkpoints(self) -> Iterator[str]:
        """Compare the root so far with the checkpoints of this size."""
        while (rij := self._volgende()) is not None and rij.grootte == self.groei.grootte:
            self.eigen.popleft()
            yield from self._eigen(rij)
        while self.elders and self.elders[0].grootte == self.groei.grootte:
            yield from self._vergelijk(self.elders.popleft(), "dat elders is bewaard")

    def _volgende(self) -> Values | None:
        if not self.eigen:
            self.eigen.extend(repository.checkpoints(self.work.session, self.code, self.gelezen_tot, PER_KEER))
            if not self.eigen:
                return None
            self.gelezen_tot = self.eigen[-1].grootte
        return self.eigen[0]

    def _eigen(self, rij: Values) -> Iterator[str]:
        try:
            checkpoint = Checkpoint.lees(rij.tekst)
        except ValueError:
            checkpoint = Checkpoint("", -1, b"")
        sleutel = Sleutel(self.naam, rij.publiek)
        regel = Regel(self.naam, sleutel.kenmerk, rij.handtekening)
        if (checkpoint.oorsprong, checkpoint.grootte) != (self.naam, rij.grootte):
            yield f"fonds {self.code}: checkpoint {rij.grootte} heeft een andere tekst dan het hoort te hebben"
        elif not note.klopt_note(sleutel, rij.tekst, [regel]):
            yield f"fonds {self.code}: de handtekening onder checkpoint {rij.grootte} klopt niet"
        else:
            yield from self._vergelijk(checkpoint, "dat deze dienst heeft ondertekend")

    def _vergelijk(self, checkpoint: Checkpoint, welk: str) -> Iterator[str]:
        if not self.boom_klopt:
            return
        if self.groei.wortel() == checkpoint.wortel:
            self.goed_tot[welk] = checkpoint.grootte
            return
        self.boom_klopt = False  # every later root differs too
        vanaf = self.goed_tot[welk]
        bladen = repository.bladen(self.work.session, self.code, vanaf, checkpoint.grootte)
        ids = [str(blad.boeking) for blad in bladen]
        genoemd = ids if len(ids) <= GENOEMD else [ids[0], "…", ids[-1]]
        yield (
            f"fonds {self.code}: de bladen {vanaf} tot {checkpoint.grootte} zijn niet die van het checkpoint {welk}: "
            f"een boeking daarin is gewijzigd, gewist, ingevoegd of verplaatst ({', '.join(genoemd)})"
        )

    def _einde(self) -> Iterator[str]:
        if self.boom_klopt and self.knopen != (aantal := repository.aantal_knopen(self.work.session, self.code)):
            yield f"fonds {self.code}: er zijn {aantal} knopen, en de bladen hebben er {self.knopen}"
        over = [een.grootte for een in self.elders]
        while (rij := self._volgende()) is not None:
            over.append(rij.grootte)
            self.eigen.clear()
        if over:
            yield (
                f"fonds {self.code}: het logboek heeft {self.groei.grootte} bladen, en er is een checkpoint van {max(over)} "
                "ondertekend: boekingen zijn verdwenen, of de database is ouder dan dat"
            )


def _hash(gevonden: Boeking) -> bytes:
    return rules.bladhash(rules.bladinhoud(gevonden.model_dump(mode="json", by_alias=True)))

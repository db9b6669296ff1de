"""Whether the stored cosignatures are of the checkpoints and the witnesses that they say. For `fonds-api controleer`."""

from __future__ import annotations

from collections.abc import Iterator

from gemeengoed_kit.context import Work

from fonds_api.getuige import repository, service
from fonds_api.zegel import note
from fonds_api.zegel import service as zegel
from fonds_api.zegel.errors import CheckpointNietGevonden
from fonds_api.zegel.note import MEDEONDERTEKENING, Sleutel

PER_KEER = 1000


def nagaan(work: Work, code: str) -> Iterator[str]:
    """What is wrong with the cosignatures of a fonds, in words."""
    na, tekst, grootte = (-1, -1), "", -1
    while rijen := repository.alle(work.session, code, na, PER_KEER):
        for rij in rijen:
            if rij.grootte != grootte:
                grootte = rij.grootte
                try:
                    tekst = zegel.get_checkpoint(work, code, grootte)[0].tekst
                except CheckpointNietGevonden:
                    tekst = ""
            sleutel = Sleutel(rij.naam, rij.publiek, MEDEONDERTEKENING)
            if note.klopt_mede(sleutel, tekst, service.regel_van(rij)) is None:
                yield (
                    f"fonds {code}: de medeondertekening van {rij.gemeentecode} onder checkpoint {grootte} klopt niet met het "
                    "checkpoint zoals het nu is"
                )
        na = (rijen[-1].grootte, rijen[-1].getuige)

"""Use cases of boekingsopdrachten: through the outbox, one entry in fonds for every invoice, receipt and distribution."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.outbox import OutboxMessage
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Thing, found

from abonnement_api.boekingsopdracht import repository
from abonnement_api.boekingsopdracht.errors import BoekingsopdrachtNietGevonden
from abonnement_api.boekingsopdracht.rules import BRON, FONDS, GEBOEKT, GEWEIGERD, PAD, WACHTEND
from abonnement_api.boekingsopdracht.schemas import Boekingsopdracht, BoekingsopdrachtenFilter, Voortgang


@dataclass(frozen=True)
class Opdracht:
    """An entry that is to be ordered; see `boeken`."""

    datum: date
    omschrijving: str
    pad: str
    groep: str
    regels: tuple[tuple[str, int], ...]


def boeken(work: Work, *, datum: date, omschrijving: str, pad: str, groep: str, regels: Iterable[tuple[str, int]]) -> None:
    """Order an entry, in the transaction of its source document.

    Args:
        datum: boekdatum.
        pad: path of the source document in this API; at most one entry is ever made of it.
        groep: path of the resource whose progress includes the entry.
        regels: (rekening, cents), debet positive and credit negative; lines of zero cents are left out.

    Raises:
        ValueError: the lines do not add up to zero; fonds would refuse them for good.
    """
    outbox.put(
        work,
        source=BRON,
        path=PAD,
        subject=pad,
        group=groep,
        body=_inhoud(Opdracht(datum, omschrijving, pad, groep, tuple(regels))),
    )


def boeken_samen(work: Work, opdrachten: Sequence[Opdracht]) -> None:
    """Order many entries with one statement, as `boeken` does one.

    Raises:
        ValueError: as `boeken`.
    """
    berichten = [(opdracht.pad, opdracht.groep, _inhoud(opdracht)) for opdracht in opdrachten]
    outbox.put_many(work, source=BRON, path=PAD, messages=berichten)


def _inhoud(opdracht: Opdracht) -> dict[str, Any]:
    gevuld = [(rekening, cent) for rekening, cent in opdracht.regels if cent]
    if len(gevuld) < 2 or sum(cent for _, cent in gevuld) != 0:
        raise ValueError(f"{opdracht.pad}: the entry does not balance")
    return {
        "fonds": FONDS,
        "boekdatum": opdracht.datum.isoformat(),
        "omschrijving": opdracht.omschrijving,
        "bron": {"bron": "abonnement", "pad": opdracht.pad},
        "regels": [{"rekening": rekening, "bedragCent": cent} for rekening, cent in gevuld],
    }


def boekstanden(work: Work, groepen: Sequence[str], tot_dan: str) -> dict[str, dict[str, Any]]:
    """Progress of the entries of each resource: its wire fields status, voortgang, aantal_geweigerde_boekingen.

    Args:
        groepen: paths of the resources.
        tot_dan: the status until fonds has every entry.
    """
    return {
        groep: {
            "status": GEBOEKT if verzonden == totaal else tot_dan,
            "aantal_geweigerde_boekingen": geweigerd,
            "voortgang": Voortgang.make(stap="boeken", gedaan=verzonden, totaal=totaal),
        }
        for groep, (totaal, verzonden, geweigerd) in outbox.progress(work.session, groepen).items()
    }


def verwijzing(boekingen: Mapping[str, str], pad: str) -> Reference | None:
    """Reference to the entry in fonds of a source document, from `outbox.answers`; None until it is delivered."""
    return Reference(bron=BRON, pad=boekingen[pad]) if pad in boekingen else None


def list_opdrachten(work: Work, wens: BoekingsopdrachtenFilter) -> tuple[int, list[Boekingsopdracht]]:
    """(total number, opdrachten of this page), in order of time."""
    count, rijen = repository.list_opdrachten(work.session, wens.status, wens)
    return count, Boekingsopdracht.from_rows(rijen, _verder)


def get_opdracht(work: Work, id: uuid.UUID) -> Boekingsopdracht:
    """One boekingsopdracht.

    Raises:
        BoekingsopdrachtNietGevonden: no opdracht has this id.
    """
    return _weergave(_bestaand(repository.find(work.session, id), id))


def opnieuw(work: Work, id: uuid.UUID) -> tuple[Boekingsopdracht, bool]:
    """Have an entry that fonds refused sent again at once.

    Returns:
        the opdracht, and whether this changed it: one that is waiting already, or is booked, does not change.

    Raises:
        BoekingsopdrachtNietGevonden: no opdracht has this id.
    """
    rij = _bestaand(repository.lock(work.session, id), id)
    if rij.verzonden_op is not None or rij.geweigerd_op is None:
        return _weergave(rij), False
    work.record(
        action="boekingsopdracht.opnieuw",
        subject=pad(id),
        change={"onderwerp": rij.onderwerp, "geweigerdOp": rij.geweigerd_op.isoformat(), "fout": rij.fout},
    )
    outbox.again(work.session, work.clock, rij)
    return _weergave(rij), True


def pad(id: uuid.UUID) -> str:
    return f"/v1/boekingsopdrachten/{id}"


def _bestaand(rij: Thing | None, id: uuid.UUID) -> Thing:
    return found(rij, BoekingsopdrachtNietGevonden, f"Er is geen boekingsopdracht {id}.")


def _weergave(rij: OutboxMessage | Values) -> Boekingsopdracht:
    return Boekingsopdracht.from_row(rij, **_verder(rij))


def _verder(rij: OutboxMessage | Values) -> dict[str, Any]:
    return {
        "hoort_bij": rij.groep,
        "status": GEBOEKT if rij.verzonden_op else GEWEIGERD if rij.geweigerd_op else WACHTEND,
        "boeking": Reference(bron=BRON, pad=rij.antwoord_pad) if rij.antwoord_pad else None,
        "geboekt_op": rij.verzonden_op,
        "volgende_poging_op": None if rij.verzonden_op else rij.volgende_poging_op,
    }

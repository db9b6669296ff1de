"""Use cases of reports; they only read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from fonds_api.begroting import service as begroting
from fonds_api.boeking import service as boeking
from fonds_api.budget import service as budget
from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import service as jaareinde
from fonds_api.verantwoording import rules
from fonds_api.verantwoording.schemas import (
    GeldendeBegroting,
    Herkomstregel,
    Kwartaalbedrag,
    Realisatie,
    Realisatieregel,
    Verslagkwartaal,
    Verslagvraag,
)
from fonds_api.verloop import service as verloop


@dataclass(frozen=True)
class Verslag:
    """What a report of a fonds and year is made of; `tot` is excluded. `afsluiting` is the entry that closes the year, and that
    does not count."""

    fonds: str
    vanaf: date
    tot: date
    kwartalen: Sequence[rules.Kwartaal]
    begroting: begroting.Geldend | None
    regels: Sequence[rules.Regel]
    bronnen: Sequence[rules.Bron]
    afsluiting: UUID | None

    @property
    def resultaat(self) -> int:
        """Baten less lasten, in cents."""
        return (self.bronnen[-1].ontvangen if self.bronnen else 0) - (self.regels[-1].besteed if self.regels else 0)

    def herleiding(self, rekeningen: Sequence[str]) -> list[str]:
        """Paths of the statements behind an amount of the whole period."""
        return _herleiding(self.fonds, rekeningen, self.vanaf, self.tot)


def get_realisatie(work: Work, zicht: Sight, code: str, vraag: Verslagvraag) -> Realisatie:
    """Budget and realisation of a fonds in a year, up to and including the peildatum (today by default). Amounts in cents.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    naam = fonds.get_fonds(work, zicht, code).naam
    peildatum = vraag.peildatum or today(work.clock)
    van = stel_op(work, code, vraag.jaar, peildatum, bekend_op=peildatum)
    return Realisatie.make(
        fonds=code,
        naam=naam,
        jaar=vraag.jaar,
        peildatum=peildatum,
        begroting=geldende(van),
        kwartalen=[Verslagkwartaal.from_row(deel) for deel in van.kwartalen],
        regels=[_regel(van, rij) for rij in van.regels],
        herkomst=[_bron(van, rij) for rij in van.bronnen],
        resultaat_cent=van.resultaat,
        afsluiting=boeking.pad(van.afsluiting) if van.afsluiting else None,
    )


def stel_op(work: Work, code: str, jaar: int, peildatum: date, *, bekend_op: date, altijd: Collection[str] = ()) -> Verslag:
    """The rows of a report, of a fonds that the caller may see. The entries that close a year do not count.

    Args:
        bekend_op: the begroting and the commitments of the end of this day count.
        altijd: accounts that are shown even when nothing is budgeted or booked.
    """
    vanaf, tot = date(jaar, 1, 1), rules.einde(jaar, peildatum)
    delen = rules.kwartalen(jaar, tot)
    geldend = begroting.geldend_op(work, code, jaar, bekend_op)
    begroot = [rules.Begroot(*rij) for rij in geldend.regels] if geldend else []
    afsluiting = verloop.boeking_van(work, code, jaareinde.pad(code, jaar))
    bewegingen = verloop.per_maand(work, code, vanaf, tot, [afsluiting] if afsluiting else [])
    kant: dict[str, list[rules.Rekening]] = {"lasten": [], "baten": []}
    for een in verloop.rekeningen(work, code):
        if een.soort in kant and een.boekbaar:
            teken = 1 if een.soort == "lasten" else -1
            per_maand = {maand: teken * cent for maand, cent in bewegingen.get(een.nummer, {}).items()}
            if een.nummer in altijd:
                per_maand.setdefault(1, 0)
            kant[een.soort].append(rules.Rekening(een.nummer, een.naam, (een.prioriteit, een.budgetsoort), per_maand))
    standen = {(post[0] or None, post[1]): stand for post, stand in budget.op_dag(work, code, jaar, bekend_op).items()}
    regels = rules.realisatie(
        kant["lasten"],
        begroot,
        {plek: een.verplicht for plek, een in standen.items()},
        {plek: een.erbij - een.eraf for plek, een in standen.items()},
        delen,
        sum(een.eraf for een in standen.values()),
    )
    bronnen = rules.herkomst(kant["baten"], begroot, delen, sum(een.erbij for een in standen.values()))
    return Verslag(code, vanaf, tot, delen, geldend, regels, bronnen, afsluiting)


def geldende(van: Verslag) -> GeldendeBegroting | None:
    """The begroting that a report compares with."""
    if van.begroting is None:
        return None
    een = van.begroting
    return GeldendeBegroting.make(pad=begroting.pad(een.id), titel=een.titel, soort=een.soort, versie=een.versie)


def _regel(van: Verslag, rij: rules.Regel) -> Realisatieregel:
    return Realisatieregel.make(
        soort=rij.soort,
        prioriteit=rij.prioriteit,
        budgetsoort=rij.budgetsoort,
        omschrijving=rij.omschrijving,
        begroot_cent=rij.begroot,
        overgeheveld_cent=rij.overgeheveld,
        verplicht_cent=rij.verplicht,
        besteed_cent=rij.besteed,
        vrij_cent=rij.vrij,
        kwartalen=_kwartalen(van, rij.rekeningen, rij.kwartalen),
        herleiding=van.herleiding(rij.rekeningen),
    )


def _bron(van: Verslag, rij: rules.Bron) -> Herkomstregel:
    return Herkomstregel.make(
        soort=rij.soort,
        omschrijving=rij.omschrijving,
        begroot_cent=rij.begroot,
        ontvangen_cent=rij.ontvangen,
        verschil_cent=rij.ontvangen - rij.begroot,
        kwartalen=_kwartalen(van, rij.rekeningen, rij.kwartalen),
        herleiding=van.herleiding(rij.rekeningen),
    )


def _kwartalen(van: Verslag, rekeningen: Sequence[str], bedragen: Sequence[int]) -> list[Kwartaalbedrag]:
    return [
        Kwartaalbedrag.make(
            nummer=deel.nummer,
            bedrag_cent=cent,
            herleiding=_herleiding(van.fonds, rekeningen, deel.vanaf, deel.tot),
        )
        for deel, cent in zip(van.kwartalen, bedragen, strict=True)
    ]


def _herleiding(code: str, rekeningen: Sequence[str], vanaf: date, tot: date) -> list[str]:
    return [verloop.afschrift(code, nummer, vanaf, tot) for nummer in rekeningen] if vanaf < tot else []

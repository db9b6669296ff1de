"""Use cases of reports; they only read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.sight import Sight

from fonds_api.begroting import service as begroting
from fonds_api.fonds import service as fonds
from fonds_api.verantwoording import rules
from fonds_api.verantwoording.aansluiting import verplicht_per_post
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


def get_realisatie(work: Work, zicht: Sight, code: str, vraag: Verslagvraag) -> Realisatie:
    """Budget and realisation of a fonds in a year, up to and including the peildatum (today by default). Amounts in cents.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    van = fonds.get_fonds(work, zicht, code)
    return realisatie_van(work, code, van.naam, vraag.jaar, vraag.peildatum or today(work.clock))


def realisatie_van(work: Work, code: str, naam: str, jaar: int, peildatum: date) -> Realisatie:
    """As `get_realisatie`, of a fonds that the caller may see."""
    vanaf, tot = date(jaar, 1, 1), rules.einde(jaar, peildatum)
    delen = rules.kwartalen(jaar, tot)
    geldend = begroting.geldend_op(work, code, jaar, peildatum)
    begroot = [rules.Begroot(*rij) for rij in geldend.regels] if geldend else []
    bewegingen = verloop.per_maand(work, code, vanaf, tot)
    kant: dict[str, list[rules.Rekening]] = {"lasten": [], "baten": []}
    for een in verloop.rekeningen(work, code):
        if een.soort in kant and een.boekbaar:
            teken = 1 if een.soort == "lasten" else -1
            per_maand = {maand: teken * cent for maand, cent in bewegingen.get(een.nummer, {}).items()}
            kant[een.soort].append(rules.Rekening(een.nummer, een.naam, (een.prioriteit, een.budgetsoort), per_maand))
    verplicht = verplicht_per_post(work, code, jaar, peildatum)
    regels = rules.realisatie(kant["lasten"], begroot, verplicht, delen)
    bronnen = rules.herkomst(kant["baten"], begroot, delen)
    return Realisatie.make(
        fonds=code,
        naam=naam,
        jaar=jaar,
        peildatum=peildatum,
        begroting=GeldendeBegroting.make(
            pad=begroting.pad(geldend.id), titel=geldend.titel, soort=geldend.soort, versie=geldend.versie
        )
        if geldend
        else None,
        kwartalen=[Verslagkwartaal.from_row(deel) for deel in delen],
        regels=[_regel(code, rij, delen, vanaf, tot) for rij in regels],
        herkomst=[_bron(code, rij, delen, vanaf, tot) for rij in bronnen],
        resultaat_cent=(bronnen[-1].ontvangen if bronnen else 0) - (regels[-1].besteed if regels else 0),
    )


def _regel(code: str, rij: rules.Regel, delen: Sequence[rules.Kwartaal], vanaf: date, tot: date) -> Realisatieregel:
    return Realisatieregel.make(
        soort=rij.soort,
        prioriteit=rij.prioriteit,
        budgetsoort=rij.budgetsoort,
        omschrijving=rij.omschrijving,
        begroot_cent=rij.begroot,
        verplicht_cent=rij.verplicht,
        besteed_cent=rij.besteed,
        vrij_cent=rij.vrij,
        kwartalen=_kwartalen(code, rij.rekeningen, rij.kwartalen, delen),
        herleiding=_herleiding(code, rij.rekeningen, vanaf, tot),
    )


def _bron(code: str, rij: rules.Bron, delen: Sequence[rules.Kwartaal], vanaf: date, tot: date) -> Herkomstregel:
    return Herkomstregel.make(
        soort=rij.soort,
        omschrijving=rij.omschrijving,
        begroot_cent=rij.begroot,
        ontvangen_cent=rij.ontvangen,
        verschil_cent=rij.ontvangen - rij.begroot,
        kwartalen=_kwartalen(code, rij.rekeningen, rij.kwartalen, delen),
        herleiding=_herleiding(code, rij.rekeningen, vanaf, tot),
    )


def _kwartalen(
    code: str, rekeningen: Sequence[str], bedragen: Sequence[int], delen: Sequence[rules.Kwartaal]
) -> list[Kwartaalbedrag]:
    return [
        Kwartaalbedrag.make(nummer=deel.nummer, bedrag_cent=cent, herleiding=_herleiding(code, rekeningen, deel.vanaf, deel.tot))
        for deel, cent in zip(delen, bedragen, strict=True)
    ]


def _herleiding(code: str, rekeningen: Sequence[str], vanaf: date, tot: date) -> list[str]:
    return [verloop.afschrift(code, nummer, vanaf, tot) for nummer in rekeningen] if vanaf < tot else []

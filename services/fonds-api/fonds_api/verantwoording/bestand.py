"""A report as tables: a row for each of its rows, and a column per quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fonds_api.rekenblad import Blad, Kolom
from fonds_api.verantwoording.schemas import Kwartaalbedrag, Realisatie

_KWARTALEN = [Kolom(f"kwartaal{nummer}Cent", "cent", 16) for nummer in (1, 2, 3, 4)]
_HERLEIDING = Kolom("herleiding", breed=60)


def realisatie_blad(van: Realisatie) -> Blad:
    """Where the money goes; `herleiding` has the statements of an amount, with spaces between."""
    kolommen = [
        *(Kolom("soort"), Kolom("prioriteit", breed=10), Kolom("budgetsoort"), Kolom("omschrijving", breed=50)),
        *(Kolom(f"{naam}Cent", "cent", 18) for naam in ("begroot", "overgeheveld", "verplicht", "besteed", "vrij")),
        *_KWARTALEN,
        _HERLEIDING,
    ]
    rijen: Iterator[Sequence[Any]] = (
        [
            *(rij.soort, rij.prioriteit, rij.budgetsoort, rij.omschrijving),
            *(rij.begroot_cent, rij.overgeheveld_cent, rij.verplicht_cent, rij.besteed_cent, rij.vrij_cent),
            *_per_kwartaal(rij.kwartalen),
            " ".join(rij.herleiding),
        ]
        for rij in van.regels
    )
    return Blad("Realisatie", kolommen, rijen)


def herkomst_blad(van: Realisatie) -> Blad:
    """Where the money comes from."""
    kolommen = [
        *(Kolom("soort"), Kolom("omschrijving", breed=50)),
        *(Kolom(f"{naam}Cent", "cent", 18) for naam in ("begroot", "ontvangen", "verschil")),
        *_KWARTALEN,
        _HERLEIDING,
    ]
    rijen: Iterator[Sequence[Any]] = (
        [
            *(rij.soort, rij.omschrijving, rij.begroot_cent, rij.ontvangen_cent, rij.verschil_cent),
            *_per_kwartaal(rij.kwartalen),
            " ".join(rij.herleiding),
        ]
        for rij in van.herkomst
    )
    return Blad("Herkomst", kolommen, rijen)


def toelichting_blad(van: Realisatie) -> Blad:
    """What a workbook is about."""
    begroting = f"{van.begroting.titel} ({van.begroting.pad})" if van.begroting else "geen"
    rijen = [
        ("Fonds", van.naam),
        ("Jaar", str(van.jaar)),
        ("Stand van", van.peildatum.isoformat()),
        ("Begroting", begroting),
        ("Bedragen", "in euro"),
        ("Herleiding", "paden van de afschriften waarvan de bewegingen samen het bedrag zijn"),
    ]
    return Blad("Toelichting", [Kolom("waarover", breed=20), Kolom("omschrijving", breed=80)], rijen)


def _per_kwartaal(bedragen: Sequence[Kwartaalbedrag]) -> list[int | None]:
    per = {een.nummer: een.bedrag_cent for een in bedragen}
    return [per.get(nummer) for nummer in (1, 2, 3, 4)]

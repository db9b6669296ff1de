"""A report as tables: a row for each of its rows, and a column per quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gemeengoed_kit.sheets import Column, Sheet

from fonds_api.verantwoording.schemas import Kwartaalbedrag, Realisatie

_KWARTALEN = [Column(f"kwartaal{nummer}Cent", "cents", 16) for nummer in (1, 2, 3, 4)]
_HERLEIDING = Column("herleiding", width=60)


def realisatie_blad(van: Realisatie) -> Sheet:
    """Where the money goes; `herleiding` has the statements of an amount, with spaces between."""
    kolommen = [
        *(Column("soort"), Column("prioriteit", width=10), Column("budgetsoort"), Column("omschrijving", width=50)),
        *(Column(f"{naam}Cent", "cents", 18) for naam in ("begroot", "overgeheveld", "verplicht", "besteed", "vrij")),
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
    return Sheet("Realisatie", kolommen, rijen)


def herkomst_blad(van: Realisatie) -> Sheet:
    """Where the money comes from."""
    kolommen = [
        *(Column("soort"), Column("omschrijving", width=50)),
        *(Column(f"{naam}Cent", "cents", 18) for naam in ("begroot", "ontvangen", "verschil")),
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
    return Sheet("Herkomst", kolommen, rijen)


def toelichting_blad(van: Realisatie) -> Sheet:
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
    return Sheet("Toelichting", [Column("waarover", width=20), Column("omschrijving", width=80)], rijen)


def _per_kwartaal(bedragen: Sequence[Kwartaalbedrag]) -> list[int | None]:
    per = {een.nummer: een.bedrag_cent for een in bedragen}
    return [per.get(nummer) for nummer in (1, 2, 3, 4)]

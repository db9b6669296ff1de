"""Reports as tables."""

from __future__ import annotations

from gemeengoed_kit.sheets import Column, Sheet

from abonnement_api.rapportage.rules import KLASSEN
from abonnement_api.rapportage.schemas import Deelname, Inning, Ouderdom

_GEMEENTE = [Column("gemeentecode"), Column("gemeentenaam", width=32)]


def deelname_blad(van: Deelname) -> Sheet:
    """A row per gemeente; those that do not take part are first."""
    kolommen = [*_GEMEENTE, Column("inwoners", "number"), Column("neemtDeel"), Column("pakket", width=24)]
    rijen = (
        [een.gemeentecode, een.gemeentenaam, een.inwoners, "ja" if een.pakket else "nee", een.pakket]
        for een in (*van.ontbrekend, *van.deelnemers)
    )
    return Sheet("Deelname", kolommen, rijen)


def inning_blad(van: Inning) -> Sheet:
    """A row per dienst, and the total."""
    bedragen = ("begroot", "gefactureerd", "ontvangen", "openstaand", "verdeeld", "verschil", "besteed")
    kolommen = [
        *(Column("dienst", width=20), Column("naam", width=28), Column("aanbieder", width=32), Column("gewicht")),
        *(Column(f"{naam}Cent", "cents", 18) for naam in bedragen),
        Column("begroting", width=60),
    ]
    rijen = (
        [
            *(een.dienst or "totaal", een.naam, een.aanbieder, str(een.gewicht) if een.gewicht is not None else None),
            *(getattr(een, f"{naam}_cent") for naam in bedragen),
            een.begroting,
        ]
        for een in van.regels
    )
    return Sheet("Inning", kolommen, rijen)


def ouderdom_blad(van: Ouderdom) -> Sheet:
    """A row per gemeente, with a column per class, and the total."""
    kolommen = [
        *(*_GEMEENTE, Column("facturen", "number"), Column("openstaandCent", "cents", 18)),
        *(Column(f"{klasse.naam} Cent", "cents", 22) for klasse in KLASSEN),
        Column("teVeelCent", "cents", 18),
    ]
    rijen = [
        [een.gemeentecode, een.gemeentenaam, een.aantal, een.openstaand_cent, *een.klassen, een.te_veel_cent]
        for een in van.gemeenten
    ]
    totaal = [None, "Totaal", van.aantal, van.openstaand_cent, *(een.bedrag_cent for een in van.klassen), van.te_veel_cent]
    return Sheet("Ouderdom", kolommen, [*rijen, totaal])


def toelichting_blad(*regels: tuple[str, str]) -> Sheet:
    """What a workbook is about."""
    kolommen = [Column("waarover", width=24), Column("omschrijving", width=80)]
    return Sheet("Toelichting", kolommen, [*regels, ("Bedragen", "in euro")])

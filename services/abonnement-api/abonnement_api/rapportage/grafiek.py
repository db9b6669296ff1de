"""The charts of reports."""

from __future__ import annotations

from gemeengoed_kit.charts import Bar, Chart, draw
from gemeengoed_kit.dutch import day_in_words, number, percent, whole_euros

from abonnement_api.rapportage.rules import percentage
from abonnement_api.rapportage.schemas import Deelname, Inning, Inningsregel, Ouderdom

LEEG_DEELNAME = "De catalogus kende op die dag geen gemeenten."
ONVOLLEDIG = " · niet van elke dienst is een begroting vastgesteld"
LEEG_OUDERDOM = "Er staat niets open."


def deelname_svg(van: Deelname) -> str:
    """How many inhabitants live in gemeenten that take part, in all and per pakket."""
    ontbreekt = sum(een.inwoners or 0 for een in van.ontbrekend)
    rijen = [
        ("Neemt deel", van.aantal_deelnemers, van.inwoners_deelnemers),
        *((f"Pakket {een.pakket}", een.aantal_gemeenten, een.inwoners) for een in van.pakketten),
        ("Neemt niet deel", len(van.ontbrekend), ontbreekt),
    ]
    return draw(
        Chart(
            f"Deelname op {day_in_words(van.peildatum)}",
            f"{_komma(van.percentage_gemeenten)} van {number(van.aantal_gemeenten)} gemeenten, "
            f"{_komma(van.percentage_inwoners)} van {number(van.inwoners)} inwoners",
            ("gemeenten", "inwoners"),
            (("begroot", "alle inwoners"), ("besteed", "inwoners van deze gemeenten")),
            tuple(
                Bar(
                    naam,
                    f"{_komma(percentage(inwoners, van.inwoners))} van de inwoners",
                    van.inwoners,
                    inwoners,
                    0,
                    (gemeenten, inwoners),
                )
                for naam, gemeenten, inwoners in rijen
                if van.aantal_gemeenten
            ),
            " ".join(
                f"{naam}: {number(gemeenten)} gemeenten, {number(inwoners)} inwoners." for naam, gemeenten, inwoners in rijen
            ),
            LEEG_DEELNAME,
            "number",
        )
    )


def inning_svg(van: Inning) -> str:
    """Budgeted, received and open per dienst."""
    return draw(
        Chart(
            f"Begroot en ontvangen {van.jaar}",
            f"Stand van {day_in_words(van.op)}{'' if van.volledig_begroot else ONVOLLEDIG}",
            ("begroot", "gefactureerd", "ontvangen", "openstaand"),
            (
                ("begroot", "begroot"),
                ("besteed", "ontvangen"),
                ("verplicht", "nog te ontvangen"),
                ("boven", "boven de begroting"),
            ),
            tuple(
                Bar(
                    een.naam,
                    _van_begroting(een, van.volledig_begroot),
                    *(een.begroot_cent or 0, een.ontvangen_cent, een.openstaand_cent),
                    (een.begroot_cent or 0, een.gefactureerd_cent, een.ontvangen_cent, een.openstaand_cent),
                    een.dienst is not None,
                    een.begroot_cent is not None,
                )
                for een in van.regels
            ),
            " ".join(map(_in_woorden, van.regels)),
        )
    )


def ouderdom_svg(van: Ouderdom) -> str:
    """What is open, per class of age."""
    klassen = [een for een in van.klassen if van.aantal]
    return draw(
        Chart(
            "Ouderdom van openstaande facturen",
            f"Stand van {day_in_words(van.op)} · {_facturen(van.aantal)}, {_euros(van.openstaand_cent)} openstaand",
            ("openstaand",),
            (("begroot", "alles wat open staat"), ("besteed", "zo lang na de vervaldatum")),
            tuple(
                Bar(
                    een.naam.capitalize(),
                    f"{_facturen(een.aantal)}, {_deel(een.bedrag_cent, van.openstaand_cent, '')}"
                    if een.aantal
                    else "geen facturen",
                    *(van.openstaand_cent, een.bedrag_cent, 0),
                    (een.bedrag_cent,),
                )
                for een in klassen
            ),
            " ".join(f"{een.naam.capitalize()}: {_facturen(een.aantal)}, {_euros(een.bedrag_cent)}." for een in klassen),
            LEEG_OUDERDOM,
        )
    )


def _komma(percentage: str) -> str:
    return f"{percentage.replace('.', ',')}\u00a0%"


def _facturen(aantal: int) -> str:
    return f"{number(aantal)} {'factuur' if aantal == 1 else 'facturen'}"


def _van_begroting(een: Inningsregel, volledig: bool) -> str:
    if een.begroot_cent is None:
        return "geen vastgestelde begroting"
    if een.dienst is None and not volledig:  # what came in is of more than was budgeted
        return ""
    return _deel(een.ontvangen_cent, een.begroot_cent, "van de begroting")


def _deel(deel: int, geheel: int, waarvan: str) -> str:
    gezegd = percent(deel, geheel)
    return f"{gezegd} {waarvan}".rstrip() if gezegd else ""


def _in_woorden(een: Inningsregel) -> str:
    begroot = "niet begroot" if een.begroot_cent is None else f"begroot {_euros(een.begroot_cent)}"
    return (
        f"{een.naam}: {begroot}, gefactureerd {_euros(een.gefactureerd_cent)}, ontvangen {_euros(een.ontvangen_cent)}, "
        f"openstaand {_euros(een.openstaand_cent)}."
    )


def _euros(cent: int) -> str:
    return f"€ {number(whole_euros(cent))}"

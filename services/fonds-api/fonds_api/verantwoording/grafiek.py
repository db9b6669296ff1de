"""The charts of a report."""

from __future__ import annotations

from gemeengoed_kit.charts import Bar, Chart, draw
from gemeengoed_kit.dutch import day_in_words, number, percent, whole_euros

from fonds_api.verantwoording.schemas import Herkomstregel, Realisatie, Realisatieregel

LEEG = "Er is voor dit jaar niets begroot, verplicht of geboekt."


def realisatie_svg(van: Realisatie) -> str:
    """Begroot, verplicht and besteed per prioriteit."""
    rijen = [rij for rij in van.regels if _eigen_staaf(rij)]
    return draw(
        Chart(
            f"Begroting en realisatie {van.jaar}",
            _onder(van),
            ("begroot", "verplicht", "besteed", "vrij"),
            (
                *(("begroot", "begroot"), ("besteed", "besteed"), ("verplicht", "verplicht, nog niet besteed")),
                ("boven", "boven de begroting"),
            ),
            tuple(
                Bar(
                    _naam(rij),
                    "" if rij.soort != "totaal" else _deel(rij.besteed_cent, _beschikbaar(rij), "besteed"),
                    *(_beschikbaar(rij), rij.besteed_cent, rij.verplicht_cent),
                    (_beschikbaar(rij), rij.verplicht_cent, rij.besteed_cent, rij.vrij_cent),
                    rij.soort != "totaal",
                )
                for rij in rijen
            ),
            " ".join(
                f"{_naam(rij)}: begroot {_euros(_beschikbaar(rij))}, verplicht {_euros(rij.verplicht_cent)}, "
                f"besteed {_euros(rij.besteed_cent)}, vrij {_euros(rij.vrij_cent)}."
                for rij in rijen
            ),
            LEEG,
        )
    )


def herkomst_svg(van: Realisatie) -> str:
    """Where the money comes from."""
    totaal = van.herkomst[-1].ontvangen_cent if van.herkomst else 0
    return draw(
        Chart(
            f"Waar het geld vandaan komt, {van.jaar}",
            _onder(van),
            ("begroot", "ontvangen", "verschil"),
            (("begroot", "begrote dekking"), ("besteed", "ontvangen")),
            tuple(
                Bar(
                    rij.omschrijving,
                    "" if rij.soort == "totaal" else _deel(rij.ontvangen_cent, totaal, "van wat is ontvangen"),
                    *(rij.begroot_cent, rij.ontvangen_cent, 0),
                    (rij.begroot_cent, rij.ontvangen_cent, rij.verschil_cent),
                    rij.soort != "totaal",
                    marked=False,
                )
                for rij in van.herkomst
            ),
            " ".join(_bron_in_woorden(rij) for rij in van.herkomst),
            LEEG,
        )
    )


def _onder(van: Realisatie) -> str:
    wat = f"{van.begroting.soort} versie {van.begroting.versie}" if van.begroting else "geen vastgestelde begroting"
    return f"{van.naam} · stand van {day_in_words(van.peildatum)} · {wat}"


def _eigen_staaf(rij: Realisatieregel) -> bool:
    return rij.soort in ("prioriteit", "btw", "overig", "totaal") or (rij.soort == "post" and rij.prioriteit is None)


def _beschikbaar(rij: Realisatieregel) -> int:
    return rij.begroot_cent + rij.overgeheveld_cent


def _naam(rij: Realisatieregel) -> str:
    return f"{rij.prioriteit} {rij.omschrijving}" if rij.soort == "prioriteit" else rij.omschrijving


def _deel(deel: int, geheel: int, waarvan: str) -> str:
    gezegd = percent(deel, geheel)
    return f"{gezegd} {waarvan}" if gezegd else ""


def _bron_in_woorden(rij: Herkomstregel) -> str:
    return f"{rij.omschrijving}: begroot {_euros(rij.begroot_cent)}, ontvangen {_euros(rij.ontvangen_cent)}."


def _euros(cent: int) -> str:
    return f"€ {number(whole_euros(cent))}"

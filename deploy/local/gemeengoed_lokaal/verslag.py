"""The output of the demo: progress while it runs, and tables of the results."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from gemeengoed_kit.money import format_euros
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


class Voortgang:
    """A progress bar per step."""

    def __init__(self, console: Console) -> None:
        self.balken = Progress(
            TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        self.taken: dict[str, Any] = {}

    def __enter__(self) -> Voortgang:
        self.balken.start()
        return self

    def __exit__(self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        self.balken.stop()

    def meld(self, stap: str, gedaan: int, totaal: int) -> None:
        """Show how much of this step is done."""
        if stap not in self.taken:
            self.taken[stap] = self.balken.add_task(stap, total=totaal)
        self.balken.update(self.taken[stap], completed=gedaan, total=totaal)


NAMEN = {
    "vertrouwenswerk": "Vertrouwenswerk jeugd",
    "kindertelefoon": "Kindertelefoon",
    "luisterendOor": "Luisterend Oor",
    "beheerEnBetaling": "Beheer en betaling",
}


HERKOMST = (
    "De ronde 2018 is het besluit van de BALV van 30-11-2016, uitgewerkt op cijfers van het CBS. Zo is zij nooit uitgevoerd: "
    "in juni 2017 nam het Rijk de bekostiging van de drie diensten vanaf 2018 over (brief van de staatssecretaris van VWS, "
    "2-6-2017)."
)


def toon(console: Console, uitkomst: dict[str, Any]) -> None:
    """Print the tables."""
    facturen = uitkomst["facturen"]
    console.print(HERKOMST)
    tabel = _tabel("Facturatieronde 2018", "Dienst", "Gefactureerd")
    for dienst, cent in facturen["perDienstCent"].items():
        tabel.add_row(NAMEN[dienst], format_euros(cent))
    tabel.add_section()
    tabel.add_row(
        f"{facturen['aantal']} facturen, {facturen['eersteNummer']} tot en met {facturen['laatsteNummer']}",
        format_euros(facturen["totaalCent"]),
    )
    console.print(tabel)

    tabel = _tabel("Ontvangen en verdeeld", "", "Bedrag")
    tabel.add_row("Ontvangen op de rekening", format_euros(uitkomst["ontvangen"]))
    for naam, cent in uitkomst["verdeeld"].items():
        tabel.add_row(f"  verdeeld: {naam}", format_euros(cent))
    tabel.add_row("  nog te verdelen", format_euros(uitkomst["nogTeVerdelen"]))
    tabel.add_row("  niet gekoppeld (onbekend of te veel betaald)", format_euros(uitkomst["nietGekoppeld"]))
    tabel.add_section()
    tabel.add_row("Nog openstaand bij gemeenten", format_euros(uitkomst["openstaand"]))
    console.print(tabel)

    bijdragen, boek, gateway = uitkomst["bijdragen2020"], uitkomst["grootboek"], uitkomst["gateway"]
    tabel = _tabel("Grootboek, bijdragen en gateway", "", "")
    tabel.add_row("Boekingen in fonds derdengelden", str(boek["aantalBoekingen"]))
    tabel.add_row("Som van alle saldi", format_euros(boek["saldoTotaalCent"]))
    tabel.add_row(f"Bijdragen GGU 2020, {bijdragen['aantal']} gemeenten", format_euros(bijdragen["totaalCent"]))
    for soort in ("hoogste", "laagste"):
        tabel.add_row(f"  {soort}: {bijdragen[soort]['naam']}", format_euros(bijdragen[soort]["bedragCent"]))
    tabel.add_row("Aanroepen door de gateway", str(gateway["aantalAanroepen"]))
    tabel.add_row("  vastgelegd door Outways / door Inways", f"{gateway['aantalLogregelsUit']} / {gateway['aantalLogregelsIn']}")
    console.print(tabel)

    tabel = _tabel("Duur", "Stap", "Seconden")
    for stap, seconden in uitkomst["duurSeconden"].items():
        tabel.add_row(stap, f"{seconden:.1f}")
    console.print(tabel)


def _tabel(titel: str, links: str, rechts: str) -> Table:
    tabel = Table(title=titel, title_justify="left", min_width=72)
    tabel.add_column(links, ratio=1)
    tabel.add_column(rechts, justify="right")
    return tabel

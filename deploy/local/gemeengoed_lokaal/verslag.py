"""What the demo shows: progress while it runs, and tables of what happened."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


def euro(cent: int) -> str:
    """1234567 as € 12.345,67."""
    geheel, rest = divmod(abs(cent), 100)
    return f"€ {'-' if cent < 0 else ''}{geheel:,}".replace(",", ".") + f",{rest:02d}"


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
        """Show that of this step so much is done."""
        if stap not in self.taken:
            self.taken[stap] = self.balken.add_task(stap, total=totaal)
        self.balken.update(self.taken[stap], completed=gedaan, total=totaal)


NAMEN = {
    "vertrouwenswerk": "Vertrouwenswerk jeugd",
    "kindertelefoon": "Kindertelefoon",
    "luisterendOor": "Luisterend Oor",
    "beheerEnBetaling": "Beheer en betaling",
}


def toon(console: Console, uitkomst: dict[str, Any]) -> None:
    """The tables."""
    facturen = uitkomst["facturen"]
    tabel = _tabel("Facturatieronde 2018", "Dienst", "Gefactureerd")
    for dienst, cent in facturen["perDienstCent"].items():
        tabel.add_row(NAMEN[dienst], euro(cent))
    tabel.add_section()
    tabel.add_row(
        f"{facturen['aantal']} facturen, {facturen['eersteNummer']} tot en met {facturen['laatsteNummer']}",
        euro(facturen["totaalCent"]),
    )
    console.print(tabel)

    tabel = _tabel("Ontvangen en verdeeld", "", "Bedrag")
    tabel.add_row("Ontvangen op de rekening", euro(uitkomst["ontvangen"]))
    for naam, cent in uitkomst["verdeeld"].items():
        tabel.add_row(f"  verdeeld: {naam}", euro(cent))
    tabel.add_row("  nog te verdelen", euro(uitkomst["nogTeVerdelen"]))
    tabel.add_row("  niet gekoppeld (onbekend of te veel betaald)", euro(uitkomst["nietGekoppeld"]))
    tabel.add_section()
    tabel.add_row("Nog openstaand bij gemeenten", euro(uitkomst["openstaand"]))
    console.print(tabel)

    bijdragen, boek, gateway = uitkomst["bijdragen2020"], uitkomst["grootboek"], uitkomst["gateway"]
    tabel = _tabel("Grootboek, bijdragen en gateway", "", "")
    tabel.add_row("Boekingen in fonds derdengelden", str(boek["aantalBoekingen"]))
    tabel.add_row("Som van alle saldi", euro(boek["saldoTotaalCent"]))
    tabel.add_row(f"Bijdragen GGU 2020, {bijdragen['aantal']} gemeenten", euro(bijdragen["totaalCent"]))
    for soort in ("hoogste", "laagste"):
        tabel.add_row(f"  {soort}: {bijdragen[soort]['naam']}", euro(bijdragen[soort]["bedragCent"]))
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

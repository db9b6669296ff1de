"""The output of the demo: progress while it runs, tables of the results, and where the files are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    tabel.add_row("Goedgekeurd en onderweg naar de bank", format_euros(uitkomst["betalingen"]["onderwegCent"]))
    tabel.add_row("  niet gekoppeld (onbekend of te veel betaald)", format_euros(uitkomst["nietGekoppeld"]))
    tabel.add_section()
    tabel.add_row("Nog openstaand bij gemeenten", format_euros(uitkomst["openstaand"]))
    console.print(tabel)

    bijdragen, boek = uitkomst["bijdragen2020"], uitkomst["grootboek"]
    tabel = _tabel("Grootboek en bijdragen", "", "")
    tabel.add_row("Boekingen in fonds derdengelden", str(boek["aantalBoekingen"]))
    tabel.add_row("Som van alle saldi", format_euros(boek["saldoTotaalCent"]))
    tabel.add_row(f"Bijdragen GGU 2020, {bijdragen['aantal']} gemeenten", format_euros(bijdragen["totaalCent"]))
    for soort in ("hoogste", "laagste"):
        tabel.add_row(f"  {soort}: {bijdragen[soort]['naam']}", format_euros(bijdragen[soort]["bedragCent"]))
    console.print(tabel)

    toon_begrotingen(console, uitkomst)
    toon_besteding(console, uitkomst["besteding"])
    toon_reis(console, uitkomst["catalogus"])

    gateway = uitkomst["gateway"]
    tabel = _tabel("Gateway", "", "Aanroepen")
    tabel.add_row("Door de gateway gegaan", str(gateway["aantalAanroepen"]))
    tabel.add_row("  waarvan voor de catalogus (proef)", str(uitkomst["catalogus"]["aanroepen"]))
    tabel.add_row("Vastgelegd door Outways / door Inways", f"{gateway['aantalLogregelsUit']} / {gateway['aantalLogregelsIn']}")
    console.print(tabel)

    tabel = _tabel("Duur", "Stap", "Seconden")
    for stap, seconden in uitkomst["duurSeconden"].items():
        tabel.add_row(stap, f"{seconden:.1f}")
    console.print(tabel)


def toon_begrotingen(console: Console, uitkomst: dict[str, Any]) -> None:
    """Print what the papers' own tables do not add up to."""
    tabel = _tabel("Begrotingen van de bronnen: waar zij niet optellen", "Waar (vermeld / berekend)", "Verklaring")
    for een in uitkomst["begrotingsverschillen"]:
        eenheid = "€" if een["bron"] == "2017" else "× € 1.000"
        waar = f"{een['bron']}: {een['waar']} ({_getal(een['vermeld'])} / {_getal(een['berekend'])} {eenheid})"
        tabel.add_row(waar, "afronding" if een["doorAfronding"] else "aanvaard op naam")
    console.print(tabel)


def toon_besteding(console: Console, besteding: dict[str, Any]) -> None:
    """Print what became of one begrotingspost, and who checked the ledger."""
    tabel = _tabel("Begroting 2020, A1 structureel (proef)", "", "Bedrag")
    for tekst, naam in (("Begroot", "begroot"), ("Verplicht", "verplicht"), ("Besteed", "besteed"), ("Vrij", "vrij")):
        tabel.add_row(tekst, format_euros(besteding[f"{naam}Cent"]))
    console.print(tabel)
    getuige = besteding["getuige"]
    console.print(
        f"Gemeente {getuige['gemeentecode']} ging het logboek van fonds {getuige['fonds']} na en ondertekende het mee: "
        f"{getuige['bladen']} boekingen."
    )


def toon_bestanden(console: Console, namen: Iterable[str]) -> None:
    """Print where everything is that the demo wrote."""
    console.print("In var/demo staan resultaat.json (alle cijfers hierboven), en om te bekijken:")
    for naam in namen:
        console.print(f"  {naam}", highlight=False)


PROEF = (
    "Daarna de catalogus: een idee wordt een voorziening in beheer, en drie gemeenten doen mee. Dit is een proef, alles op één "
    "dag. Van de gemeenten zijn alleen de codes en de inwonertallen van het CBS echt."
)
GREMIA = {"College": "het College", "bestuur": "het bestuur", "ALV": "de ALV"}
ROLLEN = {"gemeente": "de gemeente zelf", "leverancier": "haar leverancier", "samenwerkingsverband": "haar samenwerkingsverband"}


def toon_reis(console: Console, reis: dict[str, Any]) -> None:
    """Print what happened in the catalogue: who decided what, who takes part, and how far it reaches."""
    console.print(PROEF)
    tabel = Table(title="Van idee naar beheer (proef)", title_justify="left", min_width=72)
    tabel.add_column("Fase")
    tabel.add_column("Waarop de stap rust", ratio=1)
    for stap in reis["stappen"]:
        naar, deel = stap["naar"], stap["beheerstap"]
        fase = f"  stap: {deel}" if naar == "opschaling" and deel else naar
        tabel.add_row(fase, "; ".join(_gronden(naar, stap["rustOp"], reis)))
    console.print(tabel)
    grondslag = reis["grondslag"]
    mag = "Ja" if grondslag["toegestaan"] else "Nee"
    console.print(f"Te vroeg opschalen is geweigerd: {'; '.join(reis['geweigerd'])}.")
    console.print(f"Mag er geld van het fonds heen? {mag}. {grondslag['uitleg']}")

    tabel = _tabel("Deelname en dekking (proef)", "", "")
    for een in reis["deelnames"]:
        rollen = list(dict.fromkeys(ROLLEN[stap["rol"]] for stap in een["stappen"]))
        invoering = f"; invoering door {rollen[1]}" if len(rollen) > 1 else ""
        tabel.add_row(f"{een['gemeentecode']}: aangemeld door {rollen[0]}{invoering}", een["status"])
    tabel.add_section()
    dekking, herindeling, telling = reis["dekking"], reis["herindeling"], reis["inwonertallen"]
    tabel.add_row("Dekking vandaag, in gemeenten", _deel(dekking, "gemeenten", "vanGemeenten"))
    tabel.add_row("  in inwoners", _deel(dekking, "inwoners", "vanInwoners"))
    tabel.add_row("  voor wie niet alle drie mag zien", reis["dekkingVoorLeverancier"]["weergave"])
    tabel.add_section()
    van, erna = " en ".join(herindeling["van"]), herindeling["dekkingErna"]
    tabel.add_row(f"{van} gaan op in {herindeling['naar']}", f"per {_dag(herindeling['ingangsdatum'])}")
    tabel.add_row("  hun inwoners voor / na", f"{_getal(herindeling['inwonersVoor'])} / {_getal(herindeling['inwonersNa'])}")
    tabel.add_row("  dekking dan, in gemeenten", _deel(erna, "gemeenten", "vanGemeenten"))
    tabel.add_row("  in inwoners", _deel(erna, "inwoners", "vanInwoners"))
    tabel.add_section()
    tabel.add_row(
        f"CBS-bestand van {_dag(telling['peildatum'])} met een regel te weinig", f"geweigerd: {len(telling['geweigerd'])} fouten"
    )
    tabel.add_row(
        "  volledig, zoals het er al stond", f"{telling['gelijk']} gelijk, {telling['nieuw'] + telling['gecorrigeerd']} anders"
    )
    console.print(tabel)


def _gronden(naar: str, rust_op: dict[str, str], reis: dict[str, Any]) -> Iterator[str]:
    """What a step rests on, in words."""
    besluiten = {een["pad"]: een for een in reis["besluiten"]}
    adviezen = {een["adviesOver"]: een["gremium"] for een in reis["besluiten"] if een["soort"] == "advies"}
    initiatief, pilot = reis["initiatief"], reis["pilot"]
    for grond, waarde in rust_op.items():
        if grond == "initiatief":
            steun = f"gesteund door {initiatief['steun']['gemeenten']} gemeenten, opgepakt door de Task Force en aangenomen"
            yield f"initiatief van {initiatief['ingediendDoor']}, {steun}"
        elif grond == "pilot":
            geslaagd = "geslaagd" if pilot["geslaagd"] else "niet geslaagd"
            yield f"pilot met {', '.join(pilot['deelnemers'])}" + (f": {geslaagd}" if naar == "impactanalyse" else "")
        elif grond == "impactanalyse":
            yield f"de impactanalyse is {pilot['impactanalyse']}"
        elif grond == "besluit":
            besluit = besluiten[waarde]
            advies = adviezen.get(besluit["soort"])
            yield f"besluit van {GREMIA[besluit['gremium']]}" + (f", na advies van {GREMIA[advies]}" if advies else "")
        else:
            yield waarde


def _dag(dag: str) -> str:
    jaar, maand, nummer = dag.split("-")
    return f"{int(nummer)}-{int(maand)}-{jaar}"


def _deel(dekking: dict[str, Any], deel: str, geheel: str) -> str:
    procent = str(dekking[f"{deel}Procent"]).replace(".", ",")
    return f"{_getal(dekking[deel])} van {_getal(dekking[geheel])} ({procent}%)"


def _getal(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")


def _tabel(titel: str, links: str, rechts: str) -> Table:
    tabel = Table(title=titel, title_justify="left", min_width=72)
    tabel.add_column(links, ratio=1)
    tabel.add_column(rechts, justify="right")
    return tabel

"""The catalogue's journey, as its users make it: an idea of a gemeente becomes a voorziening in beheer, three gemeenten join, two
of them merge, and a file of inhabitants comes in. Every call goes through an Outway.

All of it is invented, and says so: each text ends in "(proef)". Of real gemeenten only the codes are used, with the inhabitants
that CBS counted. In reality the steps take years; here every day is today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from gemeengoed_kit.clock import SystemClock, today

from gemeengoed_lokaal.deelnemers import GEMEENTECODE, VERBAND
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Melding, Stack

VOORZIENING = "balie-afspraak-proef"
LEDEN = ("GM0482", "GM0610")
"""Members of the test samenwerkingsverband; later they merge into `FUSIE`."""
FUSIE = "GM9901"
MIJLPAAL = f"{VOORZIENING}-in-beheer"
FACTSHEETS = ("rijbewijzen", "digitale-overlijdensaangifte", "digitale-verhuisservice", "gibit", "ggi-netwerk", "govroam")
"""Voorzieningen with a factsheet in the paper of the BALV of 30-11-2016."""
BRON = "Verzonnen voor deze demo (proef)"
STAP = "Catalogus: van idee naar beheer"
PUNTEN = {
    "uitrol": "In één ronde (proef).",
    "tijdpad": "Binnen een jaar (proef).",
    "mateVanBinding": "vrijwillig maar niet vrijblijvend",
    "samenwerkingsvorm": "samen exploiteren",
    "uitvoeringsstructuur": "landelijk",
    "financiering": "Uit de bijdragen van wie deelneemt (proef).",
}


@dataclass
class Reis:
    """Who takes part in the journey, what day it is, and what has come of it."""

    stack: Stack
    dag: date = field(default_factory=lambda: today(SystemClock()))

    def __post_init__(self) -> None:
        vng, catalogus = partial(Gebruiker, self.stack, "vng"), "catalogus"
        self.beheer, self.fonds = vng("catalogusbeheer"), vng(catalogus)
        self.taskforce, self.college, self.bestuur, self.leden = map(vng, ("taskforce", "college", "bestuur", "ledenvergadering"))
        self.gemeente = Gebruiker(self.stack, "gemeente", catalogus)
        self.verband = Gebruiker(self.stack, "samenwerkingsverband", catalogus)
        self.leverancier = Gebruiker(self.stack, "leverancier", catalogus)
        self.uitkomst: dict[str, Any] = {"voorziening": VOORZIENING, "dag": self.dag.isoformat()}
        self.versie = 1
        """Of the voorziening: each step makes the next one."""

    @property
    def aanroepen(self) -> int:
        return sum(wie.aanroepen for wie in vars(self).values() if isinstance(wie, Gebruiker))

    def stap(self, naar: str, stap: str | None = None, **grondslag: Any) -> None:
        """The next phase of the voorziening, on its ground."""
        gezet = self.beheer.zet(
            "POST",
            f"/v1/voorzieningen/{VOORZIENING}/faseovergangen",
            {"naar": naar, "stap": stap, "grondslag": grondslag},
            versie=self.versie,
        )
        self.versie = gezet["versie"]

    def besluit(self, wie: Gebruiker, gremium: str, soort: str, titel: str, **anders: Any) -> str:
        """A positive besluit of today about the voorziening, by the gremium itself; returns its id."""
        inhoud = {
            "gremium": gremium,
            "soort": soort,
            "datum": self.dag.isoformat(),
            "uitkomst": "positief",
            "voorzieningen": [VOORZIENING],
            "titel": titel,
            "tekst": titel,
            "bronvermelding": BRON,
        }
        genomen = wie.zet("POST", "/v1/besluiten", {**inhoud, **anders})
        namen = ("pad", "gremium", "soort", "adviesOver", "uitkomst", "datum", "vastgelegdAls")
        self.uitkomst.setdefault("besluiten", []).append({naam: genomen[naam] for naam in namen})
        return genomen["id"]


def maak_reis(stack: Stack, meld: Melding) -> dict[str, Any]:
    """The whole journey.

    Returns:
        what came of it, for resultaat.json; `aanroepen` is the number of calls that it took.
    """
    reis = Reis(stack)
    for nummer, deel in enumerate(DELEN):
        meld(STAP, nummer, len(DELEN))
        deel(reis)
    meld(STAP, len(DELEN), len(DELEN))
    return {**reis.uitkomst, "aanroepen": reis.aanroepen}


def bestanden(stack: Stack) -> dict[str, bytes]:
    """What the test gemeente can take with it, by file name: the routekaart as a picture, and a factsheet per voorziening."""
    gemeente = Gebruiker(stack, "gemeente", "catalogus")
    pad = "/v1/voorzieningen/{}/factsheet.pdf".format
    return {
        "routekaart.svg": gemeente.bestand("/v1/routekaart/routekaart.svg", "image/svg+xml"),
        **{f"factsheet-{code}.pdf": gemeente.bestand(pad(code), "application/pdf") for code in (*FACTSHEETS, VOORZIENING)},
    }


def indienen(reis: Reis) -> None:
    """A gemeente has an idea, two others support it, the Task Force takes it up, and the beheer makes it a voorziening."""
    leden = {"code": VERBAND, "naam": "Voorbeeldregio (proef)", "vanaf": reis.dag.isoformat(), "leden": LEDEN}
    reis.beheer.zet("POST", "/v1/samenwerkingsverbanden", leden)
    idee = {
        "titel": "Eén afspraak voor alle balies (proef)",
        "probleem": "Wie verhuist en een paspoort nodig heeft, maakt twee afspraken (proef).",
        "voorstel": "Gemeenten delen één agenda voor alle balies (proef).",
        "domein": "publieksdienstverlening",
        "status": "ingediend",
    }
    initiatief = reis.gemeente.zet("POST", "/v1/initiatieven", idee)
    pad = f"/v1/initiatieven/{initiatief['id']}"
    for lid in LEDEN:
        reis.verband.zet("PUT", f"{pad}/steun/{lid}", {"toelichting": "Wij doen mee aan een pilot (proef)."})
    steun = reis.gemeente.vraag(f"{pad}/steun")
    nu = reis.taskforce.zet("POST", f"{pad}/beoordelingen", {"status": "in behandeling"}, versie=initiatief["versie"])
    aan = {"status": "aangenomen", "reden": "Genoeg steun (proef).", "voorziening": {"code": VOORZIENING, "soort": "app"}}
    nu = reis.beheer.zet("POST", f"{pad}/beoordelingen", aan, versie=nu["versie"])
    reis.uitkomst["initiatief"] = {
        "pad": pad,
        "titel": nu["titel"],
        "status": nu["status"],
        "ingediendDoor": nu["gemeentecode"],
        "steun": {naam: steun[naam] for naam in ("gemeenten", "inwoners", "peildatum")},
    }


def beproeven(reis: Reis) -> None:
    """A pilot with three gemeenten, and what it would mean for all."""
    dag = reis.dag.isoformat()
    plan = {"voorziening": VOORZIENING, "naam": "Drie balies (proef)", "doel": "Zien of één afspraak genoeg is (proef)."}
    pilot = reis.taskforce.zet("POST", "/v1/pilots", {**plan, "begin": dag, "eind": dag})
    pad = f"/v1/pilots/{pilot['id']}"
    reis.gemeente.zet("PUT", f"{pad}/deelnemers/{GEMEENTECODE}")
    for lid in LEDEN:
        reis.verband.zet("PUT", f"{pad}/deelnemers/{lid}")
    loopt = reis.taskforce.zet("PATCH", pad, {"status": "loopt"}, versie=pilot["versie"])
    reis.stap("pilot", pilot=pilot["id"])
    klaar = {
        "status": "afgerond",
        "geslaagd": True,
        "resultaat": "Eén afspraak was genoeg (proef).",
        "lessen": ["Begin klein (proef)."],
    }
    klaar = reis.taskforce.zet("PATCH", pad, klaar, versie=loopt["versie"])
    reis.stap("impactanalyse", pilot=pilot["id"])
    reis.uitkomst["geweigerd"] = reis.beheer.geweigerd(
        "POST",
        f"/v1/voorzieningen/{VOORZIENING}/faseovergangen",
        {"naar": "opschaling", "grondslag": {}},
        versie=reis.versie,
    )
    klein = {"omvang": "klein", "toelichting": "Een koppeling met de eigen agenda (proef)."}
    analyse = {
        "datum": dag,
        "pilots": [pilot["id"]],
        **dict.fromkeys(("it", "werkproces", "veranderkundig", "personeel"), klein),
        "kostenEnBaten": "De baten zijn groter dan de kosten (proef).",
        "conclusie": "positief",
        "onderbouwing": "Het werkte bij drie gemeenten (proef).",
    }
    analyse = reis.beheer.zet("POST", f"/v1/voorzieningen/{VOORZIENING}/impactanalyses", analyse)
    deelnemers = reis.gemeente.alle(f"{pad}/deelnemers")
    reis.uitkomst["pilot"] = {
        "pad": pad,
        "deelnemers": sorted(wie["gemeentecode"] for wie in deelnemers),
        "geslaagd": klaar["geslaagd"],
        "resultaat": klaar["resultaat"],
        "impactanalyse": analyse["conclusie"],
    }


def opschalen(reis: Reis) -> None:
    """The College advises, the bestuur decides; then gemeenten can read what it costs, and on which conditions they join."""
    titel = "opschaling van de balie-afspraak (proef)"
    advies = reis.besluit(reis.college, "College", "advies", f"Advies: {titel}", adviesOver="opschaling", **PUNTEN)
    volgt = {"advies": advies, "adviesGevolgd": True}
    reis.stap("opschaling", besluit=reis.besluit(reis.bestuur, "bestuur", "opschaling", f"Besluit: {titel}", **volgt, **PUNTEN))
    euro = {"soort": "kosten", "eenheid": "euro"}
    factsheet = {
        "datum": reis.dag.isoformat(),
        "publicatiestatus": "gepubliceerd",
        "ontwikkeldDoor": "Gemeente Voorbeeldstad (proef).",
        "watIsHet": "Eén afspraak voor alle balies van de gemeente (proef).",
        "wieGebruiktHet": "Gemeenten (proef).",
        "implementatieIt": "Een koppeling met de eigen agenda (proef).",
        "implementatieWerkproces": "De balies plannen samen (proef).",
        "kostenEnBesparing": "Verzonnen bedragen, om mee te rekenen (proef).",
        "posten": [
            {**euro, "omschrijving": "Koppeling (proef)", "ritme": "eenmalig", "basis": "vast", "laag": 100_000, "hoog": 200_000},
            {**euro, "omschrijving": "Beheer (proef)", "ritme": "jaarlijks", "basis": "per inwoner", "laag": 2, "hoog": 2},
        ],
        "bronvermelding": BRON,
    }
    reis.beheer.zet("POST", f"/v1/voorzieningen/{VOORZIENING}/factsheets", factsheet)
    voorwaarden = {
        "vanaf": reis.dag.isoformat(),
        "kosten": "Zie de factsheet (proef).",
        "opzegtermijnMaanden": 3,
        "opzeggenTegen": "einde maand",
        "uittreden": "De koppeling wordt verwijderd (proef).",
        "bronvermelding": BRON,
    }
    gesteld = reis.beheer.zet("POST", f"/v1/voorzieningen/{VOORZIENING}/deelnamevoorwaarden", voorwaarden)
    reis.uitkomst["voorwaardenVersie"] = gesteld["versie"]


def in_beheer(reis: Reis) -> None:
    """The members decide to take it into beheer, in three steps; the fund's manager asks whether it may spend on it."""
    titel = "De balie-afspraak in beheer nemen (proef)"
    binding = {"mateVanBinding": PUNTEN["mateVanBinding"]}
    besluit = reis.besluit(reis.leden, "ALV", "in beheer nemen", titel, **binding)
    reis.stap("opschaling", "starten", gebeurtenis="De gemeenten van de pilot gebruiken haar (proef).")
    reis.stap("opschaling", "doorlopen", besluit=besluit)
    reis.stap("in beheer", besluit=besluit)
    mijlpaal = {
        "id": MIJLPAAL,
        "naam": "In beheer (proef)",
        "voorziening": VOORZIENING,
        "soort": "mijlpaal",
        "begin": reis.dag.isoformat(),
        "nauwkeurigheid": "dag",
        "status": "gehaald",
        "publicatiestatus": "gepubliceerd",
        "omschrijving": "De balie-afspraak is in beheer (proef).",
        "bronvermelding": BRON,
    }
    reis.beheer.zet("POST", "/v1/mijlpalen", mijlpaal)
    nu = reis.gemeente.vraag(f"/v1/voorzieningen/{VOORZIENING}")
    stappen = reis.gemeente.alle(f"/v1/voorzieningen/{VOORZIENING}/faseovergangen")[::-1]
    gronden = ("initiatief", "pilot", "impactanalyse", "besluit", "gebeurtenis")
    grondslag = reis.fonds.vraag(f"/v1/voorzieningen/{VOORZIENING}/grondslag?voor=verplichting")
    reis.uitkomst |= {
        "fase": nu["fase"],
        "stappen": [
            {
                "naar": stap["naar"],
                "beheerstap": stap["beheerstap"],
                "rustOp": {grond: stap[grond] for grond in gronden if stap[grond] is not None},
            }
            for stap in stappen
        ],
        "grondslag": {naam: grondslag[naam] for naam in ("voor", "toegestaan", "uitleg", "bindt")},
    }


def deelnemen(reis: Reis) -> None:
    """Three gemeenten join: one signs by itself and its supplier does the rest; for two, their samenwerkingsverband does it."""
    geldend = reis.gemeente.vraag(f"/v1/voorzieningen/{VOORZIENING}/deelnamevoorwaarden?op={reis.dag}")["results"][0]["versie"]
    deelnames = []
    for code, tekent, voert_in in (
        (GEMEENTECODE, reis.gemeente, reis.leverancier),
        *((lid, reis.verband, reis.verband) for lid in LEDEN),
    ):
        wens = {
            "voorziening": VOORZIENING,
            "gemeentecode": code,
            "status": "aangemeld",
            "voorwaardenVersie": geldend,
            "inkoopgrond": "quasi-inbesteding",
        }
        deelname = tekent.zet("POST", "/v1/deelnames", wens)
        for naar in ("in implementatie", "in gebruik"):
            deelname = voert_in.zet("POST", f"/v1/deelnames/{deelname['id']}/overgangen", {"naar": naar})
        deelnames.append(deelname)
    reis.uitkomst["deelnames"] = [
        {
            **{naam: een[naam] for naam in ("gemeentecode", "status", "voorwaardenVersie")},
            "stappen": [{naam: stap[naam] for naam in ("naar", "rol", "door", "namens")} for stap in een["overgangen"]],
        }
        for een in deelnames
    ]
    reis.uitkomst["dekking"] = dekking(reis.gemeente, reis.dag)
    reis.uitkomst["dekkingVoorLeverancier"] = dekking(reis.leverancier, reis.dag)


def herindelen(reis: Reis) -> None:
    """The two members merge on the next 1 January: first a look at what it does, then the same for real."""
    provincie = reis.beheer.vraag(f"/v1/gemeenten/{LEDEN[0]}")["provincie"]
    dag = date(reis.dag.year + 1, 1, 1)
    wijziging = {
        "ingangsdatum": dag.isoformat(),
        "nieuweGemeenten": [{"code": FUSIE, "naam": "Voorbeeldfusie (proef)", "provincie": provincie}],
        "delen": [{"van": lid, "naar": FUSIE} for lid in LEDEN],
    }
    voorbeeld = reis.beheer.zet("POST", "/v1/herindelingen/voorbeeld", wijziging)
    gedaan = reis.beheer.zet("POST", "/v1/herindelingen", wijziging)
    reis.uitkomst["herindeling"] = {
        "pad": f"/v1/herindelingen/{gedaan['id']}",
        "ingangsdatum": gedaan["ingangsdatum"],
        "van": [een["code"] for een in voorbeeld["eindigt"]],
        "naar": FUSIE,
        "inwonersVoor": voorbeeld["inwonersVoor"],
        "inwonersNa": voorbeeld["inwonersNa"],
        "dekkingErna": dekking(reis.gemeente, dag),
    }


def cijfers(reis: Reis) -> None:
    """The last year of CBS once more, as a file: refused with a line missing, and without it nothing changes."""
    tellingen = reis.beheer.vraag(f"/v1/gemeenten/{GEMEENTECODE}/inwonertallen")["results"]
    peildatum = max(een["peildatum"] for een in tellingen if een["peildatum"] <= reis.dag.isoformat())
    gemeenten = reis.beheer.alle(f"/v1/gemeenten?geldigOp={peildatum}&peildatum={peildatum}&pageSize=500")
    regels = [f"{een['code']},{een['inwoners']['aantal']}" for een in gemeenten]
    pad = f"/v1/inwonertallen?peildatum={peildatum}&landstotaal={sum(een['inwoners']['aantal'] for een in gemeenten)}"
    bestand = "\n".join(["gemeentecode,inwoners", *regels])
    geweigerd = reis.beheer.geweigerd("POST", pad, bestand.replace(f"{regels[0]}\n", ""))
    gelezen = reis.beheer.zet("POST", pad, bestand)
    reis.uitkomst["inwonertallen"] = {
        "geweigerd": geweigerd,
        **{naam: gelezen[naam] for naam in ("peildatum", "landstotaal", "gemeenten", "nieuw", "gecorrigeerd", "gelijk")},
    }


DELEN: tuple[Callable[[Reis], None], ...] = (indienen, beproeven, opschalen, in_beheer, deelnemen, herindelen, cijfers)


def dekking(wie: Gebruiker, op: date) -> dict[str, Any]:
    """How far the voorziening reaches on a day, as far as this caller may know."""
    alles = wie.vraag(f"/v1/voorzieningen/{VOORZIENING}/dekking?op={op}")
    cijfers = ("gemeenten", "vanGemeenten", "gemeentenProcent", "inwoners", "vanInwoners", "inwonersProcent")
    return {naam: alles[naam] for naam in ("weergave", *cijfers)}

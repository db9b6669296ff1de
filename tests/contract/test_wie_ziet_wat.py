"""Every GET of the services, for every role, of its own and of another's: who gets what, and nothing else shines through.

Generated from the routes. A route that is not in the table below fails, and so does one whose access is another than said here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from gemeengoed_kit.clock import today

from tests.contract import scenario_abonnement_verantwoording
from tests.contract.apis import APIS
from tests.contract.gevuld import ANDER, CONCEPTEN, DEELGENOMEN, DEELNEMERS, DERDE, EIGEN, INKOOP, OMSLAG, gevuld, lezen
from tests.contract.proef import Proef, inhoud_van
from tests.contract.scenario_fonds_verantwoording import PER_JAAR

ALLEN: frozenset[str] = frozenset()
CATALOGUSBEHEER, FONDSBEHEERDER, ADMINISTRATIE, GEMEENTE = "catalogusbeheer", "fondsbeheerder", "administratie", "gemeente"
BESTUUR, LEDENVERGADERING, ACCOUNTANT = "bestuur", "ledenvergadering", "accountant"
TOEZIENDEN = {BESTUUR, LEDENVERGADERING, ACCOUNTANT}
GROOTBOEK = {FONDSBEHEERDER, ADMINISTRATIE} | TOEZIENDEN
BEGROTING = {FONDSBEHEERDER, ADMINISTRATIE, GEMEENTE} | TOEZIENDEN
BESTEDING = {FONDSBEHEERDER, BESTUUR, ACCOUNTANT}
JAAREINDE = {FONDSBEHEERDER, GEMEENTE} | TOEZIENDEN
BIJDRAGE = {FONDSBEHEERDER, ACCOUNTANT, GEMEENTE}
OMSLAGEN = {FONDSBEHEERDER, GEMEENTE} | TOEZIENDEN
INKOOPLEZERS = {FONDSBEHEERDER, GEMEENTE} | TOEZIENDEN
BUREAU = {ADMINISTRATIE, "fiatteur", ACCOUNTANT}
VAN_GEMEENTE = BUREAU | {GEMEENTE}
AANBIEDER, COMMISSIE = "aanbieder", "commissie"
VAN_AANBIEDER = BUREAU | {AANBIEDER}
PARTIJEN = VAN_GEMEENTE | {AANBIEDER}
STUKLEZERS = PARTIJEN | {COMMISSIE}
INNING = [f"/rapportages/inning{vorm}" for vorm in scenario_abonnement_verantwoording.VORMEN]
VAN_BUREAU = [
    f"/rapportages/{wat}{vorm}" for wat in ("deelname", "ouderdom") for vorm in scenario_abonnement_verantwoording.VORMEN
]
INDEX = frozenset({FONDSBEHEERDER, ADMINISTRATIE, GEMEENTE} | TOEZIENDEN)
VERSLAGEN = [f"/fondsen/{{code}}/{vorm}" for vorm in PER_JAAR]
Rij = dict[str, Any]
WIE_MAG = {
    "catalogus": {
        "/gemeenten": ALLEN,
        "/gemeenten/{code}": ALLEN,
        "/gemeenten/{code}/geschiedenis": ALLEN,
        "/gemeenten/{code}/identificaties": ALLEN,
        "/gemeenten/{code}/inwonertallen": ALLEN,
        "/herindelingen": ALLEN,
        "/herindelingen/{id}": ALLEN,
        "/samenwerkingsverbanden": ALLEN,
        "/samenwerkingsverbanden/{code}": ALLEN,
        "/gebeurtenissen": ALLEN,
        "/gebeurtenissen/gebeurtenissen.atom": ALLEN,
        "/gebeurtenissen/{id}": ALLEN,
        "/voorzieningen": ALLEN,
        "/voorzieningen/export.csv": ALLEN,
        "/voorzieningen/export.jsonld": ALLEN,
        "/voorzieningen/export.xlsx": ALLEN,
        "/voorzieningen/facetten": ALLEN,
        "/voorzieningen/{code}": ALLEN,
        "/voorzieningen/{code}/versies": ALLEN,
        "/voorzieningen/{code}/besluiten": ALLEN,
        "/voorzieningen/{code}/grondslag": ALLEN,
        "/voorzieningen/{code}/faseovergangen": ALLEN,
        "/voorzieningen/{code}/faseovergangen/{versie}": ALLEN,
        "/voorzieningen/{code}/vervolgfasen": ALLEN,
        "/voorzieningen/{code}/impactanalyses": ALLEN,
        "/voorzieningen/{code}/impactanalyses/{versie}": ALLEN,
        "/voorzieningen/{code}/steun": ALLEN,
        "/initiatieven": ALLEN,
        "/initiatieven/{id}": ALLEN,
        "/initiatieven/{id}/versies": ALLEN,
        "/initiatieven/{id}/steun": ALLEN,
        "/pilots": ALLEN,
        "/pilots/{id}": ALLEN,
        "/pilots/{id}/versies": ALLEN,
        "/pilots/{id}/deelnemers": ALLEN,
        "/besluiten": ALLEN,
        "/besluiten/{id}": ALLEN,
        "/voorzieningen/{code}/deelnames": ALLEN,
        "/voorzieningen/{code}/deelnamevoorwaarden": ALLEN,
        "/voorzieningen/{code}/deelnamevoorwaarden/{versie}": ALLEN,
        "/voorzieningen/{code}/dekking": ALLEN,
        "/gemeenten/{code}/deelnames": ALLEN,
        "/deelnames": ALLEN,
        "/deelnames/{id}": ALLEN,
        "/dekking": ALLEN,
        "/dekking/voorzieningen": ALLEN,
        "/collectiviseringsgraad": ALLEN,
        "/voorzieningen/{code}/factsheet": ALLEN,
        "/voorzieningen/{code}/factsheet.html": ALLEN,
        "/voorzieningen/{code}/factsheet.pdf": ALLEN,
        "/voorzieningen/{code}/factsheets": ALLEN,
        "/voorzieningen/{code}/raming": ALLEN,
        "/duiding/criteria": ALLEN,
        "/duiding/criteria/{code}": ALLEN,
        "/duiding/wegingen": ALLEN,
        "/duiding/wegingen/{code}": ALLEN,
        "/duiding/scores": ALLEN,
        "/duiding/scores/{id}": ALLEN,
        "/duiding/rangschikking": ALLEN,
        "/duiding/vergelijking": ALLEN,
        "/mijlpalen": ALLEN,
        "/mijlpalen/{id}": ALLEN,
        "/mijlpalen/{id}/versies": ALLEN,
        "/routekaart": ALLEN,
        "/routekaart/routekaart.csv": ALLEN,
        "/routekaart/routekaart.ics": ALLEN,
        "/routekaart/routekaart.svg": ALLEN,
    },
    "fonds": {
        "/fondsen": GROOTBOEK,
        "/fondsen/{code}": GROOTBOEK,
        "/fondsen/{code}/saldibalans": GROOTBOEK,
        "/fondsen/{code}/perioden": GROOTBOEK,
        "/fondsen/{code}/perioden/{totEnMet}": GROOTBOEK,
        "/rekeningen": GROOTBOEK,
        "/fondsen/{code}/rekeningen/{nummer}": GROOTBOEK,
        "/fondsen/{code}/rekeningen/{nummer}/afschrift": GROOTBOEK,
        "/boekingen": GROOTBOEK,
        "/boekingen/{id}": GROOTBOEK,
        "/boekingen/{id}/bewijs": GROOTBOEK,
        "/fondsen/{code}/bladen": GROOTBOEK,
        "/fondsen/{code}/checkpoint": ALLEN,
        "/fondsen/{code}/consistentie": ALLEN,
        "/fondsen/{code}/medeondertekend-checkpoint": ALLEN,
        "/fondsen/{code}/medeondertekeningen": ALLEN,
        "/fondsen/{code}/zegelsleutels": ALLEN,
        "/getuigen": ALLEN,
        "/getuigen/{id}": ALLEN,
        "/boekingsvoorstellen": GROOTBOEK,
        "/boekingsvoorstellen/{id}": GROOTBOEK,
        "/omslagen": OMSLAGEN,
        "/omslagen/{id}": OMSLAGEN,
        "/omslagen/{id}/voorbeeld": OMSLAGEN,
        "/peilingen": OMSLAGEN,
        "/peilingen/{id}": OMSLAGEN,
        "/vooruitblik": {GEMEENTE},
        "/bijdragerondes/{id}": {FONDSBEHEERDER, ACCOUNTANT},
        "/bijdragen": OMSLAGEN,
        "/bijdragen/{id}": OMSLAGEN,
        "/bijdragen/{id}/onderbouwing": OMSLAGEN,
        "/afrekeningen": OMSLAGEN - {GEMEENTE},
        "/afrekeningen/{id}": OMSLAGEN - {GEMEENTE},
        "/afrekeningregels": OMSLAGEN,
        "/notas": BIJDRAGE,
        "/notas/{id}": BIJDRAGE,
        "/ontvangsten": BIJDRAGE,
        "/ontvangsten/{id}": BIJDRAGE,
        "/verrekeningen": BIJDRAGE,
        "/verrekeningen/{id}": BIJDRAGE,
        "/debiteuren": BIJDRAGE,
        "/begrotingen": BEGROTING,
        "/begrotingen/{id}": BEGROTING,
        "/begrotingen/{id}/verschillen": BEGROTING,
        "/begrotingen/{id}/veranderingen": BEGROTING,
        "/meerjarenbegroting": BEGROTING,
        "/fondsen/{code}/vrije-ruimte": BEGROTING,
        "/verplichtingen": BESTEDING,
        "/verplichtingen/{id}": BESTEDING,
        "/verplichtingen/{id}/vrijvallen": BESTEDING,
        "/uitgaven": BESTEDING,
        "/uitgaven/{id}": BESTEDING,
        "/uitgaven/{id}/betaling": BESTEDING,
        "/uitgaven/{id}/storno": BESTEDING,
        "/overhevelingen": BESTEDING,
        "/overhevelingen/{id}": BESTEDING,
        "/overhevelingen/{id}/onttrekking": BESTEDING,
        "/jaarafsluitingen": JAAREINDE,
        "/jaarafsluitingen/{id}": JAAREINDE,
        "/jaarafsluitingen/{id}/bestemming": JAAREINDE,
        "/resultaatuitkeringen": JAAREINDE,
        "/indexreeksen": INDEX,
        "/indexreeksen/{code}": INDEX,
        "/indexcijfers": INDEX,
        "/indexcijfers/{id}": INDEX,
        "/indexclausules": INDEX,
        "/indexclausules/{code}": INDEX,
        "/indexaties": INDEX,
        "/indexaties/{id}": INDEX,
        "/indexaties/{id}/berekening": INDEX,
        "/indexatietoepassingen": INDEX,
        "/indexatietoepassingen/{id}": INDEX,
        "/inkooptrajecten": INKOOPLEZERS,
        "/inkooptrajecten/{code}": INKOOPLEZERS,
        "/inkooptrajecten/{code}/stand": {FONDSBEHEERDER} | TOEZIENDEN,
        "/inkooptrajecten/{code}/deelnemers": INKOOPLEZERS,
        "/inkooptrajecten/{code}/posten": INKOOPLEZERS,
        "/inkooptrajecten/{code}/posten/{nummer}": INKOOPLEZERS,
        "/inkooptrajecten/{code}/machtigingen": {FONDSBEHEERDER} | TOEZIENDEN,
        "/inkooptrajecten/{code}/machtigingen/{nummer}": {FONDSBEHEERDER} | TOEZIENDEN,
        "/inkoopopgaven": {FONDSBEHEERDER} | TOEZIENDEN,
        "/inkoopopgaven/{id}": {FONDSBEHEERDER} | TOEZIENDEN,
        "/inkooptrajecten/{code}/afrekeningen": INKOOPLEZERS,
        "/inkooptrajecten/{code}/afrekeningen/{nummer}": INKOOPLEZERS,
        **dict.fromkeys(VERSLAGEN, GROOTBOEK | {GEMEENTE}),
        "/fondsen/{code}/auditfile.xaf": GROOTBOEK,
        "/fondsen/{code}/journaal.csv": GROOTBOEK,
        "/fondsen/{code}/rekeningen/{nummer}/grootboekkaart.csv": GROOTBOEK,
    },
    "abonnement": {
        "/aanbieders": ALLEN,
        "/verkoopwijzen": BUREAU,
        "/aanbieders/{code}/verkopergegevens": BUREAU,
        "/aanbieders/{code}/btw": BUREAU,
        "/afnemers": BUREAU,
        "/factuurgegevens": VAN_GEMEENTE,
        "/factuurgegevens/{gemeentecode}": VAN_GEMEENTE,
        "/tariefbesluiten": ALLEN,
        "/tariefbesluiten/{id}": ALLEN,
        "/tariefbesluiten/{id}/berekening": ALLEN,
        "/tariefindexaties": BUREAU,
        "/tariefindexaties/{id}": BUREAU,
        "/tariefvoorstellen": BUREAU,
        "/tariefvoorstellen/{id}": BUREAU,
        "/collectieve-aanmeldingen/{id}": BUREAU,
        "/abonnementen": VAN_GEMEENTE,
        "/abonnementen/{id}": VAN_GEMEENTE,
        "/facturatiegrenzen": BUREAU,
        "/voorvertoningen": BUREAU,
        "/voorvertoningen/{id}": BUREAU,
        "/voorvertoningen/{id}/regels": BUREAU,
        "/abonnementen/{id}/gebeurtenissen": VAN_GEMEENTE,
        "/abonnementen/{id}/uittreden": VAN_GEMEENTE,
        "/aanbiedingen": VAN_GEMEENTE,
        "/aanbiedingen/{code}": VAN_GEMEENTE,
        **{f"/aanbiedingen/{{code}}/{wat}": VAN_GEMEENTE for wat in ("antwoorden", "gemeenten", "rappels", "uittreden")},
        "/aanbiedingen/{code}/bord": BUREAU,
        "/aanbiedingen/{code}/bord.csv": BUREAU,
        "/verlengingen": BUREAU,
        "/verlengingen/{id}": BUREAU,
        "/overgangsrondes": BUREAU,
        "/overgangsrondes/{id}": BUREAU,
        "/overgangen": BUREAU,
        "/overgangen/{id}": BUREAU,
        "/betalers": BUREAU,
        "/betalers/{code}": BUREAU,
        "/betaalafspraken": VAN_GEMEENTE,
        "/facturatierondes": BUREAU,
        "/facturatierondes/{jaar}": BUREAU,
        "/facturen": VAN_GEMEENTE,
        "/facturen/{nummer}": VAN_GEMEENTE,
        "/facturen/{nummer}/onderbouwing": VAN_GEMEENTE,
        "/facturen/{nummer}/stuk": VAN_GEMEENTE,
        "/facturen/{nummer}/ubl": VAN_GEMEENTE,
        "/facturen/{nummer}/pdf": VAN_GEMEENTE,
        "/creditnotas": VAN_GEMEENTE,
        "/creditnotas/{nummer}": VAN_GEMEENTE,
        "/creditnotas/{nummer}/stuk": VAN_GEMEENTE,
        "/creditnotas/{nummer}/ubl": VAN_GEMEENTE,
        "/creditnotas/{nummer}/pdf": VAN_GEMEENTE,
        "/bezorgwijzen": VAN_GEMEENTE,
        "/bezorgingen": VAN_GEMEENTE | {"toegangspunt"},
        "/bezorgingen/{nummer}": VAN_GEMEENTE | {"toegangspunt"},
        "/bezorgingen/{nummer}/envelop": BUREAU | {"toegangspunt"},
        "/bezorgingen/{nummer}/email": BUREAU,
        "/herinneringsbeleid": ALLEN,
        "/achterstanden": BUREAU,
        "/herinneringen": VAN_GEMEENTE,
        "/herinneringen/{id}": VAN_GEMEENTE,
        "/herinneringen/{id}/pdf": VAN_GEMEENTE,
        "/herinneringen/{id}/email": BUREAU,
        "/aanhoudingen": VAN_GEMEENTE,
        "/aanhoudingen/{id}": VAN_GEMEENTE,
        "/bankafschriften": BUREAU,
        "/bankafschriften/{id}": BUREAU,
        "/betalingen": BUREAU,
        "/betalingen/{id}": BUREAU,
        "/betalingen/{id}/voorstellen": BUREAU,
        "/afschrijvingen": BUREAU,
        "/afschrijvingen/{id}": BUREAU,
        "/koppelingen": BUREAU,
        "/koppelingen/{id}": BUREAU,
        "/verdelingen": BUREAU | {"aanbieder"},
        "/verdelingen/{id}": BUREAU | {"aanbieder"},
        "/verdelingen/{id}/specificaties/{aanbieder}": BUREAU | {"aanbieder"},
        "/verdelingen/{id}/specificaties/{aanbieder}/specificatie.csv": BUREAU | {"aanbieder"},
        "/verdelingen/{id}/specificaties/{aanbieder}/specificatie.pdf": BUREAU | {"aanbieder"},
        "/betaalopdrachten": BUREAU,
        "/betaalopdrachten/{id}": BUREAU,
        "/betaalopdrachten/{id}/bericht": BUREAU,
        "/betaaluitkomsten": BUREAU,
        "/betaaluitkomsten/{id}": BUREAU,
        "/boekingsopdrachten": BUREAU,
        "/boekingsopdrachten/{id}": BUREAU,
        "/aansluitingen": BUREAU,
        "/aansluitingen/{id}": BUREAU,
        "/aansluitingen/{id}/verschillen": BUREAU,
        "/verantwoording/stand": BUREAU,
        "/verantwoordingsdocumenten/{id}": VAN_AANBIEDER,
        "/verantwoordingsstukken": STUKLEZERS,
        "/verantwoordingsstukken/{id}": STUKLEZERS,
        "/verantwoordingsstukken/{id}/document.pdf": STUKLEZERS,
        "/toelichtingsverzoeken": PARTIJEN,
        "/toelichtingsverzoeken/{id}": PARTIJEN,
        "/factuurregels": PARTIJEN,
        "/toewijzingen": PARTIJEN,
        "/verdelingsregels": VAN_AANBIEDER,
        "/gemeentepeilingen": BUREAU,
        "/gemeentepeilingen/{id}": BUREAU,
        **dict.fromkeys(VAN_BUREAU, BUREAU),
        **dict.fromkeys(INNING, VAN_AANBIEDER | {COMMISSIE}),
        "/rapportages/auditfile.xaf": BUREAU,
    },
}
FACTSHEET = tuple(f"/voorzieningen/{{code}}/{vorm}" for vorm in ("factsheet", "factsheet.html", "factsheet.pdf", "raming"))
IN_HET_GROOT = {
    *("/routekaart", "/routekaart/routekaart.csv", "/routekaart/routekaart.ics", "/routekaart/routekaart.svg"),
    *FACTSHEET,
    *("/duiding/rangschikking", "/duiding/vergelijking"),
    *("/voorzieningen/{code}/deelnames", "/gemeenten/{code}/deelnames"),
    *("/voorzieningen/export.csv", "/voorzieningen/export.jsonld", "/voorzieningen/export.xlsx"),
    "/gebeurtenissen/gebeurtenissen.atom",
    *(f"/aanbiedingen/{{code}}/{wat}" for wat in ("antwoorden", "gemeenten", "rappels", "uittreden", "bord", "bord.csv")),
    "/meerjarenbegroting",
    "/fondsen/{code}/vrije-ruimte",
    *("/omslagen/{id}/voorbeeld", "/vooruitblik"),
    *(f"/inkooptrajecten/{{code}}/{wat}" for wat in ("deelnemers", "posten", "afrekeningen", "afrekeningen/{nummer}")),
    *INNING,
    *VAN_BUREAU,
    "/rapportages/auditfile.xaf",
}
"""Routes that show what lists show, and to each caller its own part of it."""
VRAGEN = {
    "berekening": {"bedrag": "10"},
    "consistentie": {"van": "1"},
    "grondslag": {"voor": "deelname"},
    "meerjarenbegroting": {"fonds": "ggu", "eersteJaar": "2019"},
    "vrije-ruimte": {"jaar": "2019"},
    "raming": {"gemeente": "GM0344"},
    "vooruitblik": {"fonds": "ggu", "jaar": "2019"},
    "rangschikking": {"weging": "proef"},
    "vergelijking": {"weging": "proef", "met": "proef"},
    **{vorm: {"jaar": "2018"} for vorm in (*PER_JAAR, "auditfile.xaf", *(pad.rpartition("/")[2] for pad in INNING))},
    **{vorm: {"vanaf": "2018-01-01", "tot": "2019-01-01"} for vorm in ("journaal.csv", "grootboekkaart.csv")},
}
"""What must be asked, by the last part of a path."""
OVERAL = {"/openapi.json": ALLEN, "/health": ALLEN, "/problemen": ALLEN, "/problemen/{type}": ALLEN}
ALLESZIENDE = {"catalogus": CATALOGUSBEHEER, "fonds": FONDSBEHEERDER, "abonnement": ADMINISTRATIE}
VAST = ("vastgesteld", "geboekt")
"""States of a distribution from which on an aanbieder sees its part of it."""
ONBEPERKT = {"pageSize": "500"}
IN_INKOOP = ("/inkooptrajecten/{code}/deelnemers", "/inkooptrajecten/{code}/posten")
"""Of which each gemeente sees the rows that are its own."""
OVER_DEELNAME = {
    "/gemeenten/{code}/deelnames": (ANDER, DERDE, "GM0599"),
    **{
        f"/voorzieningen/{{code}}/{wat}": (DEELGENOMEN, "gibit", "a-concept")
        for wat in ("deelnames", "deelnamevoorwaarden", "dekking")
    },
}
"""Of which voorzieningen and gemeenten these are asked for."""
SOMMEN = {"/voorzieningen/facetten", "/dekking"}
"""What tells nothing of its own, only how much of the rest there is."""


@dataclass(frozen=True)
class Aanroeper:
    """Who calls: a role (None: no token), of a gemeente where it says so."""

    rol: str | None
    gemeente: str | None = None
    aanbieder: str | None = None

    def kop(self, maak: Callable[..., dict[str, str]]) -> dict[str, str]:
        if self.rol is None:
            return {}
        van = {"gemeentecode": self.gemeente, "aanbieder": self.aanbieder}
        return maak(self.rol, **{naam: waarde for naam, waarde in van.items() if waarde})

    def ziet(self, rollen: Collection[str], rij: Rij) -> bool:
        """Whether a row that its role may ask for is its to see; of what is for everybody, all but a concept."""
        if "specversion" in rij:
            return self._hoort(rij)
        if "inkoopgrond" in rij:
            return self._ziet_deelname(rij)
        if not rollen:
            over = rij.get("voorzieningen")
            concept = rij.get("publicatiestatus") == "concept" or (over and set(over) <= CONCEPTEN)
            if rij.get("zichtbaarVoor") in ("indiener", "aangesloten"):
                gedeeld = rij["zichtbaarVoor"] == "aangesloten" or rij["gemeentecode"] == self.gemeente
                concept = not (self.rol == GEMEENTE and gedeeld)
            return not concept or self.rol == CATALOGUSBEHEER
        if rollen is INDEX:  # published
            return True
        if "uittreedbijdrageProcent" in rij:  # what every gemeente is offered
            return True
        if "aantalDeelnemers" in rij and self.rol == GEMEENTE:
            return self.gemeente in INKOOP[rij["code"]]
        if "openVerschillen" in rij:  # a begroting
            return rij["status"] == "vastgesteld" or self.rol in {FONDSBEHEERDER} | TOEZIENDEN
        if "resultaatCent" in rij or "vrijeRuimte" in rij:
            return True
        if "gereedOp" in rij:  # a peiling: inhabitants are public
            return True
        if "gedeeld" in rij:  # an omslag
            return self.rol != GEMEENTE or rij["gedeeld"] or rij["status"] == "vastgesteld"
        if "verslag" in rij and self.rol == GEMEENTE:
            return rij["fonds"] == "ggu"  # has an adopted begroting
        if self.rol == "toegangspunt":
            return rij.get("wijze") == "toegangspunt"
        if self.rol == AANBIEDER and "aandelen" in rij:  # a distribution
            return rij["status"] in VAST and any(deel["aanbieder"] == self.aanbieder for deel in rij["regels"])
        if self.rol == AANBIEDER:
            return rij.get("aanbieder") == self.aanbieder
        if self.rol == GEMEENTE and "ingediendOp" in rij:
            return rij["status"] == "vastgesteld"
        if self.rol == GEMEENTE:
            return rij.get("gemeentecode") == self.gemeente or rij.get("status") == "gepubliceerd"
        return self.rol != ADMINISTRATIE or rij.get("fonds") in (None, "derdengelden")

    def _hoort(self, gebeurtenis: Rij) -> bool:
        """Of what is not for all: deelnames, for their gemeente; what became of initiatieven, among who is connected; a concept
        says whose it is."""
        if self.rol == CATALOGUSBEHEER or gebeurtenis["zichtbaarheid"] == "iedereen":
            return True
        if gebeurtenis["subject"].startswith("/v1/deelnames/"):
            return self.rol == GEMEENTE and self.gemeente == gebeurtenis["data"]["gemeentecode"]
        if self.rol != GEMEENTE or not gebeurtenis["subject"].startswith("/v1/initiatieven/"):
            return False
        data = gebeurtenis["data"]
        return data.get("status") != "concept" or data["titel"].startswith(f"Van {self.gemeente},")

    def _ziet_deelname(self, rij: Rij) -> bool:
        if self.rol == CATALOGUSBEHEER or rij["zichtbaarheid"] == "iedereen":
            return True
        if self.rol != GEMEENTE or self.gemeente is None:
            return False
        neemt_deel = (self.gemeente, rij["voorziening"]) in DEELNEMERS
        return rij["zichtbaarheid"] == "gemeenten" or rij["gemeentecode"] == self.gemeente or neemt_deel


AANROEPERS = [
    Aanroeper(None),
    Aanroeper(""),
    Aanroeper("onbekend", EIGEN),
    Aanroeper("aanbieder", EIGEN),
    *(Aanroeper(rol) for rol in (CATALOGUSBEHEER, FONDSBEHEERDER, ADMINISTRATIE, GEMEENTE)),
    *(Aanroeper(GEMEENTE, code) for code in (EIGEN, ANDER, DERDE, "GM0888")),
]
ERBIJ = {
    "fonds": [Aanroeper(rol) for rol in sorted(TOEZIENDEN)],
    "abonnement": [
        *(Aanroeper(rol) for rol in ("fiatteur", ACCOUNTANT, COMMISSIE, "toegangspunt")),
        *(Aanroeper(AANBIEDER, None, code) for code in (scenario_abonnement_verantwoording.KIND, "administratiebureau")),
        Aanroeper(AANBIEDER, None, scenario_abonnement_verantwoording.SENSOOR),
    ],
}
"""Of one service."""


class Wereld:
    """A filled service: everything in it (route, row that it is about, what is shown), and every path with its route and row."""

    def __init__(self, naam: str, proef: Proef) -> None:
        self.naam, self.proef, self.wie_mag = naam, proef, WIE_MAG[naam]
        self.alles: list[tuple[str, Rij, Any]] = []
        self.paden: dict[str, tuple[str, Rij]] = {}
        self.woorden = set(keuzen(proef.telling.document))
        """Words that the specification itself names, such as states: they head columns, and stand in sentences."""
        self.vragen = {
            pad: [vraag for vraag in item["get"].get("parameters", []) if vraag["in"] == "query"]
            for pad, item in proef.telling.document["paths"].items()
            if "get" in item
        }
        for route in self.wie_mag:
            if "{" not in route:
                self.paden[route] = (route, {})
                if route in IN_HET_GROOT:
                    continue
                inhoud = self.zie(route)
                rijen = [{"fonds": rij["code"], **rij} if route == "/fondsen" else rij for rij in inhoud.get("results", [])]
                if route == "/duiding/scores":
                    rijen = [
                        {**rij, "publicatiestatus": "concept"} if rij["voorziening"] == "a-concept" else rij for rij in rijen
                    ]
                if route not in SOMMEN:
                    self.alles += [(route, rij, voor_allen(rij)) for rij in rijen] or [(route, {}, inhoud)]
        for route in self.wie_mag:
            for pad, rij in self.ingevuld(route) if "{" in route else ():
                self.paden[pad] = (route, rij)
                inhoud = self.zie(pad)
                if route in IN_HET_GROOT:
                    continue
                if route.endswith(("/versies", "/factsheets")):
                    self.alles += [(route, versie.get("inhoud", versie), versie) for versie in inhoud["results"]]
                else:
                    self.alles.append((route, rij, voor_allen(inhoud)))

        if naam == "fonds":
            self._inkoop()
        if naam == "abonnement":  # a row per dienst, and what they come to
            self._verdelingen()
            regels = self.zie(INNING[0])["regels"]
            self.alles += [
                (INNING[0], {"aanbieder": rij["aanbieder"]}, {deel: waarde for deel, waarde in rij.items() if deel != "naam"})
                for rij in regels
            ]

    def _inkoop(self) -> None:
        """Of each traject the rows of participants, each its own; and what a settlement says of all, and of each."""
        afrekeningen = "/inkooptrajecten/{code}/afrekeningen"
        for traject in [rij for route, rij, _ in self.alles if route == "/inkooptrajecten"]:
            code = traject["code"]
            for route in IN_INKOOP:
                rijen = self.zie(route.format(code=code))["results"]
                self.alles += [(route, {"traject": code, **rij}, rij) for rij in rijen]
            for een in self.zie(afrekeningen.format(code=code))["results"]:
                samen = {deel: waarde for deel, waarde in een.items() if deel not in ("regels", "boeking")}
                self.alles.append((afrekeningen, traject, samen))
                self.alles.append((afrekeningen, {"gemeentecode": None}, een["boeking"]))
                for regel in een["regels"]:
                    van = {"gemeentecode": regel["deelnemer"]["pad"][-6:]}
                    self.alles.append((afrekeningen, van, regel))

    def _verdelingen(self) -> None:
        """Of each distribution the parts, each of its aanbieder; of none what is not fixed, or all of it."""
        for verdeling in [rij for route, rij, _ in self.alles if route == "/verdelingen"]:
            vast = verdeling["status"] in VAST
            self.alles += [
                ("/verdelingen/{id}", {"aanbieder": deel["aanbieder"] if vast else None}, deel)
                for deel in (*verdeling["regels"], *verdeling["aandelen"])
            ]
            self.alles.append(("/verdelingen/{id}", {"aanbieder": None}, {"bedragCent": verdeling["bedragCent"]}))

    def zie(self, pad: str) -> Any:
        """What is there for who sees everything."""
        return self.proef.doe("GET", pad, 200, als=self.proef.kop(ALLESZIENDE[self.naam]), params=self.vraag(pad))

    def ingevuld(self, route: str) -> list[tuple[str, Rij]]:
        """The paths of a route with a parameter, each with the row that it is about."""
        if route == "/fondsen/{code}/vrije-ruimte":
            return [("/fondsen/ggu/vrije-ruimte", {"vrijeRuimte": True})]
        if route == "/bijdragerondes/{id}":
            return [("/bijdragerondes/{}-{}".format(*OMSLAG), {"fonds": OMSLAG[0]})]
        if route in VERSLAGEN or (route.startswith("/fondsen/") and "{nummer}" in route):
            return [
                (route.format(code=code, nummer="1300"), {"fonds": code, "verslag": True}) for code in ("ggu", "derdengelden")
            ]
        if route == "/voorvertoningen/{id}/regels":
            return [(route.format(id=rij["id"]), rij) for van, rij, _ in self.alles if van == "/voorvertoningen"]
        if route == "/aanbiedingen/{code}/uittreden":
            return [("/aanbiedingen/aanbod-een/uittreden", {"gemeentecode": EIGEN})]
        if route == "/verantwoordingsdocumenten/{id}":
            return [(f"/verantwoordingsdocumenten/{document['id']}", document) for document in self.proef_documenten()]
        if route.startswith("/verdelingen/{id}/specificaties/"):
            vast = [rij for van, rij, _ in self.alles if van == "/verdelingen" and rij["status"] in VAST]
            delen = [(rij["id"], code) for rij in vast for code in sorted({deel["aanbieder"] for deel in rij["regels"]})]
            return [(route.format(id=id, aanbieder=code), {"aanbieder": code}) for id, code in delen]
        if route.startswith("/aanbieders/{code}/"):
            return [(route.format(code=rij["code"]), rij) for van, rij, _ in self.alles if van == "/aanbieders"]
        if route == "/collectieve-aanmeldingen/{id}":
            return [(self.zie("/abonnementen")["results"][0]["aanmelding"].removeprefix("/v1"), {})]
        if route == "/herindelingen/{id}":
            return [
                (f"/herindelingen/{rij['wijziging']}", {}) for rij in self.zie("/herindelingen")["results"] if rij["wijziging"]
            ]
        if route.startswith("/inkooptrajecten/{code}/posten/"):
            posten = [rij for code in INKOOP for rij in self.zie(f"/inkooptrajecten/{code}/posten")["results"]]
            van = [code for code in INKOOP for _ in posten[: len(posten) // len(INKOOP)]]
            return [(f"/inkooptrajecten/{code}/posten/{rij['nummer']}", rij) for code, rij in zip(van, posten, strict=True)]
        if route.startswith("/inkooptrajecten/{code}/machtigingen/"):
            return [(f"/inkooptrajecten/{code}/machtigingen/{nummer}", {}) for code in INKOOP for nummer in (1, 2)]
        if route.startswith("/inkooptrajecten/{code}/afrekeningen/"):
            trajecten = [rij for van, rij, _ in self.alles if van == "/inkooptrajecten"]
            return [(f"/inkooptrajecten/{rij['code']}/afrekeningen/{nummer}", rij) for rij in trajecten for nummer in (1, 2)]
        if route == "/fondsen/{code}/rekeningen/{nummer}":
            rijen = [rij for van, rij, _ in self.alles if van == "/rekeningen"]
            return [(f"/fondsen/{rij['fonds']}/rekeningen/{rij['nummer']}", rij) for rij in (*rijen[:20], *rijen[-20:])]
        if route == "/fondsen/{code}/rekeningen/{nummer}/afschrift":
            return [(f"/fondsen/{code}/rekeningen/1300/afschrift", {"fonds": code}) for code in ("derdengelden", "ggu")]
        if route == "/fondsen/{code}/perioden/{totEnMet}":
            lijsten = [inhoud for van, _, inhoud in self.alles if van == "/fondsen/{code}/perioden"]
            rijen = [rij for lijst in lijsten for rij in lijst["results"]]
            return [(f"/fondsen/{rij['fonds']}/perioden/{rij['totEnMet']}", rij) for rij in rijen]
        if (over := OVER_DEELNAME.get(route)) is not None:
            concept = {"publicatiestatus": "concept"}
            return [(route.format(code=code), concept if code == "a-concept" else {}) for code in over]
        if route.endswith("/{versie}"):
            lijst = route.removesuffix("/{versie}")
            van = [(rij, een) for van, rij, inhoud in self.alles if van == lijst for een in inhoud["results"]]
            return [(f"{lijst.replace('{code}', een['voorziening'])}/{een['versie']}", rij) for rij, een in van]
        if route in FACTSHEET or route.endswith("/factsheets"):
            concept = {"publicatiestatus": "concept"}
            return [(route.format(code="kindertelefoon"), {}), (route.format(code="a-concept"), concept)]
        lijst, naam, rest = re.fullmatch(r"(.+)/\{(\w+)\}(.*)", route).groups()
        rijen = [rij for van, rij, _ in self.alles if van == lijst][:40]
        assert len(rijen) >= 2, route
        return [(f"{lijst}/{rij[naam]}{rest}", rij) for rij in rijen]

    def proef_documenten(self) -> list[Rij]:
        """Documents that were sent in; sending them again changes nothing and tells which they are."""
        stuur, pdf = scenario_abonnement_verantwoording.stuur_in, scenario_abonnement_verantwoording.pdf
        van = (scenario_abonnement_verantwoording.KIND, scenario_abonnement_verantwoording.SENSOOR)
        return [stuur(self.proef, code, pdf(f"Toelichting 2 van {code}"), 200) for code in van]

    def vraag(self, pad: str) -> dict[str, str]:
        if pad.startswith("/tariefbesluiten/") and pad.endswith("/berekening"):
            return {"pakket": "volledig", "hoeveelheid": "100"}
        if pad.startswith("/aanbiedingen/") and pad.endswith("/uittreden"):
            return {"gemeentecode": EIGEN}
        return VRAGEN.get(pad.rpartition("/")[2], self.grootst(pad))

    def grootst(self, pad: str) -> dict[str, str]:
        return ONBEPERKT if any(vraag["name"] == "pageSize" for vraag in self.vragen.get(pad, [])) else {}

    def verwacht(self, wie: Aanroeper, route: str, rij: Rij) -> int:
        """The status of a route for a caller, about a row."""
        if not self.wie_mag[route]:
            return 200 if wie.ziet(ALLEN, rij) else 404
        if wie.rol is None:
            return 401
        if wie.rol not in self.wie_mag[route] or (wie.rol == GEMEENTE and not wie.gemeente):
            return 403
        if wie.rol == AANBIEDER and not wie.aanbieder:
            return 403
        if route == "/vooruitblik" and wie.gemeente not in (EIGEN, ANDER, DERDE):  # it does not contribute
            return 404
        return 200 if "{" not in route or wie.ziet(self.wie_mag[route], rij) else 404

    def zichtbaar(self, wie: Aanroeper, route: str) -> list[Rij]:
        """The rows of a list that a caller must see."""
        return [rij for van, rij, _ in self.alles if van == route and wie.ziet(self.wie_mag[route], rij)]

    def verborgen(self, wie: Aanroeper) -> set[str | int]:
        """All that is told of what a caller may not see, and of nothing that it may."""
        assert self.proef.context is not None
        wel: set[str | int] = {
            FONDSBEHEERDER,
            ADMINISTRATIE,
            GEMEENTE,
            CATALOGUSBEHEER,
            "fiatteur",
            "toegangspunt",
            AANBIEDER,
            COMMISSIE,
            *self.woorden,
            *TOEZIENDEN,
            str(today(self.proef.context.clock)),
        }  # a refusal names them, and a report its day
        niet: set[str | int] = set()
        for route, rij, inhoud in self.alles:
            mag = self.verwacht(wie, route, rij) == 200 and wie.ziet(self.wie_mag[route], rij)
            (wel if mag else niet).update(waarden(inhoud))
        bekend = aaneen(wel)
        return niet - wel - {deel for deel in niet if str(deel) in bekend}


def voor_allen(inhoud: Any) -> Any:
    """What of an answer is for everybody who sees it; of a distribution not the parts, nor their sum."""
    if not isinstance(inhoud, dict) or "aandelen" not in inhoud:
        return inhoud
    return {deel: waarde for deel, waarde in inhoud.items() if deel not in ("aandelen", "regels", "bedragCent")}


def waarden(inhoud: Any) -> Iterator[str | int]:
    """What an answer tells: texts, and numbers that are large enough to mean something."""
    if isinstance(inhoud, dict):
        for deel in inhoud.values():
            yield from waarden(deel)
    elif isinstance(inhoud, list):
        for deel in inhoud:
            yield from waarden(deel)
    elif isinstance(inhoud, str) or (isinstance(inhoud, int) and abs(inhoud) > 9999):
        yield inhoud


def keuzen(deel: Any) -> Iterator[str]:
    """Every text of an enumeration in a specification."""
    if isinstance(deel, dict):
        yield from (een for een in deel.get("enum", []) if isinstance(een, str))
    for onder in deel.values() if isinstance(deel, dict) else deel if isinstance(deel, list) else ():
        yield from keuzen(onder)


def aaneen(gezien: Collection[str | int]) -> str:
    """All texts in one, to look in at once; nothing is found across their borders."""
    return "\0".join(deel for deel in gezien if isinstance(deel, str))


def doorgeschenen(inhoud: Any, verborgen: set[str | int]) -> set[str | int]:
    """What of the hidden is in an answer, also inside a text."""
    gezien = set(waarden(inhoud))
    teksten = aaneen(gezien)
    binnenin = {deel for deel in verborgen if isinstance(deel, str) and len(deel) > 5 and deel in teksten}
    return (gezien & verborgen) | binnenin


def zonder_sommen(inhoud: Any) -> Any:
    """An answer without the sums of a page: those are held against its rows, and may be what something hidden also comes to."""
    if not isinstance(inhoud, dict) or "results" not in inhoud:
        return inhoud
    return {naam: waarde for naam, waarde in inhoud.items() if not naam.endswith("Cent")}


def sommen_kloppen(pagina: Rij) -> bool:
    """Whether the totals of a page are the sums of what is on it, where it is all that was found."""
    rijen = pagina["results"]
    assert pagina["next"] is None
    return pagina["count"] == len(rijen) and all(
        waarde == sum(rij.get(naam, rij.get("bedragCent", 0)) for rij in rijen)
        for naam, waarde in pagina.items()
        if naam.endswith("Cent")
    )


def over_alles(pagina: Rij) -> Rij:
    """What a page says of all pages."""
    return {naam: waarde for naam, waarde in pagina.items() if naam not in ("results", "next", "previous")}


def filterwaarde(waarde: Any) -> str:
    """A value of a row as a filter asks for it: of a path the last part."""
    return str(waarde).rpartition("/")[2]


def filters(wereld: Wereld, route: str) -> Iterator[tuple[str, str]]:
    """Each filter of a list, with every value of it that any row has, and the example of the specification."""
    for vraag in wereld.vragen[route]:
        naam, schema = vraag["name"], vraag["schema"]
        if naam not in ("page", "pageSize"):
            voorkomend = {
                filterwaarde(rij[naam]) for van, rij, _ in wereld.alles if van == route and isinstance(rij.get(naam), str | int)
            }
            voorbeelden = ["true", "false"] if schema.get("type") == "boolean" else [schema["example"]]
            yield from ((naam, waarde) for waarde in voorkomend | {str(een) for een in voorbeelden})


@pytest.mark.parametrize("naam", WIE_MAG)
def test_elke_route_is_voor_wie_hier_staat(naam):
    assert {route: rollen for route, (rollen, _) in lezen(APIS[f"{naam}-v1"]).items()} == {**WIE_MAG[naam], **OVERAL}


@pytest.mark.parametrize("naam", WIE_MAG)
def test_wie_vraagt_krijgt_wat_van_hem_is_en_verder_niets(naam, templates, tmp_path):
    with gevuld(naam, templates, tmp_path) as proef:
        wereld = Wereld(naam, proef)
        for wie in [*AANROEPERS, *ERBIJ.get(naam, [])]:
            verborgen = wereld.verborgen(wie)
            if wie.rol not in (ALLESZIENDE[naam], ACCOUNTANT, "fiatteur"):
                assert len(verborgen) > (4 if naam == "catalogus" or wie.rol in TOEZIENDEN else 20)
            for pad, (route, rij) in wereld.paden.items():
                antwoord = proef.client.get(f"/v1{pad}", headers=wie.kop(proef.kop), params=wereld.vraag(pad))
                assert antwoord.status_code == wereld.verwacht(wie, route, rij), (wie, pad, antwoord.text)
                # A path that is refused may stand in the refusal.
                ongevraagd = {waarde for waarde in verborgen if str(waarde) not in f"/v1{pad}"}
                assert doorgeschenen(zonder_sommen(inhoud_van(antwoord)), ongevraagd) == set(), (wie, pad)
                if antwoord.status_code == 200 and wereld.grootst(pad):
                    assert sommen_kloppen(antwoord.json()), (wie, pad)
                    assert antwoord.json()["count"] == len(wereld.zichtbaar(wie, route)), (wie, pad)
                    een = proef.doe("GET", f"{pad}?pageSize=1", 200, als=wie.kop(proef.kop))
                    assert over_alles(een) == over_alles(antwoord.json()), (wie, pad)


@pytest.mark.parametrize("naam", ["fonds", "abonnement"])
def test_een_filter_toont_niets_van_een_ander(naam, templates, tmp_path):
    with gevuld(naam, templates, tmp_path) as proef:
        wereld = Wereld(naam, proef)
        gevraagd = 0
        for wie, route in itertools.product([*AANROEPERS, *ERBIJ.get(naam, [])], WIE_MAG[naam]):
            if not WIE_MAG[naam][route] or "{" in route or not wereld.grootst(route) or wereld.verwacht(wie, route, {}) != 200:
                continue
            verborgen, zichtbaar = wereld.verborgen(wie), wereld.zichtbaar(wie, route)
            for filter_, waarde in filters(wereld, route):
                gevraagd += 1
                vraag = {**ONBEPERKT, filter_: waarde}
                pagina = proef.doe("GET", route, 200, als=wie.kop(proef.kop), params=vraag)
                assert sommen_kloppen(pagina), (wie, route, vraag)
                assert doorgeschenen(zonder_sommen(pagina), verborgen) == set(), (wie, route, vraag)
                if any(rij.get(filter_) is not None for rij in zichtbaar) or filter_ in ("gemeentecode", "fonds"):
                    assert pagina["count"] == sum(filterwaarde(rij[filter_]) == waarde for rij in zichtbaar), (wie, route, vraag)
        assert gevraagd > 20

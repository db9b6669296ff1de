"""Every form of the catalogue shows exactly what single GETs allow: lists, search, facets, files, expansions, feed and pictures.

The forms are those of the route list: one that is added later is tried too, and must show what there is to show. Every text that
is put down has a mark of its own, so that it is known wherever it appears, in whatever form.
"""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile, is_zipfile

from catalogus_api.voorziening.uitbreiding import UITBREIDINGEN
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.catalogus.besluiten import besluit
from tests.catalogus.factsheets import factsheet
from tests.catalogus.mijlpalen import mijlpaal
from tests.contract.apis import APIS
from tests.contract.gevuld import VOORZIENING, lezen
from tests.contract.proef import Proef
from tests.contract.test_gedrag import PROEVEN
from tests.contract.test_wie_ziet_wat import OVERAL

GAAT_OVER_ANDERS = {
    *("/gemeenten", "/herindelingen", "/samenwerkingsverbanden", "/initiatieven", "/pilots", "/deelnames"),
    *("/dekking", "/collectiviseringsgraad", "/duiding/criteria", "/duiding/wegingen"),
}
"""Forms in which no text about voorzieningen stands. All others must show some."""
VERPLICHT = {"/duiding/rangschikking": "weging=gelijk&", "/duiding/vergelijking": "weging=gelijk&met=gelijk&"}
"""What a form cannot do without."""
WAARDEN = {
    "pageSize": ["500"],
    "zoek": ["merkteken"],
    "expand": [",".join(UITBREIDINGEN)],
    "fields": ["naam,omschrijving,eigenaar"],
    "sorteer": ["-naam"],
    "naam": ["Merkteken"],
    "publicatiestatus": ["concept", "gepubliceerd"],
}
"""Parameters that change what is shown, or of what; each is tried by itself, with as much on a page as there can be."""


@dataclass
class Wereld:
    """What was put down: marks, of texts that were public once or were not."""

    proef: Proef
    tel: Iterator[int]
    merken: list[str] = field(default_factory=list)
    verwijzend: set[str] = field(default_factory=set)
    """Marks of codes and names: they also stand in what refers to them, and that may be hidden when they are not."""

    def merk(self) -> str:
        """A word that is in no other text, and that no index or picture breaks off."""
        letters = "".join("abcdefghij"[int(cijfer)] for cijfer in f"{next(self.tel):05}")
        self.merken.append(f"zq{letters}qz")
        return self.merken[-1]

    def code(self) -> str:
        self.verwijzend.add(merk := self.merk())
        return f"c-{merk}"

    def teksten(self, *leden: str) -> dict[str, str]:
        gegeven = {lid: self.merk() for lid in leden}
        self.verwijzend.add(gegeven["naam"])
        return {lid: f"Merkteken {merk}" for lid, merk in gegeven.items()}

    def maak(self, openbaar: bool, later: bool, mijlpalen: list[tuple[bool, bool]]) -> None:
        """A voorziening with mijlpalen; what is `later`, is published with other texts than it had as a concept."""
        code = self.code()
        leden = ("naam", "omschrijving", "eigenaar", "bronvermelding")
        eerst = {**VOORZIENING, "code": code, "publicatiestatus": _status(openbaar), **self.teksten(*leden)}
        self.proef.doe("POST", "/voorzieningen", 201, json=eerst)
        if later:
            self._wijzig(f"/voorzieningen/{code}", leden)
        gezegd = besluit(voorzieningen=[code], **{lid: f"Merkteken {self.merk()}" for lid in ("titel", "tekst")})
        self.proef.doe("POST", "/besluiten", 201, json=gezegd)
        score = {"voorziening": code, "criterium": "urgentie", "waarde": 3, "toelichting": f"Merkteken {self.merk()}"}
        self.proef.doe("POST", "/duiding/scores", 201, json=score)
        blad = factsheet(publicatiestatus=_status(openbaar or later), ontwikkeldDoor=f"Merkteken {self.merk()}")
        self.proef.doe("POST", f"/voorzieningen/{code}/factsheets", 201, json=blad)
        for zichtbaar, straks in mijlpalen:
            id = self.code()
            mag = zichtbaar and (openbaar or later)  # what is public names no concept
            nieuw = mijlpaal(id, voorziening=code, publicatiestatus=_status(mag), **self.teksten("naam", "omschrijving"))
            self.proef.doe("POST", "/mijlpalen", 201, json=nieuw)
            if straks and (openbaar or later):
                self._wijzig(f"/mijlpalen/{id}", ("naam", "omschrijving"))

    def _wijzig(self, pad: str, leden: tuple[str, ...]) -> None:
        anders = {**self.teksten(*leden), "publicatiestatus": "gepubliceerd"}
        self.proef.doe("PATCH", pad, 200, json=anders, headers={"If-Match": "*"})

    def vragen(self, pad: str) -> dict[str, list[str]]:
        """By name of a parameter, the values to try that it takes."""
        gevonden = {}
        for vraag in self.proef.telling.document["paths"][pad]["get"].get("parameters", []):
            kan = vraag["schema"].get("enum")
            gevonden[vraag["name"]] = [een for een in WAARDEN.get(vraag["name"], []) if kan is None or een in kan]
        return gevonden

    def varianten(self, route: str) -> Iterator[str]:
        """The queries with which a form is tried; the first asks everything."""
        namen = self.vragen(route)
        vast = "pageSize=500&" if "pageSize" in namen else VERPLICHT.get(route, "")
        yield f"?{vast}".rstrip("?&")
        for naam, waarden in namen.items():
            yield from (f"?{vast}{naam}={waarde}" for waarde in waarden if naam != "pageSize")

    def gezien(self, pad: str, kop: dict[str, str]) -> tuple[int, set[str]]:
        antwoord = self.proef.client.get(f"/v1{pad}", headers=kop)
        if antwoord.status_code != 200:  # a refusal repeats the path
            return antwoord.status_code, set()
        tekst = leesbaar(antwoord.content)
        if "json" in antwoord.headers["content-type"]:
            pagina = json.loads(antwoord.content)
            if {"count", "results", "next"} <= set(pagina):
                assert pagina["count"] == len(pagina["results"]), pad
        return antwoord.status_code, {merk for merk in self.merken if merk in tekst}


def _status(openbaar: bool) -> str:
    return "gepubliceerd" if openbaar else "concept"


def leesbaar(inhoud: bytes) -> str:
    """All text of an answer, also inside a file: what is zipped, and lines that a calendar breaks off."""
    if is_zipfile(io.BytesIO(inhoud)):
        with ZipFile(io.BytesIO(inhoud)) as bestand:
            return "".join(bestand.read(naam).decode() for naam in bestand.namelist())
    if inhoud.startswith(b"%PDF"):
        return "".join(bladzij.extract_text() for bladzij in PdfReader(io.BytesIO(inhoud)).pages)
    return inhoud.decode().replace("\r\n ", "")


def enkele(wereld: Wereld, routes: list[str], kop: dict[str, str]) -> Iterator[str]:
    """Every path of one thing (or of a part of it) that a list names."""
    for route in routes:
        if deel := re.fullmatch(r"(/[^{]+)/\{(\w+)\}([^{]*)", route):
            lijst, sleutel, rest = deel.groups()
            if lijst in routes and lijst not in GAAT_OVER_ANDERS:
                rijen = wereld.proef.doe("GET", f"{lijst}?pageSize=500", 200, als=kop)["results"]
                for rij in rijen:
                    if any(merk in json.dumps(rij) for merk in wereld.merken):
                        yield f"{lijst}/{rij[sleutel]}{rest}"


DING = st.tuples(st.booleans(), st.booleans(), st.lists(st.tuples(st.booleans(), st.booleans()), max_size=2))


def test_elke_vorm_toont_wat_losse_aanvragen_toestaan(templates, tmp_path):
    routes = sorted(set(lezen(APIS["catalogus-v1"])) - set(OVERAL))
    vormen = [route for route in routes if "{" not in route]
    tel = itertools.count(1)
    with PROEVEN["catalogus"][0](templates, tmp_path) as proef:
        beheer = proef.kop()
        anderen = [{}, proef.kop("onbekend", gemeentecode="GM0344"), proef.kop("gemeente", gemeentecode="GM0344")]

        # A published one and a concept at least, and one that was both.
        @given(
            st.lists(DING, max_size=3).map(lambda meer: [(True, False, [(True, True)]), (False, True, [(False, False)]), *meer])
        )
        @settings(
            max_examples=3,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def probeer(dingen: list[tuple[bool, bool, list[tuple[bool, bool]]]]) -> None:
            wereld = Wereld(proef, tel)
            for openbaar, later, mijlpalen in dingen:
                wereld.maak(openbaar, later, mijlpalen)
            paden = list(enkele(wereld, routes, beheer))
            assert len(paden) > 4 * len(dingen)
            mag = [set[str]().union(*(wereld.gezien(pad, kop)[1] for pad in paden)) for kop in (beheer, *anderen)]
            assert mag[0] == set(wereld.merken) and mag[1] == mag[2] == mag[3] < mag[0]
            for route in vormen:
                for nummer, vraag in enumerate(wereld.varianten(route)):
                    alles = wereld.gezien(route + vraag, beheer)[1]
                    assert alles <= mag[0]
                    heel = nummer == 0
                    for kop, toegestaan in list(zip(anderen, mag[1:], strict=True))[: None if heel else 1]:
                        status, gezien = wereld.gezien(route + vraag, kop)
                        assert status == 200, (route, vraag)
                        assert gezien <= toegestaan, (route, vraag, kop, gezien - toegestaan)
                        gemist = (alles & toegestaan) - gezien - wereld.verwijzend
                        assert gemist == set(), (route, vraag, kop, gemist)
                        if heel:
                            assert bool(gezien) is (route not in GAAT_OVER_ANDERS), (route, kop)
            for pad in paden:  # with what belongs to it
                if re.fullmatch("/voorzieningen/[^/]+", pad):
                    for kop, toegestaan in zip((beheer, *anderen), mag, strict=True):
                        assert wereld.gezien(f"{pad}?expand={','.join(UITBREIDINGEN)}", kop)[1] <= toegestaan, pad

        probeer()

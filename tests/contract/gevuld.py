"""Services with a small world in them: of everything that a list can show, some of one gemeente and some of others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fonds_api.bijdrage import service as bijdrage
from fonds_api.omslag.rules import Inwonertal
from gateway.peer import repository as peers
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.route import Access
from gemeengoed_lokaal.bank import EIGEN_IBAN, Bijschrijving, afschrift, test_iban

from tests.abonnement.aanbiedingen import AANBOD, BETALER, TEKENT, antwoord
from tests.abonnement.test_factuurstuk import VERKOPER, VRIJ, afnemer
from tests.catalogus.besluiten import besluit
from tests.catalogus.deelnames import VOORWAARDEN, deelname
from tests.catalogus.factsheets import factsheet, post
from tests.catalogus.mijlpalen import mijlpaal
from tests.cbs import gemeenten_op
from tests.contract import (
    scenario_abonnement_tarief,
    scenario_abonnement_verantwoording,
    scenario_catalogus_levensloop,
    scenario_fonds_uitvoering,
    scenario_fonds_zegel,
)
from tests.contract.proef import Proef
from tests.contract.scenario_abonnement_bezorging import LATER
from tests.contract.scenario_abonnement_ronde import GRENZEN, keur_goed
from tests.contract.test_gedrag import PROEVEN
from tests.fonds import inkoop
from tests.fonds.begrotingen import CSV, SAMEN, gedekt, vraag
from tests.fonds.besluiten import stel_vast
from tests.fonds.indexaties import cijfer, clausule, indexatie, reeks, toepassing
from tests.fonds.omslagen import BESLUIT, DAG, banden, besloten, gepeild, omslag, ontvangst, vast

EIGEN, ANDER, DERDE = "GM0003", "GM0363", "GM0518"
"""A gemeente, one with another package and other amounts, and one more."""
OMSLAG = ("ggu", 2020)
VOORZIENING = {
    "naam": "Proefvoorziening",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Voor deze test.",
    "bronvermelding": "Verzonnen (test)",
}
"""A new one needs a code besides."""
CONCEPTEN = {"a-concept", "b-concept"}
"""Voorzieningen that only catalogusbeheer sees."""
PEERS = [f"0000009900000000001{nummer}" for nummer in (1, 2, 3)]
"""Hosted by the gateway."""
DEELGENOMEN = "kindertelefoon"
"""With deelnames and versions of their conditions."""
DEELNEMERS = {(code, DEELGENOMEN) for code in (ANDER, DERDE, "GM0599")} | {(code, "gibit") for code in (ANDER, DERDE)}
MIJLPAAL = "proef"
"""With two versions."""
INKOOP = {"traject-een": (EIGEN, ANDER), "traject-twee": (ANDER, DERDE)}
"""Trajecten with who takes part."""


@contextmanager
def gevuld(naam: str, templates: Any, folder: Any) -> Iterator[Proef]:
    """A service, filled."""
    with PROEVEN[naam][0](templates, folder) as proef:
        {"catalogus": _catalogus, "fonds": _fonds, "abonnement": _abonnement, "gateway": _gateway}[naam](proef)
        yield proef


def lezen(api: FastAPI) -> dict[str, tuple[frozenset[str], bool]]:
    """Every GET of an API: path to (roles that may use it, whether it is a list in pages). Without roles it is public."""
    gevonden = {}
    for context in iter_route_contexts(api.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
            (toegang,) = [d.call for d in route.dependant.dependencies if isinstance(d.call, Access)]
            vragen = api.openapi()["paths"][context.path]["get"].get("parameters", [])
            gevonden[context.path] = (toegang.roles, any(vraag["name"] == "pageSize" for vraag in vragen))
    return gevonden


def _catalogus(proef: Proef) -> None:
    """A herindeling, two samenwerkingsverbanden, concepts, and one that was published with another text."""
    delen = [{"van": "GM1696", "naar": "GM0402"}]
    proef.doe("POST", "/herindelingen", 201, json={"ingangsdatum": "2026-01-01", "delen": delen})
    for code, leden in (("proefverband-a", [ANDER, DERDE]), ("proefverband-b", [ANDER])):
        verband = {"code": code, "naam": f"{code} (test)", "vanaf": "2020-01-01", "leden": leden}
        proef.doe("POST", "/samenwerkingsverbanden", 201, json=verband)
    for code in (*sorted(CONCEPTEN), "c-eerst-concept"):
        eigen = {
            "eigenaar": f"Stichting {code} (test)",
            "omschrijving": f"Geheim van {code} vooraf.",
            "bouwstenen": [f"Blok {code}"],
        }
        proef.doe("POST", "/voorzieningen", 201, json={**VOORZIENING, "code": code, "naam": f"Proef {code}", **eigen})
    openbaar = {"publicatiestatus": "gepubliceerd", "omschrijving": "Openbaar.", "eigenaar": None, "bouwstenen": []}
    proef.doe("PATCH", "/voorzieningen/c-eerst-concept", 200, json=openbaar, headers={"If-Match": '"1"'})
    proef.doe("PATCH", "/voorzieningen/kindertelefoon", 200, json={"prioriteit": "C2"}, headers={"If-Match": '"1"'})
    for code in CONCEPTEN:
        proef.doe(
            "POST", "/besluiten", 201, json=besluit(voorzieningen=[code], titel=f"Geheim over {code}", tekst=f"Straks {code}.")
        )
    proef.doe("POST", "/besluiten", 201, json=besluit())
    scenario_catalogus_levensloop.vullen(proef)
    _factsheets(proef)
    proef.doe("POST", "/mijlpalen", 201, json=mijlpaal(MIJLPAAL))
    proef.doe("PATCH", f"/mijlpalen/{MIJLPAAL}", 200, json={"naam": "Verschoven"}, headers={"If-Match": '"1"'})
    _deelnames(proef)
    geheim = {naam: f"Een geheime {naam}" for naam in ("naam", "omschrijving", "bronvermelding")}
    proef.doe("POST", "/mijlpalen", 201, json=mijlpaal("nog-geheim", begin="2019-07-01", publicatiestatus="concept", **geheim))


def _deelnames(proef: Proef) -> None:
    """Two versions of conditions, and deelnames that everybody, gemeenten or the others who take part may see."""
    for versie in (1, 2):
        anders = {"vanaf": "2020-01-01" if versie == 1 else "2026-01-15", "kosten": f"Kosten {versie} (test)."}
        proef.doe("POST", f"/voorzieningen/{DEELGENOMEN}/deelnamevoorwaarden", 201, json={**VOORWAARDEN, **anders})
    proef.doe("POST", "/voorzieningen/gibit/deelnamevoorwaarden", 201, json=VOORWAARDEN)
    for gemeente, zichtbaarheid in ((DERDE, "gemeenten"), (ANDER, "iedereen"), ("GM0599", "deelnemers")):
        wie = {"zichtbaarheid": zichtbaarheid}
        proef.doe("POST", "/deelnames", 201, json=deelname(gemeente, DEELGENOMEN, voorwaardenVersie=2, **wie))
    proef.doe("POST", "/deelnames", 201, json=deelname(ANDER, "gibit", zichtbaarheid="deelnemers"))
    proef.doe("POST", "/deelnames", 201, json=deelname(DERDE, "gibit", zichtbaarheid="iedereen"))


def ingevuld(proef: Proef, pad: str) -> str:
    """The path of a list that has something in it."""
    if pad.startswith("/fondsen/"):
        return pad.replace("{code}", "derdengelden").replace("{nummer}", "1300")
    if pad.startswith("/voorvertoningen/"):
        return pad.replace("{id}", proef.doe("GET", "/voorvertoningen", 200)["results"][0]["id"])
    if pad.startswith("/aanbiedingen/"):
        return pad.replace("{code}", "aanbod-een")
    if pad.startswith("/aanbieders/"):
        return pad.replace("{code}", "administratiebureau")
    if pad.startswith("/verplichtingen/"):
        return pad.replace("{id}", proef.doe("GET", "/verplichtingen", 200)["results"][0]["id"])
    if pad.startswith("/aansluitingen/"):
        return pad.replace("{id}", proef.doe("GET", "/aansluitingen", 200)["results"][0]["id"])
    if pad.startswith("/initiatieven/"):
        id = proef.doe("GET", "/initiatieven?status=aangenomen", 200)["results"][0]["id"]
    else:
        id = proef.doe("GET", "/pilots", 200)["results"][0]["id"] if pad.startswith("/pilots/") else MIJLPAAL
    if pad.startswith("/inkooptrajecten/"):
        return pad.replace("{code}", "traject-een")
    einde = pad.rpartition("/")[2]
    leeft, neemt_deel = einde in ("steun", "faseovergangen", "impactanalyses"), einde in ("deelnames", "deelnamevoorwaarden")
    code = "kindertelefoon-2" if leeft else DEELGENOMEN if neemt_deel else "kindertelefoon"
    met = {"{peer_id}": PEERS[0], "{id}": id, "{code}": ANDER if pad.startswith("/gemeenten/") else code}
    return re.sub(r"\{\w+\}", lambda naam: met[naam[0]], pad)


def _factsheets(proef: Proef) -> None:
    """Published and concept versions of what is published, and a concept of a concept; scores of both."""
    for code, publicatiestatus in (
        ("kindertelefoon", "gepubliceerd"),
        ("kindertelefoon", "gepubliceerd"),
        ("kindertelefoon", "concept"),
        ("a-concept", "concept"),
    ):
        eigen = f"{publicatiestatus} factsheet van {code}"
        inhoud = factsheet(publicatiestatus=publicatiestatus, ontwikkeldDoor=eigen, posten=[post(omschrijving=eigen)])
        eerder = proef.client.get(f"/v1/voorzieningen/{code}/factsheet", headers=proef.kop()).headers.get("etag")
        kop = {"If-Match": eerder} if eerder else {}
        proef.doe("POST", f"/voorzieningen/{code}/factsheets", 201, json=inhoud, headers=kop)
    for code in ("kindertelefoon", "luisterend-oor", "a-concept"):
        score = {"voorziening": code, "criterium": "urgentie", "waarde": 3, "toelichting": f"Oordeel over {code} (test)"}
        proef.doe("POST", "/duiding/scores", 201, json=score)
    weging = {"code": "proef", "naam": "Proef", "toelichting": "Test", "gewichten": [{"criterium": "urgentie", "gewicht": 1}]}
    proef.doe("POST", "/duiding/wegingen", 201, json=weging)


def _fonds(proef: Proef) -> None:
    nummers = itertools.count(1)
    for fonds, tegenrekening in (("derdengelden", "2310"), ("ggu", "8000")):
        for cent in (1234567, 7654321):
            nummer = next(nummers)
            regels = [
                {"rekening": "1300", "bedragCent": cent + nummer},
                {"rekening": tegenrekening, "bedragCent": -cent - nummer},
            ]
            boeking = {
                "fonds": fonds,
                "boekdatum": "2018-01-15",
                "omschrijving": f"Boeking {nummer} in {fonds}",
                "bron": {"bron": "abonnement", "pad": f"/v1/facturen/2018-{nummer:06d}"},
                "regels": regels,
            }
            proef.doe("POST", "/boekingen", 201, json=boeking, headers={"Idempotency-Key": f"b{nummer}"})
    _perioden_en_voorstellen(proef)
    fonds, jaar = OMSLAG
    proef.doe("POST", "/bijdragerondes", 202, json={"fonds": fonds, "jaar": jaar})
    assert proef.context is not None
    inwoners = {g["code"]: (g["naam"], g["inwoners"]["aantal"]) for g in gemeenten_op(f"{jaar}-01-01")}
    with proef.context.work(Actor()) as work:
        gemeenten = [Inwonertal(code, *inwoners[code], date(jaar, 1, 1)) for code in (EIGEN, ANDER, DERDE)]
        bijdrage.vaststellen(work, f"{fonds}-{jaar}", gemeenten)
    _begrotingen(proef)
    _omslagen(proef)
    scenario_fonds_uitvoering.vullen(proef)
    _indexaties(proef)
    _inkooptrajecten(proef)
    scenario_fonds_zegel.vul(proef)


def _inkooptrajecten(proef: Proef) -> None:
    """Each with two settlements, of which some was paid."""
    for nummer, (code, deelnemers) in enumerate(INKOOP.items()):
        pad = f"/inkooptrajecten/{code}"
        proef.doe("POST", "/inkooptrajecten", 201, json=inkoop.traject(code))
        for deel, gemeente in enumerate(deelnemers, 3):
            proef.doe("POST", f"{pad}/deelnemers", 201, json=inkoop.mutatie(gemeente, deel))
        proef.doe("POST", f"{pad}/posten", 201, json=inkoop.post("voorfinanciering", 99_000_000 + nummer))
        for cent in (1_110_000, 2_220_000, 4_440_000):
            proef.doe("POST", f"{pad}/posten", 201, json=inkoop.post("kosten", cent + nummer))
            if cent > 2_000_000:
                proef.doe("POST", f"{pad}/afrekeningen", 201, json=inkoop.AFREKENING)
        for cent in (87_654, 98_765):
            mag = {"soort": "aflossing", "bedragCent": cent + nummer, "naam": f"Machtiger van {code}", "toelichting": "Proef"}
            proef.doe("POST", f"{pad}/machtigingen", 201, json=mag)
        opgave = {"deelnemer": inkoop.wie(f"verband-{nummer}"), "peildatum": "2018-01-01"}
        proef.doe("POST", "/inkoopopgaven", 202, json=opgave)
        for deel, gemeente in enumerate(deelnemers):
            proef.doe("POST", f"{pad}/posten", 201, json=inkoop.post("ontvangst", 45_678 + 10 * nummer + deel, gemeente))


def _indexaties(proef: Proef) -> None:
    """Of everything two; what is published is for everybody who may ask."""
    for nummer, code in enumerate(("cpi-een", "cpi-twee")):
        proef.doe("POST", "/indexreeksen", 201, json=reeks(code))
        proef.doe("POST", "/indexcijfers", 201, json=cijfer(code, 2018, f"1.{nummer}"))
        proef.doe("POST", "/indexclausules", 201, json=clausule(f"proef-{nummer}", {code: "100"}))
        een = proef.doe("POST", "/indexaties", 201, json=indexatie(f"proef-{nummer}"))
        proef.doe("POST", "/indexatietoepassingen", 201, json=toepassing(een["id"], "10", f"/v1/tarieven/proef-{nummer}"))


def _perioden_en_voorstellen(proef: Proef) -> None:
    """Of each fonds a closed and an open period, and an entry that waits for somebody else."""
    for fonds, tegenrekening in (("derdengelden", "2310"), ("ggu", "8000")):
        for dag in ("2014-12-31", "2018-12-31"):
            proef.doe("POST", f"/fondsen/{fonds}/perioden", 201, json={"totEnMet": dag})
        stap = {"naar": "voorlopig_gesloten", "naam": f"Sluiter van {fonds} (test)"}
        proef.doe("POST", f"/fondsen/{fonds}/perioden/2014-12-31/stappen", 200, json=stap, headers={"If-Match": "*"})
        ogen = {"vanafCent": 23_456_789, "vrijeBronnen": []}
        pad = f"/fondsen/{fonds}/vier-ogen"
        proef.doe("PUT", pad, 200, als=proef.kop("bestuur"), json=ogen, headers={"If-Match": "*"})
        cent = 34_567_890 + len(fonds)
        boeking = {
            "fonds": fonds,
            "boekdatum": "2018-01-15",
            "omschrijving": f"Wachtende boeking in {fonds}",
            "bron": {"bron": "memoriaal", "pad": f"/v1/memoriaal/{fonds}-1"},
            "regels": [{"rekening": "1300", "bedragCent": cent}, {"rekening": tegenrekening, "bedragCent": -cent}],
        }
        proef.doe("POST", "/boekingen", 202, json=boeking, headers={"Idempotency-Key": f"wacht-{fonds}"})


def _omslagen(proef: Proef) -> None:
    """A decided levy with a round, nota's, receipts and two settlements of three gemeenten; proposals, of which one is shared."""
    assert proef.context is not None
    proef.doe("POST", "/omslagen", 201, json=omslag(omschrijving="Besloten voor 2018"))
    proef.doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 202, als=proef.kop("bestuur"), json=BESLUIT)
    besloten(proef.context, "ggu-2018-1")
    proef.doe("POST", "/omslagen", 201, json=banden("klasse", 2019, gedeeld=True, omschrijving="Gedeeld voor 2019"))
    proef.doe("POST", "/omslagen", 201, json=banden("schijf", 2019, omschrijving="Nog geheim voor 2019"))
    proef.doe("POST", "/bijdragerondes", 202, json={"fonds": "ggu", "jaar": 2018})
    drie = {code: g for g in gemeenten_op("2018-01-01") if (code := g["code"]) in (EIGEN, ANDER, DERDE)}

    def inwoners(erbij: int) -> list[Inwonertal]:
        return [
            Inwonertal(code, g["naam"], g["inwoners"]["aantal"] + (erbij if code != ANDER else 0), DAG, "definitief")
            for code, g in sorted(drie.items())
        ]

    vast(proef.context, "ggu-2018", inwoners(0))
    proef.doe("POST", "/notarondes", 201, json={"ronde": "ggu-2018", "termijn": 1})
    for nota in proef.doe("GET", "/notas", 200)["results"]:
        deel = ontvangst(
            nota["bedragCent"] - 12_345, (nota["id"], nota["bedragCent"] - 23_456), gemeentecode=nota["gemeentecode"]
        )
        proef.doe("POST", "/ontvangsten", 201, json={**deel, "omschrijving": f"Betaald op {nota['id']}"})
    proef.doe("POST", "/notarondes", 201, json={"ronde": "ggu-2018", "termijn": 2})
    eerste, tweede = ([n for n in proef.doe("GET", "/notas", 200)["results"] if n["termijn"] == nr] for nr in (1, 2))
    for nummer, (een, twee) in enumerate(zip(eerste, tweede, strict=True)):
        proef.doe("POST", f"/notas/{een['id']}/creditnotas", 201, json={"bedragCent": 40_000 + nummer, "reden": "Proef"})
        samen = {"van": een["id"], "met": twee["id"], "bedragCent": 11_111 + nummer, "reden": f"Verrekend {een['id']} (test)"}
        proef.doe("POST", "/verrekeningen", 201, json=samen)
    bron = {"bron": "memoriaal", "pad": "/v1/stukken/1"}
    regels = [{"rekening": "1100", "bedragCent": 33_333}, {"rekening": "1300", "bedragCent": -33_333}]
    anders = {"fonds": "ggu", "boekdatum": "2018-01-15", "omschrijving": "Iets anders op de bank", "bron": bron, "regels": regels}
    proef.doe("POST", "/boekingen", 201, json=anders, headers={"Idempotency-Key": "iets-anders"})
    for erbij in (1_000, 2_345):
        nieuw = {"ronde": "ggu-2018", "peiling": gepeild(proef.context, inwoners(erbij)), "omschrijving": f"Correctie {erbij}"}
        proef.doe("POST", "/afrekeningen", 201, json=nieuw)


def _begrotingen(proef: Proef) -> None:
    """Of two years the adopted version; of one of them also a concept after it, of a third only a concept."""
    kop = {"Content-Type": CSV}
    for jaar, tekst, ook_vast in (
        (2019, "Gewoon", True),
        (2020, "Ook gewoon", True),
        (2020, "Geheim", False),
        (2021, "Nog geheim", False),
    ):
        soort = "jaarplan" if tekst == "Geheim" else "kaderbegroting"
        inhoud = gedekt(54_321 + jaar + len(tekst), btw=12_345, tekst=f"{tekst} van {jaar}")
        pad = f"/begrotingen?{vraag(jaar, soort, titel=f'{tekst} in {jaar}')}"
        begroting = proef.doe("POST", pad, 201, content=inhoud, headers=kop)
        if ook_vast:
            wie = proef.kop("ledenvergadering")
            proef.doe("POST", f"/begrotingen/{begroting['id']}/vaststellingen", 202, als=wie, json=SAMEN)
            assert proef.context is not None
            stel_vast(proef.context, begroting["id"])


def _abonnement(proef: Proef) -> None:
    """Three years: all invoiced, and of each something paid and distributed; and offers, herindelingen and payers."""
    factuurstukken(proef)
    besluit = proef.doe("GET", "/tariefbesluiten", 200)["results"][0]
    invoer = proef.telling.document["components"]["schemas"]["NieuwTariefbesluit"]["properties"]
    for jaar in (2017, 2019):
        nieuw = {**{naam: besluit[naam] for naam in invoer}, "id": f"besluit-{jaar}", "eersteJaar": jaar, "laatsteJaar": jaar}
        proef.doe("POST", "/tariefbesluiten", 201, json=nieuw)
    scenario_abonnement_tarief.gevuld(proef)
    for nummer, code in enumerate(("GM0088", "GM0599")):
        proef.doe("PUT", f"/afnemers/{code}", 200, json={"peerId": f"0000009900000000010{nummer}"})
    aanmelding = {"begindatum": "2017-01-01", "einddatum": "2021-12-31", "pakket": "volledig"}
    anders = [{"gemeentecode": ANDER, "pakket": "zonder-luisterend-oor"}]
    for jaar in (2017, 2018, 2019):
        # The same three all these years, and not as many inhabitants.
        proef.outway.gemeenten = [
            {**g, "inwoners": {**g["inwoners"], "peildatum": f"{jaar}-01-01", "aantal": g["inwoners"]["aantal"] + jaar}}
            for g in gemeenten_op("2018-01-01")
            if g["code"] in (EIGEN, ANDER, DERDE)
        ]
        if jaar == 2017:
            proef.doe("POST", "/collectieve-aanmeldingen", 202, json={**aanmelding, "uitzonderingen": anders})
            _werk(proef)
        wie = proef.kop("fiatteur")
        proef.doe("PUT", f"/facturatiegrenzen/{jaar}", 200, als=wie, json={**GRENZEN, "gemeenteProcent": jaar - 1950})
        proef.doe("POST", "/facturatierondes", 202, json={"jaar": jaar})
        _werk(proef)
        keur_goed(proef, jaar)
        _werk(proef)
        _ontvangen(proef, jaar)
    for factuur in proef.doe("GET", "/facturen?jaar=2019", 200)["results"]:
        proef.doe("POST", f"/facturen/{factuur['nummer']}/creditnotas", 201, json={"reden": f"Proef {factuur['nummer']}"})
    _werk(proef)
    scenario_abonnement_verantwoording.vullen(proef, (EIGEN, ANDER, DERDE), _werk)
    _aanbod(proef)
    bezorgd(proef)
    herinnerd(proef)
    for nummer in range(2):
        proef.outway.boekingen.popitem()
        proef.doe("POST", "/aansluitingen", 202, headers={"Idempotency-Key": f"aansluiting-{nummer}"})
        _werk(proef)


def bezorgd(proef: Proef) -> None:
    """One gemeente by an access point, the others by mail; the first of each was sent."""
    wijzen = {EIGEN: "email", ANDER: "toegangspunt", DERDE: "email"}
    nieuw = [{"gemeentecode": code, "vanaf": "2018-01-01", "wijze": wijze} for code, wijze in wijzen.items()]
    proef.doe("POST", "/bezorgwijzen", 200, json={"wijzen": nieuw})
    for een in proef.doe("GET", "/bezorgingen?jaar=2017", 200)["results"]:
        proef.doe("POST", f"/bezorgingen/{een['nummer']}/aanbiedingen", 200, json={"kenmerk": f"Verzonden {een['nummer']}"})


def herinnerd(proef: Proef) -> None:
    """One disputes, another has an arrangement for the last year; of the rest there are letters."""
    ladder = proef.doe("GET", "/herinneringsbeleid", 200)["results"][0]["stappen"]
    proef.doe("PUT", "/herinneringsbeleid/2018-01-01", 200, json={"stappen": ladder[:2], "bron": "Proef"})
    for code, soort in ((EIGEN, "betwist"), (ANDER, "betalingsregeling")):
        (factuur,) = proef.doe("GET", f"/facturen?jaar=2018&gemeentecode={code}", 200)["results"]
        wens = {"factuur": factuur["nummer"], "soort": soort, "totEnMet": "2099-12-31", "toelichting": f"Proef {code}"}
        proef.doe("POST", "/aanhoudingen", 201, json=wens)
    assert proef.context is not None
    proef.context.clock = LATER
    proef.doe("POST", "/herinneringen", 200)


def _aanbod(proef: Proef) -> None:
    """Two offers that two refuse and one does not answer, payers of two, herindelingen with a decision, and two renewals."""
    for code in ("aanbod-een", "aanbod-twee"):
        dagen = {"begindatum": "2019-01-01", "einddatum": "2022-12-31"}
        proef.doe("POST", "/aanbiedingen", 202, json={**AANBOD, "code": code, **dagen})
        _werk(proef)
        proef.doe("POST", f"/aanbiedingen/{code}/rappels", 201, json={"stap": 1})
        for nummer, gemeente in enumerate((EIGEN, ANDER)):
            wie = {**TEKENT, "naam": f"Tekenaar van {gemeente} (test)", "kenmerk": f"Kenmerk {code} {nummer} (test)"}
            weigert = antwoord(gemeente, antwoord="afgewezen", ondertekenaar=wie)
            proef.doe("POST", f"/aanbiedingen/{code}/antwoorden", 201, json=weigert)
    for nummer, gemeente in enumerate((EIGEN, ANDER)):
        betaler = {**BETALER, "naam": f"Betaler {nummer} (test)", "ordernummer": f"ORD-{nummer}"}
        proef.doe("PUT", f"/betalers/betaler-{nummer}", 200, json=betaler)
        wie = {"gemeentecodes": [gemeente], "betaler": f"betaler-{nummer}"}
        proef.doe("POST", "/betaalafspraken", 201, json={**wie, "vanaf": "2018-01-01", "bron": f"Afspraak {nummer} (test)"})
    for nummer in (2, 3):
        verlenging = {
            "lopendTotEnMet": f"202{nummer - 1}-12-31",
            "totEnMet": f"202{nummer}-12-31",
            "gremium": f"Gremium {nummer}",
        }
        proef.doe("POST", "/verlengingen", 201, json={**verlenging, "datum": "2018-01-02", "bron": f"Verlenging {nummer}"})
    nieuw = ("GM9001", "GM9002")
    proef.outway.herindelingen = [
        {"ingangsdatum": "2018-06-01", "oudeCode": DERDE, "nieuweCode": code, "nieuwIngesteld": False} for code in nieuw
    ]
    proef.outway.alle = [
        {"code": DERDE, "naam": "Proef van vroeger", "einddatum": "2018-05-31"},
        *({"code": code, "naam": f"Proef van {code}", "einddatum": None} for code in nieuw),
    ]
    for dag in ("2018-05-01", "2018-06-01"):
        proef.doe("POST", "/overgangsrondes", 202, json={"totEnMet": dag})
        _werk(proef)
    beslist = {"naam": "Een beslisser (test)", "functie": "Beslist (test)", "grondslag": "raadsbesluit"}
    beslist |= {"kenmerk": "Raadsbesluit 7 (test)", "besluitdatum": "2017-04-04"}
    overgang = proef.doe("GET", "/overgangen", 200)["results"][0]
    proef.doe(
        "POST", f"/overgangen/{overgang['id']}/besluiten", 201, json={"ondertekenaar": beslist, "toelichting": "Besluit (test)"}
    )


def factuurstukken(proef: Proef) -> None:
    """What e-invoices are made of."""
    verkoper = "/aanbieders/{}/verkopergegevens".format
    for nummer, aanbieder in enumerate(proef.doe("GET", "/aanbieders", 200)["results"]):
        proef.doe("PUT", verkoper(aanbieder["code"]), 200, json={**VERKOPER, "kvk": f"9900001{nummer}"})
        for dienst in ("vertrouwenswerk", "kindertelefoon", "luisterend-oor", "beheer-en-betaling"):
            proef.doe("PUT", f"/aanbieders/{aanbieder['code']}/btw/{dienst}", 200, json=VRIJ)
    for jaar in (2000, 2001):
        proef.doe("PUT", f"/verkoopwijzen/{jaar}", 200, json={"wijze": "bureau", "bron": f"Proef {jaar}"})
    gegevens = [
        {"gemeentecode": code, **afnemer(nummer, email=f"facturen@proef{nummer}.example")}
        for nummer, code in enumerate((EIGEN, ANDER, DERDE))
    ]
    proef.doe("POST", "/factuurgegevens", 200, json={"gegevens": gegevens})


def _ontvangen(proef: Proef, jaar: int) -> None:
    """One pays all, another a part, and somebody something unknown."""
    eerste, tweede, *_ = proef.doe("GET", f"/facturen?jaar={jaar}", 200)["results"]
    posten = [
        Bijschrijving(eerste["bedragCent"], f"Betaler van {eerste['nummer']}", test_iban(7), eerste["betalingskenmerk"], None),
        Bijschrijving(tweede["bedragCent"] - jaar, f"Betaler van {tweede['nummer']}", test_iban(8), None, tweede["nummer"]),
        Bijschrijving(100_000 + jaar, f"Vreemde uit {jaar}", test_iban(9), None, "zomaar"),
    ]
    dag = date(2018, 2, jaar - 2000)
    inhoud = afschrift(posten, nummer=f"{jaar}-046", dag=dag, eigen_iban=EIGEN_IBAN)
    uit = (
        '<Ntry><Amt Ccy="EUR">{}.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>'
        f"{dag}</Dt></BookgDt></Ntry>"
    )
    inhoud = inhoud.replace(b"</Stmt>", (uit.format(1) + uit.format(2) + "</Stmt>").encode())
    proef.doe("POST", "/bankafschriften", 201, content=inhoud, headers={"Content-Type": "application/xml"})
    betaling = proef.doe("GET", "/betalingen?gekoppeld=true", 200)["results"][-1]
    eigen = f"/betalingen/{betaling['id']}"
    nummer = betaling["factuur"].removeprefix("/v1/facturen/")
    proef.doe("POST", f"{eigen}/ontkoppelingen", 201, json={"factuur": nummer, "toelichting": "proef"})
    proef.doe("POST", f"{eigen}/koppelingen", 201, json={"facturen": [{"factuur": nummer}], "toelichting": "proef"})
    niet = proef.doe("POST", "/verdelingen", 201, json={"totEnMet": str(dag)})
    proef.doe("POST", f"/verdelingen/{niet['id']}/afwijzingen", 200, json={"reden": f"Nog niet in {jaar}"})
    verdeling = proef.doe("POST", "/verdelingen", 201, json={"totEnMet": str(dag)})
    proef.doe("POST", f"/verdelingen/{verdeling['id']}/vaststellingen", 200, als=proef.kop("fiatteur"))
    for nummer, aanbieder in enumerate(("stichting-akj", "stichting-kindertelefoon")):
        gegevens = {**VERKOPER, "naam": f"Proef {aanbieder}", "kvk": f"9900002{nummer}", "iban": test_iban(500 + nummer)}
        proef.doe("PUT", f"/aanbieders/{aanbieder}/verkopergegevens", 200, json=gegevens)
    wie = {"aanbieders": ["stichting-akj", "stichting-kindertelefoon"]}
    opdracht = proef.doe("POST", f"/verdelingen/{verdeling['id']}/betaalopdrachten", 201, json=wie)
    proef.doe("POST", f"/betaalopdrachten/{opdracht['id']}/goedkeuringen", 200, als=proef.kop("fiatteur"))
    geweigerd = {"soort": "geweigerd", "regels": [1], "toelichting": f"Proef {jaar}"}
    proef.doe("POST", f"/betaalopdrachten/{opdracht['id']}/uitkomsten", 200, json=geweigerd)
    _werk(proef)


def _werk(proef: Proef) -> None:
    assert proef.context is not None and proef.context.jobs is not None
    proef.context.jobs.run_waiting(proef.context)


def _gateway(proef: Proef) -> None:
    """Three peers, of which the first has two of everything."""
    for nummer in (1, 2, 3):
        peer = {
            "peerId": PEERS[nummer - 1],
            "naam": f"Peer {nummer} (test)",
            "managerHost": f"manager.peer{nummer}.test",
            "inwayHost": f"inway.peer{nummer}.test",
            "outwayHost": f"outway.peer{nummer}.test",
            "outwayListen": f"127.0.0.1:818{nummer}",
        }
        proef.doe("POST", "/peers", 201, json=peer)
    with proef.deployment.transaction() as session:
        for ander in PEERS[1:]:
            adres, nu = f"https://manager.{ander}.test:8443", proef.deployment.now
            peers.remember(session, PEERS[0], ander, f"Peer {ander} (test)", adres, now=nu, announced=True)
    eigen, periode = f"/peers/{PEERS[0]}", {"notBefore": "2018-01-01T00:00:00Z", "notAfter": "2048-01-01T00:00:00Z"}
    for naam, ander in (("een", PEERS[1]), ("twee", PEERS[2])):
        proef.doe("POST", f"{eigen}/services", 201, json={"naam": naam, "url": "http://127.0.0.1:7001"})
        proef.doe("POST", f"{eigen}/publications", 201, json={"service": naam, "directoryPeerId": ander, **periode})
        verbinding = {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": PEERS[0]},
            "service": {"peer_id": ander, "name": naam},
        }
        aanbod = {"grants": [{"data": verbinding, "alias": naam}], **periode}
        contract = proef.doe("POST", f"{eigen}/contracts", 201, json=aanbod)
        grants = [contract["grants"][0]["hash"]]
        proef.doe("PUT", f"{eigen}/clients/{naam}", 200, json={"geheimSha256": f"{len(naam):064x}", "grants": grants})
        patroon = {
            "type": "GRANT_TYPE_SERVICE_CONNECTION",
            "outway": {"peer_id": "*", "public_key_thumbprint": "*"},
            "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": PEERS[0], "name": naam},
        }
        proef.doe("PUT", f"{eigen}/rules/{naam}", 200, json={"grants": [patroon], "maxDagen": 30})

"""The catalogue as CSV, XLSX and JSON-LD: each shows what the list shows, loses nothing, and makes nothing of a text but text."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from datetime import date
from typing import Any
from zipfile import ZipFile

import openpyxl
import pyshacl
import pytest
from catalogus_api.export import bestand, dcat
from catalogus_api.voorziening.schemas import Voorziening
from gemeengoed_kit.testing import moment
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from tests.catalogus.mijlpalen import Beheer

BASIS = "https://catalogus.test/v1/voorzieningen/export.jsonld"
VORMEN = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonld": "application/ld+json",
}
FORMULES = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
VRAGEN = ["", "?soort=standaard", "?zoek=overlijden&sorteer=-naam", "?domein=sociaal+domein&sorteer=naam", "?naam=bestaat-niet"]

SHAPES = """
# What this service promises of its linked data. Written for this test, after the tables of classes of DCAT-AP-NL 3.0
# (Geonovum, docs.geostandaarden.nl/dcat/dcat-ap-nl30: Catalog, Dataset, Distribution, DataService, Agent, Kind) and its lists of
# values. dcat:Resource is not a class of the profile: it gets what the profile asks of all that is in a catalogue.
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://proef.test/> .
ex:Titel sh:path dct:title ; sh:minCount 1 ; sh:languageIn ("nl") ; sh:uniqueLang true .
ex:Beschrijving sh:path dct:description ; sh:minCount 1 ; sh:languageIn ("nl") .
ex:Uitgever sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent .
ex:Contact sh:path dcat:contactPoint ; sh:minCount 1 ; sh:maxCount 1 ; sh:class vcard:Kind .
ex:Thema sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ;
  sh:pattern "^http://publications.europa.eu/resource/authority/data-theme/[A-Z]{4}$" .
ex:Id sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:Literal .
ex:Toegang sh:path dct:accessRights ; sh:maxCount 1 ;
  sh:pattern "^http://publications.europa.eu/resource/authority/access-right/(PUBLIC|RESTRICTED|NON_PUBLIC)$" .
ex:Licentie sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI .
ex:Gewijzigd sh:path dct:modified ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime .
ex:Taal sh:path dct:language ; sh:hasValue <http://publications.europa.eu/resource/authority/language/NLD> .
ex:Catalog a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property ex:Titel, ex:Beschrijving, ex:Uitgever, ex:Contact, ex:Taal,
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ], [ sh:path dcat:service ; sh:class dcat:DataService ],
    [ sh:path dcat:resource ; sh:class dcat:Resource ] .
ex:Dataset a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property ex:Titel, ex:Beschrijving, ex:Uitgever, ex:Contact, ex:Thema, ex:Id, ex:Toegang,
    [ sh:path dct:accessRights ; sh:minCount 1 ], [ sh:path dct:creator ; sh:minCount 1 ; sh:class foaf:Agent ],
    [ sh:path dcat:distribution ; sh:minCount 3 ; sh:class dcat:Distribution ] .
ex:Distribution a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property ex:Licentie, [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dct:format ; sh:minCount 1 ; sh:pattern "^http://publications.europa.eu/resource/authority/file-type/" ] .
ex:DataService a sh:NodeShape ; sh:targetClass dcat:DataService ;
  sh:property ex:Titel, ex:Beschrijving, ex:Uitgever, ex:Contact, ex:Thema, ex:Id, ex:Toegang, ex:Licentie, ex:Gewijzigd,
    [ sh:path dct:accessRights ; sh:minCount 1 ],
    [ sh:path dcat:endpointDescription ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dct:creator ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] .
ex:Resource a sh:NodeShape ; sh:targetClass dcat:Resource ;
  sh:property ex:Titel, ex:Beschrijving, ex:Uitgever, ex:Contact, ex:Thema, ex:Id, ex:Toegang, ex:Gewijzigd .
ex:Agent a sh:NodeShape ; sh:targetClass foaf:Agent ; sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ] .
ex:Kind a sh:NodeShape ; sh:targetClass vcard:Kind ;
  sh:property [ sh:path vcard:fn ; sh:minCount 1 ], [ sh:path vcard:hasEmail ; sh:minCount 1 ; sh:pattern "^mailto:" ] .
"""


@pytest.fixture
def beheer(client, issuer) -> Beheer:
    return Beheer(client, issuer)


def maak(beheer: Beheer, code: str, **anders: Any) -> None:
    nieuw = {
        "code": code,
        "naam": f"Proef {code}",
        "soort": "app",
        "domein": "generiek",
        "omschrijving": "Voor deze test.",
        "bronvermelding": "Verzonnen (test)",
        "publicatiestatus": "gepubliceerd",
        **anders,
    }
    antwoord = beheer.client.post("/v1/voorzieningen", json=nieuw, headers=beheer.kop)
    assert antwoord.status_code == 201, antwoord.text


def haal(client, vorm: str, vraag: str = "", kop: dict[str, str] | None = None) -> bytes:
    antwoord = client.get(f"/v1/voorzieningen/export.{vorm}{vraag}", headers=kop or {})
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.content


def regels(inhoud: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(inhoud.decode(), newline="")))


def blad(inhoud: bytes, naam: str = "Voorzieningen") -> list[dict[str, Any]]:
    rijen = list(openpyxl.load_workbook(io.BytesIO(inhoud))[naam].iter_rows())
    kop = [cel.value for cel in rijen[0]]
    return [dict(zip(kop, rij, strict=True)) for rij in rijen[1:]]


def graaf(inhoud: bytes) -> Graph:
    return Graph().parse(data=inhoud, format="json-ld", publicID=BASIS)


def codes(vorm: str, inhoud: bytes) -> list[str]:
    if vorm == "csv":
        return [regel["code"] for regel in regels(inhoud)]
    if vorm == "xlsx":
        return [rij["code"].value for rij in blad(inhoud)]
    return [
        een["dct:identifier"] for een in json.loads(inhoud)["@graph"] if een["@type"] in ("dcat:Resource", "dcat:DataService")
    ]


def test_elke_vorm_is_wat_de_lijst_toont_in_dezelfde_volgorde(client, beheer):
    maak(beheer, "nog-concept", publicatiestatus="concept")
    for vorm, soort in VORMEN.items():
        pad = f"/v1/voorzieningen/export.{vorm}"
        antwoord = client.get(pad, headers={"Accept": soort})
        assert antwoord.headers["content-type"].partition(";")[0] == soort
        assert antwoord.headers["content-disposition"] == f'attachment; filename="voorzieningen.{vorm}"'
        assert client.get(pad, headers={"Accept": "application/json"}).status_code == 406
        assert client.get(f"{pad}?page=1").status_code == 400
        for kop in ({}, beheer.kop):
            for vraag in VRAGEN:
                lijst = client.get(f"/v1/voorzieningen{vraag or '?'}&pageSize=500", headers=kop).json()["results"]
                assert codes(vorm, haal(client, vorm, vraag, kop)) == [een["code"] for een in lijst], (vorm, vraag)


@pytest.mark.parametrize("begin", [een for een in FORMULES if een not in "\t\r"])
def test_geen_tekst_wordt_een_formule_en_niets_gaat_verloren(client, beheer, begin):
    formule = f'{begin}HYPERLINK("http://x.example","a, b")'
    maak(beheer, "proef", naam=formule, omschrijving=formule, ontwikkelaars=[formule, "gewoon"], leveranciers=["a|b", formule])
    (regel,) = [regel for regel in regels(haal(client, "csv")) if regel["code"] == "proef"]
    assert regel["naam"] == regel["omschrijving"] == f"'{formule}" and regel["ontwikkelaars"] == f"'{formule} | gewoon"
    assert not [cel for regel in regels(haal(client, "csv")) for cel in regel.values() if cel.startswith(tuple(FORMULES))]
    inhoud = haal(client, "xlsx", "?sorteer=code")
    (rij,) = [rij for rij in blad(inhoud) if rij["code"].value == "proef"]
    assert rij["naam"].value == formule and rij["naam"].data_type == "s" and rij["ontwikkelaars"].value == f"{formule} | gewoon"
    onderwerp = URIRef(BASIS.replace("export.jsonld", "proef"))
    gegevens = graaf(haal(client, "jsonld"))
    assert gegevens.value(onderwerp, DCTERMS.title) == Literal(formule, lang="nl")
    assert Literal(formule, lang="nl") in {
        gegevens.value(wie, FOAF.name) for wie in gegevens.objects(onderwerp, DCTERMS.contributor)
    }


def test_csv_is_volgens_rfc_4180_zonder_bom(client, beheer):
    maak(beheer, "proef", naam='Komma, "aanhaling" en é')
    inhoud = haal(client, "csv", "?naam=Komma")
    assert inhoud.startswith(b"code,naam,") and inhoud.endswith(b"\r\n") and inhoud.count(b"\n") == 2
    (regel,) = regels(inhoud)
    assert regel["naam"] == 'Komma, "aanhaling" en é' and regel["fase"] == "" and regel["versie"] == "1"


def test_rekenblad_zegt_waar_het_vandaan_komt_en_is_steeds_hetzelfde(client, beheer):
    maak(beheer, "proef", naam="#N/A", omschrijving="_x0041_ \ufffe <&> ]]>", eigenaar="1e500", publicatiestatus="concept")
    kop = beheer.kop
    inhoud = haal(client, "xlsx", "?naam=%23N/A", kop)
    assert inhoud == haal(client, "xlsx", "?naam=%23N/A", kop)
    (rij,) = blad(inhoud)
    assert [(rij[naam].value, rij[naam].data_type) for naam in ("naam", "eigenaar", "versie")] == [
        ("#N/A", "s"),
        ("1e500", "s"),
        (1, "n"),
    ]
    # A text that looks like an escape of the format is written so that Excel reads it back (ECMA-376, ST_Xstring).
    assert rij["omschrijving"].value == "_x005F_x0041_ \ufffd <&> ]]>"
    boek = openpyxl.load_workbook(io.BytesIO(inhoud))
    assert boek.sheetnames == ["Voorzieningen", "Vindplaatsen", "Verantwoording"]
    assert boek["Voorzieningen"].auto_filter.ref == "A1:V2" and boek["Voorzieningen"].freeze_panes == "A2"
    over = {naam: waarde for naam, waarde in boek["Verantwoording"].iter_rows(values_only=True)}
    assert over["Opgevraagd op"] == "2018-01-15" and over["Aantal voorzieningen"] == 1 and over["Filter naam"] == "#N/A"
    assert over["Wat u ziet"] == "Alles, ook wat nog concept is" and over["OIN van de aanbieder"] == "00000099000000000001"
    assert all(deel.date_time == (1980, 1, 1, 0, 0, 0) for deel in ZipFile(io.BytesIO(inhoud)).infolist())
    alles = haal(client, "xlsx")
    vermeld = client.get("/v1/voorzieningen/govroam").json()["vindplaatsen"]
    assert [rij["citaat"].value for rij in blad(alles, "Vindplaatsen") if rij["code"].value == "govroam"] == [
        een["citaat"] for een in vermeld
    ]
    assert dict(openpyxl.load_workbook(io.BytesIO(alles))["Verantwoording"].iter_rows(values_only=True))["Filter"] == "geen"


def test_gekoppelde_gegevens_zijn_wat_wij_van_dcat_ap_nl_beloven(client, beheer):
    spec = "https://api.example/x.json"
    maak(beheer, "koppeling", soort="koppelvlak", apiSpecificatie=spec, eigenaar="Proefstichting (test)")
    maak(beheer, "nog-concept", publicatiestatus="concept")
    gegevens = graaf(haal(client, "jsonld", kop=beheer.kop))
    klopt, _, uitleg = pyshacl.validate(gegevens, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
    assert klopt, uitleg
    pad = BASIS.replace("export.jsonld", "{}")
    assert set(gegevens.subjects(RDF.type, DCAT.DataService)) == {URIRef(pad.format("koppeling"))}
    assert gegevens.value(URIRef(pad.format("koppeling")), DCAT.endpointDescription) == URIRef(spec)
    assert len(set(gegevens.subjects(RDF.type, DCAT.Resource))) == 42
    (catalogus,) = gegevens.subjects(RDF.type, DCAT.Catalog)
    genoemd = set(gegevens.objects(catalogus, URIRef(f"{DCAT}resource"))) | set(gegevens.objects(catalogus, DCAT.service))
    assert genoemd == set(gegevens.subjects(RDF.type, DCAT.Resource)) | set(gegevens.subjects(RDF.type, DCAT.DataService))
    rechten = {code: gegevens.value(URIRef(pad.format(code)), DCTERMS.accessRights) for code in ("nog-concept", "koppeling")}
    assert rechten == {"nog-concept": URIRef(dcat.NIET_OPENBAAR), "koppeling": URIRef(dcat.BEPERKT)}
    gegevens.remove((URIRef(pad.format("koppeling")), DCAT.endpointDescription, None))
    assert not pyshacl.validate(gegevens, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))[0], "the shapes judge"


TEKST = st.text(min_size=1, max_size=12)


def voorziening(**anders: Any) -> Voorziening:
    leeg = dict.fromkeys(Voorziening.model_fields)
    vast = {
        "code": "x",
        "soort": "app",
        "domein": "generiek",
        "bronvermelding": "x",
        "publicatiestatus": "gepubliceerd",
        "versie": 1,
        "gewijzigd_op": moment("2018-01-15T09:00"),
        "gebruikers": [],
        "leveranciers": [],
        "bouwstenen": [],
        "vindplaatsen": [],
    }
    return Voorziening.make(**{**leeg, **vast, **anders})


@given(TEKST, TEKST, st.lists(TEKST, max_size=3))
@settings(max_examples=40)
def test_elke_tekst_komt_terug_uit_elke_vorm(naam, omschrijving, ontwikkelaars):
    een = voorziening(naam=naam, omschrijving=omschrijving, ontwikkelaars=ontwikkelaars)
    (regel,) = regels(bestand.csv_van([een]).encode())
    for lid, waarde in (("naam", naam), ("omschrijving", omschrijving), ("ontwikkelaars", " | ".join(ontwikkelaars))):
        assert regel[lid] in (waarde, f"'{waarde}") and not regel[lid].startswith(tuple(FORMULES))
    (rij,) = blad(bestand.xlsx_van([een], bestand.Verantwoording("1", date(2018, 1, 15), {}, alles=False)))
    assert rij["naam"].data_type == "s"
    gelezen = {een["@id"]: een for een in json.loads(dcat.jsonld_van([een], "1"))["@graph"]}["/v1/voorzieningen/x"]
    assert gelezen["dct:title"]["@value"] == naam and gelezen["dct:description"]["@value"] == omschrijving


def test_rijen_staan_niet_samen_in_het_geheugen():
    """They are written as they come: what is needed besides the answer does not grow with them."""
    een = voorziening(naam="Proef", omschrijving="tekst " * 60, ontwikkelaars=["x"] * 20)
    hoogst = []
    for aantal in (300, 3000):
        tracemalloc.start()
        van = bestand.Verantwoording("1", date(2018, 1, 15), {}, alles=False)
        assert bestand.xlsx_van((een for _ in range(aantal)), van)
        hoogst.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert hoogst[1] < hoogst[0] + 2_500_000, hoogst

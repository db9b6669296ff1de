"""The routekaart as JSON, CSV, calendar and picture: all show the same, and nothing of a text becomes more than text."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from catalogus_api.routekaart import service, svg
from gemeengoed_kit.audit import Actor
from icalendar import Calendar
from lxml import etree

from tests.catalogus.mijlpalen import Beheer, mijlpaal

SVG = "{http://www.w3.org/2000/svg}"
BESTAND = "/v1/routekaart/routekaart"
VORMEN = {
    "/v1/routekaart": "application/json",
    f"{BESTAND}.csv": "text/csv",
    f"{BESTAND}.ics": "text/calendar",
    f"{BESTAND}.svg": "image/svg+xml",
}


@pytest.fixture
def beheer(client, issuer) -> Beheer:
    return Beheer(client, issuer)


def regels(client, vraag: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{BESTAND}.csv{vraag}").text)))


def gebeurtenissen(client, vraag: str = "") -> dict[str, object]:
    agenda = Calendar.from_ical(client.get(f"{BESTAND}.ics{vraag}").text)
    return {een["UID"].partition("@")[0]: een for een in agenda.walk("VEVENT")}


def tekening(client, vraag: str = "") -> etree._Element:
    antwoord = client.get(f"{BESTAND}.svg{vraag}")
    assert antwoord.status_code == 200, antwoord.text
    return etree.fromstring(antwoord.content)


@pytest.mark.parametrize(("pad", "soort"), VORMEN.items())
def test_elke_vorm_komt_als_zichzelf_en_alleen_als_dat_mag(client, pad, soort):
    for accept in ("*/*", soort):
        assert client.get(pad, headers={"Accept": accept}).headers["content-type"].partition(";")[0] == soort
    ander = "text/csv" if soort != "text/csv" else "application/json"
    assert client.get(pad, headers={"Accept": ander}).status_code == 406


@pytest.mark.parametrize("vraag", ["", "?voorziening=kindertelefoon", "?soort=besluit&vanaf=2018-01-01", "?status=vervallen"])
def test_alle_vormen_tonen_wat_de_lijst_toont(client, vraag):
    lijst = client.get("/v1/mijlpalen" + (vraag + "&" if vraag else "?") + "pageSize=500").json()["results"]
    ids = {een["id"] for een in lijst}
    banen = client.get(f"/v1/routekaart{vraag}").json()["banen"]
    assert sorted((een for baan in banen for een in baan["mijlpalen"]), key=lambda een: een["id"]) == sorted(
        lijst, key=lambda een: een["id"]
    )
    assert {regel["id"] for regel in regels(client, vraag)} == ids
    assert set(gebeurtenissen(client, vraag)) == ids
    assert len(tekening(client, vraag).findall(f".//{SVG}g")) == len(ids)


def test_baan_van_alle_samen_staat_boven_en_draagt_wat_van_geen_voorziening_is(client):
    kaart = client.get("/v1/routekaart").json()
    assert kaart["banen"][0]["voorziening"] is None and kaart["peildatum"] == "2018-01-15"
    assert {baan["naam"] for baan in kaart["banen"][1:]} == {
        "Common Ground",
        "Digitale overlijdensaangifte",
        "Digitale verhuisservice",
        "GGI-Netwerk",
        "GGI-Veilig",
        "GIBIT",
        "Govroam",
        "Kindertelefoon",
        "Landelijke inkoop Jeugd en Wmo-zg",
        "Luisterend Oor",
        "Vertrouwenswerk jeugd",
    }
    assert {"van": "gibit-beschikbaar", "naar": "gibit-86-procent"} in kaart["afhankelijkheden"]
    assert client.get("/v1/routekaart?status=voorgenomen&soort=fase").json()["afhankelijkheden"] == []


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_tekst_wordt_in_een_rekenblad_geen_formule(client, beheer, begin):
    formule = f'{begin}HYPERLINK("http://x.example","a, b")'
    beheer.maak(naam=formule, omschrijving=formule, bronvermelding=formule)
    (regel,) = [regel for regel in regels(client) if regel["id"] == "proef"]
    assert regel["naam"] == regel["omschrijving"] == regel["bronvermelding"] == f"'{formule}"


def test_agenda_heeft_hele_dagen_en_blijft_bij_dezelfde_gebeurtenis(client, beheer):
    beheer.maak("eerst")
    beheer.maak(naam="Komma, puntkomma; en \\n", afhankelijkVan=["eerst"])
    een = gebeurtenissen(client)["proef"]
    assert (een["DTSTART"].dt, een["DTEND"].dt) == (date(2019, 4, 1), date(2019, 5, 1))
    assert (een["SEQUENCE"], een["STATUS"], str(een["SUMMARY"])) == (0, "TENTATIVE", "Komma, puntkomma; en \\n")
    assert een["RELATED-TO"].partition("@")[0] == "eerst" and een["RELATED-TO"].params["RELTYPE"] == "DEPENDS-ON"
    beheer.wijzig("proef", 1, status="vervallen", begin="2019-07-01")
    ander = gebeurtenissen(client)["proef"]
    assert (ander["UID"], ander["SEQUENCE"], ander["STATUS"]) == (een["UID"], 1, "CANCELLED")
    assert ander["DTSTART"].dt == date(2019, 7, 1)


def test_agenda_is_volgens_de_norm(client):
    tekst = client.get(f"{BESTAND}.ics").content
    agenda = Calendar.from_ical(tekst)
    assert agenda["VERSION"] == "2.0" and agenda["PRODID"] and agenda["METHOD"] == "PUBLISH"
    assert tekst == client.get(f"{BESTAND}.ics").content, "what did not change looks the same"
    assert (
        b"\r\n" in tekst and all(len(regel) <= 75 for regel in tekst.split(b"\r\n")) and b"\n" not in tekst.replace(b"\r\n", b"")
    )
    for een in agenda.walk("VEVENT"):
        assert not een.errors and {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS"} <= set(een)


def test_tekening_is_te_lezen_met_een_schermlezer(client):
    wortel = tekening(client)
    assert wortel.get("role") == "img" and wortel.get("lang") == "nl"
    titel, beschrijving = (wortel.find(f"{SVG}{naam}") for naam in ("title", "desc"))
    assert wortel.get("aria-labelledby") == f"{titel.get('id')} {beschrijving.get('id')}"
    assert titel.text == "Routekaart" and "in 12 banen, van 2016 tot en met 2025" in beschrijving.text
    assert "Als eerste komt: Terugrapportage over de opschaling (4e kwartaal 2018)" in beschrijving.text


def test_tekst_in_de_tekening_is_nooit_meer_dan_tekst(client, beheer):
    kwaad = "</text><script>alert(1)</script>&lt;\"'"
    beheer.maak(naam=kwaad, omschrijving=kwaad, bronvermelding=kwaad)
    antwoord = client.get(f"{BESTAND}.svg")
    wortel = etree.fromstring(antwoord.content)
    assert any(kwaad in (titel.text or "") for titel in wortel.iter(f"{SVG}title"))
    assert {etree.QName(deel).localname for deel in wortel.iter()} <= {
        *("svg", "title", "desc", "style", "defs", "marker", "path", "rect", "line", "circle", "text", "g")
    }
    verwijst = [waarde for deel in wortel.iter() for waarde in deel.attrib.values() if "url(" in waarde or "http" in waarde]
    assert set(verwijst) <= {"url(#punt)"} and "url(" not in svg.STIJL


def test_browser_mag_van_de_tekening_alleen_haar_eigen_stijl_gebruiken(client):
    antwoord = client.get(f"{BESTAND}.svg")
    assert antwoord.headers["content-security-policy"] == svg.CSP
    assert f"<style>{svg.STIJL}</style>" in antwoord.text and " style=" not in antwoord.text


def test_lege_routekaart_zegt_dat_zij_leeg_is(client):
    assert client.get("/v1/routekaart?status=vervallen&soort=besluit").json() == {
        "peildatum": "2018-01-15",
        "begin": None,
        "eind": None,
        "banen": [],
        "afhankelijkheden": [],
    }
    assert svg.LEGE_KAART in client.get(f"{BESTAND}.svg?status=vervallen&soort=besluit").text
    assert (
        regels(client, "?status=vervallen&soort=besluit") == []
        and gebeurtenissen(client, "?status=vervallen&soort=besluit") == {}
    )


def test_meer_dan_op_een_kaart_past_wordt_geweigerd(client, context):
    with context.work(Actor()) as work:
        service.inlezen(work, [mijlpaal(f"m{n}") for n in range(service.GROOTSTE_ROUTEKAART)])
    for pad in VORMEN:
        antwoord = client.get(pad)
        assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/routekaart-te-groot")
    assert client.get("/v1/routekaart?tot=2019-01-01").status_code == 200

"""Events: every write makes one, in the order of the commits; each caller sees its own; and the feed is Atom."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import psycopg
import pytest
from catalogus_api.gebeurtenis import service
from catalogus_api.toegang import AANGESLOTENEN, GEMEENTE, IEDEREEN, SAMENWERKINGSVERBAND, kring
from gemeengoed_kit.audit import Actor, AuditRow
from lxml import etree
from sqlalchemy import select

from tests.catalogus.conftest import PEER
from tests.catalogus.mijlpalen import Beheer
from tests.contract.test_lijst_kost import geteld

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/v1/gebeurtenissen/gebeurtenissen.atom"
CONCEPT = {
    "code": "geheim",
    "naam": "Nog geheim",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Wat niemand nog weet.",
    "bronvermelding": "Verzonnen (test)",
}
IDENTIFICATIE = {"waarde": "00000099000000000004", "bron": "Proef", "datum": "2018-01-15"}


@pytest.fixture
def beheer(client, issuer) -> Beheer:
    return Beheer(client, issuer)


def lijst(client, vraag: str = "", kop: dict[str, str] | None = None) -> list[dict]:
    return client.get(f"/v1/gebeurtenissen?pageSize=500{vraag}", headers=kop or {}).json()["results"]


def leg_vast(context, *zichtbaar_voor: str, naam: str = "proef", dan=lambda: None) -> None:
    with context.work(Actor()) as work:
        work.record(action=f"{naam}.maken", subject="/v1/proeven/1", change={"a": 1}, visible_to=zichtbaar_voor)
        dan()


def test_elke_vastgelegde_handeling_is_een_gebeurtenis(client, context, beheer):
    """Whatever the feature: what is in the audit trail, is told."""
    beheer.maak()
    beheer.wijzig("proef", 1, status="vastgesteld")
    client.put("/v1/gemeenten/GM0344/identificaties/oin", json=IDENTIFICATIE, headers=beheer.kop)
    client.post("/v1/voorzieningen", json=CONCEPT, headers=beheer.kop)
    beheer.wijzig("proef", 1, naam="Te laat", status_code=412)
    beheer.wijzig("proef", 2, status="vastgesteld")
    with context.sessions() as session:
        audit = session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    verteld = lijst(client, kop=beheer.kop)
    assert [(rij.onderwerp, rij.wijziging) for rij in audit] == [(een["subject"], een["data"]) for een in verteld]
    assert [een["type"].removeprefix("nl.gemeengoed.catalogus.") for een in verteld] == [
        "bron.ingelezen",
        "mijlpaal.vastgelegd",
        "mijlpaal.gewijzigd",
        "identificatie.vastgelegd",
        "voorziening.aangemaakt",
    ]
    eerste = verteld[0]
    assert (eerste["specversion"], eerste["source"]) == ("1.0", "urn:nld:oin:00000099000000000001:systeem:catalogus")
    assert client.get(f"/v1/gebeurtenissen/{eerste['id']}").json() == eerste


def test_wat_als_concept_gebeurde_blijft_ongezien_ook_na_publicatie(client, beheer):
    client.post("/v1/voorzieningen", json=CONCEPT, headers=beheer.kop)
    (concept,) = lijst(client, "&onderwerp=/v1/voorzieningen/geheim", beheer.kop)
    assert concept["zichtbaarheid"] == "beperkt" and lijst(client, "&onderwerp=/v1/voorzieningen/geheim") == []
    assert client.get(f"/v1/gebeurtenissen/{concept['id']}").status_code == 404
    assert "eheim" not in client.get(FEED).text and "Nog geheim" in client.get(FEED, headers=beheer.kop).text
    wijziging = {"omschrijving": "Wat ieder mag weten.", "publicatiestatus": "gepubliceerd"}
    client.patch("/v1/voorzieningen/geheim", json=wijziging, headers={**beheer.kop, "If-Match": '"1"'})
    (openbaar,) = lijst(client, "&onderwerp=/v1/voorzieningen/geheim")
    assert openbaar["data"] == {"versie": 2, **wijziging} and openbaar["zichtbaarheid"] == "iedereen"
    assert client.get(f"/v1/gebeurtenissen/{concept['id']}").status_code == 404
    assert "niemand nog weet" not in client.get(FEED).text and "Nog geheim" in client.get(FEED).text


def test_wie_niets_zegt_over_zichtbaarheid_vertelt_het_alleen_het_beheer(client, context, issuer, beheer):
    leg_vast(context)
    leg_vast(context, IEDEREEN, naam="openbaar")
    leg_vast(context, kring(GEMEENTE, "GM0344"), naam="utrecht")
    leg_vast(context, kring(SAMENWERKINGSVERBAND, "drechtsteden"), naam="verband")

    def ziet(*rol: str, **eigenschappen: str) -> set[str]:
        kop = issuer.headers("00000099000000000002", *rol, properties=eigenschappen) if rol else {}
        gezien = {een["type"].split(".")[3] for een in lijst(client, "&onderwerp=/v1/proeven/1", kop)}
        for een in lijst(client, "&onderwerp=/v1/proeven/1", beheer.kop):
            status = client.get(f"/v1/gebeurtenissen/{een['id']}", headers=kop).status_code
            assert status == (200 if een["type"].split(".")[3] in gezien else 404)
            assert (een["id"] in client.get(FEED, headers=kop).text) is (status == 200)
        return gezien

    assert ziet() == ziet("onbekend", gemeentecode="GM0344") == ziet("gemeente") == {"openbaar"}
    assert ziet("gemeente", gemeentecode="GM0344") == {"openbaar", "utrecht"}
    assert ziet("gemeente", gemeentecode="GM0363") == ziet("gemeente", samenwerkingsverband="drechtsteden") == {"openbaar"}
    assert ziet("gemeente", gemeentecode="GM0344 ") == ziet("samenwerkingsverband", gemeentecode="GM0344") == {"openbaar"}
    assert ziet("samenwerkingsverband", samenwerkingsverband="drechtsteden") == {"openbaar", "verband"}
    assert ziet("catalogusbeheer") == {"proef", "openbaar", "utrecht", "verband"}


def test_wat_niet_doorging_is_niet_gebeurd(client, context):
    def mislukt() -> None:
        raise RuntimeError("mislukt")

    with pytest.raises(RuntimeError):
        leg_vast(context, IEDEREEN, dan=mislukt)
    assert lijst(client, "&onderwerp=/v1/proeven/1") == []


def test_volgorde_is_die_van_het_vastleggen_en_niet_die_van_het_schrijven(client, context):
    """What was written first and committed last comes last: who follows has seen all that is before it."""
    leg_vast(context, IEDEREEN, naam="traag", dan=lambda: leg_vast(context, IEDEREEN, naam="snel"))
    snel, traag = lijst(client, "&onderwerp=/v1/proeven/1")
    assert [een["type"].split(".")[3] for een in (snel, traag)] == ["snel", "traag"]
    assert [een["id"] for een in lijst(client, f"&na={snel['sequence']}")] == [traag["id"]]


def test_wie_volgt_mist_niets_ook_niet_als_velen_tegelijk_schrijven(client, context):
    gezien: list[str] = []
    laatste = lijst(client)[-1]["sequence"]

    def volg() -> None:
        nonlocal laatste
        for een in lijst(client, f"&na={laatste}"):
            gezien.append(een["id"])
            laatste = een["sequence"]

    with ThreadPoolExecutor(4) as pool:
        werk = [pool.submit(leg_vast, context, IEDEREEN) for _ in range(24)]
        while not all(een.done() for een in werk):
            volg()
    volg()
    assert [een.result() for een in werk] == [None] * 24
    assert gezien == [een["id"] for een in lijst(client, "&onderwerp=/v1/proeven/1")] and len(set(gezien)) == 24


def test_het_aantal_is_dat_van_wat_er_staat_voor_wie_ook_vraagt(client, context, issuer, database):
    """Also where a block of numbers ends, and of what was numbered before."""
    with psycopg.connect(database.owner_url) as eigenaar:
        eigenaar.execute("ALTER SEQUENCE gebeurtenis_volgnummer_seq RESTART WITH 9998")
    utrecht = kring(GEMEENTE, "GM0344")
    for labels in ([IEDEREEN], [], [utrecht], [IEDEREEN, utrecht], [IEDEREEN], [AANGESLOTENEN], [utrecht]):
        leg_vast(context, *labels)
    koppen = [
        {},
        issuer.headers(PEER, "gemeente", properties={"gemeentecode": "GM0344"}),
        issuer.headers(PEER, "college"),
        issuer.headers(PEER, "catalogusbeheer"),
    ]
    aantallen = set()
    for kop in koppen:
        for vraag in (
            "",
            "&type=nl.gemeengoed.catalogus.proef.gemaakt",
            *(f"&na={na}" for na in (0, 1, 9998, 9999, 10000, 10**17)),
        ):
            alle = lijst(client, vraag, kop)
            eerst = client.get(f"/v1/gebeurtenissen?pageSize=1{vraag}", headers=kop).json()
            assert eerst["count"] == len(alle) and eerst["results"] == alle[:1], vraag
            aantallen.add(len(alle))
    assert len(aantallen) > 5


def test_filters(client, beheer):
    beheer.maak()
    (een,) = lijst(client, "&type=nl.gemeengoed.catalogus.mijlpaal.vastgelegd")
    assert een["subject"] == "/v1/mijlpalen/proef"
    assert len(lijst(client, "&sinds=2018-01-15T09:00:00Z")) == 2 and lijst(client, "&sinds=2018-01-15T09:00:01Z") == []
    assert client.get("/v1/gebeurtenissen?na=-1").status_code == client.get("/v1/gebeurtenissen?type=x").status_code == 400
    assert client.get(f"/v1/gebeurtenissen/{uuid.uuid4()}").status_code == 404


def test_feed_is_atom(client, beheer):
    """RFC 4287, 4.1: what a feed and an entry must have, and how often."""
    kwaad = "</title><script>&lt;\ufffe"
    beheer.maak("kwaad", naam=kwaad, omschrijving=kwaad)
    beheer.wijzig("kwaad", 1, status="vastgesteld")
    antwoord = client.get(FEED)
    assert antwoord.headers["content-type"] == "application/atom+xml"
    feed = etree.fromstring(antwoord.content)
    assert feed.tag == f"{ATOM}feed" and feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"
    items = feed.findall(f"{ATOM}entry")
    assert len(items) == 3
    for deel in (feed, *items):
        for verplicht in ("id", "title", "updated"):
            assert len(deel.findall(f"{ATOM}{verplicht}")) == 1
        assert deel.findtext(f"{ATOM}id").startswith("tag:catalogus.gemeengoed.example,2018:00000099000000000001:")
        assert datetime.fromisoformat(deel.findtext(f"{ATOM}updated")).tzinfo is not None
    assert feed.find(f"{ATOM}author").findtext(f"{ATOM}name")
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == FEED
    assert len({item.findtext(f"{ATOM}id") for item in items}) == 3
    assert all(len(item.findall(f"{ATOM}link[@rel='alternate']")) == 1 for item in items)
    for link in feed.iter(f"{ATOM}link"):  # every link is a path, and leads somewhere
        assert link.get("href").startswith("/v1/") and client.get(link.get("href")).status_code == 200
    titels = [item.findtext(f"{ATOM}title") for item in items]
    assert titels == [
        "Mijlpaal </title><script>&lt;\ufffd gewijzigd: status",
        "Mijlpaal </title><script>&lt;\ufffd vastgelegd",
        "Bron ingelezen",
    ]
    assert items[0].find(f"{ATOM}content").get("type") == "text" and items[0].findtext(f"{ATOM}content") == "status: vastgesteld"
    bekend = antwoord.headers["etag"]
    zelfde = client.get(FEED, headers={"If-None-Match": bekend})
    assert zelfde.status_code == 304 and zelfde.headers["etag"] == bekend and zelfde.content == b""
    beheer.wijzig("kwaad", 2, status="gehaald")
    assert client.get(FEED, headers={"If-None-Match": bekend}).status_code == 200


def test_feed_heeft_de_nieuwste_met_evenveel_opdrachten_als_voor_een(client, context, database, beheer):
    beheer.maak()
    client.put("/v1/gemeenten/GM0344/identificaties/oin", json=IDENTIFICATIE, headers=beheer.kop)
    with geteld() as weinig:
        client.get(FEED)
    for nummer in range(12):
        beheer.maak(f"m{nummer}")
    with context.work(Actor()) as work:
        for _ in range(service.IN_DE_FEED - 10):
            work.record(action="proef.aanmaken", subject="/v1/gemeenten/GM0344", change={}, visible_to=[IEDEREEN])
    with geteld() as veel:
        items = etree.fromstring(client.get(FEED).content).findall(f"{ATOM}entry")
    assert len(items) == service.IN_DE_FEED and len(veel) == len(weinig)
    assert items[0].findtext(f"{ATOM}title") == "Proef Utrecht aangemaakt"
    with psycopg.connect(database.owner_url) as eigenaar:
        (laatste,) = eigenaar.execute("SELECT id FROM gebeurtenis ORDER BY volgnummer DESC LIMIT 1").fetchone()
    assert items[0].findtext(f"{ATOM}id").endswith(str(laatste))

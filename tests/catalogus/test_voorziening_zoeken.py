"""Searching, filters and facets: as people type, and never more than who asks may see."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import timedelta

import pytest
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.testing import moment

from tests.contract.gevuld import VOORZIENING
from tests.contract.test_lijst_kost import geteld

PEER = "00000099000000000002"
FRIES = {
    **VOORZIENING,
    "code": "proef-fries",
    "naam": "Meldpunt Súdwest-Fryslân",
    "omschrijving": "Één loket voor coördinatie; Ærø en Łódź doen niet mee.",
    "publicatiestatus": "gepubliceerd",
    "eigenaar": "Stichting Proef (test)",
    "leveranciers": ["Café Software (test)"],
}
FILTERS = {
    "soort": "soort",
    "spoor": "spoor",
    "domein": "domein",
    "prioriteit": "prioriteit",
    "fase": "fase",
    "mateVanBinding": "mateVanBinding",
    "publicatiestatus": "publicatiestatus",
    "eigenaar": "eigenaar",
    "gebruiker": "gebruikers",
    "ontwikkelaar": "ontwikkelaars",
    "leverancier": "leveranciers",
    "bouwsteen": "bouwstenen",
}
"""Filter to the member of a voorziening that it is about."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment("2018-01-15T09:00"))


@pytest.fixture
def beheer(issuer) -> dict[str, str]:
    return issuer.headers(PEER, "catalogusbeheer")


@pytest.fixture
def fries(client, beheer) -> None:
    assert client.post("/v1/voorzieningen", json=FRIES, headers=beheer).status_code == 201


def codes(client, kop=None, **vraag) -> list[str]:
    antwoord = client.get("/v1/voorzieningen", params={"pageSize": 500, **vraag}, headers=kop or {})
    assert antwoord.status_code == 200, antwoord.text
    return [een["code"] for een in antwoord.json()["results"]]


@pytest.mark.parametrize("vorm", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    "term",
    ["sudwest", "Súdwest", "SÚDWEST", "súdwest-fryslân", "Sudwets-Fryslan", "fryslan meldpunt", "loket coördinatie", "aero",
     "lodz", "cafe software", "coordinatie", "ｓｕｄｗｅｓｔ"],
)  # fmt: skip
def test_accent_unicodevorm_hoofdletter_en_tikfout_maken_niet_uit(client, fries, term, vorm):
    assert codes(client, zoek=unicodedata.normalize(vorm, term))[:1] == ["proef-fries"]


@pytest.mark.parametrize(
    ("term", "eerste"),
    [
        ("overlijdensaangifte", "digitale-overlijdensaangifte"),
        ("overlijdensaangfite", "digitale-overlijdensaangifte"),
        ("aangifte overlijden", "digitale-overlijdensaangifte"),
        ("kindertelefon", "kindertelefoon"),
        ("govram", "govroam"),
        ("gibbit", "gibit"),
        ("inkoopvoorwaarde", "gibit"),
        ("verhuizingen", "digitale-verhuisservice"),
        ("rijbewijs aanvragen", "rijbewijzen"),
        ("nlx", "nlx"),
        ("de digitale verhuisservice", "digitale-verhuisservice"),
        ("uitvaartverzorger", "digitale-overlijdensaangifte"),
    ],
)
def test_best_passende_staat_vooraan(client, term, eerste):
    assert codes(client, zoek=term)[:1] == [eerste]


def test_wat_nergens_op_lijkt_wordt_niet_gevonden(client):
    assert codes(client, zoek="kwantumfietsenstalling") == []
    assert codes(client, zoek="overlijdensaangifte kwantumfietsenstalling") == []


@pytest.mark.parametrize(
    "term", ["'", "a'b", "&|!():*<->", "½ ⅔", "\\", "%", "_", "{x}", "--", "😀" * 60, "a " * 29 + "a", "de het een"]
)
def test_vreemde_zoektermen_geven_gewoon_antwoord(client, term):
    codes(client, zoek=term)
    assert client.get("/v1/voorzieningen/facetten", params={"zoek": term}).status_code == 200


@pytest.mark.parametrize("veld", ["naam", "code", "domein", "soort"])
def test_sorteren_op_en_aflopend(client, veld):
    gevonden = {richting: codes(client, sorteer=f"{richting}{veld}") for richting in ("", "-")}
    waarde = {een["code"]: een[veld].casefold() for een in client.get("/v1/voorzieningen?pageSize=500").json()["results"]}
    for richting, volgorde in gevonden.items():
        sleutel = [waarde[code] for code in volgorde]
        assert sleutel == sorted(sleutel, reverse=bool(richting)) and len(sleutel) == len(waarde)


def test_laatst_gewijzigde_vooraan(client, clock, issuer):
    clock.moment += timedelta(days=1)
    kop = {**issuer.headers(PEER, "catalogusbeheer"), "If-Match": '"1"'}
    assert client.patch("/v1/voorzieningen/gibit", json={"spoor": 1}, headers=kop).status_code == 200
    assert codes(client, sorteer="-gewijzigdOp")[0] == codes(client, sorteer="gewijzigdOp")[-1] == "gibit"


def test_filters_facetten_en_lijst_zijn_het_eens_voor_wie_ook_vraagt(client, beheer, fries):
    """Over every value of every filter, for the public and for catalogusbeheer: what single GETs allow, and its count."""
    for code, eigen in (("a-concept", {"spoor": 1}), ("b-concept", {"bouwstenen": ["Geheim blok (test)"]})):
        nieuw = {**VOORZIENING, "code": code, "eigenaar": "Geheim (test)", **eigen}
        assert client.post("/v1/voorzieningen", json=nieuw, headers=beheer).status_code == 201
    alle = {code: client.get(f"/v1/voorzieningen/{code}", headers=beheer).json() for code in codes(client, beheer)}
    gezien = 0
    for kop in ({}, beheer):
        zichtbaar = {
            code: een for code, een in alle.items() if client.get(f"/v1/voorzieningen/{code}", headers=kop).status_code == 200
        }
        assert len(alle) - len(zichtbaar) == (0 if kop else 2)
        assert codes(client, kop) == sorted(zichtbaar)
        for zoek in (None, "digitale", "proefvoorziening"):
            vraag = {"zoek": zoek} if zoek else {}
            gevonden = codes(client, kop, **vraag)
            assert set(gevonden) <= set(zichtbaar)
            facetten = client.get("/v1/voorzieningen/facetten", params=vraag, headers=kop).json()
            assert facetten["count"] == len(gevonden)
            geteld = {(f["filter"], w["waarde"]): w["aantal"] for f in facetten["results"] for w in f["waarden"]}
            verwacht: dict[tuple[str, str], set[str]] = {}
            for (filter_, veld), code in itertools.product(FILTERS.items(), gevonden):
                waarde = zichtbaar[code][veld]
                for een in waarde if isinstance(waarde, list) else [] if waarde is None else [waarde]:
                    verwacht.setdefault((filter_, str(een)), set()).add(code)
            assert geteld == {sleutel: len(van) for sleutel, van in verwacht.items()}
            for (filter_, waarde), van in verwacht.items():
                gezien += 1
                assert set(codes(client, kop, **{**vraag, filter_: waarde})) == van, (filter_, waarde)
    assert gezien > 150


def test_filter_op_stuk_en_op_vindplaatsen_van_software(client, beheer, fries):
    assert set(codes(client, stuk="VNG, BALV 30-11-2016, voorstel D")) == {
        "kindertelefoon",
        "luisterend-oor",
        "vertrouwenswerk-jeugd",
    }
    client.patch(
        "/v1/voorzieningen/proef-fries",
        json={"broncode": "https://code.example/proef"},
        headers={**beheer, "If-Match": '"1"'},
    )
    assert codes(client, heeftBroncode="true") == ["proef-fries"]
    assert "proef-fries" not in codes(client, heeftBroncode="false")
    assert codes(client, heeftDocumentatie="true") == codes(client, heeftApiSpecificatie="true") == []


def test_alle_zoekvragen_samen_geven_geen_kopregel_die_te_lang_is(client):
    lang = dict.fromkeys(("zoek", "naam", "domein", "eigenaar", "ontwikkelaar", "leverancier", "bouwsteen", "stuk"), "😀" * 60)
    antwoord = client.get("/v1/voorzieningen", params=lang)
    assert antwoord.status_code == 200 and "link" not in antwoord.headers


@pytest.mark.parametrize(
    ("vraag", "opdrachten"),
    [
        ({}, 1),
        ({"domein": "generiek", "gebruiker": "gemeente"}, 1),
        ({"zoek": "digitale"}, 2),
        ({"zoek": "digitaal gementee proces het inwoner aangfite", "spoor": 1}, 2),
        ({"naam": "digitale"}, 1),
        ({"heeftBroncode": "false", "stuk": "VNG, BALV 30-11-2016, voorstel D"}, 1),
    ],
)
def test_elke_vraag_kost_evenveel_opdrachten_hoeveel_er_ook_is(client, vraag, opdrachten):
    for pad, meer in (("", {"pageSize": 1}), ("", {"pageSize": 500}), ("", {"sorteer": "-naam"}), ("/facetten", {})):
        with geteld() as gedaan:
            antwoord = client.get(f"/v1/voorzieningen{pad}", params={**vraag, **meer})
        assert antwoord.status_code == 200, antwoord.text
        assert len(gedaan) == opdrachten + 2, (pad, meer, gedaan)  # two read the mark of what is kept


def test_elke_pagina_noemt_hoeveel_er_in_alles_zijn(client):
    """Also the pages after the last, on which there is nothing to say it."""
    for vraag in ({}, {"zoek": "digitale"}, {"domein": "generiek"}, {"naam": "e"}, {"zoek": "digitale", "sorteer": "naam"}):
        alle = codes(client, **vraag)
        per_blad = [
            client.get("/v1/voorzieningen", params={**vraag, "pageSize": 2, "page": blad}).json()
            for blad in range(1, len(alle) // 2 + 4)
        ]
        assert {blad["count"] for blad in per_blad} == {len(alle)} and len(alle) > 3
        assert [een["code"] for blad in per_blad for een in blad["results"]] == alle

"""Voorzieningen over HTTP: who writes, in which version, and what stays to be seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from catalogus_api.voorziening.models import VoorzieningVersie
from gemeengoed_kit.audit import AuditRow
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.testing import moment
from sqlalchemy import func, select

from tests.contract.gevuld import VOORZIENING

PEER, NAMENS = "00000099000000000002", "00000099000000000003"
NIEUW = {**VOORZIENING, "code": "proef"}
PAD = "/v1/voorzieningen/proef"
VOL = {
    **NIEUW,
    "spoor": 2,
    "prioriteit": "A1",
    "eigenaar": "Stichting Proef (test)",
    "ontwikkelaars": ["Proef BV (test)"],
    "gebruikers": ["gemeente", "inwoner"],
    "leveranciers": ["Leverancier (test)"],
    "bouwstenen": ["DigiD", "BAG"],
    "broncode": "https://code.example/proef",
    "apiSpecificatie": "https://api.example/proef.json",
    "documentatie": "https://docs.example/proef",
    "mateVanBinding": "vrij",
    "publicatiestatus": "concept",
    "vindplaatsen": [{"stuk": "Verzonnen (test)", "pagina": "3", "over": ["fase"], "citaat": "Het begint."}],
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment("2018-01-15T09:00"))


@pytest.fixture
def beheer(issuer) -> dict[str, str]:
    return issuer.headers(PEER, "catalogusbeheer")


@pytest.fixture
def concept(client, beheer) -> dict:
    antwoord = client.post("/v1/voorzieningen", json=VOL, headers=beheer)
    assert antwoord.status_code == 201, antwoord.text
    return antwoord.json()


@pytest.fixture
def nu(issuer):
    """Headers of catalogusbeheer at this moment, also when the clock was moved."""
    return lambda **meer: issuer.headers(PEER, "catalogusbeheer", **meer)


def wijzig(client, kop, versie, **anders):
    return client.patch(PAD, json=anders, headers={**kop, "If-Match": f'"{versie}"'})


def test_alle_gegevens_komen_terug_zoals_gegeven(client, beheer, concept):
    assert VOL.items() <= concept.items()
    antwoord = client.get(PAD, headers=beheer)
    assert antwoord.json() == concept and antwoord.headers["etag"] == '"1"'
    zonder = client.post("/v1/voorzieningen", json={**NIEUW, "code": "kaal"}, headers=beheer)
    assert zonder.headers["location"] == "/v1/voorzieningen/kaal" and zonder.headers["etag"] == '"1"'
    assert zonder.json()["publicatiestatus"] == "concept" and zonder.json()["fase"] is None and zonder.json()["bouwstenen"] == []


@pytest.mark.parametrize("rol", [None, "gemeente", "leverancier", "Catalogusbeheer"])
def test_alleen_catalogusbeheer_schrijft(client, issuer, concept, rol):
    kop = issuer.headers(PEER, rol)
    assert client.post("/v1/voorzieningen", json={**NIEUW, "code": "x"}, headers=kop).status_code == 403
    assert wijzig(client, kop, 1, naam="Anders").status_code == 403
    assert client.post("/v1/voorzieningen", json={**NIEUW, "code": "x"}).status_code == 401
    assert client.get(PAD, headers=kop).status_code == client.get(f"{PAD}/versies", headers=kop).status_code == 404


def test_alles_wat_er_mis_is_in_een_antwoord(client, beheer):
    fout = {**VOL, "code": "X Y", "soort": "ding", "spoor": 3, "fase": "pilot", "broncode": "javascript:x", "gebruikers": ["kat"]}
    antwoord = client.post("/v1/voorzieningen", json={**fout, "kleur": "rood"}, headers=beheer)
    assert antwoord.status_code == 400
    assert {een["name"] for een in antwoord.json()["invalidParams"]} == {
        "code", "soort", "spoor", "fase", "broncode", "gebruikers.0", "kleur"
    }  # fmt: skip


@pytest.mark.parametrize("code", ["kindertelefoon", "facetten"])
def test_code_die_bezet_is(client, beheer, code):
    antwoord = client.post("/v1/voorzieningen", json={**NIEUW, "code": code}, headers=beheer)
    assert antwoord.status_code == 409 and antwoord.json()["type"] == "/v1/problemen/voorziening-bestaat-al"


def test_wijziging_zegt_in_welke_versie(client, beheer, concept):
    assert client.patch(PAD, json={"naam": "Anders"}, headers=beheer).status_code == 428
    for oud in ('"2"', '"0"', 'W/"1"', "1", '""', '"1x"'):
        assert client.patch(PAD, json={"naam": "Anders"}, headers={**beheer, "If-Match": oud}).status_code == 412
    antwoord = client.patch(PAD, json={"naam": "Anders", "eigenaar": None}, headers={**beheer, "If-Match": '"7", "1"'})
    assert antwoord.status_code == 200 and antwoord.headers["etag"] == '"2"'
    assert antwoord.json() == {**concept, "naam": "Anders", "eigenaar": None, "versie": 2}
    assert wijzig(client, beheer, 1, naam="Nog anders").status_code == 412
    assert client.patch(PAD, json={"naam": "Wat er ook was"}, headers={**beheer, "If-Match": "*"}).json()["versie"] == 3


def test_niets_anders_is_geen_versie(client, context, beheer, concept):
    antwoord = wijzig(client, beheer, 1, naam=concept["naam"], bouwstenen=concept["bouwstenen"])
    assert antwoord.status_code == 200 and antwoord.json()["versie"] == 1
    assert client.get(f"{PAD}/versies", headers=beheer).json()["count"] == 1


def test_null_voor_wat_er_altijd_is_wordt_geweigerd(client, beheer, concept):
    antwoord = wijzig(client, beheer, 1, naam=None, bouwstenen=None, publicatiestatus=None, eigenaar=None)
    assert {een["name"] for een in antwoord.json()["invalidParams"]} == {"naam", "bouwstenen", "publicatiestatus"}


def test_van_twee_gelijktijdige_wijzigingen_wint_er_een(client, context, beheer, concept):
    with ThreadPoolExecutor(8) as tegelijk:
        uitkomsten = [*tegelijk.map(lambda n: wijzig(client, beheer, 1, naam=f"Naam {n}").status_code, range(8))]
    assert sorted(uitkomsten) == [200] + [412] * 7
    assert client.get(f"{PAD}/versies", headers=beheer).json()["count"] == 2


def test_van_twee_met_dezelfde_code_wint_er_een(client, beheer):
    with ThreadPoolExecutor(8) as tegelijk:
        antwoorden = [*tegelijk.map(lambda n: client.post("/v1/voorzieningen", json=NIEUW, headers=beheer), range(8))]
    assert sorted(antwoord.status_code for antwoord in antwoorden) == [201] + [409] * 7


def test_wie_de_laatste_versie_heeft_krijgt_304(client, beheer, concept):
    for bekend in ('"1"', 'W/"1"', '"9", "1"', "*"):
        antwoord = client.get(PAD, headers={**beheer, "If-None-Match": bekend})
        assert antwoord.status_code == 304 and antwoord.headers["etag"] == '"1"' and antwoord.content == b""
    for anders in ('"2"', "1", "", '"11"'):
        assert client.get(PAD, headers={**beheer, "If-None-Match": anders}).status_code == 200
    assert client.get(PAD, headers={"If-None-Match": '"1"'}).status_code == 404, "what may not be seen is not there"


def test_wat_er_op_een_dag_stond(client, clock, nu, concept):
    """A day ends at midnight in the Netherlands: 22:30 UTC in summer is the next one."""
    clock.moment = moment("2018-07-01T21:30")
    wijzig(client, nu(), 1, naam="Tweede", publicatiestatus="gepubliceerd")
    clock.moment = moment("2018-07-01T22:30")
    wijzig(client, nu(), 2, naam="Derde")
    for dag, naam in (("2018-01-14", None), ("2018-01-15", VOL["naam"]), ("2018-07-01", "Tweede"), ("2018-07-02", "Derde")):
        antwoord = client.get(f"{PAD}?op={dag}", headers=nu())
        assert antwoord.json().get("naam") == naam and antwoord.status_code == (200 if naam else 404)
        openbaar = client.get(f"{PAD}?op={dag}")
        assert openbaar.json().get("naam") == (None if naam == VOL["naam"] else naam)
    assert client.get(f"{PAD}?op=2018-07-01").headers["etag"] == '"2"'
    assert client.get(f"{PAD}?op=gisteren").status_code == 400


def test_geschiedenis_zegt_wie_wat_wanneer_wijzigde(client, context, clock, nu, concept):
    clock.moment += timedelta(days=1)
    wijzig(client, nu(delegator_id=NAMENS), 1, spoor=1, publicatiestatus="gepubliceerd")
    clock.moment += timedelta(days=1)
    laatste = wijzig(client, nu(), 2, bouwstenen=["DigiD"], omschrijving="Korter.").json()
    derde, tweede, eerste = client.get(f"{PAD}/versies", headers=nu()).json()["results"]
    assert derde["inhoud"] == laatste and eerste["inhoud"] == concept
    assert (eerste["gewijzigdDoor"], tweede["gewijzigdNamens"], derde["gewijzigdNamens"]) == (PEER, NAMENS, None)
    assert tweede["gewijzigd"] == ["spoor", "publicatiestatus"] and derde["gewijzigd"] == ["omschrijving", "bouwstenen"]
    openbaar = client.get(f"{PAD}/versies").json()
    assert openbaar["count"] == 2 and [een["versie"] for een in openbaar["results"]] == [3, 2]
    assert openbaar["results"][0] == derde and len(openbaar["results"][1]["gewijzigd"]) == 20, "the concept before is not told of"
    een = client.get(f"{PAD}/versies?pageSize=1", headers=nu()).json()
    assert een["results"] == [derde] and een["count"] == 3
    with context.sessions() as session:
        gedaan = session.scalars(select(AuditRow.handeling).where(AuditRow.onderwerp == PAD).order_by(AuditRow.id)).all()
    assert gedaan == ["voorziening.aanmaken", "voorziening.wijzigen", "voorziening.wijzigen"]


def test_gepubliceerd_is_niet_terug_te_draaien(client, beheer, concept):
    assert client.get(PAD).status_code == 404
    assert wijzig(client, beheer, 1, publicatiestatus="gepubliceerd").status_code == 200
    assert client.get(PAD).status_code == 200
    antwoord = wijzig(client, beheer, 2, publicatiestatus="concept", bouwstenen=["BAG", "BAG"])
    assert antwoord.status_code == 409
    assert {een["name"] for een in antwoord.json()["invalidParams"]} == {"publicatiestatus", "bouwstenen"}


def test_geweigerde_wijziging_laat_niets_na(client, context, beheer, concept):
    wijzig(client, beheer, 1, bouwstenen=["BAG", "BAG"])
    with context.sessions() as session:
        versies = select(func.count()).select_from(VoorzieningVersie).where(VoorzieningVersie.code == "proef")
        assert session.scalar(versies) == 1
        assert session.scalar(select(func.count()).select_from(AuditRow).where(AuditRow.onderwerp == PAD)) == 1

"""Reversing an entry over HTTP: mirrored, once, and shown on both."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from fonds_api.boeking import service
from fonds_api.boeking.errors import AlGestorneerd, BoekingNietGevonden
from fonds_api.boeking.rules import Regel
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.clock import today

from tests.fonds.conftest import CLOCK
from tests.fonds.test_gelijktijdig import verstuur
from tests.invariants.fonds import schendingen

OP = {"boekdatum": "2018-01-15", "omschrijving": "Dubbel gefactureerd"}


def storneer(client, als, pad: str, sleutel: str, rol: str = "administratie", **anders):
    return client.post(f"{pad}/storno", json={**OP, **anders}, headers={**als(rol), "Idempotency-Key": sleutel})


def test_storno_is_een_spiegelbeeld_en_staat_op_beide(client, als, boek, boeking, database):
    eerste = boek(boeking())
    pad = eerste.headers["location"]
    assert (eerste.json()["stornoVan"], eerste.json()["gestorneerdDoor"]) == (None, None)
    storno = storneer(client, als, pad, "s1")
    assert storno.status_code == 201, storno.text
    gelezen = client.get(storno.headers["location"], headers=als("administratie")).json()
    assert {**gelezen, "saldi": storno.json()["saldi"]} == storno.json()
    assert gelezen["regels"] == [{**r, "bedragCent": -r["bedragCent"]} for r in eerste.json()["regels"]]
    assert gelezen["stornoVan"] == pad and gelezen["bron"] == {"bron": "fonds", "pad": pad}
    assert [s["saldoCent"] for s in storno.json()["saldi"]] == [0, 0, 0]
    assert client.get(pad, headers=als("administratie")).json()["gestorneerdDoor"] == storno.headers["location"]
    lijst = client.get("/v1/boekingen", headers=als("administratie")).json()["results"]
    assert [(b["stornoVan"], b["gestorneerdDoor"]) for b in lijst] == [(None, storno.headers["location"]), (pad, None)]
    assert schendingen(database.url) == []


@pytest.mark.parametrize(
    ("anders", "status", "soort"),
    [
        ({"boekdatum": "2018-01-14"}, 409, "storno-voor-boeking"),
        ({"boekdatum": "2019-02-01"}, 409, "datum-te-ver-vooruit"),
        ({"omschrijving": ""}, 400, "ongeldige-invoer"),
    ],
)
def test_storno_die_niet_kan(client, als, boek, boeking, anders, status, soort):
    antwoord = storneer(client, als, boek(boeking()).headers["location"], "s1", **anders)
    assert antwoord.status_code == status and antwoord.json()["type"].endswith(f"/{soort}")


def test_storno_van_wat_er_niet_is_niet_mag_of_al_is(client, als, boek, boeking, context):
    eerste = boek(boeking()).headers["location"]
    ggu = boek(boeking(("1100", 5), ("8000", -5), fonds="ggu"), rol="fondsbeheerder").headers["location"]
    assert storneer(client, als, f"/v1/boekingen/{uuid.uuid4()}", "a").status_code == 404
    assert storneer(client, als, ggu, "b").status_code == 404, "another fonds is not to be seen"
    assert client.post(f"{eerste}/storno", json=OP, headers={"Idempotency-Key": "c"}).status_code == 401
    for rol in ("bestuur", "accountant"):
        assert storneer(client, als, eerste, "d", rol=rol).status_code == 403
    storno = storneer(client, als, eerste, "e").headers["location"]
    weer = storneer(client, als, eerste, "f")
    assert (
        weer.status_code == 409 and weer.json()["type"].endswith("/boeking-al-gestorneerd") and weer.json()["boeking"] == storno
    )
    assert storneer(client, als, eerste, "e").headers["idempotency-replayed"] == "true"
    terug = storneer(client, als, storno, "g")
    assert terug.status_code == 409 and terug.json()["type"].endswith("/storno-van-storno")


def test_velen_storneren_tegelijk_een_keer(context, database, als, boek, boeking):
    """A hundred and twenty requests for ten entries: ten reversals."""
    paden = [boek(boeking()).headers["location"] for _ in range(10)]
    aanvragen = [(OP, {**als("administratie"), "Idempotency-Key": f"s-{n}"}, f"{paden[n % 10]}/storno") for n in range(120)]
    antwoorden = verstuur(context, aanvragen)
    assert Counter(a.status_code for a in antwoorden) == {201: 10, 409: 110}
    assert {a.json()["type"] for a in antwoorden if a.status_code == 409} == {"/v1/problemen/boeking-al-gestorneerd"}
    assert schendingen(database.url) == []


def test_eigen_storno_en_eigen_boekingen(context, database):
    dag = today(CLOCK)
    with context.work(Actor()) as work:
        posten = [
            service.EigenBoeking("ggu", dag, f"bijdrage {n}", f"/v1/bijdragen/{n}", [Regel("1300", n), Regel("8000", -n)])
            for n in range(1, 301)
        ]
        ids = service.boeken_eigen(work, posten)
        for post in posten:
            work.record(action="proef", subject=post.pad, change={})
        assert len(set(ids)) == 300 and service.boeken_eigen(work, []) == []
        storno = service.storneren_eigen(work, ids[7], dag, "vervallen", "/v1/bijdragen/8/vervallen")
        work.record(action="proef", subject="/v1/bijdragen/8/vervallen", change={})
    with context.work(Actor()) as work, pytest.raises(AlGestorneerd):
        service.storneren_eigen(work, ids[7], dag, "vervallen", "/v1/bijdragen/8/nog-eens")
    with context.work(Actor()) as work, pytest.raises(BoekingNietGevonden):
        service.storneren_eigen(work, uuid.uuid4(), dag, "vervallen", "/v1/bijdragen/9/vervallen")
    with context.work(Actor()) as work:
        eerste = service.get_boeking(work, service.EVERYTHING, ids[0])
        assert (eerste.bron.bron, eerste.bron.pad, eerste.regels[0].bedrag_cent) == ("fonds", "/v1/bijdragen/1", 1)
        assert service.get_boeking(work, service.EVERYTHING, storno).storno_van == service.pad(ids[7])
    assert schendingen(database.url) == []

"""Pilots and impactanalyses over HTTP: who plans, who joins, what came of it, and what rests on it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.catalogus.levensloop import AFGEROND, AMSTERDAM, ANALYSE, GRONINGEN, UTRECHT, Levensloop, fouten, soort

NIEUW = {"voorziening": "proef", "naam": "Proef (test)", "doel": "Zien (test).", "begin": "2017-12-01", "eind": "2018-02-01"}


@pytest.fixture
def loop(client, issuer) -> Levensloop:
    return Levensloop(client, issuer)


def test_van_gepland_tot_resultaat(loop, client):
    loop.voorziening()
    pad = f"/pilots/{loop.pilot(status='gepland')}"
    for code in (UTRECHT, AMSTERDAM):
        loop.doe("PUT", f"{pad}/deelnemers/{code}", als=loop.gemeente(code))
    loop.doe("PATCH", pad, als=loop.taskforce, versie=1, json={"status": "loopt", "doel": "Meer zien (test)."})
    loop.doe("DELETE", f"{pad}/deelnemers/{AMSTERDAM}", 204, als=loop.gemeente(AMSTERDAM))
    loop.doe("PUT", f"{pad}/deelnemers/{GRONINGEN}")
    af = loop.doe("PATCH", pad, versie=2, json=AFGEROND)
    assert AFGEROND.items() <= af.items() and client.get(f"/v1{pad}").json() == af
    assert client.get(f"/v1{pad}", headers={"If-None-Match": '"3"'}).status_code == 304
    assert [een["status"] for een in client.get(f"/v1{pad}/versies").json()["results"]] == ["afgerond", "loopt", "gepland"]
    deelnemers = client.get(f"/v1{pad}/deelnemers").json()["results"]
    assert {een["gemeentecode"]: een["uitgetredenOp"] is None for een in deelnemers} == {
        UTRECHT: True, AMSTERDAM: False, GRONINGEN: True
    }  # fmt: skip
    for code, gevonden in ((UTRECHT, 1), (AMSTERDAM, 0)):
        assert client.get(f"/v1/pilots?gemeentecode={code}&voorziening=proef&status=afgerond").json()["count"] == gevonden
    assert fouten(loop.doe("PATCH", pad, 409, versie=3, json={"naam": "Anders"})) == {("status", "voorbij")}
    assert loop.doe("PATCH", pad, versie=3, json={"naam": NIEUW["naam"]})["versie"] == 3
    assert soort(loop.doe("PUT", f"{pad}/deelnemers/{AMSTERDAM}", 409, als=loop.gemeente(AMSTERDAM))) == "deelname-kan-niet"
    assert soort(loop.doe("DELETE", f"{pad}/deelnemers/{UTRECHT}", 409, als=loop.gemeente())) == "deelname-kan-niet"


def test_wat_niet_kan_wordt_in_een_keer_genoemd(loop):
    loop.voorziening()
    pad = f"/pilots/{loop.pilot(status='gepland')}"
    geweigerd = loop.doe("PATCH", pad, 409, versie=1, json={"status": "loopt", "begin": "2018-01-16", "eind": "2018-01-10"})
    assert fouten(geweigerd) == {("eind", "volgorde"), ("begin", "te_vroeg"), ("status", "geen_deelnemers")}
    geweigerd = loop.doe("PATCH", pad, 409, versie=1, json={"status": "afgerond"})
    assert fouten(geweigerd) == {
        ("status", "volgorde"),
        ("status", "geen_deelnemers"),
        ("eind", "te_vroeg"),
        ("resultaat", "ontbreekt"),
        ("geslaagd", "ontbreekt"),
    }
    assert fouten(loop.doe("PATCH", pad, 409, versie=1, json={"status": "afgebroken", "geslaagd": False})) == {
        ("reden", "ontbreekt"), ("geslaagd", "te_vroeg")
    }  # fmt: skip
    assert fouten(loop.doe("PATCH", pad, 409, versie=1, json={"reden": "Nog niet (test)."})) == {("reden", "te_vroeg")}
    loop.naar("proef", "gestopt", gebeurtenis="Op (test).", reden="Op (test).")
    geweigerd = loop.doe("POST", "/pilots", 409, json={**NIEUW, "eind": "2017-11-01"})
    assert fouten(geweigerd) == {("voorziening", "fase"), ("eind", "volgorde")}
    geheim = loop.voorziening("geheim", fase=None, publicatiestatus="concept")
    for code in (geheim, "geen"):
        geweigerd = loop.doe("POST", "/pilots", 409, json={**NIEUW, "voorziening": code})
        assert soort(geweigerd) == "voorziening-niet-openbaar"
    ver = {**NIEUW, "begin": "2030-01-01", "eind": "2030-02-01"}
    assert soort(loop.doe("POST", "/pilots", 409, json=ver)) == "datum-te-ver-vooruit"
    assert soort(loop.doe("PATCH", pad, 409, versie=1, json={"begin": "2030-01-01"})) == "datum-te-ver-vooruit"


def test_wie_plant_en_wie_meedoet(loop, client):
    loop.voorziening()
    pad = f"/pilots/{loop.pilot(status='gepland')}"
    assert client.post("/v1/pilots", json=NIEUW).status_code == 401
    for kop in (loop.gemeente(), loop.leverancier(), loop.gremia.kop["bestuur"]):
        loop.doe("POST", "/pilots", 403, als=kop, json=NIEUW)
        loop.doe("PATCH", pad, 403, als=kop, versie=1, json={"naam": "Anders"})
    loop.doe("PATCH", pad, 428, json={"naam": "Anders"})
    loop.doe("PATCH", pad, 412, versie=2, json={"naam": "Anders"})
    verband = loop.verband()
    loop.doe("PUT", f"{pad}/deelnemers/{AMSTERDAM}", als=verband)
    for code, kop in ((GRONINGEN, verband), (GRONINGEN, loop.gemeente()), (AMSTERDAM, loop.leverancier())):
        assert soort(loop.doe("PUT", f"{pad}/deelnemers/{code}", 403, als=kop)) == "niet-namens-deze-gemeente"
        assert soort(loop.doe("DELETE", f"{pad}/deelnemers/{code}", 403, als=kop)) == "niet-namens-deze-gemeente"
    loop.doe("PUT", f"{pad}/deelnemers/{GRONINGEN}", 403, als=loop.taskforce)
    assert soort(loop.doe("PUT", f"{pad}/deelnemers/GM9999", 409)) == "onbekende-gemeente"
    assert soort(loop.doe("DELETE", f"{pad}/deelnemers/{UTRECHT}", 409, als=loop.gemeente())) == "deelname-kan-niet"
    loop.doe("PATCH", pad, versie=1, json={"status": "loopt"})
    assert "laatste" in loop.doe("DELETE", f"{pad}/deelnemers/{AMSTERDAM}", 409, als=verband)["detail"]


def test_een_gemeente_die_is_opgegaan_haalt_het_beheer_uit_de_pilot(loop, database):
    """GM0007 went into another on 1 January 2018, and so can do nothing itself."""
    loop.voorziening()
    id = loop.pilot(status="gepland")
    with psycopg.connect(database.url) as rol:
        rol.execute("INSERT INTO pilot_deelnemer (pilot, gemeentecode, toegetreden_op) VALUES (%s, 'GM0007', '2017-12-05')", [id])
    pad = f"/pilots/{id}/deelnemers/GM0007"
    assert soort(loop.doe("DELETE", pad, 409, als=loop.gemeente("GM0007"))) == "onbekende-gemeente"
    loop.doe("DELETE", pad, 204)
    assert soort(loop.doe("DELETE", pad, 409)) == "deelname-kan-niet"
    assert loop.doe("GET", f"/pilots/{id}/deelnemers")["results"][0]["uitgetredenOp"]


def test_meedoen_tegelijk_is_een_keer_meedoen(loop):
    loop.voorziening()
    pad = f"/pilots/{loop.pilot(status='gepland')}"

    def doe_mee(nummer: int) -> int:
        if nummer == 5:
            kop = {**loop.beheer, "If-Match": '"1"'}
            return loop.client.patch(f"/v1{pad}", json={"status": "afgebroken", "reden": "Op."}, headers=kop).status_code
        return loop.client.put(f"/v1{pad}/deelnemers/{UTRECHT}", headers=loop.gemeente()).status_code

    with ThreadPoolExecutor(8) as tegelijk:
        uitkomsten = [*tegelijk.map(doe_mee, range(8))]
    assert uitkomsten.pop(5) == 200 and set(uitkomsten) <= {200, 409}
    assert loop.doe("GET", f"{pad}/deelnemers")["count"] == (1 if 200 in uitkomsten else 0)


def test_impactanalyse_berust_op_afgeronde_pilots(loop, client):
    loop.voorziening()
    af, lopend, vreemd = loop.pilot(), loop.pilot(status="loopt"), loop.pilot(loop.voorziening("ander"))
    geweigerd = loop.analyse("proef", lopend, vreemd, af, af, status=409, datum="2018-01-16")
    assert fouten(geweigerd) == {
        ("pilots.0", "niet_afgerond"), ("pilots.1", "onbekend"), ("pilots.3", "dubbel"), ("datum", "toekomst")
    }  # fmt: skip
    loop.analyse("proef", status=400)
    loop.analyse("proef", af, status=400, kostenEenmaligCent=-1, conclusie="misschien")
    loop.analyse("geen", af, status=404)
    for kop in (loop.gemeente(), loop.taskforce):
        loop.doe("POST", "/voorzieningen/proef/impactanalyses", 403, als=kop, json={**ANALYSE, "pilots": [af]})
    assert fouten(loop.analyse("proef", af, status=409, datum="2018-01-10")) == {("pilots.0", "later")}
    eerste = loop.analyse("proef", af)
    assert {**ANALYSE, "pilots": [af], "versie": 1, "batenPerJaarCent": None}.items() <= eerste.items()
    assert loop.analyse("proef", af, conclusie="negatief")["versie"] == 2
    assert client.get("/v1/voorzieningen/proef/impactanalyses/1").json() == eerste
    assert [een["versie"] for een in client.get("/v1/voorzieningen/proef/impactanalyses").json()["results"]] == [2, 1]
    assert soort(client.get("/v1/voorzieningen/proef/impactanalyses/3").json()) == "impactanalyse-niet-gevonden"
    with ThreadPoolExecutor(4) as tegelijk:
        versies = [een["versie"] for een in tegelijk.map(lambda _: loop.analyse("proef", af), range(4))]
    assert sorted(versies) == [3, 4, 5, 6]
    loop.naar("proef", "gestopt", impactanalyse=2, reden="Niet haalbaar (test).")
    assert fouten(loop.analyse("proef", af, status=409)) == {("voorziening", "fase")}

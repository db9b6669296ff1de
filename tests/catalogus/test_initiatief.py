"""Initiatieven and their steun over HTTP: who submits, who sees what when, and what becomes of it."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from catalogus_api.initiatief.rules import code_van
from catalogus_api.voorziening.schemas import CODE
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogus.levensloop import AMSTERDAM, GRONINGEN, IDEE, LEVERANCIER, UTRECHT, Levensloop, fouten, soort
from tests.cbs import inwoners


@pytest.fixture
def loop(client, issuer) -> Levensloop:
    return Levensloop(client, issuer)


def dien_in(loop: Levensloop, status: str = "ingediend", als: dict | None = None) -> str:
    gemaakt = loop.doe("POST", "/initiatieven", 201, als=als or loop.gemeente(), json={**IDEE, "status": status})
    return f"/initiatieven/{gemaakt['id']}"


def neem_aan(loop: Levensloop, pad: str, code: str = "proef") -> None:
    loop.doe("POST", f"{pad}/beoordelingen", als=loop.taskforce, versie=1, json={"status": "in behandeling"})
    aan = {"status": "aangenomen", "voorziening": {"code": code, "soort": "app"}}
    loop.doe("POST", f"{pad}/beoordelingen", versie=2, json=aan)


def zichtbaar(loop: Levensloop, pad: str) -> list[str]:
    """Who sees it, by single GET; lists and versions must say the same."""
    wie = {
        "openbaar": {},
        "vreemd": loop.issuer.headers("00000099000000000009", "onbekend"),
        "ander": loop.gemeente(AMSTERDAM),
        "bestuur": loop.gremia.kop["bestuur"],
        "taskforce": loop.taskforce,
        "leverancier": loop.leverancier(),
        "indiener": loop.gemeente(),
        "beheer": loop.beheer,
    }
    ziet = []
    for naam, kop in wie.items():
        status = loop.client.get(f"/v1{pad}", headers=kop).status_code
        lijst = loop.client.get("/v1/initiatieven", headers=kop).json()["results"]
        rest = {loop.client.get(f"/v1{pad}/{deel}", headers=kop).status_code for deel in ("versies", "steun")}
        assert (status == 200) == (pad in [f"/initiatieven/{een['id']}" for een in lijst]) and rest == {status}, naam
        ziet += [naam] if status == 200 else []
    return ziet


def test_wie_ziet_het_wanneer(loop, client):
    pad = dien_in(loop, "concept")
    assert zichtbaar(loop, pad) == ["leverancier", "indiener", "beheer"]
    loop.doe("PATCH", pad, als=loop.gemeente(), versie=1, json={"status": "ingediend", "titel": "Beter (test)"})
    aangesloten = ["ander", "bestuur", "taskforce", "leverancier", "indiener", "beheer"]
    assert zichtbaar(loop, pad) == aangesloten
    versies = loop.doe("GET", f"{pad}/versies", als=loop.gemeente(AMSTERDAM))["results"]
    assert [een["titel"] for een in versies] == ["Beter (test)"], "what the concept said stays unseen"
    assert loop.doe("GET", f"{pad}/versies", als=loop.gemeente())["count"] == 2
    afgewezen = dien_in(loop)
    loop.doe("POST", f"{afgewezen}/beoordelingen", als=loop.taskforce, versie=1, json={"status": "in behandeling"})
    loop.doe("POST", f"{afgewezen}/beoordelingen", versie=2, json={"status": "afgewezen", "reden": "Bestaat al (test)."})
    assert zichtbaar(loop, afgewezen) == aangesloten
    for status, gezien in (("concept", ["leverancier", "indiener", "beheer"]), ("ingediend", aangesloten)):
        ingetrokken = dien_in(loop, status)
        loop.doe("PATCH", ingetrokken, als=loop.leverancier(), versie=1, json={"status": "ingetrokken"})
        assert zichtbaar(loop, ingetrokken) == gezien


def test_aangenomen_wordt_een_voorziening_in_fase_initiatief(loop, client):
    pad = dien_in(loop)
    loop.doe("PUT", f"{pad}/steun/{AMSTERDAM}", als=loop.gemeente(AMSTERDAM), json={"toelichting": "Graag (test)."})
    neem_aan(loop, pad)
    assert client.get(f"/v1{pad}").json()["voorziening"] == "proef"
    assert client.get(f"/v1{pad}/versies").json()["count"] == 1, "how it was weighed stays among who is connected"
    voorziening = client.get("/v1/voorzieningen/proef").json()
    assert (voorziening["fase"], voorziening["naam"], voorziening["omschrijving"]) == (
        "initiatief",
        IDEE["titel"],
        IDEE["voorstel"],
    )
    (stap,) = client.get("/v1/voorzieningen/proef/faseovergangen").json()["results"]
    assert (stap["van"], stap["naar"], stap["initiatief"]) == (None, "initiatief", f"/v1{pad}")
    for van in (pad, "/voorzieningen/proef"):
        steun = client.get(f"/v1{van}/steun").json()
        assert (steun["gemeenten"], [een["toelichting"] for een in steun["results"]]) == (1, ["Graag (test)."])
    assert soort(loop.doe("PUT", f"{pad}/steun/{UTRECHT}", 409, als=loop.gemeente(), json={})) == "steun-kan-niet"
    loop.doe("PUT", f"/voorzieningen/proef/steun/{UTRECHT}", als=loop.gemeente(), json={})
    assert client.get(f"/v1{pad}/steun").json()["gemeenten"] == 2
    loop.naar("proef", "pilot", pilot=loop.pilot())
    weigering = loop.doe("PUT", f"/voorzieningen/proef/steun/{GRONINGEN}", 409, als=loop.gemeente(GRONINGEN), json={})
    assert soort(weigering) == "steun-kan-niet"
    loop.doe("DELETE", f"/voorzieningen/proef/steun/{UTRECHT}", 204, als=loop.gemeente())


def test_de_task_force_neemt_aan_en_leert_niet_welke_codes_concepten_hebben(loop, client):
    loop.voorziening("geheim", fase=None, publicatiestatus="concept")
    pad, kop = dien_in(loop), loop.taskforce
    loop.doe("POST", f"{pad}/beoordelingen", als=kop, versie=1, json={"status": "in behandeling"})
    antwoorden = []
    for code in ("geheim", "vrij"):
        aan = {"status": "aangenomen", "voorziening": {"code": code, "soort": "app"}}
        antwoorden.append(loop.doe("POST", f"{pad}/beoordelingen", 409, als=kop, versie=2, json=aan))
    assert antwoorden[0] == antwoorden[1] and fouten(antwoorden[0]) == {("voorziening.code", "niet_te_kiezen")}
    aan = {"status": "aangenomen", "voorziening": {"soort": "app"}}
    werd = loop.doe("POST", f"{pad}/beoordelingen", als=kop, versie=2, json=aan)["voorziening"]
    assert werd == f"een-proef-test-{pad.rpartition('/')[2][:8]}"
    assert client.get(f"/v1/voorzieningen/{werd}").json()["naam"] == IDEE["titel"]


@given(st.text(max_size=120), st.uuids())
def test_uit_elke_titel_komt_een_code(titel, id):
    code = code_van(titel, id)
    assert re.fullmatch(CODE, code) and code.endswith(f"-{id.hex[:8]}") and "--" not in code


def test_wat_niet_kan_wordt_in_een_keer_genoemd(loop):
    pad = dien_in(loop)
    kop = loop.gemeente()
    fout = loop.doe("PATCH", pad, 409, als=kop, versie=1, json={"titel": "Anders", "status": "concept"})
    assert fouten(fout) == {("titel", "ligt_vast"), ("status", "volgorde")}
    assert loop.doe("PATCH", pad, als=kop, versie=1, json={})["versie"] == 1
    aan = {"status": "afgewezen", "voorziening": {"code": "proef", "soort": "app"}}
    fout = loop.doe("POST", f"{pad}/beoordelingen", 409, versie=1, json=aan)
    assert fouten(fout) == {("status", "volgorde"), ("reden", "ontbreekt"), ("voorziening", "te_vroeg")}
    loop.doe("POST", f"{pad}/beoordelingen", versie=1, json={"status": "in behandeling"})
    fout = loop.doe("POST", f"{pad}/beoordelingen", 409, versie=2, json={"status": "aangenomen"})
    assert fouten(fout) == {("voorziening", "ontbreekt")}
    aan = {"status": "aangenomen", "voorziening": {"code": "gibit", "soort": "app"}}
    assert soort(loop.doe("POST", f"{pad}/beoordelingen", 409, versie=2, json=aan)) == "voorziening-bestaat-al"
    assert loop.doe("GET", pad)["status"] == "in behandeling"


def test_wie_mag_wat(loop, client):
    pad, concept = dien_in(loop), dien_in(loop, "concept")
    voor_ander = loop.doe("PATCH", pad, 403, als=loop.gemeente(AMSTERDAM), versie=1, json={"status": "ingetrokken"})
    assert soort(voor_ander) == "niet-uw-initiatief"
    loop.doe("PATCH", concept, 404, als=loop.gemeente(AMSTERDAM), versie=1, json={"status": "ingetrokken"})
    loop.doe("POST", f"{concept}/beoordelingen", 404, als=loop.taskforce, versie=1, json={"status": "in behandeling"})
    loop.doe("POST", f"{pad}/beoordelingen", 403, als=loop.gemeente(), versie=1, json={"status": "in behandeling"})
    for kop in (loop.beheer, loop.taskforce, loop.gremia.kop["bestuur"], loop.issuer.headers(LEVERANCIER, "gemeente")):
        loop.doe("POST", "/initiatieven", 403, als=kop, json=IDEE)
    loop.doe("POST", "/initiatieven", 403, als=loop.leverancier(gedelegeerd=False), json=IDEE)
    loop.doe("POST", "/initiatieven", 201, als=loop.leverancier(), json=IDEE)
    weg = loop.issuer.headers("00000099000000000009", "gemeente", properties={"gemeentecode": "GM0457"})
    assert soort(loop.doe("POST", "/initiatieven", 409, als=loop.gemeente("GM9999"), json=IDEE)) == "onbekende-gemeente"
    assert client.get(f"/v1{pad}", headers=weg).status_code == 200
    verband = loop.verband()
    eigen = loop.doe("POST", "/initiatieven", 201, als=verband, json=IDEE)
    assert (eigen["gemeentecode"], eigen["samenwerkingsverband"]) == (None, "proefverband")
    gevonden = loop.doe("GET", "/initiatieven?samenwerkingsverband=proefverband&status=concept", als=verband)["results"]
    assert [een["id"] for een in gevonden] == [eigen["id"]]
    loop.doe("GET", f"/initiatieven/{eigen['id']}", 404, als=loop.gemeente())
    loop.doe("PATCH", pad, 428, als=loop.gemeente(), json={"status": "ingetrokken"})
    loop.doe("PATCH", pad, 412, als=loop.gemeente(), versie=7, json={"status": "ingetrokken"})


def test_steun_telt_gemeenten_en_inwoners_en_de_geschiedenis_blijft(loop):
    pad = dien_in(loop)
    verband = loop.verband()
    for code, kop in ((UTRECHT, loop.leverancier()), (AMSTERDAM, verband), (GRONINGEN, loop.gemeente(GRONINGEN))):
        loop.doe("PUT", f"{pad}/steun/{code}", als=kop, json={"toelichting": "Goed (test)."})
    loop.doe("PUT", f"{pad}/steun/{UTRECHT}", als=loop.gemeente(), json={"toelichting": "Goed (test)."})
    loop.doe("PUT", f"{pad}/steun/{UTRECHT}", als=loop.gemeente(), json={"toelichting": "Beter (test)."})
    loop.doe("DELETE", f"{pad}/steun/{GRONINGEN}", 204, als=loop.gemeente(GRONINGEN))
    geteld = inwoners("2018-01-01")
    steun = loop.doe("GET", f"{pad}/steun")
    assert (steun["gemeenten"], steun["inwoners"]) == (2, geteld[UTRECHT] + geteld[AMSTERDAM])
    assert (steun["peildatum"], steun["zonderInwonertal"], steun["count"]) == ("2018-01-01", 0, 4)
    nu = loop.doe("GET", f"{pad}/steun?actueel=true")
    assert {(een["gemeentecode"], een["toelichting"]) for een in nu["results"]} == {
        (UTRECHT, "Beter (test)."), (AMSTERDAM, "Goed (test).")
    }  # fmt: skip
    assert loop.doe("GET", f"{pad}/steun?actueel=false")["count"] == 2 and nu["gemeenten"] == 2
    assert soort(loop.doe("DELETE", f"{pad}/steun/{GRONINGEN}", 404, als=loop.gemeente(GRONINGEN))) == "steun-niet-gevonden"
    for code, kop in ((AMSTERDAM, loop.gemeente()), (GRONINGEN, verband), (GRONINGEN, loop.leverancier())):
        weigering = loop.doe("PUT", f"{pad}/steun/{code}", 403, als=kop, json={})
        assert soort(weigering) == "niet-namens-deze-gemeente"
    loop.doe("PUT", f"{pad}/steun/{UTRECHT}", 403, json={})
    concept = dien_in(loop, "concept")
    loop.doe("PUT", f"{concept}/steun/{AMSTERDAM}", 404, als=loop.gemeente(AMSTERDAM), json={})
    loop.doe("PUT", f"{concept}/steun/{UTRECHT}", 409, als=loop.gemeente(), json={})


def test_van_twee_steunen_tegelijk_telt_er_een(loop):
    pad = dien_in(loop)

    def steun(nummer: int) -> int:
        inhoud = {"toelichting": f"Nummer {nummer % 3} (test)."}
        return loop.client.put(f"/v1{pad}/steun/{UTRECHT}", json=inhoud, headers=loop.gemeente()).status_code

    with ThreadPoolExecutor(8) as tegelijk:
        assert {*tegelijk.map(steun, range(8))} == {200}
    gevonden = loop.doe("GET", f"{pad}/steun")
    assert gevonden["gemeenten"] == 1 == len([een for een in gevonden["results"] if een["ingetrokkenOp"] is None])


def test_steun_die_langs_de_voorziening_wordt_vervangen_is_langs_het_initiatief_in_te_trekken(loop, database):
    """Both paths are one steun: who withdraws it meanwhile withdraws the one that took its place."""
    pad = dien_in(loop)
    neem_aan(loop, pad)
    steun = f"/v1/voorzieningen/proef/steun/{UTRECHT}"
    loop.doe("PUT", steun, als=loop.gemeente(), json={})
    with psycopg.connect(database.owner_url, autocommit=True) as kijker, psycopg.connect(database.url) as houdt:
        houdt.execute("SELECT FROM steun FOR UPDATE")

        def wacht_op(aantal: int) -> None:
            vraag = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            while kijker.execute(vraag).fetchone() != (aantal,):
                pass

        with ThreadPoolExecutor(2) as tegelijk:
            vervangt = tegelijk.submit(loop.client.put, steun, json={"toelichting": "Beter (test)."}, headers=loop.gemeente())
            wacht_op(1)
            trekt_in = tegelijk.submit(loop.client.delete, f"/v1{pad}/steun/{UTRECHT}", headers=loop.gemeente())
            wacht_op(2)
            houdt.rollback()
            assert (vervangt.result().status_code, trekt_in.result().status_code) == (200, 204)
    assert loop.doe("GET", f"{pad}/steun?actueel=true")["count"] == 0


def test_een_gemeente_die_is_opgegaan_doet_niets_meer(loop, database):
    """GM0007 went into another on 1 January 2018, and left a concept."""
    with psycopg.connect(database.url) as rol:
        rol.execute(
            "INSERT INTO initiatief_versie (id, versie, titel, probleem, voorstel, domein, gemeentecode, status, zichtbaar_voor, "
            "vastgelegd_op) VALUES (%s, 1, 'x', 'x', 'x', 'generiek', 'GM0007', 'concept', 'indiener', '2017-12-05')",
            [id := uuid.uuid4()],
        )
        rol.execute("INSERT INTO initiatief VALUES (%s, 1)", [id])
    wijziging = {"status": "ingediend"}
    geweigerd = loop.doe("PATCH", f"/initiatieven/{id}", 409, als=loop.gemeente("GM0007"), versie=1, json=wijziging)
    assert soort(geweigerd) == "onbekende-gemeente"


def test_van_twee_beoordelingen_tegelijk_lukt_er_een(loop):
    pad = dien_in(loop)
    loop.doe("POST", f"{pad}/beoordelingen", versie=1, json={"status": "in behandeling"})

    def beoordeel(nummer: int) -> int:
        aan = {"status": "aangenomen", "voorziening": {"code": f"proef-{nummer}", "soort": "app"}}
        inhoud = aan if nummer % 2 else {"status": "afgewezen", "reden": "Nee (test)."}
        return loop.client.post(f"/v1{pad}/beoordelingen", json=inhoud, headers={**loop.beheer, "If-Match": "*"}).status_code

    with ThreadPoolExecutor(6) as tegelijk:
        assert sorted(tegelijk.map(beoordeel, range(6))) == [200] + [409] * 5

"""Credit notes and corrections over HTTP, also at the same moment, and past the code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import errors

from tests.abonnement.test_factuurstuk import NS, bytes_van, controleer, stel_in
from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")
EERSTE = "/v1/facturen/2018-000001"


@pytest.fixture
def gefactureerd(wereld):
    stel_in(wereld)
    wereld.gefactureerd()
    return wereld


def test_deel_dan_rest_en_nooit_meer(gefactureerd):
    wereld = gefactureerd
    factuur = wereld.get(EERSTE)
    regels = {regel["dienst"]: regel["bedragCent"] for regel in factuur["regels"]}
    deel = {"reden": "Eigen Luisterend Oor", "regels": [{"dienst": "luisterend-oor", "bedragCent": regels["luisterend-oor"]}]}
    eerste = wereld.post(f"{EERSTE}/creditnotas", deel, status=201)
    assert eerste.json()["nummer"] == "2018-500001" and eerste.headers["location"] == "/v1/creditnotas/2018-500001"
    te_veel = wereld.post(f"{EERSTE}/creditnotas", deel, status=409).json()
    assert te_veel["type"].endswith("te-veel-gecrediteerd") and "luisterend-oor hoogstens 0" in te_veel["detail"]
    over = wereld.get(EERSTE)
    assert over["openstaandCent"] == factuur["bedragCent"] - regels["luisterend-oor"]
    assert over["bedragCent"] == factuur["bedragCent"] and over["gecrediteerdCent"] == regels["luisterend-oor"]
    rest = wereld.post(f"{EERSTE}/creditnotas", {"reden": "Vergissing"}, status=201).json()
    assert rest["bedragCent"] == factuur["bedragCent"] - regels["luisterend-oor"] and len(rest["regels"]) == 3
    assert wereld.post(f"{EERSTE}/creditnotas", {"reden": "Nog eens"}, status=409).json()["type"].endswith("niets-te-crediteren")
    vroeg = {"reden": "x", "datum": "2018-01-14"}
    assert wereld.post("/v1/facturen/2018-000002/creditnotas", vroeg, status=409).json()["type"].endswith("creditdatum")
    wereld.jobs()
    boeking = wereld.outway.boekingen["/v1/creditnotas/2018-500002"]["regels"]
    assert boeking[0] == {"rekening": "1300", "bedragCent": -rest["bedragCent"]} and sum(r["bedragCent"] for r in boeking) == 0
    assert wereld.get("/v1/creditnotas?factuur=2018-000001")["count"] == 2
    eigen, vreemd = wereld.gemeente("GM0003"), wereld.gemeente("GM0344")
    assert wereld.get("/v1/creditnotas", eigen)["count"] == 2 and wereld.get("/v1/creditnotas", vreemd)["count"] == 0
    for pad in ("", "/stuk", "/ubl", "/pdf"):
        wereld.get(f"/v1/creditnotas/2018-500001{pad}", vreemd, status=404)
    alles = wereld.get("/v1/facturen")
    assert alles["openstaandCent"] == alles["totaalCent"] - factuur["bedragCent"]
    assert wereld.get("/v1/facturen?openstaand=false")["count"] == 1
    assert (
        wereld.stand()["gefactureerdCent"] == sum(wereld.stand()["gefactureerdPerDienstCent"].values()) == alles["openstaandCent"]
    )


def test_verbetering_crediteert_en_maakt_een_nieuwe(gefactureerd, tmp_path):
    wereld = gefactureerd
    oud = wereld.get(EERSTE)
    wens = {"reden": "Inwoners verbeterd door het CBS", "inwoners": oud["inwoners"] - 3}
    nieuw = wereld.post(f"{EERSTE}/correcties", wens, status=201)
    factuur = nieuw.json()
    assert factuur["nummer"] == "2018-000008" and nieuw.headers["location"] == "/v1/facturen/2018-000008"
    assert factuur["vervangt"] == "2018-000001" and factuur["bedragCent"] == (oud["inwoners"] - 3) * 90
    assert wereld.get(EERSTE)["vervangenDoor"] == "/v1/facturen/2018-000008" and wereld.get(EERSTE)["openstaandCent"] == 0
    assert wereld.get(f"{nieuw.headers['location']}/onderbouwing")["bedragCent"] == factuur["bedragCent"]
    assert wereld.post(f"{EERSTE}/correcties", wens, status=409).json()["type"].endswith("factuur-al-verbeterd")
    wereld.lees_in([post(factuur["bedragCent"], kenmerk=factuur["betalingskenmerk"])])
    assert wereld.get(nieuw.headers["location"])["openstaandCent"] == 0
    assert wereld.get("/v1/facturatierondes/2018")["aantalFacturen"] == 7
    wereld.jobs()
    per_profiel: dict[str, list[str]] = {}
    for pad in ("/v1/creditnotas/2018-500001", nieuw.headers["location"]):
        ubl = bytes_van(wereld, f"{pad}/ubl")
        assert b"Inwoners verbeterd door het CBS" in ubl and bytes_van(wereld, f"{pad}/pdf")
        bestand = tmp_path / f"{pad.rpartition('/')[2]}.xml"
        bestand.write_bytes(ubl)
        per_profiel.setdefault(wereld.get(f"{pad}/stuk")["profiel"], []).append(str(bestand))
    assert NS["cbc"].encode() in ubl
    controleer(per_profiel)


def test_tegelijk_crediteren_geeft_een_keer_het_geld_en_nummers_zonder_gat(gefactureerd):
    wereld = gefactureerd
    facturen = [f["nummer"] for f in wereld.alle("/v1/facturen")]

    def crediteer(nummer: str) -> int:
        return wereld.post(f"/v1/facturen/{nummer}/creditnotas", {"reden": "Tegelijk"}).status_code

    with ThreadPoolExecutor(6) as draden:
        gegeven = sorted(draden.map(crediteer, [*facturen[:3], *facturen[:3]]))
    assert gegeven == [201, 201, 201, 409, 409, 409]
    assert [c["nummer"] for c in wereld.alle("/v1/creditnotas")] == [f"2018-50000{n}" for n in (1, 2, 3)]


def test_database_houdt_creditnotas_heel(gefactureerd, database):
    wereld = gefactureerd
    wereld.post(f"{EERSTE}/creditnotas", {"reden": "Vergissing"}, status=201)
    kolommen = "nummer, jaar, volgnummer, factuur, gemeentecode, reden, datum, bedrag_cent, vastgesteld_op"
    los = "INSERT INTO creditnota ({}) VALUES ('2018-50000{}', 2018, {}, '2018-000002', '{}', 'x', '2018-02-01', 1, now())".format
    code = wereld.get("/v1/facturen/2018-000002")["gemeentecode"]
    regel = "INSERT INTO creditnotaregel VALUES ('2018-500001', '2018-000001', 'kindertelefoon', 1)"
    for opdrachten, fout in (
        ([los(kolommen, 3, 3, code)], "volgt niet"),
        ([los(kolommen, 2, 2, "GM9999")], "past niet"),
        ([los(kolommen, 2, 2, code), "UPDATE creditnummering SET laatste = 2"], "som van haar regels"),
        ([regel], "duplicate key"),
        (["UPDATE creditnummering SET laatste = 0"], "heeft niet nummer"),
        (["UPDATE creditnota SET reden = 'y'"], "permission denied"),
    ):
        with pytest.raises((errors.IntegrityError, errors.InsufficientPrivilege), match=fout), psycopg.connect(database.url) as v:
            for opdracht in opdrachten:
                v.execute(opdracht.encode())

"""Credit notes and corrections over HTTP, also at the same moment, and past the code."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from lxml import etree
from psycopg import errors

from tests.abonnement.test_factuurstuk import DIENSTEN, NS, VRIJ, bytes_van, controleer, stel_in
from tests.abonnement.test_verkoper import stel_verkopers_in
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


def test_creditnota_heeft_de_btw_van_haar_factuur_ook_als_die_later_anders_is_vastgelegd(gefactureerd, clock):
    wereld = gefactureerd
    clock.moment += timedelta(days=1)
    belast = {"vanaf": "2018-01-01", "categorie": "S", "percentage": "21.00", "bron": "later gezegd (test)"}
    for dienst in DIENSTEN:
        wereld.put(f"/v1/aanbieders/administratiebureau/btw/{dienst}", belast)
    wereld.post(f"{EERSTE}/creditnotas", {"reden": "Vergissing"}, status=201)
    wereld.jobs()
    krediet, factuur = (bytes_van(wereld, f"{pad}/ubl") for pad in ("/v1/creditnotas/2018-500001", EERSTE))
    categorie = ".//cac:ClassifiedTaxCategory/cbc:ID"
    assert {e.text for e in etree.fromstring(krediet).iterfind(categorie, NS)} == {"E"}
    assert {e.text for e in etree.fromstring(factuur).iterfind(categorie, NS)} == {"E"}


def test_deels_gecrediteerd_wordt_niet_verbeterd_want_dan_wordt_dat_deel_weer_gevraagd(gefactureerd):
    wereld = gefactureerd
    deel = {"reden": "Eigen Luisterend Oor", "regels": [{"dienst": "luisterend-oor", "bedragCent": 100}]}
    wereld.post(f"{EERSTE}/creditnotas", deel, status=201)
    wens = {"reden": "Inwoners verbeterd", "inwoners": 1000}
    assert wereld.post(f"{EERSTE}/correcties", wens, status=409).json()["type"].endswith("deels-gecrediteerd")
    wereld.post(f"{EERSTE}/creditnotas", {"reden": "Ook de rest"}, status=201)
    assert wereld.post(f"{EERSTE}/correcties", wens, status=201).json()["bedragCent"] == 90_000


def test_creditnota_over_alleen_het_loon_van_het_bureau_staat_in_de_regel_van_de_factuur(wereld):
    stel_verkopers_in(wereld, {"wijze": "stichtingen"})
    wereld.put("/v1/aanbieders/stichting-akj/btw/beheer-en-betaling", {**VRIJ, "categorie": "niet-vastgesteld", "tekst": None})
    wereld.gefactureerd()
    factuur = next(f for f in wereld.alle("/v1/facturen") if f["verkoper"] == "stichting-akj")
    deel = {"reden": "Loon", "regels": [{"dienst": "beheer-en-betaling", "bedragCent": 5}]}
    wereld.post(f"/v1/facturen/{factuur['nummer']}/creditnotas", deel, status=201)
    wereld.jobs()
    boom = etree.fromstring(bytes_van(wereld, "/v1/creditnotas/2018-500001/ubl"))
    van = etree.fromstring(bytes_van(wereld, f"/v1/facturen/{factuur['nummer']}/ubl"))
    assert [e.text for e in boom.iterfind(".//cac:Item/cbc:Name", NS)] == [
        e.text for e in van.iterfind(".//cac:Item/cbc:Name", NS)
    ]
    assert boom.findtext("cac:LegalMonetaryTotal/cbc:PayableAmount", None, NS) == "0.05"


def test_tegelijk_verbeteren_en_betalen_van_een_bundel_loopt_niet_vast(wereld):
    stel_verkopers_in(wereld, {"wijze": "stichtingen"})
    wereld.gefactureerd()
    bundel = [f for f in wereld.alle("/v1/facturen") if f["gemeentecode"] == "GM0003"]
    wens = {"reden": "Inwoners verbeterd", "inwoners": 1000}

    def doe(nummer: int) -> int:
        if nummer % 2:
            posten = [post(f["bedragCent"], kenmerk=f["betalingskenmerk"]) for f in bundel]
            return wereld.lees_in(posten, f"B-{nummer}", status=None).status_code
        return wereld.post(f"/v1/facturen/{bundel[nummer // 2]['nummer']}/correcties", wens).status_code

    with ThreadPoolExecutor(6) as draden:
        gegeven = list(draden.map(doe, range(6)))
    assert all(status < 500 for status in gegeven) and gegeven[::2].count(201) == 1, gegeven


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

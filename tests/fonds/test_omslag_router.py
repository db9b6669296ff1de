"""Omslagen over HTTP: proposing, previewing, deciding, and the bijdragen that come of it, by role."""

from __future__ import annotations

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from fonds_api.app import service as fonds
from fonds_api.omslag.rules import Inwonertal, Voorganger
from gemeengoed_kit.testing import make_client
from psycopg import connect

from tests.fonds.omslagen import BESLUIT, DAG, GROOT, KLEIN, MIDDEN, banden, gepeild, inwonertallen, omslag, vast
from tests.invariants.fonds import schendingen

LEZERS = ("fondsbeheerder", "bestuur", "ledenvergadering", "accountant")


@pytest.fixture
def doe(client, als, database):
    """A request as a role, that must end with a status; what is in the answer."""

    def vraag(methode: str, pad: str, status: int, rol: str = "fondsbeheerder", inhoud=None, **eigenschappen: str):
        if rol == "gemeente" and "gemeentecode" not in eigenschappen:
            eigenschappen["gemeentecode"] = GROOT
        antwoord = client.request(methode, f"/v1{pad}", headers=als(rol, **eigenschappen), json=inhoud)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    yield vraag
    assert schendingen(database.url) == []


def test_voorstel_wordt_omslag_en_een_tweede_niet(doe):
    eerste = doe("POST", "/omslagen", 201, inhoud=omslag(2019))
    assert (eerste["id"], eerste["status"], eerste["vaststelling"], eerste["banden"]) == ("ggu-2019-1", "voorstel", None, [])
    tweede = doe("POST", "/omslagen", 201, inhoud=banden("schijf", 2019, gedeeld=True))
    assert tweede["versie"] == 2 and tweede["banden"][0] == {"totEnMet": 5000, "tariefMillicent": 192000}
    assert doe("POST", "/bijdragerondes", 409, inhoud={"fonds": "ggu", "jaar": 2019})["type"].endswith("/geen-omslag")
    doe("POST", "/omslagen/ggu-2019-1/vaststellingen", 403, inhoud=BESLUIT)
    doe("POST", "/omslagen/ggu-2019-7/vaststellingen", 404, "bestuur", BESLUIT)
    vastgesteld = doe("POST", "/omslagen/ggu-2019-2/vaststellingen", 201, "ledenvergadering", BESLUIT)
    assert vastgesteld["status"] == "vastgesteld" and vastgesteld["vaststelling"]["door"] == "ledenvergadering"
    assert vastgesteld["vaststelling"]["besluit"] == BESLUIT["besluit"]
    for pad, rol, inhoud in (
        ("/omslagen/ggu-2019-1/vaststellingen", "bestuur", BESLUIT),
        ("/omslagen", "fondsbeheerder", omslag(2019)),
    ):
        fout = doe("POST", pad, 409, rol, inhoud)
        assert fout["type"].endswith("/omslag-al-vastgesteld") and fout["omslag"] == "/v1/omslagen/ggu-2019-2"
    assert doe("POST", "/bijdragerondes", 202, inhoud={"fonds": "ggu", "jaar": 2019})["omslagCent"] == 0
    for rol in LEZERS:
        assert [o["id"] for o in doe("GET", "/omslagen?jaar=2019", 200, rol)["results"]] == ["ggu-2019-1", "ggu-2019-2"]
    assert [o["id"] for o in doe("GET", "/omslagen?status=vastgesteld", 200)["results"]] == ["ggu-2019-2", "ggu-2020-1"]


def test_gemeente_ziet_een_voorstel_pas_als_het_is_gedeeld(doe):
    doe("POST", "/omslagen", 201, inhoud=omslag(2019))
    assert doe("GET", "/omslagen?jaar=2019", 200, "gemeente")["count"] == 0
    for pad in ("/omslagen/ggu-2019-1", "/omslagen/ggu-2019-1/voorbeeld", "/vooruitblik?fonds=ggu&jaar=2019"):
        assert doe("GET", pad, 404, "gemeente")["status"] == 404
    doe("POST", "/omslagen", 201, inhoud=omslag(2019, gedeeld=True))
    assert [o["id"] for o in doe("GET", "/omslagen?jaar=2019", 200, "gemeente")["results"]] == ["ggu-2019-2"]


def test_wat_niet_past_wordt_geweigerd_met_alle_fouten(doe):
    fout = doe("POST", "/omslagen", 409, inhoud=omslag(vorm="klasse", compensatieJaren=2))
    assert fout["type"].endswith("/omslag-past-niet")
    assert {p["name"] for p in fout["invalidParams"]} == {"bedragCent", "banden"}
    dubbel = banden("klasse")
    dubbel["banden"] = [dubbel["banden"][-1], *dubbel["banden"]]
    fouten = doe("POST", "/omslagen", 409, inhoud=dubbel)["invalidParams"]
    assert "alleen de laatste band heeft geen grens" in {fout["reason"] for fout in fouten}
    assert doe("POST", "/omslagen", 409, inhoud=omslag(fonds="geen"))["type"].endswith("/onbekend-fonds")
    assert doe("POST", "/omslagen", 403, "bestuur", omslag())["status"] == 403


def test_voorbeeld_rekent_zonder_gevolgen_beide_lezingen_uit_en_verklaart_elk_verschil(doe, context):
    doe("POST", "/omslagen", 201, inhoud=omslag())
    doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 201, "bestuur", BESLUIT)
    doe("POST", "/bijdragerondes", 202, inhoud={"fonds": "ggu", "jaar": 2018})
    doe("GET", "/omslagen/ggu-2018-1/voorbeeld", 404)
    vast(context, "ggu-2018", inwonertallen())
    doe("POST", "/omslagen", 201, inhoud=banden("klasse", 2019, gedeeld=True))
    later = gepeild(context, inwonertallen("voorlopig", **{GROOT: 1000, KLEIN: -33}))
    tel = "SELECT count(*) FROM audit"
    with connect(context.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")) as kijker:
        voor = kijker.execute(tel).fetchone()
        alles = doe("GET", "/omslagen/ggu-2019-1/voorbeeld", 200, "ledenvergadering")
        assert kijker.execute(tel).fetchone() == voor
    assert (alles["peiling"], alles["opEigenDagen"], alles["aantal"], alles["aantalVoorlopig"]) == (later, True, 3, 3)
    per = {g["gemeentecode"]: g for g in alles["gemeenten"]}
    assert per[KLEIN]["klasseCent"] == per[KLEIN]["bedragCent"] == 3_600 * 192 == per[KLEIN]["schijfCent"]
    assert per[MIDDEN]["klasseCent"] == 11_721 * 176 and per[MIDDEN]["schijfCent"] == 5_000 * 192 + 6_721 * 176
    assert per[GROOT]["klasseCent"] == 855_047 * 75
    assert per[GROOT]["schijfCent"] == 5_000 * 192 + 20_000 * 176 + 175_000 * 152 + 655_047 * 75
    for naam in ("bedragCent", "klasseCent", "schijfCent", "vorigCent", "verschilCent"):
        assert alles[naam] == sum(g[naam] for g in alles["gemeenten"])
    assert alles["vorigCent"] == 100_000_01
    for g in alles["gemeenten"]:
        assert sum(deel["verschilCent"] for deel in g["verklaring"]) == g["verschilCent"] == g["bedragCent"] - g["vorigCent"]
    assert {deel["reden"] for deel in per[GROOT]["verklaring"]} == {"inwoners", "inwoners-andere-gemeenten", "omslag"}

    eigen = doe("GET", "/omslagen/ggu-2019-1/voorbeeld", 200, "gemeente")
    assert [g["gemeentecode"] for g in eigen["gemeenten"]] == [GROOT] and eigen["bedragCent"] == per[GROOT]["bedragCent"]
    assert eigen["schijfCent"] == per[GROOT]["schijfCent"] and eigen["vorigCent"] == per[GROOT]["vorigCent"]
    doe("GET", f"/omslagen/ggu-2019-1/voorbeeld?peiling={uuid.uuid4()}", 409)
    blik = doe("GET", "/vooruitblik?fonds=ggu&jaar=2019", 200, "gemeente")
    assert blik["bijdrage"] == per[GROOT] and sum(t["bedragCent"] for t in blik["termijnen"]) == per[GROOT]["bedragCent"]
    assert blik["exclusiefBtwCent"] + blik["btwCent"] == per[GROOT]["bedragCent"]
    assert blik["delen"] == [{"totEnMet": None, "inwoners": 855_047, "tariefMillicent": 75_000}]
    doe("GET", "/vooruitblik?fonds=ggu&jaar=2019", 404, "gemeente", gemeentecode="GM0599")
    doe("GET", "/vooruitblik?fonds=ggu&jaar=2019", 403, "bestuur")


def test_onderbouwing_van_banden_en_compensatie_is_na_te_rekenen(doe, context):
    tarieven = [{"totEnMet": 10_000, "tariefMillicent": 100_500}, {"totEnMet": None, "tariefMillicent": 200_001}]
    iv3 = {"taakveld": "0.4 Overhead", "categorie": "3.8 Overige goederen en diensten", "bronvermelding": "Test"}
    doe("POST", "/omslagen", 201, inhoud=banden("klasse", banden=tarieven, compensatieJaren=2, iv3=iv3))
    doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 201, "bestuur", BESLUIT)
    doe("POST", "/bijdragerondes", 202, inhoud={"fonds": "ggu", "jaar": 2018})
    eerder = (Voorganger("GM0140", "Littenseradiel", 9_999, DAG), Voorganger("GM0063", "het Bildt", 10_000, DAG))
    vast(context, "ggu-2018", [*inwonertallen()[:1], Inwonertal("GM1949", "Waadhoeke", 20_001, DAG, None, eerder)])
    ronde = doe("GET", "/bijdragerondes/ggu-2018", 200)
    nieuw = doe("GET", "/bijdragen/ggu-2018-GM1949", 200)
    uitleg = doe("GET", "/bijdragen/ggu-2018-GM1949/onderbouwing", 200, "gemeente", gemeentecode="GM1949")
    bruto = (20_001 * 200_001 + 500) // 1000
    samen = (9_999 * 100_500 + 500) // 1000 + 10_000 * 100_500 // 1000
    assert (uitleg["brutoCent"], uitleg["compensatieCent"], uitleg["bedragCent"]) == (bruto, bruto - samen, samen)
    assert (
        uitleg["bedragCent"] == nieuw["bedragCent"]
        and ronde["totaalCent"] == ronde["omslagCent"] == samen + (11_721 * 200_001 + 500) // 1000
    )
    assert uitleg["heelCent"] + uitleg["restcent"] == bruto and uitleg["restNoemer"] == 1000
    assert [v["code"] for v in uitleg["voorgangers"]] == ["GM0140", "GM0063"] and "2 jaar" in uitleg["regel"]
    assert uitleg["iv3"] == iv3 and uitleg["exclusiefBtwCent"] + uitleg["btwCent"] == samen


def test_zestien_voorstellen_en_vaststellingen_tegelijk(als, context, database):
    def post(pad: str, rol: str, inhoud) -> int:
        return make_client(fonds, context).post(f"/v1{pad}", json=inhoud, headers=als(rol)).status_code

    with ThreadPoolExecutor(8) as aanvragers:
        assert Counter(aanvragers.map(lambda n: post("/omslagen", "fondsbeheerder", omslag(2019)), range(16))) == {201: 16}
        beslissingen = aanvragers.map(lambda n: post(f"/omslagen/ggu-2019-{n}/vaststellingen", "bestuur", BESLUIT), range(1, 17))
        assert Counter(beslissingen) == {201: 1, 409: 15}
    assert schendingen(database.url) == []

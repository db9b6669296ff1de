"""Omslagen over HTTP: proposing, previewing, deciding, and the bijdragen that come of it, by role."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fonds_api.app import service as fonds
from fonds_api.omslag import service as omslagen
from fonds_api.omslag.errors import OmslagAlVastgesteld
from fonds_api.omslag.rules import Inwonertal, Voorganger
from gemeengoed_kit.asking import explain
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import make_client
from psycopg import connect
from sqlalchemy import text

from tests.fonds.besluiten import ALIAS, BESTUUR, LEDEN, NEGATIEF, START, Catalogus, catalogus, verwijs
from tests.fonds.indexaties import cijfer, clausule, indexatie, reeks, toepassing
from tests.fonds.omslagen import BESLUIT, DAG, GROOT, KLEIN, MIDDEN, banden, besloten, gepeild, inwonertallen, omslag, vast
from tests.invariants.fonds import schendingen


def soort(fout) -> str:
    return fout["type"].rpartition("/")[2]


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


def test_voorstel_wordt_omslag_en_een_tweede_niet(doe, context):
    eerste = doe("POST", "/omslagen", 201, inhoud=omslag(2019))
    assert (eerste["id"], eerste["status"], eerste["vaststelling"], eerste["banden"]) == ("ggu-2019-1", "voorstel", None, [])
    tweede = doe("POST", "/omslagen", 201, inhoud=banden("schijf", 2019, gedeeld=True))
    assert tweede["versie"] == 2 and tweede["banden"][0] == {"totEnMet": 5000, "tariefMillicent": 192000, "toepassing": None}
    assert doe("POST", "/bijdragerondes", 409, inhoud={"fonds": "ggu", "jaar": 2019})["type"].endswith("/geen-omslag")
    doe("POST", "/omslagen/ggu-2019-1/vaststellingen", 403, inhoud=BESLUIT)
    doe("POST", "/omslagen/ggu-2019-7/vaststellingen", 404, "bestuur", BESLUIT)
    aangevraagd = doe("POST", "/omslagen/ggu-2019-2/vaststellingen", 202, "ledenvergadering", BESLUIT)
    assert (aangevraagd["status"], aangevraagd["vaststelling"]["vastgesteldOp"]) == ("aangevraagd", None)
    assert doe("POST", "/omslagen/ggu-2019-2/vaststellingen", 200, "ledenvergadering", BESLUIT) == aangevraagd
    anders = {**BESLUIT, "besluit": verwijs(LEDEN)}
    assert soort(doe("POST", "/omslagen/ggu-2019-2/vaststellingen", 409, "bestuur", anders)) == "omslag-al-aangevraagd"
    assert [o["id"] for o in doe("GET", "/omslagen?status=aangevraagd", 200)["results"]] == ["ggu-2019-2"]
    assert doe("POST", "/bijdragerondes", 409, inhoud={"fonds": "ggu", "jaar": 2019})["type"].endswith("/geen-omslag")
    besloten(context, "ggu-2019-2")
    vastgesteld = doe("GET", "/omslagen/ggu-2019-2", 200)
    assert vastgesteld["status"] == vastgesteld["vaststelling"]["status"] == "vastgesteld"
    assert (vastgesteld["vaststelling"]["door"], vastgesteld["vaststelling"]["gremium"]) == ("ledenvergadering", "ALV")
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
    doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 202, "bestuur", BESLUIT)
    besloten(context, "ggu-2018-1")
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
    doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 202, "bestuur", BESLUIT)
    besloten(context, "ggu-2018-1")
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
        gevraagd = aanvragers.map(
            lambda n: post(f"/omslagen/ggu-2019-{n // 2 + 1}/vaststellingen", "bestuur", BESLUIT), range(32)
        )
        assert Counter(gevraagd) == {202: 16, 200: 16}
        list(aanvragers.map(lambda n: nagevraagd(context, f"ggu-2019-{n}"), range(1, 17)))
    with context.sessions() as session:
        stand = session.execute(text("SELECT status, count(*) FROM omslagaanvraag GROUP BY 1")).all()
        assert dict(map(tuple, stand)) == {"vastgesteld": 1, "geweigerd": 15}
    assert schendingen(database.url) == []


def nagevraagd(context, id: str) -> None:
    """What the job does when catalogus has answered."""
    try:
        besloten(context, id)
    except OmslagAlVastgesteld as fout:
        with context.work(Actor()) as work:
            omslagen.weigeren(work, id, explain(fout), BESLUIT["besluit"]["pad"])


@pytest.fixture
def bron() -> Iterator[Catalogus]:
    with catalogus() as bron:
        yield bron


@pytest.fixture
def settings(settings, bron):
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


def test_besluit_wordt_bij_de_catalogus_nagevraagd(doe, context, bron):
    """What it refuses is a proposal again, with why; and may be asked for anew, with another decision."""
    doe("POST", "/omslagen", 201, inhoud=omslag(2019))
    for wie, van, mis in (
        ("bestuur", NEGATIEF, "besluit-draagt-niet"),
        ("bestuur", START, "besluit-draagt-niet"),
        ("ledenvergadering", BESTUUR, "besluit-draagt-niet"),
        ("bestuur", 99, "bron-weigert"),
    ):
        doe("POST", "/omslagen/ggu-2019-1/vaststellingen", 202, wie, {**BESLUIT, "besluit": verwijs(van)})
        context.jobs.run_waiting(context)
        geweigerd = doe("GET", "/omslagen/ggu-2019-1", 200)
        stand = geweigerd["vaststelling"]
        assert (geweigerd["status"], stand["status"], stand["probleem"]["type"]) == ("voorstel", "geweigerd", mis), van
    assert doe("GET", "/omslagen?status=voorstel&jaar=2019", 200)["count"] == 1
    doe("POST", "/omslagen/ggu-2019-1/vaststellingen", 202, "bestuur", {**BESLUIT, "besluit": verwijs(LEDEN)})
    context.jobs.run_waiting(context)
    vast = doe("GET", "/omslagen/ggu-2019-1", 200)
    assert (vast["status"], vast["vaststelling"]["probleem"], vast["vaststelling"]["beslotenOp"]) == (
        "vastgesteld",
        None,
        "2017-11-29",
    )
    doe("POST", "/bijdragerondes", 202, inhoud={"fonds": "ggu", "jaar": 2019})


def test_omslag_neemt_haar_bedragen_van_een_indexatie(doe, context):
    """A chain of two years; what does not fit is named, and what does is shown to a gemeente with its steps."""
    doe("POST", "/indexreeksen", 201, inhoud=reeks())
    doe("POST", "/indexclausules", 201, inhoud=clausule())
    doe("POST", "/indexcijfers", 201, inhoud=cijfer("cpi", 2018, "10"))
    een = doe("POST", "/indexaties", 201, inhoud=indexatie())["id"]

    def toegepast(pad: str, oud: str, bron: str = "fonds") -> str:
        nieuw = {**toepassing(een, oud, pad), "onderwerp": {"bron": bron, "pad": pad}}
        return doe("POST", "/indexatietoepassingen", 201, inhoud=nieuw)["id"]

    tarief = toegepast("/v1/omslagen/ggu/tarief-1", "1.60")
    vreemd = toegepast("/v1/tarieven/proef", "1.60", "abonnement")

    def met(id: str, millicent: int = 176_000, jaar: int = 2018):
        band = {"totEnMet": None, "tariefMillicent": millicent, "toepassing": id}
        return omslag(jaar, vorm="tarief", bedragCent=None, banden=[band], gedeeld=True)

    onbekend = doe("POST", "/omslagen", 409, inhoud=met(str(uuid.uuid4())))
    assert (soort(onbekend), onbekend["invalidParams"][0]["name"]) == ("onbekende-toepassing", "banden.0.toepassing")
    for inhoud, mis in ((met(tarief, 176_001), "bedrag"), (met(tarief, jaar=2019), "jaar"), (met(vreemd), "onderwerp")):
        fout = doe("POST", "/omslagen", 409, inhoud=inhoud)
        assert (soort(fout), [f["code"] for f in fout["invalidParams"]]) == ("omslag-past-niet", [mis])
    gemaakt = doe("POST", "/omslagen", 201, inhoud=met(tarief))
    assert gemaakt["banden"][0]["toepassing"] == f"/v1/indexatietoepassingen/{tarief}" and gemaakt["toepassing"] is None
    gepeild(context, inwonertallen())
    blik = doe("GET", "/vooruitblik?fonds=ggu&jaar=2018", 200, "gemeente")
    (stap,) = blik["indexering"]
    assert (stap["band"], stap["toepassing"]["prijs"], stap["toepassing"]["id"]) == (1, "1.76", tarief)
    assert (
        stap["toepassing"]["stappen"]
        and doe("GET", gemaakt["banden"][0]["toepassing"][3:], 200, "gemeente") == stap["toepassing"]
    )
    omvang = toegepast("/v1/omslagen/ggu/omvang", "1000.01")
    groot = omslag(bedragCent=110_001, toepassing=omvang)
    assert doe("POST", "/omslagen", 201, inhoud=groot)["toepassing"] == f"/v1/indexatietoepassingen/{omvang}"
    doe("POST", "/omslagen/ggu-2018-2/vaststellingen", 202, "bestuur", BESLUIT)
    besloten(context, "ggu-2018-2")
    doe("POST", "/bijdragerondes", 202, inhoud={"fonds": "ggu", "jaar": 2018})
    vast(context, "ggu-2018", inwonertallen())
    uitleg = doe("GET", f"/bijdragen/ggu-2018-{GROOT}/onderbouwing", 200, "gemeente")
    assert [(i["band"], i["toepassing"]["id"]) for i in uitleg["indexering"]] == [(None, omvang)]

"""Nota's, receipts, settlements and what is open, over HTTP and by role; the ledger agrees at every step."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from fonds_api.app import service as fonds
from gemeengoed_kit.testing import make_client

from tests.fonds.omslagen import (
    BESLUIT,
    DRIE,
    GEEN,
    GROOT,
    KLEIN,
    MIDDEN,
    banden,
    gepeild,
    inwonertallen,
    omslag,
    ontvangst,
    vast,
)
from tests.fonds.omslagen import besloten as stel_vast
from tests.invariants.fonds import schendingen

RONDE = {"ronde": "ggu-2018", "termijn": 1}
OMVANG = 100_000_01


@pytest.fixture
def doe(client, als, database):
    """A request as a role, that must end with a status; what is in the answer."""

    def vraag(methode: str, pad: str, status: int, inhoud=None, rol: str = "fondsbeheerder", **eigenschappen: str):
        antwoord = client.request(methode, f"/v1{pad}", headers=als(rol, **eigenschappen), json=inhoud)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    yield vraag
    assert schendingen(database.url) == []


@pytest.fixture
def besloten(doe, context):
    """Decide a levy of 2018 and carry it out over the three gemeenten."""

    def maak(nieuw=None, status: str = "voorlopig") -> dict[str, int]:
        doe("POST", "/omslagen", 201, nieuw or omslag())
        doe("POST", "/omslagen/ggu-2018-1/vaststellingen", 202, BESLUIT, "bestuur")
        stel_vast(context, "ggu-2018-1")
        doe("POST", "/bijdragerondes", 202, {"fonds": "ggu", "jaar": 2018})
        vast(context, "ggu-2018", inwonertallen(status))
        return {b["gemeentecode"]: b["bedragCent"] for b in doe("GET", "/bijdragen?jaar=2018", 200)["results"]}

    return maak


@pytest.fixture
def saldo(doe):
    """The balance of an account of ggu, in cents: debet less credit."""

    def van(nummer: str) -> int:
        rekeningen = doe("GET", "/rekeningen?fonds=ggu&datum=2018-12-31", 200)["results"]
        return next(r["saldoCent"] for r in rekeningen if r["nummer"] == nummer)

    return van


def test_twee_termijnen_zijn_samen_de_bijdragen_en_worden_geboekt(doe, besloten, saldo):
    bedragen = besloten()
    eerste = doe("POST", "/notarondes", 201, RONDE)
    assert (eerste["aantal"], eerste["eerste"], eerste["laatste"]) == (3, "ggu-2018-00001", "ggu-2018-00003")
    assert doe("POST", "/notarondes", 200, RONDE) == eerste
    assert saldo("1300") == eerste["bedragCent"] == -saldo("8000")
    tweede = doe("POST", "/notarondes", 201, {**RONDE, "termijn": 2})
    assert eerste["bedragCent"] + tweede["bedragCent"] == OMVANG == saldo("1300") and tweede["eerste"] == "ggu-2018-00004"
    notas = doe("GET", "/notas?ronde=ggu-2018", 200)
    assert (notas["count"], notas["bedragCent"], notas["openCent"]) == (6, OMVANG, OMVANG)
    for code, cent in bedragen.items():
        assert sum(n["bedragCent"] for n in notas["results"] if n["gemeentecode"] == code) == cent
    assert {n["vervaldatum"] for n in notas["results"]} == {"2018-03-01", "2018-09-01"}
    boeking = doe("GET", "/boekingen?bronPad=/v1/notas/ggu-2018-00001", 200)["results"][0]
    assert boeking["bron"] == {"bron": "fonds", "pad": "/v1/notas/ggu-2018-00001"}
    for inhoud, status in (
        ({**RONDE, "termijn": 3}, 409),
        ({"ronde": "ggu-2020", "termijn": 1}, 409),
        ({"afrekening": "ggu-2018-1"}, 409),
        ({"ronde": "ggu-2018"}, 409),
        ({}, 409),
        ({**RONDE, "afrekening": "ggu-2018-1"}, 409),
    ):
        doe("POST", "/notarondes", status, inhoud)
    doe("POST", "/notarondes", 403, RONDE, "accountant")


def test_creditnota_neemt_terug_en_nooit_meer_dan_de_nota(doe, besloten, saldo):
    besloten()
    doe("POST", "/notarondes", 201, RONDE)
    nota = doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"][0]
    pad, cent = f"/notas/{nota['id']}", nota["bedragCent"]
    credit = doe("POST", f"{pad}/creditnotas", 201, {"bedragCent": 100, "reden": "Test"})
    assert (credit["soort"], credit["bedragCent"], credit["openCent"], credit["betreft"]) == ("creditnota", -100, 0, nota["id"])
    te_veel = doe("POST", f"{pad}/creditnotas", 409, {"bedragCent": cent - 99, "reden": "Test"})
    assert te_veel["hoogstensCent"] == cent - 100
    doe("POST", f"/notas/{credit['id']}/creditnotas", 409, {"bedragCent": 1, "reden": "Test"})
    doe("POST", "/notas/ggu-2018-99999/creditnotas", 404, {"bedragCent": 1, "reden": "Test"})
    assert doe("GET", pad, 200)["openCent"] == cent - 100 and doe("GET", pad, 200)["bedragCent"] == cent
    doe("POST", "/ontvangsten", 201, ontvangst(cent - 100, (nota["id"], cent - 100)))
    doe("POST", f"{pad}/creditnotas", 201, {"bedragCent": cent - 100, "reden": "Test"})
    assert doe("GET", pad, 200)["openCent"] == 100 - cent, "paid, and credited afterwards: to be given back"
    doe("POST", "/ontvangsten", 201, ontvangst(100 - cent, (nota["id"], 100 - cent)))
    assert doe("GET", pad, 200)["openCent"] == 0 and saldo("1100") == 0
    assert saldo("1300") == doe("GET", "/debiteuren", 200)["openCent"]


def test_ontvangst_betaalt_deels_te_veel_en_wordt_herroepen(doe, besloten, saldo):
    besloten()
    doe("POST", "/notarondes", 201, RONDE)
    doe("POST", "/notarondes", 201, {**RONDE, "termijn": 2})
    een, twee = doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"]
    ander = doe("GET", f"/notas?gemeentecode={KLEIN}", 200)["results"][0]
    deel = doe("POST", "/ontvangsten", 201, ontvangst(1000, (een["id"], 400)))
    assert deel["overCent"] == 600 and doe("GET", f"/notas/{een['id']}", 200)["openCent"] == een["bedragCent"] - 400
    for delen, soort in (
        ([(ander["id"], 1)], "onbekende-nota"),
        ([("ggu-2018-99999", 1)], "onbekende-nota"),
        ([(een["id"], 601)], "niet-toe-te-rekenen"),
        ([(een["id"], -1)], "niet-toe-te-rekenen"),
    ):
        toe = {"toerekeningen": [{"nota": nota, "bedragCent": cent} for nota, cent in delen]}
        assert doe("POST", f"/ontvangsten/{deel['id']}/toerekeningen", 409, toe)["type"].endswith(soort)
    toe = {"toerekeningen": [{"nota": een["id"], "bedragCent": 100}, {"nota": twee["id"], "bedragCent": 300}]}
    assert doe("POST", f"/ontvangsten/{deel['id']}/toerekeningen", 201, toe)["overCent"] == 200
    veel = een["bedragCent"]
    doe("POST", "/ontvangsten", 409, ontvangst(veel, (een["id"], veel)))
    zelfde = ontvangst(1000, kenmerk=deel["kenmerk"])
    assert doe("POST", "/ontvangsten", 409, zelfde)["type"].endswith("/ontvangst-al-vastgelegd")
    debiteur = doe("GET", f"/debiteuren?gemeentecode={GROOT}&datum=2018-10-15", 200)["results"][0]
    assert (debiteur["vooruitbetaaldCent"], debiteur["nietVervallenCent"]) == (200, 0)
    assert debiteur["vervallen60Cent"] == twee["bedragCent"] - 300 and debiteur["vervallenLangerCent"] == een["bedragCent"] - 500
    samen = doe("GET", "/debiteuren", 200)
    assert samen["count"] == 3 and samen["openCent"] == saldo("1300") == OMVANG - 1000 and saldo("1100") == 1000
    spiegel = doe("POST", f"/ontvangsten/{deel['id']}/herroepingen", 201, {"reden": "Van een ander"})
    assert (spiegel["bedragCent"], spiegel["overCent"], spiegel["herroept"]) == (-1000, -200, deel["id"])
    assert doe("GET", f"/ontvangsten/{deel['id']}", 200)["herroepenDoor"] == spiegel["id"]
    for pad in (deel["id"], spiegel["id"]):
        doe("POST", f"/ontvangsten/{pad}/herroepingen", 409, {"reden": "Nog eens"})
        doe("POST", f"/ontvangsten/{pad}/toerekeningen", 409, toe)
    assert doe("GET", "/notas?open=true", 200)["openCent"] == OMVANG == saldo("1300") and saldo("1100") == 0
    assert doe("GET", "/debiteuren", 200)["results"][2]["vooruitbetaaldCent"] == 0
    doe("POST", "/ontvangsten", 201, {**zelfde, "gemeentecode": KLEIN})
    doe("POST", f"/ontvangsten/{GEEN}/herroepingen", 404, {"reden": "x"})
    doe("POST", "/ontvangsten", 409, ontvangst(1, boekdatum="2099-01-01"))
    doe("POST", "/ontvangsten", 403, ontvangst(1), "gemeente", gemeentecode=GROOT)


def test_correctie_van_inwoners_wordt_een_verrekening_die_op_nul_uitkomt(doe, besloten, context, saldo):
    bedragen = besloten()
    doe("POST", "/notarondes", 201, RONDE)
    voor = doe("GET", "/bijdragen?jaar=2018", 200)
    afrekening = {"ronde": "ggu-2018", "omschrijving": "Correctie (test)"}
    gelijk = gepeild(context, inwonertallen(None))
    assert doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": gelijk})["type"].endswith("/niets-te-verrekenen")
    voorlopig = gepeild(context, inwonertallen("voorlopig", **{GROOT: 500}))
    fout = doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": voorlopig})
    assert fout["type"].endswith("/inwoners-voorlopig") and fout["gemeentecodes"] == sorted(DRIE)
    minder = gepeild(context, inwonertallen()[:2])
    assert doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": minder})["type"].endswith("/peiling-past-niet")
    doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": str(GEEN)})
    doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": gelijk, "ronde": "ggu-2017"})
    beter = gepeild(context, inwonertallen(**{GROOT: -5000, KLEIN: 700}))
    eerste = doe("POST", "/afrekeningen", 201, {**afrekening, "peiling": beter})
    assert (eerste["id"], eerste["verschilCent"], eerste["opbrengstCent"], eerste["totaalCent"]) == ("ggu-2018-1", 0, 0, OMVANG)
    regels = doe("GET", "/afrekeningregels?afrekening=ggu-2018-1", 200)
    assert regels["verschilCent"] == 0 == sum(r["verschilCent"] for r in regels["results"]) and regels["bedragCent"] == OMVANG
    for r in regels["results"]:
        assert r["verschilCent"] == r["bedragCent"] - bedragen[r["gemeentecode"]] != 0
    assert doe("GET", "/bijdragen?jaar=2018", 200) == voor
    notas = doe("POST", "/notarondes", 201, {"afrekening": "ggu-2018-1"})
    assert (notas["aantal"], notas["bedragCent"]) == (3, 0) and saldo("1310") == 0
    assert doe("POST", "/notarondes", 200, {"afrekening": "ggu-2018-1"}) == notas
    terug = next(n for n in doe("GET", "/notas?afrekening=ggu-2018-1", 200)["results"] if n["gemeentecode"] == GROOT)
    assert terug["soort"] == "creditnota" and terug["openCent"] == terug["bedragCent"] < 0
    doe("POST", "/ontvangsten", 201, ontvangst(terug["bedragCent"], (terug["id"], terug["bedragCent"])))
    assert doe("GET", f"/notas/{terug['id']}", 200)["openCent"] == 0
    assert doe("POST", "/afrekeningen", 409, {**afrekening, "peiling": beter})["type"].endswith("/niets-te-verrekenen")
    weer = gepeild(context, inwonertallen())
    tweede = doe("POST", "/afrekeningen", 201, {**afrekening, "peiling": weer})
    assert [r["verschilCent"] for r in doe("GET", "/afrekeningregels?afrekening=ggu-2018-2", 200)["results"]] == [
        -r["verschilCent"] for r in regels["results"]
    ]
    assert tweede["nummer"] == 2


def test_a_conto_wordt_afgerekend_tot_op_de_cent(doe, besloten, context, saldo):
    termijnen = [{"vervaldag": "2018-02-01", "promille": 333}, {"vervaldag": "2018-08-01", "promille": 567}]
    bedragen = besloten(banden("klasse", aConto=True, termijnen=termijnen))
    for termijn in (1, 2):
        doe("POST", "/notarondes", 201, {**RONDE, "termijn": termijn})
    voorschot = saldo("1300")
    assert voorschot == -saldo("1310") == sum((b * 900 + 500) // 1000 for b in bedragen.values()) and saldo("8000") == 0
    definitief = gepeild(context, inwonertallen(**{GROOT: 1234, MIDDEN: -21}))
    klaar = doe("POST", "/afrekeningen", 201, {"ronde": "ggu-2018", "peiling": definitief, "omschrijving": "Afrekening"})
    totaal = (854_047 + 1234) * 75 + (11_721 - 21) * 176 + 3_633 * 192
    assert klaar["totaalCent"] == totaal == -saldo("8000") and klaar["verschilCent"] == totaal - voorschot
    doe("POST", "/notarondes", 201, {"afrekening": "ggu-2018-1"})
    assert saldo("1300") == totaal and saldo("1310") == 0
    assert doe("GET", "/debiteuren", 200)["openCent"] == totaal


def test_gemeente_ziet_alleen_zichzelf_en_de_accountant_alles(doe, besloten, context):
    besloten()
    doe("POST", "/notarondes", 201, RONDE)
    for code in (GROOT, KLEIN):
        nota = doe("GET", f"/notas?gemeentecode={code}", 200)["results"][0]
        doe("POST", "/ontvangsten", 201, ontvangst(100, (nota["id"], 60), gemeentecode=code))
    peiling = gepeild(context, inwonertallen(**{GROOT: 9}))
    doe("POST", "/afrekeningen", 201, {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "Test"})
    for lijst, som in (
        ("/notas", "openCent"),
        ("/ontvangsten", "bedragCent"),
        ("/debiteuren", "openCent"),
        ("/afrekeningregels", "verschilCent"),
    ):
        alles, zelfde = doe("GET", lijst, 200), doe("GET", lijst, 200, rol="accountant")
        eigen = doe("GET", lijst, 200, rol="gemeente", gemeentecode=GROOT)
        assert alles == zelfde and {r["gemeentecode"] for r in eigen["results"]} == {GROOT} and eigen["count"] == 1
        assert eigen[som] == eigen["results"][0][som]
        assert doe("GET", f"{lijst}?gemeentecode={KLEIN}", 200, rol="gemeente", gemeentecode=GROOT)["count"] == 0
        doe("GET", lijst, 403, rol="gemeente")
        doe("GET", lijst, 200 if lijst == "/afrekeningregels" else 403, rol="bestuur")
        if lijst in ("/notas", "/ontvangsten"):
            for rij in alles["results"]:
                status = 200 if rij["gemeentecode"] == GROOT else 404
                doe("GET", f"{lijst}/{rij['id']}", status, rol="gemeente", gemeentecode=GROOT)


def test_nota_rondes_creditnotas_en_ontvangsten_tegelijk(doe, besloten, als, context):
    besloten()

    def post(vraag) -> int:
        pad, inhoud = vraag
        return make_client(fonds, context).post(f"/v1{pad}", json=inhoud, headers=als("fondsbeheerder")).status_code

    def tegelijk(vragen) -> Counter:
        with ThreadPoolExecutor(8) as aanvragers:
            return Counter(aanvragers.map(post, vragen))

    rondes = [("/notarondes", {**RONDE, "termijn": termijn}) for termijn in (1, 2)] * 4
    assert tegelijk(rondes) == {201: 2, 200: 6}
    notas = doe("GET", "/notas", 200)["results"]
    assert [n["nummer"] for n in notas] == [1, 2, 3, 4, 5, 6]
    nota = next(n for n in notas if n["gemeentecode"] == GROOT)
    helft = nota["bedragCent"] // 2
    vragen = [
        *[(f"/notas/{nota['id']}/creditnotas", {"bedragCent": helft, "reden": "Test"})] * 5,
        *[("/ontvangsten", ontvangst(7)) for _ in range(5)],
        *[("/ontvangsten", ontvangst(5, kenmerk="hetzelfde"))] * 5,
        *[(f"/notas/{n['id']}/creditnotas", {"bedragCent": 1, "reden": "Test"}) for n in notas if n["gemeentecode"] != GROOT],
    ]
    assert tegelijk(vragen) == {201: 2 + 5 + 1 + 4, 409: 3 + 4}
    assert [n["nummer"] for n in doe("GET", "/notas", 200)["results"]] == list(range(1, 13))
    twee = next(n for n in notas if n["gemeentecode"] == GROOT and n["id"] != nota["id"])
    betalingen = [("/ontvangsten", ontvangst(twee["bedragCent"], (twee["id"], twee["bedragCent"]))) for _ in range(6)]
    assert tegelijk(betalingen) == {201: 1, 409: 5}
    betaald = doe("GET", "/ontvangsten", 200)["results"][-1]
    assert tegelijk([(f"/ontvangsten/{betaald['id']}/herroepingen", {"reden": "x"})] * 6) == {201: 1, 409: 5}
    peiling = gepeild(context, inwonertallen(**{GROOT: 9}))
    afrekening = {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "Test"}
    assert tegelijk([("/afrekeningen", afrekening)] * 6) == {201: 1, 409: 5}

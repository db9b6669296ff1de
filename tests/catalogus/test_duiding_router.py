"""The duiding over HTTP: who writes and sees what, rankings as of a day, and two of them beside each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from catalogus_api.duiding import service
from catalogus_api.inlezen import inlezen
from gemeengoed_kit.audit import AuditRow
from psycopg import errors
from sqlalchemy import select

from tests.catalogus.factsheets import BEHEERDER
from tests.catalogus.test_factsheet_router import CONCEPT, soort

VIER = ("waarde-dienstverlening", "waarde-bedrijfsvoering", "landelijke-opschaling", "urgentie")
CRITERIUM = {"code": "proef", "naam": "Proef", "vraag": "Wat?", "bronvermelding": "Verzonnen (test)"}
WEGING = {
    "code": "proefweging",
    "naam": "Proef",
    "toelichting": "Verzonnen (test)",
    "gewichten": [{"criterium": "urgentie", "gewicht": 2}, {"criterium": "waarde-dienstverlening", "gewicht": 1}],
}


def score(**anders: Any) -> dict[str, Any]:
    return {"voorziening": "govroam", "criterium": "urgentie", "waarde": 3, "toelichting": "Verzonnen (test)", **anders}


@pytest.fixture
def kop(issuer) -> dict[str, str]:
    return issuer.headers(BEHEERDER, "catalogusbeheer")


@pytest.fixture
def leg_vast(client, kop):
    def doe(wat: str, status: int = 201, **inhoud: Any) -> Any:
        laatste = client.get(f"/v1/duiding/{wat}/{inhoud.get('code', '')}").headers.get("etag")
        hoofd = {**kop, **({"If-Match": laatste} if laatste else {})}
        antwoord = client.post(f"/v1/duiding/{wat}", json=inhoud, headers=hoofd)
        assert antwoord.status_code == status, antwoord.text
        return antwoord

    return doe


@pytest.fixture
def beoordeeld(leg_vast):
    """Three voorzieningen with a score on all four, and one that lacks some."""
    for wie, waarden in (("govroam", (5, 1, 3, 1)), ("gibit", (1, 5, 3, 2)), ("ggi-netwerk", (2, 2, 2, 5))):
        for criterium, waarde in zip(VIER, waarden, strict=True):
            leg_vast("scores", **score(voorziening=wie, criterium=criterium, waarde=waarde))
    leg_vast("scores", **score(voorziening="nlx"))


def gelezen(client, pad: str, kop: dict[str, str] | None = None) -> Any:
    antwoord = client.get(f"/v1/duiding/{pad}", headers=kop)
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def test_alleen_het_beheer_legt_vast_en_alles_is_op_te_vragen(client, issuer, leg_vast, context):
    for wat, inhoud in (("criteria", CRITERIUM), ("wegingen", WEGING), ("scores", score())):
        for hoofd, status in (({}, 401), (issuer.headers(BEHEERDER), 403), (issuer.headers(BEHEERDER, "gemeente"), 403)):
            assert client.post(f"/v1/duiding/{wat}", json=inhoud, headers=hoofd).status_code == status
        gemaakt = leg_vast(wat, **inhoud)
        assert client.get(gemaakt.headers["location"]).json() == gemaakt.json()
        assert gemaakt.json()["vastgelegdDoor"] == BEHEERDER
        assert gemaakt.json() in gelezen(client, wat)["results"]
    with context.sessions() as session:
        handelingen = session.scalars(select(AuditRow.handeling).where(AuditRow.peer_id == BEHEERDER).order_by(AuditRow.id)).all()
    assert handelingen == ["criterium.vastleggen", "weging.vastleggen", "score.vastleggen"]


def test_wat_niet_past_wordt_geweigerd_en_in_een_keer_genoemd(client, leg_vast):
    assert soort(leg_vast("criteria", 409, **{**CRITERIUM, "code": "urgentie"})) == "criterium-bestaat"
    fout = {**WEGING, "gewichten": [{"criterium": code, "gewicht": 0} for code in ("urgentie", "urgentie", "geen", "impact")]}
    geweigerd = leg_vast("wegingen", 409, **fout)
    assert soort(geweigerd) == "weging-klopt-niet"
    assert [p["code"] for p in geweigerd.json()["invalidParams"]] == ["dubbel", "onbekend", "kenmerk", "leeg"]
    for verkeerd, codes in (
        ({"voorziening": "geen", "criterium": "geen"}, ["onbekend", "onbekend"]),
        ({"waarde": None}, ["ontbreekt"]),
        ({"criterium": "impact"}, ["kenmerk"]),
    ):
        geweigerd = leg_vast("scores", 409, **score(**verkeerd))
        assert soort(geweigerd) == "score-klopt-niet"
        assert [p["code"] for p in geweigerd.json()["invalidParams"]] == codes
    for verkeerd in ({"waarde": 0}, {"waarde": 6}, {"waarde": 2.5}, {"fase": "ergens"}):
        leg_vast("scores", 400, **score(**verkeerd))
    beschreven = leg_vast("scores", **score(criterium="impact", waarde=None, fase="pilot")).json()
    assert (beschreven["waarde"], beschreven["fase"]) == (None, "pilot")
    assert gelezen(client, "scores?fase=pilot")["count"] == 1 and gelezen(client, "scores?criterium=urgentie")["count"] == 0


def test_rangschikking_geeft_elk_getal_om_haar_na_te_rekenen(client, beoordeeld):
    rang = gelezen(client, "rangschikking?weging=gelijk")
    assert rang["weging"]["versie"] == 1 and rang["hoogsteSom"] == 20 and rang["op"] == "2018-01-15"
    gewichten = {een["criterium"]: een["gewicht"] for een in rang["weging"]["gewichten"]}
    scores = {een["id"]: een for een in gelezen(client, "scores")["results"]}
    for een in rang["results"]:
        for bijdrage in een["bijdragen"]:
            assert bijdrage["gewicht"] == gewichten[bijdrage["criterium"]]
            if bijdrage["score"]:
                bron = scores[bijdrage["score"]]
                assert (bron["voorziening"], bron["criterium"]) == (een["voorziening"], bijdrage["criterium"])
                assert bijdrage["bijdrage"] == bron["waarde"] * bijdrage["gewicht"]
        if een["plaats"]:
            assert een["som"] == sum(bijdrage["bijdrage"] for bijdrage in een["bijdragen"])
    assert [(een["voorziening"], een["som"], een["plaats"]) for een in rang["results"]] == [
        ("ggi-netwerk", 11, 1),
        ("gibit", 11, 1),
        ("govroam", 10, 3),
        ("nlx", None, None),
    ]
    assert rang["results"][-1]["ontbreekt"] == sorted(set(VIER) - {"urgentie"})
    assert rang["results"][2]["naam"] == "Govroam"


def test_vergelijking_noemt_wie_schuift_en_door_welk_criterium(client, beoordeeld, leg_vast):
    proef = "waarde-dienstverlening:4,waarde-bedrijfsvoering:1,landelijke-opschaling:1,urgentie:1"
    naast = gelezen(client, f"vergelijking?weging=gelijk&met={proef}")
    assert [(v["voorziening"], v["plaats"], v["plaatsMet"], v["verschuiving"], v["oorzaak"]) for v in naast["results"]] == [
        ("ggi-netwerk", 1, 2, -1, "waarde-dienstverlening"),
        ("gibit", 1, 3, -2, "waarde-dienstverlening"),
        ("govroam", 3, 1, 2, "waarde-dienstverlening"),
    ]
    assert naast["results"][2]["som"] == 10 and naast["results"][2]["somMet"] == 25 and naast["zonderPlaats"] == ["nlx"]
    assert (naast["met"]["code"], naast["met"]["versie"], naast["weging"]["code"]) == (None, None, "gelijk")
    assert gelezen(client, "wegingen")["count"] == 1  # trying stores nothing
    leg_vast("wegingen", **{**WEGING, "code": "gelijk", "gewichten": [{"criterium": code, "gewicht": 2} for code in VIER]})
    zelfde = gelezen(client, "vergelijking?weging=gelijk.1&met=gelijk")
    assert (zelfde["weging"]["versie"], zelfde["met"]["versie"]) == (1, 2)
    assert {v["verschuiving"] for v in zelfde["results"]} == {0} and {v["oorzaak"] for v in zelfde["results"]} == {None}


def test_nieuwe_score_geldt_voortaan_en_de_oude_op_haar_dag(client, context, kop, beoordeeld, database):
    with psycopg.connect(database.url) as verbinding:
        verbinding.execute(
            "INSERT INTO score (voorziening, criterium, soort, waarde, toelichting, vastgelegd_op)"
            " VALUES ('govroam', 'urgentie', 'weging', 5, 'Verzonnen (test)', '2018-01-16T00:30+01')"
        )
    plaats = {
        dag: next(
            een for een in gelezen(client, f"rangschikking?weging=gelijk&op={dag}")["results"] if een["voorziening"] == "govroam"
        )
        for dag in ("2018-01-15", "2018-01-16")
    }
    assert (plaats["2018-01-15"]["som"], plaats["2018-01-16"]["som"], plaats["2018-01-16"]["plaats"]) == (10, 14, 1)
    assert gelezen(client, "rangschikking?weging=urgentie:1&op=2018-01-14")["results"] == []
    assert client.get("/v1/duiding/rangschikking?weging=gelijk&op=2018-01-14").status_code == 409
    assert [een["waarde"] for een in gelezen(client, "scores?voorziening=govroam&criterium=urgentie")["results"]] == [5, 1]


def test_score_van_een_concept_ziet_alleen_het_beheer(client, kop, beoordeeld, leg_vast):
    assert client.post("/v1/voorzieningen", json=CONCEPT, headers=kop).status_code == 201
    geheim = {}
    for criterium in VIER:
        geheim = leg_vast("scores", **score(voorziening="geheim-plan", criterium=criterium, waarde=5)).json()
    for hoofd, ziet in ((None, False), (kop, True)):
        rang = gelezen(client, "rangschikking?weging=gelijk", hoofd)
        assert ("geheim-plan" in str(rang)) == ziet
        # Nor does its place tell: without it, the others are first.
        assert (
            rang["results"][0]["voorziening"] == ("geheim-plan" if ziet else "ggi-netwerk") and rang["results"][0]["plaats"] == 1
        )
        naast = gelezen(client, "vergelijking?weging=gelijk&met=urgentie:1", hoofd)
        assert ("geheim-plan" in str(naast)) == ziet
        assert gelezen(client, "scores", hoofd)["count"] == (17 if ziet else 13)
        assert gelezen(client, "scores?voorziening=geheim-plan", hoofd)["count"] == (4 if ziet else 0)
        assert client.get(f"/v1/duiding/scores/{geheim['id']}", headers=hoofd).status_code == (200 if ziet else 404)


def test_vraag_zonder_of_met_onbekende_gewichten_wordt_geweigerd(client, beoordeeld, monkeypatch):
    for vraag in ("rangschikking", "rangschikking?weging=urgentie:", "rangschikking?weging=a,b:1", "vergelijking?weging=gelijk"):
        assert client.get(f"/v1/duiding/{vraag}").status_code == 400, vraag
    for vraag, verwacht in (
        ("weging=geen", "onbekende-weging"),
        ("weging=gelijk.2", "onbekende-weging"),
        ("weging=geen:1", "weging-klopt-niet"),
        ("weging=urgentie:0", "weging-klopt-niet"),
        ("weging=impact:1", "weging-klopt-niet"),
    ):
        antwoord = client.get(f"/v1/duiding/rangschikking?{vraag}")
        assert (antwoord.status_code, soort(antwoord)) == (409, verwacht), vraag
    domein = gelezen(client, "rangschikking?weging=gelijk&domein=sociaal+domein")
    assert domein["results"] == []
    monkeypatch.setattr(service, "MEESTE_VOORZIENINGEN", 3)
    assert soort(client.get("/v1/duiding/rangschikking?weging=gelijk")) == "rangschikking-te-groot"


def test_gelijktijdige_versies_van_een_weging_en_scores_gaan_goed(client, kop):
    def leg_vast(n: int) -> int:
        wat, inhoud = ("wegingen", WEGING) if n % 2 else ("scores", score())
        return client.post(f"/v1/duiding/{wat}", json=inhoud, headers={**kop, "If-Match": "*"}).status_code

    assert client.post("/v1/duiding/wegingen", json=WEGING, headers=kop).headers["etag"] == '"1"'
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(leg_vast, range(4))) == [201] * 4
    etag = client.get("/v1/duiding/wegingen/proefweging").headers["etag"]
    assert etag == '"3"' and client.get("/v1/duiding/wegingen/proefweging?versie=1").headers["etag"] == '"1"'
    for hoofd, status in ((kop, 428), ({**kop, "If-Match": '"2"'}, 412)):
        assert client.post("/v1/duiding/wegingen", json=WEGING, headers=hoofd).status_code == status
    assert [een["versie"] for een in gelezen(client, "wegingen?code=proefweging")["results"]] == [3, 2, 1]
    assert gelezen(client, "wegingen/proefweging?versie=2")["versie"] == 2


def test_gebeurtenis_van_de_duiding_is_voor_wie_haar_ziet(client, kop, leg_vast):
    assert client.post("/v1/voorzieningen", json=CONCEPT, headers=kop).status_code == 201
    leg_vast("criteria", **CRITERIUM)
    leg_vast("wegingen", **WEGING)
    leg_vast("scores", **score(voorziening=CONCEPT["code"]))
    openbaar = leg_vast("scores", **score()).headers["location"]
    patch = {**kop, "If-Match": "*"}
    gepubliceerd = client.patch(f"/v1/voorzieningen/{CONCEPT['code']}", json={"publicatiestatus": "gepubliceerd"}, headers=patch)
    assert gepubliceerd.status_code == 200
    alle = [een["subject"] for een in client.get("/v1/gebeurtenissen?pageSize=500").json()["results"]]
    assert [een for een in alle if "duiding" in een] == [
        "/v1/duiding/criteria/proef",
        "/v1/duiding/wegingen/proefweging?versie=1",
        openbaar,
    ]
    feed = client.get("/v1/gebeurtenissen/gebeurtenissen.atom").text
    assert "Weging proefweging vastgelegd" in feed and f"Score {openbaar.rpartition('/')[2]} vastgelegd" in feed


def test_inlezen_voegt_alleen_toe_wat_er_niet_is(context, leg_vast):
    leg_vast("wegingen", **{**WEGING, "code": "gelijk"})
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["duiding"] == 0


def test_de_rol_van_de_dienst_kan_niets_wijzigen_of_overslaan(database):
    nieuw = "INSERT INTO score (voorziening, criterium, soort, waarde, toelichting, vastgelegd_op) VALUES "
    weging = "INSERT INTO weging (code, versie, naam, toelichting, gewichten, vastgelegd_op) VALUES "
    rechten = [
        f"{doe} {tabel}{rest}"
        for tabel in ("criterium", "weging", "score")
        for doe, rest in (("UPDATE", " SET vastgelegd_door = 'x'"), ("DELETE FROM", ""), ("TRUNCATE", " CASCADE"))
    ]
    for opdracht, fout in (
        *((opdracht, errors.InsufficientPrivilege) for opdracht in rechten),
        (f"{nieuw}('govroam', 'urgentie', 'weging', 6, 'x', now())", errors.IntegrityError),
        (f"{nieuw}('govroam', 'urgentie', 'weging', NULL, 'x', now())", errors.IntegrityError),
        (
            f"{nieuw}('govroam', 'urgentie', 'weging', 3, 'x', now()), "
            "('gibit', 'urgentie', 'weging', 3, 'x', now() - interval '61 s')",
            errors.IntegrityError,
        ),
        (f"{nieuw}('govroam', 'urgentie', 'kenmerk', NULL, 'x', now())", errors.IntegrityError),
        (f"{nieuw}('govroam', 'impact', 'kenmerk', 3, 'x', now())", errors.IntegrityError),
        (f"{nieuw}('govroam', 'urgentie', 'weging', 3, 'x', 'infinity')", errors.IntegrityError),
        (f"{weging}('gelijk', 3, 'x', 'x', '{{}}', now())", errors.IntegrityError),
        (f"{weging}('gelijk', 1, 'x', 'x', '{{}}', now())", errors.IntegrityError),
        (f"{weging}('gelijk', NULL, 'x', 'x', '{{}}', now())", errors.IntegrityError),
        (f"{weging}('gelijk', 2, 'x', 'x', '[]', now())", errors.IntegrityError),
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(fout):
            verbinding.execute(opdracht.encode())
    for tabel in ("criterium", "weging"):
        with psycopg.connect(database.owner_url) as verbinding, pytest.raises(errors.IntegrityError):
            verbinding.execute(f"UPDATE {tabel} SET vastgelegd_door = 'x'".encode())

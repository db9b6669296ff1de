"""Factsheets over HTTP: who writes and sees what, versions that stay, the three forms, and the raming of one gemeente."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import psycopg
import pytest
from catalogus_api.factsheet import pdf, router, service
from catalogus_api.factsheet.models import Factsheet
from catalogus_api.factsheet.pdf import pdf_van
from catalogus_api.inlezen import inlezen
from gemeengoed_kit import drawing
from gemeengoed_kit.audit import Actor, AuditRow
from gemeengoed_kit.lanes import Lane
from gemeengoed_kit.sight import EVERYTHING
from psycopg import errors
from pypdf import PdfReader
from sqlalchemy import select

from tests.catalogus.factsheets import BEHEERDER, factsheet, post

PAD = "/v1/voorzieningen/kindertelefoon"
VORMEN = {"factsheet": "application/json", "factsheet.html": "text/html", "factsheet.pdf": "application/pdf"}
CONCEPT = {
    "code": "geheim-plan",
    "naam": "Geheim plan (test)",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Voor deze test.",
    "bronvermelding": "Verzonnen (test)",
}


@pytest.fixture
def kop(issuer) -> dict[str, str]:
    return issuer.headers(BEHEERDER, "catalogusbeheer")


@pytest.fixture
def leg_vast(client, kop):
    def doe(pad: str = PAD, status: int = 201, **anders: Any) -> Any:
        laatste = client.get(f"{pad}/factsheet", headers=kop).headers.get("etag")
        hoofd = {**kop, **({"If-Match": laatste} if laatste else {})}
        antwoord = client.post(f"{pad}/factsheets", json=factsheet(**anders), headers=hoofd)
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    return doe


def soort(antwoord: Any) -> str:
    return antwoord.json()["type"].rpartition("/")[2]


def raming(client, code: str, **vraag: Any) -> Any:
    antwoord = client.get(f"/v1/voorzieningen/{code}/raming", params={"gemeente": "GM0344", **vraag})
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


def test_alleen_het_beheer_legt_vast(client, issuer, kop, context):
    for hoofd, status in (({}, 401), (issuer.headers(BEHEERDER), 403), (issuer.headers(BEHEERDER, "gemeente"), 403)):
        assert client.post(f"{PAD}/factsheets", json=factsheet(), headers=hoofd).status_code == status
    assert soort(client.post("/v1/voorzieningen/geen/factsheets", json=factsheet(), headers=kop)) == "voorziening-niet-gevonden"
    antwoord = client.post(f"{PAD}/factsheets", json=factsheet(), headers=kop)
    assert (antwoord.status_code, antwoord.headers["etag"]) == (201, '"1"')
    assert antwoord.headers["location"] == f"{PAD}/factsheet?versie=1"
    assert client.get(antwoord.headers["location"]).json() == client.get(f"{PAD}/factsheet").json() == antwoord.json()
    assert antwoord.json()["naam"] == "Kindertelefoon"
    with context.sessions() as session:
        rij = session.scalars(select(AuditRow).where(AuditRow.handeling == "factsheet.vastleggen")).one()
        assert (rij.peer_id, rij.onderwerp, rij.wijziging["versie"]) == (BEHEERDER, f"{PAD}/factsheet?versie=1", 1)
        assert (
            session.scalars(select(Factsheet).where(Factsheet.voorziening == "kindertelefoon")).one().vastgelegd_door == BEHEERDER
        )


def test_een_versie_blijft_en_heet_zoals_de_voorziening_toen(client, kop, leg_vast):
    leg_vast(datum="2017-06-01", ontwikkeldDoor="Eerst.")
    eerst = {vorm: client.get(f"{PAD}/{vorm}?versie=1").content for vorm in VORMEN}
    client.patch(PAD, json={"naam": "Anders (test)"}, headers={**kop, "If-Match": '"1"'})
    leg_vast(datum="2018-01-01", ontwikkeldDoor="Later.")
    leg_vast(datum="2018-01-01", ontwikkeldDoor="Verbeterd.")
    assert {vorm: client.get(f"{PAD}/{vorm}?versie=1").content for vorm in VORMEN} == eerst
    for op, versie in (("2017-06-01", 1), ("2017-12-31", 1), ("2018-01-01", 3)):
        assert {client.get(f"{PAD}/{vorm}?op={op}").headers["etag"] for vorm in VORMEN} == {f'"{versie}"'}
    assert client.get(f"{PAD}/factsheet").json()["naam"] == "Anders (test)"
    lijst = client.get(f"{PAD}/factsheets").json()
    assert [(een["versie"], een["naam"], een["ontwikkeldDoor"]) for een in lijst["results"]] == [
        (3, "Anders (test)", "Verbeterd."),
        (2, "Anders (test)", "Later."),
        (1, "Kindertelefoon", "Eerst."),
    ]
    for vorm in VORMEN:
        assert soort(client.get(f"{PAD}/{vorm}?op=2017-05-31")) == "factsheet-niet-gevonden"
        assert soort(client.get(f"{PAD}/{vorm}?versie=4")) == "factsheet-niet-gevonden"
        assert client.get(f"{PAD}/{vorm}?versie=2&op=2017-12-31").status_code == 404


@pytest.mark.parametrize("vorm", VORMEN)
def test_elke_vorm_komt_als_zichzelf_en_niet_nog_eens(client, vorm):
    pad = f"/v1/voorzieningen/govroam/{vorm}"
    antwoord = client.get(pad, headers={"Accept": VORMEN[vorm]})
    assert antwoord.headers["content-type"].partition(";")[0] == VORMEN[vorm]
    assert int(antwoord.headers["content-length"]) == len(antwoord.content) > 1000
    assert client.get(pad, headers={"Accept": "image/png"}).status_code == 406
    bekend = client.get(pad, headers={"If-None-Match": antwoord.headers["etag"]})
    assert (bekend.status_code, bekend.content) == (304, b"")
    hoofd = client.head(pad)
    assert hoofd.content == b"" and hoofd.headers["content-length"] == antwoord.headers["content-length"]
    if vorm == "factsheet.pdf":
        assert antwoord.headers["content-disposition"] == 'inline; filename="factsheet-govroam-2016-11-30-v1.pdf"'
        assert len(PdfReader(io.BytesIO(antwoord.content)).pages) == 1


def test_pdf_wordt_getekend_als_de_verbinding_terug_is(client, context, monkeypatch):
    bezet = []

    def kijk_en_teken(factsheet: Any) -> bytes:
        bezet.append(context.reading.pool.checkedout())
        return pdf_van(factsheet)

    monkeypatch.setattr(router, "pdf_van", kijk_en_teken)
    with context.reading.connect():
        assert context.reading.pool.checkedout() == 1
    assert client.get("/v1/voorzieningen/govroam/factsheet.pdf").status_code == 200
    assert bezet == [0]


def test_wie_te_lang_op_een_tekenaar_wacht_krijgt_te_druk(client, monkeypatch):
    """However many ask for a PDF, none waits for ever, and what they ask for does not pile up."""
    bezet, klaar = threading.Event(), threading.Event()
    monkeypatch.setattr(drawing, "DRAWERS", lane := Lane("proef", 1, wait_seconds=0.05))
    monkeypatch.setattr(router, "pdf_van", lambda een: bezet.set() or (klaar.wait(10) and b"%PDF"))
    with ThreadPoolExecutor(1) as pool:
        eerste = pool.submit(client.get, "/v1/voorzieningen/govroam/factsheet.pdf")
        assert bezet.wait(10)
        antwoord = client.get("/v1/voorzieningen/gibit/factsheet.pdf")
        assert (antwoord.status_code, soort(antwoord), antwoord.headers["retry-after"]) == (503, "te-druk", "1")
        assert client.get("/v1/voorzieningen/gibit/factsheet").status_code == 200, "what needs no drawing goes on"
        klaar.set()
        assert eerste.result().content == b"%PDF"
    lane.close()


def test_een_versie_wordt_een_keer_getekend(client, monkeypatch):
    keren = []
    monkeypatch.setattr(pdf.typst, "compile", lambda *_, **__: keren.append(1) or b"%PDF")
    pdf.getekend.cache_clear()
    for _ in range(3):
        assert client.get("/v1/voorzieningen/govroam/factsheet.pdf").content == b"%PDF"
    pdf.getekend.cache_clear()
    assert keren == [1]


def test_concept_ziet_alleen_het_beheer_en_verdringt_niets(client, kop, leg_vast):
    leg_vast(ontwikkeldDoor="Openbaar.")
    leg_vast(ontwikkeldDoor="Geheim.", publicatiestatus="concept")
    for hoofd, versie in (({}, 1), (kop, 2)):
        assert client.get(f"{PAD}/factsheet", headers=hoofd).json()["versie"] == versie
        assert client.get(f"{PAD}/factsheets", headers=hoofd).json()["count"] == versie
        assert f"versie={versie}" in client.get(f"{PAD}/raming?gemeente=GM0344", headers=hoofd).json()["factsheet"]
    for vorm in VORMEN:
        assert client.get(f"{PAD}/{vorm}?versie=2").status_code == 404
        assert client.get(f"{PAD}/{vorm}?versie=2", headers=kop).status_code == 200
    assert "Concept." in client.get(f"{PAD}/factsheet.html", headers=kop).text


def test_factsheet_van_een_concept_is_er_niet_en_wordt_niet_gepubliceerd(client, kop, leg_vast):
    assert client.post("/v1/voorzieningen", json=CONCEPT, headers=kop).status_code == 201
    pad = "/v1/voorzieningen/geheim-plan"
    geweigerd = leg_vast(pad, 409)
    assert [p["name"] for p in geweigerd["invalidParams"]] == ["publicatiestatus"]
    leg_vast(pad, publicatiestatus="concept")
    for rest in (*VORMEN, "factsheets", "raming?gemeente=GM0344"):
        assert soort(client.get(f"{pad}/{rest}")) == "voorziening-niet-gevonden"
        assert client.get(f"{pad}/{rest}", headers=kop).status_code == 200
    client.patch(pad, json={"publicatiestatus": "gepubliceerd"}, headers={**kop, "If-Match": '"1"'})
    assert soort(client.get(f"{pad}/factsheet")) == "factsheet-niet-gevonden"
    assert client.get(f"{pad}/factsheets").json()["count"] == 0
    leg_vast(pad)
    assert client.get(f"{pad}/factsheet").json()["versie"] == 2


def test_wat_niet_klopt_wordt_in_een_keer_genoemd(client, kop, leg_vast):
    leg_vast(datum="2018-01-02")
    fout = factsheet(datum="2018-01-01", posten=[post(hoog=1), post(basis="naar inwoners", staffel=[])])
    fout["posten"][1] |= {"laag": None, "hoog": None, "staffel": [{"vanaf": 1, "tot": 5, "laag": 1, "hoog": 1}]}
    antwoord = client.post(f"{PAD}/factsheets", json=fout, headers={**kop, "If-Match": "*"})
    assert (antwoord.status_code, soort(antwoord)) == (409, "factsheet-klopt-niet")
    assert {(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]} == {
        ("datum", "te_vroeg"),
        ("posten.0.hoog", "te_laag"),
        ("posten.1.staffel.0.vanaf", "aansluiting"),
        ("posten.1.staffel.0.tot", "aansluiting"),
    }
    assert leg_vast(status=409, datum="2018-01-16")["invalidParams"][0]["code"] == "te_laat"
    for slecht in ({"posten": [post(laag=-1)]}, {"posten": [post()] * 31}, {"ontwikkeldDoor": " x"}, {"ontwikkeldDoor": "x\ny"}):
        assert client.post(f"{PAD}/factsheets", json=factsheet(**slecht), headers=kop).status_code == 400
    assert client.get(f"{PAD}/factsheets").json()["count"] == 1


def test_gelijktijdige_versies_volgen_elkaar_op(client, kop):
    def leg_vast(n: int) -> tuple[int, int]:
        hoofd = {**kop, "If-Match": "*"}
        antwoord = client.post(f"{PAD}/factsheets", json=factsheet(ontwikkeldDoor=f"Nummer {n}."), headers=hoofd)
        return antwoord.status_code, antwoord.json()["versie"]

    assert client.post(f"{PAD}/factsheets", json=factsheet(), headers={**kop, "If-Match": "*"}).status_code == 412
    assert client.post(f"{PAD}/factsheets", json=factsheet(), headers=kop).status_code == 201
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(leg_vast, range(3))) == [(201, n) for n in (2, 3, 4)]
    zelfde = {**kop, "Idempotency-Key": "een-keer", "If-Match": '"4"'}
    tweemaal = [client.post(f"{PAD}/factsheets", json=factsheet(), headers=zelfde).json()["versie"] for _ in range(2)]
    assert tweemaal == [5, 5]


def test_van_twee_die_dezelfde_versie_zagen_krijgt_een_de_volgende(client, kop, leg_vast):
    leg_vast(publicatiestatus="concept")
    assert client.post(f"{PAD}/factsheets", json=factsheet(), headers=kop).status_code == 428
    gezien = {**kop, "If-Match": '"1"'}

    def leg(n: int) -> int:
        return client.post(f"{PAD}/factsheets", json=factsheet(ontwikkeldDoor=f"Nummer {n}."), headers=gezien).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leg, range(4))) == [201, 412, 412, 412]
    assert client.get(f"{PAD}/factsheets").json()["count"] == 1


def test_gebeurtenis_van_een_factsheet_is_voor_wie_haar_ziet(client, kop, leg_vast):
    leg_vast(publicatiestatus="concept", ontwikkeldDoor="Nog geheim.")
    leg_vast()

    def gezien(hoofd: dict[str, str]) -> list[str]:
        gevonden = client.get("/v1/gebeurtenissen?type=nl.gemeengoed.catalogus.factsheet.vastgelegd", headers=hoofd).json()
        return [een["subject"] for een in gevonden["results"]]

    assert gezien(kop) == [f"{PAD}/factsheet?versie=1", f"{PAD}/factsheet?versie=2"]
    assert gezien({}) == [f"{PAD}/factsheet?versie=2"]
    feed = client.get("/v1/gebeurtenissen/gebeurtenissen.atom").text
    assert "Factsheet vastgelegd bij Kindertelefoon" in feed and "Nog geheim." not in feed


def test_expand_geeft_de_factsheet_die_de_aanroeper_ziet(client, context, kop, leg_vast):
    leg_vast(datum="2017-01-01")
    leg_vast(datum="2017-02-01", publicatiestatus="concept")
    for hoofd in ({}, kop):
        zelf = client.get(f"{PAD}/factsheet", headers=hoofd).json()
        assert client.get(f"{PAD}?expand=factsheet", headers=hoofd).json()["uitgebreid"] == {"factsheet": [zelf]}
    lijst = client.get("/v1/voorzieningen?expand=factsheet&pageSize=500").json()["results"]
    assert {een["code"] for een in lijst if een["uitgebreid"]["factsheet"]} >= {"kindertelefoon", "govroam"}
    with context.work(Actor()) as work:
        toen = service.van_voorzieningen(work, EVERYTHING, ["kindertelefoon", "govroam"], date(2017, 1, 15))
    assert {code: een.versie for code, (een,) in toen.items()} == {"kindertelefoon": 1, "govroam": 1}


def test_raming_van_govroam_voor_utrecht(client):
    geraamd = raming(client, "govroam")
    assert (geraamd["gemeentenaam"], geraamd["standVan"], geraamd["op"]) == ("Utrecht", "2016-11-30", "2018-01-15")
    assert geraamd["factsheet"] == "/v1/voorzieningen/govroam/factsheet?versie=1"
    aansluiting, gebruik = geraamd["regels"]
    assert (aansluiting["laag"], aansluiting["hoog"], aansluiting["ritme"]) == (150_000, 150_000, "eenmalig")
    assert (gebruik["laag"], gebruik["hoog"]) == (50_000, 250_000) and "geen staffel" in gebruik["berekening"]
    assert [(t["soort"], t["ritme"], t["laag"], t["hoog"], t["tekst"]) for t in geraamd["totalen"]] == [
        ("kosten", "eenmalig", 150_000, 150_000, "€ 1.500"),
        ("kosten", "jaarlijks", 50_000, 250_000, "€ 500 tot € 2.500"),
    ]
    assert geraamd["volledig"] is True


def test_raming_rekent_het_landelijke_voordeel_van_een_ander_niet_tot_dat_van_de_gemeente(client):
    geraamd = raming(client, "digitale-overlijdensaangifte")
    cijfer = client.get("/v1/gemeenten/GM0344?peildatum=2018-01-01").json()["inwoners"]["aantal"]
    assert (geraamd["inwoners"]["aantal"], geraamd["inwoners"]["peildatum"]) == (cijfer, "2018-01-01")
    landelijk = geraamd["regels"][-1]
    precies = 1_500_000_000 * cijfer / geraamd["inwoners"]["landelijk"]
    assert abs(landelijk["laag"] - precies) < 1 and landelijk["voor"] == "ondernemer" and not landelijk["teltMee"]
    assert "naar rato van inwoners" in landelijk["berekening"]
    assert geraamd["totalen"] == [
        {"soort": "kosten", "ritme": None, "eenheid": "euro", "laag": 0, "hoog": 0, "posten": 2, "tekst": "€ 0"}
    ]
    assert geraamd["volledig"] is False
    redenen = [regel["berekening"] for regel in geraamd["regels"] if regel["laag"] is None]
    assert len(redenen) == 3 and all(reden.startswith("Niet te berekenen: ") for reden in redenen)
    alle = client.get("/v1/gemeenten?geldigOp=2018-01-15&pageSize=500").json()["results"]
    delen = [raming(client, "digitale-overlijdensaangifte", gemeente=een["code"])["regels"][-1]["laag"] for een in alle[:25]]
    assert 0 < sum(delen) < 1_500_000_000


def test_raming_naar_staffel_en_gebruikers_op_een_dag(client, leg_vast):
    banden = [{"vanaf": 0, "tot": 300_000, "laag": 100, "hoog": 200}, {"vanaf": 300_000, "tot": None, "laag": 300, "hoog": 400}]
    naar = {"laag": None, "hoog": None, "staffel": banden, "ritme": "jaarlijks"}
    leg_vast(
        datum="2016-01-01",
        posten=[
            post(basis="naar inwoners", **naar),
            post(basis="per gebruiker", laag=7, hoog=8, soort="besparing", eenheid="fte"),
        ],
    )
    utrecht, gebruikers = raming(client, "kindertelefoon", op="2016-06-01", gebruikers=1200)["regels"]
    assert (utrecht["laag"], utrecht["hoog"], utrecht["band"]) == (300, 400, banden[1])
    assert (gebruikers["laag"], gebruikers["hoog"]) == (8400, 9600)
    assert gebruikers["berekening"] == "0,07 tot 0,08 fte × 1.200 gebruikers = 84 tot 96 fte"
    klein, zonder = raming(client, "kindertelefoon", gemeente="GM0003")["regels"]
    assert klein["band"] == banden[0] and zonder["laag"] is None and "niet gegeven" in zonder["berekening"]


def test_raming_voor_een_gemeente_of_dag_die_er_niet_is(client):
    pad = "/v1/voorzieningen/govroam/raming"
    assert client.get(f"{pad}?gemeente=GM0457&op=2018-01-15").status_code == 200
    for vraag in ("gemeente=GM9999", "gemeente=GM0457&op=2023-01-01"):
        antwoord = client.get(f"{pad}?{vraag}")
        assert (antwoord.status_code, soort(antwoord)) == (409, "onbekende-gemeente"), vraag
    assert soort(client.get(f"{pad}?gemeente=GM0344&op=2016-11-29")) == "factsheet-niet-gevonden"
    for fout in ("", "?gemeente=utrecht", "?gemeente=GM0344&gebruikers=-1", "?gemeente=GM0344&gebruikers=10000001"):
        assert client.get(f"{pad}{fout}").status_code == 400


def test_inlezen_volgt_de_bron_behalve_wat_hier_is_gewijzigd(context, client, leg_vast):
    regels = [
        {"voorziening": code, **factsheet(datum="2017-01-01", ontwikkeldDoor="Zo staat het nu in de bron.")}
        for code in ("gibit", "govroam", "bestaat-niet")
    ]
    leg_vast("/v1/voorzieningen/govroam")
    for nieuw in (1, 0):
        with context.work(Actor()) as work:
            assert service.inlezen(work, regels) == nieuw
    assert client.get("/v1/voorzieningen/gibit/factsheet").json()["versie"] == 2
    assert client.get("/v1/voorzieningen/govroam/factsheet").json()["ontwikkeldDoor"] == "Proefstad (test)."
    with context.sessions.begin() as session:  # the source of this release is of an earlier day
        assert inlezen(session, context.clock)["factsheet"] == 0


def test_de_rol_van_de_dienst_kan_geen_versie_wijzigen_of_overslaan(database):
    kolommen = "voorziening, versie, naam, datum, publicatiestatus, posten, bronvermelding, vastgelegd_op"
    rij = f"INSERT INTO factsheet ({kolommen}) VALUES "
    for opdracht, fout in (
        ("UPDATE factsheet SET naam = 'x'", errors.InsufficientPrivilege),
        ("DELETE FROM factsheet", errors.InsufficientPrivilege),
        ("TRUNCATE factsheet", errors.InsufficientPrivilege),
        (f"{rij}('govroam', 3, 'x', '2017-01-01', 'concept', '[]', 'x', now())", errors.IntegrityError),
        (f"{rij}('govroam', 1, 'x', '2017-01-01', 'concept', '[]', 'x', now())", errors.IntegrityError),
        (
            "INSERT INTO voorziening (code, naam, soort, domein, omschrijving, bronvermelding, publicatiestatus) VALUES "
            "('proef', 'Proef', 'app', 'generiek', 'x', 'x', 'concept'); "
            f"{rij}('proef', 1, 'x', '2017-01-01', 'gepubliceerd', '[]', 'x', now())",
            errors.IntegrityError,
        ),
        (f"{rij}('govroam', 2, 'x', '2016-11-29', 'concept', '[]', 'x', now())", errors.IntegrityError),
        (f"{rij}('govroam', 2, 'x', 'infinity', 'concept', '[]', 'x', now())", errors.IntegrityError),
        (f"{rij}('govroam', 2, 'x', '2017-01-01', 'geheim', '[]', 'x', now())", errors.IntegrityError),
        (f"{rij}('govroam', 2, 'x', '2017-01-01', 'concept', '{{}}', 'x', now())", errors.IntegrityError),
        (f"{rij}('govroam', NULL, 'x', '2017-01-01', 'concept', '[]', 'x', now())", errors.IntegrityError),
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(fout):
            verbinding.execute(opdracht.encode())
    with psycopg.connect(database.owner_url) as verbinding, pytest.raises(errors.IntegrityError):
        verbinding.execute("UPDATE factsheet SET naam = 'x'")

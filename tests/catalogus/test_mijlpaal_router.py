"""Mijlpalen over HTTP: who writes, what is refused, and that nothing that was planned is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from gemeengoed_kit.audit import AuditRow
from psycopg import errors
from sqlalchemy import select

from tests.catalogus.mijlpalen import Beheer, mijlpaal


@pytest.fixture
def beheer(client, issuer) -> Beheer:
    return Beheer(client, issuer)


def soort(probleem: dict) -> str:
    return probleem["type"].rpartition("/")[2]


def test_alleen_het_beheer_schrijft(client, issuer, beheer):
    beheer.maak()
    for kop, status in (({}, 401), (issuer.headers("00000099000000000002"), 403), (issuer.headers("1" * 20, "gemeente"), 403)):
        assert client.post("/v1/mijlpalen", json=mijlpaal("ander"), headers=kop).status_code == status
        assert client.patch("/v1/mijlpalen/proef", json={}, headers={**kop, "If-Match": '"1"'}).status_code == status


def test_vastgelegde_mijlpaal_is_te_vinden_met_haar_laatste_dag(client, beheer):
    antwoord = client.post("/v1/mijlpalen", json=mijlpaal(), headers=beheer.kop)
    assert antwoord.headers["location"] == "/v1/mijlpalen/proef" and antwoord.headers["etag"] == '"1"'
    gevonden = client.get("/v1/mijlpalen/proef")
    assert gevonden.json() == antwoord.json() and gevonden.headers["etag"] == '"1"'
    assert (gevonden.json()["begin"], gevonden.json()["eind"]) == ("2019-04-01", "2019-04-30")


def test_wijziging_bewaart_wat_eerder_gepland_was(client, context, beheer):
    beheer.maak()
    beheer.wijzig("proef", 1, begin="2019-06-01", status="vastgesteld")
    beheer.wijzig("proef", 2, begin="2019-06-14", nauwkeurigheid="dag")
    versies = client.get("/v1/mijlpalen/proef/versies").json()["results"]
    assert [(v["versie"], v["begin"], v["eind"], v["status"]) for v in versies] == [
        (1, "2019-04-01", "2019-04-30", "voorgenomen"),
        (2, "2019-06-01", "2019-06-30", "vastgesteld"),
        (3, "2019-06-14", "2019-06-14", "vastgesteld"),
    ]
    assert client.get("/v1/mijlpalen/proef").json() == versies[-1]
    with context.sessions() as session:
        audit = session.scalars(select(AuditRow).where(AuditRow.onderwerp == "/v1/mijlpalen/proef").order_by(AuditRow.id)).all()
    assert [rij.handeling for rij in audit] == ["mijlpaal.vastleggen", "mijlpaal.wijzigen", "mijlpaal.wijzigen"]
    assert audit[1].wijziging == {"begin": "2019-06-01", "status": "vastgesteld"}


def test_wijziging_die_niets_wijzigt_maakt_geen_versie(beheer):
    beheer.maak()
    assert beheer.wijzig("proef", 1, naam="Proef proef")["versie"] == 1
    assert beheer.wijzig("proef", 1)["versie"] == 1


def test_wijziging_noemt_de_versie_die_zij_wijzigt(beheer):
    beheer.maak()
    assert soort(beheer.wijzig("proef", None, naam="Anders", status_code=428)) == "versie-verplicht"
    beheer.wijzig("proef", 1, naam="Anders")
    assert soort(beheer.wijzig("proef", 1, naam="Nog anders", status_code=412)) == "intussen-gewijzigd"
    assert beheer.zie("/mijlpalen/proef")["naam"] == "Anders"


def test_van_twee_gelijktijdige_wijzigingen_gaat_er_een_door(client, beheer):
    beheer.maak()

    def wijzig(n: int) -> int:
        kop = {**beheer.kop, "If-Match": '"1"'}
        return client.patch("/v1/mijlpalen/proef", json={"naam": f"Anders {n}"}, headers=kop).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(wijzig, range(4))) == [200, 412, 412, 412]


def test_gelijktijdige_wijzigingen_maken_samen_geen_kring(client, beheer):
    ids = ["een", "twee", "drie"]
    for id in ids:
        beheer.maak(id)

    def wijzig(n: int) -> int:
        kop = {**beheer.kop, "If-Match": '"1"'}
        naar = {"afhankelijkVan": [ids[(n + 1) % 3]]}
        return client.patch(f"/v1/mijlpalen/{ids[n]}", json=naar, headers=kop).status_code

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(wijzig, range(3))) == [200, 200, 409]


def test_kring_wordt_geweigerd_en_genoemd(beheer):
    beheer.maak("een")
    beheer.maak("twee", afhankelijkVan=["een"])
    beheer.maak("drie", afhankelijkVan=["twee", "twee"])
    geweigerd = beheer.wijzig("een", 1, afhankelijkVan=["drie"], status_code=409)
    assert soort(geweigerd) == "afhankelijk-in-een-kring" and geweigerd["kring"] == ["een", "drie", "twee", "een"]
    assert "een hangt af van drie hangt af van twee hangt af van een" in geweigerd["detail"]
    assert soort(beheer.maak("vier", afhankelijkVan=["vier"], status_code=409)) == "afhankelijk-in-een-kring"
    assert beheer.zie("/mijlpalen/drie")["afhankelijkVan"] == ["twee"]


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({"id": "start-opschaling"}, "mijlpaal-bestaat"),
        ({"voorziening": "geen"}, "onbekende-voorziening"),
        ({"afhankelijkVan": ["geen", "start-opschaling"]}, "onbekende-mijlpaal"),
        ({"eind": "2019-04-30"}, "onsamenhangende-mijlpaal"),
        ({"soort": "fase"}, "onsamenhangende-mijlpaal"),
        ({"begin": "2019-04-02"}, "onsamenhangende-mijlpaal"),
    ],
)
def test_wat_niet_kan_wordt_geweigerd_met_zijn_naam(client, beheer, anders, verwacht):
    antwoord = client.post("/v1/mijlpalen", json=mijlpaal(**anders), headers=beheer.kop)
    assert (antwoord.status_code, soort(antwoord.json())) == (409, verwacht), antwoord.text


def test_fase_die_een_moment_wordt_verliest_haar_eind(beheer):
    beheer.maak(soort="fase", begin="2019-01-01", eind="2020-12-31", nauwkeurigheid="jaar")
    assert beheer.wijzig("proef", 1, status="gehaald")["eind"] == "2020-12-31"
    assert beheer.wijzig("proef", 2, soort="besluit")["eind"] == "2019-12-31"
    assert soort(beheer.wijzig("proef", 3, soort="fase", status_code=409)) == "onsamenhangende-mijlpaal"


def test_concept_ziet_alleen_het_beheer(client, issuer, beheer):
    beheer.maak(publicatiestatus="concept", naam="Geheim plan")
    paden = ("/mijlpalen?pageSize=500", "/routekaart", *(f"/routekaart/routekaart.{vorm}" for vorm in ("csv", "ics", "svg")))
    for kop in ({}, issuer.headers("00000099000000000002"), issuer.headers("1" * 20, "gemeente")):
        assert client.get("/v1/mijlpalen/proef", headers=kop).status_code == 404
        assert client.get("/v1/mijlpalen/proef/versies", headers=kop).status_code == 404
        for pad in paden:
            assert "Geheim plan" not in client.get(f"/v1{pad}", headers=kop).text, pad
    for pad in paden:
        assert "Geheim" in client.get(f"/v1{pad}", headers=beheer.kop).text, pad
    beheer.wijzig("proef", 1, publicatiestatus="gepubliceerd", naam="Open plan")
    assert [v["versie"] for v in client.get("/v1/mijlpalen/proef/versies").json()["results"]] == [2]
    assert len(beheer.zie("/mijlpalen/proef/versies")["results"]) == 2


def test_wat_gepubliceerd_is_wordt_geen_concept_en_hangt_er_niet_van_af(beheer):
    beheer.maak("plan", publicatiestatus="concept")
    beheer.maak("proef")
    for wijziging in ({"publicatiestatus": "concept"}, {"afhankelijkVan": ["plan"]}):
        assert soort(beheer.wijzig("proef", 1, status_code=409, **wijziging)) == "concept-blijft-verborgen"
    beheer.wijzig("plan", 1, afhankelijkVan=["proef"])


def test_wat_gepubliceerd_is_noemt_geen_voorziening_die_nog_concept_is(client, beheer):
    nieuw = {"code": "geheim", "naam": "Geheim (test)", "soort": "app", "domein": "generiek", "omschrijving": "Test."}
    antwoord = client.post("/v1/voorzieningen", json={**nieuw, "bronvermelding": "Verzonnen (test)"}, headers=beheer.kop)
    assert antwoord.status_code == 201
    assert soort(beheer.maak("plan", voorziening="geheim", status_code=409)) == "onbekende-voorziening"
    beheer.maak("plan", voorziening="geheim", publicatiestatus="concept")
    assert soort(beheer.wijzig("plan", 1, publicatiestatus="gepubliceerd", status_code=409)) == "onbekende-voorziening"
    kop = {**beheer.kop, "If-Match": '"1"'}
    wijziging = client.patch("/v1/voorzieningen/geheim", json={"publicatiestatus": "gepubliceerd"}, headers=kop)
    assert wijziging.status_code == 200
    beheer.wijzig("plan", 1, publicatiestatus="gepubliceerd")
    assert client.get("/v1/mijlpalen/plan").json()["voorziening"] == "geheim"


def test_filters_vinden_wat_in_de_tijd_valt(client):
    def ids(vraag: str) -> set[str]:
        return {m["id"] for m in client.get(f"/v1/mijlpalen?pageSize=500&{vraag}").json()["results"]}

    assert ids("voorziening=kindertelefoon") == {"abonnement-kindertelefoon"}
    assert ids("domein=sociaal%20domein") == {
        "contracten-jeugdzorg-wmo",
        *(f"abonnement-{code}" for code in ("kindertelefoon", "luisterend-oor", "vertrouwenswerk-jeugd")),
    }
    assert ids("domein=geen") == set()
    assert "govroam-landelijk-dekkend" in ids("vanaf=2017-12-31") and "govroam-landelijk-dekkend" not in ids("vanaf=2018-01-01")
    assert "govroam-landelijk-dekkend" in ids("tot=2017-10-02") and "govroam-landelijk-dekkend" not in ids("tot=2017-10-01")
    alles = ids("")
    assert set().union(*(ids(f"soort={s}") for s in ("fase", "mijlpaal", "besluit"))) == alles and len(alles) > 20
    assert ids("status=gehaald&soort=besluit") == {"alv-2017-gezamenlijke-uitvoering", "alv-2024-common-ground"}


def test_versie_verandert_nooit_ook_niet_voorbij_de_code(beheer, database):
    beheer.maak()
    beheer.wijzig("proef", 1, naam="Anders")
    for opdracht in (
        "UPDATE mijlpaal_versie SET naam = 'x'",
        "DELETE FROM mijlpaal_versie",
        "TRUNCATE mijlpaal_versie CASCADE",
        "DELETE FROM mijlpaal",
        "UPDATE mijlpaal SET id = 'x' WHERE id = 'proef'",
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(errors.InsufficientPrivilege):
            verbinding.execute(opdracht)
        with psycopg.connect(database.owner_url) as verbinding, pytest.raises(errors.IntegrityConstraintViolation):
            verbinding.execute(opdracht)
    for versie in (1, 2, 4):
        with psycopg.connect(database.url) as verbinding, pytest.raises(errors.IntegrityConstraintViolation):
            verbinding.execute("UPDATE mijlpaal SET versie = %s WHERE id = 'proef'", [versie])

"""Checkpoints and proofs as they are served, checked with what is served alone."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC, date, datetime

import psycopg
import pytest
import rfc8785
from fonds_api.boeking import service as boekingen
from fonds_api.boeking.rules import Regel
from fonds_api.zegel import rules
from fonds_api.zegel.note import Sleutel
from fonds_api.zegel.tasks import zegelen
from gemeengoed_kit.audit import Actor
from hypothesis import HealthCheck, given
from hypothesis import settings as instellingen
from hypothesis import strategies as st
from sqlalchemy import text

from tests.fonds.zegels import OORSPRONG, bytes_van, checkpoint, klopt, verzegel, zegelpad
from tests.invariants.fonds import schendingen


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"zegel_sleutel": zegelpad(tmp_path)})


def test_een_boeking_van_vastleggen_tot_bewijs(client, context, als, boek, boeking, database):
    kop = als("administratie")
    assert client.get("/v1/fondsen/derdengelden/checkpoint").json()["type"] == "/v1/problemen/checkpoint-niet-gevonden"
    verzegel(context)
    leeg = checkpoint(client)
    assert (leeg.oorsprong, leeg.grootte) == (f"{OORSPRONG}/derdengelden", 0)
    assert leeg.wortel == hashlib.sha256(b"").digest()
    gemaakt = [boek(boeking(omschrijving=f'Factuur "{n}" é€😀 \\ /')).json() for n in range(5)]
    pad = f"/v1/boekingen/{gemaakt[2]['id']}/bewijs"
    geweigerd = client.get(pad, headers=kop)
    assert geweigerd.status_code == 409 and geweigerd.json()["type"] == "/v1/problemen/nog-niet-verzegeld"
    verzegel(context)
    nu = checkpoint(client)
    assert nu.grootte == 5 and checkpoint(client, "ggu").grootte == 0
    for nummer, een in enumerate(gemaakt):
        bewijs = client.get(f"/v1/boekingen/{een['id']}/bewijs", headers=kop).json()
        assert bewijs["index"] == nummer and klopt(bewijs, nu) and bewijs["checkpoint"].startswith(nu.tekst)
        opgevraagd = client.get(f"/v1/boekingen/{een['id']}", headers=kop).json()
        vast = {naam: opgevraagd[naam] for naam in rules.VASTE_LEDEN if opgevraagd.get(naam) is not None}
        assert bewijs["inhoud"].encode() == rfc8785.dumps(vast) and bytes_van(bewijs["hash"]) == rules.bladhash(
            rfc8785.dumps(vast)
        )
    boek(boeking())
    verzegel(context)
    verzegel(context)  # nothing new: nothing is signed
    oud = client.get(pad, headers=kop, params={"grootte": 5}).json()
    assert (
        klopt(oud, nu) and klopt(client.get(pad, headers=kop).json(), checkpoint(client)) and checkpoint(client, grootte=5) == nu
    )
    te_klein = client.get(pad, headers=kop, params={"grootte": 0})
    assert te_klein.status_code == 409 and client.get(pad, headers=kop, params={"grootte": 4}).status_code == 404
    assert client.get(f"/v1/boekingen/{uuid.uuid4()}/bewijs", headers=kop).status_code == 404
    with psycopg.connect(database.url) as db:
        assert db.execute(
            "SELECT fonds, array_agg(grootte ORDER BY grootte) FROM checkpoint GROUP BY 1 ORDER BY 1"
        ).fetchall() == [
            ("derdengelden", [0, 5, 6]),
            ("ggu", [0]),
        ]
    assert schendingen(database.url) == []


def test_samenhang_en_bladen_zijn_na_te_rekenen(client, context, als, boek, boeking):
    gezien = []
    for aantal in (1, 3, 4):
        for _ in range(aantal):
            boek(boeking())
        verzegel(context)
        gezien.append(checkpoint(client))
    assert [een.grootte for een in gezien] == [1, 4, 8]
    for oud in gezien:
        for nieuw in gezien:
            antwoord = client.get("/v1/fondsen/derdengelden/consistentie", params={"van": oud.grootte, "tot": nieuw.grootte})
            if oud.grootte > nieuw.grootte:
                assert antwoord.json()["type"] == "/v1/problemen/logboek-kleiner"
                continue
            hashes = [bytes_van(hash) for hash in antwoord.json()["pad"]]
            assert rules.klopt_samenhang(oud.grootte, nieuw.grootte, oud.wortel, nieuw.wortel, hashes)
            assert (
                bytes_van(antwoord.json()["wortelVan"]) == oud.wortel and bytes_van(antwoord.json()["wortelTot"]) == nieuw.wortel
            )
    assert client.get("/v1/fondsen/derdengelden/consistentie", params={"van": 8}).json()["tot"] == 8
    assert client.get("/v1/fondsen/derdengelden/consistentie", params={"van": 1, "tot": 9}).status_code == 409
    assert client.get("/v1/fondsen/geen/consistentie", params={"van": 1}).status_code == 404
    groei, pad = rules.Groei(), "/v1/fondsen/derdengelden/bladen?pageSize=3"
    while pad:
        pagina = client.get(pad, headers=als("administratie")).json()
        assert pagina["count"] == 8
        for blad in pagina["results"]:
            assert blad["nummer"] == groei.grootte
            groei.erbij(rules.bladhash(blad["inhoud"].encode()))
            assert rules.bladhash(blad["inhoud"].encode()) == bytes_van(blad["hash"])
        pad = pagina["next"]
    assert groei.wortel() == gezien[-1].wortel
    deel = client.get("/v1/fondsen/derdengelden/bladen?vanaf=6", headers=als("administratie")).json()
    assert [blad["nummer"] for blad in deel["results"]] == [6, 7] and deel["count"] == 2


def test_wie_wat_ziet(client, context, als, boek, boeking):
    id = boek(boeking(("1300", 5), ("8000", -5), fonds="ggu"), rol="fondsbeheerder").json()["id"]
    verzegel(context)
    for pad in ("/fondsen/ggu/checkpoint", "/fondsen/ggu/consistentie?van=0", "/fondsen/ggu/zegelsleutels"):
        assert client.get(f"/v1{pad}").status_code == 200, pad
    for pad in (f"/boekingen/{id}/bewijs", "/fondsen/ggu/bladen"):
        verwacht = {"fondsbeheerder": 200, "administratie": 404, "gemeente": 403, "bestuur": 200, "accountant": 200}
        for rol, status in verwacht.items():
            assert client.get(f"/v1{pad}", headers=als(rol)).status_code == status, (pad, rol)
        assert client.get(f"/v1{pad}").status_code == 401
    sleutel = client.get("/v1/fondsen/ggu/zegelsleutels").json()["results"][0]
    assert Sleutel.lees(sleutel["sleutel"]).naam == f"{OORSPRONG}/ggu" and sleutel["overdracht"] is None


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40), st.integers(1, 10**15)
)
@instellingen(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_de_database_maakt_dezelfde_bladen_als_rfc_8785(context, omschrijving, cent):
    """Raw text, as only SQL can book it: of every character the database and the library make the same."""
    with context.work(Actor("proef")) as work:
        post = boekingen.EigenBoeking(
            "ggu", date(2018, 1, 15), omschrijving, f"/v1/proef/{uuid.uuid4()}", [Regel("1300", cent), Regel("8000", -cent)]
        )
        (id,) = boekingen.boeken_eigen(work, [post])
        gezien = boekingen.van(work, [id])[id].model_dump(mode="json", by_alias=True)
        work.session.execute(text("SET LOCAL DateStyle = 'SQL, DMY'; SET LOCAL TimeZone = 'Asia/Tokyo'"))
        inhoud = work.session.scalar(text("SELECT inhoud FROM bladinhoud(ARRAY[CAST(:id AS uuid)])"), {"id": id})
        assert inhoud.encode() == rules.bladinhoud(gezien) and json.loads(inhoud)["omschrijving"] == omschrijving


MOMENTEN = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_momenten_en_storno_in_het_blad_zijn_die_van_de_api(client, context, als, boek, boeking, server, database):
    """The leaf of a storno: of any moment, or none, the database and the API write the same; what comes later is not in it."""
    eerste = boek(boeking()).json()
    kop = als("administratie")
    storno = client.post(
        f"/v1/boekingen/{eerste['id']}/storno",
        json={"boekdatum": "2018-01-15", "omschrijving": "Dubbel"},
        headers={**kop, "Idempotency-Key": "storno"},
    ).json()
    verzegel(context)
    op = [een["vastgelegdOp"] for een in client.get("/v1/boekingen", headers=kop).json()["results"]]
    assert op == [eerste["vastgelegdOp"], storno["vastgelegdOp"]]
    inhoud = {
        een["id"]: json.loads(client.get(f"/v1/boekingen/{een['id']}/bewijs", headers=kop).json()["inhoud"])
        for een in (eerste, storno)
    }
    assert inhoud[storno["id"]] == {naam: storno[naam] for naam in rules.VASTE_LEDEN}
    assert inhoud[storno["id"]]["stornoVan"] == f"/v1/boekingen/{eerste['id']}" and op[1].endswith("Z") and len(op[1]) == 24
    assert inhoud[eerste["id"]] == {naam: eerste[naam] for naam in rules.VASTE_LEDEN if naam != "stornoVan"}
    with psycopg.connect(server.database_url(database.name), autocommit=True) as breker:
        breker.execute("SET session_replication_role = replica")
        breker.execute("SET TimeZone = 'America/St_Johns'")

        @given(MOMENTEN, MOMENTEN | st.none())
        @instellingen(max_examples=40, deadline=None)
        def gelijk(geboekt: datetime, vastgelegd: datetime | None) -> None:
            breker.execute(
                "UPDATE boeking SET geboekt_op = %s, vastgelegd_op = %s WHERE id = %s", [geboekt, vastgelegd, storno["id"]]
            )
            gezien = client.get(f"/v1/boekingen/{storno['id']}", headers=kop).json()
            assert (gezien["vastgelegdOp"] is None) is (vastgelegd is None)
            (tekst,) = breker.execute("SELECT inhoud FROM bladinhoud(ARRAY[%s::uuid])", [storno["id"]]).fetchone()
            assert tekst.encode() == rules.bladinhoud(gezien) and ("vastgelegdOp" in json.loads(tekst)) is (
                vastgelegd is not None
            )

        gelijk()


def test_meer_dan_een_blok_van_256_en_meer_dan_een_keer(client, context, als, database, monkeypatch):
    """Nodes of level 8 are made whether they become complete in one pass or in several; proofs take few hashes."""
    monkeypatch.setattr("fonds_api.zegel.service.PER_KEER", 200)
    monkeypatch.setattr("fonds_api.zegel.service.VEEL", 150)
    with context.work(Actor("proef")) as work:
        posten = [
            boekingen.EigenBoeking(
                "derdengelden", date(2018, 1, 1), f"p {n}", f"/v1/proef/{n}", [Regel("1300", 5), Regel("2310", -5)]
            )
            for n in range(700)
        ]
        ids = boekingen.boeken_eigen(work, posten)
    assert [zegelen(context) for _ in range(4)] == [True, True, False, False]
    nu = checkpoint(client)
    assert nu.grootte == 700
    for nummer in (0, 255, 256, 511, 512, 699):
        bewijs = client.get(f"/v1/boekingen/{ids[nummer]}/bewijs", headers=als("administratie")).json()
        assert bewijs["index"] == nummer and klopt(bewijs, nu) and len(bewijs["pad"]) <= 10
    with psycopg.connect(database.url) as db:
        knopen = db.execute("SELECT niveau, count(*), max(nummer) FROM knoop GROUP BY 1 ORDER BY 1").fetchall()
        assert knopen == [(4, 43, 42), (8, 2, 1)]
    antwoord = client.get("/v1/fondsen/derdengelden/consistentie?van=300").json()
    assert len(antwoord["pad"]) <= 11

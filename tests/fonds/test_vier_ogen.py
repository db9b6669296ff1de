"""Entries from an amount on wait for somebody else."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest
from gemeengoed_kit.eyes import Eyes, are_others
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors
from sqlalchemy import text

from tests.fonds.test_grootboek_vast import sql_boeking
from tests.invariants.fonds import schendingen

SLEUTELS = itertools.count(1)
ANDER, GRENS = "00000099000000000007", 900
WIE, NEE = {"naam": "Penningmeester (test)"}, {"naam": "Penningmeester (test)", "reden": "Nog niet akkoord"}
namen = st.sampled_from(["a", "b"])
wie = st.builds(Eyes, namen, namen, namen)


@pytest.fixture
def doe(client, als):
    def vraag(methode: str, pad: str, status: int, *, rol: str = "bestuur", kop: dict[str, str] | None = None, **inhoud):
        kop = {**(kop or als(rol)), "Idempotency-Key": f"v-{next(SLEUTELS)}", **inhoud.pop("headers", {})}
        antwoord = client.request(methode, pad, headers=kop, **inhoud)
        assert antwoord.status_code == status, f"{methode} {pad}: {antwoord.status_code} {antwoord.text}"
        return antwoord

    return vraag


@pytest.fixture
def grens(doe):
    doe(
        "PUT", "/v1/fondsen/derdengelden/vier-ogen", 200, headers={"If-Match": "*"}, json={"vanafCent": GRENS, "vrijeBronnen": []}
    )


def aantal(context, tabel: str = "boeking") -> int:
    with context.sessions() as session:
        return session.scalar(text(f"SELECT count(*) FROM {tabel}"))


def soort(antwoord) -> str:
    return antwoord.json()["type"].rpartition("/")[2]


@given(wie, wie)
def test_een_ander_is_een_ander_contract_en_een_andere_organisatie_of_rol(een, ander):
    assert are_others(een, ander) == are_others(ander, een)
    assert are_others(een, ander) == (een.contract != ander.contract and (een.peer_id, een.role) != (ander.peer_id, ander.role))


def test_bestuur_stelt_het_bedrag_in(doe, als):
    pad, nieuw = "/v1/fondsen/ggu/vier-ogen", {"vanafCent": 100, "vrijeBronnen": ["memoriaal", "abonnement"]}
    for rol in ("fondsbeheerder", "administratie", "accountant", "ledenvergadering"):
        doe("PUT", pad, 403, rol=rol, json=nieuw)
    doe("PUT", pad, 428, json=nieuw)
    doe("PUT", pad, 412, headers={"If-Match": '"7"'}, json=nieuw)
    doe("PUT", "/v1/fondsen/geen/vier-ogen", 404, headers={"If-Match": "*"}, json=nieuw)
    for fout in (0, -1, 1.5, "100"):
        doe("PUT", pad, 400, headers={"If-Match": "*"}, json={**nieuw, "vanafCent": fout})
    na = doe("PUT", pad, 200, headers={"If-Match": '"1"'}, json=nieuw).json()
    assert (na["vierOgenVanafCent"], na["vierOgenVrij"], na["versie"]) == (100, ["abonnement", "memoriaal"], 2)


def test_boeking_vanaf_het_bedrag_wacht_en_wordt_door_een_ander_een_keer_geboekt(doe, grens, boek, boeking, context, database):
    assert boek(boeking(("1300", 899), ("2310", -899))).status_code == 201
    body = boeking()
    wacht = boek(body)
    assert wacht.status_code == 202 and aantal(context) == 1
    pad, gezien = wacht.headers["location"], wacht.json()
    assert gezien == doe("GET", pad, 200, rol="administratie").json() == doe("GET", pad, 200, rol="accountant").json()
    assert gezien["status"] == "open" and gezien["debetCent"] == 900 and gezien["inhoud"] == body
    assert gezien["verlooptOp"] == "2018-02-14T09:00:00.000Z" and gezien["boeking"] is gezien["afhandeling"] is None
    nog_eens = boek(body)
    assert nog_eens.status_code == 409 and soort(nog_eens) == "al-voorgesteld" and nog_eens.json()["voorstel"] == pad
    assert doe("GET", "/v1/boekingsvoorstellen?status=open&fonds=derdengelden", 200).json()["count"] == 1
    assert soort(doe("POST", f"{pad}/bevestigingen", 403, rol="administratie", json=WIE)) == "zelfde-ogen"
    doe("POST", f"{pad}/bevestigingen", 403, rol="accountant", json=WIE)
    bevestigd = doe("POST", f"{pad}/bevestigingen", 200, rol="fondsbeheerder", json=WIE).json()
    assert bevestigd["status"] == "bevestigd" and bevestigd["afhandeling"]["rol"] == "fondsbeheerder"
    geboekt = doe("GET", bevestigd["boeking"], 200).json()
    assert {naam: geboekt[naam] for naam in body} == body and aantal(context) == 2
    weer = doe("POST", f"{pad}/bevestigingen", 409, json=WIE)
    assert soort(weer) == "voorstel-al-afgehandeld" and weer.json()["boeking"] == bevestigd["boeking"]
    assert boek(body).json()["boeking"] == bevestigd["boeking"]
    assert doe("GET", "/v1/boekingsvoorstellen?status=open", 200).json()["count"] == 0
    assert doe("GET", "/v1/boekingsvoorstellen?status=bevestigd", 200).json()["count"] == 1
    assert schendingen(database.url) == []


def test_tweede_contract_van_dezelfde_rol_is_geen_ander_en_een_andere_organisatie_wel(doe, grens, boek, boeking, als, issuer):
    pad = boek(boeking()).headers["location"]
    zelfde = als("administratie", bron="proef")
    assert soort(doe("POST", f"{pad}/bevestigingen", 403, kop=zelfde, json=WIE)) == "zelfde-ogen"
    doe("POST", f"{pad}/bevestigingen", 200, kop=issuer.headers(ANDER, "administratie"), json=WIE)


def test_afwijzen_intrekken_en_verlopen(doe, grens, boek, boeking, context, database, clock):
    body = boeking()
    eerste = boek(body).headers["location"]
    doe("POST", f"{eerste}/afwijzingen", 400, json=WIE)
    doe("POST", f"{eerste}/afwijzingen", 403, rol="ledenvergadering", json=NEE)
    af = doe("POST", f"{eerste}/afwijzingen", 200, json=NEE).json()
    assert (af["status"], af["afhandeling"]["reden"], af["boeking"]) == ("afgewezen", NEE["reden"], None)
    assert soort(doe("POST", f"{eerste}/bevestigingen", 409, rol="fondsbeheerder", json=WIE)) == "voorstel-al-afgehandeld"
    tweede = boek(body).headers["location"]
    doe("POST", f"{tweede}/afwijzingen", 200, rol="administratie", json=NEE)
    derde = boek(body).headers["location"]
    with psycopg.connect(database.owner_url) as eigenaar:
        eigenaar.execute("ALTER TABLE boekingsvoorstel DISABLE TRIGGER USER")
        eigenaar.execute(
            "UPDATE boekingsvoorstel SET ingediend_op = %s, verloopt_op = %s WHERE '/v1/boekingsvoorstellen/' || id = %s",
            [clock.now() - timedelta(days=30), clock.now(), derde],
        )
        eigenaar.execute("ALTER TABLE boekingsvoorstel ENABLE TRIGGER USER")
    assert doe("GET", derde, 200).json()["status"] == "verlopen"
    assert doe("GET", "/v1/boekingsvoorstellen?status=verlopen", 200).json()["count"] == 1
    for eind, inhoud in (("bevestigingen", WIE), ("afwijzingen", NEE)):
        assert soort(doe("POST", f"{derde}/{eind}", 409, json=inhoud)) == "voorstel-al-afgehandeld"
    assert boek(body).status_code == 202 and aantal(context) == 0


def test_wat_nu_niet_kan_wordt_niet_voorgesteld_en_later_geldt_wat_dan_geldt(doe, grens, boek, boeking, context):
    assert soort(boek(boeking(("1300", 900), ("9999", -900)))) == "onbekende-rekening"
    assert soort(boek(boeking(("1300", 900), ("2310", -901)))) == "boeking-niet-in-evenwicht"
    assert aantal(context, "boekingsvoorstel") == aantal(context, "idempotentie") == 0
    pad = boek(boeking()).headers["location"]
    doe("PUT", "/v1/fondsen/derdengelden/rekeningen/2310", 200, rol="fondsbeheerder", headers={"If-Match": "*"},
        json={"naam": "Gefactureerd Vertrouwenswerk jeugd", "geblokkeerd": True})  # fmt: skip
    assert soort(doe("POST", f"{pad}/bevestigingen", 409, json=WIE)) == "onbekende-rekening"
    assert doe("GET", pad, 200).json()["status"] == "open" and aantal(context) == 0


def test_vrije_bron_wacht_niet_en_wie_het_fonds_niet_ziet_ziet_het_voorstel_niet(doe, grens, boek, boeking, context):
    vrij = {"vanafCent": 1, "vrijeBronnen": ["abonnement"]}
    for fonds in ("derdengelden", "ggu"):
        doe("PUT", f"/v1/fondsen/{fonds}/vier-ogen", 200, headers={"If-Match": "*"}, json=vrij)
    assert boek(boeking()).status_code == 201
    ggu = boeking(("1300", 7), ("8000", -7), fonds="ggu")
    pad = boek({**ggu, "bron": {**ggu["bron"], "bron": "memoriaal"}}, rol="fondsbeheerder").headers["location"]
    doe("GET", pad, 404, rol="administratie")
    assert doe("GET", "/v1/boekingsvoorstellen", 200, rol="administratie").json()["count"] == 0
    doe("POST", f"{pad}/bevestigingen", 404, rol="administratie", json=WIE)
    doe("POST", f"{pad}/afwijzingen", 404, rol="administratie", json=NEE)
    doe("GET", "/v1/boekingsvoorstellen", 403, rol="gemeente")
    doe("GET", f"/v1/boekingsvoorstellen/{uuid.uuid4()}", 404)


def test_velen_bevestigen_en_wijzen_af_tegelijk(client, als, grens, boek, boeking, context, database):
    paden = [boek(boeking()).headers["location"] for _ in range(4)]
    uit: list[tuple[str, int]] = []

    def bevestig(pad: str, eind: str, inhoud: dict[str, str]) -> None:
        uit.append((pad, client.post(f"{pad}/{eind}", json=inhoud, headers=als("fondsbeheerder")).status_code))

    werk = [(pad, "bevestigingen", WIE) for pad in paden] * 4 + [(paden[0], "afwijzingen", NEE)]
    draden = [threading.Thread(target=bevestig, args=een) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    for pad in paden:
        assert [status for van, status in uit if van == pad].count(200) == 1
    assert {status for _, status in uit} == {200, 409}
    bevestigd = aantal(context, "boekingsvoorstelafhandeling WHERE uitkomst = 'bevestigd'")
    assert aantal(context) == bevestigd >= 3 and schendingen(database.url) == []


def test_velen_stellen_een_document_tegelijk_voor(client, als, grens, boeking, context):
    body, uit = boeking(), []

    def stel_voor(sleutel: str) -> None:
        kop = {**als("administratie"), "Idempotency-Key": sleutel}
        uit.append(client.post("/v1/boekingen", json=body, headers=kop).status_code)

    draden = [threading.Thread(target=stel_voor, args=(f"s-{n}",)) for n in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(uit) == [202, *[409] * 7] and aantal(context, "boekingsvoorstel") == 1


def test_rol_van_de_dienst_komt_er_niet_omheen(grens, boek, boeking, database):
    voorstel = boek(boeking()).headers["location"].rpartition("/")[2]
    with psycopg.connect(database.url) as db:
        sql_boeking(db)
        with pytest.raises(errors.SerializationFailure):
            db.commit()
        db.rollback()
        vreemd = sql_boeking(db)
        zelfde = "SELECT id, 'bevestigd', %s, 'x', NULL, now(), {wie} FROM boekingsvoorstel WHERE id = %s"
        for wie in ("peer_id, rol, 'ander'", "'ander', rol, contract", "'ander', 'bestuur', 'ander'"):
            with pytest.raises(errors.IntegrityConstraintViolation), db.transaction():
                opdracht = f"INSERT INTO boekingsvoorstelafhandeling {zelfde.format(wie=wie)}"
                db.execute(opdracht.encode(), [vreemd, voorstel])
        db.rollback()
        for opdracht in (
            "UPDATE boekingsvoorstel SET debet_cent = 1",
            "DELETE FROM boekingsvoorstel",
            "TRUNCATE boekingsvoorstel CASCADE",
            "DELETE FROM boekingsvoorstelafhandeling",
        ):
            with pytest.raises(errors.InsufficientPrivilege), db.transaction():
                db.execute(opdracht)


STORNO = {"boekdatum": "2018-01-15", "omschrijving": "Dubbel gefactureerd"}


def test_storno_vanaf_het_bedrag_wacht_en_wordt_door_een_ander_een_keer_geboekt(doe, boek, boeking, context, database):
    groot, klein = (boek(body).headers["location"] for body in (boeking(), boeking(("1300", 899), ("2310", -899))))
    ogen = {"vanafCent": GRENS, "vrijeBronnen": ["abonnement"]}
    doe("PUT", "/v1/fondsen/derdengelden/vier-ogen", 200, headers={"If-Match": "*"}, json=ogen)
    doe("POST", f"{klein}/storno", 201, rol="administratie", json=STORNO)
    assert "location" not in doe("POST", f"{groot}/storno?proef=true", 202, rol="administratie", json=STORNO).headers
    vroeg = {**STORNO, "boekdatum": "2018-01-14"}
    assert soort(doe("POST", f"{groot}/storno", 409, rol="administratie", json=vroeg)) == "storno-voor-boeking"
    assert aantal(context, "boekingsvoorstel") == 0
    wacht = doe("POST", f"{groot}/storno", 202, rol="administratie", json=STORNO)
    pad, eerste = wacht.headers["location"], doe("GET", groot, 200).json()
    assert wacht.json()["inhoud"]["bron"] == {"bron": "fonds", "pad": groot} and wacht.json()["debetCent"] == GRENS
    assert aantal(context) == 3 and eerste["gestorneerdDoor"] is None
    assert soort(doe("POST", f"{groot}/storno", 409, rol="fondsbeheerder", json=STORNO)) == "al-voorgesteld"
    assert soort(doe("POST", f"{pad}/bevestigingen", 403, rol="administratie", json=WIE)) == "zelfde-ogen"
    geboekt = doe("GET", doe("POST", f"{pad}/bevestigingen", 200, json=WIE).json()["boeking"], 200).json()
    assert geboekt["stornoVan"] == groot
    assert geboekt["regels"] == [{**regel, "bedragCent": -regel["bedragCent"]} for regel in eerste["regels"]]
    assert soort(doe("POST", f"{groot}/storno", 409, rol="administratie", json=STORNO)) == "boeking-al-gestorneerd"
    assert schendingen(database.url) == []


VRIJ = {"vanafCent": None, "vrijeBronnen": []}


def test_open_voorstel_houdt_zijn_document_vast(doe, client, als, grens, boek, boeking, context, database):
    """Nobody is before it with a smaller amount, alone or in a bulk, nor when the amount of the fonds is another by now."""
    body = boeking()
    voorstel = boek(body).headers["location"]
    klein = {**body, "regels": [{"rekening": "1300", "bedragCent": 1}, {"rekening": "2310", "bedragCent": -1}]}
    ander = boeking(("1300", 1), ("2310", -1))
    for rol in ("administratie", "fondsbeheerder"):
        antwoord = boek(klein, rol=rol)
        assert antwoord.status_code == 409 and soort(antwoord) == "al-voorgesteld" and antwoord.json()["voorstel"] == voorstel
        kop = {**als(rol), "Idempotency-Key": f"bulk-{rol}"}
        bulk = client.post("/v1/boekingen/bulk", json={"boekingen": [ander, klein]}, headers=kop).json()
        assert [(f["name"], f["code"]) for f in bulk["invalidParams"]] == [("boekingen.1.bron", "voorgesteld")]
    doe("PUT", "/v1/fondsen/derdengelden/vier-ogen", 200, headers={"If-Match": "*"}, json=VRIJ)
    for wat in (klein, body):
        assert soort(boek(wat)) == "al-voorgesteld"
    assert aantal(context) == 0
    with psycopg.connect(database.url) as db:
        sql_boeking(db, document=("abonnement", body["bron"]["pad"]), op="2018-01-15")
        with pytest.raises(errors.IntegrityConstraintViolation):
            db.commit()
    assert boek(ander).status_code == 201
    geboekt = doe("GET", doe("POST", f"{voorstel}/bevestigingen", 200, json=WIE).json()["boeking"], 200).json()
    assert {naam: geboekt[naam] for naam in body} == body and soort(boek(klein)) == "brondocument-al-geboekt"
    assert schendingen(database.url) == []


def test_afgewezen_of_verlopen_voorstel_houdt_niets_vast(doe, grens, boek, boeking, clock):
    een, twee = boeking(), boeking()
    doe("POST", f"{boek(een).headers['location']}/afwijzingen", 200, json=NEE)
    klein = [{"rekening": "1300", "bedragCent": 1}, {"rekening": "2310", "bedragCent": -1}]
    assert boek({**een, "regels": klein}).status_code == 201
    assert boek(twee).status_code == 202


def test_voorgestelde_storno_houdt_de_boeking_vast(doe, boek, boeking):
    groot, pad = boek(boeking()).headers["location"], "/v1/fondsen/derdengelden/vier-ogen"
    doe("PUT", pad, 200, headers={"If-Match": "*"}, json={"vanafCent": GRENS, "vrijeBronnen": []})
    voorstel = doe("POST", f"{groot}/storno", 202, rol="administratie", json=STORNO).headers["location"]
    doe("PUT", pad, 200, headers={"If-Match": "*"}, json=VRIJ)
    assert soort(doe("POST", f"{groot}/storno", 409, rol="fondsbeheerder", json=STORNO)) == "al-voorgesteld"
    doe("POST", f"{voorstel}/afwijzingen", 200, json=NEE)
    doe("POST", f"{groot}/storno", 201, rol="fondsbeheerder", json=STORNO)


def test_voorstel_en_kleinere_boeking_van_hetzelfde_document_tegelijk(client, als, grens, boeking, context, database):
    """Of each document one of both: never a proposal of what is booked, and nothing waits for ever."""
    documenten = [boeking() for _ in range(12)]
    klein = [{"rekening": "1300", "bedragCent": 1}, {"rekening": "2310", "bedragCent": -1}]
    werk = [een for body in documenten for een in (body, {**body, "regels": klein})] * 2

    def post(body: dict) -> int:
        kop = {**als("administratie"), "Idempotency-Key": f"samen-{next(SLEUTELS)}"}
        return client.post("/v1/boekingen", json=body, headers=kop).status_code

    with ThreadPoolExecutor(8) as aanvragers:
        uit = Counter(aanvragers.map(post, werk))
    with context.sessions() as session:
        beide = session.scalar(text("SELECT count(*) FROM boeking JOIN boekingsvoorstel USING (fonds, bron, pad)"))
    assert beide == 0 and aantal(context) + aantal(context, "boekingsvoorstel") == len(documenten)
    assert uit[201] + uit[202] == len(documenten) and set(uit) <= {201, 202, 409}
    assert schendingen(database.url) == []


def test_rol_van_de_dienst_storneert_niet_om_vier_ogen_heen(boek, boeking, doe, database):
    groot = boek(boeking()).headers["location"].rpartition("/")[2]
    doe("PUT", "/v1/fondsen/derdengelden/vier-ogen", 200, headers={"If-Match": "*"}, json={"vanafCent": 1, "vrijeBronnen": []})
    with psycopg.connect(database.url) as db:
        nieuw = db.execute(
            "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels, storno_van) SELECT "
            "gen_random_uuid(), fonds, boekdatum, geboekt_op, 'x', 'fonds', '/v1/boekingen/' || id, aantal_regels, id "
            "FROM boeking WHERE id = %s RETURNING id",
            [groot],
        ).fetchone()
        db.execute(
            "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
            "SELECT %s, regelnummer, fonds, rekening, -bedrag_cent FROM boekingsregel WHERE boeking = %s",
            [nieuw[0], groot],
        )
        with pytest.raises(errors.SerializationFailure):
            db.commit()

"""An inkooptraject from pre-financing to its end, by role, together, in any order, and past the service."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from fonds_api.app import service as dienst
from fonds_api.settings import Settings
from gemeengoed_kit.money import allocate
from gemeengoed_kit.testing import make_client, make_test_context
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.fonds.conftest import CLOCK, PEER, prepare
from tests.fonds.inkoop import (
    AFREKENING,
    ALMERE,
    CODE,
    PAD,
    SLUITING,
    STORNO,
    UTRECHT,
    ZEIST,
    mutatie,
    post,
    traject,
    wie,
)
from tests.invariants.fonds import schendingen


@pytest.fixture
def doe(client, als) -> Callable[..., Any]:
    """POST, as fondsbeheerder unless told otherwise."""

    def stuur(pad: str, inhoud: dict[str, Any], rol: str = "fondsbeheerder") -> Any:
        return client.post(f"/v1{pad}", json=inhoud, headers=als(rol))

    return stuur


@pytest.fixture
def maak(doe) -> Callable[..., Any]:
    """POST what must be stored."""

    def stuur(pad: str, inhoud: dict[str, Any]) -> Any:
        antwoord = doe(pad, inhoud)
        assert antwoord.status_code == 201, antwoord.text
        return antwoord.json()

    return stuur


@pytest.fixture
def lees(client, als) -> Callable[..., Any]:
    def vraag(pad: str, rol: str = "fondsbeheerder", **eigenschappen: str) -> Any:
        antwoord = client.get(f"/v1{pad}", headers=als(rol, **eigenschappen))
        assert antwoord.status_code == 200, antwoord.text
        return antwoord.json()

    return vraag


def soort(antwoord: Any, status: int = 409) -> str:
    assert antwoord.status_code == status, antwoord.text
    return antwoord.json()["type"].rpartition("/")[2]


def saldi(url: str, fonds: str) -> dict[str, int]:
    with psycopg.connect(url) as db:
        som = "SELECT rekening, sum(bedrag_cent)::bigint FROM boekingsregel WHERE fonds = %s GROUP BY 1"
        return {rekening: cent for rekening, cent in db.execute(som, [fonds]).fetchall() if cent}


def test_van_voorfinanciering_tot_kostenneutraal(database, doe, maak, lees):
    begonnen = maak("/inkooptrajecten", traject(sleutel="inwoners"))
    assert begonnen["status"] == "open" and begonnen["peildatum"] == "2018-01-01"
    assert lees(f"/fondsen/{CODE}")["boekingsrollen"] == ["fondsbeheerder"]
    for code, inwoners in ((UTRECHT, 347_483), (ALMERE, 203_990), ("drechtsteden", 290_000)):
        maak(f"{PAD}/deelnemers", mutatie(code, inwoners))
    assert soort(doe(f"{PAD}/posten", post("kosten", 1))) == "kas-tekort"
    maak(f"{PAD}/posten", post("voorfinanciering", 100_000))
    eerste = maak(f"{PAD}/posten", post("kosten", 70_001))
    maak(f"{PAD}/posten", post("kosten", 20_000, kostensoort="contractbeheer"))
    bron = lees(eerste["boeking"].removeprefix("/v1"))
    assert bron["bron"] == {"bron": "fonds", "pad": f"/v1{PAD}/posten/2"} and bron["fonds"] == CODE
    assert {regel["rekening"]: regel["bedragCent"] for regel in bron["regels"]} == {"4000": 70_001, "1100": -70_001}
    vraag = doe(f"{PAD}/sluiting", SLUITING)
    assert soort(vraag) == "niet-kostenneutraal" and len(vraag.json()["open"]) == 3
    eerst = maak(f"{PAD}/afrekeningen", AFREKENING)
    gewichten = {UTRECHT: 347_483, ALMERE: 203_990, "drechtsteden": 290_000}
    verwacht = allocate(90_001, {wie(code)["pad"]: inwoners for code, inwoners in gewichten.items()})
    assert {regel["deelnemer"]["pad"]: regel["verschilCent"] for regel in eerst["regels"]} == verwacht
    assert sum(verwacht.values()) == 90_001 == eerst["kostenCent"]
    assert lees(PAD)["status"] == "afgerekend"
    assert soort(doe(f"{PAD}/afrekeningen", AFREKENING)) == "niets-af-te-rekenen"

    # Somebody leaves after it has paid, somebody joins: a correction settlement.
    maak(f"{PAD}/posten", post("ontvangst", verwacht[wie(ALMERE)["pad"]], ALMERE))
    maak(f"{PAD}/deelnemers", mutatie(ALMERE, None, "uittreding"))
    maak(f"{PAD}/deelnemers", mutatie(ZEIST, 63_000))
    assert lees(PAD)["status"] == "open"
    tweede = maak(f"{PAD}/afrekeningen", AFREKENING)
    assert sum(regel["verschilCent"] for regel in tweede["regels"]) == 0 and tweede["kostenCent"] == 90_001
    stand = {rij["naam"][-6:]: rij for rij in lees(f"{PAD}/deelnemers")["results"]}
    assert stand[ALMERE]["openCent"] == -verwacht[wie(ALMERE)["pad"]] and stand[ALMERE]["gewicht"] == 0
    teveel = doe(f"{PAD}/posten", post("teruggave", -stand[ALMERE]["openCent"] + 1, ALMERE))
    assert soort(teveel) == "meer-dan-openstaat" and teveel.json()["openCent"] == -stand[ALMERE]["openCent"]
    for code, rij in (("drechtsteden", None), (UTRECHT, None), (ZEIST, None)):
        rij = next(een for een in stand.values() if een["deelnemer"] == wie(code))
        assert soort(doe(f"{PAD}/posten", post("ontvangst", rij["openCent"] + 1, code))) == "meer-dan-openstaat"
        maak(f"{PAD}/posten", post("ontvangst", rij["openCent"], code))
    maak(f"{PAD}/posten", post("teruggave", -stand[ALMERE]["openCent"], ALMERE))
    assert soort(doe(f"{PAD}/posten", post("aflossing", 100_001))) == "meer-dan-openstaat"
    maak(f"{PAD}/posten", post("aflossing", 100_000))
    assert lees(f"{PAD}/stand")["nogOpen"] == [] and lees(f"{PAD}/stand", "accountant")["kasCent"] == 0
    assert saldi(database.url, CODE) == {"4000": 70_001, "4100": 20_000, "8000": -90_001}
    assert maak(f"{PAD}/sluiting", SLUITING)["status"] == "afgesloten"
    assert saldi(database.url, CODE) == {}, "every balance is zero"
    assert saldi(database.url, "ggu") == {}, "B3 stays 0: nothing of it is in the Fonds GGU"
    for eind, inhoud in (
        ("posten", post("voorfinanciering", 1)),
        ("deelnemers", mutatie("GM0001")),
        ("afrekeningen", AFREKENING),
        ("posten/1/stornering", STORNO),
        ("sluiting", SLUITING),
    ):
        assert soort(doe(f"{PAD}/{eind}", inhoud)) == "inkooptraject-afgesloten"
    assert schendingen(database.url) == []


def test_vergissing_wordt_een_keer_teruggenomen(database, doe, maak, lees):
    maak("/inkooptrajecten", traject(sleutel="gelijk"))
    for code in (UTRECHT, ALMERE):
        maak(f"{PAD}/deelnemers", mutatie(code, None))
    maak(f"{PAD}/posten", post("voorfinanciering", 1000))
    maak(f"{PAD}/posten", post("kosten", 700))
    assert soort(doe(f"{PAD}/posten/1/stornering", STORNO)) == "kas-tekort"
    maak(f"{PAD}/afrekeningen", AFREKENING)
    verkeerd = maak(f"{PAD}/posten", post("ontvangst", 350, UTRECHT))
    terug = maak(f"{PAD}/posten/{verkeerd['nummer']}/stornering", STORNO)
    assert (terug["bedragCent"], terug["storneert"], terug["deelnemer"]) == (-350, verkeerd["nummer"], wie(UTRECHT))
    for nummer in (verkeerd["nummer"], terug["nummer"]):
        assert soort(doe(f"{PAD}/posten/{nummer}/stornering", STORNO)) == "inkooppost-al-gestorneerd"
    assert soort(doe(f"{PAD}/posten/99/stornering", STORNO), 404) == "inkooppost-niet-gevonden"
    assert [rij["openCent"] for rij in lees(f"{PAD}/deelnemers")["results"]] == [350, 350]
    maak(f"{PAD}/posten/2/stornering", STORNO)
    lager = maak(f"{PAD}/afrekeningen", AFREKENING)
    assert lager["kostenCent"] == 0 and [regel["verschilCent"] for regel in lager["regels"]] == [-350, -350]
    maak(f"{PAD}/posten", post("aflossing", 1000))
    assert maak(f"{PAD}/sluiting", SLUITING)["kostenCent"] == 0
    assert saldi(database.url, CODE) == {} and schendingen(database.url) == []


def test_wat_niet_past_wordt_geweigerd(doe, maak, boek, boeking):
    for sleutel, anders in (("inwoners", {"peildatum": None}), ("delen", {"peildatum": "2018-01-01"})):
        assert soort(doe("/inkooptrajecten", traject(sleutel=sleutel, **anders))) == "sleutel-past-niet"
    maak("/inkooptrajecten", traject())
    maak("/inkooptrajecten", traject("traject-gelijk", "gelijk"))
    assert soort(doe("/inkooptrajecten", traject())) == "fonds-bestaat-al"
    for pad, inhoud in (
        (PAD, mutatie(UTRECHT, None)),
        (PAD, mutatie(UTRECHT, 1, "uittreding")),
        ("/inkooptrajecten/traject-gelijk", mutatie(UTRECHT, 1)),
    ):
        assert soort(doe(f"{pad}/deelnemers", inhoud)) == "sleutel-past-niet"
    assert soort(doe(f"{PAD}/deelnemers", mutatie(UTRECHT, None, "uittreding"))) == "deelnemer-past-niet"
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT))
    assert soort(doe(f"{PAD}/deelnemers", mutatie(UTRECHT))) == "deelnemer-past-niet"
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT, 5, "weging"))
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT, None, "uittreding"))
    maak(f"{PAD}/posten", post("voorfinanciering", 10))
    assert soort(doe(f"{PAD}/afrekeningen", AFREKENING)) == "niets-af-te-rekenen"
    maak(f"{PAD}/posten", post("kosten", 10))
    assert soort(doe(f"{PAD}/afrekeningen", AFREKENING)) == "geen-deelnemers"
    assert soort(doe(f"{PAD}/posten", post("ontvangst", 1, ALMERE))) == "onbekende-deelnemer"
    beide = doe(f"{PAD}/posten", post("voorfinanciering", 1, UTRECHT, kostensoort="aanbesteding"))
    assert soort(beide) == "inkooppost-past-niet" and len(beide.json()["invalidParams"]) == 2
    assert soort(doe(f"{PAD}/posten", post("ontvangst", 1))) == "inkooppost-past-niet"
    for eind, inhoud in (("posten", post("kosten", 1)), ("afrekeningen", AFREKENING), ("sluiting", SLUITING)):
        assert soort(doe(f"{PAD}/{eind}", {**inhoud, "boekdatum": "2030-01-01"})) == "datum-te-ver-vooruit"
        assert soort(doe(f"/inkooptrajecten/traject-geen/{eind}", inhoud), 404) == "inkooptraject-niet-gevonden"
    met_de_hand = boek(boeking(("1100", 5), ("1400", -5), fonds=CODE), rol="fondsbeheerder")
    assert soort(met_de_hand, 403) == "fonds-niet-toegestaan", "only the traject books in its fonds"


def test_een_gemeente_ziet_haar_eigen_deel(client, als, doe, maak, lees):
    for code, deelnemers in ((CODE, (UTRECHT, ALMERE)), ("traject-ander", (ALMERE,))):
        maak("/inkooptrajecten", traject(code, "gelijk"))
        pad = f"/inkooptrajecten/{code}"
        for een in deelnemers:
            maak(f"{pad}/deelnemers", mutatie(een, None))
        maak(f"{pad}/posten", post("voorfinanciering", 5000))
        maak(f"{pad}/posten", post("kosten", 5000))
        maak(f"{pad}/afrekeningen", AFREKENING)
        maak(f"{pad}/posten", post("ontvangst", 1500, ALMERE))
    utrecht = {"rol": "gemeente", "gemeentecode": UTRECHT}
    assert [rij["code"] for rij in lees("/inkooptrajecten", **utrecht)["results"]] == [CODE]
    (eigen,) = lees(f"{PAD}/deelnemers", **utrecht)["results"]
    assert (eigen["deelnemer"], eigen["gemeentecode"], eigen["openCent"]) == (wie(UTRECHT), UTRECHT, 2500)
    assert lees(f"{PAD}/posten", **utrecht)["count"] == 0
    almere = {"rol": "gemeente", "gemeentecode": ALMERE}
    assert [rij["bedragCent"] for rij in lees(f"{PAD}/posten?soort=ontvangst", **almere)["results"]] == [1500]
    assert lees(f"{PAD}/posten/3", **almere)["gemeentecode"] == ALMERE
    (afrekening,) = lees(f"{PAD}/afrekeningen", **utrecht)["results"]
    assert [regel["deelnemer"] for regel in afrekening["regels"]] == [wie(UTRECHT)]
    assert afrekening == lees(f"{PAD}/afrekeningen/1", **utrecht)
    kop = als("gemeente", gemeentecode=UTRECHT)
    for pad in (
        f"{PAD}/posten/3",
        "/inkooptrajecten/traject-ander",
        "/inkooptrajecten/traject-ander/deelnemers",
        f"{PAD}/posten/99",
    ):
        assert client.get(f"/v1{pad}", headers=kop).status_code == 404
    assert soort(client.get(f"/v1{PAD}/afrekeningen/2", headers=kop), 404) == "inkoopafrekening-niet-gevonden"
    assert client.get(f"/v1{PAD}/stand", headers=kop).status_code == 403
    assert lees("/inkooptrajecten", "accountant") == lees("/inkooptrajecten") and lees("/inkooptrajecten")["count"] == 2
    for rol in ("accountant", "gemeente", "administratie", "bestuur"):
        for pad, inhoud in (("/inkooptrajecten", traject("traject-x")), (f"{PAD}/deelnemers", mutatie(ZEIST))):
            assert doe(pad, inhoud, rol).status_code == 403
    for pad in ("/inkooptrajecten", PAD, f"{PAD}/deelnemers", f"{PAD}/posten", f"{PAD}/posten/1", f"{PAD}/afrekeningen/1"):
        assert client.get(f"/v1{pad}").status_code == 401
        assert soort(client.get(f"/v1{pad}", headers=als("gemeente")), 403) == "geen-gemeentecode"
        for rol in ("administratie", "aanbieder"):
            assert client.get(f"/v1{pad}", headers=als(rol)).status_code == 403


def tegelijk(*doen: Callable[[], Any]) -> Counter[int]:
    uit: list[int] = []
    draden = [threading.Thread(target=lambda een=een: uit.append(een().status_code)) for een in doen]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return Counter(uit)


def test_tegelijk_wordt_nooit_meer_ontvangen_of_uitgegeven_dan_er_is(database, doe, maak, lees):
    assert tegelijk(*[lambda: doe("/inkooptrajecten", traject())] * 3) == {201: 1, 409: 2}
    assert tegelijk(*[lambda: doe(f"{PAD}/deelnemers", mutatie(UTRECHT))] * 4) == {201: 1, 409: 3}
    assert tegelijk(*[lambda: doe(f"{PAD}/posten", post("voorfinanciering", 100))] * 5) == {201: 5}
    assert tegelijk(*[lambda: doe(f"{PAD}/posten", post("kosten", 120))] * 8) == {201: 4, 409: 4}
    rondes = [lambda: doe(f"{PAD}/afrekeningen", AFREKENING)] * 4
    assert tegelijk(*rondes) == {201: 1, 409: 3}
    assert tegelijk(*[lambda: doe(f"{PAD}/posten", post("ontvangst", 100, UTRECHT))] * 7) == {201: 4, 409: 3}
    maak(f"{PAD}/posten", post("ontvangst", 80, UTRECHT))
    assert tegelijk(*[lambda: doe(f"{PAD}/posten", post("aflossing", 250))] * 4) == {201: 2, 409: 2}
    sluit = [lambda: doe(f"{PAD}/sluiting", SLUITING)] * 3
    assert tegelijk(*sluit, lambda: doe(f"{PAD}/posten", post("kosten", 1)))[201] == 1
    assert lees(PAD)["status"] == "afgesloten" and saldi(database.url, CODE) == {}
    assert schendingen(database.url) == []


BOEKING = (
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
    "VALUES ('{boeking}', '{traject}', '2018-01-15', now(), 'x', 'fonds', '/v1/inkooptrajecten/{traject}/{document}/{nummer}', 2)"
)
REGELS = (
    "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
    "VALUES ('{boeking}', 1, '{traject}', '{debet}', {geboekt}), ('{boeking}', 2, '{traject}', '{credit}', -({geboekt}))"
)
MUTATIE = "INSERT INTO inkoopmutatie VALUES ('{traject}', {nummer}, '{soort}', '{wie}', 'n', {gewicht}, NULL, 't', now())"
POST = (
    "INSERT INTO inkooppost (traject, nummer, soort, kostensoort, deelnemer, storneert, bedrag_cent, btw_cent, "
    "machtiging, peer_id, rol, contract, boekdatum, omschrijving, boeking, vastgelegd_op) VALUES ('{traject}', {nummer}, "
    "'{soort}', {kostensoort}, {deelnemer}, {storneert}, {cent}, {btw}, {machtiging}, 'p', 'r', 'c', '2018-01-15', 'x', "
    "'{boeking}', '2018-01-15')"
)
AFREK = (
    "INSERT INTO inkoopafrekening VALUES ('{traject}', {nummer}, {kosten}, 1, 2, {aantal}, '2018-01-15', 't', '{boeking}', now())"
)
REGEL = (
    "INSERT INTO inkoopafrekeningsregel VALUES ('{traject}', {nummer}, {regel}, '{wie}', 'n', 1, {aandeel}, {eerder}, {verschil})"
)
SLUIT = "INSERT INTO inkoopsluiting VALUES ('{traject}', '2018-01-15', NULL, now())"
TABELLEN = {
    "inkooptraject": "naam",
    "inkoopmutatie": "naam",
    "inkoopmachtiging": "naam",
    "inkoopopgavelid": "naam",
    "inkooppost": "omschrijving",
    "inkoopafrekening": "toelichting",
    "inkoopafrekeningsregel": "naam",
    "inkoopsluiting": "vastgelegd_op",
}


def test_database_weigert_wat_nooit_mag(database, maak):
    maak("/inkooptrajecten", traject())
    maak("/inkooptrajecten", traject("traject-leeg", "gelijk"))
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT))
    maak(f"{PAD}/posten", post("voorfinanciering", 100))
    maak(f"{PAD}/posten", post("kosten", 60))

    def sql(*vormen: str, **anders: Any) -> list[str]:
        gewoon = {"traject": CODE, "nummer": 3, "boeking": uuid.uuid4(), "cent": 10, "soort": "voorfinanciering", "gewicht": 1}
        gewoon |= {"wie": wie(UTRECHT)["pad"], "kostensoort": "NULL", "deelnemer": "NULL", "storneert": "NULL"}
        gewoon |= {"kosten": 60, "aantal": 1, "regel": 1, "aandeel": 60, "eerder": 0, "verschil": 60}
        afrekening = AFREK in vormen
        gewoon |= {"document": "afrekeningen" if afrekening else "posten", "btw": 0, "machtiging": "NULL"}
        gewoon |= {"debet": "1300", "credit": "8000"} if afrekening else {"debet": "1100", "credit": "1400"}
        gewoon["geboekt"] = 60 if afrekening else anders.get("cent", 10)
        return [vorm.format(**{**gewoon, **anders}) for vorm in vormen]

    geboekt, afgerekend = (BOEKING, REGELS, POST), (BOEKING, REGELS, AFREK, REGEL)
    machtiging = (
        "INSERT INTO inkoopmachtiging VALUES ('traject-proef', 1, 'voorfinanciering', NULL, NULL, 10, 'n', 't', '2018-01-10', "
        "'2018-02-01', '{wie}', 'r', '{contract}')"
    )
    kan = [
        sql(*geboekt),
        sql(*afgerekend, nummer=1),
        [machtiging.format(wie="a", contract="d"), *sql(*geboekt, machtiging=1)],
        sql(MUTATIE, nummer=2, soort="weging", gewicht=7),
    ]
    for opdrachten in kan:
        with psycopg.connect(database.url) as db:
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.execute("SET CONSTRAINTS ALL IMMEDIATE")
            db.rollback()
    kan_niet = [
        sql(*geboekt, geboekt=11),
        sql(*geboekt, credit="1300"),
        sql(*geboekt, document="afrekeningen"),
        sql(*geboekt, btw=1),
        sql(*geboekt, machtiging=1),
        [machtiging.format(wie="a", contract="c"), *sql(*geboekt, machtiging=1)],
        [machtiging.format(wie="p", contract="d"), *sql(*geboekt, machtiging=1)],
        [machtiging.format(wie="a", contract="d").replace(" 10,", " 11,"), *sql(*geboekt, machtiging=1)],
        [machtiging.format(wie="a", contract="d").replace("2018-02-01", "2018-01-11"), *sql(*geboekt, machtiging=1)],
        [machtiging.format(wie="a", contract="d").replace("', 1, '", "', 2, '")],
        ["UPDATE fonds SET vier_ogen_vanaf_cent = 10 WHERE code = 'traject-proef'", *sql(*geboekt)],
        sql(*afgerekend, nummer=1, geboekt=59),
        [sql(MUTATIE, nummer=2, soort="weging")[0].replace("NULL, 't'", "gen_random_uuid(), 't'")],
        sql(*geboekt, nummer=4),
        sql(*geboekt, nummer=2),
        sql(POST),  # without an entry
        sql(*geboekt, soort="kosten"),
        sql(*geboekt, soort="ontvangst"),
        sql(*geboekt, cent=-10),
        sql(*geboekt, storneert=1, cent=-99),
        sql(*geboekt, storneert=2, cent=-60),
        sql(MUTATIE, nummer=3, soort="weging"),
        sql(MUTATIE, nummer=2, soort="toetreding"),
        sql(MUTATIE, nummer=2, soort="uittreding"),
        sql(MUTATIE, nummer=2, soort="toetreding", wie=wie(ALMERE)["pad"], gewicht=0),
        sql(MUTATIE, nummer=2, soort="weging", wie=wie(ALMERE)["pad"]),
        sql(MUTATIE, traject="traject-leeg", nummer=1, soort="toetreding", gewicht=2),
        sql(*afgerekend, nummer=1, aandeel=59, verschil=59),
        sql(*afgerekend, nummer=1, kosten=61, aandeel=61, verschil=61),
        sql(*afgerekend, nummer=1, eerder=1, verschil=59),
        sql(*afgerekend, nummer=1, verschil=1),
        sql(*afgerekend, nummer=1, aantal=2),
        sql(*afgerekend, REGEL, nummer=1),
        sql(*afgerekend, nummer=2),
        sql(SLUIT),
    ]
    for opdrachten in kan_niet:
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityError):
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.commit()
    maak(f"{PAD}/afrekeningen", AFREKENING)
    maak("/inkooptrajecten/traject-leeg/sluiting", SLUITING)
    daarna = [
        sql(REGEL, nummer=1, regel=2, wie=wie(ALMERE)["pad"], aandeel=0, verschil=0),
        sql(*geboekt, traject="traject-leeg", nummer=1),
        sql(MUTATIE, traject="traject-leeg", nummer=1, soort="toetreding"),
        sql(*afgerekend, nummer=2, eerder=59, verschil=1),
        sql(SLUIT),
    ]
    for opdrachten in daarna:
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityError):
            for opdracht in opdrachten:
                db.execute(opdracht)
            db.commit()
    with psycopg.connect(database.url) as db:
        db.execute(machtiging.format(wie="a", contract="d"))
        gemeente = (
            "INSERT INTO inkoopopgave VALUES (gen_random_uuid(), '/v1/gemeenten/GM0344', '2018-01-01', 'aangevraagd', now())"
        )
        (opgave,) = db.execute(f"{gemeente} RETURNING id").fetchone()
        db.execute("INSERT INTO inkoopopgavelid VALUES (%s, 'GM0344', 'x', 5)", [opgave])
        db.execute("UPDATE inkoopopgave SET status = 'gereed', gereed_op = now(), inwoners = 5")
    for opdracht in (
        "UPDATE inkoopopgave SET inwoners = 6",
        f"INSERT INTO inkoopopgavelid VALUES ('{opgave}', 'GM0003', 'x', 5)",
    ):
        with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.IntegrityError):
            db.execute(opdracht)
    for tabel, kolom in TABELLEN.items():
        for opdracht in (f"UPDATE {tabel} SET {kolom} = {kolom}", f"DELETE FROM {tabel}", f"TRUNCATE {tabel} CASCADE"):
            with psycopg.connect(database.url) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
                db.execute(opdracht)
            with psycopg.connect(database.owner_url) as owner, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
                owner.execute(opdracht)
    assert schendingen(database.url) == []


deelnemers = st.sampled_from([UTRECHT, ALMERE, ZEIST])


class Inkoop(RuleBasedStateMachine):
    """Posts, joining and leaving, settlements in any order; afterwards it can always be made neutral, with every balance zero."""

    templates: Any
    bereikt: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.database = self.templates.copy("fonds", prepare)
        instellingen = Settings(
            database_url=self.database.url, peer_id="00000099000000000001", jwks_url="http://manager.test/jwks"
        )
        self.context, issuer = make_test_context(dienst, instellingen, CLOCK)
        self.client, self.kop = make_client(dienst, self.context), issuer.headers(PEER, "fondsbeheerder")
        self.mee: dict[str, int] = {}
        self.aandeel: dict[str, int] = {}
        self.betaald: Counter[str] = Counter()
        self.som: Counter[str] = Counter()
        self.doe("/inkooptrajecten", traject(), 201)
        for code, gewicht in ((UTRECHT, 3), (ALMERE, 2)):
            self.wissel(code, gewicht)
        self.boek("voorfinanciering", 1000)
        self.boek("kosten", 101)

    def doe(self, pad: str, inhoud: dict[str, Any], *status: int) -> Any:
        antwoord = self.client.post(f"/v1{pad}", json=inhoud, headers=self.kop)
        assert antwoord.status_code in status, antwoord.text
        self.bereikt[f"{pad.rpartition('/')[2]} {antwoord.status_code}"] += 1
        return antwoord.json()

    @property
    def kas(self) -> int:
        return sum(self.som[soort] for soort in ("voorfinanciering", "ontvangst")) - sum(
            self.som[soort] for soort in ("kosten", "teruggave", "aflossing")
        )

    def open(self, code: str) -> int:
        return self.aandeel.get(code, 0) - self.betaald[code]

    @rule(code=deelnemers, gewicht=st.integers(1, 9))
    def wissel(self, code: str, gewicht: int) -> None:
        if code in self.mee:
            self.doe(f"{PAD}/deelnemers", mutatie(code, None, "uittreding"), 201)
            del self.mee[code]
        else:
            self.doe(f"{PAD}/deelnemers", mutatie(code, gewicht), 201)
            self.mee[code] = gewicht

    @rule(soort=st.sampled_from(["voorfinanciering", "kosten", "aflossing"]), cent=st.integers(1, 500))
    def boek(self, soort: str, cent: int) -> None:
        kan = soort == "voorfinanciering" or cent <= self.kas
        kan = kan and (soort != "aflossing" or cent <= self.som["voorfinanciering"] - self.som["aflossing"])
        self.doe(f"{PAD}/posten", post(soort, cent), 201 if kan else 409)
        self.som[soort] += cent if kan else 0

    @rule(code=deelnemers, soort=st.sampled_from(["ontvangst", "teruggave"]), cent=st.integers(1, 300))
    def verreken(self, code: str, soort: str, cent: int) -> None:
        kan = cent <= self.open(code) if soort == "ontvangst" else cent <= -self.open(code) and cent <= self.kas
        self.doe(f"{PAD}/posten", post(soort, cent, code), 201 if kan else 409)
        if kan:
            self.som[soort] += cent
            self.betaald[code] += cent if soort == "ontvangst" else -cent

    @rule()
    def reken_af(self) -> None:
        nieuw = (
            allocate(self.som["kosten"], {wie(code)["pad"]: gewicht for code, gewicht in self.mee.items()}) if self.mee else {}
        )
        nieuw = {pad[-6:]: cent for pad, cent in nieuw.items() if cent}
        kan = nieuw != {code: cent for code, cent in self.aandeel.items() if cent} and (self.mee or not self.som["kosten"])
        self.doe(f"{PAD}/afrekeningen", AFREKENING, 201 if kan else 409)
        if kan:
            self.aandeel = nieuw

    @precondition(lambda self: self.som["kosten"] and self.mee)
    @rule()
    def maak_neutraal(self) -> None:
        """Settle all, and hold the balances against the model."""
        self.reken_af()
        for code in (UTRECHT, ALMERE, ZEIST):
            if (cent := self.open(code)) > 0:
                self.verreken(code, "ontvangst", cent)
        for code in (UTRECHT, ALMERE, ZEIST):
            if (cent := -self.open(code)) > 0:
                self.verreken(code, "teruggave", cent)
        if rest := self.som["voorfinanciering"] - self.som["aflossing"]:
            self.boek("aflossing", rest)
        assert saldi(self.database.url, CODE) == {"4000": self.som["kosten"], "8000": -self.som["kosten"]}

    def teardown(self) -> None:
        if hasattr(self, "database"):
            try:
                if self.som["kosten"] and self.mee:
                    self.maak_neutraal()
                    self.doe(f"{PAD}/sluiting", SLUITING, 201)
                    assert saldi(self.database.url, CODE) == {}
                assert saldi(self.database.url, "ggu") == {} and schendingen(self.database.url) == []
            finally:
                self.context.close()
                self.templates.drop(self.database)


def test_elke_volgorde_eindigt_kostenneutraal(templates):
    Inkoop.templates, Inkoop.bereikt = templates, Counter()
    run_state_machine_as_test(
        Inkoop,
        settings=settings(
            max_examples=10, stateful_step_count=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        ),
    )
    print(dict(Inkoop.bereikt))
    for uitkomst in ("posten 201", "posten 409", "deelnemers 201", "afrekeningen 201", "afrekeningen 409", "sluiting 201"):
        assert Inkoop.bereikt[uitkomst], uitkomst

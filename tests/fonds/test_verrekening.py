"""What one nota has to get back pays another: over HTTP, by role, at the same moment, and past the code; 1300 always agrees."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import errors

from tests.fonds.omslagen import GEEN, GROOT, KLEIN, gepeild, inwonertallen, ontvangst
from tests.fonds.test_bijdrage_manieren import geweigerd
from tests.fonds.test_nota_router import RONDE, besloten, doe, saldo

__all__ = ["besloten", "doe", "saldo"]
SQL = (
    "INSERT INTO notaverrekening SELECT gen_random_uuid(), fonds, {gemeente}, '{van}', '{met}', {cent}, 'x', {herroept}, now() "
    "FROM nota WHERE id = '{van}'"
)


@pytest.fixture
def tegoed(doe, besloten, context):
    """Two terms are claimed; a settlement gives GROOT something back: its creditnota, its first nota, and one of KLEIN."""
    besloten()
    for termijn in (1, 2):
        doe("POST", "/notarondes", 201, {**RONDE, "termijn": termijn})
    peiling = gepeild(context, inwonertallen(**{GROOT: -5000}))
    doe("POST", "/afrekeningen", 201, {"ronde": "ggu-2018", "peiling": peiling, "omschrijving": "Correctie (test)"})
    doe("POST", "/notarondes", 201, {"afrekening": "ggu-2018-1"})
    eigen = doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"]
    credit = next(nota for nota in eigen if nota["soort"] == "creditnota")
    return credit, eigen[0], doe("GET", f"/notas?gemeentecode={KLEIN}", 200)["results"][0]


def body(van: str, met: str, cent: int) -> dict[str, object]:
    return {"van": van, "met": met, "bedragCent": cent, "reden": "Op verzoek (test)"}


def test_creditnota_betaalt_een_nota_en_de_rest_gaat_terug(doe, tegoed, saldo):
    credit, nota, ander = tegoed
    terug, staat = -credit["bedragCent"], saldo("1300")
    deel = doe("POST", "/verrekeningen", 201, body(credit["id"], nota["id"], terug - 100))
    assert deel["gemeentecode"] == GROOT and deel["herroept"] is deel["herroepenDoor"] is None
    assert doe("GET", f"/notas/{credit['id']}", 200)["openCent"] == -100
    assert doe("GET", f"/notas/{nota['id']}", 200)["openCent"] == nota["bedragCent"] - terug + 100
    assert saldo("1300") == staat == doe("GET", "/debiteuren", 200)["openCent"], "nothing is booked, and nothing is lost"
    for van, met, cent, soort, namen in (
        (credit["id"], nota["id"], 101, "niet-te-verrekenen", ["van"]),
        (nota["id"], credit["id"], 1, "niet-te-verrekenen", ["van", "met"]),
        (credit["id"], credit["id"], 1, "niet-te-verrekenen", ["met"]),
        (credit["id"], ander["id"], 1, "onbekende-nota", ["met"]),
        ("ggu-2018-99998", "ggu-2018-99999", 1, "onbekende-nota", ["van", "met"]),
    ):
        fout = doe("POST", "/verrekeningen", 409, body(van, met, cent))
        assert fout["type"].endswith(f"/{soort}") and [f["name"] for f in fout["invalidParams"]] == namen
    doe("POST", "/ontvangsten", 409, ontvangst(-101, (credit["id"], -101)))
    doe("POST", "/ontvangsten", 201, ontvangst(-100, (credit["id"], -100)))
    assert doe("GET", f"/notas/{credit['id']}", 200)["openCent"] == 0 and saldo("1300") == staat + 100
    betaald = nota["bedragCent"] - terug + 100
    doe("POST", "/ontvangsten", 409, ontvangst(betaald + 1, (nota["id"], betaald + 1)))
    doe("POST", "/ontvangsten", 201, ontvangst(betaald, (nota["id"], betaald)))
    spiegel = doe("POST", f"/verrekeningen/{deel['id']}/herroepingen", 201, {"reden": "Toch niet"})
    assert (spiegel["bedragCent"], spiegel["herroept"]) == (100 - terug, deel["id"])
    assert doe("GET", f"/verrekeningen/{deel['id']}", 200)["herroepenDoor"] == spiegel["id"]
    for id in (deel["id"], spiegel["id"]):
        assert doe("POST", f"/verrekeningen/{id}/herroepingen", 409, {"reden": "x"})["type"].endswith("/verrekening-herroepen")
    doe("POST", f"/verrekeningen/{GEEN}/herroepingen", 404, {"reden": "x"})
    assert [doe("GET", f"/notas/{id['id']}", 200)["openCent"] for id in (credit, nota)] == [100 - terug, terug - 100]


def test_nota_die_na_betaling_is_gecrediteerd_betaalt_een_andere(doe, tegoed):
    _, nota, _ = tegoed
    cent = nota["bedragCent"]
    betaald = doe("POST", "/ontvangsten", 201, ontvangst(cent, (nota["id"], cent)))
    credit = doe("POST", f"/notas/{nota['id']}/creditnotas", 201, {"bedragCent": 500, "reden": "Test"})
    twee = doe("GET", f"/notas?gemeentecode={GROOT}", 200)["results"][1]
    doe("POST", "/verrekeningen", 409, body(credit["id"], twee["id"], 1))  # it counts with its nota
    doe("POST", "/verrekeningen", 201, body(nota["id"], twee["id"], 500))
    assert [doe("GET", f"/notas/{id}", 200)["openCent"] for id in (nota["id"], twee["id"])] == [0, twee["bedragCent"] - 500]
    doe("POST", f"/ontvangsten/{betaald['id']}/herroepingen", 201, {"reden": "Van een ander"})
    assert doe("GET", f"/notas/{nota['id']}", 200)["openCent"] == cent, "what it gave away, it owes again"
    assert doe("GET", f"/verrekeningen?nota={twee['id']}", 200)["count"] == 1


def test_wie_verrekeningen_ziet_en_doet(doe, tegoed):
    credit, nota, _ = tegoed
    gemaakt = doe("POST", "/verrekeningen", 201, body(credit["id"], nota["id"], 1))
    for rol in ("accountant", "bestuur", "gemeente", "administratie"):
        doe("POST", "/verrekeningen", 403, body(credit["id"], nota["id"], 1), rol, gemeentecode=GROOT)
        doe("POST", f"/verrekeningen/{gemaakt['id']}/herroepingen", 403, {"reden": "x"}, rol, gemeentecode=GROOT)
    for rol, code, status, aantal in (("accountant", GROOT, 200, 1), ("gemeente", GROOT, 200, 1), ("gemeente", KLEIN, 404, 0)):
        doe("GET", f"/verrekeningen/{gemaakt['id']}", status, rol=rol, gemeentecode=code)
        assert doe("GET", "/verrekeningen?fonds=ggu", 200, rol=rol, gemeentecode=code)["count"] == aantal
    doe("GET", "/verrekeningen", 403, rol="gemeente")
    doe("GET", "/verrekeningen", 403, rol="bestuur")


def test_verrekenen_terugbetalen_en_ontvangen_tegelijk_gaan_nooit_boven_wat_er_is(doe, tegoed, client, als):
    credit, nota, _ = tegoed
    terug, cent = -credit["bedragCent"], nota["bedragCent"]
    vragen = [
        *[("/verrekeningen", body(credit["id"], nota["id"], terug))] * 8,
        *[("/ontvangsten", ontvangst(-terug, (credit["id"], -terug))) for _ in range(8)],
        *[("/ontvangsten", ontvangst(cent, (nota["id"], cent))) for _ in range(4)],
    ]

    def post(vraag) -> int:
        return client.post(f"/v1{vraag[0]}", json=vraag[1], headers=als("fondsbeheerder")).status_code

    with ThreadPoolExecutor(8) as aanvragers:
        uit = Counter(aanvragers.map(post, vragen))
    assert uit.keys() == {201, 409} and uit[201] in (1, 2)
    assert doe("GET", f"/notas/{credit['id']}", 200)["openCent"] == 0 and doe("GET", f"/notas/{nota['id']}", 200)["openCent"] >= 0


def test_rol_van_de_dienst_verrekent_niet_wat_er_niet_is(doe, tegoed, database):
    credit, nota, ander = tegoed
    gemaakt = doe("POST", "/verrekeningen", 201, body(credit["id"], nota["id"], 10))
    gewoon = {"gemeente": f"'{GROOT}'", "van": credit["id"], "met": nota["id"], "cent": 1, "herroept": "NULL"}
    with psycopg.connect(database.url) as rol, psycopg.connect(database.owner_url) as eigenaar:
        for anders in (
            {"cent": -credit["bedragCent"]},
            {"cent": 0},
            {"cent": -1},
            {"met": ander["id"]},
            {"van": nota["id"], "met": credit["id"]},
            {"met": credit["id"]},
            {"gemeente": f"'{KLEIN}'"},
            {"cent": -9, "herroept": f"'{gemaakt['id']}'"},
            {"cent": 10, "herroept": f"'{gemaakt['id']}'"},
        ):
            geweigerd(rol, SQL.format(**{**gewoon, **anders}), errors.IntegrityError, str(anders))
        for opdracht in (
            "DELETE FROM notaverrekening",
            "UPDATE notaverrekening SET van = van",
            "TRUNCATE notaverrekening CASCADE",
        ):
            geweigerd(rol, opdracht, errors.InsufficientPrivilege)
            geweigerd(eigenaar, opdracht, errors.IntegrityError)
        rol.execute(SQL.format(**gewoon).encode())
        rol.execute(SQL.format(**{**gewoon, "cent": -10, "herroept": f"'{gemaakt['id']}'"}).encode())
        rol.commit()

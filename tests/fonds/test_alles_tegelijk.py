"""Booking, reversing, bulks, proposals, sealing, closing of periods and of a year, all at once on one fonds: whoever comes first,
what is there in the end holds together, and nothing came into what was closed."""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
from fonds_api.zegel import service as zegel
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import make_client

from tests.invariants.fonds import schendingen

RONDES, WERKERS = 14, 12
NUMMERS = itertools.count(1)


def test_sluiten_boeken_storneren_bulk_en_zegelen_door_elkaar(service, context, database, als, boeking):
    beheerder, bestuur = als("fondsbeheerder"), als("bestuur")

    def post(pad: str, inhoud: dict, kop: dict[str, str]) -> int:
        hoofd = {**kop, "Idempotency-Key": f"alles-{next(NUMMERS)}", "If-Match": "*"}
        while (antwoord := make_client(service, context).post(pad, json=inhoud, headers=hoofd)).status_code == 503:
            pass
        assert antwoord.status_code < 500, antwoord.text
        return antwoord.status_code

    def lijf(dag: str, cent: int = 40) -> dict:
        return boeking(("1300", cent), ("8000", -cent), fonds="ggu", boekdatum=dag)

    assert post("/v1/boekingen", lijf("2017-01-02"), beheerder) == 201
    with psycopg.connect(database.url) as db:
        eerste = [str(id) for (id,) in db.execute("SELECT id FROM boeking")]
    for dag in ("2017-03-31", "2017-06-30", "2017-09-30"):
        assert post("/v1/fondsen/ggu/perioden", {"totEnMet": dag}, beheerder) == 201
    dagen = ["2017-02-01", "2017-05-01", "2017-08-01", "2017-12-31", "2018-01-02"]
    stap = {"naam": "Proef", "reden": "Proef"}

    def boek(nr: int) -> int:
        return post("/v1/boekingen", lijf(dagen[nr % 5]), beheerder)

    def bulk(nr: int) -> int:
        return post("/v1/boekingen/bulk", {"boekingen": [lijf(dagen[(nr + n) % 5]) for n in range(5)]}, beheerder)

    def storneer(nr: int) -> int:
        with psycopg.connect(database.url) as db:
            rij = db.execute(
                "SELECT id, boekdatum FROM boeking b WHERE fonds = 'ggu' AND storno_van IS NULL AND bron <> 'fonds' AND "
                "NOT EXISTS (SELECT FROM boeking s WHERE s.storno_van = b.id) ORDER BY random() LIMIT 1"
            ).fetchone()
        id, dag = rij or (eerste[0], "2018-01-02")
        return post(f"/v1/boekingen/{id}/storno", {"boekdatum": str(dag), "omschrijving": "x"}, beheerder)

    def sluit(nr: int) -> int:
        dag, naar = dagen_van_perioden[nr % 3], ("voorlopig_gesloten", "open", "definitief_gesloten")[nr // 3 % 3]
        kop = bestuur if naar == "definitief_gesloten" else beheerder
        return post(f"/v1/fondsen/ggu/perioden/{dag}/stappen", {**stap, "naar": naar}, kop)

    def zegelen(nr: int) -> int:
        with context.work(Actor()) as work:
            zegel.verzegelen(work, "ggu")
        return 0

    def jaar(nr: int) -> int:
        return post("/v1/jaarafsluitingen", {"fonds": "ggu", "jaar": 2017}, beheerder) if nr > RONDES // 2 else boek(nr)

    def voorstel(nr: int) -> int:
        return post("/v1/boekingen", lijf(dagen[nr % 5], 5_000), beheerder)

    dagen_van_perioden = ["2017-03-31", "2017-06-30", "2017-09-30"]
    ogen = {"vanafCent": 5_000, "vrijeBronnen": []}
    ogenkop = {**bestuur, "If-Match": "*"}
    assert make_client(service, context).put("/v1/fondsen/ggu/vier-ogen", json=ogen, headers=ogenkop).status_code == 200
    doen = [boek, bulk, storneer, sluit, zegelen, jaar, voorstel]
    werk = [(wat, nr) for nr in range(RONDES) for wat in doen]
    with ThreadPoolExecutor(WERKERS) as werkers:
        uit = Counter(werkers.map(lambda een: een[0](een[1]), werk))
    assert uit.keys() <= {0, 200, 201, 202, 409} and uit[201] > 10, uit
    zegelen(0)
    with psycopg.connect(database.url) as db:
        sluitingen = db.execute("SELECT baten_cent, boeking FROM jaarafsluiting").fetchall()
        assert len(sluitingen) == 1
        (na,) = db.execute(
            "SELECT count(*) FROM boeking WHERE fonds = 'ggu' AND boekdatum < '2018-01-01' AND volgnummer > "
            "(SELECT volgnummer FROM boeking WHERE id = %s)",
            [sluitingen[0][1]],
        ).fetchone()
        (wacht,) = db.execute("SELECT count(*) FROM onverzegeld WHERE fonds = 'ggu'").fetchone()
    assert (na, wacht) == (0, 0)
    assert schendingen(database.url) == []

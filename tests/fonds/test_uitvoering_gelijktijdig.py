"""Many at once on one begrotingspost and on one commitment: exact counts, and every invariant afterwards."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from tests.fonds.uitvoeringen import factuur, neem_aan, verplichting
from tests.invariants.fonds import schendingen

WERKERS = 16


def verstuur(client: Any, kop: dict[str, str], aanvragen: list[tuple[str, dict[str, Any]]]) -> Counter:
    """POST all of them by many workers, again after a 503; how many ended in each status."""

    def een(aanvraag: tuple[str, dict[str, Any]]) -> int:
        pad, inhoud = aanvraag
        while (antwoord := client.post(f"/v1{pad}", json=inhoud, headers=kop)).status_code == 503:
            pass
        return antwoord.status_code

    with ThreadPoolExecutor(WERKERS) as werkers:
        return Counter(werkers.map(een, aanvragen))


def test_1200_verplichtingen_op_een_post_precies_zoveel_als_er_budget_is(client, als, context, database):
    """The years are given in both orders: whoever wants both may not wait for who has the other."""
    for jaar in (2018, 2019):
        neem_aan(client, context, als, jaar)
    kop = als("fondsbeheerder")
    een, twee = (2018, 100, 20), (2019, 100, 20)
    delen = [(een,), (een, twee), (twee, een)]
    aanvragen = [("/verplichtingen", verplichting(*delen[nummer % 3])) for nummer in range(1_200)]
    uit = verstuur(client, kop, aanvragen)
    assert uit == {201: 1_000, 409: 200}
    posten = client.get("/v1/fondsen/ggu/vrije-ruimte?jaar=2018", headers=kop).json()["posten"]
    assert {(p["budgetsoort"], p["verplichtCent"], p["vrijCent"]) for p in posten if p["verplichtCent"]} == {
        ("structureel", 100_000, 0),
        ("btw", 20_000, 10_000),
    }
    assert client.get("/v1/verplichtingen?pageSize=1", headers=kop).json()["count"] == 1_000
    assert schendingen(database.url) == []


def test_een_factuur_telt_een_keer_ook_uit_delen_van_twee_jaren_tegelijk(client, als, context, database):
    """Each year has its own lock, so that of the years does not keep them apart."""
    for jaar in (2018, 2019):
        neem_aan(client, context, als, jaar)
    kop = als("fondsbeheerder")
    for nummer in range(4):
        id = client.post("/v1/verplichtingen", json=verplichting((2018, 500, 0), (2019, 500, 0)), headers=kop).json()["id"]
        uit = [factuur(id, 1, 0, jaar, factuurnummer=f"DUBBEL-{nummer}", boekdatum=f"{jaar}-01-12", factuurdatum="2018-01-10")
               for jaar in (2018, 2019) * 4]  # fmt: skip
        assert verstuur(client, kop, [("/uitgaven", een) for een in uit]) == {201: 1, 409: 7}
    assert schendingen(database.url) == []


def test_uitgeven_en_vrijgeven_tegelijk_gaan_samen_nooit_boven_de_verplichting(client, als, context, database):
    neem_aan(client, context, als, 2018)
    kop = als("fondsbeheerder")
    id = client.post("/v1/verplichtingen", json=verplichting((2018, 10_000, 0)), headers=kop).json()["id"]
    vrij = {"jaar": 2018, "bedragCent": 100, "btwCent": 0, "reden": "Proef"}
    aanvragen = [
        ("/uitgaven", factuur(id, 100, 0)) if nummer % 2 else (f"/verplichtingen/{id}/vrijvallen", vrij) for nummer in range(150)
    ]
    assert verstuur(client, kop, aanvragen) == {201: 100, 409: 50}
    dezelfde = [("/uitgaven", factuur(id, 100, 0, factuurnummer="DUBBEL"))] * 4
    assert verstuur(client, kop, dezelfde) == {409: 4}
    uitgaven = client.get("/v1/uitgaven?pageSize=500", headers=kop).json()["results"]
    storno = {"boekdatum": "2018-01-15", "reden": "Proef"}
    twee = uitgaven[:2]
    terug = [(f"/uitgaven/{een['id']}/storno", storno) for een in twee for _ in range(4)]
    assert verstuur(client, kop, terug) == {201: 2, 409: 6}
    assert verstuur(client, kop, dezelfde) == {201: 1, 409: 3}
    (deel,) = client.get(f"/v1/verplichtingen/{id}", headers=kop).json()["delen"]
    assert deel["openCent"] == 100 and deel["besteedCent"] == (len(uitgaven) - 1) * 100
    assert schendingen(database.url) == []


def test_wie_boekt_terwijl_het_jaar_sluit_telt_mee_of_wordt_geweigerd(client, als, context, database, boeking):
    """Afterwards nothing of the year is left on baten and lasten, whatever came first."""
    kop = als("fondsbeheerder")

    def boek(nummer: int) -> int:
        post = boeking(("1300", 100), ("8000", -100), fonds="ggu", boekdatum="2017-06-01")
        antwoord = client.post("/v1/boekingen", json=post, headers={**kop, "Idempotency-Key": f"laat-{nummer}"})
        assert antwoord.status_code == 201 or antwoord.json()["type"] == "/v1/problemen/periode-gesloten", antwoord.text
        return antwoord.status_code

    def sluit() -> Any:
        while (
            antwoord := client.post("/v1/jaarafsluitingen", json={"fonds": "ggu", "jaar": 2017}, headers=kop)
        ).status_code == 503:
            pass
        return antwoord.json()

    with ThreadPoolExecutor(WERKERS) as werkers:
        eerst = [werkers.submit(boek, nummer) for nummer in range(60)]
        gesloten = werkers.submit(sluit)
        later = [werkers.submit(boek, nummer) for nummer in range(60, 120)]
        uit = Counter(een.result() for een in (*eerst, *later))
    assert gesloten.result()["batenCent"] == uit[201] * 100 and uit[201] + uit[409] == 120
    balans = client.get("/v1/fondsen/ggu/saldibalans?datum=2017-12-31", headers=kop).json()
    per = {rij["nummer"]: rij["saldoCent"] for rij in balans["rekeningen"]}
    assert (per["8000"], per["0900"]) == (0, -uit[201] * 100)
    assert schendingen(database.url) == []


def test_afsluiten_ziet_wat_van_eerdere_jaren_nog_onderweg_was(client, als, database):
    """An entry of 2016 that is under way when 2017 is closed may not end up in the resultaat of 2017."""
    kop, wacht = als("fondsbeheerder"), "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with (
        psycopg.connect(database.url) as boeker,
        psycopg.connect(database.url, autocommit=True) as kijker,
        ThreadPoolExecutor(1) as werker,
    ):
        boeker.execute(
            "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) VALUES "
            "('00000000-0000-4000-8000-000000000001', 'ggu', '2016-06-01', now(), 'x', 'abonnement', '/v1/facturen/2016-1', 2)"
        )
        boeker.execute(
            "INSERT INTO boekingsregel VALUES ('00000000-0000-4000-8000-000000000001', 1, 'ggu', '1300', 7), "
            "('00000000-0000-4000-8000-000000000001', 2, 'ggu', '8000', -7)"
        )
        sluit = werker.submit(client.post, "/v1/jaarafsluitingen", json={"fonds": "ggu", "jaar": 2017}, headers=kop)
        while not kijker.execute(wacht).fetchall():
            assert not sluit.done(), sluit.result().text
        boeker.commit()
        antwoord = sluit.result()
    assert (antwoord.status_code, antwoord.json()["type"]) == (409, "/v1/problemen/vorig-jaar-niet-afgesloten"), antwoord.text

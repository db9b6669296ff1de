"""Floors and ceilings of accounts over HTTP, also for many at once."""

from __future__ import annotations

from collections import Counter

import psycopg
import pytest
from psycopg import errors

from tests.fonds.test_gelijktijdig import verstuur
from tests.invariants.fonds import schendingen


def begrens(database, rekening: str, minimum: int | None, maximum: int | None) -> None:
    with psycopg.connect(database.owner_url) as eigenaar:
        eigenaar.execute(
            "UPDATE rekening SET minimum_cent = %s, maximum_cent = %s WHERE (fonds, nummer) = ('derdengelden', %s)",
            [minimum, maximum, rekening],
        )


def test_boeking_voorbij_een_grens_wordt_geweigerd_en_noemt_alle_rekeningen(boek, boeking, database, client, als):
    begrens(database, "1100", 0, None)
    begrens(database, "2310", -1000, 0)
    assert boek(boeking(("1100", 1000), ("2310", -1000))).status_code == 201
    te_ver = boek(boeking(("1100", -1001), ("2310", 1001)))
    assert te_ver.status_code == 409 and te_ver.json()["type"].endswith("/saldo-buiten-grenzen")
    assert te_ver.json()["rekeningen"] == [
        {"fonds": "derdengelden", "rekening": "1100", "saldoCent": -1, "minimumCent": 0, "maximumCent": None},
        {"fonds": "derdengelden", "rekening": "2310", "saldoCent": 1, "minimumCent": -1000, "maximumCent": 0},
    ]
    assert "rekening 1100 van fonds derdengelden zou op -1 cent komen, onder 0" in te_ver.json()["detail"]
    assert boek(boeking(("1100", -1000), ("2310", 1000))).status_code == 201
    heen = boek(boeking(("1100", 5), ("2320", -5))).headers["location"]
    assert boek(boeking(("1100", -5), ("2320", 5))).status_code == 201
    op = {"boekdatum": "2018-01-15", "omschrijving": "Terug"}
    terug = client.post(f"{heen}/storno", json=op, headers={**als("administratie"), "Idempotency-Key": "s"})
    assert terug.status_code == 409 and terug.json()["type"].endswith("/saldo-buiten-grenzen")
    samen = {"boekingen": [boeking(("1100", -5), ("2320", 5)), boeking(("1100", 5), ("2320", -5))]}
    kop = {**als("administratie"), "Idempotency-Key": "bulk"}
    assert client.post("/v1/boekingen/bulk", json=samen, headers=kop).status_code == 201, "after all together it is zero"
    with pytest.raises(errors.IntegrityError):
        begrens(database, "1100", 1, None)
    begrens(database, "1100", None, None)
    assert boek(boeking(("1100", -1), ("2320", 1))).status_code == 201 and schendingen(database.url) == []


def test_velen_tegelijk_komen_precies_tot_de_grens(context, database, als, boeking):
    """1,200 requests for an account with room for 500."""
    begrens(database, "1100", 0, 500)
    kop = als("administratie")
    aanvragen = [(boeking(("1100", 1), ("2900", -1)), {**kop, "Idempotency-Key": f"s-{n}"}) for n in range(1200)]
    antwoorden = verstuur(context, aanvragen)
    assert Counter(a.status_code for a in antwoorden) == {201: 500, 409: 700}
    assert max(s["saldoCent"] for a in antwoorden if a.status_code == 201 for s in a.json()["saldi"]) == 500
    assert schendingen(database.url) == []

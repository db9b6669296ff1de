"""A document is booked by who keeps it: the contract names the source."""

from __future__ import annotations

import itertools

import pytest

SLEUTELS = itertools.count(1)


@pytest.fixture
def post(client, issuer, boeking):
    def doe(bron: str, contract: object):
        body = boeking()
        kop = issuer.headers("00000099000000000003", "administratie", properties={"bron": contract})
        kop["Idempotency-Key"] = f"bron-{next(SLEUTELS)}"
        return client.post("/v1/boekingen", json={**body, "bron": {**body["bron"], "bron": bron}}, headers=kop)

    return doe


@pytest.mark.parametrize(
    ("contract", "bron", "status"),
    [
        ("abonnement", "abonnement", 201),
        ("abonnement,memoriaal", "memoriaal", 201),
        ("abonnement", "memoriaal", 403),
        ("memoriaal", "abonnement", 403),
        ("abonnement", "abonnementen", 403),
        ("fonds", "fonds", 403),
        ("abonnement,fonds", "fonds", 403),
        (None, "abonnement", 403),
        ("", "abonnement", 403),
        ("abonnement, memoriaal", "abonnement", 403),
        (["abonnement"], "abonnement", 403),
    ],
)
def test_alleen_een_bron_uit_het_contract_wordt_geboekt(post, contract, bron, status):
    antwoord = post(bron, contract)
    assert antwoord.status_code == status, antwoord.text
    if status == 403:
        assert antwoord.json()["type"].endswith("/bron-niet-van-u")


def test_wie_het_document_niet_beheert_neemt_zijn_plaats_niet_in(post, boek, boeking):
    """What went wrong: anybody booked a document first, and the entry of who keeps it was refused for good."""
    voor = post("abonnement", "memoriaal")
    assert voor.status_code == 403 and "Uw contract noemt de bron memoriaal, en niet abonnement" in voor.json()["detail"]
    assert boek(boeking(pad="/v1/facturen/2018-000001")).status_code == 201

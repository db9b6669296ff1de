"""Idempotency-Key: one effect, one answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gemeengoed_kit.outbox import OutboxMessage

from tests.kit.conftest import Munt
from tests.kit.test_edge import STUIVER, count, is_problem


def post(client, headers, key, body=STUIVER):
    return client.post("/v1/munten", json=body, headers={**headers, "Idempotency-Key": key})


def test_herhaling_geeft_hetzelfde_antwoord_zonder_tweede_gevolg(client, munter, context):
    first, second = post(client, munter, "a"), post(client, munter, "a")
    assert (first.status_code, first.content, first.headers["location"]) == (
        second.status_code,
        second.content,
        second.headers["location"],
    )
    assert "idempotency-replayed" not in first.headers and second.headers["idempotency-replayed"] == "true"
    assert count(context, Munt) == count(context, OutboxMessage) == 1


def test_zelfde_sleutel_met_andere_inhoud_is_409(client, munter, context):
    post(client, munter, "a")
    assert is_problem(post(client, munter, "a", {**STUIVER, "naam": "dubbeltje"}), 409)["type"].endswith(
        "/idempotentiesleutel-hergebruikt"
    )
    assert count(context, Munt) == 1


def test_sleutels_zijn_van_de_aanroeper(client, munter, issuer, context):
    post(client, munter, "a")
    other = issuer.headers("00000099000000000003", "munter")
    assert post(client, other, "a", {**STUIVER, "naam": "dubbeltje"}).status_code == 201
    namens = issuer.headers("00000099000000000002", "munter", delegator_id="00000099000000000004")
    assert post(client, namens, "a", {**STUIVER, "naam": "kwartje"}).status_code == 201


def test_antwoord_wordt_niet_herhaald_voor_wie_het_onder_een_ander_contract_niet_mag_zien(client, munter, issuer):
    """The same peer with the same key, under a grant with another role."""
    assert post(client, munter, "a").status_code == 201
    kijker = issuer.headers("00000099000000000002", "kijker")
    is_problem(post(client, kijker, "a"), 403)
    ander = issuer.headers("00000099000000000002", "munter", properties={"gebied": "noord"})
    is_problem(post(client, ander, "a"), 409)


def test_mislukte_aanvraag_laat_geen_spoor_na(client, munter):
    assert post(client, munter, "a", {**STUIVER, "waardeCent": 13}).status_code == 500
    assert post(client, munter, "a", STUIVER).status_code == 201


def test_ongeldige_sleutel_is_400(client, munter):
    is_problem(post(client, munter, "met spatie"), 400)
    is_problem(post(client, munter, "x" * 256), 400)


def test_tegelijk_met_dezelfde_sleutel_geeft_een_gevolg_en_allen_het_antwoord(client, munter, context):
    with ThreadPoolExecutor(12) as pool:
        answers = list(
            pool.map(lambda n: post(client, munter, f"k{n % 10}", {"naam": f"m{n % 10}", "waardeCent": 1}), range(120))
        )
    assert {a.status_code for a in answers} == {201}
    assert sum("idempotency-replayed" not in a.headers for a in answers) == 10
    assert count(context, Munt) == 10

"""The FSC token, verified by the service itself."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest

from tests.kit.test_edge import is_problem

PEER = "00000099000000000002"


@pytest.mark.parametrize(
    "claims",
    [
        {"svc": "ander"},
        {"gid": "andere-groep"},
        {"iss": "00000099000000000009"},
        {"exp": 0},
        {"exp": "morgen"},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"sub": None},
        {"sub": 5},
    ],
)
def test_token_dat_niet_voor_deze_dienst_geldt_is_401(client, issuer, claims):
    problem = is_problem(client.get("/v1/munten/x", headers=issuer.headers(PEER, "munter", **claims)), 401)
    assert problem["title"] == "Geen geldig token"


@pytest.mark.parametrize(
    "token", ["", "Bearer ", "Bearer a.b.c", "Bearer " + "a" * 40, "é".encode("latin-1"), "Bearer eyJhbGciOiJub25lIn0.e30."]
)
def test_onzin_is_401(client, token):
    is_problem(client.get("/v1/munten", headers={"Fsc-Authorization": token}), 401)


@pytest.mark.parametrize(
    "header", [b'{"alg": "ES256", "x5t#S256": []}', b'{"x5t#S256": {}}', b"[" * 40_000], ids=["[]", "{}", "[["]
)
def test_onzinnige_tokenkop_is_401(client, header):
    token = urlsafe_b64encode(header).decode() + ".e30.x"
    is_problem(client.get("/v1/munten", headers={"Fsc-Authorization": token}), 401)


def test_token_van_een_andere_manager_is_401(client, issuer, settings, context):
    from gemeengoed_kit.testing import TokenIssuer

    forged = TokenIssuer(settings, context.clock)
    is_problem(client.get("/v1/munten", headers=forged.headers(PEER, "munter")), 401)
    forged.thumbprint = issuer.thumbprint
    is_problem(client.get("/v1/munten", headers=forged.headers(PEER, "munter")), 401)


def test_nieuwe_sleutel_van_de_eigen_manager_wordt_opgehaald(client, issuer, context):
    assert client.get("/v1/munten", headers=issuer.headers(PEER, "munter")).status_code == 200
    old = issuer.headers(PEER, "munter")
    issuer.thumbprint = "vernieuwd"
    issuer.published.append("vernieuwd")
    context.clock.extra_seconds = 6
    assert client.get("/v1/munten", headers=issuer.headers(PEER, "munter")).status_code == 200
    assert client.get("/v1/munten", headers=old).status_code == 200
    assert issuer.fetched == 2


def test_onbekende_sleutels_laten_de_manager_met_rust(client, issuer, settings, context):
    from gemeengoed_kit.testing import TokenIssuer

    client.get("/v1/munten", headers=issuer.headers(PEER, "munter"))
    forged = TokenIssuer(settings, context.clock)
    for _ in range(20):
        client.get("/v1/munten", headers=forged.headers(PEER, "munter"))
    assert issuer.fetched == 1


def test_namens_een_ander_is_zichtbaar(client, issuer, context):
    from gemeengoed_kit.audit import AuditRow

    headers = issuer.headers(PEER, "munter", delegator_id="00000099000000000007")
    client.post("/v1/munten", json={"naam": "cent", "waardeCent": 1}, headers=headers)
    with context.sessions() as session:
        assert session.query(AuditRow).one().delegator_id == "00000099000000000007"

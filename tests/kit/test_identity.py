"""The FSC token, verified by the service itself."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import httpx
import pytest
from gemeengoed_kit.errors import Unauthenticated

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


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture
def verifier(issuer):
    """A verifier that has the issuer's keys."""
    verifier = issuer.verifier()
    verifier._fetch_soon().result()
    return verifier


@pytest.fixture
def decoded(verifier, monkeypatch):
    """Every token whose signature was checked."""
    seen, original = [], verifier._decode
    monkeypatch.setattr(verifier, "_decode", lambda token: seen.append(token) or original(token))
    return seen


def test_token_wordt_een_keer_nagekeken_tot_het_verloopt(verifier, issuer, clock, decoded):
    headers = lower(issuer.headers(PEER, "munter"))
    for number in range(5):
        caller = verifier.caller({**headers, "fsc-transaction-id": str(number)})
        assert (caller.peer_id, caller.role, caller.transaction_id) == (PEER, "munter", str(number))
    assert len(decoded) == 1
    clock.extra_seconds = 301
    with pytest.raises(Unauthenticated, match="verlopen"):
        verifier.caller(headers)
    assert not verifier._known


def test_bekende_tokens_worden_vergeten_als_de_sleutels_veranderen(verifier, issuer, clock):
    headers = lower(issuer.headers(PEER, "munter"))
    verifier.caller(headers)
    issuer.published = ["vernieuwd"]
    clock.extra_seconds = 61
    assert verifier.caller(headers).peer_id == PEER, "a fetch in the background keeps nobody waiting"
    verifier._fetching.result()
    with pytest.raises(Unauthenticated, match="handtekening"):
        verifier.caller(headers)


def test_bekende_tokens_blijven_als_de_sleutels_gelijk_zijn(verifier, issuer, clock, decoded):
    headers = lower(issuer.headers(PEER, "munter"))
    verifier.caller(headers)
    clock.extra_seconds = 61
    verifier.caller(headers)
    verifier._fetching.result()
    assert issuer.fetched == 2
    verifier.caller(headers)
    assert len(decoded) == 1


def test_er_worden_niet_meer_tokens_onthouden_dan_mag(verifier, issuer, monkeypatch):
    monkeypatch.setattr("gemeengoed_kit.identity.TOKENS_KEPT", 3)
    for number in range(10):
        verifier.caller(lower(issuer.headers(PEER, f"rol-{number}")))
        assert len(verifier._known) <= 3
    assert verifier.caller(lower(issuer.headers(PEER, "rol-0"))).role == "rol-0"


def test_sleutels_die_niet_te_krijgen_zijn_worden_even_niet_gevraagd(client, issuer, context):
    issuer.published = []
    issuer.thumbprint = "onbekend"
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(issuer, "jwks", lambda request: httpx.Response(200, content=b"{"))
        verifier = issuer.verifier()
        context.authenticate = verifier.caller
        for _ in range(5):
            problem = is_problem(client.get("/v1/munten", headers=issuer.headers(PEER, "munter")), 503)
            assert problem["type"].endswith("/sleutels-niet-beschikbaar")
        first = verifier._fetching
        context.clock.extra_seconds = 6
        is_problem(client.get("/v1/munten", headers=issuer.headers(PEER, "munter")), 503)
        assert verifier._fetching is not first


@pytest.mark.parametrize("rol", [["munter"], {"munter": True}, 5, True, None])
def test_rol_die_geen_tekst_is_is_geen_rol(client, issuer, rol):
    is_problem(client.post("/v1/munten", json={}, headers=issuer.headers(PEER, properties={"rol": rol})), 403)


@pytest.mark.parametrize("prp", [[], "munter", 5, {"gemeengoed.rol": {}}])
def test_eigenschappen_van_een_andere_vorm_zijn_geen_eigenschappen(client, issuer, prp):
    is_problem(client.post("/v1/munten", json={}, headers=issuer.headers(PEER, "munter", prp=prp)), 403)


def test_namens_een_ander_is_zichtbaar(client, issuer, context):
    from gemeengoed_kit.audit import AuditRow

    headers = issuer.headers(PEER, "munter", delegator_id="00000099000000000007")
    client.post("/v1/munten", json={"naam": "cent", "waardeCent": 1}, headers=headers)
    with context.sessions() as session:
        assert session.query(AuditRow).one().delegator_id == "00000099000000000007"

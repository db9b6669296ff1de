"""Outcomes of the gateway's management API."""

from __future__ import annotations

import socket
from urllib.parse import quote

from tests.contract.proef import Proef

EIGEN, ANDER, GEEN = "00000099000000000011", "00000099000000000012", "00000099000000000019"
ONBEKEND = quote("$1$1$" + "a" * 86)
AANTAL = "/transactions/aantal?van=2018-01-01T00:00:00Z"


def scenario(proef: Proef) -> None:
    peer = {
        "peerId": EIGEN,
        "naam": "Eigen (test)",
        "managerHost": "manager.eigen.test",
        "inwayHost": "inway.eigen.test",
        "outwayHost": "outway.eigen.test",
        "outwayListen": "127.0.0.1:8181",
    }
    proef.doe("POST", "/peers", 201, json=peer)
    proef.doe("POST", "/peers", 409, json=peer)
    proef.doe(
        "POST",
        "/peers",
        201,
        json={key: value.replace("eigen", "ander").replace("11", "12").replace("8181", "8182") for key, value in peer.items()},
    )
    proef.doe("GET", "/peers", 200)
    eigen = f"/peers/{EIGEN}"
    proef.doe("POST", f"{eigen}/announcements", 202, json={"managerAddress": "https://manager.ander.test:8443"})
    proef.doe("POST", f"{eigen}/services", 201, json={"naam": "echo", "url": "http://127.0.0.1:7001"})
    diensten(proef, eigen)
    contracten(proef, eigen)
    certificaten(proef, eigen)
    publicaties(proef, eigen)
    toegang(proef, eigen)
    proef.doe("GET", "/controle", 200)
    proef.doe("PATCH", eigen, 200, json={"uitgeschakeld": False})
    proef.doe("PATCH", eigen, 409, json={"managerHost": "manager.ander.test"})
    proef.doe("PATCH", eigen, 400, json={"managerHost": None})
    proef.doe("PATCH", f"/peers/{GEEN}", 404, json={})
    met_bezet_adres(proef, eigen, peer)
    for pad in (
        "",
        "/jwks",
        "/known-peers",
        "/publications",
        "/discovery",
        "/rules",
        "/clients",
        "/announcements",
        "/services",
        "/limits",
        "/transactions",
        AANTAL,
        "/contracts",
        "/aliases",
    ):
        proef.doe("GET", eigen + pad, 200)
        proef.doe("GET", f"/peers/{GEEN}{pad}", 404)
        proef.doe("GET", f"/peers/geen-oin{pad}", 400)
    for pad, inhoud in (
        ("announcements", {"managerAddress": "https://manager.ander.test:8443"}),
        ("services", {"naam": "echo", "url": "http://127.0.0.1:7001"}),
    ):
        proef.doe("POST", f"/peers/{GEEN}/{pad}", 404, json=inhoud)
        hergebruikt = {"Idempotency-Key": pad}
        proef.doe("POST", f"{eigen}/{pad}", 202 if pad == "announcements" else 201, json=inhoud, headers=hergebruikt)
        proef.doe("POST", f"/peers/{ANDER}/{pad}", 409, json=inhoud, headers=hergebruikt)


def met_bezet_adres(proef: Proef, eigen: str, peer: dict[str, str]) -> None:
    """The Outway cannot listen where something else does."""
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        adres = f"127.0.0.1:{bezet.getsockname()[1]}"
        nieuw = {naam: waarde.replace("eigen", "derde") for naam, waarde in peer.items()}
        proef.doe("POST", "/peers", 409, json={**nieuw, "peerId": GEEN, "outwayListen": adres})
        proef.doe("PATCH", eigen, 409, json={"outwayListen": adres})


def diensten(proef: Proef, eigen: str) -> None:
    """Services one by one, and limits."""
    proef.doe("POST", f"{eigen}/services", 409, json={"naam": "echo", "url": "http://127.0.0.1:7001", "ca": "geen"})
    proef.doe("POST", f"{eigen}/services", 201, json={"naam": "oud", "url": "https://127.0.0.1:7002"})
    grens = {"aanroepenPerSeconde": 10, "timeoutSeconden": 30}
    for pad, geen in (("services/oud", "services/geen"), ("limits/service/oud", "limits/service/geen")):
        if pad.startswith("limits"):
            proef.doe("PUT", f"{eigen}/{pad}", 200, json=grens)
            proef.doe("PUT", f"{eigen}/{pad}", 400, json={"aanroepenPerSeconde": 0})
            proef.doe("PUT", f"/peers/{GEEN}/{pad}", 404, json=grens)
        proef.doe("GET", f"{eigen}/{pad}", 200)
        proef.doe("GET", f"{eigen}/{geen}", 404)
        proef.doe("GET", f"/peers/geen-oin/{pad}", 400)
        for methode in ("GET", "DELETE"):
            proef.doe(methode, f"/peers/{GEEN}/{geen}", 404)
        proef.doe("DELETE", f"{eigen}/{geen}", 404)
        proef.doe("DELETE", f"/peers/geen-oin/{pad}", 400)
        proef.doe("DELETE", f"{eigen}/{pad}", 204)


def contracten(proef: Proef, eigen: str) -> None:
    """Offer, refuse, sign and name."""
    grant = {"type": "GRANT_TYPE_SERVICE_CONNECTION", "outway": {"peer_id": EIGEN}, "service": {"peer_id": ANDER, "name": "echo"}}
    periode = {"notBefore": "2018-01-01T00:00:00Z", "notAfter": "2048-01-01T00:00:00Z"}
    aanbod = {"grants": [{"data": grant, "alias": "echo"}], **periode}
    proef.doe(
        "POST",
        f"{eigen}/contracts",
        409,
        json={
            "grants": [
                {"data": grant},
                {
                    "data": {
                        "type": "GRANT_TYPE_SERVICE_PUBLICATION",
                        "directory": {"peer_id": ANDER},
                        "service": {"peer_id": EIGEN, "name": "echo"},
                    }
                },
            ],
            **periode,
        },
    )
    proef.doe("POST", f"/peers/{GEEN}/contracts", 404, json={"grants": [{"data": grant}], **periode})
    for soort, te_laat in (("reject", "revoke"), ("revoke", "reject"), ("accept", None)):
        contract = proef.doe("POST", f"{eigen}/contracts", 201, json=aanbod)
        pad = f"{eigen}/contracts/{quote(contract['contentHash'])}"
        proef.doe("GET", pad, 200)
        proef.doe("POST", f"{pad}/{soort}", 200)
        if te_laat:
            proef.doe("POST", f"{pad}/{te_laat}", 409)
        proef.doe("POST", f"{eigen}/contracts/{ONBEKEND}/{soort}", 404)
        proef.doe("POST", f"/peers/{GEEN}/contracts/{ONBEKEND}/{soort}", 404)
        proef.doe("POST", f"{pad}/{soort}", 200, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"/peers/{ANDER}/contracts/{ONBEKEND}/{soort}", 409, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"{eigen}/contracts/x/{soort}", 400)
    proef.doe("GET", f"{eigen}/contracts/{ONBEKEND}", 404)
    proef.doe("GET", f"/peers/{GEEN}/contracts/{ONBEKEND}", 404)
    proef.doe("GET", f"{eigen}/contracts/x", 400)
    proef.doe("PUT", f"{eigen}/aliases/naam", 200, json={"grantHash": contract["grants"][0]["hash"]})
    proef.doe("PUT", f"{eigen}/aliases/naam", 409, json={"grantHash": "$1$3$" + "a" * 86})
    proef.doe("PUT", f"/peers/{GEEN}/aliases/naam", 404, json={"grantHash": "$1$3$" + "a" * 86})


def certificaten(proef: Proef, eigen: str) -> None:
    """Request, renew, import."""
    for soort, antwoord in (("requests", 201), ("renewals", 201)):
        pad = f"certificates/manager/{soort}"
        proef.doe("POST", f"{eigen}/{pad}", antwoord, json={})
        proef.doe("POST", f"/peers/{GEEN}/{pad}", 404, json={})
        proef.doe("POST", f"{eigen}/{pad}", antwoord, json={}, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"/peers/{ANDER}/{pad}", 409, json={}, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"{eigen}/certificates/x/{soort}", 400, json={})
    x5c = proef.doe("GET", f"{eigen}/jwks", 200)["keys"][0]["x5c"]
    keten = "".join(f"-----BEGIN CERTIFICATE-----\n{deel}\n-----END CERTIFICATE-----\n" for deel in x5c)
    proef.doe("PUT", f"{eigen}/certificates/manager", 200, json={"keten": keten})
    proef.doe("PUT", f"{eigen}/certificates/inway", 409, json={"keten": keten})
    proef.doe("PUT", f"/peers/{GEEN}/certificates/inway", 404, json={"keten": keten})


def publicaties(proef: Proef, eigen: str) -> None:
    """Show a service in a Directory, and withdraw it."""
    periode = {"notBefore": "2018-01-01T00:00:00Z", "notAfter": "2048-01-01T00:00:00Z"}
    inhoud = {"service": "echo", "directoryPeerId": ANDER, **periode}
    proef.doe("POST", f"{eigen}/publications", 201, json=inhoud)
    proef.doe("POST", f"{eigen}/publications", 404, json={**inhoud, "service": "onbekend"})
    proef.doe("POST", f"/peers/{GEEN}/publications", 404, json=inhoud)
    proef.doe("POST", f"{eigen}/publications", 409, json={**inhoud, "notAfter": "2018-01-01T00:00:00Z"})
    proef.doe("DELETE", f"{eigen}/publications/echo", 200)
    proef.doe("DELETE", f"/peers/{GEEN}/publications/echo", 404)
    proef.doe("DELETE", f"/peers/{GEEN}/publications/x", 400)


def toegang(proef: Proef, eigen: str) -> None:
    """Rules, clients, aliases: set, refused, gone."""
    grant = {
        "type": "GRANT_TYPE_SERVICE_CONNECTION",
        "outway": {"peer_id": "*", "public_key_thumbprint": "*"},
        "service": {"type": "SERVICE_TYPE_SERVICE", "peer_id": EIGEN, "name": "echo"},
    }
    for pad, goed, fout in (
        ("rules", {"grants": [grant], "maxDagen": 30}, {"grants": [{"type": "x"}], "maxDagen": 30}),
        ("clients", {"geheimSha256": "a" * 64}, {"grants": ["$1$3$" + "a" * 86]}),
    ):
        proef.doe("PUT", f"{eigen}/{pad}/een", 200, json=goed)
        proef.doe("PUT", f"{eigen}/{pad}/twee", 409, json=fout)
        proef.doe("PUT", f"{eigen}/{pad}/TWEE", 400, json=goed)
        proef.doe("PUT", f"/peers/{GEEN}/{pad}/een", 404, json=goed)
    for pad in ("rules/een", "clients/een", "aliases/naam"):
        proef.doe("DELETE", f"{eigen}/{pad}", 204)
        proef.doe("DELETE", f"{eigen}/{pad}", 404)
        proef.doe("DELETE", f"/peers/{GEEN}/{pad}", 404)
        proef.doe("DELETE", f"{eigen}/{pad.rpartition('/')[0]}/FOUT", 400)

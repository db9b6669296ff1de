"""Outcomes of the gateway's management API."""

from __future__ import annotations

from urllib.parse import quote

from tests.contract.proef import Proef

EIGEN, ANDER, GEEN = "00000099000000000011", "00000099000000000012", "00000099000000000019"
ONBEKEND = quote("$1$1$" + "a" * 86)
AANTAL = "/transactions/aantal?van=2018-01-01T00:00:00Z&tot=2018-02-01T00:00:00Z"


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
    contracten(proef, eigen)
    for pad in ("", "/jwks", "/announcements", "/services", "/transactions", AANTAL, "/contracts", "/aliases"):
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


def contracten(proef: Proef, eigen: str) -> None:
    """Offer, refuse, sign and name."""
    grant = {"type": "GRANT_TYPE_SERVICE_CONNECTION", "outway": {"peer_id": EIGEN}, "service": {"peer_id": ANDER, "name": "echo"}}
    periode = {"notBefore": "2018-01-01T00:00:00Z", "notAfter": "2048-01-01T00:00:00Z"}
    contract = proef.doe("POST", f"{eigen}/contracts", 201, json={"grants": [{"data": grant, "alias": "echo"}], **periode})
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
    pad = f"{eigen}/contracts/{quote(contract['contentHash'])}"
    proef.doe("GET", pad, 200)
    for soort in ("accept", "reject", "revoke"):
        proef.doe("POST", f"{pad}/{soort}", 200)
        proef.doe("POST", f"{eigen}/contracts/{ONBEKEND}/{soort}", 404)
        proef.doe("POST", f"{pad}/{soort}", 200, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"/peers/{ANDER}/contracts/{ONBEKEND}/{soort}", 409, headers={"Idempotency-Key": soort})
        proef.doe("POST", f"{eigen}/contracts/x/{soort}", 400)
    proef.doe("GET", f"{eigen}/contracts/{ONBEKEND}", 404)
    proef.doe("GET", f"{eigen}/contracts/x", 400)
    proef.doe("PUT", f"{eigen}/aliases/naam", 200, json={"grantHash": contract["grants"][0]["hash"]})
    proef.doe("PUT", f"{eigen}/aliases/naam", 404, json={"grantHash": "$1$3$" + "a" * 86})

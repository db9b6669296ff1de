"""Every operation of the API: who gets in. Generated from the specification, so that none is forgotten."""

from __future__ import annotations

import re

from abonnement_api.app import api

PUBLIEK = {
    ("get", "/aanbieders"),
    ("get", "/tariefbesluiten"),
    ("get", "/tariefbesluiten/{id}"),
    ("get", "/openapi.json"),
    ("get", "/problemen"),
    ("get", "/problemen/{type}"),
    ("get", "/health"),
}
OOK_VOOR_GEMEENTEN = {
    ("get", "/abonnementen"),
    ("get", "/abonnementen/{id}"),
    ("get", "/facturen"),
    ("get", "/facturen/{nummer}"),
    ("get", "/facturen/{nummer}/onderbouwing"),
    ("get", "/factuurgegevens"),
    ("get", "/factuurgegevens/{gemeentecode}"),
    ("get", "/creditnotas"),
    ("get", "/creditnotas/{nummer}"),
    *(("get", f"/{soort}/{{nummer}}/{vorm}") for soort in ("facturen", "creditnotas") for vorm in ("stuk", "ubl", "pdf")),
}
VAN_DE_FIATTEUR = {("post", "/verdelingen/{id}/vaststellingen"), ("post", "/betaalopdrachten/{id}/goedkeuringen")}
"""What who proposes may not do."""
VOORBEELD = {
    "gemeentecode": "GM0344",
    "nummer": "2018-000001",
    "jaar": "2018",
    "code": "administratiebureau",
    "dienst": "kindertelefoon",
    "aanbieder": "stichting-kindertelefoon",
    "id": "00000000-0000-0000-0000-000000000000",
    "type": "te-druk",
}
BEWERKINGEN = [
    (methode, pad)
    for pad, item in api.openapi()["paths"].items()
    for methode in item
    if methode in ("get", "post", "put", "delete")
]


def vraag(wereld, methode: str, pad: str, kop: dict[str, str] | None) -> int:
    ingevuld = "/v1" + re.sub(r"\{(\w+)\}", lambda m: VOORBEELD[m.group(1)], pad)
    soort = {"Content-Type": "application/xml" if "bank" in pad else "application/json"} if methode in ("post", "put") else {}
    return wereld.client.request(methode, ingevuld, headers={**(kop or {}), **soort}, content=b"{" if soort else None).status_code


def test_wie_er_in_mag(wereld):
    assert len(BEWERKINGEN) > 20
    for methode, pad in BEWERKINGEN:
        controleer(wereld, methode, pad)


def controleer(wereld, methode: str, pad: str) -> None:
    bewerking = (methode, pad)
    anoniem = vraag(wereld, methode, pad, None)
    vreemd = vraag(wereld, methode, pad, wereld.issuer.headers("00000099000000000009"))
    gemeente = vraag(wereld, methode, pad, wereld.gemeente("GM0344"))
    administratie = vraag(wereld, methode, pad, wereld.administratie())
    if bewerking in VAN_DE_FIATTEUR:
        assert administratie == 403 and vraag(wereld, methode, pad, wereld.fiatteur()) in (400, 404), bewerking
    else:
        assert administratie in (200, 400, 404), bewerking
    if bewerking in PUBLIEK:
        assert anoniem in (200, 404), bewerking
    else:
        assert (anoniem, vreemd) == (401, 403), bewerking
        assert gemeente in (200, 404) if bewerking in OOK_VOOR_GEMEENTEN else gemeente == 403, bewerking
    assert vraag(wereld, methode, pad, {"Fsc-Authorization": "Bearer onzin"}) == 401


def test_rol_aanbieder_mag_nog_niets_bijzonders(wereld):
    assert vraag(wereld, "get", "/facturen", wereld.issuer.headers("00000099000000000009", "aanbieder")) == 403

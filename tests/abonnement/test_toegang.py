"""Every operation of the API: who gets in. Generated from the specification, so that none is forgotten."""

from __future__ import annotations

import re

from abonnement_api.app import api

PUBLIEK = {
    ("get", "/aanbieders"),
    ("get", "/tariefbesluiten"),
    ("get", "/herinneringsbeleid"),
    ("get", "/tariefbesluiten/{id}"),
    ("get", "/tariefbesluiten/{id}/berekening"),
    ("get", "/openapi.json"),
    ("get", "/problemen"),
    ("get", "/problemen/{type}"),
    ("get", "/health"),
}
OOK_VOOR_GEMEENTEN = {
    ("get", "/abonnementen"),
    ("get", "/abonnementen/{id}"),
    ("get", "/abonnementen/{id}/gebeurtenissen"),
    ("get", "/abonnementen/{id}/uittreden"),
    ("post", "/abonnementen/{id}/opzeggingen"),
    ("get", "/aanbiedingen"),
    ("get", "/aanbiedingen/{code}"),
    *(("get", f"/aanbiedingen/{{code}}/{wat}") for wat in ("antwoorden", "gemeenten", "rappels", "uittreden")),
    ("post", "/aanbiedingen/{code}/antwoorden"),
    ("get", "/betaalafspraken"),
    ("get", "/facturen"),
    ("get", "/facturen/{nummer}"),
    ("get", "/facturen/{nummer}/onderbouwing"),
    ("get", "/factuurgegevens"),
    ("get", "/factuurgegevens/{gemeentecode}"),
    ("get", "/creditnotas"),
    ("get", "/bezorgwijzen"),
    ("get", "/bezorgingen"),
    ("get", "/bezorgingen/{nummer}"),
    ("get", "/herinneringen"),
    ("get", "/herinneringen/{id}"),
    ("get", "/herinneringen/{id}/pdf"),
    ("get", "/aanhoudingen"),
    ("get", "/aanhoudingen/{id}"),
    ("post", "/bezorgingen/{nummer}/bezorgmeldingen"),
    ("post", "/aanhoudingen"),
    ("get", "/creditnotas/{nummer}"),
    *(("get", f"/{soort}/{{nummer}}/{vorm}") for soort in ("facturen", "creditnotas") for vorm in ("stuk", "ubl", "pdf")),
    *(("get", f"/verantwoordingsstukken{deel}") for deel in ("", "/{id}", "/{id}/document.pdf")),
    *(("get", f"/toelichtingsverzoeken{deel}") for deel in ("", "/{id}")),
    *(("get", f"/{regels}") for regels in ("factuurregels", "toewijzingen")),
}
VAN_EEN_ANDER = {
    ("post", "/verdelingen/{id}/vaststellingen"): "fiatteur",
    ("post", "/betaalopdrachten/{id}/goedkeuringen"): "fiatteur",
    ("put", "/facturatiegrenzen/{jaar}"): "fiatteur",
    ("post", "/facturatierondes/{jaar}/goedkeuringen"): "fiatteur",
    ("post", "/toelichtingsverzoeken"): "gemeente",
    ("post", "/verantwoordingsstukken/{id}/besluit"): "commissie",
}
"""What the administratie does not do, and who does."""
SCHRIJFT_AANBIEDER = {
    ("post", "/aanbieders/{code}/verantwoordingsdocumenten"),
    ("post", "/verantwoordingsstukken"),
    ("post", "/toelichtingsverzoeken/{id}/antwoord"),
    ("post", "/toelichtingsverzoeken/{id}/publicatie"),
}
"""Each its own."""
VOORBEELD = {
    "gemeentecode": "GM0344",
    "nummer": "2018-000001",
    "jaar": "2018",
    "vanaf": "2018-01-01",
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
    ingevuld += "?pakket=volledig&hoeveelheid=1" if pad.endswith("/berekening") else ""
    wat = "xml" if "bank" in pad else "pdf" if pad.endswith("documenten") else "json"
    soort = {"Content-Type": f"application/{wat}"} if methode in ("post", "put") else {}
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
    assert administratie == 403 if bewerking in VAN_EEN_ANDER else administratie in (200, 202, 400, 404, 409), bewerking
    rollen = (wereld.fiatteur(), wereld.accountant(), wereld.commissie(), wereld.aanbieder("stichting-sensoor"))
    fiatteur, accountant, commissie, aanbieder = (vraag(wereld, methode, pad, kop) for kop in rollen)
    if methode == "get" and bewerking not in PUBLIEK:
        assert fiatteur == accountant == administratie, bewerking  # both read all
    elif methode != "get":
        assert accountant == 403, bewerking  # and the accountant writes nothing
        assert (commissie != 403) == (VAN_EEN_ANDER.get(bewerking) == "commissie"), bewerking
        assert (aanbieder != 403) == (bewerking in SCHRIJFT_AANBIEDER), bewerking
    if bewerking in PUBLIEK:
        assert anoniem in (200, 404), bewerking
    else:
        assert (anoniem, vreemd) == (401, 403), bewerking
        zelf = (200, 400, 404)
        mag = bewerking in OOK_VOOR_GEMEENTEN or VAN_EEN_ANDER.get(bewerking) == "gemeente"
        assert gemeente in zelf if mag else gemeente == 403, bewerking
    assert vraag(wereld, methode, pad, {"Fsc-Authorization": "Bearer onzin"}) == 401


def test_rol_aanbieder_mag_nog_niets_bijzonders(wereld):
    assert vraag(wereld, "get", "/facturen", wereld.issuer.headers("00000099000000000009", "aanbieder")) == 403

"""Outcomes of distributions by two pairs of eyes, of money out, and of what was paid above an invoice."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_lokaal.bank import EIGEN_IBAN, test_iban

from tests.abonnement.betalen import Mutatie, mutaties
from tests.abonnement.test_factuurstuk import VERKOPER
from tests.contract.proef import Proef

GEEN = uuid.uuid4()
AKJ = "stichting-akj"


def scenario(proef: Proef) -> Any:
    """Returns the distribution that was fixed."""
    fiatteur = proef.kop("fiatteur")
    dag = {"totEnMet": "2018-02-15"}
    eerste = proef.doe("POST", "/verdelingen", 201, json=dag)
    nee = {"reden": "nog niet"}
    proef.doe("POST", "/verdelingen", 409, json=dag)
    pad = f"/verdelingen/{eerste['id']}"
    proef.doe("POST", f"{pad}/betaalopdrachten", 409, json={})
    proef.doe("POST", f"{pad}/afwijzingen", 200, json=nee)
    proef.doe("POST", f"{pad}/afwijzingen", 409, json=nee)
    verdeling = proef.doe("POST", "/verdelingen", 201, json=dag)
    pad = f"/verdelingen/{verdeling['id']}"
    proef.doe("POST", f"{pad}/vaststellingen", 200, als=fiatteur)
    proef.doe("POST", f"{pad}/vaststellingen", 409, als=fiatteur)
    for wat, inhoud in (("vaststellingen", None), ("afwijzingen", nee), ("betaalopdrachten", {})):
        wie = fiatteur if wat == "vaststellingen" else None
        proef.doe("POST", f"/verdelingen/{GEEN}/{wat}", 404, als=wie, json=inhoud)
        proef.doe("POST", f"/verdelingen/x/{wat}", 400, als=wie, json=inhoud)
    eigen = f"{pad}/specificaties/{AKJ}"
    for vorm in ("", "/specificatie.csv", "/specificatie.pdf"):
        proef.doe("GET", f"{eigen}{vorm}", 200)
        proef.doe("GET", f"/verdelingen/{GEEN}/specificaties/{AKJ}{vorm}", 404)
        proef.doe("GET", f"/verdelingen/x/specificaties/{AKJ}{vorm}", 400)
    betalen(proef, pad, fiatteur)
    return verdeling


def betalen(proef: Proef, pad: str, fiatteur: dict[str, str]) -> None:
    proef.doe("PUT", f"/aanbieders/{AKJ}/verkopergegevens", 200, json={**VERKOPER, "iban": test_iban(501)})
    wie = {"aanbieders": [AKJ]}
    for anders in (
        {"datum": "2018-01-01"},
        {"datum": "2099-01-01"},
        {"aanbieders": ["geen"]},
        {"aanbieders": ["stichting-kindertelefoon"]},
    ):
        proef.doe("POST", f"{pad}/betaalopdrachten", 409, json={**wie, **anders})
    opdracht = proef.doe("POST", f"{pad}/betaalopdrachten", 201, json=wie)
    eigen = f"/betaalopdrachten/{opdracht['id']}"
    proef.doe("GET", f"{eigen}/bericht", 404)
    proef.doe("POST", f"{eigen}/afwijzingen", 200, json={"reden": "nog niet"})
    proef.doe("POST", f"{eigen}/afwijzingen", 409, json={"reden": "nog niet"})
    opdracht = proef.doe("POST", f"{pad}/betaalopdrachten", 201, json=wie)
    eigen = f"/betaalopdrachten/{opdracht['id']}"
    proef.doe("POST", f"{eigen}/goedkeuringen", 200, als=fiatteur)
    proef.doe("POST", f"{eigen}/goedkeuringen", 409, als=fiatteur)
    proef.doe("GET", f"{eigen}/bericht", 200)
    bekend = proef.client.get(f"/v1{eigen}/bericht", headers=proef.kop()).headers["etag"]
    proef.doe("GET", f"{eigen}/bericht", 304, headers={"If-None-Match": bekend})
    proef.doe("GET", eigen, 200)
    proef.doe("GET", "/betaalopdrachten", 200)
    niet = {"soort": "geweigerd", "regels": [1], "toelichting": "proef"}
    (gedaan,) = proef.doe("POST", f"{eigen}/uitkomsten", 200, json=niet)["uitkomsten"]
    proef.doe("POST", f"{eigen}/uitkomsten", 409, json=niet)
    proef.doe("GET", "/betaaluitkomsten", 200)
    proef.doe("GET", f"/betaaluitkomsten/{gedaan['id']}", 200)
    gelezen = mutaties([Mutatie(800, tegen=test_iban(502), tekst="te veel")], "2018-099", 0, eigen=EIGEN_IBAN)
    xml = {"Content-Type": "application/xml"}
    afschrift = proef.doe("POST", "/bankafschriften", 201, content=gelezen, headers=xml)
    (bij,) = proef.doe("GET", f"/betalingen?bankafschrift={afschrift['id']}", 200)["results"]
    terug = {"terugbetalingen": [{"betaling": bij["id"]}]}
    onbekend = {"terugbetalingen": [{"betaling": str(GEEN)}]}
    for anders in ({**terug, "datum": "2018-01-01"}, {**terug, "datum": "2099-01-01"}, onbekend):
        proef.doe("POST", "/terugbetalingen", 409, json=anders)
    proef.doe("POST", "/terugbetalingen", 201, json=terug)
    proef.doe("POST", "/terugbetalingen", 409, json=terug)
    proef.doe("POST", "/terugbetalingen", 400, json={})
    factuur = proef.doe("GET", "/facturen", 200)["results"][0]["nummer"]
    proef.doe("POST", f"/facturen/{factuur}/verrekeningen", 409, json={"toelichting": "proef"})
    proef.doe("POST", f"/facturen/{factuur}/creditnotas", 201, json={"reden": "proef", "datum": "2018-02-15"})
    proef.doe("POST", f"/facturen/{factuur}/verrekeningen", 200, json={"toelichting": "proef"})
    proef.doe("POST", "/facturen/2033-000001/verrekeningen", 404, json={"toelichting": "proef"})
    proef.doe("POST", "/facturen/x/verrekeningen", 400, json={"toelichting": "proef"})
    for soort, wat in (("betaalopdrachten", "/bericht"), ("betaalopdrachten", ""), ("betaaluitkomsten", "")):
        proef.doe("GET", f"/{soort}/{GEEN}{wat}", 404)
        proef.doe("GET", f"/{soort}/x{wat}", 400)
        proef.doe("GET", f"/{soort}?page=0", 400)
    for wat, inhoud in (("goedkeuringen", None), ("afwijzingen", {"reden": "nee"}), ("uitkomsten", niet)):
        als = fiatteur if wat == "goedkeuringen" else None
        proef.doe("POST", f"/betaalopdrachten/{GEEN}/{wat}", 404, als=als, json=inhoud)
        proef.doe("POST", f"/betaalopdrachten/x/{wat}", 400, als=als, json=inhoud)

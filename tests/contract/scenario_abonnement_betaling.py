"""Outcomes of distributions by two pairs of eyes, of money out, and of what was paid above an invoice."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.testing import moment
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
    achterhaald(proef, pad, fiatteur)
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


def weigert(proef: Proef, pad: str, wat: str, **inhoud: Any) -> None:
    gezegd = proef.doe("POST", pad, 409, **inhoud)
    assert gezegd["type"] == f"/v1/problemen/{wat}", gezegd


def achterhaald(proef: Proef, pad: str, fiatteur: dict[str, str]) -> None:
    """What it distributes is undone after the proposal, and done again."""
    betaling = proef.doe("GET", "/betalingen", 200)["results"][0]
    nummer, eigen = betaling["factuur"].removeprefix("/v1/facturen/"), f"/betalingen/{betaling['id']}"
    proef.doe("POST", f"{eigen}/ontkoppelingen", 201, json={"factuur": nummer, "toelichting": "proef"})
    weigert(proef, f"{pad}/vaststellingen", "verdeling-achterhaald", als=fiatteur)
    proef.doe("POST", f"{eigen}/koppelingen", 201, json={"facturen": [{"factuur": nummer}], "toelichting": "proef"})


def te_laat_of_anders(proef: Proef, pad: str, fiatteur: dict[str, str]) -> None:
    """An order that waits for its approval until its day is over, or until its account is another."""
    assert proef.context is not None
    nu, proef.context.clock = proef.context.clock, FixedClock(moment("2018-01-16T09:00"))
    weigert(proef, f"{pad}/goedkeuringen", "uitvoeringsdag-voorbij", als=proef.kop("fiatteur"))
    proef.context.clock = nu
    for nummer in (503, 501):
        proef.doe("PUT", f"/aanbieders/{AKJ}/verkopergegevens", 200, json={**VERKOPER, "iban": test_iban(nummer)})
        if nummer == 503:
            weigert(proef, f"{pad}/goedkeuringen", "rekening-gewijzigd", als=fiatteur)


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
    te_laat_of_anders(proef, eigen, fiatteur)
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
    bij = [Mutatie(800, tegen=test_iban(502), tekst="te veel"), Mutatie(700, tekst="van onbekend")]
    gelezen = mutaties(bij, "2018-099", 0, eigen=EIGEN_IBAN)
    xml = {"Content-Type": "application/xml"}
    afschrift = proef.doe("POST", "/bankafschriften", 201, content=gelezen, headers=xml)
    bekend, zonder = (een["id"] for een in proef.doe("GET", f"/betalingen?bankafschrift={afschrift['id']}", 200)["results"])
    terug = {"terugbetalingen": [{"betaling": bekend}]}
    weigert(proef, "/terugbetalingen", "rekening-onbekend", json={"terugbetalingen": [{"betaling": zonder}]})
    onbekend = {"terugbetalingen": [{"betaling": str(GEEN)}]}
    for anders in ({**terug, "datum": "2018-01-01"}, {**terug, "datum": "2099-01-01"}, onbekend):
        proef.doe("POST", "/terugbetalingen", 409, json=anders)
    proef.doe("POST", "/terugbetalingen", 201, json=terug)
    proef.doe("POST", "/terugbetalingen", 409, json=terug)
    proef.doe("POST", "/terugbetalingen", 400, json={})
    factuur = proef.doe("GET", "/facturen", 200)["results"][0]["nummer"]
    proef.doe("POST", f"/facturen/{factuur}/verrekeningen", 409, json={"toelichting": "proef"})
    verreken(proef, factuur)
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


def verreken(proef: Proef, factuur: str) -> None:
    """A paid invoice is corrected, and the invoice that comes in its place credited: nothing is open on that."""
    pad, dag = f"/facturen/{factuur}/verrekeningen", {"reden": "proef", "datum": "2018-02-15"}
    nieuw = proef.doe("POST", f"/facturen/{factuur}/correcties", 201, json={**dag, "inwoners": 1000})["nummer"]
    proef.doe("POST", f"/facturen/{nieuw}/creditnotas", 201, json=dag)
    weigert(proef, pad, "onbekende-factuur", json={"toelichting": "proef", "met": "2033-000001"})
    weigert(proef, pad, "koppeling-past-niet", json={"toelichting": "proef", "met": nieuw})
    proef.doe("POST", pad, 200, json={"toelichting": "proef"})

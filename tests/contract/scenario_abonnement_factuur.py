"""Outcomes of the abonnement API about e-invoices: what they are made of, their documents, credit notes and corrections."""

from __future__ import annotations

from typing import Any

from tests.abonnement.test_factuurstuk import VERKOPER, VRIJ, afnemer
from tests.contract.proef import Proef


def voorgevens(proef: Proef) -> None:
    """Before any invoice: all that can be put down."""
    pad = "/aanbieders/administratiebureau/verkopergegevens"
    proef.doe("GET", pad, 404)
    proef.doe("GET", "/aanbieders/geen/verkopergegevens", 404)
    proef.doe("PUT", pad, 200, json=VERKOPER)
    proef.doe("GET", pad, 200)
    proef.doe("PUT", pad, 409, json={**VERKOPER, "btwId": "NL123456789B01"})
    proef.doe("PUT", pad, 400, json={**VERKOPER, "kvk": "1"})
    proef.doe("PUT", "/aanbieders/geen/verkopergegevens", 404, json=VERKOPER)
    proef.doe("GET", "/aanbieders/GEEN/verkopergegevens", 400)
    btw = "/aanbieders/administratiebureau/btw"
    proef.doe("PUT", f"{btw}/kindertelefoon", 200, json=VRIJ)
    proef.doe("PUT", f"{btw}/kindertelefoon", 409, json={**VRIJ, "percentage": "21.00"})
    proef.doe("PUT", f"{btw}/kindertelefoon", 400, json={**VRIJ, "categorie": "X"})
    proef.doe("PUT", f"{btw}/geen-dienst", 409, json=VRIJ)
    proef.doe("PUT", "/aanbieders/geen/btw/kindertelefoon", 404, json=VRIJ)
    proef.doe("GET", btw, 200)
    proef.doe("GET", "/aanbieders/geen/btw", 404)
    proef.doe("GET", f"{btw}?page=0", 400)
    proef.doe("PUT", "/verkoopwijzen/2018", 200, json={"wijze": "bureau", "bron": "proef"})
    proef.doe("PUT", "/verkoopwijzen/2018", 409, json={"wijze": "penvoerder", "bron": "proef"})
    proef.doe("PUT", "/verkoopwijzen/x", 400, json={"wijze": "bureau", "bron": "proef"})
    proef.doe("GET", "/verkoopwijzen", 200)
    proef.doe("GET", "/verkoopwijzen?page=0", 400)
    proef.doe("PUT", "/factuurgegevens/GM0003", 200, json=afnemer(3))
    proef.doe("PUT", "/factuurgegevens/GM0003", 400, json={**afnemer(3), "oin": "3"})
    proef.doe("POST", "/factuurgegevens", 200, json={"gegevens": [{"gemeentecode": "GM0003", **afnemer(3)}]})
    dubbel = [{"gemeentecode": "GM0003", **afnemer(3)}] * 2
    proef.doe("POST", "/factuurgegevens", 409, json={"gegevens": dubbel})
    proef.doe("PUT", "/factuurgegevens/GM0003", 409, json={**afnemer(3), "kenmerkAfnemer": None})
    proef.doe("POST", "/factuurgegevens", 400, json={"gegevens": []})
    proef.doe("GET", "/factuurgegevens", 200)
    proef.doe("GET", "/factuurgegevens?page=0", 400)
    proef.doe("GET", "/factuurgegevens/GM0003", 200)
    proef.doe("GET", "/factuurgegevens/GM9999", 404)
    proef.doe("GET", "/factuurgegevens/GEEN", 400)


def stukken(proef: Proef, werk: Any) -> None:
    """After a round: what cannot be made up yet, then the documents."""
    factuur, tweede, derde = proef.doe("GET", "/facturen", 200)["results"][-3:]
    pad = f"/facturen/{factuur['nummer']}"
    proef.doe("GET", f"{pad}/stuk", 200)
    for vorm in ("ubl", "pdf"):
        proef.doe("GET", f"{pad}/{vorm}", 409)
    gemaakt = proef.doe("POST", f"{pad}/creditnotas", 201, json={"reden": "Proef"})
    krediet = f"/creditnotas/{gemaakt['nummer']}"
    for vorm in ("ubl", "pdf"):
        proef.doe("GET", f"{krediet}/{vorm}", 409)
    for dienst in ("vertrouwenswerk", "luisterend-oor", "beheer-en-betaling"):
        proef.doe("PUT", f"/aanbieders/administratiebureau/btw/{dienst}", 200, json=VRIJ)
    proef.doe("PUT", f"/factuurgegevens/{factuur['gemeentecode']}", 200, json=afnemer(4))
    werk(proef)
    for waar in (pad, krediet):
        proef.doe("GET", f"{waar}/stuk", 200)
        for vorm in ("ubl", "pdf"):
            proef.doe("GET", f"{waar}/{vorm}", 200)
            proef.doe("GET", f"{waar}/{vorm}", 304, headers={"If-None-Match": "*"})
    for soort, inhoud in (
        ("niets-te-crediteren", {"reden": "Proef"}),
        ("onmogelijke-creditdatum", {"reden": "Proef", "datum": "2017-12-31"}),
        ("datum-te-ver-vooruit", {"reden": "Proef", "datum": "2099-01-01"}),
    ):
        assert proef.doe("POST", f"{pad}/creditnotas", 409, json=inhoud)["type"].endswith(soort)
    te_veel = {"reden": "Proef", "regels": [{"dienst": "kindertelefoon", "bedragCent": 10**14}]}
    assert proef.doe("POST", f"/facturen/{tweede['nummer']}/creditnotas", 409, json=te_veel)["type"].endswith(
        "te-veel-gecrediteerd"
    )
    deel = {"reden": "Proef", "regels": [{"dienst": "kindertelefoon", "bedragCent": 1}]}
    proef.doe("POST", f"/facturen/{tweede['nummer']}/creditnotas", 201, json=deel)
    deels = proef.doe("POST", f"/facturen/{tweede['nummer']}/correcties", 409, json={"reden": "Proef", "inwoners": 1000})
    assert deels["type"].endswith("factuur-deels-gecrediteerd")
    proef.doe("POST", f"{pad}/creditnotas", 400, json={"reden": ""})
    correctie = f"/facturen/{derde['nummer']}/correcties"
    for dag in ("2017-12-31", "2099-01-01"):
        proef.doe("POST", correctie, 409, json={"reden": "Proef", "inwoners": 1000, "datum": dag})
    proef.doe("POST", correctie, 201, json={"reden": "Proef", "inwoners": 1000})
    proef.doe("POST", correctie, 409, json={"reden": "Proef", "inwoners": 1000})
    proef.doe("POST", correctie, 400, json={"reden": "Proef", "inwoners": 0})
    for daad, inhoud in (("creditnotas", {"reden": "Proef"}), ("correcties", {"reden": "Proef", "inwoners": 1})):
        proef.doe("POST", f"/facturen/2033-000001/{daad}", 404, json=inhoud)
        proef.doe("POST", f"/facturen/x/{daad}", 400, json=inhoud)
    proef.doe("GET", "/creditnotas", 200)
    proef.doe("GET", "/creditnotas?page=0", 400)
    proef.doe("GET", krediet, 200)
    vreemd = proef.kop("gemeente", gemeentecode="GM0003")
    proef.doe("PUT", "/afnemers/GM0003", 200, json={"peerId": "00000099000000000004"})
    for lijst in ("/creditnotas", "/factuurgegevens", "/factuurgegevens/GM0003", krediet):
        proef.doe("GET", lijst, 403, als=vreemd)
    for vorm in ("stuk", "ubl", "pdf"):
        for soort in ("facturen", "creditnotas"):
            proef.doe("GET", f"/{soort}/2018-{'000001' if soort == 'facturen' else '500001'}/{vorm}", 403, als=vreemd)
            proef.doe("GET", f"/{soort}/2033-{'000001' if soort == 'facturen' else '500001'}/{vorm}", 404)
            proef.doe("GET", f"/{soort}/x/{vorm}", 400)
    proef.doe("DELETE", "/afnemers/GM0003", 204)
    proef.doe("GET", "/creditnotas/2033-500001", 404)
    proef.doe("GET", "/creditnotas/x", 400)

"""Outcomes of debits, matching by hand and its undoing."""

from __future__ import annotations

import uuid
from typing import Any

from gemeengoed_lokaal.bank import EIGEN_IBAN as IBAN
from gemeengoed_lokaal.bank import Bijschrijving, test_iban

from tests.abonnement.wereld import met_afschrijving
from tests.contract.proef import Proef

GEEN = uuid.uuid4()


def scenario(proef: Proef) -> None:
    open_ = [een for een in proef.doe("GET", "/facturen", 200)["results"] if een["openstaandCent"] > 600]
    factuur = open_[-1]
    post = Bijschrijving(900, "Betaler (test)", test_iban(8), None, "zonder nummer")
    bestand = met_afschrijving([post], 300, "2018-090", van_cent=5000).replace(b"NL69TEST0000000001", IBAN.encode())
    gelezen = proef.doe("POST", "/bankafschriften", 201, content=bestand, headers={"Content-Type": "application/xml"})
    betaling = proef.doe("GET", f"/betalingen?bankafschrift={gelezen['id']}", 200)["results"][0]
    af = proef.doe("GET", "/afschrijvingen", 200)["results"][0]
    proef.doe("GET", f"/afschrijvingen/{af['id']}", 200)
    eigen, terug = f"/betalingen/{betaling['id']}", f"/afschrijvingen/{af['id']}/koppelingen"
    proef.doe("GET", f"{eigen}/voorstellen", 200)
    wens: dict[str, Any] = {"facturen": [{"factuur": factuur["nummer"], "bedragCent": 600}], "toelichting": "proef"}
    gemaakt = proef.doe("POST", f"{eigen}/koppelingen", 201, json=wens)
    proef.doe("POST", f"{eigen}/koppelingen", 409, json=wens)
    proef.doe("POST", f"{eigen}/koppelingen", 409, json={**wens, "facturen": [{"factuur": "2033-000001"}]})
    proef.doe("GET", f"/koppelingen/{gemaakt['id']}", 200)
    ongedaan = {"factuur": factuur["nummer"], "toelichting": "proef"}
    proef.doe("POST", f"{eigen}/ontkoppelingen", 201, json=ongedaan)
    proef.doe("POST", f"{eigen}/ontkoppelingen", 409, json=ongedaan)
    boeking = {"betaling": betaling["id"], "toelichting": "proef"}
    proef.doe("POST", terug, 409, json={**boeking, "betaling": str(GEEN)})
    proef.doe("POST", terug, 201, json=boeking)
    proef.doe("POST", terug, 409, json=boeking)
    proef.doe("GET", "/koppelingen", 200)
    for pad in (f"/koppelingen/{GEEN}", f"/afschrijvingen/{GEEN}", f"/betalingen/{GEEN}/voorstellen"):
        proef.doe("GET", pad, 404)
    for pad in (
        "/koppelingen/x",
        "/afschrijvingen/x",
        "/betalingen/x/voorstellen",
        "/koppelingen?page=0",
        "/afschrijvingen?page=0",
    ):
        proef.doe("GET", pad, 400)
    for pad, inhoud in (
        (f"/betalingen/{GEEN}/koppelingen", wens),
        (f"/betalingen/{GEEN}/ontkoppelingen", ongedaan),
        (f"/afschrijvingen/{GEEN}/koppelingen", boeking),
    ):
        proef.doe("POST", pad, 404, json=inhoud)
        proef.doe("POST", pad.replace(str(GEEN), "x"), 400, json=inhoud)

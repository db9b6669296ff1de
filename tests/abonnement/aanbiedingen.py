"""Offers and answers that tests take together."""

from __future__ import annotations

from typing import Any

TEKENT = {
    "naam": "A. Voorbeeld (test)",
    "functie": "Afdelingshoofd (test)",
    "grondslag": "mandaatbesluit",
    "kenmerk": "Mandaatbesluit 2017, artikel 4 (test)",
    "besluitdatum": "2017-03-14",
}
AANBOD = {
    "code": "jeugd-2018",
    "naam": "Vertrouwenswerk, Kindertelefoon en Luisterend Oor",
    "bron": "BALV 30-11-2016, voorstel D",
    "pakket": "volledig",
    "uitzonderingspakket": "zonder-luisterend-oor",
    "begindatum": "2018-01-01",
    "einddatum": "2021-12-31",
    "reagerenVoor": "2017-06-01",
    "peildatum": "2018-01-01",
    "opzegtermijnMaanden": 6,
    "tussentijds": True,
    "uittreedbijdrageProcent": 25,
}

BETALER = {
    "soort": "samenwerkingsverband",
    "naam": "Samenwerking Proefstreek (test)",
    "oin": "00000099000000003000",
    "straat": "Teststraat 1",
    "postcode": "0000 AA",
    "plaats": "Voorbeeldstad",
    "ordernummer": "INK-2017-0042",
}


def antwoord(gemeentecode: str, **anders: Any) -> dict[str, Any]:
    return {"gemeentecode": gemeentecode, "antwoord": "ondertekend", "datum": "2017-05-20", "ondertekenaar": TEKENT, **anders}


def aangeboden(wereld: Any, **anders: Any) -> str:
    """Path of an offer that is open."""
    gedaan = wereld.post("/v1/aanbiedingen", {**AANBOD, **anders}, status=202)
    wereld.jobs()
    pad: str = gedaan.headers["location"]
    assert wereld.get(pad)["status"] == "open", wereld.get(pad)
    return pad


def ondertekend(wereld: Any, pad: str, gemeentecode: str, **anders: Any) -> str:
    """Path of the subscription of who signs an offer."""
    gegeven = wereld.post(f"{pad}/antwoorden", antwoord(gemeentecode, **anders), status=201).json()
    abonnement: str = gegeven["antwoord"]["abonnement"]
    return abonnement

"""What the round needs to make e-invoices of, and what comes of it: a UBL and a PDF per invoice.

Addresses, OINs and BTW treatment are invented, and look it: no register that is at hand has them. The names of the gemeenten and
their inhabitants are real.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gemeengoed_lokaal.deelnemers import DEELNEMERS
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Melding, Stack

VERKOPER = {
    "vanaf": "2017-01-01",
    "naam": "Administratiebureau (test)",
    "kvk": "99000001",
    "oin": DEELNEMERS["administratiebureau"].oin,
    "btwId": "NL123456782B90",
    "straat": "Teststraat 1",
    "postcode": "0000 AA",
    "plaats": "Voorbeeldstad",
    "email": "facturen@bureau.example",
}
BTW = {
    "vanaf": "2017-01-01",
    "categorie": "E",
    "tekst": "Vrijgesteld van btw (aanname van de proef)",
    "bron": "Aanname van de proef: hoe deze diensten voor de btw worden behandeld, is niet vastgesteld",
}
PROFIELEN = ("peppol", "nlcius")
NLCIUS = b"urn:fdc:nen.nl:nlcius:v1.0</cbc:CustomizationID>"


def stel_in(bureau: Gebruiker, catalogus: Gebruiker) -> None:
    """The seller, its BTW, and what each gemeente of 2018 wants on its invoice; the profiles take turns."""
    bureau.zet("PUT", "/v1/aanbieders/administratiebureau/verkopergegevens", VERKOPER)
    for aanbieder in bureau.alle("/v1/aanbieders"):
        for dienst in aanbieder["diensten"]:
            bureau.zet("PUT", f"/v1/aanbieders/administratiebureau/btw/{dienst['code']}", BTW)
    gemeenten = catalogus.alle("/v1/gemeenten?geldigOp=2018-01-01&pageSize=500")
    gegevens = [_afnemer(gemeente, PROFIELEN[plaats % 2]) for plaats, gemeente in enumerate(gemeenten)]
    bureau.zet("POST", "/v1/factuurgegevens", {"gegevens": gegevens})


def haal_op(stack: Stack, map_: Path, jaar: int, meld: Melding) -> dict[str, int]:
    """Write every e-invoice of a year, and the PDF beside it.

    Returns:
        how many there are, per profile.
    """
    bureau = Gebruiker(stack, "administratiebureau", "abonnement")
    map_.mkdir(exist_ok=True)
    nummers = [factuur["nummer"] for factuur in bureau.alle(f"/v1/facturen?jaar={jaar}&pageSize=500")]
    per_profiel = dict.fromkeys(PROFIELEN, 0)
    bureau.volg(f"/v1/facturen/{nummers[-1]}/stuk", "opgemaakt")  # they are made in order of number
    for klaar, nummer in enumerate(nummers, start=1):
        pad = f"/v1/facturen/{nummer}"
        ubl = bureau.bestand(f"{pad}/ubl", "application/xml")
        per_profiel["nlcius" if NLCIUS in ubl else "peppol"] += 1
        (map_ / f"{nummer}.xml").write_bytes(ubl)
        (map_ / f"{nummer}.pdf").write_bytes(bureau.bestand(f"{pad}/pdf", "application/pdf"))
        meld("E-facturen ophalen", klaar, len(nummers))
    return per_profiel


def _afnemer(gemeente: dict[str, Any], profiel: str) -> dict[str, Any]:
    nummer = gemeente["code"].removeprefix("GM")
    return {
        "gemeentecode": gemeente["code"],
        "profiel": profiel,
        "naam": f"Gemeente {gemeente['naam']}",
        "oin": f"0000009900000001{nummer}",
        "straat": "Teststraat 1",
        "postcode": "0000 AA",
        "plaats": "Voorbeeldstad",
        "kenmerkAfnemer": f"KP-{nummer}",
        "contract": f"PROEF-2018-{nummer}",
    }

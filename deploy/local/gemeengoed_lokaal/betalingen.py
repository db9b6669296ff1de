"""Money out: what was distributed goes to the foundations, what was paid too much goes back, each with two pairs of eyes; and the
messages that a bank would get (pain.001.001.09).

Accounts are those of a bank that does not exist, and numbers of registers are invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gemeengoed_lokaal import bank
from gemeengoed_lokaal.facturen import VERKOPER
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Melding, Stack

BUREAU = "administratiebureau"
_EERSTE_REKENING = 900_001


def betaal(bureau: Gebruiker, fiatteur: Gebruiker, verdeling: str, meld: Melding) -> dict[str, Any]:
    """Order what a distribution gives to each foundation, and give back what was paid too much on an invoice.

    Returns:
        how many orders there are, and what is on its way.
    """
    _leg_rekeningen_vast(bureau)
    meld("Betalingen goedkeuren", 0, 2)
    te_veel = [b for b in bureau.alle("/v1/betalingen?gekoppeld=false&pageSize=500") if b["factuur"]]
    opdrachten = [
        bureau.doe(f"{verdeling}/betaalopdrachten", json={}),
        bureau.doe("/v1/terugbetalingen", json={"terugbetalingen": [{"betaling": b["id"]} for b in te_veel]}),
    ]
    for klaar, pad in enumerate(opdrachten, start=1):
        fiatteur.zet("POST", f"{pad}/goedkeuringen")
        bureau.volg_boeking(pad)
        meld("Betalingen goedkeuren", klaar, len(opdrachten))
    gemaakt = [bureau.vraag(pad) for pad in opdrachten]
    return {
        "opdrachten": len(gemaakt),
        "betalingen": sum(opdracht["aantal"] for opdracht in gemaakt),
        "onderwegCent": sum(opdracht["onderwegCent"] for opdracht in gemaakt),
        "terugbetaaldCent": gemaakt[1]["bedragCent"],
    }


def haal_op(stack: Stack, map_: Path) -> None:
    """Write the message of every order."""
    bureau = Gebruiker(stack, BUREAU, "abonnement")
    map_.mkdir(exist_ok=True)
    for opdracht in bureau.alle("/v1/betaalopdrachten"):
        if opdracht["bericht"]:
            inhoud = bureau.bestand(opdracht["bericht"]["pad"], "application/xml")
            (map_ / f"{opdracht['kenmerk']}.xml").write_bytes(inhoud)


def _leg_rekeningen_vast(bureau: Gebruiker) -> None:
    stichtingen = [aanbieder for aanbieder in bureau.alle("/v1/aanbieders") if aanbieder["code"] != BUREAU]
    for plaats, aanbieder in enumerate(stichtingen):
        gegevens = {
            "vanaf": VERKOPER["vanaf"],
            "naam": f"{aanbieder['naam']} (test)",
            "kvk": f"9900001{plaats}",
            "iban": bank.test_iban(_EERSTE_REKENING + plaats),
            "straat": f"Teststraat {plaats + 2}",
            "postcode": "0000 AA",
            "plaats": "Voorbeeldstad",
            "email": f"administratie@{aanbieder['code']}.example",
        }
        bureau.zet("PUT", f"/v1/aanbieders/{aanbieder['code']}/verkopergegevens", gegevens)

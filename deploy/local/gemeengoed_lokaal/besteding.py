"""What a fonds does with its begroting, and who watches: a commitment on an adopted post, an invoice of it that is booked, and a
gemeente that checks the log of the ledger and cosigns it. Every call goes through an Outway.

The supplier, the amounts and the invoice are invented: each text ends in "(proef)".
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

from fonds_api.getuige.client import Getuige
from fonds_api.zegel import sleutel
from gemeengoed_kit.clock import SystemClock, today

from gemeengoed_lokaal.deelnemers import DEELNEMERS, GEMEENTECODE
from gemeengoed_lokaal.gebruiker import Gebruiker
from gemeengoed_lokaal.stack import Melding, Stack

STAP, JAAR = "Besteding en getuige", 2020
VERPLICHTING = {
    "fonds": "ggu",
    "prioriteit": "A1",
    "budgetsoort": "structureel",
    "omschrijving": "Beheer (proef)",
    "leverancier": "Leverancier Voorbeeldsoftware (proef)",
    "delen": [{"jaar": JAAR, "bedragCent": 10_000_000, "btwCent": 2_100_000}],
}
FACTUUR = {
    "jaar": JAAR,
    "bedragCent": 2_500_000,
    "btwCent": 525_000,
    "factuurnummer": "PROEF-1",
    "factuurdatum": f"{JAAR}-03-01",
    "boekdatum": f"{JAAR}-03-02",
    "omschrijving": "Eerste kwartaal (proef)",
}
LOGBOEK = "derdengelden"
"""The fonds whose log the gemeente checks: its entries were sealed while the rest of the demo ran."""


def besteed(stack: Stack, meld: Melding) -> dict[str, Any]:
    """Commit, spend, and have it watched.

    Returns:
        what came of it, for resultaat.json.
    """
    beheerder = Gebruiker(stack, "vng", "fonds")
    meld(STAP, 0, 2)
    verplichting = beheerder.doe("/v1/verplichtingen", json=VERPLICHTING)
    uitgave = beheerder.doe("/v1/uitgaven", json={"verplichting": verplichting.rpartition("/")[2], **FACTUUR})
    posten = beheerder.vraag(f"/v1/fondsen/ggu/vrije-ruimte?jaar={JAAR}")["posten"]
    post = next(een for een in posten if (een["prioriteit"], een["budgetsoort"]) == ("A1", "structureel"))
    meld(STAP, 1, 2)
    uitkomst = {
        "verplichting": verplichting,
        "uitgave": uitgave,
        "boeking": beheerder.vraag(uitgave)["boeking"],
        **{naam: post[naam] for naam in ("begrootCent", "verplichtCent", "besteedCent", "vrijCent")},
        "getuige": _getuig(stack),
    }
    meld(STAP, 2, 2)
    return uitkomst


def _getuig(stack: Stack) -> dict[str, Any]:
    """The gemeente makes its key known, checks the newest checkpoint, and cosigns it: what its own tool does, every day."""
    map_ = stack.map / "getuige"
    map_.mkdir(parents=True, exist_ok=True)
    pem, stand = map_ / "getuige.pem", map_ / f"{LOGBOEK}.json"
    for oud in (pem, stand):
        oud.unlink(missing_ok=True)
    with closing(stack.client("gemeente", "fonds")) as http:
        getuige = Getuige(http, LOGBOEK, sleutel.maak(pem), "voorbeeldstad.example/getuige", stand)
        getuige.aanmelden(DEELNEMERS["gemeente"].oin, GEMEENTECODE)
        checkpoint = getuige.medeondertekenen()
    return {"gemeentecode": GEMEENTECODE, "fonds": LOGBOEK, "bladen": checkpoint.grootte, "op": today(SystemClock()).isoformat()}

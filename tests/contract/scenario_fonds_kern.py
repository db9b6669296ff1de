"""Outcomes of what is booked together, reversed, tried out and shown on a statement."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from tests.contract.proef import Proef

NUMMERS = itertools.count(1)
AFSCHRIFT = "/fondsen/derdengelden/rekeningen/1300/afschrift"
OP = {"boekdatum": "2018-01-15", "omschrijving": "Dubbel"}


def _boeking(**anders: Any) -> dict[str, Any]:
    return {
        "fonds": "derdengelden",
        "boekdatum": "2018-01-15",
        "omschrijving": "Kern",
        "bron": {"bron": "abonnement", "pad": f"/v1/kern/{next(NUMMERS)}"},
        "regels": [{"rekening": "1300", "bedragCent": 7}, {"rekening": "2310", "bedragCent": -7}],
        **anders,
    }


def _post(proef: Proef, pad: str, status: int, inhoud: Any, als: dict[str, str] | None = None) -> Any:
    return proef.doe("POST", pad, status, als=als, json=inhoud, headers={"Idempotency-Key": f"kern{next(NUMMERS)}"})


def kern(proef: Proef) -> None:
    zonder = proef.kop("gemeente")
    _post(proef, "/boekingen?proef=true", 200, _boeking())
    samen = {"boekingen": [_boeking(), _boeking()]}
    _post(proef, "/boekingen/bulk?proef=true", 200, samen)
    eerste = f"/boekingen/{_post(proef, '/boekingen/bulk', 201, samen)['boekingen'][0]}"
    assert _post(proef, "/boekingen/bulk", 409, samen)["type"] == "/v1/problemen/boekingen-geweigerd"
    _post(proef, "/boekingen/bulk", 403, {"boekingen": [_boeking(fonds="ggu")]}, proef.kop("administratie"))
    _post(proef, "/boekingen/bulk", 400, {"boekingen": []})
    _post(proef, f"{eerste}/storno", 403, OP, zonder)
    _post(proef, f"{eerste}/storno?proef=true", 200, OP)
    _post(proef, f"{eerste}/storno", 400, {})
    for soort, anders in (("storno-voor-boeking", "2018-01-01"), ("datum-te-ver-vooruit", "2099-01-01")):
        assert _post(proef, f"{eerste}/storno", 409, {**OP, "boekdatum": anders})["type"] == f"/v1/problemen/{soort}"
    storno = _post(proef, f"{eerste}/storno", 201, OP)
    assert _post(proef, f"{eerste}/storno", 409, OP)["type"] == "/v1/problemen/boeking-al-gestorneerd"
    assert _post(proef, f"/boekingen/{storno['id']}/storno", 409, OP)["type"] == "/v1/problemen/storno-van-storno"
    _post(proef, f"/boekingen/{uuid.uuid4()}/storno", 404, OP)
    assert proef.doe("GET", f"{AFSCHRIFT}?vanaf=2018-01-01&tot=2018-02-01", 200)["count"] >= 3
    proef.doe("GET", f"{AFSCHRIFT}?vanaf=2018-01-01&tot=2018-01-01", 409)
    proef.doe("GET", AFSCHRIFT.replace("1300", "9999"), 404)
    proef.doe("GET", f"{AFSCHRIFT}?page=0", 400)
    proef.doe("GET", AFSCHRIFT, 403, als=zonder)


def grenzen(proef: Proef, fonds: str) -> None:
    """A fonds with something on 1100, until the end of February 2018 closed: closed, blocked and limited, each way to book."""
    eerste = f"/boekingen/{proef.doe('GET', f'/boekingen?fonds={fonds}', 200)['results'][0]['id']}"
    eigen: dict[str, Any] = {"fonds": fonds, "boekdatum": "2018-03-01"}
    eraf = [{"rekening": "1100", "bedragCent": -7}, {"rekening": "8000", "bedragCent": 7}]

    def bron(naam: str) -> dict[str, str]:
        return {"bron": naam, "pad": f"/v1/kern/{next(NUMMERS)}"}

    def geweigerd(soort: str, pad: str, inhoud: Any, status: int = 409) -> None:
        assert _post(proef, pad, status, inhoud)["type"] == f"/v1/problemen/{soort}"

    def bank(**anders: Any) -> None:
        wijziging = {"naam": "Bank", "boven": "1000", **anders}
        proef.doe("PUT", f"/fondsen/{fonds}/rekeningen/1100", 200, json=wijziging, headers={"If-Match": "*"})

    samen = {"boekingen": [_boeking(**eigen, bron=bron("van-een-ander"), regels=eraf)]}
    geweigerd("bron-niet-van-u", "/boekingen/bulk", samen, 403)
    gesloten = {**eigen, "boekdatum": "2018-02-01"}
    geweigerd(
        "boekingen-geweigerd", "/boekingen/bulk", {"boekingen": [_boeking(**gesloten, bron=bron("abonnement"), regels=eraf)]}
    )
    geweigerd("periode-gesloten", f"{eerste}/storno", {**OP, "boekdatum": "2018-02-20"})
    bank(geblokkeerd=True)
    geweigerd("onbekende-rekening", f"{eerste}/storno", {**OP, "boekdatum": "2018-03-01"})
    saldi = proef.doe("GET", f"/rekeningen?fonds={fonds}&datum=2019-01-01", 200)["results"]
    bank(minimumCent=next(een["saldoCent"] for een in saldi if een["nummer"] == "1100"))
    boeking = _boeking(**eigen, bron=bron("abonnement"), regels=eraf)
    geweigerd("saldo-buiten-grenzen", "/boekingen", boeking)
    geweigerd("saldo-buiten-grenzen", "/boekingen/bulk", {"boekingen": [boeking]})
    geweigerd("saldo-buiten-grenzen", f"{eerste}/storno", {**OP, "boekdatum": "2018-03-01"})
    bank()

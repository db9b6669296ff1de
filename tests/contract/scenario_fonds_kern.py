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
    grenzen(proef)
    assert proef.doe("GET", f"{AFSCHRIFT}?vanaf=2018-01-01&tot=2018-02-01", 200)["count"] >= 3
    proef.doe("GET", f"{AFSCHRIFT}?vanaf=2018-01-01&tot=2018-01-01", 409)
    proef.doe("GET", AFSCHRIFT.replace("1300", "9999"), 404)
    proef.doe("GET", f"{AFSCHRIFT}?page=0", 400)
    proef.doe("GET", AFSCHRIFT, 403, als=zonder)


def grenzen(proef: Proef) -> None:
    """In a fonds of its own: an account with a floor, one that is blocked, and a period that is closed."""
    fonds, altijd = "/fondsen/kern", {"If-Match": "*"}
    over = {"naam": "Kern", "omschrijving": "Proef", "bronvermelding": "Proef", "boekingsrollen": ["fondsbeheerder"]}
    proef.doe("POST", "/fondsen", 201, json={"code": "kern", **over})
    for nummer, minimum in (("1100", 0), ("2900", None)):
        rekening = {"nummer": nummer, "naam": "Proef", "soort": "activa", "minimumCent": minimum}
        proef.doe("POST", f"{fonds}/rekeningen", 201, json=rekening)
    in_orde, te_ver = (
        [{"rekening": "1100", "bedragCent": cent}, {"rekening": "2900", "bedragCent": -cent}] for cent in (7, -700)
    )
    eerste = _post(proef, "/boekingen", 201, _boeking(fonds="kern", regels=in_orde))
    _post(proef, "/boekingen", 201, _boeking(fonds="kern", regels=[{**r, "bedragCent": -r["bedragCent"]} for r in in_orde]))
    storno = f"/boekingen/{eerste['id']}/storno"
    for pad, inhoud in (
        ("/boekingen", _boeking(fonds="kern", regels=te_ver)),
        ("/boekingen/bulk", {"boekingen": [_boeking(fonds="kern", regels=te_ver)]}),
        (storno, OP),
    ):
        assert _post(proef, pad, 409, inhoud)["type"] == "/v1/problemen/saldo-buiten-grenzen"
    proef.doe("POST", f"{fonds}/perioden", 201, json={"totEnMet": "2018-01-15"})
    dicht = {"naar": "voorlopig_gesloten", "naam": "Proef"}
    proef.doe("POST", f"{fonds}/perioden/2018-01-15/stappen", 200, json=dicht, headers=altijd)
    samen = {"boekingen": [_boeking(fonds="kern", regels=in_orde)]}
    for pad, inhoud in (("/boekingen/bulk", samen), (storno, OP)):
        assert _post(proef, pad, 409, inhoud)["type"] == "/v1/problemen/periode-gesloten"
    blok = {"naam": "Proef", "boven": None, "minimumCent": None, "maximumCent": None, "geblokkeerd": True}
    proef.doe("PUT", f"{fonds}/rekeningen/1100", 200, json=blok, headers=altijd)
    later = {**OP, "boekdatum": "2018-01-16"}
    assert _post(proef, storno, 409, later)["type"] == "/v1/problemen/onbekende-rekening"
    vreemd = {"boekingen": [_boeking(bron={"bron": "fonds", "pad": "/v1/x/1"})]}
    assert _post(proef, "/boekingen/bulk", 403, vreemd)["type"] == "/v1/problemen/bron-niet-van-u"

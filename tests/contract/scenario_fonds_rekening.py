"""Outcomes of fondsen, charts of accounts, periods, and entries that wait for somebody else."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from tests.contract.proef import Proef

NUMMERS = itertools.count(1)
FONDS = "inkoop-proef"
LEEN = f"/fondsen/{FONDS}"
OMSCHREVEN = {
    "naam": "Inkoop proef (test)",
    "omschrijving": "Voorfinanciering en afrekening.",
    "bronvermelding": "Verzonnen (test)",
    "boekingsrollen": ["fondsbeheerder"],
}
REKENING = {"nummer": "1100", "naam": "Bank", "soort": "activa"}
STAP = {"naar": "voorlopig_gesloten", "naam": "Beheerder (test)"}
WIE = {"naam": "Penningmeester (test)"}
NEE = {**WIE, "reden": "Nog niet akkoord (test)"}
ALTIJD, NOOIT = {"If-Match": "*"}, {"If-Match": '"99"'}


def schema_en_perioden(proef: Proef) -> None:
    fondsen(proef)
    rekeningen(proef)
    perioden(proef)
    voorstellen(proef)


def bekend(proef: Proef, pad: str) -> None:
    """A resource with an ETag: 304 for who has it."""
    proef.doe("GET", pad, 200)
    proef.doe("GET", pad, 304, headers={"If-None-Match": "*"})


def fondsen(proef: Proef) -> None:
    proef.doe("POST", "/fondsen", 201, json={"code": FONDS, **OMSCHREVEN})
    proef.doe("POST", "/fondsen", 409, json={"code": FONDS, **OMSCHREVEN})
    for rollen, status in (([], 400), (["administratie"], 409)):
        proef.doe("POST", "/fondsen", status, json={"code": "anders", **OMSCHREVEN, "boekingsrollen": rollen})
    bekend(proef, LEEN)
    proef.doe("PUT", LEEN, 200, json=OMSCHREVEN, headers=ALTIJD)
    proef.doe("PUT", LEEN, 409, json={**OMSCHREVEN, "boekingsrollen": ["administratie"]}, headers=ALTIJD)
    proef.doe("PUT", LEEN, 400, json={}, headers=ALTIJD)
    proef.doe("PUT", LEEN, 412, json=OMSCHREVEN, headers=NOOIT)
    proef.doe("PUT", LEEN, 428, json=OMSCHREVEN)
    proef.doe("PUT", "/fondsen/geen", 404, json=OMSCHREVEN, headers=ALTIJD)
    bestuur, ogen = proef.kop("bestuur"), {"vanafCent": 5_000, "vrijeBronnen": ["abonnement"]}
    proef.doe("PUT", f"{LEEN}/vier-ogen", 200, als=bestuur, json=ogen, headers=ALTIJD)
    proef.doe("PUT", f"{LEEN}/vier-ogen", 412, als=bestuur, json=ogen, headers=NOOIT)
    proef.doe("PUT", f"{LEEN}/vier-ogen", 428, als=bestuur, json=ogen)
    proef.doe("PUT", f"{LEEN}/vier-ogen", 400, als=bestuur, json={}, headers=ALTIJD)
    proef.doe("PUT", "/fondsen/geen/vier-ogen", 404, als=bestuur, json=ogen, headers=ALTIJD)


def rekeningen(proef: Proef) -> None:
    pad = f"{LEEN}/rekeningen"
    for nummer, soort, verzamel in (("1000", "activa", True), ("1100", "activa", False), ("8000", "baten", False)):
        boven = {"boven": "1000"} if nummer == "1100" else {}
        rekening = {**REKENING, "nummer": nummer, "soort": soort, "verzamelrekening": verzamel, **boven}
        proef.doe("POST", pad, 201, json=rekening)
    kan_niet = proef.doe("POST", pad, 409, json={**REKENING, "nummer": "1200", "boven": "9999"})
    assert kan_niet["type"] == "/v1/problemen/rekening-kan-niet"
    proef.doe("POST", pad, 409, json=REKENING)
    proef.doe("POST", pad, 400, json={})
    proef.doe("POST", "/fondsen/geen/rekeningen", 404, json=REKENING)
    een, wijziging = f"{pad}/1100", {"naam": "Bank", "boven": "1000"}
    bekend(proef, een)
    proef.doe("GET", f"{pad}/9999", 404)
    proef.doe("GET", f"{pad}/x", 400)
    proef.doe("PUT", een, 200, json=wijziging, headers=ALTIJD)
    proef.doe("PUT", een, 409, json={**wijziging, "minimumCent": 1}, headers=ALTIJD)
    proef.doe("PUT", een, 412, json=wijziging, headers=NOOIT)
    proef.doe("PUT", een, 428, json=wijziging)
    proef.doe("PUT", f"{pad}/9999", 404, json=wijziging, headers=ALTIJD)
    proef.doe("GET", f"/rekeningen?fonds={FONDS}", 200)


def perioden(proef: Proef) -> None:
    pad, bestuur = f"{LEEN}/perioden", proef.kop("bestuur")
    for dag in ("2018-01-31", "2018-02-28"):
        proef.doe("POST", pad, 201, json={"totEnMet": dag})
    bezet = proef.doe("POST", pad, 409, json={"totEnMet": "2018-01-31"})
    ver = proef.doe("POST", pad, 409, json={"totEnMet": "2099-01-01"})
    assert [een["type"].rpartition("/")[2] for een in (bezet, ver)] == ["periode-kan-niet", "datum-te-ver-vooruit"]
    proef.doe("POST", pad, 400, json={})
    proef.doe("POST", "/fondsen/geen/perioden", 404, json={"totEnMet": "2018-01-31"})
    proef.doe("GET", pad, 200)
    proef.doe("GET", f"{pad}?page=0", 400)
    proef.doe("GET", "/fondsen/geen/perioden", 404)
    januari = f"{pad}/2018-01-31"
    bekend(proef, januari)
    for geen in (f"{pad}/2018-01-30", "/fondsen/geen/perioden/2018-01-31"):
        proef.doe("GET", geen, 404)
        proef.doe("POST", f"{geen}/stappen", 404, json=STAP, headers=ALTIJD)
    proef.doe("GET", f"{pad}/x", 400)
    stappen = f"{januari}/stappen"
    proef.doe("POST", stappen, 200, json=STAP, headers=ALTIJD)
    proef.doe("POST", stappen, 409, json=STAP, headers=ALTIJD)
    proef.doe("POST", stappen, 412, json=STAP, headers=NOOIT)
    proef.doe("POST", stappen, 428, json=STAP)
    proef.doe("POST", stappen, 409, json={**STAP, "naar": "open"}, headers=ALTIJD)
    proef.doe("POST", stappen, 400, json={}, headers=ALTIJD)
    uw_stap = proef.doe("POST", stappen, 403, als=bestuur, json=STAP, headers=ALTIJD)
    assert uw_stap["type"] == "/v1/problemen/niet-uw-stap"


def boeking(
    proef: Proef, status: int, cent: int = 5_000, dag: str = "2018-02-15", als: dict[str, str] | None = None, **anders: Any
) -> Any:
    nummer = next(NUMMERS)
    inhoud = {
        "fonds": FONDS,
        "boekdatum": dag,
        "omschrijving": "Memoriaal",
        "bron": {"bron": "memoriaal", "pad": f"/v1/memoriaal/{nummer}"},
        "regels": [{"rekening": "1100", "bedragCent": cent}, {"rekening": "8000", "bedragCent": -cent}],
        **anders,
    }
    return proef.doe("POST", "/boekingen", status, als=als, json=inhoud, headers={"Idempotency-Key": f"r{nummer}"})


def storno(proef: Proef, boeking: str, status: int) -> Any:
    inhoud = {"boekdatum": "2018-02-15", "omschrijving": "Dubbel"}
    return proef.doe("POST", f"{boeking}/storno", status, json=inhoud, headers={"Idempotency-Key": f"r{next(NUMMERS)}"})


def voorstellen(proef: Proef) -> None:
    """Each reason for which a proposal cannot be booked comes about after it was made: the checks are those of that moment."""
    bestuur = proef.kop("bestuur")
    assert boeking(proef, 409, dag="2018-01-15")["type"] == "/v1/problemen/periode-gesloten"
    vreemd = boeking(proef, 403, bron={"bron": "van-een-ander", "pad": "/v1/facturen/1"})
    assert vreemd["type"] == "/v1/problemen/bron-niet-van-u"
    gemaakt = boeking(proef, 202)
    assert boeking(proef, 409, bron=gemaakt["inhoud"]["bron"])["type"] == "/v1/problemen/al-voorgesteld"
    een = f"/boekingsvoorstellen/{gemaakt['id']}"
    for pad, status in (("/boekingsvoorstellen", 200), (een, 200), ("/boekingsvoorstellen?page=0", 400)):
        proef.doe("GET", pad, status)
    proef.doe("GET", "/boekingsvoorstellen/x", 400)
    geen = f"/boekingsvoorstellen/{uuid.uuid4()}"
    proef.doe("GET", geen, 404)
    for eind, inhoud in (("bevestigingen", WIE), ("afwijzingen", NEE)):
        proef.doe("POST", f"{geen}/{eind}", 404, als=bestuur, json=inhoud)
        proef.doe("POST", f"{een}/{eind}", 400, als=bestuur, json={})
    zelfde = proef.doe("POST", f"{een}/bevestigingen", 403, json=WIE)
    assert zelfde["type"] == "/v1/problemen/zelfde-ogen"
    proef.doe("POST", f"{een}/bevestigingen", 200, als=bestuur, json=WIE)
    proef.doe("POST", f"{een}/bevestigingen", 409, als=bestuur, json=WIE)
    proef.doe("POST", f"{een}/afwijzingen", 409, als=bestuur, json=NEE)
    afgewezen = boeking(proef, 202)
    proef.doe("POST", f"/boekingsvoorstellen/{afgewezen['id']}/afwijzingen", 200, als=bestuur, json=NEE)
    proef.doe("PUT", LEEN, 200, json={**OMSCHREVEN, "boekingsrollen": ["fondsbeheerder", "administratie"]}, headers=ALTIJD)
    van_administratie = boeking(proef, 202, als=proef.kop("administratie"))
    proef.doe("PUT", LEEN, 200, json=OMSCHREVEN, headers=ALTIJD)
    niet_meer = proef.doe("POST", f"/boekingsvoorstellen/{van_administratie['id']}/bevestigingen", 403, als=bestuur, json=WIE)
    assert niet_meer["type"] == "/v1/problemen/fonds-niet-toegestaan"
    geblokkeerd, gesloten = boeking(proef, 202), boeking(proef, 202)
    ander = f"/boekingsvoorstellen/{boeking(proef, 202)['id']}/bevestigingen"
    bevestigd = proef.doe("POST", ander, 200, als=bestuur, json=WIE)["boeking"].removeprefix("/v1")
    begrensd, gestorneerd = boeking(proef, 202, cent=-5_000), storno(proef, bevestigd, 202)
    assert storno(proef, bevestigd, 409)["type"] == "/v1/problemen/al-voorgesteld"
    vrij = {"vanafCent": None, "vrijeBronnen": []}
    proef.doe("PUT", f"{LEEN}/vier-ogen", 200, als=bestuur, json=vrij, headers=ALTIJD)
    assert boeking(proef, 409, bron=gesloten["inhoud"]["bron"])["type"] == "/v1/problemen/al-voorgesteld"
    assert storno(proef, bevestigd, 409)["type"] == "/v1/problemen/al-voorgesteld"
    afwijzing = f"/boekingsvoorstellen/{gestorneerd['id']}/afwijzingen"
    proef.doe("POST", afwijzing, 200, als=bestuur, json=NEE)
    storno(proef, bevestigd, 201)
    bank = {"naam": "Bank", "boven": "1000"}
    proef.doe("PUT", f"{LEEN}/rekeningen/1100", 200, json={**bank, "geblokkeerd": True}, headers=ALTIJD)
    for voorstel, soort in (
        (geblokkeerd, "onbekende-rekening"),
        (begrensd, "saldo-buiten-grenzen"),
        (gesloten, "periode-gesloten"),
    ):
        if voorstel is begrensd:
            saldi = proef.doe("GET", f"/rekeningen?fonds={FONDS}&datum=2019-01-01", 200)["results"]
            minimum = next(een["saldoCent"] for een in saldi if een["nummer"] == "1100")
            proef.doe("PUT", f"{LEEN}/rekeningen/1100", 200, json={**bank, "minimumCent": minimum}, headers=ALTIJD)
        if voorstel is gesloten:
            proef.doe("PUT", f"{LEEN}/rekeningen/1100", 200, json=bank, headers=ALTIJD)
            proef.doe("POST", f"{LEEN}/perioden/2018-02-28/stappen", 200, json=STAP, headers=ALTIJD)
        probleem = proef.doe("POST", f"/boekingsvoorstellen/{voorstel['id']}/bevestigingen", 409, als=bestuur, json=WIE)
        assert probleem["type"] == f"/v1/problemen/{soort}"

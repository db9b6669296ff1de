"""Outcomes of offers, term, herindeling and payers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from tests.abonnement.aanbiedingen import AANBOD, BETALER, TEKENT, antwoord
from tests.contract.proef import Proef

GEEN = uuid.uuid4()
DEEL = {"ingangsdatum": "2019-01-01", "oudeCode": "GM9003", "nieuweCode": "GM9004", "nieuwIngesteld": False}
VERLENGING = {"lopendTotEnMet": "2021-12-31", "totEnMet": "2022-12-31", "gremium": "BALV", "datum": "2018-01-02"}


def scenario(proef: Proef, werk: Callable[[Proef], None]) -> None:
    """In a world in which every gemeente has a subscription already, and GM9001 to GM9004 none."""
    wereld = proef.outway.gemeenten
    proef.outway.gemeenten = [*wereld, *({**wereld[0], "code": f"GM900{nr}", "naam": f"Proef {nr}"} for nr in (1, 2, 3, 4))]
    aanbiedingen(proef, werk)
    looptijd(proef)
    overgangen(proef, werk)
    betalers(proef)
    proef.outway.gemeenten = wereld
    onvindbaar(proef)
    proef.doe("PUT", "/afnemers/GM0003", 200, json={"peerId": "00000099000000000004"})
    kop = proef.kop("gemeente", gemeentecode="GM0003")
    for pad, inhoud in (
        ("/aanbiedingen/proef/antwoorden", antwoord("GM0003")),
        (f"/abonnementen/{GEEN}/opzeggingen", {"ondertekenaar": TEKENT}),
    ):
        soort(proef, pad, inhoud, "andere-afnemer", 403, als=kop)
    proef.doe("DELETE", "/afnemers/GM0003", 204)


def soort(proef: Proef, pad: str, inhoud: Any, wat: str, status: int = 409, **meer: Any) -> None:
    gezegd = proef.doe("POST", pad, status, json=inhoud, **meer)
    assert gezegd["type"] == f"/v1/problemen/{wat}", gezegd


def aanbiedingen(proef: Proef, werk: Callable[[Proef], None]) -> None:
    aanbod = {**AANBOD, "code": "proef"}
    soort(proef, "/aanbiedingen", {**aanbod, "peildatum": "2099-01-01"}, "onsamenhangend-aanbod")
    soort(proef, "/aanbiedingen", {**aanbod, "pakket": "geen-pakket"}, "onbekend-pakket")
    proef.doe("POST", "/aanbiedingen", 202, json=aanbod)
    pad = "/aanbiedingen/proef"
    soort(proef, f"{pad}/antwoorden", antwoord("GM9001"), "aanbod-niet-open")
    soort(proef, f"{pad}/rappels", {"stap": 1}, "aanbod-niet-open")
    werk(proef)
    proef.doe("POST", "/aanbiedingen", 200, json=aanbod)
    soort(proef, "/aanbiedingen", {**aanbod, "naam": "Anders"}, "aanbod-bestaat")
    proef.doe("POST", f"{pad}/rappels", 201, json={"stap": 1})
    proef.doe("POST", f"{pad}/rappels", 200, json={"stap": 1})
    for code in ("GM9001", "GM9002", "GM9003"):
        proef.doe("POST", f"{pad}/antwoorden", 201, json=antwoord(code))
    soort(proef, f"{pad}/antwoorden", antwoord("GM9001"), "aanbod-ondertekend")
    soort(proef, f"{pad}/antwoorden", antwoord("GM9009"), "gemeente-buiten-aanbod")
    soort(proef, f"{pad}/antwoorden", antwoord("GM0003", datum="2099-01-01"), "antwoord-past-niet")
    soort(proef, f"{pad}/antwoorden", antwoord("GM0003"), "overlappend-abonnement")
    later = {"code": "proef-later", "begindatum": "2040-01-01", "einddatum": "2043-12-31"}  # for the extension and the decision
    proef.doe("POST", "/aanbiedingen", 202, json={**aanbod, **later})
    werk(proef)
    for code in ("GM9002", "GM9004"):
        proef.doe("POST", "/aanbiedingen/proef-later/antwoorden", 201, json=antwoord(code))
    proef.doe("GET", "/aanbiedingen", 200)
    for wat in ("", "/antwoorden", "/gemeenten", "/bord", "/bord.csv", "/rappels", "/uittreden?gemeentecode=GM0003"):
        proef.doe("GET", f"{pad}{wat}", 200)
    proef.doe("GET", f"{pad}/uittreden?gemeentecode=GM9009", 404)


def looptijd(proef: Proef) -> None:
    eigen = proef.doe("GET", "/abonnementen?gemeentecode=GM9001", 200)["results"][0]
    pad = f"/abonnementen/{eigen['id']}"
    wijziging = {"ingangsdatum": "2019-01-01", "pakket": "zonder-luisterend-oor", "ondertekenaar": TEKENT, "toelichting": "Proef"}
    soort(proef, f"{pad}/pakketwijzigingen", {**wijziging, "pakket": "volledig"}, "pakketwijziging-past-niet")
    soort(proef, f"{pad}/pakketwijzigingen", {**wijziging, "ingangsdatum": "2099-01-01"}, "datum-te-ver-vooruit")
    proef.doe("POST", f"{pad}/pakketwijzigingen", 201, json=wijziging)
    proef.doe("POST", f"{pad}/opzeggingen", 201, json={"ondertekenaar": TEKENT})
    soort(proef, f"{pad}/opzeggingen", {"ondertekenaar": TEKENT}, "opzegging-past-niet")
    for wat in ("gebeurtenissen", "uittreden"):
        proef.doe("GET", f"{pad}/{wat}", 200)
    verlenging = {**VERLENGING, "aanbod": "proef", "bron": "proef"}
    soort(proef, "/verlengingen", {**verlenging, "lopendTotEnMet": "2031-12-31"}, "verlenging-past-niet")
    soort(proef, "/verlengingen", {**verlenging, "aanbod": "geen-aanbod"}, "aanbod-niet-gevonden", 404)
    soort(proef, "/verlengingen", {**verlenging, "totEnMet": "2045-12-31"}, "overlappend-abonnement")
    gedaan = proef.doe("POST", "/verlengingen", 201, json=verlenging)
    proef.doe("GET", "/verlengingen", 200)
    proef.doe("GET", f"/verlengingen/{gedaan['id']}", 200)


def overgangen(proef: Proef, werk: Callable[[Proef], None]) -> None:
    """One gemeente into one that exists without a subscription: that a person decides."""
    eerder = proef.outway.alle, proef.outway.herindelingen
    proef.outway.herindelingen = [DEEL]
    proef.outway.alle = [
        {"code": "GM9003", "naam": "Proef 3", "einddatum": "2018-12-31"},
        {"code": "GM9004", "naam": "Proef 4", "einddatum": None},
    ]
    soort(proef, "/overgangsrondes", {"totEnMet": "2099-01-01"}, "datum-te-ver-vooruit")
    ronde = proef.doe("POST", "/overgangsrondes", 202, json={"totEnMet": "2019-01-01"})
    proef.doe("POST", "/overgangsrondes", 200, json={"totEnMet": "2019-01-01"})
    soort(proef, "/overgangsrondes", {"totEnMet": "2018-12-01"}, "andere-overgangsronde")
    werk(proef)
    assert proef.doe("GET", f"/overgangsrondes/{ronde['id']}", 200)["status"] == "verwerkt"
    proef.doe("GET", "/overgangsrondes", 200)
    (overgang,) = proef.doe("GET", "/overgangen?beslist=false", 200)["results"]
    proef.doe("GET", f"/overgangen/{overgang['id']}", 200)
    for wat in ("voorvertoningen", "facturatierondes"):
        soort(proef, f"/{wat}", {"jaar": 2040}, "overgang-onbeslist")
    pad, besluit = f"/overgangen/{overgang['id']}/besluiten", {"pakket": "volledig", "ondertekenaar": TEKENT}
    soort(proef, pad, {**besluit, "pakket": "geen-pakket"}, "overgangsbesluit-past-niet")
    soort(proef, pad, {**besluit, "einddatum": "2041-12-31"}, "overlappend-abonnement")
    proef.doe("POST", pad, 201, json=besluit)
    soort(proef, pad, besluit, "overgang-beslist")
    proef.outway.alle, proef.outway.herindelingen = eerder


def betalers(proef: Proef) -> None:
    proef.doe("PUT", "/betalers/proef", 200, json=BETALER)
    proef.doe("PUT", "/betalers/proef", 400, json={})
    proef.doe("PUT", "/betalers/proef", 409, json={**BETALER, "ordernummer": None})
    afspraak = {"gemeentecodes": ["GM9001"], "vanaf": "2018-01-01", "betaler": "proef", "bron": "proef"}
    soort(proef, "/betaalafspraken", {**afspraak, "betaler": "geen-betaler"}, "onbekende-betaler")
    soort(proef, "/betaalafspraken", {**afspraak, "vanaf": "2099-01-01"}, "datum-te-ver-vooruit")
    proef.doe("POST", "/betaalafspraken", 201, json=afspraak)
    soort(proef, "/betaalafspraken", afspraak, "betaalafspraak-past-niet")
    for pad in ("/betalers", "/betalers/proef", "/betaalafspraken"):
        proef.doe("GET", pad, 200)


def onvindbaar(proef: Proef) -> None:
    """What is not there, and what is no path or query at all."""
    lijsten = [f"/aanbiedingen/{{}}{wat}" for wat in ("/antwoorden", "/gemeenten", "/rappels")]
    een = ["/aanbiedingen/{}", "/aanbiedingen/{}/bord", "/aanbiedingen/{}/bord.csv", *lijsten, "/betalers/{}"]
    per_id = ["/abonnementen/{}/gebeurtenissen", "/abonnementen/{}/uittreden", "/verlengingen/{}", "/overgangsrondes/{}"]
    for pad in een:
        proef.doe("GET", pad.format("geen"), 404)
        proef.doe("GET", pad.format("GEEN"), 400)
    for pad in (*per_id, "/overgangen/{}"):
        proef.doe("GET", pad.format(GEEN), 404)
        proef.doe("GET", pad.format("x"), 400)
    proef.doe("GET", "/aanbiedingen/geen/uittreden?gemeentecode=GM0003", 404)
    proef.doe("GET", "/aanbiedingen/geen/uittreden", 400)
    for pad in ("aanbiedingen", "verlengingen", "overgangsrondes", "overgangen", "betalers", "betaalafspraken"):
        proef.doe("GET", f"/{pad}?page=0", 400)
    wijziging = {"ingangsdatum": "2019-01-01", "pakket": "volledig", "ondertekenaar": TEKENT, "toelichting": "Proef"}
    for pad, inhoud in (
        ("/aanbiedingen/geen/antwoorden", antwoord("GM0003")),
        ("/aanbiedingen/geen/rappels", {"stap": 1}),
        (f"/abonnementen/{GEEN}/opzeggingen", {"ondertekenaar": TEKENT}),
        (f"/abonnementen/{GEEN}/pakketwijzigingen", wijziging),
        (f"/overgangen/{GEEN}/besluiten", {"ondertekenaar": TEKENT}),
    ):
        proef.doe("POST", pad, 404, json=inhoud)
        proef.doe("POST", pad, 400, json={})
    for pad in ("aanbiedingen", "verlengingen", "overgangsrondes", "betaalafspraken"):
        proef.doe("POST", f"/{pad}", 400, json={})

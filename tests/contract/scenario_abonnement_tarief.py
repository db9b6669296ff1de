"""Outcomes of the abonnement API about prices: what a package costs, indexation, and proposals."""

from __future__ import annotations

import uuid
from typing import Any

from tests.abonnement.prijzen import GOVROAM, besluit
from tests.abonnement.test_tariefindexatie import vraag as indexering
from tests.abonnement.test_tariefvoorstel import vraag as voorstel
from tests.contract.proef import Proef

GEEN = uuid.uuid4()
OUD = "prijzen-2030"
"""A decision of a year that no other scenario is about."""


def scenario(proef: Proef) -> None:
    proef.doe("GET", "/tariefbesluiten?geldendVoor=2018", 200)
    oud = besluit(OUD, {"code": "volledig", "tariefPerInwoner": "1.00"}, GOVROAM, **jaren(2030), indexering=True)
    proef.doe("POST", "/tariefbesluiten", 201, json=oud)
    berekening = f"/tariefbesluiten/{OUD}/berekening"
    proef.doe("GET", f"{berekening}?pakket=govroam&hoeveelheid=150&maanden=6&eersteKeer=true", 200)
    proef.doe("GET", f"{berekening}?pakket=geen&hoeveelheid=1", 404)
    proef.doe("GET", "/tariefbesluiten/geen/berekening?pakket=volledig&hoeveelheid=1", 404)
    proef.doe("GET", f"{berekening}?pakket=volledig&hoeveelheid=-1", 400)
    indexaties(proef)
    voorstellen(proef)
    for lijst in ("/tariefindexaties", "/tariefvoorstellen"):
        for pad, status in ((lijst, 200), (f"{lijst}?page=0", 400), (f"{lijst}/{GEEN}", 404), (f"{lijst}/x", 400)):
            proef.doe("GET", pad, status)
        proef.doe("POST", lijst, 400, json={})


def jaren(jaar: int) -> dict[str, Any]:
    return {"prijspeil": 2017, "eersteJaar": jaar, "laatsteJaar": jaar}


def indexaties(proef: Proef) -> None:
    proef.outway.index.clausule()
    proef.outway.index.indexeer(2031, "2.1")
    goed = indexering(2031, OUD)
    gevraagd = proef.doe("POST", "/tariefindexaties", 202, json=goed)
    for soort, inhoud in (
        ("onbekend-tariefbesluit", {"tariefbesluit": "geen"}),
        ("niet-het-geldende-besluit", {"jaar": 2035}),
        ("tariefbesluit-bestaat", {"id": OUD}),
        ("datum-te-ver-vooruit", {"datum": "2099-01-01"}),
    ):
        gezegd = proef.doe("POST", "/tariefindexaties", 409, json={**goed, **inhoud})
        assert gezegd["type"] == f"/v1/problemen/{soort}", gezegd
    zonder = besluit("zonder-indexering", {"code": "zonder", "tariefPerInwoner": "1.00"}, **jaren(2030))
    proef.doe("POST", "/tariefbesluiten", 201, json=zonder)
    niet = proef.doe("POST", "/tariefindexaties", 409, json={**goed, "tariefbesluit": "zonder-indexering"})
    assert niet["type"] == "/v1/problemen/indexering-niet-toegestaan"
    pad, fiatteur = f"/tariefindexaties/{gevraagd['id']}", proef.kop("fiatteur")
    assert proef.doe("POST", f"{pad}/bevestigingen", 409, als=fiatteur)["type"] == "/v1/problemen/niet-voorgesteld"
    ander = proef.doe("POST", "/tariefindexaties", 202, json={**goed, "id": "ook-2031"})
    bezet = proef.doe("POST", "/tariefindexaties", 202, json={**goed, "id": "bezet-2031"})
    werk(proef)
    assert proef.doe("GET", pad, 200)["status"] == "voorgesteld"
    proef.doe("POST", f"{pad}/bevestigingen", 403)
    proef.doe("POST", f"{pad}/bevestigingen", 200, als=fiatteur)
    proef.doe("POST", f"/tariefindexaties/{GEEN}/bevestigingen", 404)
    proef.doe("POST", "/tariefindexaties/x/bevestigingen", 400)
    eerder = besluit("bezet-2031", {"code": "anders", "tariefPerInwoner": "1.00"}, **jaren(2032))
    proef.doe("POST", "/tariefbesluiten", 201, json=eerder)
    al = proef.doe("POST", f"/tariefindexaties/{bezet['id']}/bevestigingen", 409, als=fiatteur)
    assert al["type"] == "/v1/problemen/tariefbesluit-bestaat"
    latere = besluit("later-2030", {"code": "volledig", "tariefPerInwoner": "1.10"}, **jaren(2030))
    proef.doe("POST", "/tariefbesluiten", 201, json=latere)
    te_laat = proef.doe("POST", f"/tariefindexaties/{ander['id']}/bevestigingen", 409, als=fiatteur)
    assert te_laat["type"] == "/v1/problemen/niet-het-geldende-besluit"


def voorstellen(proef: Proef) -> None:
    gemaakt = proef.doe("POST", "/tariefvoorstellen", 201, json=voorstel())
    proef.doe("GET", f"/tariefvoorstellen/{gemaakt['id']}", 200)
    op = {"inwoners": None, "peildatum": "2018-01-01", "uitzonderingen": []}
    wacht = proef.doe("POST", "/tariefvoorstellen", 202, json=voorstel(**op))
    werk(proef)
    assert proef.doe("GET", f"/tariefvoorstellen/{wacht['id']}", 200)["status"] == "voorgesteld"
    for soort, anders in (
        ("onsamenhangend-tariefvoorstel", {"inwoners": None}),
        ("onbekende-dienst", {"budgetten": [{"dienst": "geen", "bedragCent": 1}], "uitzonderingen": []}),
        ("datum-te-ver-vooruit", {**op, "peildatum": "2099-01-01"}),
    ):
        gezegd = proef.doe("POST", "/tariefvoorstellen", 409, json=voorstel(**anders))
        assert gezegd["type"] == f"/v1/problemen/{soort}", gezegd


def gevuld(proef: Proef) -> None:
    """Two indexations, of which one became a decision, and two proposals."""
    proef.outway.index.clausule()
    proef.outway.index.indexeer(2020, "2.1")
    for nummer in (1, 2):
        een = indexering(2020, "besluit-2019", id=f"indexatie-{nummer}", omschrijving=f"Indexering nummer {nummer}")
        gevraagd = proef.doe("POST", "/tariefindexaties", 202, json=een)
        proef.doe("POST", "/tariefvoorstellen", 201, json=voorstel(omschrijving=f"Voorstel nummer {nummer}", besloten=None))
    werk(proef)
    proef.doe("POST", f"/tariefindexaties/{gevraagd['id']}/bevestigingen", 200, als=proef.kop("fiatteur"))


def werk(proef: Proef) -> None:
    """Run the waiting jobs."""
    assert proef.context is not None and proef.context.jobs is not None
    proef.context.jobs.run_waiting(proef.context)

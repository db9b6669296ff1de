"""Outcomes of begrotingen."""

from __future__ import annotations

import uuid

from tests.contract.proef import Proef
from tests.fonds.begrotingen import CSV, SAMEN, WIE, gedekt, papier, vraag
from tests.fonds.besluiten import BESTUUR, stel_vast, verwijs

GEEN = uuid.uuid4()
ID = f"/begrotingen/{GEEN}"


def begrotingen(proef: Proef) -> None:
    bestuur, leden = proef.kop("bestuur"), proef.kop("ledenvergadering")
    kop, zonder = {"Content-Type": CSV}, proef.kop("gemeente")
    papieren = proef.doe("POST", f"/begrotingen?{vraag()}", 201, content=papier(2020), headers=kop)
    eerste = f"/begrotingen/{papieren['id']}"
    proef.doe("POST", f"/begrotingen?{vraag()}", 200, content=papier(2020), headers=kop)
    proef.doe("POST", f"/begrotingen?{vraag()}", 400, content=b"x", headers=kop)
    proef.doe("POST", f"/begrotingen?{vraag(fonds='geen')}", 409, content=papier(2020), headers=kop)
    aanvaarding = {"verschil": "C2", **WIE}
    proef.doe("POST", f"{eerste}/aanvaardingen", 201, json=aanvaarding)
    proef.doe("POST", f"{eerste}/vaststellingen", 409, als=leden, json=SAMEN)
    proef.doe("POST", f"{eerste}/vaststellingen", 403, als=bestuur, json=SAMEN)
    for anders in ({}, {"verschil": "D1"}):
        proef.doe("POST", f"{eerste}/aanvaardingen", 409, json={**aanvaarding, **anders})
    proef.doe("POST", f"{eerste}/aanvaardingen", 201, als=bestuur, json={**aanvaarding, "verschil": "meerjarig"})
    proef.doe("POST", f"{eerste}/vaststellingen", 202, als=leden, json=SAMEN)
    proef.doe("POST", f"{eerste}/vaststellingen", 200, als=leden, json=SAMEN)
    proef.doe("POST", f"{eerste}/vaststellingen", 409, als=leden, json={"besluit": verwijs(BESTUUR)})
    assert proef.context is not None
    stel_vast(proef.context, papieren["id"])
    proef.doe("POST", f"{eerste}/vaststellingen", 409, als=leden, json=SAMEN)
    proef.doe("POST", f"{eerste}/aanvaardingen", 409, json={**aanvaarding, "verschil": "C1"})
    for soort, inhoud in (("kaderbegroting", gedekt()), ("jaarplan", gedekt(dekking=0)), ("jaarplan", gedekt(2000))):
        versie = proef.doe("POST", f"/begrotingen?{vraag(soort=soort)}", 201, content=inhoud, headers=kop)
        if versie["versie"] < 4:
            wie = leden if soort == "kaderbegroting" else bestuur
            proef.doe("POST", f"/begrotingen/{versie['id']}/vaststellingen", 409, als=wie, json=SAMEN)
    ouder = proef.doe("GET", "/begrotingen?jaar=2020&soort=jaarplan", 200)["results"][0]["id"]
    proef.doe("POST", f"/begrotingen/{ouder}/vaststellingen", 409, als=bestuur, json=SAMEN)
    for eind in ("aanvaardingen", "vaststellingen"):
        proef.doe("POST", f"{ID}/{eind}", 404, als=bestuur, json=aanvaarding if eind[0] == "a" else SAMEN)
        proef.doe("POST", f"{eerste}/{eind}", 400, als=bestuur, json={})
    for eind in ("", "/verschillen", "/veranderingen"):
        proef.doe("GET", f"{eerste}{eind}", 200)
        proef.doe("GET", f"{ID}{eind}", 404)
        proef.doe("GET", f"/begrotingen/x{eind}", 400)
        proef.doe("GET", f"{eerste}{eind}", 403, als=zonder)
    proef.doe("GET", f"{eerste}/veranderingen?sinds={ouder}", 200)
    for pad in ("/begrotingen", "/meerjarenbegroting?fonds=ggu&eersteJaar=2020"):
        proef.doe("GET", pad, 200)
        proef.doe("GET", pad, 403, als=zonder)
    proef.doe("GET", "/begrotingen?page=0", 400)
    proef.doe("GET", "/meerjarenbegroting?fonds=ggu", 400)

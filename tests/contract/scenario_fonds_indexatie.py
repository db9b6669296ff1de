"""Outcomes of indexatie."""

from __future__ import annotations

import uuid

from tests.contract.proef import Proef
from tests.fonds.indexaties import cijfer, clausule, indexatie, reeks, toepassing

GEEN = uuid.uuid4()


def indexaties(proef: Proef) -> None:
    zonder = proef.kop("gemeente")
    for pad, inhoud in (
        ("/indexreeksen", reeks()),
        ("/indexclausules", clausule(aankondigenVoor="12-31")),
        ("/indexcijfers", cijfer("cpi", 2018, "2.5")),
    ):
        proef.doe("POST", pad, 201, json=inhoud)
    een = proef.doe("POST", "/indexaties", 201, json=indexatie(op="2017-10-01"))
    proef.doe("POST", "/indexaties", 200, json=indexatie(op="2017-10-01"))
    schakel = proef.doe("POST", "/indexatietoepassingen", 201, json=toepassing(een["id"], "10"))
    for soort, pad, inhoud in (
        ("code-vergeven", "/indexreeksen", reeks()),
        ("code-vergeven", "/indexclausules", clausule()),
        ("clausule-tegenstrijdig", "/indexclausules", clausule("b", {"cpi": "99"})),
        ("onbekende-indexreeks", "/indexcijfers", cijfer("geen", 2018, "1")),
        ("indexcijfer-past-niet", "/indexcijfers", cijfer("cpi", 2018, "1", "raming")),
        ("datum-te-ver-vooruit", "/indexcijfers", cijfer("cpi", 2018, "1", gepubliceerdOp="2099-01-01")),
        ("datum-te-ver-vooruit", "/indexaties", indexatie(op="2099-01-01")),
        ("onbekende-indexclausule", "/indexaties", indexatie("geen")),
        ("te-laat-aangekondigd", "/indexaties", indexatie(jaar=2019, op="2019-01-01")),
        ("indexcijfers-ontbreken", "/indexaties", indexatie(jaar=2019, op="2018-12-31")),
        ("indexatie-achterhaald", "/indexaties", indexatie(jaar=2017, op="2016-01-01")),
        ("onbekende-indexatie", "/indexatietoepassingen", toepassing(str(GEEN), "1")),
        ("keten-sluit-niet-aan", "/indexatietoepassingen", toepassing(een["id"], "1")),
    ):
        assert proef.doe("POST", pad, 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"
    proef.doe("POST", "/indexcijfers", 201, json=cijfer("cpi", 2020, "1001"))
    onmogelijk = proef.doe("POST", "/indexaties", 409, json=indexatie(jaar=2020, op="2018-12-31"))
    assert onmogelijk["type"] == "/v1/problemen/uitkomst-onmogelijk"
    keten: dict[str, str] = {"oud": "9999999999"}
    for jaar, status in ((2021, 201), (2022, 201), (2023, 409)):
        proef.doe("POST", "/indexcijfers", 201, json=cijfer("cpi", jaar, "1000"))
        veel = proef.doe("POST", "/indexaties", 201, json=indexatie(jaar=jaar, op="2018-12-31"))
        groot = {"indexatie": veel["id"], "onderwerp": {"bron": "proef", "pad": "/v1/groot"}, **keten}
        antwoord, keten = proef.doe("POST", "/indexatietoepassingen", status, json=groot), {}
    assert antwoord["type"] == "/v1/problemen/uitkomst-onmogelijk"
    for lijst, id, geen in (
        ("/indexreeksen", "cpi", "x"),
        ("/indexclausules", "proef", "x"),
        ("/indexcijfers", proef.doe("GET", "/indexcijfers?reeks=cpi", 200)["results"][0]["id"], GEEN),
        ("/indexaties", een["id"], GEEN),
        ("/indexatietoepassingen", schakel["id"], GEEN),
    ):
        for pad, status in ((lijst, 200), (f"{lijst}/{id}", 200), (f"{lijst}/{geen}", 404), (f"{lijst}/X", 400)):
            proef.doe("GET", pad, status)
            if status == 200:
                proef.doe("GET", pad, 403, als=zonder)
        proef.doe("GET", f"{lijst}?page=0", 400)
        proef.doe("POST", lijst, 400, json={})
    berekening = f"/indexaties/{een['id']}/berekening"
    proef.doe("GET", f"{berekening}?bedrag=10", 200)
    proef.doe("GET", f"{berekening}?bedrag=10", 403, als=zonder)
    proef.doe("GET", f"{berekening}?bedrag=x", 400)
    proef.doe("GET", f"/indexaties/{GEEN}/berekening?bedrag=10", 404)

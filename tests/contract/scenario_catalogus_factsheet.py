"""Outcomes of factsheets and the duiding."""

from __future__ import annotations

import pytest
from catalogus_api.duiding import service

from tests.catalogus.factsheets import factsheet, post
from tests.contract.proef import Proef

PAD = "/voorzieningen/govroam"
VORMEN = ("factsheet", "factsheet.html", "factsheet.pdf")
CRITERIUM = {"code": "proef", "naam": "Proef", "vraag": "Wat?", "bronvermelding": "Verzonnen (test)"}
WEGING = {
    "code": "proef",
    "naam": "Proef",
    "toelichting": "Verzonnen (test)",
    "gewichten": [{"criterium": "urgentie", "gewicht": 1}],
}
SCORE = {"voorziening": "govroam", "criterium": "urgentie", "waarde": 3, "toelichting": "Verzonnen (test)"}


def factsheets_en_duiding(proef: Proef) -> None:
    factsheets(proef)
    ramingen(proef)
    duiding(proef)


def factsheets(proef: Proef) -> None:
    proef.doe("POST", f"{PAD}/factsheets", 201, json=factsheet(), headers={"If-Match": '"1"'})
    proef.doe("POST", f"{PAD}/factsheets", 412, json=factsheet(), headers={"If-Match": '"1"'})
    proef.doe("POST", f"{PAD}/factsheets", 428, json=factsheet())
    proef.doe("POST", f"{PAD}/factsheets", 400, json={})
    fout = factsheet(datum="2016-01-01", posten=[post(hoog=0)])
    proef.doe("POST", f"{PAD}/factsheets", 409, json=fout, headers={"If-Match": "*"})
    proef.doe("POST", "/voorzieningen/geen/factsheets", 404, json=factsheet())
    for vorm in VORMEN:
        for rest, status in (
            ("", 200),
            ("?versie=1", 200),
            ("?op=2016-11-29", 404),
            ("?op=gisteren", 400),
        ):
            assert proef.client.get(f"/v1{PAD}/{vorm}{rest}").status_code == status, (vorm, rest)
        assert proef.client.get(f"/v1/voorzieningen/geen/{vorm}").status_code == 404
        assert proef.client.get(f"/v1{PAD}/{vorm}", headers={"If-None-Match": '"2"'}).status_code == 304
    proef.doe("GET", f"{PAD}/factsheets", 200)
    proef.doe("GET", f"{PAD}/factsheets?page=x", 400)
    proef.doe("GET", "/voorzieningen/geen/factsheets", 404)


def ramingen(proef: Proef) -> None:
    proef.doe("GET", f"{PAD}/raming?gemeente=GM0344", 200)
    proef.doe("GET", f"{PAD}/raming", 400)
    proef.doe("GET", f"{PAD}/raming?gemeente=GM9999", 409)
    proef.doe("GET", f"{PAD}/raming?gemeente=GM0344&op=2016-11-29", 404)
    proef.doe("GET", "/voorzieningen/geen/raming?gemeente=GM0344", 404)


def duiding(proef: Proef) -> None:
    proef.doe("POST", "/duiding/criteria", 201, json=CRITERIUM)
    proef.doe("POST", "/duiding/criteria", 409, json=CRITERIUM)
    proef.doe("POST", "/duiding/criteria", 400, json={})
    proef.doe("POST", "/duiding/wegingen", 201, json=WEGING)
    proef.doe("POST", "/duiding/wegingen", 412, json=WEGING, headers={"If-Match": '"2"'})
    proef.doe("POST", "/duiding/wegingen", 428, json=WEGING)
    proef.doe("POST", "/duiding/wegingen", 409, json={**WEGING, "gewichten": [{"criterium": "geen", "gewicht": 1}]})
    proef.doe("POST", "/duiding/wegingen", 400, json={})
    gemaakt = proef.doe("POST", "/duiding/scores", 201, json=SCORE)
    proef.doe("POST", "/duiding/scores", 409, json={**SCORE, "criterium": "proef"})
    proef.doe("POST", "/duiding/scores", 400, json={})
    for pad, status in (
        ("criteria", 200),
        ("criteria?page=x", 400),
        ("criteria/urgentie", 200),
        ("criteria/geen", 404),
        ("criteria/GEEN", 400),
        ("wegingen?code=proef", 200),
        ("wegingen?code=X", 400),
        ("wegingen/proef?versie=1", 200),
        ("wegingen/proef?versie=2", 404),
        ("wegingen/GEEN", 400),
        ("scores?voorziening=govroam&criterium=urgentie", 200),
        ("scores?fase=geen", 400),
        (f"scores/{gemaakt['id']}", 200),
        ("scores/1000000", 404),
        ("scores/x", 400),
        ("rangschikking?weging=proef", 200),
        ("rangschikking?weging=urgentie:2", 200),
        ("rangschikking", 400),
        ("rangschikking?weging=geen", 409),
        ("rangschikking?weging=geen:1", 409),
        ("vergelijking?weging=proef&met=urgentie:2", 200),
        ("vergelijking", 400),
        ("vergelijking?weging=proef&met=geen", 409),
        ("vergelijking?weging=proef&met=geen:1", 409),
    ):
        proef.doe("GET", f"/duiding/{pad}", status)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "MEESTE_VOORZIENINGEN", 0)
        proef.doe("GET", "/duiding/rangschikking?weging=proef", 409)
        proef.doe("GET", "/duiding/vergelijking?weging=proef&met=proef", 409)

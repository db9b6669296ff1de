"""Outcomes of inkooptrajecten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.contract.proef import Proef
from tests.fonds.inkoop import AFREKENING, ALMERE, CODE, PAD, SLUITING, STORNO, UTRECHT, mutatie, post, traject, wie

GEEN, VER = "/inkooptrajecten/traject-geen", {"boekdatum": "2099-01-01"}
GEEN_OPGAVE = "6a0c4a52-6d1e-4b7a-9c58-2e4d7f1a0b63"
MAG = {"soort": "voorfinanciering", "bedragCent": 100, "naam": "Penningmeester (test)", "toelichting": "Gezien (test)"}


def inkooptrajecten(proef: Proef) -> None:
    def weiger(soort: str, pad: str, inhoud: dict[str, Any]) -> None:
        assert proef.doe("POST", pad, 409, json=inhoud)["type"] == f"/v1/problemen/{soort}"

    proef.doe("POST", "/inkooptrajecten", 201, json=traject())
    weiger("fonds-bestaat-al", "/inkooptrajecten", traject())
    weiger("sleutel-past-niet", "/inkooptrajecten", traject("traject-fout", peildatum="2018-01-01"))
    weiger("niets-af-te-rekenen", f"{PAD}/afrekeningen", AFREKENING)
    proef.doe("POST", f"{PAD}/posten", 201, json=post("voorfinanciering", 100))
    proef.doe("POST", f"{PAD}/posten", 201, json=post("kosten", 60))
    weiger("geen-deelnemers", f"{PAD}/afrekeningen", AFREKENING)
    proef.doe("POST", f"{PAD}/deelnemers", 201, json=mutatie(UTRECHT))
    weiger("deelnemer-past-niet", f"{PAD}/deelnemers", mutatie(UTRECHT))
    weiger("sleutel-past-niet", f"{PAD}/deelnemers", mutatie(ALMERE, None))
    weiger("kas-tekort", f"{PAD}/posten", post("kosten", 41))
    weiger("meer-dan-openstaat", f"{PAD}/posten", post("ontvangst", 1, UTRECHT))
    weiger("onbekende-deelnemer", f"{PAD}/posten", post("ontvangst", 1, ALMERE))
    weiger("inkooppost-past-niet", f"{PAD}/posten", post("ontvangst", 1))
    weiger("kas-tekort", f"{PAD}/posten/1/stornering", STORNO)
    weiger("storno-voor-boeking", f"{PAD}/posten/2/stornering", {**STORNO, "boekdatum": "2017-01-01"})
    proef.doe("POST", f"{PAD}/posten/2/stornering", 201, json=STORNO)
    weiger("inkooppost-al-gestorneerd", f"{PAD}/posten/2/stornering", STORNO)
    proef.doe("POST", f"{PAD}/posten/99/stornering", 404, json=STORNO)
    proef.doe("POST", f"{PAD}/posten", 201, json=post("kosten", 60))
    proef.doe("POST", f"{PAD}/afrekeningen", 201, json=AFREKENING)
    weiger("niet-kostenneutraal", f"{PAD}/sluiting", SLUITING)
    proef.doe("POST", f"{PAD}/posten", 201, json=post("ontvangst", 60, UTRECHT))
    proef.doe("POST", f"{PAD}/posten", 201, json=post("aflossing", 100))
    weiger("meer-dan-openstaat", f"{PAD}/posten/1/stornering", STORNO)
    for eind, inhoud in (("posten", post("kosten", 1)), ("afrekeningen", AFREKENING), ("sluiting", SLUITING)):
        weiger("datum-te-ver-vooruit", f"{PAD}/{eind}", {**inhoud, **VER})
    weiger("datum-te-ver-vooruit", f"{PAD}/posten/1/stornering", {**STORNO, **VER})
    _machtigingen(proef, weiger)
    proef.doe("POST", f"{PAD}/sluiting", 201, json=SLUITING)
    for eind, inhoud in (
        ("machtigingen", MAG),
        ("deelnemers", mutatie(ALMERE)),
        ("posten", post("kosten", 1)),
        ("posten/1/stornering", STORNO),
        ("afrekeningen", AFREKENING),
        ("sluiting", SLUITING),
    ):
        weiger("inkooptraject-afgesloten", f"{PAD}/{eind}", inhoud)
        proef.doe("POST", f"{GEEN}/{eind}", 404, json=inhoud)
        proef.doe("POST", f"{PAD}/{eind}", 400, json={})
    proef.doe("POST", "/inkooptrajecten", 400, json={})
    _lezen(proef)


def _machtigingen(proef: Proef, weiger: Callable[[str, str, dict[str, Any]], None]) -> None:
    """From an amount on somebody else lets a post be booked or taken back."""
    bestuur, ogen = proef.kop("bestuur"), f"/fondsen/{CODE}/vier-ogen"
    proef.doe("PUT", ogen, 200, als=bestuur, json={"vanafCent": 100, "vrijeBronnen": []}, headers={"If-Match": "*"})
    weiger("machtiging-nodig", f"{PAD}/posten", post("voorfinanciering", 100))
    weiger("machtiging-past-niet", f"{PAD}/posten", post("voorfinanciering", 100, machtiging=9))
    weiger("inkooppost-past-niet", f"{PAD}/machtigingen", {**MAG, "storneert": 1})
    proef.doe("POST", f"{PAD}/machtigingen", 201, als=bestuur, json=MAG)
    gemaakt = proef.doe("POST", f"{PAD}/posten", 201, json=post("voorfinanciering", 100, machtiging=1))
    weiger("machtiging-nodig", f"{PAD}/posten/{gemaakt['nummer']}/stornering", STORNO)
    weiger("machtiging-past-niet", f"{PAD}/posten/{gemaakt['nummer']}/stornering", {**STORNO, "machtiging": 1})
    proef.doe("PUT", ogen, 200, als=bestuur, json={"vanafCent": None, "vrijeBronnen": []}, headers={"If-Match": "*"})
    proef.doe("POST", f"{PAD}/posten/{gemaakt['nummer']}/stornering", 201, json=STORNO)
    weiger("sleutel-past-niet", f"{PAD}/deelnemers", {**mutatie(ALMERE, None), "opgave": GEEN_OPGAVE})
    inwoners = traject("traject-inwoners", "inwoners")
    proef.doe("POST", "/inkooptrajecten", 201, json=inwoners)
    weiger(
        "onbekende-inkoopopgave", "/inkooptrajecten/traject-inwoners/deelnemers", {**mutatie(ALMERE, None), "opgave": GEEN_OPGAVE}
    )
    opgave = proef.doe("POST", "/inkoopopgaven", 202, json={"deelnemer": wie(UTRECHT), "peildatum": "2018-01-01"})
    proef.doe("POST", "/inkoopopgaven", 400, json={})
    for pad, status in (("", 200), ("?page=0", 400), (f"/{opgave['id']}", 200), (f"/{GEEN_OPGAVE}", 404), ("/x", 400)):
        proef.doe("GET", f"/inkoopopgaven{pad}", status)
    for pad, status in (("", 200), ("?page=0", 400), ("/1", 200), ("/99", 404), ("/x", 400)):
        proef.doe("GET", f"{PAD}/machtigingen{pad}", status)
    proef.doe("GET", f"{GEEN}/machtigingen", 404)


def _lezen(proef: Proef) -> None:
    zonder = proef.kop("gemeente")
    for eind in ("", "/stand", "/deelnemers", "/posten", "/posten/1", "/afrekeningen", "/afrekeningen/1"):
        proef.doe("GET", f"{PAD}{eind}", 200)
        proef.doe("GET", f"{GEEN}{eind}", 404)
        proef.doe("GET", f"/inkooptrajecten/x{eind}", 400)
        proef.doe("GET", f"{PAD}{eind}", 403, als=zonder)
    for eind in ("posten", "afrekeningen"):
        proef.doe("GET", f"{PAD}/{eind}/99", 404)
        proef.doe("GET", f"{PAD}/{eind}?page=0", 400)
    proef.doe("GET", "/inkooptrajecten", 200)
    proef.doe("GET", "/inkooptrajecten", 403, als=zonder)
    proef.doe("GET", "/inkooptrajecten?page=0", 400)

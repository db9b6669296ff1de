"""Outcomes of inkooptrajecten."""

from __future__ import annotations

from typing import Any

from tests.contract.proef import Proef
from tests.fonds.inkoop import AFREKENING, ALMERE, PAD, SLUITING, STORNO, UTRECHT, mutatie, post, traject

GEEN, VER = "/inkooptrajecten/traject-geen", {"boekdatum": "2099-01-01"}


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
    proef.doe("POST", f"{PAD}/sluiting", 201, json=SLUITING)
    for eind, inhoud in (
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

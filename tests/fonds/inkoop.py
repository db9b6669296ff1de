"""Inkooptrajecten for tests."""

from __future__ import annotations

from typing import Any

CODE = "traject-proef"
PAD = f"/inkooptrajecten/{CODE}"
UTRECHT, ALMERE, ZEIST = "GM0344", "GM0034", "GM0355"


def traject(code: str = CODE, sleutel: str = "delen", **anders: Any) -> dict[str, Any]:
    peildatum = {"peildatum": "2018-01-01"} if sleutel == "inwoners" else {}
    bron = "VNG, GGU 2020-2024, B3 (test)"
    return {"code": code, "naam": f"Proef {code}", "bronvermelding": bron, "sleutel": sleutel, **peildatum, **anders}


def wie(code: str) -> dict[str, str]:
    soort = "gemeenten" if code.startswith("GM") else "samenwerkingsverbanden"
    return {"bron": "catalogus", "pad": f"/v1/{soort}/{code}"}


def mutatie(code: str, gewicht: int | None = 1, soort: str = "toetreding") -> dict[str, Any]:
    meer = {"gewicht": gewicht} if gewicht is not None else {}
    return {"soort": soort, "deelnemer": wie(code), "naam": f"Deelnemer {code}", "toelichting": "Proef (test)", **meer}


def post(soort: str, cent: int, deelnemer: str | None = None, dag: str = "2018-01-15", **anders: Any) -> dict[str, Any]:
    extra: dict[str, Any] = {"kostensoort": "aanbesteding"} if soort == "kosten" else {}
    if deelnemer:
        extra["deelnemer"] = wie(deelnemer)
    return {"soort": soort, "bedragCent": cent, "boekdatum": dag, "omschrijving": f"{soort} (test)", **extra, **anders}


AFREKENING = {"boekdatum": "2018-01-15", "toelichting": "Proef (test)"}
SLUITING = {"boekdatum": "2018-01-15"}
STORNO = {"boekdatum": "2018-01-15", "omschrijving": "Vergissing (test)"}

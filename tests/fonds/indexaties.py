"""Figures and clauses for tests: those of real regulations, as their sources give them, and ones of our own."""

from __future__ import annotations

from typing import Any

VNG_CIJFER = "Binnenlands Bestuur, 24-5-2023: contributievoorstel 2024"
BESTUUR_2022 = "Binnenlands Bestuur, 3-6-2022: contributievoorstel 2023"
LEDENBRIEF = "VNG, ledenbrief 19/025, Contributievoorstel 2020 (vng.nl/brieven/contributievoorstel-2020)"
JEUGD = "VNG, Indexering kosten Jeugdwet en Wmo 2025 (vng.nl/nieuws/indexering-kosten-jeugdwet-en-wmo-2025)"
DORDRECHT = (
    "Gemeente Dordrecht, Kadernota 2020, Indexaties uitgaven, b. prijsgevoelige budgetten (dordrecht2020.kadernota.nl/p8251)"
)
CBS = "CBS, tabel 71905ned, Consumentenprijzen; prijsindex 1900 = 100"
TOESLAGEN = "Beveiligingsbranche, Hoe vindt de indexering van de toeslagen plaats? (beveiligingsbranche.nl/faq)"


def reeks(code: str = "cpi", maat: str = "mutatie", **anders: Any) -> dict[str, Any]:
    return {
        "code": code,
        "naam": f"Reeks {code}",
        "uitgever": "CBS",
        "onderwerp": "prijzen",
        "maat": maat,
        "bronvermelding": "Proef (test)",
        **anders,
    }


def cijfer(reeks: str, periode: str | int, waarde: str, stand: str = "definitief", **anders: Any) -> dict[str, Any]:
    return {
        "reeks": reeks,
        "periode": str(periode),
        "stand": stand,
        "waarde": waarde,
        "publicatie": "Proef (test)",
        "gepubliceerdOp": "2018-01-10",
        "vindplaats": "p. 1",
        **anders,
    }


def clausule(code: str = "proef", delen: dict[str, str] | None = None, **anders: Any) -> dict[str, Any]:
    return {
        "code": code,
        "naam": f"Clausule {code}",
        "bronvermelding": "Proef (test)",
        "tekst": "Jaarlijks geïndexeerd.",
        "onderdelen": [{"reeks": reeks, "aandeel": aandeel} for reeks, aandeel in (delen or {"cpi": "100"}).items()],
        "doel": {"jarenTerug": 0},
        "percentageDecimalen": 1,
        "ketenDecimalen": 2,
        "prijsDecimalen": 2,
        **anders,
    }


def indexatie(code: str = "proef", jaar: int = 2018, op: str = "2018-01-01") -> dict[str, Any]:
    return {"clausule": code, "jaar": jaar, "aangekondigdOp": op}


def toepassing(id: str, oud: str | None = None, pad: str = "/v1/tarieven/proef") -> dict[str, Any]:
    return {"indexatie": id, "onderwerp": {"bron": "abonnement", "pad": pad}, **({"oud": oud} if oud else {})}

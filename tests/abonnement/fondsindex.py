"""The indexaties of fonds behind the Outway: clauses and what they give, calculated by fonds' own rules."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fonds_api.indexatie import rules

from tests.bron import Antwoord

PROBLEEM = {"Content-Type": "application/problem+json"}
CENTEN = rules.Afspraak({}, Decimal(0), None, None, 1, "half-omhoog", "geen", 6, "half-omhoog", 2, "half-omhoog")
"""A clause that goes on with six decimals, and of which whole cents are paid."""


class Fondsindex:
    """A test adds clauses and indexaties. `verteld` adds something to every amount that is told: an error of fonds."""

    def __init__(self) -> None:
        self.clausules: dict[str, rules.Afspraak] = {}
        self.indexaties: list[dict[str, Any]] = []
        self.verteld = Decimal(0)
        self.gevraagd: list[str] = []

    def clausule(self, code: str = "tarief-per-inwoner", **anders: Any) -> str:
        self.clausules[code] = replace(CENTEN, **anders)
        return code

    def indexeer(self, jaar: int, procent: str, code: str = "tarief-per-inwoner", stand: str = "definitief") -> str:
        """The next version of a year; its id."""
        versie = 1 + sum((een["clausule"], een["jaar"]) == (code, jaar) for een in self.indexaties)
        factor = rules.tekst(rules.factor(Decimal(procent)))
        eigen = {"clausule": code, "jaar": jaar, "versie": versie, "stand": stand, "percentage": procent, "factor": factor}
        self.indexaties.append({"id": str(uuid.uuid4()), **eigen})
        return self.indexaties[-1]["id"]

    def antwoord(self, pad: str, storing: int | None) -> Antwoord:
        self.gevraagd.append(pad)
        if storing:
            return Antwoord(storing, {"status": storing, "detail": "storing"}, PROBLEEM)
        delen, vraag = urlsplit(pad).path.split("/"), {n: w[0] for n, w in parse_qs(urlsplit(pad).query).items()}
        if delen[2] == "indexclausules" and delen[3] in self.clausules:
            een = self.clausules[delen[3]]
            velden = {
                naam: getattr(een, f"{naam[:5]}_{naam[5:].lower()}")
                for naam in ("ketenDecimalen", "ketenAfronding", "prijsDecimalen", "prijsAfronding")
            }
            return Antwoord(200, {"code": delen[3], **velden})
        if len(delen) == 3:
            results = [
                een for een in self.indexaties if (een["clausule"], str(een["jaar"])) == (vraag["clausule"], vraag["jaar"])
            ]
            return Antwoord(200, {"count": len(results), "next": None, "previous": None, "results": results})
        for een in self.indexaties:
            if delen[-2:] == [een["id"], "berekening"]:
                uit = rules.toepassen(self.clausules[een["clausule"]], Decimal(een["percentage"]), Decimal(vraag["bedrag"]))
                oud, nieuw, prijs = map(rules.tekst, (uit.oud, uit.nieuw + self.verteld, uit.prijs + self.verteld))
                return Antwoord(200, {"oud": oud, "nieuw": nieuw, "prijs": prijs, "stappen": []})
        return Antwoord(404, {"status": 404, "detail": "onbekend"}, PROBLEEM)

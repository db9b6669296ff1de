"""Wire models of the doctor's findings."""

from __future__ import annotations

from gemeengoed_kit.schema import Output
from pydantic import Field

from gateway.controle.finding import Severity


class Bevinding(Output):
    """Wat er over één onderdeel te zeggen is."""

    ernst: Severity = Field(description="fout: nu stuk; waarschuwing: gaat stuk of doet niet wat bedoeld is; in orde.")
    onderdeel: str = Field(description="Waar het over gaat.", examples=["certificaat outway"])
    peer_id: str | None = Field(description="OIN van de gehoste peer, als het over een peer gaat.")
    verwacht: str = Field(description="Wat er verwacht werd.")
    gevonden: str = Field(description="Wat er gevonden is.")
    te_doen: str = Field(description="Wat eraan te doen is.")


class Controle(Output):
    """Alle bevindingen van een onderzoek."""

    results: list[Bevinding] = Field(description="Bevindingen, de ergste eerst.")

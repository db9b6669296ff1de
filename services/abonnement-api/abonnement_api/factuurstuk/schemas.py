"""Wire models of the documents of an invoice."""

from __future__ import annotations

from typing import Literal

from gemeengoed_kit.schema import Day, Moment, Output
from pydantic import Field

SHA = "Hash (SHA-256) van precies deze bytes."


class Controle(Output):
    """Wat de controle bij het opmaken zei."""

    regels: str = Field(description="Met welke regels is gecontroleerd.", examples=["eigen-1"])
    fouten: list[str] = Field(description="Wat niet klopt; leeg als alles klopt.", examples=[[]])


class Factuurstuk(Output):
    """De documenten van een factuur of creditnota, en of zij kan worden verzonden."""

    nummer: str = Field(description="Nummer.", examples=["2018-000001"])
    status: Literal["opgemaakt", "niet-opgemaakt"] = Field(
        description="`niet-opgemaakt`: zij kan nog niet worden verzonden.", examples=["opgemaakt"]
    )
    belemmeringen: list[str] = Field(description="Wat het opmaken nu in de weg staat.", examples=[[]])
    profiel: Literal["peppol", "nlcius"] | None = Field(description="Vorm van de e-factuur.", examples=["peppol"])
    ubl_sha256: str | None = Field(description=SHA, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    pdf_sha256: str | None = Field(description=SHA, examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    controle: Controle | None = Field(description="Wat de controle zei.")
    bewaren_tot: Day | None = Field(description="Tot deze dag wordt zij bewaard.", examples=["2026-01-01"])
    opgemaakt_op: Moment | None = Field(description="Wanneer opgemaakt.", examples=["2018-01-15T09:00:00.000Z"])
    ubl: str = Field(description="Pad van de e-factuur.", examples=["/v1/facturen/2018-000001/ubl"])
    pdf: str = Field(description="Pad van de PDF.", examples=["/v1/facturen/2018-000001/pdf"])

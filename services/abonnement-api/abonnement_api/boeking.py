"""What goes to the ledger of fonds: one entry for every invoice, receipt and distribution, by the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.schema import Output, Reference
from pydantic import Field

BRON = "fonds"
FONDS = "derdengelden"
BANK, DEBITEUREN, NOG_TE_KOPPELEN = "1100", "1300", "2900"
"""Rekeningen of the fonds `derdengelden`; those per dienst are with the dienst."""


GEBOEKT = "geboekt"


class Voortgang(Output):
    """Hoe ver het werk op de achtergrond is."""

    stap: Literal["factureren", "boeken"] = Field(description="Wat er gebeurt.", examples=["boeken"])
    gedaan: int = Field(ge=0, description="Hoeveel daarvan klaar is.", examples=[212])
    totaal: int = Field(ge=0, description="Hoeveel er in deze stap is te doen.", examples=[380])


GEWEIGERD = Field(ge=0, description="Boekingen die fonds heeft geweigerd; de beheerder moet ernaar kijken.", examples=[0])


def boeken(work: Work, *, datum: date, omschrijving: str, pad: str, groep: str, regels: Iterable[tuple[str, int]]) -> None:
    """Have an entry made, in the transaction of what it is about.

    Args:
        datum: boekdatum.
        pad: path of the source document here; at most one entry is ever made of it.
        groep: path of the resource whose progress the entry counts for.
        regels: (rekening, cents), debet positive and credit negative; empty lines are left out.

    Raises:
        ValueError: it does not add up to nothing; fonds would refuse it for good.
    """
    gevuld = [(rekening, cent) for rekening, cent in regels if cent]
    if len(gevuld) < 2 or sum(cent for _, cent in gevuld) != 0:
        raise ValueError(f"{pad}: the entry does not balance")
    outbox.put(
        work,
        source=BRON,
        path="/v1/boekingen",
        subject=pad,
        group=groep,
        body={
            "fonds": FONDS,
            "boekdatum": datum.isoformat(),
            "omschrijving": omschrijving,
            "bron": {"bron": "abonnement", "pad": pad},
            "regels": [{"rekening": rekening, "bedragCent": cent} for rekening, cent in gevuld],
        },
    )


def boekstand(work: Work, groep: str, tot_dan: str) -> dict[str, Any]:
    """How far the entries are that count for a resource: its wire fields status, voortgang, aantal_geweigerde_boekingen.

    Args:
        tot_dan: the state of the resource as long as fonds does not have every entry.
    """
    totaal, verzonden, geweigerd = outbox.progress(work.session, groep)
    return {
        "status": GEBOEKT if verzonden == totaal else tot_dan,
        "aantal_geweigerde_boekingen": geweigerd,
        "voortgang": Voortgang.make(stap="boeken", gedaan=verzonden, totaal=totaal),
    }


def verwijzing(boekingen: Mapping[str, str], pad: str) -> Reference | None:
    """The entry in fonds of a source document, out of `outbox.answers`; None as long as it is not delivered."""
    return Reference(bron=BRON, pad=boekingen[pad]) if pad in boekingen else None

"""The day and the states of a round, and whether everybody in it can be invoiced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gemeengoed_kit.window import DAYS_AHEAD

from abonnement_api.facturatieronde.errors import GemeenteOnbekendOfLeeg, PakketZonderTarief

AANGEVRAAGD, GEFACTUREERD, MISLUKT = "aangevraagd", "gefactureerd", "mislukt"


@dataclass(frozen=True)
class Gemeente:
    """What catalogus says of a gemeente: `inwoners` on `peildatum`, both None where it has no figure."""

    naam: str
    inwoners: int | None
    peildatum: date | None

    def inwoners_op(self, dag: date) -> int | None:
        """The inhabitants on a day, if it is that day which the figure is of."""
        return self.inwoners if self.peildatum == dag else None


def factuurdatum_past(jaar: int, factuurdatum: date, vandaag: date) -> bool:
    """Whether it can be meant: from the year before, to a year from now. An invoice keeps its date for ever, and fonds books
    no entry that lies further ahead."""
    return jaar - 1 <= factuurdatum.year and factuurdatum <= vandaag + timedelta(days=DAYS_AHEAD)


def peildatum(jaar: int) -> date:
    """The day that decides: who exists, who has subscribed, how many inhabitants."""
    return date(jaar, 1, 1)


def inwoners(dag: date, namen: Mapping[str, str], gemeenten: Mapping[str, Gemeente]) -> dict[str, int]:
    """Code to the inhabitants on a day of the gemeenten with a subscription.

    Args:
        namen: code to name of those gemeenten, as the subscription has it.
        gemeenten: code to what catalogus says of it.

    Raises:
        GemeenteOnbekendOfLeeg: of some there is no figure; names them all.
    """
    gevonden = {code: gemeenten[code].inwoners_op(dag) if code in gemeenten else None for code in namen}
    leeg = [code for code, aantal in gevonden.items() if aantal is None]
    if leeg:
        wel = {code: gemeenten[code].peildatum for code in leeg if code in gemeenten}
        genoemd = {code: namen[code] + (f" (wel op {wel[code]})" if wel.get(code) else "") for code in leeg}
        raise GemeenteOnbekendOfLeeg(
            f"De catalogus kent op {dag} geen inwoners van {len(leeg)} gemeente(n) met een abonnement: {_opgesomd(genoemd)}.",
            gemeentecodes=leeg,
        )
    return {code: aantal for code, aantal in gevonden.items() if aantal is not None}


def eisen_tarief(tariefbesluit: str, zonder: Mapping[str, str]) -> None:
    """Refuse a round of which some gemeenten have a package that the decision does not price.

    Args:
        zonder: code to name of those.

    Raises:
        PakketZonderTarief: names them all.
    """
    if zonder:
        raise PakketZonderTarief(
            f"Tariefbesluit {tariefbesluit} heeft geen tarief voor het pakket van: {_opgesomd(zonder)}.",
            gemeentecodes=list(zonder),
        )


def _opgesomd(namen: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {naam}" for code, naam in namen.items())

"""The day and the states of a round, and whether every gemeente in it can be invoiced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gemeengoed_kit.window import DAYS_AHEAD

from abonnement_api.facturatieronde.errors import GemeenteOnbekendOfLeeg, PakketZonderTarief

AANGEVRAAGD, GEFACTUREERD, MISLUKT = "aangevraagd", "gefactureerd", "mislukt"


@dataclass(frozen=True)
class Gemeente:
    """A gemeente as catalogus gives it: `inwoners` on `peildatum`; both None when there is no figure."""

    naam: str
    inwoners: int | None
    peildatum: date | None

    def inwoners_op(self, dag: date) -> int | None:
        """The inhabitants on a day; None when the figure is of another day."""
        return self.inwoners if self.peildatum == dag else None


def factuurdatum_past(jaar: int, factuurdatum: date, vandaag: date) -> bool:
    """Whether the date is plausible: from the start of the year before, to a year from now. An invoice keeps its date for ever,
    and fonds books no entry that lies further ahead."""
    return jaar - 1 <= factuurdatum.year and factuurdatum <= vandaag + timedelta(days=DAYS_AHEAD)


def peildatum(jaar: int) -> date:
    """The day that decides which gemeenten exist, which have a subscription, and how many inhabitants they have."""
    return date(jaar, 1, 1)


def inwoners(dag: date, namen: Mapping[str, str], gemeenten: Mapping[str, Gemeente]) -> dict[str, int]:
    """Code to the inhabitants on a day, of the gemeenten with a subscription.

    Args:
        namen: of those gemeenten, code to name as in the subscription.
        gemeenten: code to the gemeente as catalogus gives it.

    Raises:
        GemeenteOnbekendOfLeeg: some gemeenten have no figure; names them all.
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
    """Refuse a round in which gemeenten have a package without a price in the decision.

    Args:
        zonder: of those gemeenten, code to name.

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

"""What decides an amount, and why it is another than last year's. Pure; amounts are cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from abonnement_api.factuur.rules import Verrekening, met_verrekening
from abonnement_api.tarief.rules import Pakket, factuurbedrag
from abonnement_api.voorvertoning.errors import GemeenteOnbekendOfLeeg, PakketZonderTarief

AANGEVRAAGD, BEREKEND, MISLUKT = "aangevraagd", "berekend", "mislukt"
NIEUW, VERVALLEN, PAKKET, TARIEF, INWONERS, MAANDEN, OVERIG = (
    "nieuw",
    "vervallen",
    "pakket",
    "tarief",
    "inwoners",
    "maanden",
    "overig",
)
REDENEN = (NIEUW, VERVALLEN, PAKKET, TARIEF, INWONERS, MAANDEN, OVERIG)


@dataclass(frozen=True, slots=True)
class Gemeente:
    """A gemeente as catalogus gives it: `inwoners` on `peildatum`; both None when there is no figure."""

    naam: str
    inwoners: int | None
    peildatum: date | None
    voorlopig: bool = False

    def inwoners_op(self, dag: date) -> int | None:
        """The inhabitants on a day; None when the figure is of another day."""
        return self.inwoners if self.peildatum == dag else None


@dataclass(frozen=True, slots=True)
class Basis:
    """What an amount of a year follows from: the package as the decision of that year has it, inhabitants and months."""

    pakket: Pakket
    inwoners: int
    maanden: int

    @property
    def cent(self) -> int:
        return factuurbedrag(self.pakket, self.inwoners, self.maanden).bedrag_cent


def peildatum(jaar: int) -> date:
    """The day that decides which gemeenten exist, and how many inhabitants they have."""
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


def redenen(vorig_cent: int, vorig: Basis, nu: Basis, toen: Mapping[str, Pakket]) -> dict[str, int]:
    """Why an amount is another than last year's: reason to cents, which together are the difference, to the cent. Each reason is
    what changes when that alone becomes this year's, in the order package, tarief, inhabitants, months.

    Args:
        vorig_cent: what it was.
        toen: the packages as last year's decision has them, by code.
    """
    stand, cent, gevonden = vorig, vorig.cent, {OVERIG: vorig.cent - vorig_cent}
    stappen: list[tuple[str, Basis]] = []
    if nu.pakket.code != vorig.pakket.code:
        stappen.append((PAKKET, Basis(toen.get(nu.pakket.code, nu.pakket), vorig.inwoners, vorig.maanden)))
    stappen += [
        (TARIEF, Basis(nu.pakket, vorig.inwoners, vorig.maanden)),
        (INWONERS, Basis(nu.pakket, nu.inwoners, vorig.maanden)),
        (MAANDEN, nu),
    ]
    for reden, volgende in stappen:
        if volgende != stand:
            gevonden[reden] = volgende.cent - cent
            stand, cent = volgende, cent + gevonden[reden]
    return {reden: verschil for reden, verschil in gevonden.items() if verschil}


def passend(regels: Mapping[str, int], verrekeningen: Iterable[Verrekening]) -> list[Verrekening]:
    """Of the settlements those that an invoice has room for: every line of theirs is about a dienst of it, no line of it falls
    below zero, and something is left to pay. What has no room stays for a credit note, or for next year."""
    gekozen: list[Verrekening] = []
    for een in verrekeningen:
        samen = met_verrekening(regels, [*gekozen, een]) if set(een.regels) <= set(regels) else {}
        if samen and min(samen.values()) >= 0 and sum(samen.values()) > 0:
            gekozen.append(een)
    return gekozen


def opgeteld(alle: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Reason to cents over all gemeenten."""
    totaal: dict[str, int] = {}
    for een in alle:
        for reden, cent in een.items():
            totaal[reden] = totaal.get(reden, 0) + cent
    return totaal


def _opgesomd(namen: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {naam}" for code, naam in namen.items())

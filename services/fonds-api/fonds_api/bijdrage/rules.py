"""How a levy is divided over gemeenten. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gemeengoed_kit.money import allocate

from fonds_api.bijdrage.errors import GemeentenOnbruikbaar

AANGEVRAAGD, VASTGESTELD, MISLUKT = "aangevraagd", "vastgesteld", "mislukt"
REGEL = (
    "Omslag × inwoners van de gemeente ÷ inwoners van alle gemeenten samen, naar beneden afgerond op hele centen. De centen "
    "die dan overblijven gaan één voor één naar de grootste resten; bij gelijke rest op volgorde van gemeentecode."
)


@dataclass(frozen=True)
class Inwonertal:
    """A gemeente as catalogus gives it: `inwoners` on `peildatum`; both None when there is no figure."""

    code: str
    naam: str
    inwoners: int | None
    peildatum: date | None


@dataclass(frozen=True)
class Aandeel:
    """The exact share behind a bijdrage: whole cents, and a remainder of `rest_teller`/`rest_noemer` cent."""

    heel_cent: int
    rest_teller: int
    rest_noemer: int


def omslaan(omslag_cent: int, peildatum: date, gemeenten: Sequence[Inwonertal]) -> dict[str, int]:
    """Divide the levy: gemeentecode to bijdrage in cents; the bijdragen add up to the levy exactly.

    Raises:
        GemeentenOnbruikbaar: there are no gemeenten, or some have no inhabitants on the peildatum or occur twice; all are named.
    """
    dubbel = {code for code, aantal in Counter(gemeente.code for gemeente in gemeenten).items() if aantal > 1}
    fout = [g for g in gemeenten if g.code in dubbel or not g.inwoners or g.peildatum != peildatum]
    if fout or not gemeenten:
        namen = ", ".join(map(_naam, fout)) or "er is er geen"
        raise GemeentenOnbruikbaar(
            f"Gemeenten die dubbel voorkomen of geen inwoners hebben op {peildatum}: {namen}.",
            gemeentecodes=sorted({gemeente.code for gemeente in fout}),
        )
    return allocate(omslag_cent, {gemeente.code: gemeente.inwoners or 0 for gemeente in gemeenten})


def aandeel(omslag_cent: int, inwoners: int, inwoners_totaal: int) -> Aandeel:
    """The exact share of a gemeente, before the last cents are divided."""
    heel, rest = divmod(omslag_cent * inwoners, inwoners_totaal)
    return Aandeel(heel, rest, inwoners_totaal)


def _naam(gemeente: Inwonertal) -> str:
    wel = f" (inwoners van {gemeente.peildatum})" if gemeente.peildatum else ""
    return f"{gemeente.code} {gemeente.naam}{wel}"

"""How the costs of a joint tender are divided over its participants, and when it is cost-neutral. Pure.

Source: GGU 2020-2024, B3 Gezamenlijke inkoop: not paid from the Fonds GGU; VNG pre-finances, participants repay the costs of the
tender and of managing the contract, so that each tender is cost-neutral.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import allocate, format_euros

from fonds_api.boeking.rules import Regel
from fonds_api.inkooptraject.errors import GeenDeelnemers, KasTekort, MeerDanOpenstaat, NietsAfTeRekenen

Sleutel = Literal["inwoners", "gelijk", "delen"]
Mutatiesoort = Literal["toetreding", "uittreding", "weging"]
Postsoort = Literal["voorfinanciering", "kosten", "ontvangst", "teruggave", "aflossing"]
Kostensoort = Literal["aanbesteding", "contractbeheer"]
Status = Literal["open", "afgerekend", "afgesloten"]
Machtigingsoort = Literal["voorfinanciering", "kosten", "ontvangst", "teruggave", "aflossing", "storno"]
BANK, DEELNEMERS, VOORFINANCIERING, BTW, OMGESLAGEN = "1100", "1300", "1400", "4900", "8000"
GELDIG = timedelta(days=30)
"""How long a machtiging may be used."""
KOSTEN: Mapping[Kostensoort, str] = {"aanbesteding": "4000", "contractbeheer": "4100"}
REKENINGEN = (
    (BANK, "Bank", "activa"),
    (DEELNEMERS, "Te verrekenen met deelnemers", "activa"),
    (VOORFINANCIERING, "Voorfinanciering door de VNG", "passiva"),
    (KOSTEN["aanbesteding"], "Kosten van de aanbesteding", "lasten"),
    (KOSTEN["contractbeheer"], "Kosten van contractbeheer", "lasten"),
    (BTW, "Btw op kosten", "lasten"),
    (OMGESLAGEN, "Omgeslagen over deelnemers", "baten"),
)
"""Chart of accounts of a traject: number, name, kind."""
_ZIJDEN: Mapping[Postsoort, tuple[str, str]] = {
    "voorfinanciering": (BANK, VOORFINANCIERING),
    "kosten": ("", BANK),
    "ontvangst": (BANK, DEELNEMERS),
    "teruggave": (DEELNEMERS, BANK),
    "aflossing": (VOORFINANCIERING, BANK),
}
VAN_DEELNEMER: tuple[Postsoort, ...] = ("ontvangst", "teruggave")


@dataclass(frozen=True)
class Stand:
    """What was booked for a traject so far, in cents.

    Attributes:
        gefinancierd, kosten, ontvangen, teruggegeven, afgelost: sums of the posts of each kind.
        kosten_per_soort: the costs, apart, without BTW.
        btw: the BTW on them.
        afgerekend: the costs that the last settlement divided.
        open: per participant what it still owes (or, negative, gets back); without those for whom that is nothing.
    """

    gefinancierd: int = 0
    kosten_per_soort: Mapping[Kostensoort, int] | None = None
    ontvangen: int = 0
    teruggegeven: int = 0
    afgelost: int = 0
    afgerekend: int = 0
    open: Mapping[str, int] | None = None
    btw: int = 0

    @property
    def kosten(self) -> int:
        return sum((self.kosten_per_soort or {}).values()) + self.btw

    @property
    def kas(self) -> int:
        return self.gefinancierd + self.ontvangen - self.kosten - self.teruggegeven - self.afgelost

    @property
    def te_lossen(self) -> int:
        return self.gefinancierd - self.afgelost


@dataclass(frozen=True)
class Deel:
    """What a settlement says about one participant, in cents.

    Attributes:
        aandeel: its part of all costs until now.
        eerder: its part by the settlement before.
        verschil: what it pays now (or, negative, gets back).
    """

    deelnemer: str
    gewicht: int
    aandeel: int
    eerder: int

    @property
    def verschil(self) -> int:
        return self.aandeel - self.eerder


def verdelen(kosten: int, gewichten: Mapping[str, int], eerder: Mapping[str, int]) -> list[Deel]:
    """Divide all costs until now anew, by largest remainder, and hold that against the settlement before.

    So a correction is nothing else than a settlement: who joined pays, who left gets back, and together that is what the costs
    rose.

    Args:
        kosten: all costs until now, in cents.
        gewichten: of those who take part now.
        eerder: part of each by the settlement before, in cents.

    Returns:
        one for everybody who takes part or took part, by name.

    Raises:
        GeenDeelnemers: there are costs, and nobody to bear them.
        NietsAfTeRekenen: nothing changes for anybody.
    """
    if kosten and not gewichten:
        raise GeenDeelnemers(f"Er is {format_euros(kosten)} om te slaan, maar niemand doet mee.")
    aandelen = allocate(kosten, gewichten) if gewichten else {}
    wie = sorted(gewichten.keys() | {een for een, cent in eerder.items() if cent})
    delen = [Deel(een, gewichten.get(een, 0), aandelen.get(een, 0), eerder.get(een, 0)) for een in wie]
    if not any(deel.verschil for deel in delen):
        raise NietsAfTeRekenen("Er verandert voor niemand iets.")
    return delen


def post_regels(soort: Postsoort, kostensoort: Kostensoort | None, cent: int, btw: int = 0) -> list[Regel]:
    """The lines of the entry of a post; the BTW on costs, which is in the amount, on an account of its own."""
    debet, credit = _ZIJDEN[soort]
    regels = [Regel(debet or KOSTEN[kostensoort or "aanbesteding"], cent - btw), Regel(BTW, btw), Regel(credit, -cent)]
    return [regel for regel in regels if regel.bedrag_cent]


def afrekening_regels(delen: list[Deel]) -> list[Regel]:
    """The lines of the entry of a settlement: a line for each participant for whom something changes, and what the costs rose."""
    regels = [Regel(DEELNEMERS, deel.verschil) for deel in delen if deel.verschil]
    samen = sum(deel.verschil for deel in delen)
    return [*regels, Regel(OMGESLAGEN, -samen)] if samen else regels


def sluiting_regels(stand: Stand) -> list[Regel]:
    """The lines of the last entry: costs against what was divided; nothing without costs."""
    kosten = [Regel(KOSTEN[soort], -cent) for soort, cent in (stand.kosten_per_soort or {}).items()]
    return [regel for regel in (Regel(OMGESLAGEN, stand.kosten), *kosten, Regel(BTW, -stand.btw)) if regel.bedrag_cent]


def bezwaren(soort: Postsoort, deelnemer: str | None, kostensoort: str | None, cent: int, btw: int) -> list[InvalidParam]:
    """What a post has that it should not, or the reverse."""
    fout = []
    if (deelnemer is not None) != (soort in VAN_DEELNEMER):
        fout.append(InvalidParam("deelnemer", "past_niet", f"{soort} {'noemt geen' if deelnemer else 'noemt een'} deelnemer"))
    if (kostensoort is not None) != (soort == "kosten"):
        fout.append(
            InvalidParam("kostensoort", "past_niet", f"{soort} {'heeft geen' if kostensoort else 'heeft een'} kostensoort")
        )
    if btw and (soort != "kosten" or btw >= cent):
        fout.append(InvalidParam("btwCent", "past_niet", "alleen bij kosten, en minder dan het bedrag"))
    return fout


def machtigingbezwaren(soort: Machtigingsoort, deelnemer: str | None, storneert: int | None) -> list[InvalidParam]:
    """What a machtiging has that it should not, or the reverse."""
    fout = []
    if (deelnemer is not None) != (soort in VAN_DEELNEMER):
        fout.append(InvalidParam("deelnemer", "past_niet", f"{soort} {'noemt geen' if deelnemer else 'noemt een'} deelnemer"))
    if (storneert is not None) != (soort == "storno"):
        fout.append(InvalidParam("storneert", "past_niet", f"{soort} {'noemt geen' if storneert else 'noemt een'} post"))
    return fout


def eisen_kan(stand: Stand, soort: Postsoort, deelnemer: str | None, cent: int) -> None:
    """Refuse a post that takes more than there is.

    Raises:
        MeerDanOpenstaat: more than a participant owes, gets back, or VNG has pre-financed.
        KasTekort: more than there is in hand.
    """
    open_ = (stand.open or {}).get(deelnemer or "", 0)
    grens = {"ontvangst": open_, "teruggave": -open_, "aflossing": stand.te_lossen}.get(soort)
    if grens is not None and cent > grens:
        raise MeerDanOpenstaat(f"Er staat {format_euros(max(0, grens))} open.", openCent=max(0, grens))
    if soort in ("kosten", "teruggave", "aflossing") and cent > stand.kas:
        raise KasTekort(f"Er is {format_euros(stand.kas)} in kas.", kasCent=stand.kas)


def eisen_storno(stand: Stand, soort: Postsoort, cent: int) -> None:
    """Refuse to take back a post whose money is gone already.

    Raises:
        MeerDanOpenstaat: VNG has had back more than would be left of what it pre-financed.
        KasTekort: there is less in hand than is taken back.
    """
    if soort == "voorfinanciering" and cent > stand.te_lossen:
        raise MeerDanOpenstaat(f"Er staat {format_euros(stand.te_lossen)} open.", openCent=stand.te_lossen)
    if soort in ("voorfinanciering", "ontvangst") and cent > stand.kas:
        raise KasTekort(f"Er is {format_euros(stand.kas)} in kas.", kasCent=stand.kas)


def nog_open(stand: Stand) -> list[str]:
    """What keeps a traject from being cost-neutral, in words; empty when nothing does."""
    open_ = [f"deelnemer {wie}: {format_euros(cent)}" for wie, cent in sorted((stand.open or {}).items()) if cent]
    if stand.kosten != stand.afgerekend:
        open_.append(f"niet afgerekende kosten: {format_euros(stand.kosten - stand.afgerekend)}")
    if stand.te_lossen:
        open_.append(f"voorfinanciering: {format_euros(stand.te_lossen)}")
    if stand.kas:
        open_.append(f"kas: {format_euros(stand.kas)}")
    return open_

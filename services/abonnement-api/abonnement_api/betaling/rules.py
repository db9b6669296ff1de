"""Which posts are known already, which invoice a receipt pays, and how it is divided over the lines of that invoice."""

from __future__ import annotations

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from gemeengoed_kit.money import allocate

from abonnement_api.betaling.afschrift import Afschrift, Post
from abonnement_api.factuur.rules import is_betalingskenmerk

KENMERK, OMSCHRIJVING = "betalingskenmerk", "omschrijving"
NIETS_GENOEMD = "noemt geen betalingskenmerk of factuurnummer"
NIETS_BEKENDS = "wat het noemt, hoort bij geen factuur"
TE_VEEL = "te veel betaald"
_LENGTE = 16
_STREPEN = "\\-\u2010\u2011\u2012\u2013\u2014\u2212"
_CIJFERREEKS = re.compile(rf"[0-9]+(?:[ ./_{_STREPEN}]+[0-9]+)*")
_SCHEIDING = re.compile(rf"[ ./_{_STREPEN}]+")
_FACTUURNUMMER = re.compile(rf"(?<![0-9])([0-9]{{4}}) *[./_{_STREPEN}] *([0-9]{{6}})(?![0-9])")
_ONZICHTBAAR = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Koppeling:
    """The invoice that a receipt names, and where it does so; or the reason why it stays unmatched."""

    factuur: str | None
    manier: str | None = None
    reden: str | None = None


@dataclass(frozen=True)
class Saldo:
    """A balance of the account, with its date if the bank gives one."""

    cent: int
    dag: date | None


def sluit_aan(begin: Saldo, vorig_eind: Saldo | None) -> bool:
    """Whether a statement continues where the previous one ended: with the same balance, and not with an earlier date.

    The same date is no overlap: some banks date the opening balance on the day of the closing one, and there may be more than
    one statement of a day.

    Args:
        vorig_eind: of the statement that was read before it; None when it is the first.
    """
    if vorig_eind is None or begin.cent != vorig_eind.cent:
        return False
    return begin.dag is None or vorig_eind.dag is None or begin.dag >= vorig_eind.dag


def nieuw_volgens_bank(bijgeschreven_cent: int, bekend_cent: int, begin: Saldo, vorig_eind: Saldo | None) -> int:
    """The cents that a statement adds to what was received, by the bank's own figures.

    Normally these are all its credits. If it does not continue where the previous one ended, it overlaps another statement, and
    receipts that are known already are subtracted. We decide ourselves which are known; this is wrong when we took two payments
    for one.

    Args:
        bijgeschreven_cent: sum of its booked credit entries.
        bekend_cent: sum of the receipts that we recognised from an earlier statement.
        begin, vorig_eind: see `sluit_aan`.
    """
    return bijgeschreven_cent if sluit_aan(begin, vorig_eind) else bijgeschreven_cent - bekend_cent


def effen(tekst: str) -> str:
    """A text with single spaces for all white space (line ends, tabs, no-break spaces), and without what nobody can see."""
    return " ".join(_ONZICHTBAAR.sub("", tekst).split())


def kenmerken_in(tekst: str) -> set[str]:
    """Every betalingskenmerk of 16 digits in a text: without gaps, or in groups with any white space or separators."""
    return {
        kandidaat
        for reeks in _CIJFERREEKS.findall(effen(tekst))
        for kandidaat in _aaneengesloten(_SCHEIDING.split(reeks))
        if is_betalingskenmerk(kandidaat)
    }


def _aaneengesloten(groepen: Sequence[str]) -> Iterator[str]:
    for begin in range(len(groepen)):
        kandidaat = ""
        for groep in groepen[begin : begin + _LENGTE]:
            kandidaat += groep
            if len(kandidaat) >= _LENGTE:
                break
        if len(kandidaat) == _LENGTE:
            yield kandidaat


def nummers_in(tekst: str) -> set[str]:
    """Every invoice number in a text, such as 2018-000001."""
    return {f"{jaar}-{volgnummer}" for jaar, volgnummer in _FACTUURNUMMER.findall(effen(tekst))}


def genoemd(gestructureerd: Sequence[str], tekst: str) -> tuple[set[str], set[str]]:
    """(betalingskenmerken, invoice numbers) that a receipt names anywhere."""
    alles = "\n".join([*gestructureerd, tekst])
    return kenmerken_in(alles), nummers_in(alles)


def koppelen(gestructureerd: Sequence[str], tekst: str, kenmerken: Mapping[str, str], nummers: Collection[str]) -> Koppeling:
    """Find the invoice: first by a structured reference, then by what the text names. Never by amount or payer.

    Args:
        gestructureerd: structured references as the bank gives them.
        tekst: free text.
        kenmerken: of existing invoices, betalingskenmerk to number.
        nummers: numbers of existing invoices.
    """
    gevonden = {kenmerken[k] for ref in gestructureerd for k in kenmerken_in(ref) if k in kenmerken}
    manier = KENMERK
    in_alles, genummerd = genoemd(gestructureerd, tekst)
    if not gevonden:
        gevonden = {kenmerken[k] for k in in_alles if k in kenmerken} | {nummer for nummer in genummerd if nummer in nummers}
        manier = OMSCHRIJVING
    if len(gevonden) == 1:
        return Koppeling(gevonden.pop(), manier)
    if gevonden:
        return Koppeling(None, reden=f"noemt meer dan één factuur: {', '.join(sorted(gevonden))}")
    return Koppeling(None, reden=NIETS_BEKENDS if in_alles or genummerd else NIETS_GENOEMD)


def toewijzen(bedrag_cent: int, open_cent: Mapping[str, int]) -> dict[str, int]:
    """Divide a receipt over the lines of an invoice, pro rata to the open amount of each, by largest remainder.

    Never more than is open; when everything is paid, every line is paid exactly. An excess is not divided.

    Args:
        open_cent: dienst to cents still open, zero or more.
    """
    te_verdelen = min(bedrag_cent, sum(open_cent.values()))
    if te_verdelen == 0:
        return {}
    return {dienst: cent for dienst, cent in allocate(te_verdelen, open_cent).items() if cent}


def terugnemen(bedrag_cent: int, vrij_cent: int, toegewezen: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """What a return takes back from the lines that a receipt paid: only what the receipt has not free, pro rata, in cents.

    Args:
        bedrag_cent: of the return; at most what is free and assigned together.
        vrij_cent: of the receipt, not assigned to an invoice.
        toegewezen: (factuur, dienst) to cents that the receipt pays of it.
    """
    terug = min(max(bedrag_cent - vrij_cent, 0), sum(toegewezen.values()))
    if terug == 0:
        return {}
    sleutels = {f"{factuur} {dienst}": (factuur, dienst) for factuur, dienst in toegewezen}
    delen = allocate(terug, {sleutel: toegewezen[eigen] for sleutel, eigen in sleutels.items()})
    return {sleutels[sleutel]: cent for sleutel, cent in delen.items() if cent}


def neem_van_laatste(
    betalers: Iterable[tuple[uuid.UUID, str, int]], te_veel: Mapping[str, int]
) -> dict[uuid.UUID, dict[str, int]]:
    """What to take back of each receipt, so that no line is paid above its amount.

    Args:
        betalers: (receipt, dienst, cents that it pays), the receipt to take from first in front.
        te_veel: dienst to the cents that were paid above the amount of its line.
    """
    over = dict(te_veel)
    terug: dict[uuid.UUID, dict[str, int]] = {}
    for betaling, dienst, cent in betalers:
        deel = min(cent, over.get(dienst, 0))
        if deel:
            terug.setdefault(betaling, {})[dienst] = deel
            over[dienst] -= deel
    return terug


NIEUW, BEKEND = "nieuw", "bekend"
MOGELIJK_DUBBEL = "lijkt op een post van een ander afschrift; beoordeel of het dezelfde is"


@dataclass(frozen=True)
class Periode:
    """A statement that was read before: its balances with their days, its format (None in rows of before it was kept), and its
    number and page if the bank counts."""

    id: uuid.UUID
    begin: Saldo
    eind: Saldo
    formaat: str | None = None
    geteld: tuple[int, int] | None = None


@dataclass(frozen=True)
class Eerder:
    """A post that is stored already. `saldo_voor_cent` is None in rows of before it was kept."""

    afschrift: uuid.UUID
    boekdatum: date
    bedrag_cent: int
    bankreferentie: str | None
    saldo_voor_cent: int | None
    inhoud: tuple[str, str, str, str]


def inhoud(tegenrekening: str | None, naam: str | None, kenmerk: str | None, omschrijving: str) -> tuple[str, str, str, str]:
    """What a post says, for comparing; without the ways to write white space."""
    return effen(tegenrekening or ""), effen(naam or ""), effen(kenmerk or ""), effen(omschrijving)


def los_van(begin: Saldo, eind: Saldo, eerdere: Sequence[Periode]) -> set[uuid.UUID]:
    """The statements that end where this one begins, or begin where it ends, directly or through each other.

    They have no post in common with it. All must be of days that this statement touches.
    """
    los: set[uuid.UUID] = set()
    for saldo, dag, terug in ((begin.cent, begin.dag, True), (eind.cent, eind.dag, False)):
        wachtend = [saldo]
        while wachtend:
            cent = wachtend.pop()
            for periode in eerdere:
                grens, verder = (periode.eind, periode.begin) if terug else (periode.begin, periode.eind)
                if periode.id in los or grens.cent != cent:
                    continue
                if dag is None or grens.dag is None or (grens.dag <= dag if terug else grens.dag >= dag):
                    los.add(periode.id)
                    wachtend.append(verder.cent)
    return los


def herken(nieuw: Afschrift, eerder: Sequence[Eerder], eerdere: Sequence[Periode]) -> list[str]:
    """Of each post of a statement, whether it is `NIEUW`, `BEKEND` or `MOGELIJK_DUBBEL`; only `BEKEND` is not stored again.

    A post is known when a statement that may cover the same days has it: by the bank's reference (where both have one, it alone
    decides), by content at the same balance, or by content where the balances between days agree and one statement has
    everything that the other has of those days. In a statement that adjoins this one it is known only when reference, balance
    and content are all the same: equal payments in statements that follow each other are two payments. What is only alike is
    kept, and shown: so is what is alike in a statement to which the bank gave another number, or of which only one has a
    reference. The same balances and the same amounts by day in another format are the same statement.

    Args:
        eerder: posts of `eerdere`, each of which is recognised once at most.
        eerdere: the statements that were read before and of which a day may be a day of this one.
    """
    begin, eind = Saldo(nieuw.beginsaldo_cent, nieuw.begindag), Saldo(nieuw.eindsaldo_cent, nieuw.einddag)
    los = los_van(begin, eind, eerdere)
    if _in_ander_formaat(nieuw, eerder, [p for p in eerdere if p.id not in los]):
        return [BEKEND] * len(nieuw.posten)
    geteld = (nieuw.volgnummer, nieuw.pagina) if nieuw.volgnummer else None
    anders = {p.id for p in eerdere if p.formaat == nieuw.formaat and p.geteld and geteld and p.geteld != geteld}
    return _herken(nieuw.posten, eerder, los, anders, _omvattende(nieuw, eerder, [p for p in eerdere if p.id not in los]))


def _herken(
    nieuw: Sequence[Post],
    eerder: Sequence[Eerder],
    los: Collection[uuid.UUID],
    anders: Collection[uuid.UUID],
    omvat: Collection[uuid.UUID],
) -> list[str]:
    uitkomst = [NIEUW] * len(nieuw)
    vrij = set(range(len(eerder)))
    zelf = [_inhoud(post) for post in nieuw]
    op_dag: dict[tuple[date, int], list[int]] = defaultdict(list)
    for nummer, stuk in enumerate(eerder):
        op_dag[stuk.boekdatum, stuk.bedrag_cent].append(nummer)

    def kenmerkend(post: Post, stuk: Eerder, eigen: tuple[str, str, str, str]) -> tuple[bool, bool, bool, bool]:
        beide = bool(post.bankreferentie and stuk.bankreferentie)
        return (
            beide,
            post.bankreferentie == stuk.bankreferentie,
            stuk.saldo_voor_cent == post.saldo_voor_cent,
            stuk.inhoud == eigen,
        )

    def bekend_door(ronde: int, stuk: Eerder, kenmerken: tuple[bool, bool, bool, bool]) -> bool:
        beide, zelfde, plaats, tekst = kenmerken
        if stuk.afschrift in los:
            return beide and zelfde and plaats and tekst
        if beide:
            return zelfde
        if not zelfde or stuk.afschrift in anders:
            return False
        return tekst and (plaats if ronde == 0 else stuk.afschrift in omvat)

    def twijfel_door(stuk: Eerder, kenmerken: tuple[bool, bool, bool, bool]) -> bool:
        beide, zelfde, plaats, tekst = kenmerken
        if beide and not zelfde:  # a reference may be another in another format, or export
            return plaats and stuk.afschrift not in los
        return (plaats and tekst) if stuk.afschrift in los else (plaats or tekst)

    for ronde in range(3):
        for nummer, post in enumerate(nieuw):
            if uitkomst[nummer] != NIEUW:
                continue
            for kandidaat in op_dag[post.boekdatum, post.bedrag_cent]:
                if kandidaat not in vrij:
                    continue
                kenmerken = kenmerkend(post, eerder[kandidaat], zelf[nummer])
                if ronde < 2 and bekend_door(ronde, eerder[kandidaat], kenmerken):
                    uitkomst[nummer] = BEKEND
                elif ronde == 2 and twijfel_door(eerder[kandidaat], kenmerken):
                    uitkomst[nummer] = MOGELIJK_DUBBEL
                else:
                    continue
                vrij.discard(kandidaat)
                break
    return uitkomst


def _in_ander_formaat(nieuw: Afschrift, eerder: Sequence[Eerder], eerdere: Sequence[Periode]) -> bool:
    """Whether a statement in another format, that does not adjoin this one, has its balances, and its amounts by day."""
    eigen = Counter((post.boekdatum, post.bedrag_cent) for post in nieuw.posten)
    return any(
        periode.formaat not in (None, nieuw.formaat)
        and (periode.begin.cent, periode.eind.cent) == (nieuw.beginsaldo_cent, nieuw.eindsaldo_cent)
        and Counter((stuk.boekdatum, stuk.bedrag_cent) for stuk in eerder if stuk.afschrift == periode.id) == eigen
        for periode in eerdere
    )


def _inhoud(post: Post) -> tuple[str, str, str, str]:
    return inhoud(post.tegenrekening, post.naam, " ".join(post.kenmerken), post.omschrijving)


def _omvattende(nieuw: Afschrift, eerder: Sequence[Eerder], eerdere: Sequence[Periode]) -> set[uuid.UUID]:
    """The statements that have, of the days in both, all posts that this one has or the other way about, if the balances agree.

    They agree when one statement's opening or closing balance is the other's at the beginning or end of those days.
    """
    eigen = [(post.boekdatum, post.bedrag_cent, _inhoud(post)) for post in nieuw.posten]
    ander: dict[uuid.UUID, list[tuple[date, int, tuple[str, ...]]]] = defaultdict(list)
    for stuk in eerder:
        ander[stuk.afschrift].append((stuk.boekdatum, stuk.bedrag_cent, stuk.inhoud))
    gevonden = set()
    for periode in eerdere:
        posten = ander[periode.id]
        dagen = {dag for dag, _, _ in posten} & {dag for dag, _, _ in eigen}
        if not dagen:
            continue
        hier, daar = (Counter(post for post in deel if post[0] in dagen) for deel in (eigen, posten))
        if not (hier <= daar or daar <= hier):
            continue
        van, tot = min(dagen), max(dagen)
        begin_hier = nieuw.beginsaldo_cent + sum(cent for dag, cent, _ in eigen if dag < van)
        begin_daar = periode.begin.cent + sum(cent for dag, cent, _ in posten if dag < van)
        eind_hier = nieuw.eindsaldo_cent - sum(cent for dag, cent, _ in eigen if dag > tot)
        eind_daar = periode.eind.cent - sum(cent for dag, cent, _ in posten if dag > tot)
        if begin_hier == begin_daar or eind_hier == eind_daar:
            gevonden.add(periode.id)
    return gevonden


@dataclass(frozen=True)
class OpenPost:
    """An invoice that is not fully paid."""

    factuur: str
    gemeentecode: str
    gemeentenaam: str
    open_cent: int


@dataclass(frozen=True)
class Voorstel:
    """Invoices that a receipt may pay, with the cents of each, and why; a person decides."""

    delen: tuple[tuple[str, int], ...]
    reden: str


_MEESTE_SAMEN = 12
_MEESTE_VOORSTELLEN = 10


def voorstellen(
    bedrag_cent: int, genoemd: Collection[str], bekende_gemeenten: Collection[str], naam: str, open_posten: Sequence[OpenPost]
) -> list[Voorstel]:
    """What a receipt without a clear invoice may pay, the likeliest first (einvoicing.md section 6, steps 3 and 4).

    Args:
        bedrag_cent: what is left of the receipt.
        genoemd: invoices that it names; more than one, or it would have been matched.
        bekende_gemeenten: codes of gemeenten for which this account paid before; one account may pay for many.
        naam: of the payer and text, in which the name of a gemeente may stand.
    """
    gevonden: list[Voorstel] = []
    per_nummer = {post.factuur: post for post in open_posten}
    noemt = [per_nummer[nummer] for nummer in sorted(genoemd) if nummer in per_nummer]
    if len(noemt) > 1:
        gevonden += _samen(bedrag_cent, noemt, "noemt deze facturen")
        if sum(post.open_cent for post in noemt) != bedrag_cent:
            gevonden.append(Voorstel(_tot(bedrag_cent, noemt), "noemt deze facturen, voor een ander bedrag"))
    klein = effen(naam).casefold()
    van_rekening = [post for post in open_posten if post.gemeentecode in bekende_gemeenten]
    op_naam = [post for post in open_posten if _genoemde_naam(post.gemeentenaam, klein)]
    for posten, waarom in ((van_rekening, "rekening betaalde eerder voor deze gemeente"), (op_naam, "naam van de gemeente")):
        gevonden += [
            Voorstel(((p.factuur, bedrag_cent),), f"{waarom}, zelfde bedrag") for p in posten if p.open_cent == bedrag_cent
        ]
    for posten, waarom in ((van_rekening, "rekening betaalde eerder voor deze gemeenten"), (op_naam, "naam van de gemeente")):
        gevonden += _samen(bedrag_cent, posten, f"{waarom}, bedragen samen")
    zelfde = [post for post in open_posten if post.open_cent == bedrag_cent]
    if len(zelfde) == 1:
        gevonden.append(Voorstel(((zelfde[0].factuur, bedrag_cent),), "enige openstaande factuur met dit bedrag"))
    for posten in (van_rekening, op_naam):
        if len(posten) == 1 and posten[0].open_cent != bedrag_cent:
            gevonden.append(Voorstel(_tot(bedrag_cent, posten), "enige openstaande factuur van deze gemeente, ander bedrag"))
    uniek: dict[tuple[tuple[str, int], ...], Voorstel] = {}
    for voorstel in gevonden:
        uniek.setdefault(voorstel.delen, voorstel)
    return list(uniek.values())[:_MEESTE_VOORSTELLEN]


def _samen(bedrag_cent: int, posten: Sequence[OpenPost], reden: str) -> Iterable[Voorstel]:
    """Two or more of these that are exactly the amount together: all of them, else the smallest sets of the first few."""
    if len(posten) > 1 and sum(post.open_cent for post in posten) == bedrag_cent:
        return [Voorstel(tuple((post.factuur, post.open_cent) for post in posten), reden)]
    kort = posten[:_MEESTE_SAMEN]
    return [
        Voorstel(tuple((post.factuur, post.open_cent) for post in deel), reden)
        for aantal in range(2, len(kort))
        for deel in combinations(kort, aantal)
        if sum(post.open_cent for post in deel) == bedrag_cent
    ][:3]


def _tot(bedrag_cent: int, posten: Sequence[OpenPost]) -> tuple[tuple[str, int], ...]:
    """The invoices one after the other, until the money is gone."""
    delen = []
    for post in posten:
        deel = min(bedrag_cent, post.open_cent)
        if deel:
            delen.append((post.factuur, deel))
        bedrag_cent -= deel
    return tuple(delen)


def _genoemde_naam(gemeentenaam: str, tekst: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(gemeentenaam.casefold())}(?!\w)", tekst))


def teruggestuurd(afschrijving: Mapping[str, Any], factuur: str | None, kandidaten: Sequence[Any]) -> Any | None:
    """The receipt that a return sends back; None when none or more than one fits as well.

    Args:
        afschrijving: the debit, with the columns of its table.
        factuur: the invoice that it names, if it names one.
        kandidaten: receipts of the same amount, not returned yet, with the columns of their table.
    """

    def noemt(kenmerk: str | None, omschrijving: str) -> set[str]:
        kenmerken, nummers = genoemd([kenmerk or ""], omschrijving)
        return kenmerken | nummers

    wat = noemt(afschrijving["kenmerk"], afschrijving["omschrijving"]) | ({factuur} if factuur else set())
    wie = afschrijving["tegenrekening"]
    passend = [k for k in kandidaten if wie is None or k.tegenrekening is None or wie == k.tegenrekening]
    proeven: list[list[Any]] = []
    if afschrijving["eindnaareind"]:
        proeven.append([k for k in passend if k.eindnaareind == afschrijving["eindnaareind"]])
    if wat:
        proeven.append([k for k in passend if wat & (noemt(k.kenmerk, k.omschrijving) | {k.factuur})])
    if wie and effen(afschrijving["omschrijving"]):
        proeven.append(
            [k for k in passend if k.tegenrekening == wie and effen(k.omschrijving) == effen(afschrijving["omschrijving"])]
        )
    for gevonden in proeven:
        if gevonden:
            return gevonden[0] if len(gevonden) == 1 else None
    return None

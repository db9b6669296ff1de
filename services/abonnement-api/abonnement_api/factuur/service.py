"""Use cases of invoices."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.aanbieder.service import reeksen as reeksen_van
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import DEBITEUREN
from abonnement_api.catalogus import gemeente
from abonnement_api.factuur import repository, rules
from abonnement_api.factuur.errors import FactuurNietGevonden
from abonnement_api.factuur.schemas import (
    Besluit,
    Deel,
    FacturenFilter,
    Factuur,
    FactuurKort,
    Factuurregel,
    Invoer,
    Onderbouwing,
    Verrekend,
    Verrekening,
)
from abonnement_api.tarief import rules as tarief_rules
from abonnement_api.tarief import service as tarief
from abonnement_api.verkoper import rules as verkoper_rules

_VERREKENING = ("over", "volgnummer", "van_inwoners", "naar_inwoners", "definitief")

_SAMEN = 1000
"""Invoices that are recalculated together."""


@dataclass(frozen=True)
class Opdracht:
    """The basis of a round's invoices: year, decision, dates, and the path of the resource whose progress has the entries."""

    jaar: int
    tariefbesluit: str
    peildatum: date
    factuurdatum: date
    betaaltermijn_dagen: int
    pad: str


@dataclass(frozen=True)
class Afnemer:
    """The receiver of an invoice: a subscription, with the data of its gemeente in catalogus on the peildatum."""

    abonnement: uuid.UUID
    gemeentecode: str
    gemeentenaam: str
    pakket: str
    inwoners: int
    maanden: int = 12
    voorlopig: bool = False
    betaler: tuple[str, str] | None = None
    """(code, name) of who pays for it."""


@dataclass(frozen=True)
class Omvang:
    """The invoices of a year: their number, the first and last invoice number, the number of gemeenten that have one, and the
    cents per dienst (by code)."""

    aantal: int
    gemeenten: int
    eerste_nummer: str | None
    laatste_nummer: str | None
    per_dienst_cent: Mapping[str, int]


def vaststellen(
    work: Work,
    opdracht: Opdracht,
    afnemers: Sequence[tuple[Afnemer, Sequence[rules.Verrekening]]],
    pakketten: Mapping[str, tarief_rules.Pakket],
    wijze: str,
    penvoerder: str | None,
) -> None:
    """Make an invoice per subscriber, with consecutive numbers in the order given, and order their entries.

    Args:
        afnemers: each with what its invoice settles of earlier ones. What was settled or credited meanwhile is left out.
        wijze, penvoerder: who sells, see verkoper.
    """
    levert = {dienst.code: dienst.aanbieder for dienst in list_diensten(work)}
    oud = niet_meer_te_verrekenen(work, [een for _, alle in afnemers for een in alle])
    delen = []
    for afnemer, alle in afnemers:
        verrekeningen = [een for een in alle if een.over not in oud]
        regels = tarief_rules.factuurbedrag(pakketten[afnemer.pakket], afnemer.inwoners, afnemer.maanden).regels
        per_verkoper, verrekend = _verdeeld(regels, verrekeningen, levert, wijze, penvoerder)
        delen.append(_Bundel(afnemer, pakketten[afnemer.pakket], per_verkoper, {}, None, verrekend))
    _leg_vast(work, opdracht, delen)


@dataclass(frozen=True)
class Deelverrekening:
    """What of a settlement is on one invoice: dienst to cents. All of it, unless the invoice is one of a bundle."""

    van: rules.Verrekening
    regels: Mapping[str, int]

    @property
    def bedrag_cent(self) -> int:
        return sum(self.regels.values())


@dataclass(frozen=True)
class _Bundel:
    """What one gemeente gets: per seller the cents per dienst, the number of the invoice that it corrects, and the share of each
    settlement that is in those cents."""

    afnemer: Afnemer
    pakket: tarief_rules.Pakket
    per_verkoper: Mapping[str, Mapping[str, int]]
    vervangt: Mapping[str, str]
    reden: str | None
    verrekend: Mapping[str, Sequence[Deelverrekening]]


def _verdeeld(
    regels: Mapping[str, int],
    verrekeningen: Sequence[rules.Verrekening],
    levert: Mapping[str, str],
    wijze: str,
    penvoerder: str | None,
) -> tuple[dict[str, dict[str, int]], dict[str, list[Deelverrekening]]]:
    """Seller to the cents per dienst, settlements included; and to the share of each settlement in them."""
    stand = dict(regels)
    verdeeld = verkoper_rules.per_verkoper(stand, levert, wijze, penvoerder)
    verrekend: dict[str, list[Deelverrekening]] = {wie: [] for wie in verdeeld}
    for een in verrekeningen:
        stand = rules.met_verrekening(stand, [een])
        volgend = verkoper_rules.per_verkoper(stand, levert, wijze, penvoerder)
        for wie, delen in volgend.items():
            verrekend[wie].append(Deelverrekening(een, {dienst: cent - verdeeld[wie][dienst] for dienst, cent in delen.items()}))
        verdeeld = volgend
    return verdeeld, verrekend


def _leg_vast(work: Work, opdracht: Opdracht, bundels: Sequence[_Bundel]) -> list[dict[str, Any]]:
    """Make the invoices, with consecutive numbers per seller in the order given, and order their entries; returns their rows."""
    rekeningen = {dienst.code: dienst.rekening_gefactureerd for dienst in list_diensten(work)}
    reeksen, volgend = reeksen_van(work), {}
    per_verkoper = Counter(wie for bundel in bundels for wie in bundel.per_verkoper)
    for wie in sorted(per_verkoper):
        volgend[wie] = repository.neem_nummers(work.session, opdracht.jaar, wie, reeksen[wie], per_verkoper[wie])
    facturen: list[dict[str, Any]] = []
    regels: list[dict[str, Any]] = []
    verrekeningen: list[dict[str, Any]] = []
    for bundel in bundels:
        eerste: str | None = None
        for wie, delen in sorted(bundel.per_verkoper.items()):
            factuur = _nieuw(opdracht, bundel.afnemer, bundel.pakket, volgend[wie], sum(delen.values()))
            volgend[wie] += 1
            nummer = factuur["nummer"]
            eerste = eerste or nummer
            facturen.append(
                {
                    **factuur,
                    "verkoper": wie,
                    "bundel": eerste if len(bundel.per_verkoper) > 1 else None,
                    "vervangt": bundel.vervangt.get(wie),
                    "reden": bundel.reden,
                    "vastgesteld_op": work.clock.now(),
                    "verrekend_cent": sum(deel.bedrag_cent for deel in bundel.verrekend[wie]),
                    "aantal_verrekeningen": len(bundel.verrekend[wie]),
                }
            )
            verrekeningen += [
                {
                    "factuur": nummer,
                    "bedrag_cent": deel.bedrag_cent,
                    **{naam: getattr(deel.van, naam) for naam in _VERREKENING},
                }
                for deel in bundel.verrekend[wie]
            ]
            regels += [{"factuur": nummer, "dienst": dienst, "bedrag_cent": cent} for dienst, cent in delen.items()]
            boeking.boeken(
                work,
                datum=opdracht.factuurdatum,
                groep=opdracht.pad,
                pad=pad(nummer),
                omschrijving=rules.boekomschrijving(nummer, bundel.afnemer.gemeentenaam),
                regels=[
                    (DEBITEUREN, sum(delen.values())),
                    *((rekeningen[dienst], -cent) for dienst, cent in delen.items()),
                ],
            )
    if facturen:
        repository.add(work.session, facturen, regels, verrekeningen)
        work.record(
            action="factuur.vaststellen",
            subject=opdracht.pad,
            change={
                "eersteNummer": facturen[0]["nummer"],
                "laatsteNummer": facturen[-1]["nummer"],
                "totaalCent": sum(factuur["bedrag_cent"] for factuur in facturen),
            },
        )
    return facturen


def niet_gecrediteerd(work: Work, nummer: str) -> dict[str, int]:
    """Dienst to the cents of an invoice that have not been credited. Locks the invoice until the transaction ends."""
    repository.lock(work.session, [nummer])
    standen = repository.standen(work.session, [nummer])[nummer]
    return {stand.dienst: stand.gefactureerd_cent - stand.gecrediteerd_cent for stand in standen}


def is_vervangen(work: Work, nummer: str) -> bool:
    """Whether another invoice corrects this one, or a later one has settled what was wrong with it."""
    rij = zichtbaar(work, EVERYTHING, nummer)
    return bool(repository.vervangers(work.session, [nummer]) or repository.verrekend(work.session, [rij.bundel or nummer]))


def bundel_van(work: Work, rij: Values) -> Sequence[Values]:
    """An invoice, with those that are bundled with it."""
    return repository.gebundeld(work.session, rij.bundel) if rij.bundel else [rij]


def vervang(
    work: Work, oud: Sequence[Values], inwoners: int, reden: str, datum: date, betaaltermijn_dagen: int
) -> dict[str, str]:
    """Make the invoices that correct others, a whole bundle that has been credited in this transaction.

    Returns:
        the number of each old one to that of its new one.
    """
    een = oud[0]
    pakket = tarief.pakketten(work, een.tariefbesluit)[een.pakket]
    levert = {dienst.code: dienst.aanbieder for dienst in list_diensten(work)}
    alleen = None if len(oud) > 1 or een.verkoper == verkoper_rules.BUREAU else een.verkoper
    wijze = verkoper_rules.STICHTINGEN if len(oud) > 1 else verkoper_rules.PENVOERDER if alleen else verkoper_rules.BUREAU_ZELF
    regels = tarief_rules.factuurbedrag(pakket, inwoners, een.maanden).regels
    betaler = (een.betaler, een.betaler_naam) if een.betaler else None
    afnemer = Afnemer(een.abonnement, een.gemeentecode, een.gemeentenaam, een.pakket, inwoners, een.maanden, betaler=betaler)
    opdracht = Opdracht(een.jaar, een.tariefbesluit, een.peildatum, datum, betaaltermijn_dagen, pad(een.nummer))
    vervangt = {rij.verkoper: rij.nummer for rij in oud}
    per_verkoper, verrekend = _verdeeld(regels, _verrekeningen_op(work, oud), levert, wijze, alleen)
    bundel = _Bundel(afnemer, pakket, per_verkoper, vervangt, reden, verrekend)
    return {nieuw["vervangt"]: nieuw["nummer"] for nieuw in _leg_vast(work, opdracht, [bundel])}


def list_facturen(work: Work, zicht: Sight, wens: FacturenFilter) -> tuple[int, list[FactuurKort], dict[str, int]]:
    """(total number, invoices of this page, sums over all pages) that the caller may see."""
    count, rows = repository.list_facturen(work.session, zicht, wens)
    standen = repository.standen(work.session, [rij.nummer for rij in rows])
    totaal, betaald, gecrediteerd = repository.totalen(work.session, zicht, wens)
    results = FactuurKort.from_rows(rows, lambda rij: _betaald(rij, standen[rij.nummer]))
    return count, results, {"totaal_cent": totaal, "openstaand_cent": totaal - gecrediteerd - betaald}


def get_factuur(work: Work, zicht: Sight, nummer: str) -> Factuur:
    """One invoice.

    Raises:
        FactuurNietGevonden: no invoice has this number, or this caller may not see it.
    """
    rij = _zichtbaar(work, zicht, nummer)
    standen = repository.standen(work.session, [nummer])[nummer]
    diensten = {dienst.code: dienst for dienst in list_diensten(work)}
    return Factuur.from_row(
        rij,
        **_betaald(rij, standen),
        tariefbesluit=f"/v1/tariefbesluiten/{rij.tariefbesluit}",
        regels=Factuurregel.from_rows(
            standen,
            lambda s: {
                "naam": diensten[s.dienst].naam,
                "aanbieder": diensten[s.dienst].aanbieder,
                "bedrag_cent": s.gefactureerd_cent,
            },
        ),
        abonnement=f"/v1/abonnementen/{rij.abonnement}",
        facturatieronde=f"/v1/facturatierondes/{rij.jaar}",
        boeking=boeking.verwijzing(outbox.answers(work.session, [pad(nummer)]), pad(nummer)),
        vervangen_door=next(map(pad, repository.vervangers(work.session, [nummer]).values()), None),
        verrekeningen=[
            Verrekening.from_row(een, over=pad(een.over)) for een in repository.verrekeningen(work.session, [nummer])[nummer]
        ],
        onderbouwing=f"{pad(nummer)}/onderbouwing",
    )


def get_onderbouwing(work: Work, zicht: Sight, nummer: str) -> Onderbouwing:
    """The amount, recalculated from what the invoice stores and the decision that it names.

    Raises:
        FactuurNietGevonden: as `get_factuur`.
    """
    rij = _zichtbaar(work, zicht, nummer)
    besluit = tarief.get_tariefbesluit(work, rij.tariefbesluit)
    pakket = tarief.pakketten(work, rij.tariefbesluit)[rij.pakket]
    uitkomst = tarief_rules.factuurbedrag(pakket, rij.inwoners, rij.maanden)
    peildatum = rij.peildatum.isoformat()
    regels, verrekend = _opbouw(work, rij, uitkomst.regels)
    return Onderbouwing.make(
        factuur=pad(nummer),
        rekenregel=tarief_rules.rekenregel(pakket),
        verdeelregel=tarief_rules.VERDELING,
        invoer=Invoer.from_row(
            rij, bron=Reference(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}?peildatum={peildatum}")
        ),
        exact_cent=str(uitkomst.exact_cent),
        bedrag_cent=sum(regels.values()),
        verrekeningen=[
            Verrekend.make(
                over=pad(deel.van.over),
                van_inwoners=deel.van.van_inwoners,
                naar_inwoners=deel.van.naar_inwoners,
                bedrag_cent=deel.bedrag_cent,
                onderbouwing=f"{pad(deel.van.over)}/onderbouwing",
            )
            for deel in verrekend
        ],
        verdeling=[
            Deel.make(dienst=dienst, gewicht=pakket.gewichten[dienst], bedrag_cent=cent) for dienst, cent in regels.items()
        ],
        besluit=Besluit.from_row(besluit, pad=f"/v1/tariefbesluiten/{besluit.id}"),
    )


def narekenen(work: Work) -> Iterator[str]:
    """The paths of the invoices whose lines are not what their decision makes of their inhabitants; some at a time in memory."""
    pakketten: dict[str, Mapping[str, tarief_rules.Pakket]] = {}
    na = ""
    while rijen := repository.volgende(work.session, na, _SAMEN):
        na = rijen[-1].nummer
        standen = repository.standen(work.session, [rij.nummer for rij in rijen])
        for rij in rijen:
            if rij.tariefbesluit not in pakketten:
                pakketten[rij.tariefbesluit] = tarief.pakketten(work, rij.tariefbesluit)
            bedrag = tarief_rules.factuurbedrag(pakketten[rij.tariefbesluit][rij.pakket], rij.inwoners, rij.maanden)
            eigen = {stand.dienst: stand.gefactureerd_cent for stand in standen[rij.nummer]}
            if eigen != _opbouw(work, rij, bedrag.regels)[0]:
                yield pad(rij.nummer)


def van_nummers(work: Work, nummers: Collection[str]) -> Sequence[Values]:
    """The rows of these invoices, in order of number; for the other features of this service."""
    return repository.van_nummers(work.session, nummers)


def regels_van(work: Work, nummers: Collection[str]) -> dict[str, dict[str, int]]:
    """Invoice to the cents of its lines by dienst, in order of dienst."""
    standen = repository.standen(work.session, nummers)
    return {nummer: {stand.dienst: stand.gefactureerd_cent for stand in standen[nummer]} for nummer in nummers}


def zichtbaar(work: Work, zicht: Sight, nummer: str) -> Values:
    """The row of an invoice, for the other features of this service.

    Raises:
        FactuurNietGevonden: no invoice has this number, or this caller may not see it.
    """
    return _zichtbaar(work, zicht, nummer)


def bekende(work: Work, kenmerken: Collection[str], nummers: Collection[str]) -> tuple[dict[str, str], set[str]]:
    """Which of these exist: (kenmerk to the number of its invoice, invoice numbers)."""
    gevonden = repository.bekende(work.session, kenmerken, nummers)
    return {kenmerk: nummer for kenmerk, nummer in gevonden if kenmerk in kenmerken}, {n for _, n in gevonden if n in nummers}


def vergrendel(work: Work, nummers: Collection[str]) -> None:
    """Let nobody pay or credit these invoices until the transaction ends."""
    repository.lock(work.session, nummers)


def openstaand(work: Work, nummers: Collection[str]) -> dict[str, dict[str, int]]:
    """Invoice to the cents still open per dienst. Locks the invoices: nobody else can pay them until the transaction ends."""
    repository.lock(work.session, nummers)
    return {
        nummer: {s.dienst: max(0, s.bedrag_cent - s.betaald_cent) for s in standen}
        for nummer, standen in repository.standen(work.session, nummers).items()
    }


def te_veel_betaald(work: Work, nummer: str) -> dict[str, int]:
    """Dienst to the cents of an invoice that were paid above its amount without what was credited; lock it first."""
    standen = repository.standen(work.session, [nummer])[nummer]
    return {s.dienst: s.betaald_cent - s.bedrag_cent for s in standen if s.betaald_cent > s.bedrag_cent}


def open_posten(work: Work, hoogstens: int) -> Sequence[tuple[str, str, str, int]]:
    """(number, gemeentecode, gemeentenaam, open cents) of the first invoices, by number, that are not fully paid."""
    return repository.open_posten(work.session, hoogstens)


def gemeenten(work: Work, nummers: Collection[str]) -> set[str]:
    """Codes of the gemeenten of these invoices."""
    return repository.gemeenten(work.session, nummers)


def cent_per_dienst(work: Work, jaar: int | None) -> dict[str, int]:
    """Cents invoiced per dienst (by code), without what was credited; of all years when none is given."""
    return repository.netto_per_dienst(work.session, jaar)


def totalen(work: Work, jaar: int | None) -> tuple[int, int]:
    """(invoiced without what was credited, paid) in cents; of all years when none is given."""
    gefactureerd, betaald, gecrediteerd = repository.totalen_over(work.session, jaar)
    return gefactureerd - gecrediteerd, betaald


def omvang(work: Work, jaren: Collection[int]) -> dict[int, Omvang]:
    """What was invoiced in each of these years."""
    nummers, per_dienst = repository.omvang(work.session, jaren), repository.per_dienst(work.session, jaren)
    return {
        jaar: Omvang(aantal, gemeenten, eerste, laatste, per_dienst[jaar])
        for jaar, (aantal, eerste, laatste, gemeenten) in nummers.items()
    }


def laatst_gefactureerd(work: Work, jaar: int) -> Sequence[tuple[uuid.UUID, str]]:
    """(subscription, gemeentecode) of the last invoice of each seller of a year: where a round goes on."""
    return repository.laatste_per_verkoper(work.session, jaar)


def van_jaar(work: Work, jaar: int, codes: Collection[str]) -> dict[str, Values]:
    """Gemeentecode to what its standing invoices of a year rest on (`tariefbesluit`, `pakket`, `inwoners`, `maanden`), and their
    `bedrag_cent` together, without what they settle of earlier years."""
    return repository.van_jaar(work.session, jaar, codes)


def gemeenten_van_jaar(work: Work, jaar: int) -> set[str]:
    """Codes of the gemeenten with an invoice of a year."""
    return repository.gemeenten_van_jaar(work.session, jaar)


def peildata_te_verrekenen(work: Work, jaar: int) -> Sequence[date]:
    """Days of inhabitants that were provisional on invoices of years before this one."""
    return repository.peildata_te_verrekenen(work.session, jaar)


def te_verrekenen(work: Work, jaar: int, codes: Collection[str]) -> dict[str, list[Values]]:
    """Gemeentecode to its invoices of earlier years on provisional inhabitants that may turn out to be others."""
    gevonden: dict[str, list[Values]] = {}
    for rij in repository.te_verrekenen(work.session, jaar, codes):
        gevonden.setdefault(rij.gemeentecode, []).append(rij)
    return gevonden


def niet_meer_te_verrekenen(work: Work, verrekeningen: Sequence[rules.Verrekening]) -> set[str]:
    """Of the invoices that these are about, those that were settled otherwise, corrected or credited meanwhile. The others stay
    so until this transaction ends."""
    over = {een.over for een in verrekeningen}
    if not over:
        return set()
    repository.lock(work.session, over)
    nu = repository.volgnummers(work.session, over)
    return {een.over for een in verrekeningen if nu.get(een.over) != een.volgnummer - 1}


def pad(nummer: str) -> str:
    return f"/v1/facturen/{nummer}"


def verrekend_op(work: Work, rij: Values) -> list[Deelverrekening]:
    """What of the lines of an invoice settles earlier ones; they are in those lines."""
    if not rij.aantal_verrekeningen:
        return []
    pakket = tarief.pakketten(work, rij.tariefbesluit)[rij.pakket]
    return _opbouw(work, rij, tarief_rules.factuurbedrag(pakket, rij.inwoners, rij.maanden).regels)[1]


def _opbouw(work: Work, rij: Values, regels: Mapping[str, int]) -> tuple[dict[str, int], list[Deelverrekening]]:
    """(dienst to cents, settlements in them) of an invoice, worked out again from the division of the whole package."""
    levert = {dienst.code: dienst.aanbieder for dienst in list_diensten(work)}
    wijze = verkoper_rules.STICHTINGEN if rij.bundel else verkoper_rules.PENVOERDER
    alle = _verrekeningen_op(work, [rij])
    verdeeld, verrekend = _verdeeld(regels, alle, levert, wijze, None if rij.bundel else rij.verkoper)
    return verdeeld[rij.verkoper], verrekend[rij.verkoper]


def _verrekeningen_op(work: Work, bundel: Sequence[Values]) -> list[rules.Verrekening]:
    """What the invoices of a bundle settle together, worked out again."""
    rijen = [rij for alle in repository.verrekeningen(work.session, [rij.nummer for rij in bundel]).values() for rij in alle]
    over = {rij.nummer: rij for rij in repository.van_nummers(work.session, {rij.over for rij in rijen})}
    besluiten = {rij.tariefbesluit: tarief.pakketten(work, rij.tariefbesluit) for rij in over.values()}
    uniek = {rij.over: rij for rij in rijen}
    return [
        rules.verrekening_van(
            nummer,
            rij.volgnummer,
            besluiten[over[nummer].tariefbesluit][over[nummer].pakket],
            over[nummer].maanden,
            rij.van_inwoners,
            rij.naar_inwoners,
            definitief=rij.definitief,
        )
        for nummer, rij in sorted(uniek.items())
    ]


def _nieuw(
    opdracht: Opdracht, afnemer: Afnemer, pakket: tarief_rules.Pakket, volgnummer: int, bedrag_cent: int
) -> dict[str, Any]:
    return {
        "nummer": rules.factuurnummer(opdracht.jaar, volgnummer),
        "jaar": opdracht.jaar,
        "volgnummer": volgnummer,
        "abonnement": afnemer.abonnement,
        "gemeentecode": afnemer.gemeentecode,
        "gemeentenaam": afnemer.gemeentenaam,
        "tariefbesluit": opdracht.tariefbesluit,
        "pakket": pakket.code,
        "tarief_per_inwoner": pakket.tarief_per_inwoner,
        "inwoners": afnemer.inwoners,
        "maanden": afnemer.maanden,
        "voorlopig": afnemer.voorlopig,
        "betaler": afnemer.betaler and afnemer.betaler[0],
        "betaler_naam": afnemer.betaler and afnemer.betaler[1],
        "peildatum": opdracht.peildatum,
        "factuurdatum": opdracht.factuurdatum,
        "vervaldatum": opdracht.factuurdatum + timedelta(days=opdracht.betaaltermijn_dagen),
        "bedrag_cent": bedrag_cent,
        "betalingskenmerk": rules.betalingskenmerk(opdracht.jaar, afnemer.gemeentecode, volgnummer),
    }


def _zichtbaar(work: Work, zicht: Sight, nummer: str) -> Values:
    return found(repository.find(work.session, zicht, nummer), FactuurNietGevonden, f"Er is geen factuur {nummer}.")


def _betaald(rij: Values, standen: Sequence[Values]) -> dict[str, Any]:
    betaald = sum(stand.betaald_cent for stand in standen)
    gecrediteerd = sum(stand.gecrediteerd_cent for stand in standen)
    return {
        "betaald_cent": betaald,
        "gecrediteerd_cent": gecrediteerd,
        "openstaand_cent": rij.bedrag_cent - gecrediteerd - betaald,
        "gemeente": gemeente(rij.gemeentecode),
    }

"""Use cases of invoices."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight, found

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
)
from abonnement_api.tarief import rules as tarief_rules
from abonnement_api.tarief import service as tarief
from abonnement_api.verkoper import rules as verkoper_rules
from abonnement_api.verkoper import service as verkoper


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


@dataclass(frozen=True)
class Omvang:
    """The invoices of a year: their number, the first and last invoice number, and the cents per dienst (by code)."""

    aantal: int
    eerste_nummer: str | None
    laatste_nummer: str | None
    per_dienst_cent: Mapping[str, int]


def vaststellen(work: Work, opdracht: Opdracht, afnemers: Iterable[Afnemer], pakketten: Mapping[str, tarief_rules.Pakket]) -> int:
    """Make an invoice per subscriber, with consecutive numbers in order of gemeentecode, and order their entries.

    Returns:
        the number of invoices made.
    """
    volgorde = sorted(afnemers, key=lambda afnemer: afnemer.gemeentecode)
    levert = {dienst.code: dienst.aanbieder for dienst in list_diensten(work)}
    wijze, penvoerder = verkoper.wijze_van(work, opdracht.jaar)
    delen = []
    for afnemer in volgorde:
        regels = tarief_rules.factuurbedrag(pakketten[afnemer.pakket], afnemer.inwoners).regels
        per_verkoper = verkoper_rules.per_verkoper(regels, levert, wijze, penvoerder)
        delen.append(_Bundel(afnemer, pakketten[afnemer.pakket], per_verkoper, {}))
    _leg_vast(work, opdracht, delen)
    return len(volgorde)


@dataclass(frozen=True)
class _Bundel:
    """What one gemeente gets: per seller the cents per dienst, and the number of the invoice that it corrects."""

    afnemer: Afnemer
    pakket: tarief_rules.Pakket
    per_verkoper: Mapping[str, Mapping[str, int]]
    vervangt: Mapping[str, str]
    reden: str | None = None


def _leg_vast(work: Work, opdracht: Opdracht, bundels: Sequence[_Bundel]) -> list[dict[str, Any]]:
    """Make the invoices, with consecutive numbers per seller in the order given, and order their entries; returns their rows."""
    rekeningen = {dienst.code: dienst.rekening_gefactureerd for dienst in list_diensten(work)}
    reeksen, volgend = reeksen_van(work), {}
    per_verkoper = Counter(wie for bundel in bundels for wie in bundel.per_verkoper)
    for wie in sorted(per_verkoper):
        volgend[wie] = repository.neem_nummers(work.session, opdracht.jaar, wie, reeksen[wie], per_verkoper[wie])
    facturen: list[dict[str, Any]] = []
    regels: list[dict[str, Any]] = []
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
                }
            )
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
        repository.add(work.session, facturen, regels)
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
    """Whether another invoice corrects this one."""
    return bool(repository.vervangers(work.session, [nummer]))


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
    regels = tarief_rules.factuurbedrag(pakket, inwoners).regels
    afnemer = Afnemer(een.abonnement, een.gemeentecode, een.gemeentenaam, een.pakket, inwoners)
    opdracht = Opdracht(een.jaar, een.tariefbesluit, een.peildatum, datum, betaaltermijn_dagen, pad(een.nummer))
    vervangt = {rij.verkoper: rij.nummer for rij in oud}
    bundel = _Bundel(afnemer, pakket, verkoper_rules.per_verkoper(regels, levert, wijze, alleen), vervangt, reden)
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
    uitkomst = tarief_rules.factuurbedrag(pakket, rij.inwoners)
    peildatum = rij.peildatum.isoformat()
    if rij.bundel:
        levert = {dienst.code: dienst.aanbieder for dienst in list_diensten(work)}
        regels = verkoper_rules.per_verkoper(uitkomst.regels, levert, verkoper_rules.STICHTINGEN, None)[rij.verkoper]
    else:
        regels = dict(uitkomst.regels)
    return Onderbouwing.make(
        factuur=pad(nummer),
        rekenregel=tarief_rules.BEDRAG,
        verdeelregel=tarief_rules.VERDELING,
        invoer=Invoer.from_row(
            rij, bron=Reference(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}?peildatum={peildatum}")
        ),
        exact_cent=str(uitkomst.exact_cent),
        bedrag_cent=sum(regels.values()),
        verdeling=[
            Deel.make(dienst=dienst, gewicht=pakket.gewichten[dienst], bedrag_cent=cent) for dienst, cent in regels.items()
        ],
        besluit=Besluit.from_row(besluit, pad=f"/v1/tariefbesluiten/{besluit.id}"),
    )


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
    return {jaar: Omvang(aantal, eerste, laatste, per_dienst[jaar]) for jaar, (aantal, eerste, laatste) in nummers.items()}


def pad(nummer: str) -> str:
    return f"/v1/facturen/{nummer}"


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

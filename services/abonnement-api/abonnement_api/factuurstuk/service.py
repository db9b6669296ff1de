"""Use cases of the documents of invoices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.jobs import queued
from gemeengoed_kit.sight import Sight

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.betaler import service as betaler
from abonnement_api.betaler.rules import Factuuradres
from abonnement_api.creditnota import service as creditnota
from abonnement_api.factuur import service as factuur
from abonnement_api.factuurstuk import repository, rules
from abonnement_api.factuurstuk.controle import fouten_in
from abonnement_api.factuurstuk.errors import NogNietOpgemaakt
from abonnement_api.factuurstuk.pdf import pdf_van
from abonnement_api.factuurstuk.rules import Btw, Partij, Stuk, Stukregel
from abonnement_api.factuurstuk.schemas import Controle, Factuurstuk
from abonnement_api.factuurstuk.ubl import ubl_van
from abonnement_api.tarief import service as tarief
from abonnement_api.verkoper import service as verkoper

TASK = "factuurstuk.opmaken"
PER_KEER = 50
BUREAU = "administratiebureau"


def plan(work: Work) -> None:
    """Queue the making of documents, unless that is queued already."""
    if not queued(work.session, TASK):
        work.defer(TASK, lock=TASK)


def hervat(work: Work) -> None:
    """Queue it when some invoice waits for its documents; also for those that something keeps from it, perhaps no longer."""
    if repository.op_te_maken(work.session, "", 1):
        plan(work)


def opmaken(work: Work, iban: str, na: str) -> str | None:
    """Make the documents of the next invoices that have none and that nothing keeps from it.

    Args:
        iban: the account on which gemeenten pay.
        na: number of the invoice after which to begin.

    Returns:
        the number to go on after, or None when none is left.
    """
    nummers = repository.op_te_maken(work.session, na, PER_KEER)
    gemaakt: list[dict[str, Any]] = []
    for stuk, redenen in _stukken(work, nummers, iban).values():
        if stuk is None or redenen:
            continue
        pdf = pdf_van(stuk)
        ubl = ubl_van(stuk, pdf)
        fouten = fouten_in(ubl, stuk.bedrag_cent)
        gemaakt.append(
            {
                "nummer": stuk.nummer,
                "profiel": stuk.profiel,
                "ubl": ubl,
                "ubl_sha256": hashlib.sha256(ubl).hexdigest(),
                "pdf": pdf,
                "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
                "controle": {"regels": rules.REGELVERSIE, "fouten": fouten},
                "bewaren_tot": rules.bewaren_tot(stuk.datum),
                "opgemaakt_op": work.clock.now(),
            }
        )
    if gemaakt:
        repository.add(work.session, gemaakt)
        eerste, laatste = gemaakt[0]["nummer"], gemaakt[-1]["nummer"]
        work.record(
            action="factuurstuk.opmaken",
            subject=factuur.pad(eerste),
            change={"aantal": len(gemaakt), "eersteNummer": eerste, "laatsteNummer": laatste},
        )
    return nummers[-1] if len(nummers) == PER_KEER else None


def get_stuk(work: Work, zicht: Sight, nummer: str, iban: str) -> Factuurstuk:
    """What is known of the documents of an invoice, or what keeps them from being made.

    Raises:
        FactuurNietGevonden: no invoice has this number, or this caller may not see it.
    """
    pad = _zichtbaar(work, zicht, nummer)
    paden = {"ubl": f"{pad}/ubl", "pdf": f"{pad}/pdf"}
    stuk = repository.find(work.session, nummer)
    if stuk is not None:
        controle = Controle.make(**stuk.controle)
        return Factuurstuk.from_row(stuk, status="opgemaakt", belemmeringen=[], controle=controle, **paden)
    leeg = dict.fromkeys(("profiel", "ubl_sha256", "pdf_sha256", "controle", "bewaren_tot", "opgemaakt_op"))
    redenen = _stukken(work, [nummer], iban)[nummer][1]
    return Factuurstuk.make(nummer=nummer, status="niet-opgemaakt", belemmeringen=redenen, **leeg, **paden)


def get_bytes(work: Work, zicht: Sight, nummer: str, vorm: str, iban: str) -> tuple[bytes, str]:
    """The exact bytes of the form "ubl" or "pdf", and their hash.

    Raises:
        FactuurNietGevonden: no invoice has this number, or this caller may not see it.
        NogNietOpgemaakt: it has no documents yet; says why.
    """
    _zichtbaar(work, zicht, nummer)
    gevonden = repository.bytes_van(work.session, nummer, vorm)
    if gevonden is None:
        redenen = _stukken(work, [nummer], iban)[nummer][1]
        waarom = "; ".join(redenen) if redenen else "dat gebeurt zo"
        raise NogNietOpgemaakt(f"Factuur {nummer} is nog niet opgemaakt: {waarom}.", belemmeringen=redenen)
    return gevonden


def belemmeringen(work: Work, nummers: Sequence[str], iban: str) -> dict[str, list[str]]:
    """Number to what keeps these invoices and credit notes from being made up."""
    return {nummer: redenen for nummer, (_, redenen) in _stukken(work, nummers, iban).items()}


def bytes_van(work: Work, nummer: str, vorm: str) -> bytes | None:
    """The exact bytes of the form "ubl" or "pdf", for the other features of this service; None when it was not made up."""
    gevonden = repository.bytes_van(work.session, nummer, vorm)
    return None if gevonden is None else gevonden[0]


def _zichtbaar(work: Work, zicht: Sight, nummer: str) -> str:
    """The path of an invoice or credit note, or a refusal when this caller may not see it."""
    if rules.is_creditnummer(nummer):
        return creditnota.pad(creditnota.zichtbaar(work, zicht, nummer).nummer)
    return factuur.pad(factuur.zichtbaar(work, zicht, nummer).nummer)


def _stukken(work: Work, nummers: Sequence[str], iban: str) -> dict[str, tuple[Stuk | None, list[str]]]:
    """Number to its content (None when that is not known) and what keeps it from being made; in a constant number of queries
    per day and decision."""
    kredieten = {rij.nummer: rij for rij in creditnota.van_nummers(work, [n for n in nummers if rules.is_creditnummer(n)])}
    gevraagd = [nummer for nummer in nummers if nummer not in kredieten]
    facturen = {rij.nummer: rij for rij in factuur.van_nummers(work, [*gevraagd, *(k.factuur for k in kredieten.values())])}
    regels = {**factuur.regels_van(work, gevraagd), **creditnota.regels_van(work, list(kredieten))}
    diensten = {dienst.code: dienst for dienst in list_diensten(work)}
    adressen = betaler.factuuradressen(work, {(rij.gemeentecode, rij.betaler) for rij in facturen.values()})
    besluiten = {id: _besluit(work, id) for id in {rij.tariefbesluit for rij in facturen.values()}}
    # A credit note has the treatment that its invoice has, also when another was put down for that day since.
    gemaakt = repository.opgemaakt_op(work.session, [krediet.factuur for krediet in kredieten.values()])
    dagen = {rij.factuurdatum for rij in facturen.values()}
    verkopers = {dag: verkoper.gegevens_op(work, {BUREAU, *(rij.verkoper for rij in facturen.values())}, dag) for dag in dagen}
    btw = {dag: verkoper.behandelingen_op(work, dag) for dag in dagen}
    gevonden: dict[str, tuple[Stuk | None, list[str]]] = {}
    for nummer in nummers:
        krediet = kredieten.get(nummer)
        rij = facturen[krediet.factuur if krediet else nummer]
        verrekend = [] if krediet else factuur.verrekend_op(work, rij)
        delen = _getoond(rij, regels[nummer], diensten)
        eigen = {
            code: _btw(btw[rij.factuurdatum], rij.verkoper, code, gemaakt.get(rij.nummer) if krediet else None) for code in delen
        }
        bekend, aan = verkopers[rij.factuurdatum], adressen.get((rij.gemeentecode, rij.betaler))
        verkoopt = _verkoper(bekend[rij.verkoper]) if rij.verkoper in bekend and BUREAU in bekend else None
        begunstigde = None if rij.verkoper == BUREAU or BUREAU not in bekend else (bekend[BUREAU].naam, bekend[BUREAU].kvk)
        namen = {diensten[code].naam: behandeling for code, behandeling in eigen.items()}
        stuk = None
        if verkoopt is not None and aan is not None:
            los = [regel for deel in verrekend for regel in _los(deel, _getoond(rij, deel.regels, diensten), eigen)]
            for deel in verrekend:
                for code, cent in _getoond(rij, deel.regels, diensten).items():
                    delen[code] -= cent
            stuk = _stuk(
                rij, krediet, verkoopt, begunstigde, aan, delen, eigen, diensten, iban, besluiten[rij.tariefbesluit], los
            )
        redenen = rules.belemmeringen(verkoopt, aan is not None, namen, iban)
        if stuk is not None and rules.onschrijfbaar(stuk):
            redenen.append("een naam, adres of kenmerk heeft een teken dat niet in een e-factuur kan staan")
        gevonden[nummer] = stuk, redenen
    return gevonden


def _getoond(rij: Values, regels: Mapping[str, int], diensten: Mapping[str, Any]) -> dict[str, int]:
    """The lines as the document shows them: in a bundle the part of the bureau's fee is in the line of the seller's own dienst,
    since gemeenten pay the foundations, and these the bureau."""
    if not rij.bundel:
        return dict(regels)
    # A credit note may be about the fee alone: then too it is in the line in which the invoice has it.
    van_verkoper = [code for code, dienst in diensten.items() if dienst.aanbieder == rij.verkoper]
    eigen = [code for code in regels if code in van_verkoper] or van_verkoper[:1]
    getoond = {code: regels.get(code, 0) for code in eigen}
    getoond[eigen[0]] += sum(cent for code, cent in regels.items() if code not in getoond)
    return getoond


def _besluit(work: Work, id: str) -> str:
    besluit = tarief.get_tariefbesluit(work, id)
    return f"{besluit.gremium} {besluit.datum:%d-%m-%Y} ({besluit.bronvermelding})"


def _stuk(
    rij: Values,
    krediet: Values | None,
    verkoopt: Partij,
    begunstigde: tuple[str, str] | None,
    aan: Factuuradres,
    regels: Mapping[str, int],
    btw: Mapping[str, Btw],
    diensten: Mapping[str, Any],
    iban: str,
    besluit: str,
    los: Sequence[Stukregel],
) -> Stuk:
    deel = "" if rij.maanden == 12 else f" over {rij.maanden} maanden"
    omschrijving = f"Bijdrage {rij.jaar}{deel}; {_aantal(rij.inwoners)} inwoners op {rij.peildatum:%d-%m-%Y} (CBS)"
    return Stuk(
        nummer=krediet.nummer if krediet else rij.nummer,
        soort=rules.CREDITNOTA if krediet else rules.FACTUUR,
        profiel=aan.profiel,
        datum=krediet.datum if krediet else rij.factuurdatum,
        vervaldatum=rij.vervaldatum,
        jaar=rij.jaar,
        verkoper=verkoopt,
        afnemer=Partij(aan.naam, aan.straat, aan.postcode, aan.plaats, oin=aan.oin, email=aan.email),
        begunstigde=begunstigde,
        iban=iban,
        betalingskenmerk=rij.betalingskenmerk,
        kenmerk_afnemer=aan.kenmerk_afnemer,
        ordernummer=aan.ordernummer,
        contract=aan.contract,
        kostenplaats=aan.kostenplaats,
        taakveld=aan.taakveld,
        regels=[
            Stukregel(diensten[code].naam, omschrijving, cent, btw[code])
            for code, cent in sorted(regels.items(), key=lambda deel: diensten[deel[0]].rekening_gefactureerd)
        ]
        + [*los],
        toelichting=_toelichting(rij, krediet),
        oorspronkelijk=(rij.nummer, rij.factuurdatum) if krediet else None,
        inwoners=rij.inwoners,
        peildatum=rij.peildatum,
        tarief=rij.tarief_per_inwoner,
        besluit=besluit,
    )


def _los(deel: factuur.Deelverrekening, regels: Mapping[str, int], btw: Mapping[str, Btw]) -> list[Stukregel]:
    """What an invoice settles of an earlier one: a line for each treatment of BTW."""
    per_btw: dict[Btw, int] = {}
    for code, cent in regels.items():
        per_btw[btw[code]] = per_btw.get(btw[code], 0) + cent
    van = deel.van
    tekst = f"Factuur {van.over}: {_aantal(van.naar_inwoners)} inwoners in plaats van {_aantal(van.van_inwoners)}"
    return [Stukregel(f"Verrekening {van.over[:4]}", tekst, cent, een, los=True) for een, cent in per_btw.items() if cent]


def _aantal(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


def _toelichting(rij: Values, krediet: Values | None) -> str:
    if krediet:
        return f"Creditnota bij factuur {rij.nummer}. Reden: {krediet.reden}"
    deel = "het hele jaar" if rij.maanden == 12 else f"{rij.maanden} maanden"
    gewoon = f"Abonnement {rij.jaar} voor {rij.gemeentenaam}, vooraf voor {deel}"
    if rij.bundel:
        gewoon += ". Dit is het deel van deze verkoper; samen met de facturen van de andere is dat de prijs van het pakket"
    return f"{gewoon}. In de plaats van factuur {rij.vervangt}. Reden: {rij.reden}" if rij.vervangt else gewoon


def _verkoper(rij: Values) -> Partij:
    return Partij(rij.naam, rij.straat, rij.postcode, rij.plaats, rij.kvk, rij.oin, rij.btw_id, rij.email)


def _btw(bekend: Sequence[Values], verkoopt: str, dienst: str, voor: datetime | None) -> Btw:
    """The last treatment, of those that were put down before a moment."""
    eigen = [rij for rij in bekend if (rij.verkoper, rij.dienst) == (verkoopt, dienst)]
    rij = next((rij for rij in reversed(eigen) if voor is None or rij.vastgelegd_op <= voor), None)
    return Btw(rij.categorie, rij.percentage, rij.tekst) if rij is not None else Btw(rules.ONBEKEND)

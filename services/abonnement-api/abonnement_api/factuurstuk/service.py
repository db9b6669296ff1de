"""Use cases of the documents of invoices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.jobs import queued
from gemeengoed_kit.sight import Sight

from abonnement_api.aanbieder.service import list_diensten
from abonnement_api.factuur import service as factuur
from abonnement_api.factuurgegevens import service as factuurgegevens
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
    rijen = factuur.van_nummers(work, nummers)
    gemaakt: list[dict[str, Any]] = []
    for stuk, redenen in _stukken(work, rijen, iban).values():
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
    rij = factuur.zichtbaar(work, zicht, nummer)
    paden = {"ubl": f"{factuur.pad(nummer)}/ubl", "pdf": f"{factuur.pad(nummer)}/pdf"}
    stuk = repository.find(work.session, nummer)
    if stuk is not None:
        controle = Controle.make(**stuk.controle)
        return Factuurstuk.from_row(stuk, status="opgemaakt", belemmeringen=[], controle=controle, **paden)
    leeg = dict.fromkeys(("profiel", "ubl_sha256", "pdf_sha256", "controle", "bewaren_tot", "opgemaakt_op"))
    redenen = _stukken(work, [rij], iban)[nummer][1]
    return Factuurstuk.make(nummer=nummer, status="niet-opgemaakt", belemmeringen=redenen, **leeg, **paden)


def get_bytes(work: Work, zicht: Sight, nummer: str, vorm: str, iban: str) -> tuple[bytes, str]:
    """The exact bytes of the form "ubl" or "pdf", and their hash.

    Raises:
        FactuurNietGevonden: no invoice has this number, or this caller may not see it.
        NogNietOpgemaakt: it has no documents yet; says why.
    """
    rij = factuur.zichtbaar(work, zicht, nummer)
    gevonden = repository.bytes_van(work.session, nummer, vorm)
    if gevonden is None:
        redenen = _stukken(work, [rij], iban)[nummer][1]
        waarom = "; ".join(redenen) if redenen else "dat gebeurt zo"
        raise NogNietOpgemaakt(f"Factuur {nummer} is nog niet opgemaakt: {waarom}.", belemmeringen=redenen)
    return gevonden


def _stukken(work: Work, rijen: Sequence[Values], iban: str) -> dict[str, tuple[Stuk | None, list[str]]]:
    """Number to its content (None when that is not known) and what keeps it from being made; in a constant number of queries
    per day and decision."""
    gevonden: dict[str, tuple[Stuk | None, list[str]]] = {}
    diensten = {dienst.code: dienst for dienst in list_diensten(work)}
    gemeenten = factuurgegevens.van(work, {rij.gemeentecode for rij in rijen})
    regels = factuur.regels_van(work, [rij.nummer for rij in rijen])
    besluiten = {id: tarief.get_tariefbesluit(work, id) for id in {rij.tariefbesluit for rij in rijen}}
    for dag in sorted({rij.factuurdatum for rij in rijen}):
        verkopers = verkoper.gegevens_op(work, {BUREAU}, dag)
        btw = verkoper.behandelingen_op(work, dag)
        for rij in (rij for rij in rijen if rij.factuurdatum == dag):
            eigen = {code: _btw(btw, BUREAU, code) for code in regels[rij.nummer]}
            wie, aan = verkopers.get(BUREAU), gemeenten.get(rij.gemeentecode)
            verkoopt = _verkoper(wie) if wie else None
            namen = {diensten[code].naam: behandeling for code, behandeling in eigen.items()}
            redenen = rules.belemmeringen(verkoopt, aan is not None, namen, iban)
            besluit = besluiten[rij.tariefbesluit]
            tekst = f"{besluit.gremium} {besluit.datum:%d-%m-%Y} ({besluit.bronvermelding})"
            stuk = None
            if verkoopt is not None and aan is not None:
                stuk = _stuk(rij, verkoopt, aan, regels[rij.nummer], eigen, diensten, iban, tekst)
            gevonden[rij.nummer] = (stuk, redenen)
    return gevonden


def _stuk(
    rij: Values,
    verkoopt: Partij,
    aan: Values,
    regels: Mapping[str, int],
    btw: Mapping[str, Btw],
    diensten: Mapping[str, Any],
    iban: str,
    besluit: str,
) -> Stuk:
    inwoners = f"{rij.inwoners:,}".replace(",", ".")
    omschrijving = f"Bijdrage {rij.jaar}; {inwoners} inwoners op {rij.peildatum:%d-%m-%Y} (CBS)"
    return Stuk(
        nummer=rij.nummer,
        soort=rules.FACTUUR,
        profiel=aan.profiel,
        datum=rij.factuurdatum,
        vervaldatum=rij.vervaldatum,
        jaar=rij.jaar,
        verkoper=verkoopt,
        afnemer=Partij(aan.naam, aan.straat, aan.postcode, aan.plaats, oin=aan.oin, email=aan.email),
        begunstigde=None,
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
        ],
        toelichting=f"Abonnement {rij.jaar} voor {rij.gemeentenaam}, vooraf voor het hele jaar",
        inwoners=rij.inwoners,
        peildatum=rij.peildatum,
        tarief=rij.tarief_per_inwoner,
        besluit=besluit,
    )


def _verkoper(rij: Values) -> Partij:
    return Partij(rij.naam, rij.straat, rij.postcode, rij.plaats, rij.kvk, rij.oin, rij.btw_id, rij.email)


def _btw(bekend: Mapping[tuple[str, str], Values], verkoopt: str, dienst: str) -> Btw:
    rij = bekend.get((verkoopt, dienst))
    return Btw(rij.categorie, rij.percentage, rij.tekst) if rij is not None else Btw(rules.ONBEKEND)

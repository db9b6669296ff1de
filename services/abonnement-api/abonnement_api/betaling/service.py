"""Use cases of incoming money."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from abonnement_api.betaling import camt, repository, rules
from abonnement_api.betaling.errors import (
    AfschriftGewijzigd,
    BankafschriftNietGevonden,
    BankreferentieHergebruikt,
    BetalingNietGevonden,
    OngeldigAfschrift,
)
from abonnement_api.betaling.schemas import Bankafschrift, Betaling, BetalingenFilter, BetalingKort, Toewijzing
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import BANK, DEBITEUREN, NOG_TE_KOPPELEN
from abonnement_api.factuur import service as factuur


def inlezen(work: Work, afschriften: list[camt.Afschrift], eigen_iban: str) -> tuple[Bankafschrift, bool]:
    """Store a statement: its receipts, what they pay, and the entries for fonds.

    Returns:
        the statement, and whether it is new: the same statement again changes nothing.

    Raises:
        OngeldigAfschrift: unreadable, more than one statement, or not of our account.
        AfschriftGewijzigd, BankreferentieHergebruikt: it contradicts what the bank said before.
        TooFarAhead: a receipt is booked more than a year from now.
    """
    gelezen = _een_van_ons(afschriften, eigen_iban)
    repository.lock_rekening(work.session, gelezen.iban)
    bestaand = repository.find_afschrift(work.session, gelezen.iban, gelezen.nummer)
    if bestaand is not None:
        if bestaand.vingerafdruk != gelezen.vingerafdruk:
            raise AfschriftGewijzigd(
                f"Afschrift {gelezen.nummer} van {gelezen.iban} is op {bestaand.ingelezen_op:%Y-%m-%d} "
                "met andere inhoud ingelezen; wat is geboekt, wijzigt niet."
            )
        return get_afschrift(work, bestaand.id), False
    if gelezen.ontvangsten:
        require_near(work.clock, boekdatum=max(ontvangst.boekdatum for ontvangst in gelezen.ontvangsten))
    nieuw = _nog_onbekend(work, gelezen)
    bekend_cent = sum(o.bedrag_cent for o in gelezen.ontvangsten) - sum(o.bedrag_cent for o in nieuw)
    vorig_eind = repository.laatste_eind(work.session, gelezen.iban)
    id = uuid.uuid4()
    betalingen, toewijzingen = _verwerken(work, id, gelezen.iban, nieuw)
    repository.add(
        work.session,
        {
            "id": id,
            "iban": gelezen.iban,
            "afschriftnummer": gelezen.nummer,
            "vingerafdruk": gelezen.vingerafdruk,
            "beginsaldo_cent": gelezen.beginsaldo_cent,
            "eindsaldo_cent": gelezen.eindsaldo_cent,
            "begindag": gelezen.begindag,
            "einddag": gelezen.einddag,
            "volgens_bank_cent": rules.nieuw_volgens_bank(
                gelezen.bijgeschreven_cent, bekend_cent, rules.Saldo(gelezen.beginsaldo_cent, gelezen.begindag), vorig_eind
            ),
            "al_bekend": len(gelezen.ontvangsten) - len(nieuw),
            "ingelezen_op": work.clock.now(),
        },
        betalingen,
        toewijzingen,
    )
    work.session.flush()
    afschrift = get_afschrift(work, id)
    work.record(
        action="bankafschrift.inlezen",
        subject=pad_afschrift(id),
        change={
            "afschriftnummer": gelezen.nummer,
            "aantal": afschrift.aantal,
            "ontvangenCent": afschrift.ontvangen_cent,
            "gekoppeldCent": afschrift.gekoppeld_cent,
        },
    )
    return afschrift, True


def list_afschriften(work: Work, wens: PageQuery) -> tuple[int, list[Bankafschrift]]:
    """(total number, statements of this page), in the order in which they were read."""
    count, rows = repository.list_afschriften(work.session, wens)
    return count, _afschriften(work, rows)


def get_afschrift(work: Work, id: uuid.UUID) -> Bankafschrift:
    """One statement.

    Raises:
        BankafschriftNietGevonden: no statement has this id.
    """
    rij = found(repository.get_afschrift(work.session, id), BankafschriftNietGevonden, f"Er is geen bankafschrift {id}.")
    return _afschriften(work, [rij])[0]


def list_betalingen(work: Work, wens: BetalingenFilter) -> tuple[int, list[BetalingKort], dict[str, int]]:
    """(total number, receipts of this page, sums over all pages)."""
    count, rows = repository.list_betalingen(work.session, wens)
    ontvangen, gekoppeld = repository.totalen(work.session, wens)
    sommen = {"ontvangen_cent": ontvangen, "niet_gekoppeld_cent": ontvangen - gekoppeld}
    return count, BetalingKort.from_rows(rows, _verder), sommen


def get_betaling(work: Work, id: uuid.UUID) -> Betaling:
    """One receipt.

    Raises:
        BetalingNietGevonden: no receipt has this id.
    """
    rij = found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")
    eigen = repository.toewijzingen(work.session, id)
    return Betaling.from_row(
        rij,
        **_verder(rij),
        boeking=boeking.verwijzing(outbox.answers(work.session, [pad(id)]), pad(id)),
        toewijzingen=Toewijzing.from_rows(eigen, lambda deel: {"factuur": factuur.pad(deel.factuur)}),
    )


def totalen(work: Work) -> tuple[int, int, int]:
    """(received, matched, received according to the bank's own figures) of all statements, in cents."""
    return *repository.totalen(work.session), repository.volgens_bank(work.session)


def gaten(work: Work) -> int:
    """Number of statements whose opening balance is the closing balance of no other: at least so many statements are missing."""
    return repository.gaten(work.session)


def pad(id: uuid.UUID) -> str:
    return f"/v1/betalingen/{id}"


def pad_afschrift(id: uuid.UUID) -> str:
    return f"/v1/bankafschriften/{id}"


def _een_van_ons(afschriften: list[camt.Afschrift], eigen_iban: str) -> camt.Afschrift:
    fouten = [
        InvalidParam(f"Stmt.{nummer}.Acct.Id.IBAN", "iban", f"{afschrift.iban} is niet de rekening {eigen_iban}")
        for nummer, afschrift in enumerate(afschriften)
        if afschrift.iban != eigen_iban
    ]
    if len(afschriften) > 1:
        fouten.append(InvalidParam("Stmt", "aantal", f"{len(afschriften)} afschriften in één bestand; stuur ze elk apart"))
    if fouten:
        raise OngeldigAfschrift(f"Het bankafschrift bevat {len(fouten)} fout(en); zie invalidParams.", invalid_params=fouten)
    return afschriften[0]


def _nog_onbekend(work: Work, gelezen: camt.Afschrift) -> list[camt.Ontvangst]:
    """The receipts that no earlier statement had; statements may overlap, but may not contradict each other."""
    bekend = repository.bekend(work.session, gelezen.iban, [ontvangst.bankreferentie for ontvangst in gelezen.ontvangsten])
    anders = [
        o.bankreferentie
        for o in gelezen.ontvangsten
        if o.bankreferentie in bekend and bekend[o.bankreferentie] != (o.boekdatum, o.bedrag_cent)
    ]
    if anders:
        raise BankreferentieHergebruikt(f"Een eerder afschrift gaf een ander bedrag of een andere dag bij: {', '.join(anders)}.")
    return [o for o in gelezen.ontvangsten if o.bankreferentie not in bekend]


def _verwerken(
    work: Work, afschrift: uuid.UUID, iban: str, ontvangsten: Sequence[camt.Ontvangst]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(rows of receipts, rows of what they pay); also puts their entries in the outbox."""
    koppelingen = _koppelen(work, ontvangsten)
    open_cent = factuur.openstaand(work, {koppeling.factuur for koppeling in koppelingen if koppeling.factuur})
    betalingen: list[dict[str, Any]] = []
    toewijzingen: list[dict[str, Any]] = []
    for volgnummer, (ontvangst, koppeling) in enumerate(zip(ontvangsten, koppelingen, strict=True), start=1):
        id = uuid.uuid4()
        delen = rules.toewijzen(ontvangst.bedrag_cent, open_cent[koppeling.factuur]) if koppeling.factuur else {}
        for dienst, cent in delen.items():
            open_cent[str(koppeling.factuur)][dienst] -= cent
            toewijzingen.append({"betaling": id, "factuur": koppeling.factuur, "dienst": dienst, "bedrag_cent": cent})
        gekoppeld = sum(delen.values())
        te_veel = koppeling.factuur and gekoppeld < ontvangst.bedrag_cent
        betalingen.append(
            {
                "id": id,
                "bankafschrift": afschrift,
                "volgnummer": volgnummer,
                "iban": iban,
                "bankreferentie": ontvangst.bankreferentie,
                "boekdatum": ontvangst.boekdatum,
                "bedrag_cent": ontvangst.bedrag_cent,
                "tegenrekening": ontvangst.tegenrekening,
                "naam": ontvangst.naam,
                "kenmerk": " ".join(ontvangst.kenmerken) or None,
                "omschrijving": ontvangst.omschrijving,
                "factuur": koppeling.factuur,
                "koppeling": koppeling.manier,
                "reden": rules.TE_VEEL if te_veel else koppeling.reden,
            }
        )
        boeking.boeken(
            work,
            datum=ontvangst.boekdatum,
            pad=pad(id),
            groep=pad_afschrift(afschrift),
            omschrijving=f"Ontvangst op factuur {koppeling.factuur}" if koppeling.factuur else "Ontvangst, nog te koppelen",
            regels=[
                (BANK, ontvangst.bedrag_cent),
                (DEBITEUREN, -gekoppeld),
                (NOG_TE_KOPPELEN, gekoppeld - ontvangst.bedrag_cent),
            ],
        )
    return betalingen, toewijzingen


def _koppelen(work: Work, ontvangsten: Sequence[camt.Ontvangst]) -> list[rules.Koppeling]:
    genoemd = [rules.genoemd(o.kenmerken, o.omschrijving) for o in ontvangsten]
    kenmerken, nummers = factuur.bekende(
        work, set().union(*(kenmerken for kenmerken, _ in genoemd)), set().union(*(nummers for _, nummers in genoemd))
    )
    return [rules.koppelen(o.kenmerken, o.omschrijving, kenmerken, nummers) for o in ontvangsten]


def _afschriften(work: Work, rows: Sequence[Values]) -> list[Bankafschrift]:
    omvang = repository.omvang(work.session, [rij.id for rij in rows])
    standen = boeking.boekstanden(work, [pad_afschrift(rij.id) for rij in rows], "ingelezen")

    def verder(rij: Values) -> dict[str, Any]:
        aantal, ontvangen, gekoppeld = omvang.get(rij.id, (0, 0, 0))
        return {
            "aantal": aantal,
            "ontvangen_cent": ontvangen,
            "gekoppeld_cent": gekoppeld,
            "niet_gekoppeld_cent": ontvangen - gekoppeld,
            "ontvangen_volgens_bank_cent": rij.volgens_bank_cent,
            "verschil_cent": 0 if rij.volgens_bank_cent is None else rij.volgens_bank_cent - ontvangen,
            "betalingen": f"/v1/betalingen?bankafschrift={rij.id}",
            **standen[pad_afschrift(rij.id)],
        }

    return Bankafschrift.from_rows(rows, verder)


def _verder(rij: Values) -> dict[str, Any]:
    return {
        "bankafschrift": pad_afschrift(rij.bankafschrift),
        "factuur": factuur.pad(rij.factuur) if rij.factuur else None,
        "niet_gekoppeld_cent": rij.bedrag_cent - rij.gekoppeld_cent,
    }

"""Use cases of nota's."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam, NotFound
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight, found

from fonds_api.afrekening import service as afrekening
from fonds_api.bijdrage import service as bijdrage
from fonds_api.boeking.rules import Regel
from fonds_api.boeking.service import EigenBoeking, boeken_eigen
from fonds_api.nota import repository, rules
from fonds_api.nota.errors import (
    NietTeCrediteren,
    NietToeTeRekenen,
    NotaNietGevonden,
    NotarondeOnduidelijk,
    OnbekendeNota,
    OnbekendeNotabron,
)
from fonds_api.nota.schemas import NieuweCreditnota, NieuweNotaronde, Nota, Notaronde, NotasFilter
from fonds_api.omslag.rules import termijnen


def maken(work: Work, zicht: Sight, nieuw: NieuweNotaronde) -> tuple[Notaronde, bool]:
    """Make the nota's of a term of a round, or of a settlement: all of them or none, each with its entry.

    Returns:
        what was made, and whether it was now: asking again changes nothing.

    Raises:
        NotarondeOnduidelijk: it names neither, or both.
        OnbekendeNotabron: the round, term or settlement does not exist, or is not this caller's.
        OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen: they cannot be booked; see `boeking.service.boeken_eigen`.
    """
    if (nieuw.afrekening is None) == (nieuw.ronde is None) or (nieuw.ronde is None) != (nieuw.termijn is None):
        fouten = [InvalidParam(naam, "keuze", "ronde met termijn, of afrekening") for naam in ("ronde", "termijn", "afrekening")]
        raise NotarondeOnduidelijk("Noem een ronde met een termijn, of een afrekening.", invalid_params=fouten)
    datum = today(work.clock)
    fonds, concepten = _van_afrekening(work, zicht, nieuw, datum) if nieuw.afrekening else _van_ronde(work, zicht, nieuw, datum)
    repository.vergrendel_nummers(work.session, fonds, datum.year)
    bron = {"ronde": nieuw.ronde, "termijn": nieuw.termijn, "afrekening": nieuw.afrekening}
    al = repository.van_bron(work.session, nieuw.ronde, nieuw.termijn, nieuw.afrekening)
    if not al and concepten:
        _insert(work, fonds, datum, concepten, bron)
    if not al:
        change = {**nieuw.model_dump(mode="json", by_alias=True), "aantal": len(concepten)}
        work.record(action="nota.maken", subject=f"/v1/fondsen/{fonds}", change=change)
    gemaakt = al or repository.van_bron(work.session, nieuw.ronde, nieuw.termijn, nieuw.afrekening)
    ronde = Notaronde.make(
        fonds=fonds,
        **bron,
        aantal=len(gemaakt),
        bedrag_cent=sum(rij.bedrag_cent for rij in gemaakt),
        eerste=gemaakt[0].id if gemaakt else None,
        laatste=gemaakt[-1].id if gemaakt else None,
    )
    return ronde, not al


def crediteren(work: Work, zicht: Sight, id: str, nieuw: NieuweCreditnota) -> Nota:
    """Take back (a part of) a nota by a creditnota, with its entry; the nota itself does not change.

    Raises:
        NotaNietGevonden: see `get_nota`.
        NietTeCrediteren: it is a creditnota itself, or less is left of it.
        OnbekendeRekening, PeriodeGesloten, SaldoBuitenGrenzen: as for `maken`.
    """
    rij = _zichtbare(work, zicht, id)
    repository.vergrendel_debiteur(work.session, rij.fonds, rij.gemeentecode)
    over = rij.bedrag_cent - repository.gecrediteerd(work.session, id) if rij.soort == "nota" else 0
    if nieuw.bedrag_cent > over:
        raise NietTeCrediteren(f"Van nota {id} is nog {format_euros(over)} te crediteren.", hoogstensCent=over)
    datum = today(work.clock)
    repository.vergrendel_nummers(work.session, rij.fonds, datum.year)
    concept = rules.Concept(
        rij.gemeentecode, rij.gemeentenaam, -nieuw.bedrag_cent, rij.tegenrekening, datum, f"Creditnota bij {id}"
    )
    (nummer,) = _insert(work, rij.fonds, datum, [concept], {"betreft": id, "reden": nieuw.reden})
    change = {**nieuw.model_dump(mode="json", by_alias=True), "betreft": id}
    work.record(action="nota.crediteren", subject=pad(nummer), change=change)
    return get_nota(work, zicht, nummer)


def list_notas(work: Work, zicht: Sight, wens: NotasFilter) -> tuple[int, list[Nota], dict[str, int]]:
    """(total number, nota's of this page, sums over all pages) that the caller may see."""
    count, sommen, rijen = repository.list_notas(work.session, zicht, wens)
    return count, Nota.from_rows(rijen, _erbij), sommen


def get_nota(work: Work, zicht: Sight, id: str) -> Nota:
    """One nota.

    Raises:
        NotaNietGevonden: it does not exist, or the caller may not see it.
    """
    return Nota.from_rows([_zichtbare(work, zicht, id)], _erbij)[0]


def vergrendel_debiteur(work: Work, fonds: str, gemeentecode: str) -> None:
    """One at a time changes what a gemeente has open."""
    repository.vergrendel_debiteur(work.session, fonds, gemeentecode)


def toerekenen(work: Work, ontvangst: Values, delen: Sequence[tuple[str, int]]) -> None:
    """Put (parts of) a receipt on nota's of its gemeente, which is locked.

    Args:
        ontvangst: with `id`, `fonds`, `gemeentecode` and `bedrag_cent`.
        delen: nota and amount in cents, of the receipt's sign.

    Raises:
        OnbekendeNota: a nota is not of this gemeente and fonds, or is a creditnota of another; names all.
        NietToeTeRekenen: more than is left of the receipt or open of a nota, or with the wrong sign; names all.
    """
    notas = repository.van_debiteur(work.session, ontvangst.fonds, ontvangst.gemeentecode, [nota for nota, _ in delen])
    onbekend = [
        InvalidParam(f"toerekeningen.{plek}.nota", "onbekend", f"{ontvangst.gemeentecode} heeft in dit fonds geen nota {nota}")
        for plek, (nota, _) in enumerate(delen)
        if nota not in notas
    ]
    if onbekend:
        raise OnbekendeNota("Een toerekening noemt een nota die er niet is.", invalid_params=onbekend)
    eerder = sum(rij.bedrag_cent for rij in repository.toerekeningen_van(work.session, [ontvangst.id]))
    fouten = rules.toerekenfouten(
        ontvangst.bedrag_cent - eerder,
        ontvangst.bedrag_cent,
        delen,
        {id: rij.open_cent for id, rij in notas.items()},
    )
    if fouten:
        raise NietToeTeRekenen("Er is niets toegerekend.", invalid_params=fouten)
    _bewaar(work, ontvangst.id, delen)


def open_van(work: Work, fonds: str, gemeentecode: str, ids: Sequence[str]) -> dict[str, int]:
    """By id what is open of nota's of a debtor, in cents, negative to get back; without those that are not of this debtor."""
    return {id: rij.open_cent for id, rij in repository.van_debiteur(work.session, fonds, gemeentecode, ids).items()}


def rij_van(work: Work, zicht: Sight, id: str) -> Values | None:
    """The stored values of a nota that the caller may see, with what is open of it; None without."""
    return repository.find(work.session, zicht, id)


def spiegelen(work: Work, ontvangst: uuid.UUID, spiegel: uuid.UUID) -> None:
    """Take back everything that a receipt paid, by mirrored rows of the receipt that undoes it."""
    rijen = repository.toerekeningen_van(work.session, [ontvangst])
    _bewaar(work, spiegel, [(rij.nota, -rij.bedrag_cent) for rij in rijen])


def toerekeningen_van(work: Work, ontvangsten: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """What receipts pay, by receipt."""
    gevonden: dict[uuid.UUID, list[Values]] = {id: [] for id in ontvangsten}
    for rij in repository.toerekeningen_van(work.session, ontvangsten):
        gevonden[rij.ontvangst].append(rij)
    return gevonden


def pad(id: str) -> str:
    """Path of a nota in this API."""
    return f"/v1/notas/{id}"


def _bewaar(work: Work, ontvangst: uuid.UUID, delen: Sequence[tuple[str, int]]) -> None:
    if delen:
        nu = work.clock.now()
        rijen = [
            {"id": uuid.uuid4(), "ontvangst": ontvangst, "nota": nota, "bedrag_cent": cent, "toegerekend_op": nu}
            for nota, cent in delen
        ]
        repository.insert_toerekeningen(work.session, rijen)


def _van_ronde(work: Work, zicht: Sight, nieuw: NieuweNotaronde, datum: date) -> tuple[str, list[rules.Concept]]:
    ronde = bijdrage.vastgestelde_ronde(work, zicht, nieuw.ronde or "")
    besloten = bijdrage.omslag_van(work, ronde) if ronde else None
    plek = (nieuw.termijn or 0) - 1
    if ronde is None or besloten is None or plek >= len(besloten.promillen):
        raise OnbekendeNotabron(f"Er is geen termijn {nieuw.termijn} van een vastgestelde ronde {nieuw.ronde}.")
    return ronde.fonds, [
        rules.Concept(
            rij.gemeentecode,
            rij.gemeentenaam,
            cent,
            rules.VOORSCHOTTEN if besloten.a_conto else rules.BIJDRAGEN,
            max(besloten.vervaldagen[plek], datum),
            f"{'Voorschot' if besloten.a_conto else 'Bijdrage'} {ronde.fonds} {ronde.jaar}, termijn {nieuw.termijn}",
        )
        for rij in bijdrage.vaste_van(work, ronde.fonds, ronde.jaar).values()
        if (cent := termijnen(rij.bedrag_cent, besloten.promillen)[plek])
    ]


def _van_afrekening(work: Work, zicht: Sight, nieuw: NieuweNotaronde, datum: date) -> tuple[str, list[rules.Concept]]:
    try:
        deze, regels = afrekening.verschillen_van(work, zicht, nieuw.afrekening or "")
    except NotFound as fout:
        raise OnbekendeNotabron(f"Er is geen afrekening {nieuw.afrekening}.") from fout
    return deze.fonds, [
        rules.Concept(
            rij.gemeentecode,
            rij.gemeentenaam,
            rij.verschil_cent,
            rules.VOORSCHOTTEN,
            datum + timedelta(rules.DAGEN),
            f"Afrekening {deze.id}",
        )
        for rij in regels
    ]


def _insert(work: Work, fonds: str, datum: date, concepten: Sequence[rules.Concept], bron: dict[str, Any]) -> list[str]:
    """Number, store and book nota's; the numbers are locked. Returns their ids."""
    eerste = repository.laatste_nummer(work.session, fonds, datum.year) + 1
    leeg = {"ronde": None, "termijn": None, "afrekening": None, "betreft": None, "reden": None}
    rijen, posten = [], []
    for nummer, concept in enumerate(concepten, eerste):
        id = rules.nummer(fonds, datum.year, nummer)
        rijen.append(
            {
                **leeg,
                **bron,
                "id": id,
                "fonds": fonds,
                "jaar": datum.year,
                "nummer": nummer,
                "soort": concept.soort,
                "gemeentecode": concept.gemeentecode,
                "gemeentenaam": concept.gemeentenaam,
                "bedrag_cent": concept.bedrag_cent,
                "tegenrekening": concept.tegenrekening,
                "datum": datum,
                "vervaldatum": concept.vervaldatum,
                "omschrijving": concept.omschrijving,
                "gemaakt_op": work.clock.now(),
            }
        )
        regels = [Regel(rules.DEBITEUREN, concept.bedrag_cent), Regel(concept.tegenrekening, -concept.bedrag_cent)]
        posten.append(EigenBoeking(fonds, datum, f"{concept.soort.capitalize()} {id}, {concept.gemeentenaam}", pad(id), regels))
    repository.insert_notas(work.session, rijen)
    boeken_eigen(work, posten)
    return [rij["id"] for rij in rijen]


def _zichtbare(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), NotaNietGevonden, f"Er is geen nota {id}, of niet voor u.")


def _erbij(rij: Values) -> dict[str, Any]:
    return {"gemeente": Reference.make(bron="catalogus", pad=f"/v1/gemeenten/{rij.gemeentecode}")}

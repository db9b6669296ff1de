"""Use cases of incoming money."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from gemeengoed_kit import outbox
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import found
from gemeengoed_kit.window import require_near

from abonnement_api.betaling import koppelen, paden, repository, rules
from abonnement_api.betaling.afschrift import RETOUR, Afschrift, Post, voltooid
from abonnement_api.betaling.errors import (
    AfschriftGewijzigd,
    AfschrijvingNietGevonden,
    BankafschriftNietGevonden,
    BankreferentieHergebruikt,
    BetalingNietGevonden,
    OngeldigAfschrift,
)
from abonnement_api.betaling.schemas import (
    Afschrijving,
    AfschrijvingenFilter,
    Bankafschrift,
    Betaling,
    BetalingenFilter,
    BetalingKort,
    IngelezenBankafschrift,
    Toewijzing,
)
from abonnement_api.boekingsopdracht import service as boeking
from abonnement_api.boekingsopdracht.rules import BANK, DEBITEUREN, NOG_TE_KOPPELEN
from abonnement_api.factuur import service as factuur


def inlezen(work: Work, afschriften: list[Afschrift], eigen_iban: str) -> tuple[IngelezenBankafschrift, bool]:
    """Store the statements of a file: their posts, what they pay or take back, and the entries for fonds.

    Returns:
        the first statement, and whether any of them is new: the same statement again changes nothing.

    Raises:
        OngeldigAfschrift: not of our account.
        AfschriftGewijzigd, BankreferentieHergebruikt: it contradicts what the bank said before.
        TooFarAhead: a post or balance is of more than a year from now.
    """
    eigen = _van_ons(afschriften, eigen_iban)
    dagen = [dag for afschrift in eigen for dag in (afschrift.einddag, *(post.boekdatum for post in afschrift.posten)) if dag]
    repository.lock_rekening(work.session, eigen_iban)
    bekend = {afschrift.vingerafdruk: repository.find_afschrift(work.session, afschrift) for afschrift in eigen}
    if dagen and not all(bekend.values()):
        require_near(work.clock, boekdatum=max(dagen))
    ids, iets_nieuws = [], False
    for afschrift in eigen:
        bestaand = bekend[afschrift.vingerafdruk] or repository.find_afschrift(work.session, afschrift)
        ids.append(_een(work, afschrift) if bestaand is None else bestaand.id)
        iets_nieuws |= bestaand is None
    gelezen = get_afschrift(work, ids[0])
    return IngelezenBankafschrift.make(**dict(gelezen), in_bestand=[paden.afschrift(id) for id in ids]), iets_nieuws


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
    ontvangen, gekoppeld, terug = repository.totalen(work.session, wens)
    sommen = {"ontvangen_cent": ontvangen, "niet_gekoppeld_cent": ontvangen - gekoppeld - terug}
    return count, BetalingKort.from_rows(rows, _verder), sommen


def get_betaling(work: Work, id: uuid.UUID) -> Betaling:
    """One receipt.

    Raises:
        BetalingNietGevonden: no receipt has this id.
    """
    rij = found(repository.find(work.session, id), BetalingNietGevonden, f"Er is geen betaling {id}.")
    eigen = repository.toegewezen(work.session, [id])[id]
    return Betaling.from_row(
        rij,
        **_verder(rij),
        boeking=boeking.verwijzing(outbox.answers(work.session, [pad(id)]), pad(id)),
        toewijzingen=[
            Toewijzing.make(factuur=factuur.pad(nummer), dienst=dienst, bedrag_cent=cent)
            for (nummer, dienst), cent in eigen.items()
        ],
    )


def list_afschrijvingen(work: Work, wens: AfschrijvingenFilter) -> tuple[int, list[Afschrijving], dict[str, int]]:
    """(total number, debits of this page, sums over all pages)."""
    count, rows = repository.list_afschrijvingen(work.session, wens)
    afgeschreven, verklaard = repository.totalen_af(work.session, wens)
    return count, _afschrijvingen(work, rows), {"afgeschreven_cent": afgeschreven, "verklaard_cent": verklaard}


def get_afschrijving(work: Work, id: uuid.UUID) -> Afschrijving:
    """One debit.

    Raises:
        AfschrijvingNietGevonden: no debit has this id.
    """
    rij = found(repository.find_afschrijving(work.session, id), AfschrijvingNietGevonden, f"Er is geen afschrijving {id}.")
    return _afschrijvingen(work, [rij])[0]


def totalen(work: Work) -> tuple[int, int, int, int]:
    """(received, matched, gone back, received according to the bank's own figures) of all statements, in cents."""
    return *repository.totalen(work.session), repository.volgens_bank(work.session)


def gaten(work: Work) -> int:
    """Number of statements before which another is missing, by their balances and numbers."""
    return len(repository.met_gat(work.session))


def vergrendel(work: Work, iban: str) -> None:
    """Let nobody else match, undo or take in anything on this account until the transaction ends."""
    repository.lock_rekening(work.session, iban)


def ontvangsten(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Values]:
    """The rows of these receipts, each with `gekoppeld_cent` and `terug_cent`; for the other features of this service."""
    return {rij.id: rij for rij in repository.van_ids(work.session, ids)}


def afschrijving(work: Work, id: uuid.UUID) -> Values | None:
    """The row of a debit, with `verklaard_cent`."""
    return repository.find_afschrijving(work.session, id)


def uitgaand(work: Work, patroon: str) -> tuple[Sequence[Values], Sequence[Values]]:
    """(debits, credits that came back) that nothing explains yet and that name what this pattern describes, white space apart."""
    return repository.afschrijvingen_met(work.session, patroon), repository.retouren_met(work.session, patroon)


koppel_wachtende = koppelen.koppel_wachtende
terugbetaald = koppelen.terugbetaald
pad, pad_afschrift = paden.betaling, paden.afschrift


def _van_ons(afschriften: list[Afschrift], eigen_iban: str) -> list[Afschrift]:
    """The statements, with our IBAN for an account number without one, as ABN AMRO writes it in MT940."""
    uit, fouten = [], []
    for nummer, afschrift in enumerate(afschriften):
        kaal = afschrift.iban.lstrip("0")
        if kaal.isdigit() and len(kaal) > 4 and eigen_iban[8:].lstrip("0") == kaal:
            afschrift = voltooid(replace(afschrift, iban=eigen_iban))
        elif afschrift.iban != eigen_iban:
            fouten.append(
                InvalidParam(f"Stmt.{nummer}.Acct.Id.IBAN", "iban", f"{afschrift.iban} is niet de rekening {eigen_iban}")
            )
        uit.append(afschrift)
    if fouten:
        raise OngeldigAfschrift(f"Het bankafschrift bevat {len(fouten)} fout(en); zie invalidParams.", invalid_params=fouten)
    return uit


def _een(work: Work, gelezen: Afschrift) -> uuid.UUID:
    """Store one statement that was not read before; its id."""
    dagen = [post.boekdatum for post in gelezen.posten]
    van = min(dag for dag in [gelezen.begindag, *dagen] if dag) if gelezen.begindag or dagen else None
    tot = max(dag for dag in [gelezen.einddag, *dagen] if dag) if gelezen.einddag or dagen else None
    rakende = repository.rakende(work.session, gelezen.iban, van, tot)
    begin = rules.Saldo(gelezen.beginsaldo_cent, gelezen.begindag)
    los = rules.los_van(begin, rules.Saldo(gelezen.eindsaldo_cent, gelezen.einddag), rakende)
    _geen_ander(work, gelezen, los)
    eerder = repository.eerdere_posten(work.session, [periode.id for periode in rakende])
    _geen_tegenspraak(gelezen, [post for post in eerder if post.afschrift not in los])
    oordelen = rules.herken(gelezen, eerder, rakende)
    nieuw = [(p, oordeel) for p, oordeel in zip(gelezen.posten, oordelen, strict=True) if oordeel != rules.BEKEND]
    bij = [(post, oordeel) for post, oordeel in nieuw if post.bedrag_cent > 0]
    bekend_cent = gelezen.bijgeschreven_cent - sum(post.bedrag_cent for post, _ in bij)
    id = uuid.uuid4()
    betalingen, toewijzingen = _verwerken(work, id, gelezen.iban, bij)
    afschrijvingen = _afschrijven(work, id, gelezen.iban, [(post, oordeel) for post, oordeel in nieuw if post.bedrag_cent < 0])
    rij = {
        "id": id,
        "iban": gelezen.iban,
        "afschriftnummer": gelezen.nummer,
        "vingerafdruk": gelezen.vingerafdruk,
        "beginsaldo_cent": gelezen.beginsaldo_cent,
        "eindsaldo_cent": gelezen.eindsaldo_cent,
        "begindag": gelezen.begindag,
        "einddag": gelezen.einddag,
        "formaat": gelezen.formaat,
        "reeksnummer": gelezen.volgnummer,
        "pagina": gelezen.pagina,
        "onverklaard_cent": gelezen.verschil_cent,
        "opmerkingen": list(gelezen.opmerkingen),
        "volgens_bank_cent": rules.nieuw_volgens_bank(
            gelezen.bijgeschreven_cent, bekend_cent, begin, repository.laatste_eind(work.session, gelezen.iban)
        ),
        "al_bekend": len(gelezen.posten) - len(nieuw),
        "ingelezen_op": work.clock.now(),
    }
    work.session.flush()
    repository.add(work.session, rij, betalingen, toewijzingen, afschrijvingen)
    koppelen.retouren(work, gelezen.iban, afschrijvingen)
    work.record(
        action="bankafschrift.inlezen",
        subject=pad_afschrift(id),
        change={
            "afschriftnummer": gelezen.nummer,
            "aantal": len(betalingen),
            "ontvangenCent": sum(betaling["bedrag_cent"] for betaling in betalingen),
            "gekoppeldCent": sum(toewijzing["bedrag_cent"] for toewijzing in toewijzingen),
            "afgeschrevenCent": sum(afschrijving["bedrag_cent"] for afschrijving in afschrijvingen),
            "alBekend": rij["al_bekend"],
            "opmerkingen": list(gelezen.opmerkingen),
        },
    )
    work.session.flush()
    return id


def _geen_ander(work: Work, gelezen: Afschrift, los: Collection[uuid.UUID]) -> None:
    """Refuse another content for a number of the same days; one that adjoins is the next, for a bank that does not count."""
    if gelezen.formaat == "mt940" and gelezen.volgnummer is None:
        return
    for bestaand in repository.zelfde_nummer(work.session, gelezen):
        if bestaand.id not in los:
            raise AfschriftGewijzigd(
                f"Afschrift {gelezen.nummer} van {gelezen.iban} is op {bestaand.ingelezen_op:%Y-%m-%d} "
                "met andere inhoud ingelezen; wat is geboekt, wijzigt niet."
            )


def _geen_tegenspraak(gelezen: Afschrift, eerder: Sequence[rules.Eerder]) -> None:
    """Refuse another amount or day for a reference, in statements that may cover the same days."""
    bekend = {post.bankreferentie: (post.boekdatum, post.bedrag_cent) for post in eerder if post.bankreferentie}
    anders = [
        str(post.bankreferentie)
        for post in gelezen.posten
        if post.bankreferentie in bekend and bekend[post.bankreferentie] != (post.boekdatum, post.bedrag_cent)
    ]
    if anders:
        raise BankreferentieHergebruikt(f"Een eerder afschrift gaf een ander bedrag of een andere dag bij: {', '.join(anders)}.")


def _rij(afschrift: uuid.UUID, volgnummer: int, iban: str, post: Post, oordeel: str) -> dict[str, Any]:
    """The columns that receipts and debits share."""
    return {
        "id": uuid.uuid4(),
        "bankafschrift": afschrift,
        "volgnummer": volgnummer,
        "iban": iban,
        "bankreferentie": post.bankreferentie,
        "boekdatum": post.boekdatum,
        "bedrag_cent": abs(post.bedrag_cent),
        "tegenrekening": post.tegenrekening,
        "naam": post.naam,
        "kenmerk": " ".join(post.kenmerken) or None,
        "omschrijving": post.omschrijving,
        "eindnaareind": post.eindnaareind,
        "opdracht": post.opdracht,
        "saldo_voor_cent": post.saldo_voor_cent,
        "soort": post.soort,
        "twijfel": oordeel if oordeel == rules.MOGELIJK_DUBBEL else None,
    }


def _afschrijven(work: Work, afschrift: uuid.UUID, iban: str, posten: Sequence[tuple[Post, str]]) -> list[dict[str, Any]]:
    """Rows of debits; also puts their entries in the outbox. Until it is known what one is for, it stands against the receipts
    that are not matched."""
    rijen, opdrachten = [], []
    for volgnummer, (post, oordeel) in enumerate(posten, start=1):
        rij = _rij(afschrift, volgnummer, iban, post, oordeel)
        rijen.append(rij)
        opdrachten.append(
            boeking.Opdracht(
                datum=post.boekdatum,
                pad=paden.afschrijving(rij["id"]),
                groep=pad_afschrift(afschrift),
                omschrijving=f"Afschrijving ({post.soort}), nog te koppelen",
                regels=((NOG_TE_KOPPELEN, -post.bedrag_cent), (BANK, post.bedrag_cent)),
            )
        )
    boeking.boeken_samen(work, opdrachten)
    return rijen


def _verwerken(
    work: Work, afschrift: uuid.UUID, iban: str, posten: Sequence[tuple[Post, str]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(rows of receipts, rows of what they pay); also puts their entries in the outbox.

    What may be the same as another, comes back from a payment of ours, or is not the amount of one payment, stays for a person.
    """
    beletsels = [_beletsel(post, oordeel) for post, oordeel in posten]
    gevonden = koppelen.zoek(
        work,
        [
            ((), "") if beletsel else (post.kenmerken, " ".join(filter(None, [post.omschrijving, post.eindnaareind])))
            for (post, _), beletsel in zip(posten, beletsels, strict=True)
        ],
    )
    koppelingen = [
        rules.Koppeling(None, reden=beletsel) if beletsel else koppeling
        for koppeling, beletsel in zip(gevonden, beletsels, strict=True)
    ]
    open_cent = factuur.openstaand(work, {koppeling.factuur for koppeling in koppelingen if koppeling.factuur})
    betalingen: list[dict[str, Any]] = []
    toewijzingen: list[dict[str, Any]] = []
    opdrachten: list[boeking.Opdracht] = []
    for volgnummer, ((post, oordeel), koppeling) in enumerate(zip(posten, koppelingen, strict=True), start=1):
        rij = _rij(afschrift, volgnummer, iban, post, oordeel)
        delen = rules.toewijzen(post.bedrag_cent, open_cent[koppeling.factuur]) if koppeling.factuur else {}
        for dienst, cent in delen.items():
            open_cent[str(koppeling.factuur)][dienst] -= cent
            toewijzingen.append({"betaling": rij["id"], "factuur": koppeling.factuur, "dienst": dienst, "bedrag_cent": cent})
        gekoppeld = sum(delen.values())
        te_veel = koppeling.factuur and gekoppeld < post.bedrag_cent
        betalingen.append(
            {
                **rij,
                "factuur": koppeling.factuur,
                "koppeling": koppeling.manier,
                "reden": rules.TE_VEEL if te_veel else koppeling.reden,
            }
        )
        opdrachten.append(
            boeking.Opdracht(
                datum=post.boekdatum,
                pad=pad(rij["id"]),
                groep=pad_afschrift(afschrift),
                omschrijving=f"Ontvangst op factuur {koppeling.factuur}" if koppeling.factuur else "Ontvangst, nog te koppelen",
                regels=(
                    (BANK, post.bedrag_cent),
                    (DEBITEUREN, -gekoppeld),
                    (NOG_TE_KOPPELEN, gekoppeld - post.bedrag_cent),
                ),
            )
        )
    boeking.boeken_samen(work, opdrachten)
    return betalingen, toewijzingen


def _beletsel(post: Post, oordeel: str) -> str | None:
    """Why a receipt may only be matched by a person."""
    if oordeel == rules.MOGELIJK_DUBBEL:
        return oordeel
    if post.soort == RETOUR:
        return "komt terug van een eigen betaling"
    return post.beletsel


def _afschriften(work: Work, rows: Sequence[Values]) -> list[Bankafschrift]:
    ids = [rij.id for rij in rows]
    omvang, met_gat = repository.omvang(work.session, ids), repository.met_gat(work.session, ids)
    afgeschreven, twijfel = repository.afgeschreven(work.session, ids), repository.twijfel(work.session, ids)
    standen = boeking.boekstanden(work, [pad_afschrift(rij.id) for rij in rows], "ingelezen")

    def verder(rij: Values) -> dict[str, Any]:
        aantal, ontvangen, gekoppeld, terug = omvang.get(rij.id, (0, 0, 0, 0))
        aantal_af, af = afgeschreven.get(rij.id, (0, 0))
        return {
            "aantal_twijfel": twijfel.get(rij.id, 0),
            "aantal_afschrijvingen": aantal_af,
            "afgeschreven_cent": af,
            "sluit_aan": rij.id not in met_gat,
            "aantal": aantal,
            "ontvangen_cent": ontvangen,
            "gekoppeld_cent": gekoppeld,
            "niet_gekoppeld_cent": ontvangen - gekoppeld - terug,
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
        "niet_gekoppeld_cent": rij.bedrag_cent - rij.gekoppeld_cent - rij.terug_cent,
        "reden": None if rij.gekoppeld_cent + rij.terug_cent == rij.bedrag_cent else rij.reden,
    }


def _afschrijvingen(work: Work, rows: Sequence[Values]) -> list[Afschrijving]:
    boekingen = outbox.answers(work.session, [paden.afschrijving(rij.id) for rij in rows])
    return Afschrijving.from_rows(
        rows,
        lambda rij: {
            "bankafschrift": pad_afschrift(rij.bankafschrift),
            "boeking": boeking.verwijzing(boekingen, paden.afschrijving(rij.id)),
        },
    )

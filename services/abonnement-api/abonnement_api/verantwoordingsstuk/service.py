"""Use cases of what foundations account for."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gemeengoed_kit.clock import AMSTERDAM, today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.eyes import Eyes
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from abonnement_api.aanbieder.service import list_diensten, reeksen
from abonnement_api.verantwoordingsstuk import repository, rules
from abonnement_api.verantwoordingsstuk.errors import (
    AlBesloten,
    AndereAanbieder,
    BedragenKloppenNiet,
    GeenPdf,
    NieuwereVersie,
    OnbekendDocument,
    OnbekendeAanbieder,
    OnmogelijkeBesluitdatum,
    RedenOntbreekt,
    VerantwoordendeAanbiederNietGevonden,
    VerantwoordingsdocumentNietGevonden,
    VerantwoordingsstukNietGevonden,
)
from abonnement_api.verantwoordingsstuk.schemas import (
    NieuwVerantwoordingsbesluit,
    NieuwVerantwoordingsstuk,
    Verantwoordingsbedrag,
    Verantwoordingsbesluit,
    Verantwoordingsdocument,
    Verantwoordingsstuk,
    VerantwoordingsstukkenFilter,
)


@dataclass(frozen=True)
class Post:
    """What a foundation accounts for of one dienst: an amount in cents, and the path of the submission that says so."""

    cent: int
    pad: str


def eisen_eigen(eigen: str | None, aanbieder: str) -> None:
    """Refuse an aanbieder that acts for another one.

    Args:
        eigen: the aanbieder that calls; None for who acts on behalf of all.

    Raises:
        AndereAanbieder: names both.
    """
    if eigen is not None and eigen != aanbieder:
        raise AndereAanbieder(f"U bent {eigen} en niet {aanbieder}.")


def lees_pdf(inhoud: bytes) -> bytes:
    """The content of a document.

    Raises:
        GeenPdf: it is not a PDF that everybody can read.
    """
    if not rules.is_pdf(inhoud):
        raise GeenPdf("Het bestand is geen pdf die iedereen kan lezen.")
    return inhoud


def bewaar_document(
    work: Work, eyes: Eyes, eigen: str | None, aanbieder: str, inhoud: bytes
) -> tuple[Verantwoordingsdocument, bool]:
    """Keep a document of an aanbieder; the same content again changes nothing.

    Returns:
        the document, and whether it is new.

    Raises:
        AndereAanbieder: it is of another than who calls.
        VerantwoordendeAanbiederNietGevonden: there is no such aanbieder.
    """
    eisen_eigen(eigen, aanbieder)
    bestaat = aanbieder if aanbieder in reeksen(work) else None
    found(bestaat, VerantwoordendeAanbiederNietGevonden, f"Er is geen aanbieder {aanbieder}.")
    sha256 = hashlib.sha256(inhoud).hexdigest()
    rij, nieuw = repository.add_document(
        work.session,
        {
            "id": uuid.uuid4(),
            "aanbieder": aanbieder,
            "sha256": sha256,
            "inhoud": inhoud,
            "grootte": len(inhoud),
            "ontvangen_op": work.clock.now(),
            **eyes.columns(),
        },
    )
    if nieuw:
        wijziging = {"aanbieder": aanbieder, "sha256": sha256, "grootte": len(inhoud)}
        work.record(action="verantwoordingsdocument.insturen", subject=pad_document(rij.id), change=wijziging)
    return Verantwoordingsdocument.from_row(rij), nieuw


def get_document(work: Work, zicht: Sight, id: uuid.UUID) -> Verantwoordingsdocument:
    """What is known of a document.

    Raises:
        VerantwoordingsdocumentNietGevonden: there is none, or this caller may not see it.
    """
    rij = repository.find_document(work.session, zicht, id)
    return Verantwoordingsdocument.from_row(found(rij, VerantwoordingsdocumentNietGevonden, f"Er is geen document {id}."))


def indienen(work: Work, eyes: Eyes, eigen: str | None, nieuw: NieuwVerantwoordingsstuk) -> Verantwoordingsstuk:
    """Submit a version. One that still waits for a decision is replaced by it.

    Raises:
        AndereAanbieder, OnbekendeAanbieder, OnbekendDocument: what it names is of another, or does not exist.
        BedragenKloppenNiet: names every fault.
    """
    eisen_eigen(eigen, nieuw.aanbieder)
    if nieuw.aanbieder not in reeksen(work):
        raise OnbekendeAanbieder(f"Er is geen aanbieder {nieuw.aanbieder}.")
    document = repository.find_document(work.session, EVERYTHING, nieuw.document)
    if document is None or document.aanbieder != nieuw.aanbieder:
        raise OnbekendDocument(f"{nieuw.aanbieder} heeft geen document {nieuw.document} ingestuurd.")
    diensten = {dienst.code for dienst in list_diensten(work) if dienst.aanbieder == nieuw.aanbieder}
    fouten = rules.fouten_in_bedragen(nieuw.soort, [een.dienst for een in nieuw.bedragen], diensten)
    if fouten:
        raise BedragenKloppenNiet(
            f"De bedragen bevatten {len(fouten)} fout(en); zie invalidParams.",
            invalid_params=[InvalidParam(*fout) for fout in fouten],
        )
    repository.lock(work.session, nieuw.aanbieder, nieuw.soort, nieuw.jaar)
    versie = repository.volgende_versie(work.session, nieuw.aanbieder, nieuw.soort, nieuw.jaar)
    id = uuid.uuid4()
    repository.add(
        work.session,
        {
            **nieuw.model_dump(exclude={"bedragen"}),
            "id": id,
            "versie": versie,
            "bedragen": {een.dienst: een.bedrag_cent for een in nieuw.bedragen},
            "ingediend_op": work.clock.now(),
            **eyes.columns(),
        },
    )
    work.record(
        action="verantwoordingsstuk.indienen",
        subject=pad(id),
        change={**nieuw.model_dump(mode="json", by_alias=True), "versie": versie, "sha256": document.sha256},
    )
    return get_stuk(work, EVERYTHING, id)


def besluiten(work: Work, eyes: Eyes, id: uuid.UUID, nieuw: NieuwVerantwoordingsbesluit) -> Verantwoordingsstuk:
    """Adopt a submission, or send it back. Who may submit may not decide, so these are always other eyes; the database looks
    again.

    Raises:
        VerantwoordingsstukNietGevonden: there is none.
        AlBesloten, NieuwereVersie, OnmogelijkeBesluitdatum, RedenOntbreekt: so it cannot be decided about.
    """
    stuk = found(repository.find(work.session, EVERYTHING, id), VerantwoordingsstukNietGevonden, f"Er is geen stuk {id}.")
    repository.lock(work.session, stuk.aanbieder, stuk.soort, stuk.jaar)
    stuk = found(repository.find(work.session, EVERYTHING, id), VerantwoordingsstukNietGevonden, "")
    if stuk.status in (rules.VASTGESTELD, rules.TERUGGESTUURD):
        raise AlBesloten(f"Dit stuk is op {stuk.besluitdatum} {stuk.status}.")
    if stuk.status == rules.VERVANGEN:
        raise NieuwereVersie(f"Na versie {stuk.versie} is een nieuwe versie ingediend.")
    ingediend, vandaag = stuk.ingediend_op.astimezone(AMSTERDAM).date(), today(work.clock)
    if not rules.kan_op(nieuw.datum, ingediend, vandaag):
        raise OnmogelijkeBesluitdatum(f"{nieuw.datum} ligt niet van {ingediend} tot en met {vandaag}.")
    if nieuw.uitkomst == rules.TERUGGESTUURD and nieuw.reden is None:
        raise RedenOntbreekt("Geef een reden om een stuk terug te sturen.")
    waarden = {**nieuw.model_dump(), "stuk": id, "vastgelegd_op": work.clock.now(), **eyes.columns()}
    repository.add_besluit(work.session, waarden)
    work.record(action="verantwoordingsstuk.besluiten", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_stuk(work, EVERYTHING, id)


def list_stukken(work: Work, zicht: Sight, wens: VerantwoordingsstukkenFilter) -> tuple[int, list[Verantwoordingsstuk]]:
    """(total number, submissions of this page) that the caller may see, the last one first."""
    count, rijen = repository.list_stukken(work.session, zicht, wens)
    return count, Verantwoordingsstuk.from_rows(rijen, _verder)


def get_stuk(work: Work, zicht: Sight, id: uuid.UUID) -> Verantwoordingsstuk:
    """One submission.

    Raises:
        VerantwoordingsstukNietGevonden: there is none, or this caller may not see it.
    """
    return Verantwoordingsstuk.from_rows([_zichtbaar(work, zicht, id)], _verder)[0]


def get_inhoud(work: Work, zicht: Sight, id: uuid.UUID) -> tuple[bytes, str, str]:
    """(bytes, hash, name of the file) of the document of a submission.

    Raises:
        VerantwoordingsstukNietGevonden: as `get_stuk`.
    """
    stuk = _zichtbaar(work, zicht, id)
    naam = f"{stuk.soort}-{stuk.jaar}-{stuk.aanbieder}-{stuk.versie}.pdf"
    return repository.inhoud(work.session, stuk.document), stuk.sha256, naam


def bestaat(work: Work, zicht: Sight, id: uuid.UUID, aanbieder: str) -> bool:
    """Whether this is a submission of the aanbieder that the caller may see."""
    rij = repository.find(work.session, zicht, id)
    return rij is not None and rij.aanbieder == aanbieder


def vastgesteld(work: Work, soort: str, jaar: int) -> Mapping[str, Post]:
    """Dienst to what was adopted for it last, of a year; what nobody adopted is left out."""
    stukken = repository.vastgestelde(work.session, soort, jaar)
    return {dienst: Post(cent, pad(stuk.id)) for stuk in stukken for dienst, cent in stuk.bedragen.items()}


def pad(id: uuid.UUID) -> str:
    return f"/v1/verantwoordingsstukken/{id}"


def pad_document(id: uuid.UUID) -> str:
    return f"/v1/verantwoordingsdocumenten/{id}"


def _zichtbaar(work: Work, zicht: Sight, id: uuid.UUID) -> Values:
    return found(
        repository.find(work.session, zicht, id), VerantwoordingsstukNietGevonden, f"Er is geen verantwoordingsstuk {id}."
    )


def _verder(rij: Values) -> dict[str, Any]:
    besloten = rij.vastgelegd_op is not None
    return {
        "bedragen": [
            Verantwoordingsbedrag.make(dienst=dienst, bedrag_cent=cent) for dienst, cent in sorted(rij.bedragen.items())
        ],
        "totaal_cent": sum(rij.bedragen.values()),
        "document": f"{pad(rij.id)}/document.pdf",
        "besluit": Verantwoordingsbesluit.from_row(rij, uitkomst=rij.status, datum=rij.besluitdatum) if besloten else None,
    }

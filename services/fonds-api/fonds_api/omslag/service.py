"""Use cases of omslagen: proposing, deciding, reading."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import EVERYTHING, Limit, Sight, found
from gemeengoed_kit.waiting import Waiting

from fonds_api.besluit import service as besluiten
from fonds_api.besluit.schemas import BronBesluit, Weigering
from fonds_api.besluit.service import BESTUUR_EN_LEDEN, LEDEN
from fonds_api.boeking.service import EIGEN_BRON
from fonds_api.fonds import service as fonds
from fonds_api.indexatie import service as indexatie
from fonds_api.omslag import models, repository, rules
from fonds_api.omslag.errors import (
    OmslagAlAangevraagd,
    OmslagAlVastgesteld,
    OmslagNietGevonden,
    OmslagPastNiet,
    OnbekendeToepassing,
)
from fonds_api.omslag.rules import AANGEVRAAGD, GEWEIGERD, VASTGESTELD, VOORSTEL, Regel
from fonds_api.omslag.schemas import (
    Band,
    Indexering,
    Iv3,
    NieuweOmslag,
    NieuweOmslagvaststelling,
    Omslag,
    OmslagenFilter,
    Omslagvaststelling,
    Termijn,
)

LEDENVERGADERING = "ledenvergadering"
TASK = "omslag.vaststellen"
WACHTEND = Waiting(
    models.Omslagaanvraag,
    status=AANGEVRAAGD,
    task=TASK,
    arguments=lambda aanvraag: {"omslag": aanvraag.voorstel, "besluit": aanvraag.pad},
    lock=lambda aanvraag: pad(aanvraag.voorstel),
    path=lambda aanvraag: pad(aanvraag.voorstel),
    action="omslag.hervatten",
)


def voorstellen(work: Work, zicht: Sight, rol: str | None, nieuw: NieuweOmslag) -> Omslag:
    """Store a levy as the next proposal of its fonds and year; it has no effect until it is decided.

    Raises:
        OmslagPastNiet: its parts do not fit together, or an indexation came to another amount or year; names all faults.
        OnbekendeToepassing: an indexation that it names was not applied; names all.
        OnbekendFonds, FondsNietToegestaan: the fonds does not exist, or this role does not keep it.
        OmslagAlVastgesteld: there is a levy of this fonds and year.
    """
    regel = Regel(
        nieuw.vorm,
        nieuw.bedrag_cent,
        tuple(band.tot_en_met for band in nieuw.banden if band.tot_en_met is not None),
        tuple(band.tarief_millicent for band in nieuw.banden),
        nieuw.compensatie_jaren,
    )
    promillen = [termijn.promille for termijn in nieuw.termijnen]
    fouten = rules.fouten(regel, a_conto=nieuw.a_conto, promillen=promillen)
    if any(band.tot_en_met is None for band in nieuw.banden[:-1]):
        fouten.append(InvalidParam("banden", "grens", "alleen de laatste band heeft geen grens"))
    if fouten:
        raise OmslagPastNiet("Er is niets vastgelegd.", invalid_params=fouten)
    toepassingen = _eisen_toegepast(work, regel, nieuw)
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    repository.vergrendel(work.session, nieuw.fonds, nieuw.jaar)
    _eisen_open(work, nieuw.fonds, nieuw.jaar)
    versie = repository.laatste_versie(work.session, nieuw.fonds, nieuw.jaar) + 1
    id = f"{nieuw.fonds}-{nieuw.jaar}-{versie}"
    waarden = {
        **nieuw.model_dump(exclude={"banden", "termijnen", "iv3", "toepassing"}),
        "id": id,
        "versie": versie,
        "grenzen": list(regel.grenzen),
        "tarieven_millicent": list(regel.tarieven_millicent),
        "vervaldagen": [termijn.vervaldag for termijn in nieuw.termijnen],
        "promillen": promillen,
        "iv3_taakveld": nieuw.iv3.taakveld if nieuw.iv3 else None,
        "iv3_categorie": nieuw.iv3.categorie if nieuw.iv3 else None,
        "iv3_bron": nieuw.iv3.bronvermelding if nieuw.iv3 else None,
        "voorgesteld_op": work.clock.now(),
    }
    repository.insert_voorstel(work.session, waarden, toepassingen)
    work.record(action="omslag.voorstellen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_omslag(work, zicht, id)


def aanvragen(work: Work, zicht: Sight, rol: str, id: str, nieuw: NieuweOmslagvaststelling) -> tuple[Omslag, bool]:
    """Ask for a proposal to become the levy of its fonds and year; a job asks catalogus whether the decision carries it.

    Returns:
        the omslag, and whether a job was queued: asking again changes nothing, unless it was geweigerd or its job is gone.

    Raises:
        OmslagNietGevonden: see `get_omslag`.
        OmslagAlVastgesteld: there is a levy of this fonds and year.
        OmslagAlAangevraagd: it waits for another decision, or was asked for in other words.
    """
    rij = _zichtbare(work, zicht, id)
    repository.vergrendel(work.session, rij.fonds, rij.jaar)
    _eisen_open(work, rij.fonds, rij.jaar)
    waarden = {
        **nieuw.model_dump(include={"tekst", "bronvermelding"}),
        "bron": nieuw.besluit.bron,
        "pad": nieuw.besluit.pad,
        "door": rol,
    }
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag and aanvraag.status == AANGEVRAAGD:
        if any(getattr(aanvraag, naam) != waarde for naam, waarde in waarden.items()):
            raise OmslagAlAangevraagd(f"Omslag {id} wacht op besluit {aanvraag.pad}.")
        begint = WACHTEND.resume(work, aanvraag)
        return get_omslag(work, zicht, id), begint
    aanvraag = aanvraag or models.Omslagaanvraag(voorstel=id)
    for naam, waarde in waarden.items():
        setattr(aanvraag, naam, waarde)
    aanvraag.status, aanvraag.probleem, aanvraag.aangevraagd_op = AANGEVRAAGD, None, work.clock.now()
    work.session.add(aanvraag)
    work.session.flush()
    WACHTEND.queue(work, aanvraag)
    work.record(action="omslag.aanvragen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_omslag(work, zicht, id), True


def te_vragen(work: Work, id: str, besluit: str) -> str | None:
    """Path of the decision to ask for; None when an adoption does not wait for it (any more)."""
    aanvraag = repository.find_aanvraag(work.session, id)
    return besluit if aanvraag and (aanvraag.status, aanvraag.pad) == (AANGEVRAAGD, besluit) else None


def vaststellen(work: Work, id: str, besluit: BronBesluit) -> None:
    """Make a proposal the levy of its fonds and year, for good; does nothing when it does not wait for this decision.

    Raises:
        BesluitDraagtNiet: the decision is not positive, or not of who asked for this.
        OmslagAlVastgesteld: there is a levy of this fonds and year by now.
    """
    rij = _zichtbare(work, EVERYTHING, id)
    repository.vergrendel(work.session, rij.fonds, rij.jaar)
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag is None or aanvraag.status != AANGEVRAAGD or aanvraag.pad != besluit.pad:
        return
    besluiten.eisen_draagt(work, besluit, LEDEN if aanvraag.door == LEDENVERGADERING else BESTUUR_EN_LEDEN)
    _eisen_open(work, rij.fonds, rij.jaar)
    repository.insert_omslag(
        work.session,
        {
            **{naam: getattr(rij, naam) for naam in ("fonds", "jaar", "bedrag_cent", "indeling", "peildatum")},
            "voorstel": id,
            "besluit": aanvraag.tekst,
            "bronvermelding": aanvraag.bronvermelding,
            "besluit_bron": aanvraag.bron,
            "besluit_pad": aanvraag.pad,
            "vastgesteld_door": aanvraag.door,
            "vastgesteld_op": work.clock.now(),
            "gremium": besluit.gremium,
            "besloten_op": besluit.datum,
        },
    )
    aanvraag.status = VASTGESTELD
    change = {"besluit": aanvraag.pad, "gremium": besluit.gremium, "beslotenOp": besluit.datum.isoformat()}
    work.record(action="omslag.vaststellen", subject=pad(id), change=change)


def weigeren(work: Work, id: str, probleem: dict[str, Any], besluit: str) -> None:
    """Record why a proposal is not adopted; it can be asked for again. One that does not wait for this
    decision (its path) does not change."""
    aanvraag = repository.lock_aanvraag(work.session, id)
    if aanvraag and (aanvraag.status, aanvraag.pad) == (AANGEVRAAGD, besluit):
        aanvraag.status, aanvraag.probleem = GEWEIGERD, Weigering.make(**probleem).model_dump(mode="json")
        work.record(action="omslag.weigeren", subject=pad(id), change=aanvraag.probleem)


def list_omslagen(work: Work, zicht: Sight, wens: OmslagenFilter) -> tuple[int, list[Omslag]]:
    """(total number, omslagen of this page) that the caller may see."""
    count, rijen = repository.list_omslagen(work.session, zicht, wens)
    return count, [weergave(rij) for rij in rijen]


def get_omslag(work: Work, zicht: Sight, id: str) -> Omslag:
    """One omslag.

    Raises:
        OmslagNietGevonden: it does not exist, or the caller may not see it.
    """
    return weergave(_zichtbare(work, zicht, id))


def rij_van(work: Work, zicht: Sight, id: str) -> Values:
    """The stored values of an omslag, for other features. Raises as `get_omslag`."""
    return _zichtbare(work, zicht, id)


def vastgestelde(work: Work, fonds: str, jaar: int) -> Values | None:
    """The stored values of the levy that counts for a fonds and year; None when there is none."""
    return repository.vastgestelde(work.session, fonds, jaar)


def vooruit(work: Work, zicht: Sight, fonds: str, jaar: int) -> Values | None:
    """The levy that counts for a fonds and year, or else the last proposal that the caller may see; None without."""
    return repository.vooruit(work.session, zicht, fonds, jaar)


def openbare() -> Limit:
    """Query for the ids of what gemeenten may see."""
    return repository.openbare()


def regel_van(rij: Values) -> Regel:
    """The calculation of a stored omslag."""
    return Regel(rij.vorm, rij.bedrag_cent, tuple(rij.grenzen), tuple(rij.tarieven_millicent), rij.compensatie_jaren)


def uitleg(rij: Values) -> str:
    """The calculation of a stored omslag in words."""
    extra = f" {rules.COMPENSATIE.format(jaren=rij.compensatie_jaren)}" if rij.compensatie_jaren else ""
    return rules.REGELS[rij.vorm] + extra


def indexering_van(work: Work, rij: Values) -> list[Indexering]:
    """The indexations that a stored omslag takes its amounts from, with their steps."""
    plekken = {int(plek): uuid.UUID(id) for plek, id in (rij.toepassingen or {}).items()}
    gevonden = indexatie.toepassingen(work, plekken.values())
    return [Indexering.make(band=plek or None, toepassing=gevonden[id]) for plek, id in sorted(plekken.items())]


def iv3_van(rij: Values) -> Iv3 | None:
    """Where a gemeente may book what it pays."""
    if rij.iv3_bron is None:
        return None
    return Iv3.make(taakveld=rij.iv3_taakveld, categorie=rij.iv3_categorie, bronvermelding=rij.iv3_bron)


def pad(id: str) -> str:
    """Path of an omslag in this API."""
    return f"/v1/omslagen/{id}"


def weergave(rij: Values) -> Omslag:
    """An omslag as the API shows it."""
    grenzen = [*rij.grenzen, None] if rij.tarieven_millicent else []
    paden = {int(plek): indexatie.toepassingpad(uuid.UUID(id)) for plek, id in (rij.toepassingen or {}).items()}
    vaststelling = _vaststelling(rij)
    return Omslag.from_row(
        rij,
        status=vaststelling.status if vaststelling and vaststelling.status != GEWEIGERD else VOORSTEL,
        toepassing=paden.get(0),
        banden=[
            Band.make(tot_en_met=tot, tarief_millicent=tarief, toepassing=paden.get(plek))
            for plek, (tot, tarief) in enumerate(zip(grenzen, rij.tarieven_millicent, strict=True), 1)
        ],
        termijnen=[Termijn.make(vervaldag=dag, promille=deel) for dag, deel in zip(rij.vervaldagen, rij.promillen, strict=True)],
        iv3=iv3_van(rij),
        regel=uitleg(rij),
        vaststelling=vaststelling,
    )


def _vaststelling(rij: Values) -> Omslagvaststelling | None:
    status = VASTGESTELD if rij.voorstel is not None else rij.aanvraagstatus
    if status is None:
        return None
    return Omslagvaststelling.make(
        status=status,
        besluit=Reference.make(bron=rij.besluit_bron, pad=rij.besluit_pad) if rij.besluit_pad else None,
        tekst=rij.besluit,
        bronvermelding=rij.besluit_bronvermelding,
        door=rij.vastgesteld_door,
        gremium=rij.gremium,
        besloten_op=rij.besloten_op,
        aangevraagd_op=rij.aangevraagd_op,
        vastgesteld_op=rij.vastgesteld_op,
        probleem=Weigering.make(**rij.probleem) if rij.probleem else None,
    )


def _eisen_toegepast(work: Work, regel: Regel, nieuw: NieuweOmslag) -> dict[int, uuid.UUID]:
    """The indexations that a new omslag names, by place: 0 its size, 1, 2 … a band."""
    genoemd = {plek: id for plek, id in enumerate([nieuw.toepassing, *(band.toepassing for band in nieuw.banden)]) if id}
    namen = {plek: f"banden.{plek - 1}.toepassing" if plek else "toepassing" for plek in genoemd}
    gevonden = indexatie.toepassingen(work, genoemd.values()) if genoemd else {}
    fouten = [
        InvalidParam(namen[plek], "onbekend", f"geen toepassing {id}") for plek, id in genoemd.items() if id not in gevonden
    ]
    if fouten:
        raise OnbekendeToepassing("Er is niets vastgelegd.", invalid_params=fouten)
    geindexeerd = {}
    for plek, id in genoemd.items():
        onderwerp = gevonden[id].onderwerp
        eigen = onderwerp.pad if onderwerp.bron == EIGEN_BRON else None
        geindexeerd[plek] = rules.Geindexeerd(eigen, gevonden[id].jaar, Decimal(gevonden[id].prijs))
    if fouten := rules.indexatiefouten(regel, nieuw.fonds, nieuw.jaar, geindexeerd, namen):
        raise OmslagPastNiet("Er is niets vastgelegd.", invalid_params=fouten)
    return genoemd


def _zichtbare(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), OmslagNietGevonden, f"Er is geen omslag {id}, of niet voor uw rol.")


def _eisen_open(work: Work, fonds: str, jaar: int) -> None:
    if rij := repository.vastgestelde(work.session, fonds, jaar):
        extra: dict[str, Any] = {"omslag": pad(rij.id)}
        raise OmslagAlVastgesteld(f"Van fonds {fonds} over {jaar} is al een omslag vastgesteld.", **extra)

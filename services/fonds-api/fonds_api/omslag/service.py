"""Use cases of omslagen: proposing, deciding, reading."""

from __future__ import annotations

from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Limit, Sight, found

from fonds_api.fonds import service as fonds
from fonds_api.omslag import repository, rules
from fonds_api.omslag.errors import OmslagAlVastgesteld, OmslagNietGevonden, OmslagPastNiet
from fonds_api.omslag.rules import Regel
from fonds_api.omslag.schemas import (
    Band,
    Iv3,
    NieuweOmslag,
    NieuweOmslagvaststelling,
    Omslag,
    OmslagenFilter,
    Omslagvaststelling,
    Termijn,
)


def voorstellen(work: Work, zicht: Sight, rol: str | None, nieuw: NieuweOmslag) -> Omslag:
    """Store a levy as the next proposal of its fonds and year; it has no effect until it is decided.

    Raises:
        OmslagPastNiet: its parts do not fit together; names all faults.
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
    fonds.eisen_boekbaar(work, rol, nieuw.fonds)
    repository.vergrendel(work.session, nieuw.fonds, nieuw.jaar)
    _eisen_open(work, nieuw.fonds, nieuw.jaar)
    versie = repository.laatste_versie(work.session, nieuw.fonds, nieuw.jaar) + 1
    id = f"{nieuw.fonds}-{nieuw.jaar}-{versie}"
    waarden = {
        **nieuw.model_dump(exclude={"banden", "termijnen", "iv3"}),
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
    repository.insert_voorstel(work.session, waarden)
    work.record(action="omslag.voorstellen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_omslag(work, zicht, id)


def vaststellen(work: Work, zicht: Sight, rol: str | None, id: str, nieuw: NieuweOmslagvaststelling) -> Omslag:
    """Make a proposal the levy of its fonds and year, for good. Whether the decision exists, is not looked up.

    Raises:
        OmslagNietGevonden: see `get_omslag`.
        OmslagAlVastgesteld: there is a levy of this fonds and year.
    """
    rij = _zichtbare(work, zicht, id)
    repository.vergrendel(work.session, rij.fonds, rij.jaar)
    _eisen_open(work, rij.fonds, rij.jaar)
    repository.insert_omslag(
        work.session,
        {
            **{naam: getattr(rij, naam) for naam in ("fonds", "jaar", "bedrag_cent", "indeling", "peildatum")},
            "voorstel": id,
            "besluit": nieuw.tekst,
            "bronvermelding": nieuw.bronvermelding,
            "besluit_bron": nieuw.besluit.bron,
            "besluit_pad": nieuw.besluit.pad,
            "vastgesteld_door": rol,
            "vastgesteld_op": work.clock.now(),
        },
    )
    work.record(action="omslag.vaststellen", subject=pad(id), change=nieuw.model_dump(mode="json", by_alias=True))
    return get_omslag(work, zicht, id)


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
    vastgesteld = rij.voorstel is not None
    return Omslag.from_row(
        rij,
        status="vastgesteld" if vastgesteld else "voorstel",
        banden=[
            Band.make(tot_en_met=tot, tarief_millicent=tarief)
            for tot, tarief in zip(grenzen, rij.tarieven_millicent, strict=True)
        ],
        termijnen=[Termijn.make(vervaldag=dag, promille=deel) for dag, deel in zip(rij.vervaldagen, rij.promillen, strict=True)],
        iv3=iv3_van(rij),
        regel=uitleg(rij),
        vaststelling=_vaststelling(rij) if vastgesteld else None,
    )


def _vaststelling(rij: Values) -> Omslagvaststelling:
    return Omslagvaststelling.make(
        besluit=Reference.make(bron=rij.besluit_bron, pad=rij.besluit_pad) if rij.besluit_pad else None,
        tekst=rij.besluit,
        bronvermelding=rij.besluit_bronvermelding,
        door=rij.vastgesteld_door,
        vastgesteld_op=rij.vastgesteld_op,
    )


def _zichtbare(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), OmslagNietGevonden, f"Er is geen omslag {id}, of niet voor uw rol.")


def _eisen_open(work: Work, fonds: str, jaar: int) -> None:
    if rij := repository.vastgestelde(work.session, fonds, jaar):
        extra: dict[str, Any] = {"omslag": pad(rij.id)}
        raise OmslagAlVastgesteld(f"Van fonds {fonds} over {jaar} is al een omslag vastgesteld.", **extra)

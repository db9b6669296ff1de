"""Use cases of previews; they only read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.schema import Reference
from gemeengoed_kit.sight import Sight, found

from fonds_api.bijdrage import service as bijdrage
from fonds_api.bijdrage.schemas import Deel
from fonds_api.omslag import rules as omslagregels
from fonds_api.omslag import service as omslag
from fonds_api.omslag.rules import Bedrag, Inwonertal, Regel
from fonds_api.peiling import service as peiling
from fonds_api.peiling.schemas import Voorganger
from fonds_api.vooruitblik import rules
from fonds_api.vooruitblik.errors import VooruitblikNietGevonden
from fonds_api.vooruitblik.schemas import (
    Verklaring,
    Voorbeeld,
    Voorbeeldbijdrage,
    Vooruitblik,
    Vooruitbliktermijn,
    Vooruitblikvraag,
)


@dataclass(frozen=True)
class _Rekening:
    """A levy over the gemeenten of a peiling, beside the year before."""

    omslag: Values
    peiling: Values
    gemeenten: Sequence[Inwonertal]
    bedragen: dict[str, Bedrag]
    lezingen: dict[str, dict[str, Bedrag]]
    eerder: dict[str, Values]
    eerdere_regel: Regel | None

    @cached_property
    def inwoners_totaal(self) -> int:
        return sum(g.inwoners or 0 for g in self.gemeenten)

    @cached_property
    def inwoners_eerder(self) -> int:
        return sum(rij.inwoners for rij in self.eerder.values())

    @property
    def op_eigen_dagen(self) -> bool:
        return (self.peiling.indeling, self.peiling.peildatum) == (self.omslag.indeling, self.omslag.peildatum)


def get_voorbeeld(work: Work, zicht: Sight, eigen: str | None, id: str, met: uuid.UUID | None) -> Voorbeeld:
    """What an omslag comes to over the inhabitants of a peiling, with both readings of bands, beside the year before.

    Args:
        eigen: code of the gemeente that asks; it sees itself alone, also in totals.

    Raises:
        OmslagNietGevonden: it does not exist, or the caller may not see it.
        OnbekendePeiling, PeilingGereedNietGevonden: see `peiling.service.voor_omslag`.
    """
    rekening = _rekening(work, omslag.rij_van(work, zicht, id), met)
    rijen = [_bijdrage(rekening, g) for g in rekening.gemeenten if eigen in (None, g.code)]
    return Voorbeeld.make(
        omslag=omslag.pad(id),
        peiling=rekening.peiling.id,
        indeling=rekening.peiling.indeling,
        peildatum=rekening.peiling.peildatum,
        op_eigen_dagen=rekening.op_eigen_dagen,
        aantal=len(rijen),
        aantal_voorlopig=sum(rij.inwonerstatus == "voorlopig" for rij in rijen),
        bedrag_cent=sum(rij.bedrag_cent for rij in rijen),
        klasse_cent=sum(rij.klasse_cent or 0 for rij in rijen) if rekening.lezingen else None,
        schijf_cent=sum(rij.schijf_cent or 0 for rij in rijen) if rekening.lezingen else None,
        vorig_cent=sum(rij.vorig_cent or 0 for rij in rijen),
        verschil_cent=sum(rij.verschil_cent for rij in rijen),
        gemeenten=rijen,
    )


def get_vooruitblik(work: Work, zicht: Sight, eigen: str, vraag: Vooruitblikvraag) -> Vooruitblik:
    """What a gemeente pays to a fonds in a year, and why.

    Raises:
        VooruitblikNietGevonden: there is no omslag that it may see, or it does not contribute.
        PeilingGereedNietGevonden: nothing to calculate with.
    """
    geen = f"Er is geen vooruitblik van fonds {vraag.fonds} over {vraag.jaar}, of niet voor {eigen}."
    rij = found(omslag.vooruit(work, zicht, vraag.fonds, vraag.jaar), VooruitblikNietGevonden, geen)
    rekening = _rekening(work, rij, None)
    gemeente = found(next((g for g in rekening.gemeenten if g.code == eigen), None), VooruitblikNietGevonden, geen)
    cent = rekening.bedragen[eigen].cent
    exclusief = omslagregels.exclusief(cent, rij.btw_procent)
    regel = omslag.regel_van(rij)
    bedragen = omslagregels.termijnen(cent, rij.promillen)
    return Vooruitblik.make(
        omslag=omslag.weergave(rij),
        bijdrage=_bijdrage(rekening, gemeente),
        gemeente=Reference.make(bron="catalogus", pad=f"/v1/gemeenten/{eigen}"),
        peildatum=rekening.peiling.peildatum,
        op_eigen_dagen=rekening.op_eigen_dagen,
        exclusief_btw_cent=exclusief,
        btw_cent=cent - exclusief,
        delen=[Deel.from_row(deel) for deel in bijdrage.delen_van(regel, gemeente.inwoners or 0)],
        inwoners_totaal=rekening.inwoners_totaal,
        voorgangers=[Voorganger.from_row(van) for van in gemeente.voorgangers] if rij.compensatie_jaren else [],
        termijnen=[
            Vooruitbliktermijn.make(vervaldag=dag, promille=deel, bedrag_cent=bedrag)
            for dag, deel, bedrag in zip(rij.vervaldagen, rij.promillen, bedragen, strict=True)
        ],
        iv3=omslag.iv3_van(rij),
        indexering=omslag.indexering_van(work, rij),
    )


def _rekening(work: Work, rij: Values, met: uuid.UUID | None) -> _Rekening:
    gepeild = peiling.voor_omslag(work, rij, met)
    gemeenten, regel = peiling.gemeenten_van(work, gepeild), omslag.regel_van(rij)
    eerder = omslag.vastgestelde(work, rij.fonds, rij.jaar - 1)
    banden = regel.vorm in omslagregels.LEZINGEN
    return _Rekening(
        rij,
        gepeild,
        gemeenten,
        omslagregels.berekenen(regel, gemeenten),
        {lezing: omslagregels.berekenen(replace(regel, vorm=lezing), gemeenten) for lezing in omslagregels.LEZINGEN if banden},
        bijdrage.vaste_van(work, rij.fonds, rij.jaar - 1) if eerder else {},
        omslag.regel_van(eerder) if eerder else None,
    )


def _bijdrage(rekening: _Rekening, g: Inwonertal) -> Voorbeeldbijdrage:
    bedrag, oud = rekening.bedragen[g.code], rekening.eerder.get(g.code)
    lezing = {wijze: rekening.lezingen[wijze][g.code].cent if rekening.lezingen else None for wijze in omslagregels.LEZINGEN}
    nu = rules.Stand(omslag.regel_van(rekening.omslag), g.inwoners or 0, rekening.inwoners_totaal, bedrag)
    return Voorbeeldbijdrage.make(
        gemeentecode=g.code,
        gemeentenaam=g.naam,
        inwoners=g.inwoners,
        inwonerstatus=g.status,
        bedrag_cent=bedrag.cent,
        compensatie_cent=bedrag.compensatie_cent,
        klasse_cent=lezing[omslagregels.KLASSE],
        schijf_cent=lezing[omslagregels.SCHIJF],
        vorig_cent=oud.bedrag_cent if oud else None,
        verschil_cent=bedrag.cent - (oud.bedrag_cent if oud else 0),
        verklaring=[
            Verklaring.make(reden=deel.reden, uitleg=rules.UITLEG[deel.reden], verschil_cent=deel.cent)
            for deel in rules.verklaren(_eerst(rekening, oud), nu)
        ],
    )


def _eerst(rekening: _Rekening, oud: Values | None) -> rules.Stand | None:
    if oud is None or rekening.eerdere_regel is None:
        return None
    bruto = oud.bedrag_cent if oud.bruto_cent is None else oud.bruto_cent
    return rules.Stand(rekening.eerdere_regel, oud.inwoners, rekening.inwoners_eerder, Bedrag(bruto, oud.compensatie_cent))

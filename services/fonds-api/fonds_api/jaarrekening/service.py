"""Use cases of jaarrekeningen; they only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.dutch import euros, percent
from gemeengoed_kit.sight import Sight

from fonds_api.fonds import service as fonds
from fonds_api.jaareinde import service as jaareinde
from fonds_api.jaareinde.schemas import Bestemming
from fonds_api.jaarrekening import rules
from fonds_api.jaarrekening.schemas import (
    Balans,
    Balanspost,
    Jaarrekening,
    JaarrekeningVaststelling,
    Resultaatbestemming,
    Staatregel,
    Toelichting,
    ToelichtingPost,
)
from fonds_api.verantwoording import service as verantwoording
from fonds_api.verantwoording.rules import Bron, Regel
from fonds_api.verloop import service as verloop

_STAATREGELS = ("prioriteit", "btw", "overig", "totaal")


def get_jaarrekening(work: Work, zicht: Sight, code: str, jaar: int) -> Jaarrekening:
    """The annual account as the ledger gives it now: balans, staat van baten en lasten against the last adopted begroting, and
    toelichting. Amounts in cents.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    van = fonds.get_fonds(work, zicht, code)
    vanaf, tot = verloop.jaar_van(jaar)
    nu, eind = today(work.clock), tot - timedelta(days=1)
    afsluiting = verloop.boeking_van(work, code, jaareinde.pad(code, jaar - 1))
    vorig = rules.samen(verloop.per_maand(work, code, date(jaar - 1, 1, 1), vanaf, [afsluiting] if afsluiting else []))
    verslag = verantwoording.stel_op(work, code, jaar, eind, bekend_op=max(nu, eind), altijd=vorig.keys())
    bestemming = jaareinde.find_bestemming(work, code, jaar)
    vaststelling = _vaststelling(bestemming)
    baten = [_bate(verslag, een, vorig) for een in verslag.bronnen]
    lasten = [_last(verslag, een, vorig) for een in verslag.regels if _in_staat(een)]
    return Jaarrekening.make(
        fonds=code,
        naam=van.naam,
        omschrijving=van.omschrijving,
        jaar=jaar,
        status="vastgesteld" if vaststelling else "concept",
        vaststelling=vaststelling,
        bestemming=_bestemming(code, jaar, bestemming),
        opgemaakt_op=nu,
        begroting=verantwoording.geldende(verslag),
        balans=_balans(work, code, vanaf, tot),
        baten=baten,
        lasten=lasten,
        resultaat_cent=verslag.resultaat,
        vorig_resultaat_cent=_laatste(baten) - _laatste(lasten),
        toelichting=_toelichting(verslag),
        aantal_boekingen=verloop.omvang(work, code, jaar).boekingen,
    )


def _vaststelling(van: Bestemming | None) -> JaarrekeningVaststelling | None:
    """The members adopt a jaarrekening with what becomes of its resultaat."""
    if van is None or van.vastgesteld_op is None:
        return None
    return JaarrekeningVaststelling.make(besluit=van.besluit, vastgesteld_op=van.vastgesteld_op)


def _bestemming(code: str, jaar: int, van: Bestemming | None) -> Resultaatbestemming | None:
    if van is None:
        return None
    return Resultaatbestemming.make(
        pad=jaareinde.pad_bestemming(code, jaar),
        status=van.status,
        uitkeren_cent=van.uitkeren_cent,
        reserve_cent=van.reserve_cent,
        besluit=van.besluit,
        boeking=van.boeking,
    )


def _balans(work: Work, code: str, vanaf: date, tot: date) -> Balans:
    eind, begin = verloop.standen(work, code, tot), verloop.standen(work, code, vanaf)
    kanten = rules.balans(
        rules.Stand(een.nummer, een.naam, een.soort, eind.get(een.nummer, 0), begin.get(een.nummer, 0))
        for een in verloop.rekeningen(work, code)
    )
    posten = {
        kant: [
            Balanspost.make(rekening=een.rekening, omschrijving=een.omschrijving, bedrag_cent=een.bedrag, vorig_cent=een.vorig)
            for een in rijen
        ]
        for kant, rijen in kanten.items()
    }
    datum, vorige = tot - timedelta(days=1), vanaf - timedelta(days=1)
    return Balans.make(
        datum=datum,
        vorige_datum=vorige,
        activa=posten["activa"],
        passiva=posten["passiva"],
        totaal_cent=sum(een.bedrag for een in kanten["activa"]),
        vorig_totaal_cent=sum(een.vorig for een in kanten["activa"]),
        herleiding=[f"/v1/fondsen/{code}/saldibalans?datum={dag}" for dag in (datum, vorige) if dag.year >= 2000],
    )


def _bate(van: verantwoording.Verslag, een: Bron, vorig: Mapping[str, int]) -> Staatregel:
    return Staatregel.make(
        omschrijving=een.omschrijving,
        begroot_cent=een.begroot,
        bedrag_cent=een.ontvangen,
        verschil_cent=een.ontvangen - een.begroot,
        vorig_cent=-sum(vorig.get(nummer, 0) for nummer in een.rekeningen),
        herleiding=van.herleiding(een.rekeningen),
    )


def _last(van: verantwoording.Verslag, een: Regel, vorig: Mapping[str, int]) -> Staatregel:
    return Staatregel.make(
        omschrijving=f"{een.prioriteit} {een.omschrijving}" if een.prioriteit else een.omschrijving,
        begroot_cent=een.beschikbaar,
        bedrag_cent=een.besteed,
        verschil_cent=een.beschikbaar - een.besteed,
        vorig_cent=sum(vorig.get(nummer, 0) for nummer in een.rekeningen),
        herleiding=van.herleiding(een.rekeningen),
    )


def _in_staat(een: Regel) -> bool:
    return een.soort in _STAATREGELS or (een.soort == "post" and een.prioriteit is None)


def _laatste(rijen: Sequence[Staatregel]) -> int:
    return rijen[-1].vorig_cent if rijen else 0


def _toelichting(van: verantwoording.Verslag) -> list[Toelichting]:
    """Of each prioriteit its posts; those with nothing to tell are left out."""
    posten: dict[str | None, list[ToelichtingPost]] = {}
    for een in van.regels:
        if een.soort == "post" and (een.begroot or een.overgeheveld or een.verplicht or any(een.kwartalen)):
            posten.setdefault(een.prioriteit, []).append(
                ToelichtingPost.make(
                    budgetsoort=een.budgetsoort,
                    begroot_cent=een.beschikbaar,
                    besteed_cent=een.besteed,
                    verplicht_cent=een.verplicht,
                    vrij_cent=een.vrij,
                    herleiding=van.herleiding(een.rekeningen),
                )
            )
    return [
        Toelichting.make(
            prioriteit=een.prioriteit, omschrijving=een.omschrijving, tekst=in_woorden(een), posten=posten[een.prioriteit]
        )
        for een in van.regels
        if een.soort == "prioriteit" and een.prioriteit in posten
    ]


def in_woorden(een: Regel) -> str:
    """What became of a row, in a sentence or two."""
    if not een.beschikbaar:
        zin = f"Hiervoor was niets begroot; besteed is € {euros(een.besteed)}."
    elif not een.besteed:
        zin = f"Van de begrote € {euros(een.beschikbaar)} is niets besteed."
    else:
        zin = f"Van € {euros(een.beschikbaar)} is € {euros(een.besteed)} besteed ({percent(een.besteed, een.beschikbaar)})."
    if een.verplicht:
        zin += f" Verplicht en nog niet besteed is € {euros(een.verplicht)}."
    if een.vrij < 0:
        return f"{zin} Dat is € {euros(-een.vrij)} meer dan begroot."
    return f"{zin} Vrij gebleven is € {euros(een.vrij)}." if een.beschikbaar else zin

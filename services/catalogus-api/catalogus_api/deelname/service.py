"""Use cases of deelnames: joining, on which conditions, going on, leaving."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.sight import Sight, found
from gemeengoed_kit.window import require_near

from catalogus_api.besluit import service as besluit
from catalogus_api.deelname import opvolging, repository, rules
from catalogus_api.deelname.errors import (
    AlDeelname,
    AndereVoorwaarden,
    DeelnameNietGevonden,
    DeelnamePastNiet,
    OpzeggenPastNiet,
    OvergangPastNiet,
)
from catalogus_api.deelname.schemas import (
    Deelname,
    Deelnamekeuze,
    DeelnameKort,
    DeelnamesFilter,
    Deelnamevoorwaarden,
    Deelnamewijziging,
    NieuweDeelname,
    NieuweOvergang,
    Overgangsregel,
)
from catalogus_api.gemeente import service as gemeente
from catalogus_api.gemeente.rules import Levensduur
from catalogus_api.namens.belang import Belang
from catalogus_api.namens.errors import NietNamensDezeGemeente
from catalogus_api.toegang import BEHEER, GEMEENTE, GEPUBLICEERD, kring
from catalogus_api.voorziening import service as voorziening


def list_deelnames(work: Work, kijk: Belang, wens: DeelnamesFilter) -> tuple[int, list[DeelnameKort]]:
    """(number in all, deelnames of this page) that the caller may see, with their status on the day that is asked for."""
    mag = _mag(work, kijk)
    count, rijen = repository.list_deelnames(work.session, mag, wens, today(work.clock))
    genoemd = _genoemd(work, mag, rijen)
    return count, DeelnameKort.from_rows(rijen, lambda rij: {"tot_en_met": rules.dag_ervoor(rij.tot), **genoemd(rij)})


def list_van_voorziening(
    work: Work, zicht: Sight, kijk: Belang, code: str, wens: Deelnamekeuze
) -> tuple[int, list[DeelnameKort]]:
    """As `list_deelnames`, of one voorziening.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    return list_deelnames(work, kijk, _wens(wens, voorziening=code))


def list_van_gemeente(work: Work, kijk: Belang, code: str, wens: Deelnamekeuze) -> tuple[int, list[DeelnameKort]]:
    """As `list_deelnames`, of one gemeente.

    Raises:
        GemeenteNietGevonden: there is none with this code.
    """
    gemeente.get_gemeente(work, code, None)
    return list_deelnames(work, kijk, _wens(wens, gemeentecode=code))


def get_deelname(work: Work, kijk: Belang, id: uuid.UUID) -> Deelname:
    """One deelname, with the conditions that were accepted and its steps; who acted is for those who act for the gemeente.

    Raises:
        DeelnameNietGevonden: there is none with this id, or not for this caller.
    """
    return _weergave(work, kijk, _gevonden(work, kijk, id))


def aanmelden(work: Work, voor: Belang, nieuw: NieuweDeelname) -> Deelname:
    """Interest of a gemeente in a voorziening, or its joining under the conditions of that day.

    Raises:
        NietNamensDezeGemeente: the caller does not act for it.
        DeelnamePastNiet: the voorziening, the gemeente or the day does not fit; names all.
        AndereVoorwaarden: other conditions hold then than those that are accepted; shows them.
        AlDeelname: the gemeente takes part then.
    """
    _eisen_namens(voor, nieuw.gemeentecode)
    gemeente.houd_vast(work)
    duur = gemeente.levensduren(work, [nieuw.gemeentecode]).get(nieuw.gemeentecode)
    gaat_over = duur is not None and duur.einddatum is not None  # then its successor takes part as well
    repository.houd_voorwaarden(work.session, nieuw.voorziening, alleen=gaat_over)
    dag = nieuw.datum or today(work.clock)
    geldend = repository.voorwaarden_op(work.session, nieuw.voorziening, dag)
    wrong = [*_bezwaren(work, voor, nieuw, dag, duur), *_bezwaar_tegen_einde(geldend, dag)]
    if wrong:
        detail = f"{nieuw.gemeentecode} kan zo niet deelnemen aan {nieuw.voorziening}; zie invalidParams."
        raise DeelnamePastNiet(detail, invalid_params=wrong)
    if nieuw.status == rules.AANGEMELD:
        _eisen_voorwaarden(geldend, nieuw.voorwaarden_versie, dag)
    id = uuid.uuid4()
    rij = {
        "id": id,
        **nieuw.model_dump(include={"voorziening", "gemeentecode", "inkoopgrond", "zichtbaarheid"}),
        "afkomstig_van": None,
        "vanaf": dag,
        "vastgelegd_op": work.clock.now(),
    }
    if not repository.add(work.session, rij):
        raise AlDeelname(f"{nieuw.gemeentecode} neemt op {dag} al deel aan {nieuw.voorziening}.")
    eerste = opvolging.stap(work, voor, id, 1, nieuw.status, dag, voorwaarden_versie=nieuw.voorwaarden_versie)
    repository.add_overgangen(work.session, [eerste])
    if duur and duur.einddatum and duur.rechtsopvolger:
        dag_erna = duur.einddatum + timedelta(days=1)
        opvolging.overdragen(work, voor, {nieuw.gemeentecode: duur.rechtsopvolger}, dag_erna, alleen=id)
    _noteer(work, "deelname.aanmelden", id, nieuw.gemeentecode, nieuw.model_dump(mode="json", by_alias=True))
    return get_deelname(work, voor, id)


def overgaan(work: Work, voor: Belang, id: uuid.UUID, nieuw: NieuweOvergang) -> Deelname:
    """The next step of a deelname, or notice.

    Raises:
        DeelnameNietGevonden: there is none with this id, or not for this caller.
        NietNamensDezeGemeente: the caller does not act for its gemeente.
        OvergangPastNiet: the step does not follow, or its day cannot be; names all.
        AndereVoorwaarden: as `aanmelden`.
        OpzeggenPastNiet: too early, or generally binding; says from when it can.
        TooFarAhead: it would end more than a year from now, while it can earlier.
    """
    gezien = _gevonden(work, voor, id)
    _eisen_namens(voor, gezien.gemeentecode)
    gemeente.houd_vast(work)
    repository.houd_voorwaarden(work.session, gezien.voorziening)
    rij = repository.lock(work.session, id)
    stand, dag = opvolging.stand(rij), nieuw.datum or today(work.clock)
    wrong = rules.bezwaren_tegen_stap(
        stand, nieuw.naar, dag, today(work.clock), einddatum=nieuw.einddatum, mag_achteraf=voor.rol == BEHEER
    )
    gezet = repository.overgangen(work.session, id)
    if rij.overgaat_op == rij.tot and any(stap.naar == rules.BEEINDIGD for stap in gezet):
        wrong.append(InvalidParam("naar", "geëindigd", "de deelname is al opgezegd"))
    if nieuw.voorwaarden_versie is not None and nieuw.naar != rules.AANGEMELD:
        wrong.append(InvalidParam("voorwaardenVersie", "overbodig", "alleen wie zich aanmeldt, aanvaardt voorwaarden"))
    if wrong:
        raise OvergangPastNiet(f"Deze deelname kan zo niet naar {nieuw.naar}; zie invalidParams.", invalid_params=wrong)
    if nieuw.naar == rules.AANGEMELD:
        geldend = repository.voorwaarden_op(work.session, rij.voorziening, dag)
        dicht = [*_bezwaar_tegen_fase(work, rij.voorziening), *_bezwaar_tegen_einde(geldend, dag)]
        if dicht:
            raise OvergangPastNiet(f"Aan {rij.voorziening} neemt niemand meer deel.", invalid_params=dicht)
        _eisen_voorwaarden(geldend, nieuw.voorwaarden_versie, dag)
    if nieuw.naar == rules.BEEINDIGD and nieuw.einddatum:
        _eisen_opzegging(work, voor, rij, dag, nieuw.einddatum)
    gegeven = nieuw.model_dump(include={"einddatum", "voorwaarden_versie"})
    repository.add_overgangen(work.session, [opvolging.stap(work, voor, id, len(gezet) + 1, nieuw.naar, dag, **gegeven)])
    if rij.opvolger:
        opvolging.navolgen(work, voor, repository.lock(work.session, id), nieuw.naar, nieuw.einddatum)
    _noteer(work, "deelname.overgaan", id, rij.gemeentecode, nieuw.model_dump(mode="json", by_alias=True))
    return get_deelname(work, voor, id)


def wijzigen(work: Work, voor: Belang, id: uuid.UUID, if_match: str | None, wijziging: Deelnamewijziging) -> Deelname:
    """Who sees a deelname, and the ground on which it was procured.

    Raises:
        DeelnameNietGevonden, NietNamensDezeGemeente: as `overgaan`.
        VersionNeeded, Changed: `if_match` does not name the last version.
    """
    _eisen_namens(voor, _gevonden(work, voor, id).gemeentecode)
    gemeente.houd_vast(work)  # a herindeling counts the same gemeenten, in another order
    rij = repository.lock(work.session, id)
    require_match(if_match, rij.versie)
    anders = {
        naam: waarde
        for naam, waarde in wijziging.model_dump(include=wijziging.model_fields_set).items()
        if getattr(rij, naam) != waarde
    }
    if anders:
        repository.change(work.session, id, anders)
        _noteer(work, "deelname.wijzigen", id, rij.gemeentecode, anders)
    return get_deelname(work, voor, id)


def gebruik(work: Work, kijk: Belang, codes: Collection[str], dag: date, *, per_provincie: bool = False) -> Sequence[Values]:
    """(voorziening, provincie, gemeenten, zichtbaar, inwoners) of what is in use on a day; `zichtbaar` is how many of these
    deelnames the caller may see one by one."""
    return repository.gebruik(work.session, _mag(work, kijk), codes, dag, per_provincie=per_provincie)


def belangen(work: Work, codes: Collection[str], dag: date) -> dict[str, tuple[int, date]]:
    """By gemeente that takes part from a day on: how many deelnames, and the last day of any of their steps."""
    return repository.belangen(work.session, codes, dag)


def overdragen(work: Work, opvolgers: dict[str, str], dag: date) -> None:
    """Let the deelnames of gemeenten that end go over to who succeeds them (Wet algemene regels herindeling, article 44).

    Args:
        opvolgers: code of who ends to code of who has its rights and duties from the day on.
    """
    opvolging.overdragen(work, Belang(BEHEER, alle=True), opvolgers, dag)


def pad(id: uuid.UUID) -> str:
    """Path of a deelname."""
    return f"/v1/deelnames/{id}"


def _noteer(work: Work, handeling: str, id: uuid.UUID, gemeentecode: str, change: dict[str, Any]) -> None:
    """Record a change, for the gemeente itself: whom else it shows its deelname, it may change its mind about."""
    work.record(action=handeling, subject=pad(id), change=change, visible_to=[kring(GEMEENTE, gemeentecode)])


def _mag(work: Work, kijk: Belang) -> Any:
    """The condition under which a caller sees a deelname; None when it sees all."""
    return None if kijk.alle else repository.zichtbaar(kijk.gemeenten, kijk.als_gemeente, today(work.clock))


def _genoemd(work: Work, mag: Any, rijen: Sequence[Values]) -> Callable[[Values], dict[str, uuid.UUID | None]]:
    """Gives which other deelnames a row names, of those that the caller may see; these are looked up for all rows at once."""
    ids = {id for rij in rijen for id in (rij.afkomstig_van, rij.opvolger) if id is not None}
    gezien = repository.te_zien(work.session, mag, ids)

    def namen(rij: Values) -> dict[str, uuid.UUID | None]:
        return {naam: getattr(rij, naam) if getattr(rij, naam) in gezien else None for naam in ("afkomstig_van", "opvolger")}

    return namen


def _gevonden(work: Work, kijk: Belang, id: uuid.UUID) -> Values:
    return found(repository.find(work.session, _mag(work, kijk), id), DeelnameNietGevonden, f"Er is geen deelname {id}.")


def _wens(wens: Deelnamekeuze, **meer: str) -> DeelnamesFilter:
    return DeelnamesFilter.make(**wens.model_dump(), **meer)


def _weergave(work: Work, kijk: Belang, rij: Values) -> Deelname:
    vandaag, zelf = today(work.clock), kijk.omvat(rij.gemeentecode)
    verborgen = {} if zelf else {"rol": None, "door": None, "namens": None}
    afgesproken = None
    if rij.voorwaarden_versie:
        afgesproken = repository.voorwaarden(work.session, rij.voorziening, rij.voorwaarden_versie)
    return Deelname.from_row(
        rij,
        **_genoemd(work, _mag(work, kijk), [rij])(rij),
        status=rules.status_op(opvolging.stand(rij), vandaag),
        tot_en_met=rules.dag_ervoor(rij.tot),
        voorwaarden=afgesproken and Deelnamevoorwaarden.from_row(afgesproken),
        eerste_einddatum=_eerste_einddatum(work, rij, vandaag) if rij.tot is None else None,
        overgangen=Overgangsregel.from_rows(repository.overgangen(work.session, rij.id), lambda _: verborgen),
    )


def _eisen_namens(voor: Belang, code: str) -> None:
    if not voor.omvat(code):
        raise NietNamensDezeGemeente(f"U handelt met dit contract niet namens {code}.")


def _bezwaren(work: Work, voor: Belang, nieuw: NieuweDeelname, dag: date, duur: Levensduur | None) -> list[InvalidParam]:
    vandaag, wrong = today(work.clock), _bezwaar_tegen_fase(work, nieuw.voorziening)
    if duur is None:
        wrong.append(InvalidParam("gemeentecode", "onbekend", f"er is geen gemeente {nieuw.gemeentecode}"))
    elif not duur.omvat(dag):
        wrong.append(InvalidParam("gemeentecode", "bestaat_niet", f"{nieuw.gemeentecode} bestaat niet op {dag}"))
    elif duur.einddatum and not duur.rechtsopvolger:
        reden = f"{nieuw.gemeentecode} eindigt op {duur.einddatum}, en niet bekend is wie haar rechten overneemt"
        wrong.append(InvalidParam("gemeentecode", "eindigt", reden))
    if dag > vandaag:
        wrong.append(InvalidParam("datum", "vooruit", f"{dag} moet nog komen; het is nu {vandaag}"))
    elif nieuw.status == rules.AANGEMELD and dag < vandaag and voor.rol != BEHEER:
        wrong.append(InvalidParam("datum", "achteraf", "een aanmelding achteraf legt alleen catalogusbeheer vast"))
    if nieuw.status not in (rules.BELANGSTELLING, rules.AANGEMELD):
        wrong.append(InvalidParam("status", "later", "een deelname begint met belangstelling of aangemeld"))
    if nieuw.status == rules.BELANGSTELLING and nieuw.voorwaarden_versie is not None:
        wrong.append(InvalidParam("voorwaardenVersie", "overbodig", "alleen wie zich aanmeldt, aanvaardt voorwaarden"))
    return wrong


def _bezwaar_tegen_fase(work: Work, code: str) -> list[InvalidParam]:
    kort = voorziening.kort(work, GEPUBLICEERD, code)
    if kort is None:
        return [InvalidParam("voorziening", "onbekend", f"er is geen voorziening {code}, of zij is nog concept")]
    if kort.fase in rules.GESLOTEN_FASEN:
        return [InvalidParam("voorziening", "gesloten", f"{code} is in de fase {kort.fase}; daar sluit niemand meer bij aan")]
    return []


def _bezwaar_tegen_einde(geldend: Values | None, dag: date) -> list[InvalidParam]:
    if geldend is None or not geldend.einde:
        return []
    return [InvalidParam("voorziening", "geëindigd", f"op {dag} kan niemand meer deelnemen, sinds {geldend.vanaf}")]


def _eisen_voorwaarden(geldend: Values | None, versie: int | None, dag: date) -> None:
    """A caller that joins has read the conditions of the day: what it costs, and how to leave."""
    if geldend is None:
        wrong = [InvalidParam("voorziening", "zonder_voorwaarden", f"op {dag} zijn er nog geen voorwaarden om te aanvaarden")]
        raise DeelnamePastNiet("Aanmelden kan nog niet: de voorwaarden zijn niet bekend.", invalid_params=wrong)
    if geldend.versie != versie:
        raise AndereVoorwaarden(
            f"Op {dag} geldt versie {geldend.versie} van de voorwaarden; aanvaard is {versie or 'geen'}.",
            voorwaarden=Deelnamevoorwaarden.from_row(geldend).model_dump(mode="json", by_alias=True),
        )


def _eerste_einddatum(work: Work, rij: Values, opgezegd_op: date) -> date | None:
    """From when a deelname can end when notice is given on a day; None when it binds all gemeenten."""
    binding = _binding(work, rij, opgezegd_op)
    if rules.zonder_termijn(opvolging.stand(rij).stap, binding):
        return max(opgezegd_op, rij.vanaf)
    return None if binding == rules.ALGEMEEN_BINDEND else _volgens_voorwaarden(work, rij, opgezegd_op)[0]


def _binding(work: Work, rij: Values, op: date) -> str | None:
    """The mate van binding: that of the besluiten in force, or else of the entry."""
    kort = voorziening.kort(work, GEPUBLICEERD, rij.voorziening)
    return besluit.bindend(work, rij.voorziening, op) or (kort.mate_van_binding if kort else None)


def _volgens_voorwaarden(work: Work, rij: Values, opgezegd_op: date) -> tuple[date, str]:
    """(first last day, on which days it can end), by the conditions that were accepted."""
    afgesproken = repository.voorwaarden(work.session, rij.voorziening, rij.voorwaarden_versie)
    assert afgesproken is not None, "a foreign key"
    tegen = afgesproken.opzeggen_tegen
    return rules.eerste_einddatum(opgezegd_op, afgesproken.opzegtermijn_maanden, tegen), tegen


def _eisen_opzegging(work: Work, voor: Belang, rij: Values, dag: date, einddatum: date) -> None:
    binding = _binding(work, rij, dag)
    if rules.zonder_termijn(opvolging.stand(rij).stap, binding):
        require_near(work.clock, einddatum=einddatum)
        return
    if binding == rules.ALGEMEEN_BINDEND and voor.rol != BEHEER:
        raise OpzeggenPastNiet(f"{rij.voorziening} is algemeen bindend: een gemeente beëindigt haar deelname niet alleen.")
    eerste, tegen = _volgens_voorwaarden(work, rij, dag)
    if einddatum < eerste:
        detail = f"Bij opzegging op {dag} eindigt de deelname op zijn vroegst op {eerste}."
        raise OpzeggenPastNiet(detail, eersteEinddatum=str(eerste))
    if not rules.past_bij(einddatum, tegen):
        raise OpzeggenPastNiet(f"Opzeggen kan tegen {tegen}, en {einddatum} is dat niet.", eersteEinddatum=str(eerste))
    if einddatum > eerste:  # that day can be far: a notice period is at most five years
        require_near(work.clock, einddatum=einddatum)

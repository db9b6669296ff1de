"""Use cases of mijlpalen and the routekaart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from gemeengoed_kit.clock import today
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.routekaart import repository, rules
from catalogus_api.routekaart.errors import (
    AfhankelijkInEenKring,
    ConceptBlijftVerborgen,
    MijlpaalBestaat,
    MijlpaalNietGevonden,
    OnbekendeMijlpaal,
    OnbekendeVoorziening,
    OnsamenhangendeMijlpaal,
    RoutekaartTeGroot,
)
from catalogus_api.routekaart.schemas import (
    Mijlpaal,
    Mijlpaalwijziging,
    MijlpalenFilter,
    NieuweMijlpaal,
    Routekaart,
    RoutekaartFilter,
    kolommen,
)
from catalogus_api.toegang import GEPUBLICEERD, voor_wie_publicaties_ziet
from catalogus_api.voorziening.service import codes_in_domein, einde_van, namen_van

GROOTSTE_ROUTEKAART = 500
PER_VOORZIENING = 20
"""Mijlpalen that are given with a voorziening; a page can have 500 of those."""
ALLE_SAMEN = "Alle voorzieningen samen"
_VAN_DE_DIENST = {"versie", "vastgelegd_op", "vastgelegd_door"}


def list_mijlpalen(work: Work, zicht: Sight, wens: MijlpalenFilter) -> tuple[int, list[Mijlpaal]]:
    """(number in all, mijlpalen of this page) that the caller may see, by begin."""
    count, rows = repository.list_mijlpalen(work.session, zicht, wens, _codes(work, zicht, wens))
    return count, Mijlpaal.from_rows(rows)


def get_mijlpaal(work: Work, zicht: Sight, id: str, op: date | None = None) -> Mijlpaal:
    """One mijlpaal, as it is now, or as it was at the end of a day.

    Raises:
        MijlpaalNietGevonden: there is none with this id, then, for this caller.
    """
    if op is None:
        return Mijlpaal.from_row(_gevonden(work, zicht, id))
    rij = repository.find_before(work.session, zicht, id, einde_van(op))
    return Mijlpaal.from_row(found(rij, MijlpaalNietGevonden, f"Er is op {op} geen mijlpaal {id}."))


def van_voorzieningen(work: Work, zicht: Sight, codes: Collection[str], op: date | None) -> dict[str, list[Mijlpaal]]:
    """By voorziening, the first mijlpalen that the caller may see, by begin; as they are now, or were at the end of a day."""
    rijen = repository.van_voorzieningen(work.session, zicht, codes, None if op is None else einde_van(op), PER_VOORZIENING)
    per_voorziening: dict[str, list[Mijlpaal]] = defaultdict(list)
    for mijlpaal in Mijlpaal.from_rows(rijen):
        per_voorziening[mijlpaal.voorziening or ""].append(mijlpaal)
    return per_voorziening


def list_versies(work: Work, zicht: Sight, id: str, wens: PageQuery) -> tuple[int, list[Mijlpaal]]:
    """(number in all, versions of this page) that the caller may see, oldest first.

    Raises:
        MijlpaalNietGevonden: as `get_mijlpaal`.
    """
    _gevonden(work, zicht, id)
    count, rows = repository.list_versies(work.session, zicht, id, wens)
    return count, Mijlpaal.from_rows(rows)


def vastleggen(work: Work, nieuw: NieuweMijlpaal) -> Mijlpaal:
    """Add a mijlpaal.

    Raises:
        MijlpaalBestaat: the id is taken.
        OnsamenhangendeMijlpaal, OnbekendeVoorziening, OnbekendeMijlpaal, AfhankelijkInEenKring, ConceptBlijftVerborgen: as
            their names say.
    """
    repository.een_voor_een(work.session)
    if repository.bestaat(work.session, nieuw.id):
        raise MijlpaalBestaat(f"Er is al een mijlpaal {nieuw.id}.")
    rij = _gekeurd(work, _kolommen(nieuw), repository.alle(work.session))
    repository.voeg_toe(work.session, _ondertekend(work, rij))
    gegeven = nieuw.model_dump(mode="json", by_alias=True)
    work.record(action="mijlpaal.vastleggen", subject=f"/v1/mijlpalen/{nieuw.id}", change=gegeven, visible_to=_wie(rij))
    return get_mijlpaal(work, EVERYTHING, nieuw.id)


def wijzigen(work: Work, id: str, if_match: str | None, wijziging: Mijlpaalwijziging) -> Mijlpaal:
    """Give a mijlpaal a next version; what was planned before stays in the earlier ones. No version is made of no change.

    Raises:
        MijlpaalNietGevonden: there is none with this id.
        VersionNeeded, Changed: the caller does not say which version it changes, or another than the last.
        OnsamenhangendeMijlpaal and others: as `vastleggen`, of what it would become.
    """
    repository.een_voor_een(work.session)
    was = _gevonden(work, EVERYTHING, id)
    require_match(if_match, was.versie)
    gegeven = kolommen(wijziging)
    if "afhankelijk_van" in gegeven:
        gegeven["afhankelijk_van"] = _eenmaal(gegeven["afhankelijk_van"])
    zelfde = {naam: waarde for naam, waarde in was._mapping.items() if naam not in _VAN_DE_DIENST}
    if was.soort != rules.FASE or gegeven.get("soort", rules.FASE) != rules.FASE:
        zelfde["eind"] = None
    rij = _gekeurd(work, {**zelfde, **gegeven}, repository.alle(work.session), was)
    if any(rij[naam] != getattr(was, naam) for naam in rij):
        repository.volg_op(work.session, {**_ondertekend(work, rij), "versie": was.versie + 1})
        over = wijziging.model_dump(mode="json", by_alias=True, include=wijziging.model_fields_set)
        work.record(action="mijlpaal.wijzigen", subject=f"/v1/mijlpalen/{id}", change=over, visible_to=_wie(rij))
    return get_mijlpaal(work, EVERYTHING, id)


def get_routekaart(work: Work, zicht: Sight, wens: RoutekaartFilter) -> Routekaart:
    """What is asked for, in lanes.

    Raises:
        RoutekaartTeGroot: it is more than fits on one.
    """
    rows = repository.eerste(work.session, zicht, wens, _codes(work, zicht, wens), GROOTSTE_ROUTEKAART + 1)
    if len(rows) > GROOTSTE_ROUTEKAART:
        raise RoutekaartTeGroot(f"Er zijn meer dan {GROOTSTE_ROUTEKAART} mijlpalen gevonden; vraag minder.")
    banen: dict[str | None, list[Mijlpaal]] = defaultdict(list)
    mijlpalen = Mijlpaal.from_rows(rows)
    for mijlpaal in mijlpalen:
        banen[mijlpaal.voorziening].append(mijlpaal)
    codes = [code for code in banen if code]
    namen: dict[str | None, str] = {None: ALLE_SAMEN}
    namen.update({code: code for code in codes})
    namen.update(namen_van(work, zicht, codes))
    volgorde = sorted(banen, key=lambda code: (code is not None, banen[code][0].begin, namen[code]))
    aanwezig = {mijlpaal.id for mijlpaal in mijlpalen}
    return Routekaart.make(
        peildatum=today(work.clock),
        begin=min((mijlpaal.begin for mijlpaal in mijlpalen), default=None),
        eind=max((mijlpaal.eind for mijlpaal in mijlpalen), default=None),
        banen=[{"voorziening": code, "naam": namen[code], "mijlpalen": banen[code]} for code in volgorde],
        afhankelijkheden=[
            {"van": van, "naar": mijlpaal.id} for mijlpaal in mijlpalen for van in mijlpaal.afhankelijk_van if van in aanwezig
        ],
    )


def inlezen(work: Work, regels: Sequence[Mapping[str, Any]]) -> int:
    """Bring mijlpalen in line with what papers say; one that somebody has changed since is left as it is.

    Args:
        regels: as sent to the API; what a mijlpaal depends on comes before it.

    Returns:
        number of new versions.
    """
    repository.een_voor_een(work.session)
    bekend: dict[str, Any] = {**repository.alle(work.session)}
    gewijzigd = 0
    for regel in regels:
        nieuw = NieuweMijlpaal.model_validate(regel)
        was = bekend.get(nieuw.id)
        if was is not None and was.vastgelegd_door is not None:
            continue
        rij = _gekeurd(work, _kolommen(nieuw), bekend, was)
        if was is None:
            repository.voeg_toe(work.session, _ondertekend(work, rij))
        elif any(rij[naam] != getattr(was, naam) for naam in rij):
            repository.volg_op(work.session, {**_ondertekend(work, rij), "versie": was.versie + 1})
        else:
            continue
        bekend[nieuw.id] = SimpleNamespace(**rij)
        gewijzigd += 1
    return gewijzigd


def namen_van_mijlpalen(work: Work, zicht: Sight, ids: Collection[str]) -> dict[str, str]:
    """Id to name, of those that exist and that the caller may see."""
    return repository.namen(work.session, zicht, ids)


def _wie(rij: Mapping[str, Any]) -> frozenset[str]:
    return voor_wie_publicaties_ziet(rij["publicatiestatus"])


def _gevonden(work: Work, zicht: Sight, id: str) -> Values:
    return found(repository.find(work.session, zicht, id), MijlpaalNietGevonden, f"Er is geen mijlpaal {id}.")


def _codes(work: Work, zicht: Sight, wens: RoutekaartFilter) -> list[str] | None:
    return None if wens.domein is None else codes_in_domein(work, zicht, wens.domein)


def _eenmaal(ids: Sequence[str]) -> list[str]:
    return sorted(set(ids))


def _kolommen(nieuw: NieuweMijlpaal) -> dict[str, Any]:
    return {**nieuw.model_dump(), "afhankelijk_van": _eenmaal(nieuw.afhankelijk_van)}


def _ondertekend(work: Work, rij: dict[str, Any]) -> dict[str, Any]:
    return {**rij, "vastgelegd_op": work.clock.now(), "vastgelegd_door": work.actor.peer_id}


def _gekeurd(work: Work, rij: dict[str, Any], andere: Mapping[str, Any], was: Values | None = None) -> dict[str, Any]:
    """A version that may be stored, with the last day that it can be.

    Args:
        andere: all that there are by id, with what they depend on and whether they are published.
        was: the version that it follows.
    """
    id, van = rij["id"], rij["afhankelijk_van"]
    fouten = rules.tegenstrijdigheden(rij["soort"], rij["begin"], rij["eind"], rij["nauwkeurigheid"])
    if fouten:
        raise OnsamenhangendeMijlpaal(f"Deze mijlpaal klopt niet: {'; '.join(fouten)}.")
    zicht = GEPUBLICEERD if rij["publicatiestatus"] == rules.GEPUBLICEERD else EVERYTHING  # what is public names no concept
    if rij["voorziening"] and not namen_van(work, zicht, [rij["voorziening"]]):
        raise OnbekendeVoorziening(f"Er is geen voorziening met code {rij['voorziening']}, of zij is nog concept.")
    onbekend = sorted(set(van) - andere.keys() - {id})
    if onbekend:
        raise OnbekendeMijlpaal(f"Deze mijlpalen bestaan niet: {', '.join(onbekend)}.")
    kring = rules.kring(id, van, {ander: row.afhankelijk_van for ander, row in andere.items()})
    if kring:
        raise AfhankelijkInEenKring(f"Dit zou een kring maken: {' hangt af van '.join(kring)}.", kring=kring)
    if rij["publicatiestatus"] == rules.GEPUBLICEERD:
        verborgen = [ander for ander in van if andere[ander].publicatiestatus == rules.CONCEPT]
        if verborgen:
            raise ConceptBlijftVerborgen(f"Deze mijlpalen zijn nog concept: {', '.join(verborgen)}.")
    elif was is not None and was.publicatiestatus == rules.GEPUBLICEERD:
        raise ConceptBlijftVerborgen(f"Mijlpaal {id} is gepubliceerd, en wordt geen concept meer.")
    return {**rij, "eind": rij["eind"] or rules.laatste_dag(rij["begin"], rij["nauwkeurigheid"])}

"""What becomes of deelnames when a gemeente ends: its rights and duties pass to a successor, by law (Wet algemene regels
herindeling, article 44)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values

from catalogus_api.deelname import repository, rules
from catalogus_api.gemeente import service as gemeente
from catalogus_api.namens.belang import Belang


def stand(rij: Values) -> rules.Stand:
    """The days of a deelname."""
    return rules.Stand(**{veld.name: getattr(rij, veld.name) for veld in fields(rules.Stand)})


def stap(work: Work, voor: Belang, id: uuid.UUID, nummer: int, naar: str, dag: date, **meer: Any) -> dict[str, Any]:
    """A step of a deelname, with who sets it and on whose behalf.

    Args:
        meer: the other columns that this step has.
    """
    return {
        "deelname": id,
        "volgnummer": nummer,
        "naar": naar,
        "datum": dag,
        **{"einddatum": None, "voorwaarden_versie": None, "opvolger": None, **meer},
        "rol": voor.rol,
        "door": work.actor.peer_id,
        "namens": work.actor.delegator_id,
        "vastgelegd_op": work.clock.now(),
    }


def overdragen(work: Work, voor: Belang, opvolgers: Mapping[str, str], dag: date, alleen: uuid.UUID | None = None) -> None:
    """Let deelnames that go on until a day go over: into what the successor has itself, or into a new one that goes on.

    Args:
        opvolgers: code of who ends to code of its successor from the day on.
        alleen: the one that it is about; all of these gemeenten without.
    """
    gaan = [
        rij for rij in repository.lopend(work.session, opvolgers, dag) if rij.overgaat_op is None and alleen in (None, rij.id)
    ]
    if not gaan:
        return
    bronnen: dict[tuple[str, str], list[Values]] = defaultdict(list)
    for rij in gaan:
        bronnen[rij.voorziening, opvolgers[rij.gemeentecode]].append(rij)
    er_al = repository.lopend(work.session, set(opvolgers.values()), dag, {rij.voorziening for rij in gaan})
    eerst = sorted(er_al, key=lambda rij: rij.vanaf, reverse=True)  # of several the one of that day, or else the next
    doelen = {(rij.voorziening, rij.gemeentecode): rij for rij in eerst}
    nieuw = {sleutel: _nieuw(work, sleutel[1], van, dag) for sleutel, van in sorted(bronnen.items()) if sleutel not in doelen}
    repository.add_alle(work.session, list(nieuw.values()))
    _zet(work, voor, [(rij["id"], *_begin(bronnen[sleutel])) for sleutel, rij in nieuw.items()], dag)
    einden = [(rij["id"], _einde(bronnen[sleutel])) for sleutel, rij in nieuw.items()]
    _zet(work, voor, [(id, rules.BEEINDIGD, {"einddatum": einde}) for id, einde in einden if einde], dag)
    achter = [(doel, bronnen[sleutel]) for sleutel, doel in doelen.items() if _loopt_achter(doel, bronnen[sleutel], dag)]
    _zet(work, voor, [(doel.id, *_begin(van, doel)) for doel, van in achter], dag)
    naar = {sleutel: rij["id"] for sleutel, rij in nieuw.items()} | {sleutel: rij.id for sleutel, rij in doelen.items()}
    over = [(rij.id, rules.OVERGEGAAN, {"opvolger": naar[rij.voorziening, opvolgers[rij.gemeentecode]]}) for rij in gaan]
    _zet(work, voor, over, dag)
    _verder(work, voor, {code for _, code in nieuw})


def navolgen(work: Work, voor: Belang, rij: Values, naar: str, einddatum: date | None) -> None:
    """What a deelname still becomes before it goes over, its successor begins with; as long as that has not moved itself.

    Args:
        rij: as it has become.
        einddatum: its last day, when it ends.
    """
    doel = repository.lock(work.session, rij.opvolger)
    if naar in rules.STAPPEN and _loopt_achter(doel, [rij], rij.overgaat_op):
        _zet(work, voor, [(doel.id, *_begin([rij], doel))], doel.vanaf)
    elif einddatum and _begon_zo(doel, rij.overgaat_op) and len(repository.voorgangers(work.session, doel.id)) == 1:
        laatste = max(einddatum, doel.vanaf - timedelta(days=1))
        _zet(work, voor, [(doel.id, rules.BEEINDIGD, {"einddatum": laatste})], doel.vanaf)


def _nieuw(work: Work, code: str, bronnen: Sequence[Values], dag: date) -> dict[str, Any]:
    eerste = bronnen[0]
    return {
        "id": uuid.uuid4(),
        "voorziening": eerste.voorziening,
        "gemeentecode": code,
        "inkoopgrond": eerste.inkoopgrond,
        "zichtbaarheid": min((bron.zichtbaarheid for bron in bronnen), key=rules.ZICHTBAARHEDEN.index),
        "afkomstig_van": eerste.id,
        "vanaf": dag,
        "vastgelegd_op": work.clock.now(),
    }


def _begin(bronnen: Sequence[Values], doel: Values | None = None) -> tuple[str, dict[str, Any]]:
    """The furthest step, with its conditions; a successor that has accepted some keeps those."""
    verste = max(bronnen, key=lambda bron: rules.STAPPEN.index(stand(bron).stap))
    aanvaard = doel is not None and doel.voorwaarden_versie is not None
    return stand(verste).stap, {} if aanvaard else {"voorwaarden_versie": verste.voorwaarden_versie}


def _einde(bronnen: Sequence[Values]) -> date | None:
    """The last day, where notice has been given of all of them."""
    dagen = [rules.dag_ervoor(bron.tot) for bron in bronnen]
    return max((dag for dag in dagen if dag), default=None) if all(dagen) else None


def _loopt_achter(doel: Values, bronnen: Sequence[Values], dag: date) -> bool:
    """Whether a successor that began by the same herindeling is not as far as what goes over into it."""
    return _begon_zo(doel, dag) and rules.verste(stand(doel).stap, _begin(bronnen)[0]) != stand(doel).stap


def _begon_zo(doel: Values, dag: date) -> bool:
    return doel.afkomstig_van is not None and doel.vanaf == dag == stand(doel).laatste_dag and doel.tot is None


def _zet(work: Work, voor: Belang, stappen: Sequence[tuple[uuid.UUID, str, dict[str, Any]]], dag: date) -> None:
    """Set the next step of each of these deelnames."""
    gezet = repository.aantallen_stappen(work.session, [id for id, _, _ in stappen])
    repository.add_overgangen(
        work.session, [stap(work, voor, id, gezet.get(id, 0) + 1, naar, dag, **meer) for id, naar, meer in stappen]
    )


def _verder(work: Work, voor: Belang, codes: set[str]) -> None:
    """A successor may have ended as well."""
    for code, duur in gemeente.levensduren(work, codes).items():
        if duur.einddatum and duur.rechtsopvolger:
            overdragen(work, voor, {code: duur.rechtsopvolger}, duur.einddatum + timedelta(days=1))

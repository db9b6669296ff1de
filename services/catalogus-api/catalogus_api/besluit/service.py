"""Use cases of besluiten. Other features use `besluiten_over`, `get_besluit`, `grondslag`, `gronden`, `van_kracht` and
`bindend`."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.sight import EVERYTHING, Sight, found

from catalogus_api.besluit import bezwaren, repository, rules
from catalogus_api.besluit.errors import (
    AlOpgevolgd,
    AnderGremium,
    BesluitKloptNiet,
    BesluitNietGevonden,
    OnbekendBesluit,
    OnbekendeVoorzieningInBesluit,
)
from catalogus_api.besluit.rules import Feit
from catalogus_api.besluit.schemas import (
    Besluit,
    BesluitenFilter,
    BesluitenVan,
    BesluitKort,
    Grondslag,
    NieuwBesluit,
    Vraag,
)
from catalogus_api.toegang import BEHEER, BESTUUR, COLLEGE, GEPUBLICEERD, IEDEREEN, LEDENVERGADERING, TASKFORCE
from catalogus_api.voorziening import service as voorziening

GREMIA_VAN_ROL: Mapping[str, frozenset[str]] = {
    TASKFORCE: frozenset({rules.TASKFORCE}),
    COLLEGE: frozenset({rules.COLLEGE}),
    BESTUUR: frozenset({rules.BESTUUR, rules.COMMISSIE}),
    LEDENVERGADERING: rules.LEDEN,
    BEHEER: rules.ALLE,
}
"""Of which gremium a role records besluiten; the bestuur also of its commissies, catalogusbeheer on behalf of any."""


def list_besluiten(work: Work, zicht: Sight, wens: BesluitenFilter) -> tuple[int, list[BesluitKort]]:
    """(number in all, besluiten of this page) that the caller may see."""
    if wens.voorziening is not None and not voorziening.namen_van(work, zicht, [wens.voorziening]):
        return 0, []
    return _lijst(work, zicht, wens, wens.voorziening)


def list_van_voorziening(work: Work, zicht: Sight, code: str, wens: BesluitenVan) -> tuple[int, list[BesluitKort]]:
    """As `list_besluiten`, about one voorziening.

    Raises:
        VoorzieningNietGevonden: there is none with this code, or not for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    return _lijst(work, zicht, wens, code)


def get_besluit(work: Work, zicht: Sight, id: UUID) -> Besluit:
    """One besluit, with what it says about voorzieningen that the caller may see.

    Raises:
        BesluitNietGevonden: there is none with this id, or not for this caller.
    """
    rij = found(
        repository.find(work.session, voorziening.zicht_op_codes(zicht), id), BesluitNietGevonden, f"Er is geen besluit {id}."
    )
    return _besluiten(work, zicht, [rij])[0]


def besluiten_over(work: Work, zicht: Sight, code: str) -> list[Besluit]:
    """All besluiten about a voorziening, oldest first; none when the caller may not see it."""
    if not voorziening.namen_van(work, zicht, [code]):
        return []
    return _besluiten(work, zicht, repository.over(work.session, code))


def van_voorzieningen(work: Work, zicht: Sight, codes: Collection[str], op: date | None) -> dict[str, list[BesluitKort]]:
    """By voorziening, the besluiten about it that the caller may see, oldest first; all, or those of until the end of a day."""
    te_zien = voorziening.namen_van(work, zicht, codes)
    per_voorziening: dict[str, list[BesluitKort]] = defaultdict(list)
    for een in _kort(work, zicht, repository.over_elk(work.session, list(te_zien), op)):
        for code in te_zien.keys() & een.voorzieningen:
            per_voorziening[code].append(een)
    return per_voorziening


def van_kracht(work: Work, code: str, soorten: Collection[str], op: date) -> list[Besluit]:
    """The positive besluiten of these kinds that hold about a voorziening at the end of a day, weightiest first: the highest
    gremium, then the latest day (`rules.van_kracht`). Whatever the caller may see."""
    feiten = [feit for feit in rules.van_kracht(_feiten(work, code), op) if feit.soort in soorten]
    return _van_feiten(work, feiten)


def grondslag(work: Work, code: str, voor: str, op: date) -> Besluit | None:
    """The weightiest besluit that permits something at the end of a day (`rules.GRONDEN`); None when nothing does. Whatever the
    caller may see.

    Args:
        voor: verplichting, opschaling, beheer, standaard, deelname or beeindiging.
    """
    return next(iter(_van_feiten(work, rules.gronden(_feiten(work, code), voor, op)[:1])), None)


def gronden(work: Work, code: str, voor: str, op: date) -> list[Besluit]:
    """All besluiten that permit something at the end of a day, weightiest first; as `grondslag`."""
    return _van_feiten(work, rules.gronden(_feiten(work, code), voor, op))


def bindend(work: Work, code: str, op: date) -> str | None:
    """The mate van binding that the besluiten in force at the end of a day give; None when none states one."""
    return rules.binding(_feiten(work, code), op)


def get_grondslag(work: Work, zicht: Sight, code: str, vraag: Vraag) -> Grondslag:
    """Whether besluiten permit something about a voorziening, which, and why (not).

    Raises:
        VoorzieningNietGevonden: there is none with this code, or not for this caller.
    """
    voorziening.get_voorziening(work, zicht, code)
    op, feiten = vraag.op or today(work.clock), _feiten(work, code)
    gronden = rules.gronden(feiten, vraag.voor, op)
    mate = rules.binding(feiten, op)
    rijen = repository.find_all(work.session, EVERYTHING, [feit.id for feit in gronden])
    return Grondslag.make(
        voorziening=code,
        voor=vraag.voor,
        op=op,
        toegestaan=bool(gronden),
        uitleg=rules.waarom(gronden, vraag.voor) if gronden else rules.waarom_niet(feiten, vraag.voor, op),
        besluiten=_kort(work, zicht, [rijen[feit.id] for feit in gronden]),
        mate_van_binding=mate,
        bindt=rules.BINDT[mate] if mate else None,
    )


def vastleggen(work: Work, zicht: Sight, rol: str, nieuw: NieuwBesluit) -> Besluit:
    """Record a besluit that was taken. It never changes; only another can take its place.

    Args:
        rol: of the caller. A gremium records its own besluiten; catalogusbeheer those of any.

    Raises:
        AnderGremium: the role is not that of the gremium.
        OnbekendeVoorzieningInBesluit, OnbekendBesluit: it names what the caller does not see.
        AlOpgevolgd: another besluit has taken the place of the one that it follows, about the same voorziening.
        BesluitKloptNiet: it breaks rules; names all.
    """
    if nieuw.gremium not in GREMIA_VAN_ROL[rol]:
        raise AnderGremium(f"De rol {rol} legt geen besluiten van {nieuw.gremium} vast.")
    rij = {**nieuw.model_dump(), "id": uuid.uuid4(), **_wie(work, rol)}
    _eisen(work, zicht, rij, zelf=rol != BEHEER)
    repository.add(work.session, rij)
    change = nieuw.model_dump(mode="json", by_alias=True, exclude_unset=True)
    openbaar = len(voorziening.namen_van(work, GEPUBLICEERD, nieuw.voorzieningen)) == len(nieuw.voorzieningen)
    wie = [IEDEREEN] if openbaar else []  # it names all its voorzieningen
    work.record(action="besluit.vastleggen", subject=pad(rij["id"]), change=change, visible_to=wie)
    return get_besluit(work, zicht, rij["id"])


def inlezen(work: Work, regels: Sequence[Mapping[str, Any]]) -> int:
    """Record the besluiten that papers name and that are not there yet; what is there never changes.

    Args:
        regels: as sent to the API, each with its own `id`; what one follows comes before it.

    Returns:
        number of new besluiten.
    """
    bekend = repository.bestaan(work.session, [UUID(regel["id"]) for regel in regels])
    nieuwe = [regel for regel in regels if UUID(regel["id"]) not in bekend]
    for regel in nieuwe:
        nieuw = NieuwBesluit.model_validate({naam: waarde for naam, waarde in regel.items() if naam != "id"})
        rij = {**nieuw.model_dump(), "id": UUID(regel["id"]), **_wie(work, None)}
        _eisen(work, EVERYTHING, rij, zelf=False, vandaag=date.max)
        repository.add(work.session, rij)
    return len(nieuwe)


def pad(id: UUID) -> str:
    """Path of a besluit."""
    return f"/v1/besluiten/{id}"


def _lijst(work: Work, zicht: Sight, wens: BesluitenVan, code: str | None) -> tuple[int, list[BesluitKort]]:
    count, rijen = repository.list_besluiten(work.session, voorziening.zicht_op_codes(zicht), wens, code)
    return count, _kort(work, zicht, rijen)


def _kort(work: Work, zicht: Sight, rijen: Sequence[Values]) -> list[BesluitKort]:
    te_zien = _codes(work, zicht, rijen)
    return BesluitKort.from_rows(rijen, lambda rij: _eigen(rij, te_zien))


def _besluiten(work: Work, zicht: Sight, rijen: Sequence[Values]) -> list[Besluit]:
    """In full; of what they refer to only that which the caller may see. The number of queries does not depend on how many."""
    te_zien = _codes(work, zicht, rijen)
    ids = [rij.id for rij in rijen]
    genoemd = {id for rij in rijen for id in (rij.volgt_op, rij.advies) if id is not None}
    zichtbaar = repository.zichtbare(work.session, voorziening.zicht_op_codes(zicht), genoemd) if genoemd else set()
    opvolgers = repository.opvolgers(work.session, voorziening.zicht_op_codes(zicht), ids)

    def meer(rij: Values) -> dict[str, Any]:
        return {
            **_eigen(rij, te_zien),
            "volgt_op": rij.volgt_op if rij.volgt_op in zichtbaar else None,
            "advies": rij.advies if rij.advies in zichtbaar else None,
            "opgevolgd_door": opvolgers.get(rij.id, []),
        }

    return Besluit.from_rows(rijen, meer)


def _codes(work: Work, zicht: Sight, rijen: Sequence[Values]) -> Collection[str]:
    return voorziening.namen_van(work, zicht, {code for rij in rijen for code in rij.voorzieningen})


def _eigen(rij: Values, te_zien: Collection[str]) -> dict[str, Any]:
    return {"pad": pad(rij.id), "voorzieningen": [code for code in rij.voorzieningen if code in te_zien]}


def _feiten(work: Work, code: str) -> list[Feit]:
    return [Feit(**rij._asdict()) for rij in repository.feiten(work.session, code)]


def _van_feiten(work: Work, feiten: Sequence[Feit]) -> list[Besluit]:
    rijen = repository.find_all(work.session, EVERYTHING, [feit.id for feit in feiten])
    return _besluiten(work, EVERYTHING, [rijen[feit.id] for feit in feiten])


def _wie(work: Work, rol: str | None) -> dict[str, Any]:
    return {
        "vastgelegd_op": work.clock.now(),
        "vastgelegd_door": work.actor.peer_id,
        "vastgelegd_namens": work.actor.delegator_id,
        "vastgelegd_als": rol,
    }


def _eisen(work: Work, zicht: Sight, rij: Mapping[str, Any], *, zelf: bool, vandaag: date | None = None) -> None:
    onbekend = sorted(set(rij["voorzieningen"]) - voorziening.namen_van(work, zicht, rij["voorzieningen"]).keys())
    if onbekend:
        raise OnbekendeVoorzieningInBesluit(f"Er is geen voorziening met code {', '.join(onbekend)}.")
    genoemd = {id for id in (rij["volgt_op"], rij["advies"]) if id is not None}
    repository.lock(work.session, genoemd)
    eerdere = repository.find_all(work.session, voorziening.zicht_op_codes(zicht), genoemd) if genoemd else {}
    if rest := sorted(map(str, genoemd - eerdere.keys())):
        raise OnbekendBesluit(f"Er is geen besluit {', '.join(rest)}.")
    fouten = bezwaren.tegen_zichzelf(rij, vandaag or today(work.clock), zelf=zelf)
    if rij["volgt_op"] is not None:
        fouten += bezwaren.tegen_opvolging(rij, eerdere[rij["volgt_op"]]._asdict())
    if rij["advies"] is not None:
        vervangen = repository.opgevolgd(work.session, rij["advies"], rij["datum"])
        fouten += bezwaren.tegen_advies(rij, eerdere[rij["advies"]]._asdict(), vervangen)
    if fouten:
        raise BesluitKloptNiet("Dit besluit kan zo niet; zie invalidParams.", invalid_params=fouten)
    if rij["volgt_op"] is not None:
        al = sorted(repository.opgevolgd(work.session, rij["volgt_op"]) & set(rij["voorzieningen"]))
        if al:
            raise AlOpgevolgd(f"Besluit {rij['volgt_op']} is al opgevolgd, over {', '.join(al)}.")

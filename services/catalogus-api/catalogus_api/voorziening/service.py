"""Use cases of voorzieningen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from gemeengoed_kit.clock import AMSTERDAM
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import Sight, found
from pydantic.alias_generators import to_camel

from catalogus_api.voorziening import repository
from catalogus_api.voorziening.errors import VoorzieningBestaatAl, VoorzieningKloptNiet, VoorzieningNietGevonden
from catalogus_api.voorziening.rules import GERESERVEERD, anders, bezwaren, gewijzigd
from catalogus_api.voorziening.schemas import (
    Facet,
    Facetten,
    Keuze,
    NieuweVoorziening,
    Voorziening,
    VoorzieningenFilter,
    VoorzieningKort,
    VoorzieningVersie,
    VoorzieningWijziging,
)

INHOUD = [naam for naam in NieuweVoorziening.model_fields if naam != "code"]
"""What a version may have otherwise than the one before."""


def list_voorzieningen(work: Work, zicht: Sight, wens: VoorzieningenFilter) -> tuple[int, list[VoorzieningKort]]:
    """(number in all, voorzieningen of this page) that the caller may see, in the order asked for."""
    count, rows = repository.list_voorzieningen(work.session, zicht, wens)
    return count, VoorzieningKort.from_rows(rows)


def get_facetten(work: Work, zicht: Sight, keuze: Keuze) -> Facetten:
    """How the voorzieningen of a list, on all its pages, are spread over the filters."""
    per_filter = {
        to_camel(naam): [{"waarde": rij.waarde, "aantal": rij.aantal} for rij in rijen]
        for naam, rijen in groupby(repository.facetten(work.session, zicht, keuze), lambda rij: rij.filter)
    }
    count = sum(waarde["aantal"] for waarde in per_filter.get("publicatiestatus", []))
    return Facetten.make(count=count, results=[Facet.make(filter=naam, waarden=w) for naam, w in per_filter.items()])


def get_voorziening(work: Work, zicht: Sight, code: str, op: date | None = None) -> Voorziening:
    """One voorziening, as it is or as it was at the end of a day.

    Raises:
        VoorzieningNietGevonden: there is none with this code, then, for this caller.
    """
    if op is None:
        return Voorziening.from_row(_gevonden(repository.find(work.session, zicht, code), code))
    tot = datetime.combine(op + timedelta(days=1), time.min, AMSTERDAM)
    return Voorziening.from_row(_gevonden(repository.find_before(work.session, zicht, code, tot), code, f" op {op}"))


def list_versies(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[VoorzieningVersie]]:
    """(number in all, versions of this page), newest first.

    Raises:
        VoorzieningNietGevonden: as `get_voorziening`.
    """
    count, rows = repository.list_versies(work.session, zicht, code, wens)
    _gevonden(count or None, code)
    return count, [_versie(rij) for rij in rows]


def aanmaken(work: Work, nieuw: NieuweVoorziening) -> Voorziening:
    """Add a voorziening.

    Raises:
        VoorzieningBestaatAl: its code is taken.
        VoorzieningKloptNiet: it breaks a rule.
    """
    waarden = nieuw.model_dump()
    _eisen(nieuw.code, {}, waarden)
    rij = None if nieuw.code in GERESERVEERD else repository.add(work.session, {**waarden, **_wie(work)})
    if rij is None:
        raise VoorzieningBestaatAl(f"De code {nieuw.code} is al in gebruik.")
    work.record(action="voorziening.aanmaken", subject=pad(nieuw.code), change=nieuw.model_dump(mode="json", by_alias=True))
    return Voorziening.from_row(rij)


def wijzigen(work: Work, code: str, if_match: str | None, wijziging: VoorzieningWijziging) -> Voorziening:
    """Change a voorziening into its next version; where nothing differs, there is none.

    Raises:
        VoorzieningNietGevonden: there is none with this code.
        VersionNeeded, Changed: `if_match` does not name the last version.
        VoorzieningKloptNiet: as it would become, it breaks a rule.
    """
    rij = _gevonden(repository.lock(work.session, code), code)
    require_match(if_match, rij.versie)
    voor = {naam: getattr(rij, naam) for naam in INHOUD}
    na = {**voor, **wijziging.model_dump(exclude_unset=True)}
    _eisen(code, voor, na)
    verschil = anders(voor, na)
    if not verschil:
        return Voorziening.from_row(rij)
    nieuw = repository.change(work.session, code, {**verschil, **_wie(work)})
    change = {to_camel(naam): waarde for naam, waarde in verschil.items()}
    work.record(action="voorziening.wijzigen", subject=pad(code), change={"versie": nieuw.versie, **change})
    return Voorziening.from_row(nieuw)


def overnemen(work: Work, rijen: Sequence[Mapping[str, Any]]) -> int:
    """Take over entries that come with the product, save those that were changed here.

    Returns:
        number of entries that are new or changed.
    """
    standaard = {
        naam: NieuweVoorziening.model_fields[naam].default
        for naam in INHOUD
        if not NieuweVoorziening.model_fields[naam].is_required()
    }
    heel = [{**standaard, **rij, "publicatiestatus": "gepubliceerd"} for rij in rijen]
    return repository.take_over(work.session, heel, work.clock.now())


def namen_van(work: Work, zicht: Sight, codes: Collection[str]) -> dict[str, str]:
    """Code to name, of those that exist and that the caller may see."""
    return repository.namen(work.session, zicht, codes)


def kort(work: Work, zicht: Sight, code: str) -> VoorzieningKort | None:
    """What one chooses a voorziening by; None when there is none with this code that the caller may see."""
    rij = repository.find(work.session, zicht, code)
    return VoorzieningKort.from_row(rij) if rij else None


def codes_in_domein(work: Work, zicht: Sight, domein: str) -> list[str]:
    """The codes of the voorzieningen in a domein that the caller may see."""
    return repository.codes_in(work.session, zicht, domein)


def te_zien(zicht: Sight) -> Any:
    """A query for the codes that the caller may see, for another feature to limit its own queries by."""
    return repository.te_zien(zicht)


def pad(code: str) -> str:
    """Path of a voorziening."""
    return f"/v1/voorzieningen/{code}"


def _gevonden(ding: Any, code: str, wanneer: str = "") -> Any:
    return found(ding, VoorzieningNietGevonden, f"Er is{wanneer} geen voorziening met code {code}.")


def _eisen(code: str, voor: Mapping[str, Any], na: Mapping[str, Any]) -> None:
    if wrong := bezwaren(voor, na):
        raise VoorzieningKloptNiet(f"Voorziening {code} kan zo niet; zie invalidParams.", invalid_params=wrong)


def _wie(work: Work) -> dict[str, Any]:
    actor = work.actor
    return {
        "gewijzigd_op": work.clock.now(),
        "gewijzigd_door": actor.peer_id,
        "gewijzigd_namens": actor.delegator_id,
    }


def _versie(rij: Values) -> VoorzieningVersie:
    inhoud = Voorziening.from_row(rij)
    verschil = gewijzigd(rij._asdict(), rij.vorige, INHOUD)
    return VoorzieningVersie.from_row(rij, gewijzigd=[to_camel(naam) for naam in verschil], inhoud=inhoud)

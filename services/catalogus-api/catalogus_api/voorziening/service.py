"""Use cases of voorzieningen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, TypeVar

from gemeengoed_kit.clock import AMSTERDAM
from gemeengoed_kit.conditional import require_match
from gemeengoed_kit.context import Work
from gemeengoed_kit.db import Values
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.schema import Output
from gemeengoed_kit.sight import EVERYTHING, Sight, found
from pydantic.alias_generators import to_camel

from catalogus_api.toegang import voor_wie_publicaties_ziet
from catalogus_api.voorziening import repository
from catalogus_api.voorziening.errors import VoorzieningBestaatAl, VoorzieningKloptNiet, VoorzieningNietGevonden
from catalogus_api.voorziening.rules import GERESERVEERD, anders, bezwaren, gewijzigd
from catalogus_api.voorziening.schemas import (
    Facet,
    Facetten,
    Gesorteerd,
    Keuze,
    NieuweVoorziening,
    Voorziening,
    VoorzieningenFilter,
    VoorzieningKort,
    VoorzieningVersie,
    VoorzieningWijziging,
)

Kort = TypeVar("Kort", bound=Output)
FASE = ("fase", "beheerstap")
"""What only a faseovergang changes."""
INHOUD = [*(naam for naam in NieuweVoorziening.model_fields if naam != "code"), *FASE]
"""What a version may have otherwise than the one before."""


def list_voorzieningen(work: Work, zicht: Sight, wens: VoorzieningenFilter, als: type[Kort]) -> tuple[int, list[Kort]]:
    """(number in all, voorzieningen of this page) that the caller may see, in the order asked for.

    Args:
        als: the model to give them as, with members of `VoorzieningKort`.
    """
    count, rows = repository.list_voorzieningen(work.session, zicht, wens)
    return count, als.from_rows(rows)


def alle(work: Work, zicht: Sight, wens: Gesorteerd) -> Iterator[Voorziening]:
    """Every voorziening that the list with the same filters has on its pages, whole, in the same order."""
    return (Voorziening.from_row(rij) for rij in repository.alle(work.session, zicht, wens))


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
    toen = repository.find_before(work.session, zicht, code, einde_van(op))
    return Voorziening.from_row(_gevonden(toen, code, f" op {op}"))


def list_versies(work: Work, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[VoorzieningVersie]]:
    """(number in all, versions of this page), newest first.

    Raises:
        VoorzieningNietGevonden: as `get_voorziening`.
    """
    count, rows = repository.list_versies(work.session, zicht, code, wens)
    _gevonden(count or None, code)
    return count, [_versie(rij) for rij in rows]


def aanmaken(work: Work, nieuw: NieuweVoorziening, fase: str | None = None) -> Voorziening:
    """Add a voorziening.

    Args:
        fase: in which it begins; whoever gives one writes its faseovergang too (levensloop), in the same transaction.

    Raises:
        VoorzieningBestaatAl: its code is taken.
        VoorzieningKloptNiet: it breaks a rule.
    """
    waarden = {**nieuw.model_dump(), "fase": fase, "beheerstap": None}
    _eisen(nieuw.code, {}, waarden)
    rij = None if nieuw.code in GERESERVEERD else repository.add(work.session, {**waarden, **_wie(work)})
    if rij is None:
        raise VoorzieningBestaatAl(f"De code {nieuw.code} is al in gebruik.")
    _noteer(work, "voorziening.aanmaken", rij, nieuw.model_dump(mode="json", by_alias=True))
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
    _noteer(work, "voorziening.wijzigen", nieuw, {"versie": nieuw.versie, **change})
    return Voorziening.from_row(nieuw)


def vergrendelen(work: Work, zicht: Sight, code: str) -> Voorziening:
    """One voorziening, which nobody else changes before this transaction ends.

    Raises:
        VoorzieningNietGevonden: there is none with this code, for this caller.
    """
    _gevonden(repository.lock(work.session, code), code)
    return get_voorziening(work, zicht, code)


def fase_zetten(work: Work, code: str, if_match: str | None, fase: str, beheerstap: str | None) -> Voorziening:
    """The next version of a voorziening, in another fase or beheerstap. Whoever does this writes its faseovergang too
    (levensloop), in the same transaction; the database refuses it otherwise.

    Raises:
        VoorzieningNietGevonden, VersionNeeded, Changed, VoorzieningKloptNiet: as `wijzigen`.
    """
    rij = _gevonden(repository.lock(work.session, code), code)
    require_match(if_match, rij.versie)
    voor = {naam: getattr(rij, naam) for naam in INHOUD}
    _eisen(code, voor, {**voor, "fase": fase})
    return Voorziening.from_row(repository.change(work.session, code, {"fase": fase, "beheerstap": beheerstap, **_wie(work)}))


def fasen(work: Work, codes: Collection[str]) -> dict[str, tuple[str | None, str | None, int]]:
    """Code to (fase, beheerstap, versie) of those that exist; nobody else changes them before this transaction ends."""
    return {rij.code: (rij.fase, rij.beheerstap, rij.versie) for rij in repository.fasen(work.session, codes)}


def overnemen(work: Work, rijen: Sequence[Mapping[str, Any]]) -> int:
    """Take over entries that come with the product, save those that were changed here. A fase that so comes or changes needs its
    faseovergang (levensloop).

    Returns:
        number of entries that are new or changed.
    """
    standaard: dict[str, Any] = {
        naam: veld.default for naam, veld in NieuweVoorziening.model_fields.items() if not veld.is_required()
    }
    standaard |= dict.fromkeys(FASE)
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


def zicht_op_codes(zicht: Sight) -> Sight:
    """What a caller sees of what is about voorzieningen: the limit `voorziening`, on the column that has their code."""
    return EVERYTHING if zicht == EVERYTHING else Sight({"voorziening": repository.te_zien(zicht)})


def einde_van(dag: date) -> datetime:
    """The end of a day in the Netherlands, which is no part of it."""
    return datetime.combine(dag + timedelta(days=1), time.min, AMSTERDAM)


def pad(code: str) -> str:
    """Path of a voorziening."""
    return f"/v1/voorzieningen/{code}"


def _gevonden(ding: Any, code: str, wanneer: str = "") -> Any:
    return found(ding, VoorzieningNietGevonden, f"Er is{wanneer} geen voorziening met code {code}.")


def _noteer(work: Work, handeling: str, rij: Values, change: dict[str, Any]) -> None:
    """Record a change; who may see the entry as it has become may see that it did."""
    wie = voor_wie_publicaties_ziet(rij.publicatiestatus)
    work.record(action=handeling, subject=pad(rij.code), change=change, visible_to=wie)


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

"""What a caller asks of a voorziening: only some members (`fields`), and what belongs to it with it (`expand`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Query
from gemeengoed_kit.context import Work
from gemeengoed_kit.identity import Caller
from gemeengoed_kit.pagination import Page
from gemeengoed_kit.schema import Names, Output, only_required
from gemeengoed_kit.sight import Sight
from pydantic import ConfigDict, Field, create_model

from catalogus_api.besluit import service as besluit
from catalogus_api.besluit.schemas import BesluitKort
from catalogus_api.factsheet import service as factsheet
from catalogus_api.factsheet.schemas import Factsheet
from catalogus_api.routekaart import service as routekaart
from catalogus_api.routekaart.schemas import Mijlpaal
from catalogus_api.toegang import zicht_van
from catalogus_api.voorziening.schemas import Voorziening, VoorzieningenFilter, VoorzieningKort

Van = Callable[[Work, Sight, Collection[str], date | None], Mapping[str, Sequence[Output]]]


@dataclass(frozen=True)
class Uitbreiding:
    """What can be given with voorzieningen.

    Attributes:
        model: each of it.
        wat: description, in Dutch.
        van: of all these voorzieningen at once, by code, what this sight allows; at the end of a day, or now. As many statements
            for one as for all.
        zicht: what a caller may see of it.
    """

    model: type[Output]
    wat: str
    van: Van
    zicht: Callable[[Caller | None], Sight] = zicht_van


UITBREIDINGEN: Mapping[str, Uitbreiding] = {
    "factsheet": Uitbreiding(Factsheet, "Haar factsheet; leeg als zij er geen heeft.", factsheet.van_voorzieningen),
    "besluiten": Uitbreiding(BesluitKort, "De besluiten over haar, oudste eerst.", besluit.van_voorzieningen),
    "mijlpalen": Uitbreiding(Mijlpaal, "Haar mijlpalen, op begin.", routekaart.van_voorzieningen),
}
"""A feature that belongs to voorzieningen adds a line."""

if TYPE_CHECKING:
    Uitgebreid = Output
else:
    Uitgebreid = create_model(
        "Uitgebreid",
        __base__=Output,
        __doc__="Wat bij een voorziening hoort: wat met `expand` is gevraagd en u mag zien.",
        **{naam: (list[wat.model], Field(default_factory=list, description=wat.wat)) for naam, wat in UITBREIDINGEN.items()},
    )
    Uitgebreid.model_config["json_schema_extra"] = only_required()
    Uitgebreid.model_rebuild(force=True)

_UITGEBREID = "Wat bij haar hoort; er alleen met `expand`."


class GevraagdeVoorzieningKort(VoorzieningKort):
    """Een voorziening zoals zij in een lijst staat; de rest staat bij de voorziening zelf. Met `fields` staat er alleen wat u
    vraagt, en altijd `code`."""

    model_config = ConfigDict(json_schema_extra=only_required("code"), title="VoorzieningKort")
    uitgebreid: Uitgebreid = Field(default_factory=Uitgebreid, description=_UITGEBREID)


class GevraagdeVoorziening(Voorziening):
    """Een voorziening die gemeenten delen, met alles wat ervan bekend is. Met `fields` staat er alleen wat u vraagt, en altijd
    `code`."""

    model_config = ConfigDict(json_schema_extra=only_required("code"))
    uitgebreid: Uitgebreid = Field(default_factory=Uitgebreid, description=_UITGEBREID)


class VoorzieningenPagina(Page):
    """Voorzieningen, op code of in de gevraagde volgorde."""

    results: list[GevraagdeVoorzieningKort] = Field(description="De voorzieningen op deze pagina.")


def _leden(model: type[Output]) -> dict[str, str]:
    """The name of each member in JSON, to its name here."""
    return {veld.alias or naam: naam for naam, veld in model.model_fields.items() if naam != "uitgebreid"}


_FIELDS = "Alleen deze gegevens, met komma's ertussen; `code` komt altijd mee."
_EXPAND = "Wat erbij hoort meegeven, met komma's ertussen; u krijgt wat u ervan mag zien."
EenUitbreiding = Annotated[str, Names(tuple(UITBREIDINGEN))]
Fields = Annotated[Annotated[str, Names(tuple(_leden(Voorziening)))] | None, Query(description=_FIELDS)]
Expand = Annotated[EenUitbreiding | None, Query(description=_EXPAND)]


class VoorzieningenVraag(VoorzieningenFilter):
    """Which voorzieningen, and what of them."""

    fields: Annotated[str, Names(tuple(_leden(VoorzieningKort)))] | None = Field(
        None, description=_FIELDS, examples=["code,naam"]
    )
    expand: EenUitbreiding | None = Field(None, description=_EXPAND, examples=["mijlpalen"])


Gevraagd = TypeVar("Gevraagd", GevraagdeVoorziening, GevraagdeVoorzieningKort)


def gevraagd(
    work: Work,
    wie: Caller | None,
    voorzieningen: Sequence[Gevraagd],
    fields: str | None,
    expand: str | None,
    op: date | None = None,
) -> list[Gevraagd]:
    """Voorzieningen with only what was asked for, and with what belongs to them.

    Args:
        wie: who asks; of what belongs to a voorziening it gets what it could ask for by itself.
        fields, expand: as checked by `Names`.
        op: as it all was at the end of this day.
    """
    if fields is None and expand is None:
        return list(voorzieningen)
    namen = expand.split(",") if expand else []
    codes = [een.code for een in voorzieningen]
    erbij = {naam: _van(naam, work, wie, codes, op) for naam in dict.fromkeys(namen)}
    return [_deel(een, fields, {naam: per.get(een.code, ()) for naam, per in erbij.items()}) for een in voorzieningen]


def _van(naam: str, work: Work, wie: Caller | None, codes: Sequence[str], op: date | None) -> Mapping[str, Sequence[Output]]:
    wat = UITBREIDINGEN[naam]
    return wat.van(work, wat.zicht(wie), codes, op) if codes else {}


def _deel(een: Gevraagd, fields: str | None, erbij: Mapping[str, Sequence[Output]]) -> Gevraagd:
    """The same with these members only; a member that is not set, is not sent."""
    leden: dict[str, str] = _leden(type(een))
    namen = een.model_fields_set
    if fields is not None:
        namen = {"code"}.union(leden[naam] for naam in str(fields).split(","))
    waarden: dict[str, Any] = {naam: getattr(een, naam) for naam in namen}
    if erbij:
        waarden["uitgebreid"] = Uitgebreid.make(**erbij)
    return type(een).model_construct(_fields_set=set(waarden), **waarden)

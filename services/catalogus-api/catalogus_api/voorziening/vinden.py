"""How voorzieningen are found and counted: the queries of lists, search and facets.

A query is made once for every form that a question takes, which is to say for the filters that it names, and is then asked with
their values: making it costs more than PostgreSQL needs to answer it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from gemeengoed_kit.db import values_of
from gemeengoed_kit.pagination import PageQuery
from gemeengoed_kit.sight import Sight
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import BIT, JSONB, TSQUERY, array
from sqlalchemy.orm import Session, aliased

from catalogus_api.voorziening.models import Voorziening, VoorzieningWaarde
from catalogus_api.voorziening.rules import sorteersleutel, zoekwoorden
from catalogus_api.voorziening.schemas import Gesorteerd, Keuze, VoorzieningKort

KOLOMMEN = [Voorziening.__table__.c[naam] for naam in VoorzieningKort.model_fields]
"""Of a list."""
WAARDEN_PER_FACET = 100
_GELIJK = ("domein", "soort", "spoor", "prioriteit", "fase", "mate_van_binding", "publicatiestatus", "eigenaar")
_LIJSTEN = {
    "gebruiker": Voorziening.gebruikers,
    "ontwikkelaar": Voorziening.ontwikkelaars,
    "leverancier": Voorziening.leveranciers,
    "bouwsteen": Voorziening.bouwstenen,
}
_LINKS = {
    "heeft_broncode": Voorziening.broncode,
    "heeft_api_specificatie": Voorziening.api_specificatie,
    "heeft_documentatie": Voorziening.documentatie,
}
_VORMEN = 512
"""Forms of which the query is kept; there are more, but nobody asks so many."""
Grenzen = tuple[tuple[str, tuple[str, ...]], ...]
Zoek = Literal["niets", "alles", "woorden", "bijna"]
_NIETS: Mapping[str, Any] = {}
_TEKST = "tekst_"
"""Before the name of a value as voorziening_waarde has it."""
_NUL: ColumnElement[int] = literal_column("0", Integer)
_VECTOR: ColumnElement[Any] = literal_column("voorziening.zoekvector")
_NUMMER: ColumnElement[int] = literal_column("voorziening.nummer", Integer)
_BITS: ColumnElement[int] = literal_column("8192", Integer)
_WOORD: ColumnElement[int] = literal_column("64", Integer)
_PRECIES = cast(bindparam("precies", type_=Text), TSQUERY)
_RUIM = cast(bindparam("ruim", type_=Text), TSQUERY)
_PER_BLAD, _ERVOOR = bindparam("per_blad", type_=Integer), bindparam("ervoor", type_=Integer)
_VRAAG = func.zoekvraag(bindparam("woorden", type_=ARRAY(Text))).table_valued(column("precies"), column("ruim"))
_ZOEKVRAAG = select(cast(_VRAAG.c.precies, Text).label("precies"), cast(_VRAAG.c.ruim, Text).label("ruim"))


@dataclass(frozen=True)
class Vorm:
    """The form of a question: everything but the values that are asked for.

    Attributes:
        zicht: the limits of who asks, as of `Sight`.
        waarden: the filters on a value that voorziening_waarde has.
        overig: the other filters; those on links as they must be.
        zoek: "niets" when it has no words, which finds nothing; "alles" when they say nothing ("de"), which is no condition;
            "woorden" when they are to be found as they were typed, and "bijna" when what is nearly it is found too.
    """

    zicht: Grenzen
    waarden: tuple[str, ...]
    overig: tuple[tuple[str, bool], ...]
    zoek: Zoek | None
    sorteer: str | None = None

    @property
    def per_rij(self) -> bool:
        """Whether entries have to be read to know which are asked for."""
        return bool(self.overig) or self.zoek in ("niets", "woorden", "bijna")

    @property
    def zien(self) -> Sight:
        return Sight(dict(self.zicht))


def vraag(session: Session, zicht: Sight, keuze: Keuze) -> tuple[Vorm, dict[str, Any]]:
    """(form, values) of a question. What the words of a search ask, the database says."""
    waarden = {naam: waarde for naam in (*_GELIJK, *_LIJSTEN) if (waarde := getattr(keuze, naam)) is not None}
    links = tuple((naam, aanwezig) for naam in _LINKS if (aanwezig := getattr(keuze, naam)) is not None)
    teksten = {naam: waarde for naam in ("naam", "stuk") if (waarde := getattr(keuze, naam)) is not None}
    zoek, gezocht = _gezocht(session, keuze.zoek) if keuze.zoek is not None else (None, _NIETS)
    sorteer = keuze.sorteer if isinstance(keuze, Gesorteerd) else None
    return (
        Vorm(grenzen(zicht), tuple(waarden), (*links, *((naam, True) for naam in teksten)), zoek, sorteer),
        {**waarden, **{_TEKST + naam: str(waarde) for naam, waarde in waarden.items()}, **teksten, **gezocht},
    )


def grenzen(zicht: Sight) -> Grenzen:
    """What a caller may see, as a part of a form."""
    gevonden = tuple((naam, tuple(toegestaan)) for naam, toegestaan in zicht.limits.items() if isinstance(toegestaan, Collection))
    assert len(gevonden) == len(zicht.limits), "a limit that is a query has no form"
    return gevonden


@lru_cache(_VORMEN)
def een(zicht: Grenzen) -> Select[Any]:
    """One entry, whole; its `code` is to be given."""
    zien = Sight(dict(zicht)).on(publicatiestatus=Voorziening.publicatiestatus)
    return values_of(Voorziening).where(Voorziening.code == bindparam("code", type_=Text), *zien)


@lru_cache(_VORMEN)
def lijst(van: Vorm) -> Select[Any]:
    """The columns of a list and `aantal`, how many there are in all; to be asked with `blad` too."""
    waar = _voorwaarden(van)
    if van.zoek in ("woorden", "bijna") and van.sorteer is None:
        return _best_passend(van, waar)
    query = select(*KOLOMMEN, aantal(van).scalar_subquery().label("aantal")).where(*waar)
    return query.order_by(*_volgorde(van.sorteer)).limit(_PER_BLAD).offset(_ERVOOR)


@lru_cache(_VORMEN)
def heel(van: Vorm) -> Select[Any]:
    """All entries that a list has on its pages, whole and in its order."""
    query = values_of(Voorziening).where(*_voorwaarden(van))
    if van.zoek in ("woorden", "bijna") and van.sorteer is None:
        query = query.order_by(_rang(van).desc(), func.length(Voorziening.naam))
    return query.order_by(*_volgorde(van.sorteer))


def blad(wens: PageQuery) -> dict[str, Any]:
    """Values of `lijst`: which page."""
    return {"per_blad": wens.page_size, "ervoor": (wens.page - 1) * wens.page_size}


@lru_cache(_VORMEN)
def aantal(van: Vorm) -> Select[Any]:
    """How many there are."""
    if van.per_rij:
        return select(func.count()).select_from(Voorziening).where(*_voorwaarden(van))
    return select(_geteld(_nummers_bij(van).subquery("bij").c.nummers))


@lru_cache(_VORMEN)
def facetten(van: Vorm) -> Select[Any]:
    """(filter, waarde, aantal): per filter the most frequent values, most first."""
    gevonden = (_nummers_waar(_voorwaarden(van)) if van.per_rij else _nummers_bij(van)).cte("gevonden")
    zoveel = _geteld(VoorzieningWaarde.nummers.op("&")(gevonden.c.nummers))
    geteld = (
        select(VoorzieningWaarde.filter, VoorzieningWaarde.waarde, zoveel.label("aantal"))
        .join(gevonden, gevonden.c.deel == VoorzieningWaarde.deel)
        .group_by(VoorzieningWaarde.filter, VoorzieningWaarde.waarde)
        .having(zoveel > 0)
        .subquery("geteld")
    )
    plaats = func.row_number().over(partition_by=geteld.c.filter, order_by=(geteld.c.aantal.desc(), geteld.c.waarde))
    genummerd = select(geteld, plaats.label("plaats")).subquery("genummerd")
    return (
        select(genummerd.c.filter, genummerd.c.waarde, genummerd.c.aantal)
        .where(genummerd.c.plaats <= WAARDEN_PER_FACET)
        .order_by(genummerd.c.filter, genummerd.c.plaats)
    )


def _gezocht(session: Session, term: str) -> tuple[Zoek, Mapping[str, Any]]:
    woorden = zoekwoorden(term)
    if not woorden:
        return "niets", _NIETS
    rij = session.connection().execute(_ZOEKVRAAG, {"woorden": woorden}).one()
    if not rij.ruim:
        return "alles", _NIETS
    return "woorden" if rij.ruim == rij.precies else "bijna", {"precies": rij.precies, "ruim": rij.ruim}


def _voorwaarden(van: Vorm) -> list[ColumnElement[bool]]:
    """What must hold of an entry: that the caller may see it, and that it is asked for."""
    waar = van.zien.on(publicatiestatus=Voorziening.publicatiestatus)
    for naam in van.waarden:
        if naam in _LIJSTEN:
            waar.append(_LIJSTEN[naam].contains(cast(array([bindparam(naam, type_=Text)]), ARRAY(Text))))
        else:
            kolom = Voorziening.__table__.c[naam]
            waar.append(kolom == bindparam(naam, type_=kolom.type))
    for naam, aanwezig in van.overig:
        if naam in _LINKS:
            waar.append(_LINKS[naam].is_not(None) if aanwezig else _LINKS[naam].is_(None))
    if ("stuk", True) in van.overig:
        stuk = func.jsonb_build_array(func.jsonb_build_object("stuk", bindparam("stuk", type_=Text)), type_=JSONB)
        waar.append(Voorziening.vindplaatsen.contains(stuk))
    if ("naam", True) in van.overig:
        waar.append(func.strpos(func.lower(Voorziening.naam), func.lower(bindparam("naam", type_=Text))) > 0)
    if van.zoek == "niets":
        waar.append(false())
    elif van.zoek in ("woorden", "bijna"):
        waar.append(_VECTOR.op("@@")(_RUIM))
    return waar


def _volgorde(sorteer: str | None) -> list[ColumnElement[Any]]:
    """The order that a list asks for; every entry has its own place in it."""
    if sorteer is None:
        return [Voorziening.__table__.c.code]
    naam, aflopend = sorteersleutel(sorteer)
    kolom = func.zoekvorm(Voorziening.naam) if naam == "naam" else Voorziening.__table__.c[naam]
    return [kolom.desc() if aflopend else kolom, Voorziening.__table__.c.code]


def _best_passend(van: Vorm, waar: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """What has all words as they were typed comes first, then by where they stand: in the name, in the text, with who and what
    belongs to it; of equals, what has the shorter name. All that is found is ranked by what is at hand in its row; the columns of
    the list are read for the page alone."""
    lengte = func.length(Voorziening.naam)
    # OFFSET 0: ranked before they are counted, so that counting keeps the ranks and not the vectors
    alle = select(Voorziening.code, _rang(van).label("rang"), lengte.label("lengte")).where(*waar).offset(_NUL).subquery("alle")
    volgorde = [alle.c.rang.desc(), alle.c.lengte, alle.c.code]
    deel = select(alle, func.count().over().label("aantal")).order_by(*volgorde).limit(_PER_BLAD).offset(_ERVOOR).subquery("blad")
    query = select(*KOLOMMEN, deel.c.aantal).join(deel, deel.c.code == Voorziening.code)
    return query.order_by(deel.c.rang.desc(), deel.c.lengte, deel.c.code)


def _rang(van: Vorm) -> ColumnElement[Any]:
    rang: ColumnElement[Any] = func.ts_rank(_VECTOR, _RUIM)
    return case((_VECTOR.op("@@")(_PRECIES), 2 + func.ts_rank(_VECTOR, _PRECIES)), else_=rang) if van.zoek == "bijna" else rang


def _nummers_bij(van: Vorm) -> Select[Any]:
    """(deel, nummers) of the entries that the caller may see and that have the values asked for; no entry is read."""
    zichtbaar = van.zien.on(publicatiestatus=VoorzieningWaarde.waarde)
    status = (
        select(VoorzieningWaarde.deel, func.bit_or(VoorzieningWaarde.nummers, type_=BIT).label("nummers"))
        .where(VoorzieningWaarde.filter == "publicatiestatus", *zichtbaar)
        .group_by(VoorzieningWaarde.deel)
        .subquery("status")
    )
    bron: FromClause = status
    nummers: ColumnElement[Any] = status.c.nummers
    for naam in van.waarden:
        met = aliased(VoorzieningWaarde)
        waarde = bindparam(_TEKST + naam, type_=Text)
        bron = bron.join(met, and_(met.filter == naam, met.waarde == waarde, met.deel == status.c.deel))
        nummers = nummers.op("&")(met.nummers)
    return select(status.c.deel, nummers.label("nummers")).select_from(bron)


def _nummers_waar(waar: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """(deel, nummers) of the entries for which this holds. First in words of 64 bits: setting each bit in a whole part takes
    longer than finding the entries."""
    woord = _NUMMER.op("/")(_WOORD)
    een: ColumnElement[int] = literal_column("1::bigint", BigInteger)
    bit = een.op("<<")(_WOORD - 1 - _NUMMER.op("%")(_WOORD))
    woorden = (
        select(woord.label("woord"), func.bit_or(bit, type_=BigInteger).label("bits"))
        .select_from(Voorziening)
        .where(*waar)
        .group_by(woord)
        .subquery("woorden")
        .c
    )
    plaats = woorden.woord * _WOORD
    bits = cast(cast(woorden.bits, BIT(64)), BIT(8192)).op(">>")(plaats.op("%")(_BITS))
    deel = plaats.op("/")(_BITS)
    return select(deel.label("deel"), func.bit_or(bits, type_=BIT).label("nummers")).group_by(deel)


def _geteld(nummers: ColumnElement[Any]) -> ColumnElement[int]:
    """How many entries these are, over all parts."""
    return func.coalesce(func.sum(cast(func.bit_count(nummers), Integer)), 0)  # of integers: a sum of bigint is numeric

"""Every SELECT, INSERT and UPDATE on voorzieningen and their versions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from catalogus_api.voorziening.models import Voorziening, VoorzieningVersie
from catalogus_api.voorziening.rules import sorteersleutel, zoekwoorden
from catalogus_api.voorziening.schemas import Gesorteerd, Keuze, VoorzieningenFilter, VoorzieningKort

KOLOMMEN = [Voorziening.__table__.c[naam] for naam in VoorzieningKort.model_fields]
"""Of a list."""
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
_DUTCH: ColumnElement[Any] = literal_column("'pg_catalog.dutch'::regconfig")
_VECTOR: ColumnElement[Any] = literal_column("voorziening.zoekvector")
WAARDEN_PER_FACET = 100
PER_KEER = 500


def find(session: Session, zicht: Sight, code: str) -> Values | None:
    query = values_of(Voorziening).where(Voorziening.code == code, *_zichtbaar(zicht, Voorziening))
    return session.connection().execute(query).one_or_none()


def find_before(session: Session, zicht: Sight, code: str, tot: datetime) -> Values | None:
    """The last version of before a moment that the caller may see."""
    query = (
        values_of(VoorzieningVersie)
        .where(VoorzieningVersie.code == code, VoorzieningVersie.gewijzigd_op < tot, *_zichtbaar(zicht, VoorzieningVersie))
        .order_by(VoorzieningVersie.versie.desc())
        .limit(1)
    )
    return session.connection().execute(query).one_or_none()


def list_versies(session: Session, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    """Newest first, each with `vorige`: the one before it that the caller may see, as JSON by column; null without."""
    vorige = func.lag(func.to_jsonb(literal_column("voorziening_versie"), type_=JSONB)).over(order_by=VoorzieningVersie.versie)
    query = (
        values_of(VoorzieningVersie)
        .add_columns(vorige.label("vorige"))
        .where(VoorzieningVersie.code == code, *_zichtbaar(zicht, VoorzieningVersie))
        .order_by(VoorzieningVersie.versie.desc())
    )
    return select_page(session, query, wens)


def list_voorzieningen(session: Session, zicht: Sight, wens: VoorzieningenFilter) -> tuple[int, list[Values]]:
    return select_page(session, _op_volgorde(_gekozen(select(*KOLOMMEN), zicht, wens), wens), wens)


def alle(session: Session, zicht: Sight, wens: Gesorteerd) -> Iterator[Values]:
    """All that a list finds on its pages, whole; they come as they are read, and are not in memory together."""
    query = _op_volgorde(_gekozen(values_of(Voorziening), zicht, wens), wens)
    yield from session.connection().execute(query.execution_options(yield_per=PER_KEER))


def _op_volgorde(query: Select[Any], wens: Gesorteerd) -> Select[Any]:
    if wens.sorteer:
        naam, aflopend = sorteersleutel(wens.sorteer)
        kolom = func.zoekvorm(Voorziening.naam) if naam == "naam" else Voorziening.__table__.c[naam]
        query = query.order_by(kolom.desc() if aflopend else kolom)
    elif wens.zoek:
        query = query.order_by(*_best_passend(wens.zoek))
    return query.order_by(Voorziening.code)


def facetten(session: Session, zicht: Sight, keuze: Keuze) -> Sequence[Any]:
    """(filter, waarde, aantal) of what a search finds: per filter the most frequent values, most first."""
    namen = [*_GELIJK, *(kolom.key for kolom in _LIJSTEN.values())]
    gevonden = _gekozen(select(*(Voorziening.__table__.c[naam] for naam in namen)), zicht, keuze).cte("gevonden")
    enkel = [_per_waarde(naam, gevonden.c[naam]) for naam in _GELIJK]
    lijst = [_per_waarde(naam, func.unnest(gevonden.c[kolom.key])) for naam, kolom in _LIJSTEN.items()]
    alle = union_all(*enkel, *lijst).subquery()
    plaats = func.row_number().over(partition_by=alle.c.filter, order_by=(alle.c.aantal.desc(), alle.c.waarde))
    genummerd = select(alle, plaats.label("plaats")).where(alle.c.waarde.is_not(None)).subquery()
    query = (
        select(genummerd.c.filter, genummerd.c.waarde, genummerd.c.aantal)
        .where(genummerd.c.plaats <= WAARDEN_PER_FACET)
        .order_by(genummerd.c.filter, genummerd.c.plaats)
    )
    return session.connection().execute(query).all()


def namen(session: Session, zicht: Sight, codes: Collection[str]) -> dict[str, str]:
    query = select(Voorziening.code, Voorziening.naam).where(
        *_zichtbaar(zicht, Voorziening), Voorziening.code == func.any(list(codes))
    )
    return {rij.code: rij.naam for rij in session.connection().execute(query)}


def codes_in(session: Session, zicht: Sight, domein: str) -> list[str]:
    query = select(Voorziening.code).where(*_zichtbaar(zicht, Voorziening), Voorziening.domein == domein)
    return list(session.connection().execute(query).scalars())


def fasen(session: Session, codes: Collection[str]) -> Sequence[Any]:
    """(code, fase, beheerstap, versie), locked in the order of their codes."""
    query = select(Voorziening.code, Voorziening.fase, Voorziening.beheerstap, Voorziening.versie)
    query = query.where(Voorziening.code == func.any(list(codes))).order_by(Voorziening.code).with_for_update()
    return session.connection().execute(query).all()


def te_zien(zicht: Sight) -> Select[Any]:
    """A query for the codes that a caller may see."""
    return select(Voorziening.code).where(*_zichtbaar(zicht, Voorziening))


def lock(session: Session, code: str) -> Values | None:
    """The entry, which nobody else changes before this transaction ends."""
    return session.connection().execute(values_of(Voorziening).where(Voorziening.code == code).with_for_update()).one_or_none()


def add(session: Session, waarden: Mapping[str, Any]) -> Values | None:
    """The entry as it was stored; None when its code is taken."""
    opdracht = insert(Voorziening).values(waarden).on_conflict_do_nothing(index_elements=["code"])
    return session.connection().execute(opdracht.returning(*Voorziening.__table__.c)).one_or_none()


def change(session: Session, code: str, waarden: Mapping[str, Any]) -> Values:
    """The entry as it became; its version is the next."""
    opdracht = update(Voorziening).where(Voorziening.code == code).values(waarden)
    return session.connection().execute(opdracht.returning(*Voorziening.__table__.c)).one()


def take_over(session: Session, rijen: Sequence[Mapping[str, Any]], op: datetime) -> int:
    """Bring entries in line with the product's own; those that somebody has changed here stay as they are.

    Returns:
        number of entries that are new or changed.
    """
    opdracht = insert(Voorziening).values([{**rij, "gewijzigd_op": op} for rij in rijen])
    rest = {naam: opdracht.excluded[naam] for naam in rijen[0] if naam != "code"}
    anders = or_(*(Voorziening.__table__.c[naam].is_distinct_from(waarde) for naam, waarde in rest.items()))
    gedaan = opdracht.on_conflict_do_update(
        index_elements=["code"],
        set_={**rest, "gewijzigd_op": op},
        where=Voorziening.gewijzigd_door.is_(None) & anders,
    )
    return len(session.execute(gedaan.returning(Voorziening.code)).all())


def _zichtbaar(zicht: Sight, model: type[Voorziening] | type[VoorzieningVersie]) -> list[ColumnElement[bool]]:
    return zicht.on(publicatiestatus=model.publicatiestatus)


def _gekozen(query: Select[Any], zicht: Sight, keuze: Keuze) -> Select[Any]:
    """Only what the caller may see and asks for."""
    query = query.where(*_zichtbaar(zicht, Voorziening))
    for naam in _GELIJK:
        if (waarde := getattr(keuze, naam)) is not None:
            query = query.where(Voorziening.__table__.c[naam] == waarde)
    for naam, lijst in _LIJSTEN.items():
        if (waarde := getattr(keuze, naam)) is not None:
            query = query.where(lijst.contains([waarde]))
    for naam, kolom in _LINKS.items():
        if (aanwezig := getattr(keuze, naam)) is not None:
            query = query.where(kolom.is_not(None) if aanwezig else kolom.is_(None))
    if keuze.stuk:
        query = query.where(Voorziening.vindplaatsen.contains([{"stuk": keuze.stuk}]))
    if keuze.naam:
        query = query.where(Voorziening.naam.icontains(keuze.naam, autoescape=True))
    if keuze.zoek:
        woorden = zoekwoorden(keuze.zoek)
        query = query.where(*(_noemt(woord) for woord in woorden)) if woorden else query.where(false())
    return query


def _noemt(woord: str) -> ColumnElement[bool]:
    """By its stem, or by a word that is nearly it; a word that says nothing ("de") is no condition."""
    stam = func.plainto_tsquery(_DUTCH, func.zoekvorm(woord))
    gevraagd = select(func.zoekvraag(woord)).scalar_subquery()  # asked once, not for every row
    return or_(func.numnode(stam) == 0, _VECTOR.op("@@")(gevraagd))


def _best_passend(term: str) -> list[ColumnElement[Any]]:
    """What has all words first, then by where they stand and how like the name they are."""
    vorm = func.zoekvorm(term)
    stam = func.plainto_tsquery(_DUTCH, vorm)
    gelijkenis = func.ts_rank(_VECTOR, stam) + func.word_similarity(vorm, func.zoekvorm(Voorziening.naam))
    return [case((_VECTOR.op("@@")(stam), 0), else_=1), gelijkenis.desc()]


def _per_waarde(naam: str, waarde: ColumnElement[Any]) -> Select[Any]:
    tekst = cast(waarde, String).label("waarde")
    kolommen: list[ColumnElement[Any]] = [literal(naam).label("filter"), tekst, func.count().label("aantal")]
    return select(*kolommen).group_by(tekst)

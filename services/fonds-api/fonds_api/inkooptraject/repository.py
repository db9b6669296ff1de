"""Every SELECT and INSERT on inkooptrajecten; the lock on a traject lives here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from gemeengoed_kit.db import Base, Values, values_of
from gemeengoed_kit.pagination import PageQuery, select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import ColumnElement, Select, Subquery, case, func, insert, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from fonds_api.inkooptraject.models import Afrekening, Afrekeningsregel, Machtiging, Mutatie, Post, Sluiting, Traject
from fonds_api.inkooptraject.schemas import InkooppostenFilter


def vergrendel(session: Session, code: str) -> None:
    """One at a time for a traject, by the database's own name of it: a row lock needs the right to update."""
    session.execute(select(func.vergrendel_inkooptraject(code)))


def voeg_toe(session: Session, model: type[Base], rijen: Sequence[dict[str, Any]]) -> None:
    session.execute(insert(model), rijen)


def _zichtbaar(zicht: Sight) -> list[ColumnElement[bool]]:
    """A gemeente sees the trajecten in which it takes part or took part."""
    eigen = zicht.on(gemeente=Mutatie.deelnemer)
    return [Traject.code.in_(select(Mutatie.traject).where(*eigen))] if eigen else []


def _laatste_mutaties() -> Subquery:
    """Of everybody who ever took part the last change."""
    query = select(Mutatie.traject, Mutatie.deelnemer, Mutatie.naam, Mutatie.gewicht)
    return (
        query.ext(distinct_on(Mutatie.traject, Mutatie.deelnemer))
        .order_by(Mutatie.traject, Mutatie.deelnemer, Mutatie.nummer.desc())
        .subquery()
    )


def _trajecten(zicht: Sight) -> Select[Any]:
    """Trajecten with what their status follows from."""
    kosten = select(func.sum(Post.bedrag_cent)).where(Post.traject == Traject.code, Post.soort == "kosten").scalar_subquery()
    mutatie = select(func.max(Mutatie.nummer)).where(Mutatie.traject == Traject.code).scalar_subquery()
    laatste = _laatste_mutaties()
    aantal = select(func.count()).where(laatste.c.traject == Traject.code, laatste.c.gewicht > 0).scalar_subquery()

    def van_afrekening(kolom: Any) -> Any:
        query = select(kolom).where(Afrekening.traject == Traject.code).order_by(Afrekening.nummer.desc()).limit(1)
        return query.scalar_subquery()

    btw = select(func.sum(Post.btw_cent)).where(Post.traject == Traject.code).scalar_subquery()
    return (
        select(
            *Traject.__table__.c,
            func.coalesce(btw, 0).label("btw"),
            func.coalesce(kosten, 0).label("kosten"),
            func.coalesce(mutatie, 0).label("mutatie"),
            aantal.label("aantal_deelnemers"),
            van_afrekening(Afrekening.nummer).label("afrekening"),
            van_afrekening(Afrekening.kosten_cent).label("afgerekend"),
            van_afrekening(Afrekening.tot_mutatie).label("tot_mutatie"),
            Sluiting.traject.is_not(None).label("gesloten"),
        )
        .outerjoin(Sluiting, Sluiting.traject == Traject.code)
        .where(*_zichtbaar(zicht))
    )


def find(session: Session, zicht: Sight, code: str) -> Values | None:
    return session.connection().execute(_trajecten(zicht).where(Traject.code == code)).one_or_none()


def list_trajecten(session: Session, zicht: Sight, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, _trajecten(zicht).order_by(Traject.code), wens)


def laatste_nummer(session: Session, model: Any, code: str) -> int:
    """The last number of a traject's rows; 0 without any."""
    return session.scalar(select(func.coalesce(func.max(model.nummer), 0)).where(model.traject == code)) or 0


def find_mutatie(session: Session, code: str, nummer: int) -> Values:
    return session.connection().execute(values_of(Mutatie).where(Mutatie.traject == code, Mutatie.nummer == nummer)).one()


def namen_en_gewichten(session: Session, code: str) -> dict[str, Values]:
    """Everybody who ever took part, with its last name and weight."""
    laatste = _laatste_mutaties()
    return {rij.deelnemer: rij for rij in session.connection().execute(select(laatste).where(laatste.c.traject == code))}


def _deelnemers(code: str) -> Select[Any]:
    """Everybody who ever took part, with what it bears and has paid."""
    laatste = _laatste_mutaties()
    nummer = select(func.max(Afrekening.nummer)).where(Afrekening.traject == code).scalar_subquery()
    regel = (
        select(Afrekeningsregel.deelnemer, Afrekeningsregel.aandeel_cent)
        .where(Afrekeningsregel.traject == code, Afrekeningsregel.afrekening == nummer)
        .subquery()
    )
    bedrag = case((Post.soort == "ontvangst", Post.bedrag_cent), else_=-Post.bedrag_cent)
    betaald = (
        select(Post.deelnemer, func.sum(bedrag).label("cent"))
        .where(Post.traject == code, Post.deelnemer.is_not(None))
        .group_by(Post.deelnemer)
        .subquery()
    )
    aandeel, al = func.coalesce(regel.c.aandeel_cent, 0), func.coalesce(betaald.c.cent, 0)
    return (
        select(
            laatste.c.deelnemer,
            laatste.c.naam,
            laatste.c.gewicht,
            aandeel.label("aandeel_cent"),
            al.label("betaald_cent"),
            (aandeel - al).label("open_cent"),
        )
        .outerjoin(regel, regel.c.deelnemer == laatste.c.deelnemer)
        .outerjoin(betaald, betaald.c.deelnemer == laatste.c.deelnemer)
        .where(laatste.c.traject == code)
    )


def list_deelnemers(session: Session, zicht: Sight, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    query = _deelnemers(code)
    kolom = query.selected_columns.deelnemer
    return select_page(session, query.where(*zicht.on(gemeente=kolom)).order_by(kolom), wens)


def open_bedragen(session: Session, code: str) -> dict[str, int]:
    """What each participant still owes (or, negative, gets back), in cents."""
    return {rij.deelnemer: int(rij.open_cent) for rij in session.connection().execute(_deelnemers(code))}


def aandelen(session: Session, code: str, afrekening: int) -> dict[str, int]:
    """Part of each participant by a settlement, in cents."""
    query = select(Afrekeningsregel.deelnemer, Afrekeningsregel.aandeel_cent).where(
        Afrekeningsregel.traject == code, Afrekeningsregel.afrekening == afrekening
    )
    return {deelnemer: cent for deelnemer, cent in session.connection().execute(query)}


def sommen(session: Session, code: str) -> dict[tuple[str, str | None], tuple[int, int]]:
    """(kind of post, kind of costs) to its sum without BTW and its BTW, in cents."""
    query = select(Post.soort, Post.kostensoort, func.sum(Post.bedrag_cent - Post.btw_cent), func.sum(Post.btw_cent))
    rijen = session.connection().execute(query.where(Post.traject == code).group_by(Post.soort, Post.kostensoort))
    return {(soort, kostensoort): (int(cent), int(btw)) for soort, kostensoort, cent, btw in rijen}


def find_post(session: Session, zicht: Sight, code: str, nummer: int) -> Values | None:
    query = values_of(Post).where(Post.traject == code, Post.nummer == nummer, *zicht.on(gemeente=Post.deelnemer))
    return session.connection().execute(query).one_or_none()


def is_gestorneerd(session: Session, code: str, nummer: int) -> bool:
    query = select(Post.nummer).where(Post.traject == code, Post.storneert == nummer)
    return session.scalar(query) is not None


def list_posten(session: Session, zicht: Sight, code: str, wens: InkooppostenFilter) -> tuple[int, list[Values]]:
    query = values_of(Post).where(Post.traject == code, *zicht.on(gemeente=Post.deelnemer)).order_by(Post.nummer)
    if wens.soort is not None:
        query = query.where(Post.soort == wens.soort)
    return select_page(session, query, wens)


def machtigingen(code: str) -> Select[Any]:
    """What somebody else let, each with `post`: the number of the post that used it, if any."""
    query = select(*Machtiging.__table__.c, Post.nummer.label("post"))
    gebruikt = (Post.traject == Machtiging.traject) & (Post.machtiging == Machtiging.nummer)
    return query.outerjoin(Post, gebruikt).where(Machtiging.traject == code).order_by(Machtiging.nummer)


def find_machtiging(session: Session, code: str, nummer: int) -> Values | None:
    return session.connection().execute(machtigingen(code).where(Machtiging.nummer == nummer)).one_or_none()


def list_machtigingen(session: Session, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, machtigingen(code), wens)


def find_afrekening(session: Session, code: str, nummer: int) -> Values | None:
    query = values_of(Afrekening).where(Afrekening.traject == code, Afrekening.nummer == nummer)
    return session.connection().execute(query).one_or_none()


def list_afrekeningen(session: Session, code: str, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Afrekening).where(Afrekening.traject == code).order_by(Afrekening.nummer), wens)


def regels_van(session: Session, zicht: Sight, code: str, nummers: Iterable[int]) -> dict[int, list[Values]]:
    """Lines per settlement that the caller may see."""
    gevonden: dict[int, list[Values]] = defaultdict(list)
    query = values_of(Afrekeningsregel).where(
        Afrekeningsregel.traject == code,
        Afrekeningsregel.afrekening.in_(list(nummers)),
        *zicht.on(gemeente=Afrekeningsregel.deelnemer),
    )
    for rij in session.connection().execute(query.order_by(Afrekeningsregel.afrekening, Afrekeningsregel.nummer)):
        gevonden[rij.afrekening].append(rij)
    return gevonden

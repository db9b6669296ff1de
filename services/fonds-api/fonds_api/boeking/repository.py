"""Every SELECT and INSERT on boekingen."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.pagination import select_page
from gemeengoed_kit.sight import Sight
from sqlalchemy import BigInteger, Select, cast, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from fonds_api.boeking.errors import SaldoBuitenGrenzen
from fonds_api.boeking.models import Boeking, Boekingsregel
from fonds_api.boeking.rules import Post, Regel
from fonds_api.boeking.schemas import BoekingenFilter
from fonds_api.fonds.models import Fonds

_NA = date(2101, 1, 1)
"""After every boekdatum."""
_GEGEVEN = ("id", "fonds", "boekdatum", "geboekt_op", "omschrijving", "bron", "pad", "aantal_regels", "storno_van")
# Plain SQL text: fonds runs this most often, and SQLAlchemy would spend more time building the statement than the database needs.
_BOEKBAAR = text("SELECT boekbaar(:fonds, :rol, :dag, CAST(:rekeningen AS text[]), :bron, :pad, :debet, :nu)")
_INSERT = text(
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels, storno_van) "
    "VALUES (:id, :fonds, :boekdatum, :geboekt_op, :omschrijving, :bron, :pad, :aantal_regels, :storno_van) "
    "ON CONFLICT DO NOTHING RETURNING volgnummer, vastgelegd_op"
)
_INSERT_REGELS = text(
    "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
    "SELECT :id, nummer, :fonds, rekening, cent "
    "FROM unnest(CAST(:rekeningen AS text[]), CAST(:centen AS bigint[])) WITH ORDINALITY AS regel (rekening, cent, nummer)"
)
_INSERT_VELE = text(
    "INSERT INTO boeking (id, fonds, boekdatum, geboekt_op, omschrijving, bron, pad, aantal_regels) "
    "SELECT id, fonds, boekdatum, :geboekt_op, omschrijving, bron, pad, aantal FROM unnest(CAST(:ids AS uuid[]), "
    "CAST(:fondsen AS text[]), CAST(:boekdata AS date[]), CAST(:omschrijvingen AS text[]), CAST(:bronnen AS text[]), "
    "CAST(:paden AS text[]), CAST(:aantallen AS integer[])) "
    "WITH ORDINALITY AS post (id, fonds, boekdatum, omschrijving, bron, pad, aantal, nummer) "
    "ORDER BY nummer ON CONFLICT DO NOTHING"
)
_INSERT_REGELS_VELE = text(
    "INSERT INTO boekingsregel (boeking, regelnummer, fonds, rekening, bedrag_cent) "
    "SELECT post.id, regel.nummer - post.ervoor, post.fonds, regel.rekening, regel.cent "
    "FROM unnest(CAST(:rekeningen AS text[]), CAST(:centen AS bigint[]), CAST(:posten AS integer[])) "
    "WITH ORDINALITY AS regel (rekening, cent, post, nummer) "
    "JOIN unnest(CAST(:ids AS uuid[]), CAST(:fondsen AS text[]), CAST(:ervoor AS integer[])) "
    "WITH ORDINALITY AS post (id, fonds, ervoor, nummer) ON post.nummer = regel.post"
)
_AL_GEBOEKT = text(
    "SELECT fonds, bron, pad, b.id FROM unnest(CAST(:fondsen AS text[]), CAST(:bronnen AS text[]), CAST(:paden AS text[])) "
    "AS document (fonds, bron, pad) CROSS JOIN LATERAL (SELECT id FROM boeking WHERE fonds = document.fonds "
    "AND bron = document.bron AND pad = document.pad OFFSET 0) AS b"
)
_DEEL_VOORSTELLEN = text("SELECT deel_voorstellen(fonds) FROM unnest(CAST(:fondsen AS text[])) AS fonds")
_VOORGESTELD = text(
    "SELECT v.fonds, v.bron, v.pad, v.id FROM unnest(CAST(:fondsen AS text[]), CAST(:bronnen AS text[]), CAST(:paden AS text[])) "
    "AS document (fonds, bron, pad) JOIN boekingsvoorstel AS v USING (fonds, bron, pad) WHERE v.verloopt_op > :nu "
    "AND NOT EXISTS (SELECT FROM boekingsvoorstelafhandeling AS a WHERE a.voorstel = v.id)"
)
_SALDI = text(
    "SELECT fonds, rekening, saldo.cent "
    "FROM unnest(CAST(:fondsen AS text[]), CAST(:rekeningen AS text[])) AS r (fonds, rekening) "
    "CROSS JOIN LATERAL (SELECT sum(saldo_cent) AS cent FROM rekeningteller AS t "
    "WHERE t.fonds = r.fonds AND t.rekening = r.rekening) AS saldo ORDER BY fonds, rekening"
)


def boekbaar(session: Session, rol: str | None, post: Post, debet_cent: int, nu: datetime) -> bool:
    """Whether nothing about its fonds, size, boekdatum, accounts and document is against an entry; day, accounts and document
    stay so until the end of the transaction."""
    vraag = {
        "fonds": post.fonds,
        "rol": rol,
        "dag": post.boekdatum,
        "rekeningen": list({regel.rekening for regel in post.regels}),
        "bron": post.bron,
        "pad": post.pad,
        "debet": debet_cent,
        "nu": nu,
    }
    return bool(session.connection().execute(_BOEKBAAR, vraag).scalar())


def insert_boeking(session: Session, boeking: Boeking, regels: Sequence[Regel]) -> bool:
    """Store an entry with its lines and give it its number; False when its source document has an entry already, or what it
    reverses a storno, from an earlier or a concurrent request.

    Raises:
        SaldoBuitenGrenzen: an account would pass its floor or ceiling. Nothing more can be done in this transaction.
    """
    connection, boeking.aantal_regels = session.connection(), len(regels)
    gegeven = connection.execute(_INSERT, {naam: getattr(boeking, naam) for naam in _GEGEVEN}).one_or_none()
    if gegeven is None:
        return False
    boeking.volgnummer, boeking.vastgelegd_op = gegeven
    rekeningen, centen = [regel.rekening for regel in regels], [regel.bedrag_cent for regel in regels]
    with _binnen_grenzen():
        connection.execute(_INSERT_REGELS, {"id": boeking.id, "fonds": boeking.fonds, "rekeningen": rekeningen, "centen": centen})
    return True


def insert_boekingen(session: Session, posten: Sequence[Post], geboekt_op: datetime) -> list[uuid.UUID] | None:
    """Store entries with their lines, all in two statements; their ids in this order. None when one of their documents has an
    entry already; then some may have been stored, and the caller must roll back.

    Raises:
        SaldoBuitenGrenzen: as above, after all of them together.
    """
    connection, ids = session.connection(), [uuid.uuid4() for _ in posten]
    fondsen, aantallen = [post.fonds for post in posten], [len(post.regels) for post in posten]
    gegeven = {
        "geboekt_op": geboekt_op,
        "ids": ids,
        "fondsen": fondsen,
        "boekdata": [post.boekdatum for post in posten],
        "omschrijvingen": [post.omschrijving for post in posten],
        "bronnen": [post.bron for post in posten],
        "paden": [post.pad for post in posten],
        "aantallen": aantallen,
    }
    if connection.execute(_INSERT_VELE, gegeven).rowcount < len(posten):
        return None
    ervoor, totaal = [], 0
    for aantal in aantallen:
        ervoor.append(totaal)
        totaal += aantal
    regels = {
        "ids": ids,
        "fondsen": fondsen,
        "ervoor": ervoor,
        "rekeningen": [regel.rekening for post in posten for regel in post.regels],
        "centen": [regel.bedrag_cent for post in posten for regel in post.regels],
        "posten": [nummer for nummer, aantal in enumerate(aantallen, 1) for _ in range(aantal)],
    }
    with _binnen_grenzen():
        connection.execute(_INSERT_REGELS_VELE, regels)
    return ids


@contextmanager
def _binnen_grenzen() -> Iterator[None]:
    """The database keeps the floors and ceilings, since only it sees what others book at the same moment."""
    try:
        yield
    except IntegrityError as fout:
        gezegd: Any = getattr(fout.orig, "diag", None)
        if gezegd is None or gezegd.constraint_name != "rekening_binnen_grenzen":
            raise
        buiten = json.loads(gezegd.message_detail)
        raise SaldoBuitenGrenzen("; ".join(_buiten(**rekening) for rekening in buiten) + ".", rekeningen=buiten) from fout


def _buiten(fonds: str, rekening: str, saldoCent: int, minimumCent: int | None, maximumCent: int | None) -> str:
    grens = f"onder {minimumCent}" if minimumCent is not None and saldoCent < minimumCent else f"boven {maximumCent}"
    return f"rekening {rekening} van fonds {fonds} zou op {saldoCent} cent komen, {grens}"


def al_geboekt(session: Session, posten: Sequence[Post]) -> dict[tuple[str, str, str], uuid.UUID]:
    """The entries that the documents of these entries have already, by document."""
    rijen = session.connection().execute(_AL_GEBOEKT, _documenten(posten))
    return {(rij.fonds, rij.bron, rij.pad): rij.id for rij in rijen}


def voorgesteld(session: Session, posten: Sequence[Post], nu: datetime) -> dict[tuple[str, str, str], uuid.UUID]:
    """The proposals that wait of the documents of these entries, by document; that stays so until the end of the transaction."""
    connection = session.connection()
    connection.execute(_DEEL_VOORSTELLEN, {"fondsen": sorted({post.fonds for post in posten})})
    rijen = connection.execute(_VOORGESTELD, {**_documenten(posten), "nu": nu})
    return {(rij.fonds, rij.bron, rij.pad): rij.id for rij in rijen}


def _documenten(posten: Sequence[Post]) -> dict[str, list[str]]:
    return {
        "fondsen": [post.fonds for post in posten],
        "bronnen": [post.bron for post in posten],
        "paden": [post.pad for post in posten],
    }


def saldi(session: Session, rekeningen: Sequence[tuple[str, str]]) -> list[Values]:
    """What stands on these accounts (fonds, number), whatever the boekdatum, as this transaction sees it, by fonds and number."""
    gegeven = {"fondsen": [fonds for fonds, _ in rekeningen], "rekeningen": [nummer for _, nummer in rekeningen]}
    return list(session.connection().execute(_SALDI, gegeven))


def storno_van(session: Session, id: uuid.UUID) -> uuid.UUID | None:
    """The entry that reverses this one, if any."""
    return session.scalar(select(Boeking.id).where(Boeking.storno_van == id))


def find(session: Session, zicht: Sight, id: uuid.UUID) -> Values | None:
    query = _boekingen().where(Boeking.id == id, *zicht.on(fonds=Boeking.fonds))
    return session.connection().execute(query).one_or_none()


def met_ids(session: Session, ids: Sequence[uuid.UUID]) -> Sequence[Values]:
    return session.connection().execute(_boekingen().where(Boeking.id.in_(ids))).all()


def list_boekingen(session: Session, zicht: Sight, wens: BoekingenFilter) -> tuple[int, list[Values]]:
    """(total number, entries of this page). The number comes from counts per year, month and day (`boekingen_tot`), so it costs
    the same however many entries there are; of one document there are few."""
    query = _boekingen().where(*zicht.on(fonds=Boeking.fonds)).order_by(Boeking.volgnummer)
    aantal: Any = func.boekingen_tot(Fonds.code, wens.tot or _NA)
    if wens.vanaf:
        query, aantal = query.where(Boeking.boekdatum >= wens.vanaf), aantal - func.boekingen_tot(Fonds.code, wens.vanaf)
    if wens.tot:
        query = query.where(Boeking.boekdatum < wens.tot)
    geteld = select(cast(func.coalesce(func.sum(func.greatest(aantal, 0)), 0), BigInteger)).where(*zicht.on(fonds=Fonds.code))
    if wens.fonds:
        query, geteld = query.where(Boeking.fonds == wens.fonds), geteld.where(Fonds.code == wens.fonds)
    if wens.bron_pad:
        return select_page(session, query.where(Boeking.pad == wens.bron_pad), wens)
    return select_page(session, query, wens, geteld)


def _boekingen() -> Select[Any]:
    """Entries, with `gestorneerd_door`: the id of the entry that reverses them, if any."""
    storno = aliased(Boeking)
    door = select(storno.id).where(storno.storno_van == Boeking.id).scalar_subquery()
    return values_of(Boeking).add_columns(door.label("gestorneerd_door"))


def regels_van(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Values]]:
    """Lines per entry, in their order."""
    gevonden: dict[uuid.UUID, list[Values]] = defaultdict(list)
    query = values_of(Boekingsregel).where(Boekingsregel.boeking.in_(ids))
    for regel in session.connection().execute(query.order_by(Boekingsregel.boeking, Boekingsregel.regelnummer)):
        gevonden[regel.boeking].append(regel)
    return gevonden

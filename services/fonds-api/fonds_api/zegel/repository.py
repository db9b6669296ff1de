"""Every SELECT, INSERT and function call on the logs."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from gemeengoed_kit.db import Values, values_of
from gemeengoed_kit.observe.exposition import Value
from gemeengoed_kit.pagination import PageQuery, select_page
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from fonds_api.zegel.models import Blad, Checkpoint, Zegelsleutel
from fonds_api.zegel.rules import Bereik, Knoop, bewaard

_GROOTTE = text("SELECT coalesce(max(nummer) + 1, 0) FROM blad WHERE fonds = :fonds")
_WACHTEND = text("SELECT code FROM fonds WHERE EXISTS (SELECT FROM onverzegeld WHERE fonds = code) ORDER BY code")
_WACHTEN_VEEL = text("SELECT EXISTS (SELECT FROM onverzegeld WHERE fonds = :fonds OFFSET :aantal)")
_ONONDERTEKEND = text(
    "SELECT code FROM fonds WHERE NOT EXISTS (SELECT FROM checkpoint WHERE fonds = code AND grootte = "
    "coalesce((SELECT max(nummer) + 1 FROM blad WHERE fonds = code), 0)) ORDER BY code"
)
_HASHES = text(
    "SELECT d.niveau, r.nummer, r.hash FROM unnest(CAST(:niveaus AS int[]), CAST(:eersten AS bigint[]), CAST(:na AS bigint[])) "
    "AS d (niveau, eerste, na), LATERAL ("
    "SELECT b.nummer, b.hash FROM blad b WHERE d.niveau = 0 AND b.fonds = :fonds AND b.nummer >= d.eerste AND b.nummer < d.na "
    "UNION ALL SELECT k.nummer, k.hash FROM knoop k WHERE d.niveau > 0 AND k.fonds = :fonds AND k.niveau = d.niveau "
    "AND k.nummer >= d.eerste AND k.nummer < d.na) r"
)

_MATEN = text(
    "SELECT (SELECT count(*) FROM onverzegeld), coalesce(extract(epoch FROM now() - min(eerste.op)), 0), coalesce(sum(("
    "SELECT max(nummer) + 1 FROM blad WHERE fonds = code)), 0) FROM fonds LEFT JOIN LATERAL ("
    "SELECT coalesce(b.vastgelegd_op, b.geboekt_op) AS op FROM onverzegeld AS o JOIN boeking AS b ON b.id = o.boeking "
    "WHERE o.fonds = code ORDER BY o.volgnummer LIMIT 1) AS eerste ON true"
)


def verzegel(session: Session, fonds: str, hoogstens: int) -> int:
    """Append the leaves of entries of a fonds that wait, at most so many, and fold them; returns how many. The function is the
    owner's."""
    return int(session.scalar(text("SELECT verzegel(:fonds, :hoogstens)"), {"fonds": fonds, "hoogstens": hoogstens}) or 0)


def wachten_veel(session: Session, fonds: str, aantal: int) -> bool:
    """Whether more than so many entries of a fonds wait."""
    return bool(session.scalar(_WACHTEN_VEEL, {"fonds": fonds, "aantal": aantal}))


def vergrendel(session: Session, fonds: str) -> None:
    """Until the end of the transaction nobody appends to the log of this fonds, or signs it."""
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('zegel ' || :fonds, 0))"), {"fonds": fonds})


def wachtende_fondsen(session: Session) -> list[str]:
    return list(session.scalars(_WACHTEND))


def onondertekende_fondsen(session: Session) -> list[str]:
    """The fondsen whose log, as it is now, has no checkpoint."""
    return list(session.scalars(_ONONDERTEKEND))


def grootte(session: Session, fonds: str) -> int:
    """The number of leaves."""
    return int(session.connection().execute(_GROOTTE, {"fonds": fonds}).scalar_one())


def hashes(session: Session, fonds: str, bereiken: Collection[Bereik]) -> dict[Knoop, bytes]:
    """The stored hashes that these ranges are computed from, in one statement; at most sixteen per stored level."""
    delen = bewaard(bereiken)
    if not delen:
        return {}
    niveaus, eersten, na = (list(kolom) for kolom in zip(*delen, strict=True))
    rijen = session.connection().execute(_HASHES, {"fonds": fonds, "niveaus": niveaus, "eersten": eersten, "na": na})
    return {(niveau, nummer): hash for niveau, nummer, hash in rijen}


def blad_van(session: Session, boeking: uuid.UUID) -> Values | None:
    return session.connection().execute(values_of(Blad).where(Blad.boeking == boeking)).one_or_none()


def bladen(session: Session, fonds: str, begin: int, einde: int) -> Sequence[Values]:
    """The leaves of a range, in order."""
    query = values_of(Blad).where(Blad.fonds == fonds, Blad.nummer >= begin, Blad.nummer < einde).order_by(Blad.nummer)
    return session.connection().execute(query).all()


def bladen_vanaf(session: Session, fonds: str, begin: int, hoogstens: int) -> Sequence[Values]:
    """The leaves from a number on, in order, whether or not there are gaps."""
    query = values_of(Blad).where(Blad.fonds == fonds, Blad.nummer >= begin).order_by(Blad.nummer).limit(hoogstens)
    return session.connection().execute(query).all()


def checkpoint(session: Session, fonds: str, grootte: int | None = None) -> Values | None:
    """The checkpoint of this size, or the newest, with its key; None when there is none."""
    query = (
        values_of(Checkpoint)
        .add_columns(Zegelsleutel.publiek)
        .join(Zegelsleutel, Zegelsleutel.nummer == Checkpoint.sleutel)
        .where(Checkpoint.fonds == fonds)
    )
    if grootte is not None:
        query = query.where(Checkpoint.grootte == grootte)
    return session.connection().execute(query.order_by(Checkpoint.grootte.desc()).limit(1)).one_or_none()


def checkpoints(session: Session, fonds: str, na: int, hoogstens: int) -> Sequence[Values]:
    """Checkpoints in order of size, from those larger than `na`, each with its key."""
    query = (
        values_of(Checkpoint)
        .add_columns(Zegelsleutel.publiek)
        .join(Zegelsleutel, Zegelsleutel.nummer == Checkpoint.sleutel)
        .where(Checkpoint.fonds == fonds, Checkpoint.grootte > na)
    )
    return session.connection().execute(query.order_by(Checkpoint.grootte).limit(hoogstens)).all()


def insert_checkpoint(session: Session, fonds: str, grootte: int, tekst: str, sleutel: int, handtekening: bytes) -> None:
    session.execute(
        insert(Checkpoint).values(fonds=fonds, grootte=grootte, tekst=tekst, sleutel=sleutel, handtekening=handtekening)
    )


def sleutels(session: Session) -> Sequence[Values]:
    """The keys of the service, the first one first."""
    return session.connection().execute(values_of(Zegelsleutel).order_by(Zegelsleutel.nummer)).all()


def list_sleutels(session: Session, wens: PageQuery) -> tuple[int, list[Values]]:
    return select_page(session, values_of(Zegelsleutel).order_by(Zegelsleutel.nummer), wens)


def insert_sleutel(session: Session, nummer: int, publiek: bytes, oorsprong: str, overdracht: bytes | None) -> None:
    """Make a key known; a concurrent one of the same number waits for the other and is then refused by the database."""
    session.execute(insert(Zegelsleutel).values(nummer=nummer, publiek=publiek, oorsprong=oorsprong, overdracht=overdracht))


def maten(session: Session) -> list[Value]:
    """What waits, how long, what is sealed, and what is not signed."""
    aantal, oudste, bladen = session.execute(_MATEN).one()
    return [
        ("fonds_unsealed_entries", (), float(aantal)),
        ("fonds_unsealed_oldest_seconds", (), float(oudste)),
        ("fonds_sealed_entries", (), float(bladen)),
        ("fonds_unsigned_logs", (), float(len(onondertekende_fondsen(session)))),
    ]


def knopen(session: Session, fonds: str, gezocht: Sequence[Knoop]) -> dict[Knoop, bytes]:
    """The stored nodes among these."""
    query = text(
        "SELECT k.niveau, k.nummer, k.hash FROM knoop k JOIN unnest(CAST(:niveaus AS int[]), CAST(:nummers AS bigint[])) "
        "AS g (niveau, nummer) USING (niveau, nummer) WHERE k.fonds = :fonds"
    )
    vraag = {"fonds": fonds, "niveaus": [niveau for niveau, _ in gezocht], "nummers": [nummer for _, nummer in gezocht]}
    return {(niveau, nummer): hash for niveau, nummer, hash in session.execute(query, vraag)}


def aantal_knopen(session: Session, fonds: str) -> int:
    return int(session.scalar(text("SELECT count(*) FROM knoop WHERE fonds = :fonds"), {"fonds": fonds}) or 0)


def fondsen(session: Session) -> list[str]:
    """The codes of all fondsen."""
    return list(session.scalars(text("SELECT code FROM fonds ORDER BY code")))

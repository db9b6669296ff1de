"""What must always hold in the database of fonds (reliability.md 4): a query each, that returns the violations.

Run after every stateful, concurrency, fault and journey test.
"""

from __future__ import annotations

import psycopg
from fonds_api.controle.invarianten import INVARIANTEN as EIGEN

INVARIANTEN = {
    **EIGEN,
    "every boeking was booked by somebody": "SELECT id FROM boeking WHERE bron <> 'fonds' AND NOT EXISTS (SELECT FROM audit WHERE peer_id IS NOT NULL AND "
    "(handeling = 'boeking.boeken' AND onderwerp = '/v1/boekingen/' || boeking.id "
    "OR handeling = 'boeking.bulk' AND wijziging -> 'boekingen' ? boeking.id::text))",
    "every boeking of our own documents has its document": "SELECT id FROM boeking WHERE bron = 'fonds' AND NOT EXISTS (SELECT FROM audit WHERE onderwerp = regexp_replace(pad, '/(betaling|storno|onttrekking|sluiting)$', '')) AND NOT EXISTS (SELECT FROM audit WHERE onderwerp = pad) AND NOT EXISTS (SELECT FROM audit WHERE handeling = 'boeking.storneren' AND onderwerp = '/v1/boekingen/' || boeking.id) AND NOT EXISTS (SELECT FROM nota n WHERE pad = '/v1/notas/' || n.id)",
}


def schendingen(url: str) -> list[str]:
    """Every violation of an invariant, in words; empty when all hold.

    Args:
        url: libpq URL of a database of fonds, as any role that may read it.
    """
    with psycopg.connect(url) as connection:
        return [f"{naam}: {rij}" for naam, vraag in INVARIANTEN.items() for rij in connection.execute(vraag).fetchall()]


def vingerafdruk(connection: psycopg.Connection, tot: int) -> str:
    """Digest of the boekingen up to volgnummer `tot` with their lines; F5 says that it never changes."""
    rij = connection.execute(
        "SELECT coalesce(md5(string_agg(b::text || r::text, '|' ORDER BY b.volgnummer, r.regelnummer)), '') FROM boeking b "
        "JOIN boekingsregel r ON r.boeking = b.id WHERE b.volgnummer <= %s",
        [tot],
    ).fetchone()
    assert rij is not None
    return rij[0]

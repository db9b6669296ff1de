"""Use cases of files of the ledger. They only read, and write the file to disk line by line: memory stays the same for any size.

The whole file is of one snapshot of the database, so what its head says of it is what is in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import IO, cast

from gemeengoed_kit import VERSION, xaf
from gemeengoed_kit.clock import today
from gemeengoed_kit.context import Work
from gemeengoed_kit.files import scratch
from gemeengoed_kit.sheets import Column, Sheet, write_csv
from gemeengoed_kit.sight import Sight, found

from fonds_api.auditfile import rules
from fonds_api.auditfile.schemas import Journaalvraag
from fonds_api.fonds import service as fonds
from fonds_api.rekening.errors import RekeningNietGevonden
from fonds_api.verloop import service as verloop

_JOURNAAL = [
    Column(naam)
    for naam in (
        *("volgnummer", "boekdatum", "geboektOp", "omschrijving", "bron", "pad"),
        *("regel", "rekening", "naam", "debetCent", "creditCent"),
    )
]
_KAART = [
    Column(naam) for naam in ("boekdatum", "volgnummer", "omschrijving", "bron", "pad", "debetCent", "creditCent", "saldoCent")
]


def get_auditfile(work: Work, zicht: Sight, code: str, jaar: int, fiscaal_nummer: str | None) -> IO[bytes]:
    """The XML Auditfile Financieel 4.0 of a fonds and year, as a file on disk.

    Args:
        fiscaal_nummer: of the legal entity whose fonds it is, if it is set.

    Raises:
        FondsNietGevonden: the fonds does not exist, or this caller may not see it.
    """
    van = fonds.get_fonds(work, zicht, code)
    vanaf, tot = verloop.jaar_van(jaar)
    rekeningen = [een for een in verloop.rekeningen(work, code) if een.boekbaar]
    standen = verloop.standen(work, code, vanaf)
    kop = rules.Kop(code, van.naam, jaar, fiscaal_nummer or xaf.UNKNOWN, today(work.clock), ("Gemeengoed fonds-api", VERSION))
    omvang = verloop.omvang(work, code, jaar)
    begin = [(nummer, cent) for nummer, cent in sorted(standen.items()) if cent]
    regels = verloop.regels(work, code, vanaf, tot, per_bron=True)
    return _geschreven(rules.auditfile(kop, rekeningen, begin, xaf.Totals(omvang.regels, omvang.debet, omvang.credit), regels))


def get_journaal(work: Work, zicht: Sight, code: str, vraag: Journaalvraag) -> IO[bytes]:
    """All lines of a fonds in a period as CSV on disk, by boekdatum and in order of booking; amounts in cents.

    Raises:
        FondsNietGevonden: as for `get_auditfile`.
    """
    fonds.get_fonds(work, zicht, code)
    namen = {een.nummer: een.naam for een in verloop.rekeningen(work, code)}
    rijen = (
        (
            *(regel.volgnummer, regel.boekdatum, _moment(regel.geboekt_op)),
            *(regel.omschrijving, regel.bron, regel.pad, regel.regelnummer, regel.rekening, namen[regel.rekening]),
            *(max(regel.cent, 0), max(-regel.cent, 0)),
        )
        for regel in verloop.regels(work, code, vraag.vanaf, vraag.tot)
    )
    return _tabel(Sheet("Journaal", _JOURNAAL, rijen))


def get_grootboekkaart(work: Work, zicht: Sight, code: str, nummer: str, vraag: Journaalvraag) -> IO[bytes]:
    """What was booked on an account in a period as CSV on disk, from its balance before to its balance after; in cents.

    Raises:
        FondsNietGevonden: as for `get_auditfile`.
        RekeningNietGevonden: the fonds has no account with this number.
    """
    fonds.get_fonds(work, zicht, code)
    bekend = next((een for een in verloop.rekeningen(work, code) if een.nummer == nummer), None)
    found(bekend, RekeningNietGevonden, f"Fonds {code} heeft geen rekening {nummer}.")
    saldo = verloop.standen(work, code, vraag.vanaf).get(nummer, 0)
    return _tabel(
        Sheet(
            "Grootboekkaart",
            _KAART,
            _kaart(saldo, vraag.vanaf, verloop.regels(work, code, vraag.vanaf, vraag.tot, rekening=nummer)),
        )
    )


def _kaart(saldo: int, vanaf: date, regels: Iterable[verloop.Regel]) -> Iterable[tuple[object, ...]]:
    yield vanaf, None, "Beginsaldo", None, None, None, None, saldo
    for een in regels:
        saldo += een.cent
        yield een.boekdatum, een.volgnummer, een.omschrijving, een.bron, een.pad, max(een.cent, 0), max(-een.cent, 0), saldo


@lru_cache(maxsize=1)
def _moment(op: datetime) -> str:
    """A moment as the API writes it; that of one line is that of all lines of its entry."""
    return op.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _geschreven(stukken: Iterable[str]) -> IO[bytes]:
    with scratch() as bestand:
        for stuk in stukken:
            bestand.write(stuk.encode())
    return bestand


def _tabel(blad: Sheet) -> IO[bytes]:
    with scratch() as bestand:
        tekst = io.TextIOWrapper(cast(IO[bytes], bestand), "utf-8", newline="")
        write_csv(tekst, blad)
        tekst.flush()
        tekst.detach()
    return bestand

"""Reading a begroting from a file: CSV or XLSX with the same columns. All faults come at once, with row and column."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.schema import LINE

from fonds_api.begroting.rules import BUDGETSOORTEN, Budgetsoort, Regel, Rij, plaats

KOP = ("rij", "prioriteit", "budgetsoort", "omschrijving", "bedrag", "pagina")
SOORTEN = ("regel", "som", "btw", "inclusief", "bijdrage", "derde")
GROOTSTE = 1_000_000
"""Bytes of a file."""
UITGEPAKT = 5_000_000
"""Bytes of all parts of a workbook together."""
MEESTE = 2000
"""Rows of a file, without its head."""
NOEMT = 100
"""Faults that one answer names at most."""
HOOGSTE = 10**12
"""The largest amount, in units."""
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Bestand:
    """A file that was read: its rows, what is wrong with it (then the rows do not count), and its SHA-256 in hexadecimal."""

    regels: list[Regel]
    bezwaren: list[InvalidParam]
    kenmerk: str


def lees(inhoud: bytes) -> tuple[list[Regel], list[InvalidParam]]:
    """(the rows, everything that is wrong) of a file in UTF-8 or a workbook, with the head `KOP`.

    Amounts are digits only, in the unit of the begroting; nothing is rounded. A sum that does not add up is no fault.
    """
    if len(inhoud) > GROOTSTE:
        return [], [InvalidParam("bestand", "te_groot", f"meer dan {GROOTSTE} bytes")]
    try:
        rijen = _werkmap(inhoud) if inhoud.startswith(_ZIP) else _csv(inhoud)
    except ValueError as fout:
        return [], [InvalidParam("bestand", "onleesbaar", str(fout))]
    if not rijen or tuple(rijen[0]) != KOP:
        return [], [InvalidParam("rij 1", "kop", f"de kop moet {','.join(KOP)} zijn, met komma's of puntkomma's")]
    if len(rijen) > MEESTE + 1:
        return [], [InvalidParam("bestand", "te_lang", f"meer dan {MEESTE} rijen")]
    regels: list[tuple[int, Regel]] = []
    wrong: list[InvalidParam] = []
    for nummer, rij in enumerate(rijen[1:], 2):
        if len(wrong) >= NOEMT:
            break
        if any(rij):
            fouten = list(_fouten(nummer, rij))
            wrong += fouten
            if not fouten:
                regels.append((nummer, _regel(rij)))
    wrong += _samen(regels, heel=not wrong)
    return [regel for _, regel in regels], wrong[:NOEMT]


def _csv(inhoud: bytes) -> list[list[str]]:
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        raise ValueError(f"geen UTF-8 (byte {fout.start})") from None
    lijnen = tekst.splitlines()
    scheiding = ";" if lijnen and ";" in lijnen[0] else ","
    try:
        return list(csv.reader(lijnen, delimiter=scheiding, strict=True))
    except csv.Error:
        raise ValueError("geen geldige CSV") from None


def _werkmap(inhoud: bytes) -> list[list[str]]:
    """The first sheet, as texts. A workbook is a ZIP of XML: it is weighed, and refused with a DTD, before it is read."""
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as archief:
            delen = archief.infolist()
            if len(delen) > 100 or sum(deel.file_size for deel in delen) > UITGEPAKT:
                raise ValueError(f"een werkmap van meer dan {UITGEPAKT} bytes of 100 delen")
            for deel in delen:
                if b"<!DOCTYPE" in archief.read(deel).replace(b"\0", b""):
                    raise ValueError("een werkmap met een DTD")
        import openpyxl  # a tenth of the start of a process

        boek = openpyxl.load_workbook(BytesIO(inhoud), read_only=True, data_only=True, keep_links=False)
        try:
            blad = boek.worksheets[0]
            blad.reset_dimensions()
            rijen = blad.iter_rows(max_row=MEESTE + 2, max_col=len(KOP) + 1, values_only=True)
            return [_cellen(rij) for rij in rijen]
        finally:
            boek.close()
    except ValueError:
        raise
    except Exception:  # whatever openpyxl meets in a file that is no workbook
        raise ValueError("geen leesbare werkmap") from None


def _cellen(rij: Sequence[Any]) -> list[str]:
    cellen = ["" if waarde is None else _tekst(waarde) for waarde in rij]
    return cellen[: len(KOP)] if not any(cellen[len(KOP) :]) else cellen


def _tekst(waarde: Any) -> str:
    """A cell as it would stand in a CSV. A whole number may be stored as 10680.0; any other fraction is refused."""
    if isinstance(waarde, float) and waarde.is_integer() and abs(waarde) <= HOOGSTE:
        return str(int(waarde))
    return str(waarde)


def _fouten(nummer: int, rij: Sequence[str]) -> Iterator[InvalidParam]:
    def fout(kolom: str, reden: str) -> InvalidParam:
        return InvalidParam(f"rij {nummer}, kolom {kolom}", "cel", reden)

    if len(rij) != len(KOP):
        yield InvalidParam(f"rij {nummer}", "rij", f"{len(rij)} waarden in plaats van {len(KOP)}")
        return
    soort, prioriteit, budgetsoort, omschrijving, bedrag, pagina = rij
    if soort not in SOORTEN:
        yield fout("rij", f"moet {', '.join(SOORTEN)} zijn")
    elif soort in ("regel", "som"):
        vorm = "[A-Z][1-9]" if soort == "regel" else "[A-Z][1-9]?"
        if prioriteit and not re.fullmatch(vorm, prioriteit, re.ASCII):
            yield fout("prioriteit", "moet leeg zijn of een letter met een cijfer (bij een som ook een letter alleen)")
        if budgetsoort not in BUDGETSOORTEN and (budgetsoort or soort == "regel"):
            yield fout("budgetsoort", f"moet {', '.join(BUDGETSOORTEN)} zijn (bij een som ook leeg)")
    else:
        for kolom, waarde in (("prioriteit", prioriteit), ("budgetsoort", budgetsoort)):
            if waarde:
                yield fout(kolom, f"moet bij {soort} leeg zijn")
    if len(omschrijving) > 300 or not re.fullmatch(LINE.strip("^$"), omschrijving):
        yield fout("omschrijving", "moet een regel tekst zijn van hoogstens 300 tekens")
    if not re.fullmatch("0|[1-9][0-9]{0,12}", bedrag, re.ASCII) or int(bedrag) > HOOGSTE:
        yield fout("bedrag", f"moet een geheel getal zijn van 0 tot en met {HOOGSTE}, alleen cijfers, zonder punten")
    if pagina and not re.fullmatch("[1-9][0-9]{0,3}", pagina, re.ASCII):
        yield fout("pagina", "moet leeg zijn of een getal van 1 tot en met 9999")


def _regel(rij: Sequence[str]) -> Regel:
    soort, prioriteit, budgetsoort, omschrijving, bedrag, pagina = rij
    return Regel(
        cast(Rij, soort),
        prioriteit or None,
        cast(Budgetsoort, budgetsoort) if budgetsoort else None,
        omschrijving,
        int(bedrag),
        int(pagina) if pagina else None,
    )


def _samen(regels: Iterable[tuple[int, Regel]], *, heel: bool) -> Iterator[InvalidParam]:
    """What is wrong between rows; what is missing is only said of a file in which every row could be read (`heel`)."""
    eerder: dict[tuple[Any, ...], int] = {}
    lijnen = {regel for _, regel in regels if regel.rij == "regel"}
    rijen = {regel.rij for _, regel in regels}
    for nummer, regel in regels:
        tekst = "" if regel.rij in ("som", "btw", "inclusief") else regel.omschrijving
        sleutel = (regel.rij, regel.prioriteit, regel.budgetsoort, tekst)
        if (eerste := eerder.setdefault(sleutel, nummer)) != nummer:
            yield InvalidParam(f"rij {nummer}", "dubbel", f"staat al in rij {eerste}")
        elif heel and regel.rij == "som" and not any(_onder(een, regel) for een in lijnen):
            yield InvalidParam(f"rij {nummer}", "leeg", f"er is geen regel onder de som {plaats(regel)}")
        elif heel and regel.rij == "inclusief" and "btw" not in rijen:
            yield InvalidParam(f"rij {nummer}", "zonder_btw", "er is geen rij btw om bij op te tellen")
    if heel and not lijnen:
        yield InvalidParam("bestand", "leeg", "er is geen regel")


def _onder(regel: Regel, som: Regel) -> bool:
    return (regel.prioriteit or "").startswith(som.prioriteit or "") and som.budgetsoort in (None, regel.budgetsoort)

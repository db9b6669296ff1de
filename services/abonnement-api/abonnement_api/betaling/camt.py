"""Read a bank statement, ISO 20022 camt.053 version 001.02 or 001.08. No entities, no network, all errors at once.

The two versions differ in a few places (Sts, the parties, the amount of a detail). Real files mix them, so the reader
accepts both notations in either version.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import euros_to_cents, format_euros
from gemeengoed_kit.schema import WINDOW
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from abonnement_api.betaling.errors import OngeldigAfschrift

NAMESPACES = tuple(f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{versie}" for versie in ("02", "08"))
MEESTE = 20_000
"""Receipts in one file: what can be matched and booked within the time that a request may hold the database."""
_GENOEMD = 100
"""Faults that one answer names at most."""
_ELEMENTEN = 2_000_000
"""Begins and ends of elements in a file: so many may be in memory at once."""
_LANGST = 140
"""Maximum length of an Id or reference; the standard says 35 (Max35Text), but some banks write more."""
_BEDRAG = r"[0-9]{1,10}(\.[0-9]{1,5})?"
_DAG = r"(20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}"
_STUK = 1_000_000
_BEGIN, _EIND = ("OPBD", "PRCD"), ("CLBD",)


@dataclass(frozen=True)
class Ontvangst:
    """One transfer to the account: a booked credit entry, or one detail of a batch entry.

    Attributes:
        bankreferentie: the bank's reference; without one, a digest of the content. Unique within a statement.
        kenmerken: structured references.
    """

    bankreferentie: str
    boekdatum: date
    bedrag_cent: int
    tegenrekening: str | None
    naam: str | None
    kenmerken: tuple[str, ...]
    omschrijving: str


@dataclass(frozen=True)
class Afschrift:
    """A statement of one account.

    Attributes:
        begindag, einddag: dates of its opening and closing balance; None when the bank gives none.
        bijgeschreven_cent: sum of its booked credit entries, as the bank gives them.
        vingerafdruk: SHA-256 of its content, not of the file around it.
    """

    iban: str
    nummer: str
    beginsaldo_cent: int
    eindsaldo_cent: int
    begindag: date | None
    einddag: date | None
    bijgeschreven_cent: int
    ontvangsten: tuple[Ontvangst, ...]
    vingerafdruk: bytes


def lees(bestand: BinaryIO) -> list[Afschrift]:
    """Read every statement in a file.

    Raises:
        OngeldigAfschrift: not camt.053, something is missing or unreadable, not in euros, or the balances and the
            entries do not add up; names every fault.
    """
    lezer = _Lezer(_wortel(bestand))
    try:
        afschriften, aantal = lezer.afschriften(), f"{len(lezer.fouten)}"
    except _Genoeg:
        afschriften, aantal = [], f"minstens {len(lezer.fouten)}"
    if lezer.fouten:
        raise OngeldigAfschrift(f"Het bankafschrift bevat {aantal} fout(en); zie invalidParams.", invalid_params=lezer.fouten)
    return [afschrift for afschrift in afschriften if afschrift]


def _wortel(bestand: BinaryIO) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if sum(stuk.count(b"<") for stuk in iter(lambda: bestand.read(_STUK), b"")) > _ELEMENTEN:
        raise _enkel("omvang", f"meer dan {_ELEMENTEN} begin- en eindtags; vraag de bank om kleinere bestanden")
    bestand.seek(0)
    try:
        wortel = etree.parse(bestand, parser).getroot()
    except etree.XMLSyntaxError as fout:
        regel, kolom = fout.position
        raise _enkel("xml", f"geen leesbare XML op regel {regel}, positie {kolom}") from fout
    if wortel.getroottree().docinfo.doctype:
        raise _enkel("doctype", "een DOCTYPE is niet toegestaan")
    if etree.QName(wortel).localname != "Document" or etree.QName(wortel).namespace not in NAMESPACES:
        raise _enkel("naamruimte", f"verwacht Document uit camt.053.001.02 of camt.053.001.08, niet {wortel.tag}")
    return wortel


def _enkel(code: str, reden: str) -> OngeldigAfschrift:
    return OngeldigAfschrift(
        f"Het bankafschrift is niet te lezen: {reden}.", invalid_params=[InvalidParam("Document", code, reden)]
    )


class _Genoeg(Exception):
    """So much is wrong that the rest need not be looked at."""


class _Lezer:
    """Walks through one document and collects the faults with their places."""

    def __init__(self, wortel: etree._Element) -> None:
        self.wortel = wortel
        self.namen = {"c": etree.QName(wortel).namespace or ""}
        self.fouten: list[InvalidParam] = []

    def afschriften(self) -> list[Afschrift | None]:
        elementen = self._alle(self.wortel, "BkToCstmrStmt/Stmt")
        if not elementen:
            self._fout("Stmt", "missing", "het bestand bevat geen afschrift")
        return [self._afschrift(stmt, f"Stmt.{nummer}") for nummer, stmt in enumerate(elementen)]

    def _afschrift(self, stmt: etree._Element, plaats: str) -> Afschrift | None:
        eerdere_fouten = len(self.fouten)
        nummer = self._kort(self._verplicht(stmt, "Id", plaats), f"{plaats}.Id")
        iban = self._verplicht(stmt, "Acct/Id/IBAN", plaats).replace(" ", "")
        if self._tekst(stmt, "Acct/Ccy") not in (None, "EUR"):
            self._fout(f"{plaats}.Acct.Ccy", "valuta", "alleen rekeningen in EUR")
        (begin, begindag), (eind, einddag) = self._saldo(stmt, _BEGIN, plaats), self._saldo(stmt, _EIND, plaats)
        mutaties: list[int] = []
        ontvangsten: list[Ontvangst] = []
        for volgnummer, ntry in enumerate(self._alle(stmt, "Ntry")):
            hier = f"{plaats}.Ntry.{volgnummer}"
            bedrag = self._bedrag(ntry, "Amt", hier) * self._richting(ntry, hier)
            status = self._tekst(ntry, "Sts/Cd") or self._verplicht(ntry, "Sts", hier)
            if status != "BOOK":
                continue
            mutaties.append(bedrag)
            if bedrag > 0:
                ontvangsten += (o for o in self._ontvangsten(ntry, bedrag, hier) if o.bedrag_cent)
                if len(ontvangsten) > MEESTE:
                    self._fout(hier, "aantal", f"meer dan {MEESTE} bijschrijvingen; vraag de bank om kleinere bestanden")
                    raise _Genoeg
        if len(self.fouten) > eerdere_fouten:
            return None
        if begin + sum(mutaties) != eind:
            self._fout(
                f"{plaats}.Bal",
                "saldo",
                f"beginsaldo {format_euros(begin)} en mutaties {format_euros(sum(mutaties))} "
                f"zijn samen niet het eindsaldo {format_euros(eind)}",
            )
            return None
        uniek = _uniek(ontvangsten)
        inhoud = [iban, nummer, begin, eind, mutaties, [asdict(ontvangst) for ontvangst in uniek]]
        vingerafdruk = hashlib.sha256(json.dumps(inhoud, default=str).encode()).digest()
        bij = sum(bedrag for bedrag in mutaties if bedrag > 0)
        return Afschrift(iban, nummer, begin, eind, begindag, einddag, bij, tuple(uniek), vingerafdruk)

    def _ontvangsten(self, ntry: etree._Element, bedrag_cent: int, plaats: str) -> list[Ontvangst]:
        """The receipts of a booked credit entry: one per detail when the details have their own amounts, else one."""
        details = self._alle(ntry, "NtryDtls/TxDtls")
        dag = self._dag(ntry, plaats)
        if len(details) <= 1:
            return [self._ontvangst(ntry, details[0] if details else None, bedrag_cent, dag, plaats)]
        bedragen = []
        for volgnummer, detail in enumerate(details):
            hier = f"{plaats}.TxDtls.{volgnummer}"
            bedragen.append(self._bedrag(detail, "Amt" if self._alle(detail, "Amt") else "AmtDtls/TxAmt/Amt", hier))
            if self._tekst(detail, "CdtDbtInd") == "DBIT":
                self._fout(f"{hier}.CdtDbtInd", "richting", "een afschrijving binnen een bijschrijving")
        if sum(bedragen) != bedrag_cent:
            self._fout(
                f"{plaats}.TxDtls",
                "som",
                f"de details zijn samen {format_euros(sum(bedragen))}, de post is {format_euros(bedrag_cent)}",
            )
        return [self._ontvangst(ntry, detail, deel, dag, plaats) for detail, deel in zip(details, bedragen, strict=True)]

    def _ontvangst(
        self, ntry: etree._Element, detail: etree._Element | None, bedrag_cent: int, dag: date, plaats: str
    ) -> Ontvangst:
        eigen = detail if detail is not None else ntry
        referentie = self._tekst(eigen, "Refs/AcctSvcrRef") or self._tekst(ntry, "AcctSvcrRef") or ""
        teksten = [
            *self._teksten(eigen, "RmtInf/Ustrd"),
            *self._teksten(eigen, "AddtlTxInf"),
            *self._teksten(ntry, "AddtlNtryInf"),
        ]
        return Ontvangst(
            bankreferentie=self._kort(referentie, f"{plaats}.AcctSvcrRef"),
            boekdatum=dag,
            bedrag_cent=bedrag_cent,
            tegenrekening=self._tekst(eigen, "RltdPties/DbtrAcct/Id/IBAN"),
            naam=self._tekst(eigen, "RltdPties/Dbtr/Pty/Nm") or self._tekst(eigen, "RltdPties/Dbtr/Nm"),
            kenmerken=tuple(self._teksten(eigen, "RmtInf/Strd/CdtrRefInf/Ref")),
            omschrijving=" ".join(teksten),
        )

    def _saldo(self, stmt: etree._Element, soorten: tuple[str, ...], plaats: str) -> tuple[int, date | None]:
        """(balance in cents, its date)."""
        hier = f"{plaats}.Bal.{soorten[0]}"
        for saldo in self._alle(stmt, "Bal"):
            if self._tekst(saldo, "Tp/CdOrPrtry/Cd") in soorten:
                dag = self._tekst(saldo, "Dt/Dt") or (self._tekst(saldo, "Dt/DtTm") or "")[:10]
                van = self._datum(dag, f"{hier}.Dt") if dag else None
                return self._bedrag(saldo, "Amt", hier) * self._richting(saldo, hier), van
        self._fout(hier, "missing", f"saldo {' of '.join(soorten)} ontbreekt")
        return 0, None

    def _bedrag(self, element: etree._Element, pad: str, plaats: str) -> int:
        """An amount in cents, without a sign: another element gives the direction."""
        naam = f"{plaats}.{pad.replace('/', '.')}"
        tekst = self._verplicht(element, pad, plaats)
        if not tekst:
            return 0
        if self._alle(element, pad)[0].get("Ccy") != "EUR":
            self._fout(naam, "valuta", "alleen bedragen in EUR (attribuut Ccy)")
        if not re.fullmatch(_BEDRAG, tekst) or Decimal(tekst) * 100 % 1:
            self._fout(naam, "bedrag", f"{tekst[:40]!r} is geen bedrag in euro's: hoogstens tien cijfers en twee decimalen")
            return 0
        return euros_to_cents(Decimal(tekst))

    def _richting(self, element: etree._Element, plaats: str) -> int:
        waarde = self._verplicht(element, "CdtDbtInd", plaats)
        if waarde and waarde not in ("CRDT", "DBIT"):
            self._fout(f"{plaats}.CdtDbtInd", "richting", "moet CRDT of DBIT zijn")
        return -1 if waarde == "DBIT" else 1

    def _dag(self, ntry: etree._Element, plaats: str) -> date:
        tekst = self._tekst(ntry, "BookgDt/Dt") or (self._tekst(ntry, "BookgDt/DtTm") or "")[:10]
        if not tekst:
            self._fout(f"{plaats}.BookgDt", "missing", "verplicht gegeven ontbreekt")
            return date.min
        return self._datum(tekst, f"{plaats}.BookgDt")

    def _datum(self, tekst: str, naam: str) -> date:
        try:
            return date.fromisoformat(tekst if re.fullmatch(_DAG, tekst) else "")
        except ValueError:
            self._fout(naam, "datum", f"{tekst[:40]!r} is geen datum als 2018-02-15, van {WINDOW}")
            return date.min

    def _kort(self, tekst: str, naam: str) -> str:
        if len(tekst) > _LANGST:
            self._fout(naam, "te_lang", f"hoogstens {_LANGST} tekens")
        return tekst

    def _verplicht(self, element: etree._Element, pad: str, plaats: str) -> str:
        tekst = self._tekst(element, pad)
        if tekst is None:
            self._fout(f"{plaats}.{pad.replace('/', '.')}", "missing", "verplicht gegeven ontbreekt")
        return tekst or ""

    def _tekst(self, element: etree._Element, pad: str) -> str | None:
        return next(iter(self._teksten(element, pad)), None)

    def _teksten(self, element: etree._Element, pad: str) -> list[str]:
        return [tekst for gevonden in self._alle(element, pad) if (tekst := (gevonden.text or "").strip())]

    def _alle(self, element: etree._Element, pad: str) -> list[etree._Element]:
        return element.findall("/".join(f"c:{deel}" for deel in pad.split("/")), self.namen)

    def _fout(self, naam: str, code: str, reden: str) -> None:
        self.fouten.append(InvalidParam(naam, code, reden))
        if len(self.fouten) >= _GENOEMD:
            raise _Genoeg


def _uniek(ontvangsten: list[Ontvangst]) -> list[Ontvangst]:
    """Give every receipt a unique reference: details of a batch may share one, and some banks give none."""
    gebruikt: set[str] = set()
    gezien: dict[str, int] = {}
    uitkomst = []
    for ontvangst in ontvangsten:
        velden = asdict(ontvangst)
        basis = ontvangst.bankreferentie or "inhoud:" + hashlib.sha256(json.dumps(velden, default=str).encode()).hexdigest()
        uniek = basis
        while uniek in gebruikt:
            gezien[basis] = gezien.get(basis, 1) + 1
            uniek = f"{basis}#{gezien[basis]}"
        gebruikt.add(uniek)
        uitkomst.append(Ontvangst(**{**velden, "bankreferentie": uniek}))
    return uitkomst

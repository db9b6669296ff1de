"""Read bank statements, ISO 20022 camt.053 version 001.02 or 001.08. No entities, no network, all errors at once.

The two versions differ in a few places (Sts, the parties, the amount of a detail). Real files mix them, so the reader
accepts both notations in either version.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from gemeengoed_kit.clock import AMSTERDAM
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import euros_to_cents, format_euros
from gemeengoed_kit.schema import WINDOW
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from abonnement_api.betaling.afschrift import GEWOON, KOSTEN, MEESTE, RETOUR, Afschrift, Post, referentie, voltooid
from abonnement_api.betaling.errors import OngeldigAfschrift

NAMESPACES = tuple(f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{versie}" for versie in ("02", "08"))
_GENOEMD = 100
"""Faults that one answer names at most."""
_ELEMENTEN = 2_000_000
"""Begins and ends of elements in a file: so many may be in memory at once."""
_LANGST = 140
"""Maximum length of an Id or reference; the standard says 35 (Max35Text), but some banks write more."""
_BEDRAG = re.compile(r"\+?[0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40}", re.ASCII)
_MEESTE_CENT = 10**12
"""An amount is less than ten milliard euros; its value counts, not its notation."""
_DAG = re.compile(
    r"((20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2})(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
_STUK = 1_000_000
_BEGIN, _EIND = ("OPBD", "PRCD", "ITBD"), ("CLBD", "ITBD")
_KOSTEN = {"CHRG", "COMM", "FEES", "COME", "BRF"}
_RETOUREN = {"RRTN", "RPCR", "RVSL", "UPDD", "UPCT", "PRDD", "RIMB", "ARET"}


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
        self.naamruimte = etree.QName(wortel).namespace or ""
        self.stappen: dict[str, list[str]] = {}
        self.fouten: list[InvalidParam] = []

    def afschriften(self) -> list[Afschrift | None]:
        elementen = self._alle(self.wortel, "BkToCstmrStmt/Stmt")
        if not elementen:
            self._fout("Stmt", "missing", "het bestand bevat geen afschrift")
        return [self._afschrift(stmt, f"Stmt.{nummer}") for nummer, stmt in self._zonder_losse_bladen(elementen)]

    def _zonder_losse_bladen(self, elementen: list[etree._Element]) -> list[tuple[int, etree._Element]]:
        """The statements with their places; a page without a closing balance and the page that follows it become one."""
        uit: list[tuple[int, etree._Element]] = []
        for nummer, stmt in enumerate(elementen):
            vorige = uit[-1][1] if uit else None
            if vorige is not None and self._tekst(stmt, "Id") == self._tekst(vorige, "Id") and not self._heeft(vorige, *_EIND):
                for deel in [*self._alle(stmt, "Bal"), *self._alle(stmt, "Ntry")]:
                    vorige.append(deel)
            else:
                uit.append((nummer, stmt))
        return uit

    def _heeft(self, stmt: etree._Element, *soorten: str) -> bool:
        return any(self._tekst(saldo, "Tp/CdOrPrtry/Cd") in soorten for saldo in self._alle(stmt, "Bal"))

    def _afschrift(self, stmt: etree._Element, plaats: str) -> Afschrift | None:
        eerdere_fouten = len(self.fouten)
        nummer = self._kort(self._verplicht(stmt, "Id", plaats), f"{plaats}.Id")
        iban = "".join((self._tekst(stmt, "Acct/Id/IBAN") or self._verplicht(stmt, "Acct/Id/IBAN", plaats)).split()).upper()
        if self._tekst(stmt, "Acct/Ccy") not in (None, "EUR"):
            self._fout(f"{plaats}.Acct.Ccy", "valuta", "alleen rekeningen in EUR")
        begin, begindag, eind, einddag = self._saldi(stmt, plaats)
        self.opmerkingen: list[str] = []
        vreemd: list[tuple[etree._Element, str]] = []
        posten: list[Post] = []
        for volgnummer, ntry in enumerate(self._alle(stmt, "Ntry")):
            hier = f"{plaats}.Ntry.{volgnummer}"
            status = self._tekst(ntry, "Sts/Cd") or self._tekst(ntry, "Sts/Prtry") or self._verplicht(ntry, "Sts", hier)
            if status != "BOOK":
                self._richting(ntry, hier)
                continue
            if (bedrag := self._van_post(ntry, hier)) is None:
                vreemd.append((ntry, hier))
                continue
            posten += (post for post in self._posten(ntry, bedrag, hier) if post.bedrag_cent)
            if len(posten) > MEESTE:
                self._fout(hier, "aantal", f"meer dan {MEESTE} bij- en afschrijvingen; vraag de bank om kleinere bestanden")
                raise _Genoeg
        if vreemd and begin + sum(post.bedrag_cent for post in posten) == eind:
            self.opmerkingen.append(f"{len(vreemd)} post(en) in andere valuta raken het saldo niet en tellen niet mee")
        else:
            for _, hier in vreemd:
                self._fout(f"{hier}.Amt", "valuta", "alleen bedragen in EUR (attribuut Ccy)")
        if len(self.fouten) > eerdere_fouten:
            return None
        gelezen = Afschrift(
            "camt.053",
            iban,
            nummer,
            self._getal(stmt, "ElctrncSeqNb") or self._getal(stmt, "LglSeqNb"),
            self._getal(stmt, "StmtPgntn/PgNb") or self._getal(self.wortel, "BkToCstmrStmt/GrpHdr/MsgPgntn/PgNb") or 1,
            begin,
            eind,
            begindag,
            einddag,
            tuple(posten),
        )
        if gelezen.verschil_cent:
            mutaties = sum(post.bedrag_cent for post in posten)
            self.opmerkingen.append(
                f"beginsaldo {format_euros(begin)} en mutaties {format_euros(mutaties)} zijn samen niet het eindsaldo "
                f"{format_euros(eind)}"
            )
        return voltooid(replace(gelezen, opmerkingen=tuple(self.opmerkingen)))

    def _van_post(self, ntry: etree._Element, plaats: str) -> int | None:
        """The signed amount of a booked entry in euros; None when it is in another currency and names no amount in euros."""
        eigen = self._alle(ntry, "Amt")
        if eigen and eigen[0].get("Ccy") != "EUR":
            for pad in ("AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt"):
                if any(amt.get("Ccy") == "EUR" for amt in self._alle(ntry, pad)):
                    return self._bedrag(ntry, pad, plaats) * self._richting(ntry, plaats)
            return None
        return self._bedrag(ntry, "Amt", plaats) * self._richting(ntry, plaats)

    def _posten(self, ntry: etree._Element, bedrag_cent: int, plaats: str) -> list[Post]:
        """The posts of a booked entry: one per detail when the details have amounts that explain it, else one.

        What the details and the charges together do not explain stays one post, which only a person may match: its amount is
        not that of any detail. The text of an entry with several details belongs to none of them.
        """
        details = self._alle(ntry, "NtryDtls/TxDtls")
        aantal = max(len(details), self._getal(ntry, "NtryDtls/Btch/NbOfTxs") or 0)
        dag = self._dag(ntry, plaats)
        teken = -1 if bedrag_cent < 0 else 1
        delen = [self._van_detail(detail, teken, f"{plaats}.TxDtls.{nr}") for nr, detail in enumerate(details)]
        bedragen = [deel for deel in delen if deel is not None]
        kosten = self._kosten(ntry, plaats) or sum(self._kosten(detail, plaats) for detail in details)
        if len(details) == 1 and (bedragen == [bedrag_cent] or (not bedragen and aantal == 1)):
            return [self._post(ntry, details[0], bedrag_cent, dag, plaats)]
        if details and len(bedragen) == len(details):
            for erbij in dict.fromkeys((0, -kosten, kosten)):
                if sum(bedragen) + erbij == bedrag_cent:
                    posten = [
                        self._post(ntry, detail, deel, dag, plaats, samen=len(details) > 1)
                        for detail, deel in zip(details, bedragen, strict=True)
                    ]
                    if erbij:
                        posten.append(Post(dag, erbij, omschrijving="Kosten van de bank", soort=KOSTEN))
                    return posten
        if not details:
            beletsel = f"verzamelpost van {aantal} betalingen" if aantal > 1 else None
            return [replace(self._post(ntry, None, bedrag_cent, dag, plaats), beletsel=beletsel)]
        if len(bedragen) == len(details):
            beletsel = f"de details zijn samen {format_euros(sum(bedragen))}, de post is {format_euros(bedrag_cent)}"
            self.opmerkingen.append(beletsel)
        else:
            beletsel = f"verzamelpost van {aantal} betalingen zonder eigen bedragen"
        geheel = self._post(ntry, None, bedrag_cent, dag, plaats)
        genoemd = [tekst for detail in details for tekst in self._teksten(detail, "RmtInf/Ustrd")]
        return [replace(geheel, omschrijving=" ".join([*filter(None, [geheel.omschrijving]), *genoemd]), beletsel=beletsel)]

    def _van_detail(self, detail: etree._Element, teken: int, plaats: str) -> int | None:
        """The signed amount of a detail in euros; None when it has none."""
        richting = self._tekst(detail, "CdtDbtInd")
        if richting in ("CRDT", "DBIT"):
            teken = 1 if richting == "CRDT" else -1
        for pad in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt"):
            gevonden = self._alle(detail, pad)
            if gevonden and gevonden[0].get("Ccy") == "EUR":
                return self._bedrag(detail, pad, plaats) * teken
        return None

    def _kosten(self, element: etree._Element, plaats: str) -> int:
        """Cents of charges that an entry or detail names."""
        totaal = 0
        for pad in ("Chrgs/Rcrd", "Chrgs"):
            for kosten in self._alle(element, pad):
                if any(amt.get("Ccy") == "EUR" for amt in self._alle(kosten, "Amt")):
                    totaal += self._bedrag(kosten, "Amt", f"{plaats}.Chrgs")
        return totaal

    def _post(
        self,
        ntry: etree._Element,
        detail: etree._Element | None,
        bedrag_cent: int,
        dag: date,
        plaats: str,
        *,
        samen: bool = False,
    ) -> Post:
        eigen = detail if detail is not None else ntry
        ref = self._tekst(eigen, "Refs/AcctSvcrRef") or (None if samen else self._tekst(ntry, "AcctSvcrRef"))
        teksten = [*self._teksten(eigen, "RmtInf/Ustrd"), *self._teksten(eigen, "AddtlTxInf")]
        if not samen:
            teksten += self._teksten(ntry, "AddtlNtryInf")
        ander = "Dbtr" if bedrag_cent > 0 else "Cdtr"
        if self._is_retour(ntry, detail):  # the parties of a return are those of the payment that it returns, whichever they are
            ander = ander if self._alle(eigen, f"RltdPties/{ander}Acct") else {"Dbtr": "Cdtr", "Cdtr": "Dbtr"}[ander]
        naam = self._tekst(eigen, f"RltdPties/{ander}/Pty/Nm") or self._tekst(eigen, f"RltdPties/{ander}/Nm")
        opdracht = self._tekst(eigen, "Refs/PmtInfId") or self._tekst(ntry, "NtryDtls/Btch/PmtInfId")
        return Post(
            boekdatum=dag,
            bedrag_cent=bedrag_cent,
            bankreferentie=referentie(self._kort(ref or "", f"{plaats}.AcctSvcrRef")),
            tegenrekening=self._tekst(eigen, f"RltdPties/{ander}Acct/Id/IBAN"),
            naam=naam,
            kenmerken=tuple(self._teksten(eigen, "RmtInf/Strd/CdtrRefInf/Ref")),
            omschrijving=" ".join(teksten),
            eindnaareind=referentie(self._tekst(eigen, "Refs/EndToEndId")),
            opdracht=referentie(opdracht),
            soort=self._soort(ntry, detail),
        )

    def _soort(self, ntry: etree._Element, detail: etree._Element | None) -> str:
        if self._is_retour(ntry, detail):
            return RETOUR
        codes = self._codes(ntry) | (self._codes(detail) if detail is not None else set())
        return KOSTEN if codes & _KOSTEN else GEWOON

    def _is_retour(self, ntry: etree._Element, detail: etree._Element | None) -> bool:
        codes = self._codes(ntry) | (self._codes(detail) if detail is not None else set())
        return (
            self._tekst(ntry, "RvslInd") in ("true", "1")
            or bool(codes & _RETOUREN)
            or (detail is not None and bool(self._alle(detail, "RtrInf")))
        )

    def _codes(self, element: etree._Element) -> set[str]:
        return {*self._teksten(element, "BkTxCd/Domn/Fmly/SubFmlyCd"), *self._teksten(element, "BkTxCd/Domn/Fmly/Cd")}

    def _getal(self, element: etree._Element, pad: str) -> int | None:
        """A positive number that the bank may count with; None for everything else, and for what no integer column holds."""
        tekst = self._tekst(element, pad) or ""
        return int(tekst) or None if re.fullmatch(r"[0-9]{1,18}", tekst, re.ASCII) else None

    def _saldi(self, stmt: etree._Element, plaats: str) -> tuple[int, date | None, int, date | None]:
        """Opening balance and its date, closing balance and its date. Of two interim balances the first is the opening one."""
        saldi = [(self._tekst(saldo, "Tp/CdOrPrtry/Cd"), saldo) for saldo in self._alle(stmt, "Bal")]
        tussen = [saldo for soort, saldo in saldi if soort == "ITBD"]
        opening = next((saldo for soort in _BEGIN[:2] for s, saldo in saldi if s == soort), None)
        slot = next((saldo for soort in _EIND[:1] for s, saldo in saldi if s == soort), None)
        if opening is None and (len(tussen) > 1 or (tussen and slot is not None)):
            opening = tussen[0]
        if slot is None and tussen and tussen[-1] is not opening:
            slot = tussen[-1]
        return (*self._saldo(opening, _BEGIN, plaats), *self._saldo(slot, _EIND, plaats))

    def _saldo(self, saldo: etree._Element | None, soorten: tuple[str, ...], plaats: str) -> tuple[int, date | None]:
        """(balance in cents, its date)."""
        hier = f"{plaats}.Bal.{soorten[0]}"
        if saldo is None:
            self._fout(hier, "missing", f"saldo {' of '.join(soorten)} ontbreekt")
            return 0, None
        dag = self._tekst(saldo, "Dt/Dt") or self._tekst(saldo, "Dt/DtTm")
        return self._bedrag(saldo, "Amt", hier) * self._richting(saldo, hier), self._datum(dag, f"{hier}.Dt") if dag else None

    def _bedrag(self, element: etree._Element, pad: str, plaats: str) -> int:
        """An amount in cents, without a sign: another element gives the direction."""
        naam = f"{plaats}.{pad.replace('/', '.')}"
        tekst = self._verplicht(element, pad, plaats)
        if not tekst:
            return 0
        if self._alle(element, pad)[0].get("Ccy") != "EUR":
            self._fout(naam, "valuta", "alleen bedragen in EUR (attribuut Ccy)")
        if not _BEDRAG.fullmatch(tekst) or Decimal(tekst) * 100 % 1 or Decimal(tekst) * 100 >= _MEESTE_CENT:
            self._fout(naam, "bedrag", f"{tekst[:40]!r} is geen bedrag in euro's: minder dan tien miljard en hele centen")
            return 0
        return euros_to_cents(Decimal(tekst))

    def _richting(self, element: etree._Element, plaats: str) -> int:
        waarde = self._verplicht(element, "CdtDbtInd", plaats)
        if waarde and waarde not in ("CRDT", "DBIT"):
            self._fout(f"{plaats}.CdtDbtInd", "richting", "moet CRDT of DBIT zijn")
        return -1 if waarde == "DBIT" else 1

    def _dag(self, ntry: etree._Element, plaats: str) -> date:
        tekst = self._tekst(ntry, "BookgDt/Dt") or self._tekst(ntry, "BookgDt/DtTm")
        if not tekst:
            self._fout(f"{plaats}.BookgDt", "missing", "verplicht gegeven ontbreekt")
            return date.min
        return self._datum(tekst, f"{plaats}.BookgDt")

    def _datum(self, tekst: str, naam: str) -> date:
        """A Dutch day: of a moment with an offset the day that it was here, else the day as written."""
        try:
            return dag(tekst)
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
        """By children: with tens of thousands of posts, paths (`findall`) take most of the time of reading a file."""
        if (stappen := self.stappen.get(pad)) is None:
            stappen = self.stappen[pad] = [f"{{{self.naamruimte}}}{deel}" for deel in pad.split("/")]
        gevonden = [element]
        for stap in stappen:
            gevonden = [kind for ouder in gevonden for kind in ouder.iterchildren(stap)]
            if not gevonden:
                break
        return gevonden

    def _fout(self, naam: str, code: str, reden: str) -> None:
        self.fouten.append(InvalidParam(naam, code, reden))
        if len(self.fouten) >= _GENOEMD:
            raise _Genoeg


def dag(tekst: str) -> date:
    """The Dutch day of an ISO date or moment.

    A day with an offset is the day as written; a moment with an offset is the day that it was in the Netherlands.

    Raises:
        ValueError: not a date or moment, or not in the years 2000 to 2100.
    """
    delen = _DAG.fullmatch(tekst)
    if delen is None:
        raise ValueError(tekst)
    geschreven = date.fromisoformat(delen[1])
    if not delen[3] or not delen[6]:
        return geschreven
    # fromisoformat takes at most six decimals; they never decide the day
    moment = datetime.fromisoformat(delen[1] + delen[3].split(".")[0] + delen[6])
    return date.fromisoformat(_DAG.fullmatch(moment.astimezone(AMSTERDAM).date().isoformat())[1])  # type: ignore[index]

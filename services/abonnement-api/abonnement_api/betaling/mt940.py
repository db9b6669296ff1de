"""Read bank statements in MT940 and MT940S, as BNG, ABN AMRO, ING and Rabobank write them; other banks where they are alike.

The library mt-940 knows the grammar of the fields. The walk through the file is ours: in the library's, a line :61: without a
type code would be merged with the next one, and money would be lost. The text of :86: is read here: it has no standard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

import mt940
from gemeengoed_kit.errors import InvalidParam
from gemeengoed_kit.money import format_euros
from gemeengoed_kit.schema import WINDOW
from stdnum import iban as iban_regels

from abonnement_api.betaling.afschrift import (
    GEWOON,
    KOSTEN,
    LANGSTE_TEKST,
    MEESTE,
    RETOUR,
    Afschrift,
    Post,
    in_centen,
    referentie,
    voltooid,
)
from abonnement_api.betaling.errors import OngeldigAfschrift

_GENOEMD = 100
_LANGST = 140
_MEESTE_VELDEN = 200_000
"""Fields in a file: so many may be in memory at once."""
_VOLLE_REGEL = 62
"""A line of :86: of at least so many characters was cut by the bank, perhaps inside a word; a shorter one ended there."""
_VELD = re.compile(r"^:([0-9]{2}[A-Z]?|NS):", re.MULTILINE)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", re.ASCII)
_BEDRAG = re.compile(r"[0-9]{1,40}(,[0-9]{0,40})?", re.ASCII)
_BEGIN_61 = re.compile(r"[0-9]{6}(?:[0-9]{4})?R?[CD][A-Z]?[0-9]{1,15}(?:,[0-9]*)?(?![0-9,.])", re.ASCII)
_NUMMER = re.compile(r"([0-9]{1,17})(?:/([0-9]{1,9}))?", re.ASCII)
_TAGS = (
    *("TRTP", "IBAN", "BIC", "NAME", "REMI", "EREF", "ORDP", "BENM", "CNTP", "MARF", "CSID", "RTRN", "ADDR", "ISDT", "PURP"),
    *("ULTC", "ULTD", "ULTB", "KREF", "PREF", "IREF", "PMTINF", "CDTRREFTP", "CDTRREF", "NRTX", "TRCD", "ACCW", "EXCH"),
    *("BO", "OCMT", "CHGS1", "CHGS2"),
)
_TAG = re.compile(rf"/({'|'.join(sorted(_TAGS, key=len, reverse=True))})(?=/)")
_KOLOM = re.compile(r"(IBAN|BIC|NAAM|NAME|OMSCHRIJVING|BETALINGSKENM\.|KENMERK|MACHTIGING|INCASSANT|ID DEBITEUR|REDEN RETOUR): ?")
_KOLOM_BREED = 33


@dataclass
class _Velden:
    """What the text of :86: says."""

    tegenrekening: str | None = None
    naam: str | None = None
    kenmerken: list[str] = field(default_factory=list)
    omschrijving: str = ""
    eindnaareind: str | None = None
    opdracht: str | None = None
    retour: bool = False


@dataclass
class _Regel:
    """A line :61: with the text of its :86:."""

    groepen: dict[str, Any]
    plaats: str
    tekst: str = ""


def lees(bestand: BinaryIO) -> list[Afschrift]:
    """Read every statement in a file.

    Raises:
        OngeldigAfschrift: not MT940, something is missing or unreadable, or not in euros; names every fault.
    """
    lezer = _Lezer()
    try:
        afschriften, aantal = lezer.afschriften(_tekst(bestand.read())), f"{len(lezer.fouten)}"
    except _Genoeg:
        afschriften, aantal = [], f"minstens {len(lezer.fouten)}"
    if lezer.fouten:
        raise OngeldigAfschrift(f"Het bankafschrift bevat {aantal} fout(en); zie invalidParams.", invalid_params=lezer.fouten)
    return afschriften


def _tekst(inhoud: bytes) -> str:
    for codering in ("utf-8-sig", "latin-1"):
        try:
            tekst = inhoud.decode(codering)
            break
        except UnicodeDecodeError:
            continue
    return tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


class _Genoeg(Exception):
    """So much is wrong that the rest need not be looked at."""


class _Lezer:
    def __init__(self) -> None:
        self.fouten: list[InvalidParam] = []

    def afschriften(self, tekst: str) -> list[Afschrift]:
        gevonden: list[Afschrift] = []
        if sum(1 for _ in islice(_VELD.finditer(tekst), _MEESTE_VELDEN + 1)) > _MEESTE_VELDEN:
            self._fout("bestand", "omvang", f"meer dan {_MEESTE_VELDEN} velden; vraag de bank om kleinere bestanden")
            return gevonden
        blokken = list(_blokken(tekst))
        if not blokken:
            self._fout("bestand", "formaat", "geen camt.053 en geen MT940")
        posten = 0
        for plaats, velden in enumerate(blokken):
            afschrift = self._afschrift(velden, f"Afschrift.{plaats}")
            if afschrift is not None:
                gevonden.append(afschrift)
                posten += len(afschrift.posten)
            if posten > MEESTE:
                self._fout(f"Afschrift.{plaats}", "aantal", f"meer dan {MEESTE} bij- en afschrijvingen; vraag kleinere bestanden")
                raise _Genoeg
        return gevonden

    def _afschrift(self, velden: list[tuple[str, str]], plaats: str) -> Afschrift | None:
        eerdere_fouten = len(self.fouten)
        eerste: dict[str, str] = {}
        regels: list[_Regel] = []
        open_regel: _Regel | None = None
        for naam, waarde in velden:
            if naam == "61":
                hier = f"{plaats}.61.{len(regels)}"
                if not _BEGIN_61.match(waarde.strip()):  # the library would take the digits before a point for the amount
                    self._fout(hier, "veld", f"{waarde[:60]!r} is geen veld :61:")
                    groepen = {}
                else:
                    groepen = self._groepen("61", waarde, hier)
                open_regel = _Regel(groepen, hier)
                regels.append(open_regel)
            elif naam == "86" and open_regel is not None:
                open_regel.tekst = f"{open_regel.tekst}\n{waarde}" if open_regel.tekst else waarde
            else:
                eerste.setdefault(naam, waarde)
                open_regel = None
        iban = self._rekening(eerste.get("25"), plaats)
        nummer, volgnummer, pagina = self._nummer(eerste.get("28C") or eerste.get("28"), eerste.get("20", ""), plaats)
        begin, begindag = self._saldo(eerste, ("60F", "60M"), plaats)
        eind, einddag = self._saldo(eerste, ("62F", "62M"), plaats)
        posten = [post for regel in regels if (post := self._post(regel)) is not None and post.bedrag_cent]
        if len(self.fouten) > eerdere_fouten:
            return None
        gelezen = Afschrift("mt940", iban, nummer, volgnummer, pagina, begin, eind, begindag, einddag, tuple(posten))
        if gelezen.verschil_cent:
            mutaties = sum(post.bedrag_cent for post in posten)
            opmerking = (
                f"beginsaldo {format_euros(begin)} en mutaties {format_euros(mutaties)} zijn samen niet het eindsaldo "
                f"{format_euros(eind)}"
            )
            gelezen = replace(gelezen, opmerkingen=(opmerking,))
        return voltooid(gelezen)

    def _groepen(self, veld: str, waarde: str, plaats: str) -> dict[str, Any]:
        """The parts of a field by the grammar of the library; empty, with a fault, when it does not fit."""
        tag = mt940.tags.TAG_BY_ID[int(veld) if veld.isdigit() else veld]
        gevonden = tag.re.match(waarde.strip())
        if gevonden is None:
            self._fout(plaats, "veld", f"{waarde[:60]!r} is geen veld :{veld}:")
            return {}
        return gevonden.groupdict()

    def _rekening(self, waarde: str | None, plaats: str) -> str:
        """The account in :25:, without the currency that some banks put behind it."""
        kaal = "".join((waarde or "").split()).upper()
        if not kaal:
            self._fout(f"{plaats}.25", "missing", "verplicht gegeven ontbreekt")
        for kandidaat in _IBAN.findall(kaal):
            for lengte in range(len(kandidaat), 14, -1):
                if iban_regels.is_valid(kandidaat[:lengte], check_country=False):
                    if kandidaat[lengte:] not in ("", "EUR"):
                        continue
                    return kandidaat[:lengte]
        return kaal.removesuffix("EUR")

    def _nummer(self, waarde: str | None, referentie_: str, plaats: str) -> tuple[str, int | None, int]:
        """(what the bank calls it, its number in a row, its page)."""
        delen = _NUMMER.match((waarde or "").strip())
        naam = " ".join((waarde or referentie_).split())[:_LANGST]
        if not naam:
            self._fout(f"{plaats}.28C", "missing", "verplicht gegeven ontbreekt")
        if delen is None:
            return naam, None, 1
        return naam, int(delen[1]) or None, max(int(delen[2] or 1), 1)

    def _saldo(self, velden: dict[str, str], soorten: tuple[str, ...], plaats: str) -> tuple[int, date | None]:
        gevonden = next(((soort, velden[soort]) for soort in soorten if soort in velden), None)
        if gevonden is None:
            self._fout(f"{plaats}.{soorten[0]}", "missing", f"saldo :{soorten[0]}: ontbreekt")
            return 0, None
        soort, waarde = gevonden
        hier = f"{plaats}.{soort}"
        delen = self._groepen(soort, waarde.split("\n")[0], hier)
        if not delen:
            return 0, None
        if delen["currency"] != "EUR":
            self._fout(hier, "valuta", "alleen rekeningen in EUR")
        cent = self._bedrag(delen["amount"], hier) * (-1 if delen["status"] == "D" else 1)
        return cent, self._datum(delen["year"], delen["month"], delen["day"], hier)

    def _post(self, regel: _Regel) -> Post | None:
        delen = regel.groepen
        if not delen:
            return None
        storno = delen["status"].startswith("R")
        teken = 1 if delen["status"] in ("C", "RD") else -1
        cent = self._bedrag(delen["amount"], regel.plaats) * teken
        waardedag = self._datum(delen["year"], delen["month"], delen["day"], regel.plaats)
        boekdag = waardedag
        if (delen["entry_month"] or "").strip() and (delen["entry_day"] or "").strip():
            boekdag = self._boekdag(waardedag, delen["entry_month"], delen["entry_day"], regel.plaats)
        if len(regel.tekst) > LANGSTE_TEKST:
            self._fout(regel.plaats, "te_lang", f"omschrijving :86: hoogstens {LANGSTE_TEKST} tekens")
            return None
        velden = lees_omschrijving(regel.tekst)
        extra = (delen["extra_details"] or "").strip()
        tegenrekening = velden.tegenrekening or _als_iban(extra)
        soort = (
            RETOUR
            if storno or velden.retour or delen["id"] == "NRTI"
            else KOSTEN
            if delen["id"] in ("NCHG", "NCOM", "FCHG")
            else GEWOON
        )
        klant = referentie(delen["customer_reference"])
        return Post(
            boekdatum=boekdag,
            bedrag_cent=cent,
            bankreferentie=referentie((delen["bank_reference"] or "")[:_LANGST]),
            tegenrekening=tegenrekening,
            naam=velden.naam,
            kenmerken=tuple(velden.kenmerken),
            omschrijving=velden.omschrijving,
            eindnaareind=velden.eindnaareind or (None if klant in ("EREF", "MARF", "PREF") else klant),
            opdracht=velden.opdracht,
            soort=soort,
        )

    def _bedrag(self, tekst: str, plaats: str) -> int:
        """Cents, without a sign."""
        cent = in_centen(tekst.replace(",", ".")) if _BEDRAG.fullmatch(tekst) else None
        if cent is not None:
            return cent
        self._fout(plaats, "bedrag", f"{tekst[:40]!r} is geen bedrag in euro's: minder dan tien miljard en hele centen")
        return 0

    def _datum(self, jaar: str, maand: str, dag: str, plaats: str) -> date:
        try:
            if not (jaar + maand + dag).isascii():
                raise ValueError
            return date(2000 + int(jaar), int(maand), int(dag))
        except ValueError:
            self._fout(plaats, "datum", f"{jaar}{maand}{dag} is geen datum als 180215, van {WINDOW}")
            return date.min

    def _boekdag(self, waardedag: date, maand: str, dag: str, plaats: str) -> date:
        """The day of booking, that has no year of its own: the one nearest to the value date."""
        mogelijk = []
        for jaar in (waardedag.year - 1, waardedag.year, waardedag.year + 1):
            try:
                mogelijk.append(date(jaar, int(maand), int(dag)))
            except ValueError:
                continue
        if not mogelijk or not (maand + dag).isascii():
            self._fout(plaats, "datum", f"{maand}{dag} is geen dag als 0215")
            return waardedag
        return min(mogelijk, key=lambda kandidaat: abs(kandidaat - waardedag))

    def _fout(self, naam: str, code: str, reden: str) -> None:
        self.fouten.append(InvalidParam(naam, code, reden))
        if len(self.fouten) >= _GENOEMD:
            raise _Genoeg


def _blokken(tekst: str) -> Iterator[list[tuple[str, str]]]:
    """The fields of each statement, which begins with :20:, or where one begins after a closing balance; envelopes, their ends
    and what is no field are left out."""
    huidig: list[tuple[str, str]] = []
    gevonden = list(_VELD.finditer(tekst))
    for plaats, veld in enumerate(gevonden):
        einde = gevonden[plaats + 1].start() if plaats + 1 < len(gevonden) else len(tekst)
        waarde = re.split(r"\n-(?:\}|\n|$)", tekst[veld.end() : einde])[0].strip("\n")
        begint = veld[1] == "20" or (veld[1] in ("25", "28", "28C", "60F", "60M") and any(n in ("62F", "62M") for n, _ in huidig))
        if begint and huidig:
            if any(naam in ("25", "61", "60F", "60M") for naam, _ in huidig):
                yield huidig
            huidig = []
        huidig.append((veld[1], waarde))
    if any(naam in ("25", "61", "60F", "60M") for naam, _ in huidig):
        yield huidig


def lees_omschrijving(tekst: str) -> _Velden:
    """Take :86: apart: with codes between slashes, in two columns, or free text."""
    regels = [regel.rstrip() for regel in tekst.split("\n") if regel.strip()]
    plat, breuken = _plat(regels)
    if _TAG.match(plat):
        return _met_codes(plat, breuken)
    if re.match(r"SEPA |[A-Z ]+ +IBAN:", plat) and _KOLOM.search(tekst):
        return _in_kolommen(regels)
    return _Velden(omschrijving=" ".join(regels))


def _plat(regels: list[str]) -> tuple[str, set[int]]:
    """The lines as one, and the places where a space may have been lost: after lines that were not full."""
    breuken: set[int] = set()
    plat = ""
    for regel in regels:
        if plat:
            breuken.add(len(plat))
        plat += regel
    vol, lengte = set(), 0
    for regel in regels:
        lengte += len(regel)
        if len(regel) >= _VOLLE_REGEL:
            vol.add(lengte)
    return plat, breuken - vol


def _met_codes(plat: str, breuken: set[int]) -> _Velden:
    velden = _Velden()
    codes = list(_TAG.finditer(plat))
    delen: dict[str, tuple[str, str]] = {}  # code to (its text without breaks, its text with them)
    for plaats, gevonden in enumerate(codes):
        einde = codes[plaats + 1].start() if plaats + 1 < len(codes) else len(plat)
        kaal = plat[gevonden.end() + 1 : einde]
        ruim = "".join((" " if i in breuken else "") + plat[i] for i in range(gevonden.end() + 1, einde))
        delen.setdefault(gevonden[1], (kaal, ruim))
    for code in ("CNTP", "ORDP", "BENM"):
        if code in delen and delen[code][0].strip("/"):
            stukken = [stuk.strip() for stuk in delen[code][0].split("/")]
            velden.tegenrekening = _als_iban(stukken[0]) or velden.tegenrekening
            if code == "CNTP":
                velden.naam = next((stuk for stuk in stukken[2:3] if stuk), None)
    if "IBAN" in delen:
        velden.tegenrekening = _als_iban(delen["IBAN"][0].strip("/")) or velden.tegenrekening
    if "NAME" in delen and delen["NAME"][0].strip("/ "):
        velden.naam = " ".join(delen["NAME"][1].strip("/ ").split())
    if "EREF" in delen:
        velden.eindnaareind = referentie(delen["EREF"][0].strip("/ ")[:_LANGST])
    for code in ("PMTINF", "PREF"):
        if code in delen:
            velden.opdracht = velden.opdracht or referentie(delen[code][0].strip("/ ")[:_LANGST])
    velden.retour = "RTRN" in delen
    teksten = []
    if "CDTRREF" in delen:
        velden.kenmerken.append("".join(delen["CDTRREF"][0].strip("/ ").split()))
    if "REMI" in delen:
        kaal, ruim = delen["REMI"]
        gestructureerd = re.match(r"STRD/(?:CUR|ISO|[A-Z0-9]{0,35})/([^/]+)", kaal.lstrip("/"))
        bij_abn = re.search(r"ISSUER: ?(?:CUR|ISO) +REF: ?([A-Z0-9]+)", kaal)
        if gestructureerd:
            velden.kenmerken.append("".join(gestructureerd[1].split()))
        elif bij_abn:
            velden.kenmerken.append(bij_abn[1])
        else:
            teksten.append(re.sub(r"^[/ ]*(U ?S ?T ?D ?[/ ]+)?", "", ruim).strip("/ "))
    velden.omschrijving = " ".join(" ".join(teksten).split())
    return velden


def _in_kolommen(regels: list[str]) -> _Velden:
    """Two columns of 33 characters, as ABN AMRO writes them; what has no word before it goes on with the cell before."""
    cellen: list[tuple[str, str]] = []
    for regel in regels:
        for cel in (regel[:_KOLOM_BREED], regel[_KOLOM_BREED:]):
            woorden = list(_KOLOM.finditer(cel))
            if ervoor := cel[: woorden[0].start() if woorden else len(cel)].strip():
                cellen.append(("", ervoor))
            for plaats, woord in enumerate(woorden):
                einde = woorden[plaats + 1].start() if plaats + 1 < len(woorden) else len(cel)
                cellen.append((woord[1], cel[woord.end() : einde].strip()))
    samen: list[tuple[str, str]] = []
    for naam, waarde in cellen:
        if not naam and samen:
            samen[-1] = (samen[-1][0], f"{samen[-1][1]} {waarde}".strip())
        else:
            samen.append((naam, waarde))
    velden = _Velden()
    vrij = []
    for naam, waarde in samen:
        if naam == "IBAN":
            velden.tegenrekening = _als_iban(waarde.split(" ")[0])
        elif naam in ("NAAM", "NAME"):
            velden.naam = waarde or None
        elif naam == "BETALINGSKENM.":
            velden.kenmerken.append("".join(re.match(r"[0-9 .]*", waarde)[0].split()))  # type: ignore[index]
        elif naam == "KENMERK":
            velden.eindnaareind = referentie(waarde[:_LANGST])
        elif naam == "REDEN RETOUR":
            velden.retour = True
        elif naam != "BIC":
            vrij.append(waarde)
    velden.omschrijving = " ".join(vrij)
    return velden


def _als_iban(tekst: str) -> str | None:
    kaal = "".join(tekst.split()).upper()
    return kaal if _IBAN.fullmatch(kaal) else None

"""What the page of an invoice says, as plain data: every text and amount is ready, so the layout only places it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import segno.helpers
from gemeengoed_kit.money import format_euros

from abonnement_api.factuurstuk.rules import BUITEN, CREDITNOTA, ONBEKEND, VRIJGESTELD, Btw, Partij, Stuk, splitsing
from abonnement_api.tarief.schemas import als_tekst

HOOGSTE_QR = 99_999_999_999
"""Cents: 999.999.999,99 euros (EPC069-12)."""
MAANDEN = "januari februari maart april mei juni juli augustus september oktober november december"


def beeld_van(stuk: Stuk) -> dict[str, Any]:
    """The data of the layout `factuur.typ`; it has no amount that the UBL has not."""
    verdeeld, krediet = splitsing(stuk.regels), stuk.soort == CREDITNOTA
    btw = sum(groep.btw_cent for groep in verdeeld.groepen)
    netto = sum(groep.grondslag_cent for groep in verdeeld.groepen)
    begunstigde = stuk.begunstigde[0] if stuk.begunstigde else stuk.verkoper.naam
    kop = [("Factuurnummer" if not krediet else "Nummer", stuk.nummer), ("Datum", dag(stuk.datum))]
    if stuk.oorspronkelijk:
        kop += [("Bij factuur", stuk.oorspronkelijk[0]), ("Factuurdatum", dag(stuk.oorspronkelijk[1]))]
    if not krediet:
        kop.append(("Betalen voor of op", dag(stuk.vervaldatum)))
    for naam, waarde in (
        ("Uw kenmerk", stuk.kenmerk_afnemer),
        ("Uw bestelling", stuk.ordernummer),
        ("Overeenkomst", stuk.contract),
        ("Kostenplaats", stuk.kostenplaats),
        ("Taakveld (Iv3)", stuk.taakveld),
    ):
        if waarde:
            kop.append((naam, waarde))
    return {
        "titel": "Creditnota" if krediet else "Factuur",
        "krediet": krediet,
        "nummer": stuk.nummer,
        "datum": [stuk.datum.year, stuk.datum.month, stuk.datum.day],
        "verkoper": {"naam": stuk.verkoper.naam, "regels": adres(stuk.verkoper), "gegevens": _gegevens(stuk.verkoper)},
        "afnemer": {"naam": stuk.afnemer.naam, "regels": adres(stuk.afnemer)},
        "kop": kop,
        "toelichting": stuk.toelichting,
        "regels": [
            {
                "naam": regel.naam,
                "omschrijving": regel.omschrijving,
                "btw": btw_kort(regel.btw),
                "netto": format_euros(cent),
            }
            for regel, cent in zip(stuk.regels, verdeeld.netto_cent, strict=True)
        ],
        "totalen": [
            ["Bedrag zonder btw", format_euros(netto)],
            *[[btw_lang(groep.btw, groep.grondslag_cent), format_euros(groep.btw_cent)] for groep in verdeeld.groepen],
            *([["Afronding", format_euros(verdeeld.afronding_cent)]] if verdeeld.afronding_cent else []),
        ],
        "btw": format_euros(btw),
        "totaal": format_euros(stuk.bedrag_cent),
        "totaalnaam": "Wordt verrekend" if krediet else "Te betalen",
        "teksten": list(dict.fromkeys(groep.btw.tekst for groep in verdeeld.groepen if groep.btw.tekst)),
        "berekening": {
            "inwoners": aantal(stuk.inwoners),
            "peildatum": dag(stuk.peildatum),
            "tarief": "€ " + als_tekst(stuk.tarief).replace(".", ","),
            "besluit": stuk.besluit,
        },
        "betalen": None
        if krediet
        else {
            "iban": " ".join(stuk.iban[i : i + 4] for i in range(0, len(stuk.iban), 4)),
            "naam": begunstigde,
            "kenmerk": " ".join(stuk.betalingskenmerk[i : i + 4] for i in range(0, len(stuk.betalingskenmerk), 4)),
            "voor": dag(stuk.vervaldatum),
            "qr": epc_qr(begunstigde, stuk.iban, stuk.bedrag_cent, stuk.betalingskenmerk)
            if stuk.bedrag_cent <= HOOGSTE_QR
            else None,
        },
    }


def epc_qr(naam: str, iban: str, cent: int, kenmerk: str) -> str | None:
    """The code that banking apps scan (EPC069-12), as SVG; None for an amount that it has no room for. A Dutch betalingskenmerk
    is no RF, so it is the free text."""
    if not 0 < cent <= HOOGSTE_QR:
        return None
    code = segno.helpers.make_epc_qr(name=naam[:70], iban=iban, amount=Decimal(cent) / 100, text=kenmerk, encoding="utf-8")
    uit = io.BytesIO()
    code.save(uit, kind="svg", border=0, xmldecl=False, nl=False)
    return uit.getvalue().decode()


def dag(van: date) -> str:
    """2018-01-15 to "15 januari 2018"."""
    return f"{van.day} {MAANDEN.split()[van.month - 1]} {van.year}"


def aantal(getal: int) -> str:
    """12076 to "12.076"."""
    return f"{getal:,}".replace(",", ".")


def btw_kort(btw: Btw) -> str:
    """The treatment in a column: "21%", "vrij", "geen"."""
    vast = {VRIJGESTELD: "vrij", BUITEN: "geen", ONBEKEND: "?"}
    return vast.get(btw.categorie) or _percent(btw)


def btw_lang(btw: Btw, grondslag_cent: int) -> str:
    """The treatment in the totals, with what it is calculated over."""
    over = f"over {format_euros(grondslag_cent)}"
    vast = {VRIJGESTELD: f"Vrijgesteld van btw, {over}", BUITEN: f"Buiten de btw, {over}"}
    return vast.get(btw.categorie) or f"Btw {_percent(btw)} {over}"


def adres(partij: Partij) -> list[str]:
    return [partij.straat, f"{partij.postcode}  {partij.plaats}"]


def _gegevens(partij: Partij) -> list[list[str]]:
    alles = [("KvK", partij.kvk), ("Btw-nummer", partij.btw_id), ("OIN", partij.oin), ("Vragen", partij.email)]
    return [[naam, waarde] for naam, waarde in alles if waarde]


def _percent(btw: Btw) -> str:
    return f"{btw.percentage.normalize():f}%".replace(".", ",")

"""What is wrong with the data of a seller or with a treatment of BTW, in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gemeengoed_kit.money import allocate
from stdnum import iban as iban_regels
from stdnum.nl import btw as btw_regels

BUREAU = "administratiebureau"
BUREAU_ZELF, STICHTINGEN, PENVOERDER = "bureau", "stichtingen", "penvoerder"


def per_verkoper(
    regels: Mapping[str, int], levert: Mapping[str, str], wijze: str, penvoerder: str | None
) -> dict[str, dict[str, int]]:
    """Seller to the cents per dienst on its invoice; together the lines that were given, to the cent.

    Gemeenten pay the foundations (BALV 30-11-2016, voorstel D), so where these sell, the fee of the bureau is divided over their
    invoices, in proportion to their own diensten (largest remainder). It stays with its dienst, and so is withheld from them
    when receipts are distributed.

    Args:
        regels: dienst to cents, of the whole package.
        levert: dienst to the aanbieder that delivers it.
    """
    if wijze != STICHTINGEN:
        return {penvoerder or BUREAU: dict(regels)}
    eigen: dict[str, dict[str, int]] = {}
    for dienst, cent in regels.items():
        if levert[dienst] != BUREAU:
            eigen.setdefault(levert[dienst], {})[dienst] = cent
    gewichten = {verkoper: sum(delen.values()) for verkoper, delen in eigen.items()}
    if not any(gewichten.values()):
        gewichten = dict.fromkeys(gewichten, 1)
    for dienst, cent in regels.items():
        if levert[dienst] == BUREAU:
            for verkoper, deel in allocate(cent, gewichten).items():
                eigen[verkoper][dienst] = deel
    return eigen


def fouten_in_nummers(btw_id: str | None, iban: str | None) -> list[str]:
    """Numbers whose check digits are wrong."""
    fouten = []
    if btw_id is not None and not btw_regels.is_valid(btw_id):
        fouten.append(f"{btw_id} is geen geldig btw-nummer")
    if iban is not None and not iban_regels.is_valid(iban, check_country=False):
        fouten.append(f"{iban} is geen geldige IBAN")
    return fouten


def fouten_in_btw(categorie: str, percentage: Decimal, tekst: str | None) -> list[str]:
    """What does not go together: S with a percentage, E and O with a text (EN 16931, BR-S-05, BR-E-10, BR-O-10)."""
    fouten = []
    if (categorie == "S") != (percentage > 0):
        fouten.append("bij S hoort een percentage boven nul, en alleen bij S")
    if (categorie in ("E", "O")) != (tekst is not None):
        fouten.append("bij E en O hoort een tekst, en alleen daarbij")
    if percentage != round(percentage, 2) or percentage >= 100:
        fouten.append("een percentage is kleiner dan honderd, met hoogstens twee decimalen")
    return fouten

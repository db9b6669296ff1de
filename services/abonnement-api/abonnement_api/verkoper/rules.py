"""What is wrong with the data of a seller or with a treatment of BTW, in Dutch."""

from __future__ import annotations

from decimal import Decimal

from stdnum import iban as iban_regels
from stdnum.nl import btw as btw_regels


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

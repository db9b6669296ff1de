"""What the facturatieronde 2018 must come to, computed apart from the services, from the CBS figures and the decision alone."""

from __future__ import annotations

from fractions import Fraction

from tests.cbs import inwoners

G4 = {"GM0363", "GM0344", "GM0518", "GM0599"}
SLEUTEL = {
    "vertrouwenswerk": Fraction(750, 100),
    "kindertelefoon": Fraction(383, 100),
    "luisterendOor": Fraction(394, 100),
    "beheerEnBetaling": Fraction(5, 100),
}
CODE = {
    "vertrouwenswerk": "vertrouwenswerk",
    "kindertelefoon": "kindertelefoon",
    "luisterendOor": "luisterend-oor",
    "beheerEnBetaling": "beheer-en-betaling",
}


def factuur_cent(code: str, aantal: int) -> int:
    """€ 0,90 per inhabitant, € 0,67 for who has a Luisterend Oor of its own (BALV 30-11-2016, voorstel D)."""
    return aantal * (67 if code in G4 else 90)


def regels_cent(code: str, totaal: int) -> dict[str, int]:
    """The invoice divided over its services by largest remainder, written here anew."""
    delen = {dienst: deel for dienst, deel in SLEUTEL.items() if code not in G4 or dienst != "luisterendOor"}
    som = sum(delen.values())
    exact = {dienst: totaal * deel / som for dienst, deel in delen.items()}
    uitkomst = {dienst: int(waarde) for dienst, waarde in exact.items()}
    volgorde = sorted(exact, key=lambda dienst: (-(exact[dienst] - int(exact[dienst])), CODE[dienst]))
    for dienst in volgorde[: totaal - sum(uitkomst.values())]:
        uitkomst[dienst] += 1
    return uitkomst


def facturen_2018() -> dict[str, dict[str, int]]:
    """Gemeentecode to the cents per service on its invoice."""
    return {code: regels_cent(code, factuur_cent(code, aantal)) for code, aantal in inwoners("2018-01-01").items()}

"""The billing round 2018 on the real CBS figures, to the cent."""

from __future__ import annotations

import csv
from fractions import Fraction

from tests.abonnement.outway import BRON
from tests.abonnement.wereld import G4

GEWICHT = {"vertrouwenswerk": 750, "kindertelefoon": 383, "luisterendOor": 394, "beheerEnBetaling": 5}
OP_CODE = ["beheerEnBetaling", "kindertelefoon", "luisterendOor", "vertrouwenswerk"]


def verwacht_2018() -> dict[str, tuple[int, dict[str, int]]]:
    """Gemeentecode to (cents, cents per dienst), from the CBS file and the decision alone, in whole numbers."""
    with open(BRON / "inwoners.csv", encoding="utf-8") as bestand:
        inwoners = {r["gemeentecode"]: int(r["inwoners"]) for r in csv.DictReader(bestand) if r["peildatum"] == "2018-01-01"}
    uitkomst = {}
    for code, aantal in inwoners.items():
        diensten = [d for d in OP_CODE if d != "luisterendOor" or code not in G4]
        totaal = aantal * (67 if code in G4 else 90)
        som = sum(GEWICHT[d] for d in diensten)
        regels = {d: totaal * GEWICHT[d] // som for d in diensten}
        resten = sorted(diensten, key=lambda d: (-Fraction(totaal * GEWICHT[d] % som, som), d))
        for dienst in resten[: totaal - sum(regels.values())]:
            regels[dienst] += 1
        uitkomst[code] = totaal, regels
    return uitkomst


def test_ronde_2018_op_de_echte_cijfers_klopt_tot_op_de_cent(wereld):
    ronde = wereld.gefactureerd()
    verwacht = verwacht_2018()
    totaal = sum(cent for cent, _ in verwacht.values())
    per_dienst = {d: sum(regels.get(d, 0) for _, regels in verwacht.values()) for d in GEWICHT}
    assert (ronde["aantalFacturen"], ronde["totaalCent"], ronde["perDienstCent"]) == (380, totaal, per_dienst)
    assert (ronde["eersteNummer"], ronde["laatsteNummer"]) == ("2018-000001", "2018-000380")
    assert ronde["status"] == "geboekt" and ronde["voortgang"] == {"stap": "boeken", "gedaan": 380, "totaal": 380}
    assert ronde["probleem"] is None and ronde["aantalGeweigerdeBoekingen"] == 0
    facturen = wereld.alle("/v1/facturen?jaar=2018")
    assert {f["gemeentecode"]: f["bedragCent"] for f in facturen} == {code: cent for code, (cent, _) in verwacht.items()}
    assert [f["gemeentecode"] for f in facturen] == sorted(verwacht)
    assert [f["nummer"] for f in facturen] == [f"2018-{n:06d}" for n in range(1, 381)]
    assert len({f["betalingskenmerk"] for f in facturen}) == 380
    saldi = wereld.outway.saldi()
    assert saldi == {
        "1300": totaal,
        "2310": -per_dienst["vertrouwenswerk"],
        "2320": -per_dienst["kindertelefoon"],
        "2330": -per_dienst["luisterendOor"],
        "2340": -per_dienst["beheerEnBetaling"],
    }
    assert len(wereld.outway.boekingen) == 380

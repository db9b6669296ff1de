"""The billing round 2018 on the real CBS figures, to the cent."""

from __future__ import annotations

from tests.verwacht import SLEUTEL, facturen_2018


def test_ronde_2018_op_de_echte_cijfers_klopt_tot_op_de_cent(wereld):
    ronde = wereld.gefactureerd()
    verwacht = facturen_2018()
    totaal = sum(sum(regels.values()) for regels in verwacht.values())
    per_dienst = {d: sum(regels.get(d, 0) for regels in verwacht.values()) for d in SLEUTEL}
    assert (ronde["aantalFacturen"], ronde["totaalCent"], ronde["perDienstCent"]) == (380, totaal, per_dienst)
    assert (ronde["eersteNummer"], ronde["laatsteNummer"]) == ("2018-000001", "2018-000380")
    assert ronde["status"] == "geboekt" and ronde["voortgang"] == {"stap": "boeken", "gedaan": 380, "totaal": 380}
    assert ronde["probleem"] is None and ronde["aantalGeweigerdeBoekingen"] == 0
    facturen = wereld.alle("/v1/facturen?jaar=2018")
    assert {f["gemeentecode"]: f["bedragCent"] for f in facturen} == {
        code: sum(regels.values()) for code, regels in verwacht.items()
    }
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

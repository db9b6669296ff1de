"""What clauses give: those of real regulations with the figures that their sources give, and properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from fonds_api.indexatie import rules
from fonds_api.indexatie.errors import UitkomstOnmogelijk
from fonds_api.indexatie.rules import Afspraak, Cijferpaar, Correctie
from hypothesis import assume, given
from hypothesis import strategies as st

D = Decimal


def afspraak(**anders) -> Afspraak:
    return Afspraak(
        **{
            "aandelen": {"a": D(100)},
            "opslag": D(0),
            "plafond": None,
            "bodem": None,
            "percentage_decimalen": 1,
            "percentage_afronding": "half-omhoog",
            "nacalculatie": "geen",
            "keten_decimalen": 2,
            "keten_afronding": "half-omhoog",
            "prijs_decimalen": 2,
            "prijs_afronding": "half-omhoog",
            **anders,
        }
    )


def mutaties(**procenten: str) -> dict[str, Cijferpaar]:
    return {reeks: Cijferpaar(D(procent)) for reeks, procent in procenten.items()}


VNG = afspraak(aandelen={"cpb": D(100)}, opslag=D(1))
"""Loon- en prijsontwikkeling by CPB's figures plus 1,0 %. Source: VNG, ledenbrief 19/025 (2,2 + 1,0 = 3,2 for 2020)."""


@pytest.mark.parametrize(
    ("cpb", "samen"),
    [
        ("2.2", "3.2"),  # 2020: VNG, ledenbrief 19/025
        ("3.4", "4.4"),  # 2023: Binnenlands Bestuur, 3-6-2022 (CEP 2022)
        ("5.1", "6.1"),  # 2024: Binnenlands Bestuur, 24-5-2023
    ],
)
def test_contributie_van_de_vng_is_loon_en_prijsontwikkeling_plus_een_procent(cpb, samen):
    uitkomst = rules.percentage(VNG, mutaties(cpb=cpb))
    assert (uitkomst.percentage, uitkomst.factor) == (D(samen), 1 + D(samen) / 100)
    assert [stap.waarde for stap in uitkomst.stappen] == [cpb, cpb, samen, samen, samen]


@pytest.mark.parametrize(("in_2023", "in_2024"), [("1.81", "1.92"), ("0.71", "0.75")])
def test_tarieven_van_de_vng_van_2023_worden_die_van_2024(in_2023, in_2024):
    """Smallest and largest gemeenten; the sources print both years (Binnenlands Bestuur, 3-6-2022 and 24-5-2023)."""
    assert rules.toepassen(VNG, D("6.1"), D(in_2023)).prijs == D(in_2024)


JEUGD = afspraak(aandelen={"ova": D(90), "ppc": D(10)}, percentage_decimalen=2, nacalculatie="verhouding")
"""OVA 90 %, PPC 10 %, provisional and definitive. Source: VNG, Indexering kosten Jeugdwet en Wmo 2025, table."""


def test_jeugdwet_en_wmo_2025_verrekent_het_definitieve_cijfer_van_2024():
    voorlopig, definitief = mutaties(ova="4.94", ppc="2.51"), mutaties(ova="6.00", ppc="3.10")
    assert rules.percentage(JEUGD, voorlopig).percentage == D("4.70")
    assert rules.percentage(JEUGD, definitief).percentage == D("5.71")
    correctie = Correctie(2024, voorlopig, definitief)
    assert round(rules.nagecalculeerd(JEUGD, correctie), 2) == Fraction("0.97"), "the source prints 0,97 %"
    zonder = rules.percentage(JEUGD, mutaties(ova="4.18", ppc="1.82"))
    met = rules.percentage(JEUGD, mutaties(ova="4.18", ppc="1.82"), [correctie])
    assert (zonder.percentage, met.percentage) == (D("3.94"), D("4.91")), "as the source prints them"
    assert "nacalculatie 2024" in [stap.stap for stap in met.stappen]


DORDRECHT = afspraak(aandelen={"cpi": D(100)}, nacalculatie="verschil")
"""Expected CPI, and what the two years before turned out to be, in percentage points. Source: Dordrecht, Kadernota 2020."""


def test_dordrecht_2020_corrigeert_de_twee_jaren_ervoor():
    correcties = [
        Correctie(2018, mutaties(cpi="1.8"), mutaties(cpi="1.7")),
        Correctie(2019, mutaties(cpi="2.4"), mutaties(cpi="2.3")),
    ]
    assert rules.percentage(DORDRECHT, mutaties(cpi="1.5"), correcties).percentage == D("1.3")


S4 = afspraak(aandelen={"cpi": D(50), "loonvoet": D(50)}, percentage_decimalen=2)
"""Weighted mean of CPI (CBS) and loonvoet sector overheid, without the 1 % growth. Source: GGU 2020-2024, Jaarlijkse indexatie.
The paper gives neither shares nor figures: 50 and 50, and the loonvoet here, are only an example."""


def test_gewogen_gemiddelde_van_cpi_en_loonvoet_van_s4():
    cpi = Cijferpaar(doel=D("2962.7"), basis=D("2886.8"))  # 2019 and 2018: CBS, table 71905ned (1900 = 100)
    assert rules.afronden(cpi.mutatie, 1, "half-omhoog") == D("2.6"), "CBS prints 2,6 for 2019"
    uitkomst = rules.percentage(S4, {"cpi": cpi, "loonvoet": Cijferpaar(D("3.0"))})
    assert uitkomst.percentage == D("2.81")
    precies = Fraction("0.5") * (Fraction("2962.7") / Fraction("2886.8") - 1) * 100 + Fraction("1.5")
    assert rules.gewogen(S4, {"cpi": cpi, "loonvoet": Cijferpaar(D("3.0"))}) == precies, "nothing is rounded on the way"


def test_toeslagen_gaan_verder_met_alle_decimalen_en_worden_op_twee_betaald():
    """A chain of eight years that its source prints with its own cuts. Source: Beveiligingsbranche, toeslagen 2009-2016."""
    keten = afspraak(keten_decimalen=7, keten_afronding="omlaag")
    bedrag, gevonden = D("0.14"), []
    for procent in ("2.2", "0.4", "1.4", "2.3", "2.0", "0.9", "0.7", "0.4"):
        uitkomst = rules.toepassen(keten, D(procent), bedrag)
        gevonden.append((rules.tekst(uitkomst.nieuw), str(uitkomst.prijs)))
        bedrag = uitkomst.nieuw
    assert gevonden == [
        ("0.14308", "0.14"),
        ("0.1436523", "0.14"),
        ("0.1456634", "0.15"),
        ("0.1490136", "0.15"),
        ("0.1519938", "0.15"),
        ("0.1533617", "0.15"),
        ("0.1544352", "0.15"),
        ("0.1550529", "0.16"),
    ]
    assert rules.toepassen(keten, D("0.4"), D("0.15")).prijs == D("0.15"), "from what was paid it would never get there"


wijzen = st.sampled_from(["half-omhoog", "omlaag", "omhoog"])
breuken = st.fractions(-(10**9), 10**9, max_denominator=10**12)
decimalen = st.integers(0, 10)


@given(breuken, decimalen, wijzen)
def test_afronden_scheelt_minder_dan_een_laatste_cijfer_en_gaat_de_genoemde_kant_op(waarde, op, wijze):
    rond = rules.afronden(waarde, op, wijze)
    verschil, eenheid = Fraction(rond) - waarde, Fraction(1, 10**op)
    assert -rond.as_tuple().exponent == op and Fraction(rond) * 10**op == int(Fraction(rond) * 10**op)
    if wijze == "half-omhoog":
        assert abs(verschil) <= eenheid / 2 and (abs(verschil) < eenheid / 2 or abs(Fraction(rond)) > abs(waarde))
        assert rules.afronden(-waarde, op, wijze) == -rond
    else:
        assert (-eenheid < verschil <= 0) if wijze == "omlaag" else (0 <= verschil < eenheid)
    assert rules.afronden(Fraction(rond), op, wijze) == rond


procenten = st.decimals(-20, 40, places=4)
aandelen = st.integers(1, 99)


@given(procenten, procenten, aandelen, procenten)
def test_gewogen_ligt_tussen_de_mutaties_en_opslag_telt_er_precies_bij_op(een, ander, aandeel, opslag):
    gewoon = afspraak(aandelen={"a": D(aandeel), "b": D(100 - aandeel)}, percentage_decimalen=8)
    cijfers = {"a": Cijferpaar(een), "b": Cijferpaar(ander)}
    assert min(een, ander) <= rules.percentage(gewoon, cijfers).percentage <= max(een, ander)
    met = replace(gewoon, opslag=opslag)
    assert rules.begrensd(met, cijfers) - rules.begrensd(gewoon, cijfers) == Fraction(opslag)
    omgekeerd = replace(gewoon, aandelen={"b": D(100 - aandeel), "a": D(aandeel)})
    assert rules.percentage(omgekeerd, cijfers) == rules.percentage(gewoon, cijfers)


@given(procenten, procenten, procenten, procenten)
def test_plafond_en_bodem_gelden_ook_voor_wat_wordt_verrekend(oud, nieuw, grens, ander):
    bodem, plafond = sorted((grens, ander))
    binnen = afspraak(bodem=bodem, plafond=plafond, percentage_decimalen=8, nacalculatie="verschil")
    toen, nu = {"a": Cijferpaar(oud)}, {"a": Cijferpaar(nieuw)}
    eerst = rules.percentage(binnen, toen).percentage
    assert bodem <= eerst <= plafond
    erbij = rules.nagecalculeerd(binnen, Correctie(2020, toen, nu))
    assert Fraction(eerst) + erbij == Fraction(rules.percentage(binnen, nu).percentage), "as if it had been known"
    assert rules.nagecalculeerd(binnen, Correctie(2020, toen, toen)) == 0


@given(procenten, procenten)
def test_nacalculatie_als_verhouding_maakt_de_keten_als_of_het_bekend_was(oud, nieuw):
    keer = afspraak(nacalculatie="verhouding")
    toen, nu = {"a": Cijferpaar(oud)}, {"a": Cijferpaar(nieuw)}
    erbij = rules.nagecalculeerd(keer, Correctie(2020, toen, nu))
    assert (100 + Fraction(oud)) * (100 + erbij) == 100 * (100 + Fraction(nieuw))


niveaus = st.decimals("0.01", 10**5, places=2)


@given(niveaus, niveaus, niveaus)
def test_niveaus_schakelen(een, twee, drie):
    def keer(basis, doel):
        return 1 + Cijferpaar(doel, basis).mutatie / 100

    assert keer(een, twee) * keer(twee, drie) == keer(een, drie)
    assert Cijferpaar(een, een).mutatie == 0


@given(st.decimals(0, 10**6, places=4), procenten, st.integers(0, 8), st.integers(0, 8), wijzen)
def test_toepassen_is_na_te_rekenen_uit_zijn_stappen(oud, procent, keten, prijs, wijze):
    assume(prijs <= keten)
    zo = afspraak(keten_decimalen=keten, prijs_decimalen=prijs, keten_afronding=wijze, prijs_afronding=wijze)
    uitkomst = rules.toepassen(zo, procent, oud)
    stap = {een.stap: D(een.waarde) for een in uitkomst.stappen}
    assert stap["oud"] * stap["factor"] == stap["product"] == oud * (1 + procent / 100)
    assert stap["nieuw"] == rules.afronden(Fraction(stap["product"]), keten, wijze) == uitkomst.nieuw
    assert stap["prijs"] == rules.afronden(Fraction(stap["nieuw"]), prijs, wijze) == uitkomst.prijs


def test_wat_niet_kan_wordt_geweigerd():
    onmogelijk: list[Callable[[], object]] = [
        lambda: rules.percentage(afspraak(), mutaties(a="-100")),
        lambda: rules.percentage(afspraak(opslag=D("-99")), mutaties(a="-1")),
        lambda: rules.percentage(afspraak(), {"a": Cijferpaar(D(11_001), D(1000))}),
        lambda: rules.percentage(
            afspraak(nacalculatie="verhouding"), mutaties(a="1"), [Correctie(2020, mutaties(a="-100"), mutaties(a="1"))]
        ),
        lambda: rules.toepassen(afspraak(), D(1000), D(10**12)),
    ]
    for doe in onmogelijk:
        with pytest.raises(UitkomstOnmogelijk):
            doe()
    assert rules.percentage(afspraak(), {"a": Cijferpaar(D(11_000), D(1000))}).percentage == 1000


def test_tegenstrijdige_clausule_noemt_alles_tegelijk():
    fouten = rules.tegenstrijdig(
        [("a", D(60)), ("a", D(50)), ("geen", D(0))],
        {"a": "niveau"},
        doel=(6, 3),
        basis=(7, None),
        plafond=D(1),
        bodem=D(2),
        decimalen=(2, 3),
        nacalculatie=("geen", 1),
    )
    assert [(fout.name, fout.code) for fout in fouten] == [
        ("onderdelen.2.reeks", "onbekend"),
        ("onderdelen.1.reeks", "dubbel"),
        ("onderdelen", "aandelen"),
        ("basis", "korrel"),
        ("plafond", "volgorde"),
        ("doel.jarenTerug", "te_ver"),
        ("prijsDecimalen", "volgorde"),
        ("nacalculatieJaren", "past_niet"),
        ("onderdelen.2.aandeel", "nul"),
    ]

    def over(basis, maat="niveau", doel=(1, 3)):
        goed = {"plafond": None, "bodem": None, "decimalen": (2, 2), "nacalculatie": ("geen", 0)}
        return [fout.code for fout in rules.tegenstrijdig([("a", D(100))], {"a": maat}, doel=doel, basis=basis, **goed)]

    assert over(None) == ["ontbreekt"] and over(None, "mutatie") == []
    assert over((1, 3)) == over((1, 4)) == over((0, 1)) == ["volgorde"] and over((1, 2)) == over((2, 12)) == []
    assert over((1, None), doel=(0, None)) == []


def test_periodes_en_laatste_dag_van_aankondigen():
    assert [rules.periode(2024, 0, None), rules.periode(2024, 2, 9)] == ["2024", "2022-09"]
    assert rules.uiterlijk("10-01", 2024) == date(2023, 10, 1) and rules.uiterlijk(None, 2024) is None
    assert [rules.tekst(waarde) for waarde in (D("1.2300"), D("-0.0"), D("100"), Fraction(1, 3), Fraction(-5, 2))] == [
        "1.23",
        "0",
        "100",
        "0.333333333333",
        "-2.5",
    ]

"""How a begroting is checked: the tables of the papers, properties, and files that are none."""

from __future__ import annotations

import io
import time
import zipfile
from fractions import Fraction

import pytest
from fonds_api.begroting import rules
from fonds_api.begroting.bestand import GROOTSTE, MEESTE, lees
from fonds_api.begroting.rules import BUDGETSOORTEN, Regel
from hypothesis import given
from hypothesis import strategies as st

from tests.fonds.begrotingen import KOP, papier, tabel, werkmap

plekken = st.tuples(st.sampled_from(["A1", "A2", "B1", "C3", None]), st.sampled_from(BUDGETSOORTEN[:3]))
tabellen = st.dictionaries(plekken, st.integers(0, 10**9), min_size=1).map(
    lambda cellen: [Regel("regel", p, b, "x", bedrag) for (p, b), bedrag in cellen.items()]
)


def met_sommen(regels: list[Regel]) -> list[Regel]:
    """A table with every sum that it can state, all right."""
    sommen = [Regel("som", een.prioriteit, een.budgetsoort, "x", een.bedrag) for een in rules.sommen(regels)]
    btw = Regel("btw", None, None, "x", 21)
    return [*regels, *sommen, btw, Regel("inclusief", None, None, "x", sum(regel.bedrag for regel in regels) + 21)]


def gevonden(jaar: int) -> dict[str, tuple[int, int, bool]]:
    regels, bezwaren = lees(papier(jaar))
    assert bezwaren == []
    return {een.verschil: (een.opgegeven, een.dichtst.berekend, een.afronding) for een in rules.verschillen(regels)}


def test_de_tabellen_van_de_stukken_hebben_precies_hun_eigen_verschillen():
    assert gevonden(2017) == {"structureel": (25_452_000, 25_542_000, False)}
    assert gevonden(2020) == {
        "C2": (3_561, 3_500, False),
        "D1": (3_694, 3_695, True),
        "meerjarig": (15_560, 15_499, False),
        "kortcyclisch": (14_492, 14_493, True),
        "inclusief-btw": (65_037, 65_036, True),
    }
    regels, _ = lees(papier(2020))
    assert rules.onverklaard(regels) == ["C2", "meerjarig"]
    assert rules.totalen(regels).exclusief == 53_689 and rules.totalen(regels).inclusief == 64_976
    eerste = rules.totalen(lees(papier(2017))[0])
    assert eerste.exclusief == 50_752_000, "the stated total fits the items"


def test_een_som_die_uit_de_regels_komt_klopt_ook_als_een_opgegeven_deel_dat_niet_doet():
    regels, _ = lees(papier(2017))
    verbeterd = [Regel(*(25_542_000 if d == 25_452_000 else d for d in _delen(regel))) for regel in regels]
    assert rules.verschillen(verbeterd) == []
    (verschil,) = rules.verschillen(regels)
    assert [(een.wijze, een.berekend, een.termen) for een in verschil.optellingen] == [("uit de regels", 25_542_000, 10)]


def _delen(regel: Regel) -> list:
    return [getattr(regel, naam) for naam in Regel.__slots__]


def test_xlsx_en_csv_van_dezelfde_tabel_geven_hetzelfde():
    for jaar in (2017, 2020):
        assert lees(werkmap(papier(jaar))) == lees(papier(jaar))
        assert lees(papier(jaar).replace(b",", b"").replace(b";", b","))[1] == []


@given(tabellen)
def test_een_tabel_die_klopt_heeft_geen_verschillen(regels):
    heel = met_sommen(regels)
    assert rules.verschillen(heel) == []
    sommen = {(een.prioriteit, een.budgetsoort): een.bedrag for een in rules.sommen(regels)}
    assert sommen[None, None] == sum(regel.bedrag for regel in regels) == rules.totalen(heel).exclusief
    for (prioriteit, soort), bedrag in sommen.items():
        if soort is None:
            assert bedrag == sum(b for (p, s), b in sommen.items() if p == prioriteit and s is not None)


@given(tabellen, st.integers(-20, 20).filter(bool), st.data())
def test_een_som_die_niet_klopt_wordt_genoemd_met_haar_verschil(regels, ernaast, data):
    heel = met_sommen(regels)
    nummer = data.draw(
        st.sampled_from([n for n, een in enumerate(heel) if een.rij == "som" and een.bedrag + ernaast >= 0] or [-1])
    )
    heel[nummer] = Regel(
        *[een + ernaast if naam == "bedrag" else een for naam, een in zip(Regel.__slots__, _delen(heel[nummer]), strict=True)]
    )
    verschillen = {een.verschil: een for een in rules.verschillen(heel)}
    if heel[nummer].bedrag >= 0:
        genoemd = verschillen[rules.plaats(heel[nummer])]
        assert genoemd.bedrag == genoemd.opgegeven - genoemd.dichtst.berekend
        assert set(verschillen) == {genoemd.verschil}, "what is made of a wrong amount still fits the lines"
        assert genoemd.afronding == any(
            2 * abs(genoemd.opgegeven - een.berekend) <= een.termen for een in genoemd.optellingen[:-1] or genoemd.optellingen
        )
    assert not set(rules.onverklaard(heel)) & {een.verschil for een in verschillen.values() if een.afronding}


@given(st.lists(st.fractions(0, 1000), min_size=1, max_size=30))
def test_afronden_van_delen_wordt_altijd_verklaard(delen):
    """Amounts that are each rounded to whole units, next to their exact sum where that is whole."""
    sluit = -sum(delen) % 1
    exact = [*delen, sluit]
    afgerond = [int(deel + Fraction(1, 2)) for deel in exact]
    assert rules.verklaard(int(sum(exact)) - sum(afgerond), len(exact))


def test_grens_van_afronding_is_een_halve_eenheid_per_bedrag():
    assert rules.verklaard(1, 2) and rules.verklaard(-1, 2) and not rules.verklaard(1, 1) and not rules.verklaard(-2, 3)
    assert rules.verklaard(0, 0)


def test_vele_regels_onder_gedrukte_sommen_verklaren_geen_groot_verschil():
    delen = [f"regel,A{cijfer},meerjarig,x{n},10," for cijfer in (1, 2) for n in range(20)]
    gedrukt = ["som,A1,,x,200,", "som,A2,,x,200,"]
    (met,) = rules.verschillen(lees(tabel(*delen, *gedrukt, "som,A,,x,405,"))[0])
    assert (met.bedrag, met.dichtst.termen, met.afronding) == (5, 2, False)
    (zonder,) = rules.verschillen(lees(tabel(*delen, "som,A,,x,405,"))[0])
    assert (zonder.bedrag, zonder.dichtst.termen, zonder.afronding) == (5, 40, True)


def test_volgorde_van_soorten_en_dekking():
    assert [rules.aan_de_beurt(een) for een in (None, "kaderbegroting", "jaarplan", "wijziging")] == [
        "kaderbegroting",
        "jaarplan",
        "wijziging",
        "wijziging",
    ]
    assert [een for een in ("kaderbegroting", "jaarplan", "wijziging") if rules.eist_dekking(een)] == ["jaarplan", "wijziging"]
    totalen = rules.totalen(lees(tabel("regel,A1,meerjarig,x,100,", "btw,,,x,21,", "bijdrage,,,x,60,", "derde,,,x,50,"))[0])
    assert (totalen.inclusief, totalen.dekking, totalen.tekort) == (121, 110, 11)


def test_alle_fouten_komen_tegelijk_met_rij_en_kolom():
    bezwaren = lees(
        tabel(
            "regel,a1,structureel,x,1,",
            "regel,A1,vast,x,1.000,0",
            "iets,,,x,1,",
            "btw,A1,meerjarig,,-1,",
            "regel,A1",
            "",
            f"som,,,x,{10**12 + 1},",
        )
    )[1]
    assert [een.name for een in bezwaren] == [
        "rij 2, kolom prioriteit",
        "rij 3, kolom budgetsoort",
        "rij 3, kolom bedrag",
        "rij 3, kolom pagina",
        "rij 4, kolom rij",
        "rij 5, kolom prioriteit",
        "rij 5, kolom budgetsoort",
        "rij 5, kolom omschrijving",
        "rij 5, kolom bedrag",
        "rij 6",
        "rij 8, kolom bedrag",
    ]


@pytest.mark.parametrize(
    ("rijen", "waar", "code"),
    [
        (["regel,A1,meerjarig,x,1,", "regel,A1,meerjarig,x,2,"], "rij 3", "dubbel"),
        (["regel,A1,meerjarig,x,1,", "som,A,,x,1,", "som,A,,y,1,"], "rij 4", "dubbel"),
        (["regel,A1,meerjarig,x,1,", "som,B,,x,1,"], "rij 3", "leeg"),
        (["regel,A1,meerjarig,x,1,", "inclusief,,,x,1,"], "rij 3", "zonder_btw"),
        (["btw,,,x,1,"], "bestand", "leeg"),
    ],
)
def test_rijen_die_niet_bij_elkaar_passen_worden_geweigerd(rijen, waar, code):
    assert [(een.name, een.code) for een in lees(tabel(*rijen))[1]] == [(waar, code)]


def _zip(naam: str, inhoud: bytes) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr(naam, inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"\xff\xfe",
        b"a,b\n1,2",
        b'"' + KOP.encode(),
        b"PK\x03\x04",
        werkmap(papier(2020))[:-900],
        _zip("a.txt", b"x"),
        _zip("xl/workbook.xml", b"<a/>"),
        _zip("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        _zip("bom.xml", bytes(6_000_000)),
        bytes(GROOTSTE + 1),
        tabel(*[f"regel,A1,meerjarig,x{n},1," for n in range(MEESTE + 1)]),
    ],
)
def test_wat_geen_tabel_is_wordt_geweigerd_met_een_reden(inhoud):
    regels, bezwaren = lees(inhoud)
    assert regels == [] and len(bezwaren) == 1 and bezwaren[0].name in ("bestand", "rij 1")


def test_breuk_formule_en_extra_kolom_in_een_werkmap_worden_geweigerd():
    boek = tabel("regel,A1,meerjarig,x,1.5,", "regel,A1,meerjarig,y,=1+1,", "regel,A1,meerjarig,z,1,,meer")
    bezwaren = lees(werkmap(boek, ","))[1]
    assert [een.name for een in bezwaren] == ["rij 2, kolom bedrag", "rij 3, kolom bedrag", "rij 4"]


def test_grootste_tabel_wordt_snel_nagerekend_en_fouten_zijn_begrensd():
    groepen = [f"{letter}{cijfer}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for cijfer in range(1, 10)]
    lijnen = [f"regel,{p},{b},x,1," for p in groepen for b in BUDGETSOORTEN[:4]][:1000]
    sommen = [f"som,{p},{b},x,2," for p in [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *groepen] for b in ("", *BUDGETSOORTEN[:4])]
    regels, bezwaren = lees(tabel(*lijnen, *[een for een in sommen if een.split(",")[1] in groepen[:200]][:990]))
    assert bezwaren == [] and len(regels) > 1800
    begin = time.monotonic()
    assert len(rules.verschillen(regels)) > 700
    assert time.monotonic() - begin < 5
    assert len(lees(tabel(*["iets"] * 2000))[1]) == 100

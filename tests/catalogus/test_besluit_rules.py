"""Which besluit is in force on a day, what it permits, and who may take it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from catalogus_api.besluit import bezwaren, rules
from catalogus_api.besluit.rules import Feit
from hypothesis import given
from hypothesis import strategies as st

BEGIN = date(2017, 1, 1)
DAGEN = 20
START = "start initiatief"
MOMENT = datetime(2018, 1, 15, tzinfo=UTC)
dagen = st.integers(0, DAGEN).map(lambda n: BEGIN + timedelta(days=n))
uitkomsten = st.sampled_from(get_args(rules.Uitkomst))
doelen = st.sampled_from(list(rules.GRONDEN))


@st.composite
def feiten(draw, uitkomsten=uitkomsten) -> list[Feit]:
    """Besluiten about one voorziening, in chains as the service lets them arise."""
    gemaakt: list[Feit] = []
    for nummer in range(draw(st.integers(0, 8))):
        soort = draw(st.sampled_from(get_args(rules.Soort)))
        gremium = draw(st.sampled_from(sorted(rules.BEVOEGD[soort])))
        vrij = [f for f in gemaakt if f.id not in {g.volgt_op for g in gemaakt} and not _past_niet(soort, gremium, f)]
        eerder = draw(st.sampled_from([None, *vrij]))
        gemaakt.append(
            Feit(
                id=uuid.UUID(int=nummer),
                gremium=gremium,
                soort=soort,
                datum=max(draw(dagen), eerder.datum if eerder else BEGIN),
                uitkomst=draw(uitkomsten),
                vastgelegd_op=MOMENT + timedelta(hours=draw(st.integers(0, 3))),
                volgt_op=eerder.id if eerder else None,
                mate_van_binding=draw(st.sampled_from([None, *rules.BINDT])),
            )
        )
    return draw(st.permutations(gemaakt))


def _past_niet(soort: str, gremium: str, eerder: Feit) -> list:
    nieuw = {"soort": soort, "gremium": gremium, "datum": date.max, "voorzieningen": ["x"], "advies_over": None}
    was = {"soort": eerder.soort, "gremium": eerder.gremium, "datum": eerder.datum, "voorzieningen": ["x"], "advies_over": None}
    return bezwaren.tegen_opvolging(nieuw, was)


def keten(feit: Feit, alle: list[Feit]) -> list[Feit]:
    """The whole chain of a besluit, first to last."""
    per_id = {een.id: een for een in alle}
    while feit.volgt_op is not None:
        feit = per_id[feit.volgt_op]
    geheel = [feit]
    while volgende := [een for een in alle if een.volgt_op == geheel[-1].id]:
        geheel += volgende
    return geheel


@given(feiten(), dagen)
def test_van_een_keten_geldt_het_laatste_dat_ja_of_nee_zegt(alle, op):
    verwacht = set()
    for feit in alle:
        beslist = [een for een in keten(feit, alle) if een.datum <= op and een.uitkomst in ("positief", "negatief")]
        verwacht |= {beslist[-1].id} if beslist else set()
    assert {feit.id for feit in rules.geldend(alle, op)} == verwacht


@given(feiten(), dagen)
def test_van_kracht_is_wat_positief_geldt_en_niet_beeindigd_is(alle, op):
    van_kracht = rules.van_kracht(alle, op)
    positief = [feit for feit in rules.geldend(alle, op) if feit.uitkomst == "positief"]
    for feit in positief:
        zwaarder = [
            ander
            for ander in positief
            if (ander.soort == "beeindiging") != (feit.soort == "beeindiging")
            and not {feit.soort, ander.soort} & {"advies", "kaderbesluit"}
            and (rules.RANG[ander.gremium], ander.datum, ander.soort == "beeindiging")
            > (rules.RANG[feit.gremium], feit.datum, feit.soort == "beeindiging")
        ]
        assert (feit in van_kracht) == (not zwaarder)
    assert set(van_kracht) <= set(positief)
    gewichten = [rules.RANG[feit.gremium] for feit in van_kracht]
    assert gewichten == sorted(gewichten, reverse=True)


@given(feiten(), dagen, st.randoms())
def test_wat_later_komt_en_in_welke_volgorde_het_staat_maakt_niet_uit(alle, op, toeval):
    van_kracht = rules.van_kracht(alle, op)
    assert van_kracht == rules.van_kracht([feit for feit in alle if feit.datum <= op], op)
    door_elkaar = list(alle)
    toeval.shuffle(door_elkaar)
    assert van_kracht == rules.van_kracht(door_elkaar, op)


@given(feiten(), dagen, st.sampled_from(["aangehouden", "niet bekend"]), st.data())
def test_wat_is_aangehouden_of_onbekend_verandert_niets(alle, op, uitkomst, data):
    laatsten = [feit for feit in alle if feit.id not in {ander.volgt_op for ander in alle}]
    if not laatsten:
        return
    eerder = data.draw(st.sampled_from(laatsten))
    erbij = Feit(uuid.uuid4(), eerder.gremium, eerder.soort, eerder.datum, uitkomst, MOMENT, volgt_op=eerder.id)
    assert rules.van_kracht([*alle, erbij], op) == rules.van_kracht(alle, op)


@given(feiten(), dagen)
def test_een_intrekking_haalt_juist_dat_besluit_weg(alle, op):
    for feit in rules.van_kracht(alle, op):
        if feit.id in {ander.volgt_op for ander in alle}:
            continue
        weg = Feit(uuid.uuid4(), feit.gremium, feit.soort, op, "negatief", MOMENT, volgt_op=feit.id)
        na = rules.van_kracht([*alle, weg], op)
        assert feit not in na and weg not in na
        rest = [ander for ander in rules.van_kracht(alle, op) if ander != feit]
        assert set(rest) <= set(na)  # what it had ended may be in force again


@given(feiten(), doelen, dagen)
def test_alleen_van_wie_erover_gaat_en_anders_staat_er_waarom_niet(alle, voor, op):
    gronden = rules.gronden(alle, voor, op)
    for feit in gronden:
        assert feit in rules.van_kracht(alle, op) and feit.gremium in rules.GRONDEN[voor][feit.soort]
    if gronden:
        assert all(rules.noem(feit) in rules.waarom(gronden, voor) for feit in gronden)
    else:
        uitleg = rules.waarom_niet(alle, voor, op)
        assert all(rules.noem(feit) in uitleg for feit in alle if feit.soort in rules.GRONDEN[voor])


@given(feiten(), dagen)
def test_binding_is_die_van_het_zwaarste_besluit_dat_er_een_noemt(alle, op):
    mate, gronden = rules.binding(alle, op), rules.gronden(alle, "deelname", op)
    genoemd = [feit.mate_van_binding for feit in gronden if feit.mate_van_binding]
    assert mate == (genoemd[0] if genoemd else None)


@given(feiten(), dagen)
def test_wat_de_leden_besloten_eindigt_geen_lager_gremium(alle, op):
    leden = [feit for feit in alle if feit.gremium in rules.LEDEN]
    rest = [feit for feit in alle if feit.volgt_op is None and feit.gremium not in rules.LEDEN]
    los = [Feit(**{**vars(feit), "volgt_op": None}) for feit in leden]
    eigen = [feit for feit in rules.van_kracht(los, op) if feit.soort != "beeindiging"]
    assert set(eigen) <= set(rules.van_kracht([*los, *rest], op))


def test_tabellen_spreken_elkaar_niet_tegen():
    assert set(rules.BEVOEGD) == set(get_args(rules.Soort)) and set(rules.RANG) == set(get_args(rules.Gremium))
    assert set(rules.GRONDEN) == set(get_args(rules.Doel)) and set(rules.BINDT) == set(get_args(rules.MateVanBinding))
    assert set(rules.BINDT.values()) == set(get_args(rules.Bindt))
    for soorten in rules.GRONDEN.values():
        for soort, gremia in soorten.items():
            assert gremia and gremia <= rules.BEVOEGD[soort]
    assert all(not {"advies", "kaderbesluit"} & set(soorten) for soorten in rules.GRONDEN.values())


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(["dag", "maand", "jaar"]))
def test_laatste_dag_is_er_een_en_blijft_dat(dag, nauwkeurigheid):
    laatste = rules.laatste_dag(dag, nauwkeurigheid)
    assert laatste >= dag and rules.laatste_dag(laatste, nauwkeurigheid) == laatste
    if nauwkeurigheid != "dag":
        assert (laatste + timedelta(days=1)).day == 1 and laatste.year == dag.year


def test_uitleg_noemt_wat_eraan_mankeert_en_niet_meer_dan_bekend_is():
    def feit(nummer: int, soort: str, datum: date, **anders) -> Feit:
        vast = {"gremium": "bestuur", "uitkomst": "positief"}
        return Feit(uuid.UUID(int=nummer), soort=soort, datum=datum, vastgelegd_op=MOMENT, **{**vast, **anders})

    alle = [
        feit(1, "start initiatief", date(2017, 3, 1), gremium="Task Force"),
        feit(2, "opschaling", date(2017, 12, 31), uitkomst="negatief", nauwkeurigheid="jaar"),
        feit(3, "in beheer nemen", date(2018, 1, 5)),
        feit(4, "beeindiging", date(2018, 1, 6)),
        feit(5, "start initiatief", date(2018, 2, 1)),
    ]
    uitleg = rules.waarom_niet(alle, "verplichting", date(2018, 1, 15))
    assert uitleg == (
        "Geen besluit draagt verplichting op 2018-01-15: start initiatief van bestuur, 2018-02-01: nog niet genomen; "
        "in beheer nemen van bestuur, 2018-01-05: beëindigd; opschaling van bestuur, 2017: uitkomst negatief; "
        "start initiatief van Task Force, 2017-03-01: beëindigd."
    )
    assert "niet van ALV of BALV of bestuur" in rules.waarom_niet(alle[:1], "verplichting", date(2018, 1, 15))
    assert rules.waarom(alle[3:4], "beeindiging") == "Beëindiging rust op: beëindiging van bestuur, 2018-01-06."
    assert rules.waarom_niet([], "standaard", date(2018, 1, 15)).endswith("standaard kan dragen (standaardverklaring).")
    veel = [feit(n, "opschaling", date(2017, 1, 1), uitkomst="niet bekend") for n in range(30)]
    assert "en nog 20." in rules.waarom_niet(veel, "opschaling", date(2018, 1, 1))


def _besluit(**anders) -> dict:
    leeg = dict.fromkeys((*rules.PUNTEN, "advies_over", "volgt_op", "advies", "advies_gevolgd"))
    vast = {"gremium": "bestuur", "soort": "start initiatief", "datum": date(2018, 1, 10), "nauwkeurigheid": "dag"}
    return {**leeg, **vast, "uitkomst": "positief", "voorzieningen": ["x"], **anders}


@pytest.mark.parametrize(
    ("anders", "zelf", "verwacht"),
    [
        ({}, True, set()),
        ({"datum": date(2018, 1, 16)}, True, {("datum", "toekomst")}),
        ({"gremium": "College"}, True, {("soort", "niet_bevoegd")}),
        ({"gremium": "College", "soort": "standaardverklaring"}, True, set()),
        ({"gremium": "College", "soort": "standaardverklaring", "datum": date(2017, 6, 14)}, False, {("datum", "te_vroeg")}),
        ({"soort": "collectiviseringsvoorstel"}, True, {("soort", "niet_bevoegd"), ("samenwerkingsvorm", "ontbreekt")}),
        ({"nauwkeurigheid": "maand"}, False, {("datum", "niet_laatste_dag")}),
        ({"nauwkeurigheid": "jaar", "datum": date(2016, 12, 31)}, False, set()),
        ({"nauwkeurigheid": "jaar", "datum": date(2016, 12, 31)}, True, {("nauwkeurigheid", "onnauwkeurig")}),
        ({"uitkomst": "niet bekend"}, True, {("uitkomst", "niet_bekend")}),
        ({"uitkomst": "niet bekend", "soort": "collectiviseringsvoorstel", "gremium": "ALV"}, False, set()),
        ({"voorzieningen": []}, True, {("voorzieningen", "leeg")}),
        ({"voorzieningen": [], "soort": "kaderbesluit"}, True, set()),
        ({"voorzieningen": ["x", "x"]}, True, {("voorzieningen", "dubbel")}),
        ({"mate_van_binding": "algemeen bindend"}, True, {("mateVanBinding", "niet_bevoegd")}),
        ({"mate_van_binding": "algemeen bindend", "gremium": "ALV"}, True, set()),
        ({"soort": "advies", "gremium": "College", "mate_van_binding": "algemeen bindend", "advies_over": START}, True, set()),
        ({"soort": "advies", "gremium": "commissie"}, True, {("adviesOver", "past_niet")}),
        ({"advies_over": "opschaling"}, True, {("adviesOver", "past_niet")}),
        ({"advies_gevolgd": True}, True, {("adviesGevolgd", "past_niet")}),
        ({"soort": "in beheer nemen"}, True, {("advies", "ontbreekt")}),
        ({"soort": "in beheer nemen", "uitkomst": "negatief"}, True, set()),
        ({"soort": "in beheer nemen", "gremium": "ALV"}, True, set()),
        ({"soort": "in beheer nemen", "datum": date(2017, 6, 14)}, True, set()),
        (
            {"soort": "opschaling", "advies": "a", "advies_gevolgd": True, "uitrol": "u", "tijdpad": "t"},
            True,
            {(naam, "ontbreekt") for naam in ("mateVanBinding", "samenwerkingsvorm", "uitvoeringsstructuur")},
        ),
        ({"soort": "opschaling", "advies": "a", "advies_gevolgd": True}, False, set()),
        ({"soort": "advies", "gremium": "College", "advies_over": "opschaling", "uitkomst": "negatief"}, True, set()),
    ],
)  # fmt: skip
def test_bezwaren(anders, zelf, verwacht):
    gevonden = bezwaren.tegen_zichzelf(_besluit(**anders), date(2018, 1, 15), zelf=zelf)
    assert {(een.name, een.code) for een in gevonden} == verwacht


@pytest.mark.parametrize(
    ("nieuw", "eerder", "codes"),
    [
        ({}, {}, []),
        ({}, {"datum": date(2018, 1, 10)}, []),
        ({}, {"datum": date(2018, 1, 11)}, ["later"]),
        ({}, {"voorzieningen": ["x", "y"]}, []),
        ({}, {"voorzieningen": ["y"]}, ["andere_voorziening"]),
        ({}, {"soort": "opschaling"}, ["andere_soort"]),
        ({"soort": "beeindiging"}, {"soort": "opschaling"}, []),
        ({"soort": "opschaling"}, {"soort": "beeindiging"}, []),
        ({"soort": "beeindiging"}, {"soort": "advies", "gremium": "College"}, ["andere_soort"]),
        ({}, {"gremium": "BALV"}, ["lager_gremium"]),
        ({"gremium": "ALV"}, {}, []),
        ({"soort": "advies", "gremium": "College"}, {"soort": "advies", "gremium": "Task Force"}, ["lager_gremium"]),
        ({"soort": "advies", "advies_over": "opschaling"}, {"soort": "advies", "advies_over": START}, ["andere_soort"]),
    ],
)
def test_bezwaren_tegen_opvolging(nieuw, eerder, codes):
    gevonden = bezwaren.tegen_opvolging(_besluit(**nieuw), _besluit(**{"datum": date(2018, 1, 9), **eerder}))
    assert [een.code for een in gevonden] == codes


@pytest.mark.parametrize(
    ("nieuw", "advies", "vervangen", "codes"),
    [
        ({}, {}, [], []),
        ({"soort": "advies"}, {}, [], ["past_niet", "ander_onderwerp"]),
        ({}, {"gremium": "Task Force"}, [], ["geen_advies"]),
        ({}, {"soort": "opschaling"}, [], ["geen_advies"]),
        ({}, {"advies_over": "in beheer nemen"}, [], ["ander_onderwerp"]),
        ({}, {"datum": date(2018, 1, 11)}, [], ["later"]),
        ({"voorzieningen": ["x", "y"]}, {}, [], ["andere_voorziening"]),
        ({}, {}, ["y"], []),
        ({}, {}, ["x"], ["vervangen"]),
        ({}, {"uitkomst": "aangehouden"}, [], ["aangehouden"]),
        ({}, {"uitkomst": "negatief"}, [], ["past_niet"]),
        ({"advies_gevolgd": False}, {"uitkomst": "negatief"}, [], []),
        ({"uitkomst": "negatief"}, {}, [], ["past_niet"]),
    ],
)
def test_bezwaren_tegen_advies(nieuw, advies, vervangen, codes):
    besluit = _besluit(**{"soort": "opschaling", "advies_gevolgd": True, **nieuw})
    van = {"soort": "advies", "gremium": "College", "advies_over": "opschaling", "datum": date(2018, 1, 10), **advies}
    assert [een.code for een in bezwaren.tegen_advies(besluit, _besluit(**van), vervangen)] == codes


def test_de_uitleg_bij_de_code_noemt_dezelfde_tabellen():
    uitleg = (Path(rules.__file__).parent / "README.md").read_text("utf-8")
    assert rules.tabel_bevoegd() in uitleg and rules.tabel_gronden() in uitleg

"""Prices in classes, slices, per verrichting and fixed: in rules, in the database, and over HTTP."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import psycopg
import pytest
from abonnement_api.tarief.rules import Band, Pakket, factuurbedrag, geprijsd, onderdelen, rekenregel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.prijzen import BANDEN_VNG, DOVENTOLK, GOVROAM, aantallen, besluit, pakketten

SNEL = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@SNEL
@given(st.lists(pakketten(), min_size=3, max_size=6), st.data())
def test_database_en_dienst_berekenen_hetzelfde(database, gemaakt, data):
    """`pakketbedrag_cent` and `factuurbedrag`, and the parts of a price, for any decision."""
    with psycopg.connect(database.url) as verbinding:
        leg_vast(verbinding, "proef", gemaakt)
        for nummer, pakket in enumerate(gemaakt):
            for _ in range(3):
                vraag = data.draw(aantallen), data.draw(st.integers(1, 12)), data.draw(st.booleans())
                (cent,) = verbinding.execute(
                    "SELECT pakketbedrag_cent('proef', %s, %s, %s, %s)", [f"p{nummer}", *vraag]
                ).fetchone()
                assert cent == factuurbedrag(pakket, vraag[0], vraag[1], eerste_keer=vraag[2]).bedrag_cent
            rijen = verbinding.execute(
                "SELECT onderdeel, bedrag FROM tariefonderdeel WHERE (tariefbesluit, pakket) = ('proef', %s)", [f"p{nummer}"]
            ).fetchall()
            assert dict(rijen) == onderdelen(pakket)
        verbinding.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the database lets each of these decisions be
        verbinding.rollback()


def leg_vast(verbinding: psycopg.Connection, id: str, gemaakt: list[Pakket]) -> None:
    """A decision with these packages, p0, p1, …, past the code of the service."""
    verbinding.execute(
        "INSERT INTO tariefbesluit (id, datum, gremium, omschrijving, bronvermelding, prijspeil, eerste_jaar, laatste_jaar) "
        "VALUES (%s, '2018-01-01', 'x', 'x', 'x', 2018, 2018, 2018)",
        [id],
    )
    for nummer, p in enumerate(gemaakt):
        eigen = [id, f"p{nummer}", p.tarief_per_inwoner, p.vorm, p.eenheid, p.tarief, p.vast_bedrag, p.eenmalig, p.minimum]
        verbinding.execute(
            "INSERT INTO pakket (tariefbesluit, code, naam, tarief_per_inwoner, vorm, eenheid, tarief, vast_bedrag, eenmalig, "
            "minimum) VALUES (%s, %s, 'x', %s, %s, %s, %s, %s, %s, %s)",
            eigen,
        )
        verbinding.execute("INSERT INTO pakketdienst VALUES (%s, %s, 'kindertelefoon')", eigen[:2])
        for band_nummer, band in enumerate(p.banden, 1):
            verbinding.execute(
                "INSERT INTO pakketband VALUES (%s, %s, %s, %s, %s, %s)",
                [*eigen[:2], band_nummer, band.tot_en_met, band.tarief, band.bedrag],
            )
    verbinding.execute("INSERT INTO verdeelsleutel VALUES (%s, 'kindertelefoon', 1)", [id])


@given(pakketten(), aantallen, st.integers(1, 12), st.booleans())
def test_bedrag_is_een_keer_afgerond_en_nooit_minder_dan_het_minimum(pakket, hoeveelheid, maanden, eerste_keer):
    bedrag = factuurbedrag(pakket, hoeveelheid, maanden, eerste_keer=eerste_keer)
    assert sum(bedrag.regels.values()) == bedrag.bedrag_cent >= 0
    assert abs(Fraction(bedrag.exact_cent) - bedrag.bedrag_cent) <= Fraction(1, 2) + Fraction(1, 10**12)
    assert bedrag.bedrag_cent >= Fraction(pakket.minimum or 0) * 100 * maanden / 12 - Fraction(1, 2)
    assert Decimal(bedrag.stappen[-1].waarde) * 100 == bedrag.bedrag_cent
    if hoeveelheid and pakket.vorm != "klasse":
        assert factuurbedrag(pakket, hoeveelheid - 1, maanden, eerste_keer=eerste_keer).bedrag_cent <= bedrag.bedrag_cent


@given(pakketten(), aantallen)
def test_een_jaar_in_delen_is_het_jaar_op_afronding_na(pakket, hoeveelheid):
    """Six months and six more: never more than a cent from the whole year, of all that goes by time."""
    if pakket.vorm != "per-verrichting":
        half, heel = (factuurbedrag(pakket, hoeveelheid, maanden).bedrag_cent for maanden in (6, 12))
        assert abs(2 * half - heel) <= 1


@given(pakketten())
def test_prijs_is_uit_zijn_onderdelen_te_maken(pakket):
    assert geprijsd(pakket, onderdelen(pakket)) == pakket and rekenregel(pakket)


@pytest.mark.parametrize(("hoeveelheid", "maanden"), [(-1, 12), (50_000_001, 12), (1, 0), (1, 13)])
def test_wat_niet_kan_wordt_niet_berekend(hoeveelheid, maanden):
    with pytest.raises(ValueError, match="cannot be"):
        factuurbedrag(Pakket("p", Decimal("0.90"), {"a": Decimal(1)}), hoeveelheid, maanden)


def test_klasse_en_schijf_van_de_contributie_van_vng():
    """24.999 inhabitants: all at 1,76, or 5.000 at 1,92 and 19.999 at 1,76."""
    banden = tuple(Band(band.get("totEnMet"), Decimal(band["tarief"])) for band in BANDEN_VNG)
    klasse, schijf = (Pakket("p", None, {"a": Decimal(1)}, vorm, banden=banden) for vorm in ("klasse", "schijf"))
    assert factuurbedrag(klasse, 24_999).bedrag_cent == 24_999 * 176
    assert factuurbedrag(schijf, 24_999).bedrag_cent == 5_000 * 192 + 19_999 * 176
    assert factuurbedrag(klasse, 5_000).bedrag_cent == factuurbedrag(schijf, 5_000).bedrag_cent == 960_000
    assert factuurbedrag(klasse, 5_001).bedrag_cent == 5_001 * 176 < 960_000  # a class may cost less than the one before it
    assert factuurbedrag(schijf, 5_001).bedrag_cent == 960_176


def bereken(wereld, id: str, **vraag) -> dict:
    return wereld.get(f"/v1/tariefbesluiten/{id}/berekening?" + "&".join(f"{n}={w}" for n, w in vraag.items()), {})


def test_govroam_doventolk_en_een_vast_bedrag_zijn_vast_te_leggen_en_te_berekenen(wereld):
    vast = {"code": "vast", "vorm": "vast", "eenheid": "gemeente", "vastBedrag": "120"}
    minimum = {"code": "klein", "tariefPerInwoner": "0.50", "minimum": "100"}
    gemaakt = wereld.post("/v1/tariefbesluiten", besluit("vormen", GOVROAM, DOVENTOLK, vast, minimum), status=201).json()
    per_code = {pakket["code"]: pakket for pakket in gemaakt["pakketten"]}
    assert per_code["govroam"]["tariefPerInwoner"] is None and per_code["govroam"]["banden"][2]["totEnMet"] is None
    # What comes out goes in again: as it is, but for its id.
    ook = {naam: gemaakt[naam] for naam in besluit("x", GOVROAM)} | {"id": "nog-eens"}
    assert wereld.post("/v1/tariefbesluiten", ook, status=201).json()["pakketten"] == gemaakt["pakketten"]
    eerste = bereken(wereld, "vormen", pakket="govroam", hoeveelheid=101, eersteKeer="true")
    assert eerste["bedragCent"] == 250_000 and eerste["eenheid"] == "gebruiker"
    assert [(stap["stap"], stap["waarde"]) for stap in eerste["stappen"]] == [
        ("klasse 2", "1000"),
        ("maanden", "1000"),
        ("eenmalig", "2500"),
        ("afronding", "2500"),
    ]
    assert bereken(wereld, "vormen", pakket="govroam", hoeveelheid=100)["bedragCent"] == 50_000
    assert bereken(wereld, "vormen", pakket="govroam", hoeveelheid=5_000, maanden=6)["bedragCent"] == 125_000
    assert bereken(wereld, "vormen", pakket="doventolk", hoeveelheid=3, maanden=1)["bedragCent"] == 54_600  # counted, not timed
    assert bereken(wereld, "vormen", pakket="vast", hoeveelheid=0, maanden=5)["bedragCent"] == 5_000
    assert bereken(wereld, "vormen", pakket="klein", hoeveelheid=10)["bedragCent"] == 10_000
    utrecht = bereken(wereld, "balv-2016-11-30", pakket="volledig", hoeveelheid=347_483, maanden=7)
    assert utrecht["stappen"][-2:] == [
        {"stap": "maanden", "uitleg": "312734.7 × 7/12", "waarde": "182428.575"},
        {"stap": "afronding", "uitleg": "op hele centen, een halve cent omhoog", "waarde": "182428.58"},
    ]
    assert sum(deel["bedragCent"] for deel in utrecht["verdeling"]) == utrecht["bedragCent"] == 18_242_858
    pad = "/v1/tariefbesluiten/{}/berekening?pakket={}&hoeveelheid={}"
    assert wereld.get(pad.format("geen", "x", 1), status=404)["type"].endswith("/tariefbesluit-niet-gevonden")
    assert wereld.get(pad.format("vormen", "x", 1), status=404)["type"].endswith("/pakket-niet-gevonden")
    wereld.get(pad.format("vormen", "vast", -1), status=400)
    wereld.get(pad.format("vormen", "vast", "1&maanden=13"), status=400)


def test_prijs_die_niet_bij_zijn_vorm_past_wordt_geweigerd_met_alles_wat_niet_klopt(wereld):
    fout = [
        {"code": "a", "vorm": "klasse", "tariefPerInwoner": "1", "banden": [{"totEnMet": 5}, {"totEnMet": 5}, {}]},
        {"code": "b", "vorm": "per-verrichting", "tarief": "0", "banden": [{"tarief": "1"}]},
        {"code": "c", "vorm": "vast", "eenheid": "gemeente", "minimum": "1"},
        {"code": "d", "vorm": "schijf", "banden": [{"totEnMet": 5, "tarief": "1"}]},
        {"code": "e"},
        {"code": "f", "tariefPerInwoner": "1", "tarief": "1", "eenmalig": "0"},
        {"code": "g", "vorm": "schijf", "banden": [{"tarief": "1"}, {"tarief": "2"}]},
    ]
    detail = wereld.post("/v1/tariefbesluiten", besluit("fout", *fout, laatsteJaar=2028, prijspeil=2019), status=409).json()[
        "detail"
    ]
    for wat in (
        "voor meer dan 10 jaar",
        "het prijspeil (2019) ligt na het eerste jaar (2018)",
        "een tarief per inwoner van pakket a past niet bij de vorm klasse",
        "de grenzen van de banden van pakket a lopen op",
        "de banden van pakket a kosten niets",
        "het tarief van pakket b is nul",
        "de eenheid inwoner van pakket b past niet bij de vorm per-verrichting",
        "de banden van pakket b passen niet bij de vorm per-verrichting",
        "de vorm vast van pakket c heeft een vast bedrag en geen minimum",
        "klassen en schijven van pakket d zijn er twee of meer",
        "de banden van pakket d hebben allemaal een grens, behalve de laatste",
        "het tarief per inwoner van pakket e ontbreekt",
        "een tarief per verrichting van pakket f past niet bij de vorm per-inwoner",
        "het eenmalig bedrag van pakket f is nul",
        "de banden van pakket g hebben allemaal een grens, behalve de laatste",
    ):
        assert wat in detail, detail
    wereld.get("/v1/tariefbesluiten/fout", status=404)
    te_fijn = {"code": "x", "vorm": "vast", "eenheid": "gemeente", "vastBedrag": "0.00001"}
    wereld.post("/v1/tariefbesluiten", besluit("fout", te_fijn), status=400)


BAND = "INSERT INTO pakketband VALUES ('p', 'p0', {}, {}, {}, 0)"


def test_database_laat_geen_prijs_toe_die_niet_bij_zijn_vorm_past(database):
    klasse = Pakket("p", None, {}, "klasse", banden=())
    for wat, *banden in (
        ("banden niet bij de vorm",),
        ("banden niet bij de vorm", (1, "NULL", 1)),
        ("banden niet bij de vorm", (1, 5, 1), (2, 9, 1)),
        ("banden niet bij de vorm", (1, "NULL", 1), (2, "NULL", 1)),
        ("banden niet bij de vorm", (1, 5, 1), (3, "NULL", 1)),
        ("banden niet bij de vorm", (1, 9, 1), (2, 5, 1), (3, "NULL", 1)),
        ("banden niet bij de vorm", (1, 5, 0), (2, "NULL", 0)),
    ):
        with psycopg.connect(database.url) as verbinding:
            leg_vast(verbinding, "p", [klasse])
            for band in banden:
                verbinding.execute(BAND.format(*band).encode())
            with pytest.raises(errors.IntegrityError, match=wat):
                verbinding.commit()
    for stuk in (
        BAND.format(1, 5, "'NaN'"),
        BAND.format(1, 5, "-1"),
        "INSERT INTO pakket VALUES ('p', 'q', 'x', NULL)",
        "INSERT INTO pakket VALUES ('p', 'q', 'x', 1, 'vast')",
        "INSERT INTO pakket VALUES ('p', 'q', 'x', NULL, 'per-verrichting', 'verrichting', 'NaN')",
        "INSERT INTO pakket VALUES ('p', 'q', 'x', 1, 'per-inwoner', 'inwoner', NULL, NULL, NULL, 'NaN')",
        "INSERT INTO pakket VALUES ('p', 'q', 'x', 1, 'per-inwoner', 'gebruiker')",
    ):
        with psycopg.connect(database.url) as verbinding:
            leg_vast(verbinding, "p", [klasse])
            with pytest.raises(errors.IntegrityError):
                verbinding.execute(stuk.encode())
            verbinding.rollback()
    with psycopg.connect(database.url) as verbinding, pytest.raises(errors.IntegrityError, match="krijgt er niets meer bij"):
        verbinding.execute("INSERT INTO pakketband VALUES ('balv-2016-11-30', 'volledig', 1, NULL, 1, 0)")

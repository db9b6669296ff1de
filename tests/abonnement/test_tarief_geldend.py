"""Which decision counts for a year: one, always, whatever others there are."""

from __future__ import annotations

import random

import psycopg
import pytest
from abonnement_api.tarief.service import geldend, pakket_bestaat, voor_jaar
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import moment
from psycopg import errors

from tests.abonnement.prijzen import DOVENTOLK, GOVROAM, besluit
from tests.abonnement.test_tarief_router import anders
from tests.abonnement.test_vast import voer_uit

VOLLEDIG = {"code": "volledig", "tariefPerInwoner": "1.00"}


def geldt(wereld, jaar: int) -> str | None:
    """The decision that counts, by the service and, the same, over HTTP."""
    gevonden = [een["id"] for een in wereld.get(f"/v1/tariefbesluiten?geldendVoor={jaar}", {})["results"]]
    with wereld.context.work(Actor()) as work:
        assert gevonden == ([voor_jaar(work, jaar).id] if gevonden else [])
    assert len(gevonden) <= 1
    return gevonden[0] if gevonden else None


def test_besluit_van_een_ver_jaar_van_een_verre_dag_of_over_iets_anders_geldt_niet(wereld, clock):
    """Each of these is recorded later than the decision of 2016, and would take its place if only the year were looked at."""
    for nieuw in (
        besluit("ver-jaar", VOLLEDIG, datum="2018-01-14", eersteJaar=2040, laatsteJaar=2049),
        besluit("ander-jaar", VOLLEDIG, datum="2018-01-14", eersteJaar=2019, laatsteJaar=2028),
        besluit("nog-te-nemen", VOLLEDIG, datum="2019-01-15", laatsteJaar=2019),
        besluit("govroam", GOVROAM, datum="2018-01-14"),
        besluit("doventolk", DOVENTOLK, datum="2018-01-15", laatsteJaar=2020),
        besluit("van-eerder", VOLLEDIG, datum="2016-11-29"),
    ):
        wereld.post("/v1/tariefbesluiten", nieuw, status=201)
    assert geldt(wereld, 2018) == "balv-2016-11-30"
    assert (geldt(wereld, 2019), geldt(wereld, 2045)) == ("ander-jaar", "ver-jaar")
    assert geldt(wereld, 2030) is geldt(wereld, 2017) is None
    with wereld.context.work(Actor()) as work:
        assert geldend(work, 2018, ["doventolk"]).id == "doventolk" and geldend(work, 2018, ["govroam", "x"]).id == "govroam"
        assert geldend(work, 2021, ["doventolk"]) is None
        assert pakket_bestaat(work, "volledig", 2018) and not pakket_bestaat(work, "doventolk", 2018)
        assert not pakket_bestaat(work, "volledig", 2030)
    clock.moment = moment("2019-01-15T09:00")
    assert geldt(wereld, 2018) == "nog-te-nemen"  # on that day it has been taken
    for nieuw in (
        besluit("alle-jaren", VOLLEDIG, eersteJaar=2000, laatsteJaar=2100, prijspeil=2000),
        besluit("prijs-van-later", VOLLEDIG, prijspeil=2040),
        besluit("te-ver", VOLLEDIG, datum="2020-02-01"),
    ):
        wereld.post("/v1/tariefbesluiten", nieuw, status=409)


def test_van_veel_besluiten_over_een_jaar_geldt_het_laatste_in_welke_volgorde_ook_vastgelegd(wereld):
    willekeurig = random.Random(14)
    gemaakt = []
    for nummer in range(12):
        datum = f"2017-12-{willekeurig.randint(1, 9):02d}"
        id = f"{willekeurig.choice('abcdefghij')}-{nummer}"
        wereld.post("/v1/tariefbesluiten", besluit(id, VOLLEDIG, datum=datum), status=201)
        gemaakt.append((datum, nummer, id))
        assert geldt(wereld, 2018) == max(gemaakt)[2]  # of one day the last that was recorded
    op_volgorde = [een["id"] for een in wereld.get("/v1/tariefbesluiten?jaar=2018&pageSize=500", {})["results"]]
    assert op_volgorde == ["balv-2016-11-30", *[id for _, _, id in sorted(gemaakt)]]
    assert wereld.get("/v1/tariefbesluiten?jaar=2019&geldendVoor=2018", {})["count"] == 0


def test_database_laat_geen_besluit_toe_dat_voor_alles_zou_gelden(database):
    begin = "INSERT INTO tariefbesluit (id, datum, gremium, omschrijving, bronvermelding, prijspeil, eerste_jaar, laatste_jaar"
    delen = (
        "INSERT INTO pakket VALUES ('p', 'volledig', 'x', 9)",
        "INSERT INTO pakketdienst VALUES ('p', 'volledig', 'kindertelefoon')",
        "INSERT INTO verdeelsleutel VALUES ('p', 'kindertelefoon', 1)",
    )
    for wat, opdracht in {
        "te ver vooruit": f"{begin}) VALUES ('p', '2099-01-01', 'x', 'x', 'x', 2018, 2018, 2018)",
        "jaren_check": f"{begin}) VALUES ('p', '2018-01-01', 'x', 'x', 'x', 2000, 2000, 2100)",
        "jaren_check|": f"{begin}) VALUES ('p', '2018-01-01', 'x', 'x', 'x', 2018, 2099, 2105)",
        "prijspeil_check": f"{begin}) VALUES ('p', '2018-01-01', 'x', 'x', 'x', 2019, 2018, 2018)",
    }.items():
        with pytest.raises(errors.IntegrityError, match=wat.rstrip("|")):
            voer_uit(database.url, opdracht, *delen)
    eerst = (
        f"{begin}, volgnummer) OVERRIDING SYSTEM VALUE VALUES ('p', '2018-01-01', 'x', 'x', 'x', 2018, 2018, 2018, 2147483647)"
    )
    with pytest.raises(errors.InsufficientPrivilege):
        voer_uit(database.url, eerst)
    voer_uit(database.url, f"{begin}) VALUES ('p', '2018-01-01', 'x', 'x', 'x', 2018, 2018, 2018)", *delen)
    for stuk in (
        "INSERT INTO pakket VALUES ('p', 'erbij', 'x', 1)",
        "INSERT INTO pakketdienst VALUES ('p', 'volledig', 'luisterend-oor')",
        "INSERT INTO verdeelsleutel VALUES ('p', 'luisterend-oor', 1)",
        "INSERT INTO pakketband VALUES ('p', 'volledig', 1, NULL, 1, 1)",
    ):
        with psycopg.connect(database.url) as verbinding, pytest.raises(errors.IntegrityError, match="krijgt er niets meer bij"):
            verbinding.execute(stuk.encode())


@pytest.mark.usefixtures("klein")
def test_ronde_rekent_met_het_minimum_en_neemt_geen_besluit_over_iets_anders(wereld):
    """A gemeente that is small pays the minimum; the database recalculates it. The later decision about Govroam is left alone."""
    minimum = anders(id="minimum", datum="2017-12-01", prijspeil=2017, eersteJaar=2018, laatsteJaar=2018)
    pakket = {**minimum["pakketten"][0], "minimum": "50000"}
    minimum["pakketten"] = [pakket, {**pakket, "code": "zonder-luisterend-oor", "minimum": None}]
    wereld.post("/v1/tariefbesluiten", minimum, status=201)
    wereld.post("/v1/tariefbesluiten", besluit("govroam", GOVROAM, datum="2018-01-14"), status=201)
    ronde = wereld.gefactureerd()
    assert ronde["tariefbesluit"] == "/v1/tariefbesluiten/minimum" and ronde["aantalFacturen"] == 7
    facturen = {factuur["gemeentecode"]: factuur for factuur in wereld.alle("/v1/facturen?jaar=2018")}
    assert facturen["GM0003"]["bedragCent"] == 5_000_000
    onderbouwing = wereld.get(f"/v1/facturen/{facturen['GM0003']['nummer']}/onderbouwing")
    assert onderbouwing["bedragCent"] == 5_000_000 > float(onderbouwing["invoer"]["inwoners"]) * 92.34
    assert "ten minste 50000 euro per jaar" in onderbouwing["rekenregel"]

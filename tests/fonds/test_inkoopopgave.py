"""Who is behind a participant, as catalogus says: its weight, and what a gemeente sees; BTW; large posts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from fonds_api.settings import Settings
from gemeengoed_kit.clock import FixedClock
from psycopg import errors

from tests.bron import Antwoord, Vraag
from tests.cbs import gemeenten_op
from tests.fonds.bronnen import ALIAS, Bron
from tests.fonds.inkoop import AFREKENING, ALMERE, CODE, PAD, SLUITING, STORNO, UTRECHT, ZEIST, mutatie, post, traject, wie
from tests.fonds.test_inkooptraject_router import doe, lees, maak, saldi, soort
from tests.invariants.fonds import schendingen

__all__ = ["doe", "lees", "maak"]
VERBAND, LIDMAATSCHAP = "proefregio", {"naam": "Lid", "vanaf": "2014-01-01", "totEnMet": None}


class MetVerband(Bron):
    """Catalogus with one samenwerkingsverband: Utrecht and Zeist, and Almere until 2017."""

    leden = [
        {**LIDMAATSCHAP, "gemeentecode": UTRECHT},
        {**LIDMAATSCHAP, "gemeentecode": ZEIST},
        {**LIDMAATSCHAP, "gemeentecode": ALMERE, "totEnMet": "2017-12-31"},
    ]

    def antwoord(self, vraag: Vraag) -> Antwoord:
        if vraag.pad == f"/v1/samenwerkingsverbanden/{VERBAND}":
            return Antwoord(200, {"code": VERBAND, "naam": "Proefregio", "lidmaatschappen": self.leden})
        return super().antwoord(vraag)


@pytest.fixture
def bron(database) -> Iterator[MetVerband]:
    bron = MetVerband(gemeenten_op("2018-01-01"))
    yield bron
    bron.stop()
    assert schendingen(database.url) == []


@pytest.fixture
def settings(settings: Settings, bron: MetVerband) -> Settings:
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


@pytest.fixture
def opgave(doe, lees, context):
    """Ask about a participant and run the job; what it is then."""

    def vraag(van: str, peildatum: str = "2018-01-01") -> dict[str, Any]:
        gevraagd = doe("/inkoopopgaven", {"deelnemer": wie(van), "peildatum": peildatum})
        assert gevraagd.status_code == 202 and gevraagd.json()["status"] == "aangevraagd"
        context.jobs.run_waiting(context)
        return lees(gevraagd.headers["location"].removeprefix("/v1"), "accountant")

    return vraag


def met(van: str, opgave: dict[str, Any], **anders: Any) -> dict[str, Any]:
    return {**mutatie(van, None), "opgave": opgave["id"], **anders}


def test_gewicht_komt_van_de_catalogus(bron, opgave, doe, maak, lees):
    maak("/inkooptrajecten", traject(sleutel="inwoners"))
    aantal = {g["code"]: g["inwoners"]["aantal"] for g in gemeenten_op("2018-01-01")}
    een, verband = opgave(ALMERE), opgave(VERBAND)
    assert (een["status"], een["inwoners"], len(een["leden"])) == ("gereed", aantal[ALMERE], 1)
    assert [lid["gemeentecode"] for lid in verband["leden"]] == [UTRECHT, ZEIST]
    assert verband["inwoners"] == aantal[UTRECHT] + aantal[ZEIST] and verband["deelnemer"] == wie(VERBAND)
    oud = opgave(ALMERE, "2017-01-01")
    assert oud["status"] == "mislukt" and oud["probleem"]["gemeentecodes"] == [ALMERE], "the source gave another day"
    assert opgave("geen-regio")["probleem"]["type"] == "bron-weigert"
    for inhoud in (met(ALMERE, verband), met(ALMERE, oud), met(ALMERE, {"id": str(uuid.uuid4())})):
        assert soort(doe(f"{PAD}/deelnemers", inhoud)) == "onbekende-inkoopopgave"
    for inhoud in (met(ALMERE, een, gewicht=5), mutatie(ALMERE, None), met(ALMERE, een, soort="uittreding")):
        assert soort(doe(f"{PAD}/deelnemers", inhoud)) == "sleutel-past-niet"
    for van, gezegd in ((ALMERE, een), (VERBAND, verband)):
        erbij = maak(f"{PAD}/deelnemers", met(van, gezegd))
        assert (erbij["gewicht"], erbij["opgave"]) == (gezegd["inwoners"], f"/v1/inkoopopgaven/{gezegd['id']}")
    assert maak(f"{PAD}/deelnemers", mutatie(ZEIST, 5))["opgave"] is None
    bron.leden = []
    assert opgave(VERBAND)["status"] == "mislukt"
    assert lees("/inkoopopgaven?status=gereed")["count"] == 2
    maak("/inkooptrajecten", traject("traject-delen", "delen"))
    assert soort(doe("/inkooptrajecten/traject-delen/deelnemers", met(ALMERE, een))) == "sleutel-past-niet"


def test_gemeente_ziet_wat_haar_samenwerkingsverband_draagt(bron, opgave, doe, maak, lees, client, als, context):
    maak("/inkooptrajecten", traject())
    for van in (VERBAND, ALMERE):
        maak(f"{PAD}/deelnemers", mutatie(van))
    maak(f"{PAD}/posten", post("voorfinanciering", 1000))
    maak(f"{PAD}/posten", post("kosten", 600))
    maak(f"{PAD}/afrekeningen", AFREKENING)
    betaald = maak(f"{PAD}/posten", post("ontvangst", 200, VERBAND))

    def ziet(code: str) -> tuple[list[str], list[int], list[int]] | None:
        if client.get(f"/v1{PAD}", headers=als("gemeente", gemeentecode=code)).status_code == 404:
            return None
        gezien = [
            lees(f"{PAD}/{wat}", "gemeente", gemeentecode=code)["results"] for wat in ("deelnemers", "posten", "afrekeningen")
        ]
        regels = [regel["aandeelCent"] for een in gezien[2] for regel in een["regels"]]
        return [een["deelnemer"]["pad"].rpartition("/")[2] for een in gezien[0]], [een["nummer"] for een in gezien[1]], regels

    assert ziet(UTRECHT) is None and ziet(ALMERE) == ([ALMERE], [], [300])
    opgave(VERBAND)
    for code in (UTRECHT, ZEIST):
        assert ziet(code) == ([VERBAND], [betaald["nummer"]], [300])
    assert ziet(ALMERE) == ([ALMERE], [], [300]), "no member any more"
    assert lees("/inkooptrajecten", "gemeente", gemeentecode=ZEIST)["count"] == 1
    bron.leden = bron.leden[:1]
    context.clock = FixedClock(context.clock.now() + timedelta(minutes=1))
    opgave(VERBAND)
    assert ziet(ZEIST) is None and ziet(UTRECHT) is not None, "the newest counts"
    bron.leden = MetVerband.leden
    for rol in ("gemeente", "administratie"):
        assert client.get("/v1/inkoopopgaven", headers=als(rol, gemeentecode=UTRECHT)).status_code == 403
    for rol in ("accountant", "bestuur", "gemeente"):
        assert doe("/inkoopopgaven", {"deelnemer": wie(ZEIST), "peildatum": "2018-01-01"}, rol).status_code == 403


def test_btw_staat_apart_en_telt_mee_in_wat_wordt_verdeeld(database, doe, maak, lees):
    maak("/inkooptrajecten", traject())
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT))
    maak(f"{PAD}/posten", post("voorfinanciering", 1_000))
    for fout in (post("kosten", 100, btwCent=100), post("voorfinanciering", 100, btwCent=1)):
        geweigerd = doe(f"{PAD}/posten", fout)
        assert soort(geweigerd) == "inkooppost-past-niet" and geweigerd.json()["invalidParams"][0]["name"] == "btwCent"
    assert doe(f"{PAD}/posten", post("kosten", 100, btwCent=-1)).status_code == 400
    kosten = maak(f"{PAD}/posten", post("kosten", 121, btwCent=21))
    verkeerd = maak(f"{PAD}/posten", post("kosten", 242, btwCent=42, kostensoort="contractbeheer"))
    assert (kosten["bedragCent"], kosten["btwCent"]) == (121, 21)
    assert saldi(database.url, CODE) == {"1100": 637, "1400": -1_000, "4000": 100, "4100": 200, "4900": 63}
    terug = maak(f"{PAD}/posten/{verkeerd['nummer']}/stornering", STORNO)
    assert (terug["bedragCent"], terug["btwCent"]) == (-242, -42)
    assert (lees(PAD)["kostenCent"], lees(PAD)["btwCent"], lees(f"{PAD}/stand")["btwCent"]) == (121, 21, 21)
    maak(f"{PAD}/afrekeningen", AFREKENING)
    maak(f"{PAD}/posten", post("ontvangst", 121, UTRECHT))
    maak(f"{PAD}/posten", post("aflossing", 1_000))
    maak(f"{PAD}/sluiting", SLUITING)
    assert saldi(database.url, CODE) == {} and schendingen(database.url) == []


def test_grote_post_vraagt_een_machtiging_van_een_ander(database, doe, maak, lees, client, als):
    maak("/inkooptrajecten", traject())
    maak(f"{PAD}/deelnemers", mutatie(UTRECHT))
    maak(f"{PAD}/posten", post("voorfinanciering", 10_000))
    kop = {**als("bestuur"), "If-Match": "*"}
    ogen = {"vanafCent": 1_000, "vrijeBronnen": []}
    assert client.put(f"/v1/fondsen/{CODE}/vier-ogen", json=ogen, headers=kop).status_code == 200
    maak(f"{PAD}/posten", post("kosten", 999))
    nodig = doe(f"{PAD}/posten", post("kosten", 1_000))
    assert soort(nodig) == "machtiging-nodig" and nodig.json()["vanafCent"] == 1_000
    mag = {"soort": "kosten", "bedragCent": 1_000, "naam": "Penningmeester (test)", "toelichting": "Factuur gezien (test)"}
    for fout in (
        {**mag, "deelnemer": wie(UTRECHT)},
        {**mag, "storneert": 1},
        {**mag, "soort": "storno"},
        {**mag, "soort": "ontvangst"},
    ):
        assert soort(doe(f"{PAD}/machtigingen", fout, "bestuur")) == "inkooppost-past-niet"
    for rol in ("accountant", "ledenvergadering", "gemeente", "administratie"):
        assert doe(f"{PAD}/machtigingen", mag, rol).status_code == 403

    def machtig(rol: str = "bestuur", **anders: Any) -> int:
        gegeven = doe(f"{PAD}/machtigingen", {**mag, **anders}, rol)
        assert gegeven.status_code == 201, gegeven.text
        assert lees(gegeven.headers["location"].removeprefix("/v1"), "accountant") == gegeven.json()
        return gegeven.json()["nummer"]

    eigen, ander = machtig("fondsbeheerder"), machtig()
    for nummer, wat in ((eigen, post("kosten", 1_000)), (ander, post("kosten", 1_001)), (ander, post("voorfinanciering", 1_000)),
                        (99, post("kosten", 1_000)), (ander, post("kosten", 5))):  # fmt: skip
        assert soort(doe(f"{PAD}/posten", {**wat, "machtiging": nummer})) == "machtiging-past-niet", wat
    geboekt = maak(f"{PAD}/posten", post("kosten", 1_000, machtiging=ander))
    assert geboekt["machtiging"] == ander and lees(f"{PAD}/machtigingen/{ander}")["post"] == geboekt["nummer"]
    assert soort(doe(f"{PAD}/posten", post("kosten", 1_000, machtiging=ander))) == "machtiging-past-niet", "once"
    terug = f"{PAD}/posten/{geboekt['nummer']}/stornering"
    assert soort(doe(terug, STORNO)) == "machtiging-nodig"
    assert soort(doe(terug, {**STORNO, "machtiging": machtig()})) == "machtiging-past-niet"
    maak(terug, {**STORNO, "machtiging": machtig(soort="storno", storneert=geboekt["nummer"])})
    maak(f"{PAD}/afrekeningen", AFREKENING)
    assert lees(f"{PAD}/machtigingen")["count"] == 4
    assert client.get(f"/v1{PAD}/machtigingen/99", headers=als("fondsbeheerder")).status_code == 404
    assert client.get(f"/v1{PAD}/machtigingen", headers=als("gemeente", gemeentecode=UTRECHT)).status_code == 403
    with psycopg.connect(database.url) as db, pytest.raises(errors.IntegrityError):
        db.execute("INSERT INTO inkoopopgavelid VALUES (gen_random_uuid(), 'GM0344', 'x', 1)")
    assert schendingen(database.url) == []

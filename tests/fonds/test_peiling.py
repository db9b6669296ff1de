"""A peiling as its job carries it out, against a source over HTTP with the real CBS figures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fonds_api.settings import Settings

from tests.cbs import gemeenten_op
from tests.fonds.bronnen import ALIAS, Bron, outway
from tests.invariants.fonds import schendingen

WAADHOEKE = ("GM0063", "GM0070", "GM1908")
"""Of which Waadhoeke (GM1949) was made on 1-1-2018: het Bildt, Franekeradeel, Menameradiel (and a part of Littenseradiel)."""


@pytest.fixture
def bron(database) -> Iterator[Bron]:
    with outway(gemeenten_op("2018-01-01")) as bron:
        yield bron
    assert schendingen(database.url) == []


@pytest.fixture
def settings(settings: Settings, bron: Bron) -> Settings:
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


@pytest.fixture
def peil(client, als, context):
    """Ask for a peiling of 2018 and run its job; what it is then."""

    def doe(**anders: int) -> dict:
        dagen = {"indeling": "2018-01-01", "peildatum": "2018-01-01", **anders}
        gevraagd = client.post("/v1/peilingen", json=dagen, headers=als("fondsbeheerder"))
        assert gevraagd.status_code == 202 and gevraagd.json()["status"] == "aangevraagd"
        context.jobs.run_waiting(context)
        return client.get(gevraagd.headers["location"], headers=als("accountant")).json()

    return doe


def test_peiling_bewaart_status_en_voorgangers(peil, bron, client, als):
    bron.gemeenten[0] = {**bron.gemeenten[0], "inwoners": {**bron.gemeenten[0]["inwoners"], "status": "voorlopig"}}
    gewoon = peil()
    assert (gewoon["status"], gewoon["aantal"], len(gewoon["gemeenten"])) == ("gereed", 380, 380)
    assert gewoon["gemeenten"][0]["inwonerstatus"] == "voorlopig" and gewoon["gemeenten"][1]["inwonerstatus"] is None
    assert not any(g["voorgangers"] for g in gewoon["gemeenten"]) and len(bron.gevraagd) == 4
    deel = {"ingangsdatum": "2018-01-01", "nieuweCode": "GM1949", "nieuwIngesteld": True}
    bron.herindelingen = [{**deel, "oudeCode": oud} for oud in WAADHOEKE]
    bron.herindelingen.append({**deel, "oudeCode": "GM9998", "nieuweCode": "GM0080", "nieuwIngesteld": False})
    bron.eerder["2017-12-31"] = eerder = gemeenten_op("2017-01-01")
    met = peil(compensatieJaren=3)
    waadhoeke = next(g for g in met["gemeenten"] if g["gemeentecode"] == "GM1949")
    aantallen = {g["code"]: g["inwoners"]["aantal"] for g in eerder}
    assert [(v["code"], v["inwoners"], v["peildatum"]) for v in waadhoeke["voorgangers"]] == [
        (code, aantallen[code], "2017-01-01") for code in WAADHOEKE
    ]
    assert sum(bool(g["voorgangers"]) for g in met["gemeenten"]) == 1
    assert any("/v1/herindelingen?vanaf=2015-01-02&tot=2018-01-02" in pad for pad in bron.gevraagd)
    lijst = client.get("/v1/peilingen?status=gereed", headers=als("bestuur")).json()
    assert {p["id"] for p in lijst["results"]} == {gewoon["id"], met["id"]}


def test_gemeenten_zonder_inwoners_maken_haar_mislukt(peil, bron):
    bron.gemeenten[3] = {**bron.gemeenten[3], "inwoners": None}
    mislukt = peil()
    assert (mislukt["status"], mislukt["gemeenten"]) == ("mislukt", [])
    assert mislukt["probleem"]["gemeentecodes"] == [bron.gemeenten[3]["code"]]

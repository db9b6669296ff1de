"""Headers that choose: lists over several lines, quality, precedence; and those that may come once."""

from __future__ import annotations

import pytest
from gemeengoed_kit.asgi import LONGEST_TARGET, quality

from tests.kit.test_edge import STUIVER, is_problem

JSON = "application/json"


@pytest.mark.parametrize(
    ("regels", "welkom"),
    [
        ([], 1),
        ([""], 1),
        (["*/*"], 1),
        (["application/*"], 1),
        (["APPLICATION/JSON"], 1),
        (["text/html"], 0),
        (["application/json;q=0"], 0),
        (["application/json; Q=0.000"], 0),
        (["*/*;q=0"], 0),
        (["*/*", "application/json;q=0"], 0),
        (["application/json", "*/*;q=0"], 1),
        (["*/*;q=0", "application/*;q=0.5"], 0.5),
        (["application/*;q=0", "application/json;q=0.2"], 0.2),
        (["application/json", "text/plain"], 1),
        (["text/plain", "application/json"], 1),
        (["text/plain , application/json ; q=0.3"], 0.3),
        (["application/json;charset=utf-8"], 1),
        (['application/json;charset="UTF-8"'], 1),
        (["application/json;odata=verbose"], 1),
        (["application/json;v=2;q=0, application/json"], 1),
        (['text/plain;a="x, application/json;q=1"'], 0),
        (['text/plain;a="\\", application/json, \\""'], 0),
        (['application/json;a="b;q=0"'], 1),
        (["application/json;q=2"], 0),
        (["application/json;q=x, */*;q=0.1"], 0.1),
        (["application/jsonx"], 0),
        ([",", " , application/json"], 1),
    ],
)
def test_accept(regels, welkom):
    assert quality(regels, JSON) == welkom


def test_accept_over_twee_regels_is_een_lijst(client):
    for regels in ([JSON, "text/plain"], ["text/plain", JSON]):
        assert client.get("/v1/munten", headers=[("Accept", regel) for regel in regels]).status_code == 200
    is_problem(client.get("/v1/munten", headers={"Accept": "application/json;q=0"}), 406)


@pytest.mark.parametrize(
    ("pad", "accept", "status"),
    [
        ("/v1/munten.csv", "text/csv", 200),
        ("/v1/munten.csv", "text/*;q=0.1", 200),
        ("/v1/munten.csv", "*/*", 200),
        ("/v1/munten.csv", "application/json", 406),
        ("/v1/munten.csv", "text/html, application/json", 406),
        ("/v1/munten.csvx", "text/csv", 406),
        ("/v1/munten", "text/csv", 406),
        ("/v1/munten/stuiver/beeld", "image/svg+xml", 200),
        ("/v1/munten/stuiver/beeld", "application/json", 200),
        ("/v1/munten/stuiver/beeld", "text/csv", 406),
        ("/v1/munten/stuiver", "image/svg+xml", 406),
    ],
)
def test_pad_antwoordt_met_wat_zijn_route_zegt_en_met_niets_anders(client, pad, accept, status):
    antwoord = client.get(pad, headers={"Accept": accept})
    assert antwoord.status_code == status, antwoord.text
    if status == 406:
        is_problem(antwoord, 406)


def test_specificatie_noemt_waarmee_een_pad_antwoordt(client):
    paden = client.get("/v1/openapi.json").json()["paths"]
    assert set(paden["/munten.csv"]["get"]["responses"]["200"]["content"]) == {"text/csv"}
    beeld = set(paden["/munten/{naam}/beeld"]["get"]["responses"]["200"]["content"])
    assert beeld == {"application/json", "image/svg+xml"}


def test_een_weigering_blijft_een_probleem_ook_waar_csv_gevraagd_is(client):
    assert "text/csv" in is_problem(client.get("/v1/munten.csv", headers={"Accept": "text/html"}), 406)["detail"]
    is_problem(client.post("/v1/munten.csv", headers={"Accept": "text/csv"}), 405)


@pytest.mark.parametrize("naam", ["If-Match", "Content-Type", "Idempotency-Key", "Fsc-Authorization", "Fsc-Transaction-Id"])
def test_kopregel_die_een_keer_mag_komt_geen_twee_keer(client, munter, naam):
    kop = {"Content-Type": JSON, "Idempotency-Key": "a", "If-Match": '"1"', **munter}
    twee = [*kop.items(), (naam, kop[naam])]
    assert naam.lower() in is_problem(client.post("/v1/munten", json=STUIVER, headers=twee), 400)["detail"]
    assert client.post("/v1/munten", json=STUIVER, headers=kop).status_code == 201


def test_codering_in_een_tweede_regel_wordt_gezien(client, munter):
    kop = [*munter.items(), ("Content-Encoding", "gzip"), ("Content-Encoding", "identity")]
    is_problem(client.post("/v1/munten", json=STUIVER, headers=kop), 415)
    goed = [*munter.items(), ("Content-Encoding", "identity"), ("Content-Encoding", "")]
    assert client.post("/v1/munten", json=STUIVER, headers=goed).status_code == 201


def test_json_in_een_andere_tekenset_wordt_geweigerd(client, munter):
    for soort, status in (("application/json; charset=utf-16", 415), ('application/json;charset="UTF-8"', 201)):
        kop = {**munter, "Content-Type": soort}
        assert client.post("/v1/munten", json=STUIVER, headers=kop).status_code == status


def test_te_lang_adres_is_414(client):
    is_problem(client.get("/v1/munten?x=" + "a" * LONGEST_TARGET), 414)
    is_problem(client.get("/v1/" + "a" * 40_000), 414)

"""Samenwerkingsverbanden: members over time, over HTTP, and their rules as properties."""

from __future__ import annotations

import itertools
import threading
from datetime import date, timedelta

import pytest
from catalogus_api.samenwerkingsverband.rules import Lidmaatschap, bezwaren
from catalogus_api.toegang import BEHEER
from gemeengoed_kit.audit import AuditRow
from gemeengoed_kit.testing import make_client
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.catalogus.conftest import NU

VERBAND = {"code": "proefverband", "naam": "Proefverband (test)", "vanaf": "2020-01-01", "leden": ["GM0482", "GM0505"]}
WISSEL = {"ingangsdatum": "2021-07-01", "toetreders": ["GM0610"], "uittreders": ["GM0482"]}
PAD = "/v1/samenwerkingsverbanden"
LEDEN = f"{PAD}/proefverband/ledenwijzigingen"


@pytest.fixture
def clock():
    return NU


@pytest.fixture
def stuur(client, als):
    def doe(pad: str, invoer: dict, status: int) -> dict:
        antwoord = client.post(pad, json=invoer, headers=als(BEHEER))
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    return doe


def leden(client, op: str | None = None) -> list[str]:
    (verband,) = client.get(PAD, params={"op": op} if op else {}).json()["results"]
    return verband["leden"]


def test_leden_wisselen_op_een_dag(client, stuur, context):
    assert stuur(PAD, VERBAND, 201) == client.get(f"{PAD}/proefverband").json()
    gewisseld = stuur(LEDEN, WISSEL, 200)
    assert [(lid["gemeentecode"], lid["vanaf"], lid["totEnMet"]) for lid in gewisseld["lidmaatschappen"]] == [
        ("GM0482", "2020-01-01", "2021-06-30"),
        ("GM0505", "2020-01-01", None),
        ("GM0610", "2021-07-01", None),
    ]
    assert leden(client, "2019-12-31") == []
    assert leden(client, "2021-06-30") == ["GM0482", "GM0505"]
    assert leden(client, "2021-07-01") == leden(client) == ["GM0505", "GM0610"]
    with context.sessions() as session:
        onderwerp = select(AuditRow.handeling).where(AuditRow.onderwerp == f"{PAD}/proefverband").order_by(AuditRow.id)
        assert list(session.scalars(onderwerp)) == ["samenwerkingsverband.aanmaken", "samenwerkingsverband.leden-wijzigen"]


def test_verbanden_van_een_gemeente_op_een_dag(client, stuur):
    stuur(PAD, VERBAND, 201)
    stuur(PAD, {**VERBAND, "code": "ander", "leden": ["GM0505"], "vanaf": "2022-01-01"}, 201)
    stuur(LEDEN, WISSEL, 200)
    for code, op, verwacht in (
        ("GM0505", "2020-01-01", ["proefverband"]),
        ("GM0505", "2022-01-01", ["ander", "proefverband"]),
        ("GM0482", "2021-06-30", ["proefverband"]),
        ("GM0482", "2021-07-01", []),
        ("GM0610", "2021-06-30", []),
    ):
        gevonden = client.get(PAD, params={"gemeentecode": code, "op": op}).json()
        assert [een["code"] for een in gevonden["results"]] == verwacht, (code, op)
        assert gevonden["count"] == len(verwacht)


def test_wie_ophoudt_te_bestaan_is_geen_lid_meer(client, stuur):
    stuur(PAD, VERBAND, 201)
    stuur("/v1/herindelingen", {"ingangsdatum": "2026-01-01", "delen": [{"van": "GM0482", "naar": "GM0505"}]}, 201)
    assert leden(client, "2025-12-31") == ["GM0482", "GM0505"]
    assert leden(client, "2026-01-01") == ["GM0505"]
    lidmaatschappen = client.get(f"{PAD}/proefverband").json()["lidmaatschappen"]
    assert [lid["totEnMet"] for lid in lidmaatschappen] == ["2025-12-31", None]


def test_wie_ophoudt_te_bestaan_voor_zij_lid_wordt_wordt_het_niet(client, stuur):
    stuur(PAD, VERBAND, 201)
    stuur(LEDEN, {"ingangsdatum": "2026-09-01", "toetreders": ["GM0610"]}, 200)
    stuur("/v1/herindelingen", {"ingangsdatum": "2026-07-01", "delen": [{"van": "GM0610", "naar": "GM0505"}]}, 201)
    lidmaatschappen = client.get(f"{PAD}/proefverband").json()["lidmaatschappen"]
    assert [lid["gemeentecode"] for lid in lidmaatschappen] == leden(client, "2026-09-01") == ["GM0482", "GM0505"]


def test_wie_uittrad_kan_terugkomen(client, stuur):
    stuur(PAD, VERBAND, 201)
    stuur(LEDEN, WISSEL, 200)
    stuur(LEDEN, {"ingangsdatum": "2023-01-01", "toetreders": ["GM0482"]}, 200)
    assert leden(client, "2022-12-31") == ["GM0505", "GM0610"]
    assert leden(client, "2023-01-01") == ["GM0482", "GM0505", "GM0610"]


def test_alle_bezwaren_in_een_antwoord(client, stuur):
    stuur(PAD, VERBAND, 201)
    fout = {"ingangsdatum": "2023-01-01", "toetreders": ["GM0505", "GM0457", "GM9999"], "uittreders": ["GM0610"]}
    assert [een["name"] for een in stuur(LEDEN, fout, 409)["invalidParams"]] == [
        "toetreders.0",
        "toetreders.1",
        "toetreders.2",
        "uittreders.0",
    ]
    assert stuur(PAD, {**VERBAND, "code": "nieuw", "leden": ["GM0457"], "vanaf": "2023-01-01"}, 409)["invalidParams"]
    assert client.get(f"{PAD}/nieuw").status_code == 404
    assert leden(client, "2023-01-01") == ["GM0482", "GM0505"]
    assert stuur(PAD, VERBAND, 409)["type"].endswith("samenwerkingsverband-bestaat-al")


@pytest.mark.parametrize(("rol", "status"), [(None, 401), ("", 403), ("gemeente", 403), ("samenwerkingsverband", 403)])
def test_alleen_het_beheer_houdt_ze_bij(client, als, stuur, rol, status):
    stuur(PAD, VERBAND, 201)
    kop = {} if rol is None else als(rol)
    assert client.post(PAD, json={**VERBAND, "code": "ander"}, headers=kop).status_code == status
    assert client.post(LEDEN, json=WISSEL, headers=kop).status_code == status


def test_twee_wisselingen_tegelijk_geven_een_lidmaatschap(service, context, client, als, stuur):
    stuur(PAD, VERBAND, 201)
    kop, gelijk, statussen = als(BEHEER), threading.Barrier(4), []

    def doe() -> None:
        eigen = make_client(service, context)
        gelijk.wait()
        statussen.append(eigen.post(LEDEN, json=WISSEL, headers=kop).status_code)

    draden = [threading.Thread(target=doe) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(statussen) == [200, 409, 409, 409]
    assert leden(client) == ["GM0505", "GM0610"]


DAGEN = st.integers(0, 60).map(lambda dagen: date(2020, 1, 1) + timedelta(days=dagen))
CODES = ["GM0001", "GM0002", "GM0003"]
WISSELINGEN = st.lists(st.tuples(DAGEN, st.lists(st.sampled_from(CODES)), st.lists(st.sampled_from(CODES))), max_size=8)


@given(WISSELINGEN)
def test_wat_past_laat_nooit_twee_lidmaatschappen_tegelijk(wisselingen):
    leden: dict[str, list[Lidmaatschap]] = {}
    for dag, toe, uit in wisselingen:
        if bezwaren(toe, uit, dag, geldig=CODES, leden=leden):
            continue
        for code in uit:
            leden[code] = [lid if lid.tot_en_met else Lidmaatschap(lid.vanaf, dag - timedelta(days=1)) for lid in leden[code]]
        for code in toe:
            leden.setdefault(code, []).append(Lidmaatschap(dag, None))
    for eigen in leden.values():
        op_volgorde = sorted(eigen, key=lambda lid: lid.vanaf)
        for eerste, tweede in itertools.pairwise(op_volgorde):
            assert eerste.tot_en_met is not None and eerste.vanaf <= eerste.tot_en_met < tweede.vanaf

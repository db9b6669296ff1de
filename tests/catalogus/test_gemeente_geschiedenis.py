"""What is known of a gemeente besides its code: identifications and history over HTTP."""

from __future__ import annotations

import pytest
from catalogus_api.inlezen import inlezen
from catalogus_api.toegang import BEHEER
from gemeengoed_kit.audit import AuditRow
from sqlalchemy import func, select

OIN = {"waarde": "00000099000000000363", "bron": "Proefregister", "datum": "2018-01-10"}


def test_amsterdam_heeft_tooi_en_rsin_met_bron_en_datum(client):
    gevonden = client.get("/v1/gemeenten/GM0363/identificaties").json()["results"]
    assert [(een["soort"], een["waarde"], een["datum"]) for een in gevonden] == [
        ("rsin", "002564440", "2019-09-18"),
        ("tooi", "https://identifier.overheid.nl/tooi/id/gemeente/gm0363", "2022-12-22"),
    ]
    assert all(een["bron"] for een in gevonden)


def test_een_oin_wordt_vastgelegd_en_blijft_bij_opnieuw_inlezen(client, als, context):
    pad = "/v1/gemeenten/GM0363/identificaties/oin"
    for _ in range(2):
        assert client.put(pad, json=OIN, headers=als(BEHEER)).json() == {"soort": "oin", **OIN}
    rsin = {"waarde": "001005650", "bron": "Proefregister", "datum": "2018-01-10"}
    assert client.put("/v1/gemeenten/GM0392/identificaties/rsin", json=rsin, headers=als(BEHEER)).status_code == 200
    with context.sessions.begin() as session:
        inlezen(session, context.clock)
        tellen = select(func.count()).where(AuditRow.handeling == "identificatie.vastleggen")
        assert session.scalar(tellen) == 2, "the same once more is no change"
    bronnen = {een["soort"]: een["bron"] for een in client.get("/v1/gemeenten/GM0392/identificaties").json()["results"]}
    assert bronnen["rsin"] == "Proefregister"


def test_een_identificatie_is_van_een_gemeente(client, als):
    assert client.put("/v1/gemeenten/GM0363/identificaties/oin", json=OIN, headers=als(BEHEER)).status_code == 200
    ander = client.put("/v1/gemeenten/GM0344/identificaties/oin", json=OIN, headers=als(BEHEER))
    assert ander.status_code == 409 and "GM0363" in ander.json()["detail"]


@pytest.mark.parametrize(("rol", "status"), [(None, 401), ("gemeente", 403), ("leverancier", 403)])
def test_alleen_het_beheer_legt_identificaties_vast(client, als, rol, status):
    kop = als(rol) if rol else {}
    assert client.put("/v1/gemeenten/GM0363/identificaties/oin", json=OIN, headers=kop).status_code == status


def test_haaren_is_over_vier_verdeeld_en_boarnsterhim_ook(client):
    for code, dag, opvolgers in (
        ("GM0788", "2021-01-01", ["GM0757", "GM0824", "GM0855", "GM0865"]),
        ("GM0055", "2014-01-01", ["GM0074", "GM0080", "GM1900", "GM1921"]),
    ):
        geschiedenis = client.get(f"/v1/gemeenten/{code}/geschiedenis").json()
        assert [paar["nieuweCode"] for paar in geschiedenis["opgegaanIn"]] == opvolgers
        assert {paar["ingangsdatum"] for paar in geschiedenis["opgegaanIn"]} == {dag}
        assert client.get(f"/v1/gemeenten/{code}").json()["opvolgers"] == opvolgers


def test_geschiedenis_van_waadhoeke_vertelt_waar_zij_vandaan_komt(client):
    waadhoeke = client.get("/v1/gemeenten/GM1949/geschiedenis").json()
    assert {paar["oudeCode"] for paar in waadhoeke["ontstaanUit"]} == {"GM0063", "GM0070", "GM0140", "GM1908"}
    assert waadhoeke["opgegaanIn"] == []
    assert waadhoeke["namen"] == [{"naam": "Waadhoeke", "vanaf": "2018-01-01", "totEnMet": None, "grondslag": None}]
    assert waadhoeke["inwonertallen"] == client.get("/v1/gemeenten/GM1949/inwonertallen").json()["results"]
    assert waadhoeke["inwonertallen"][0]["peildatum"] == "2018-01-01"


def test_een_grondslag_is_een_wet_of_leeg(client):
    gevonden = client.get("/v1/herindelingen?pageSize=500").json()["results"]
    grondslagen = {paar["grondslag"] for paar in gevonden}
    assert len(gevonden) == 109 and None in grondslagen and len(grondslagen) > 1
    assert all("officielebekendmakingen.nl/stb-" in grondslag for grondslag in grondslagen - {None})

"""Which peer a gemeente is: a contract that says otherwise gets nothing."""

from __future__ import annotations

import pytest

from tests.abonnement.wereld import ADMINISTRATIEBUREAU, GEMEENTE_PEER

pytestmark = pytest.mark.usefixtures("klein")
ANDER, LEVERANCIER = "00000099000000000005", "00000099000000000006"
PADEN = ("/v1/facturen", "/v1/facturen/2018-000001", "/v1/facturen/2018-000001/onderbouwing", "/v1/abonnementen")


def als_gemeente(wereld, peer: str, code: str, namens: str | None = None) -> dict[str, str]:
    return wereld.issuer.headers(peer, "gemeente", delegator_id=namens, properties={"gemeentecode": code})


def test_alleen_de_vastgelegde_organisatie_ziet_wat_van_de_gemeente_is(wereld):
    wereld.gefactureerd()
    zelf = als_gemeente(wereld, GEMEENTE_PEER, "GM0003")
    vreemd = als_gemeente(wereld, ANDER, "GM0003")
    leverancier = als_gemeente(wereld, LEVERANCIER, "GM0003", namens=GEMEENTE_PEER)
    leverancier_van_ander = als_gemeente(wereld, LEVERANCIER, "GM0003", namens=ANDER)
    namens_zichzelf = als_gemeente(wereld, GEMEENTE_PEER, "GM0003", namens=ANDER)
    for kop in (zelf, vreemd, leverancier, leverancier_van_ander, namens_zichzelf):
        assert wereld.get("/v1/facturen", kop)["count"] == 1
    assert wereld.put("/v1/afnemers/GM0003", {"peerId": GEMEENTE_PEER}).json()["peerId"] == GEMEENTE_PEER
    for pad in PADEN:
        for kop in (zelf, leverancier):
            wereld.get(pad, kop)
        for kop in (vreemd, leverancier_van_ander, namens_zichzelf):
            geweigerd = wereld.get(pad, kop, status=403)
            assert geweigerd["type"].endswith("/andere-afnemer") and "GM0003" in geweigerd["detail"]
            assert GEMEENTE_PEER not in geweigerd["detail"] or kop is namens_zichzelf
    assert wereld.get("/v1/facturen", als_gemeente(wereld, ANDER, "GM0344"))["count"] == 1
    assert wereld.get("/v1/facturen")["count"] > 1


def test_vastgelegde_organisatie_is_geen_andere_gemeente_ook_niet_een_die_nog_van_niemand_is(wereld):
    wereld.gefactureerd()
    wereld.put("/v1/afnemers/GM0003", {"peerId": GEMEENTE_PEER})
    for kop in (als_gemeente(wereld, GEMEENTE_PEER, "GM0344"), als_gemeente(wereld, LEVERANCIER, "GM0344", namens=GEMEENTE_PEER)):
        geweigerd = wereld.get("/v1/facturen", kop, status=403)
        assert geweigerd["type"].endswith("/andere-afnemer") and "vastgelegd als GM0003" in geweigerd["detail"]
    # Its supplier is not itself, and an organisation may be more than one gemeente.
    assert wereld.get("/v1/facturen", als_gemeente(wereld, ANDER, "GM0344"))["count"] == 1
    wereld.get("/v1/facturen", als_gemeente(wereld, GEMEENTE_PEER, "GM0344", namens=ANDER))
    wereld.put("/v1/afnemers/GM0344", {"peerId": GEMEENTE_PEER})
    for code in ("GM0003", "GM0344"):
        assert wereld.get("/v1/facturen", als_gemeente(wereld, GEMEENTE_PEER, code))["results"][0]["gemeentecode"] == code


def test_afnemer_wordt_gewijzigd_en_verwijderd_met_spoor(wereld):
    for peer in (ANDER, GEMEENTE_PEER):
        wereld.put("/v1/afnemers/GM0003", {"peerId": peer})
    assert [(a["gemeentecode"], a["peerId"]) for a in wereld.get("/v1/afnemers")["results"]] == [("GM0003", GEMEENTE_PEER)]
    kop = wereld.administratie()
    assert wereld.client.delete("/v1/afnemers/GM0003", headers=kop).status_code == 204
    assert wereld.client.delete("/v1/afnemers/GM0003", headers=kop).status_code == 404
    assert wereld.get("/v1/afnemers")["count"] == 0
    wereld.get("/v1/facturen", als_gemeente(wereld, ANDER, "GM0003"))


@pytest.mark.parametrize(
    "inhoud", [{}, {"peerId": "1"}, {"peerId": 99}, {"peerId": ANDER, "naam": "x"}, {"peerId": ANDER + "\n"}]
)
def test_ongeldige_afnemer_wordt_geweigerd(wereld, inhoud):
    assert wereld.put("/v1/afnemers/GM0003", inhoud).json()["invalidParams"]


def test_alleen_de_administratie_beheert_afnemers(wereld):
    for kop, status in (({}, 401), (wereld.gemeente("GM0003"), 403), (wereld.issuer.headers(ADMINISTRATIEBUREAU), 403)):
        assert wereld.put("/v1/afnemers/GM0003", {"peerId": ANDER}, headers=kop).status_code == status
        assert wereld.client.get("/v1/afnemers", headers=kop).status_code == status
        assert wereld.client.delete("/v1/afnemers/GM0003", headers=kop).status_code == status


@pytest.mark.parametrize(
    "code", ["gm0003", "GM03", "GM0003\u0000", "GM0003 ", "GM000\u0663", 3, ["GM0003"], {"a": "GM0003"}, True, ""]
)
def test_vreemde_gemeentecode_in_het_contract_is_403(wereld, code):
    kop = wereld.issuer.headers(GEMEENTE_PEER, "gemeente", properties={"gemeentecode": code})
    for pad in PADEN:
        assert "gemeentecode" in wereld.get(pad, kop, status=403)["detail"]

"""For whom a contract acts where the register knows OINs: everything that is done or seen for a gemeente asks the same."""

from __future__ import annotations

import pytest

from tests.catalogus.deelnames import deelname
from tests.catalogus.levensloop import AMSTERDAM, GRONINGEN, IDEE, LEVERANCIER, UTRECHT, Levensloop, soort

VAN_UTRECHT, VAN_AMSTERDAM, VREEMD = "00000099000000000344", "00000099000000000363", "00000099000000000009"


@pytest.fixture
def loop(client, issuer) -> Levensloop:
    loop = Levensloop(client, issuer)
    for code, oin in ((UTRECHT, VAN_UTRECHT), (AMSTERDAM, VAN_AMSTERDAM)):
        invoer = {"waarde": oin, "bron": "Verzonnen (test)", "datum": "2018-01-15"}
        loop.doe("PUT", f"/gemeenten/{code}/identificaties/oin", json=invoer)
    return loop


def contract(loop: Levensloop, peer: str, code: str, rol: str = "gemeente", namens: str | None = None) -> dict[str, str]:
    return loop.issuer.headers(peer, rol, delegator_id=namens, properties={"gemeentecode": code})


def test_alleen_wie_het_oin_van_de_gemeente_heeft_handelt_voor_haar(loop):
    concept = loop.doe("POST", "/initiatieven", 201, als=contract(loop, VAN_UTRECHT, UTRECHT), json=IDEE)["id"]
    loop.voorziening()
    pilot = loop.pilot(status="gepland")
    anders = [
        contract(loop, VREEMD, UTRECHT),
        contract(loop, VAN_AMSTERDAM, UTRECHT),
        contract(loop, VAN_UTRECHT, UTRECHT, namens=VREEMD),
        contract(loop, LEVERANCIER, UTRECHT, "leverancier", VAN_AMSTERDAM),
        contract(loop, VAN_UTRECHT, GRONINGEN),
    ]
    paden = (
        ("POST", "/initiatieven", IDEE),
        ("PATCH", f"/initiatieven/{concept}", {"titel": "Anders"}),
        ("PUT", f"/voorzieningen/proef/steun/{UTRECHT}", {}),
        ("DELETE", f"/voorzieningen/proef/steun/{UTRECHT}", None),
        ("PUT", f"/initiatieven/{concept}/steun/{UTRECHT}", {}),
        ("PUT", f"/pilots/{pilot}/deelnemers/{UTRECHT}", None),
        ("POST", "/deelnames", deelname(UTRECHT)),
    )
    for kop in anders:
        for methode, pad, inhoud in paden:
            geweigerd = loop.doe(methode, pad, 403, als=kop, versie=1, **({} if inhoud is None else {"json": inhoud}))
            assert soort(geweigerd) == "andere-organisatie", (methode, pad)
    zelf = (contract(loop, VAN_UTRECHT, UTRECHT), contract(loop, LEVERANCIER, UTRECHT, "leverancier", VAN_UTRECHT))
    for kop in zelf:
        loop.doe("PUT", f"/voorzieningen/proef/steun/{UTRECHT}", als=kop, json={})
        loop.doe("PUT", f"/pilots/{pilot}/deelnemers/{UTRECHT}", als=kop)
        loop.doe("POST", "/initiatieven", 201, als=kop, json=IDEE)
    # Where the register knows neither of them, the contract alone says so.
    loop.doe("PUT", f"/voorzieningen/proef/steun/{GRONINGEN}", als=contract(loop, VREEMD, GRONINGEN), json={})
    # The OIN of a gemeente that was, is nobody's of today: whoever succeeds it may have it still.
    invoer = {"waarde": VREEMD, "bron": "Verzonnen (test)", "datum": "2018-01-15"}
    loop.doe("PUT", "/gemeenten/GM0007/identificaties/oin", json=invoer)
    loop.doe("PUT", f"/voorzieningen/proef/steun/{GRONINGEN}", als=contract(loop, VREEMD, GRONINGEN), json={})


def test_wie_een_ander_is_ziet_niet_wat_van_de_gemeente_is(loop):
    concept = loop.doe("POST", "/initiatieven", 201, als=contract(loop, VAN_UTRECHT, UTRECHT), json=IDEE)["id"]
    waar = (f"/v1/initiatieven/{concept}", f"/v1/initiatieven/{concept}/versies", f"/v1/initiatieven/{concept}/steun")
    verteld = f"/v1/gebeurtenissen?onderwerp=/v1/initiatieven/{concept}"
    for kop, ziet in (
        (contract(loop, VAN_UTRECHT, UTRECHT), True),
        (contract(loop, LEVERANCIER, UTRECHT, "leverancier", VAN_UTRECHT), True),
        (contract(loop, VREEMD, UTRECHT), False),
        (contract(loop, LEVERANCIER, UTRECHT, "leverancier", VREEMD), False),
    ):
        assert {loop.client.get(pad, headers=kop).status_code for pad in waar} == {200 if ziet else 404}
        assert loop.client.get("/v1/initiatieven", headers=kop).json()["count"] == ziet
        assert loop.client.get(verteld, headers=kop).json()["count"] == ziet

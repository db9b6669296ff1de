"""Outcomes of the catalogus API."""

from __future__ import annotations

from tests.contract.proef import Proef

NIEUW = {
    "code": "proef",
    "naam": "Proefvoorziening",
    "soort": "app",
    "domein": "generiek",
    "omschrijving": "Voor deze test.",
    "bronvermelding": "Verzonnen (test)",
}


def scenario(proef: Proef) -> None:
    for path, status in (
        ("/gemeenten?page=0", 400),
        ("/gemeenten/GM0344", 200),
        ("/gemeenten/GM9999", 404),
        ("/gemeenten/x", 400),
        ("/gemeenten/GM0344/inwonertallen", 200),
        ("/gemeenten/GM9999/inwonertallen", 404),
        ("/gemeenten/x/inwonertallen", 400),
        ("/herindelingen?vanaf=gisteren", 400),
        ("/voorzieningen?page=x", 400),
        ("/voorzieningen/kindertelefoon", 200),
        ("/voorzieningen/geen", 404),
        ("/voorzieningen/GEEN", 400),
        ("/voorzieningen/facetten?soort=geen", 400),
        ("/voorzieningen/facetten?zoek=overlijden", 200),
        ("/voorzieningen/kindertelefoon/versies", 200),
        ("/voorzieningen/geen/versies", 404),
        ("/voorzieningen/kindertelefoon/versies?page=x", 400),
    ):
        assert proef.client.get("/v1" + path).status_code == status, path
    assert proef.client.get("/v1/voorzieningen/kindertelefoon", headers={"If-None-Match": '"1"'}).status_code == 304
    proef.doe("POST", "/voorzieningen", 201, json=NIEUW)
    proef.doe("POST", "/voorzieningen", 409, json=NIEUW)
    proef.doe("POST", "/voorzieningen", 409, json={**NIEUW, "code": "dubbel", "bouwstenen": ["BAG", "BAG"]})
    for wijziging, kop, status in (
        ({"publicatiestatus": "gepubliceerd"}, {"If-Match": '"1"'}, 200),
        ({"publicatiestatus": "concept"}, {"If-Match": '"2"'}, 409),
        ({"naam": "Anders"}, {"If-Match": '"1"'}, 412),
        ({"naam": "Anders"}, {}, 428),
        ({"naam": None}, {"If-Match": '"2"'}, 400),
    ):
        proef.doe("PATCH", "/voorzieningen/proef", status, json=wijziging, headers=kop)
    proef.doe("PATCH", "/voorzieningen/geen", 404, json={}, headers={"If-Match": "*"})

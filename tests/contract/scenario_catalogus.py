"""Outcomes of the catalogus API."""

from __future__ import annotations

from tests.contract.proef import Proef


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
    ):
        assert proef.client.get("/v1" + path).status_code == status, path

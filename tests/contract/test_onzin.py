"""No operation of a service fails on nonsense, whoever sends it: each is refused with a problem, or means one thing."""

from __future__ import annotations

import logging

import pytest

from tests.contract.onzin import bezwaren
from tests.contract.test_gedrag import PROEVEN

ROLLEN = {
    "catalogus": [None, "catalogusbeheer", "gemeente"],
    "fonds": [None, "fondsbeheerder", "administratie", "bestuur", "gemeente", "\x00"],
    "abonnement": [None, "administratie", "gemeente", "\x00"],
}
VREEMDE_EIGENSCHAPPEN = [["gemeente"], {"a": "gemeente"}, 5, True, "", "gemeente\x00"]


@pytest.mark.parametrize("naam", ROLLEN)
def test_geen_bewerking_valt_om_van_onzin(naam, templates, tmp_path, caplog):
    caplog.set_level(logging.CRITICAL, "gemeengoed")  # thousands of refusals
    with PROEVEN[naam][0](templates, tmp_path) as made:
        rollen = {
            str(rol): {} if rol is None else made.kop(rol, **({"gemeentecode": "GM0344"} if rol == "gemeente" else {}))
            for rol in ROLLEN[naam]
        }
        gedaan, gevonden = bezwaren(made.telling.app, made.telling.document, rollen)
    assert gedaan > 500
    assert gevonden == []


@pytest.mark.parametrize("naam", ["fonds", "abonnement"])
def test_vreemde_eigenschappen_in_een_contract_geven_geen_500(naam, templates, tmp_path):
    with PROEVEN[naam][0](templates, tmp_path) as made:
        paden = [pad for pad in made.telling.document["paths"] if "{" not in pad and pad not in ("/openapi.json", "/health")]
        for rol in ("gemeente", "administratie", *VREEMDE_EIGENSCHAPPEN):
            for code in ("GM0344", *VREEMDE_EIGENSCHAPPEN):
                for pad in paden:
                    antwoord = made.client.get(f"/v1{pad}", headers=made.kop(rol, gemeentecode=code))
                    # A report of participation needs a peiling, and there is none.
                    mag = {200, 400, 403, 405, *([409] if pad.startswith("/rapportages/deelname") else [])}
                    assert antwoord.status_code in mag, (rol, code, pad, antwoord.text)

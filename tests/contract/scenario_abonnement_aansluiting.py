"""Outcomes of comparing with fonds."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from tests.contract.proef import Proef

GEEN = uuid.uuid4()


def scenario(proef: Proef, werk: Callable[[Proef], None]) -> None:
    gevraagd = proef.doe("POST", "/aansluitingen", 202)
    proef.doe("POST", "/aansluitingen", 200)
    proef.outway.boekingen.popitem()
    werk(proef)
    pad = f"/aansluitingen/{gevraagd['id']}"
    assert proef.doe("GET", pad, 200)["status"] == "vergeleken"
    assert proef.doe("GET", f"{pad}/verschillen", 200)["count"] > 0
    proef.doe("GET", "/aansluitingen", 200)
    proef.doe("POST", "/aansluitingen", 409, headers={"Idempotency-Key": "opnieuw"})
    proef.doe("POST", "/aansluitingen", 400, headers={"Idempotency-Key": "x" * 300})
    for anders in (f"/aansluitingen/{GEEN}", f"/aansluitingen/{GEEN}/verschillen"):
        proef.doe("GET", anders, 404)
    for anders in ("/aansluitingen/x", "/aansluitingen/x/verschillen", "/aansluitingen?page=0", f"{pad}/verschillen?soort=geen"):
        proef.doe("GET", anders, 400)

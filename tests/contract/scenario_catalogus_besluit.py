"""Outcomes of besluiten."""

from __future__ import annotations

import uuid

from tests.catalogus.besluiten import PUNTEN, besluit
from tests.contract.proef import Proef

GEEN = uuid.uuid4()


def besluiten(proef: Proef) -> None:
    bestuur, college = proef.kop("bestuur"), proef.kop("college")
    advies = proef.doe(
        "POST", "/besluiten", 201, als=college, json=besluit("advies", "College", adviesOver="opschaling", **PUNTEN)
    )
    volgt = {"advies": advies["id"], "adviesGevolgd": True, **PUNTEN}
    eerste = proef.doe("POST", "/besluiten", 201, als=bestuur, json=besluit("opschaling", **volgt))
    proef.doe("POST", "/besluiten", 201, json=besluit("kaderbesluit", "BALV", voorzieningen=[], uitkomst="niet bekend"))
    proef.doe("POST", "/besluiten", 201, als=bestuur, json=besluit("beeindiging", volgtOp=eerste["id"]))
    for anders in (
        {"volgtOp": eerste["id"]},
        {"volgtOp": str(GEEN)},
        {"voorzieningen": ["geen"]},
        {"voorzieningen": []},
    ):
        proef.doe("POST", "/besluiten", 409, als=bestuur, json=besluit("beeindiging", **anders))
    proef.doe("POST", "/besluiten", 403, als=college, json=besluit())
    proef.doe("POST", "/besluiten", 403, als=proef.zonder_rol, json=besluit())
    proef.doe("POST", "/besluiten", 401, als={}, json=besluit())
    proef.doe("POST", "/besluiten", 400, json={})
    for pad, status in (
        ("/besluiten?gremium=bestuur&soort=opschaling&uitkomst=positief&voorziening=govroam", 200),
        ("/besluiten?vanaf=2018-01-01&tot=2018-02-01&sorteer=datum", 200),
        ("/besluiten?gremium=raad", 400),
        (eerste["pad"].removeprefix("/v1"), 200),
        (f"/besluiten/{GEEN}", 404),
        ("/besluiten/geen", 400),
        ("/voorzieningen/govroam/besluiten", 200),
        ("/voorzieningen/geen/besluiten", 404),
        ("/voorzieningen/govroam/besluiten?sorteer=titel", 400),
        ("/voorzieningen/govroam/grondslag?voor=opschaling&op=2018-01-09", 200),
        ("/voorzieningen/geen/grondslag?voor=opschaling", 404),
        ("/voorzieningen/govroam/grondslag", 400),
    ):
        proef.doe("GET", pad, status)

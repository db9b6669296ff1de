"""Outcomes of events, of the catalogue as files, and of what a caller asks of an entry."""

from __future__ import annotations

import uuid

from tests.contract.proef import Proef

VORMEN = ("csv", "xlsx", "jsonld")


def gebeurtenissen_en_vormen(proef: Proef) -> None:
    (eerste, *_) = proef.doe("GET", "/gebeurtenissen", 200)["results"]
    feed = "/v1/gebeurtenissen/gebeurtenissen.atom"
    bekend = proef.client.get(feed).headers["etag"]
    assert proef.client.get(feed, headers={"If-None-Match": bekend}).status_code == 304
    assert proef.client.get(feed, headers={"If-None-Match": "x" * 501}).status_code == 400
    for pad, status in (
        (f"/gebeurtenissen?type={eerste['type']}&onderwerp={eerste['subject']}&na=0&sinds=2018-01-01T00:00:00Z", 200),
        ("/gebeurtenissen?na=x", 400),
        (f"/gebeurtenissen/{eerste['id']}", 200),
        (f"/gebeurtenissen/{uuid.uuid4()}", 404),
        ("/gebeurtenissen/x", 400),
        *((f"/voorzieningen/export.{vorm}?zoek=overlijden&sorteer=naam", 200) for vorm in VORMEN),
        *((f"/voorzieningen/export.{vorm}?soort=geen", 400) for vorm in VORMEN),
        ("/voorzieningen?fields=code,mateVanBinding&expand=mijlpalen", 200),
        ("/voorzieningen?fields=geen", 400),
        ("/voorzieningen/kindertelefoon?fields=versie&expand=mijlpalen", 200),
        ("/voorzieningen/kindertelefoon?expand=geen", 400),
        ("/gemeenten/GM0140?op=2017-12-31", 200),
        ("/gemeenten/GM1949?op=2017-12-31", 404),
        ("/gemeenten/GM0140?op=2011-12-31", 400),
        ("/mijlpalen/start-opschaling?op=2100-01-01", 200),
        ("/mijlpalen/start-opschaling?op=2001-01-01", 404),
    ):
        proef.doe("GET", pad, status)

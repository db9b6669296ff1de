"""The billing round over HTTP, on the real CBS figures."""

from __future__ import annotations


def test_ronde(wereld):
    ronde = wereld.gefactureerd()
    import json; print(json.dumps(ronde, indent=1))
    print(json.dumps(wereld.get("/v1/facturen?pageSize=1"), indent=1))
    print(json.dumps(wereld.get("/v1/facturen/2018-000001"), indent=1))
    print(json.dumps(wereld.get("/v1/facturen/2018-000001/onderbouwing"), indent=1))
    print(wereld.outway.saldi())
    assert ronde["status"] == "geboekt"

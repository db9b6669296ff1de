from tests.catalogus.conftest import NU
import pytest
@pytest.fixture
def clock():
    return NU
def test_x(client, als):
    r = client.post("/v1/voorzieningen/govroam/deelnamevoorwaarden", headers=als("catalogusbeheer"), json={"vanaf":"2020-01-01","kosten":"x","opzegtermijnMaanden":3,"opzeggenTegen":"einde maand","uittreden":"y","bronvermelding":"z"})
    print(r.status_code, r.text)
    r = client.post("/v1/deelnames", headers=als("catalogusbeheer"), json={"voorziening":"govroam","gemeentecode":"GM0344","status":"aangemeld","voorwaardenVersie":1,"inkoopgrond":"geen"})
    print(r.status_code, r.text)
    pad = r.headers["location"]
    for naar in ("in implementatie","in gebruik"):
        r = client.post(pad+"/overgangen", headers=als("catalogusbeheer"), json={"naar":naar})
        print(r.status_code, r.text)
    for p in ("/v1/deelnames","/v1/dekking","/v1/dekking?per=provincie","/v1/dekking/voorzieningen?pageSize=3","/v1/voorzieningen/govroam/dekking","/v1/collectiviseringsgraad"):
      for k in ({}, als("catalogusbeheer")):
        r = client.get(p, headers=k)
        print(p, r.status_code, r.text[:1500])
    assert 0

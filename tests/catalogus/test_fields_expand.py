"""What a caller asks of an entry: some members, what belongs to it, and how it was on a day."""

from __future__ import annotations

import pytest
from catalogus_api.routekaart.service import PER_VOORZIENING
from catalogus_api.voorziening.uitbreiding import UITBREIDINGEN
from gemeengoed_kit.clock import FixedClock
from gemeengoed_kit.testing import moment

from tests.catalogus.mijlpalen import Beheer
from tests.contract.test_lijst_kost import geteld

EEN = "/v1/voorzieningen/govroam"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(moment("2018-01-15T09:00"))


@pytest.fixture
def beheer(client, issuer) -> Beheer:
    return Beheer(client, issuer)


def test_fields_geeft_alleen_wat_gevraagd_is(client):
    heel = client.get(EEN).json()
    assert "uitgebreid" not in heel
    for fields in ("naam", "naam,versie,gewijzigdOp", "mateVanBinding,mateVanBinding", ",".join(heel)):
        gevraagd = {"code", *fields.split(",")}
        antwoord = client.get(f"{EEN}?fields={fields}")
        assert antwoord.json() == {naam: heel[naam] for naam in gevraagd} and antwoord.headers["etag"] == '"1"'
    assert client.get(f"{EEN}?fields=naam", headers={"If-None-Match": '"1"'}).status_code == 304
    pagina = client.get("/v1/voorzieningen?fields=naam,fase&pageSize=3").json()
    assert [set(een) for een in pagina["results"]] == [{"code", "naam", "fase"}] * 3
    assert "fields=naam%2Cfase" in pagina["next"] and pagina["previous"] is None


@pytest.mark.parametrize("pad", [EEN, "/v1/voorzieningen"])
def test_onbekende_namen_worden_allemaal_genoemd(client, pad):
    for naam in ("fields", "expand"):
        (fout,) = client.get(f"{pad}?{naam}=naam,geen,Mijlpalen,").json()["invalidParams"]
        assert fout["name"] == naam and "geen, Mijlpalen, " in fout["reason"] and "kies uit" in fout["reason"]
        assert client.get(f"{pad}?{naam}=").status_code == 400
        assert client.get(f"{pad}?{naam}={'naam,' * 300}naam").status_code == 400
    assert client.get("/v1/voorzieningen?fields=vindplaatsen").status_code == 400, "a list has no vindplaatsen"


def test_expand_geeft_wat_de_aanroeper_er_zelf_van_kan_vragen(client, issuer, beheer):
    beheer.maak("openbaar", voorziening="govroam", begin="2017-01-01")
    beheer.maak("geheim", voorziening="govroam", publicatiestatus="concept")
    beheer.maak("elders", voorziening="gibit")
    for kop in ({}, issuer.headers("00000099000000000002", "gemeente"), beheer.kop):
        zelf = client.get("/v1/mijlpalen?voorziening=govroam&pageSize=500", headers=kop).json()["results"]
        een = client.get(f"{EEN}?expand=mijlpalen", headers=kop)
        assert een.json()["uitgebreid"] == {"mijlpalen": zelf} and len(zelf) == (3 if kop is beheer.kop else 2)
        assert "etag" not in een.headers, "a mijlpaal changes without the voorziening"
        lijst = client.get("/v1/voorzieningen?expand=mijlpalen&fields=naam&pageSize=500", headers=kop).json()["results"]
        per_code = {een["code"]: een["uitgebreid"]["mijlpalen"] for een in lijst}
        assert per_code["govroam"] == zelf and set(lijst[0]) == {"code", "naam", "uitgebreid"}
        alle = client.get("/v1/mijlpalen?pageSize=500", headers=kop).json()["results"]
        assert sorted(m["id"] for van in per_code.values() for m in van) == sorted(m["id"] for m in alle if m["voorziening"])
    assert client.get(f"{EEN}?expand=mijlpalen", headers={"If-None-Match": '"1"'}).status_code == 200


def test_van_elke_voorziening_komen_de_eerste_mijlpalen_mee(client, beheer):
    for nummer in range(PER_VOORZIENING + 1):
        beheer.maak(f"proef-{nummer:02}", voorziening="gibit", begin=f"20{40 - nummer}-01-01")
    beheer.maak("elders", voorziening="govroam")
    alle = client.get("/v1/mijlpalen?voorziening=gibit&pageSize=500").json()["results"]
    lijst = client.get("/v1/voorzieningen?expand=mijlpalen&pageSize=500").json()["results"]
    per_code = {een["code"]: een["uitgebreid"]["mijlpalen"] for een in lijst}
    assert per_code["gibit"] == alle[:PER_VOORZIENING] and len(alle) > PER_VOORZIENING
    assert "elders" in [een["id"] for een in per_code["govroam"]]


@pytest.mark.parametrize("naam", UITBREIDINGEN)
def test_elke_uitbreiding_kost_evenveel_opdrachten_voor_alle_als_voor_een(client, beheer, naam):
    beheer.maak(voorziening="govroam")
    opdrachten = []
    for grootte in (1, 41):
        with geteld() as gedaan:
            assert len(client.get(f"/v1/voorzieningen?expand={naam}&pageSize={grootte}").json()["results"]) == grootte
        opdrachten.append(len(gedaan))
    assert opdrachten[0] == opdrachten[1]


def test_mijlpaal_en_wat_bij_een_voorziening_hoort_zoals_zij_op_een_dag_waren(client, clock, issuer, beheer):
    beheer.maak(voorziening="govroam", naam="Eerst")
    beheer.maak("later-openbaar", voorziening="govroam", publicatiestatus="concept", naam="Geheim")
    clock.moment = moment("2018-02-01T09:00")
    nu = issuer.headers("00000099000000000005", "catalogusbeheer")
    for id, wijziging in (
        ("proef", {"naam": "Dan", "voorziening": "gibit"}),
        ("later-openbaar", {"publicatiestatus": "gepubliceerd"}),
    ):
        antwoord = client.patch(f"/v1/mijlpalen/{id}", json=wijziging, headers={**nu, "If-Match": '"1"'})
        assert antwoord.status_code == 200, antwoord.text
    for op, naam, versie in (("2018-01-15", "Eerst", 1), ("2018-01-31", "Eerst", 1), ("2018-02-01", "Dan", 2)):
        antwoord = client.get(f"/v1/mijlpalen/proef?op={op}")
        assert (antwoord.json()["naam"], antwoord.headers["etag"]) == (naam, f'"{versie}"')
    assert client.get("/v1/mijlpalen/proef?op=2018-01-14").status_code == 404
    assert client.get("/v1/mijlpalen/later-openbaar?op=2018-01-31").status_code == 404, "it was a concept then"
    assert client.get("/v1/mijlpalen/later-openbaar?op=2018-01-31", headers=nu).status_code == 200
    toen = {m["id"] for m in client.get(f"{EEN}?expand=mijlpalen&op=2018-01-31").json()["uitgebreid"]["mijlpalen"]}
    dan = {m["id"] for m in client.get(f"{EEN}?expand=mijlpalen&op=2018-02-01").json()["uitgebreid"]["mijlpalen"]}
    assert toen == {"proef", "govroam-landelijk-dekkend"} and dan == {"later-openbaar", "govroam-landelijk-dekkend"}


def test_gemeente_zoals_zij_op_een_dag_was(client):
    def op(code: str, dag: str) -> dict:
        return client.get(f"/v1/gemeenten/{code}?op={dag}").json()

    voor, na = op("GM0140", "2017-12-31"), op("GM0140", "2018-01-01")
    assert (voor["einddatum"], voor["opvolgers"]) == (None, [])
    assert na == client.get("/v1/gemeenten/GM0140").json() and na["einddatum"] == "2017-12-31" and na["opvolgers"]
    assert client.get("/v1/gemeenten/GM1949?op=2017-12-31").status_code == 404
    assert op("GM1949", "2018-01-01")["begindatum"] == "2018-01-01"
    assert client.get("/v1/gemeenten/GM0140?op=2011-12-31").status_code == 400, "who existed then is not known here"

"""Problems by name: an answer's `type` leads to what it means, and the specification names it with the operation."""

from __future__ import annotations

import pytest
from gemeengoed_kit.errors import GENERAL
from gemeengoed_kit.problem import problem

from tests.kit.test_edge import STUIVER, is_problem


def test_type_van_een_weigering_leidt_naar_haar_uitleg(client, munter):
    assert client.post("/v1/munten", json=STUIVER, headers=munter).status_code == 201
    geweigerd = is_problem(client.post("/v1/munten", json=STUIVER, headers=munter), 409)
    uitleg = client.get(geweigerd["type"])
    assert uitleg.status_code == 200
    assert uitleg.json() == {
        "type": "/v1/problemen/al-bekend",
        "status": 409,
        "title": "Munt al bekend",
        "betekenis": "Er is al een munt met deze naam.",
        "oplossing": "Kies een andere naam.",
    }


def test_ook_de_rand_van_de_dienst_weigert_met_een_soort_dat_uitleg_heeft(client, munter):
    antwoorden = [
        client.get("/v1/munten/stuiver"),
        client.get("/v1/niets", headers=munter),
        client.put("/v1/munten", headers=munter),
        client.get("/v1/munten", headers={**munter, "Accept": "text/csv"}),
        client.get("/v1/munten?" + "x" * 9000, headers=munter),
    ]
    assert [antwoord.status_code for antwoord in antwoorden] == [401, 404, 405, 406, 414]
    for antwoord in antwoorden:
        soort = client.get(antwoord.json()["type"]).json()
        assert (soort["status"], soort["title"]) == (antwoord.status_code, antwoord.json()["title"])


def test_lijst_heeft_elk_soort_een_keer_op_status(client):
    soorten = client.get("/v1/problemen").json()["results"]
    assert len({soort["type"] for soort in soorten}) == len(soorten) > len(GENERAL)
    assert [soort["status"] for soort in soorten] == sorted(soort["status"] for soort in soorten)


def test_onbekend_soort_is_er_niet(client):
    assert is_problem(client.get("/v1/problemen/geen"), 404)["type"] == "/v1/problemen/probleem-niet-gevonden"


@pytest.mark.parametrize("status", GENERAL)
def test_zonder_eigen_soort_geldt_dat_van_de_status(status):
    inhoud = problem(status, "zo").body.decode()
    assert f'"/v1/problemen/{GENERAL[status].type}"' in inhoud and GENERAL[status].title in inhoud


def test_specificatie_noemt_wat_een_bewerking_weigert_en_wat_niet(client):
    paden = client.get("/v1/openapi.json").json()["paths"]
    soorten = paden["/munten"]["post"]["responses"]["409"]["content"]["application/problem+json"]["examples"]
    assert set(soorten) == {"al-bekend", "idempotentiesleutel-hergebruikt"}
    assert "409" not in paden["/munten"]["get"]["responses"]

"""Every API against its own specification: generated requests, and a census that each documented outcome was reached."""

from __future__ import annotations

from collections.abc import Iterator

import catalogus_api.app
import catalogus_api.settings
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode

from tests.catalogus import conftest as catalogus
from tests.contract import scenario_catalogus
from tests.contract.bezoek import bezoek_alle
from tests.contract.proef import Proef, proef

VOORBEELDEN = 25
PEER, JWKS = "00000099000000000001", "http://manager.test/jwks"


@pytest.fixture(scope="module")
def catalogus_proef(templates) -> Iterator[tuple[Proef, object]]:
    database = templates.copy("catalogus", catalogus.prepare)
    instellingen = catalogus_api.settings.Settings(database_url=database.url, peer_id=PEER, jwks_url=JWKS)
    with proef(catalogus_api.app.service, instellingen, catalogus.CLOCK, "gemeente") as made:
        yield made, scenario_catalogus.scenario
    templates.drop(database)


@pytest.mark.parametrize("naam", ["catalogus"])
def test_gegenereerde_aanvragen_en_telling_van_uitkomsten(naam, request):
    made, scenario = request.getfixturevalue(f"{naam}_proef")
    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", made.telling)
    for result in schema.get_all_operations():
        _probeer(made, result.ok())
    bezoek_alle(made.client, made.telling.document, made.zonder_rol, made.kop())
    scenario(made)
    assert made.telling.ongedocumenteerd() == []
    assert made.telling.ontbreekt() == []


def _probeer(made: Proef, operation: APIOperation) -> None:
    """Valid and invalid requests to one operation; each answer must be one that the specification describes."""

    @given(data=st.data())
    @settings(max_examples=VOORBEELDEN, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def probeer(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(list(GenerationMode)))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.validate_response(case.call(headers=made.kop()))

    probeer()

"""Every API against its own specification: generated requests, and a census that each documented outcome was reached."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import abonnement_api.app
import abonnement_api.settings
import catalogus_api.app
import catalogus_api.settings
import fonds_api.app
import fonds_api.settings
import pytest
import schemathesis
from gateway.beheer.app import build, build_api
from gateway.db import migrate as migrate_gateway
from gateway.deployment import Deployment
from gateway.pki.authority import DevelopmentPki
from gateway.settings import GatewaySettings
from gemeengoed_kit.clock import SystemClock
from gemeengoed_kit.process import migrate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, CheckFunction, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.abonnement.outway import ALIASES, Outway
from tests.catalogus import conftest as catalogus
from tests.contract import scenario_abonnement, scenario_catalogus, scenario_fonds, scenario_gateway
from tests.contract.bezoek import bezoek_alle
from tests.contract.draait import gateway_draait
from tests.contract.proef import Proef, dienst_proef, geteld

VOORBEELDEN = int(os.environ.get("VOORBEELDEN", "25"))
PEER, JWKS, OUTWAY = "00000099000000000001", "http://manager.test/jwks", "http://127.0.0.1:9"
TOKEN = "alleen-voor-deze-tests"


@contextmanager
def catalogus_proef(templates, folder) -> Iterator[Proef]:
    database = templates.copy("catalogus", catalogus.prepare)
    instellingen = catalogus_api.settings.Settings(database_url=database.url, peer_id=PEER, jwks_url=JWKS)
    with dienst_proef(catalogus_api.app.service, instellingen, catalogus.NU, "catalogusbeheer") as made:
        yield made
    templates.drop(database)


@contextmanager
def fonds_proef(templates, folder) -> Iterator[Proef]:
    database = templates.copy("fonds", lambda made: migrate(fonds_api.app.service, made.owner_url))
    instellingen = fonds_api.settings.Settings(
        database_url=database.url, peer_id=PEER, jwks_url=JWKS, outway_url=OUTWAY, aliases={"catalogus": "catalogus"}
    )
    with dienst_proef(fonds_api.app.service, instellingen, catalogus.CLOCK, "fondsbeheerder") as made:
        yield made
    templates.drop(database)


@contextmanager
def abonnement_proef(templates, folder) -> Iterator[Proef]:
    database = templates.copy("abonnement", lambda made: migrate(abonnement_api.app.service, made.owner_url))
    outway = Outway()
    outway.gemeenten = outway.gemeenten[:5]
    instellingen = abonnement_api.settings.Settings(
        database_url=database.url,
        peer_id=PEER,
        jwks_url=JWKS,
        outway_url=outway.url,
        rekening_iban=scenario_abonnement.IBAN,
        aliases=ALIASES,
    )
    with dienst_proef(abonnement_api.app.service, instellingen, catalogus.CLOCK, "administratie") as made:
        made.outway = outway
        yield made
    outway.stop()
    templates.drop(database)


@contextmanager
def gateway_proef(templates, folder) -> Iterator[Proef]:
    database = templates.copy("gateway", lambda made: migrate_gateway(made.owner_url))
    clock = SystemClock()
    DevelopmentPki(folder / "pki").create(now=clock.now())
    deployment = Deployment(
        GatewaySettings(
            database_url=database.url, run_dir=folder, keys_dir=folder / "keys", dev_pki_dir=folder / "pki", beheer_token=TOKEN
        ),
        clock,
    )
    telling, client = geteld(build(deployment), build_api())
    with gateway_draait(folder):
        yield Proef(telling, client, lambda: {"Authorization": f"Bearer {TOKEN}"}, deployment=deployment)
    deployment.engine.dispose()
    templates.drop(database)


schemathesis.openapi.format("date", st.dates(date(1999, 6, 1), date(2101, 6, 1)).map(str))
schemathesis.openapi.format(
    "date-time",
    st.datetimes(datetime(1999, 6, 1), datetime(2101, 6, 1)).map(lambda moment: moment.isoformat(timespec="seconds") + "Z"),
)
# Of all dates that JSON Schema knows, one in a hundred lies in the window of the specifications' patterns.
schemathesis.serializer.alias("application/pdf", "application/octet-stream")

PROEVEN = {
    "catalogus": (catalogus_proef, scenario_catalogus.scenario),
    "fonds": (fonds_proef, scenario_fonds.scenario),
    "abonnement": (abonnement_proef, scenario_abonnement.scenario),
    "gateway": (gateway_proef, scenario_gateway.scenario),
}


@pytest.mark.parametrize("naam", PROEVEN)
def test_gegenereerde_aanvragen_en_telling_van_uitkomsten(naam, templates, tmp_path):
    proef, scenario = PROEVEN[naam]
    with proef(templates, tmp_path) as made:
        scenario(made)
        bezoek_alle(made)
        schema = schemathesis.openapi.from_dict(zonder_beveiliging(made.telling.document))
        schema.app = made.telling
        schema.config.generation.update(allow_x00=False)  # text with NUL is refused everywhere; see tests/kit/test_schema.py
        for result in schema.get_all_operations():
            _probeer(made, result.ok())
        assert made.telling.ongedocumenteerd() == []
        assert made.telling.ontbreekt() == []


def zonder_beveiliging(document: dict[str, Any]) -> dict[str, Any]:
    """The specification without tokens: `bezoek_alle` tries those, and here they would take the place of invalid input."""
    kopie = copy.deepcopy(document)
    for item in kopie["paths"].values():
        for operation in item.values():
            operation.pop("security", None)
    kopie["components"].pop("securitySchemes")
    return kopie


def _probeer(made: Proef, operation: APIOperation) -> None:
    """Valid and invalid requests to one operation; each answer must be one that the specification describes."""

    manieren = {mode: operation.as_strategy(generation_mode=mode) for mode in GenerationMode}

    @given(data=st.data())
    @settings(max_examples=VOORBEELDEN, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def probeer(data: st.DataObject) -> None:
        case = data.draw(manieren[data.draw(st.sampled_from(list(GenerationMode)))])
        case.validate_response(case.call(headers=made.kop_voor(operation.definition.raw)), excluded_checks=_telt_niet(case))

    probeer()


def _telt_niet(case: Case) -> list[CheckFunction]:
    """Checks that cannot judge this request.

    JSON Schema cannot say what a valid bank statement is, nor which version of something is the last; and an empty list or
    null in a query is not sent at all, so that what the generator holds for invalid may be valid on the wire.
    """
    geen_json = case.media_type not in (None, "application/json")
    van_versie = "428" in case.operation.definition.raw["responses"]
    verdwijnt = any(waarde in (None, [], {}) for waarde in (case.query or {}).values())
    return [*([positive_data_acceptance] if geen_json or van_versie else []), *([negative_data_rejection] if verdwijnt else [])]

"""One habit for refusals: what is asked for itself is `…-niet-gevonden` (404), what the input refers to `onbekend-…` (409)."""

from __future__ import annotations

import re

from abonnement_api.app import api as abonnement
from catalogus_api.app import api as catalogus
from fonds_api.app import api as fonds
from gemeengoed_kit.errors import Conflict, NotFound, Refusal
from gemeengoed_kit.problems import kinds_of

from tests.contract.apis import APIS


def weigeringen(soort: type[Refusal]) -> list[type[Refusal]]:
    """All refusals under a class, of every API."""
    assert APIS
    onder = [een for een in soort.__subclasses__() if een.__module__.partition(".")[0] != "tests"]
    return [*onder, *(dieper for een in onder for dieper in weigeringen(een))]


def test_wat_er_niet_is_heet_niet_gevonden():
    assert len(weigeringen(NotFound)) > 15
    assert [een.type for een in weigeringen(NotFound) if not een.type.endswith("-niet-gevonden")] == []


def test_elke_weigering_van_een_dienst_is_er_op_te_vragen():
    """What no operation declares and no work in the background may end with, would be explained nowhere."""
    for naam, api in {"abonnement_api": abonnement, "catalogus_api": catalogus, "fonds_api": fonds}.items():
        eigen = {een.type for een in weigeringen(Refusal) if een.__module__.startswith(f"{naam}.")}
        assert eigen and eigen <= kinds_of(api).keys(), eigen - kinds_of(api).keys()


def test_waar_de_invoer_tevergeefs_naar_verwijst_heet_onbekend():
    alle = {een.type: een.status for een in weigeringen(Refusal)}
    assert {status for soort, status in alle.items() if re.match("onbekende?-", soort)} == {Conflict.status}

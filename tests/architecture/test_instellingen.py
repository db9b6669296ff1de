"""Each README lists exactly the settings that its processes read, with the default that holds."""

from __future__ import annotations

import re

import abonnement_api.settings
import catalogus_api.settings
import fonds_api.settings
import gateway.settings
import pytest
from gemeengoed_kit.observe import logs
from gemeengoed_kit.settings import prefix
from pydantic_core import PydanticUndefined

from tests.conftest import ROOT

README = {
    "services/catalogus-api": catalogus_api.settings.Settings,
    "services/fonds-api": fonds_api.settings.Settings,
    "services/abonnement-api": abonnement_api.settings.Settings,
    "gateway": gateway.settings.GatewaySettings,
}
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) ?\| (.+) \|$", re.MULTILINE)


@pytest.mark.parametrize("folder", README)
def test_readme_noemt_elke_instelling_met_haar_standaardwaarde(folder):
    kind = README[folder]
    fields = {prefix(kind) + name.upper(): field for name, field in kind.model_fields.items()}
    text = (ROOT / folder / "README.md").read_text()
    table = {name: default.strip("`") for name, default, _ in ROW.findall(text)}
    assert len(table) == len(ROW.findall(text)), "a setting stands in the table twice"
    elsewhere = {prefix(kind) + logs.FORMAT, logs.LEVEL, "OTEL_EXPORTER_OTLP_ENDPOINT"} & table.keys()
    assert {prefix(kind) + logs.FORMAT, logs.LEVEL} <= elsewhere
    assert table.keys() - elsewhere == fields.keys()
    for name, field in fields.items():
        if field.default is PydanticUndefined:
            assert table[name] == "", f"{name} has no default"
        elif field.default not in (None, {}):
            assert table[name] == _shown(field.default), name


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, int | float) else str(value)

"""The three services are anonymous: no field of this one can hold a datum about who uses them, or about a contact.

Every column, every member in the specification and every member in stored JSON has a meaning in `betekenissen`. A new one fails
here until somebody has judged it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from abonnement_api.app import api

from tests.abonnement.betekenissen import BETEKENISSEN
from tests.abonnement.test_vast import gevuld  # noqa: F401

pytestmark = pytest.mark.usefixtures("klein")
BEKEND = [naam for namen in BETEKENISSEN.values() for naam in namen.split()]
VAN_ANDEREN = ("procrastinate%", "alembic%")
"""Tables of the job queue (their arguments are years, codes and identifications) and of migrations."""
DATA_ALS_NAAM = re.compile(
    "gm[0-9]{4}|[a-z0-9]+(-[a-z0-9]+)+|xml|[a-z0-9.]+(:.*)?-(regel|r)[0-9]*|bt-.*|br-.*|[0-9].*|peppol.*|nlcius.*"
)
"""Names in stored JSON that are data: of gemeenten, packages, diensten, and rules of e-invoices."""
VERDACHT = re.compile(
    "beller|client|kind|clienten|hulpvra|gesprek|contact(?!$)|bsn|burgerservice|geboorte|geslacht|leeftijd|telefoon|gebruiker|slachtoffer|"
    "bericht_van|chat|dossier|(^|_)melding|ip_?adres"
)
"""What would be about a user, under whatever meaning somebody has put it."""


def met_streepjes(naam: str) -> str:
    """A name as the wire has it, in the form of a column."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", naam).lower().replace("-", "_")


def namen_in(schema: Any) -> Iterator[str]:
    """Every member and parameter in a specification."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
        if "in" in schema and isinstance(schema.get("name"), str):
            yield schema["name"]
        for deel in schema.values():
            yield from namen_in(deel)
    elif isinstance(schema, list):
        for deel in schema:
            yield from namen_in(deel)


def sleutels(inhoud: Any) -> Iterator[str]:
    """Every member in JSON."""
    if isinstance(inhoud, dict):
        yield from inhoud
        for deel in inhoud.values():
            yield from sleutels(deel)
    elif isinstance(inhoud, list):
        for deel in inhoud:
            yield from sleutels(deel)


def test_elke_naam_heeft_een_betekenis_en_geen_gaat_over_een_gebruiker():
    assert len(BEKEND) == len(set(BEKEND)), {naam for naam in BEKEND if BEKEND.count(naam) > 1}
    assert [naam for naam in BEKEND if VERDACHT.search(naam)] == []


def test_geen_veld_van_de_specificatie_is_onbeoordeeld():
    document = api.openapi()
    gevonden = {met_streepjes(naam) for deel in ("paths", "components") for naam in namen_in(document[deel])}
    assert len(gevonden) > 200
    assert sorted(gevonden - set(BEKEND)) == []


def test_geen_kolom_en_geen_opgeslagen_inhoud_is_onbeoordeeld(gevuld):  # noqa: F811
    with psycopg.connect(gevuld.owner_url) as verbinding:
        kolommen = verbinding.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
            "AND NOT table_name LIKE ANY (%s)",
            [list(VAN_ANDEREN)],
        ).fetchall()
        assert len({tabel for tabel, _, _ in kolommen}) > 40
        assert sorted({f"{tabel}.{kolom}" for tabel, kolom, _ in kolommen if kolom not in BEKEND}) == []
        opgeslagen = {(tabel, kolom) for tabel, kolom, soort in kolommen if soort in ("json", "jsonb")}
        assert {("audit", "wijziging"), ("outbox", "inhoud"), ("aanbod", "probleem")} <= opgeslagen
        vreemd = set()
        for tabel, kolom in sorted(opgeslagen):
            for (inhoud,) in verbinding.execute(f"SELECT {kolom} FROM {tabel} WHERE {kolom} IS NOT NULL".encode()):
                vreemd |= {(tabel, naam) for naam in sleutels(inhoud)}
        # An answer that is kept to be replayed is what the specification says; its headers say what it is.
        for (antwoord,) in verbinding.execute(
            "SELECT antwoord FROM idempotentie WHERE antwoord IS NOT NULL AND length(antwoord) > 0"
        ):
            vreemd |= {("idempotentie", naam) for naam in sleutels(json.loads(bytes(antwoord)))}
        diensten = {code for (code,) in verbinding.execute("SELECT code FROM dienst")}
    beoordeeld = {*BEKEND, *diensten}
    onbeoordeeld = {(tabel, naam) for tabel, naam in vreemd if met_streepjes(naam) not in beoordeeld and naam not in beoordeeld}
    assert sorted(naam for naam in onbeoordeeld if not DATA_ALS_NAAM.fullmatch(naam[1].lower())) == []

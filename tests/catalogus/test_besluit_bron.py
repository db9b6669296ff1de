"""The besluiten that come with the product: what they say stands in a paper, and no outcome is made up."""

from __future__ import annotations

import json

import pytest
from catalogus_api.inlezen import BESLUITEN, inlezen

from tests.catalogus.test_voorziening_bron import STUKKEN, kaal

BRON = json.loads(BESLUITEN.read_text("utf-8"))
MEER = {"VNG, BALV 30-11-2016, voorstel B": "002", "Telengy, Collectivisering, de koers van de VNG": "000"}


@pytest.fixture(scope="module")
def stukken(shared) -> dict[str, list[str]]:
    """Pages of each paper, where its text shows where they end; else all of it as one."""
    gelezen = {}
    for stuk, nummer in {**STUKKEN, **MEER}.items():
        tekst = next((shared / "seeds").glob(f"{nummer}_*")).read_text("utf-8")
        gelezen[stuk] = [kaal(pagina) for pagina in (tekst.split("\n ") if nummer == "002" else [tekst])]
    return gelezen


def test_elk_citaat_staat_op_zijn_pagina(stukken):
    for een in BRON:
        assert een["vindplaatsen"], een["titel"]
        for vindplaats in een["vindplaatsen"]:
            paginas = stukken[vindplaats["stuk"]]
            op = [nummer for nummer, tekst in enumerate(paginas, 1) if kaal(vindplaats["citaat"]) in tekst]
            assert op, (een["titel"], vindplaats["citaat"])
            assert len(paginas) == 1 or int(vindplaats["pagina"]) in op, (een["titel"], vindplaats, op)


def test_van_een_voorstel_zonder_uitslag_staat_geen_uitslag(client):
    besluiten = {een["id"]: een for een in client.get("/v1/besluiten?pageSize=500").json()["results"]}
    assert set(besluiten) == {een["id"] for een in BRON}
    voorstellen = {een["id"] for een in BRON if een["tekst"].startswith(("Voorgesteld", "Aan de leden"))}
    assert voorstellen == {id for id, een in besluiten.items() if een["uitkomst"] == "niet bekend"}
    assert {"VNG, BALV 30-11-2016, voorstel " + deel for deel in "ABCD"} <= {
        een["bronvermelding"].split(", p.")[0] for een in BRON
    }
    for een in BRON:
        assert ("staat niet in onze stukken" in een["tekst"]) == (een["id"] in voorstellen)
    d = client.get(next(een["pad"] for een in besluiten.values() if een["titel"].startswith("Voorstel D"))).json()
    assert "Zo is het niet gegaan" in d["tekst"] and (d["vastgelegdDoor"], d["vastgelegdAls"]) == (None, None)
    for code in ("kindertelefoon", "govroam", "common-ground"):
        grond = client.get(f"/v1/voorzieningen/{code}/grondslag?voor=verplichting&op=2026-01-01").json()
        assert not grond["toegestaan"] and grond["besluiten"] == []
    assert "niet bekend" in client.get("/v1/voorzieningen/kindertelefoon/grondslag?voor=beheer").json()["uitleg"]


def test_nog_eens_inlezen_verandert_niets_ook_niet_met_andere_tekst(context, client, tmp_path, monkeypatch):
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["besluit"] == 0
    bestand = tmp_path / "besluiten.json"
    nieuw = {**BRON[0], "id": "00000000-0000-4000-8000-000000000001", "titel": "Erbij (test)"}
    bestand.write_text(json.dumps([{**BRON[0], "titel": "Anders"}, *BRON[1:], nieuw]), "utf-8")
    monkeypatch.setattr("catalogus_api.inlezen.BESLUITEN", bestand)
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["besluit"] == 1
    assert client.get(f"/v1/besluiten/{BRON[0]['id']}").json()["titel"] == BRON[0]["titel"]
    assert client.get(f"/v1/besluiten/{nieuw['id']}").json()["titel"] == "Erbij (test)"

"""The entries that come with the product: what they say stands in a paper, and loading them is repeatable."""

from __future__ import annotations

import json
import re

import pytest
from catalogus_api.inlezen import VOORZIENINGEN, inlezen
from catalogus_api.voorziening.models import VoorzieningVersie
from catalogus_api.voorziening.rules import Beheerstap, Fase
from catalogus_api.voorziening.schemas import NieuweVoorziening
from gemeengoed_kit.schema import Input
from pydantic.alias_generators import to_camel
from sqlalchemy import func, select

BRON = json.loads(VOORZIENINGEN.read_text("utf-8"))
ZES = {"rijbewijzen", "digitale-overlijdensaangifte", "digitale-verhuisservice", "gibit", "ggi-netwerk", "govroam"}
STUKKEN = {
    "VNG, BALV 30-11-2016, voorstel A": "002",
    "VNG, BALV 30-11-2016, voorstel C": "002",
    "VNG, BALV 30-11-2016, voorstel D": "002",
    "VNG, Meerjarenprogramma GGU 2020-2024": "004",
    "VNG, ALV 18-6-2025, collectivisering digitalisering": "003",
}
RUBRIEKEN = {"code", "soort", "spoor", "domein", "bronvermelding", "vindplaatsen"}
"""Our own classification, and the sources themselves."""


def kaal(tekst: str) -> str:
    """Without what differs by the way a page is broken into lines."""
    return re.sub(r"[\s-]", "", tekst)


@pytest.fixture(scope="module")
def stukken(shared) -> dict[str, list[str]]:
    """Pages of each paper, where its text shows where they end; else all of it as one."""
    gelezen = {}
    for stuk, nummer in STUKKEN.items():
        tekst = next((shared / "seeds").glob(f"{nummer}_*")).read_text("utf-8")
        gelezen[stuk] = [kaal(pagina) for pagina in (tekst.split("\n ") if nummer == "002" else [tekst])]
    return gelezen


def test_elk_citaat_staat_op_zijn_pagina(stukken):
    for een in BRON:
        for vindplaats in een["vindplaatsen"]:
            paginas = stukken[vindplaats["stuk"]]
            op = [nummer for nummer, tekst in enumerate(paginas, 1) if kaal(vindplaats["citaat"]) in tekst]
            assert op, (een["code"], vindplaats["citaat"])
            assert len(paginas) == 1 or int(vindplaats["pagina"]) in op, (een["code"], vindplaats, op)


@pytest.mark.parametrize("een", BRON, ids=lambda een: een["code"])
def test_wat_een_voorziening_zegt_heeft_een_vindplaats(een):
    gezegd = {to_camel(naam) for naam, waarde in een.items() if waarde and naam not in RUBRIEKEN}
    assert gezegd <= {naam for vindplaats in een["vindplaatsen"] for naam in vindplaats["over"]}
    assert all(vindplaats["pagina"] for vindplaats in een["vindplaatsen"])


def test_bron_is_wat_ook_een_beheerder_mag_zeggen():
    class Bron(NieuweVoorziening, Input):
        fase: Fase | None = None
        beheerstap: Beheerstap | None = None

    for een in BRON:
        Bron.make(**een)


def test_de_zes_van_2016_en_de_rest_zijn_er(client):
    codes = {een["code"] for een in client.get("/v1/voorzieningen?pageSize=500").json()["results"]}
    assert ZES | {"vertrouwenswerk-jeugd", "kindertelefoon", "luisterend-oor", "nlx", "gbi", "platform-dienstverlening"} <= codes
    assert codes == {een["code"] for een in BRON}
    assert client.get("/v1/voorzieningen/onbekend").status_code == 404


def test_nog_eens_inlezen_verandert_niets(context):
    for _ in range(2):
        with context.sessions.begin() as session:
            assert inlezen(session, context.clock)["voorziening"] == 0
    with context.sessions() as session:
        assert session.scalar(select(func.count()).select_from(VoorzieningVersie)) == len(BRON)


def test_andere_tekst_in_de_bron_wordt_een_versie(context, client, tmp_path, monkeypatch):
    anders = [{**een, "fase": "uitfasering"} if een["code"] == "gibit" else een for een in BRON]
    bestand = tmp_path / "voorzieningen.json"
    bestand.write_text(json.dumps(anders), "utf-8")
    monkeypatch.setattr("catalogus_api.inlezen.VOORZIENINGEN", bestand)
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["voorziening"] == 1
    nieuwste, eerste = client.get("/v1/voorzieningen/gibit/versies").json()["results"]
    assert (eerste["inhoud"]["fase"], nieuwste["inhoud"]["fase"]) == ("in beheer", "uitfasering")
    assert nieuwste["gewijzigd"] == ["fase"] and nieuwste["gewijzigdDoor"] is None


def test_wat_hier_is_gewijzigd_blijft_bij_inlezen(context, client, issuer):
    beheer = issuer.headers("00000099000000000002", "catalogusbeheer")
    client.patch("/v1/voorzieningen/gibit", json={"naam": "GIBIT 2020"}, headers={**beheer, "If-Match": '"1"'})
    with context.sessions.begin() as session:
        assert inlezen(session, context.clock)["voorziening"] == 0
    assert client.get("/v1/voorzieningen/gibit").json()["naam"] == "GIBIT 2020"

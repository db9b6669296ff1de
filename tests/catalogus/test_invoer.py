"""Filters: bounded, in one notation, and never an answer that means something else."""

from __future__ import annotations

from urllib.parse import quote

import pytest

LANGST = 8000
"""Bytes of the Link header that every proxy in between takes."""


def fout(antwoord) -> list[str]:
    assert antwoord.status_code == 400, antwoord.text
    return [param["name"] for param in antwoord.json()["invalidParams"]]


@pytest.mark.parametrize(
    "dag", ["2011-12-31", "1990-01-01", "2005-06-01", "3000-01-01", "0001-01-01", "2101-01-01", "2018-02-30"]
)
def test_gemeenten_van_voor_de_gegevens_of_van_nooit_worden_niet_geraden(client, dag):
    assert fout(client.get(f"/v1/gemeenten?geldigOp={dag}")) == ["geldigOp"]


@pytest.mark.parametrize("dag", ["2012-01-01", "2019-12-31", "2020-01-01", "2100-12-31"])
def test_elke_dag_vanaf_het_begin_van_de_gegevens_mag(client, dag):
    assert client.get(f"/v1/gemeenten?geldigOp={dag}").json()["count"] > 300


@pytest.mark.parametrize("naam", ["naam", "provincie"])
def test_te_lange_en_lege_zoektermen_worden_geweigerd(client, naam):
    for term in ("a" * 61, "", " ", "%C2%A0", "%E2%80%8B", "a%0Ab", "%20a"):
        assert fout(client.get(f"/v1/gemeenten?{naam}={term}")) == [naam]
    assert fout(client.get(f"/v1/voorzieningen?naam={'a' * 61}&domein={'a' * 61}")) == ["domein", "naam"]


def test_accent_los_of_vast_is_dezelfde_naam(client):
    for naam in ("S\u00fadwest", "Su\u0301dwest"):
        assert [g["naam"] for g in client.get("/v1/gemeenten", params={"naam": naam}).json()["results"]] == ["Súdwest-Fryslân"]


def test_langste_zoekvraag_houdt_de_kopregel_link_kort(client):
    """Four links repeat the query; an emoji takes twelve bytes in each."""
    for pad, vraag in (
        ("/v1/gemeenten", f"naam={quote('😀' * 60)}&provincie={quote('😀' * 40)}&geldigOp=2018-01-01&peildatum=2018-01-01"),
        ("/v1/voorzieningen", f"naam={quote('😀' * 60)}&domein={quote('😀' * 60)}"),
    ):
        antwoord = client.get(f"{pad}?{vraag}&page=2&pageSize=500")
        assert antwoord.status_code == 200, antwoord.text
        link = antwoord.headers["link"]
        assert len(link) / link.count("rel=") * 4 < LANGST


@pytest.mark.parametrize(
    "vraag",
    ["page=1_0", "page=%2B1", "page=%201", "page=1.0", "page=%D9%A1", "page=01", "page=", "pageSize=0x10", "page=1&page=1"],
)
def test_bladzij_heeft_een_notatie(client, vraag):
    assert fout(client.get(f"/v1/gemeenten?{vraag}")) == [vraag.split("=")[0]]


def test_filter_dat_twee_keer_komt_wordt_geweigerd(client):
    assert fout(client.get("/v1/gemeenten?naam=a&naam=b")) == ["naam"]


@pytest.mark.parametrize("id", ["a%2Fb", "..%2F..%2Fgemeenten", "a%00", "a%0a", "%FF", "%", "a%5Cb"])
def test_vreemd_id_leidt_nooit_naar_een_andere_resource(client, id):
    antwoord = client.get(f"/v1/voorzieningen/{id}")
    assert antwoord.status_code == 400 and antwoord.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/gemeenten/GM0344%2Finwonertallen").status_code == 400

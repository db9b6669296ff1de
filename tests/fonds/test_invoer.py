"""Entries that cannot be meant: days, texts, and two names of one document."""

from __future__ import annotations

import json

import pytest


def fout(antwoord) -> list[str]:
    assert antwoord.status_code == 400, antwoord.text
    return [param["name"] for param in antwoord.json()["invalidParams"]]


def test_boekdatum_ver_vooruit_of_eeuwen_terug_wordt_geweigerd(client, als, boek, boeking):
    for dag in ("2019-01-17", "2081-02-28", "2100-12-31"):
        antwoord = boek(boeking(boekdatum=dag))
        assert antwoord.status_code == 409 and antwoord.json()["type"].endswith("/datum-te-ver-vooruit")
        assert "2019-01-16" in antwoord.json()["detail"]
    for dag in ("0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"):
        assert fout(boek(boeking(boekdatum=dag))) == ["boekdatum"]
    assert client.get("/v1/boekingen", headers=als("administratie")).json()["count"] == 0
    for dag in ("2000-01-01", "2019-01-16"):
        assert boek(boeking(boekdatum=dag)).status_code == 201


@pytest.mark.parametrize("vraag", ["boekingen?vanaf=0001-01-01", "boekingen?tot=9999-12-31", "rekeningen?datum=1999-12-31"])
def test_dag_buiten_het_venster_in_een_vraag_wordt_geweigerd(client, als, vraag):
    naam = vraag.partition("?")[2].partition("=")[0]
    assert fout(client.get(f"/v1/{vraag}", headers=als("administratie"))) == [naam]


@pytest.mark.parametrize("tekst", ["", " ", "\u00a0\u2003", "\u200b", " voor", "na ", "twee\nregels", "tab\t", "\u202eomgekeerd"])
def test_tekst_die_niets_of_iets_anders_zegt_wordt_geweigerd(boek, boeking, tekst):
    assert fout(boek(boeking(omschrijving=tekst))) == ["omschrijving"]


@pytest.mark.parametrize(
    "pad",
    [
        "/v1//facturen/1",
        "/v1/facturen//1",
        "/v1/facturen/./1",
        "/v1/facturen/../facturen/1",
        "/v1/facturen/1/",
        "/v1/facturen/1/.",
        "/v1/facturen/%31",
        "/V1/facturen/1",
        "/v01/facturen/1",
        "/v1/facturen/1?x=1",
        "/v1/facturen/1#x",
        "/v1/",
        "v1/facturen/1",
        "//v1/facturen/1",
        "/v1/facturen/1\n",
        "/v1/facturen/é",
    ],
)
def test_document_heeft_een_notatie(client, als, boek, boeking, pad):
    assert fout(boek(boeking(pad=pad))) == ["bron.pad"]
    assert fout(client.get("/v1/boekingen", params={"bronPad": pad}, headers=als("administratie"))) == ["bronPad"]


def test_hoofdletters_in_een_pad_zijn_andere_documenten(boek, boeking):
    assert boek(boeking(pad="/v1/facturen/a.b_c~d-1")).status_code == 201
    assert boek(boeking(pad="/v1/facturen/A.b_c~d-1")).status_code == 201


@pytest.mark.parametrize("bedrag", ["100.0000000000000001", "1e400", "1e-400", "1.5", '"900"', "true", "null", "NaN", "9" * 5000])
def test_bedrag_dat_geen_hele_cent_is_wordt_geweigerd(client, als, boeking, bedrag):
    tekst = json.dumps(boeking()).replace("900", bedrag, 1)
    kop = {**als("administratie"), "Idempotency-Key": "a", "Content-Type": "application/json"}
    assert fout(client.post("/v1/boekingen", content=tekst, headers=kop)) == ["regels.0.bedragCent"]


def test_bedrag_mag_als_900_punt_0_worden_geschreven(client, als, boeking):
    tekst = json.dumps(boeking()).replace("900", "9.0e2", 1)
    kop = {**als("administratie"), "Idempotency-Key": "a", "Content-Type": "application/json"}
    antwoord = client.post("/v1/boekingen", content=tekst, headers=kop)
    assert antwoord.status_code == 201 and antwoord.json()["regels"][0]["bedragCent"] == 900


@pytest.mark.parametrize("code", ["gm0344", "GM034", "GM0344\u0000", "GM0344\n", 344, ["GM0344"], {}, True, "", None])
def test_vreemde_gemeentecode_in_het_contract_is_403(client, issuer, code):
    kop = issuer.headers("00000099000000000004", "gemeente", properties={"gemeentecode": code})
    for pad in ("/v1/bijdragen", "/v1/bijdragen/ggu-2020-GM0344", "/v1/bijdragen/ggu-2020-GM0344/onderbouwing"):
        antwoord = client.get(pad, headers=kop)
        assert antwoord.status_code == 403 and antwoord.json()["type"].endswith("/geen-gemeentecode")

"""What is told of besluiten, fasen, initiatieven, steun, pilots and impactanalyses: to each what it may GET."""

from __future__ import annotations

import json

import pytest

from tests.catalogus.besluiten import PUNTEN
from tests.catalogus.levensloop import AMSTERDAM, IDEE, UTRECHT, VERBAND, Levensloop


@pytest.fixture
def loop(client, issuer) -> Levensloop:
    return Levensloop(client, issuer)


def verteld(loop: Levensloop, kop: dict[str, str] | None = None, van: str = "") -> list[str]:
    """Types of what a caller is told, of subjects that begin so."""
    alles = loop.client.get("/v1/gebeurtenissen?pageSize=500", headers=kop or {}).json()["results"]
    return [een["type"].removeprefix("nl.gemeengoed.catalogus.") for een in alles if een["subject"].startswith(f"/v1/{van}")]


def test_wat_over_iets_gepubliceerds_gebeurt_hoort_iedereen(loop):
    loop.tot("in beheer")
    loop.doe("PUT", f"/voorzieningen/proef/steun/{UTRECHT}", 409, als=loop.gemeente(), json={})
    assert verteld(loop) == verteld(loop, loop.beheer), "nothing here is only for some"
    fasen = ["voorziening.fase-gewijzigd"] * 7
    assert [een for een in verteld(loop, van="voorzieningen/proef") if "fase" in een] == fasen
    assert verteld(loop, van="pilots") == ["pilot.gepland", "pilotdeelnemer.aangemeld", "pilot.gewijzigd", "pilot.gewijzigd"]
    assert verteld(loop, van="besluiten") == ["besluit.vastgelegd"] * 4
    loop.voorziening("ander")
    pilot = loop.pilot("ander", "gepland")
    for methode, status in (("PUT", 200), ("DELETE", 204)):
        inhoud = {"json": {"toelichting": "Goed (test)."}} if methode == "PUT" else {}
        loop.doe(methode, f"/voorzieningen/ander/steun/{UTRECHT}", status, als=loop.gemeente(), **inhoud)
        loop.doe(methode, f"/pilots/{pilot}/deelnemers/{UTRECHT}", status, als=loop.gemeente())
    assert verteld(loop, van="voorzieningen/ander/steun") == ["steun.gegeven", "steun.ingetrokken"]
    assert verteld(loop, van=f"pilots/{pilot}/deelnemers") == ["pilotdeelnemer.aangemeld", "pilotdeelnemer.afgemeld"]
    for een in loop.client.get("/v1/gebeurtenissen?pageSize=500").json()["results"]:
        ding = een["subject"].replace("/deelnemers/GM0344", "/deelnemers").replace("/steun/GM0344", "/steun")
        assert loop.client.get(ding).status_code == 200, f"{ding} is told of to all, and not seen by all"


def test_een_besluit_dat_ook_over_een_concept_gaat_hoort_het_beheer_alleen(loop):
    loop.voorziening()
    loop.voorziening("geheim", fase=None, publicatiestatus="concept")
    kader = loop.gremia.besluit("kaderbesluit", "ALV", voorzieningen=[])
    for codes in (["geheim"], ["proef", "geheim"]):
        loop.gremia.besluit("opschaling", "ALV", rol="catalogusbeheer", voorzieningen=codes, **PUNTEN)
    assert verteld(loop, van="besluiten") == ["besluit.vastgelegd"] == verteld(loop, van=f"besluiten/{kader['id']}")
    assert len(verteld(loop, loop.beheer, "besluiten")) == 3
    loop.doe("PATCH", "/voorzieningen/geheim", versie=1, json={"publicatiestatus": "gepubliceerd"})
    assert len(verteld(loop, van="besluiten")) == 1, "what was recorded of a concept stays as it was told"


def test_van_een_initiatief_hoort_ieder_wat_hij_van_die_versie_mag_zien(loop):
    def beoordeel(versie: int, **oordeel: object) -> None:
        loop.doe("POST", f"{pad}/beoordelingen", als=loop.taskforce, versie=versie, json=oordeel)

    pad = f"/initiatieven/{loop.doe('POST', '/initiatieven', 201, als=loop.gemeente(), json=IDEE)['id']}"
    loop.doe("PATCH", pad, als=loop.gemeente(), versie=1, json={"status": "ingediend"})
    loop.doe("PUT", f"{pad}/steun/{AMSTERDAM}", als=loop.gemeente(AMSTERDAM), json={"toelichting": "Geheim (test)."})
    beoordeel(2, status="in behandeling", reden="Weging (test).")
    beoordeel(3, status="aangenomen", voorziening={"soort": "app"})
    samen = ["initiatief.gewijzigd", "steun.gegeven", "initiatief.beoordeeld", "initiatief.beoordeeld"]
    for kop, hoort in (
        ({}, samen[3:]),
        (loop.issuer.headers("00000099000000000009", "onbekend"), samen[3:]),
        (loop.gemeente(AMSTERDAM), samen),
        (loop.gremia.kop["bestuur"], samen),
        (loop.gemeente(), ["initiatief.ingediend", *samen]),
        (loop.leverancier(), ["initiatief.ingediend", *samen]),
        (loop.beheer, ["initiatief.ingediend", *samen]),
    ):
        assert verteld(loop, kop, pad[1:]) == hoort
        versies = loop.client.get(f"/v1{pad}/versies", headers=kop).json()["count"]
        assert versies == len([een for een in hoort if een.startswith("initiatief")]), "as many as it may GET"
    openbaar = json.dumps(loop.client.get("/v1/gebeurtenissen?pageSize=500").json())
    assert "Geheim" not in openbaar and "Weging" not in openbaar
    verband = loop.verband()
    eigen = loop.doe("POST", "/initiatieven", 201, als=verband, json=IDEE)["id"]
    ander = loop.issuer.headers(VERBAND, "samenwerkingsverband", properties={"samenwerkingsverband": "ander"})
    gezien = [len(verteld(loop, kop, f"initiatieven/{eigen}")) for kop in (verband, loop.beheer, ander, loop.gemeente(), {})]
    assert gezien == [1, 1, 0, 0, 0]

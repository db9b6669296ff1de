"""Joining and leaving over HTTP: the process, who may, who sees it, and two at once."""

from __future__ import annotations

import threading

import pytest
from catalogus_api.deelname.models import Deelname
from gemeengoed_kit.audit import AuditRow
from gemeengoed_kit.testing import make_client
from sqlalchemy import func, select

from tests.catalogus.conftest import NU
from tests.catalogus.deelnames import VOORWAARDEN, Bellers, deelname, voorwaarden_pad

UTRECHT, AMSTERDAM, DORDRECHT = "GM0344", "GM0363", "GM0505"
DELEGATOR = "00000099000000000004"


@pytest.fixture
def clock():
    return NU


@pytest.fixture
def bellers(client, issuer) -> Bellers:
    gemaakt = Bellers(client, issuer)
    gemaakt.voorwaarden()
    return gemaakt


def namen(antwoord: dict) -> set[tuple[str, str]]:
    return {(een["name"], een["code"]) for een in antwoord["invalidParams"]}


def test_van_belangstelling_tot_het_einde(bellers, context):
    kop = bellers.gemeente(UTRECHT)
    nieuw = deelname(status="belangstelling", voorwaardenVersie=None, datum="2025-11-01")
    begonnen = bellers.doe("POST", "/v1/deelnames", 201, kop, json=nieuw)
    assert begonnen["status"] == "belangstelling" and begonnen["voorwaarden"] is None
    assert begonnen["zichtbaarheid"] == "gemeenten" and begonnen["eersteEinddatum"] == "2026-01-15"
    id = begonnen["id"]
    ander = bellers.stap(id, "aangemeld", 409, kop)
    assert ander["type"].endswith("andere-voorwaarden") and ander["voorwaarden"]["kosten"] == VOORWAARDEN["kosten"]
    assert ander["voorwaarden"]["uittreden"] == VOORWAARDEN["uittreden"]
    aangemeld = bellers.stap(id, "aangemeld", kop=kop, voorwaardenVersie=1)
    assert aangemeld["voorwaarden"]["kosten"] == VOORWAARDEN["kosten"] and aangemeld["eersteEinddatum"] == "2026-04-30"
    bellers.stap(id, "in gebruik", 409, kop)
    bellers.stap(id, "in implementatie", kop=kop)
    assert bellers.stap(id, "in gebruik", kop=kop)["status"] == "in gebruik"
    vroeg = bellers.stap(id, "beëindigd", 409, kop, einddatum="2026-03-31")
    assert vroeg["type"].endswith("opzeggen-past-niet") and vroeg["eersteEinddatum"] == "2026-04-30"
    assert bellers.stap(id, "beëindigd", 409, kop, einddatum="2026-05-15")["type"].endswith("opzeggen-past-niet")
    assert bellers.stap(id, "beëindigd", 409, kop, einddatum="2030-12-31")["type"].endswith("datum-te-ver-vooruit")
    opgezegd = bellers.stap(id, "beëindigd", kop=kop, einddatum="2026-05-31")
    assert opgezegd["status"] == "in gebruik" and opgezegd["totEnMet"] == "2026-05-31" and opgezegd["eersteEinddatum"] is None
    assert namen(bellers.stap(id, "beëindigd", 409, kop, einddatum="2026-05-31")) == {("naar", "geëindigd")}
    for op, status in (
        ("2025-11-01", "belangstelling"),
        ("2026-01-15", "in gebruik"),
        ("2026-05-31", "in gebruik"),
        ("2026-06-01", "beëindigd"),
    ):
        (gezien,) = bellers.zie(f"/v1/deelnames?op={op}", kop)["results"]
        assert gezien["status"] == status, op
    assert bellers.zie("/v1/deelnames?op=2025-10-31", kop)["count"] == 0
    assert [stap["naar"] for stap in opgezegd["overgangen"]] == [
        "belangstelling",
        "aangemeld",
        "in implementatie",
        "in gebruik",
        "beëindigd",
    ]
    with context.sessions() as session:
        rijen = select(AuditRow.handeling).where(AuditRow.onderwerp == f"/v1/deelnames/{id}").order_by(AuditRow.id)
        assert list(session.scalars(rijen)) == ["deelname.aanmelden", *["deelname.overgaan"] * 4]


def test_alles_wat_niet_past_in_een_antwoord(bellers):
    geheim = {"code": "nog-geheim", "naam": "x", "soort": "app", "domein": "generiek"}
    bellers.doe("POST", "/v1/voorzieningen", 201, json={**geheim, "omschrijving": "x", "bronvermelding": "x"})
    for anders, verwacht in (
        ({"voorziening": "geen", "gemeentecode": "GM9999", "datum": "2026-02-01"},
         {("voorziening", "onbekend"), ("gemeentecode", "onbekend"), ("datum", "vooruit")}),
        ({"voorziening": "nog-geheim"}, {("voorziening", "onbekend")}),
        ({"gemeentecode": "GM0457"}, {("gemeentecode", "bestaat_niet")}),
        ({"status": "belangstelling"}, {("voorwaardenVersie", "overbodig")}),
        ({"status": "in gebruik"}, {("status", "later")}),
        ({"voorziening": "gibit"}, {("voorziening", "zonder_voorwaarden")}),
    ):  # fmt: skip
        antwoord = bellers.doe("POST", "/v1/deelnames", 409, json={**deelname(), **anders})
        assert namen(antwoord) == verwacht, anders
    kop = bellers.gemeente(UTRECHT)
    achteraf = bellers.doe("POST", "/v1/deelnames", 409, kop, json=deelname(datum="2026-01-01"))
    assert namen(achteraf) == {("datum", "achteraf")}
    assert bellers.doe("POST", "/v1/deelnames", 409, json=deelname(voorwaardenVersie=2))["voorwaarden"]["versie"] == 1
    assert bellers.zie("/v1/deelnames")["count"] == 0


def test_wie_aanmeldt_aanvaardt_de_voorwaarden_van_die_dag_en_houdt_ze(bellers):
    vroeg = bellers.neemt_deel(UTRECHT)
    bellers.voorwaarden(vanaf="2026-01-15", opzegtermijnMaanden=12, opzeggenTegen="einde jaar")
    bellers.doe("POST", "/v1/deelnames", 409, json=deelname(AMSTERDAM))
    laat = bellers.doe("POST", "/v1/deelnames", 201, json=deelname(AMSTERDAM, voorwaardenVersie=2))
    assert laat["eersteEinddatum"] == "2027-12-31"
    assert bellers.zie(f"/v1/deelnames/{vroeg}")["eersteEinddatum"] == "2026-04-30"
    pad = voorwaarden_pad()
    assert [een["versie"] for een in bellers.zie(pad, {})["results"]] == [2, 1]
    assert [een["versie"] for een in bellers.zie(f"{pad}?op=2026-01-14", {})["results"]] == [1]
    assert bellers.zie(f"{pad}?op=2019-12-31", {})["results"] == []
    einde = {"vanaf": "2026-02-01", "einde": True, "bronvermelding": "x"}
    assert namen(bellers.doe("POST", pad, 409, json=einde)) == {("einde", "nog_deelnemers")}
    bellers.doe("POST", pad, 403, bellers.gemeente(UTRECHT), json=VOORWAARDEN)
    gibit = voorwaarden_pad("gibit")
    bellers.voorwaarden("gibit")
    bellers.doe("POST", gibit, 201, json={**einde, "vanaf": "2026-01-15"})
    dicht = bellers.doe("POST", "/v1/deelnames", 409, json=deelname(voorziening="gibit"))
    assert namen(dicht) == {("voorziening", "geëindigd")}


def test_mate_van_binding_bepaalt_hoe_eruit(bellers):
    kop, id = bellers.gemeente(UTRECHT), bellers.neemt_deel(UTRECHT)
    pad = "/v1/voorzieningen/govroam"
    versie = bellers.client.get(pad).headers["etag"]

    def bindt(mate: str) -> None:
        nonlocal versie
        antwoord = bellers.client.patch(pad, json={"mateVanBinding": mate}, headers={**bellers.beheer, "If-Match": versie})
        assert antwoord.status_code == 200
        versie = antwoord.headers["etag"]

    bindt("algemeen bindend")
    assert bellers.zie(f"/v1/deelnames/{id}")["eersteEinddatum"] is None
    assert "algemeen bindend" in bellers.stap(id, "beëindigd", 409, kop, einddatum="2026-12-31")["detail"]
    assert bellers.stap(id, "beëindigd", 409, einddatum="2026-01-31")["eersteEinddatum"] == "2026-04-30"
    bindt("vrij")
    assert bellers.zie(f"/v1/deelnames/{id}")["eersteEinddatum"] == "2026-01-15"
    assert bellers.stap(id, "beëindigd", kop=kop, einddatum="2026-01-15")["totEnMet"] == "2026-01-15"


def test_wie_namens_wie_handelt(bellers):
    verband = {"code": "proefverband", "naam": "Proefverband (test)", "vanaf": "2020-01-01", "leden": [DORDRECHT]}
    bellers.doe("POST", "/v1/samenwerkingsverbanden", 201, json=verband)
    leverancier = bellers.als("leverancier", namens=DELEGATOR, gemeentecode=AMSTERDAM)
    samen = bellers.als("samenwerkingsverband", samenwerkingsverband="proefverband")
    for kop, eigen in ((bellers.gemeente(UTRECHT), UTRECHT), (samen, DORDRECHT), (leverancier, AMSTERDAM)):
        for code in (UTRECHT, DORDRECHT, AMSTERDAM):
            if code != eigen:
                assert bellers.doe("POST", "/v1/deelnames", 403, kop, json=deelname(code))["type"].endswith(
                    "namens-deze-gemeente"
                )
        gemaakt = bellers.doe("POST", "/v1/deelnames", 201, kop, json=deelname(eigen))
        assert bellers.stap(gemaakt["id"], "in implementatie", kop=kop)["status"] == "in implementatie"
    eerste = gemaakt["overgangen"][0]
    assert (eerste["rol"], eerste["namens"]) == ("leverancier", DELEGATOR), "the last was made by the supplier"
    voor_ander = bellers.zie(f"/v1/deelnames/{gemaakt['id']}", bellers.gemeente(UTRECHT))["overgangen"][0]
    assert (voor_ander["rol"], voor_ander["door"], voor_ander["namens"]) == (None, None, None)
    for kop, status in (
        ({}, 401),
        (bellers.als("gemeente"), 403),
        (bellers.als("leverancier", gemeentecode=AMSTERDAM), 403),
        (bellers.als("leverancier", namens=DELEGATOR), 403),
        (bellers.als("samenwerkingsverband"), 403),
        (bellers.als("samenwerkingsverband", samenwerkingsverband="onbekend"), 403),
        (bellers.als("college"), 403),
    ):
        bellers.doe("POST", "/v1/deelnames", status, kop, json=deelname(AMSTERDAM))
        bellers.stap(gemaakt["id"], "in gebruik", status, kop)


def test_de_gemeente_kiest_wie_haar_deelname_ziet(bellers):
    id = bellers.neemt_deel(UTRECHT)
    bellers.neemt_deel(DORDRECHT, zichtbaarheid="deelnemers")
    leverancier = bellers.als("leverancier", namens=DELEGATOR, gemeentecode=AMSTERDAM)
    kijkers = {
        "bezoeker": {},
        "leverancier": leverancier,
        "gemeente": bellers.gemeente(AMSTERDAM),
        "deelnemer": bellers.gemeente(DORDRECHT),
        "zelf": bellers.gemeente(UTRECHT),
        "beheer": bellers.beheer,
    }

    def zien() -> set[str]:
        """Who sees the one of Utrecht, in every form."""
        wie = set()
        for naam, kop in kijkers.items():
            los = bellers.client.get(f"/v1/deelnames/{id}", headers=kop).status_code == 200
            for pad in ("/v1/deelnames", "/v1/voorzieningen/govroam/deelnames", f"/v1/gemeenten/{UTRECHT}/deelnames"):
                lijst = bellers.zie(pad, kop)
                assert (id in {een["id"] for een in lijst["results"]}) == los, (naam, pad)
                assert lijst["count"] == len(lijst["results"])
            wie |= {naam} if los else set()
        return wie

    def kies(zichtbaarheid: str, versie: str) -> None:
        kop = {**bellers.gemeente(UTRECHT), "If-Match": f'"{versie}"'}
        bellers.doe("PATCH", f"/v1/deelnames/{id}", 200, kop, json={"zichtbaarheid": zichtbaarheid})

    assert zien() == {"gemeente", "deelnemer", "zelf", "beheer"}
    kies("deelnemers", "3")
    assert zien() == {"deelnemer", "zelf", "beheer"}
    kies("iedereen", "4")
    assert zien() == set(kijkers)
    for kop, inhoud, status in (
        ({**bellers.gemeente(AMSTERDAM), "If-Match": "*"}, {"zichtbaarheid": "deelnemers"}, 403),
        (bellers.gemeente(UTRECHT), {"zichtbaarheid": "deelnemers"}, 428),
        ({**bellers.gemeente(UTRECHT), "If-Match": '"1"'}, {"zichtbaarheid": "deelnemers"}, 412),
        ({**bellers.gemeente(UTRECHT), "If-Match": "*"}, {"zichtbaarheid": "niemand"}, 400),
    ):
        bellers.doe("PATCH", f"/v1/deelnames/{id}", status, kop, json=inhoud)
    kies("deelnemers", "5")
    hoe = {**bellers.gemeente(AMSTERDAM), "If-Match": "*"}
    bellers.doe("PATCH", f"/v1/deelnames/{id}", 404, hoe, json={"zichtbaarheid": "iedereen"})
    bellers.stap(id, "beëindigd", 404, bellers.gemeente(AMSTERDAM), einddatum="2026-12-31")


def test_wat_een_gemeente_doet_is_in_gebeurtenissen_van_haar_alleen(bellers):
    """Whom she shows it, she may change her mind about; an event stays."""
    id = bellers.neemt_deel(UTRECHT, sinds="2025-06-01", zichtbaarheid="iedereen")
    kop = {**bellers.gemeente(UTRECHT), "If-Match": "*"}
    bellers.doe("PATCH", f"/v1/deelnames/{id}", 200, kop, json={"zichtbaarheid": "deelnemers"})
    soorten = ["aangemeld", "overgegaan", "overgegaan", "gewijzigd"]
    for wie, verwacht in (
        (bellers.beheer, soorten),
        (bellers.gemeente(UTRECHT), soorten),
        (bellers.gemeente(AMSTERDAM), []),
        (bellers.als("leverancier", namens=DELEGATOR, gemeentecode=AMSTERDAM), []),
        (bellers.als("college"), []),
        ({}, []),
    ):
        gezien = bellers.zie(f"/v1/gebeurtenissen?onderwerp=/v1/deelnames/{id}", wie)
        assert [een["type"].rpartition(".")[2] for een in gezien["results"]] == verwacht
        assert id not in bellers.client.get("/v1/gebeurtenissen/gebeurtenissen.atom", headers=wie).text or verwacht
    (een,) = bellers.zie("/v1/gebeurtenissen?type=nl.gemeengoed.catalogus.deelnamevoorwaarden.vastgelegd", {})["results"]
    assert een["subject"] == f"{voorwaarden_pad()}/1" and een["zichtbaarheid"] == "iedereen"


def test_een_lange_opzegtermijn_is_na_te_komen(bellers):
    bellers.voorwaarden("gibit", opzegtermijnMaanden=24, opzeggenTegen="einde jaar")
    kop = bellers.gemeente(UTRECHT)
    gemaakt = bellers.doe("POST", "/v1/deelnames", 201, kop, json=deelname(voorziening="gibit"))
    assert gemaakt["eersteEinddatum"] == "2028-12-31"
    ver = bellers.stap(gemaakt["id"], "beëindigd", 409, kop, einddatum="2029-12-31")
    assert ver["type"].endswith("datum-te-ver-vooruit"), "later than it can"
    assert bellers.stap(gemaakt["id"], "beëindigd", kop=kop, einddatum="2028-12-31")["totEnMet"] == "2028-12-31"
    vrij = bellers.doe("POST", "/v1/deelnames", 201, kop, json=deelname(status="belangstelling", voorwaardenVersie=None))
    bellers.stap(vrij["id"], "beëindigd", 409, kop, einddatum="2028-12-31")


def test_een_deelname_per_gemeente_ook_als_velen_het_tegelijk_vragen(service, context, bellers):
    kop, gelijk, statussen = bellers.gemeente(UTRECHT), threading.Barrier(6), []

    def doe() -> None:
        eigen = make_client(service, context)
        gelijk.wait()
        statussen.append(eigen.post("/v1/deelnames", json=deelname(), headers=kop).status_code)

    def stap() -> None:
        eigen = make_client(service, context)
        gelijk.wait()
        pad = f"/v1/deelnames/{id}/overgangen"
        statussen.append(eigen.post(pad, json={"naar": "in implementatie"}, headers=kop).status_code)

    for wat in (doe, stap):
        statussen.clear()
        draden = [threading.Thread(target=wat) for _ in range(6)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        assert sorted(statussen) == [min(statussen), *[409] * 5]
        (enige,) = bellers.zie("/v1/deelnames")["results"]
        id = enige["id"]
    assert enige["status"] == "in implementatie"
    bellers.stap(id, "beëindigd", einddatum="2026-04-30")
    assert bellers.doe("POST", "/v1/deelnames", 409, kop, json=deelname())["type"].endswith("deelname-bestaat-al")
    with context.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Deelname)) == 1

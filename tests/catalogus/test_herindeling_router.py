"""A herindeling over HTTP: what it does, what it leaves, and who may."""

from __future__ import annotations

import itertools
import random
import threading

import pytest
from catalogus_api.inlezen import inlezen
from catalogus_api.toegang import BEHEER
from gemeengoed_kit.audit import AuditRow
from gemeengoed_kit.testing import make_client
from sqlalchemy import func, select

from tests.catalogus.conftest import NU
from tests.cbs import inwoners

CBS = inwoners("2025-01-01")
STAATSBLAD = "https://zoek.officielebekendmakingen.nl/stb-2025-9999.html"
NIEUW = {"code": "GM9001", "naam": "Proefstad", "provincie": "Utrecht"}
SAMENVOEGING = {
    "ingangsdatum": "2026-01-01",
    "grondslag": STAATSBLAD,
    "nieuweGemeenten": [NIEUW],
    "delen": [{"van": "GM0307", "naar": "GM9001"}, {"van": "GM0313", "naar": "GM9001"}],
}
UITBREIDING = {"ingangsdatum": "2026-07-01", "delen": [{"van": "GM1696", "naar": "GM0402"}]}
OPDELING = {
    "ingangsdatum": "2026-01-01",
    "nieuweGemeenten": [NIEUW],
    "delen": [
        {"van": "GM0307", "naar": "GM9001", "inwoners": 60_000},
        {"van": "GM0307", "naar": "GM0344", "inwoners": CBS["GM0307"] - 60_000},
    ],
}
NAAM = {"ingangsdatum": "2026-01-01", "naamswijzigingen": [{"code": "GM0344", "naam": "Utrecht aan de Proef"}]}


@pytest.fixture
def clock():
    return NU


@pytest.fixture
def leg_vast(client, als):
    def doe(invoer: dict, status: int = 201, pad: str = "/v1/herindelingen") -> dict:
        antwoord = client.post(pad, json=invoer, headers=als(BEHEER))
        assert antwoord.status_code == status, antwoord.text
        return antwoord.json()

    return doe


def codes(client, dag: str) -> set[str]:
    return {een["code"] for een in client.get(f"/v1/gemeenten?geldigOp={dag}&pageSize=500").json()["results"]}


def test_samenvoeging_eindigt_de_oude_op_de_dag_ervoor(client, leg_vast, context):
    gemaakt = leg_vast(SAMENVOEGING)
    assert client.get(f"/v1/herindelingen/{gemaakt['id']}").json() == gemaakt
    assert gemaakt["peildatum"] == "2025-01-01" and gemaakt["vorigeNamen"] == []
    assert [(deel["oudeCode"], deel["soort"], deel["inwoners"]) for deel in gemaakt["delen"]] == [
        ("GM0307", "Samenvoeging", CBS["GM0307"]),
        ("GM0313", "Samenvoeging", CBS["GM0313"]),
    ]
    assert codes(client, "2025-12-31") - codes(client, "2026-01-01") == {"GM0307", "GM0313"}
    assert codes(client, "2026-01-01") - codes(client, "2025-12-31") == {"GM9001"}
    oud = client.get("/v1/gemeenten/GM0307?peildatum=2025-01-01").json()
    assert oud["einddatum"] == "2025-12-31" and oud["opvolgers"] == ["GM9001"]
    assert oud["inwoners"]["aantal"] == CBS["GM0307"], "what was counted stays"
    nieuw = client.get("/v1/gemeenten/GM9001/geschiedenis").json()
    assert nieuw["begindatum"] == "2026-01-01" and nieuw["inwonertallen"] == []
    assert {paar["grondslag"] for paar in nieuw["ontstaanUit"]} == {STAATSBLAD}
    with context.sessions() as session:
        rij = session.scalars(select(AuditRow).where(AuditRow.handeling == "herindeling.vastleggen")).one()
        assert rij.onderwerp == f"/v1/herindelingen/{gemaakt['id']}" and rij.wijziging["nieuweGemeenten"] == [NIEUW]


@pytest.mark.parametrize(
    ("invoer", "na"),
    [
        (SAMENVOEGING, {"GM9001": CBS["GM0307"] + CBS["GM0313"]}),
        (UITBREIDING, {"GM0402": CBS["GM0402"] + CBS["GM1696"]}),
        (OPDELING, {"GM9001": 60_000, "GM0344": CBS["GM0344"] + CBS["GM0307"] - 60_000}),
        (NAAM, {}),
    ],
)
def test_voorbeeld_laat_zien_wat_vastleggen_doet_en_doet_zelf_niets(client, leg_vast, invoer, na):
    voor = client.get("/v1/herindelingen?pageSize=500").text, client.get("/v1/gemeenten?pageSize=500").text
    gezien = leg_vast(invoer, 200, "/v1/herindelingen/voorbeeld")
    assert (client.get("/v1/herindelingen?pageSize=500").text, client.get("/v1/gemeenten?pageSize=500").text) == voor
    assert {een["code"]: een["inwonersNa"] for een in gezien["ontvangt"]} == na
    assert gezien["inwonersVoor"] == gezien["inwonersNa"] == (sum(na.values()) or None)
    gedaan = leg_vast(invoer)
    assert {deel["oudeCode"] for deel in gedaan["delen"]} == {een["code"] for een in gezien["eindigt"]}
    for een in gezien["eindigt"]:
        oud = client.get(f"/v1/gemeenten/{een['code']}").json()
        assert (oud["einddatum"], oud["opvolgers"]) == (een["einddatum"], een["opvolgers"])
    assert {een["code"] for een in gezien["ontvangt"] if een["nieuw"]} <= codes(client, invoer["ingangsdatum"])
    assert gedaan["vorigeNamen"] == [{"code": een["code"], "naam": een["naam"]} for een in gezien["heet"]]


def test_naamswijziging_bewaart_de_vorige_naam(client, leg_vast):
    leg_vast(NAAM)
    assert client.get("/v1/gemeenten/GM0344").json()["naam"] == "Utrecht aan de Proef"
    nog_eens = {"ingangsdatum": "2026-01-10", "naamswijzigingen": [{"code": "GM0344", "naam": "Utrecht"}]}
    leg_vast({**nog_eens, "grondslag": STAATSBLAD})
    namen = client.get("/v1/gemeenten/GM0344/geschiedenis").json()["namen"]
    assert [(naam["naam"], naam["vanaf"], naam["totEnMet"], naam["grondslag"]) for naam in namen] == [
        ("Utrecht", None, "2025-12-31", None),
        ("Utrecht aan de Proef", "2026-01-01", "2026-01-09", None),
        ("Utrecht", "2026-01-10", None, STAATSBLAD),
    ]


@pytest.mark.parametrize("dag", ["2026-01-01", "2025-12-01"])
def test_een_naam_komt_niet_voor_een_latere(client, leg_vast, dag):
    leg_vast(NAAM)
    namen = client.get("/v1/gemeenten/GM0344/geschiedenis").json()["namen"]
    eerder = {"ingangsdatum": dag, "naamswijzigingen": [{"code": "GM0344", "naam": "Vroeger"}]}
    einde = {"ingangsdatum": dag, "delen": [{"van": "GM0344", "naar": "GM0307"}]}
    for invoer in (eerder, einde):
        assert [een["code"] for een in leg_vast(invoer, 409)["invalidParams"]] == ["later_hernoemd"]
    assert client.get("/v1/gemeenten/GM0344/geschiedenis").json()["namen"] == namen


def test_alle_bezwaren_in_een_antwoord_en_niets_gedaan(client, leg_vast):
    fout = {
        "ingangsdatum": "2026-01-01",
        "nieuweGemeenten": [{**NIEUW, "code": "GM0344", "provincie": "Nergens"}],
        "delen": [{"van": "GM0457", "naar": "GM0363"}, {"van": "GM8888", "naar": "GM0344"}],
    }
    voor = client.get("/v1/gemeenten?pageSize=500").text
    for pad in ("/v1/herindelingen", "/v1/herindelingen/voorbeeld"):
        params = leg_vast(fout, 409, pad)["invalidParams"]
        assert {param["name"] for param in params} == {
            "nieuweGemeenten.0.code",
            "nieuweGemeenten.0.provincie",
            "delen.0.van",
            "delen.1.van",
        }
    assert client.get("/v1/gemeenten?pageSize=500").text == voor


def test_een_gemeente_eindigt_een_keer_en_niet_voor_zij_geteld_is(leg_vast):
    leg_vast(SAMENVOEGING)
    assert leg_vast(SAMENVOEGING, 409)["type"].endswith("herindeling-past-niet")
    (param,) = leg_vast({**UITBREIDING, "ingangsdatum": "2024-07-01"}, 409)["invalidParams"]
    assert param["code"] == "al_geteld"
    assert leg_vast({**UITBREIDING, "ingangsdatum": "2028-01-01"}, 409)["type"].endswith("datum-te-ver-vooruit")


def test_een_gemeente_die_net_begon_kan_verder_zonder_cijfers(client, leg_vast):
    leg_vast(SAMENVOEGING)
    verder = {"ingangsdatum": "2026-07-01", "delen": [{"van": "GM9001", "naar": "GM0344"}]}
    gezien = leg_vast(verder, 200, "/v1/herindelingen/voorbeeld")
    assert gezien["peildatum"] is None and gezien["inwonersNa"] is None
    assert leg_vast(verder)["delen"][0]["inwoners"] is None
    assert client.get("/v1/gemeenten/GM9001").json()["einddatum"] == "2026-06-30"


@pytest.mark.parametrize("zaad", range(3))
def test_na_willekeurige_herindelingen_wonen_er_evenveel_mensen(client, leg_vast, zaad):
    """Of all gemeenten of 2025 at random: some end, whole or in parts, in new ones and in others that stay."""
    kans = random.Random(zaad)
    rest, nieuw = kans.sample(sorted(CBS), len(CBS)), itertools.count(9001)
    na = dict(CBS)
    for _ in range(12):
        eindigt = [rest.pop() for _ in range(kans.randint(1, 4))]
        begint = [f"GM{next(nieuw)}" for _ in range(kans.randint(0, 2))]
        ontvangers = begint + [rest.pop() for _ in range(kans.randint(1, 3))]
        delen = [
            deel for van in eindigt for deel in verdeling(kans, van, kans.sample(ontvangers, kans.randint(1, len(ontvangers))))
        ]
        krijgt = {deel["naar"] for deel in delen}
        gemeenten = [{"code": code, "naam": f"Proefstad {code}", "provincie": "Utrecht"} for code in begint if code in krijgt]
        invoer = {"ingangsdatum": "2026-01-01", "nieuweGemeenten": gemeenten, "delen": delen}
        gezien = leg_vast(invoer, 200, "/v1/herindelingen/voorbeeld")
        assert gezien["inwonersVoor"] == gezien["inwonersNa"] == sum(CBS.get(code, 0) for code in {*eindigt, *krijgt})
        for deel in leg_vast(invoer)["delen"]:
            na.pop(deel["oudeCode"], None)
            na[deel["nieuweCode"]] = na.get(deel["nieuweCode"], 0) + deel["inwoners"]
        assert {een["code"]: een["inwonersNa"] for een in gezien["ontvangt"]} == {code: na[code] for code in krijgt}
    assert sum(na.values()) == sum(CBS.values())
    assert na.keys() == codes(client, "2026-01-01")


def verdeling(kans: random.Random, van: str, naar: list[str]) -> list[dict]:
    """A gemeente over these, with every inhabitant in one of them."""
    grenzen = sorted(kans.randint(0, CBS[van]) for _ in naar[1:])
    delen = [tot - vanaf for vanaf, tot in itertools.pairwise([0, *grenzen, CBS[van]])]
    return [{"van": van, "naar": code, "inwoners": aantal} for code, aantal in zip(naar, delen, strict=True)]


@pytest.mark.parametrize("pad", ["/v1/herindelingen", "/v1/herindelingen/voorbeeld"])
@pytest.mark.parametrize(("rol", "status"), [(None, 401), ("", 403), ("gemeente", 403), ("samenwerkingsverband", 403)])
def test_alleen_het_beheer_mag_herindelen(client, als, pad, rol, status):
    kop = {} if rol is None else als(rol)
    assert client.post(pad, json=SAMENVOEGING, headers=kop).status_code == status


@pytest.mark.parametrize(
    "grondslag",
    ["https://oorlogsbronnen.nl/organisatie/x", "http://zoek.officielebekendmakingen.nl/stb-2021-264.html", "wet", ""],
)
def test_een_grondslag_is_een_wet(leg_vast, grondslag):
    assert [een["name"] for een in leg_vast({**SAMENVOEGING, "grondslag": grondslag}, 400)["invalidParams"]] == ["grondslag"]


def test_opnieuw_inlezen_laat_staan_wat_hier_is_vastgelegd(client, leg_vast, context):
    for invoer in (SAMENVOEGING, UITBREIDING, NAAM):
        leg_vast(invoer)
    voor = client.get("/v1/gemeenten?pageSize=500").text
    with context.sessions.begin() as session:
        assert not any(inlezen(session, context.clock).values())
    assert client.get("/v1/gemeenten?pageSize=500").text == voor


def test_twee_herindelingen_tegelijk_van_een_gemeente_geven_er_een(service, context, als):
    """Each in a thread of its own, let go at one moment, against one application: whichever is second is refused."""
    kop, gelijk, antwoorden = als(BEHEER), threading.Barrier(6), []

    def doe(nummer: int) -> None:
        naar = ("GM0344", "GM0310", "GM0312")[nummer % 3]
        invoer = {"ingangsdatum": "2026-01-01", "delen": [{"van": "GM0307", "naar": naar}]}
        client = make_client(service, context)
        gelijk.wait()
        antwoorden.append(client.post("/v1/herindelingen", json=invoer, headers=kop))

    draden = [threading.Thread(target=doe, args=(nummer,)) for nummer in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(antwoord.status_code for antwoord in antwoorden) == [201, 409, 409, 409, 409, 409]
    gemaakt = next(antwoord.json() for antwoord in antwoorden if antwoord.status_code == 201)
    paren = make_client(service, context).get("/v1/gemeenten/GM0307/geschiedenis").json()["opgegaanIn"]
    assert [paar["wijziging"] for paar in paren] == [gemaakt["id"]]
    with context.sessions() as session:
        assert session.scalar(select(func.count()).where(AuditRow.handeling == "herindeling.vastleggen")) == 1

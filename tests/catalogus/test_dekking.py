"""Coverage: it adds up, on every day, for every caller as far as it may know, and through herindelingen."""

from __future__ import annotations

import random
import threading
from datetime import date, timedelta

import psycopg
import pytest
from gemeengoed_kit.testing import make_client

from tests.catalogus.conftest import NU
from tests.catalogus.deelnames import Bellers, deelname
from tests.cbs import inwoners
from tests.contract.test_lijst_kost import geteld

CBS = inwoners("2025-01-01")
UTRECHT, AMSTERDAM, DORDRECHT, AMERSFOORT, BUNSCHOTEN = "GM0344", "GM0363", "GM0505", "GM0307", "GM0313"
WIJDEMEREN, HILVERSUM = "GM1696", "GM0402"
SAMEN = {
    "ingangsdatum": "2026-03-01",
    "nieuweGemeenten": [{"code": "GM9001", "naam": "Proefstad", "provincie": "Utrecht"}],
    "delen": [{"van": AMERSFOORT, "naar": "GM9001"}, {"van": BUNSCHOTEN, "naar": "GM9001"}],
}
ALLES = "SELECT * FROM dekkingscel WHERE '{}' NOT IN (begin_deelnemers || begin_gemeenten || begin_iedereen) ORDER BY 1, 2"

PADEN = (
    "/v1/dekking",
    "/v1/dekking?per=provincie",
    "/v1/dekking/voorzieningen?pageSize=500",
    "/v1/voorzieningen/govroam/dekking",
    "/v1/collectiviseringsgraad",
)


@pytest.fixture
def clock():
    return NU


@pytest.fixture
def bellers(client, issuer) -> Bellers:
    gemaakt = Bellers(client, issuer)
    for code in ("govroam", "gibit", "kindertelefoon"):
        gemaakt.voorwaarden(code)
    return gemaakt


def cijfers(bereik: dict) -> tuple[int, int]:
    return bereik["gemeenten"], bereik["inwoners"]


def test_dekking_telt_gemeenten_en_inwoners_op_elke_dag(bellers):
    id = bellers.neemt_deel(UTRECHT, sinds="2024-06-01")
    bellers.neemt_deel(UTRECHT, "gibit", sinds="2025-02-01")
    bellers.neemt_deel(AMSTERDAM, "kindertelefoon", sinds="2025-02-01")
    bellers.doe("POST", "/v1/deelnames", 201, json=deelname(DORDRECHT))
    bellers.stap(id, "beëindigd", einddatum="2026-04-30")
    vorig = inwoners("2024-01-01")
    for dag, verwacht in (
        ("2024-05-31", (0, 0)),
        ("2024-06-01", (1, vorig[UTRECHT])),
        ("2025-01-01", (1, CBS[UTRECHT])),
        ("2026-04-30", (1, CBS[UTRECHT])),
        ("2026-05-01", (0, 0)),
    ):
        een = bellers.zie(f"/v1/voorzieningen/govroam/dekking?op={dag}")
        assert cijfers(een) == verwacht, dag
        assert een["vanInwoners"] == sum((vorig if dag < "2025" else CBS).values())
        lijst = {een["voorziening"]: een for een in bellers.zie(f"/v1/dekking/voorzieningen?op={dag}")["results"]}
        assert cijfers(lijst["govroam"]) == verwacht and len(lijst) > 40
    domeinen = {een["groep"]: een for een in bellers.zie("/v1/dekking?op=2025-02-01")["results"]}
    assert (domeinen["generiek"]["gemeenten"], domeinen["generiek"]["deelnames"]) == (1, 2)
    assert domeinen["generiek"]["vanDeelnames"] == 2 * 342 and domeinen["sociaal domein"]["voorzieningen"] == 1
    graad = bellers.zie("/v1/collectiviseringsgraad?op=2025-02-01", {})
    assert graad["naarDeelnames"]["deel"] is None, "two gemeenten, which a visitor may not see"
    graad = bellers.zie("/v1/collectiviseringsgraad?op=2025-02-01")
    gewogen = 2 * CBS[UTRECHT] + CBS[AMSTERDAM]
    assert graad["naarDeelnames"] == {"deel": 3, "geheel": 3 * 342, "procent": 0.3}
    assert (graad["naarInwoners"]["deel"], graad["naarInwoners"]["geheel"]) == (gewogen, 3 * sum(CBS.values()))
    assert graad["streefprocent"] == 80 and graad["gehaald"] is False and "p. 2" in graad["bron"]


def test_provincies_zijn_samen_het_land_en_de_tellingen_blijven_bij(bellers, database):
    kies = random.Random(9)
    codes = sorted(CBS)
    for code in ("govroam", "gibit", "kindertelefoon"):
        for gemeente in kies.sample(codes, 14):
            begin = date(2020, 1, 1) + timedelta(days=kies.randrange(2000))
            zicht = kies.choice(["deelnemers", "gemeenten", "iedereen"])
            id = bellers.neemt_deel(gemeente, code, sinds=str(begin), zichtbaarheid=zicht)
            if kies.random() < 0.3:
                bellers.stap(id, "beëindigd", einddatum="2026-04-30")
    patch = {"domein": "fysiek domein"}
    bellers.doe("PATCH", "/v1/voorzieningen/gibit", 200, {**bellers.beheer, "If-Match": "*"}, json=patch)
    with psycopg.connect(database.owner_url) as eigenaar:
        bijgehouden = eigenaar.execute(ALLES).fetchall()
        eigenaar.execute("SELECT tel_dekking_opnieuw()")
        assert bijgehouden == eigenaar.execute(ALLES).fetchall() and len(bijgehouden) > 25
        eigenaar.rollback()
    for op in ("2020-06-01", "2023-03-24", "2026-01-15", "2026-05-01"):
        per = {wat: bellers.zie(f"/v1/dekking?per={wat}&op={op}") for wat in ("provincie", "domein")}
        land = per["provincie"]["land"]
        assert land == per["domein"]["land"]
        for naam in ("gemeenten", "vanGemeenten", "inwoners", "vanInwoners", "deelnames", "vanDeelnames"):
            assert sum(een[naam] for een in per["provincie"]["results"]) == land[naam], (op, naam)
        assert sum(een["deelnames"] for een in per["domein"]["results"]) == land["deelnames"]
        los = [een for een in bellers.zie(f"/v1/dekking/voorzieningen?op={op}")["results"] if een["gemeenten"]]
        assert sum(een["gemeenten"] for een in los) == land["deelnames"]
        gezien = bellers.zie(f"/v1/deelnames?op={op}&status=in%20gebruik&pageSize=500")
        if op > "2023":  # before that some of them were no gemeente
            assert gezien["count"] == land["deelnames"]
        een = bellers.zie(f"/v1/voorzieningen/govroam/dekking?op={op}")
        for naam in ("gemeenten", "vanGemeenten", "inwoners", "vanInwoners"):
            assert sum(provincie[naam] for provincie in een["provincies"]) == een[naam]


def test_dekking_vraagt_de_database_even_vaak_hoeveel_er_ook_is(bellers):
    def opdrachten() -> list[int]:
        aantallen = []
        for pad in PADEN:
            with geteld() as gedaan:
                bellers.zie(pad, {})
            aantallen.append(len(gedaan))
        return aantallen

    leeg = opdrachten()
    for gemeente, code in ((UTRECHT, "govroam"), (UTRECHT, "gibit"), (AMSTERDAM, "kindertelefoon"), (DORDRECHT, "govroam")):
        bellers.neemt_deel(gemeente, code)
    assert opdrachten() == leeg and max(leeg) <= 5, leeg  # two of these read the mark of what is kept


def test_een_kleine_groep_is_voor_wie_haar_niet_mag_zien_afgeschermd(bellers):
    een_provincie = ["GM0307", "GM0344", "GM0310", "GM0313"]
    for gemeente in een_provincie:
        bellers.neemt_deel(gemeente)
    paden = ("/v1/voorzieningen/govroam/dekking", "/v1/dekking?per=provincie", "/v1/dekking", "/v1/collectiviseringsgraad")

    def land(pad: str, kop: dict) -> dict:
        antwoord = bellers.zie(pad, kop)
        return antwoord.get("land", antwoord)

    for pad in paden:
        assert land(pad, {})["weergave"] == "afgeschermd", pad
        assert land(pad, bellers.gemeente(AMSTERDAM))["weergave"] == "exact", "another gemeente sees them one by one"
    bellers.neemt_deel(AMSTERDAM, zichtbaarheid="iedereen")
    assert land(paden[0], {})["gemeenten"] is None, "who is open does not hide the others"
    bellers.neemt_deel(DORDRECHT)
    gezien = bellers.zie(paden[0], {})
    assert gezien["weergave"] == "afgerond" and gezien["gemeenten"] == 6 and gezien["inwoners"] is None
    hoe = {een["provincie"]: een["weergave"] for een in gezien["provincies"]}
    assert hoe["Utrecht"] == hoe["Zuid-Holland"] == "afgeschermd" and hoe["Noord-Holland"] == "exact"
    (rij,) = [een for een in bellers.zie("/v1/dekking/voorzieningen", {})["results"] if een["gemeenten"]]
    assert {naam: rij[naam] for naam in ("gemeenten", "inwoners")} == {"gemeenten": 6, "inwoners": None}


def test_wie_niet_mag_zien_wie_het_zijn_maakt_dat_ook_niet_op_uit_verschillen(bellers):
    """Five of the six of Flevoland, of two days; and what is kept back, from totals less what is shown."""
    almere, *flevoland = ("GM0034", "GM0050", "GM0171", "GM0184", "GM0303")
    for gemeente in (*flevoland, UTRECHT):
        bellers.neemt_deel(gemeente, sinds="2025-05-01")
    bellers.neemt_deel(almere, sinds="2025-06-01")
    bellers.neemt_deel(AMSTERDAM, "gibit", sinds="2025-06-01")
    leverancier = bellers.als("leverancier", namens="00000099000000000004", gemeentecode=DORDRECHT)
    for kop in ({}, leverancier, bellers.als("college")):
        voor, na = (
            [
                antwoord
                for pad in ("/v1/voorzieningen/govroam/dekking?", "/v1/dekking?per=provincie&", "/v1/dekking?per=domein&")
                for antwoord in _groepen(bellers.zie(f"{pad}op={op}", kop))
            ]
            for op in ("2025-05-31", "2025-06-01")
        )
        assert {een["weergave"] for een in (*voor, *na)} == {"exact", "afgerond", "afgeschermd"}
        for een in (*voor, *na):
            if een["weergave"] != "exact":
                weg = [een[naam] for naam in ("inwoners", "inwonersProcent", "deelnames", "deelnamesProcent") if naam in een]
                assert set(weg) == {None}, een
        assert voor[0]["gemeenten"] == 5 and na[0]["gemeenten"] == 6
        los = {een["voorziening"]: een for een in bellers.zie("/v1/dekking/voorzieningen?op=2025-06-01", kop)["results"]}
        assert (los["gibit"]["gemeenten"], los["govroam"]["gemeenten"]) == (None, 6), "and no sum to take it from"
        graad = bellers.zie("/v1/collectiviseringsgraad?op=2025-06-01", kop)
        assert graad["naarDeelnames"] == {"deel": None, "geheel": 3 * 342, "procent": 1.0} and graad["gehaald"] is False
        assert (graad["naarInwoners"]["deel"], graad["naarInwoners"]["procent"]) == (None, None)
        assert graad["berekening"] == "afgerond, van 3 voorzieningen × 342 gemeenten = 1026"


def _groepen(antwoord: dict) -> list[dict]:
    """The country first, and its parts."""
    return [antwoord.get("land", antwoord), *antwoord.get("provincies", antwoord.get("results", []))]


def test_wie_overgaat_zegt_een_keer_op(bellers):
    id = bellers.neemt_deel(AMERSFOORT)
    bellers.doe("POST", "/v1/herindelingen", 201, json=SAMEN)
    bellers.stap(id, "beëindigd", einddatum="2026-04-30")
    opvolger = bellers.zie(f"/v1/deelnames/{id}")["opvolger"]
    assert bellers.zie(f"/v1/deelnames/{opvolger}")["totEnMet"] == "2026-04-30"
    weer = bellers.stap(id, "beëindigd", 409, einddatum="2026-05-31")
    assert [(een["name"], een["code"]) for een in weer["invalidParams"]] == [("naar", "geëindigd")]


def test_van_meer_deelnames_van_de_opvolger_telt_die_van_de_dag(bellers):
    for _ in range(4):  # by chance the right one comes last as often as not
        code = f"proef-{_}"
        nieuw = {"code": code, "naam": code, "soort": "app", "domein": "generiek", "omschrijving": "x", "bronvermelding": "x"}
        bellers.doe("POST", "/v1/voorzieningen", 201, json={**nieuw, "publicatiestatus": "gepubliceerd"})
        bellers.voorwaarden(code, opzegtermijnMaanden=0, opzeggenTegen="elke dag")
        eerste = bellers.neemt_deel(AMSTERDAM, code, sinds="2021-01-01")
        bellers.stap(eerste, "beëindigd", datum="2023-01-01", einddatum="2023-01-31")
        bellers.neemt_deel(AMSTERDAM, code, sinds="2024-01-01")
        weesp = bellers.doe("POST", "/v1/deelnames", 201, json=deelname("GM0457", code, datum="2021-06-01"))
        assert weesp["opvolger"] == eerste


def test_bij_een_herindeling_gaan_deelnames_over_en_blijven_de_totalen(bellers):
    a, b = bellers.neemt_deel(AMERSFOORT), bellers.doe("POST", "/v1/deelnames", 201, json=deelname(BUNSCHOTEN))["id"]
    alleen = bellers.doe("POST", "/v1/deelnames", 201, json=deelname(BUNSCHOTEN, "gibit"))["id"]
    bellers.doe("POST", "/v1/herindelingen/voorbeeld", 200, json=SAMEN)
    bellers.doe("POST", "/v1/herindelingen", 201, json=SAMEN)
    voor, na = (bellers.zie(f"/v1/voorzieningen/govroam/dekking?op={op}") for op in ("2026-02-28", "2026-03-01"))
    assert cijfers(voor) == (1, CBS[AMERSFOORT]) and cijfers(na) == (1, CBS[AMERSFOORT] + CBS[BUNSCHOTEN])
    assert voor["vanInwoners"] == na["vanInwoners"] and voor["vanGemeenten"] == na["vanGemeenten"] + 1
    nieuwe = {een["voorziening"]: een for een in bellers.zie("/v1/gemeenten/GM9001/deelnames")["results"]}
    assert nieuwe["govroam"]["status"] is None and nieuwe["govroam"]["vanaf"] == "2026-03-01"
    assert nieuwe["gibit"]["afkomstigVan"] == alleen
    for id in (a, b):
        oud = bellers.zie(f"/v1/deelnames/{id}", bellers.gemeente("GM9001"))
        assert (oud["opvolger"], oud["totEnMet"]) == (nieuwe["govroam"]["id"], "2026-02-28")
    later = {een["id"]: een["status"] for een in bellers.zie("/v1/deelnames?op=2026-03-01")["results"]}
    assert later == {
        a: "overgegaan",
        b: "overgegaan",
        alleen: "overgegaan",
        nieuwe["govroam"]["id"]: "in gebruik",
        nieuwe["gibit"]["id"]: "aangemeld",
    }
    # What happens before the day, the successor begins with.
    bellers.stap(alleen, "in implementatie")
    assert bellers.zie("/v1/gemeenten/GM9001/deelnames?op=2026-03-01&status=in%20implementatie")["count"] == 1
    bellers.stap(alleen, "beëindigd", einddatum="2026-06-30")
    opgevolgd = bellers.zie(f"/v1/deelnames/{nieuwe['gibit']['id']}")
    assert opgevolgd["totEnMet"] == "2026-06-30"
    laat = bellers.doe("POST", "/v1/deelnames", 201, json=deelname(AMERSFOORT, "kindertelefoon"))
    assert laat["totEnMet"] == "2026-02-28"
    assert bellers.zie(f"/v1/deelnames/{laat['opvolger']}")["gemeentecode"] == "GM9001"


def test_wie_zelf_al_deelneemt_houdt_haar_eigen_deelname(bellers):
    bellers.neemt_deel(HILVERSUM, zichtbaarheid="deelnemers")
    weg = bellers.neemt_deel(WIJDEMEREN, zichtbaarheid="iedereen")
    bellers.doe(
        "POST", "/v1/herindelingen", 201, json={"ingangsdatum": "2026-01-15", "delen": [{"van": WIJDEMEREN, "naar": HILVERSUM}]}
    )
    (enige,) = bellers.zie(f"/v1/gemeenten/{HILVERSUM}/deelnames")["results"]
    assert enige["afkomstigVan"] is None and bellers.zie(f"/v1/deelnames/{weg}")["opvolger"] == enige["id"]
    for kop, opvolger in (({}, None), (bellers.gemeente(AMSTERDAM), None), (bellers.gemeente(HILVERSUM), enige["id"])):
        gezien = [bellers.zie(f"/v1/deelnames/{weg}", kop), *bellers.zie("/v1/deelnames", kop)["results"]]
        assert {een["opvolger"] for een in gezien if een["id"] == weg} == {opvolger}, "of what it may not see, not even the id"
    assert cijfers(bellers.zie("/v1/voorzieningen/govroam/dekking")) == (1, CBS[HILVERSUM] + CBS[WIJDEMEREN])
    assert cijfers(bellers.zie("/v1/voorzieningen/govroam/dekking?op=2026-01-14")) == (2, CBS[HILVERSUM] + CBS[WIJDEMEREN])


def test_bij_een_opdeling_wijst_de_herindeling_aan_wie_de_rechten_krijgt(bellers):
    id = bellers.neemt_deel(AMERSFOORT)
    delen = [
        {"van": AMERSFOORT, "naar": UTRECHT, "inwoners": 60_000},
        {"van": AMERSFOORT, "naar": BUNSCHOTEN, "inwoners": CBS[AMERSFOORT] - 60_000},
    ]
    opdeling = {"ingangsdatum": "2026-02-01", "delen": delen}
    geweigerd = bellers.doe("POST", "/v1/herindelingen", 409, json=opdeling)
    assert [(een["name"], een["code"]) for een in geweigerd["invalidParams"]] == [("delen.0.rechtsopvolger", "ontbreekt")]
    delen[1]["rechtsopvolger"] = True
    gemaakt = bellers.doe("POST", "/v1/herindelingen", 201, json=opdeling)
    assert [deel["rechtsopvolger"] for deel in sorted(gemaakt["delen"], key=lambda deel: deel["nieuweCode"])] == [True, False]
    over = bellers.zie(f"/v1/deelnames/{id}")["opvolger"]
    assert bellers.zie(f"/v1/deelnames/{over}")["gemeentecode"] == BUNSCHOTEN
    na = bellers.zie("/v1/voorzieningen/govroam/dekking?op=2026-02-01")
    assert cijfers(na) == (1, CBS[BUNSCHOTEN] + CBS[AMERSFOORT] - 60_000) and na["vanInwoners"] == sum(CBS.values())
    # Joined long ago, in a gemeente that went into another in 2022 (Weesp), and recorded now.
    vroeger = bellers.doe("POST", "/v1/deelnames", 201, json=deelname("GM0457", datum="2021-01-01"))
    assert vroeger["totEnMet"] == "2022-03-23"
    assert bellers.zie(f"/v1/deelnames/{vroeger['opvolger']}")["gemeentecode"] == AMSTERDAM


def test_wie_tegelijk_in_een_opvolger_overgaan_nemen_samen_een_keer_deel(service, context, bellers):
    bellers.doe("POST", "/v1/herindelingen", 201, json=SAMEN)
    gelijk, statussen = threading.Barrier(2), []

    def doe(gemeente: str) -> None:
        eigen = make_client(service, context)
        gelijk.wait()
        statussen.append(eigen.post("/v1/deelnames", json=deelname(gemeente), headers=bellers.beheer).status_code)

    draden = [threading.Thread(target=doe, args=[gemeente]) for gemeente in (AMERSFOORT, BUNSCHOTEN)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert statussen == [201, 201]
    (samen,) = bellers.zie("/v1/gemeenten/GM9001/deelnames")["results"]
    assert {een["opvolger"] for een in bellers.zie("/v1/deelnames?op=2026-01-15")["results"]} == {samen["id"]}

"""Reminders: a mild ladder that stops when paid, waits while disputed, and goes on where it was; by role, and past the code."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest
from abonnement_api.herinnering import rules
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors
from pypdf import PdfReader

from tests.abonnement.test_bezorging import aan_wie, gelezen
from tests.abonnement.test_factuurstuk import afnemer, bytes_van, stel_in
from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")
VERVAL = date(2018, 2, 14)
"""Of the invoices of the round: 30 days after 15 January."""


@pytest.fixture
def gefactureerd(wereld):
    stel_in(wereld)
    wereld.gefactureerd()
    return wereld


@pytest.fixture
def op(clock):
    """Move the clock to noon of a day, given as days after the vervaldatum."""

    def zet(dagen: int) -> date:
        dag = VERVAL + timedelta(days=dagen)
        clock.moment = datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC)
        return dag

    return zet


def herinner(wereld) -> tuple[int, int]:
    gemaakt = wereld.client.post("/v1/herinneringen", headers=wereld.administratie())
    assert gemaakt.status_code == 200, gemaakt.text
    return gemaakt.json()["brieven"], gemaakt.json()["facturen"]


def stand(wereld, nummer: str = "2018-000001", **vraag: str) -> dict:
    rest = "".join(f"&{naam}={waarde}" for naam, waarde in vraag.items())
    alle = wereld.get(f"/v1/achterstanden?pageSize=500{rest}")["results"]
    return next((een for een in alle if een["factuur"].endswith(nummer)), {})


def test_ladder_stap_voor_stap_en_nooit_dubbel(gefactureerd, op):
    wereld = gefactureerd
    op(0)
    assert wereld.get("/v1/achterstanden")["count"] == 0 and herinner(wereld) == (0, 0)
    op(13)
    assert stand(wereld)["status"] == "wacht" and stand(wereld)["op"] == str(VERVAL + timedelta(days=14))
    assert stand(wereld, dag=str(VERVAL + timedelta(days=14)))["status"] == "aan-de-beurt"
    assert herinner(wereld) == (0, 0)
    op(14)
    assert stand(wereld)["titel"] == "Betaalherinnering"
    eerste = wereld.get("/v1/facturen/2018-000001")
    wereld.lees_in([post(eerste["bedragCent"] - 100, kenmerk=eerste["betalingskenmerk"])], dag=date(2018, 2, 28))
    tweede = wereld.get("/v1/facturen/2018-000002")
    wereld.lees_in([post(tweede["bedragCent"], kenmerk=tweede["betalingskenmerk"])], "A-2", dag=date(2018, 2, 28))
    wat = wereld.get("/v1/achterstanden?status=aan-de-beurt")
    assert wat["count"] == 6 and herinner(wereld) == (6, 6) and herinner(wereld) == (0, 0)
    assert wereld.get("/v1/achterstanden?status=aan-de-beurt")["count"] == 0 and stand(wereld, "2018-000002") == {}
    brief = wereld.get("/v1/herinneringen?factuur=2018-000001", wereld.gemeente("GM0003"))["results"][0]
    assert brief["facturen"] == [{"factuur": "/v1/facturen/2018-000001", "openCent": 100}]
    assert (brief["stap"], brief["gevolgVoorDiensten"]) == (1, "geen") and "€ 1,00" in brief["tekst"]
    assert "geen gevolgen voor de diensten" in brief["tekst"] and "rente" not in brief["tekst"] and "kosten" not in brief["tekst"]
    for dagen, stap, titel in ((35, 2, "Tweede betaalherinnering"), (56, 3, "Aanmaning")):
        op(dagen - 1)
        assert herinner(wereld) == (0, 0)
        op(dagen)
        assert stand(wereld)["titel"] == titel and herinner(wereld) == (6, 6) and stand(wereld)["laatsteStap"] == stap
    op(300)
    assert stand(wereld)["status"] == "einde-van-de-ladder" and stand(wereld)["volgendeStap"] is None
    assert herinner(wereld) == (0, 0) and wereld.get("/v1/herinneringen")["count"] == 18
    eigen = wereld.gemeente("GM0344")
    assert {b["gemeentecode"] for b in wereld.alle("/v1/herinneringen", eigen)} == {"GM0344"}
    for pad in ("", "/pdf"):
        wereld.get(f"/v1/herinneringen/{brief['id']}{pad}", eigen, status=404)
    wereld.get(f"/v1/herinneringen/{brief['id']}/email", eigen, status=403)
    wereld.get("/v1/achterstanden", eigen, status=403)


def test_wie_betaalt_hoort_niets_meer_en_na_een_storno_gaat_de_ladder_verder(gefactureerd, op):
    wereld = gefactureerd
    op(14)
    assert herinner(wereld)[1] == 7
    op(20)
    factuur = wereld.get("/v1/facturen/2018-000001")
    gelezen_ = wereld.lees_in([post(factuur["bedragCent"], kenmerk=factuur["betalingskenmerk"])], dag=date(2018, 3, 6)).json()
    (betaling,) = wereld.alle(gelezen_["betalingen"])
    op(60)
    assert stand(wereld) == {} and herinner(wereld)[1] == 6
    op(70)
    terug = {"factuur": "2018-000001", "toelichting": "teruggeboekt"}
    wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", terug, status=201)
    nu = stand(wereld)
    assert nu["status"] == "wacht" and nu["titel"] == "Tweede betaalherinnering"
    assert nu["op"] == str(VERVAL + timedelta(days=70 + 21))  # it has as much time as any second reminder gives
    op(91)
    assert herinner(wereld) == (7, 7) and stand(wereld)["laatsteStap"] == 2  # the others have their third


def test_na_de_laatste_stap_begint_een_storno_bij_die_stap(gefactureerd, op):
    wereld = gefactureerd
    for dagen in (14, 35, 56):
        op(dagen)
        herinner(wereld)
    factuur = wereld.get("/v1/facturen/2018-000001")
    op(60)
    bij = wereld.lees_in([post(factuur["bedragCent"], kenmerk=factuur["betalingskenmerk"])], dag=date(2018, 4, 15)).json()
    (betaling,) = wereld.alle(bij["betalingen"])
    wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", {"factuur": "2018-000001", "toelichting": "x"}, status=201)
    op(82)
    assert stand(wereld)["titel"] == "Aanmaning" and herinner(wereld) == (1, 1) and herinner(wereld) == (0, 0)
    op(200)
    assert stand(wereld)["status"] == "einde-van-de-ladder"


def test_betwist_en_een_regeling_houden_aan_tot_zij_eindigen(gefactureerd, op):
    wereld = gefactureerd
    op(14)
    eigen = wereld.gemeente("GM0003")
    betwist = {"factuur": "2018-000001", "soort": "betwist", "toelichting": "Inwonertal klopt niet"}
    gemaakt = wereld.post("/v1/aanhoudingen", betwist, headers=eigen, status=201)
    wereld.post("/v1/aanhoudingen", betwist, headers=eigen, status=409)
    for inhoud, status in (
        ({**betwist, "factuur": "2018-000002"}, 409),
        ({**betwist, "soort": "betalingsregeling", "totEnMet": "2018-12-31"}, 403),
    ):
        wereld.post("/v1/aanhoudingen", inhoud, headers=eigen, status=status)
    regeling = {"factuur": "2018-000002", "soort": "betalingsregeling", "toelichting": "in twee delen"}
    wereld.post("/v1/aanhoudingen", regeling, status=409)
    wereld.post("/v1/aanhoudingen", {**regeling, "totEnMet": "2018-02-27"}, status=409)
    wereld.post("/v1/aanhoudingen", {**regeling, "totEnMet": "2018-03-31"}, status=201)
    assert stand(wereld)["status"] == stand(wereld, "2018-000002")["status"] == "aangehouden"
    assert herinner(wereld) == (5, 5)
    assert wereld.get("/v1/aanhoudingen", eigen)["count"] == 1 and wereld.get("/v1/aanhoudingen")["count"] == 2
    pad = gemaakt.headers["location"]
    wereld.get(pad, wereld.gemeente("GM0344"), status=404)
    op(20)
    klaar = wereld.post(f"{pad}/opheffing", {"toelichting": "nagekeken"}, status=200).json()
    assert klaar["opgehevenOp"] == "2018-03-06"
    assert wereld.post(f"{pad}/opheffing", {"toelichting": "weer"}, status=200).json() == klaar
    assert stand(wereld)["op"] == "2018-03-20"  # a whole first step from here
    assert stand(wereld, "2018-000002", dag="2018-03-31")["status"] == "aangehouden"
    assert stand(wereld, "2018-000002", dag="2018-04-01")["status"] == "wacht"
    assert stand(wereld, "2018-000002", dag="2018-04-15")["status"] == "aan-de-beurt"
    wereld.post("/v1/aanhoudingen", betwist, headers=wereld.gemeente("GM0003"), status=201)  # it may be disputed again


def test_brief_van_een_gemeente_over_al_haar_facturen_met_rente_alleen_als_dat_is_besloten(gefactureerd, op):
    wereld = gefactureerd
    wereld.put("/v1/factuurgegevens/GM0003", {**afnemer(0), "email": "facturen@aa.example"})
    wereld.post("/v1/facturen/2018-000001/correcties", {"reden": "Inwoners verbeterd", "inwoners": 1000}, status=201)
    trede = {"naam": "Laatste verzoek", "dagen": 10, "betalenBinnenDagen": 7, "tekst": "Wilt u betalen?"}
    ladder = {"stappen": [trede], "rentepercentage": "8.00", "kostenCent": 4000, "bron": "besluit (test)"}
    assert wereld.put("/v1/herinneringsbeleid/2018-01-01", ladder).json()["gevolgVoorDiensten"] == "geen"
    wereld.put("/v1/herinneringsbeleid/2018-01-01", {**ladder, "stappen": []})
    assert [b["versie"] for b in wereld.alle("/v1/herinneringsbeleid")] == [1, 1]
    dag = op(10)
    assert herinner(wereld) == (7, 7)
    (brief,) = wereld.alle("/v1/herinneringen", wereld.gemeente("GM0003"))
    rente = rules.rente_cent(90_000, Decimal(8), 10)
    assert "2018-000008" in brief["tekst"] and "2018-000001" not in brief["tekst"] and rente == 197
    assert "wettelijke rente (8% per jaar; tot vandaag € 1,97) en kosten van invordering (€ 40,00)" in brief["tekst"]
    pdf = bytes_van(wereld, brief["pdf"])
    assert pdf == bytes_van(wereld, brief["pdf"])
    tekst = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Laatste verzoek" in tekst and "€ 900,00" in tekst and "Gemeente Proef 0" in tekst
    ruw = bytes_van(wereld, f"/v1/herinneringen/{brief['id']}/email")
    mail = gelezen(ruw)
    assert mail["subject"] == "Laatste verzoek 2018-000008" and aan_wie(ruw) == [("Gemeente Proef 0", "facturen@aa.example")]
    assert mail.get_body().get_content().replace("\r\n", "\n") == brief["tekst"]
    ander = wereld.alle("/v1/herinneringen", wereld.gemeente("GM0344"))[0]
    wereld.get(f"/v1/herinneringen/{ander['id']}/email", status=409)
    assert brief["dag"] == str(dag)


def test_tegelijk_vragen_maakt_elke_brief_een_keer(gefactureerd, op):
    wereld = gefactureerd
    op(14)
    with ThreadPoolExecutor(4) as draden:
        gemaakt = list(draden.map(lambda _: herinner(wereld), range(4)))
    assert sorted(gemaakt) == [(0, 0)] * 3 + [(7, 7)] and wereld.get("/v1/herinneringen")["count"] == 7


def test_database_houdt_herinneringen_eerlijk(gefactureerd, op, database):
    wereld = gefactureerd
    op(14)
    herinner(wereld)
    brief = wereld.get("/v1/herinneringen")["results"][0]
    open_cent = wereld.get("/v1/facturen/2018-000001")["openstaandCent"]
    nieuw = (
        "INSERT INTO herinnering (id, gemeentecode, stap, dag, brief, gemaakt_op) "
        "VALUES ('00000000-0000-0000-0000-000000000001', '{}', {}, '{}', '{{}}', now())"
    ).format
    regel = (
        "INSERT INTO herinneringsregel VALUES ('00000000-0000-0000-0000-000000000001', '2018-000001', {}, {}, '{}', {})"
    ).format
    houd_aan = (
        "INSERT INTO aanhouding (id, factuur, gemeentecode, soort, vanaf, tot_en_met, toelichting, rol, peer_id, vastgelegd_op) "
        "VALUES (gen_random_uuid(), '2018-000001', '{}', '{}', '2018-01-01', NULL, 'x', 'x', 'x', now())"
    ).format
    for opdrachten, fout in (
        ([nieuw("GM0003", 2, "2018-04-01")], "gaat over niets"),
        ([nieuw("GM0003", 3, "2018-04-01"), regel(2, 3, "2018-04-01", open_cent)], "nu niet aan"),  # skips a step
        ([nieuw("GM0003", 2, "2018-04-01"), regel(2, 2, "2018-04-01", open_cent + 1)], "nu niet aan"),
        ([nieuw("GM0344", 2, "2018-04-01"), regel(2, 2, "2018-04-01", open_cent)], "nu niet aan"),  # another gemeente
        ([nieuw("GM0003", 2, "2018-02-28"), regel(2, 2, "2018-02-28", open_cent)], "nu niet aan"),  # the same day
        ([nieuw("GM0003", 2, "2018-04-01"), regel(3, 2, "2018-04-01", open_cent)], "nu niet aan"),
        (
            [houd_aan("GM0003", "betwist"), nieuw("GM0003", 2, "2018-04-01"), regel(2, 2, "2018-04-01", open_cent)],
            "nu niet aan",
        ),
        ([houd_aan("GM0344", "betwist")], "is niet van"),
        ([houd_aan("GM0003", "betalingsregeling")], "check"),
        (["UPDATE herinnering SET stap = 3"], "permission denied"),
        (["DELETE FROM opheffing"], "permission denied"),
        (
            [
                "INSERT INTO herinneringsbeleid (vanaf, versie, stappen, gevolg_voor_diensten, bron, vastgelegd_op) "
                "VALUES ('2018-01-01', 1, '[{}]', 'stoppen', 'x', now())"
            ],
            "permission denied",
        ),
    ):
        with pytest.raises((errors.IntegrityError, errors.InsufficientPrivilege), match=fout), psycopg.connect(database.url) as v:
            for opdracht in opdrachten:
                v.execute(opdracht.encode())
    assert wereld.get(f"/v1/herinneringen/{brief['id']}") == brief


@given(st.integers(0, 10**12), st.decimals("0.01", "99.99", places=2), st.integers(-10, 4000))
def test_rente_is_enkelvoudig_en_nooit_onder_nul(open_cent, percentage, dagen):
    cent = rules.rente_cent(open_cent, percentage, dagen)
    exact = Decimal(open_cent) * percentage * max(dagen, 0) / 36_500
    assert cent >= 0 and abs(cent - exact) <= Decimal("0.5")
    assert rules.rente_cent(open_cent, percentage, dagen + 1) >= cent

"""Who pays for others: a samenwerkingsverband or a supplier, from a day on."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from abonnement_api.abonnement import service as abonnement_service
from abonnement_api.betaler.rules import geldend
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import moment
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from tests.abonnement.aanbiedingen import BETALER
from tests.abonnement.test_bezorging import aan_wie
from tests.abonnement.test_factuurstuk import NS, bytes_van, stel_in
from tests.abonnement.test_gelijktijdig import statussen, tegelijk
from tests.abonnement.wereld import G4, KLEIN

pytestmark = pytest.mark.usefixtures("klein")
DAGEN = st.dates(date(2018, 1, 1), date(2021, 12, 31))


@given(st.dictionaries(DAGEN, st.sampled_from(["a", "b", None]), max_size=6), DAGEN)
def test_de_laatste_afspraak_voor_een_dag_telt(afspraken, dag):
    rijen = [("GM0003", vanaf, wie) for vanaf, wie in sorted(afspraken.items(), key=lambda een: een[0])]
    eerder = [wie for _, vanaf, wie in rijen if vanaf <= dag]
    verwacht = {"GM0003": eerder[-1]} if eerder and eerder[-1] else {}
    assert geldend(rijen, {"GM0003": dag}) == verwacht
    assert geldend(rijen, {"GM0344": dag}) == {}
    if rijen:
        assert geldend(rijen, {"GM0003": rijen[0][1] - timedelta(1)}) == {}


def betalers(wereld, jaar: int) -> dict[str, tuple[str, int] | None]:
    with wereld.context.work(Actor()) as work:
        aanspraken = abonnement_service.te_factureren(work, jaar)
    return {a.gemeentecode: (a.betaler.naam, a.betaler.versie) if a.betaler else None for a in aanspraken}


def test_een_ander_betaalt_vanaf_een_dag(wereld, clock):
    wereld.aangemeld()
    wereld.get("/v1/betalers/proefstreek", status=404)
    afspraak = {"gemeentecodes": list(G4), "vanaf": "2018-01-01", "betaler": "proefstreek", "bron": "Overeenkomst 2018 (test)"}
    onbekend = wereld.post("/v1/betaalafspraken", afspraak, status=409).json()
    assert onbekend["type"].endswith("onbekende-betaler")
    zonder = wereld.put("/v1/betalers/proefstreek", {**BETALER, "ordernummer": None})
    assert zonder.status_code == 409 and zonder.json()["type"].endswith("betaler-klopt-niet")
    assert wereld.put("/v1/betalers/proefstreek", BETALER).json()["versie"] == 1
    gedaan = wereld.post("/v1/betaalafspraken", afspraak, status=201)
    assert gedaan.json()["aantal"] == 4 and wereld.get(gedaan.headers["location"])["count"] == 4
    nieuw = wereld.put("/v1/betalers/proefstreek", {**BETALER, "naam": "Samenwerking Proefland (test)"}).json()
    assert nieuw["versie"] == 2 and wereld.get("/v1/betalers/proefstreek") == nieuw == wereld.alle("/v1/betalers")[0]
    dubbel = {**afspraak, "gemeentecodes": ["GM0344", "GM0003", "GM0003"]}
    fout = wereld.post("/v1/betaalafspraken", dubbel, status=409).json()
    assert fout["type"].endswith("betaalafspraak-past-niet") and "GM0003" in fout["detail"] and "GM0344" in fout["detail"]
    clock.moment = moment("2018-06-01T09:00")
    wereld.post(
        "/v1/betaalafspraken", {"gemeentecodes": ["GM0344"], "vanaf": "2018-07-01", "bron": "Weer zelf (test)"}, status=201
    )
    verwacht = {code: ("Samenwerking Proefland (test)", 2) if code in G4 else None for code in betalers(wereld, 2018)}
    assert betalers(wereld, 2018) == verwacht  # the day that counts is 1 January
    assert betalers(wereld, 2019) == {**verwacht, "GM0344": None}
    eigen = wereld.alle("/v1/betaalafspraken", wereld.gemeente("GM0344"))
    assert [(a["versie"], a["vanaf"], a["betaler"], a["naam"]) for a in eigen] == [
        (1, "2018-01-01", "proefstreek", "Samenwerking Proefland (test)"),
        (2, "2018-07-01", None, None),
    ]
    assert wereld.get("/v1/betaalafspraken?betaler=proefstreek", wereld.gemeente("GM0003"))["count"] == 0
    wereld.get("/v1/betalers", wereld.gemeente("GM0344"), status=403)
    te_ver = wereld.post("/v1/betaalafspraken", {**afspraak, "vanaf": "2030-01-01"}, status=409).json()
    assert te_ver["type"].endswith("datum-te-ver-vooruit")


def test_tegelijk_vastleggen_telt_door(wereld):
    assert statussen(tegelijk(*[lambda: wereld.put("/v1/betalers/proefstreek", BETALER)] * 5)) == {200: 5}
    assert wereld.get("/v1/betalers/proefstreek")["versie"] == 5
    afspraak = {"gemeentecodes": ["GM0003"], "vanaf": "2018-01-01", "betaler": "proefstreek", "bron": "proef"}
    assert statussen(tegelijk(*[lambda: wereld.post("/v1/betaalafspraken", afspraak)] * 5)) == {201: 1, 409: 4}


def test_wie_betaalt_krijgt_factuur_mail_en_herinnering(wereld, clock):
    """The invoice is of the gemeente; it, its credit note and its reminder go to who pays, and others keep their own."""
    stel_in(wereld)
    wereld.aangemeld()
    naam, mail = "Samenwerking Proefland (test)", "facturen@proefland.example"
    assert wereld.put("/v1/betalers/proefstreek", {**BETALER, "naam": naam, "email": mail}).status_code == 200
    afspraak = {"gemeentecodes": ["GM0003"], "vanaf": "2018-01-01", "betaler": "proefstreek", "bron": "Overeenkomst (test)"}
    wereld.post("/v1/betaalafspraken", afspraak, status=201)
    assert wereld.ronde(2018)["status"] == "geboekt"
    deel = {"reden": "Deel", "regels": [{"dienst": "kindertelefoon", "bedragCent": 5}]}
    krediet = wereld.post("/v1/facturen/2018-000001/creditnotas", deel, status=201).json()["nummer"]
    wereld.jobs()
    zelf = wereld.get("/v1/factuurgegevens/GM0088")["naam"]
    stukken = {"/v1/facturen/2018-000001": naam, f"/v1/creditnotas/{krediet}": naam, "/v1/facturen/2018-000002": zelf}
    assert wereld.get("/v1/facturen/2018-000002")["gemeentecode"] == "GM0088"
    for pad, wie in stukken.items():
        boom = etree.fromstring(bytes_van(wereld, f"{pad}/ubl"))
        klant = boom.find("cac:AccountingCustomerParty/cac:Party", NS)
        assert klant.findtext("cac:PartyLegalEntity/cbc:RegistrationName", None, NS) == wie
        assert (klant.findtext("cbc:EndpointID", None, NS) == BETALER["oin"]) == (wie == naam)
        assert wie in PdfReader(io.BytesIO(bytes_van(wereld, f"{pad}/pdf"))).pages[0].extract_text()
    for nummer in ("2018-000001", krediet):
        assert aan_wie(bytes_van(wereld, f"/v1/bezorgingen/{nummer}/email")) == [(naam, mail)]
    wereld.get("/v1/bezorgingen/2018-000002/email", status=409)  # of the gemeente no address is known
    clock.moment = moment("2018-03-05T09:00")
    assert wereld.client.post("/v1/herinneringen", headers=wereld.administratie()).json()["brieven"] == len(KLEIN)
    (brief,) = wereld.get("/v1/herinneringen?factuur=2018-000001")["results"]
    assert aan_wie(bytes_van(wereld, f"/v1/herinneringen/{brief['id']}/email")) == [(naam, mail)]
    assert naam in PdfReader(io.BytesIO(bytes_van(wereld, f"/v1/herinneringen/{brief['id']}/pdf"))).pages[0].extract_text()

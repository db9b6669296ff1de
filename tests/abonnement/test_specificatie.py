"""The statement of a distribution, for each foundation its own."""

from __future__ import annotations

import csv
import io

import pytest
from pypdf import PdfReader

from tests.abonnement.betalen import AKJ, BUREAU, KINDERTELEFOON, SENSOOR, goedgekeurd, rekeningen
from tests.abonnement.test_bank import RETOUR
from tests.abonnement.wereld import DAG, met_afschrijving, post

pytestmark = pytest.mark.usefixtures("klein")


def test_elke_stichting_ziet_tot_op_de_cent_wat_op_haar_diensten_is_ontvangen_en_niets_van_een_ander(wereld):
    rekeningen(wereld)
    wereld.gefactureerd()
    een, twee, drie = wereld.alle("/v1/facturen")[:3]
    wereld.lees_in([post(f["bedragCent"], kenmerk=f["betalingskenmerk"]) for f in (een, twee)])
    eerste = wereld.verdeeld("2018-02-15")
    # the first goes back, and a third pays: the next distribution gives the difference
    details = f"<RmtInf><Ustrd>retour {een['nummer']}</Ustrd></RmtInf>"
    saldo = 100_000 + een["bedragCent"] + twee["bedragCent"]
    betaald = post(drie["bedragCent"], kenmerk=drie["betalingskenmerk"])
    wereld.xml(
        met_afschrijving([betaald], een["bedragCent"], "A-2", van_cent=saldo, code=RETOUR, details=details, dag=DAG), status=201
    )
    tweede = wereld.verdeeld("2018-12-31")
    for verdeling in (eerste, tweede):
        for deel in verdeling["aandelen"]:
            pad = f"/v1/verdelingen/{verdeling['id']}/specificaties/{deel['aanbieder']}"
            if not deel["bedragCent"]:
                wereld.get(pad, status=404)
                continue
            stuk = wereld.get(pad)
            assert stuk["bedragCent"] == deel["bedragCent"] == sum(r["bedragCent"] for r in stuk["regels"])
            assert stuk["ontvangenCent"] + stuk["teruggegaanCent"] == stuk["bedragCent"] and stuk["betaling"] is None
    terug = wereld.get(f"/v1/verdelingen/{tweede['id']}/specificaties/{AKJ}")
    assert {r["factuur"] for r in terug["regels"] if r["bedragCent"] < 0} == {een["nummer"]} and terug["teruggegaanCent"] < 0

    kop = wereld.aanbieder(KINDERTELEFOON)
    pad = f"/v1/verdelingen/{eerste['id']}"
    eigen = wereld.get(pad, kop)
    aandeel = next(a["bedragCent"] for a in eerste["aandelen"] if a["aanbieder"] == KINDERTELEFOON)
    assert [r["dienst"] for r in eigen["regels"]] == ["kindertelefoon"] and eigen["bedragCent"] == aandeel
    assert eigen["aandelen"] == [{"aanbieder": KINDERTELEFOON, "bedragCent": aandeel}]
    assert wereld.get("/v1/verdelingen?page=1", kop)["count"] == 2
    wereld.get(f"{pad}/specificaties/{AKJ}", kop, status=404)
    wereld.get(f"{pad}/specificaties/{KINDERTELEFOON}", wereld.aanbieder(None), status=403)
    wereld.get("/v1/betaalopdrachten", kop, status=403)
    goedgekeurd(wereld, f"{pad}/betaalopdrachten")
    mijn = f"{pad}/specificaties/{KINDERTELEFOON}"
    assert wereld.get(mijn, kop)["betaling"] == "onderweg"

    rijen = list(csv.DictReader(io.StringIO(wereld.client.get(f"{mijn}/specificatie.csv", headers=kop).text)))
    assert [(r["factuur"], r["gemeentenaam"]) for r in rijen] == [(f["nummer"], f["gemeentenaam"]) for f in (een, twee)]
    assert sum(int(r["bedragCent"]) for r in rijen) == aandeel
    pdf = [wereld.client.get(f"{mijn}/specificatie.pdf", headers=kop).content for _ in range(2)]
    tekst = "".join(bladzij.extract_text() for bladzij in PdfReader(io.BytesIO(pdf[0])).pages)
    assert pdf[0] == pdf[1] and een["nummer"] in tekst and "onderweg" in tekst and "luisterend" not in tekst


def test_wat_het_bureau_van_eigen_facturen_inhoudt_staat_erbij(wereld):
    bron = {"wijze": "stichtingen", "bron": "proef"}
    assert wereld.put("/v1/verkoopwijzen/2018", bron).status_code == 200
    wereld.gefactureerd()
    facturen = [f for f in wereld.alle("/v1/facturen") if f["verkoper"] == SENSOOR]
    wereld.lees_in([post(f["bedragCent"], kenmerk=f["betalingskenmerk"]) for f in facturen])
    verdeling = wereld.verdeeld()
    aandelen = {a["aanbieder"]: a["bedragCent"] for a in verdeling["aandelen"]}
    stuk = wereld.get(f"/v1/verdelingen/{verdeling['id']}/specificaties/{SENSOOR}")
    assert (stuk["bedragCent"], stuk["ingehoudenCent"]) == (aandelen[SENSOOR], aandelen[BUREAU])
    assert stuk["bedragCent"] + stuk["ingehoudenCent"] == sum(f["bedragCent"] for f in facturen)
    wereld.get(f"/v1/verdelingen/{verdeling['id']}/specificaties/{AKJ}", status=404)

"""Inhabitants that were provisional and turn out otherwise: the difference is on the next invoice, and the old one stays."""

from __future__ import annotations

import pytest
from abonnement_api.factuur.rules import met_verrekening, verrekening_van
from abonnement_api.tarief.rules import Pakket, factuurbedrag
from abonnement_api.voorvertoning.rules import Basis, passend, redenen
from hypothesis import given
from hypothesis import strategies as st

from tests.abonnement.test_factuurstuk import NS, bytes_van, stel_in
from tests.abonnement.test_voorvertoning import met, regels, tarief_2019, voorvertoond
from tests.abonnement.wereld import post

pytestmark = pytest.mark.usefixtures("klein")
TARIEVEN = st.decimals("0.0001", "9.9999", places=4)
GEWICHTEN = st.dictionaries(st.sampled_from("abcd"), st.decimals("0.1", "9.9", places=1), min_size=1)
PAKKETTEN = st.builds(Pakket, st.sampled_from(("volledig", "zonder")), TARIEVEN, GEWICHTEN)
INWONERS, MAANDEN = st.integers(100, 900_000), st.integers(1, 12)


@given(PAKKETTEN, PAKKETTEN, INWONERS, INWONERS, MAANDEN, MAANDEN, st.booleans(), st.integers(-3, 3))
def test_redenen_zijn_samen_het_verschil(oud, nieuw, toen, nu, van, tot, bekend, scheef):
    vorig, dit = Basis(oud, toen, van), Basis(nieuw, nu, tot)
    pakketten = {nieuw.code: oud} if bekend else {}
    uitkomst = redenen(vorig.cent + scheef, vorig, dit, pakketten)
    assert sum(uitkomst.values()) == dit.cent - vorig.cent - scheef and 0 not in uitkomst.values()
    if oud.code == nieuw.code:
        assert "pakket" not in uitkomst
    if (toen, van) == (nu, tot):
        assert not {"inwoners", "maanden"} & set(uitkomst)


@given(PAKKETTEN, INWONERS, INWONERS, INWONERS, MAANDEN)
def test_verrekend_is_wat_een_factuur_met_de_goede_inwoners_was_geweest(pakket, eerst, toen, later, maanden):
    stappen = [(eerst, toen), (toen, later)]
    alle = [verrekening_van("x", n, pakket, maanden, *paar, definitief=False) for n, paar in enumerate(stappen, 1)]
    samen = met_verrekening(factuurbedrag(pakket, eerst, maanden).regels, alle)
    assert samen == factuurbedrag(pakket, later, maanden).regels
    assert sum(een.bedrag_cent for een in alle) == sum(samen.values()) - factuurbedrag(pakket, eerst, maanden).bedrag_cent


@given(PAKKETTEN, INWONERS, INWONERS, INWONERS)
def test_wat_niet_op_een_factuur_past_blijft_eraf(pakket, nu, eerst, later):
    een = verrekening_van("x", 1, pakket, 12, eerst, later, definitief=True)
    regels = factuurbedrag(pakket, nu).regels
    gekozen = passend(regels, [een])
    samen = met_verrekening(regels, gekozen)
    assert min(samen.values()) >= 0 and sum(samen.values()) > 0
    if later >= eerst and min(een.regels.values()) >= 0:
        assert gekozen == [een]
    assert not passend({"anders": 100}, [een])


def voorlopig(gemeenten: list[dict], *codes: str) -> list[dict]:
    return [{**g, "inwoners": {**g["inwoners"], "status": "voorlopig"}} if g["code"] in codes else g for g in gemeenten]


def twee_jaar(wereld, **anders: int) -> None:
    """2018 on provisional figures, and then those of 2018 as they became."""
    wereld.aangemeld()
    wereld.outway.per_dag["2018-01-01"] = voorlopig(met(2018), "GM0003", "GM0088", "GM0363")
    assert wereld.ronde(2018)["status"] == "geboekt"
    wereld.outway.per_dag["2018-01-01"] = voorlopig(met(2018, **anders), "GM0003")
    tarief_2019(wereld, volledig={"tariefPerInwoner": "0.91"})
    wereld.outway.per_dag["2019-01-01"] = met(2019)


@pytest.mark.parametrize("wijze", ["bureau", "stichtingen", "penvoerder"])
def test_verschil_komt_op_de_volgende_factuur_en_de_oude_blijft(wereld, wijze):
    inhoud = {"wijze": wijze, "penvoerder": "stichting-akj" if wijze == "penvoerder" else None, "bron": "proef"}
    assert wereld.put("/v1/verkoopwijzen/2018", inhoud).status_code == 200
    twee_jaar(wereld, GM0003=12_071, GM0363=855_001, GM1680=1)
    oud = {f["nummer"]: wereld.get(f"/v1/facturen/{f['nummer']}") for f in wereld.alle("/v1/facturen?jaar=2018")}
    een = voorvertoond(wereld, 2019)
    per = regels(wereld, een)
    inwoners = {f["gemeentecode"]: f["inwoners"] for f in oud.values()}
    # What was not provisional (GM1680), or did not change (GM0088), is not settled.
    verwacht = {"GM0003": (12_071 - inwoners["GM0003"]) * 90, "GM0363": (855_001 - inwoners["GM0363"]) * 67}
    assert {code: regel["totaalCent"] - regel["bedragCent"] for code, regel in per.items() if regel["verrekeningen"]} == verwacht
    assert een["verrekendCent"] == sum(verwacht.values()) and sum(r["cent"] for r in een["redenen"]) == een["verschilCent"]
    ronde = wereld.ronde(2019, factuurdatum="2018-12-15")
    assert ronde["status"] == "geboekt" and ronde["totaalCent"] == een["totaalCent"]
    nieuw = [wereld.get(f"/v1/facturen/{f['nummer']}") for f in wereld.alle("/v1/facturen?jaar=2019")]
    for code, cent in verwacht.items():
        eigen = [f for f in nieuw if f["gemeentecode"] == code]
        eerste = min(nummer for nummer, f in oud.items() if f["gemeentecode"] == code)
        assert sum(v["bedragCent"] for f in eigen for v in f["verrekeningen"]) == cent
        assert {v["over"] for f in eigen for v in f["verrekeningen"]} == {f"/v1/facturen/{eerste}"}
        assert sum(f["bedragCent"] for f in eigen) == per[code]["totaalCent"]
    for f in nieuw:
        nagerekend = wereld.get(f["onderbouwing"])
        assert nagerekend["bedragCent"] == f["bedragCent"] == sum(regel["bedragCent"] for regel in f["regels"])
        assert {d["dienst"]: d["bedragCent"] for d in nagerekend["verdeling"]} == {
            r["dienst"]: r["bedragCent"] for r in f["regels"]
        }
        assert (
            [{k: v[k] for k in f["verrekeningen"][0]} for v in nagerekend["verrekeningen"]] == f["verrekeningen"]
            if f["verrekeningen"]
            else True
        )
    assert {nummer: wereld.get(f"/v1/facturen/{nummer}") for nummer in oud} == oud
    # The old one was settled: it is not corrected besides.
    te_laat = wereld.post(f"/v1/facturen/{eerste}/correcties", {"reden": "Nog eens", "inwoners": 5}, status=409).json()
    assert te_laat["type"].endswith("factuur-al-verbeterd")
    # And a correction of the new one keeps what it settled.
    fout = next(f for f in nieuw if f["verrekeningen"])
    typefout = {"reden": "Typefout", "inwoners": fout["inwoners"] + 7, "datum": "2018-12-15"}
    beter = wereld.post(f"/v1/facturen/{fout['nummer']}/correcties", typefout, status=201)
    erna = [f for f in wereld.alle("/v1/facturen?jaar=2019") if f["vervangt"]]
    alle = [wereld.get(f"/v1/facturen/{f['nummer']}") for f in erna]
    assert sum(v["bedragCent"] for f in alle for v in f["verrekeningen"]) == verwacht[fout["gemeentecode"]]
    assert wereld.get(f"{beter.headers['location']}/onderbouwing")["bedragCent"] == beter.json()["bedragCent"]


def test_voorlopig_kan_meer_dan_eens_verschillen_en_definitief_niet_meer(wereld, clock):
    twee_jaar(wereld, GM0003=12_000, GM0363=855_000)
    wereld.ronde(2019, factuurdatum="2018-12-15")
    # GM0003 was still provisional then, GM0363 no more: only the first can differ again. 2020 has the price of 2019.
    wereld.outway.per_dag["2018-01-01"] = met(2018, GM0003=12_010, GM0363=855_009)
    wereld.outway.per_dag["2020-01-01"] = met(2020)
    clock.moment = clock.moment.replace(year=2019)
    per = regels(wereld, voorvertoond(wereld, 2020))
    assert {
        code: (v["vanInwoners"], v["naarInwoners"], v["bedragCent"]) for code, r in per.items() for v in r["verrekeningen"]
    } == {"GM0003": (12_000, 12_010, 900)}
    wereld.ronde(2020, factuurdatum="2019-12-15")
    wereld.outway.per_dag["2018-01-01"] = met(2018, GM0003=1)
    assert not any(r["verrekeningen"] for r in regels(wereld, voorvertoond(wereld, 2020)).values())


def test_wat_intussen_met_de_hand_is_gecrediteerd_wordt_niet_ook_verrekend(wereld):
    twee_jaar(wereld, GM0003=12_071, GM0363=855_001)
    oud = {f["gemeentecode"]: f["nummer"] for f in wereld.alle("/v1/facturen?jaar=2018")}
    wereld.post("/v1/facturatierondes", {"jaar": 2019, "factuurdatum": "2018-12-15"}, status=202)
    wereld.jobs()
    deel = {"reden": "Zelf", "regels": [{"dienst": "kindertelefoon", "bedragCent": 5}]}
    wereld.post(f"/v1/facturen/{oud['GM0003']}/creditnotas", deel, status=201)
    assert oud["GM0003"] in wereld.goedgekeurd(2019, status=409)["detail"]
    wereld.post("/v1/facturatierondes/2019/afwijzingen", {"naam": "x", "toelichting": "achterhaald"}, status=200)
    ronde = wereld.ronde(2019, factuurdatum="2018-12-15")
    assert ronde["status"] == "geboekt"
    per = regels(wereld, wereld.get(ronde["voorstel"]))
    assert [code for code, regel in per.items() if regel["verrekeningen"]] == ["GM0363"]


def test_verschil_met_de_hand_vlak_voor_het_factureren_blijft_eraf(wereld):
    """Approved, and credited before the job came: the invoice then goes without, and says so."""
    twee_jaar(wereld, GM0003=12_071)
    oud = {f["gemeentecode"]: f["nummer"] for f in wereld.alle("/v1/facturen?jaar=2018")}
    wereld.post("/v1/facturatierondes", {"jaar": 2019, "factuurdatum": "2018-12-15"}, status=202)
    wereld.jobs()
    wereld.goedgekeurd(2019)
    wereld.post(f"/v1/facturen/{oud['GM0003']}/creditnotas", {"reden": "Zelf"}, status=201)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2019")
    assert ronde["status"] == "mislukt" and oud["GM0003"] in ronde["probleem"]["detail"]


def test_verrekening_staat_op_het_document_en_wordt_mee_betaald(wereld):
    stel_in(wereld)
    twee_jaar(wereld, GM0003=11_000)
    wereld.ronde(2019, factuurdatum="2018-12-15")
    factuur = next(f for f in wereld.alle("/v1/facturen?jaar=2019") if f["gemeentecode"] == "GM0003")
    ubl = bytes_van(wereld, f"/v1/facturen/{factuur['nummer']}/ubl").decode()
    assert "2018-000001" in ubl and "Verrekening" in ubl and NS["cbc"] in ubl
    wereld.lees_in([post(factuur["bedragCent"], kenmerk=factuur["betalingskenmerk"])])
    assert wereld.get(f"/v1/facturen/{factuur['nummer']}")["openstaandCent"] == 0

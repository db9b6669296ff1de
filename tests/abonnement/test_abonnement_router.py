"""The collective registration and the subscriptions it makes."""

from __future__ import annotations

import uuid

import pytest

from tests.abonnement.wereld import AANMELDING, G4, KLEIN

pytestmark = pytest.mark.usefixtures("klein")


def abonnementen(wereld) -> dict[str, str]:
    return {a["gemeentecode"]: a["pakket"] for a in wereld.alle("/v1/abonnementen")}


def test_elke_gemeente_krijgt_een_abonnement_en_de_uitzonderingen_hun_eigen_pakket(wereld):
    aanmelding = wereld.aangemeld()
    assert (aanmelding["status"], aanmelding["aantalAbonnementen"], aanmelding["probleem"]) == ("verwerkt", len(KLEIN), None)
    assert abonnementen(wereld) == {code: "zonder-luisterend-oor" if code in G4 else "volledig" for code in KLEIN}
    een = wereld.get("/v1/abonnementen?gemeentecode=GM0344")["results"][0]
    assert (een["gemeentenaam"], een["begindatum"], een["einddatum"]) == ("Utrecht", "2018-01-01", "2021-12-31")
    assert een["gemeente"] == {"bron": "catalogus", "pad": "/v1/gemeenten/GM0344"}
    assert wereld.get(f"/v1/abonnementen/{een['id']}") == een and wereld.get(een["aanmelding"])["id"] == aanmelding["id"]
    assert wereld.get("/v1/abonnementen?geldigOp=2022-01-01")["count"] == 0
    assert wereld.get("/v1/abonnementen?pakket=volledig&geldigOp=2021-12-31")["count"] == len(KLEIN) - len(G4)


def test_dezelfde_aanmelding_nog_eens_verandert_niets(wereld):
    eerste = wereld.aangemeld()
    anders_geordend = {**AANMELDING, "uitzonderingen": AANMELDING["uitzonderingen"][::-1]}
    herhaald = wereld.post("/v1/collectieve-aanmeldingen", anders_geordend, status=200)
    wereld.jobs()
    assert herhaald.json() == eerste and herhaald.headers["location"].endswith(eerste["id"])
    assert len(abonnementen(wereld)) == len(KLEIN) and wereld.outway.vragen == 1


def test_onbekende_uitzonderingen_worden_allemaal_genoemd_en_niets_verandert(wereld):
    mis = [{"gemeentecode": code, "pakket": "volledig"} for code in ("GM9998", "GM9999")]
    aanmelding = wereld.aangemeld({**AANMELDING, "uitzonderingen": AANMELDING["uitzonderingen"] + mis})
    assert aanmelding["status"] == "mislukt" and aanmelding["probleem"]["type"] == "onbekende-gemeente"
    assert aanmelding["probleem"]["gemeentecodes"] == ["GM9998", "GM9999"]
    assert "GM9998, GM9999" in aanmelding["probleem"]["detail"]
    assert abonnementen(wereld) == {}


def test_overlap_wordt_geweigerd_met_alle_gemeenten_en_niets_verandert(wereld):
    wereld.outway.gemeenten = wereld.outway.gemeenten[:2]
    wereld.aangemeld({**AANMELDING, "uitzonderingen": []})
    wereld.outway.gemeenten += [{"code": "GM1234", "naam": "Verzonnen", "inwoners": None}]
    later = wereld.aangemeld({**AANMELDING, "begindatum": "2018-06-01", "uitzonderingen": []})
    assert later["status"] == "mislukt" and later["probleem"]["type"] == "overlappend-abonnement"
    assert later["probleem"]["gemeentecodes"] == ["GM0003", "GM0088"] and len(abonnementen(wereld)) == 2


def test_mislukte_aanmelding_begint_opnieuw_als_zij_nog_eens_wordt_gevraagd(wereld):
    alle = list(wereld.outway.gemeenten)
    wereld.outway.gemeenten = [g for g in alle if g["code"] != "GM0344"]
    assert wereld.aangemeld()["status"] == "mislukt"
    wereld.outway.gemeenten = alle
    assert wereld.aangemeld()["status"] == "verwerkt" and len(abonnementen(wereld)) == len(KLEIN)


def test_aansluitend_abonnement_mag(wereld):
    wereld.aangemeld({**AANMELDING, "einddatum": "2018-06-30"})
    assert wereld.aangemeld({**AANMELDING, "begindatum": "2018-07-01"})["status"] == "verwerkt"
    assert len(wereld.alle("/v1/abonnementen")) == 2 * len(KLEIN)


def test_onbekend_pakket_wordt_meteen_geweigerd(wereld):
    antwoord = wereld.post("/v1/collectieve-aanmeldingen", {**AANMELDING, "pakket": "goud"}, status=409)
    assert antwoord.json()["type"].endswith("/onbekend-pakket") and "goud" in antwoord.json()["detail"]


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"begindatum": "1-1-2018"}, "begindatum"),
        ({"pakket": ""}, "pakket"),
        ({"uitzonderingen": [{"gemeentecode": "344", "pakket": "volledig"}]}, "uitzonderingen.0.gemeentecode"),
        ({"overig": 1}, "overig"),
    ],
)
def test_ongeldige_invoer_verandert_niets(wereld, wijziging, fout):
    antwoord = wereld.post("/v1/collectieve-aanmeldingen", {**AANMELDING, **wijziging}, status=400)
    assert [p["name"] for p in antwoord.json()["invalidParams"]] == [fout]


def test_aanmelding_die_zichzelf_tegenspreekt_wordt_geweigerd_met_alles_wat_niet_klopt(wereld):
    mis = {**AANMELDING, "einddatum": "2017-12-31", "uitzonderingen": AANMELDING["uitzonderingen"][:2] * 2}
    detail = wereld.post("/v1/collectieve-aanmeldingen", mis, status=409).json()["detail"]
    assert "2017-12-31" in detail and "uitzondering voor GM0344" in detail and "uitzondering voor GM0363" in detail


def test_gemeente_ziet_alleen_haar_eigen_abonnement(wereld):
    wereld.aangemeld()
    alle = wereld.alle("/v1/abonnementen")
    utrecht = wereld.gemeente("GM0344")
    eigen = wereld.get("/v1/abonnementen", utrecht)
    assert eigen["count"] == 1 and eigen["results"][0]["gemeentecode"] == "GM0344"
    assert wereld.get("/v1/abonnementen?gemeentecode=GM0363", utrecht)["count"] == 0
    for abonnement in alle:
        wereld.get(f"/v1/abonnementen/{abonnement['id']}", utrecht, status=200 if abonnement["gemeentecode"] == "GM0344" else 404)


def test_onbekende_id_geeft_404(wereld):
    for pad in ("abonnementen", "collectieve-aanmeldingen"):
        assert str(nul := uuid.UUID(int=0)) in wereld.get(f"/v1/{pad}/{nul}", status=404)["detail"]

"""What a round would be, who approves it, and within which bounds; in a small country."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.abonnement.test_tarief_router import BESLUIT
from tests.abonnement.wereld import AANMELDING, G4, KLEIN
from tests.cbs import gemeenten_op

pytestmark = pytest.mark.usefixtures("klein")
BESLUIT_2018 = {"id": "proef-2019", "datum": "2018-01-10", "gremium": "BALV (test)", "prijspeil": 2018}


def met(jaar: int, **anders: int | None) -> list[dict]:
    """The small country on 1 January of a year; code to another number of inhabitants, or None where it is gone."""
    return [
        {
            **g,
            "inwoners": {
                **g["inwoners"],
                "peildatum": f"{jaar}-01-01",
                "aantal": anders.get(g["code"]) or g["inwoners"]["aantal"],
            },
        }
        for g in gemeenten_op("2018-01-01")
        if g["code"] in KLEIN and anders.get(g["code"], 1) is not None
    ]


def tarief_2019(wereld, **anders) -> None:
    """The packages of 2018, with another price."""
    vol = wereld.get("/v1/tariefbesluiten/balv-2016-11-30")
    pakketten = [{**pakket, **anders.get(pakket["code"], {})} for pakket in vol["pakketten"]]
    vast = ("vorige", "grondslag", "indexatie")
    inhoud = {**vol, **BESLUIT_2018, "eersteJaar": 2019, "laatsteJaar": 2020, "pakketten": pakketten}
    inhoud = {naam: waarde for naam, waarde in inhoud.items() if naam not in vast}
    wereld.post("/v1/tariefbesluiten", inhoud, status=201)


def voorvertoond(wereld, jaar: int, **wens) -> dict:
    antwoord = wereld.post("/v1/voorvertoningen", {"jaar": jaar, **wens}, status=202)
    wereld.jobs()
    return wereld.get(antwoord.headers["location"])


def regels(wereld, een: dict, vraag: str = "") -> dict[str, dict]:
    return {regel["gemeentecode"]: regel for regel in wereld.alle(f"{een['regels']}{vraag}")}


def test_voorvertoning_voor_de_eerste_ronde_zegt_wat_zij_wordt_en_verandert_niets(wereld):
    wereld.aangemeld()
    een = voorvertoond(wereld, 2018)
    assert (een["status"], een["aantalGemeenten"], een["voorRonde"], een["verkoopwijze"]) == (
        "berekend",
        len(KLEIN),
        False,
        "bureau",
    )
    assert (
        een["vorigJaarCent"] == 0
        and een["redenen"] == [{"reden": "nieuw", "cent": een["bedragCent"]}]
        and not een["overschrijdingen"]
    )
    assert wereld.get("/v1/facturen")["count"] == 0 and wereld.get("/v1/facturatierondes")["count"] == 0
    per = regels(wereld, een)
    ronde = wereld.ronde(2018)
    facturen = {f["gemeentecode"]: f["bedragCent"] for f in wereld.alle("/v1/facturen")}
    assert {code: regel["totaalCent"] for code, regel in per.items()} == facturen and list(per) == sorted(facturen)
    assert een["totaalCent"] == ronde["totaalCent"] and wereld.get(f"/v1/voorvertoningen/{een['id']}") == een
    assert wereld.get(ronde["voorstel"])["voorRonde"] and regels(wereld, wereld.get(ronde["voorstel"])) == per
    for rol, status in ((wereld.gemeente("GM0344"), 403), (wereld.fiatteur(), 200)):
        for pad in ("/v1/voorvertoningen", f"/v1/voorvertoningen/{een['id']}", een["regels"]):
            wereld.get(pad, rol, status=status)


def test_elk_verschil_met_vorig_jaar_heeft_redenen_die_samen_het_verschil_zijn(wereld):
    uit = [u for u in AANMELDING["uitzonderingen"] if u["gemeentecode"] != "GM0344"]
    wereld.aangemeld({**AANMELDING, "einddatum": "2018-12-31"})
    wereld.ronde(2018)
    # In 2019 Utrecht takes the whole package, GM0088 is gone and GM0003 has more inhabitants. Another price for all.
    tarief_2019(wereld, volledig={"tariefPerInwoner": "0.93"})
    weg = {"GM0088": None, "GM0003": 12_500}
    wereld.outway.gemeenten = met(2019, **weg)
    wereld.aangemeld({**AANMELDING, "begindatum": "2019-01-01", "uitzonderingen": uit})
    een = voorvertoond(wereld, 2019)
    per = regels(wereld, een)
    for code, regel in per.items():
        assert (
            sum(r["cent"] for r in regel["redenen"]) == regel["verschilCent"] == regel["bedragCent"] - regel["vorigJaarCent"]
        ), code
    assert sum(r["cent"] for r in een["redenen"]) == een["verschilCent"] == een["bedragCent"] - een["vorigJaarCent"]
    soorten = {code: [r["reden"] for r in regel["redenen"]] for code, regel in per.items()}
    assert soorten["GM0003"] == ["tarief", "inwoners"] and soorten["GM0344"] == ["pakket", "tarief"]
    assert soorten["GM0363"] == [] and soorten["GM1680"] == ["tarief"] and soorten["GM0088"] == ["vervallen"]
    assert per["GM0003"]["redenen"][1]["cent"] == 12_500 * 93 - per["GM0003"]["vorigJaarCent"] // 90 * 93
    assert per["GM0088"] == {
        **dict.fromkeys(
            ("abonnement", "pakket", "maanden", "inwoners", "voorlopig", "tariefPerInwoner", "betaler", "betalerNaam")
        ),
        **{"gemeentecode": "GM0088", "gemeentenaam": "Schiermonnikoog", "bedragCent": 0, "totaalCent": 0, "verrekeningen": []},
        **{naam: per["GM0088"][naam] for naam in ("vorigJaarCent", "verschilCent", "redenen")},
    }
    assert set(regels(wereld, een, "?reden=pakket")) == {"GM0344"} and set(regels(wereld, een, "?gemeentecode=GM0003")) == {
        "GM0003"
    }
    assert [o["grens"] for o in een["overschrijdingen"]] == ["afwijking-gemeente"]
    assert een["overschrijdingen"][0]["gemeentecodes"] == ["GM0344"]


def test_ronde_wacht_op_andere_ogen_en_het_besluit_staat_erbij(wereld):
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    assert wereld.goedgekeurd(status=409, voorstel="0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10")["type"].endswith("niet-te-beoordelen")
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    assert ronde["status"] == "voorgesteld" and ronde["besluit"] is None and ronde["aantalFacturen"] == 0
    assert ronde["voortgang"] == {"stap": "factureren", "gedaan": 0, "totaal": len(KLEIN)}
    wereld.goedgekeurd(status=403, headers=wereld.administratie())
    wereld.goedgekeurd(status=403, headers=wereld.gemeente("GM0344"))
    assert wereld.goedgekeurd(status=409, voorstel="0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10")["type"].endswith("/ander-voorstel")
    wereld.jobs()
    assert wereld.get("/v1/facturen")["count"] == 0
    gekeurd = wereld.goedgekeurd()
    assert gekeurd["status"] == "goedgekeurd" and gekeurd["besluit"]["rol"] == "fiatteur"
    assert wereld.goedgekeurd(status=409)["type"].endswith("niet-te-beoordelen")
    wereld.jobs()
    klaar = wereld.get("/v1/facturatierondes/2018")
    assert klaar["status"] == "geboekt" and klaar["besluit"] == gekeurd["besluit"]
    afwijzing = {"naam": "x", "toelichting": "te laat"}
    te_laat = wereld.post("/v1/facturatierondes/2018/afwijzingen", afwijzing, status=409, headers=wereld.fiatteur())
    assert te_laat.json()["type"].endswith("niet-te-beoordelen")
    assert wereld.goedgekeurd(2018, status=400, naam="")["invalidParams"]
    onbekend = "/v1/facturatierondes/2031"
    keur = {"voorstel": ronde["voorstel"].rpartition("/")[2], "naam": "x"}
    wereld.post(f"{onbekend}/goedkeuringen", keur, status=404, headers=wereld.fiatteur())
    wereld.post(f"{onbekend}/afwijzingen", afwijzing, status=404)


def test_wie_goedkeurt_vraagt_geen_ronde_aan_en_bekijkt_haar_wel(wereld):
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=403, headers=wereld.fiatteur())
    wereld.post("/v1/voorvertoningen", {"jaar": 2018}, status=202, headers=wereld.fiatteur())
    assert wereld.ronde(2018)["status"] == "geboekt"


def test_afgewezen_ronde_kan_opnieuw_worden_gevraagd_ook_met_een_andere_datum(wereld):
    wereld.aangemeld()
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    eerste = wereld.get("/v1/facturatierondes/2018")
    afgewezen = wereld.post(
        "/v1/facturatierondes/2018/afwijzingen", {"naam": "Zelf (test)", "toelichting": "Verkeerde datum"}, status=200
    )
    assert afgewezen.json()["status"] == "afgewezen" and afgewezen.json()["besluit"]["toelichting"] == "Verkeerde datum"
    assert wereld.goedgekeurd(status=409)["type"].endswith("niet-te-beoordelen")
    opnieuw = wereld.post("/v1/facturatierondes", {"jaar": 2018, "factuurdatum": "2018-02-01"}, status=202).json()
    assert (
        opnieuw["status"] == "aangevraagd"
        and opnieuw["factuurdatum"] == "2018-02-01"
        and opnieuw["voorstel"] != eerste["voorstel"]
    )
    wereld.jobs()
    assert wereld.goedgekeurd(status=409, voorstel=eerste["voorstel"].rpartition("/")[2])["type"].endswith("/ander-voorstel")
    assert wereld.afgerond()["status"] == "geboekt" and wereld.alle("/v1/facturen")[0]["factuurdatum"] == "2018-02-01"
    assert wereld.get(eerste["voorstel"])["status"] == "berekend"


GRENZEN = {
    "perFactuurCent": 50_000_000,
    "totaalCent": 60_000_000,
    "gemeenteProcent": 1,
    "totaalProcent": 1,
    "voorvertoningCent": 100,
    "bron": "Proef",
}


def test_buiten_haar_grenzen_wacht_de_ronde_en_wordt_zij_alleen_bij_name_aanvaard(wereld):
    wereld.aangemeld()
    gezien = voorvertoond(wereld, 2018)
    grens = "/v1/facturatiegrenzen/2018"
    assert wereld.put(grens, GRENZEN).status_code == 403
    assert wereld.put(grens, GRENZEN, headers=wereld.fiatteur()).json()["versie"] == 1
    assert wereld.put(grens, {**GRENZEN, "perFactuurCent": 0}, headers=wereld.fiatteur()).status_code == 400
    wereld.outway.gemeenten = met(2018, GM0003=20_000)
    wereld.post("/v1/facturatierondes", {"jaar": 2018, "voorvertoning": gezien["id"]}, status=202)
    wereld.jobs()
    ronde = wereld.get("/v1/facturatierondes/2018")
    verwacht = ["per-factuur", "totaal", "afwijking-voorvertoning"]
    assert ronde["status"] == "voorgesteld" and [o["grens"] for o in ronde["overschrijdingen"]] == verwacht
    assert ronde["overschrijdingen"][0]["gemeentecodes"] == ["GM0363"]
    for aanvaard in ([], verwacht[:2]):
        geweigerd = wereld.goedgekeurd(status=409, aanvaard=aanvaard)
        assert geweigerd["type"].endswith("/buiten-grenzen") and geweigerd["grenzen"] == [
            o for o in verwacht if o not in aanvaard
        ]
    assert wereld.goedgekeurd(status=409, toelichting=None)["type"].endswith("/buiten-grenzen")
    assert wereld.get("/v1/facturen")["count"] == 0
    klaar = wereld.afgerond()
    assert klaar["status"] == "geboekt" and klaar["besluit"]["aanvaard"] == sorted(verwacht)
    # The next year deviates from this one.
    tarief_2019(wereld, volledig={"tariefPerInwoner": "0.95"})
    wereld.outway.gemeenten = met(2019)
    over = {o["grens"]: o for o in voorvertoond(wereld, 2019)["overschrijdingen"]}
    assert {"per-factuur", "totaal", "afwijking-gemeente"} <= set(over)
    assert set(over["afwijking-gemeente"]["gemeentecodes"]) == set(KLEIN) - set(G4)
    wereld.put(grens, {**GRENZEN, "gemeenteProcent": 100, "totaalProcent": 100}, headers=wereld.fiatteur())
    assert {o["grens"] for o in voorvertoond(wereld, 2019)["overschrijdingen"]} == {"per-factuur", "totaal"}
    assert [g["versie"] for g in wereld.get("/v1/facturatiegrenzen")["results"]] == [1, 2]


def test_voorstel_dat_achterhaald_is_wordt_niet_gefactureerd(wereld):
    deel = {"begindatum": "2018-01-01", "einddatum": "2018-12-31", "pakket": "volledig"}
    alle = wereld.outway.gemeenten
    wereld.outway.gemeenten = [g for g in alle if g["code"] != "GM1680"]
    wereld.aangemeld(deel)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    wereld.outway.gemeenten = [g for g in alle if g["code"] == "GM1680"]
    wereld.aangemeld({**deel, "einddatum": "2019-12-31"})
    achterhaald = wereld.goedgekeurd(status=409)
    assert achterhaald["type"].endswith("/voorstel-achterhaald") and "GM1680" in achterhaald["detail"]
    wereld.outway.gemeenten = alle
    wereld.post("/v1/facturatierondes/2018/afwijzingen", {"naam": "x", "toelichting": "achterhaald"}, status=200)
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    # And when it changes between the approval and the first invoice:
    wereld.goedgekeurd()
    assert wereld.put("/v1/verkoopwijzen/2018", {"wijze": "stichtingen", "bron": "proef"}).status_code == 200
    wereld.jobs()
    mislukt = wereld.get("/v1/facturatierondes/2018")
    assert (
        mislukt["status"] == "mislukt" and mislukt["probleem"]["type"] == "voorstel-achterhaald" and not mislukt["aantalFacturen"]
    )
    wereld.post("/v1/facturatierondes", {"jaar": 2018}, status=202)
    wereld.jobs()
    klaar = wereld.afgerond()
    assert klaar["status"] == "geboekt" and klaar["aantalFacturen"] == 3 * len(KLEIN)
    assert klaar["voortgang"]["gedaan"] == klaar["voortgang"]["totaal"] == 3 * len(KLEIN)


def test_een_ronde_tegelijk_en_elk_besluit_een_keer(wereld, clock):
    wereld.aangemeld()
    tarief_2019(wereld)
    for jaar in (2018, 2019):
        wereld.outway.per_dag[f"{jaar}-01-01"] = met(jaar)
        wereld.post("/v1/facturatierondes", {"jaar": jaar, "factuurdatum": "2018-12-15"}, status=202)
    wereld.jobs()
    stand = {jaar: wereld.get(f"/v1/facturatierondes/{jaar}") for jaar in (2018, 2019)}
    assert {ronde["status"] for ronde in stand.values()} == {"voorgesteld"}

    def keur(jaar: int) -> int:
        inhoud = {"voorstel": stand[jaar]["voorstel"].rpartition("/")[2], "naam": "x"}
        return wereld.post(f"/v1/facturatierondes/{jaar}/goedkeuringen", inhoud, headers=wereld.fiatteur()).status_code

    with ThreadPoolExecutor(8) as pool:
        uitkomsten = list(pool.map(keur, [2018, 2019] * 4))
    assert sorted(uitkomsten) == [200, *[409] * 7]
    (eerst,) = [jaar for jaar in stand if wereld.get(f"/v1/facturatierondes/{jaar}")["status"] == "goedgekeurd"]
    ander = 4037 - eerst
    assert wereld.goedgekeurd(ander, status=409)["type"].endswith("/andere-ronde-bezig")
    wereld.jobs()
    assert wereld.afgerond(ander)["status"] == "geboekt" and wereld.get(f"/v1/facturatierondes/{eerst}")["status"] == "geboekt"


def test_wat_niet_kan_wordt_geweigerd_of_mislukt_met_de_reden(wereld):
    assert wereld.post("/v1/voorvertoningen", {"jaar": 2018}, status=409).json()["type"].endswith("/geen-abonnementen")
    wereld.aangemeld()
    assert wereld.post("/v1/voorvertoningen", {"jaar": 2031}, status=409).json()["type"].endswith("/geen-tarief")
    wereld.post("/v1/voorvertoningen", {"jaar": "x"}, status=400)
    geen = "0f5a1d34-0f0c-4b53-8b54-2f7f4a6d9c10"
    for pad, inhoud in (
        ("/v1/voorvertoningen", {"jaar": 2018, "vergelekenMet": geen}),
        ("/v1/facturatierondes", {"jaar": 2018, "voorvertoning": geen}),
    ):
        assert wereld.post(pad, inhoud, status=409).json()["type"].endswith("/onbekende-voorvertoning")
    wereld.get(f"/v1/voorvertoningen/{geen}", status=404)
    wereld.get(f"/v1/voorvertoningen/{geen}/regels", status=404)
    wereld.outway.storing["catalogus"] = 400
    mislukt = voorvertoond(wereld, 2018)
    assert mislukt["status"] == "mislukt" and mislukt["probleem"]["type"] == "bron-weigert" and mislukt["totaalCent"] is None
    wereld.outway.storing.clear()
    wereld.post("/v1/tariefbesluiten", {**BESLUIT, "eersteJaar": 2018}, status=201)
    zonder = voorvertoond(wereld, 2018, tariefbesluit=BESLUIT["id"])
    assert zonder["probleem"]["type"] == "pakket-zonder-tarief"
    assert [een["status"] for een in wereld.get("/v1/voorvertoningen?jaar=2018")["results"]] == ["mislukt", "mislukt"]

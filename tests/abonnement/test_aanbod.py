"""Offers: who has signed, who has not answered, and reminders to those."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from abonnement_api.aanbod import rules
from gemeengoed_kit.testing import moment
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.aanbiedingen import AANBOD, TEKENT, aangeboden, antwoord, ondertekend
from tests.abonnement.test_gelijktijdig import statussen, tegelijk
from tests.abonnement.test_vast import voer_uit
from tests.abonnement.wereld import AANMELDING, KLEIN

pytestmark = pytest.mark.usefixtures("klein")
DAGEN = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def namen(antwoord) -> set[str]:
    return {fout["name"] for fout in antwoord.json()["invalidParams"]}


@given(DAGEN, DAGEN)
def test_ingangsdatum_is_de_begindatum_of_de_eerstvolgende_eerste_van_een_maand(begin, datum):
    begin = begin.replace(day=1)
    dag = rules.ingangsdatum(begin, datum)
    assert dag.day == 1 and dag >= begin and (dag == begin or 0 <= (dag - datum).days <= 30)


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_procenten_van_deel_en_rest_zijn_samen_honderd(deel, rest):
    beide = float(rules.procent(deel, deel + rest)) + float(rules.procent(rest, deel + rest))
    assert abs(beide - 100) <= 0.1001 if deel + rest else beide == 0


def test_aanbod_van_openstellen_tot_bord(wereld, outway, clock):
    clock.moment = moment("2017-05-01T09:00")
    assert namen(wereld.post("/v1/aanbiedingen", AANBOD, status=409)) == {"peildatum"}  # still to come
    inhoud = {**AANBOD, "peildatum": "2017-01-01"}
    outway.storing["catalogus"] = 404
    assert wereld.post("/v1/aanbiedingen", inhoud, status=202).json()["status"] == "aangevraagd"
    dicht = wereld.post("/v1/aanbiedingen/jeugd-2018/antwoorden", antwoord("GM0003", datum=None), status=409)
    assert dicht.json()["type"].endswith("aanbod-niet-open")
    outway.storing.clear()
    for gemeente in outway.gemeenten:  # of one there is only a figure of another day
        gemeente["inwoners"]["peildatum"] = "2017-01-01" if gemeente["code"] != "GM1680" else "2018-01-01"
    wereld.jobs()
    pad = "/v1/aanbiedingen/jeugd-2018"
    assert wereld.get(pad)["status"] == "open"
    assert wereld.post("/v1/aanbiedingen", inhoud, status=200).json()["status"] == "open"
    anders = wereld.post("/v1/aanbiedingen", {**inhoud, "naam": "Iets anders"}, status=409).json()
    assert anders["type"].endswith("aanbod-bestaat") and "naam" in anders["detail"]

    clock.moment = moment("2017-05-20T09:00")
    eigen = wereld.gemeente("GM0003")
    vooraf = wereld.get(f"{pad}/uittreden?gemeentecode=GM0003", eigen)
    gegeven = wereld.post(f"{pad}/antwoorden", antwoord("GM0003", datum=None), status=201, headers=eigen).json()
    assert gegeven["uittreden"] == vooraf
    assert [(o["laatsteDag"], o["uitersteOpzegdag"], o["resterendeMaanden"]) for o in vooraf["mogelijkheden"]] == [
        ("2018-12-31", "2018-06-30", 36),
        ("2019-12-31", "2019-06-30", 24),
        ("2020-12-31", "2020-06-30", 12),
        ("2021-12-31", "2021-06-30", 0),
    ]
    inwoners = {g["code"]: g["inwoners"]["aantal"] for g in outway.gemeenten}
    prijs = inwoners["GM0003"] * 90
    assert vooraf["jaarprijsCent"] == prijs
    assert [o["bijdrageCent"] for o in vooraf["mogelijkheden"]] == [(prijs * m * 25 + 600) // 1200 for m in (36, 24, 12, 0)]
    gezegd = gegeven["antwoord"]
    assert (gezegd["ondertekenaar"], gezegd["rol"], gezegd["datum"]) == (TEKENT, "gemeente", "2017-05-20")
    abonnement = wereld.get(gezegd["abonnement"], eigen)
    assert (abonnement["status"], abonnement["pakket"], abonnement["aanbod"]) == ("toekomstig", "volledig", pad)
    assert (abonnement["begindatum"], abonnement["laatsteDag"]) == ("2018-01-01", "2021-12-31")

    uitzondering = {"pakket": "zonder-luisterend-oor", "uitzondering": "Eigen Luisterend Oor (test)"}
    ondertekend(wereld, pad, "GM0344", datum="2017-05-18", **uitzondering)
    wereld.post(f"{pad}/antwoorden", antwoord("GM0363", antwoord="afgewezen", datum="2017-05-19"), status=201)
    bord = wereld.get(f"{pad}/bord")
    assert (bord["aantal"], bord["zonderCijfer"], bord["dagenTotReageren"], bord["dagenTotBegin"]) == (7, 1, 12, 226)
    assert [(d["stand"], d["aantal"]) for d in bord["standen"]] == [("ondertekend", 2), ("afgewezen", 1), ("geen antwoord", 4)]
    alle = sum(inwoners.values()) - inwoners["GM1680"]
    getekend = inwoners["GM0003"] + inwoners["GM0344"]
    assert (bord["inwoners"], bord["standen"][0]["inwoners"]) == (alle, getekend)
    assert bord["standen"][0]["procentInwoners"] == f"{100 * getekend / alle:.1f}" and bord["standen"][0]["procent"] == "28.6"
    assert {g["gemeentecode"] for g in wereld.alle(bord["gemeenten"])} == set(KLEIN) - {"GM0003", "GM0344", "GM0363"}
    eerder = wereld.get(f"{pad}/bord?op=2017-05-18")
    assert [d["aantal"] for d in eerder["standen"]] == [1, 0, 6]
    bestand = wereld.client.get(f"{pad}/bord.csv", headers=wereld.fiatteur())
    rijen = {rij["gemeentecode"]: rij for rij in csv.DictReader(io.StringIO(bestand.text))}
    assert bestand.headers["content-type"].startswith("text/csv") and set(rijen) == set(KLEIN)
    assert (rijen["GM0344"]["stand"], rijen["GM0344"]["pakket"]) == ("ondertekend", "zonder-luisterend-oor")
    assert (rijen["GM1680"]["inwoners"], rijen["GM1680"]["stand"]) == ("", "geen antwoord")
    assert [g["gemeentecode"] for g in wereld.alle(f"{pad}/gemeenten", eigen)] == ["GM0003"]
    assert [a["gemeentecode"] for a in wereld.alle(f"{pad}/antwoorden", eigen)] == ["GM0003"]
    wereld.get(f"{pad}/bord", eigen, status=403)

    ondertekend(wereld, pad, "GM0363", datum="2017-05-20", **uitzondering)  # after all
    assert [d["aantal"] for d in wereld.get(f"{pad}/bord")["standen"]] == [3, 0, 4]
    assert [a["antwoord"] for a in wereld.alle(f"{pad}/antwoorden?gemeentecode=GM0363")] == ["afgewezen", "ondertekend"]


def test_rappels_per_stap_en_per_dag_een_keer(wereld, clock):
    pad = aangeboden(wereld, begindatum="2018-07-01", reagerenVoor="2018-02-01")
    ondertekend(wereld, pad, "GM0003", datum="2018-01-15", ondertekenaar={**TEKENT, "besluitdatum": "2018-01-15"})
    assert wereld.post(f"{pad}/rappels", {"stap": 2}, status=200).json()["aantal"] == 0  # no one had the first
    eerste = wereld.post(f"{pad}/rappels", {"stap": 1}, status=201)
    assert eerste.json()["aantal"] == 6 and eerste.headers["location"] == f"{pad}/rappels?stap=1"
    for stap in (1, 2):  # not again, and no other on the same day
        assert wereld.post(f"{pad}/rappels", {"stap": stap}, status=200).json()["aantal"] == 0
    clock.moment = moment("2018-01-20T09:00")
    wereld.post(f"{pad}/antwoorden", antwoord("GM0088", antwoord="afgewezen", datum="2018-01-19"), status=201)
    assert statussen(tegelijk(*[lambda: wereld.post(f"{pad}/rappels", {"stap": 2})] * 4)) == {201: 1, 200: 3}
    clock.moment = moment("2018-02-03T09:00")
    assert wereld.post(f"{pad}/rappels", {"stap": 3}, status=201).json()["aantal"] == 5
    assert wereld.post(f"{pad}/rappels", {"stap": 4}).status_code == 400
    eigen = wereld.alle(f"{pad}/rappels", wereld.gemeente("GM0344"))
    assert [(r["stap"], r["datum"]) for r in eigen] == [(1, "2018-01-15"), (2, "2018-01-20"), (3, "2018-02-03")]
    een, twee, drie = (r["tekst"] for r in eigen)
    assert een.startswith("Geacht college van Utrecht,\n\nOp grond van BALV 30-11-2016, voorstel D ontving u het aanbod")
    assert "nog 17 dagen: uw antwoord is gevraagd voor 1 februari 2018." in een and "Inmiddels" not in een
    assert "Inmiddels hebben 1 van de 7 gemeenten getekend." in twee
    assert "Uw antwoord was gevraagd voor 1 februari 2018." in drie and "wettelijk verplicht" in drie
    assert eigen[2]["onderwerp"].startswith("Laatste herinnering")
    stand = wereld.get(f"{pad}/gemeenten?gemeentecode=GM0344")["results"][0]
    assert (stand["rappels"], stand["laatsteRappel"]) == (3, "2018-02-03")
    assert wereld.get(f"{pad}/rappels?gemeentecode=GM0088")["count"] == 1


def test_antwoord_dat_niet_past_wordt_in_een_keer_geweigerd(wereld):
    pad = aangeboden(wereld)

    def geweigerd(inhoud, headers=None) -> str:
        antwoord_ = wereld.post(f"{pad}/antwoorden", inhoud, status=409, headers=headers)
        return antwoord_.json()["type"].rpartition("/")[2]

    later = {**TEKENT, "besluitdatum": "2018-03-01"}
    fout = antwoord("GM0003", datum="2018-02-01", ondertekenaar=later, pakket="ander")
    assert namen(wereld.post(f"{pad}/antwoorden", fout, status=409)) == {"datum", "ondertekenaar.besluitdatum", "pakket"}
    zonder = antwoord("GM0003", pakket="zonder-luisterend-oor")
    assert namen(wereld.post(f"{pad}/antwoorden", zonder, status=409)) == {"uitzondering"}
    te_veel = antwoord("GM0003", uitzondering="Zomaar (test)")
    assert namen(wereld.post(f"{pad}/antwoorden", te_veel, status=409)) == {"uitzondering"}
    afgewezen = antwoord("GM0003", antwoord="afgewezen", pakket="volledig")
    assert namen(wereld.post(f"{pad}/antwoorden", afgewezen, status=409)) == {"pakket"}
    assert geweigerd(antwoord("GM9999")) == geweigerd(antwoord("GM0003"), wereld.gemeente("GM0344")) == "gemeente-buiten-aanbod"
    assert wereld.get(f"{pad}/antwoorden")["count"] == wereld.get("/v1/abonnementen")["count"] == 0
    ondertekend(wereld, pad, "GM0003")
    assert geweigerd(antwoord("GM0003", antwoord="afgewezen")) == "aanbod-ondertekend"
    tweede = aangeboden(wereld, code="nog-een", begindatum="2018-07-01", einddatum="2022-06-30", reagerenVoor="2018-06-01")
    al = wereld.post(f"{tweede}/antwoorden", antwoord("GM0003"), status=409).json()
    assert al["type"].endswith("overlappend-abonnement") and al["gemeentecodes"] == ["GM0003"]


def test_aanbod_dat_zichzelf_tegenspreekt(wereld):
    fout = {
        "begindatum": "2018-01-02",
        "einddatum": "2017-12-30",
        "reagerenVoor": "2018-02-01",
        "peildatum": "2019-01-01",
        "uitzonderingspakket": "volledig",
        "tussentijds": False,
    }
    genoemd = namen(wereld.post("/v1/aanbiedingen", {**AANBOD, **fout}, status=409))
    assert genoemd == {
        *("begindatum", "einddatum", "reagerenVoor", "peildatum", "uitzonderingspakket", "uittreedbijdrageProcent")
    }
    onbekend = wereld.post("/v1/aanbiedingen", {**AANBOD, "pakket": "geen-pakket"}, status=409).json()
    assert onbekend["type"].endswith("onbekend-pakket")


def test_tegelijk_tekenen_geeft_een_abonnement(wereld, clock):
    pad = aangeboden(wereld)
    een = tegelijk(*[lambda: wereld.post(f"{pad}/antwoorden", antwoord("GM0003"))] * 6)
    assert statussen(een) == {201: 1, 409: 5}
    tweede = aangeboden(wereld, code="ander-aanbod")
    aanmelding = wereld.post("/v1/collectieve-aanmeldingen", AANMELDING, status=202).json()
    taak = wereld.context.jobs.tasks["abonnement.aanmelden"]

    def aanmelden() -> None:
        with pytest.raises(Exception, match="hebben in deze periode al een abonnement"):
            taak.run(wereld.context, aanmelding=aanmelding["id"])

    tegelijk(
        *[lambda p=p: wereld.post(f"{p}/antwoorden", antwoord("GM0088")) for p in (pad, tweede)] * 2,
        aanmelden,
        lambda: wereld.post(f"{tweede}/antwoorden", antwoord("GM0344", antwoord="afgewezen")),
    )
    assert {a["gemeentecode"] for a in wereld.alle("/v1/abonnementen")} == {"GM0003", "GM0088"}


def test_late_handtekening_gaat_in_op_de_eerste_van_de_maand(wereld, clock):
    pad = aangeboden(wereld)
    clock.moment = moment("2018-03-01T09:00")
    vroeg, laat = ondertekend(wereld, pad, "GM0003", datum="2018-03-01"), ondertekend(wereld, pad, "GM0344", datum="2018-02-02")
    assert [wereld.get(een)["begindatum"] for een in (vroeg, laat)] == ["2018-03-01", "2018-03-01"]


ANTWOORD = "INSERT INTO antwoord VALUES ('jeugd-2018', '{g}', {nr}, '{wat}', '2017-05-01', 'X', 'Y', 'collegebesluit', 'Z', "
ANTWOORD += "'2017-01-01', NULL, {pakket}, NULL, {abonnement}, 'x', now())"
ABONNEMENT = (
    "INSERT INTO abonnement VALUES (gen_random_uuid(), '{g}', 'x', 'volledig', '{van}', '2021-12-31', NULL, {aanbod}, NULL)"
)
RAPPEL = "INSERT INTO rappel VALUES ('jeugd-2018', '{g}', {nr}, '2017-05-01', 'x', 'y', now())"
TEKENEN = {"g": "GM0344", "nr": 1, "wat": "ondertekend", "pakket": "'volledig'"}


def manieren(abonnement: str) -> dict[str, str]:
    """Ways to put down what does not fit, in a world in which GM0003 has signed."""
    eigen = {"g": "GM0344", "van": "2018-01-01", "aanbod": "'jeugd-2018'"}
    niets = {"wat": "afgewezen", "pakket": "NULL", "abonnement": "NULL"}
    return {
        "gemeente erbij": "INSERT INTO aanbodgemeente VALUES ('jeugd-2018', 'GM9999', 'x', 1)",
        "handtekening zonder abonnement": ANTWOORD.format(**TEKENEN, abonnement="gen_random_uuid()"),
        "handtekening zonder iets": ANTWOORD.format(**TEKENEN, abonnement="NULL"),
        "ander pakket": ANTWOORD.format(**{**TEKENEN, "pakket": "'iets'"}, abonnement=f"'{abonnement}'"),
        "abonnement van een ander": ANTWOORD.format(**TEKENEN, abonnement=f"'{abonnement}'"),
        "antwoord na handtekening": ANTWOORD.format(g="GM0003", nr=2, **niets),
        "antwoord overgeslagen": ANTWOORD.format(g="GM0344", nr=2, **niets),
        "rappel aan wie tekende": RAPPEL.format(g="GM0003", nr=1),
        "rappel overgeslagen": RAPPEL.format(g="GM0344", nr=2),
        "abonnement zonder handtekening": ABONNEMENT.format(**eigen),
        "abonnement zonder herkomst": ABONNEMENT.format(**{**eigen, "aanbod": "NULL"}),
        "tweede op dezelfde dag": ABONNEMENT.format(**{**eigen, "g": "GM0003", "van": "2021-12-01"}),
    }


def test_database_weigert_wat_niet_past(wereld, database):
    pad = aangeboden(wereld)
    abonnement = ondertekend(wereld, pad, "GM0003").rpartition("/")[2]
    for naam, opdracht in manieren(abonnement).items():
        with pytest.raises(errors.IntegrityError):
            voer_uit(database.url, opdracht)
            pytest.fail(naam)
    with pytest.raises(errors.InsufficientPrivilege):
        voer_uit(database.url, "UPDATE aanbod SET opzegtermijn_maanden = 0")
    with pytest.raises(errors.InsufficientPrivilege):
        voer_uit(database.url, "UPDATE abonnementstand SET einddatum = '2030-12-31'")

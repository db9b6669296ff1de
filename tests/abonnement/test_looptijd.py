"""Notice, renewal, change of package and leaving; and the part of a year that is owed."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from abonnement_api.abonnement import service as abonnement_service
from abonnement_api.abonnement.rules import hele_maanden, status
from abonnement_api.looptijd import rules
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import moment
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.aanbiedingen import TEKENT, aangeboden, ondertekend
from tests.abonnement.test_gelijktijdig import statussen, tegelijk
from tests.abonnement.test_vast import voer_uit
from tests.abonnement.wereld import AANMELDING

pytestmark = pytest.mark.usefixtures("klein")
DAGEN = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MAANDEN = st.integers(0, 36)
UITZONDERING = {"pakket": "zonder-luisterend-oor", "toelichting": "Eigen Luisterend Oor (test)", "ondertekenaar": TEKENT}


@given(DAGEN, st.integers(0, 2000), st.integers(0, 2000))
def test_delen_die_op_elkaar_aansluiten_zijn_samen_het_geheel(begin, eerst, later):
    midden, eind = begin + timedelta(eerst), begin + timedelta(eerst + later + 1)
    samen = hele_maanden(begin, midden) + hele_maanden(midden + timedelta(1), eind)
    assert samen == hele_maanden(begin, eind)
    firsts = sum((begin + timedelta(dag)).day == 1 for dag in range(eerst + 1))
    assert hele_maanden(begin, midden) == firsts


@given(DAGEN, MAANDEN)
def test_tussen_opzegdag_en_laatste_dag_ligt_de_hele_termijn(laatste, maanden):
    dag = rules.uiterste_opzegdag(laatste, maanden)
    zonder, na = laatste + timedelta(1), dag + timedelta(1)
    assert 12 * (zonder.year - na.year) + zonder.month - na.month == maanden
    assert na.day == zonder.day or (na.day < zonder.day and (na + timedelta(1)).day == 1)
    assert rules.uiterste_opzegdag(laatste, maanden + 1) < dag


@given(
    DAGEN, st.integers(1, 3000), st.builds(rules.Voorwaarden, MAANDEN, st.booleans(), st.integers(0, 100)), st.integers(0, 10**9)
)
def test_uittreden_kost_steeds_minder_en_aan_het_eind_niets(begin, dagen, voorwaarden, prijs):
    opties = rules.mogelijkheden(begin, begin + timedelta(dagen), voorwaarden, prijs)
    kosten = [optie.bijdrage_cent for optie in opties]
    assert kosten == sorted(kosten, reverse=True) and kosten[-1] == 0
    assert [o.laatste_dag for o in opties] == sorted({o.laatste_dag for o in opties})
    assert len(opties) == 1 or voorwaarden.tussentijds
    assert all(
        2 * abs(1200 * o.bijdrage_cent - prijs * o.resterende_maanden * voorwaarden.uittreedbijdrage_procent) <= 1200
        for o in opties
    )


def test_opzegdag_in_een_schrikkeljaar():
    assert rules.uiterste_opzegdag(date(2020, 12, 31), 10) == date(2020, 2, 29)
    assert rules.uiterste_opzegdag(date(2019, 12, 31), 10) == date(2019, 2, 28)
    assert rules.uiterste_opzegdag(date(2020, 3, 30), 1) == date(2020, 2, 28)


@given(DAGEN, DAGEN, DAGEN)
def test_status_verandert_op_de_dag_zelf(een, ander, vandaag):
    begin, eind = sorted((een, ander))
    gevonden = status(begin, eind, False, None, vandaag)
    assert gevonden == ("toekomstig" if vandaag < begin else "beëindigd" if vandaag > eind else "lopend")


def test_maanden_in_de_database_zijn_die_van_de_regel(database):
    dagen = [date(2019, 12, 1) + timedelta(n) for n in range(0, 800, 7)]
    paren = [(een, ander) for een in dagen for ander in dagen if een <= ander + timedelta(40)]
    with psycopg.connect(database.url) as verbinding:
        gevonden = verbinding.execute(
            "SELECT hele_maanden(van, tot) FROM unnest(%s::date[], %s::date[]) WITH ORDINALITY deel (van, tot, nr) ORDER BY nr",
            [[van for van, _ in paren], [tot for _, tot in paren]],
        ).fetchall()
    assert [maanden for (maanden,) in gevonden] == [hele_maanden(*paar) for paar in paren]


def verschuldigd(wereld, jaar: int) -> dict[str, tuple[str, int]]:
    with wereld.context.work(Actor()) as work:
        return {a.gemeentecode: (a.pakket, a.maanden) for a in abonnement_service.te_factureren(work, jaar)}


def test_opzeggen_en_wat_dan_nog_verschuldigd_is(wereld, clock):
    pad = aangeboden(wereld, einddatum="2020-12-31")
    clock.moment = moment("2018-03-20T09:00")
    een = ondertekend(wereld, pad, "GM0003", datum="2018-03-20")
    ander = ondertekend(wereld, pad, "GM0344", datum="2017-05-20")
    clock.moment = moment("2018-07-01T09:00")  # a day too late for this year
    eigen = wereld.gemeente("GM0003")
    mogelijk = wereld.get(f"{een}/uittreden", eigen)["mogelijkheden"]
    assert [(m["laatsteDag"], m["kanNog"]) for m in mogelijk] == [
        ("2018-12-31", False),
        ("2019-12-31", True),
        ("2020-12-31", True),
    ]
    te_laat = wereld.post(f"{een}/opzeggingen", {"ondertekenaar": TEKENT, "laatsteDag": "2018-12-31"}, status=409, headers=eigen)
    assert [f["name"] for f in te_laat.json()["invalidParams"]] == ["laatsteDag"] and "2019-12-31" in te_laat.text
    vreemd = wereld.post(f"{een}/opzeggingen", {"ondertekenaar": TEKENT}, headers=wereld.gemeente("GM0344"))
    assert vreemd.status_code == 404
    opgezegd = wereld.post(
        f"{een}/opzeggingen", {"ondertekenaar": TEKENT, "toelichting": "Eigen dienst"}, status=201, headers=eigen
    )
    (gebeurtenis,) = opgezegd.json()["results"]
    assert (gebeurtenis["soort"], gebeurtenis["ingangsdatum"], gebeurtenis["datum"]) == ("opzegging", "2019-12-31", "2018-07-01")
    assert gebeurtenis["ondertekenaar"] == TEKENT
    nu = wereld.get(een, eigen)
    assert (nu["status"], nu["einddatum"], nu["laatsteDag"]) == ("opgezegd", "2020-12-31", "2019-12-31")
    assert [m["laatsteDag"] for m in wereld.get(f"{een}/uittreden")["mogelijkheden"]] == ["2019-12-31"]
    nog_eens = wereld.post(f"{een}/opzeggingen", {"ondertekenaar": TEKENT}, status=409).json()
    assert nog_eens["invalidParams"][0]["code"] == "al_opgezegd"
    vroeger = {"ondertekenaar": TEKENT, "datum": "2018-06-30", "laatsteDag": "2018-12-31"}  # came in on paper
    wereld.post(f"{ander}/opzeggingen", vroeger, status=201)
    morgen = wereld.post(f"{ander}/opzeggingen", {"ondertekenaar": TEKENT, "datum": "2018-07-02"}, status=409).json()
    assert {f["code"] for f in morgen["invalidParams"]} == {"in_de_toekomst", "al_opgezegd"}
    assert [verschuldigd(wereld, jaar) for jaar in (2017, 2018, 2019, 2020)] == [
        {},
        {"GM0003": ("volledig", 9), "GM0344": ("volledig", 12)},
        {"GM0003": ("volledig", 12)},
        {},
    ]
    clock.moment = moment("2020-01-02T09:00")
    assert wereld.get(een)["status"] == "beëindigd"
    tweede = aangeboden(wereld, code="weer-terug", begindatum="2018-01-01", einddatum="2021-12-31")
    terug = wereld.get(ondertekend(wereld, tweede, "GM0003", datum="2020-01-02"))
    assert (terug["begindatum"], verschuldigd(wereld, 2020)) == ("2020-02-01", {"GM0003": ("volledig", 11)})


def test_zonder_aanbod_eindigt_het_met_de_looptijd(wereld, clock):
    wereld.aangemeld()
    een = f"/v1/abonnementen/{wereld.get('/v1/abonnementen')['results'][0]['id']}"
    uittreden = wereld.get(f"{een}/uittreden")
    assert (uittreden["tussentijds"], uittreden["jaarprijsCent"]) == (False, None)
    assert [(m["laatsteDag"], m["uitersteOpzegdag"], m["bijdrageCent"]) for m in uittreden["mogelijkheden"]] == [
        ("2021-12-31", "2021-12-31", 0)
    ]
    wereld.post(f"{een}/opzeggingen", {"ondertekenaar": TEKENT}, status=201)
    assert wereld.get(een)["laatsteDag"] == "2021-12-31"


def test_tegelijk_opzeggen_telt_een_keer(wereld, clock):
    pad = aangeboden(wereld)
    een = ondertekend(wereld, pad, "GM0003")
    antwoorden = tegelijk(*[lambda: wereld.post(f"{een}/opzeggingen", {"ondertekenaar": TEKENT})] * 5)
    assert statussen(antwoorden) == {201: 1, 409: 4}
    assert len(wereld.get(f"{een}/gebeurtenissen")["results"]) == 1


def test_uitzondering_gaat_in_op_een_1_januari_die_nog_komt(wereld, clock):
    pad = aangeboden(wereld)
    een = ondertekend(wereld, pad, "GM0003")
    eigen = wereld.gemeente("GM0003")

    def codes(**anders) -> set[str]:
        geweigerd = wereld.post(f"{een}/pakketwijzigingen", {**UITZONDERING, **anders}, status=409).json()
        return {fout["code"] for fout in geweigerd["invalidParams"]}

    assert codes(ingangsdatum="2018-01-01") == {"voorbij", "buiten_looptijd"}
    assert codes(ingangsdatum="2018-07-02", pakket="volledig") == {"geen_1_januari", "gelijk"}
    assert codes(ingangsdatum="2022-01-01") == {"te_ver_vooruit"}
    wijziging = {**UITZONDERING, "ingangsdatum": "2019-01-01"}
    assert wereld.post(f"{een}/pakketwijzigingen", wijziging, headers=eigen).status_code == 403
    wereld.post(f"{een}/pakketwijzigingen", wijziging, status=201)
    assert codes(ingangsdatum="2019-01-01") == {"te_vroeg", "gelijk"}
    assert [verschuldigd(wereld, jaar)["GM0003"] for jaar in (2018, 2019, 2021)] == [
        ("volledig", 12),
        *[("zonder-luisterend-oor", 12)] * 2,
    ]
    assert wereld.get(f"{een}/gebeurtenissen", eigen)["results"][0]["pakket"] == "zonder-luisterend-oor"


def test_verlengen_bij_besluit_en_wie_opzegde_is_er_niet_bij(wereld, clock):
    wereld.aangemeld()
    alle = {a["gemeentecode"]: f"/v1/abonnementen/{a['id']}" for a in wereld.alle("/v1/abonnementen")}
    wereld.post(f"{alle['GM0003']}/opzeggingen", {"ondertekenaar": TEKENT}, status=201)
    clock.moment = moment("2020-12-01T09:00")
    verlenging = {"lopendTotEnMet": "2021-12-31", "totEnMet": "2025-12-31", "gremium": "BALV", "datum": "2020-11-27"}
    verlenging["bron"] = "BALV 27-11-2020 (test)"
    fout = {**verlenging, "lopendTotEnMet": "2021-12-30", "totEnMet": "2021-01-01", "datum": "2020-12-02"}
    geweigerd = wereld.post("/v1/verlengingen", fout, status=409).json()
    assert {f["name"] for f in geweigerd["invalidParams"]} == {"lopendTotEnMet", "totEnMet", "datum"}
    gedaan = wereld.post("/v1/verlengingen", verlenging, status=201)
    assert gedaan.json()["aantal"] == 6 and wereld.get(gedaan.headers["location"]) == gedaan.json()
    assert wereld.post("/v1/verlengingen", verlenging).status_code == 409  # nothing ends on that day any more but who gave notice
    assert wereld.get(alle["GM0344"])["laatsteDag"] == "2025-12-31"
    assert wereld.get(alle["GM0003"])["laatsteDag"] == "2021-12-31"
    (gebeurd,) = wereld.get(f"{alle['GM0344']}/gebeurtenissen")["results"]
    assert (gebeurd["soort"], gebeurd["verlenging"]) == ("verlenging", gedaan.headers["location"])
    assert set(verschuldigd(wereld, 2025)) == set(alle) - {"GM0003"}


def test_database_weigert_wat_niet_kan(wereld, database, clock):
    pad = aangeboden(wereld)
    een = ondertekend(wereld, pad, "GM0003").rpartition("/")[2]
    leeg = "NULL, NULL, NULL, NULL, NULL, NULL"
    wie = "'x', 'y', 'collegebesluit', 'z', '2017-01-01', NULL"

    def gebeurtenis(nr: int, soort: str, dag: str, pakket: str = "NULL", door: str = leeg) -> str:
        waarden = f"'{een}', {nr}, '{soort}', '{dag}', '2018-01-15', {pakket}, NULL, {door}, now()"
        return f"INSERT INTO abonnementsgebeurtenis VALUES ({waarden})"

    for opdracht in (
        gebeurtenis(1, "opzegging", "2022-01-01", door=wie),  # after the term
        gebeurtenis(1, "opzegging", "2019-12-31"),  # by nobody
        gebeurtenis(2, "opzegging", "2019-12-31", door=wie),  # not the next
        gebeurtenis(1, "pakketwijziging", "2019-02-01", "'volledig'"),  # in the course of a year
        gebeurtenis(1, "pakketwijziging", "2022-01-01", "'volledig'"),  # after the term
        gebeurtenis(1, "overgang", "2019-01-01"),  # without a herindeling
        gebeurtenis(1, "verlenging", "2023-12-31"),  # without a decision
        "INSERT INTO verlenging (id, lopend_tot_en_met, tot_en_met, gremium, datum, bron, aantal, vastgelegd_op) VALUES "
        "(gen_random_uuid(), '2021-12-31', '2023-12-31', 'x', '2018-01-01', 'y', 1, now())",  # of nothing
    ):
        with pytest.raises(errors.IntegrityError):
            voer_uit(database.url, opdracht)
            pytest.fail(opdracht)
    voer_uit(database.url, gebeurtenis(1, "opzegging", "2019-12-31", door=wie))
    with pytest.raises(errors.IntegrityError, match="die niet past"):
        voer_uit(database.url, gebeurtenis(2, "opzegging", "2018-12-31", door=wie))
    with pytest.raises(errors.IntegrityError, match="READ COMMITTED"), psycopg.connect(database.url) as verbinding:
        verbinding.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
        verbinding.execute(gebeurtenis(2, "pakketwijziging", "2019-01-01", "'volledig'").encode())


def test_afspraken_van_de_aanmelding_blijven_zoals_zij_zijn(wereld):
    assert wereld.aangemeld(AANMELDING)["status"] == "verwerkt"
    eerste = wereld.get("/v1/abonnementen")["results"][0]
    assert (eerste["aanbod"], eerste["overgang"], eerste["status"]) == (None, None, "lopend")

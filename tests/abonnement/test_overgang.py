"""Herindelingen: subscriptions go over to the successors, divisions included, and a person decides where they differ."""

from __future__ import annotations

import dataclasses
import uuid
from datetime import date

import pytest
from abonnement_api.abonnement import service as abonnement_service
from abonnement_api.abonnement.errors import OvergangOnbeslist
from abonnement_api.overgang import rules
from abonnement_api.overgang.rules import Inhoud
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import moment
from hypothesis import given
from hypothesis import strategies as st
from psycopg import errors

from tests.abonnement.aanbiedingen import TEKENT, aangeboden, ondertekend
from tests.abonnement.test_gelijktijdig import statussen, tegelijk
from tests.abonnement.test_vast import voer_uit
from tests.abonnement.wereld import AANMELDING
from tests.cbs import gemeenten_op

INHOUD = st.builds(
    Inhoud,
    st.sampled_from(["volledig", "zonder-luisterend-oor"]),
    st.just(date(2019, 1, 1)),
    st.sampled_from([date(2021, 12, 31), date(2022, 12, 31)]),
    st.sampled_from([None, "jeugd-2018"]),
)
DELEN = st.lists(st.lists(INHOUD, max_size=2), min_size=1, max_size=4).filter(any)


@given(DELEN, st.lists(INHOUD, max_size=1), st.booleans())
def test_vanzelf_gaat_alleen_wat_overal_hetzelfde_zegt(delen, eigen, nieuw):
    oordeel = rules.beoordeel(delen, eigen, date(2019, 1, 1), nieuw)
    alle = [inhoud for deel in delen for inhoud in deel]
    if oordeel.reden is not None:
        assert oordeel.nieuw is None
    elif eigen:
        assert oordeel.nieuw is None and {inhoud.pakket for inhoud in alle} == {eigen[0].pakket}
    else:
        assert nieuw and set(alle) == {oordeel.nieuw} and len(alle) == len(delen)


@given(DELEN, INHOUD)
def test_wat_zij_zelf_later_heeft_laat_een_mens_beslissen(delen, later):
    later = dataclasses.replace(later, begindatum=date(2020, 1, 1))
    assert "2020-01-01" in (rules.beoordeel(delen, [later], date(2019, 1, 1), True).reden or "")


def overgegaan(wereld, tot_en_met: str) -> dict:
    gevraagd = wereld.post("/v1/overgangsrondes", {"totEnMet": tot_en_met}, status=202)
    wereld.jobs()
    ronde: dict = wereld.get(gevraagd.headers["location"])
    assert ronde["status"] == "verwerkt", ronde
    return ronde


def verschuldigd(wereld, jaar: int) -> dict[str, tuple[str, int]]:
    with wereld.context.work(Actor()) as work:
        return {a.gemeentecode: (a.pakket, a.maanden) for a in abonnement_service.te_factureren(work, jaar)}


def alleen(outway, *codes: str) -> None:
    outway.gemeenten = [g for g in outway.gemeenten if g["code"] in codes]


def test_rondes_2018_tot_en_met_2021_lopen_op_de_echte_herindelingen(wereld, outway, clock):
    """Every year every gemeente that exists pays, once: from 380 in 2018 to 352 in 2021."""
    eerste = wereld.get("/v1/tariefbesluiten/balv-2016-11-30")
    for afgeleid in ("vorige", "grondslag", "indexatie"):
        del eerste[afgeleid]
    for jaar in (2019, 2020, 2021):
        besluit = {**eerste, "id": f"proef-{jaar}", "eersteJaar": jaar, "laatsteJaar": jaar}
        wereld.post("/v1/tariefbesluiten", besluit, status=201)
    wereld.aangemeld()
    aantallen = {}
    for jaar in (2018, 2019, 2020, 2021):
        clock.moment = moment(f"{jaar}-01-05T09:00")
        outway.gemeenten = gemeenten_op(f"{jaar}-01-01")
        ronde = overgegaan(wereld, f"{jaar}-01-01")
        codes = {g["code"] for g in outway.gemeenten}
        assert verschuldigd(wereld, jaar).keys() == codes
        assert {maanden for _, maanden in verschuldigd(wereld, jaar).values()} == {12}
        aantallen[jaar] = (len(codes), ronde["aantal"])
        gedaan = wereld.ronde(jaar)
        assert (gedaan["status"], gedaan["aantalFacturen"]) == ("geboekt", len(codes)), gedaan
    assert aantallen == {2018: (380, 0), 2019: (355, 12), 2020: (355, 0), 2021: (352, 5)}
    assert overgegaan(wereld, "2021-01-01")["aantal"] == 0  # again changes nothing
    overgangen = {o["gemeentecode"]: o for o in wereld.alle("/v1/overgangen")}
    assert all(o["besluit"]["wijze"] == "vanzelf" for o in overgangen.values())
    assert [d["gemeentenaam"] for d in overgangen["GM1969"]["delen"]] == ["Grootegast", "Leek", "Marum", "Winsum", "Zuidhorn"]
    nieuw = wereld.get(overgangen["GM1966"]["besluit"]["abonnement"])
    assert (nieuw["gemeentenaam"], nieuw["begindatum"], nieuw["laatsteDag"]) == ("Het Hogeland", "2019-01-01", "2021-12-31")
    haaren = wereld.get("/v1/abonnementen?gemeentecode=GM0788")["results"][0]
    assert (haaren["status"], haaren["laatsteDag"], haaren["einddatum"]) == ("overgegaan", "2020-12-31", "2021-12-31")
    verdeeld = {o["gemeentecode"] for o in overgangen.values() if "GM0788" in {d["gemeentecode"] for d in o["delen"]}}
    assert verdeeld == {"GM0757", "GM0824", "GM0855", "GM0865"}
    assert overgangen["GM0855"]["besluit"]["abonnement"] is None  # Tilburg goes on with its own
    (gebeurd,) = wereld.get(haaren["gebeurtenissen"])["results"]
    assert (gebeurd["soort"], gebeurd["ingangsdatum"]) == ("overgang", "2021-01-01")


def test_verschillende_pakketten_wachten_op_een_mens(wereld, outway, clock):
    """Beekdaelen comes from three, of which one has an exemption."""
    alleen(outway, "GM0881", "GM0951", "GM0962", "GM0014", "GM0017")
    anders = [
        {"gemeentecode": "GM0951", "pakket": "zonder-luisterend-oor"},
        {"gemeentecode": "GM0014", "pakket": "zonder-luisterend-oor"},
    ]
    wereld.aangemeld({**AANMELDING, "uitzonderingen": anders})
    clock.moment = moment("2019-01-02T09:00")
    assert overgegaan(wereld, "2019-01-01")["aantal"] == 2
    beekdaelen, groningen = (wereld.get(f"/v1/overgangen?gemeentecode={code}")["results"][0] for code in ("GM1954", "GM0014"))
    assert wereld.get("/v1/overgangen?beslist=false")["count"] == 2 and beekdaelen["besluit"] is None
    assert "zonder-luisterend-oor" in beekdaelen["reden"] and "GM1954" not in {
        a["gemeentecode"] for a in wereld.alle("/v1/abonnementen")
    }
    with pytest.raises(OvergangOnbeslist, match=r"GM0014 Groningen .*GM1954 Beekdaelen"):
        verschuldigd(wereld, 2019)
    assert len(verschuldigd(wereld, 2018)) == 5
    pad = f"/v1/overgangen/{beekdaelen['id']}/besluiten"
    fout = {"pakket": "iets", "einddatum": "2018-12-31", "ondertekenaar": {**TEKENT, "besluitdatum": "2019-02-01"}}
    geweigerd = wereld.post(pad, fout, status=409).json()
    assert {f["name"] for f in geweigerd["invalidParams"]} == {"pakket", "einddatum", "ondertekenaar.besluitdatum"}
    besluit = {"pakket": "zonder-luisterend-oor", "ondertekenaar": TEKENT, "toelichting": "Eigen dienst (test)"}
    assert statussen(tegelijk(*[lambda: wereld.post(pad, besluit)] * 4)) == {201: 1, 409: 3}
    nu = wereld.get(f"/v1/overgangen/{beekdaelen['id']}")["besluit"]
    assert (nu["wijze"], nu["ondertekenaar"], nu["pakket"]) == ("besloten", TEKENT, "zonder-luisterend-oor")
    assert wereld.get(nu["abonnement"])["overgang"] == f"/v1/overgangen/{beekdaelen['id']}"
    pad = f"/v1/overgangen/{groningen['id']}/besluiten"
    zonder = wereld.post(pad, {"ondertekenaar": TEKENT}, status=409).json()
    assert zonder["invalidParams"][0]["code"] == "ontbreekt"
    wereld.post(pad, {"pakket": "volledig", "ondertekenaar": TEKENT}, status=201)
    assert verschuldigd(wereld, 2019) == {"GM0014": ("volledig", 12), "GM1954": ("zonder-luisterend-oor", 12)}
    assert verschuldigd(wereld, 2018)["GM0014"] == ("zonder-luisterend-oor", 12)


def test_deel_zonder_abonnement_kan_ook_niets_worden(wereld, outway, clock):
    alleen(outway, "GM0881", "GM0951")
    wereld.aangemeld({**AANMELDING, "uitzonderingen": []})
    clock.moment = moment("2019-01-02T09:00")
    overgegaan(wereld, "2019-01-01")
    (overgang,) = wereld.get("/v1/overgangen?beslist=false")["results"]
    assert [d["abonnement"] is None for d in overgang["delen"]] == [False, False, True]
    wereld.post(f"/v1/overgangen/{overgang['id']}/besluiten", {"ondertekenaar": TEKENT}, status=201)
    assert verschuldigd(wereld, 2019) == {}


def test_opzegging_gaat_mee_over(wereld, outway, clock):
    """Notice for a day after the herindeling: the successor ends on that day. Where one of several gave it, a person decides."""
    alleen(outway, "GM0689", "GM1927", "GM0545", "GM0620", "GM0707")
    pad = aangeboden(wereld)
    alle = {code: ondertekend(wereld, pad, code) for code in ("GM0689", "GM1927", "GM0545", "GM0620", "GM0707")}
    for code in ("GM0689", "GM1927", "GM0545"):
        wereld.post(f"{alle[code]}/opzeggingen", {"ondertekenaar": TEKENT, "laatsteDag": "2019-12-31"}, status=201)
    wereld.post(f"{alle['GM0620']}/opzeggingen", {"ondertekenaar": TEKENT, "laatsteDag": "2018-12-31"}, status=201)
    clock.moment = moment("2019-01-02T09:00")
    overgegaan(wereld, "2019-01-01")
    molenlanden = wereld.get("/v1/abonnementen?gemeentecode=GM1978")["results"][0]
    assert (molenlanden["laatsteDag"], molenlanden["aanbod"], molenlanden["status"]) == ("2019-12-31", pad, "lopend")
    assert wereld.get(f"/v1/abonnementen/{molenlanden['id']}/uittreden")["opzegtermijnMaanden"] == 6
    (open_,) = wereld.get("/v1/overgangen?beslist=false")["results"]
    assert (open_["gemeentecode"], [d["abonnement"] for d in open_["delen"]]) == (
        "GM1961",
        [alle["GM0545"], None, alle["GM0707"]],
    )
    na = wereld.post(f"{alle['GM0707']}/opzeggingen", {"ondertekenaar": TEKENT}, status=409).json()
    assert na["invalidParams"][0]["code"] == "overgegaan"
    wereld.post(f"/v1/overgangen/{open_['id']}/besluiten", {"pakket": "volledig", "ondertekenaar": TEKENT}, status=201)
    assert wereld.get("/v1/abonnementen?gemeentecode=GM1961")["results"][0]["laatsteDag"] == "2021-12-31"


def test_midden_in_een_jaar_wordt_niets_dubbel_of_vergeten(wereld, outway, clock):
    """Weesp went into Amsterdam on 24 March 2022, with another package; a new gemeente in the course of a year is made up."""
    outway.alle += [{"code": code, "naam": naam, "einddatum": None} for code, naam in (("GM9001", "Proefstad (test)"),)]
    einden = {"GM0088": "2022-08-31", "GM1680": "2022-08-31"}
    outway.alle = sorted(
        ({**g, "einddatum": einden.get(g["code"], g["einddatum"])} for g in outway.alle), key=lambda g: g["code"]
    )
    outway.herindelingen += [
        {"ingangsdatum": "2022-09-01", "oudeCode": code, "nieuweCode": "GM9001", "nieuwIngesteld": True}
        for code in sorted(einden)
    ]
    outway.herindelingen.sort(key=lambda h: (h["ingangsdatum"], h["oudeCode"], h["nieuweCode"]))
    alleen(outway, "GM0363", "GM0457", *einden)
    clock.moment = moment("2018-01-15T09:00")
    uitzonderingen = [{"gemeentecode": "GM0363", "pakket": "zonder-luisterend-oor"}]
    wereld.aangemeld({**AANMELDING, "einddatum": "2024-06-30", "uitzonderingen": uitzonderingen})
    clock.moment = moment("2022-10-01T09:00")
    overgegaan(wereld, "2022-12-31")
    weesp = wereld.get("/v1/abonnementen?gemeentecode=GM0457")["results"][0]
    assert (weesp["laatsteDag"], weesp["status"]) == ("2022-03-23", "overgegaan")
    assert verschuldigd(wereld, 2022) == {
        "GM0363": ("zonder-luisterend-oor", 12),
        **dict.fromkeys(("GM0457", "GM0088", "GM1680"), ("volledig", 12)),
    }
    with pytest.raises(OvergangOnbeslist, match="GM0363"):
        verschuldigd(wereld, 2023)
    (open_,) = wereld.get("/v1/overgangen?beslist=false")["results"]
    wereld.post(f"/v1/overgangen/{open_['id']}/besluiten", {"pakket": "volledig", "ondertekenaar": TEKENT}, status=201)
    assert verschuldigd(wereld, 2023) == {"GM0363": ("volledig", 12), "GM9001": ("volledig", 12)}
    assert verschuldigd(wereld, 2024) == {"GM0363": ("volledig", 6), "GM9001": ("volledig", 6)}
    assert verschuldigd(wereld, 2022)["GM0363"] == ("zonder-luisterend-oor", 12)


def test_een_ronde_tegelijk_en_na_een_mislukking_opnieuw(wereld, outway):
    alleen(outway, "GM0003")
    antwoorden = tegelijk(*[lambda: wereld.post("/v1/overgangsrondes", {"totEnMet": "2018-06-01"})] * 5)
    assert statussen(antwoorden) == {202: 1, 200: 4} and len({a.json()["id"] for a in antwoorden}) == 1
    ander = wereld.post("/v1/overgangsrondes", {"totEnMet": "2018-05-01"}, status=409).json()
    assert ander["type"].endswith("andere-overgangsronde")
    assert wereld.post("/v1/overgangsrondes", {"totEnMet": "2030-01-01"}).status_code == 409
    wereld.context.jobs.tasks["overgang.verwerken"].give_up(wereld.context, ValueError("stuk"), ronde=antwoorden[0].json()["id"])
    assert wereld.get(f"/v1/overgangsrondes/{antwoorden[0].json()['id']}")["status"] == "mislukt"
    wereld.jobs()  # that of the round that failed has nothing to do any more
    overgegaan(wereld, "2018-05-01")
    assert {r["totEnMet"]: r["status"] for r in wereld.alle("/v1/overgangsrondes")} == {
        "2018-06-01": "mislukt",
        "2018-05-01": "verwerkt",
    }
    wereld.get(f"/v1/overgangsrondes/{uuid.uuid4()}", status=404)


def test_database_weigert_een_overgang_die_niet_past(wereld, outway, database, clock):
    alleen(outway, "GM0881", "GM0951", "GM0962")
    wereld.aangemeld({**AANMELDING, "uitzonderingen": [{"gemeentecode": "GM0951", "pakket": "zonder-luisterend-oor"}]})
    clock.moment = moment("2019-01-02T09:00")
    overgegaan(wereld, "2019-01-01")
    (overgang,) = wereld.alle("/v1/overgangen")
    oud = overgang["delen"][0]["abonnement"].rpartition("/")[2]
    leeg, id, inhoud = "NULL, NULL, NULL, NULL, NULL, NULL, now())", overgang["id"], "'volledig', '2019-01-01', '2021-12-31'"
    besluit, gebeurtenis = "INSERT INTO overgangsbesluit VALUES ", f"INSERT INTO abonnementsgebeurtenis VALUES ('{oud}', 2, "
    for opdracht in (
        f"INSERT INTO abonnement VALUES (gen_random_uuid(), 'GM1954', 'x', {inhoud}, NULL, NULL, '{id}')",  # without a decision
        f"INSERT INTO abonnement VALUES (gen_random_uuid(), 'GM0003', 'x', {inhoud}, NULL, NULL, '{id}')",  # of another
        f"{besluit} ('{id}', 'vanzelf', 'volledig', '2021-12-31', gen_random_uuid(), {leeg}",  # without a subscription
        f"{besluit} ('{id}', 'besloten', NULL, NULL, NULL, {leeg}",  # by nobody
        f"{gebeurtenis} 'overgang', '2019-01-01', '2019-01-01', NULL, NULL, {leeg}",
        f"{gebeurtenis} 'pakketwijziging', '2018-01-01', '2019-01-01', 'x', NULL, {leeg}",
        "INSERT INTO overgang VALUES (gen_random_uuid(), 'GM1954', 'x', '2019-01-01', NULL, now())",  # once more
    ):
        with pytest.raises(errors.IntegrityError):
            voer_uit(database.url, opdracht)
            pytest.fail(opdracht)

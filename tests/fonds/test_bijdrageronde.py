"""A bijdrageronde as its job carries it out, against a source over HTTP with the real CBS figures."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction

import pytest
from fonds_api.app import service as fonds
from fonds_api.bijdrage import service as bijdrage
from fonds_api.omslag.rules import Inwonertal
from fonds_api.settings import Settings
from gemeengoed_kit.asking import TRIES
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.testing import make_client
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.cbs import gemeenten_op
from tests.fonds.bronnen import ALIAS, Bron, outway
from tests.invariants.fonds import schendingen

OMSLAG = 5_230_000_000
RONDE = "/v1/bijdragerondes/ggu-2020"


@pytest.fixture
def bron(database) -> Iterator[Bron]:
    with outway(gemeenten_op("2020-01-01")) as bron:
        yield bron
    assert schendingen(database.url) == []


@pytest.fixture
def settings(settings: Settings, bron: Bron) -> Settings:
    return settings.model_copy(update={"outway_url": bron.url, "aliases": {"catalogus": ALIAS}})


@pytest.fixture
def ronde(client, als, context):
    """Ask for the round of 2020 and run its job; the answers to the POST and to the GET afterwards."""

    def doe() -> tuple:
        gevraagd = client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=als("fondsbeheerder"))
        context.jobs.run_waiting(context)
        return gevraagd, client.get(RONDE, headers=als("fondsbeheerder")).json()

    return doe


def tel(context, vraag: str) -> int:
    with context.sessions() as session:
        return session.scalar(text(vraag))


def test_355_gemeenten_dragen_samen_precies_de_omslag(client, als, ronde, bron):
    gevraagd, klaar = ronde()
    assert gevraagd.status_code == 202 and gevraagd.headers["location"] == RONDE
    assert gevraagd.json()["status"] == "aangevraagd" and gevraagd.json()["aantal"] == 0
    assert (klaar["status"], klaar["aantal"], klaar["totaalCent"], klaar["probleem"]) == ("vastgesteld", 355, OMSLAG, None)
    assert len(bron.gevraagd) == 4 and "geldigOp=2020-01-01&peildatum=2020-01-01" in bron.gevraagd[0]
    pagina = client.get("/v1/bijdragen?fonds=ggu&jaar=2020&pageSize=500", headers=als("fondsbeheerder")).json()
    assert pagina["count"] == 355 and pagina["totaalCent"] == OMSLAG == sum(b["bedragCent"] for b in pagina["results"])
    inwoners = {g["code"]: g["inwoners"]["aantal"] for g in bron.gemeenten}
    for b in pagina["results"]:
        precies = Fraction(OMSLAG * inwoners[b["gemeentecode"]], sum(inwoners.values()))
        assert abs(b["bedragCent"] - precies) < 1 and b["inwoners"] == inwoners[b["gemeentecode"]]
    hoogste = max(pagina["results"], key=lambda b: b["bedragCent"])
    assert hoogste["gemeentenaam"] == "Amsterdam" and hoogste["gemeente"] == {"bron": "catalogus", "pad": "/v1/gemeenten/GM0363"}


def test_onderbouwing_geeft_gegevens_regel_en_besluit(client, als, ronde):
    ronde()
    utrecht = client.get("/v1/bijdragen/ggu-2020-GM0344", headers=als("fondsbeheerder")).json()
    uitleg = client.get(utrecht["onderbouwing"], headers=als("fondsbeheerder")).json()
    assert (uitleg["omslagCent"], uitleg["inwonersTotaal"], uitleg["aantalGemeenten"]) == (OMSLAG, 17_407_585, 355)
    heel, rest = divmod(OMSLAG * uitleg["inwoners"], uitleg["inwonersTotaal"])
    assert (uitleg["heelCent"], uitleg["restTeller"], uitleg["restNoemer"]) == (heel, rest, 17_407_585)
    assert heel + uitleg["restcent"] == uitleg["bedragCent"] == utrecht["bedragCent"]
    assert "52,3 mln" in uitleg["besluit"] and "VNG" in uitleg["bronvermelding"] and "naar beneden afgerond" in uitleg["regel"]


def test_nog_eens_aanvragen_verandert_niets(ronde, context, bron):
    _, klaar = ronde()
    gevraagd, nog_eens = ronde()
    assert gevraagd.status_code == 200 and gevraagd.json() == nog_eens == klaar
    assert len(bron.gevraagd) == 4 and tel(context, "SELECT count(*) FROM bijdrage") == 355
    assert tel(context, "SELECT count(*) FROM audit") == 2


def test_gemeente_ziet_alleen_zichzelf(client, als, ronde):
    ronde()
    utrecht = als("gemeente", gemeentecode="GM0344")
    pagina = client.get("/v1/bijdragen", headers=utrecht).json()
    assert [b["gemeentecode"] for b in pagina["results"]] == ["GM0344"] and pagina["count"] == 1
    assert pagina["totaalCent"] == pagina["results"][0]["bedragCent"]
    ander = client.get("/v1/bijdragen?gemeentecode=GM0363", headers=utrecht).json()
    assert (ander["count"], ander["totaalCent"], ander["results"]) == (0, 0, [])
    for pad in ("/v1/bijdragen/ggu-2020-GM0363", "/v1/bijdragen/ggu-2020-GM0363/onderbouwing"):
        assert client.get(pad, headers=utrecht).status_code == 404
    assert client.get("/v1/bijdragen/ggu-2020-GM0344/onderbouwing", headers=utrecht).status_code == 200
    zonder = client.get("/v1/bijdragen", headers=als("gemeente"))
    assert zonder.status_code == 403 and zonder.json()["type"].endswith("/geen-gemeentecode")


def test_gemeenten_zonder_inwoners_maken_de_ronde_mislukt_en_daarna_kan_het_opnieuw(ronde, bron, context):
    goed, kapot = bron.gemeenten, [dict(g) for g in bron.gemeenten]
    kapot[0]["inwoners"], kapot[7]["inwoners"] = None, {"peildatum": "2019-01-01", "aantal": 5, "bron": "CBS"}
    bron.gemeenten = kapot
    _, mislukt = ronde()
    assert mislukt["status"] == "mislukt" and mislukt["totaalCent"] == 0
    assert mislukt["probleem"]["type"] == "gemeenten-onbruikbaar"
    assert mislukt["probleem"]["gemeentecodes"] == [kapot[0]["code"], kapot[7]["code"]]
    assert kapot[7]["naam"] in mislukt["probleem"]["detail"] and tel(context, "SELECT count(*) FROM bijdrage") == 0
    bron.gemeenten = goed
    gevraagd, klaar = ronde()
    assert gevraagd.status_code == 202 and (klaar["status"], klaar["aantal"]) == ("vastgesteld", 355)


def test_weigering_door_de_bron_maakt_de_ronde_meteen_mislukt(ronde, bron):
    bron.status = 400
    _, mislukt = ronde()
    assert mislukt["probleem"]["type"] == "bron-weigert" and "de bron doet het niet" in mislukt["probleem"]["detail"]
    assert len(bron.gevraagd) == 1


def test_onleesbaar_antwoord_wordt_niet_geloofd_en_na_de_laatste_keer_is_de_ronde_mislukt(client, als, ronde, bron, context):
    bron.gemeenten = [{"code": "Utrecht", "inwoners": {"aantal": 0}}]
    _, wacht = ronde()
    assert wacht["status"] == "aangevraagd"
    mislukt = na_de_laatste_keer(client, als, context)
    assert mislukt["probleem"]["type"] == "bron-onbegrijpelijk" and len(bron.gevraagd) == TRIES
    assert all(veld in mislukt["probleem"]["detail"] for veld in ("code", "naam", "inwoners.aantal", "inwoners.peildatum"))


def test_stille_bron_wordt_nog_eens_geprobeerd_en_pas_na_de_laatste_keer_mislukt(client, als, ronde, bron, context):
    bron.status = 503
    _, wacht = ronde()
    assert wacht["status"] == "aangevraagd"
    assert tel(context, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND attempts = 1") == 1
    mislukt = na_de_laatste_keer(client, als, context)
    assert (mislukt["status"], mislukt["probleem"]["type"]) == ("mislukt", "bron-onbereikbaar") and len(bron.gevraagd) == TRIES
    uitleg = client.get("/v1/problemen/bron-onbereikbaar").json()
    assert (uitleg["status"], uitleg["title"]) == (None, mislukt["probleem"]["title"]) and uitleg["oplossing"]
    assert "503: Proef: de bron doet het niet" in mislukt["probleem"]["detail"]


def na_de_laatste_keer(client, als, context) -> dict:
    """The round when its job has been tried as often as it is."""
    for _ in range(TRIES):
        with context.sessions.begin() as session:
            session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))
        context.jobs.run_waiting(context)
    return client.get(RONDE, headers=als("fondsbeheerder")).json()


@pytest.mark.parametrize(
    "anders",
    [
        {"inwoners": {"peildatum": "2020-01-01", "aantal": True, "bron": "CBS"}},
        {"inwoners": {"peildatum": "2020-01-01", "aantal": "12", "bron": "CBS"}},
        {"inwoners": {"peildatum": "2020-01-01", "aantal": 20_000_001, "bron": "CBS"}},
        {"naam": "x" * 600},
        {"naam": " "},
        {"code": "GM0363"},
    ],
)
def test_wat_niet_klopt_bij_de_bron_wordt_geen_bijdrage(ronde, bron, context, anders):
    bron.gemeenten = [{**bron.gemeenten[0], **anders}, *bron.gemeenten[1:]]
    _, wacht = ronde()
    assert (wacht["status"], wacht["aantal"]) == ("aangevraagd", 0) and tel(context, "SELECT count(*) FROM bijdrage") == 0


def test_ronde_zonder_taak_wordt_bij_nog_eens_vragen_en_door_de_werker_hervat(client, als, ronde, context):
    def vraag() -> int:
        return client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=als("fondsbeheerder")).status_code

    def kwijt(hoe: str) -> None:
        with context.sessions.begin() as session:
            session.execute(text(hoe))

    assert (vraag(), vraag(), tel(context, "SELECT count(*) FROM procrastinate_jobs")) == (202, 200, 1)
    kwijt("UPDATE procrastinate_jobs SET status = 'failed'")
    assert (vraag(), vraag()) == (202, 200)
    kwijt("DELETE FROM procrastinate_jobs")
    for _ in range(2):
        context.jobs.resume(context)
    assert tel(context, "SELECT count(*) FROM procrastinate_jobs") == 1
    assert ronde()[1]["status"] == "vastgesteld"
    context.jobs.resume(context)
    assert tel(context, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'") == 0


def test_zonder_omslag_of_met_onbekend_fonds_409(client, als):
    for body, soort in (({"fonds": "ggu", "jaar": 2021}, "geen-omslag"), ({"fonds": "kas", "jaar": 2020}, "onbekend-fonds")):
        antwoord = client.post("/v1/bijdragerondes", json=body, headers=als("fondsbeheerder"))
        assert antwoord.status_code == 409 and antwoord.json()["type"].endswith(soort)
    fout = client.post("/v1/bijdragerondes", json={"fonds": "", "jaar": 1999, "peildatum": 1}, headers=als("fondsbeheerder"))
    assert {p["name"] for p in fout.json()["invalidParams"]} == {"fonds", "jaar", "peildatum"}
    assert client.get(RONDE, headers=als("fondsbeheerder")).status_code == 404


def test_acht_aanvragen_tegelijk_geven_een_ronde_en_een_taak(als, context):
    def vraag(kop: dict[str, str]) -> int:
        client = make_client(fonds, context)
        return client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=kop).status_code

    with ThreadPoolExecutor(8) as aanvragers:
        assert Counter(aanvragers.map(vraag, [als("fondsbeheerder") for _ in range(8)])) == {202: 1, 200: 7}
    assert tel(context, "SELECT count(*) FROM procrastinate_jobs") == tel(context, "SELECT count(*) FROM audit") == 1


def test_taak_tegelijk_en_nog_eens_stelt_een_keer_vast(ronde, context, client, als):
    client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=als("fondsbeheerder"))
    fouten: list[BaseException] = []

    def voer_uit() -> None:
        try:
            context.jobs.tasks[bijdrage.TASK].run(context, ronde="ggu-2020")
        except BaseException as fout:
            fouten.append(fout)

    draden = [threading.Thread(target=voer_uit) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert not fouten and ronde()[1]["status"] == "vastgesteld"
    assert tel(context, "SELECT count(*) FROM bijdrage") == 355
    assert tel(context, "SELECT count(*) FROM audit WHERE handeling = 'bijdrageronde.vaststellen'") == 1


@pytest.mark.parametrize(
    "opdracht",
    [
        "UPDATE bijdrageronde SET status = 'mislukt', vastgesteld_op = NULL, aantal = NULL, probleem = '{}'",
        "UPDATE bijdrageronde SET aantal = 356",
        "INSERT INTO bijdrage SELECT 'ggu-2020-GM9999', fonds, jaar, 'GM9999', 'x', 1, peildatum, 0 FROM bijdrage LIMIT 1",
    ],
)
def test_vastgestelde_ronde_verandert_nooit(ronde, context, opdracht):
    ronde()
    with pytest.raises(DBAPIError, match=r"vastgesteld|356 van samen"), context.sessions.begin() as session:
        session.execute(text(opdracht))


def test_ronde_die_niet_optelt_haalt_de_commit_niet(context, client, als):
    client.post("/v1/bijdragerondes", json={"fonds": "ggu", "jaar": 2020}, headers=als("fondsbeheerder"))
    with pytest.raises(DBAPIError, match="verwacht 1 van samen 5230000000"), context.work(Actor()) as work:
        bijdrage.vaststellen(work, "ggu-2020", [Inwonertal("GM0344", "Utrecht", 1, date(2020, 1, 1))])
        work.session.execute(
            text(
                "INSERT INTO bijdrage SELECT 'ggu-2020-GM9999', fonds, jaar, 'GM9999', 'x', 1, peildatum, 1 FROM bijdrage LIMIT 1"
            )
        )

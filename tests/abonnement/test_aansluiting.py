"""A8: what was made here against what fonds has, asked of fonds; every kind of difference, and a fonds that is away."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta

import psycopg
import pytest
from abonnement_api.aansluiting import rules, service
from abonnement_api.aansluiting.tasks import make_tasks
from gemeengoed_kit.audit import Actor
from gemeengoed_kit.client import OutwayClient
from hypothesis import given
from hypothesis import strategies as st

from tests.abonnement.outway import ALIASES
from tests.abonnement.wereld import ADMINISTRATIEBUREAU, met_afschrijving, post

pytestmark = pytest.mark.usefixtures("klein")
PAD = "/v1/aansluitingen"
VREEMD = "/v1/facturen/2018-000099"


def vergeleken(wereld) -> dict:
    pad = wereld.post(PAD, None, status=202).headers["location"]
    wereld.jobs()
    return wereld.get(pad)


@pytest.fixture
def geboekt(wereld) -> list[dict]:
    """Something of every kind of document, all booked."""
    wereld.gefactureerd()
    een, twee, *_ = facturen = wereld.alle("/v1/facturen")
    wereld.post(f"/v1/facturen/{twee['nummer']}/creditnotas", {"reden": "Vergissing"}, status=201)
    gelezen = wereld.xml(met_afschrijving([post(1000, kenmerk=een["betalingskenmerk"]), post(77)], 300), status=201).json()
    (betaling,) = wereld.alle(f"/v1/betalingen?factuur={een['nummer']}")
    wereld.verdeeld()
    ongedaan = {"factuur": een["nummer"], "toelichting": "proef"}
    wereld.post(f"/v1/betalingen/{betaling['id']}/ontkoppelingen", ongedaan, status=201)
    assert gelezen["aantal"] == 2
    wereld.jobs()
    return facturen


def verzonnen(pad: str, cent: int, bron: str = "abonnement", **anders: object) -> dict:
    regels = [{"rekening": "1300", "bedragCent": cent}, {"rekening": "2310", "bedragCent": -cent}]
    bekend = {"id": str(uuid.uuid4()), "bron": {"bron": bron, "pad": pad}, "gestorneerdDoor": None, "regels": regels}
    return {**bekend, **anders}


def test_alles_sluit_aan(wereld, geboekt):
    wereld.outway.verzonnen = [verzonnen(VREEMD, 5, bron="memoriaal")]  # of another source: none of ours
    gevonden = vergeleken(wereld)
    aantal = len(wereld.outway.boekingen)
    assert gevonden["status"] == "vergeleken" and gevonden["sluitAan"] is True and gevonden["verschillen"] == []
    assert gevonden["aantalDocumenten"] == gevonden["aantalBoekingen"] == aantal == len(geboekt) + 1 + 3 + 1 + 1
    assert wereld.get(PAD)["results"][0]["id"] == gevonden["id"]
    with wereld.context.work(Actor()) as work:  # a job that comes late changes nothing
        assert service.te_lezen(work, uuid.UUID(gevonden["id"])) is None
        service.mislukken(work, uuid.UUID(gevonden["id"]), {"type": "x", "title": "x", "detail": "x"})
    assert wereld.get(f"{PAD}/{gevonden['id']}") == gevonden


def test_elk_verschil_wordt_genoemd(wereld, geboekt):
    een, twee, drie, vier, vijf, *_ = [f"/v1/facturen/{factuur['nummer']}" for factuur in geboekt]
    cent = {f"/v1/facturen/{factuur['nummer']}": factuur["bedragCent"] for factuur in geboekt}
    fonds = wereld.outway
    regels = fonds.boekingen[een]["regels"]
    fonds.boekingen[een] = {
        **fonds.boekingen[een],
        "regels": [*regels, *({**r, "bedragCent": -1 if r["bedragCent"] < 0 else 1} for r in regels[:2])],
    }
    del fonds.boekingen[twee]  # delivered, and gone there
    fonds.boekingen[drie] = {**fonds.boekingen[drie], "gestorneerdDoor": "/v1/boekingen/x"}
    fonds.paden[vier] = f"/v1/boekingen/{uuid.uuid4()}"
    fonds.verzonnen = [verzonnen(vijf, cent[vijf]), verzonnen(VREEMD, 5)]
    fonds.storing["fonds"] = 409
    wereld.lees_in([post(5)], "A-2")
    wereld.jobs()
    fonds.storing["fonds"] = 503
    wereld.lees_in([post(6)], "A-3")
    wereld.jobs()
    fonds.storing.clear()
    pad = wereld.post(PAD, None, status=202).headers["location"]
    alleen_vergelijken(wereld)
    gevonden = wereld.get(pad)
    per = {verschil["document"]: verschil for verschil in gevonden["verschillen"]}
    geweigerd, onderweg = sorted(set(per) - {een, twee, drie, vier, vijf, VREEMD}, key=lambda pad: per[pad]["soort"])
    assert {pad: verschil["soort"] for pad, verschil in per.items()} == {
        een: "ander_bedrag",
        twee: "ontbreekt_in_fonds",
        drie: "gestorneerd",
        vier: "andere_boeking",
        vijf: "dubbel",
        VREEMD: "onbekend",
        geweigerd: "geweigerd",
        onderweg: "onderweg",
    }
    assert (per[een]["hierCent"], per[een]["fondsCent"] != cent[een]) == (cent[een], True)
    assert (per[twee]["boeking"], per[twee]["fondsCent"], per[VREEMD]["hierCent"]) == (None, None, None)
    assert gevonden["sluitAan"] is False and gevonden["aantalVerschillen"] == len(gevonden["verschillen"]) == 9
    assert {deel["soort"]: deel["aantal"] for deel in gevonden["perSoort"]}["dubbel"] == 2
    alle = wereld.alle(f"{pad}/verschillen?pageSize=2")
    assert alle == gevonden["verschillen"]
    assert [verschil["document"] for verschil in wereld.alle(f"{pad}/verschillen?soort=onbekend")] == [VREEMD]


def alleen_vergelijken(wereld) -> None:
    """The comparison alone: nothing is delivered meanwhile."""
    jobs = wereld.context.jobs
    bezorging, jobs.delivery = jobs.delivery, None
    wereld.jobs()
    jobs.delivery = bezorging


def test_fonds_dat_weg_is_vertraagt_en_verliest_niets(wereld, clock, database):
    """Invoices are made while fonds is away; the comparison waits, and then all has arrived."""
    wereld.outway.storing["fonds"] = 503
    wereld.gefactureerd()
    pad = wereld.post(PAD, None, status=202).headers["location"]
    wereld.jobs()
    assert wereld.get(pad)["status"] == "aangevraagd" and not wereld.outway.boekingen
    assert wereld.post(PAD, None, status=200).headers["location"] == pad  # the same one
    wereld.outway.storing.clear()
    wereld.later(clock, minuten=10)
    wereld.later(clock, minuten=10)
    gevonden = wereld.get(pad)
    assert (gevonden["status"], gevonden["sluitAan"]) == ("vergeleken", True), gevonden
    assert len(wereld.outway.boekingen) == len(wereld.alle("/v1/facturen")) == gevonden["aantalDocumenten"]


def test_wie_blijft_zwijgen_maakt_haar_mislukt_en_de_volgende_lukt(wereld, clock, geboekt):
    wereld.outway.storing["fonds"] = 503
    pad = wereld.post(PAD, None, status=202).headers["location"]
    for _ in range(10):
        wereld.later(clock, minuten=20)
    gevonden = wereld.get(pad)
    assert (gevonden["status"], gevonden["sluitAan"], gevonden["probleem"]["type"]) == ("mislukt", None, "bron-onbereikbaar")
    wereld.outway.storing.clear()
    assert vergeleken(wereld)["sluitAan"] is True


def test_een_bladzijde_tegelijk_en_verder_waar_zij_was(wereld, geboekt, monkeypatch):
    """Killed after each page; a fonds that gives a page that is not one is not believed."""
    monkeypatch.setattr("abonnement_api.aansluiting.tasks.PAGE_SIZE", 5)
    aantal = len(wereld.outway.boekingen)
    taak = make_tasks(OutwayClient(wereld.outway.url, ALIASES))[service.TASK]
    id = wereld.post(PAD, None, status=202).json()["id"]
    wereld.outway.anders = {"next": "/v1/boekingen?page=2&pageSize=5", "results": []}
    with pytest.raises(Exception, match="pagina 1 heeft 0 van"):
        taak.run(wereld.context, aansluiting=id)
    wereld.outway.anders = {}
    for pagina in range(1, aantal // 5 + 1):
        boekingen, laatste = lees(wereld, pagina)
        assert (len(boekingen), laatste) == (5, False)
        for _ in range(2):  # two workers at once: the second does nothing
            with wereld.context.work(Actor()) as work:
                service.bewaar(work, uuid.UUID(id), pagina, boekingen, laatste=False)
        assert wereld.get(f"{PAD}/{id}")["aantalBoekingen"] == 5 * pagina
    taak.run(wereld.context, aansluiting=id)
    gevonden = wereld.get(f"{PAD}/{id}")
    assert (gevonden["sluitAan"], gevonden["aantalBoekingen"]) == (True, aantal)


def lees(wereld, pagina: int):
    from abonnement_api.aansluiting.tasks import _lees

    return _lees(OutwayClient(wereld.outway.url, ALIASES), pagina)


def test_elke_dag_een_en_niet_meer(wereld, clock, geboekt):
    def dagelijks() -> int:
        with wereld.context.work(Actor()) as work:
            service.dagelijks(work)
        wereld.jobs()
        return wereld.get(PAD)["count"]

    assert [dagelijks(), dagelijks()] == [1, 1]
    clock.moment += timedelta(days=1, minutes=1)
    assert [dagelijks(), dagelijks()] == [2, 2]
    assert all(een["sluitAan"] for een in wereld.get(PAD)["results"])


def test_zonder_iets_verstuurd_wordt_niets_gevraagd(wereld):
    with wereld.context.work(Actor()) as work:
        service.dagelijks(work)
    assert wereld.get(PAD)["count"] == 0
    assert vergeleken(wereld)["sluitAan"] is True


def test_tegelijk_gevraagd_is_er_een(wereld, geboekt):
    antwoorden: list = []

    def vraag(sleutel: str) -> None:
        kop = {**wereld.administratie(), "Idempotency-Key": sleutel}
        antwoorden.append(wereld.client.post(PAD, headers=kop))

    draden = [threading.Thread(target=vraag, args=(f"a{nummer}",)) for nummer in range(6)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(antwoord.status_code for antwoord in antwoorden) == [200] * 5 + [202]
    assert len({antwoord.headers["location"] for antwoord in antwoorden}) == 1


def test_wie_mag(wereld):
    fiatteur = wereld.issuer.headers(ADMINISTRATIEBUREAU, "fiatteur")
    assert wereld.post(PAD, None, headers={}).status_code == 401
    for kop in (wereld.gemeente("GM0344"), fiatteur, wereld.issuer.headers(ADMINISTRATIEBUREAU, "accountant")):
        assert wereld.post(PAD, None, headers=kop).status_code == 403
    wereld.get(PAD, wereld.gemeente("GM0344"), status=403)
    assert wereld.get(PAD, fiatteur)["count"] == 0
    for pad in (f"{PAD}/{uuid.uuid4()}", f"{PAD}/{uuid.uuid4()}/verschillen"):
        assert wereld.get(pad, status=404)["type"].endswith("/aansluiting-niet-gevonden")


def test_wat_is_vergeleken_verandert_niet_meer(wereld, geboekt, database):
    del wereld.outway.boekingen["/v1/facturen/2018-000001"]
    id = vergeleken(wereld)["id"]
    with psycopg.connect(database.url, autocommit=True) as rol:
        for opdracht in (
            "UPDATE aansluiting SET verschillen = '{}'",
            f"INSERT INTO aansluitingsverschil VALUES ('{id}', 9, 'onbekend', 'x')",
            "INSERT INTO aansluiting (id, status, aangevraagd_op) VALUES (gen_random_uuid(), 'vergeleken', now())",
        ):
            with pytest.raises(psycopg.errors.IntegrityError):
                rol.execute(opdracht)
        for opdracht in (
            "DELETE FROM aansluitingsverschil",
            "UPDATE aansluitingsverschil SET soort = 'onderweg'",
            "DELETE FROM aansluiting",
            "TRUNCATE aansluiting CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                rol.execute(opdracht)


@given(st.integers(0, 5000), st.integers(1, 500), st.data())
def test_bladzijden_zijn_samen_de_lijst(aantal, grootte, data):
    laatste = max(1, -(-aantal // grootte))
    pagina = data.draw(st.integers(1, laatste))
    gekregen = min(grootte, aantal - (pagina - 1) * grootte)
    assert rules.volledig(pagina, grootte, aantal, gekregen, meer=pagina < laatste)
    anders = data.draw(st.integers(0, grootte).filter(lambda ander: ander != gekregen))
    assert not rules.volledig(pagina, grootte, aantal, anders, meer=pagina < laatste)
    assert not rules.volledig(pagina, grootte, aantal, gekregen, meer=pagina >= laatste)
